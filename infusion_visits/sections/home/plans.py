"""The plans of earlier assessments that come back: open, overdue, or done and to be looked at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from infusion_visits.core.clock import local_day
from infusion_visits.core.moments import show_day
from infusion_visits.sections.home.items import Item, items_for
from infusion_visits.sections.home.suitability import finding_of, standing
from infusion_visits.sections.home.weights import fails

if TYPE_CHECKING:
    from infusion_visits.patients.facts import Facts, HomeAnswerFact
    from infusion_visits.sections.home.values import Home


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan for a failing item, as it was written at an earlier visit."""

    item: Item
    plan: str
    owner: str
    due_day: date | None
    done: date | None

    @property
    def words(self) -> str:
        """`Refrigerator: thermometer bought, Ann, by 2 Sep 2026`."""
        parts = [f"{self.item.label}: {self.plan}"]
        if self.owner:
            parts.append(self.owner)
        if self.due_day is not None:
            parts.append(f"by {show_day(self.due_day)}")
        if self.done is not None:
            parts.append(f"done {show_day(self.done)}")
        return ", ".join(parts)


def earlier_plans(values: Home, facts: Facts) -> tuple[Plan, ...]:
    """The plans of items that failed earlier and are not answered at this visit, by number."""
    before = facts.home_before
    if before is None:
        return ()
    here, items = standing(values), items_for(facts).items
    return tuple(
        _plan(items[one.number], one)
        for one in before.answers
        if one.plan
        and one.number in items
        and (one.number not in here or here[one.number].answer is None)
        and fails(items[one.number], finding_of(one))
    )


def overdue_plans(values: Home, facts: Facts) -> tuple[Plan, ...]:
    """Plans not done whose day at the home has passed."""
    today = local_day(facts.now, facts.zone)
    return tuple(
        one
        for one in earlier_plans(values, facts)
        if one.done is None and one.due_day is not None and one.due_day < today
    )


def plans_to_look_at(values: Home, facts: Facts) -> tuple[Plan, ...]:
    """Plans that were done: whether the item is in order now is still to be said."""
    return tuple(one for one in earlier_plans(values, facts) if one.done is not None)


def _plan(item: Item, one: HomeAnswerFact) -> Plan:
    return Plan(item, one.plan, one.owner, one.due_day, one.plan_done)
