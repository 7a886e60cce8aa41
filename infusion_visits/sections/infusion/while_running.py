"""What an infusion says while it runs: a step that is late, an empty bag, a clock set back.

From the acts alone, so that the same is said after a restart, a sleep of the laptop or a change of
its clock. Source: clinical reference 8.5, 11.11, 11.12, 11.25.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from infusion_visits.core.findings import Level
from infusion_visits.core.moments import show_instant, show_minutes, show_time
from infusion_visits.sections.infusion.acts import State, acts_of
from infusion_visits.sections.infusion.dose import amount
from infusion_visits.sections.infusion.figures import figures_for
from infusion_visits.sections.infusion.found import act_finding, infusion_finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from infusion_visits.core.findings import Finding
    from infusion_visits.patients.facts import Facts
    from infusion_visits.sections.infusion.summary import InfusionSummary
    from infusion_visits.sections.infusion.values import InfusionGiven


def while_running(one: InfusionGiven, summary: InfusionSummary, facts: Facts) -> Iterator[Finding]:
    """Late step, empty bag, beyond-use time passed under way; a clock that went back."""
    yield from _clock(one, facts)
    yield from _beyond_use(one, summary, facts)
    if summary.state is not State.RUNNING:
        return
    yield from _late_step(one, summary, facts)
    if summary.empty_since is not None:
        since = show_time(summary.empty_since, facts.zone)
        yield infusion_finding(
            one,
            "empty",
            Level.ADVICE,
            f"By its rates the bag has been empty since {since}: complete it, or go on while "
            "there is overfill.",
            field="prepared_ml",
        )


def _late_step(one: InfusionGiven, summary: InfusionSummary, facts: Facts) -> Iterator[Finding]:
    step = summary.next_step
    if step is None or step.due is None:
        return
    late = int((facts.now - step.due).total_seconds()) // 60
    if late < figures_for(facts).step_late_minutes:
        return
    last = acts_of(one)[-1]
    yield act_finding(
        last,
        "step_late",
        Level.ADVICE,
        f"The step to {amount(step.ml_per_hour, 'mL/h')} was due at "
        f"{show_time(step.due, facts.zone)}, {show_minutes(late)} ago. Later steps move with it.",
    )


def _beyond_use(one: InfusionGiven, summary: InfusionSummary, facts: Facts) -> Iterator[Finding]:
    """A product whose beyond-use time passed after the start, while it still ran."""
    if summary.started is None:
        return
    until = summary.ended or facts.now
    for lot in one.product_lot:
        limit = lot.beyond_use
        if lot.mark.struck or limit is None or not summary.started < limit < until:
            continue
        when = show_instant(limit, facts.zone, beside=until)
        yield infusion_finding(
            one,
            "ran_beyond_use",
            Level.ALERT,
            f"Lot {lot.lot or 'without a number'} still ran after {when}, its beyond-use time",
            field="prepared_ml",
            response=one.difference_reason or "",
            at=limit,
        )


def _clock(one: InfusionGiven, facts: Facts) -> Iterator[Finding]:
    for act in acts_of(one):
        if not act.clock_back or act.event.at is None:
            continue
        back = max(int(act.clock_back.total_seconds()) // 60, 1)
        when = show_time(act.event.at, facts.zone)
        yield act_finding(
            act,
            "clock_went_back",
            Level.ADVICE,
            f"This laptop's clock went back before the act of {when}, by {show_minutes(back)} or "
            "more: check its time.",
        )
