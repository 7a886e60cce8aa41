"""Is there an order for it, in force, for a therapy that is given at home?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from infusion_visits.core.clock import local_day
from infusion_visits.core.moments import show_day
from infusion_visits.patients.order_fields import USED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from infusion_visits.core.findings import Finding
    from infusion_visits.visits.rules.before_start.asked import Start


def has_an_order(start: Start) -> Iterator[Finding]:
    """No infusion without an order that names rate and delivery (clinical reference 7.11)."""
    if start.order is None:
        yield start.stop("no-order", "No order in use is chosen for this visit.", do_first=True)


def order_holds(start: Start) -> Iterator[Finding]:
    """The order is in force on the day, and the therapy is one for the home (reference 1.5)."""
    order = start.order
    if order is None:
        return
    written = start.record.patient.order(order.order)
    day = local_day(start.at, start.facts.zone)
    if written is not None:
        over = written.ends is not None and written.ends < day
        if over or (written.status != USED and not start.began):
            when = f" on {show_day(written.ends)}" if written.ends else ""
            yield start.stop("order-over", f"The order ended{when}.")
        if written.starts is not None and written.starts > day:
            yield start.stop("order-not-begun", f"The order begins on {show_day(written.starts)}.")
    therapy = order.therapy
    if therapy is not None and not therapy.home_eligible:
        why = f": {therapy.why_not_home}" if therapy.why_not_home else ""
        yield start.stop(
            "not-for-home",
            f"{therapy.name} is not given at home{why.rstrip('.')}. Record only.",
        )
