"""Creatinine clearance by Cockcroft and Gault, with the weight it takes and the gates on it.

Source: clinical reference 8.10 (Cockcroft and Gault 1976) and 11.17, 11.18: the age is in completed
years on the day of the laboratory value, and gates compare the unrounded figure.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from infusion_visits.core.calculations.body import (
    LEAST_HEIGHT_CM,
    LEAST_YEARS,
    Sex,
    adjusted_weight,
    ideal_weight,
)
from infusion_visits.core.calculations.exact import (
    CannotBeWorkedOut,
    Figure,
    Formula,
    figure_words,
    worked,
)
from infusion_visits.core.calculations.quantities import (
    Centimetres,
    Kilograms,
    MgPerDl,
    MicromolPerLitre,
    MlPerMinute,
)

CLEARANCE = Formula("creatinine clearance (Cockcroft-Gault)", "1", "clinical reference 8.10")
MICROMOL_PER_MG_PER_DL = Fraction("88.4")
ADJUST_ABOVE = Fraction("1.2")
"""From more than this times the ideal weight on, the adjusted weight is taken."""
_FEMALE = Fraction("0.85")
_OLDEST = 140


class Basis(StrEnum):
    """The weight that a gate wants; BY_RULE chooses by the ideal weight."""

    BY_RULE = "by rule"
    ACTUAL = "actual"


@dataclass(frozen=True, slots=True)
class WeightTaken:
    """The weight of the formula, in kg unrounded, which one it is, and why where that matters."""

    value: Fraction
    which: str
    flag: str = ""

    @property
    def shown(self) -> str:
        """`66.9 kg (adjusted)`."""
        return f"{figure_words(self.value, Kilograms.unit, 1)} ({self.which})"


def weight_for_clearance(
    sex: Sex,
    age_years: int,
    actual: Kilograms,
    height: Centimetres | None,
    basis: Basis = Basis.BY_RULE,
) -> WeightTaken:
    """Actual below the ideal weight, ideal up to 1.2 times it, adjusted above (reference 8.10).

    Where the ideal weight cannot be had, the actual weight with a flag that says why.
    """
    actual.above_zero()
    if basis is Basis.ACTUAL:
        return WeightTaken(Fraction(actual), "actual")
    if height is None:
        return WeightTaken(Fraction(actual), "actual", "height not known")
    if age_years < LEAST_YEARS:
        return WeightTaken(Fraction(actual), "actual", "no ideal weight under 18 years")
    if height < LEAST_HEIGHT_CM:
        return WeightTaken(Fraction(actual), "actual", "no ideal weight under 152.4 cm")
    ideal = ideal_weight(sex, height, age_years)
    if actual < ideal.value:
        return WeightTaken(Fraction(actual), "actual")
    if actual <= ADJUST_ABOVE * ideal.value:
        return WeightTaken(ideal.value, "ideal")
    return WeightTaken(adjusted_weight(actual, ideal).value, "adjusted")


def clearance(sex: Sex, age_years: int, weight: WeightTaken, creatinine: MgPerDl) -> Figure:
    """Whole mL/min: (140 - age) x kg / (72 x creatinine), x 0.85 in women.

    `age_years` are completed years on the day of the laboratory value.
    """
    if not 0 <= age_years < _OLDEST:
        raise CannotBeWorkedOut("The age lies outside the formula.")
    value = (_OLDEST - age_years) * weight.value / (72 * creatinine.above_zero())
    working = f"(140 − {age_years}) × {weight.shown} ÷ (72 × {creatinine.said})"
    if sex is Sex.FEMALE:
        value *= _FEMALE
        working += " × 0.85"
    if weight.flag:
        working += f" [{weight.flag}]"
    return worked(working, value, MlPerMinute.unit, 0, CLEARANCE)


def creatinine_mg_per_dl(value: MicromolPerLitre) -> MgPerDl:
    """Creatinine in the unit of the formula, exact."""
    return MgPerDl(value / MICROMOL_PER_MG_PER_DL)


def reaches(worked_clearance: Figure, least: MlPerMinute) -> bool:
    """Whether a gate passes: the unrounded clearance is at or above `least`; 34.6 fails 35."""
    return worked_clearance.value >= least
