"""A nurse at the real window, in a process of its own that is going to be killed.

`python -m tests.faults.nurse_at_the_window HOME VISIT AT FIRST`: unlocks, opens the visit,
leaves field after field, and says on standard output what the window itself has called saved.
After the last field of a round she types on and on in one field without leaving it.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QDeadlineTimer, QEventLoop, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from infusion_visits.app.window import Window
from infusion_visits.core.cells import Cell, Row
from infusion_visits.core.clock import SteppingClock
from infusion_visits.core.desk import Place
from infusion_visits.records import draft_text
from tests.fixtures.records import PASSPHRASE, ZONE

if TYPE_CHECKING:
    from collections.abc import Callable

    from infusion_visits.app.inside import Inside

FIELDS = (
    Cell("arrival", Row("arrival"), "present"),
    Cell("departure", Row("departure"), "miles"),
    Cell("arrival", Row("arrival"), "note"),
    Cell("departure", Row("departure"), "plan"),
    Cell("departure", Row("departure"), "note"),
)
IN_ROUND = 7
HALF = Cell("departure", Row("departure"), "supplies_left")
BETWEEN_KEYS = timedelta(milliseconds=120)
"""Faster than the pause after which a text is kept: only "at least every 2 s" keeps it."""
LONG_S = 120
MOST_KEYS = 300


def text_of(number: int, cell: Cell) -> str:
    """What the field number `number` of the ledger was given."""
    return f"{number}" if cell.field == "miles" else f"seen {number:04d} and well"


def cell_of(number: int) -> Cell:
    """Which field the number `number` of the ledger is."""
    return FIELDS[number % len(FIELDS)]


class Nurse:
    """Real key events at whatever has the keys."""

    def __init__(self, home: Path, clock: SteppingClock) -> None:
        self.clock = clock
        self.window = Window(home, home.parent / "demo", clock, ZONE)
        self.window.show()
        self.window.activateWindow()

    @property
    def inside(self) -> Inside:
        """The open house."""
        assert self.window.inside is not None
        return self.window.inside

    def until(self, seen: Callable[[], bool]) -> None:
        """The event loop runs until something is so."""
        most = QDeadlineTimer(LONG_S * 1000)
        while not seen():
            assert not most.hasExpired(), f"waited for {seen}"
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 20)

    def type_text(self, text: str) -> None:
        """One key after another."""
        for letter in text:
            QTest.keyClicks(at_keys(), letter)

    def unlock(self) -> None:
        """The passphrase, and Enter."""
        box = self.window.findChild(QWidget, "unlock.passphrase")
        assert box is not None
        self.until(lambda: QApplication.focusWidget() is box)
        self.type_text(PASSPHRASE)
        QTest.keyClick(box, Qt.Key.Key_Return)
        self.until(lambda: self.window.inside is not None)

    def open_visit(self, visit: UUID) -> None:
        """Into the workspace."""
        self.inside.open(Place("visit", visit))
        workspace = self.inside.screen_of("visit")
        self.until(lambda: workspace.visit_desk is not None)
        self.until(lambda: self.inside.house.runner.idle)

    def go_to(self, cell: Cell) -> None:
        """The keys at one field, all of its text chosen."""
        visit = self.inside.screen_of("visit").visit_desk.visit.id
        self.inside.open(Place("visit", visit, cell.section, cell))
        self.until(lambda: at() == cell.path())
        QTest.keyClick(at_keys(), Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)

    def leave_field(self, number: int) -> None:
        """Typed and left; back when the status line says that it is saved."""
        cell = cell_of(number)
        self.clock.forward(minutes=1)
        self.go_to(cell)
        self.type_text(text_of(number, cell))
        said = f"Saved {self.clock.now():%M:%S}"[-5:]
        QTest.keyClick(at_keys(), Qt.Key.Key_Tab)
        words = self.inside.status.saved_words
        self.until(lambda: words.text().endswith(said) and self.inside.house.runner.idle)

    def kept(self) -> str:
        """What the record holds of the half-typed field, read beside the writer."""
        visit = self.inside.screen_of("visit").visit_desk.visit.id
        house = self.inside.house
        with house.unlocked.unit(house.clock, house.ids, house.zone, write=False) as unit:
            return draft_text.of_owner(unit, "visit", visit).get(HALF.path(), "")

    def type_on(self) -> None:
        """Half a sentence that is never left; says what of it was typed, and what is kept."""
        self.go_to(HALF)
        told = ""
        for number in range(MOST_KEYS):
            self.type_text("abcdefghij "[number % 11])
            pause = QDeadlineTimer(int(BETWEEN_KEYS.total_seconds() * 1000))
            self.until(pause.hasExpired)
            kept = self.kept()
            if kept != told:
                told = kept
                say(kept=kept)


def at_keys() -> QWidget:
    """What has the keys."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def at() -> str:
    """The address of the field that has the keys."""
    widget = QApplication.focusWidget()
    return widget.objectName() if widget is not None else ""


def say(**words: object) -> None:
    """One line to the one who watches."""
    sys.stdout.write(json.dumps(words) + "\n")
    sys.stdout.flush()


def main(home: str, visit: str, at_instant: str, first: str) -> None:
    """One round; ends only by being killed."""
    application = QApplication([])
    assert application is not None
    nurse = Nurse(Path(home), SteppingClock(datetime.fromisoformat(at_instant)))
    nurse.unlock()
    nurse.open_visit(UUID(visit))
    say(opened=True)
    for number in range(int(first), int(first) + IN_ROUND):
        nurse.leave_field(number)
        say(left=number, at=nurse.clock.now().isoformat())
    nurse.type_on()


if __name__ == "__main__":
    main(*sys.argv[1:])
