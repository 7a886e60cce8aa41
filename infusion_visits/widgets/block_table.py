"""A table of the note on the screen: the same words, figures right, flags with their word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QSizePolicy, QWidget

from infusion_visits.core.blocks import Side, Voice
from infusion_visits.widgets.clearing import clear_out
from infusion_visits.widgets.words import PlainWords

if TYPE_CHECKING:
    from infusion_visits.core.blocks import Table, Words

_VOICES = {
    Voice.STRONG: "strong",
    Voice.QUIET: "quiet",
    Voice.FLAG: "danger",
    Voice.STRUCK: "quiet",
}


class BlockTable(QFrame):
    """Rebuilt only when its table changes; read by a screen reader row by row."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "card")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._shown: Table | None = None
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(12, 8, 12, 8)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(8)
        self.hide()

    def show_table(self, table: Table | None) -> None:
        """Shows this table; None or one without rows hides it."""
        if table == self._shown:
            return
        self._shown = table
        clear_out(self._grid)
        if table is not None:
            self._fill(table)
        self.setVisible(bool(table and table.rows))

    def _fill(self, table: Table) -> None:
        for at, column in enumerate(table.columns):
            head = PlainWords(column.label, "small", wraps=False)
            self._grid.addWidget(head, 0, at, _side(column.side))
            self._grid.setColumnStretch(at, column.share)
        for down, row in enumerate(table.rows):
            rule = QFrame()
            rule.setProperty("rule", "line")
            self._grid.addWidget(rule, 2 * down + 1, 0, 1, len(table.columns))
            for at, words in enumerate(row):
                cell = PlainWords(text_of(words), _voice(words), wraps=len(text_of(words)) > 12)
                if any(span.voice is Voice.STRUCK for span in words):
                    struck = cell.font()
                    struck.setStrikeOut(True)
                    cell.setFont(struck)
                cell.setAccessibleName(f"{table.columns[at].label}: {text_of(words)}")
                self._grid.addWidget(cell, 2 * down + 2, at, _side(table.columns[at].side))


def text_of(words: Words) -> str:
    """The words of a cell as one text."""
    return "".join(span.text for span in words)


def _voice(words: Words) -> str:
    for span in words:
        if span.voice in _VOICES:
            return _VOICES[span.voice]
    return ""


def _side(side: Side) -> Qt.AlignmentFlag:
    if side is Side.RIGHT:
        return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    return Qt.AlignmentFlag(0)
