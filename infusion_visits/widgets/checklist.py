"""Checklists inside a form: lines of questions, and below a line what its answer asks for more.

Further fields, reasons and findings are made only when they are needed, so that a list of forty
opens at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from infusion_visits.core.fields import Rows, YesNo
from infusion_visits.widgets.answer_line import AnswerLine, Asked
from infusion_visits.widgets.field_box import FieldBox
from infusion_visits.widgets.finding_lines import FindingLines
from infusion_visits.widgets.form_state import FormState, NotDoneDesk, OverrideDesk
from infusion_visits.widgets.group_form import FieldGrid
from infusion_visits.widgets.reason_lines import NotDoneLine
from infusion_visits.widgets.section_form import SectionForm, widgets_in
from infusion_visits.widgets.words import PlainWords

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from infusion_visits.core.cells import Cell, Row
    from infusion_visits.core.findings import Finding
    from infusion_visits.core.kinds import NotDoneReason

_INSET = 28


class CheckLine(QFrame):
    """A question and, below it while they are asked, its further fields."""

    advance = Signal(object)
    step = Signal(int)
    changed_shape = Signal()

    def __init__(self, asked: Asked, state: FormState, parent: QWidget) -> None:
        super().__init__(parent)
        self.asked = asked
        self.cell = state.cell(asked.row, asked.answer)
        self.details: list[FieldBox] = []
        self._state = state
        self.value: Any = None
        self._grid: FieldGrid | None = None
        self._reasons: NotDoneLine | None = None
        self._found: FindingLines | None = None
        self.setProperty("rule", "below")
        self.line = AnswerLine(asked, self.cell.path(), self)
        self.line.setEnabled(not state.read_only)
        self.line.picked.connect(self._picked)
        self.line.entered.connect(lambda: self.advance.emit(self.line))
        self.line.step.connect(self.step)
        self.line.not_done_asked.connect(self.open_not_done)
        self._body = QVBoxLayout(self)
        self._body.setContentsMargins(0, 0, 0, 1)
        self._body.setSpacing(0)
        self._body.addWidget(self.line)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def show_value(self, value: Any) -> None:
        """Shows the row's value; None where there is no row yet."""
        self.value = value
        name = self.asked.answer.name
        absent = value.mark.not_done.get(name) if value is not None else None
        said = f"not done: {absent.reason}" if absent else ""
        said += f", {absent.words}" if absent and absent.words else ""
        warns = "not saved" if self.cell in self._state.unsaved else ""
        key = self._key(getattr(value, name) if value is not None else None)
        self.line.show_answer(key, "" if key else said, warns)
        self._show_findings()
        self._show_details()

    def _key(self, answer: Any) -> str:
        leaf = self.asked.answer
        if answer is None:
            return ""
        if isinstance(leaf, YesNo):
            return leaf.yes if answer else leaf.no
        return str(answer)

    def _show_findings(self) -> None:
        found = self._state.findings.get(self.cell, [])
        if self._found is None and found:
            desk = self._state.desk
            self._found = FindingLines(desk.override if isinstance(desk, OverrideDesk) else None)
            self._found.setContentsMargins(_INSET, 0, 12, 8)
            self._body.insertWidget(1, self._found)
        if self._found is not None:
            self._found.show_findings(found)

    def _show_details(self) -> None:
        wanted = self._wanted()
        if any(wanted) and self._grid is None:
            self._make_details()
        if self._grid is None:
            return
        for box in self.details:
            box.show_value(self.value, None)
        moved = self._grid.set_asked(wanted)
        self._grid.setVisible(any(wanted))
        if moved:
            self.changed_shape.emit()

    def open_details(self) -> None:
        """Makes the further fields, so that a text typed in one of them can be brought back."""
        if self.asked.details and self._grid is None:
            self._make_details()
            self._show_details()

    def _wanted(self) -> tuple[bool, ...]:
        value = self.value
        opens = value is not None and getattr(value, self.asked.answer.name) in self.asked.opens
        return tuple(
            opens or leaf.name in self.asked.always or self._is_said(leaf.name)
            for leaf in self.asked.details
        )

    def _is_said(self, name: str) -> bool:
        """Whether there is something to show in a field that is not asked."""
        value = self.value
        if value is not None and (getattr(value, name) is not None or name in value.mark.not_done):
            return True
        leaf = next(leaf for leaf in self.asked.details if leaf.name == name)
        cell = self._state.cell(self.asked.row, leaf)
        return cell in self._state.held or cell in self._state.findings

    def _make_details(self) -> None:
        asked = self.asked
        group = Rows(name=asked.row.group, label=asked.title, fields=asked.details)
        self._grid = FieldGrid(group, asked.row, self._state, self)
        self.details = self._grid.boxes
        for box in self.details:
            box.advance.connect(lambda box=box: self.advance.emit(box))
            box.changed_shape.connect(self.changed_shape)
        self._grid.setContentsMargins(_INSET, 0, 12, 12)
        self._body.addWidget(self._grid)

    def _picked(self, key: str, by_key: bool) -> None:
        self._state.desk.record(self.cell, key)
        if key and by_key:
            self.advance.emit(self.line)

    def open_not_done(self) -> None:
        """Asks inline why it was not done."""
        state = self._state
        leaf = self.asked.answer
        may = isinstance(state.desk, NotDoneDesk) and not state.read_only
        if not may or not (state.required(leaf) or leaf.may_be_not_done):
            return
        if self._reasons is None:
            self._reasons = NotDoneLine(self.asked.title, self._not_done, self.take_focus, self)
            self._body.insertWidget(1, self._reasons)
            self.changed_shape.emit()
        self._reasons.open()

    def _not_done(self, reason: NotDoneReason, words: str) -> None:
        desk = self._state.desk
        if isinstance(desk, NotDoneDesk):
            desk.not_done(self.cell, reason, words)
        self.advance.emit(self.line)

    def take_focus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """The keys go to the question."""
        self.line.setFocus(reason)


class Checklist(QFrame):
    """Lines below each other on one card, with a quiet heading before each group of them."""

    advance = Signal(object)
    changed_shape = Signal()

    def __init__(
        self, parts: Sequence[tuple[str, Sequence[Asked]]], state: FormState, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setProperty("ground", "card")
        self.lines: list[CheckLine] = []
        body = QVBoxLayout(self)
        body.setContentsMargins(1, 1, 1, 1)
        body.setSpacing(0)
        for heading, asked in parts:
            if heading:
                words = PlainWords(heading, "small", wraps=False)
                words.setContentsMargins(12, 14, 12, 4)
                body.addWidget(words)
            for one in asked:
                line = CheckLine(one, state, self)
                line.advance.connect(self.advance)
                line.step.connect(lambda by, line=line: self._step(line, by))
                line.changed_shape.connect(self.changed_shape)
                self.lines.append(line)
                body.addWidget(line)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def line_of(self, row: Row, field: str) -> CheckLine | None:
        """The line in which a field stands, as its answer or below it."""
        return next(
            (
                line
                for line in self.lines
                if line.asked.row == row
                and field in {line.asked.answer.name, *(leaf.name for leaf in line.asked.details)}
            ),
            None,
        )

    def focus_open(self) -> bool:
        """Goes to the first line without an answer; says whether there is one."""
        line = next((line for line in self.lines if not line.line.answered), None)
        if line is not None:
            line.take_focus()
        return line is not None

    def _step(self, line: CheckLine, by: int) -> None:
        at = self.lines.index(line) + by
        if 0 <= at < len(self.lines):
            self.lines[at].take_focus(Qt.FocusReason.TabFocusReason)


class ChecklistForm(SectionForm):
    """A form in which a checklist stands among the fields; Enter and letters walk through both."""

    checklist: Checklist

    def add_checklist(self, checklist: Checklist) -> None:
        """Takes the checklist, placed by the caller, into the walk of the keys."""
        self.checklist = checklist
        checklist.advance.connect(self.go_on)
        checklist.changed_shape.connect(self._shape_changed)

    def go_on(self, place: QWidget) -> None:
        """From a field or a question to the next that is shown; `finished` after the last."""
        places = [
            one
            for one in widgets_in(self.layout(), QWidget)
            if isinstance(one, FieldBox | AnswerLine) and one.isVisibleTo(self)
        ]
        after = places[places.index(place) + 1 :] if place in places else []
        if not after:
            self.finished.emit()
        elif isinstance(after[0], FieldBox):
            after[0].editor.take_focus(Qt.FocusReason.TabFocusReason)
        else:
            after[0].setFocus(Qt.FocusReason.TabFocusReason)

    def _advance(self, box: FieldBox) -> None:
        self.go_on(box)

    def _is_placed(self, finding: Finding) -> bool:
        cell = finding.cell
        if cell is not None and self.checklist.line_of(cell.row, cell.field) is not None:
            return True
        return super()._is_placed(finding)

    def show_drafts(self, drafts: Mapping[Cell, str]) -> None:
        """Brings back what was typed and never left, also below questions."""
        for cell in drafts:
            line = self.checklist.line_of(cell.row, cell.field)
            if line is not None:
                line.open_details()
        super().show_drafts(drafts)
        for line in self.checklist.lines:
            line.show_value(line.value)

    def focus_cell(self, cell: Cell) -> bool:
        """Goes to a question or to a field; says whether it is there."""
        line = self.checklist.line_of(cell.row, cell.field)
        if line is None:
            return super().focus_cell(cell)
        if line.cell == cell:
            line.take_focus()
            return True
        line.open_details()
        box = next((box for box in line.details if box.cell == cell), None)
        if box is None or box.isHidden():
            line.take_focus()
        else:
            box.editor.take_focus()
        return True
