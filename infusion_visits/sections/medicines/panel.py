"""Medicines given as rows; the home medicines as a checklist: t, c, o and s answer and go on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from infusion_visits.core.cells import Row
from infusion_visits.core.fields import Choice
from infusion_visits.sections.medicines.fields import ROWS, SECTION
from infusion_visits.sections.medicines.home_list import (
    CHANGED,
    ON_HOLD,
    RECONCILED_MEDICINE,
    RECONCILIATION,
    STILL,
    STOPPED,
)
from infusion_visits.sections.medicines.reconciled import answers_of, listed, open_ones
from infusion_visits.sections.medicines.values import Medicines
from infusion_visits.widgets.act_button import ActButton
from infusion_visits.widgets.answer_line import Asked
from infusion_visits.widgets.checklist import Checklist, ChecklistForm
from infusion_visits.widgets.form_state import no_options
from infusion_visits.widgets.naming_desk import NamingDesk
from infusion_visits.widgets.words import PlainWords

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget

    from infusion_visits.core.cells import Cell
    from infusion_visits.core.desk import VisitDesk
    from infusion_visits.core.findings import Finding
    from infusion_visits.patients.facts import Facts, HomeMedicineFact
    from infusion_visits.widgets.editor import SenseSource
    from infusion_visits.widgets.form_state import RefOptions

_ALL_TAKING = Qt.Key.Key_A
_MORE = ("words", "dose", "route", "frequency", "reason")


class MedicinesPanel(ChecklistForm):
    """What was given; then the home medicines, those of the list and those that are new."""

    def __init__(
        self,
        desk: VisitDesk,
        ref_options: RefOptions = no_options,
        sense: SenseSource | None = None,
        *,
        read_only: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        self._home = NamingDesk(desk, "medicine")
        rows = tuple(group for group in ROWS if group.name != RECONCILED_MEDICINE.name)
        super().__init__(
            SECTION, rows, self._home, ref_options, sense, read_only=read_only, parent=parent
        )
        self._values = Medicines()
        self._facts: Facts | None = None
        self._listed: tuple[HomeMedicineFact, ...] | None = None
        self._left = PlainWords("", "quiet")
        self._all_taking = ActButton("All others taken as listed", "A", sign="check")
        self._all_taking.clicked.connect(self.answer_others_taking)
        self.add_checklist(Checklist((), self._state, self))
        self._place()

    def _place(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._left, 1)
        head.addWidget(self._all_taking)
        body = self.layout()
        part = next(one for one in self.parts if one.group.name == RECONCILIATION.name)
        if isinstance(body, QVBoxLayout):
            at = body.indexOf(part)
            body.insertWidget(at, PlainWords("Home medicines", "section"))
            body.insertLayout(at + 1, head)
            body.insertWidget(at + 2, self.checklist)

    def show_values(
        self,
        values: Medicines,
        facts: Facts,  # type: ignore[override]  # the list of the patient stands in the facts
        findings: Sequence[Finding] = (),
        unsaved: Collection[Cell] = (),
        beside: Mapping[Cell, str] | None = None,
    ) -> None:
        """Shows what the record holds now."""
        self._values, self._facts = values, facts
        self._make_lines(facts)
        self._home.written = frozenset(one.mark.row for one in values.reconciled_medicine)
        super().show_values(values, facts, findings, unsaved, beside)
        answers = answers_of(values)
        for line in self.checklist.lines:
            line.show_value(answers.get(int(line.asked.row.at[0])))
        count, left = len(self.checklist.lines), len(open_ones(values, facts))
        self.checklist.setVisible(count > 0)
        self._left.say(
            f"{count - left} of {count} on the list reconciled."
            if count
            else "No home medicine is on the list."
        )
        self._all_taking.setVisible(left > 0 and not self._state.read_only)

    def _make_lines(self, facts: Facts) -> None:
        """A line for each medicine of the list, made anew when the list changed."""
        if listed(facts) == self._listed:
            return
        self._listed = listed(facts)
        asked = [_asked(one) for one in self._listed]
        self._home.names = {
            line.row: one.words for line, one in zip(asked, self._listed, strict=True)
        }
        former = self.checklist
        self.add_checklist(Checklist((("", asked),), self._state, self))
        body = self.layout()
        if isinstance(body, QVBoxLayout):
            body.replaceWidget(former, self.checklist)
        former.hide()
        former.deleteLater()
        self._shape_changed()

    def open_row(self, row: Row) -> None:
        """The list is always open."""
        if row.group not in {RECONCILED_MEDICINE.name, RECONCILIATION.name}:
            super().open_row(row)

    def answer_others_taking(self) -> None:
        """Answers "taking" for every medicine of the list that has no answer yet."""
        if self._state.read_only or self._facts is None:
            return
        waiting = open_ones(self._values, self._facts)
        gone_through = self._values.reconciliation
        if waiting and (gone_through is None or gone_through.reconciled_at is None):
            self._home.append(Row(RECONCILIATION.name), {"reconciled_at": "now"})
        for one in waiting:
            self._home.append(Row(RECONCILED_MEDICINE.name, (one.number,)), {"answer": STILL})

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A answers all the others; the key comes here only where no text is being typed."""
        if event.key() == _ALL_TAKING and not event.modifiers():
            self.answer_others_taking()
        else:
            super().keyPressEvent(event)


def _asked(one: HomeMedicineFact) -> Asked:
    answer = RECONCILED_MEDICINE.leaf("answer")
    if not isinstance(answer, Choice):
        raise TypeError("a home medicine is answered by a choice")
    taken = " ".join(part for part in (one.dose, one.route, one.frequency) if part)
    said = [taken or "dose, route and how often not on the list"]
    said += [f"for {one.reason}"] if one.reason else []
    said += ["without prescription"] if one.over_the_counter else []
    said += [one.status] if one.status == "on hold" else []
    return Asked(
        row=Row(RECONCILED_MEDICINE.name, (one.number,)),
        answer=answer,
        title=one.words,
        words=", ".join(said),
        details=tuple(RECONCILED_MEDICINE.leaf(name) for name in _MORE),
        opens=frozenset({CHANGED, ON_HOLD, STOPPED}),
    )
