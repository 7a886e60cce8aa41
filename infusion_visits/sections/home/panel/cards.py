"""What stands above the items: the outcome with its reasons, and the home as it was before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from infusion_visits.core.moments import show_day
from infusion_visits.sections.home.fields import ITEM_COUNT
from infusion_visits.sections.home.plans import earlier_plans
from infusion_visits.sections.home.suitability import (
    Suitability,
    in_force,
    judge,
    judged_before,
    screened_falls,
    standing,
)
from infusion_visits.widgets.act_button import ActButton
from infusion_visits.widgets.flow import FlowLayout
from infusion_visits.widgets.words import PlainWords, set_property

if TYPE_CHECKING:
    from infusion_visits.patients.facts import Facts
    from infusion_visits.sections.home.values import Home

UNCHANGED_KEY = "U"
CHANGES_KEY = "C"
_GROUNDS = {
    Suitability.NOT_SUITABLE: "danger",
    Suitability.UNDETERMINED: "warn",
    Suitability.WITH_PLAN: "warn",
    Suitability.SUITABLE: "ok",
}


class OutcomeCard(QFrame):
    """The suitability in one word, and why."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        body = QVBoxLayout(self)
        body.setContentsMargins(16, 12, 16, 12)
        body.setSpacing(4)
        self.word = PlainWords("", "section")
        self.reasons = PlainWords("")
        body.addWidget(self.word)
        body.addWidget(self.reasons)

    def show_outcome(self, values: Home, facts: Facts) -> None:
        """Judges anew and shows it."""
        judged = judge(values, facts)
        here = sum(1 for found in standing(values).values() if found.answer)
        count = f"{here} of {ITEM_COUNT} items answered"
        if judged is None:
            self._show("quiet", "Home not assessed yet", f"{count}.")
            return
        screened = screened_falls(values, facts) is not None
        earlier = sum(1 for one in in_force(values, facts).values() if one.answer) - here - screened
        if earlier > 0:
            count = f"{count}, {earlier} as before"
        if screened:
            count = f"{count}, falls by the fall screen"
        word = judged.outcome.label.capitalize()
        self._show(_GROUNDS[judged.outcome], f"{word} · {count}", "\n".join(judged.reasons))

    def _show(self, ground: str, word: str, reasons: str) -> None:
        set_property(self, "ground", ground)
        self.word.say(word)
        self.reasons.say(reasons)
        self.reasons.setVisible(bool(reasons))
        self.setAccessibleName(f"{word}. {reasons}")


class BeforeCard(QFrame):
    """The home as it was last known, its open plans, and the two acts that rest on it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("ground", "card")
        body = QVBoxLayout(self)
        body.setContentsMargins(16, 12, 16, 12)
        body.setSpacing(6)
        self.word = PlainWords("", "strong")
        self.plans = PlainWords("")
        self.unchanged = ActButton("Unchanged since then", UNCHANGED_KEY)
        self.changes = ActButton("Only changes since then", CHANGES_KEY)
        # Side by side where there is room, else one below the other.
        row = QWidget()
        acts = FlowLayout(row, 8)
        acts.addWidget(self.unchanged)
        acts.addWidget(self.changes)
        for part in (self.word, self.plans, row):
            body.addWidget(part)

    def show_before(self, values: Home, facts: Facts, *, may_act: bool) -> None:
        """What is known of the home from before; nothing where it was never assessed."""
        before = facts.home_before
        self.setVisible(before is not None)
        if before is None:
            return
        outcome = judged_before(facts)
        word = f"Whole home assessed {show_day(before.whole)}"
        if before.seen != before.whole:
            word += f", seen again {show_day(before.seen)}"
        if outcome is not None:
            word += f": {outcome.label} for this therapy"
        plans = "\n".join(f"Plan: {one.words}." for one in earlier_plans(values, facts))
        self.word.say(f"{word}.")
        self.plans.say(plans)
        self.plans.setVisible(bool(plans))
        day = show_day(before.whole)
        self.unchanged.set_word(f"Unchanged since {day}")
        self.changes.set_word(f"Only changes since {day}")
        for button in (self.unchanged, self.changes):
            button.setEnabled(may_act)
