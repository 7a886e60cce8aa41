"""A ladder typed in one line."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infusion_visits.patients.ladder_text import NotALadder, ladder_from_text


def step(rate: str, unit: str, minutes: int | None) -> dict[str, Any]:
    made: dict[str, Any] = {"rate": Decimal(rate), "rate_unit": unit}
    return made | ({"until_complete": True} if minutes is None else {"minutes": Decimal(minutes)})


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("10 15, 20 15, 40 rest", [("10", "mL/h", 15), ("20", "mL/h", 15), ("40", "mL/h", None)]),
        (
            "0.5 mL/kg/h 30; 1 for 30 min then 2 until complete",
            [("0.5", "mL/kg/h", 30), ("1", "mL/kg/h", 30), ("2", "mL/kg/h", None)],
        ),
        ("0.01 ml/kg/min 30, 60 mL/h 1h", [("0.01", "mL/kg/min", 30), ("60", "mL/h", 60)]),
        (" 125   rest ,", [("125", "mL/h", None)]),
    ],
)
def test_steps_with_units_that_hold(text: str, steps: list[tuple[str, str, int | None]]) -> None:
    assert ladder_from_text(text) == tuple(step(*one) for one in steps)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Type the steps such as 10 15, 20 15, 40 rest."),
        ("10", "Step 1: type a rate, then minutes or rest"),
        ("10 15, fast", "Step 2: type a rate"),
        ("10 rest, 20 15", "Only the last step runs until complete."),
        ("0 15", "Step 1: the rate must be above 0."),
        ("10 15, 9999 15", "Step 2: rate 9999 cannot be."),
        ("10 0", "Step 1: for 0 cannot be."),
        ("10 99h", "Step 1: for 5940 cannot be."),
        ("0.00001 15", "too many decimals"),
        ("-10 15", "Step 1: type a rate"),
        ("10,5 15", "Step 1: type a rate"),
    ],
)
def test_what_is_no_ladder_says_what_to_type(text: str, words: str) -> None:
    with pytest.raises(NotALadder, match=words.replace(".", r"\.")):
        ladder_from_text(text)


@given(st.text(max_size=40))
def test_any_text_is_a_ladder_or_told(text: str) -> None:
    try:
        steps = ladder_from_text(text)
    except NotALadder:
        return
    assert all(one["rate"] > 0 for one in steps)
