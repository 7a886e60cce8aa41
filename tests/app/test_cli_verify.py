"""`infusion-visits verify`: the answer first, then why; 0 only where everything holds."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from infusion_visits.app import cli, places
from infusion_visits.notes.compose import compose
from infusion_visits.notes.pdf import render
from infusion_visits.team import trust_file
from infusion_visits.visits import signing
from infusion_visits.visits.signed_note import PatientChain
from tests.fixtures.records import PASSPHRASE
from tests.fixtures.signed_files import one_signed, sample, signed

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fixtures.lived_visit import Lived

pytest_plugins = ["tests.fixtures.lived_visit"]

Said = pytest.CaptureFixture[str]


def trusting(home: Path) -> Path:
    """A home with the public list of the sample's agency, and no record."""
    home.mkdir(exist_ok=True)
    (home / trust_file.NAME).write_bytes(trust_file._text(one_signed().trust))
    return home


def written(folder: Path, name: str, data: bytes) -> str:
    """A file in a folder."""
    path = folder / name
    path.write_bytes(data)
    return str(path)


def test_a_note_that_holds_needs_no_passphrase(tmp_path: Path, capsys: Said) -> None:
    home = trusting(tmp_path / "home")
    path = written(tmp_path, "note.pdf", one_signed().file)
    assert cli.main(["--home", str(home), "verify", path]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("note.pdf: Holds: signed by Ines Halvorsen, RN, CRNI")
    assert lines[1].split()[0] == "holds"
    assert lines[-1].strip() == f"The agency is known from the list {home / 'trust.json'}."


def test_several_files_answer_for_each_others_chain(tmp_path: Path, capsys: Said) -> None:
    first = one_signed()
    second = signed(first.authority, chain=PatientChain(2, first.note.digest))
    third = signed(first.authority, chain=PatientChain(3, second.note.digest))
    home = trusting(tmp_path / "home")
    notes = tmp_path / "notes"
    notes.mkdir()
    for number, one in enumerate((first, second, third), start=1):
        written(notes, f"{number}.pdf", one.file)
    assert cli.main(["--home", str(home), "verify", str(notes)]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "3 of 3 files hold."
    (notes / "2.pdf").unlink()
    assert cli.main(["--home", str(home), "verify", str(notes)]) == 0
    said = capsys.readouterr().out
    digest = second.note.digest[:12]
    assert f"Note 2 of this patient is missing among the files given (digest {digest})." in said


def test_machines_get_json(tmp_path: Path, capsys: Said) -> None:
    home = trusting(tmp_path / "home")
    files = [
        written(tmp_path, "good.pdf", one_signed().file),
        written(tmp_path, "changed.pdf", one_signed().file + b"\n"),
        written(tmp_path, "old.pdf", render(compose(sample()))),
        written(tmp_path, "none.pdf", b""),
        str(tmp_path / "missing.pdf"),
    ]
    assert cli.main(["--home", str(home), "verify", "--json", *files]) == 1
    told = json.loads(capsys.readouterr().out)
    assert [one["kind"] for one in told] == [
        "holds",
        "changed",
        "earlier",
        "unreadable",
        "unreadable",
    ]
    assert [one["good"] for one in told] == [True, False, False, False, False]
    assert told[0]["known_from"].endswith("trust.json")
    assert "cannot be opened" in told[4]["words"]


def test_without_a_home_the_own_list_and_that_of_the_demo_agency_are_asked(
    tmp_path: Path, capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "default_home", lambda: tmp_path / "own")
    monkeypatch.setattr(places, "demo_home", lambda: trusting(tmp_path / "demo"))
    path = written(tmp_path, "note.pdf", one_signed().file)
    assert cli.main(["verify", path]) == 0
    assert "the demo agency's list" in capsys.readouterr().out
    monkeypatch.setattr(places, "demo_home", lambda: tmp_path / "nowhere")
    assert cli.main(["verify", path]) == 1
    assert "someone this agency doesn't know" in capsys.readouterr().out


def test_an_unlocked_record_is_asked_itself(
    lived: Lived, agency_home: Path, tmp_path: Path, capsys: Said
) -> None:
    lived.live()
    note = lived.sign()
    assert note.chain == PatientChain(1, "")
    with lived.new_unit() as unit:
        file = signing.load_file(unit, lived.visit)
        assert signing.load_note(unit, lived.visit) == note
    path = written(tmp_path, "note.pdf", file)
    secret = written(tmp_path, "secret.txt", PASSPHRASE.encode())
    lived.unlocked.close()
    opening = ["--home", str(agency_home), "--as", "nurse", "--passphrase-file", secret]
    (agency_home / trust_file.NAME).unlink(missing_ok=True)
    assert cli.main([*opening, "verify", path]) == 0
    assert f"known from the record in {agency_home}" in capsys.readouterr().out
