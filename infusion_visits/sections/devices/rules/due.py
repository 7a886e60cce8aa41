"""Which care of a line falls due, and when (clinical reference 2.4 and 8.15).

Day-based care is due on a local day of the home: the day done plus the days of the interval.
Hour-based care is due at an instant: elapsed hours, whatever the wall clock does. What was found
damp, loose or inflamed is due at once, whenever it was last done.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from infusion_visits.core.clock import local_day
from infusion_visits.sections.devices.rules.due_engine import Asking
from infusion_visits.sections.devices.rules.due_states import LATE, CareDue, DueState
from infusion_visits.sections.devices.rules.seen import cares_done

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from infusion_visits.patients.facts import CareFact, Facts
    from infusion_visits.sections.devices.rules.limits import LineLimits
    from infusion_visits.sections.devices.values import AccessDevice, Devices

__all__ = ["LATE", "CareDue", "DueState", "care_due", "cares_done", "due_care"]


def due_care(
    device: AccessDevice,
    cares: Iterable[CareFact],
    today: date,
    intervals: LineLimits,
    *,
    now: datetime | None = None,
    zone: str = "UTC",
) -> tuple[CareDue, ...]:
    """The care that falls due for one line, soonest first, those not known first of all.

    `cares` are those of every visit, in any order. A port without its needle has no dressing,
    needle or connector care, but its flush (clinical reference 11.8). Care done early counts from
    the day it was done. A removed or struck line has none, nor one that is not ours.
    """
    if device.removed_at is not None or device.mark.struck is not None:
        return ()
    found = Asking.of(device, cares, today, intervals, now=now, zone=zone).all()
    return tuple(sorted(found, key=lambda due: (due.day(zone) or date.min, due.task)))


def care_due(
    values: Devices, device: AccessDevice, facts: Facts, limits: LineLimits
) -> tuple[CareDue, ...]:
    """What falls due for one line after this visit: its care, and the care done before it."""
    cares = (*facts.care_before, *cares_done(values, facts.zone))
    today = local_day(facts.now, facts.zone)
    return due_care(device, cares, today, limits, now=facts.now, zone=facts.zone)
