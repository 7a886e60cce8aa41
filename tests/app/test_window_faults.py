"""The running window when something goes wrong: what is said, what stays, what can be mended."""

from __future__ import annotations

import logging
import sys
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from sqlalchemy import event

from infusion_visits.app.inside import LOCK_AFTER_MS
from infusion_visits.app.window import Window
from infusion_visits.core.cells import Cell, Row
from infusion_visits.core.desk import Place
from infusion_visits.core.errors import DeviceTrouble
from infusion_visits.core.kinds import VisitKind
from infusion_visits.records import cells, draft_text
from infusion_visits.team.tables import Setting
from infusion_visits.visits import actions
from infusion_visits.visits.queries import load_record
from infusion_visits.widgets import theme
from infusion_visits.widgets.field_box import FieldBox
from infusion_visits.widgets.messages import InlineMessage
from tests.fixtures.records import OTHER_PASSPHRASE, PASSPHRASE, ZONE
from tests.journeys.at_the_keys import CONTROL, Key, Person

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from uuid import UUID

    from pytestqt.qtbot import QtBot

    from infusion_visits.app.inside import Inside
    from infusion_visits.records.unit_of_work import UnitOfWork
    from infusion_visits.visits.record import VisitRecord
    from tests.fixtures.lived_visit import Lived

pytest_plugins = ["tests.fixtures.lived_visit"]

PRESENT = Cell("arrival", Row("arrival"), "present")
MILES = Cell("departure", Row("departure"), "miles")
LINE = Cell("vitals", Row("vital_signs"), "line")
CANARY = "QQCANARYQQ"


class Nurse(Person):
    """A person at the keys of a record with a started visit."""

    def __init__(self, qtbot: QtBot, window: Window, visit: UUID) -> None:
        super().__init__(qtbot, window)
        self.visit = visit

    @property
    def inside(self) -> Inside:
        assert self.window.inside is not None
        return self.window.inside

    @property
    def workspace(self) -> Any:
        return self.inside.screen_of("visit")

    def unlock(self, passphrase: str = PASSPHRASE) -> None:
        self.until_at("unlock.passphrase")
        self.answer(passphrase)

    def enter_house(self) -> None:
        self.unlock()
        self.until(lambda: self.window.inside is not None, "the house")
        self.settle()

    def open_visit(self, visit: UUID | None = None) -> None:
        self.inside.open(Place("visit", visit or self.visit))
        self.qtbot.waitUntil(lambda: self.workspace.visit_desk is not None)
        self.settle()

    def go_to(self, cell: Cell) -> None:
        self.inside.open(Place("visit", self.workspace.visit_desk.visit.id, cell.section, cell))
        self.until_at(cell.path())

    def leave(self, cell: Cell, text: str) -> None:
        self.go_to(cell)
        self.answer(text)

    def shown(self, cell: Cell) -> str:
        box = self.find(QWidget, cell.path())
        assert box.isVisible()
        return str(box.text())  # type: ignore[attr-defined]

    def marked(self, cell: Cell) -> bool:
        """Whether the field says "not saved"."""
        return any(
            label.isVisible() and label.text() == "not saved"
            for box in self.window.findChildren(FieldBox)
            if box.cell == cell
            for label in box.findChildren(QLabel)
        )

    def words(self, name: str) -> str:
        """What a message says; nothing when it is not there."""
        message = self.find(InlineMessage, name)
        return message.words.text() if message.isVisible() else ""

    def record(self, visit: UUID | None = None) -> VisitRecord:
        house = self.inside.house
        with house.unlocked.unit(house.clock, house.ids, house.zone, write=False) as unit:
            return load_record(unit, visit or self.visit)

    def present(self) -> str:
        """What the record holds in the field `present`."""
        arrival = self.record().sections["arrival"].arrival
        return "" if arrival is None else arrival.present or ""

    def half_typed(self) -> dict[str, str]:
        house = self.inside.house
        with house.unlocked.unit(house.clock, house.ids, house.zone, write=False) as unit:
            return draft_text.of_owner(unit, "visit", self.visit)


@dataclass
class Disk:
    """The record's own disk: the database may not grow by a page until it is freed."""

    house: Any
    pages: int = 0
    _connections: list[Any] = field(default_factory=list)

    def fill(self) -> None:
        engine = self.house.unlocked.record.engine
        with self.house.unit() as unit:
            self.pages = int(unit.run("PRAGMA page_count")[0][0])
        event.listen(engine, "checkout", self._limit)
        # Half-typed text has a table of its own without audit events: its last page is filled too.
        for write in (self._setting, self._draft):
            for size in (1_000, 1):
                with pytest.raises(DeviceTrouble, match="disk is full"):
                    self._until_full(write, size)

    def _until_full(self, write: Callable[[UnitOfWork, str, str], None], size: int) -> None:
        for number in range(10_000):
            with self.house.unit() as unit:
                write(unit, f"{size}/{number}", "7" * size)
                unit.commit()

    @staticmethod
    def _setting(unit: UnitOfWork, key: str, text: str) -> None:
        cells.put(unit, Setting, {"key": key}, {"value": text})

    @staticmethod
    def _draft(unit: UnitOfWork, key: str, text: str) -> None:
        draft_text.keep(unit, "patient", unit.member, key, text)

    def free(self) -> None:
        self.pages = 1_000_000

    def _limit(self, connection: Any, _record: object, _proxy: object) -> None:
        connection.execute(f"PRAGMA max_page_count = {self.pages}")


class Held:
    """Holds the database lane, as a slow disk does, until it is let go."""

    def __init__(self, nurse: Nurse) -> None:
        self._reached, self._open = threading.Event(), threading.Event()
        nurse.inside.house.runner.save(self._wait)
        assert self._reached.wait(20)

    def _wait(self, _: object) -> None:
        self._reached.set()
        assert self._open.wait(20)

    def let_go_soon(self) -> None:
        """While the interface thread is already waiting for the lane."""
        threading.Timer(0.1, self._open.set).start()


@pytest.fixture
def home(lived: Lived, tmp_path: Path) -> Path:
    """A closed record with a started visit."""
    with lived.new_unit() as unit:
        actions.start(unit, lived.visit)
        unit.commit()
    lived.unlocked.close()
    return tmp_path / "record"


@pytest.fixture
def new_window(home: Path, lived: Lived, qtbot: QtBot, qapp: QApplication) -> Callable[[], Window]:
    theme.apply(qapp, "light")

    def make() -> Window:
        window = Window(home, home.parent / "demo", lived.clock, ZONE)
        qtbot.addWidget(window)
        with qtbot.waitActive(window):
            window.show()
        return window

    return make


@pytest.fixture
def nurse(new_window: Callable[[], Window], lived: Lived, qtbot: QtBot) -> Iterator[Nurse]:
    """At the unlock screen."""
    window = new_window()
    yield Nurse(qtbot, window, lived.visit)
    window.close()
    window.close()


@pytest.fixture
def at_visit(nurse: Nurse) -> Nurse:
    """In the workspace of the started visit."""
    nurse.enter_house()
    nurse.open_visit()
    return nurse


@pytest.fixture
def disk(at_visit: Nurse) -> Disk:
    """Full."""
    made = Disk(at_visit.inside.house)
    made.fill()
    return made


@pytest.mark.parametrize("way", ["key", "button"])
def test_what_a_full_disk_does_not_take_stays_marked_and_is_saved_again(
    at_visit: Nurse, disk: Disk, way: str
) -> None:
    nurse = at_visit
    nurse.leave(PRESENT, "daughter Ruth")
    nurse.settle()
    assert nurse.shown(PRESENT) == "daughter Ruth"
    assert nurse.marked(PRESENT)
    assert nurse.present() == ""
    said = nurse.words("message")
    assert "The disk is full. Nothing that was saved is lost." in said
    assert "Free some space" in said
    assert nurse.words("workspace.unsaved").startswith("Not saved: Present.")
    disk.free()
    if way == "key":
        nurse.press(Key.Key_S, CONTROL)
    else:
        button = nurse.find(InlineMessage, "workspace.unsaved").findChild(QPushButton)
        assert button is not None
        assert button.text() == "Save again"
        button.setFocus()
        nurse.press(Key.Key_Space)
    nurse.settle()
    assert nurse.present() == "daughter Ruth"
    assert not nurse.marked(PRESENT)
    assert nurse.words("workspace.unsaved") == ""
    assert nurse.words("message") == ""
    assert nurse.find(QLabel, "status.saved").text().startswith("Saved ")


def test_text_that_is_no_value_is_not_lost_on_a_full_disk_either(
    at_visit: Nurse, disk: Disk
) -> None:
    nurse = at_visit
    nurse.leave(MILES, "twelve")
    nurse.settle()
    assert nurse.shown(MILES) == "twelve"
    assert nurse.marked(MILES)
    assert nurse.half_typed() == {}
    disk.free()
    nurse.press(Key.Key_S, CONTROL)
    nurse.settle()
    assert not nurse.marked(MILES)
    assert nurse.half_typed() == {MILES.path(): "twelve"}


def test_the_newest_of_two_answers_is_the_one_that_is_saved(at_visit: Nurse, disk: Disk) -> None:
    nurse = at_visit
    for text in ("daughter Ruth", "neighbour"):
        nurse.leave(PRESENT, text)
    nurse.settle()
    disk.free()
    nurse.press(Key.Key_S, CONTROL)
    nurse.settle()
    assert (nurse.shown(PRESENT), nurse.present()) == ("neighbour", "neighbour")
    assert not nurse.marked(PRESENT)


def test_a_set_of_vital_signs_is_kept_once_when_the_disk_takes_it_again(
    at_visit: Nurse, disk: Disk, lived: Lived
) -> None:
    nurse = at_visit
    taken = lived.clock.now().replace(second=0)
    nurse.press(Key.Key_M, CONTROL)
    nurse.answer("124/78 76 16 98 36.8 0")
    nurse.settle()
    assert nurse.record().sections["vitals"].vital_signs == ()
    assert "Not saved: 1 entry." in nurse.words("workspace.unsaved")
    echo = nurse.workspace.vitals_line.echo.text()
    assert echo.startswith("Not saved: ")
    assert "124/78" in echo
    lived.clock.forward(minutes=40)
    disk.free()
    nurse.press(Key.Key_S, CONTROL)
    nurse.settle()
    sets = nurse.record().sections["vitals"].vital_signs
    assert [(one.systolic, one.at) for one in sets] == [(124, taken)]
    assert nurse.words("workspace.unsaved") == ""
    nurse.settle()
    assert nurse.half_typed() == {}


def test_a_set_on_its_way_at_locking_does_not_come_back_as_a_line_too(at_visit: Nurse) -> None:
    nurse = at_visit
    nurse.press(Key.Key_M, CONTROL)
    nurse.type_text("124/78 76 16 98 36.8 0")
    nurse.until(lambda: LINE.path() in nurse.half_typed(), "the half-typed line")
    held = Held(nurse)
    nurse.enter()
    held.let_go_soon()
    nurse.press(Key.Key_L, CONTROL)
    nurse.enter_house()
    nurse.open_visit()
    assert len(nurse.record().sections["vitals"].vital_signs) == 1
    assert nurse.half_typed() == {}
    assert nurse.workspace.vitals_line.line.text() == ""


def test_nothing_is_signed_while_an_answer_is_missing_from_the_record(
    at_visit: Nurse, disk: Disk
) -> None:
    nurse = at_visit
    nurse.leave(PRESENT, "daughter Ruth")
    nurse.settle()
    nurse.press(Key.Key_Return, CONTROL)
    nurse.settle()
    assert nurse.inside.place.screen == "visit"
    assert nurse.marked(PRESENT)
    disk.free()
    nurse.press(Key.Key_Return, CONTROL)
    nurse.settle()
    assert nurse.present() == "daughter Ruth"


def test_half_typed_text_is_kept_as_soon_as_the_disk_takes_it(at_visit: Nurse, disk: Disk) -> None:
    nurse = at_visit
    nurse.go_to(PRESENT)
    nurse.type_text("daugh")
    nurse.until(lambda: "The disk is full" in nurse.words("message"), "the words")
    assert nurse.half_typed() == {}
    disk.free()
    nurse.until(lambda: nurse.half_typed() == {PRESENT.path(): "daugh"}, "the text")


def test_another_visit_and_back_again_keeps_what_was_not_saved(
    at_visit: Nurse, lived: Lived
) -> None:
    nurse = at_visit
    with nurse.inside.house.unit() as unit:
        other = actions.schedule(unit, lived.patient, VisitKind.LINE_CARE, lived.clock.now(), ZONE)
        unit.commit()
    disk = Disk(nurse.inside.house)
    disk.fill()
    nurse.leave(PRESENT, "daughter Ruth")
    nurse.settle()
    disk.free()
    # The disk is asked once more at leaving; here it takes it.
    nurse.open_visit(other)
    nurse.open_visit()
    assert nurse.present() == "daughter Ruth"
    assert nurse.words("workspace.unsaved") == ""


def test_locking_on_a_full_disk_says_so_and_unlocking_brings_it_back(
    at_visit: Nurse, disk: Disk
) -> None:
    nurse = at_visit
    nurse.leave(PRESENT, "daughter Ruth")
    nurse.go_to(MILES)
    nurse.type_text("1")
    nurse.press(Key.Key_L, CONTROL)
    assert nurse.window.inside is None
    said = nurse.find(QLabel, "unlock.words").text()
    assert "2 answers were not saved. The disk is full." in said
    assert "Unlock to save again" in said
    # The record is opened anew, and there is room again.
    nurse.enter_house()
    nurse.until(lambda: nurse.present() == "daughter Ruth", "the answer")
    nurse.settle()
    assert nurse.inside.place.id == nurse.visit
    assert nurse.half_typed() == {MILES.path(): "1"}
    nurse.go_to(MILES)
    assert nurse.shown(MILES) == "1"
    assert nurse.words("workspace.unsaved") == ""
    assert disk.pages < 1_000_000


def test_what_one_member_could_not_save_waits_for_that_member(at_visit: Nurse, disk: Disk) -> None:
    nurse = at_visit
    nurse.leave(PRESENT, "daughter Ruth")
    nurse.press(Key.Key_L, CONTROL)
    nurse.until_at("unlock.passphrase")
    nurse.press(Key.Key_Backtab)
    nurse.until_at("unlock.who")
    nurse.press(Key.Key_Down)
    nurse.press(Key.Key_Tab)
    nurse.unlock(OTHER_PASSPHRASE)
    nurse.until(lambda: nurse.window.inside is not None, "the house")
    nurse.settle()
    assert nurse.inside.place == Place("today")
    assert nurse.present() == ""
    nurse.press(Key.Key_L, CONTROL)
    nurse.enter_house()
    nurse.until(lambda: nurse.present() == "daughter Ruth", "the answer")
    assert disk.pages < 1_000_000


def test_closing_on_a_full_disk_asks_once_and_then_goes(at_visit: Nurse, disk: Disk) -> None:
    nurse = at_visit
    nurse.leave(PRESENT, "daughter Ruth")
    assert nurse.window.close() is False
    assert nurse.window.isVisible()
    assert "1 answer was not saved." in nurse.find(QLabel, "unlock.words").text()
    assert nurse.window.close() is True
    assert disk.pages < 1_000_000


@pytest.mark.parametrize("way", ["lock", "close"])
def test_a_save_under_way_is_finished_first(
    at_visit: Nurse, new_window: Callable[[], Window], qtbot: QtBot, way: str
) -> None:
    nurse = at_visit
    held = Held(nurse)
    nurse.leave(PRESENT, "daughter Ruth")
    assert not nurse.settled()
    held.let_go_soon()
    if way == "lock":
        nurse.press(Key.Key_L, CONTROL)
    else:
        assert nurse.window.close() is True
        nurse = Nurse(qtbot, new_window(), nurse.visit)
    nurse.enter_house()
    nurse.open_visit()
    assert nurse.present() == "daughter Ruth"
    assert nurse.words("workspace.recovered") == ""


@pytest.mark.parametrize("way", ["key", "idle"])
def test_locking_keeps_what_is_half_typed_without_charting_it(at_visit: Nurse, way: str) -> None:
    nurse = at_visit
    nurse.go_to(PRESENT)
    nurse.type_text("daugh")
    if way == "key":
        nurse.press(Key.Key_L, CONTROL)
    else:
        nurse.inside._idle.start(1)
    nurse.until(lambda: nurse.window.inside is None, "the lock")
    assert "daugh" not in "".join(one.text() for one in nurse.window.findChildren(QLabel))
    nurse.enter_house()
    # Back where it was typed, as it was typed; it counts only when the field is left.
    assert nurse.inside.place == Place("visit", nurse.visit, "arrival")
    assert nurse.shown(PRESENT) == "daugh"
    assert nurse.present() == ""
    assert nurse.words("workspace.recovered") == ""
    nurse.go_to(PRESENT)
    nurse.type_text("ter")
    nurse.enter()
    nurse.settle()
    assert nurse.present() == "daughter"
    assert nurse.half_typed() == {}


def test_any_key_puts_the_lock_off(at_visit: Nurse) -> None:
    nurse = at_visit
    idle = nurse.inside._idle
    assert (idle.isActive(), idle.interval()) == (True, LOCK_AFTER_MS)
    idle.stop()
    nurse.press(Key.Key_Tab)
    assert (idle.isActive(), idle.interval()) == (True, LOCK_AFTER_MS)
    assert nurse.window.inside is not None


def test_a_visit_that_was_left_while_it_was_opened_was_not_left_open(nurse: Nurse) -> None:
    nurse.enter_house()
    nurse.inside.open(Place("visit", nurse.visit))
    # Nothing came back yet.
    assert nurse.workspace.visit_desk is None
    nurse.press(Key.Key_L, CONTROL)
    nurse.enter_house()
    nurse.open_visit()
    assert nurse.words("workspace.recovered") == ""


def test_a_second_window_says_where_the_record_is_open(
    at_visit: Nurse, new_window: Callable[[], Window], qtbot: QtBot
) -> None:
    second = Nurse(qtbot, new_window(), at_visit.visit)
    second.unlock()
    words = second.find(QLabel, "unlock.words")
    second.until(lambda: "open in another window" in words.text(), "the words")
    assert second.window.inside is None
    second.window.close()
    # The first goes on.
    at_visit.window.activateWindow()
    at_visit.leave(PRESENT, "daughter Ruth")
    at_visit.settle()
    assert at_visit.present() == "daughter Ruth"


def test_a_wrong_passphrase_opens_nothing_and_the_third_waits(nurse: Nurse, lived: Lived) -> None:
    words, button = nurse.find(QLabel, "unlock.words"), nurse.find(QPushButton, "unlock.unlock")
    nurse.unlock("copper lantern walks")
    nurse.until(lambda: words.text() == "That passphrase opens nothing here.", "the words")
    assert button.isEnabled()
    lived.clock.forward(seconds=30)
    nurse.unlock("copper lantern")
    nurse.until(lambda: "Wait 1 s, then try again." in words.text(), "the wait")
    assert words.text().startswith("That passphrase opens nothing here.")
    assert not button.isEnabled()
    nurse.unlock()
    assert "Wait 1 s" in words.text()
    assert nurse.window.inside is None
    lived.clock.forward(seconds=2)
    nurse.until(button.isEnabled, "the end of the wait")
    nurse.enter_house()


@pytest.fixture
def hooks() -> Iterator[None]:
    """The hooks are the whole interpreter's: the test gives them back."""
    before = sys.excepthook, sys.unraisablehook, threading.excepthook
    yield
    sys.excepthook, sys.unraisablehook, threading.excepthook = before


@pytest.mark.qt_no_exception_capture
@pytest.mark.usefixtures("hooks")
def test_a_mistake_in_the_program_is_told_and_no_log_knows_what_was_typed(
    nurse: Nurse, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    nurse.window.report.stand_behind_hooks()
    nurse.enter_house()
    nurse.open_visit()
    nurse.leave(PRESENT, CANARY)
    nurse.settle()
    nurse.press(Key.Key_M, CONTROL)
    nurse.type_text(f"124/78 {CANARY}")

    def fault() -> None:
        raise ValueError(nurse.shown(LINE))

    QTimer.singleShot(0, fault)
    nurse.until(lambda: "give the number" in nurse.words("message"), "the report")
    number = nurse.words("message").split("number ")[1].rstrip(".")
    assert number in caplog.text
    assert "ValueError" in caplog.text
    nurse.press(Key.Key_1, CONTROL)
    nurse.settle()

    def fault_elsewhere() -> None:
        raise KeyError(CANARY)

    elsewhere = threading.Thread(target=fault_elsewhere)
    elsewhere.start()
    elsewhere.join()
    nurse.until(lambda: "give the number" in nurse.words("message"), "the second report")
    nurse.press(Key.Key_L, CONTROL)
    written = caplog.text + "".join(capfd.readouterr())
    for word in (CANARY, "Okafor", "Maren", PASSPHRASE, "infliximab"):
        assert word not in written, word
