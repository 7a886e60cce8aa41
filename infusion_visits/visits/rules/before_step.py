"""May the rate go up? Vital signs first, then the step opens."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from infusion_visits.core.cells import Cell, Row
from infusion_visits.core.findings import Finding, Gate, Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from infusion_visits.patients.facts import Facts, Phase

FRESH = timedelta(minutes=15)


def before_step(facts: Facts) -> Iterator[Finding]:
    """A stop at step and resume while no set was taken in this phase's last 15 minutes.

    Clinical reference 1.1, VS-STEP: immediately before every rate increase. Per agency protocol.
    """
    phase = _phase(facts)
    if phase is None or phase.ml_per_hour is None:
        return
    fresh = [at for at in facts.vitals_times if at >= max(phase.start, facts.now - FRESH)]
    if fresh:
        return
    for gate in (Gate.STEP, Gate.RESUME):
        yield Finding(
            code=f"{gate}.vitals-first",
            level=Level.STOP,
            words="Vital signs first, then the step opens.",
            section="vitals",
            cell=Cell("vitals", Row("vital_signs"), "at"),
            gate=gate,
            overridable=True,
        )


def _phase(facts: Facts) -> Phase | None:
    current = None
    for phase in facts.phases:
        if phase.start <= facts.now:
            current = phase
    return current
