"""A person at the keyboard: real key events upon whatever has the keys; waiting by what is seen."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from infusion_visits.widgets.pills import Pill, PillRow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from pytestqt.qtbot import QtBot

    from infusion_visits.app.window import Window

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
NONE = Qt.KeyboardModifier.NoModifier
LONG_MS = 120_000
UUIDS = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")

T = TypeVar("T", bound=QWidget)


class Strays(QObject):
    """Sees every window that comes up beside the one: a flash of it would take the keys away."""

    def __init__(self, window: Window) -> None:
        super().__init__()
        self._window = window
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.Show or not isinstance(watched, QWidget):
            return False
        if watched.isWindow() and watched is not self._window:
            self.seen.append(f"{type(watched).__name__} {watched.objectName()}")
        return False


class Person:
    """Types on the focused control of one window, and never touches anything else."""

    def __init__(self, qtbot: QtBot, window: Window) -> None:
        self.qtbot = qtbot
        self.window = window
        self.pressed = 0

    @property
    def focus(self) -> QWidget:
        """What has the keys. A person without a focused control is stuck: a dead end."""
        widget = QApplication.focusWidget()
        assert widget is not None, "nothing has the keys"
        return widget

    @property
    def at(self) -> str:
        """The address of what has the keys: its own name, else that of what it is part of."""
        return next((one.objectName() for one in self.above() if one.objectName()), "")

    def above(self) -> Iterator[QWidget]:
        """The focused control and all that holds it."""
        widget: QWidget | None = self.focus
        while widget is not None:
            yield widget
            widget = widget.parentWidget()

    def until(self, seen: Callable[[], bool], what: str = "") -> None:
        """Waits until something is seen; no sleeps."""

        def check() -> None:
            assert seen(), f"waited for {what or seen}; the keys are at {self.at!r}"

        self.qtbot.waitUntil(check, timeout=LONG_MS)

    def until_at(self, name: str) -> None:
        """Waits until the keys are at `name`."""
        self.until(lambda: QApplication.focusWidget() is not None and self.at == name, name)

    def press(self, key: Key, modifier: Qt.KeyboardModifier = NONE) -> None:
        """One key."""
        self.pressed += 1
        QTest.keyClick(self.focus, key, modifier)

    def enter(self) -> None:
        """Commits and moves on."""
        self.press(Key.Key_Return)

    def type_text(self, text: str) -> None:
        """ASCII only: other letters abort the process in Qt's own test library."""
        assert text.isascii()
        for letter in text:
            self.pressed += 1
            QTest.keyClicks(self.focus, letter)

    def answer(self, text: str) -> None:
        """Types over what stands in a line, then Enter; in a paragraph Enter is a new line."""
        focus = self.focus
        if isinstance(focus, Pill):
            self.pick(focus, text)
        elif isinstance(focus, QPlainTextEdit):
            self.type_text(text)
            self.press(Key.Key_Tab)
            return
        else:
            if isinstance(focus, QLineEdit):
                self.press(Key.Key_A, CONTROL)
            self.type_text(text)
        self.enter()

    def pick(self, pill: Pill, text: str) -> None:
        """The first letter until the pill that begins with `text` is chosen."""
        row = pill.parentWidget()
        assert isinstance(row, PillRow)
        for _ in row.pills:
            self.type_text(text[0])
            chosen = next((one for one in row.pills if one.isChecked()), None)
            if chosen is not None and chosen.option.label.casefold().startswith(text.casefold()):
                return
        raise AssertionError(f"no answer begins with {text!r}")

    def find(self, kind: type[T], name: str) -> T:
        """What is seen of this name."""
        found = self.window.findChild(kind, name)
        assert found is not None, name
        return found

    def settled(self) -> bool:
        """Whether nothing is under way between screen and disk."""
        inside = self.window.inside
        return inside is not None and inside.house.runner.idle

    def settle(self) -> None:
        """Waits until everything typed so far is on the disk and shown."""
        self.until(self.settled, "the disk")
        QApplication.processEvents()

    def fill(self, answers: Mapping[str, str], most: int = 80) -> None:
        """Walks a form by Tab and answers what is asked there, by the name of the field."""
        left = dict(answers)
        for _ in range(most):
            name = self.at.rpartition("/")[2]
            if name in left:
                self.answer(left.pop(name))
                self.settle()
            else:
                self.press(Key.Key_Tab)
            if not left:
                return
        raise AssertionError(f"never came to {left}; the keys are at {self.at!r}")

    def walk_to(self, name: str, most: int = 80) -> None:
        """Tab until the keys are at a control whose name begins so."""
        for _ in range(most):
            if self.at.startswith(name):
                return
            self.press(Key.Key_Tab)
        raise AssertionError(f"Tab never came to {name}; the keys are at {self.at!r}")

    def answer_missing(self, answers: Mapping[str, str], most: int = 60) -> None:
        """Ctrl+J to the next missing item, its answer, Enter; until all of `answers` are given."""
        left = dict(answers)
        for _ in range(most):
            if not left:
                return
            self.press(Key.Key_J, CONTROL)
            self.settle()
            name = UUIDS.sub("*", self.at)
            assert name in left, f"no answer for {name}; left are {sorted(left)}"
            self.answer(left.pop(name))
            self.settle()
        raise AssertionError(f"still open: {left}")

    def answer_at(self, answers: Mapping[str, str], most: int = 60) -> None:
        """Ctrl+J from one missing item to the next; answers those named, leaves the others."""
        left = dict(answers)
        for _ in range(most):
            if not left:
                return
            self.press(Key.Key_J, CONTROL)
            self.settle()
            name = UUIDS.sub("*", self.at)
            if name in left:
                self.answer(left.pop(name))
                self.settle()
        raise AssertionError(f"never came to {left}; the keys are at {self.at!r}")
