"""Weights, surface, kidney, conversions, mean pressure (sections 8.8 to 8.11, 11.16 to 11.18)."""

from __future__ import annotations

from infusion_visits.core.calculations.body import (
    Sex,
    adjusted_weight,
    age_on,
    ideal_weight,
    mass_index,
    mean_pressure,
    percent_of_ideal,
    surface,
)
from infusion_visits.core.calculations.conversions import convert
from infusion_visits.core.calculations.doses import dose_by_surface
from infusion_visits.core.calculations.exact import CannotBeWorkedOut, half_up
from infusion_visits.core.calculations.kidney import (
    Basis,
    clearance,
    creatinine_mg_per_dl,
    reaches,
    weight_for_clearance,
)
from infusion_visits.core.calculations.quantities import (
    Centimetres,
    Kilograms,
    MgPerDl,
    MgPerM2,
    MicromolPerLitre,
    MlPerMinute,
    MmHg,
)
from infusion_visits.core.units import ALL_UNITS, Unit
from tests.clinical_reference.runners.given import Given, kind
from tests.clinical_reference.runners.rates import told

_ADULT = 40
_SEXES = {"F": Sex.FEMALE, "M": Sex.MALE}


@kind("ideal weight")
def ideal(given: Given) -> dict[str, object]:
    actual = Kilograms(given.figure("kg"))
    sex, height = _SEXES[given.text("sex")], Centimetres(given.figure("cm"))
    age = int(given.any("years", _ADULT))
    try:
        made = ideal_weight(sex, height, age)
    except CannotBeWorkedOut as refused:
        return {"ideal": None, "refused": refused.words}
    taken = weight_for_clearance(sex, age, actual, height)
    return {
        "ideal": made.rounded,
        "ideal_shown": made.shown,
        "percent": percent_of_ideal(actual, made).rounded,
        "adjusted": adjusted_weight(actual, made).rounded,
        "taken": taken.which,
    }


@kind("mass index and surface")
def index_and_surface(given: Given) -> dict[str, object]:
    height, weight = Centimetres(given.figure("cm")), Kilograms(given.figure("kg"))
    index, body = mass_index(height, weight), surface(height, weight)
    return {
        "bmi": index.shown.partition("\u00a0")[0],
        "bsa": body.shown.partition("\u00a0")[0],
    }


@kind("dose by surface")
def by_surface(given: Given) -> dict[str, object]:
    body = surface(Centimetres(given.figure("cm")), Kilograms(given.figure("kg")))
    rounded = given.yes("rounded")
    made = dose_by_surface(MgPerM2(given.figure("mg_per_m2")), body, rounded_surface=rounded)
    says = "(rounded)" if rounded else "(unrounded)"
    return told(made) | {"recorded_which": says in made.sentence}


@kind("creatinine clearance")
def kidney(given: Given) -> dict[str, object]:
    sex, years = _SEXES[given.text("sex")], given.whole("years")
    height = given.maybe("cm")
    # Without a height there is nothing to choose by: the example names the weight to take.
    basis = Basis(given.text("basis", "by rule" if height is not None else "actual"))
    weight = weight_for_clearance(
        sex,
        years,
        Kilograms(given.figure("kg")),
        None if height is None else Centimetres(height),
        basis,
    )
    if given.has("umol_per_l"):
        creatinine = creatinine_mg_per_dl(MicromolPerLitre(given.figure("umol_per_l")))
    else:
        creatinine = MgPerDl(given.figure("mg_per_dl"))
    made = clearance(sex, years, weight, creatinine)
    return told(made) | {
        "weight": half_up(weight.value, 1),
        "which": weight.which,
        "flagged": bool(weight.flag),
        "passes": reaches(made, MlPerMinute(given.maybe("least") or 0)),
    }


@kind("gate of a clearance")
def gate(given: Given) -> dict[str, object]:
    # A weight that makes the formula give exactly the clearance asked about.
    wanted = given.figure("clearance")
    weight = weight_for_clearance(Sex.MALE, 68, Kilograms(wanted), None, Basis.ACTUAL)
    made = clearance(Sex.MALE, 68, weight, MgPerDl(1))
    return {
        "clearance": made.value,
        "shown": made.rounded,
        "passes": reaches(made, MlPerMinute(given.figure("least"))),
    }


@kind("age")
def age(given: Given) -> dict[str, object]:
    made = age_on(given.day("born"), given.day("on"))
    return {"years": made.years, "said": made.said}


@kind("conversion")
def conversion(given: Given) -> dict[str, object]:
    made = convert(given.figure("value"), _unit(given.text("unit")), _unit(given.text("into")))
    return told(made) | {"figure": made.shown.partition("\u00a0")[0]}


def _unit(label: str) -> Unit:
    return next(unit for unit in ALL_UNITS if unit.label == label)


@kind("mean pressure")
def pressure(given: Given) -> dict[str, object]:
    return told(mean_pressure(MmHg(given.figure("systolic")), MmHg(given.figure("diastolic"))))
