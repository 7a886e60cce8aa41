"""The form made from a section's fields, or from a patient's groups: data in, texts out.

It shows frozen values and tells a desk what a person typed; it knows no rule and no table.
Programs that show values never emit, never move the focus, never touch a text being typed.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QLayout, QScrollArea, QVBoxLayout, QWidget

from infusion_visits.core.fields import Rows, Sense
from infusion_visits.widgets.field_box import FieldBox
from infusion_visits.widgets.finding_lines import FindingLines
from infusion_visits.widgets.form_state import (
    FormDesk,
    FormState,
    OverrideDesk,
    RefOptions,
    by_cell,
    no_options,
)
from infusion_visits.widgets.group_form import GroupPart
from infusion_visits.widgets.rows_table import RowBlock

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from PySide6.QtGui import QHideEvent

    from infusion_visits.core.cells import Cell, Row
    from infusion_visits.core.charted import Telling
    from infusion_visits.core.findings import Finding
    from infusion_visits.widgets.editor import SenseSource

MOST_WIDTH = 980

T = TypeVar("T", bound=QWidget)


class SectionForm(QWidget):
    """The form of `rows` at one desk.

    `finished` is emitted by Enter in the last field; the workspace may go to the next section.
    `sense` gives the present, the zone and the preferred units; by default those of the facts.
    """

    finished = Signal()

    def __init__(
        self,
        section: str,
        rows: Sequence[Rows],
        desk: FormDesk,
        ref_options: RefOptions = no_options,
        sense: SenseSource | None = None,
        *,
        read_only: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._own_sense = sense
        self._state = FormState(section, desk, ref_options, self._sense, read_only=read_only)
        self.setMaximumWidth(MOST_WIDTH)
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(24)
        go_past = desk.override if isinstance(desk, OverrideDesk) else None
        self._loose = FindingLines(go_past, self)
        body.addWidget(self._loose)
        self.parts = [GroupPart(group, (), self._state, self) for group in rows]
        for part in self.parts:
            body.addWidget(part)
            part.advance.connect(self._advance)
            part.changed_shape.connect(self._shape_changed)
        body.addStretch(1)
        self._order_waits = False
        self._look_waits = False
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focus_changed)

    def _sense(self) -> Sense:
        if self._own_sense is not None:
            return self._own_sense()
        facts = self._state.facts
        if facts is None:
            raise RuntimeError("a form without a sense of its own needs facts first")
        return Sense(facts.now, facts.zone)

    def show_values(
        self,
        values: Any,
        facts: Telling,
        findings: Sequence[Finding] = (),
        unsaved: Collection[Cell] = (),
        beside: Mapping[Cell, str] | None = None,
    ) -> None:
        """Shows what the record holds now. `values` has one attribute for each top group.

        `beside` are quiet words beside the label of a field, such as where its value comes from.
        """
        state = self._state
        state.beside = beside or {}
        state.facts = facts
        mine = [found for found in findings if found.section == state.section]
        state.findings = by_cell(mine)
        state.unsaved = frozenset(unsaved)
        for part in self.parts:
            part.show_value(getattr(values, part.group.name, None), None)
        self._loose.show_findings([found for found in mine if not self._is_placed(found)])

    def _is_placed(self, finding: Finding) -> bool:
        if finding.cell is None:
            return False
        box = self.box(finding.cell)
        if box is not None and not box.isHidden():
            return True
        return any(
            block.row.at == finding.cell.row.at[: len(block.row.at)] and not block.line.struck
            for block in self.findChildren(RowBlock)
            if block.found.shown and finding in block.found.shown
        )

    def show_drafts(self, drafts: Mapping[Cell, str]) -> None:
        """Brings back what was typed and never left, at its fields; opens the rows that hold it."""
        for cell, text in drafts.items():
            self.open_row(cell.row)
            box = self.box(cell)
            if box is not None:
                box.hold(text)

    def commit(self) -> None:
        """Records what is typed and not yet left; to be called before the form is taken away."""
        for box in self.findChildren(FieldBox):
            box.editor.commit()

    def box(self, cell: Cell) -> FieldBox | None:
        """The box of a field, where its row is shown or was opened."""
        return next((box for box in self.findChildren(FieldBox) if box.cell == cell), None)

    def open_row(self, row: Row) -> None:
        """Opens the row, and those above it."""
        depth = 0
        while depth <= len(row.at):
            for block in self.findChildren(RowBlock):
                on_the_way = len(block.row.at) == depth and block.row.at == row.at[:depth]
                if (
                    on_the_way
                    and block.table.owns(row)
                    and not block.open
                    and not block.line.struck
                ):
                    block.open_form()
            depth += 1

    def focus_cell(self, cell: Cell) -> bool:
        """Goes to a field, opening its row; says whether it is there."""
        self.open_row(cell.row)
        box = self.box(cell)
        if box is None or box.isHidden():
            return False
        box.editor.take_focus()
        return True

    def focus_first(self) -> None:
        """Goes to the first required field without an answer, else to the first control."""
        boxes = self._boxes()
        required = (box for box in boxes if self._state.required(box.leaf) and not box.answered)
        first = next(required, boxes[0] if boxes else None)
        if first is not None:
            first.editor.take_focus()
        elif stops := stops_in(self.layout()):
            stops[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _boxes(self) -> list[FieldBox]:
        return [box for box in widgets_in(self.layout(), FieldBox) if box.isVisibleTo(self)]

    def _advance(self, box: FieldBox) -> None:
        boxes = self._boxes()
        after = boxes[boxes.index(box) + 1 :] if box in boxes else []
        if after:
            after[0].editor.take_focus(Qt.FocusReason.TabFocusReason)
        else:
            self.finished.emit()

    def _shape_changed(self) -> None:
        if not self._order_waits:
            self._order_waits = True
            QTimer.singleShot(0, self, self._order)

    def _order(self) -> None:
        """Tab goes in reading order, through rows that came later too."""
        self._order_waits = False
        stops = stops_in(self.layout())
        for one, other in pairwise(stops):
            QWidget.setTabOrder(one, other)

    def _focus_changed(self, before: QWidget | None, now: QWidget | None) -> None:
        mine = (one for one in (before, now) if one is not None)
        if not self._look_waits and any(self.isAncestorOf(one) for one in mine):
            # One event later: the focus also changes while a form is being torn down.
            self._look_waits = True
            QTimer.singleShot(0, self, self._look_at_focus)

    def _look_at_focus(self) -> None:
        """Shows the field that has the keys, and offers "not done" there."""
        self._look_waits = False
        now = QApplication.focusWidget()
        here = now if now is not None and self.isAncestorOf(now) else None
        above: QObject | None = here
        while above is not None and above is not self and not isinstance(above, FieldBox):
            above = above.parent()
        box = above if isinstance(above, FieldBox) else None
        for other in self.findChildren(FieldBox):
            if other is not box:
                other.show_offer(False)
        if box is not None:
            box.show_offer(True)
        if here is not None:
            reveal(here)

    def hideEvent(self, event: QHideEvent) -> None:
        """What goes out of sight is left: another section, or the window closes."""
        self.commit()
        super().hideEvent(event)

    def event(self, event: QEvent) -> bool:
        """The first showing sets the order of the keys."""
        if event.type() == QEvent.Type.Show:
            self._shape_changed()
        return super().event(event)


def reveal(widget: QWidget) -> None:
    """Scrolls so that the widget is seen, with a little room around it."""
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(widget, 24, 56)
            return
        above = above.parentWidget()


def widgets_in(layout: QLayout | None, kind: type[T]) -> list[T]:
    """All widgets of a kind in the order of the layouts, which is the order of reading."""
    found: list[T] = []
    for at in range(layout.count() if layout else 0):
        item = layout.itemAt(at) if layout else None
        widget = item.widget() if item else None
        if isinstance(widget, kind):
            found.append(widget)
        if widget is not None:
            found.extend(widgets_in(widget.layout(), kind))
        elif item is not None and item.layout() is not None:
            found.extend(widgets_in(item.layout(), kind))
    return found


def stops_in(layout: QLayout | None) -> list[QWidget]:
    """All controls that take keys, in reading order."""
    return [
        widget
        for widget in widgets_in(layout, QWidget)
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus and widget.focusProxy() is None
    ]
