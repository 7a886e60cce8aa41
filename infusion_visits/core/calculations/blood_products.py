"""Clotting factor units, and immune globulin moved from vein to under the skin.

Source: clinical reference 8.7. The factor constants and the conversion factor belong to the
product (0.5 or 0.6 for factor VIII, 1.0 to 1.3 for factor IX; 1.37 or 1.30 for subcutaneous immune
globulin): they are passed in and told in the sentence.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from infusion_visits.core.calculations.exact import (
    CannotBeWorkedOut,
    Figure,
    Formula,
    as_given,
    worked,
)
from infusion_visits.core.calculations.quantities import (
    Grams,
    Kilograms,
    Millilitres,
    PercentOfNormal,
    Weeks,
)

if TYPE_CHECKING:
    from decimal import Decimal

FACTOR_UNITS = Formula("clotting factor units", "1", "clinical reference 8.7")
WEEKLY_SCIG = Formula("weekly subcutaneous immune globulin", "1", "clinical reference 8.7")
ML_PER_GRAM_OF_20_PERCENT = Fraction(5)


@dataclass(frozen=True, slots=True)
class WeeklyDose:
    """The weekly dose in grams, and its volume."""

    grams: Figure
    volume: Figure

    @property
    def value(self) -> Fraction:
        """Grams a week, unrounded."""
        return self.grams.value

    @property
    def shown(self) -> str:
        """`11.99 g (59.9 mL)`."""
        return f"{self.grams.shown} ({self.volume.shown})"

    @property
    def sentence(self) -> str:
        """The working of the grams, then the volume."""
        return f"{self.grams.sentence} = {self.volume.shown}"

    @property
    def formula(self) -> Formula:
        """Which rule made it."""
        return WEEKLY_SCIG


def factor_units(
    weight: Kilograms, now: PercentOfNormal, wanted: PercentOfNormal, constant: Decimal
) -> Figure:
    """Whole units, half up: kg x rise in percent x the product's constant.

    The pharmacy dispenses the nearest set of vials.
    """
    if wanted <= now.not_negative():
        raise CannotBeWorkedOut("The level wanted must be above the level now.")
    if constant <= 0:
        raise CannotBeWorkedOut("The product's constant must be above 0.")
    value = weight.above_zero() * (wanted - now) * Fraction(constant)
    working = f"{weight.said} × ({wanted.said} − {now.said}) × {as_given(Fraction(constant))}"
    return worked(working, value, "units", 0, FACTOR_UNITS)


def weekly_scig(
    intravenous: Grams,
    every: Weeks,
    factor: Decimal,
    ml_per_gram: Fraction = ML_PER_GRAM_OF_20_PERCENT,
) -> WeeklyDose:
    """Grams a week (two decimals) and mL (one): the IV dose over its weeks times the factor."""
    if factor <= 0:
        raise CannotBeWorkedOut("The product's factor must be above 0.")
    value = intravenous.above_zero() / every.above_zero() * Fraction(factor)
    working = f"{intravenous.said} ÷ {every.said} × {as_given(Fraction(factor))}"
    grams = worked(working, value, Grams.unit, 2, WEEKLY_SCIG)
    volume = worked(
        f"{grams.shown} × {as_given(ml_per_gram, 'mL/g')}",
        value * ml_per_gram,
        Millilitres.unit,
        1,
        WEEKLY_SCIG,
    )
    return WeeklyDose(grams, volume)
