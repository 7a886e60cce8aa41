"""A long checklist that opens at once: the first lines are made, the others follow between keys."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal

from infusion_visits.widgets.checklist import CheckLine, Checklist

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from infusion_visits.core.cells import Row
    from infusion_visits.widgets.answer_line import Asked
    from infusion_visits.widgets.form_state import FormState

_SLICE_SECONDS = 0.006


class GrowingChecklist(Checklist):
    """Makes `at_once` lines, then the rest in slices of a few milliseconds.

    `grown(line)` for every line made later, so that its value can be shown.
    """

    grown = Signal(object)

    def __init__(
        self,
        parts: Sequence[tuple[str, Sequence[Asked]]],
        state: FormState,
        parent: QWidget,
        *,
        at_once: int,
    ) -> None:
        super().__init__((), state, parent)
        self._waiting: list[str | Asked] = []
        for heading, asked in parts:
            self._waiting += [heading, *asked]
        while self._waiting and len(self.lines) < at_once:
            self._make_next()
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._grow)
        if self._waiting:
            self._timer.start()

    def _make_next(self) -> CheckLine | None:
        one = self._waiting.pop(0)
        if isinstance(one, str):
            self._add_heading(one)
            return None
        return self._add_line(one)

    def _grow(self) -> None:
        until = perf_counter() + _SLICE_SECONDS
        while self._waiting and perf_counter() < until:
            self._make_and_tell()
        self._rest()

    def _make_and_tell(self) -> None:
        line = self._make_next()
        if line is not None:
            self.grown.emit(line)

    def _rest(self) -> None:
        if not self._waiting:
            self._timer.stop()
        self.changed_shape.emit()

    def finish(self) -> bool:
        """Makes all lines that are not made yet; says whether there was one."""
        if not self._waiting:
            return False
        while self._waiting:
            self._make_and_tell()
        self._rest()
        return True

    def holds(self, row: Row, field: str) -> bool:
        """Whether a field stands here, made or not."""
        return super().line_of(row, field) is not None or any(
            not isinstance(one, str)
            and one.row == row
            and field in {one.answer.name, *(leaf.name for leaf in one.details)}
            for one in self._waiting
        )

    def line_of(self, row: Row, field: str) -> CheckLine | None:
        """The line in which a field stands; it is made where it was not yet."""
        found = super().line_of(row, field)
        if found is None and self.holds(row, field):
            self.finish()
            found = super().line_of(row, field)
        return found

    def focus_open(self) -> bool:
        """Goes to the first line without an answer; says whether there is one."""
        return super().focus_open() or (self.finish() and super().focus_open())

    def _step(self, line: CheckLine, by: int) -> None:
        if by > 0 and line is self.lines[-1]:
            self.finish()
        super()._step(line, by)
