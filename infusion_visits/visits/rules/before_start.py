"""May this infusion start? Questions that need arrival, vitals, line and order together."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from infusion_visits.core.cells import Cell, Row
from infusion_visits.core.findings import Finding, Gate, Level
from infusion_visits.core.kinds import INFUSION_KINDS
from infusion_visits.sections.devices.values import Devices

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from infusion_visits.patients.facts import Facts
    from infusion_visits.visits.record import VisitRecord

BASELINE_WITHIN = timedelta(minutes=30)


def before_start(record: VisitRecord, facts: Facts) -> Iterator[Finding]:
    """Stops at the start: an order in use, a line in place, vitals within 30 minutes before.

    Clinical reference 1.1 (baseline at most 30 min before the start) and 7.11 (no infusion
    without an order that names rate and delivery). Per agency protocol.
    """
    if facts.kind not in INFUSION_KINDS:
        return
    if facts.order is None:
        yield _stop("no-order", "No order in use is chosen for this visit.", overridable=False)
    elif facts.order.first_dose and not facts.order.home_first_dose_allowed:
        yield _stop(
            "first-dose",
            "First dose: the prescriber has not authorised it at home.",
            overridable=True,
        )
    reference = facts.infusion_start or facts.now
    if not _line_in_place(record, reference):
        yield _stop("no-line", "No line is in place.", overridable=False)
    if not any(timedelta(0) <= reference - at <= BASELINE_WITHIN for at in facts.vitals_times):
        yield _stop(
            "no-baseline",
            "No vital signs within 30 minutes before the start.",
            overridable=True,
        )


def _line_in_place(record: VisitRecord, at: datetime) -> bool:
    """A line taken out at the end of the visit was in place when the infusion started."""
    return any(
        device.mark.struck is None and (device.removed_at is None or device.removed_at > at)
        for device in record.of(Devices).access_device
    )


def _stop(code: str, words: str, *, overridable: bool) -> Finding:
    return Finding(
        code=f"start.{code}",
        level=Level.STOP,
        words=words,
        section="infusion",
        cell=Cell("infusion", Row("infusion"), "order_id"),
        gate=Gate.START,
        overridable=overridable,
    )


def late_stops(record: VisitRecord, facts: Facts) -> Iterator[Finding]:
    """What should have held the start and did not: said on page one, once it has started."""
    if facts.infusion_start is None:
        return
    overridden = {one.finding for one in record.overrides}
    for found in before_start(record, facts):
        if found.key not in overridden:
            yield Finding(
                code=f"{found.code}.late",
                level=Level.ALERT,
                words=f"Infusion started although: {found.words}",
                section=found.section,
                at=facts.infusion_start,
            )
