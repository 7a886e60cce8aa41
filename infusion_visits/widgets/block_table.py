"""A table of the note on the screen: the same words, figures right, flags with their word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
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
    """Only rows that changed are made anew; read by a screen reader row by row.

    `at_once` rows come in one slice, the others an event apart, so that no long table keeps the
    keys waiting; 0 is all of them.
    """

    def __init__(self, parent: QWidget | None = None, *, at_once: int = 0) -> None:
        super().__init__(parent)
        self._at_once = at_once
        self._rows: list[tuple[tuple[Words, ...], list[QWidget]]] = []
        self._waits = False
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
        before, self._shown = self._shown, table
        if table is None or before is None or before.columns != table.columns:
            clear_out(self._grid)
            self._rows = []
            self._head(table)
        if table is not None:
            self._keep_same(table)
            self._more()
        self.setVisible(bool(table and table.rows))

    def _head(self, table: Table | None) -> None:
        for at, column in enumerate(table.columns if table else ()):
            head = PlainWords(column.label, "small", wraps=False)
            self._grid.addWidget(head, 0, at, _side(column.side))
            self._grid.setColumnStretch(at, column.share)

    def _keep_same(self, table: Table) -> None:
        """What stands in its place stays; the rows that changed are made anew in theirs."""
        while len(self._rows) > len(table.rows):
            self._end(self._rows.pop()[1])
        for down, (shown, widgets) in enumerate(self._rows):
            if shown != table.rows[down]:
                self._end(widgets)
                self._rows[down] = (table.rows[down], self._row(table, down))

    def _end(self, widgets: list[QWidget]) -> None:
        for widget in widgets:
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()

    def _more(self) -> None:
        """The next slice of rows that are not there yet."""
        table = self._shown
        if table is None:
            return
        made = len(self._rows)
        until = min(made + self._at_once, len(table.rows)) if self._at_once else len(table.rows)
        for down in range(made, until):
            self._rows.append((table.rows[down], self._row(table, down)))
        if until < len(table.rows) and not self._waits:
            self._waits = True
            QTimer.singleShot(0, self, self._go_on)

    def _go_on(self) -> None:
        self._waits = False
        self._more()

    def _row(self, table: Table, down: int) -> list[QWidget]:
        rule = QFrame()
        rule.setProperty("rule", "line")
        self._grid.addWidget(rule, 2 * down + 1, 0, 1, len(table.columns))
        made: list[QWidget] = [rule]
        for at, words in enumerate(table.rows[down]):
            cell = PlainWords(text_of(words), _voice(words), wraps=len(text_of(words)) > 12)
            if any(span.voice is Voice.STRUCK for span in words):
                struck = cell.font()
                struck.setStrikeOut(True)
                cell.setFont(struck)
            cell.setAccessibleName(f"{table.columns[at].label}: {text_of(words)}")
            self._grid.addWidget(cell, 2 * down + 2, at, _side(table.columns[at].side))
            made.append(cell)
        return made


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
