"""What a pump delivered by its residual, beside what its rate should have delivered.

Source: clinical reference 8.13. Tolerances are practice: 5 %, elastomeric devices 15 %.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from infusion_visits.core.calculations.exact import (
    CannotBeWorkedOut,
    Figure,
    Formula,
    figure_words,
    signed,
    worked,
)
from infusion_visits.core.calculations.quantities import Hours, Millilitres, MlPerHour

RESIDUAL = Formula("pump residual", "1", "clinical reference 8.13")
PUMP_TOLERANCE_PERCENT = Decimal(5)
ELASTOMERIC_TOLERANCE_PERCENT = Decimal(15)


@dataclass(frozen=True, slots=True)
class Residual:
    """Delivered and expected mL. `value` is the variance in percent, unrounded.

    `within` is whether its size is at most the tolerance, compared unrounded.
    """

    delivered: Figure
    expected: Figure
    value: Fraction
    within: bool
    formula: Formula = RESIDUAL

    @property
    def shown(self) -> str:
        """`−4.8 %`."""
        return signed(self.value, "%", 1)

    @property
    def sentence(self) -> str:
        """What was delivered, what the rate expected, and the difference."""
        return (
            f"delivered {self.delivered.sentence}; expected {self.expected.sentence}; {self.shown}"
        )


def residual(
    start: Millilitres,
    left: Millilitres,
    rate: MlPerHour,
    elapsed: Hours,
    *,
    priming: Millilitres = Millilitres(0),  # noqa: B008 - a number, it cannot be changed
    tolerance_percent: Decimal = PUMP_TOLERANCE_PERCENT,
) -> Residual:
    """Delivered = start - left + the priming correction, beside rate x hours."""
    if left.not_negative() > start.not_negative():
        raise CannotBeWorkedOut("More is left than was there at the start.")
    expected = rate.above_zero() * elapsed.above_zero()
    delivered = start - left + priming
    said = f"{start.said} − {left.said}"
    if priming:
        said += f" + {priming.said} for priming"
    variance = (delivered - expected) / expected * 100
    return Residual(
        delivered=worked(said, delivered, Millilitres.unit, 1, RESIDUAL),
        expected=worked(f"{rate.said} × {elapsed.said}", expected, Millilitres.unit, 1, RESIDUAL),
        value=variance,
        within=abs(variance) <= Fraction(tolerance_percent),
    )


def variance_percent(actual: Millilitres, calculated: Millilitres) -> Figure:
    """How far the volume read is from the volume worked out, in percent (reference 8.6)."""
    value = (actual - calculated) / calculated.above_zero() * 100
    working = f"({actual.said} − {calculated.said}) ÷ {calculated.said}"
    return Figure(value, "%", 1, f"{working} = {signed(value, '%', 1)}", RESIDUAL)


def reading_words(value: Fraction) -> str:
    """A volume read or worked out, to the tenth: `239 mL`."""
    return figure_words(value, Millilitres.unit, 1)
