"""The next vital signs of the schedule: when, why, how long still, and what was missed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infusion_visits.core.moments import show_time
from infusion_visits.sections.vitals.kept import State
from infusion_visits.visits.vitals_course import countdown
from infusion_visits.widgets.cards import Card
from infusion_visits.widgets.words import PlainWords

if TYPE_CHECKING:
    from collections.abc import Sequence

    from infusion_visits.patients.facts import Facts, VitalsDue


class VitalsCard(Card):
    """Hidden where no schedule runs, or when its last set was taken."""

    def __init__(self) -> None:
        super().__init__("Next vital signs")
        self.setObjectName("safety.vitals")
        self.count = PlainWords("", "section")
        self.why = PlainWords("", "small")
        self.asked = PlainWords("", "warn")
        for words in (self.count, self.why, self.asked):
            self.add(words)

    def show_facts(self, facts: Facts) -> None:
        """The state of this moment."""
        due = coming(facts.vitals_due)
        missed = [one for one in facts.vitals_due if one.state == State.MISSED and not one.reason]
        self.setVisible(due is not None or bool(missed))
        at = ", ".join(show_time(one.at, facts.zone) for one in missed)
        self.asked.say(f"Missed {at}: say why in Vitals" if missed else "")
        self.asked.setVisible(bool(missed))
        self.count.setVisible(due is not None)
        self.why.setVisible(due is not None)
        if due is None:
            self.set_title("Vital signs")
        self.tick(facts)

    def tick(self, facts: Facts) -> None:
        """Another second: the countdown, and from the due time on how long it is overdue."""
        due = coming(facts.vitals_due)
        if due is None:
            return
        overdue = facts.now > due.at
        # One big figure in the pane is enough: it is that of the infusion above.
        self.set_title("Vital signs are late" if overdue else "Next vital signs")
        left = countdown(due, facts.now)
        at = show_time(due.at, facts.zone)
        said = f"since {at}, {left}" if overdue else f"{at}, in {left}"
        self.count.say(said, "warn" if overdue else "section")
        self.why.say(f"{due.words[:1].upper()}{due.words[1:]}")


def coming(dues: Sequence[VitalsDue]) -> VitalsDue | None:
    """The first set that can still be taken."""
    return next((one for one in dues if one.state in {State.DUE, State.AHEAD}), None)
