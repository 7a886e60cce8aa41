"""An act with consequences, asked for inline: what it needs, and one deliberate key to keep it.

Enter moves through the lines and never keeps the act; Space on its button, or the mouse, does.
A key held down, a key struck twice or a double click never runs past the question.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from infusion_visits.widgets.act_button import ActButton, Weight
from infusion_visits.widgets.editor import is_enter
from infusion_visits.widgets.flow import FlowLayout
from infusion_visits.widgets.words import PlainWords

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from PySide6.QtGui import QKeyEvent

_NARROW, _WIDE = 96, 260


@dataclass(frozen=True, slots=True)
class AskedLine:
    """One asked thing: the name of its field, its label, the unit after it."""

    name: str
    label: str
    unit: str = ""
    wide: bool = False


class KeyedButton(ActButton):
    """A button that Enter does not press: Space and the mouse do."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter is not taken."""
        if is_enter(event):
            event.ignore()
            return
        super().keyPressEvent(event)


class _Line(QLineEdit):
    """Enter goes on to the next, and nothing else."""

    def __init__(self, label: str, onward: Callable[[], None]) -> None:
        super().__init__()
        self._onward = onward
        self.setAccessibleName(label)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter moves on."""
        if is_enter(event):
            self._onward()
            return
        super().keyPressEvent(event)


class ActStrip(QFrame):
    """The lines of an act, its button, and the way out. `keep` returns words when
    the act is refused; they stand below, and the strip stays."""

    def __init__(
        self,
        word: str,
        asked: Sequence[AskedLine],
        keep: Callable[[dict[str, str]], str | None],
        leave: Callable[[], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._keep = keep
        self._leave = leave
        self.setProperty("ground", "quiet")
        self.setAccessibleName(f"{word}: what it asks")
        body = QVBoxLayout(self)
        body.setContentsMargins(12, 10, 12, 10)
        row = FlowLayout(None, 8)
        body.addLayout(row)
        self._row = row
        self.lines: dict[str, QLineEdit] = {}
        for one in asked:
            self.lines[one.name] = self._line(row, one)
        self.button = KeyedButton(word, "Space", Weight.PRIMARY)
        self.button.clicked.connect(self.confirm)
        row.addWidget(self.button)
        leaves = ActButton("Leave it", "Esc")
        leaves.clicked.connect(leave)
        row.addWidget(leaves)
        self._hint = PlainWords("", "small")
        self._hint.hide()
        body.addWidget(self._hint)
        self.said = PlainWords("", "danger")
        self.said.hide()
        body.addWidget(self.said)

    def _line(self, row: FlowLayout, one: AskedLine) -> QLineEdit:
        holder = QWidget()
        inside = QHBoxLayout(holder)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(6)
        inside.addWidget(PlainWords(one.label, "label", wraps=False))
        line = _Line(one.label, lambda: self._next(one.name))
        line.setFixedWidth(_WIDE if one.wide else _NARROW)
        inside.addWidget(line)
        if one.unit:
            inside.addWidget(PlainWords(one.unit, "quiet", wraps=False))
        row.addWidget(holder)
        return line

    def fill(self, texts: Mapping[str, str]) -> None:
        """Puts what is proposed into the lines."""
        for name, text in texts.items():
            if name in self.lines:
                self.lines[name].setText(text)

    def offer(self, word: str, name: str, text: str) -> None:
        """A button that puts `text` into the line `name`, and keeps nothing."""
        button = KeyedButton(word, "", Weight.QUIET)
        button.setAccessibleName(f"{self.lines[name].accessibleName()}: {word}")
        button.clicked.connect(lambda: self._take_up(name, text))
        self._row.addWidget(button)

    def _take_up(self, name: str, text: str) -> None:
        self.lines[name].setText(text)
        self.lines[name].setFocus(Qt.FocusReason.OtherFocusReason)

    def hint(self, words: str) -> None:
        """What to know before it is kept."""
        self._hint.say(words)
        self._hint.show()

    def focus_first(self) -> None:
        """The keys go to the first empty line, else to the button."""
        empty = next((line for line in self.lines.values() if not line.text()), None)
        (empty or self.button).setFocus(Qt.FocusReason.OtherFocusReason)

    def _next(self, name: str) -> None:
        names = list(self.lines)
        after = names[names.index(name) + 1 :]
        (self.lines[after[0]] if after else self.button).setFocus(Qt.FocusReason.TabFocusReason)

    def confirm(self) -> None:
        """Keeps the act; what is refused stays with its words."""
        texts = {name: line.text().strip() for name, line in self.lines.items()}
        words = self._keep({name: text for name, text in texts.items() if text})
        if words:
            self.said.say(words)
            self.said.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves everything as it is."""
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)
