"""Was the laptop's clock set during the visit? Asked about once, before signing.

Source: clinical reference 11.25. The reason of who goes past it stands on page one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from infusion_visits.core.cells import Cell, Row
from infusion_visits.core.findings import Finding, Level
from infusion_visits.core.moments import show_minutes, show_time

if TYPE_CHECKING:
    from collections.abc import Iterator

    from infusion_visits.patients.facts import Facts
    from infusion_visits.visits.record import VisitRecord

CODE = "clock-set"
_WAYS = {"back": "went back", "forward": "went forward"}


def laptop_clock(record: VisitRecord, facts: Facts) -> Iterator[Finding]:
    """A stop for each time that the clock was set while this visit was charted."""
    for number, change in enumerate(record.clock_changes, start=1):
        by = show_minutes(max(round(change.seconds / 60), 1))
        yield Finding(
            code=CODE,
            level=Level.STOP,
            words=f"This laptop's clock {_WAYS.get(change.what, 'was set')} {by} at "
            f"{show_time(change.at, facts.zone)}: check the times written around it, and say which "
            "clock was right.",
            section="arrival",
            cell=Cell("arrival", Row("arrival"), "time_in"),
            overridable=True,
            at=change.at,
            subject=f"{number}",
            do_first=True,
        )
