"""What the live screen says of an infusion: which one, its title, where it stands, its curve."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from infusion_visits.core.blocks import (
    Band,
    Chart,
    Column,
    RateStep,
    Side,
    Table,
    Words,
    plain,
    quiet,
    strong,
)
from infusion_visits.core.moments import show_time
from infusion_visits.sections.infusion.acts import State
from infusion_visits.sections.infusion.dose import amount
from infusion_visits.sections.infusion.dose_rate import delivered_at
from infusion_visits.sections.infusion.ladder import shown_end
from infusion_visits.sections.infusion.note import title_of
from infusion_visits.sections.infusion.phases import phases_of
from infusion_visits.sections.infusion.rules import standing
from infusion_visits.sections.infusion.summary import InfusionSummary, order_of, standing_at

if TYPE_CHECKING:
    from infusion_visits.core.cells import Row
    from infusion_visits.patients.facts import Facts, OrderFact
    from infusion_visits.sections.infusion.timetable import TimedStep
    from infusion_visits.sections.infusion.values import Infusion, InfusionGiven

_MARGIN = timedelta(minutes=10)
_ANOTHER_MINUTE = timedelta(minutes=1)


def choose(values: Infusion, facts: Facts, row: Row | None = None) -> InfusionGiven | None:
    """The infusion at `row`, else the first that has not ended, else the last; None without one."""
    known = standing(values)
    for one in known:
        if one.mark.row == row:
            return one
    for one in known:
        if standing_at(one, facts).state is not State.ENDED:
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
        return f"{said}, {rate_words(summary)}"
    return f"{said}, {summary.state}"


def rate_words(summary: InfusionSummary) -> str:
    """`70 mL/h`; of a pump that runs without a basal rate `on demand, no basal rate`."""
    if summary.state is State.RUNNING and summary.ml_per_hour == 0:
        return "on demand, no basal rate"
    return amount(summary.ml_per_hour, "mL/h")


def standing_words(summary: InfusionSummary, order: OrderFact | None, facts: Facts) -> str:
    """`50.2 mL of 350 mL · 5.02 g of 35 g · next 140 mL/h at 10:12 · planned end 11:38`.

    Where the first plan was another time it stands beside: `at 10:23 (planned 10:12)`.
    """
    if summary.started is None:
        return ""
    said = [given_words(summary)]
    if summary.dose_given is not None and order is not None:
        given = amount(summary.dose_given, summary.dose_unit)
        said.append(f"{given} of {amount(order.dose, order.dose_unit)}")
    delivers = delivered_at(order, summary.ml_per_hour)
    if delivers is not None:
        said.append(f"{amount(summary.ml_per_hour, 'mL/h')} delivers {delivers.shown}")
    if summary.next_step is not None:
        said.append(f"next {next_words(summary, facts)}")
    end = end_words(summary, facts)
    return " · ".join([*said, end] if end else said)


def given_words(summary: InfusionSummary) -> str:
    """`50.2 mL of 350 mL`."""
    of_ml = f" of {amount(summary.expected_ml, 'mL')}" if summary.expected_ml is not None else ""
    return f"{amount(summary.given_ml, 'mL')}{of_ml}"


def next_words(summary: InfusionSummary, facts: Facts) -> str:
    """`140 mL/h at 10:23 (planned 10:12), 4 min late`; held, it waits for the hold to end."""
    step = summary.next_step
    if step is None:
        return ""
    rate = amount(step.ml_per_hour, "mL/h")
    if step.due is None:
        return f"{rate} after the hold"
    late = int((facts.now - step.due).total_seconds() // 60)
    planned = next_planned(summary)
    beside = _beside(step.due, planned, facts)
    return f"{rate} at {show_time(step.due, facts.zone)}{beside}" + (
        f", {late} min late" if late > 0 else ""
    )


def next_planned(summary: InfusionSummary) -> datetime | None:
    """When the next rate was first planned."""
    later = (one for one in summary.timetable.steps if one.due is not None and one.done is None)
    found = next(later, None)
    return found.planned if found else None


def end_words(summary: InfusionSummary, facts: Facts) -> str:
    """`planned end 11:03, now 11:14`; when the bag should have run out; empty where unknown."""
    first = summary.timetable.first_end
    if summary.empty_since is not None:
        since = show_time(summary.empty_since, facts.zone)
        return f"by its rates the bag has been empty since {since}"
    now = summary.planned_end
    if now is None:
        return ""
    if first is None or not _beside(now, first, facts):
        return f"planned end {show_time(shown_end(now), facts.zone)}"
    return (
        f"planned end {show_time(shown_end(first), facts.zone)}, "
        f"now {show_time(shown_end(now), facts.zone)}"
    )


def _beside(now: datetime, planned: datetime | None, facts: Facts) -> str:
    """` (planned 10:12)` where the plan was another minute."""
    if planned is None or abs(now - planned) < _ANOTHER_MINUTE:
        return ""
    return f" (planned {show_time(planned, facts.zone)})"


def plan_table(summary: InfusionSummary, facts: Facts) -> Table | None:
    """Every rate: as first planned, as set, as due now; None where there is one rate alone."""
    steps = summary.timetable.steps
    if len(steps) < 2:
        return None
    columns = (
        Column("Rate", 3, Side.RIGHT),
        Column("First plan", 3, Side.RIGHT),
        Column("Set", 3, Side.RIGHT),
        Column("Due now", 3, Side.RIGHT),
        Column("", 4),
    )
    rows = [_plan_row(step, facts) for step in steps]
    first, now = summary.timetable.first_end, summary.ended or summary.planned_end
    if first is not None or now is not None:
        ended = _clock(summary.ended, facts)
        due = _clock(shown_end(now), facts) if now and not ended else ""
        cells = ("end", _clock(shown_end(first), facts) if first else "", ended, due, "")
        rows.append(tuple(plain(cell) for cell in cells))
    return Table(columns, tuple(rows))


def _plan_row(step: TimedStep, facts: Facts) -> tuple[Words, ...]:
    reached = step.done is not None or step.due is not None
    words = ""
    if step.planned is None:
        words = "ordered at the restart"
    elif not reached:
        words = "not reached"
    elif step.done is not None and step.due is not None:
        words = "once more"
    voice = strong if step.done is not None and step.due is None else plain
    return (
        voice(amount(step.ml_per_hour, "mL/h")),
        plain(_clock(step.planned, facts)),
        plain(_clock(step.done, facts)),
        plain(_clock(step.due, facts)),
        quiet(words),
    )


def _clock(at: datetime | None, facts: Facts) -> str:
    return show_time(at, facts.zone) if at else ""


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
