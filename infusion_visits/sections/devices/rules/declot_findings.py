"""A blocked lumen being cleared: dose, reasons against it, when to look, how it ended (2.5)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from infusion_visits.core.cells import Cell
from infusion_visits.core.findings import Finding, Gate, Level
from infusion_visits.core.moments import show_time
from infusion_visits.core.units import MILLILITRE, with_unit
from infusion_visits.sections.devices import care_options as care
from infusion_visits.sections.devices.fields import SECTION
from infusion_visits.sections.devices.rules.declot import Course, courses, dose_for
from infusion_visits.sections.devices.rules.lumens import lumen_of, number_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from infusion_visits.sections.devices.rules.looked import Looked

_AGENTS = {option.key: option.label for option in care.DECLOT_AGENTS}
_AGAINST = {option.key: option.label for option in care.CONTRAINDICATIONS}


def declot_findings(looked: Looked) -> Iterator[Finding]:
    """Findings about every agent put into a lumen of this line at this visit."""
    for course in courses(looked.values, looked.device, looked.limits.alteplase):
        yield from _against(looked, course)
        yield from _dose(looked, course)
        yield from _looking(looked, course)
        yield from _ended(looked, course)


def prompt(course: Course, zone: str) -> str:
    """`Alteplase in the red lumen since 10:02: look for blood return at 10:32`; "" once over."""
    if course.look_at is None:
        return ""
    agent = _AGENTS.get(course.agent, course.agent)
    where = f" in the {course.lumen} lumen" if course.lumen else ""
    since, at = show_time(course.since, zone), show_time(course.look_at, zone)
    return f"{agent[:1].upper()}{agent[1:]}{where} since {since}: look for blood return at {at}"


def _against(looked: Looked, course: Course) -> Iterator[Finding]:
    chosen = set(course.given.contraindications or ())
    cell = Cell(SECTION, course.given.mark.row, "contraindications")
    against = [_AGAINST[key] for key in sorted(chosen - {care.NO_CONTRAINDICATION})]
    if care.NO_CONTRAINDICATION in chosen and against:
        yield looked.finding(
            "declot_contradicts",
            Level.STOP,
            "Reasons against the agent, and none of them, are both charted",
            cell,
        )
    elif against:
        yield looked.finding(
            "declot_against",
            Level.STOP,
            f"Reason against {_AGENTS.get(course.agent, course.agent)}: {', '.join(against)}",
            cell,
            detail="tell the prescriber before it is put in.",
            overridable=True,
        )


def _dose(looked: Looked, course: Course) -> Iterator[Finding]:
    if course.agent != care.ALTEPLASE:
        return
    rule = looked.limits.alteplase
    row = course.given.mark.row
    if course.doses > rule.doses_at_most:
        yield from looked.alert(
            "declot_doses",
            f"{course.doses} doses of alteplase in one lumen",
            Cell(SECTION, row, "agent_mg"),
            detail=f"at most {rule.doses_at_most} per label.",
            guidance="Tell the prescriber now.",
            at=course.since,
        )
    number = number_of(looked.device, course.lumen)
    known = lumen_of(looked.device, number) if number is not None else None
    dose = dose_for(looked.facts.weight_kg, known.volume_ml if known else None, rule)
    given = course.given.agent_mg
    if given is None:
        return
    if isinstance(dose, str):
        yield looked.finding(
            "declot_dose",
            Level.ADVICE,
            f"The dose of alteplase cannot be compared: {dose}",
            Cell(SECTION, row, "agent_mg"),
            at=course.since,
        )
    elif given != dose.mg:
        level = Level.ALERT if given > rule.full_dose_mg else Level.ADVICE
        yield looked.finding(
            "declot_dose",
            level,
            f"Alteplase {with_unit(given, 'mg')} charted; the label gives "
            f"{with_unit(dose.mg, 'mg')}",
            Cell(SECTION, row, "agent_mg"),
            detail=f"{dose.sentence}; the order wins.",
            at=course.since,
        )


def _looking(looked: Looked, course: Course) -> Iterator[Finding]:
    """The next look with its time; leaving with an agent in the lumen takes a reason."""
    facts = looked.facts
    if course.look_at is None:
        return
    cell = Cell(SECTION, course.given.mark.row, "done_at")
    late = facts.now >= course.look_at
    yield looked.finding(
        "declot_look",
        Level.ADVICE,
        prompt(course, facts.zone) + (" (now)" if late else ""),
        cell,
        detail=f"take out {_waste(looked)} when it returns.",
        at=course.look_at,
    )
    open_one = looked.finding(
        "declot_open",
        Level.STOP,
        f"{_AGENTS.get(course.agent, course.agent).capitalize()} is still in the lumen",
        cell,
        detail="look for blood return and chart the outcome.",
        gate=Gate.DEPART,
        overridable=True,
    )
    # While it dwells as it should, nothing is wrong yet.
    yield replace(open_one, do_first=not late)


def _waste(looked: Looked) -> str:
    least, most = looked.limits.alteplase.waste_ml
    return f"{least:f} to {with_unit(most, MILLILITRE)}"


def _ended(looked: Looked, course: Course) -> Iterator[Finding]:
    if not course.looks:
        return
    last = course.looks[-1]
    cell = Cell(SECTION, last.mark.row, "outcome")
    least = looked.limits.alteplase.waste_ml[0]
    if course.opened and last.aspirated_ml is not None and last.aspirated_ml < least:
        yield looked.finding(
            "declot_waste",
            Level.ADVICE,
            f"{with_unit(last.aspirated_ml, MILLILITRE)} taken out after the agent",
            cell,
            detail=f"{_waste(looked)} are taken out and thrown away, then flushed.",
            at=last.done_at,
        )
    if course.may_repeat:
        yield looked.finding(
            "declot_repeat",
            Level.ADVICE,
            "Still blocked: one repeat is possible by order",
            cell,
            detail="then removal or exchange is decided by the prescriber.",
            at=last.done_at,
        )
