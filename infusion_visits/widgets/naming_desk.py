"""A desk for checklists whose rows come with the first answer: it also writes down what they are.

A line of such a checklist knows its row's number beforehand; what the row speaks of (an item of the
kit, a home medicine) is written with the first answer, so that the row is understood by itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from infusion_visits.core.cells import Cell, Row
    from infusion_visits.core.desk import VisitDesk
    from infusion_visits.core.kinds import NotDoneReason, StrikeReason


class NamingDesk:
    """The visit's desk; `names` are the texts of `field` by row, `written` the rows there are."""

    def __init__(self, desk: VisitDesk, field: str) -> None:
        self._desk = desk
        self._field = field
        self.names: dict[Row, str] = {}
        self.written: frozenset[Row] = frozenset()

    def _is_new(self, row: Row) -> bool:
        return row in self.names and row not in self.written

    def typing(self, cell: Cell, text: str) -> None:
        """Half-typed text."""
        self._desk.typing(cell, text)

    def record(self, cell: Cell, text: str) -> str | None:
        """The field was left."""
        if not self._is_new(cell.row):
            return self._desk.record(cell, text)
        if not text:
            return None
        return self._desk.append(cell.row, {self._field: self.names[cell.row], cell.field: text})

    def append(self, row: Row, texts: Mapping[str, str]) -> str | None:
        """Adds a row."""
        if self._is_new(row):
            texts = {self._field: self.names[row], **texts}
        return self._desk.append(row, texts)

    def strike(self, row: Row, reason: StrikeReason) -> None:
        """Strikes a mistaken row out."""
        self._desk.strike(row, reason)

    def not_done(self, cell: Cell, reason: NotDoneReason, words: str = "") -> None:
        """The thing was not done."""
        if self._is_new(cell.row):
            self._desk.append(cell.row, {self._field: self.names[cell.row]})
        self._desk.not_done(cell, reason, words)

    def override(self, finding: str, reason: str) -> None:
        """Goes past a stop."""
        self._desk.override(finding, reason)
