"""The home as a checklist of forty items: p, f and n answer and go on, a fail opens its plan.

The outcome and its reasons stand above, and follow each answer at once. Where the home was
assessed before, one key says that nothing changed since, with the earlier answers in sight.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from infusion_visits.core.cells import Row
from infusion_visits.core.fields import Choice
from infusion_visits.core.moments import show_day
from infusion_visits.sections.home.fields import (
    CHANGES,
    FAIL,
    FULL,
    HOME_ASSESSMENT,
    HOME_FINDING,
    SECTION,
    UNCHANGED,
)
from infusion_visits.sections.home.items import Item, items_in_force
from infusion_visits.sections.home.panel.cards import BeforeCard, OutcomeCard
from infusion_visits.sections.home.rules import NOT_SUITABLE
from infusion_visits.sections.home.suitability import (
    FALLS_ITEM,
    judged_before,
    screened_falls,
    standing,
    standing_assessment,
)
from infusion_visits.sections.home.values import Home
from infusion_visits.widgets.answer_line import Asked
from infusion_visits.widgets.checklist import CheckLine, ChecklistForm
from infusion_visits.widgets.form_state import no_options
from infusion_visits.widgets.growing_checklist import GrowingChecklist
from infusion_visits.widgets.words import PlainWords

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from PySide6.QtGui import QKeyEvent

    from infusion_visits.core.cells import Cell
    from infusion_visits.core.findings import Finding
    from infusion_visits.patients.facts import Facts, HomeAnswerFact
    from infusion_visits.widgets.editor import SenseSource
    from infusion_visits.widgets.form_state import FormDesk, RefOptions

_MEASURES = frozenset({"temperature", "score", "minutes"})
_ANSWER = HOME_FINDING.leaf("answer")
_ROW = Row(HOME_ASSESSMENT.name)
_AT_ONCE = 8
_ACTS = {Qt.Key.Key_U: UNCHANGED, Qt.Key.Key_C: CHANGES}


class HomePanel(ChecklistForm):
    """The outcome, the home before, the assessment as a form, the items as a checklist."""

    checklist: GrowingChecklist

    def __init__(
        self,
        desk: FormDesk,
        ref_options: RefOptions = no_options,
        sense: SenseSource | None = None,
        *,
        read_only: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            SECTION,
            (HOME_ASSESSMENT,),
            desk,
            ref_options,
            sense,
            read_only=read_only,
            parent=parent,
        )
        self._desk = desk
        self._values = Home()
        self._facts: Facts | None = None
        self.outcome = OutcomeCard(self)
        self.before = BeforeCard(self)
        self.before.setVisible(False)
        self.before.unchanged.clicked.connect(lambda: self.rest_on_before(UNCHANGED))
        self.before.changes.clicked.connect(lambda: self.rest_on_before(CHANGES))
        keys = PlainWords("p pass, f fail, n not applicable, up and down walk.", "quiet")
        self.add_checklist(GrowingChecklist(_parts(), self._state, self, at_once=_AT_ONCE))
        self.checklist.grown.connect(self._show_line)
        body = self.layout()
        if isinstance(body, QVBoxLayout):
            body.insertWidget(0, self.outcome)
            body.insertWidget(1, self.before)
            body.insertWidget(body.count() - 1, keys)
            body.insertWidget(body.count() - 1, self.checklist)

    def show_values(
        self,
        values: Home,
        facts: Facts,  # type: ignore[override]  # suitability needs more than a form does
        findings: Sequence[Finding] = (),
        unsaved: Collection[Cell] = (),
        beside: Mapping[Cell, str] | None = None,
    ) -> None:
        """Shows what the record holds now, and what follows from it."""
        self._values, self._facts = values, facts
        # The card says it with its reasons; said again at a field it would only be longer.
        shown = [one for one in findings if one.code != NOT_SUITABLE]
        super().show_values(values, facts, shown, unsaved, beside)
        for line in self.checklist.lines:
            self._show_line(line)
        self.outcome.show_outcome(values, facts)
        self.before.show_before(values, facts, may_act=self._may_rest_on_before())

    def _show_line(self, line: CheckLine) -> None:
        number = int(line.asked.row.at[0])
        value = standing(self._values).get(number)
        line.show_value(value)
        known = self._answers_before().get(number)
        unsaid = value is None or not value.answer
        words = _as_before(known, self._facts) if known and unsaid else ""
        if number == FALLS_ITEM and self._facts and screened_falls(self._values, self._facts):
            words = f"fall screen of this visit: MAHC-10 {self._facts.fall_points} of 10"
        line.line.show_before(words)

    def _answers_before(self) -> dict[int, HomeAnswerFact]:
        before = self._facts.home_before if self._facts else None
        return {one.number: one for one in before.answers} if before else {}

    def _may_rest_on_before(self) -> bool:
        assessment = standing_assessment(self._values)
        begun = assessment is not None and assessment.method is not None
        return self._facts is not None and not begun and not self._state.read_only

    def rest_on_before(self, method: str) -> None:
        """Says in one act that the earlier answers stand (but for what is answered now)."""
        facts = self._facts
        if facts is None or facts.home_before is None or not self._may_rest_on_before():
            return
        texts = {
            "method": method,
            "at": "now",
            "earlier_day": facts.home_before.whole.isoformat(),
        }
        outcome = judged_before(facts)
        if outcome is not None:
            texts["earlier_outcome"] = outcome.label
        if facts.home_before.needs:
            texts["needs"] = ", ".join(facts.home_before.needs)
        self._desk.append(_ROW, texts)
        if method == CHANGES:
            self.checklist.focus_open()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """U and C rest on the earlier assessment, where no text is being typed."""
        method = _ACTS.get(Qt.Key(event.key()))
        if method and not event.modifiers() and self._may_rest_on_before():
            self.rest_on_before(method)
        else:
            super().keyPressEvent(event)

    def focus_first(self) -> None:
        """First how the home was assessed; of a whole assessment, the first item not answered."""
        form = self.parts[0].form
        method = form.boxes[0] if form else None
        if method is None or not method.answered or method.editor.text() != FULL:
            super().focus_first()
        elif not self.checklist.focus_open():
            method.editor.take_focus()


def _as_before(known: HomeAnswerFact, facts: Facts | None) -> str:
    """`2 Sep 2026: fail, cracked seal; plan: new one, Ann`."""
    if not isinstance(_ANSWER, Choice) or facts is None or facts.home_before is None:
        return ""
    option = _ANSWER.option(known.answer)
    said = option.label if option else known.answer
    parts = [", ".join(part for part in (said, known.note) if part)]
    if known.plan:
        parts.append("plan: " + ", ".join(part for part in (known.plan, known.owner) if part))
    return f"{show_day(facts.home_before.seen)}: {'; '.join(parts)}"


def _parts() -> list[tuple[str, list[Asked]]]:
    items = items_in_force().items.values()
    return [
        (area, [_asked(item) for item in group])
        for area, group in groupby(items, key=lambda item: item.area)
    ]


def _asked(item: Item) -> Asked:
    """The line of an item: of the figures only its own is asked, the extent only if it counts."""
    if not isinstance(_ANSWER, Choice):
        raise TypeError("an item is answered by a choice")
    left_out = (_MEASURES - {item.measure}) | {_ANSWER.name}
    if item.minor is None:
        left_out |= {"extent"}
    return Asked(
        row=Row(HOME_FINDING.name, (item.number,)),
        answer=_ANSWER,
        title=f"{item.number} {item.label}",
        words=item.asks,
        details=tuple(leaf for leaf in HOME_FINDING.leaves if leaf.name not in left_out),
        opens=frozenset({FAIL}),
        always=frozenset({item.measure}) if item.measure else frozenset(),
    )
