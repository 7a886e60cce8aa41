"""Were vital signs taken shortly before the start? Clinical reference 1.1."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from infusion_visits.sections.vitals.sets import standing as standing_sets
from infusion_visits.sections.vitals.values import Vitals

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from infusion_visits.core.findings import Finding
    from infusion_visits.visits.rules.before_start.asked import Start


def baseline(start: Start) -> Iterator[Finding]:
    """A set with blood pressure and pulse at most 30 minutes before the start."""
    within = start.figures.baseline_within
    if any(timedelta(0) <= start.at - seen <= within for seen in _full_sets(start)):
        return
    minutes = int(within.total_seconds()) // 60
    yield start.stop(
        "no-baseline", f"No vital signs within {minutes} minutes before the start.", do_first=True
    )


def _full_sets(start: Start) -> Iterator[datetime]:
    """When blood pressure and pulse were both measured: a pulse alone is no baseline."""
    for one in standing_sets(start.record.of(Vitals)):
        if one.at is not None and one.systolic is not None and one.pulse is not None:
            yield one.at
