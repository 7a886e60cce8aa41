"""Thirty notes reviewed by key: what the program itself takes between a key and the next note."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from datetime import UTC, date, datetime
from datetime import time as hour
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from infusion_visits.app.camera import application, inside_of, open_window, settle, until
from infusion_visits.app.demo import make
from infusion_visits.app.places import DEMO_PASSPHRASE
from infusion_visits.core.clock import SteppingClock
from infusion_visits.core.desk import Place
from infusion_visits.records import key_file
from infusion_visits.widgets import theme
from tests.bench.timing import Line, median_ms

if TYPE_CHECKING:
    from pathlib import Path

    from infusion_visits.app.window import Window

TODAY = date(2026, 11, 21)
SEED = 20_261_121
NOTES = 30
AIM_MS = 100.0
Key = Qt.Key


@dataclass(frozen=True, slots=True)
class Step:
    """One note: how many answers it has, the key that led to it, the seconds until it was painted.

    `own` are the seconds of the processor that the interface thread itself used: what remains on
    a machine that does nothing else.
    """

    answers: int
    key: Qt.Key
    took: float
    own: float


class _Painted(QObject):
    """Sees when the note was painted, after it was put on the screen."""

    def __init__(self, panel: Any) -> None:
        super().__init__()
        self._shown = False
        self.at = self.own = 0.0
        panel.shown.connect(self._show)
        panel.note.paper.installEventFilter(self)

    def _show(self, _note: object) -> None:
        self._shown = True

    def begin(self) -> None:
        """A key is about to be pressed."""
        self._shown, self.at = False, 0.0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and self._shown and not self.at:
            self.at, self.own = time.perf_counter(), time.thread_time()
        return False


def measure(folder: Path) -> tuple[Line, Line, Line]:
    """The median and the longest way to the next note, of thirty; prints each step."""
    steps = review(folder)
    print(table(steps), file=sys.stderr)
    ways = [one.took for one in steps]
    median, longest = median_ms(ways), max(ways) * 1000
    aim = f"at most {AIM_MS:g} ms"
    own = median_ms([one.own for one in steps])
    return (
        Line(
            f"next of {NOTES} notes, the thread's own time: median", own, None, aim, own <= AIM_MS
        ),
        Line(f"next of {NOTES} notes, painted: median", median, None, aim, median <= AIM_MS),
        Line(f"next of {NOTES} notes, painted: longest", longest, None, aim, longest <= AIM_MS),
    )


def review(folder: Path) -> list[Step]:
    """Walks thirty notes and approves every third; the reading between two keys is not counted."""
    home = folder / "demo"
    make.make(home, TODAY, SEED)
    theme.apply(application(), "light")
    clock = SteppingClock(datetime.combine(TODAY, hour(12), UTC))
    with open_window(home, home, clock) as window:
        _enter(window, home)
        inside = inside_of(window)
        inside.open(Place("review"))
        settle(window)
        panel: Any = inside.screen_of("review")
        painted = _Painted(panel)
        steps = []
        for number in range(NOTES):
            key = Key.Key_A if number % 3 == 2 else Key.Key_J
            took, own = _press(window, painted, key)
            answers = sum(len(line.cells) for line in panel.note.paper.lines)
            steps.append(Step(answers, key, took, own))
        return steps


def _enter(window: Window, home: Path) -> None:
    member = next(
        slot.member for slot in key_file.load(home).slots if slot.name == make.COORDINATOR.name
    )
    window.unlock.unlock_asked.emit(member, DEMO_PASSPHRASE)
    until(lambda: window.inside is not None, "the demo agency")
    settle(window)


def _press(window: Window, painted: _Painted, key: Key) -> tuple[float, float]:
    """Seconds by the clock and of this thread until the next note is painted; then all rests."""
    painted.begin()
    start, own = time.perf_counter(), time.thread_time()
    QTest.keyClick(QApplication.focusWidget() or window, key)
    until(lambda: painted.at > 0, "the next note")
    took, used = painted.at - start, painted.own - own
    settle(window)
    return took, used


def table(steps: list[Step]) -> str:
    """What the program took for each note."""
    rows = [f"{'note':>4} {'answers':>8} {'key':>4} {'ms':>7} {'own':>7}"]
    rows += [
        f"{number:>4} {one.answers:>8} {one.key.name[-1]:>4} {one.took * 1000:>7.1f}"
        f" {one.own * 1000:>7.1f}"
        for number, one in enumerate(steps, 1)
    ]
    return "\n".join(rows)
