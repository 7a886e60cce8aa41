"""A form put together from parts at given rows: several groups of one thing, some folded away."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from infusion_visits.widgets.act_button import ActButton, Weight
from infusion_visits.widgets.form_state import by_cell
from infusion_visits.widgets.group_form import GroupPart
from infusion_visits.widgets.section_form import SectionForm

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from infusion_visits.core.cells import Cell, Key
    from infusion_visits.core.charted import Telling
    from infusion_visits.core.fields import Rows
    from infusion_visits.core.findings import Finding

W = TypeVar("W", bound=QWidget)


class Fold(QWidget):
    """A part behind its name, made when it is first opened; Enter or Space opens and closes it."""

    opened = Signal()

    def __init__(
        self, word: str, group: Rows, make: Callable[[QWidget], GroupPart], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._body = QVBoxLayout(self)
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(8)
        self._word = word
        self._group = group
        self._make = make
        self._last: tuple[Any, Any] = (None, None)
        self.part: GroupPart | None = None
        self.button = ActButton(word, sign="right", weight=Weight.QUIET)
        self.button.clicked.connect(self.toggle)
        self._body.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self._say()

    def show_value(self, value: Any, above: Any) -> None:
        """Shows the value, now or when it is opened."""
        self._last = (value, above)
        if self.part is not None:
            self.part.show_value(value, above)

    def holds(self, cell: Cell) -> bool:
        """Whether the field belongs to this part."""
        return any(
            group.name == cell.row.group and any(leaf.name == cell.field for leaf in group.leaves)
            for group in self._group.walk()
        )

    @property
    def is_open(self) -> bool:
        """Whether the part is shown."""
        return self.part is not None and not self.part.isHidden()

    def toggle(self) -> None:
        """Opens or closes."""
        self.set_open(not self.is_open)

    def set_open(self, shown: bool) -> None:
        """Opens or closes; does nothing where it already is."""
        if shown is self.is_open:
            return
        if self.part is None:
            self.part = self._make(self)
            self.part.show_value(*self._last)
            self._body.addWidget(self.part)
        self.part.setVisible(shown)
        self._say()
        self.opened.emit()

    def _say(self) -> None:
        state = "open" if self.is_open else "closed"
        self.button.setAccessibleName(f"{self._word}, {state}")


class PartsForm(SectionForm):
    """A SectionForm whose groups stand at rows of their own, such as one line of the patient.

    Add parts in the order of reading, then `show_state` and each part's own `show_value`.
    """

    @cached_property
    def folds(self) -> list[Fold]:
        """The parts that are folded away until they are asked for."""
        return []

    def add_widget(self, widget: W) -> W:
        """Puts a widget below what is there."""
        body = self.layout()
        if isinstance(body, QVBoxLayout):
            body.insertWidget(body.count() - 1, widget)
        return widget

    def add_part(
        self, group: Rows, at: tuple[Key, ...], into: QVBoxLayout | None = None
    ) -> GroupPart:
        """Puts a group's form or table below what is there, or into a layout that grows."""
        part = self._make_part(group, at, self)
        if into is not None:
            into.addWidget(part)
        else:
            self.add_widget(part)
        self._shape_changed()
        return part

    def add_fold(
        self, group: Rows, at: tuple[Key, ...], word: str, into: QVBoxLayout | None = None
    ) -> Fold:
        """Puts a group behind its name below what is there; it is made when it is opened."""
        fold = Fold(word, group, lambda parent: self._make_part(group, at, parent), self)
        fold.opened.connect(self._shape_changed)
        self.folds.append(fold)
        if into is not None:
            into.addWidget(fold)
            return fold
        return self.add_widget(fold)

    def _make_part(self, group: Rows, at: tuple[Key, ...], parent: QWidget) -> GroupPart:
        part = GroupPart(group, at, self._state, parent)
        part.advance.connect(self._advance)
        part.changed_shape.connect(self._shape_changed)
        return part

    def show_state(
        self, facts: Telling, findings: Sequence[Finding], unsaved: Collection[Cell]
    ) -> None:
        """What the boxes say beside their answers; before the values are shown."""
        self._state.facts = facts
        self._state.findings = by_cell(findings)
        self._state.unsaved = frozenset(unsaved)

    def show_loose(self, findings: Sequence[Finding]) -> None:
        """Findings without a field of this form stand above it; after the values were shown."""
        self._loose.show_findings([found for found in findings if not self._is_placed(found)])

    def _is_placed(self, finding: Finding) -> bool:
        cell = finding.cell
        if cell is not None and any(fold.holds(cell) and not fold.is_open for fold in self.folds):
            return False
        return super()._is_placed(finding)

    def unfold(self, cell: Cell) -> None:
        """Opens the part that holds a field."""
        for fold in self.folds:
            if fold.holds(cell):
                fold.set_open(True)

    def show_drafts(self, drafts: Mapping[Cell, str]) -> None:
        """Brings back what was typed and never left, opening what hides it."""
        for cell in drafts:
            self.unfold(cell)
        super().show_drafts(drafts)

    def focus_cell(self, cell: Cell) -> bool:
        """Goes to a field, opening what hides it; says whether it is there."""
        self.unfold(cell)
        return super().focus_cell(cell)
