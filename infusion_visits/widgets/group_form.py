"""The fields of one row, in one or two columns as wide as the form is, and the groups below it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from infusion_visits.core.cells import Key, Row
from infusion_visits.core.charted import mark_words
from infusion_visits.widgets.clearing import take_out
from infusion_visits.widgets.field_box import LONG_LABEL, FieldBox
from infusion_visits.widgets.rows_table import RowsTable
from infusion_visits.widgets.words import PlainWords

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from infusion_visits.core.fields import Rows
    from infusion_visits.widgets.form_state import FormState

TWO_COLUMNS = 620
TOP_LEVEL = 2


class FieldGrid(QWidget):
    """Field boxes in reading order; hidden ones leave no hole."""

    def __init__(self, group: Rows, row: Row, state: FormState, parent: QWidget) -> None:
        super().__init__(parent)
        self.boxes = [
            FieldBox(leaf, row, state, self) for leaf in group.leaves if leaf.name != group.keyed_by
        ]
        self._asked: tuple[bool, ...] = ()
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(14)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def set_asked(self, asked: tuple[bool, ...]) -> bool:
        """Shows those boxes; says whether anything moved."""
        if asked == self._asked:
            return False
        self._asked = asked
        self._place()
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One column where two would be too narrow."""
        super().resizeEvent(event)
        columns = 2 if self.width() >= TWO_COLUMNS else 1
        if columns != self._columns:
            self._columns = columns
            self._place()

    def _place(self) -> None:
        if len(self._asked) != len(self.boxes):
            return  # laid out before the first value was shown
        columns = self._columns or 1
        take_out(self._grid)
        row = column = 0
        for box, asked in zip(self.boxes, self._asked, strict=True):
            box.setVisible(asked)
            if not asked:
                continue
            span = columns if box.wide else 1
            if column + span > columns:
                row, column = row + 1, 0
            self._grid.addWidget(box, row, column, 1, span, Qt.AlignmentFlag.AlignTop)
            column += span
        for at in range(2):
            self._grid.setColumnStretch(at, 1 if at < columns else 0)
            self._grid.setColumnMinimumWidth(at, 0)
        self._grid.setHorizontalSpacing(24 if columns > 1 else 0)


class GroupForm(QWidget):
    """One row of a group: its fields, then the groups below it."""

    advance = Signal(object)
    changed_shape = Signal()

    def __init__(self, group: Rows, row: Row, state: FormState, parent: QWidget) -> None:
        super().__init__(parent)
        self.group = group
        self.row = row
        self._state = state
        self.grid = FieldGrid(group, row, state, self)
        self.boxes = self.grid.boxes
        self._beside = PlainWords("", "small")
        self._beside.hide()
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(16)
        body.addWidget(self._beside)
        body.addWidget(self.grid)
        self.below = [GroupPart(child, row.at, state, self, level=3) for child in group.children]
        for part in self.below:
            body.addWidget(part)
            part.advance.connect(self.advance)
            part.changed_shape.connect(self.changed_shape)
        for box in self.boxes:
            box.advance.connect(lambda box=box: self.advance.emit(box))
            box.changed_shape.connect(self.changed_shape)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def show_value(self, value: Any, above: Any) -> None:
        """Shows one row value; None shows empty fields."""
        asked = tuple(box.show_value(value, above) for box in self.boxes)
        moved = self.grid.set_asked(asked)
        said = ""
        if value is not None and self._state.facts is not None:
            said = " · ".join(span.text for span in mark_words(value.mark, self._state.facts))
        self._beside.say(said)
        self._beside.setVisible(bool(said) and self.group.single)
        for part in self.below:
            part.show_value(getattr(value, part.group.name, None), value)
        if moved:
            self.changed_shape.emit()

    def focus_first(self) -> None:
        """Puts the keys into the first asked field without an answer, else into the first."""
        asked = [box for box in self.boxes if not box.isHidden()]
        first = next((box for box in asked if not box.answered), asked[0] if asked else None)
        if first is not None:
            first.editor.take_focus()


class GroupPart(QWidget):
    """A group with its heading: a form where there is one row at most, else a table of rows."""

    advance = Signal(object)
    changed_shape = Signal()

    def __init__(
        self,
        group: Rows,
        at: tuple[Key, ...],
        state: FormState,
        parent: QWidget,
        *,
        level: int = TOP_LEVEL,
    ) -> None:
        super().__init__(parent)
        self.group = group
        self._at = at
        self._state = state
        self.form: GroupForm | None = None
        self.table: RowsTable | None = None
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(8)
        long = len(group.label) > LONG_LABEL
        voice = "section" if level == TOP_LEVEL else "strong"
        self.heading = PlainWords(group.label, voice, wraps=long)
        head.addWidget(self.heading, 1 if long else 0)
        self._required = PlainWords("required", "small", wraps=False)
        self._required.hide()
        head.addWidget(self._required)
        head.addStretch(0 if long else 1)
        body.addLayout(head)
        if group.help:
            body.addWidget(PlainWords(group.help, "quiet"))
        if group.single:
            self.form = self._make_form(Row(group.name, at), self)
            body.addWidget(self.form)
        else:
            self.table = RowsTable(group, at, state, self._make_row_form, self)
            self.table.changed_shape.connect(self.changed_shape)
            body.addWidget(self.table)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def _make_form(self, row: Row, parent: QWidget) -> GroupForm:
        form = GroupForm(self.group, row, self._state, parent)
        form.advance.connect(self.advance)
        form.changed_shape.connect(self.changed_shape)
        return form

    def _make_row_form(self, row: Row, parent: QWidget) -> tuple[QWidget, GroupForm]:
        form = self._make_form(row, parent)
        return form, form

    def show_value(self, value: Any, above: Any) -> None:
        """Shows the one row value, or all of them."""
        if self.form is not None:
            self.form.show_value(value, above)
        if self.table is not None:
            rows = tuple(value or ())
            self.table.show_values(rows, above)
            standing = [row for row in rows if row.mark.struck is None]
            self._required.setVisible(self._state.required(self.group) and not standing)
