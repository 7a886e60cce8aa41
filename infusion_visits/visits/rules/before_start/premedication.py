"""Has ordered premedication had its time? Clinical reference 7.5 (at least 30 minutes: wait)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from infusion_visits.core.moments import show_minutes, show_time
from infusion_visits.sections.medicines.fields import PREMEDICATION
from infusion_visits.sections.medicines.rules import ordered_names
from infusion_visits.sections.medicines.rules import standing as standing_medicines
from infusion_visits.sections.medicines.values import Medicines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from infusion_visits.core.findings import Finding
    from infusion_visits.patients.facts import OrderFact
    from infusion_visits.visits.record import VisitRecord
    from infusion_visits.visits.rules.before_start.asked import Start


@dataclass(frozen=True, slots=True)
class Waiting:
    """A premedication that was given at `given` and is ordered `minutes` before the infusion."""

    medicine: str
    given: datetime
    minutes: int

    @property
    def ready(self) -> datetime:
        """From when on the infusion may start."""
        return self.given + timedelta(minutes=self.minutes)


def premedication(start: Start) -> Iterator[Finding]:
    """Stops a start before the ordered minutes are over; says from when on it may be."""
    if start.order is None:
        return
    zone = start.facts.zone
    for one in timed(start.record, start.order):
        if start.at >= one.ready or start.at < one.given:
            continue
        elapsed = int((start.at - one.given).total_seconds()) // 60
        yield start.stop(
            "premedication-early",
            f"{one.medicine} was given {show_minutes(elapsed)} ago, ordered "
            f"{show_minutes(one.minutes)} before: start from {show_time(one.ready, zone)}.",
            part=one.medicine.casefold(),
            do_first=True,
        )


def timed(record: VisitRecord, order: OrderFact) -> tuple[Waiting, ...]:
    """Each premedication ordered with minutes, with the last time it was given before."""
    written = record.patient.order(order.order)
    if written is None:
        return ()
    given = [
        (one.medicine.casefold(), one.at)
        for one in standing_medicines(record.of(Medicines))
        if one.why == PREMEDICATION and one.at is not None and one.medicine
    ]
    made = []
    for row in written.premedication:
        if row.mark.struck or not row.minutes_before or not row.medicine:
            continue
        names = ordered_names(row.medicine)
        times = [at for medicine, at in given if any(name in medicine for name in names)]
        if times:
            made.append(Waiting(row.medicine, max(times), int(row.minutes_before)))
    return tuple(made)
