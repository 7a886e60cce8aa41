"""Rates of pumps and of gravity sets.

Source: clinical reference 8.1 (mL/h), 8.2 (drops), 8.3 (mg/kg/h and mg/kg/min), 11.19 (three units
of rates by weight that are easily taken for each other).
"""

from __future__ import annotations

from fractions import Fraction

from infusion_visits.core.calculations.exact import Figure, Formula, worked
from infusion_visits.core.calculations.quantities import (
    DropsPerMl,
    Kilograms,
    MgPerKgPerHour,
    MgPerKgPerMinute,
    MgPerMl,
    Millilitres,
    Minutes,
    MlPerHour,
    MlPerKgPerHour,
    MlPerKgPerMinute,
)

ML_PER_HOUR = Formula("mL/h", "1", "clinical reference 8.1")
DROPS_PER_MINUTE = Formula("drops per minute", "1", "clinical reference 8.2")
BY_WEIGHT = Formula("rate by weight", "1", "clinical reference 8.3")
_MINUTES_PER_HOUR = 60


def pump_rate(volume: Millilitres, over: Minutes) -> Figure:
    """mL/h, one decimal: volume x 60 / minutes; the volume is the actual one with its overfill."""
    value = volume.not_negative() * _MINUTES_PER_HOUR / over.above_zero()
    return worked(f"{volume.said} × 60 ÷ {over.said}", value, MlPerHour.unit, 1, ML_PER_HOUR)


def drops_per_minute(volume: Millilitres, over: Minutes, factor: DropsPerMl) -> Figure:
    """Whole drops per minute, half up; the factor is 10, 15 or 20 (macro) or 60 (micro)."""
    value = volume.not_negative() * factor.above_zero() / over.above_zero()
    working = f"{volume.said} × {factor.said} ÷ {over.said}"
    return worked(working, value, "gtt/min", 0, DROPS_PER_MINUTE)


def rate_from_mg_per_kg_per_hour(
    dose: MgPerKgPerHour, weight: Kilograms, concentration: MgPerMl
) -> Figure:
    """mL/h to one decimal from a dose in mg/kg/h."""
    value = dose.not_negative() * weight.above_zero() / concentration.above_zero()
    working = f"{dose.said} × {weight.said} ÷ {concentration.said}"
    return worked(working, value, MlPerHour.unit, 1, BY_WEIGHT)


def rate_from_mg_per_kg_per_minute(
    dose: MgPerKgPerMinute, weight: Kilograms, concentration: MgPerMl
) -> Figure:
    """mL/h to one decimal from a dose in mg/kg/min."""
    per_hour = dose.not_negative() * _MINUTES_PER_HOUR
    value = per_hour * weight.above_zero() / concentration.above_zero()
    working = f"{dose.said} × 60 × {weight.said} ÷ {concentration.said}"
    return worked(working, value, MlPerHour.unit, 1, BY_WEIGHT)


def mg_per_kg_per_hour_at(rate: MlPerHour, weight: Kilograms, concentration: MgPerMl) -> Figure:
    """The dose in mg/kg/h that a rate delivers, to two decimals."""
    value = rate.not_negative() * concentration.above_zero() / weight.above_zero()
    working = f"{rate.said} × {concentration.said} ÷ {weight.said}"
    return worked(working, value, MgPerKgPerHour.unit, 2, BY_WEIGHT)


def mg_per_kg_per_minute_at(rate: MlPerHour, weight: Kilograms, concentration: MgPerMl) -> Figure:
    """The dose in mg/kg/min that a rate delivers, to two decimals."""
    per_hour = rate.not_negative() * concentration.above_zero() / weight.above_zero()
    working = f"{rate.said} × {concentration.said} ÷ {weight.said} ÷ 60"
    return worked(working, per_hour / _MINUTES_PER_HOUR, MgPerKgPerMinute.unit, 2, BY_WEIGHT)


def rate_from_ml_per_kg_per_hour(rate: MlPerKgPerHour, weight: Kilograms) -> Figure:
    """mL/h to one decimal from a rate in mL/kg/h."""
    value = rate.not_negative() * weight.above_zero()
    return worked(f"{rate.said} × {weight.said}", value, MlPerHour.unit, 1, BY_WEIGHT)


def rate_from_ml_per_kg_per_minute(rate: MlPerKgPerMinute, weight: Kilograms) -> Figure:
    """mL/h to one decimal from a rate in mL/kg/min, as some IVIG tables give it."""
    value = rate.not_negative() * _MINUTES_PER_HOUR * weight.above_zero()
    return worked(f"{rate.said} × 60 × {weight.said}", value, MlPerHour.unit, 1, BY_WEIGHT)


def ml_per_kg_per_hour(rate: MlPerKgPerMinute) -> Figure:
    """The same rate by the hour: 0.01 mL/kg/min is 0.6 mL/kg/h."""
    value = rate.not_negative() * _MINUTES_PER_HOUR
    return worked(f"{rate.said} × 60", value, MlPerKgPerHour.unit, 2, BY_WEIGHT)


def mg_per_kg_per_minute(rate: MlPerKgPerHour, concentration: MgPerMl) -> Figure:
    """The dose rate of a rate by weight, to two decimals: 0.6 mL/kg/h of a 10 % product is 1."""
    value = Fraction(rate.not_negative()) * concentration.above_zero() / _MINUTES_PER_HOUR
    working = f"{rate.said} × {concentration.said} ÷ 60"
    return worked(working, value, MgPerKgPerMinute.unit, 2, BY_WEIGHT)
