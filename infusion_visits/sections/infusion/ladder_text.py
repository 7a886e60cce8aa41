"""A ladder after a restart, typed in one line: `20 15, 40 15, 80 rest`, in mL/h and minutes.

Source: clinical reference 1.8 (a restart as ordered), 8.5.
"""

from __future__ import annotations

import re
from decimal import Decimal

from infusion_visits.patients.facts import OrderStep

EXAMPLE = "20 15, 40 15, 80 rest"
_STEP = re.compile(
    r"(?P<rate>\d+(?:\.\d+)?)\s*(?:ml/h)?\s*(?:[x×@]|for)?\s*"
    r"(?:(?P<minutes>\d+)\s*(?:m|min)?|(?P<rest>rest|until complete)?)",
    re.IGNORECASE,
)


class NotALadder(ValueError):
    """The text is no ladder; its words say what to type."""


def ladder_from_text(text: str) -> tuple[OrderStep, ...]:
    """The steps. Only the last may be without minutes. Raises NotALadder."""
    pieces = [piece.strip() for piece in re.split(r"[,;]|\bthen\b", text) if piece.strip()]
    steps: list[OrderStep] = []
    for number, piece in enumerate(pieces, start=1):
        found = _STEP.fullmatch(piece)
        if found is None or Decimal(found["rate"]) <= 0 or found["minutes"] == "0":
            raise NotALadder(f"Step {number}: type a rate, then minutes, such as {EXAMPLE}.")
        minutes = int(found["minutes"]) if found["minutes"] else None
        if minutes is None and number < len(pieces):
            raise NotALadder(f"Step {number}: only the last step runs until complete.")
        steps.append(OrderStep(Decimal(found["rate"]), minutes))
    if not steps:
        raise NotALadder(f"Type the steps such as {EXAMPLE}.")
    return tuple(steps)


def ladder_or_none(text: str | None) -> tuple[OrderStep, ...] | None:
    """The steps; None for no text, and for a text that is no ladder (a finding says so)."""
    if not text:
        return None
    try:
        return ladder_from_text(text)
    except NotALadder:
        return None
