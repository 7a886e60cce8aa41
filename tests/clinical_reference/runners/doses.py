"""Doses, vials, factor units, immune globulin, nutrition cycles (section 8.7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infusion_visits.core.calculations.blood_products import factor_units, weekly_scig
from infusion_visits.core.calculations.constants import CATALOGUE, read_constants
from infusion_visits.core.calculations.doses import dose_by_weight, dose_in_volume
from infusion_visits.core.calculations.exact import half_up
from infusion_visits.core.calculations.nutrition_cycle import cycle
from infusion_visits.core.calculations.quantities import (
    Grams,
    Hours,
    Kilograms,
    MgPerKg,
    MgPerMl,
    Millilitres,
    PercentOfNormal,
    Weeks,
)
from infusion_visits.core.calculations.vials import vials
from infusion_visits.core.resources import load_catalogue
from tests.clinical_reference.runners.given import Given, kind
from tests.clinical_reference.runners.rates import told

if TYPE_CHECKING:
    from decimal import Decimal


@kind("dose and vials")
def dose_and_vials(given: Given) -> dict[str, object]:
    dose = dose_by_weight(MgPerKg(given.figure("mg_per_kg")), Kilograms(given.figure("kg")))
    within = read_constants(load_catalogue(CATALOGUE)).tolerances["nearest_vial"]
    made = vials(dose.value, given.figure("vial_mg"), "mg", within)
    return told(dose) | {
        "mg": dose.rounded,
        "vials": made.value,
        "waste": made.waste,
        "nearest": made.nearest_dose,
        "percent": half_up(made.nearest_percent, 1),
        "may_round": made.may_round,
        "vial_sentence": made.sentence,
    }


@kind("factor units")
def factor(given: Given) -> dict[str, object]:
    constants = read_constants(load_catalogue(CATALOGUE)).factor
    made = factor_units(
        Kilograms(given.figure("kg")),
        PercentOfNormal(given.figure("now")),
        PercentOfNormal(given.figure("wanted")),
        constants[given.text("product")],
    )
    return told(made)


@kind("weekly immune globulin")
def scig(given: Given) -> dict[str, object]:
    constants = read_constants(load_catalogue(CATALOGUE)).scig
    made = weekly_scig(
        Grams(given.figure("grams")),
        Weeks(given.figure("weeks")),
        constants[given.text("product")],
    )
    return {"grams": made.grams.rounded, "ml": made.volume.rounded, "shown": made.shown}


@kind("nutrition cycle")
def nutrition(given: Given) -> dict[str, object]:
    made = cycle(Millilitres(given.figure("volume_ml")), Hours(given.figure("hours")))
    return {"plateau": made.plateau.rounded, "ramp": made.ramp.rounded, "shown": made.shown}


@kind("dose in a volume")
def in_volume(given: Given) -> dict[str, object]:
    strength = MgPerMl(given.figure("mg_per_ml"))
    return told(dose_in_volume(Millilitres(given.figure("ml")), strength))


@kind("constant of a product")
def constant(given: Given) -> dict[str, object]:
    constants = read_constants(load_catalogue(CATALOGUE))
    group: dict[str, Decimal] = dict(getattr(constants, given.text("group")))
    return {"value": group[given.text("key")]}
