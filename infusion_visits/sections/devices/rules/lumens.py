"""Each lumen of a line as it stands now: what was found, what was done, whether it may be used."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from infusion_visits.core.moments import show_instant
from infusion_visits.patients.facts import LumenFact
from infusion_visits.sections.devices import care_options as care
from infusion_visits.sections.devices import options as of
from infusion_visits.sections.devices.rules.declot import courses
from infusion_visits.sections.devices.rules.lines import cares_of, check_of, lumen_numbers
from infusion_visits.sections.devices.rules.seen import last_of, lumen_left

if TYPE_CHECKING:
    from collections.abc import Sequence

    from infusion_visits.patients.facts import CareFact
    from infusion_visits.sections.devices.rules.declot import Course
    from infusion_visits.sections.devices.rules.limits import LineLimits
    from infusion_visits.sections.devices.values import AccessDevice, Devices, Lumen, LumenCheck

NOT_TO_BE_USED = "not_in_use"


class Occlusion(StrEnum):
    """How far a lumen is blocked (clinical reference 2.5)."""

    PARTIAL = "partial"
    SLUGGISH = "sluggish"
    COMPLETE = "complete"


def occlusion(kind: str, flush: str | None, blood_return: str | None) -> Occlusion | None:
    """The degree that flush and blood return show; None when open or not assessed.

    A subcutaneous set gives no blood, and a peripheral line often none: only the flush counts.
    """
    if flush == "unable":
        return Occlusion.COMPLETE
    if flush == "resistance":
        return Occlusion.SLUGGISH
    if kind in {of.SUBCUT, of.PIV} or flush is None:
        return None
    return Occlusion.PARTIAL if blood_return in {"none", "sluggish"} else None


def lumen_name(device: AccessDevice, number: int) -> str:
    """The label of a lumen by its number; `lumen 2` where it has none."""
    found = lumen_of(device, number)
    return found.label if found is not None and found.label else f"lumen {number}"


def lumen_of(device: AccessDevice, number: int) -> Lumen | None:
    """The lumen with this number, also a struck one."""
    return next((one for one in device.lumen if one.mark.row.at[-1] == number), None)


def number_of(device: AccessDevice, name: str | None) -> int | None:
    """The number of the lumen that a care names; the only one where none is named."""
    numbers = lumen_numbers(device)
    wanted = (name or "").strip().casefold()
    if not wanted:
        return numbers[0] if len(numbers) == 1 else None
    return next((one for one in numbers if lumen_name(device, one).casefold() == wanted), None)


def check_of_lumen(values: Devices, device: AccessDevice, number: int) -> LumenCheck | None:
    """What this visit's check says of one lumen."""
    check = check_of(values, device)
    rows = check.lumen_check if check is not None else ()
    return next(
        (row for row in rows if row.mark.row.at[-1] == number and row.mark.struck is None), None
    )


def lumen_facts(
    values: Devices,
    device: AccessDevice,
    cares_before: Sequence[CareFact],
    limits: LineLimits,
    zone: str,
) -> tuple[LumenFact, ...]:
    """Every lumen of the line in its order."""
    open_courses = courses(values, device, limits.alteplase)
    return tuple(
        _fact(values, device, number, cares_before, open_courses, zone)
        for number in lumen_numbers(device)
    )


def _fact(
    values: Devices,
    device: AccessDevice,
    number: int,
    before: Sequence[CareFact],
    open_courses: Sequence[Course],
    zone: str,
) -> LumenFact:
    row = check_of_lumen(values, device, number)
    flush = (row.flush if row else None) or ""
    found = _blood_return(values, device, number, row)
    course = next((one for one in open_courses if number_of(device, one.lumen) == number), None)
    if course is not None and course.opened:
        flush, found = "easy", course.looks[-1].blood_return or "brisk"
    degree = occlusion(device.kind or "", flush or None, found or None)
    known = lumen_of(device, number)
    return LumenFact(
        number=number,
        name=lumen_name(device, number),
        flush=flush,
        blood_return=found,
        occlusion=degree.value if degree else "",
        why_not=_why_not(device, row, number, before, course, degree, zone),
        dedicated_drug=(known.dedicated_drug if known else None) or "",
    )


def _blood_return(
    values: Devices, device: AccessDevice, number: int, row: LumenCheck | None
) -> str:
    """The last blood return of this visit: after the infusion, at an act of care, at the check."""
    if row is not None and row.blood_return_after:
        return row.blood_return_after
    told = [
        one.blood_return
        for one in cares_of(values, device)
        if one.blood_return and number_of(device, one.lumen) == number
    ]
    if told:
        return told[-1] or ""
    return (row.blood_return_before if row else None) or ""


def _why_not(
    device: AccessDevice,
    row: LumenCheck | None,
    number: int,
    before: Sequence[CareFact],
    course: Course | None,
    degree: Occlusion | None,
    zone: str,
) -> str:
    if course is not None and course.open:
        agent = next((o.label for o in care.DECLOT_AGENTS if o.key == course.agent), course.agent)
        return f"{agent} in it since {show_instant(course.since, zone, beside=course.since)}"
    if degree is Occlusion.COMPLETE:
        return "it cannot be flushed"
    if row is not None and row.left_as is not None:
        return "set aside at this visit" if row.left_as == NOT_TO_BE_USED else ""
    if row is not None and row.flush == "easy":
        return ""
    last = last_of(before, device.id, lumen_left(number))
    if last is not None and last.detail == NOT_TO_BE_USED:
        return f"set aside on {show_instant(last.at, zone)}"
    return ""
