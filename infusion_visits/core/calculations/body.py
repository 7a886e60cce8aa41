"""Body: ideal and adjusted weight, body mass index, body surface, mean pressure, age.

Source: clinical reference 8.8 (Devine 1974), 8.9 (Quetelet; Mosteller 1987), 8.11 (mean pressure),
11.16 and 11.17 (ages). Devine's weight is refused under 152.4 cm and under 18 years.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, localcontext
from enum import StrEnum
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
    Centimetres,
    Kilograms,
    MmHg,
    SquareMetres,
)

if TYPE_CHECKING:
    from datetime import date

IDEAL_WEIGHT = Formula("ideal body weight (Devine)", "1", "clinical reference 8.8")
ADJUSTED_WEIGHT = Formula("adjusted body weight", "1", "clinical reference 8.8")
MASS_INDEX = Formula("body mass index", "1", "clinical reference 8.9")
SURFACE = Formula("body surface (Mosteller)", "1", "clinical reference 8.9")
MEAN_PRESSURE = Formula("mean arterial pressure", "1", "clinical reference 8.11")
CM_PER_INCH = Fraction("2.54")
LEAST_HEIGHT_CM = Fraction("152.4")
LEAST_YEARS = 18
_LEAST_INCHES = 60
_PER_INCH = Fraction("2.3")
_OF_EXCESS = Fraction("0.4")
_ROOT_DIGITS = 60


class Sex(StrEnum):
    """As the formulas of weight and kidney take it."""

    FEMALE = "female"
    MALE = "male"


_BASE = {Sex.MALE: Fraction(50), Sex.FEMALE: Fraction("45.5")}


@dataclass(frozen=True, slots=True)
class Age:
    """Completed years, months of the current year, and days lived."""

    years: int
    months: int
    days: int

    @property
    def said(self) -> str:
        """Days under 28 days, months under 24 months, else years (clinical reference 11.16)."""
        months = self.years * 12 + self.months
        if self.days < 28 or months == 0:
            return as_given(Fraction(self.days), "day" if self.days == 1 else "days")
        if months < 24:
            return as_given(Fraction(months), "month" if months == 1 else "months")
        return as_given(Fraction(self.years), "years")


def age_on(birth: date, day: date) -> Age:
    """The age on `day`. Who is born on 29 February becomes older on 1 March of a common year."""
    if day < birth:
        raise CannotBeWorkedOut("The day lies before the birth date.")
    months = (day.year - birth.year) * 12 + day.month - birth.month - (day.day < birth.day)
    return Age(months // 12, months % 12, (day - birth).days)


def ideal_weight(sex: Sex, height: Centimetres, age_years: int) -> Figure:
    """Devine's weight in kg, one decimal: 50 (men) or 45.5 (women) + 2.3 for each inch over 60.

    Raises CannotBeWorkedOut under 152.4 cm or under 18 years, for which it is not valid.
    """
    if age_years < LEAST_YEARS:
        raise CannotBeWorkedOut("Ideal body weight is not valid under 18 years.")
    if height < LEAST_HEIGHT_CM:
        raise CannotBeWorkedOut("Ideal body weight is not valid under 152.4 cm (60 in).")
    value = _BASE[sex] + _PER_INCH * (height / CM_PER_INCH - _LEAST_INCHES)
    working = f"{as_given(_BASE[sex])} + 2.3 × ({height.said} ÷ 2.54 − 60)"
    return worked(working, value, Kilograms.unit, 1, IDEAL_WEIGHT, keeps_zeros=True)


def adjusted_weight(actual: Kilograms, ideal: Figure) -> Figure:
    """kg, one decimal: ideal + 0.4 x (actual - ideal)."""
    value = ideal.value + _OF_EXCESS * (actual.above_zero() - ideal.value)
    working = f"{ideal.shown} + 0.4 × ({actual.said} − {ideal.shown})"
    return worked(working, value, Kilograms.unit, 1, ADJUSTED_WEIGHT, keeps_zeros=True)


def percent_of_ideal(actual: Kilograms, ideal: Figure) -> Figure:
    """Whole percent of the ideal weight."""
    value = actual.above_zero() / ideal.value * 100
    return worked(f"{actual.said} ÷ {ideal.shown}", value, "%", 0, IDEAL_WEIGHT)


def mass_index(height: Centimetres, weight: Kilograms) -> Figure:
    """kg/m², one decimal."""
    metres = height.above_zero() / 100
    value = weight.above_zero() / (metres * metres)
    working = f"{weight.said} ÷ ({as_given(metres, 'm')})²"
    return worked(working, value, "kg/m²", 1, MASS_INDEX, keeps_zeros=True)


def surface(height: Centimetres, weight: Kilograms) -> Figure:
    """m², shown with two decimals: the root of cm x kg / 3600."""
    squared = height.above_zero() * weight.above_zero() / 3600
    working = f"√({height.said} × {weight.said} ÷ 3600)"
    return worked(working, _root(squared), SquareMetres.unit, 2, SURFACE, keeps_zeros=True)


def mean_pressure(systolic: MmHg, diastolic: MmHg) -> Figure:
    """Whole mmHg: (systolic + 2 x diastolic) / 3."""
    if diastolic >= systolic:
        raise CannotBeWorkedOut("The diastolic pressure must be below the systolic.")
    value = (systolic + 2 * diastolic.not_negative()) / 3
    working = f"({as_given(systolic)} + 2 × {as_given(diastolic)}) ÷ 3"
    return worked(working, value, MmHg.unit, 0, MEAN_PRESSURE)


def _root(value: Fraction) -> Fraction:
    # Far more digits than any figure shown: the root of a fraction is rarely a fraction.
    with localcontext() as context:
        context.prec = _ROOT_DIGITS
        return Fraction((Decimal(value.numerator) / Decimal(value.denominator)).sqrt())
