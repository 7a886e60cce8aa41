"""One line of text: words, numbers with their unit, times and days; no spin box, no picker."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from infusion_visits.core.fields import Day, Leaf, NotAValue, Number, When
from infusion_visits.core.scanned import SEPARATOR
from infusion_visits.core.units import NBSP, Unit, plain_number, unit_of
from infusion_visits.widgets.editor import Editor, SenseSource, is_enter
from infusion_visits.widgets.words import PlainWords

if TYPE_CHECKING:
    from decimal import Decimal

    from PySide6.QtGui import QKeyEvent


class Line(QLineEdit):
    """A line edit that leaves Enter to its editor and never reacts to the wheel.

    It takes the separator that a scanner types inside a code, though it is no printable key.
    """

    def __init__(self, editor: LineEditor) -> None:
        super().__init__(editor)
        self._editor = editor
        self.textEdited.connect(editor.line_edited)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter commits and moves on; all else is typed."""
        if is_enter(event):
            self._editor.line_entered()
            return
        if event.text() == SEPARATOR:
            self.insert(SEPARATOR)
            return
        super().keyPressEvent(event)


class LineEditor(Editor):
    """Words on one line; the base of numbers, times and days."""

    width_hint: int | None = None

    def __init__(self, leaf: Leaf, sense: SenseSource, parent: QWidget | None = None) -> None:
        super().__init__(leaf, sense, parent)
        self.line = Line(self)
        self._watch(self.line)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.line)
        self.suffix = PlainWords("", "quiet", wraps=False)
        self.suffix.hide()
        row.addWidget(self.suffix)
        if self.width_hint is None:
            self.line.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            self._body.addLayout(row)
            self._body.addWidget(self.echo)
        else:
            self.line.setFixedWidth(self.width_hint)
            row.addWidget(self.echo, 1)
            self.echo.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            row.addStretch(0)
            self._body.addLayout(row)

    @property
    def widget(self) -> QWidget:
        """The line edit."""
        return self.line

    def text(self) -> str:
        """What stands in the line."""
        return self.line.text()

    def _write(self, text: str) -> None:
        place = self.line.cursorPosition()
        at_end = place == len(self.line.text())
        self.line.setText(text)
        focused = self.line.hasFocus()
        self.line.setCursorPosition(
            (len(text) if at_end else min(place, len(text))) if focused else 0
        )

    def take_as_typed(self) -> None:
        """Half-typed text goes on where it ended."""
        super().take_as_typed()
        self.line.end(False)

    def line_edited(self, _text: str) -> None:
        """A person changed the line."""
        self._typed()

    def line_entered(self) -> None:
        """Enter was pressed in the line."""
        self._enter()


class NumberEditor(LineEditor):
    """A figure with its unit beside it, and what it is in the other unit while it is typed."""

    width_hint = 104

    def __init__(self, leaf: Number, sense: SenseSource, parent: QWidget | None = None) -> None:
        super().__init__(leaf, sense, parent)
        self._number = leaf
        self.line.setInputMethodHints(Qt.InputMethodHint.ImhPreferNumbers)
        self.suffix.setVisible(bool(leaf.units))
        self.refresh_echo()

    def refresh_echo(self) -> None:
        """The unit that is meant, and the same quantity in each other unit of the field."""
        if not self._number.units:
            return
        columns = self._number.parse(self.text(), self.sense())
        code = None if isinstance(columns, NotAValue) else columns[f"{self._number.name}_unit"]
        meant = unit_of(code) if code else self._preferred()
        spelled = any(letter.isalpha() or letter in "%°" for letter in self.text())
        self.suffix.say("" if spelled else meant.label)
        self.suffix.setVisible(not spelled)
        if code is None or isinstance(columns, NotAValue):
            self._say_echo("")
            return
        canonical = columns[self._number.name]
        others = [unit for unit in self._number.units if unit.code != code]
        shown = (_echoed(unit.from_canonical(canonical), unit) for unit in others)
        self._say_echo(" · ".join(f"= {text}" for text in shown))

    def _preferred(self) -> Unit:
        wanted = self.sense().units.get(self._number.units[0].quantity)
        units = self._number.units
        return next((unit for unit in units if unit.code == wanted), units[0])


def _echoed(figure: Decimal, unit: Unit) -> str:
    """To one decimal: more would look measured. Below one, two: 0.04 m is not 0."""
    return f"{plain_number(figure, 1 if abs(figure) >= 1 else 2)}{NBSP}{unit.label}"


class MomentEditor(LineEditor):
    """A time or a day as nurses type them (`now`, `930`, `-5`, `t`, `+7`), echoed as understood."""

    width_hint = 168

    def __init__(self, leaf: When | Day, sense: SenseSource, parent: QWidget | None = None) -> None:
        super().__init__(leaf, sense, parent)
        hint = "now, 930, -5" if isinstance(leaf, When) else "t, +7, 2026-11-21"
        self.line.setPlaceholderText(hint)

    def refresh_echo(self) -> None:
        """What the text was understood to mean, where it does not already say so."""
        text = self.text().strip()
        if not text:
            self._say_echo("")
            return
        sense = self.sense()
        columns = self.leaf.parse(text, sense)
        if isinstance(columns, NotAValue):
            self._say_echo("")
            return
        meant = self.leaf.text(columns, sense)
        self._say_echo("" if meant == text else f"= {meant}")
