"""The dose that an order's own basis gives, by weight or by body surface, beside the dose ordered.

Sources: clinical reference 8.7 (dose by weight; ten percent), 8.9 (body surface, Mosteller).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from infusion_visits.core.calculations.body import surface
from infusion_visits.core.calculations.doses import dose_by_surface
from infusion_visits.core.calculations.quantities import Centimetres, Kilograms, MgPerM2
from infusion_visits.core.moments import show_day
from infusion_visits.core.units import CENTIMETRE, KILOGRAM, half_up, with_unit
from infusion_visits.patients.order_options import PER_M2

if TYPE_CHECKING:
    from infusion_visits.patients.values import TherapyOrder

TOLERANCE_PERCENT = Decimal(10)
_MASS = {"mcg": Decimal("0.001"), "mg": Decimal(1), "g": Decimal(1000)}
_COUNT = {"units": Decimal(1), "million units": Decimal(1_000_000)}


@dataclass(frozen=True, slots=True)
class DoseCheck:
    """The dose that the order's own dose per kg gives, beside the dose ordered.

    `computed` is in the unit of the dose, unrounded; `percent` is by how much the ordered dose
    differs from it (positive: more is ordered), unrounded.
    """

    computed: Decimal
    percent: Decimal
    sentence: str

    @property
    def fits(self) -> bool:
        """Within ten percent (clinical reference 8.7)."""
        return abs(self.percent) <= TOLERANCE_PERCENT


def dose_check(order: TherapyOrder) -> DoseCheck | None:
    """Dose per kg times weight, or per m² times surface, beside the dose; None without a basis."""
    if order.dosing_basis == PER_M2:
        return _by_surface(order)
    per_kg, weight, dose = order.dose_per_kg, order.dosing_weight_kg, order.dose
    if not per_kg or not weight or dose is None or order.dose_unit is None:
        return None
    unit = order.dose_per_kg_unit or order.dose_unit
    factor = unit_factor(unit, order.dose_unit)
    if factor is None:
        return None
    weighed = f" (weighed {show_day(order.dosing_weight_day)})" if order.dosing_weight_day else ""
    working = f"{with_unit(per_kg, unit)}/kg × {with_unit(weight, KILOGRAM, 2)}{weighed}"
    return _beside(working, per_kg * weight * factor, dose, order.dose_unit)


def _by_surface(order: TherapyOrder) -> DoseCheck | None:
    """Body surface after Mosteller from height and dosing weight, unrounded unless ordered so."""
    per_m2, weight, height = order.dose_per_m2, order.dosing_weight_kg, order.dosing_height_cm
    if not per_m2 or not weight or not height or order.dose is None or order.dose_unit is None:
        return None
    in_mg = unit_factor(order.dose_unit, "mg")
    if in_mg is None:
        return None
    worked = dose_by_surface(
        MgPerM2(per_m2 * in_mg),
        surface(Centimetres(height), Kilograms(weight)),
        rounded_surface=bool(order.surface_rounded),
    )
    computed = Decimal(worked.value.numerator) / Decimal(worked.value.denominator) / in_mg
    weighed = f" (weighed {show_day(order.dosing_weight_day)})" if order.dosing_weight_day else ""
    working = worked.sentence.rpartition(" = ")[0]
    body = f"{with_unit(height, CENTIMETRE)}, {with_unit(weight, KILOGRAM, 2)}{weighed}"
    return _beside(f"{body}: {working}", computed, order.dose, order.dose_unit, shown=0)


def _beside(working: str, computed: Decimal, dose: Decimal, unit: str, shown: int = 2) -> DoseCheck:
    percent = (dose - computed) / computed * 100
    decimals = shown if unit in {"mg", "mcg", "units"} else 2
    sentence = f"{working} = {with_unit(computed, unit, decimals)}; ordered {with_unit(dose, unit)}"
    rounded = half_up(abs(percent), 1)
    if rounded:
        sentence += f", {with_unit(rounded, '%', 1)} {'more' if percent > 0 else 'less'}"
    return DoseCheck(computed, percent, f"{sentence}.")


def unit_factor(unit: str, into: str) -> Decimal | None:
    """By what a figure in `unit` is multiplied to be one in `into`; None where they differ."""
    if unit == into:
        return Decimal(1)
    for family in (_MASS, _COUNT):
        if unit in family and into in family:
            return family[unit] / family[into]
    return None
