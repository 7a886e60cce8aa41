"""Is the emergency kit there and in date? What lacks, what has expired, what was used.

Source: clinical reference 7.9 (expiry checked at each visit). An item counts as expired on the day
that its label names: a kit is checked for the visits to come. Per agency protocol.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from infusion_visits.core.clock import local_day
from infusion_visits.core.emergency_kit import KitItem as Thing
from infusion_visits.core.emergency_kit import kit_in_force
from infusion_visits.sections.supplies.fields import (
    ITEM_NOT_NEEDED,
    NOT_NEEDED,
    OPENED,
    PRESENT,
    REPLACED,
    SEALED,
    USED_UP,
)

if TYPE_CHECKING:
    from infusion_visits.patients.facts import Facts
    from infusion_visits.sections.supplies.values import KitCheck, KitItem, Supplies

SOON = timedelta(days=30)
SHORT = 40


@dataclass(frozen=True, slots=True)
class KitState:
    """How the kit is. `in_date` is None while nobody can say (not checked, items left out).

    `missing` and `unanswered` are items that this therapy needs, `expired` and `soon` are titles
    with their days, `to_replace` what was used and not replaced.
    """

    checked: bool = False
    in_date: bool | None = None
    missing: tuple[Thing, ...] = ()
    unanswered: tuple[Thing, ...] = ()
    expired: tuple[tuple[str, date], ...] = ()
    soon: tuple[tuple[str, date], ...] = ()
    to_replace: tuple[str, ...] = ()


def standing_check(values: Supplies) -> KitCheck | None:
    """The check of the kit; None where there is none or it was struck out."""
    check = values.kit_check
    return None if check is None or check.mark.struck else check


def items_looked_at(values: Supplies) -> dict[str, KitItem]:
    """The standing items by their key; the newest row of an item counts."""
    return {one.item: one for one in values.kit_item if one.item and one.mark.struck is None}


def kit_needed(facts: Facts) -> bool:
    """Whether the ordered therapy asks for a kit in the home."""
    therapy = facts.order.therapy if facts.order else None
    return therapy is not None and therapy.kit_needed


def things_for(facts: Facts) -> tuple[Thing, ...]:
    """What the kit holds for this visit's therapy, in the catalogue's order."""
    therapy = facts.order.therapy if facts.order else None
    groups = therapy.groups if therapy else ()
    return tuple(one for one in kit_in_force(facts.catalogue) if one.is_for(groups))


def title_of(item: str, facts: Facts) -> str:
    """The short name of an item; its key where the catalogue has it no longer."""
    return next((short(one) for one in kit_in_force(facts.catalogue) if one.key == item), item)


def short(thing: Thing) -> str:
    """`EPINEPHrine 1 mg/mL`: medicine and strength; the title of what is no medicine."""
    if not thing.medicine or len(thing.title) <= SHORT:
        return thing.title
    return f"{thing.medicine} {thing.strength}".strip()


def kit_state(values: Supplies, facts: Facts) -> KitState:
    """The state of the kit as it was checked at this visit."""
    check = standing_check(values)
    if check is None or check.state is None:
        return KitState()
    if check.state == NOT_NEEDED:
        return KitState(checked=True)
    if check.state == SEALED:
        return _sealed(check, facts)
    if check.state == OPENED:
        return _opened(values, facts)
    return KitState(checked=True, in_date=False)


def _today(facts: Facts) -> date:
    return local_day(facts.now, facts.zone)


def _sealed(check: KitCheck, facts: Facts) -> KitState:
    day, today = check.first_expiry, _today(facts)
    if day is None:
        return KitState(checked=True)
    named = (("the sealed kit", day),)
    if day <= today:
        return KitState(checked=True, in_date=False, expired=named)
    soon = named if day - today <= SOON else ()
    return KitState(checked=True, in_date=True, soon=soon)


def _opened(values: Supplies, facts: Facts) -> KitState:
    today, looked = _today(facts), items_looked_at(values)
    things = things_for(facts)
    there = {key for key, one in looked.items() if one.state == PRESENT or one.exchange == REPLACED}
    served = {one.one_of for one in things if one.one_of and one.key in there}
    missing = []
    unanswered = []
    for thing in things:
        one = looked.get(thing.key)
        if thing.optional or thing.one_of in served or thing.key in there:
            continue
        if one is None or (one.state is None and "state" not in one.mark.not_done):
            unanswered.append(thing)
        elif one.state != ITEM_NOT_NEEDED:
            missing.append(thing)
    dated = [
        (title_of(key, facts), one.expiry)
        for key, one in looked.items()
        if one.expiry is not None and key in there
    ]
    expired = tuple((title, day) for title, day in dated if day <= today)
    in_date = not missing and not expired
    return KitState(
        checked=True,
        in_date=None if in_date and unanswered else in_date,
        missing=tuple(missing),
        unanswered=tuple(unanswered),
        expired=expired,
        soon=tuple((title, day) for title, day in dated if today < day <= today + SOON),
        to_replace=tuple(
            title_of(key, facts) for key, one in looked.items() if one.exchange == USED_UP
        ),
    )
