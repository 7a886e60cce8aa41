"""What a weight has to say: pounds in the kilogram box, far from the dosing weight, fast gain.

Sources: clinical reference 4.2 (fluid overload), 5, 7.5 and 11.15. Per agency protocol and the
prescriber's order; the program never changes a dose.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from infusion_visits.core.cells import Cell
from infusion_visits.core.clock import local_day
from infusion_visits.core.findings import Finding, Level
from infusion_visits.core.moments import show_day
from infusion_visits.core.units import NBSP, plain_number
from infusion_visits.sections.vitals.fields import SECTION
from infusion_visits.sections.vitals.limits import changes_for
from infusion_visits.sections.vitals.signs import figure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from infusion_visits.patients.facts import Facts
    from infusion_visits.sections.vitals.values import VitalsSet

_HEART_FAILURE = "heart failure"
_WEEK = timedelta(days=7)


def weight_findings(one: VitalsSet, facts: Facts) -> Iterator[Finding]:
    """Pounds typed as kilograms are a stop until it is said that they were measured; a change is
    one alert, the gravest in front."""
    if one.weight is None:
        return
    if (slip := _in_pounds(one, facts)) is not None:
        yield slip
        return
    said = [*_from_dosing(one, facts), *_since_last(one, facts)]
    if said:
        detail = " ".join(said)
        yield _finding(
            one,
            "vitals.weight_changed",
            Level.ALERT,
            f"Weight {figure(one, 'weight')}",
            detail=f"{detail[0].upper()}{detail[1:]}",
            response=one.response or "",
        )


def _in_pounds(one: VitalsSet, facts: Facts) -> Finding | None:
    """About 2.2 times the dosing weight, or the last weight, is that weight in pounds."""
    changes = changes_for(facts)
    dosing = facts.order.dosing_weight_kg if facts.order else None
    known, what = (dosing, "the dosing weight") if dosing else (facts.weight_kg, "the last weight")
    if not known or one.weight is None or one.context or "weight" in (one.confirmed or ()):
        return None
    if abs(one.weight / known - changes.pounds_ratio) > changes.pounds_ratio_give:
        return None
    return _finding(
        one,
        "vitals.weight_in_pounds",
        Level.STOP,
        f"Weight {figure(one, 'weight')} is about what {what} "
        f"{plain_number(known)}{NBSP}kg is in pounds. Correct the unit, "
        "or tick that it was measured.",
    )


def _from_dosing(one: VitalsSet, facts: Facts) -> Iterator[str]:
    dosing = facts.order.dosing_weight_kg if facts.order else None
    if not dosing or one.weight is None:
        return
    off = 100 * abs(one.weight - dosing)
    if off < changes_for(facts).weight_from_percent * dosing:
        return
    percent = plain_number(off / dosing, 0)
    side = "above" if one.weight > dosing else "below"
    yield (
        f"{percent}{NBSP}% {side} the dosing weight {plain_number(dosing)}{NBSP}kg; "
        "the pharmacy decides on the dose."
    )


def _since_last(one: VitalsSet, facts: Facts) -> Iterator[str]:
    """More than 2 kg since the last weight; with heart failure more than 1 kg in a day or 2.3 kg
    in a week."""
    last, day, now = facts.weight_kg, facts.weight_day, one.weight
    if last is None or day is None or now is None or one.at is None:
        return
    changes, passed = changes_for(facts), local_day(one.at, facts.zone) - day
    if passed < timedelta(0):
        return
    more = now - last
    by = f"{plain_number(abs(more), 1)}{NBSP}kg {'more' if more > 0 else 'less'}"
    since = f"than on {show_day(day)} ({plain_number(last, 1)}{NBSP}kg)"
    if any(_HEART_FAILURE in words.casefold() for words in facts.conditions):
        fast = passed <= timedelta(days=1) and more > changes.heart_failure_day_over_kg
        if fast or (passed <= _WEEK and more > changes.heart_failure_week_over_kg):
            yield f"{by} {since}: heart failure, look for fluid overload, tell the prescriber."
            return
    if abs(more) > changes.weight_over_kg:
        yield f"{by} {since}."


def _finding(
    one: VitalsSet,
    code: str,
    level: Level,
    words: str,
    *,
    detail: str = "",
    response: str = "",
) -> Finding:
    return Finding(
        code=code,
        level=level,
        words=words,
        section=SECTION,
        cell=Cell(SECTION, one.mark.row, "weight"),
        detail=detail,
        response=response,
        at=one.at,
        subject=one.mark.row.path(),
    )
