"""What a kind of visit asks for only on a condition: table 7.12, the rows marked C.

The catalogue says at which kinds; whether the condition holds is worked out here, by its key.
What the rules of a section ask in their own way is left to them: the second check of a high-alert
drug (before a start), complications, calls, teaching. Source: clinical reference 7.12.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from infusion_visits.core.clock import local_day
from infusion_visits.core.moments import show_day
from infusion_visits.sections.devices.options import BLOOD_DRAW
from infusion_visits.sections.devices.values import Devices
from infusion_visits.sections.home.items import items_for
from infusion_visits.sections.infusion.fields import FOUND
from infusion_visits.sections.infusion.progress import began_at
from infusion_visits.sections.infusion.rules import acts_of, order_of, standing
from infusion_visits.sections.infusion.values import Infusion
from infusion_visits.sections.medicines.rules import standing as standing_medicines
from infusion_visits.sections.medicines.values import Medicines
from infusion_visits.visits.rules.visit_kinds import is_filled, not_there, visit_kinds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from infusion_visits.core.findings import Finding
    from infusion_visits.patients.facts import Facts
    from infusion_visits.visits.record import VisitRecord


def asked_on_condition(record: VisitRecord, facts: Facts, known: set[str]) -> Iterator[Finding]:
    """A stop, which may be gone past, for each place whose condition holds and nothing fills.

    `known` are the subjects already found missing.
    """
    absent = {(one.section, one.group) for one in record.absent}
    for asked in visit_kinds():
        holds = _CONDITIONS.get(asked.key)
        if holds is None or asked.by_rule or record.visit.kind not in asked.conditional:
            continue
        why = holds(record, facts)
        for place in asked.places if why else ():
            if (place.section, place.group) in absent or is_filled(record, place, known):
                continue
            yield not_there(place, why)


def _home(record: VisitRecord, facts: Facts) -> str:
    """None before, or the last look at it is older than the agency's days."""
    before = facts.home_before
    if before is None:
        return "the home was never assessed"
    days = items_for(facts).reassess_days
    if local_day(facts.now, facts.zone) <= before.seen + timedelta(days=days):
        return ""
    return f"the home was last seen {show_day(before.seen)}, more than {days} days ago"


def _infused(record: VisitRecord, facts: Facts) -> str:
    return "something is infused" if standing(record.of(Infusion)) else ""


def _started(record: VisitRecord, facts: Facts) -> str:
    """Something is started here; before a pump that was found running nobody could be screened."""
    for one in standing(record.of(Infusion)):
        began = began_at(acts_of(one))
        if began is None or began.kind != FOUND:
            return "something is infused"
    return ""


def _given(record: VisitRecord, facts: Facts) -> str:
    if standing_medicines(record.of(Medicines)):
        return "a medicine was given"
    return _infused(record, facts)


def _needs_kit(record: VisitRecord, facts: Facts) -> str:
    """Something is given here for which a kit has to be in the home."""
    for one in standing(record.of(Infusion)):
        order = order_of(one, facts)
        if order is not None and order.therapy is not None and order.therapy.kit_needed:
            return f"{order.therapy.name} needs it"
    return ""


def _drawn(record: VisitRecord, facts: Facts) -> str:
    """Blood was drawn through a line."""
    drawn = any(
        care.what == BLOOD_DRAW and care.mark.struck is None
        for care in record.of(Devices).device_care
    )
    return "blood was drawn" if drawn else ""


_CONDITIONS: dict[str, Callable[[VisitRecord, Facts], str]] = {
    "home": _home,
    "reconciliation": _given,
    "screening": _started,
    "vitals": _given,
    "kit": _needs_kit,
    "specimen": _drawn,
}
