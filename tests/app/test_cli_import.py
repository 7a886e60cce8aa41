"""Files of others through the command line: good ones go in, faulty ones change nothing."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from infusion_visits.app import cli
from infusion_visits.core.clock import SteppingClock
from infusion_visits.core.ids import seeded_ids
from infusion_visits.records import key_file
from infusion_visits.team import actions as team
from tests.fixtures.records import NOW, PASSPHRASE, ZONE

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "tests" / "data" / "fhir"
Said = pytest.CaptureFixture[str]


@pytest.fixture
def passphrase_file(tmp_path: Path) -> Path:
    path = tmp_path / "passphrase.txt"
    path.write_text(f"{PASSPHRASE}\n")
    return path


@pytest.fixture
def command(agency_home: Path, passphrase_file: Path) -> Callable[..., list[str]]:
    """The words of an import of these paths."""

    def make(*paths: Path) -> list[str]:
        opening = ["--home", str(agency_home), "--as", "nurse"]
        opening += ["--passphrase-file", str(passphrase_file), "import"]
        return [*opening, *(str(path) for path in paths)]

    return make


def everything(home: Path) -> dict[str, Any]:
    """Every row of every table. Of the audit trail only that the record was unlocked is left out.

    Unlocking is itself an event, so that the trail's rows are compared by what they did.
    """
    clock = SteppingClock(NOW)
    nurse = key_file.load(home).slots_as("nurse")[0].member
    opened = team.unlock_beside(home, nurse, PASSPHRASE, clock, seeded_ids(clock, 9), ZONE)
    with opened.unit(clock, seeded_ids(clock, 9), ZONE, write=False) as unit:
        names = [row[0] for row in unit.run("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        found: dict[str, Any] = {
            name: sorted(unit.run(f'SELECT * FROM "{name}"'), key=repr)
            for name in names
            if name != "audit_event"
        }
        found["audit_event"] = unit.run(
            "SELECT kind, subject, row, changes FROM audit_event "
            "WHERE kind != 'unlocked' ORDER BY n"
        )
    opened.close()
    return found


def counts(out: str) -> dict[str, str]:
    """The counts per kind, and under `sum` the last line."""
    *kinds, last = out.splitlines()
    return {"sum": last, **dict(line.split(": ", 1) for line in kinds if ": " in line)}


def test_the_samples_go_in_and_a_second_time_nothing_is_new(
    command: Callable[..., list[str]], agency_home: Path
) -> None:
    """In processes of their own, as a person would."""
    runs = [
        subprocess.run(
            [sys.executable, "-m", "infusion_visits", *command(SAMPLES)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        for _ in range(2)
    ]
    assert [(run.returncode, run.stderr) for run in runs] == [(0, ""), (0, "")]
    first, second = (counts(run.stdout) for run in runs)
    assert first["sum"].startswith("added 30, unchanged 0, updated 0, files read 33, skipped 2")
    assert second["sum"].startswith("added 0, unchanged 30, updated 0, files read 33, skipped 2")
    assert first["patients"] == "added 30, unchanged 0, updated 0"
    assert second["patients"] == "added 0, unchanged 30, updated 0"
    for kind in ("allergies", "conditions", "home medicines", "measurements"):
        assert not first[kind].startswith("added 0,"), kind
        assert second[kind].startswith("added 0, "), kind
        assert second[kind].endswith("updated 0"), kind
    assert len(everything(agency_home)["patient"]) == 30


def a_fault(folder: Path, fault: str) -> Path:
    """One file that cannot be taken in."""
    path = folder / f"{fault}.json"
    whole = (SAMPLES / "patient-01.json").read_bytes()
    if fault == "truncated":
        path.write_bytes(whole[: len(whole) // 2])
    elif fault == "empty":
        path.write_bytes(b"")
    elif fault == "huge":
        with path.open("wb") as file:
            file.truncate(200 * 1024 * 1024)
    elif fault == "no-json":
        path.write_bytes(b"%PDF-1.7\n" + bytes(range(256)))
    elif fault == "no-patient":
        bundle = json.loads(whole)
        bundle["entry"] = [
            one for one in bundle["entry"] if one["resource"]["resourceType"] != "Patient"
        ]
        path.write_text(json.dumps(bundle))
    else:
        path.write_text(json.dumps({"resourceType": "Observation", "status": "final"}))
    return path


FAULTS = ["truncated", "empty", "huge", "no-json", "no-patient", "lone-resource"]


@pytest.mark.parametrize("fault", FAULTS)
def test_a_faulty_file_gets_one_line_and_leaves_the_record_as_it_was(
    fault: str,
    command: Callable[..., list[str]],
    agency_home: Path,
    tmp_path: Path,
    capsys: Said,
) -> None:
    assert cli.main(command(SAMPLES / "patient-02.json")) == 0
    capsys.readouterr()
    before = everything(agency_home)
    path = a_fault(tmp_path, fault)
    assert cli.main(command(path)) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1, said.err
    assert said.err.startswith(f"{path}: ")
    assert "Traceback" not in said.err
    assert everything(agency_home) == before


def test_a_file_too_large_is_refused_before_a_byte_of_it_is_read(
    command: Callable[..., list[str]], tmp_path: Path, capsys: Said
) -> None:
    path = a_fault(tmp_path, "huge")
    # Reading two hundred megabytes would take as much memory; the process may not grow so far.
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            # Not the peak that the system counts: a child begins with that of its parent.
            "import sys, tracemalloc\n"
            "from infusion_visits.app import cli\n"
            "tracemalloc.start()\n"
            "code = cli.main(sys.argv[1:])\n"
            "print(tracemalloc.get_traced_memory()[1] // 1024**2)\n"
            "sys.exit(code)",
            *command(path),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "larger than 50 MB; it was not read" in done.stderr
    assert int(done.stdout) < 100


def test_good_files_beside_faulty_ones_go_in(
    command: Callable[..., list[str]], agency_home: Path, tmp_path: Path, capsys: Said
) -> None:
    folder = tmp_path / "received"
    (folder / "below").mkdir(parents=True)
    for fault in FAULTS:
        a_fault(folder, fault)
    for number in ("03", "04"):
        shutil.copy(SAMPLES / f"patient-{number}.json", folder / "below")
    (folder / "letter.txt").write_text("not read")
    assert cli.main(command(folder)) == 1
    said = capsys.readouterr()
    assert said.err.count("\n") == len(FAULTS)
    assert counts(said.out)["sum"] == (
        "added 2, unchanged 0, updated 0, files read 2, skipped 1, errors 6"
    )
    assert len(everything(agency_home)["patient"]) == 2


@pytest.mark.parametrize("named", ["there-is-none.json", "folder-less/none.ndjson"])
def test_a_file_named_outright_that_is_not_there_is_an_error(
    named: str, command: Callable[..., list[str]], tmp_path: Path, capsys: Said
) -> None:
    assert cli.main(command(tmp_path / named)) == 1
    assert capsys.readouterr().err == f"{tmp_path / named}: There is no such file.\n"


def test_a_pipe_does_not_hold_the_import_up(
    command: Callable[..., list[str]], tmp_path: Path, capsys: Said
) -> None:
    os.mkfifo(tmp_path / "pipe.json")
    assert cli.main(command(tmp_path / "pipe.json")) == 1
    assert "no file that can be read" in capsys.readouterr().err
