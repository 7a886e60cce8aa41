"""Ladders walked, ends, and volumes over changes of rate, through the infusion's own rules
(sections 1.6, 8.5, 8.6, 11.11)."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from infusion_visits.core.calculations.exact import half_up
from infusion_visits.core.cells import Row
from infusion_visits.core.clock import local
from infusion_visits.core.marks import Mark
from infusion_visits.patients.facts import OrderStep
from infusion_visits.sections.infusion.acts import (
    acts_of,
    flushed_ml,
    segments_of,
    volume_of,
)
from infusion_visits.sections.infusion.fields import (
    COMPLETE,
    HOLD,
    INFUSION,
    INFUSION_EVENT,
    RESUME,
    START,
    STEP,
)
from infusion_visits.sections.infusion.ladder import shown_end, walk
from infusion_visits.sections.infusion.values import InfusionEvent, InfusionGiven
from tests.clinical_reference.runners.given import Given, kind

_ZONE = "America/New_York"


def steps_given(pairs: list[list[Any]], times: Decimal = Decimal(1)) -> tuple[OrderStep, ...]:
    """`[[10, 15], [250]]`: mL/h (times the weight) and minutes; without minutes until complete."""
    return tuple(
        OrderStep(Decimal(pair[0]) * times, int(pair[1]) if len(pair) > 1 else None)
        for pair in pairs
    )


@kind("ladder")
def ladder(given: Given) -> dict[str, object]:
    steps = steps_given(given.any("steps"), given.maybe("kg") or Decimal(1))
    plan = walk(steps, given.figure("volume_ml"))
    assert plan.minutes is not None
    start = (
        given.instant("start")
        if given.has("start")
        else datetime.fromisoformat("2026-11-21T14:00:00+00:00")
    )
    held = timedelta(minutes=int(given.any("held", 0)))
    end = plan.end(start)
    assert end is not None
    end += held
    rungs = []
    before = Fraction(0)
    for rung in plan.rungs:
        assert rung.minutes is not None
        assert rung.ml is not None
        before += rung.ml
        rungs.append(
            {
                "ml_h": rung.ml_per_hour,
                "minutes": half_up(rung.minutes, 2),
                "ml": half_up(rung.ml, 2),
                "after": half_up(rung.after + rung.minutes, 2),
                "total_ml": half_up(before, 2),
            }
        )
    return {
        "minutes": half_up(plan.minutes, 2),
        "minutes_1": half_up(plan.minutes, 1),
        "end": _to_the_second(end),
        "shown": f"{local(shown_end(end), _ZONE):%H:%M}",
        "steps": rungs,
    }


@kind("ladder step")
def ladder_step(given: Given) -> dict[str, object]:
    number = given.whole("step")
    whole = ladder(given)
    steps = whole["steps"]
    assert isinstance(steps, list)
    found = steps[number - 1]
    assert isinstance(found, dict)
    return dict(found)


@kind("volume over changes")
def volume(given: Given) -> dict[str, object]:
    """`parts` are mL/h with their minutes, 0 for a hold; through acts as a nurse charts them."""
    flush = given.maybe("flush_ml")
    infusion, at = _charted(given.any("parts"), flush)
    acts = acts_of(infusion)
    assert [act.wrong for act in acts if act.wrong] == []
    parts = segments_of(acts, at)
    return {
        "ml": half_up(volume_of(parts), 1),
        "each": [half_up(part.ml, 2) for part in parts],
        "flushed": flushed_ml(infusion),
    }


@kind("restart after a hold")
def restart(given: Given) -> dict[str, object]:
    """`before` runs, a hold of `held` minutes, then the ladder `after` over what is left."""
    infusion, held_at = _charted(given.any("before"), None)
    at_hold = volume_of(segments_of(acts_of(infusion), held_at))
    restarted = held_at + timedelta(minutes=given.whole("held"))
    left = Fraction(given.figure("volume_ml")) - at_hold
    plan = walk(steps_given(given.any("after")), left)
    end = plan.end(restarted)
    assert end is not None
    until_last = sum((rung.ml or Fraction(0) for rung in plan.rungs[:-1]), at_hold)
    last = plan.rungs[-1].minutes
    assert last is not None
    return {
        "ml_at_hold": half_up(at_hold, 1),
        "ml_before_last": half_up(until_last, 1),
        "ml_of_last": half_up(Fraction(given.figure("volume_ml")) - until_last, 1),
        "last_minutes": half_up(last, 1),
        "end": _to_the_second(end),
        "shown": f"{local(shown_end(end), _ZONE):%H:%M}",
    }


@kind("ladder without a volume")
def open_end(given: Given) -> dict[str, object]:
    plan = walk(steps_given(given.any("steps")), None)
    start = datetime.fromisoformat("2026-11-21T14:00:00+00:00")
    return {"end": plan.end(start), "steps": len(plan.rungs)}


def _to_the_second(at: datetime) -> str:
    return f"{local(at + timedelta(microseconds=500_000), _ZONE):%H:%M:%S}"


def _charted(pairs: list[list[Any]], flush_ml: Decimal | None) -> tuple[InfusionGiven, datetime]:
    """An infusion from 09:00 at these rates, completed at the end of the last; and that end."""
    at = datetime.fromisoformat("2026-11-21T14:00:00+00:00")
    events = []
    held = False
    for number, (rate, minutes) in enumerate(pairs):
        if number == 0:
            kind_of = START
        elif rate == 0:
            kind_of = HOLD
        else:
            kind_of = RESUME if held else STEP
        held = rate == 0
        rated = None if kind_of == HOLD else Decimal(rate)
        events.append(_event(number, at, kind_of, rated))
        at += timedelta(minutes=float(minutes))
    events.append(_event(len(events), at, COMPLETE, None))
    mark = _mark(INFUSION.name, (1,))
    return InfusionGiven(mark, infusion_event=tuple(events), flush_ml=flush_ml), at


def _event(number: int, at: datetime, kind_of: str, rate: Decimal | None) -> InfusionEvent:
    mark = _mark(INFUSION_EVENT.name, (1, number))
    return InfusionEvent(mark, kind=kind_of, at=at, rate=rate)


def _mark(group: str, at: tuple[int, ...]) -> Mark:
    return Mark(Row(group, at))
