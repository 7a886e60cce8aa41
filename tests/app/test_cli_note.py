"""The PDF of a visit through the command line: a draft says so, a signed note is the kept file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import pypdfium2
import pytest

from infusion_visits.app import cli
from infusion_visits.core.clock import SteppingClock
from infusion_visits.core.ids import seeded_ids
from infusion_visits.exchange import note_file
from infusion_visits.records import key_file
from infusion_visits.team import actions as team
from infusion_visits.visits import signing
from tests.fixtures.records import NOW, PASSPHRASE
from tests.fixtures.whole_visit import ZONE, WholeVisit, admitted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from infusion_visits.records.unit_of_work import UnitOfWork

Said = pytest.CaptureFixture[str]


@pytest.fixture
def unlocked(agency_home: Path) -> Iterator[team.Unlocked]:
    clock = SteppingClock(NOW)
    nurse = key_file.load(agency_home).slots_as("nurse")[0].member
    opened = team.unlock(agency_home, nurse, PASSPHRASE, clock, seeded_ids(clock, 4), ZONE)
    yield opened
    opened.close()


@pytest.fixture
def whole(unlocked: team.Unlocked) -> WholeVisit:
    clock = SteppingClock(NOW)
    ids = seeded_ids(clock, 4)

    def unit() -> UnitOfWork:
        return unlocked.unit(clock, ids, ZONE)

    return admitted(unit, clock)


def command(home: Path, visit: object, to: Path) -> list[str]:
    secret = home.parent / "passphrase.txt"
    secret.write_text(f"{PASSPHRASE}\n")
    opening = ["--home", str(home), "--as", "nurse", "--passphrase-file", str(secret)]
    return [*opening, "note", str(visit), "--to", str(to)]


def pages(path: Path) -> list[str]:
    """The text of each page."""
    document = pypdfium2.PdfDocument(path)
    try:
        return [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()


def test_a_draft_says_draft_on_each_page_and_what_is_missing(
    whole: WholeVisit, agency_home: Path, tmp_path: Path, capsys: Said
) -> None:
    whole.arrive()
    whole.vitals()
    folder = tmp_path / "made" / "when missing"
    assert cli.main(command(agency_home, whole.visit, folder)) == 0
    said = capsys.readouterr()
    path = Path(said.out.strip())
    assert (path.parent, said.err) == (folder, "")
    # The name of the file lies in the open: it carries a day and a random tail, no person.
    assert path.name == f"visit-2026-11-21-{whole.visit.hex[-6:]}.pdf"
    texts = pages(path)
    assert all("DRAFT" in text for text in texts)
    assert "Not complete" in texts[0]
    assert "Okafor" in texts[0]


def test_a_signed_note_is_the_file_that_was_kept_at_signing(
    whole: WholeVisit,
    unlocked: team.Unlocked,
    agency_home: Path,
    tmp_path: Path,
    capsys: Said,
) -> None:
    whole.live()
    with whole.new_unit() as unit:
        key = team.signatory(unit, unlocked.member.id, PASSPHRASE)
    note_file.sign(whole.new_unit, whole.visit, key, unlocked.member, whole.clock)
    with whole.new_unit() as unit:
        kept = signing.load_file(unit, whole.visit)
    assert cli.main(command(agency_home, whole.visit, tmp_path / "out")) == 0
    path = Path(capsys.readouterr().out.strip())
    assert path.read_bytes() == kept
    text = "\n".join(pages(path))
    assert "DRAFT" not in text
    assert "Ines Halvorsen, RN" in text


@pytest.mark.parametrize("inside", ["", "notes", "backups/../x"])
def test_no_pdf_lies_inside_the_encrypted_record(
    whole: WholeVisit, agency_home: Path, inside: str, capsys: Said
) -> None:
    before = sorted(agency_home.rglob("*"))
    assert cli.main(command(agency_home, whole.visit, agency_home / inside)) == 1
    assert capsys.readouterr().err == "Choose a folder outside the record for the PDF.\n"
    assert sorted(agency_home.rglob("*")) == before


def test_an_unknown_visit_and_a_folder_that_cannot_be_made_are_one_line(
    whole: WholeVisit, agency_home: Path, tmp_path: Path, capsys: Said
) -> None:
    assert cli.main(command(agency_home, UUID(int=1), tmp_path / "out")) == 1
    assert capsys.readouterr().err == "That visit is not in this record.\n"
    (tmp_path / "file").write_text("a file")
    assert cli.main(command(agency_home, whole.visit, tmp_path / "file" / "below")) == 1
    assert capsys.readouterr().err == "This folder cannot be made. Name another for the PDF.\n"
