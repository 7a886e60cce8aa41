"""The outer length of a line against its baseline.

Source: clinical reference 8.14, 2.6, 11.22: outward is positive, both directions alarm, and an
unknown baseline is never taken for 0. The outward threshold is practice (2 cm; 1 to 3 in use).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from infusion_visits.core.calculations.exact import (
    CannotBeWorkedOut,
    Figure,
    Formula,
    as_given,
    signed,
    worked,
)
from infusion_visits.core.calculations.quantities import Centimetres

LENGTH = Formula("outer length against baseline", "1", "clinical reference 8.14")
OUTWARD_ALERT_CM = Decimal(2)
STEP_CM = Fraction("0.5")


class Movement(StrEnum):
    """What a change of outer length means."""

    NONE = "none"
    RECORD = "outward, below the threshold"
    OUTWARD = "outward, at or over the threshold"
    INWARD = "inward"
    UNKNOWN = "cannot compute"

    @property
    def alerts(self) -> bool:
        """Whether it is told at once."""
        return self in {Movement.OUTWARD, Movement.INWARD}


@dataclass(frozen=True, slots=True)
class Change:
    """The change in cm, positive outward; None where no baseline is known."""

    value: Fraction | None
    movement: Movement
    sentence: str
    formula: Formula = LENGTH

    @property
    def shown(self) -> str:
        """`+2 cm`, `−1.5 cm`, `0 cm`, or `cannot compute`."""
        return self.movement.value if self.value is None else signed(self.value, "cm", 1)


def change(
    baseline: Centimetres | None,
    current: Centimetres,
    outward_alert_cm: Decimal = OUTWARD_ALERT_CM,
) -> Change:
    """Current minus baseline. An inward movement alerts whatever its size."""
    current.not_negative()
    if baseline is None:
        return Change(None, Movement.UNKNOWN, "No outer length at insertion is known.")
    value = current - baseline.not_negative()
    if value < 0:
        movement = Movement.INWARD
    elif value >= Fraction(outward_alert_cm):
        movement = Movement.OUTWARD
    else:
        movement = Movement.RECORD if value else Movement.NONE
    sentence = f"{current.said} − {baseline.said} = {signed(value, 'cm', 1)}"
    return Change(value, movement, sentence)


def inner_length(trimmed: Centimetres, outer: Centimetres) -> Figure:
    """The estimated length inside: the trimmed length minus what is outside."""
    if outer.not_negative() > trimmed.above_zero():
        raise CannotBeWorkedOut("More is outside than the whole length.")
    working = f"{trimmed.said} − {as_given(outer, Centimetres.unit)}"
    return worked(working, trimmed - outer, Centimetres.unit, 1, LENGTH)
