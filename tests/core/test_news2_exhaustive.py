"""NEWS2 at every figure: the table is read from the clinical reference, not typed again here.

Each cell of the reference (`≤8`, `9–11`, `≥25`, `88–92 **or ≥93 on air**`) becomes a condition;
every whole figure (tenths for the temperature) must fall into exactly one column, and score it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from itertools import product
from typing import Any

import pytest

from infusion_visits.core.scales.news2 import METHOD, News2, NotScored, Parts, SpO2Scale, score
from infusion_visits.core.units import CELSIUS, FAHRENHEIT
from tests.clinical_reference.rows import by_address

POINTS = (3, 2, 1, 0, 1, 2, 3)
HEALTHY = Parts(Decimal(16), Decimal(98), False, Decimal(120), Decimal(70), "A", Decimal("36.8"))


def cells(key: str) -> list[str]:
    """The seven columns of one row of the table of 3.7."""
    text = by_address()[f"3.7/{key}"].text
    return [cell.strip() for cell in text.strip().strip("|").split("|")][1:]


def meets(cell: str, value: Decimal, *, oxygen: bool) -> bool:
    """Whether a figure stands in a cell of the table."""
    for part in cell.replace("**", "").split(" or "):
        words = part.strip()
        if words.endswith("on O2") and not oxygen:
            continue
        if words.endswith("on air") and oxygen:
            continue
        figure = re.match(r"([≤≥]?)(\d+(?:\.\d+)?)(?:–(\d+(?:\.\d+)?))?", words)
        if figure is None:
            continue
        sign, low, high = figure[1], Decimal(figure[2]), figure[3]
        if sign == "≤" and value <= low:
            return True
        if sign == "≥" and value >= low:
            return True
        if not sign and low <= value <= Decimal(high or low):
            return True
    return False


def wanted(key: str, value: Decimal, *, oxygen: bool = False) -> int:
    columns = [
        POINTS[at] for at, cell in enumerate(cells(key)) if meets(cell, value, oxygen=oxygen)
    ]
    assert len(columns) == 1, (key, value, columns)
    return columns[0]


def got(field: str, value: Decimal, scale: SpO2Scale = SpO2Scale.ONE, *, oxygen: bool) -> int:
    changed: dict[str, Any] = {field: value}
    made = score(replace(HEALTHY, on_oxygen=oxygen, **changed), scale)
    assert isinstance(made, News2)
    points = getattr(made, field)
    assert isinstance(points, int)
    return points


@pytest.mark.parametrize("oxygen", [False, True])
@pytest.mark.parametrize("scale", SpO2Scale)
@pytest.mark.parametrize(
    ("key", "field", "first", "last"),
    [
        ("RR /min", "respirations", 0, 80),
        ("SBP mmHg", "systolic", 20, 320),
        ("Pulse /min", "pulse", 0, 280),
    ],
)
def test_every_whole_figure(
    key: str, field: str, first: int, last: int, scale: SpO2Scale, oxygen: bool
) -> None:
    for figure in range(first, last + 1):
        value = Decimal(figure)
        assert got(field, value, scale, oxygen=oxygen) == wanted(key, value), figure


@pytest.mark.parametrize("oxygen", [False, True])
@pytest.mark.parametrize("scale", SpO2Scale)
def test_every_saturation_on_both_scales_on_air_and_oxygen(scale: SpO2Scale, oxygen: bool) -> None:
    key = f"SpO2 scale {scale.value} %"
    for figure in range(40, 101):
        value = Decimal(figure)
        assert got("spo2", value, scale, oxygen=oxygen) == wanted(key, value, oxygen=oxygen), figure


def test_every_tenth_of_a_degree() -> None:
    for tenths in range(300, 440):
        value = Decimal(tenths) / 10
        assert got("temperature", value, oxygen=False) == wanted("Temp °C", value), value


def test_hundredths_of_a_degree_are_rounded_half_up_first() -> None:
    for hundredths in range(3400, 4000):
        value = Decimal(hundredths) / 100
        shown = (value * 10 + Decimal("0.5")).to_integral_value("ROUND_FLOOR") / 10
        assert got("temperature", value, oxygen=False) == wanted("Temp °C", shown), value


def test_every_tenth_of_a_degree_fahrenheit_as_it_is_kept() -> None:
    for tenths in range(900, 1100):
        kept = FAHRENHEIT.canonical(Decimal(tenths) / 10)
        exact = (Decimal(tenths) / 10 - 32) * 5 / 9
        shown = (exact * 10 + Decimal("0.5")).to_integral_value("ROUND_FLOOR") / 10
        value = CELSIUS.from_canonical(kept)
        assert got("temperature", value, oxygen=False) == wanted("Temp °C", shown), tenths


@pytest.mark.parametrize("state", "ACVPU")
def test_consciousness(state: str) -> None:
    made = score(replace(HEALTHY, consciousness=state))
    assert isinstance(made, News2)
    letters = {cell.replace("Alert", "A"): POINTS[at] for at, cell in enumerate(
        cells("Consciousness")) if cell != "–"}  # fmt: skip
    points = next(points for cell, points in letters.items() if state in cell.split(","))
    assert made.consciousness == points


def test_air_and_oxygen() -> None:
    columns = {cell: POINTS[at] for at, cell in enumerate(cells("Air / O2")) if cell != "–"}
    for word, oxygen in (("air", False), ("O2", True)):
        made = score(replace(HEALTHY, on_oxygen=oxygen))
        assert isinstance(made, News2)
        assert made.oxygen == columns[word]


def test_any_combination_of_what_is_missing_is_never_scored() -> None:
    fields = (
        "respirations",
        "spo2",
        "on_oxygen",
        "systolic",
        "pulse",
        "consciousness",
        "temperature",
    )
    for lacks in product([False, True], repeat=len(fields)):
        gone: dict[str, Any] = {
            name: None for name, lacking in zip(fields, lacks, strict=True) if lacking
        }
        made = score(replace(HEALTHY, **gone))
        assert isinstance(made, NotScored) is any(lacks)
        if isinstance(made, NotScored):
            # Every one that lacks is named.
            assert made.why.count(",") + made.why.count(" and ") + 1 == sum(lacks)


def test_who_is_not_scored() -> None:
    assert score(HEALTHY, age_years=15) == NotScored("not for under 16 years")
    assert isinstance(score(HEALTHY, age_years=16), News2)
    assert score(HEALTHY, age_years=30, pregnant=True) == NotScored("not in pregnancy")
    assert METHOD == "NEWS2-2017"
