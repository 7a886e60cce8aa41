from __future__ import annotations

import tomllib
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infusion_visits.core.clock import local
from infusion_visits.patients.facts import OrderStep
from infusion_visits.sections.infusion.acts import acts_of, segments_of, volume_of
from infusion_visits.sections.infusion.ladder import after, as_decimal, shown_end, walk
from tests.sections.infusion.making import NINE, ZONE, at, infusion

TABLE = tomllib.loads(Path(__file__).with_name("ladders.toml").read_text("utf-8"))


def ladder(pairs: list[list[Any]]) -> tuple[OrderStep, ...]:
    return tuple(OrderStep(Decimal(rate), minutes or None) for rate, minutes in pairs)


@pytest.mark.parametrize("case", TABLE["ladder"], ids=lambda case: case["name"])
def test_worked_ladders(case: dict[str, Any]) -> None:
    plan = walk(ladder(case["steps"]), Decimal(case["volume"]))
    assert plan.minutes is not None
    decimals = len(case["minutes"].partition(".")[2])
    assert as_decimal(plan.minutes, decimals) == Decimal(case["minutes"])
    end = plan.end(NINE)
    assert end is not None
    assert f"{local(end, ZONE):%H:%M:%S}" == case["end"]
    assert f"{local(shown_end(end), ZONE):%H:%M}" == case["shown"]
    total = sum((rung.ml or Fraction(0)) for rung in plan.rungs)
    assert total == Fraction(case["volume"])
    for rung, ml in zip(plan.rungs, case.get("ml", ()), strict=False):
        assert rung.ml == Fraction(ml)


@pytest.mark.parametrize("case", TABLE["volume"], ids=lambda case: case["ml"])
def test_volume_over_changes_of_rate(case: dict[str, Any]) -> None:
    acts = acts_of(infusion(*[tuple(one) for one in case["acts"]]))
    assert not any(act.wrong for act in acts)
    segments = segments_of(acts, at(case["until"]))
    assert as_decimal(volume_of(segments)) == Decimal(case["ml"])


def test_the_held_infliximab_ends_as_worked() -> None:
    """150.2 mL at 11:37, then 250 mL/h: 99.8 mL take 24.0 minutes, end 12:00:58, shown 12:01."""
    said = TABLE["volume"][3]["acts"]
    acts = acts_of(infusion(*[tuple(one) for one in said]))
    given_ml = volume_of(segments_of(acts, at("11:37")))
    plan = walk((OrderStep(Decimal(250), None),), Fraction(250) - given_ml)
    assert plan.minutes is not None
    assert as_decimal(plan.minutes) == Decimal("24.0")
    end = plan.end(at("11:37"))
    assert end is not None
    assert abs(end - at("12:00:58")) < timedelta(seconds=0.5)
    assert f"{local(shown_end(end), ZONE):%H:%M}" == "12:01"


def test_a_twenty_minute_hold_moves_the_end_by_twenty_minutes() -> None:
    steps = ladder(TABLE["ladder"][0]["steps"])
    plan = walk(steps, Decimal(250))
    assert plan.end(NINE + timedelta(minutes=20)) == at("11:23")


def test_without_a_volume_an_open_step_has_no_end() -> None:
    plan = walk(ladder([["10", 15], ["20", 0]]), None)
    assert plan.minutes is None
    assert [rung.after for rung in plan.rungs] == [0, 15]
    assert walk(ladder([["10", 15], ["20", 15]]), None).minutes == 30
    assert walk((), Decimal(100)).minutes is None


def test_the_last_rate_runs_on_while_volume_remains() -> None:
    plan = walk(ladder([["60", 10], ["60", 10]]), Decimal(60))
    assert plan.minutes == 60


def test_the_clock_runs_through_the_end_of_summer_time() -> None:
    start = datetime(2026, 11, 1, 4, 30, tzinfo=UTC)
    assert f"{local(after(start, Fraction(180)), ZONE):%H:%M %Z}" == "02:30 EST"


@given(
    st.lists(st.tuples(st.integers(1, 600), st.integers(1, 120)), min_size=1, max_size=8),
    st.decimals("0.1", "3000", places=1),
)
def test_what_is_walked_is_exactly_the_volume(
    pairs: list[tuple[int, int]], volume: Decimal
) -> None:
    plan = walk([OrderStep(Decimal(rate), minutes) for rate, minutes in pairs], volume)
    assert sum(rung.ml or 0 for rung in plan.rungs) == Fraction(volume)
    assert sum(rung.minutes or 0 for rung in plan.rungs) == plan.minutes
