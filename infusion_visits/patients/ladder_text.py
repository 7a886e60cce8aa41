"""A ladder typed in one line: `0.5 mL/kg/h 30, 1 30, 2 rest`. Pure.

Sources: clinical reference 8.5 (ladders), 11.19 (units of rates).
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from infusion_visits.core.fields import Number
from infusion_visits.patients.order_fields import RATE_STEP, RATE_UNITS

EXAMPLE = "10 15, 20 15, 40 rest"
_UNITS = {option.label.casefold(): option.key for option in RATE_UNITS}
_STEP = re.compile(
    r"(?P<rate>\d+(?:\.\d+)?)\s*(?P<unit>ml/kg/min|ml/kg/h|ml/h)?\s+"
    r"(?:for\s+)?(?:(?P<time>\d+)\s*(?P<hours>h)?(?:m|min)?|(?P<rest>rest|until complete))",
    re.IGNORECASE,
)


class NotALadder(ValueError):
    """The text is no ladder; its words say what to type."""


def ladder_from_text(text: str) -> tuple[dict[str, Any], ...]:
    """The columns of each rate_step: a rate, its unit, and minutes or `rest`.

    A unit holds until another is typed; the first is mL/h unless typed. `1h` is 60 minutes. Raises
    NotALadder.
    """
    pieces = [piece.strip() for piece in re.split(r"[,;]|\bthen\b", text)]
    pieces = [piece for piece in pieces if piece]
    if not pieces:
        raise NotALadder(f"Type the steps such as {EXAMPLE}.")
    unit = RATE_UNITS[0].key
    steps: list[dict[str, Any]] = []
    for number, piece in enumerate(pieces, start=1):
        found = _STEP.fullmatch(piece)
        if found is None:
            raise NotALadder(
                f"Step {number}: type a rate, then minutes or rest, such as {EXAMPLE}."
            )
        if found["unit"]:
            unit = _UNITS[found["unit"].casefold()]
        if found["rest"] and number < len(pieces):
            raise NotALadder("Only the last step runs until complete.")
        steps.append(_step(number, found, unit))
    return tuple(steps)


def _step(number: int, found: re.Match[str], unit: str) -> dict[str, Any]:
    rate = _within(number, "rate", Decimal(found["rate"]))
    if rate == 0:
        raise NotALadder(f"Step {number}: the rate must be above 0.")
    step: dict[str, Any] = {"rate": rate, "rate_unit": unit}
    if found["rest"]:
        return {**step, "until_complete": True}
    minutes = Decimal(found["time"]) * (60 if found["hours"] else 1)
    return {**step, "minutes": _within(number, "minutes", minutes)}


def _within(number: int, name: str, value: Decimal) -> Decimal:
    leaf = RATE_STEP.leaf(name)
    if not isinstance(leaf, Number):
        raise TypeError(f"{name} is no number")
    low, high = leaf.low, leaf.high
    if (low is not None and value < low) or (high is not None and value > high):
        raise NotALadder(f"Step {number}: {leaf.label.casefold()} {value:f} cannot be.")
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and -exponent > leaf.decimals:
        raise NotALadder(f"Step {number}: {value:f} has too many decimals.")
    return value
