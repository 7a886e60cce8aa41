"""Notes leave by the keyboard alone: from Today, from a chart, from the note; names in Settings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton

from infusion_visits.app.file_names import FileNamesCard
from infusion_visits.app.places import DEMO_PASSPHRASE
from infusion_visits.app.window import Window
from infusion_visits.core.clock import SteppingClock, local_day
from infusion_visits.core.desk import Desk, Place, Who
from infusion_visits.core.ids import seeded_ids
from infusion_visits.core.kinds import VisitStatus
from infusion_visits.notes.file_name import DEFAULT_PATTERN, pattern_of
from infusion_visits.records import key_file
from infusion_visits.team import actions as team
from infusion_visits.visits import history, signing
from infusion_visits.visits.queries import list_visits
from infusion_visits.widgets import theme
from tests.fixtures.bedside import AtOnce
from tests.fixtures.demo import DEMO_MORNING, DEMO_ZONE
from tests.fixtures.records import NOW, OTHER_PASSPHRASE, PASSPHRASE
from tests.journeys.at_the_keys import CONTROL, Key, Person

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from uuid import UUID

    from pytestqt.qtbot import QtBot

    from infusion_visits.app.inside import Inside
    from infusion_visits.exchange.panel import ExportPanel
    from infusion_visits.records.unit_of_work import UnitOfWork


class Nurse(Person):
    """A nurse of the demo agency at her window."""

    @property
    def inside(self) -> Inside:
        assert self.window.inside is not None
        return self.window.inside

    @property
    def panel(self) -> ExportPanel:
        panel: ExportPanel = self.inside.screen_of("export")
        return panel

    def open(self, place: Place) -> None:
        self.inside.open(place)
        self.settle()

    def here(self) -> int:
        with self.inside.house.unit() as unit:
            return history.only_here_count(unit)

    def signed(self) -> tuple[UUID, UUID]:
        """A signed visit and its patient."""
        with self.inside.house.unit() as unit:
            lines = [one for one in list_visits(unit) if one.status is VisitStatus.SIGNED]
        return lines[-1].id, lines[-1].patient

    def name_folder(self, folder: Path) -> None:
        line = self.find(QLineEdit, "export.folder")
        line.setFocus()
        self.answer(str(folder))


@pytest.fixture
def nurse(qtbot: QtBot, qapp: QApplication, demo_home: Path) -> Iterator[Nurse]:
    theme.apply(qapp, "light")
    window = Window(demo_home, demo_home, SteppingClock(DEMO_MORNING), DEMO_ZONE)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
    person = Nurse(qtbot, window)
    person.until_at("unlock.passphrase")
    person.answer(DEMO_PASSPHRASE)
    person.until(lambda: window.inside is not None, "the house")
    person.settle()
    yield person
    window.close()


class Opened(QObject):
    """Stands in for the file manager of the system: hears which folder it is to open."""

    def __init__(self) -> None:
        super().__init__()
        self.urls: list[QUrl] = []

    @Slot(QUrl)
    def hear(self, url: QUrl) -> None:
        self.urls.append(url)


def test_from_today_all_that_are_here_leave_and_are_copied(nurse: Nurse, tmp_path: Path) -> None:
    folder, count = tmp_path / "out" / "for Paula", nurse.here()
    assert count > 30
    assert nurse.inside.status.notes_words.text() == f"On this laptop only ({count})"
    nurse.press(Key.Key_S, CONTROL)
    nurse.until_at("export.run")
    assert nurse.find(QPushButton, "export.run").text() == f"Export {count} notes"
    nurse.name_folder(folder)
    nurse.until_at("export.run")
    nurse.press(Key.Key_Return, CONTROL)
    nurse.until_at("files.folder")
    assert nurse.panel.where.message.words.text() == f"{count} notes are in the folder."
    assert len(list(folder.iterdir())) == count
    heard = Opened()
    QDesktopServices.setUrlHandler("file", heard, "hear")  # type: ignore[arg-type]
    try:
        nurse.press(Key.Key_O, CONTROL)
    finally:
        QDesktopServices.unsetUrlHandler("file")
    assert [url.toLocalFile() for url in heard.urls] == [str(folder)]
    nurse.press(Key.Key_C, CONTROL)
    copied = QApplication.clipboard().mimeData()
    assert {url.toLocalFile() for url in copied.urls()} == {str(one) for one in folder.iterdir()}
    listed = bytes(copied.data("x-special/gnome-copied-files").data())
    assert listed.startswith(b"copy\nfile:///")
    assert "on the clipboard" in nurse.panel.where.message.words.text()
    nurse.settle()
    assert nurse.inside.status.notes_words.text() == ""
    assert nurse.panel.where.button.text() == "Nothing to export"
    nurse.press(Key.Key_Escape)
    nurse.settle()
    assert nurse.inside.place.screen == "today"
    assert nurse.window.findChild(QPushButton, "today.only_here") is None
    nurse.press(Key.Key_L, CONTROL)
    nurse.until(lambda: nurse.window.inside is None, "the lock")
    assert QApplication.clipboard().text() == ""


def test_escape_ends_an_export_and_says_how_many_are_there(nurse: Nurse, tmp_path: Path) -> None:
    count = nurse.here()
    nurse.press(Key.Key_S, CONTROL)
    nurse.until_at("export.run")
    nurse.name_folder(tmp_path / "out")
    nurse.press(Key.Key_Return, CONTROL)
    nurse.press(Key.Key_Escape)
    nurse.until(lambda: nurse.panel.where.message.words.text() != "", "what came of it")
    nurse.settle()
    there = list((tmp_path / "out").glob("*"))
    assert nurse.panel.where.message.words.text() == (
        f"Cancelled. {len(there)} of {count} notes are in the folder, each whole. "
        "Export again to go on: what is there stays as it is."
    )
    assert nurse.here() == count - len(there)
    assert nurse.inside.place.screen == "export"


def test_the_folder_of_the_record_is_refused_where_it_is_said(nurse: Nurse) -> None:
    nurse.press(Key.Key_S, CONTROL)
    nurse.until_at("export.run")
    record = nurse.inside.house.unlocked.record.folder
    before = {path for path in record.rglob("*") if path.suffix == ".pdf"}
    nurse.name_folder(record / "notes")
    nurse.press(Key.Key_Return, CONTROL)
    nurse.until(lambda: "outside the record" in nurse.inside._message.words.text(), "the refusal")
    assert {path for path in record.rglob("*") if path.suffix == ".pdf"} == before == set()
    nurse.settle()
    assert nurse.find(QPushButton, "export.run").isEnabled()


def test_a_day_is_typed_and_a_wrong_one_is_said(nurse: Nurse) -> None:
    nurse.press(Key.Key_E, CONTROL)
    nurse.settle()
    panel = nurse.panel
    assert panel._title.text() == "Notes of 21 Nov 2026"
    assert panel.where.button.text() == "Nothing to export"
    nurse.find(QLineEdit, "export.day").setFocus()
    nurse.answer("2026-10-31")
    nurse.settle()
    assert panel._title.text() == "Notes of 31 Oct 2026"
    assert panel.notes.count() >= 1
    nurse.find(QLineEdit, "export.day").setFocus()
    nurse.answer("yesteryear")
    nurse.settle()
    assert panel._title.text() == "Notes of 31 Oct 2026"
    assert panel.which._said.property("voice") == "danger"


def test_from_a_chart_the_notes_of_that_patient(nurse: Nurse, tmp_path: Path) -> None:
    _, patient = nurse.signed()
    nurse.open(Place("patient", patient))
    card = nurse.inside.screen_of("patients").overview.visits
    states = {one.text() for one in card.findChildren(type(card.title)) if "laptop" in one.text()}
    assert any("On this laptop only" in words for words in states)
    nurse.press(Key.Key_S, CONTROL)
    nurse.until_at("export.run")
    assert nurse.panel.which.kind == "patient"
    nurse.name_folder(tmp_path / "out")
    nurse.press(Key.Key_Return, CONTROL)
    nurse.until_at("files.folder")
    count = nurse.panel.notes.count()
    assert count == len(list((tmp_path / "out").iterdir()))
    nurse.press(Key.Key_Escape)
    nurse.settle()
    assert nurse.inside.place == Place("patient", patient)


def test_a_saved_note_says_so_and_can_be_copied(nurse: Nurse, tmp_path: Path) -> None:
    visit, _ = nurse.signed()
    nurse.open(Place("note", visit))
    panel = nurse.inside.screen_of("note")
    assert said_by(panel) == "On this laptop only"
    day = local_day(panel._shown.line.scheduled, panel._shown.line.zone)
    assert panel._shown.name == f"visit-{day:%Y-%m-%d}-{visit.hex[-6:]}.pdf"
    panel.save_to(tmp_path / "the note")
    nurse.until_at("files.folder")
    assert said_by(panel) == "Handed over 21 Nov 2026 07:00, saved"
    with nurse.inside.house.unit() as unit:
        assert (tmp_path / "the note.pdf").read_bytes() == signing.load_file(unit, visit)
    nurse.press(Key.Key_C, CONTROL)
    (url,) = QApplication.clipboard().mimeData().urls()
    assert url.toLocalFile() == str(tmp_path / "the note.pdf")
    panel.save_to(nurse.inside.house.unlocked.record.folder / "inside.pdf")
    nurse.until(lambda: "outside the record" in nurse.inside._message.words.text(), "the refusal")


def said_by(panel: Any) -> str:
    """What the note's screen says of where the newest file is."""
    card = panel._after._signed
    words: list[str] = [one.text() for one in card.findChildren(type(card.title))]
    return [one for one in words if one.startswith(("On this", "Handed", "Receipt"))][-1]


class Member:
    """What `AtOnce` asks of whoever works."""

    def __init__(self, unlocked: team.Unlocked) -> None:
        self.unlocked = unlocked
        self.clock = SteppingClock(NOW)
        self.ids = seeded_ids(self.clock, 3)

    def new_unit(self) -> UnitOfWork:
        return self.unlocked.unit(self.clock, self.ids, DEMO_ZONE)


def card_of(qtbot: QtBot, home: Path, role: str, passphrase: str) -> tuple[FileNamesCard, Member]:
    clock = SteppingClock(NOW)
    slot = key_file.load(home).slots_as(role)[0]
    unlocked = team.unlock(home, slot.member, passphrase, clock, seeded_ids(clock, 2), DEMO_ZONE)
    member = Member(unlocked)
    run: Any = AtOnce(member)  # type: ignore[arg-type]
    nobody: Any = None
    who = Who(slot.member, slot.name, "RN", role)
    card = FileNamesCard(Desk(run, nobody, clock, who, nobody))
    qtbot.addWidget(card)
    card.show()
    card.arrive()
    return card, member


def test_a_coordinator_names_the_files_and_sees_what_the_name_tells(
    qtbot: QtBot, agency_home: Path
) -> None:
    card, member = card_of(qtbot, agency_home, "coordinator", OTHER_PASSPHRASE)
    assert card.line.text() == DEFAULT_PATTERN
    assert card.example.text() == "visit-2026-11-21-4f9c2a.pdf"
    assert card.warning.isHidden()
    card.line.selectAll()
    qtbot.keyClicks(card.line, "{mrn}-{visit_dat")
    assert "brace stands alone" in card.warning.text()
    qtbot.keyClick(card.line, Key.Key_Return)
    with member.new_unit() as unit:
        assert pattern_of(unit) == DEFAULT_PATTERN
    qtbot.keyClicks(card.line, "e}")
    assert card.example.text() == "0042-118-2026-11-21.pdf"
    assert "record number of the patient" in card.warning.text()
    qtbot.keyClick(card.line, Key.Key_Return)
    with member.new_unit() as unit:
        assert pattern_of(unit) == "{mrn}-{visit_date}"
    card.default.click()
    with member.new_unit() as unit:
        assert pattern_of(unit) == DEFAULT_PATTERN
    assert card.warning.isHidden()
    member.unlocked.close()


def test_a_nurse_reads_the_name_and_changes_nothing(qtbot: QtBot, agency_home: Path) -> None:
    card, member = card_of(qtbot, agency_home, "nurse", PASSPHRASE)
    assert card.line.isReadOnly()
    assert card.default.isHidden()
    qtbot.keyClicks(card.line, "{family}")
    assert card.line.text() == DEFAULT_PATTERN
    member.unlocked.close()
