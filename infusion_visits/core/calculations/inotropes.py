"""Continuous infusions in mcg/kg/min: the pump's rate, what the rounded rate delivers, and the
reduced rates for poor kidneys.

Source: clinical reference 8.4 and 11.20 (the rate shown is not the rate ordered: keep both); the
milrinone label's table for creatinine clearance, kept as data.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from infusion_visits.core.calculations.exact import (
    CannotBeWorkedOut,
    Figure,
    Formula,
    figure_words,
    worked,
)
from infusion_visits.core.calculations.quantities import (
    Kilograms,
    McgPerKgPerMinute,
    McgPerMl,
    MlPerHour,
    MlPerMinute,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

PUMP_RATE = Formula("mcg/kg/min to mL/h", "1", "clinical reference 8.4")
DELIVERED = Formula("mL/h to mcg/kg/min", "1", "clinical reference 8.4")
RENAL = Formula("reduced rate by creatinine clearance", "1", "clinical reference 8.4")
_PER_HOUR = 60


@dataclass(frozen=True, slots=True)
class PumpRate:
    """The rate that a dose asks for, and the dose that the rate as set on the pump delivers."""

    rate: Figure
    delivers: Figure

    @property
    def value(self) -> Fraction:
        """mL/h, unrounded."""
        return self.rate.value

    @property
    def shown(self) -> str:
        """The rate to set: `7.9 mL/h`."""
        return self.rate.shown

    @property
    def formula(self) -> Formula:
        """Which rule made it."""
        return self.rate.formula

    @property
    def sentence(self) -> str:
        """The working, the exact rate where it is rounded, and what the set rate delivers."""
        working = self.rate.sentence.rpartition(" = ")[0]
        if self.rate.value == Fraction(self.rate.rounded):
            return self.rate.sentence
        exact = figure_words(self.rate.value, MlPerHour.unit, 4)
        return f"{working} = {exact}; set to {self.shown} it delivers {self.delivers.shown}"


@dataclass(frozen=True, slots=True)
class RenalStep:
    """One line of a label's table: from `clearance` mL/min on, `rate` mcg/kg/min."""

    clearance: MlPerMinute
    rate: McgPerKgPerMinute


def rate_from_mcg_per_kg_per_minute(
    dose: McgPerKgPerMinute,
    weight: Kilograms,
    concentration: McgPerMl,
    pump_decimals: int = 1,
) -> PumpRate:
    """mL/h to the pump's resolution (one decimal unless said), and what that delivers."""
    value = dose.not_negative() * weight.above_zero() * _PER_HOUR / concentration.above_zero()
    working = f"{dose.said} × {weight.said} × 60 ÷ {concentration.said}"
    rate = worked(working, value, MlPerHour.unit, pump_decimals, PUMP_RATE)
    return PumpRate(rate, mcg_per_kg_per_minute_at(MlPerHour(rate.rounded), weight, concentration))


def mcg_per_kg_per_minute_at(rate: MlPerHour, weight: Kilograms, concentration: McgPerMl) -> Figure:
    """The dose that a rate delivers, to three decimals."""
    value = rate.not_negative() * concentration.above_zero() / (weight.above_zero() * _PER_HOUR)
    working = f"{rate.said} × {concentration.said} ÷ ({weight.said} × 60)"
    return worked(working, value, McgPerKgPerMinute.unit, 3, DELIVERED)


def renal_rate(clearance: MlPerMinute, table: Sequence[RenalStep]) -> Figure | None:
    """The label's rate: that of the nearest lower clearance in the table, never in between.

    None above the table's highest clearance (no reduction). Raises CannotBeWorkedOut below its
    lowest, for which the label gives no figure.
    """
    steps = sorted(table, key=lambda step: step.clearance)
    if not steps:
        raise CannotBeWorkedOut("No table of reduced rates is known.")
    if clearance > steps[-1].clearance:
        return None
    fitting = [step for step in steps if step.clearance <= clearance]
    if not fitting:
        raise CannotBeWorkedOut("The label gives no rate for so low a clearance.")
    step = fitting[-1]
    working = f"creatinine clearance {clearance.said}, label rate from {step.clearance.said}"
    return worked(working, Fraction(step.rate), McgPerKgPerMinute.unit, 3, RENAL)


def step_of(clearance: Decimal, rate: Decimal) -> RenalStep:
    """A line of the table from its two figures."""
    return RenalStep(MlPerMinute(clearance), McgPerKgPerMinute(rate))
