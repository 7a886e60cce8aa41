"""The command line: who is meant, what is listed, and one plain line for whatever goes wrong."""

from __future__ import annotations

import getpass
import json
import subprocess
import sys
import warnings
from pathlib import Path

import pytest

from infusion_visits.app import cli, places
from infusion_visits.core.clock import SteppingClock
from infusion_visits.core.ids import seeded_ids
from infusion_visits.core.kinds import VisitKind
from infusion_visits.patients import actions as patients
from infusion_visits.records import key_file
from infusion_visits.team import actions as team
from infusion_visits.visits import actions as visits
from tests.fixtures.records import NOW, OTHER_PASSPHRASE, PASSPHRASE, ZONE

ROOT = Path(__file__).parents[2]
Said = pytest.CaptureFixture[str]


@pytest.fixture
def passphrase_file(tmp_path: Path) -> Path:
    path = tmp_path / "passphrase.txt"
    path.write_text(f"{PASSPHRASE}\nsecond line\n", "utf-8")
    return path


def words(home: Path, passphrase_file: Path, *more: str, who: str = "nurse") -> list[str]:
    """The words of a command line upon a record."""
    named = ["--as", who] if who else []
    return ["--home", str(home), *named, "--passphrase-file", str(passphrase_file), *more]


def guesses(home: Path) -> dict[str, int]:
    """The wrong passphrases that the record remembers, by member."""
    path = home / key_file.GUESSES_NAME
    plain = json.loads(path.read_bytes()) if path.exists() else {}
    return {member: one["failed"] for member, one in plain.items()}


def one_line(said: str) -> str:
    """The only line that was said."""
    assert said.endswith("\n")
    assert said.count("\n") == 1, said
    return said.strip()


def two_patients(home: Path) -> None:
    """Two people with a visit each."""
    clock = SteppingClock(NOW)
    ids = seeded_ids(clock, 3)
    nurse = key_file.load(home).slots_as("nurse")[0].member
    unlocked = team.unlock(home, nurse, PASSPHRASE, clock, ids, ZONE)
    with unlocked.unit(clock, ids, ZONE) as unit:
        for family, given in (("Okafor", "Maren"), ("Lindqvist", "Åsa")):
            patient = patients.enter(unit, {"family": family, "given": given})
            visits.schedule(unit, patient, VisitKind.LINE_CARE, NOW, ZONE)
        unit.commit()
    unlocked.close()


def test_set_up_makes_a_record_that_opens_with_its_passphrase(
    tmp_path: Path, passphrase_file: Path, capsys: Said
) -> None:
    home = tmp_path / "new"
    setup = ["setup", "--agency", "Willow", "--member", "Tom Adeyemi", "--role", "nurse"]
    assert cli.main(words(home, passphrase_file, *setup, who="")) == 0
    assert capsys.readouterr().out == f"Set up in {home}\n"
    assert [(slot.name, slot.role) for slot in key_file.load(home).slots] == [
        ("Tom Adeyemi", "nurse")
    ]
    # The only member need not be named.
    assert cli.main(words(home, passphrase_file, "list", "patients", who="")) == 0
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", "No patients yet.\n")
    assert cli.main(words(home, passphrase_file, *setup, who="")) == 1
    assert "already" in one_line(capsys.readouterr().err)


def test_a_weak_passphrase_sets_nothing_up(tmp_path: Path, capsys: Said) -> None:
    weak = tmp_path / "weak.txt"
    weak.write_text("short\n")
    home = tmp_path / "new"
    command = words(home, weak, "setup", "--agency", "Willow", "--member", "Tom", who="")
    assert cli.main(command) == 1
    one_line(capsys.readouterr().err)
    assert not home.exists()


def test_two_passphrases_that_differ_set_nothing_up(
    tmp_path: Path, capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = iter([PASSPHRASE, OTHER_PASSPHRASE])
    monkeypatch.setattr(getpass, "getpass", lambda prompt: next(typed))
    home = tmp_path / "new"
    assert cli.main(["--home", str(home), "setup", "--agency", "W", "--member", "T"]) == 1
    assert one_line(capsys.readouterr().err) == "The two passphrases differ. Nothing was set up."
    assert not home.exists()


@pytest.mark.parametrize("who", ["nurse", "Nurse", "Ines Halvorsen", "ines halvorsen"])
def test_a_member_is_named_by_name_or_role(
    agency_home: Path, passphrase_file: Path, who: str, capsys: Said
) -> None:
    assert cli.main(words(agency_home, passphrase_file, "check", who=who)) == 0
    assert "BAD" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("who", "code"), [("", "Say who you are"), ("doctor", "Nobody here is called that")]
)
def test_nobody_or_several_meant_is_asked_and_costs_no_guess(
    agency_home: Path, passphrase_file: Path, who: str, code: str, capsys: Said
) -> None:
    assert cli.main(words(agency_home, passphrase_file, "list", "visits", who=who)) == 1
    said = one_line(capsys.readouterr().err)
    assert code in said
    assert "Ines Halvorsen, Paula Achterberg" in said
    assert guesses(agency_home) == {}


def test_a_wrong_passphrase_opens_nothing_says_so_and_counts_for_its_member_alone(
    agency_home: Path, passphrase_file: Path, capsys: Said
) -> None:
    command = words(agency_home, passphrase_file, "list", "patients", who="coordinator")
    before = (agency_home / "record.db").read_bytes()
    assert cli.main(command) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert one_line(said.err) == "That passphrase opens nothing here."
    coordinator = key_file.load(agency_home).slots_as("coordinator")[0].member
    assert guesses(agency_home) == {str(coordinator): 1}
    assert (agency_home / "record.db").read_bytes() == before
    passphrase_file.write_text(OTHER_PASSPHRASE)
    assert cli.main(command) == 0
    assert guesses(agency_home) == {}


def test_the_third_wrong_guess_has_to_wait(agency_home: Path, tmp_path: Path, capsys: Said) -> None:
    wrong = tmp_path / "wrong.txt"
    wrong.write_text("not this one at all\n")
    for _ in range(3):
        cli.main(words(agency_home, wrong, "list", "patients"))
    said = capsys.readouterr().err.splitlines()
    assert said[:2] == ["That passphrase opens nothing here."] * 2
    assert said[2].startswith("Too many wrong passphrases. Try again in ")


def test_lists_show_who_is_meant_and_say_when_nobody_is(
    agency_home: Path, passphrase_file: Path, capsys: Said
) -> None:
    two_patients(agency_home)
    listed: dict[tuple[str, ...], str] = {}
    for what in ("patients", "visits"):
        for text in ((), ("okaf",), ("Zzyzx",)):
            assert cli.main(words(agency_home, passphrase_file, "list", what, *text)) == 0
            said = capsys.readouterr()
            listed[(what, *text)] = "".join(line[38:] + "\n" for line in said.out.splitlines())
            assert said.err == ("" if said.out else f"No {what} match.\n")
    assert listed == {
        ("patients",): "Lindqvist, Åsa\nOkafor, Maren\n",
        ("patients", "okaf"): "Okafor, Maren\n",
        ("patients", "Zzyzx"): "",
        ("visits",): "21 Nov 2026 09:00  Line care, scheduled  Okafor, Maren\n"
        "21 Nov 2026 09:00  Line care, scheduled  Lindqvist, Åsa\n",
        ("visits", "okaf"): "21 Nov 2026 09:00  Line care, scheduled  Okafor, Maren\n",
        ("visits", "Zzyzx"): "",
    }


def test_a_whole_record_checks_and_one_flipped_byte_does_not(
    agency_home: Path, passphrase_file: Path, capsys: Said
) -> None:
    assert cli.main(words(agency_home, passphrase_file, "check")) == 0
    good = capsys.readouterr()
    assert good.err == ""
    assert all(line.startswith("good") for line in good.out.splitlines())
    path = agency_home / "record.db"
    whole = bytearray(path.read_bytes())
    # A page of a table that unlocking does not read.
    whole[len(whole) // 8192 * 4096 + 2000] ^= 0x01
    path.write_bytes(whole)
    assert cli.main(words(agency_home, passphrase_file, "check")) == 1
    bad = capsys.readouterr()
    assert "BAD   Encrypted pages" in bad.out
    assert one_line(bad.err) == "The record is not whole. Restore the newest copy."


def test_a_flipped_byte_in_the_first_page_is_one_line_too(
    agency_home: Path, passphrase_file: Path, capsys: Said
) -> None:
    path = agency_home / "record.db"
    whole = bytearray(path.read_bytes())
    whole[600] ^= 0x01
    path.write_bytes(whole)
    assert cli.main(words(agency_home, passphrase_file, "check")) == 1
    assert "damaged" in one_line(capsys.readouterr().err)


def test_without_a_record_the_first_step_is_named(
    tmp_path: Path, passphrase_file: Path, capsys: Said
) -> None:
    assert cli.main(words(tmp_path / "none", passphrase_file, "list", "patients")) == 1
    assert "infusion-visits setup" in one_line(capsys.readouterr().err)
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("content", [None, b"", b"\xff\xfe\x00"])
def test_a_passphrase_file_that_cannot_be_read_is_named(
    agency_home: Path, tmp_path: Path, content: bytes | None, capsys: Said
) -> None:
    path = tmp_path / "p.txt"
    if content is not None:
        path.write_bytes(content)
    assert cli.main(words(agency_home, path, "list", "patients")) == 1
    assert one_line(capsys.readouterr().err) == "The passphrase file cannot be read."


def test_a_passphrase_is_never_typed_where_it_would_be_seen(
    agency_home: Path, capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    def seen(prompt: str) -> str:
        warnings.warn("cannot silence the terminal", getpass.GetPassWarning, stacklevel=2)
        return PASSPHRASE

    monkeypatch.setattr(getpass, "getpass", seen)
    assert cli.main(["--home", str(agency_home), "--as", "nurse", "list", "patients"]) == 1
    assert "--passphrase-file" in one_line(capsys.readouterr().err)


def test_the_window_may_have_the_record_open_meanwhile(
    agency_home: Path, passphrase_file: Path, tmp_path: Path, capsys: Said
) -> None:
    two_patients(agency_home)
    clock = SteppingClock(NOW)
    ids = seeded_ids(clock, 5)
    nurse = key_file.load(agency_home).slots_as("nurse")[0].member
    window = team.unlock(agency_home, nurse, PASSPHRASE, clock, ids, ZONE)
    assert cli.main(words(agency_home, passphrase_file, "list", "patients")) == 0
    assert "Okafor" in capsys.readouterr().out
    assert cli.main(words(agency_home, passphrase_file, "import", str(tmp_path))) == 1
    assert "already open in another window" in one_line(capsys.readouterr().err)
    window.close()


@pytest.mark.parametrize(
    "typed",
    [
        ["dance"],
        ["list", "lines"],
        ["note", "no-id", "--to", "x"],
        ["demo", "--today", "tomorrow"],
        ["setup"],
        [],
    ],
)
def test_what_is_not_understood_is_one_line(typed: list[str], capsys: Said) -> None:
    with pytest.raises(SystemExit) as end:
        cli.main(typed)
    assert end.value.code == 2
    assert one_line(capsys.readouterr().err).startswith("infusion-visits")


def test_a_mistake_of_ours_says_so_without_a_traceback(
    agency_home: Path, passphrase_file: Path, capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> str:
        raise LookupError("Okafor")

    monkeypatch.setattr(places, "laptop_zone", broken)
    assert cli.main(words(agency_home, passphrase_file, "list", "patients")) == 1
    said = capsys.readouterr().err
    assert one_line(said).startswith("Something went wrong in the program.")
    assert "Okafor" not in said


def test_a_wrong_passphrase_in_a_process_of_its_own(agency_home: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.txt"
    wrong.write_text("explore another agency\n")
    done = subprocess.run(
        [
            sys.executable, "-m", "infusion_visits",
            *words(agency_home, wrong, "list", "patients"),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "That passphrase opens nothing here.\n"


def test_a_reader_that_goes_away_is_no_trouble(agency_home: Path, passphrase_file: Path) -> None:
    command = [sys.executable, "-m", "infusion_visits"]
    command += words(agency_home, passphrase_file, "check")
    done = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert done.stdout is not None
    done.stdout.close()
    assert done.stderr is not None
    assert "Traceback" not in done.stderr.read()
    done.stderr.close()
    assert done.wait() in {0, 1}
