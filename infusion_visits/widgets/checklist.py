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
    from collections.abc import Callable, Mapping, Sequence

    from infusion_visits.core.cells import Cell, Row
    from infusion_visits.core.fields import Leaf
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
        # What is always asked stands apart: the rest is made only when an answer asks for it.
        self._parts = (
            tuple(leaf for leaf in asked.details if leaf.name in asked.always),
            tuple(leaf for leaf in asked.details if leaf.name not in asked.always),
        )
        self._grids: list[FieldGrid | None] = [None, None]
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
        moved = False
        for number, leaves in enumerate(self._parts):
            wanted = self._wanted(leaves)
            if any(wanted) and self._grids[number] is None:
                self._make_details(number)
            grid = self._grids[number]
            if grid is None:
                continue
            for box in grid.boxes:
                box.show_value(self.value, None)
            moved = grid.set_asked(wanted) or moved
            grid.setVisible(any(wanted))
        if moved:
            self.changed_shape.emit()

    def open_details(self) -> None:
        """Makes the further fields, so that a text typed in one of them can be brought back."""
        for number, leaves in enumerate(self._parts):
            if leaves and self._grids[number] is None:
                self._make_details(number)
        self._show_details()

    def _wanted(self, leaves: tuple[Leaf, ...]) -> tuple[bool, ...]:
        value = self.value
        opens = value is not None and getattr(value, self.asked.answer.name) in self.asked.opens
        return tuple(
            opens or leaf.name in self.asked.always or self._is_said(leaf.name) for leaf in leaves
        )

    def _is_said(self, name: str) -> bool:
        """Whether there is something to show in a field that is not asked."""
        value = self.value
        if value is not None and (getattr(value, name) is not None or name in value.mark.not_done):
            return True
        leaf = next(leaf for leaf in self.asked.details if leaf.name == name)
        cell = self._state.cell(self.asked.row, leaf)
        return cell in self._state.held or cell in self._state.findings

    def _make_details(self, number: int) -> None:
        asked = self.asked
        group = Rows(name=asked.row.group, label=asked.title, fields=self._parts[number])
        grid = FieldGrid(group, asked.row, self._state, self)
        for box in grid.boxes:
            box.advance.connect(lambda box=box: self.advance.emit(box))
            box.changed_shape.connect(self.changed_shape)
        grid.setContentsMargins(_INSET, 0, 12, 12)
        other = self._grids[1]
        if number == 0 and other is not None:
            self._body.insertWidget(self._body.indexOf(other), grid)
            self.details = [*grid.boxes, *self.details]
        else:
            self._body.addWidget(grid)
            self.details = [*self.details, *grid.boxes]
        self._grids[number] = grid

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
        self._headings: list[tuple[PlainWords, list[CheckLine]]] = []
        self._state = state
        self._below: list[CheckLine] = []
        self._body = QVBoxLayout(self)
        self._body.setContentsMargins(1, 1, 1, 1)
        self._body.setSpacing(0)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        for heading, asked in parts:
            self._add_heading(heading)
            for one in asked:
                self._add_line(one)

    def _add_heading(self, heading: str) -> None:
        self._below = []
        if not heading:
            return
        words = PlainWords(heading, "small", wraps=False)
        words.setContentsMargins(12, 14, 12, 4)
        self._body.addWidget(words)
        self._headings.append((words, self._below))

    def _add_line(self, asked: Asked) -> CheckLine:
        line = CheckLine(asked, self._state, self)
        self._below.append(line)
        line.advance.connect(self.advance)
        line.step.connect(lambda by: self._step(line, by))
        line.changed_shape.connect(self.changed_shape)
        self.lines.append(line)
        self._body.addWidget(line)
        return line

    def holds(self, row: Row, field: str) -> bool:
        """Whether a field stands here, as an answer or below it."""
        return self.line_of(row, field) is not None

    def finish(self) -> bool:
        """Makes what is not made yet; says whether there was anything."""
        return False

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

    def show_only(self, wanted: Callable[[CheckLine], bool]) -> None:
        """Shows the lines that are asked now, and the headings that have one below them."""
        moved = False
        for line in self.lines:
            moved = moved or line.isHidden() == wanted(line)
            line.setVisible(wanted(line))
        for heading, below in self._headings:
            heading.setVisible(any(not line.isHidden() for line in below))
        if moved:
            self.changed_shape.emit()

    def focus_open(self) -> bool:
        """Goes to the first line without an answer; says whether there is one."""
        line = next((one for one in self._shown() if not one.line.answered), None)
        if line is not None:
            line.take_focus()
        return line is not None

    def _step(self, line: CheckLine, by: int) -> None:
        shown = self._shown()
        at = shown.index(line) + by
        if 0 <= at < len(shown):
            shown[at].take_focus(Qt.FocusReason.TabFocusReason)

    def _shown(self) -> list[CheckLine]:
        return [line for line in self.lines if not line.isHidden()]


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
        if not after and self.checklist.finish():
            self.go_on(place)
        elif not after:
            self.finished.emit()
        elif isinstance(after[0], FieldBox):
            after[0].editor.take_focus(Qt.FocusReason.TabFocusReason)
        else:
            after[0].setFocus(Qt.FocusReason.TabFocusReason)

    def _advance(self, box: FieldBox) -> None:
        self.go_on(box)

    def _is_placed(self, finding: Finding) -> bool:
        cell = finding.cell
        if cell is not None and self.checklist.holds(cell.row, cell.field):
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
