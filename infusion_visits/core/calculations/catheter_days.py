"""Days that a line was in place, and events per 1,000 of them.

Source: clinical reference 8.12, 11.9, 11.10: local calendar days, never elapsed hours / 24; each
device counts once a day whatever its lumens; clipped to the days of service and of the report; days
of a stay in hospital are left out where the agency says so. The method is kept with the count.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from infusion_visits.core.calculations.exact import CannotBeWorkedOut, Formula, half_up

if TYPE_CHECKING:
    from collections.abc import Iterable

DAYS = Formula("catheter days", "1", "clinical reference 8.12")
RATE = Formula("events per 1,000 catheter days", "1", "clinical reference 8.12")
FEW_DAYS = 100
"""Below this many days a rate is flagged: one event moves it by ten or more (practice)."""
_ONE_DAY = timedelta(days=1)


class Counting(StrEnum):
    """Which days count, as the agency chose."""

    INCLUSIVE = "insertion and removal day both count"
    WITHOUT_REMOVAL = "the removal day does not count"


@dataclass(frozen=True, slots=True)
class Days:
    """Local days from `first` to `last`, both included; `last` None is without an end."""

    first: date
    last: date | None = None

    def within(self, other: Days) -> Days | None:
        """The days in both; None where there are none."""
        first = max(self.first, other.first)
        ends = [day for day in (self.last, other.last) if day is not None]
        last = min(ends) if ends else None
        return None if last is not None and last < first else Days(first, last)

    def count(self) -> int:
        """How many. Raises CannotBeWorkedOut without an end."""
        if self.last is None:
            raise CannotBeWorkedOut("The days have no end; give the days of the report.")
        return (self.last - self.first).days + 1

    def each(self) -> frozenset[date]:
        """Every day of them."""
        return frozenset(self.first + _ONE_DAY * number for number in range(self.count()))


@dataclass(frozen=True, slots=True)
class CatheterDays:
    """The count with its method. `shown` and `sentence` tell how it came about."""

    value: int
    counting: Counting
    sentence: str
    formula: Formula = DAYS

    @property
    def shown(self) -> str:
        """`31 days`."""
        return "1 day" if self.value == 1 else f"{self.value:,} days"


@dataclass(frozen=True, slots=True)
class Rate:
    """Events per 1,000 days; None without days. `few_days` flags a small denominator."""

    value: Fraction | None
    few_days: bool
    sentence: str
    formula: Formula = RATE

    @property
    def shown(self) -> str:
        """`1.38`, or `n/a`."""
        return "n/a" if self.value is None else f"{half_up(self.value, 2):,f}"


def catheter_days(
    in_place: Days,
    report: Days,
    *,
    service: Days | None = None,
    away: Iterable[Days] = (),
    counting: Counting = Counting.INCLUSIVE,
) -> CatheterDays:
    """Days of one device in the report: in place, in service, not `away` (a stay in hospital)."""
    counted: Days | None = in_place
    if counting is Counting.WITHOUT_REMOVAL and in_place.last is not None:
        last = in_place.last - _ONE_DAY
        counted = Days(in_place.first, last) if last >= in_place.first else None
    for other in (service, report):
        counted = counted.within(other) if counted and other else counted
    days = counted.each() if counted else frozenset()
    for stay in away:
        clipped = stay.within(report)
        days -= clipped.each() if clipped else frozenset()
    until = in_place.last.isoformat() if in_place.last else "still in place"
    sentence = (
        f"in place {in_place.first.isoformat()} to {until}, "
        f"report {report.first.isoformat()} to {report.last}, {counting} = "
        f"{len(days):,} {'day' if len(days) == 1 else 'days'}"
    )
    return CatheterDays(len(days), counting, sentence)


def per_thousand_days(events: int, days: int, few_days: int = FEW_DAYS) -> Rate:
    """Events x 1,000 / days, two decimals; `n/a` without days."""
    if events < 0 or days < 0:
        raise CannotBeWorkedOut("Events and days cannot be below 0.")
    if days == 0:
        return Rate(None, few_days=True, sentence=f"{events} events in 0 days = n/a")
    value = Fraction(events * 1000, days)
    shown = f"{half_up(value, 2):,f}"
    sentence = f"{events} × 1,000 ÷ {days:,} days = {shown}"
    return Rate(value, days < few_days, sentence)
