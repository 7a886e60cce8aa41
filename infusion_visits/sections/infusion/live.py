"""What the live screen says of an infusion: which one, its title, where it stands, its curve."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from infusion_visits.core.blocks import Band, Chart, RateStep
from infusion_visits.core.moments import show_time
from infusion_visits.sections.infusion.acts import State
from infusion_visits.sections.infusion.dose import amount
from infusion_visits.sections.infusion.ladder import shown_end
from infusion_visits.sections.infusion.note import title_of
from infusion_visits.sections.infusion.phases import phases_of
from infusion_visits.sections.infusion.rules import standing
from infusion_visits.sections.infusion.summary import InfusionSummary, order_of, summary_of

if TYPE_CHECKING:
    from infusion_visits.core.cells import Row
    from infusion_visits.patients.facts import Facts, OrderFact
    from infusion_visits.sections.infusion.values import Infusion, InfusionGiven

_MARGIN = timedelta(minutes=10)


def choose(values: Infusion, facts: Facts, row: Row | None = None) -> InfusionGiven | None:
    """The infusion at `row`, else the first that has not ended, else the last; None without one."""
    known = standing(values)
    for one in known:
        if one.mark.row == row:
            return one
    for one in known:
        if summary_of(one, order_of(one, facts), facts.now).state is not State.ENDED:
            return one
    return known[-1] if known else None


def title_line(order: OrderFact | None, summary: InfusionSummary | None) -> str:
    """`immune globulin 10 % (Gammagard Liquid) 35 g, IV, 70 mL/h`; held and ended in words."""
    if order is None and summary is None:
        return "No order is chosen for this visit"
    said = title_of(order)
    if summary is None or summary.state is State.NOT_STARTED:
        return f"{said}, not started"
    if summary.state is State.RUNNING:
        return f"{said}, {amount(summary.ml_per_hour, 'mL/h')}"
    return f"{said}, {summary.state}"


def standing_words(summary: InfusionSummary, order: OrderFact | None, facts: Facts) -> str:
    """`50.2 mL of 350 mL · 5.02 g of 35 g · next 140 mL/h at 10:12 · planned end 11:38`."""
    if summary.started is None:
        return ""
    of_ml = f" of {amount(summary.expected_ml, 'mL')}" if summary.expected_ml is not None else ""
    said = [f"{amount(summary.given_ml, 'mL')}{of_ml}"]
    if summary.dose_given is not None and order is not None:
        given = amount(summary.dose_given, summary.dose_unit)
        said.append(f"{given} of {amount(order.dose, order.dose_unit)}")
    step = summary.next_step
    if step is not None:
        rate = amount(step.ml_per_hour, "mL/h")
        when = f"at {show_time(step.due, facts.zone)}" if step.due else "after the hold"
        late = int((facts.now - step.due).total_seconds() // 60) if step.due else 0
        said.append(f"next {rate} {when}" + (f", {late} min late" if late > 0 else ""))
    if summary.planned_end is not None:
        said.append(f"planned end {show_time(shown_end(summary.planned_end), facts.zone)}")
    return " · ".join(said)


def live_chart(one: InfusionGiven, summary: InfusionSummary, facts: Facts) -> Chart | None:
    """The rate curve so far, the plan ahead dashed, the now line; None before the start."""
    if summary.started is None:
        return None
    planned = tuple(RateStep(at, rate) for at, rate in summary.ahead)
    last = max([facts.now, *(step.at for step in planned), *(step.at for step in summary.curve)])
    phases = phases_of(one)
    bands = [
        Band(phase.start, following.start if following else facts.now, "held")
        for phase, following in zip(phases, [*phases[1:], None], strict=True)
        if phase.label == "held"
    ]
    curve = ", ".join(
        f"{amount(step.ml_per_hour, 'mL/h')} from {show_time(step.at, facts.zone)}"
        for step in summary.curve
    )
    first = min([summary.started, *facts.vitals_times])
    return Chart(
        title="Rate over time",
        start=first - _MARGIN,
        end=last + _MARGIN,
        zone=facts.zone,
        series=(),
        flags=(),
        rates=summary.curve,
        planned=planned,
        bands=tuple(bands),
        marks=facts.vitals_times,
        alt=f"{curve}. {standing_words(summary, order_of(one, facts), facts)}",
        now=facts.now if summary.ended is None else None,
    )
