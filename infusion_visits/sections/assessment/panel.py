"""The assessment as a checklist: n, k and c answer and go on, one key answers all others normal.

What "normal" means stands at each system; the questions of the therapy come with the order.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from infusion_visits.core.cells import Row
from infusion_visits.core.fields import Choice, Rows, YesNo
from infusion_visits.core.resources import load_catalogue
from infusion_visits.sections.assessment import options as of
from infusion_visits.sections.assessment.catalogue import (
    CATALOGUE,
    Prompt,
    catalogue_of,
    read_assessment,
)
from infusion_visits.sections.assessment.fields import (
    ASSESSMENT,
    ENDOCRINE,
    FALL_SCREEN,
    PLAN_KINDS,
    SECTION,
    SYSTEMS,
    THERAPY_WATCH,
    details_of,
)
from infusion_visits.sections.assessment.rules import (
    NOT_ANSWERED,
    ROW,
    answers_of,
    asks_glucose,
    fall_score,
    not_answered,
    not_asked,
    standing,
    standing_screen,
)
from infusion_visits.sections.assessment.values import Assessment
from infusion_visits.widgets.act_button import ActButton
from infusion_visits.widgets.answer_line import Asked
from infusion_visits.widgets.checklist import CheckLine, Checklist, ChecklistForm
from infusion_visits.widgets.form_state import no_options
from infusion_visits.widgets.group_form import GroupForm
from infusion_visits.widgets.words import PlainWords

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget

    from infusion_visits.core.cells import Cell
    from infusion_visits.core.findings import Finding
    from infusion_visits.patients.facts import Facts
    from infusion_visits.widgets.editor import SenseSource
    from infusion_visits.widgets.form_state import FormDesk, RefOptions

_ALL_NORMAL = Qt.Key.Key_A
FALL_ROW = Row(FALL_SCREEN.name)
_FALLS = "Fall screen, MAHC-10"


class AssessmentPanel(ChecklistForm):
    """The time, the systems, the therapy's questions, the fall screen, and what is planned."""

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
        self._values = Assessment()
        self._facts: Facts | None = None
        self._falls_asked = False
        self._left = PlainWords("", "quiet")
        self._all_normal = ActButton("All others normal", "A")
        self._all_normal.clicked.connect(self.answer_others_normal)
        self._add_falls = ActButton("Screen for falls", sign="plus")
        self._add_falls.clicked.connect(self.ask_falls)
        self._score = PlainWords("", "strong")
        self._at = self._form(ASSESSMENT, ROW, "at")
        self._around = self._form(ASSESSMENT, ROW, "limits", "diet", "response")
        self._screened = self._form(FALL_SCREEN, FALL_ROW, "screened_at", "plan")
        self.add_checklist(Checklist(_parts(), self._state, self))
        self._place()

    def _form(self, rows: Rows, row: Row, *names: str) -> GroupForm:
        """The form of these fields of one row."""
        group = replace(rows, fields=tuple(rows.leaf(name) for name in names))
        form = GroupForm(group, row, self._state, self)
        form.advance.connect(self.go_on)
        form.changed_shape.connect(self._shape_changed)
        return form

    def _place(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._left, 1)
        head.addWidget(self._all_normal, 0, Qt.AlignmentFlag.AlignTop)
        falls = QHBoxLayout()
        falls.addWidget(self._add_falls)
        falls.addWidget(self._score)
        falls.addStretch(1)
        parts = QVBoxLayout()
        parts.setSpacing(16)
        parts.addWidget(self._at)
        parts.addLayout(head)
        parts.addWidget(self.checklist)
        parts.addLayout(falls)
        parts.addWidget(self._screened)
        parts.addWidget(self._around)
        body = self.layout()
        if isinstance(body, QVBoxLayout):
            body.insertLayout(body.count() - 1, parts)

    def show_values(
        self,
        values: Assessment,
        facts: Facts,  # type: ignore[override]  # the therapy's questions need more than a form
        findings: Sequence[Finding] = (),
        unsaved: Collection[Cell] = (),
        beside: Mapping[Cell, str] | None = None,
    ) -> None:
        """Shows what the record holds now."""
        self._values, self._facts = values, facts
        shown = [replace(one, cell=None) if one.code == NOT_ANSWERED else one for one in findings]
        super().show_values(values, facts, shown, unsaved, beside)
        answers = answers_of(values)
        for line in self.checklist.lines:
            row = line.asked.row
            if row.group == THERAPY_WATCH.name:
                line.show_value(answers.get(int(row.at[0])))
            else:
                line.show_value(self._one if row == ROW else self._screen)
        self._at.show_value(self._one, None)
        self._around.show_value(self._one, None)
        self._screened.show_value(self._screen, None)
        self._show_parts(facts)

    @property
    def _one(self) -> object:
        return standing(self._values)

    @property
    def _screen(self) -> object:
        return standing_screen(self._values)

    def _show_parts(self, facts: Facts) -> None:
        """The questions that are asked now, how many are open, and the score."""
        asked = {prompt.number for prompt in catalogue_of(facts).asked(facts)}
        asked |= set(answers_of(self._values))
        screen = standing_screen(self._values)
        falls = self._falls_asked or screen is not None or facts.kind in PLAN_KINDS
        glucose = asks_glucose(facts) or bool(getattr(self._one, ENDOCRINE, None))

        def wanted(line: CheckLine) -> bool:
            row = line.asked.row
            if row.group == THERAPY_WATCH.name:
                return int(row.at[0]) in asked
            return falls if row == FALL_ROW else glucose or line.asked.answer.name != ENDOCRINE

        self.checklist.show_only(wanted)
        self._screened.setVisible(falls)
        self._add_falls.setVisible(not falls and not self._state.read_only)
        self._score.setVisible(screen is not None)
        if screen is not None:
            score = fall_score(screen, facts)
            risk = "at risk" if score.at_risk else "not at risk"
            self._score.say(
                f"{_FALLS}: {len(score.missing)} not answered"
                if score.total is None
                else f"{_FALLS}: {score.total} of {len(of.FALL_ITEMS)}, {risk}"
            )
        left = len(not_asked(self._values, facts)) + len(not_answered(self._values, facts))
        self._left.say(
            f"{f'{left} not answered. ' if left else 'All answered. '}"
            "n normal, k known before, c changed; y yes, n no; up and down walk."
        )
        self._all_normal.setEnabled(left > 0 and not self._state.read_only)

    def open_row(self, row: Row) -> None:
        """The rows are always open; the fall screen comes to sight."""
        if row == FALL_ROW:
            self._falls_asked = True

    def focus_cell(self, cell: Cell) -> bool:
        """Goes to a question or to a field; says whether it is there."""
        if cell.row == FALL_ROW:
            self.ask_falls()
        return super().focus_cell(cell)

    def focus_first(self) -> None:
        """Goes to the first question without an answer, else to the time."""
        if not self.checklist.focus_open():
            self._at.focus_first()

    def ask_falls(self) -> None:
        """Brings the ten questions of the fall screen."""
        self._falls_asked = True
        if self._facts is not None:
            self._show_parts(self._facts)

    def answer_others_normal(self) -> None:
        """Answers normal, or no, to every question that has no answer yet; goes to what is left."""
        if self._state.read_only or self._facts is None:
            return
        systems = not_asked(self._values, self._facts)
        prompts = not_answered(self._values, self._facts)
        wanted = dict.fromkeys(systems, of.NORMAL)
        one = standing(self._values)
        if wanted and (one is None or one.at is None):
            wanted["at"] = "now"
        if wanted:
            self._desk.append(ROW, wanted)
        for prompt in prompts:
            self._desk.append(Row(THERAPY_WATCH.name, (prompt.number,)), {"answer": "no"})
        if systems or prompts:
            self._around.focus_first()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A answers all the others; the key comes here only where no text is being typed."""
        if event.key() == _ALL_NORMAL and not event.modifiers():
            self.answer_others_normal()
        else:
            super().keyPressEvent(event)


def _parts() -> list[tuple[str, list[Asked]]]:
    catalogue = read_assessment(load_catalogue(CATALOGUE))
    return [
        ("", [_system(key, label, catalogue.systems[key].normal) for key, label in SYSTEMS]),
        (THERAPY_WATCH.label, [_prompt(one) for one in catalogue.prompts.values()]),
        (_FALLS, [_fall(field) for field, _, _ in of.FALL_ITEMS]),
    ]


def _system(key: str, label: str, normal: str) -> Asked:
    answer = ASSESSMENT.leaf(key)
    if not isinstance(answer, Choice):
        raise TypeError("a system is answered by a choice")
    return Asked(
        row=ROW,
        answer=answer,
        title=label,
        words=f"Normal: {normal}.",
        details=details_of(key),
        opens=frozenset(of.EXCEPTIONS),
    )


def _prompt(prompt: Prompt) -> Asked:
    answer = THERAPY_WATCH.leaf("answer")
    if not isinstance(answer, YesNo):
        raise TypeError("a question is answered by yes or no")
    return Asked(
        row=Row(THERAPY_WATCH.name, (prompt.number,)),
        answer=answer,
        title=prompt.asks,
        details=(THERAPY_WATCH.leaf("words"),),
        opens=frozenset({True}),
    )


def _fall(field: str) -> Asked:
    answer = FALL_SCREEN.leaf(field)
    if not isinstance(answer, YesNo):
        raise TypeError("an item of the fall screen is answered by yes or no")
    return Asked(row=FALL_ROW, answer=answer, title=answer.label)
