"""Keeping that the laptop's clock was set: an audit event, and a row of the visit it happened in.

Source: clinical reference 11.25 (offline clocks can be wrong).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from infusion_visits.core.clock_watch import NOTICED_FROM, ClockEvent, Noticed
from infusion_visits.records import cells, change_log
from infusion_visits.visits.actions import CLOSED, OPENED
from infusion_visits.visits.tables import ClockChangeTable

if TYPE_CHECKING:
    from uuid import UUID

    from infusion_visits.records.unit_of_work import UnitOfWork

CLOCK_CHANGED = "clock changed"


def clock_changed(unit: UnitOfWork, visit: UUID, noticed: Noticed) -> None:
    """The clock was set while this visit is open. A sleep of the laptop is none."""
    if noticed.what is ClockEvent.SLEPT:
        return
    seconds = round(noticed.by.total_seconds())
    cells.append(
        unit,
        ClockChangeTable,
        {"visit_id": visit},
        {"what": noticed.what.value, "at": noticed.at, "seconds": seconds},
    )
    change_log.note_event(unit, CLOCK_CHANGED, visit, f"{noticed.what.value} {seconds} s")


def set_back_since(unit: UnitOfWork) -> Noticed | None:
    """Whether the clock lies before what was last written in a workspace: then it was set back.

    A clock that was set forward while no program looked cannot be told from time that passed.
    """
    last = change_log.last_of(unit, (OPENED, CLOSED, CLOCK_CHANGED))
    if last is None or last.kind == CLOCK_CHANGED:
        return None
    written = change_log.last_change_since(unit, last.n)
    latest = max(last.at, written) if written is not None else last.at
    if latest - unit.now < NOTICED_FROM:
        return None
    return Noticed(ClockEvent.BACK, unit.now, latest - unit.now)


def keep_if_set_back(unit: UnitOfWork, visit: UUID) -> Noticed | None:
    """At opening a visit: asks and keeps it, once for each time the clock was set."""
    found = set_back_since(unit)
    if found is not None:
        clock_changed(unit, visit, found)
    return found


def words_of(noticed: Noticed, shown: str) -> str:
    """`This laptop's clock went back 12 min at 10:41.`; `shown` is the time at the home."""
    by = f"{noticed.minutes} min"
    if noticed.what is ClockEvent.SLEPT:
        return f"This laptop slept, or stood still, for {by} until {shown}."
    way = "went back" if noticed.what is ClockEvent.BACK else "went forward"
    return f"This laptop's clock {way} {by} at {shown}. Check the times written around it."
