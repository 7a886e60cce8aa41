"""Files of any kind dropped on the window: a plain answer, nothing hangs, nothing half filed."""

from __future__ import annotations

import json
import os
import shutil
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication

from infusion_visits.app.watched_folder import WATCHED
from infusion_visits.core.clock import SteppingClock
from infusion_visits.core.ids import seeded_ids
from infusion_visits.patients.queries import list_patients
from infusion_visits.records import check, key_file
from infusion_visits.review.queries import inbox
from infusion_visits.team import actions as team
from infusion_visits.visits import signing
from infusion_visits.widgets import theme
from infusion_visits.widgets.words import PlainWords
from tests.fixtures.records import NOW, OTHER_PASSPHRASE, PASSPHRASE
from tests.fixtures.whole_visit import ZONE
from tests.journeys.office_window import Reviewer, at_window

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.fixtures.kept_visit import Kept

pytest_plugins = ["tests.fixtures.kept_visit", "tests.fixtures.office_and_nurse"]

PATIENT = {
    "resourceType": "Patient",
    "id": "one",
    "name": [{"family": "Brandvold", "given": ["Aksel"]}],
    "gender": "male",
    "birthDate": "1958-04-02",
}


@pytest.fixture(scope="module")
def note(
    enrolled_template: Path, kept_visit: Kept, tmp_path_factory: pytest.TempPathFactory
) -> bytes:
    """The nurse's signed file."""
    home = shutil.copytree(enrolled_template / "nurse", tmp_path_factory.mktemp("nurse") / "record")
    clock = SteppingClock(NOW)
    clock.forward(minutes=13 * 60)
    nurse = key_file.load(home).slots_as("nurse")[0].member
    ids = seeded_ids(clock, 77)
    unlocked = team.unlock(home, nurse, PASSPHRASE, clock, ids, ZONE)
    with unlocked.unit(clock, ids, ZONE, write=False) as unit:
        file = signing.load_file(unit, kept_visit.visit)
    unlocked.close()
    return file


@pytest.fixture
def clock() -> SteppingClock:
    made = SteppingClock(NOW)
    made.forward(minutes=14 * 60)
    return made


@pytest.fixture
def office(
    enrolled_template: Path, tmp_path: Path, clock: SteppingClock, qtbot: QtBot, qapp: QApplication
) -> Iterator[Reviewer]:
    theme.apply(qapp, "light")
    home = shutil.copytree(enrolled_template / "office", tmp_path / "office")
    with at_window(home, clock, qtbot, OTHER_PASSPHRASE) as person:
        yield person


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    made = tmp_path / "stick"
    made.mkdir()
    return made


def told(person: Reviewer) -> list[str]:
    """The lines below the sentence."""
    box = person.inside.receiving._lines_box
    return [one.text() for one in box.findChildren(PlainWords)] if box.isVisible() else []


def filed(person: Reviewer) -> int:
    with person.inside.house.unit() as unit:
        return sum(one.filed for one in inbox(unit))


def test_whatever_is_dropped_gets_a_plain_answer(
    office: Reviewer, stick: Path, note: bytes
) -> None:
    (stick / "good.pdf").write_bytes(note)
    (stick / "cut off.pdf").write_bytes(note[: len(note) // 2])
    (stick / "changed.pdf").write_bytes(note.replace(b"stream", b"strEam", 1))
    (stick / "empty.pdf").write_bytes(b"")
    (stick / "text.pdf").write_text("not a PDF at all", encoding="utf-8")
    (stick / "odd.ivanswer").write_bytes(b"{" * 100_000)
    with (stick / "huge.pdf").open("wb") as huge:
        huge.truncate(60 * 1024 * 1024)
    (stick / "a folder.pdf").mkdir()
    (stick / "shopping.txt").write_text("milk", encoding="utf-8")

    said = office.bring([stick])

    assert said.startswith("1 note filed, ")
    assert filed(office) == 1
    lines = told(office)
    assert lines, "what needs a person is said line by line"
    assert not any("Okafor" in line for line in (said, *lines)), "no words carry patient data"
    assert office.inside.stack.isVisible(), "no window came up beside"
    again = office.bring([stick])
    assert "note filed" not in again
    assert "known already" in again
    with office.inside.house.unit() as unit:
        assert len(list_patients(unit)) == 1


def test_a_folder_of_forty_and_a_loop_of_folders_end(
    office: Reviewer, stick: Path, note: bytes
) -> None:
    deep = stick / "a" / "b"
    deep.mkdir(parents=True)
    os.symlink(stick, deep / "back to the top", target_is_directory=True)
    for number in range(40):
        (deep / f"note {number:02}.pdf").write_bytes(note if number == 7 else b"%PDF-1.7 nothing")

    said = office.bring([stick])

    assert said.startswith("1 note filed")
    assert filed(office) == 1
    assert told(office)[-1].startswith("and ")


def test_a_file_without_a_suffix_is_looked_into(office: Reviewer, stick: Path, note: bytes) -> None:
    (stick / "attachment").write_bytes(note)

    assert office.bring([stick / "attachment"]) == "1 note filed."


def test_what_is_read_stays_when_it_is_cancelled(
    office: Reviewer, stick: Path, note: bytes
) -> None:
    (stick / "a.pdf").write_bytes(note)
    for number in range(60):
        (stick / f"b{number:02}.pdf").write_bytes(b"%PDF-1.7 nothing")
    office.drop([stick])
    bar = office.inside.receiving.strip.bar
    office.until(lambda: bar.value() >= 1, "the first file")

    office.inside.receiving.strip.cancel.click()
    office.until(lambda: not office.inside.receiving.under_way, "the end")
    office.settle()

    said = office.words("receiving.message")
    assert "1 note filed" in said
    assert "Cancelled" in said
    assert filed(office) == 1


def test_locking_in_the_middle_leaves_each_file_whole_or_out(
    office: Reviewer, stick: Path, note: bytes, tmp_path: Path
) -> None:
    (stick / "a.pdf").write_bytes(note)
    for number in range(60):
        (stick / f"b{number:02}.pdf").write_bytes(b"%PDF-1.7 nothing")
    office.drop([stick])
    office.until(lambda: office.inside.receiving.under_way, "the files")

    office.window.lock()
    office.enter_house(OTHER_PASSPHRASE)

    with office.inside.house.unit() as unit:
        assert check.is_whole(check.check(unit, tmp_path / "office", {}))
        assert sum(one.filed for one in inbox(unit)) <= 1
    assert "note filed" in office.bring([stick]) or filed(office) == 1


def test_files_dropped_on_the_patients_reach_the_house(
    office: Reviewer, stick: Path, note: bytes
) -> None:
    (stick / "note.pdf").write_bytes(note)
    (stick / "patient.json").write_text(json.dumps(PATIENT), encoding="utf-8")
    office.go("patients")
    office.drop([stick / "note.pdf", stick / "patient.json"], on=office.inside)
    office.until(lambda: not office.inside.receiving.under_way, "the notes")
    office.settle()
    office.until(office.settled, "the patients")

    assert filed(office) == 1
    with office.inside.house.unit() as unit:
        assert {one.family for one in list_patients(unit)} >= {"Brandvold"}


def test_a_watched_folder_brings_notes_in_and_tells_only_what_is_new(
    office: Reviewer, stick: Path, note: bytes
) -> None:
    house = office.inside.house
    office.inside.watched.watch(str(stick))
    house.settings = {**house.settings, WATCHED: str(stick)}
    office.settle()
    file = stick / "note.pdf"
    file.write_bytes(note)

    def looked() -> bool:
        office.inside.watched.look()
        QApplication.processEvents()
        return filed(office) == 1 and not office.inside.receiving.under_way

    office.until(looked, "the note")
    office.settle()
    assert office.words("receiving.message") == "1 note filed."
    assert file.read_bytes() == note, "the file stays where it was"

    office.inside.receiving.message.acted.emit()
    (stick / "copy.pdf").write_bytes(note)
    seen = office.inside.watched._taken

    def handed_on() -> bool:
        office.inside.watched.look()
        return len(seen) == 2

    office.until(handed_on, "the copy")
    office.until(lambda: not office.inside.receiving.under_way, "the copy is read")
    office.settle()
    assert office.words("receiving.message") == "", "nobody asked, and nothing is new"
