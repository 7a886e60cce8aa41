"""May this infusion start? Questions that need vitals, line and order together."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from infusion_visits.core.cells import Cell, Row
from infusion_visits.core.clock import local_day
from infusion_visits.core.findings import Finding, Gate, Level
from infusion_visits.core.kinds import INFUSION_KINDS
from infusion_visits.core.moments import show_day
from infusion_visits.patients.order_fields import USED
from infusion_visits.sections.devices.rules.lines import device_id
from infusion_visits.sections.devices.values import Devices
from infusion_visits.sections.infusion.fields import FOUND
from infusion_visits.sections.infusion.progress import began_at
from infusion_visits.sections.infusion.rules import acts_of, order_of, standing
from infusion_visits.sections.infusion.values import Infusion
from infusion_visits.sections.vitals.sets import standing as standing_sets
from infusion_visits.sections.vitals.values import Vitals

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from infusion_visits.patients.facts import Facts, OrderFact
    from infusion_visits.sections.infusion.values import InfusionGiven
    from infusion_visits.visits.record import VisitRecord

BASELINE_WITHIN = timedelta(minutes=30)


def before_start(record: VisitRecord, facts: Facts) -> Iterator[Finding]:
    """Stops at the start of each infusion that waits: order in use, line in place, baseline.

    Clinical reference 1.1 (baseline at most 30 min before the start) and 7.11 (no infusion
    without an order that names rate and delivery). Per agency protocol. Going past a stop counts
    for one infusion: those after the first carry their row in the stop's key.
    """
    given = standing(record.of(Infusion))
    for number, one in enumerate(given):
        if began_at(acts_of(one)) is None:
            yield from _Start(record, facts, one, first=number == 0).questions(facts.now)
    if not given and facts.kind in INFUSION_KINDS:
        yield from _Start(record, facts, None, first=True).questions(facts.now)


def started_although(record: VisitRecord, facts: Facts) -> Iterator[Finding]:
    """What should have held a start and did not, with the keys that an override would name.

    An infusion found running was not started here: only its order is asked for.
    """
    for number, one in enumerate(standing(record.of(Infusion))):
        began = began_at(acts_of(one))
        if began is not None:
            start = _Start(record, facts, one, first=number == 0)
            yield from start.questions(began.at, found=began.kind == FOUND)


class _Start:
    """One infusion (None: not set up yet) whose start is asked about."""

    def __init__(
        self, record: VisitRecord, facts: Facts, one: InfusionGiven | None, *, first: bool
    ) -> None:
        self.record = record
        self.facts = facts
        self.one = one
        self.subject = "" if first or one is None else one.mark.row.path()
        self.began = one is not None and began_at(acts_of(one)) is not None

    def questions(self, at: datetime, *, found: bool = False) -> Iterator[Finding]:
        """The stops for a start at `at`."""
        order = self.facts.order if self.one is None else order_of(self.one, self.facts)
        if order is None:
            yield self._stop("no-order", "No order in use is chosen for this visit.")
        elif not found:
            yield from self._order(order, at)
        if found:
            return
        if not self._line_in_place(at):
            yield self._stop("no-line", "No line is in place.")
        if not any(timedelta(0) <= at - seen <= BASELINE_WITHIN for seen in self._full_sets()):
            yield self._stop(
                "no-baseline",
                "No vital signs within 30 minutes before the start.",
                overridable=True,
            )

    def _order(self, order: OrderFact, at: datetime) -> Iterator[Finding]:
        written = self.record.patient.order(order.order)
        day = local_day(at, self.facts.zone)
        if written is not None:
            over = written.ends is not None and written.ends < day
            if over or (written.status != USED and not self.began):
                when = f" on {show_day(written.ends)}" if written.ends else ""
                yield self._stop("order-over", f"The order ended{when}.", overridable=True)
            if written.starts is not None and written.starts > day:
                words = f"The order begins on {show_day(written.starts)}."
                yield self._stop("order-not-begun", words, overridable=True)
        if order.first_dose and not order.home_first_dose_allowed:
            yield self._stop(
                "first-dose",
                "First dose: the prescriber has not authorised it at home.",
                overridable=True,
            )

    def _line_in_place(self, at: datetime) -> bool:
        """A line taken out at the end of the visit was in place when the infusion started."""
        wanted = self.one.device_id if self.one else None
        return any(
            device.mark.struck is None
            and (wanted is None or device_id(device) == wanted)
            and (device.inserted_at is None or device.inserted_at <= at)
            and (device.removed_at is None or device.removed_at > at)
            for device in self.record.of(Devices).access_device
        )

    def _full_sets(self) -> Iterator[datetime]:
        """When blood pressure and pulse were both measured: a pulse alone is no baseline."""
        for one in standing_sets(self.record.of(Vitals)):
            if one.at is not None and one.systolic is not None and one.pulse is not None:
                yield one.at

    def _stop(self, code: str, words: str, *, overridable: bool = False) -> Finding:
        row = self.one.mark.row if self.one else Row("infusion")
        return Finding(
            code=f"start.{code}",
            level=Level.STOP,
            words=words,
            section="infusion",
            cell=Cell("infusion", row, "order_id"),
            gate=Gate.START,
            overridable=overridable,
            subject=self.subject,
        )
