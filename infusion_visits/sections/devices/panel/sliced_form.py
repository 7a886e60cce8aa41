"""A long form that is made in slices, so that no slice keeps the keys waiting.

What is not made yet is made at once where somebody asks for it: a jump to a field, text that was
never left, Enter in the last field that is there.
"""

from __future__ import annotations

from collections import deque
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal

from infusion_visits.widgets.parts_form import PartsForm

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from infusion_visits.core.cells import Cell, Row
    from infusion_visits.widgets.field_box import FieldBox


class SlicedForm(PartsForm):
    """Parts that are given to `later` come one by one, an event apart, in the order given.

    Each shows what it makes: beside visible widgets a layout does so only an event later.
    """

    whole = Signal()

    @cached_property
    def _waiting(self) -> deque[Callable[[], None]]:
        return deque()

    def later(self, make: Callable[[], None]) -> None:
        """Makes one slice when its turn has come."""
        if not self._waiting:
            QTimer.singleShot(0, self, self._next)
        self._waiting.append(make)

    @property
    def is_whole(self) -> bool:
        """Whether every part is there."""
        return not self._waiting

    def make_all(self) -> None:
        """Makes what is still missing, now."""
        while self._waiting:
            self._one()

    def _next(self) -> None:
        if not self._waiting:
            return
        self._one()
        if self._waiting:
            QTimer.singleShot(0, self, self._next)

    def _one(self) -> None:
        self._waiting.popleft()()
        self._shape_changed()
        if not self._waiting:
            self.whole.emit()

    def show_drafts(self, drafts: Mapping[Cell, str]) -> None:
        """Brings back what was typed and never left."""
        if drafts:
            self.make_all()
        super().show_drafts(drafts)

    def open_row(self, row: Row) -> None:
        """Opens the row, and those above it."""
        self.make_all()
        super().open_row(row)

    def box(self, cell: Cell) -> FieldBox | None:
        """The box of a field, made now where its turn has not come."""
        found = super().box(cell)
        if found is None and not self.is_whole:
            self.make_all()
            return super().box(cell)
        return found

    def unfold(self, cell: Cell) -> None:
        """Opens the part that holds a field, made now where its turn has not come."""
        if super().box(cell) is None:
            self.make_all()
        super().unfold(cell)

    def focus_first(self) -> None:
        """The first open item; parts are made until there is one, in the order of their turn."""
        while self._waiting and not self._has_open():
            self._one()
        super().focus_first()

    def _has_open(self) -> bool:
        return any(self._state.required(box.leaf) and not box.answered for box in self._boxes())

    def _advance(self, box: FieldBox) -> None:
        boxes = self._boxes()
        if not boxes or boxes[-1] is box:
            self.make_all()
        super()._advance(box)
