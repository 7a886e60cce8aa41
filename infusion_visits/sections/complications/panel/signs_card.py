"""What is seen: signs as large targets, the grade that they suggest, one key to take it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from infusion_visits.core.cells import Cell
from infusion_visits.core.moments import show_instant
from infusion_visits.sections.complications.fields import SECTION
from infusion_visits.sections.complications.forms import sign_options
from infusion_visits.sections.complications.rules.grading import (
    last_seen,
    measured_signs,
    suggestion,
)
from infusion_visits.sections.complications.rules.state import GradeThen, grade_words, scale_of
from infusion_visits.sections.complications.signs import LABELS
from infusion_visits.widgets.act_button import ActButton
from infusion_visits.widgets.tick_pills import TickPills
from infusion_visits.widgets.words import PlainWords

if TYPE_CHECKING:
    from infusion_visits.core.scales.catalogue import Suggestion
    from infusion_visits.patients.facts import Facts
    from infusion_visits.sections.complications.panel.case_form import CaseDesk
    from infusion_visits.sections.complications.rules.kinds import Catalogue, Kind
    from infusion_visits.sections.complications.values import Complication, ComplicationStep


class SignsCard(QFrame):
    """The signs of the step at which they were looked at last; `looked` asks for a new look."""

    looked = Signal()

    def __init__(self, kind: Kind, desk: CaseDesk, *, read_only: bool) -> None:
        super().__init__()
        self._kind, self._desk, self._read_only = kind, desk, read_only
        self._step: ComplicationStep | None = None
        self._suggested: Suggestion | None = None
        self.setProperty("ground", "card")
        body = QVBoxLayout(self)
        body.setContentsMargins(12, 10, 12, 12)
        body.setSpacing(8)
        self._title = PlainWords("Signs", "strong")
        body.addWidget(self._title)
        self.pills = TickPills(sign_options(kind))
        self.pills.setAccessibleName("Signs")
        self.pills.setEnabled(not read_only)
        self.pills.ticked.connect(self._ticked)
        body.addWidget(self.pills)
        self._measured = PlainWords("", "small")
        body.addWidget(self._measured)
        self._row = QWidget()
        across = QHBoxLayout(self._row)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(12)
        self.words = PlainWords("", "accent")
        across.addWidget(self.words, 1)
        self.take = ActButton("Take this grade", "Alt G")
        self.take.clicked.connect(self.confirm)
        across.addWidget(self.take)
        body.addWidget(self._row)

    def show_case(self, complication: Complication, catalogue: Catalogue, facts: Facts) -> None:
        """What was ticked, and what follows from it."""
        step = self._step = last_seen(complication)
        when = step.happened_at if step else None
        at = f", {show_instant(when, facts.zone, beside=facts.now)}" if when else ""
        self._title.say(f"Signs{at}")
        self.pills.set_keys(step.signs or () if step else ())
        measured = measured_signs(complication, self._kind, facts)
        said = ", ".join(LABELS[key] for key in self._kind.signs if key in measured)
        self._measured.say(f"By the last vital signs: {said}" if said else "")
        self._measured.setVisible(bool(said))
        self._suggested = suggestion(complication, self._kind, catalogue, facts)
        self._show_suggestion(catalogue)

    def _show_suggestion(self, catalogue: Catalogue) -> None:
        step, found = self._step, self._suggested
        self._row.setVisible(found is not None and step is not None)
        if found is None or step is None:
            return
        words = grade_words(GradeThen(found.scale, found.grade, None), catalogue)
        because = f" ({found.because})" if found.because else ""
        taken = step.grade == found.grade and scale_of(step, self._kind) == found.scale
        if taken:
            self.words.say(f"Graded as suggested: {words}{because}")
        elif step.grade is None:
            self.words.say(f"Suggested: {words}{because}. Your grade stands.")
        else:
            own = grade_words(GradeThen(scale_of(step, self._kind), step.grade, None), catalogue)
            self.words.say(f"Suggested: {words}{because}. You graded {own}.")
        self.take.setVisible(not taken and not self._read_only)

    def confirm(self) -> None:
        """Takes the suggested grade, with its scale."""
        step, found = self._step, self._suggested
        if step is None or found is None or self._read_only:
            return
        self._desk.record(Cell(SECTION, step.mark.row, "scale"), found.scale)
        self._desk.record(Cell(SECTION, step.mark.row, "grade"), found.grade)

    def _ticked(self) -> None:
        if self._step is not None and not self._read_only:
            cell = Cell(SECTION, self._step.mark.row, "signs")
            self._desk.record(cell, ", ".join(self.pills.chosen()))
