"""The screening as a checklist: y and n answer and go on, one key answers all the others no."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from infusion_visits.core.fields import YesNo
from infusion_visits.core.findings import Finding, Level
from infusion_visits.sections.screening.fields import (
    QUESTIONS,
    SCREENING_ANSWER,
    SECTION,
    note_of,
)
from infusion_visits.sections.screening.rules import (
    HOLD,
    INCOMPLETE,
    ROW,
    YES,
    not_asked,
    questions_in_force,
)
from infusion_visits.sections.screening.values import Screening, ScreeningAnswers
from infusion_visits.widgets.act_button import ActButton
from infusion_visits.widgets.answer_line import Asked
from infusion_visits.widgets.checklist import Checklist, ChecklistForm
from infusion_visits.widgets.form_state import no_options
from infusion_visits.widgets.group_form import GroupForm
from infusion_visits.widgets.words import PlainWords

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from PySide6.QtGui import QKeyEvent

    from infusion_visits.core.cells import Cell, Row
    from infusion_visits.core.charted import Telling
    from infusion_visits.widgets.editor import SenseSource
    from infusion_visits.widgets.form_state import FormDesk, RefOptions

_ALL_NO = Qt.Key.Key_A


class ScreeningPanel(ChecklistForm):
    """The time, the questions, and what was done about a yes."""

    def __init__(
        self,
        desk: FormDesk,
        ref_options: RefOptions = no_options,
        sense: SenseSource | None = None,
        *,
        read_only: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(SECTION, (), desk, ref_options, sense, read_only=read_only, parent=parent)
        self._desk = desk
        self._values = Screening()
        self._left = PlainWords("", "quiet")
        self._all_no = ActButton("All others no", "A")
        self._all_no.clicked.connect(self.answer_others_no)
        self._at = self._form("at")
        self._response = self._form("response")
        self._labs = [self._form("labs_day"), self._form("labs_words")]
        self.add_checklist(Checklist((("", _asked()),), self._state, self))
        self._place()

    def _form(self, name: str) -> GroupForm:
        """The form of this one field."""
        group = replace(SCREENING_ANSWER, fields=(SCREENING_ANSWER.leaf(name),))
        form = GroupForm(group, ROW, self._state, self)
        form.advance.connect(self.go_on)
        form.changed_shape.connect(self._shape_changed)
        return form

    def _place(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._left, 1)
        head.addWidget(self._all_no)
        parts = QVBoxLayout()
        parts.setSpacing(16)
        parts.addWidget(self._at)
        parts.addLayout(head)
        parts.addWidget(self.checklist)
        parts.addWidget(self._response)
        for form in self._labs:
            parts.addWidget(form)
        body = self.layout()
        if isinstance(body, QVBoxLayout):
            body.insertLayout(body.count() - 1, parts)

    def show_values(
        self,
        values: Screening,
        facts: Telling,
        findings: Sequence[Finding] = (),
        unsaved: Collection[Cell] = (),
        beside: Mapping[Cell, str] | None = None,
    ) -> None:
        """Shows what the record holds now."""
        self._values = values
        super().show_values(values, facts, _for_lines(findings), unsaved, beside)
        for line in self.checklist.lines:
            line.show_value(self._answers)
        for form in (self._at, self._response, *self._labs):
            form.show_value(self._answers, None)
        answered = len(QUESTIONS) - len(not_asked(values))
        self._left.say(f"{answered} of {len(QUESTIONS)} answered. y yes, n no, up and down walk.")
        self._all_no.setEnabled(bool(not_asked(values)) and not self._state.read_only)

    @property
    def _answers(self) -> ScreeningAnswers | None:
        answers = self._values.screening_answer
        return None if answers is None or answers.mark.struck else answers

    def open_row(self, row: Row) -> None:
        """There is one row, and it is always open."""

    def focus_first(self) -> None:
        """Goes to the first question without an answer, else to the time."""
        if not self.checklist.focus_open():
            self._at.focus_first()

    def answer_others_no(self) -> None:
        """Answers no to every question that has no answer yet, in one act; goes to what is left."""
        if self._state.read_only:
            return
        wanted = dict.fromkeys(not_asked(self._values), "no")
        if not wanted:
            return
        answers = self._answers
        if answers is None or answers.at is None:
            wanted["at"] = "now"
        self._desk.append(ROW, wanted)
        self._response.focus_first()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A answers all the others no; the key comes here only where no text is being typed."""
        if event.key() == _ALL_NO and not event.modifiers():
            self.answer_others_no()
        else:
            super().keyPressEvent(event)


def _for_lines(findings: Sequence[Finding]) -> list[Finding]:
    """Once at each question: the stop says what page one will say; what is open stands above."""
    stopped = {one.subject for one in findings if one.code == HOLD and one.level is Level.STOP}
    return [
        replace(one, cell=None) if one.code == INCOMPLETE else one
        for one in findings
        if one.code != YES or one.subject not in stopped
    ]


def _asked() -> list[Asked]:
    questions = questions_in_force()
    return [
        Asked(
            row=ROW,
            answer=leaf,
            title=questions[key].asks,
            details=(SCREENING_ANSWER.leaf(note_of(key)),),
            opens=frozenset({True}),
        )
        for key, _ in QUESTIONS
        if isinstance(leaf := SCREENING_ANSWER.leaf(key), YesNo)
    ]
