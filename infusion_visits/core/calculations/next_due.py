"""When care falls due next: by local days, or by elapsed hours whatever the wall clock does.

Source: clinical reference 8.15 and 11.29. Days are local days of the patient's home. Care done
early counts from the day it was done.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from infusion_visits.core.calculations.exact import CannotBeWorkedOut, Formula
from infusion_visits.core.clock import local_day
from infusion_visits.core.moments import show_day, show_instant

BY_DAYS = Formula("due by days", "1", "clinical reference 8.15")
BY_HOURS = Formula("due by hours", "1", "clinical reference 8.15")
SOON = timedelta(hours=24)


class Due(StrEnum):
    """Where now stands against what falls due."""

    OVERDUE = "overdue"
    SOON = "due soon"
    LATER = "due later"


@dataclass(frozen=True, slots=True)
class DueDay:
    """The local day on which care falls due."""

    value: date
    sentence: str
    formula: Formula = BY_DAYS

    @property
    def shown(self) -> str:
        """`28 Nov 2026`."""
        return show_day(self.value)

    def state(self, today: date) -> Due:
        """Overdue after the day, soon on it and on the day before."""
        if today > self.value:
            return Due.OVERDUE
        return Due.SOON if (self.value - today).days <= 1 else Due.LATER


@dataclass(frozen=True, slots=True)
class DueInstant:
    """The instant at which care falls due, with the zone of the home to show it in."""

    value: datetime
    zone: str
    sentence: str
    formula: Formula = BY_HOURS

    @property
    def shown(self) -> str:
        """Local day and 24 h time at the home."""
        return show_instant(self.value, self.zone)

    def state(self, now: datetime) -> Due:
        """Overdue after the instant, soon in the 24 hours before it."""
        if now > self.value:
            return Due.OVERDUE
        return Due.SOON if self.value - now <= SOON else Due.LATER


def due_after_days(done: date, days: int) -> DueDay:
    """The day done plus `days` (above 0)."""
    if days <= 0:
        raise CannotBeWorkedOut("The interval must be above 0 days.")
    due = done + timedelta(days=days)
    counted = "1 day" if days == 1 else f"{days} days"
    return DueDay(due, f"{show_day(done)} + {counted} = {show_day(due)}")


def due_after_hours(done: datetime, hours: int, zone: str) -> DueInstant:
    """`hours` (above 0) of elapsed time after the instant `done`, told in the home's zone."""
    if hours <= 0:
        raise CannotBeWorkedOut("The interval must be above 0 hours.")
    due = done + timedelta(hours=hours)
    shown = show_instant(due, zone)
    return DueInstant(due, zone, f"{show_instant(done, zone)} + {hours} h = {shown}")


def done_on(instant: datetime, zone: str) -> date:
    """The local day at the home on which care was done."""
    return local_day(instant, zone)
