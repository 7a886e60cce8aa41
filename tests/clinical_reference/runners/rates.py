"""Rates, doses by weight and what a rounded rate delivers (sections 8.1 to 8.4)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from infusion_visits.core.calculations.constants import CATALOGUE, read_constants
from infusion_visits.core.calculations.exact import half_up
from infusion_visits.core.calculations.inotropes import (
    mcg_per_kg_per_minute_at,
    rate_from_mcg_per_kg_per_minute,
    renal_rate,
)
from infusion_visits.core.calculations.quantities import (
    DropsPerMl,
    Kilograms,
    McgPerKgPerMinute,
    McgPerMl,
    MgPerKgPerHour,
    MgPerKgPerMinute,
    MgPerMl,
    Millilitres,
    Minutes,
    MlPerHour,
    MlPerKgPerHour,
    MlPerKgPerMinute,
    MlPerMinute,
)
from infusion_visits.core.calculations.rates import (
    drops_per_minute,
    mg_per_kg_per_hour_at,
    mg_per_kg_per_minute,
    mg_per_kg_per_minute_at,
    ml_per_kg_per_hour,
    pump_rate,
    rate_from_mg_per_kg_per_hour,
    rate_from_mg_per_kg_per_minute,
    rate_from_ml_per_kg_per_hour,
)
from infusion_visits.core.resources import load_catalogue
from tests.clinical_reference.runners.given import Given, kind

if TYPE_CHECKING:
    from infusion_visits.core.calculations.exact import Figure


def told(figure: Figure) -> dict[str, object]:
    """What every figure can be asked for."""
    return {
        "shown": figure.shown,
        "rounded": figure.rounded,
        "exact": figure.value,
        "sentence": figure.sentence,
    }


@kind("pump rate")
def rate(given: Given) -> dict[str, object]:
    return told(pump_rate(Millilitres(given.figure("volume_ml")), Minutes(given.figure("minutes"))))


@kind("drops per minute")
def drops(given: Given) -> dict[str, object]:
    return told(
        drops_per_minute(
            Millilitres(given.figure("volume_ml")),
            Minutes(given.figure("minutes")),
            DropsPerMl(given.figure("factor")),
        )
    )


@kind("rate from mg per kg")
def from_mg(given: Given) -> dict[str, object]:
    weight, strength = Kilograms(given.figure("kg")), MgPerMl(given.figure("mg_per_ml"))
    if given.has("mg_kg_min"):
        dose = MgPerKgPerMinute(given.figure("mg_kg_min"))
        return told(rate_from_mg_per_kg_per_minute(dose, weight, strength))
    hourly = MgPerKgPerHour(given.figure("mg_kg_h"))
    return told(rate_from_mg_per_kg_per_hour(hourly, weight, strength))


@kind("mg per kg at a rate")
def mg_at(given: Given) -> dict[str, object]:
    weight, strength = Kilograms(given.figure("kg")), MgPerMl(given.figure("mg_per_ml"))
    set_to = MlPerHour(given.figure("ml_h"))
    return {
        "mg_kg_h": mg_per_kg_per_hour_at(set_to, weight, strength).rounded,
        "mg_kg_min": mg_per_kg_per_minute_at(set_to, weight, strength).rounded,
    }


@kind("rate from mcg per kg per minute")
def from_mcg(given: Given) -> dict[str, object]:
    made = rate_from_mcg_per_kg_per_minute(
        McgPerKgPerMinute(given.figure("dose")),
        Kilograms(given.figure("kg")),
        McgPerMl(given.figure("mcg_per_ml")),
    )
    return told(made.rate) | {
        "delivers": made.delivers.rounded,
        "delivers_shown": made.delivers.shown,
        "sentence": made.sentence,
    }


@kind("mcg per kg per minute at a rate")
def mcg_at(given: Given) -> dict[str, object]:
    return told(
        mcg_per_kg_per_minute_at(
            MlPerHour(given.figure("ml_h")),
            Kilograms(given.figure("kg")),
            McgPerMl(given.figure("mcg_per_ml")),
        )
    )


@kind("milrinone by clearance")
def milrinone(given: Given) -> dict[str, object]:
    table = read_constants(load_catalogue(CATALOGUE)).renal["milrinone"]
    rates = []
    for clearance in given.any("clearances"):
        step = renal_rate(MlPerMinute(clearance), table)
        rates.append(None if step is None else step.rounded)
    return {"rates": rates}


@kind("three units of one rate")
def three_units(given: Given) -> dict[str, object]:
    by_minute = MlPerKgPerMinute(given.figure("ml_kg_min"))
    hourly = ml_per_kg_per_hour(by_minute)
    strength = MgPerMl(given.figure("mg_per_ml"))
    return {
        "ml_kg_h": hourly.rounded,
        "mg_kg_min": mg_per_kg_per_minute(MlPerKgPerHour(hourly.value), strength).rounded,
    }


@kind("rate from mL per kg per hour")
def by_weight(given: Given) -> dict[str, object]:
    rate_by_weight = MlPerKgPerHour(given.figure("ml_kg_h"))
    made = rate_from_ml_per_kg_per_hour(rate_by_weight, Kilograms(given.figure("kg")))
    strength = MgPerMl(given.figure("mg_per_ml"))
    return told(made) | {"mg_kg_min": mg_per_kg_per_minute(rate_by_weight, strength).rounded}


@kind("rounding")
def rounding(given: Given) -> dict[str, object]:
    places = given.whole("decimals")
    return {"shown": [half_up(Fraction(Decimal(one)), places) for one in given.any("values")]}
