"""Allergies in their three states, health, and the person: all that is known beside the visits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from infusion_visits.chart.panel.answer_grid import answer_grid
from infusion_visits.chart.person_lines import (
    allergy_lines,
    health_lines,
    person_lines,
    plan_of_care_lines,
)
from infusion_visits.core.errors import InfusionVisitsError
from infusion_visits.patients import actions
from infusion_visits.patients.facts import AllergyState
from infusion_visits.patients.rules import allergy_state
from infusion_visits.widgets.act_button import ActButton, Weight
from infusion_visits.widgets.act_row import ENTER, ActRow, RowAct
from infusion_visits.widgets.cards import Card
from infusion_visits.widgets.words import PlainWords

if TYPE_CHECKING:
    from infusion_visits.chart.panel.acts import ChartActs
    from infusion_visits.chart.queries import ChartView


class AllergyCard(Card):
    """What must not reach the patient. "No known allergies" is one act, once it was asked."""

    def __init__(self, view: ChartView, acts: ChartActs, parent: QWidget | None = None) -> None:
        super().__init__("Allergies", parent=parent)
        self._view, self._acts = view, acts
        lines = allergy_lines(view.chart)
        said = "; ".join(line.words for line in lines)
        offered = [
            RowAct("Add or change", ENTER, lambda: acts.edit("person"), "chart.allergies.edit")
        ]
        if allergy_state(view.chart) is not AllergyState.NONE_KNOWN:
            none = RowAct("No known allergies", "N", self._none_known, "chart.no_allergies")
            offered.insert(0, none)
        self.row = ActRow(f"Allergies: {said}", offered)
        self.row.setObjectName("chart.allergies")
        self.row.body.addWidget(answer_grid(lines))
        self.row.show_acts()
        self.row.rule = False
        self.add(self.row)

    def _none_known(self) -> None:
        patient = self._view.patient

        def failed(error: BaseException) -> None:
            words = error.words if isinstance(error, InfusionVisitsError) else str(error)
            self.row.refuse(words)

        self._acts.do(lambda unit: actions.set_allergies_none_known(unit, patient), None, failed)


class HealthCard(Card):
    """Conditions, home medicines, what to mind, and the way to the measurements."""

    def __init__(self, view: ChartView, acts: ChartActs, parent: QWidget | None = None) -> None:
        super().__init__("Health", parent=parent)
        lines = health_lines(view.chart, view.today)
        if lines:
            self.add(answer_grid(lines))
        else:
            self.add(PlainWords("No condition and no home medicine entered.", "quiet"))
        keys = QHBoxLayout()
        keys.setSpacing(4)
        keys.setContentsMargins(0, 4, 0, 0)
        edit = ActButton("Person, allergies, medicines", "Ctrl E", Weight.QUIET)
        edit.setObjectName("chart.edit")
        edit.clicked.connect(lambda: acts.edit("person"))
        keys.addWidget(edit)
        keys.addStretch(1)
        self.body.addLayout(keys)


class PlanOfCareCard(Card):
    """The plan of care in force; the form of the person is where it is written and signed off."""

    def __init__(self, view: ChartView, acts: ChartActs, parent: QWidget | None = None) -> None:
        super().__init__("Plan of care", parent=parent)
        self.row = ActRow(
            "Plan of care",
            [
                RowAct(
                    "Write or review", ENTER, lambda: acts.edit("person"), "chart.plan_of_care.edit"
                )
            ],
        )
        self.row.setObjectName("chart.plan_of_care")
        self.row.body.addWidget(answer_grid(plan_of_care_lines(view.chart, view.today)))
        self.row.show_acts()
        self.row.rule = False
        self.add(self.row)


class PersonCard(Card):
    """How to reach the patient, contacts, measures of the body, numbers."""

    def __init__(self, view: ChartView, parent: QWidget | None = None) -> None:
        super().__init__("Person", parent=parent)
        lines = person_lines(view.chart)
        if lines:
            self.body.addWidget(answer_grid(lines), 0, Qt.AlignmentFlag(0))
        else:
            self.add(PlainWords("Nothing entered yet. Ctrl E opens the form.", "quiet"))
