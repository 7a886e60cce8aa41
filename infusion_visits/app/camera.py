"""What takes pictures of the window: it waits until nothing is under way, types as keys."""

from __future__ import annotations

import os
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING, Any

# Before Qt starts: pictures are made where nobody looks on.
os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QScrollArea, QWidget

from infusion_visits.app.demo import make
from infusion_visits.app.window import Window
from infusion_visits.core.errors import DeviceTrouble

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from infusion_visits.app.inside import Inside
    from infusion_visits.core.clock import SteppingClock

LONGEST_S = 60


class Camera:
    """Takes the window as it stands, under a number and a name."""

    def __init__(self, window: Window, to: Path, scheme: str, number: int = 0) -> None:
        self.window = window
        self._to, self._scheme, self.number = to, scheme, number

    def take(self, name: str) -> None:
        """One picture; nothing is under way when it is taken."""
        settle(self.window)
        self.number += 1
        file = self._to / f"{self._scheme}-{self.number:02}-{name.replace(' ', '-')}.png"
        if not self.window.grab().save(str(file)):
            raise DeviceTrouble("picture", f"The picture {file.name} cannot be written.")


@contextmanager
def open_window(home: Path, demo: Path, clock: SteppingClock) -> Iterator[Window]:
    window = Window(home, demo, clock, make.ZONE)
    window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    window.show()
    window.activateWindow()
    try:
        yield window
    finally:
        window.close()
        let_events_pass()


def settle(window: Any) -> None:
    """Waits until nothing is under way between screen and disk, and all is laid out."""
    inside = window.inside
    if inside is not None:
        until(lambda: inside.house.runner.idle, "the disk")
    let_events_pass()


def until(seen: Callable[[], bool], what: str) -> None:
    end = monotonic() + LONGEST_S
    while not seen():
        if monotonic() > end:
            raise TimeoutError(f"waited {LONGEST_S} s for {what}")
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 20)


def let_events_pass() -> None:
    # A long form comes in slices, an event apart: it is pictured when all of it is there.
    for _ in range(40):
        QApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def application() -> QApplication:
    application = QApplication.instance() or QApplication(["infusion-visits"])
    if not isinstance(application, QApplication):
        raise TypeError("another kind of Qt application is running")
    application.setCursorFlashTime(0)  # a caret that blinks is not the same twice
    return application


def line_of(window: Window, name: str) -> QLineEdit:
    found: QLineEdit | None = window.findChild(QLineEdit, name)
    if found is None:
        raise LookupError(f"no line is called {name}")
    return found


def type_into(line: QLineEdit, text: str) -> None:
    """As keys: what a line makes of being typed in is shown too."""
    for letter in text:
        key = Qt.Key.Key_Backspace if letter == "\b" else Qt.Key.Key_unknown
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, letter)
            QCoreApplication.sendEvent(line, event)


def press(window: Window, name: str) -> None:
    found: QPushButton | None = window.findChild(QPushButton, name)
    if found is None:
        raise LookupError(f"no button is called {name}")
    found.click()


def inside_of(window: Window) -> Inside:
    if window.inside is None:
        raise LookupError("the house is not open")
    return window.inside


def scroll_down(inner: QWidget | None, share: float = 1.0) -> None:
    """Brings the lower part of what an area holds into view; `share` 1 is its end."""
    area = inner
    while area is not None and not isinstance(area, QScrollArea):
        area = area.parentWidget()
    if area is None and inner is not None:
        area = inner.findChild(QScrollArea)
    if isinstance(area, QScrollArea):
        QApplication.processEvents()
        bar = area.verticalScrollBar()
        bar.setValue(int(bar.maximum() * share))
