"""Do the times of a visit hold together, and was a pump left running as departure says?"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from infusion_visits.core.cells import Cell
from infusion_visits.core.findings import Finding, Gate, Level
from infusion_visits.core.moments import show_instant
from infusion_visits.sections.departure.fields import LEFT_RUNNING
from infusion_visits.sections.departure.values import Departure
from infusion_visits.sections.infusion.acts import State, acts_of
from infusion_visits.sections.infusion.fields import FOUND
from infusion_visits.sections.infusion.rules import standing
from infusion_visits.sections.infusion.values import Infusion
from infusion_visits.sections.vitals.sets import standing as standing_sets
from infusion_visits.sections.vitals.values import Vitals

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from infusion_visits.patients.facts import Facts
    from infusion_visits.visits.record import VisitRecord

GIVE = timedelta(minutes=5)
"""Clocks are read to the minute, and the last signs are written at the door."""


def within_visit(record: VisitRecord, facts: Facts) -> Iterator[Finding]:
    """Stops for what was measured or done outside time in and time out, and for a pump left so.

    Medicines may be taken before the visit and a complication noticed before it; vital signs and
    the acts of an infusion are the nurse's own.
    """
    yield from _outside(record, facts)
    leaving = record.of(Departure).departure
    if leaving is None or leaving.mark.struck or leaving.access != LEFT_RUNNING:
        return
    for one in standing(record.of(Infusion)):
        acts = acts_of(one)
        if acts and acts[-1].state in {State.RUNNING, State.HELD}:
            yield Finding(
                code="left-running-not-charted",
                level=Level.STOP,
                words="The infusion was left running: add the act, with what the pump shows.",
                section="infusion",
                cell=Cell("infusion", acts[-1].event.mark.row, "kind"),
                gate=Gate.DEPART,
                subject=one.mark.row.path(),
            )


def _outside(record: VisitRecord, facts: Facts) -> Iterator[Finding]:
    came, left = facts.arrived, facts.departed
    for at, words, cell in _own_times(record):
        when = show_instant(at, facts.zone, beside=came or facts.now)
        if came is not None and at < came - GIVE:
            said = show_instant(came, facts.zone, beside=at)
            yield _stop("before-time-in", f"{words} at {when} is before time in {said}.", at, cell)
        if left is not None and at > left + GIVE:
            said = show_instant(left, facts.zone, beside=at)
            yield _stop("after-time-out", f"{words} at {when} is after time out {said}.", at, cell)


def _own_times(record: VisitRecord) -> Iterator[tuple[datetime, str, Cell]]:
    for one in standing_sets(record.of(Vitals)):
        if one.at is not None:
            yield one.at, "A set of vital signs", Cell("vitals", one.mark.row, "at")
    for infusion in standing(record.of(Infusion)):
        for act in acts_of(infusion):
            if act.kind != FOUND:
                row = act.event.mark.row
                yield act.at, "An act of the infusion", Cell("infusion", row, "at")


def _stop(code: str, words: str, at: datetime, cell: Cell) -> Finding:
    return Finding(
        code=f"time.{code}",
        level=Level.STOP,
        words=words,
        section=cell.section,
        cell=cell,
        overridable=True,
        at=at,
        subject=cell.row.path(),
    )
