"""May the rate go up? Vital signs first, then the step opens."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from infusion_visits.core.cells import Cell, Row
from infusion_visits.core.findings import Finding, Gate, Level
from infusion_visits.sections.infusion.acts import Act, State
from infusion_visits.sections.infusion.dose import amount
from infusion_visits.sections.infusion.fields import RESUME, STEP
from infusion_visits.sections.infusion.rules import acts_of, standing
from infusion_visits.sections.infusion.values import Infusion

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from infusion_visits.patients.facts import Facts
    from infusion_visits.visits.record import VisitRecord

FRESH = timedelta(minutes=15)
CODE = "step.vitals-first"


def before_step(record: VisitRecord, facts: Facts) -> Iterator[Finding]:
    """A stop at step (or at resume) while no set was taken since the last act and 15 minutes ago.

    Clinical reference 1.1, VS-STEP: immediately before every rate increase. Per agency protocol.
    Its key names the act after which it opens, so that going past one step opens no other.
    """
    for one in standing(record.of(Infusion)):
        acts = acts_of(one)
        last = acts[-1] if acts else None
        gate = _GATES.get(last.state) if last else None
        if last is None or gate is None or _seen(facts, last.at, facts.now):
            continue
        yield Finding(
            code=CODE,
            level=Level.STOP,
            words=_FIRST[gate],
            section="vitals",
            cell=Cell("vitals", Row("vital_signs"), "at"),
            gate=gate,
            overridable=True,
            subject=_after(last),
            do_first=True,
        )


_GATES = {State.RUNNING: Gate.STEP, State.HELD: Gate.RESUME}
_FIRST = {
    Gate.STEP: "Vital signs first, then the step opens.",
    Gate.RESUME: "Vital signs first, then it may be resumed.",
}


def stepped_without_signs(record: VisitRecord, facts: Facts) -> Iterator[Finding]:
    """Steps and resumes that no vital signs came before and nobody gave a reason for."""
    overridden = {one.finding for one in record.overrides}
    for one in standing(record.of(Infusion)):
        for before, act in pairwise(acts_of(one)):
            if act.kind not in _DONE or act.wrong or _seen(facts, before.at, act.at):
                continue
            if f"{CODE}@{_after(before)}" in overridden:
                continue
            yield Finding(
                code=f"{CODE}.late",
                level=Level.ALERT,
                words=f"{_DONE[act.kind]} {amount(act.rate, 'mL/h')} "
                "without vital signs in the 15 minutes before",
                section="infusion",
                cell=Cell("infusion", act.event.mark.row, "at"),
                response=act.event.why or "",
                at=act.at,
                subject=act.event.mark.row.path(),
            )


_DONE = {STEP: "Rate raised to", RESUME: "Resumed at"}


def _seen(facts: Facts, since: datetime, until: datetime) -> bool:
    """Signs of the minute of the last act opened that act, not the next one."""
    return any(since < at <= until and at >= until - FRESH for at in facts.vitals_times)


def _after(act: Act) -> str:
    return act.event.mark.row.path()
