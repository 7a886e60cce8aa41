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
from infusion_visits.sections.infusion.acts import acts_of, segments_of, volume_of
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
        "end": f"{local(end, _ZONE):%H:%M:%S}",
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
    """`parts` are minutes with their mL/h, 0 for a hold; through acts as a nurse charts them."""
    at = datetime.fromisoformat("2026-11-21T14:00:00+00:00")
    events = []
    held = False
    for number, (rate, minutes) in enumerate(given.any("parts")):
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
    infusion = InfusionGiven(_mark(INFUSION.name, (1,)), infusion_event=tuple(events))
    acts = acts_of(infusion)
    assert [act.wrong for act in acts if act.wrong] == []
    parts = segments_of(acts, at)
    return {
        "ml": half_up(volume_of(parts), 1),
        "each": [half_up(part.ml, 2) for part in parts],
    }


def _event(number: int, at: datetime, kind_of: str, rate: Decimal | None) -> InfusionEvent:
    mark = _mark(INFUSION_EVENT.name, (1, number))
    return InfusionEvent(mark, kind=kind_of, at=at, rate=rate)


def _mark(group: str, at: tuple[int, ...]) -> Mark:
    return Mark(Row(group, at))
