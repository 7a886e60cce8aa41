from __future__ import annotations

import tomllib
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infusion_visits.core.scales.news2 import News2, NotScored, Parts, SpO2Scale, score
from infusion_visits.core.units import FAHRENHEIT, half_up

TABLE = tomllib.loads(Path(__file__).with_name("news2_examples.toml").read_text("utf-8"))
HEALTHY = Parts(Decimal(16), Decimal(98), False, Decimal(120), Decimal(70), "A", Decimal("36.8"))


def _celsius(text: str) -> Decimal:
    figure, _, unit = text.partition(" ")
    value = Decimal(figure)
    return half_up(FAHRENHEIT.canonical(value), 4) if unit else value


@pytest.mark.parametrize("example", TABLE["example"])
def test_worked_examples(example: dict[str, Any]) -> None:
    resp, spo2, scale, oxygen, systolic, pulse, state, heat = example["input"]
    parts = Parts(
        Decimal(resp),
        Decimal(spo2),
        oxygen == "oxygen",
        Decimal(systolic),
        Decimal(pulse),
        state,
        _celsius(heat),
    )
    found = score(parts, SpO2Scale(scale))
    assert isinstance(found, News2)
    assert list(found.parts) == example["parts"]
    assert found.total == sum(example["parts"])
    assert str(found.risk) == example["risk"]


def test_there_are_all_nineteen() -> None:
    assert len(TABLE["example"]) == 19


@pytest.mark.parametrize(
    ("sign", "figure", "points"),
    [
        (sign, figure, points)
        for sign, rows in TABLE["boundaries"].items()
        for figure, points in rows
    ],
)
def test_boundaries(sign: str, figure: str, points: int) -> None:
    scale, oxygen, field = SpO2Scale.ONE, False, sign
    if sign.startswith("spo2"):
        field = "spo2"
        scale = SpO2Scale(int(sign.split("_")[2]))
        oxygen = sign.endswith("oxygen")
    value: Any = figure if field == "consciousness" else Decimal(figure)
    found = score(replace(HEALTHY, on_oxygen=oxygen, **{field: value}), scale)
    assert isinstance(found, News2)
    assert getattr(found, field) == points


@pytest.mark.parametrize(
    ("field", "name"),
    [
        ("respirations", "respirations"),
        ("spo2", "SpO2"),
        ("on_oxygen", "air or oxygen"),
        ("systolic", "systolic BP"),
        ("pulse", "pulse"),
        ("consciousness", "consciousness"),
        ("temperature", "temperature"),
    ],
)
def test_anything_missing_means_no_score(field: str, name: str) -> None:
    missing: dict[str, Any] = {field: None}
    assert score(replace(HEALTHY, **missing)) == NotScored(f"{name} not recorded")


def test_several_missing_are_all_named() -> None:
    found = score(replace(HEALTHY, pulse=None, temperature=None, spo2=None))
    assert found == NotScored("SpO2, pulse and temperature not recorded")


def test_not_for_children() -> None:
    assert score(HEALTHY, age_years=15) == NotScored("not for under 16 years")
    assert isinstance(score(HEALTHY, age_years=16), News2)


@given(
    st.integers(0, 60),
    st.integers(50, 100),
    st.booleans(),
    st.integers(40, 260),
    st.integers(20, 200),
    st.sampled_from("ACVPU"),
    st.decimals("30", "43", places=1),
    st.sampled_from(SpO2Scale),
)
def test_the_total_is_the_sum_and_never_above_twenty(
    resp: int,
    spo2: int,
    oxygen: bool,
    systolic: int,
    pulse: int,
    state: str,
    heat: Decimal,
    scale: SpO2Scale,
) -> None:
    found = score(
        Parts(Decimal(resp), Decimal(spo2), oxygen, Decimal(systolic), Decimal(pulse), state, heat),
        scale,
    )
    assert isinstance(found, News2)
    assert 0 <= found.total <= 20
    assert all(0 <= part <= 3 for part in found.parts)
