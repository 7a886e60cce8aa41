"""What a rate in mL/h delivers in mcg/kg/min: the rate shown is not the dose ordered.

Source: clinical reference 8.4, 11.20 (milrinone 7.875 mL/h set as 7.9 delivers 0.376).
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from infusion_visits.core.calculations.exact import CannotBeWorkedOut, Figure
from infusion_visits.core.calculations.inotropes import mcg_per_kg_per_minute_at
from infusion_visits.core.calculations.quantities import Kilograms, McgPerMl, MlPerHour
from infusion_visits.sections.infusion.dose import comparable

if TYPE_CHECKING:
    from decimal import Decimal

    from infusion_visits.patients.facts import OrderFact

BY_WEIGHT_AND_TIME = ("inotrope",)
"""Groups of therapies whose dose is ordered in mcg/kg/min."""


def delivered_at(order: OrderFact | None, ml_per_hour: Decimal) -> Figure | None:
    """mcg/kg/min at this rate; None for other therapies, and without weight or concentration."""
    if order is None or order.therapy is None or ml_per_hour <= 0:
        return None
    if not order.therapy.is_any(*BY_WEIGHT_AND_TIME) or not order.dosing_weight_kg:
        return None
    mcg = comparable(Fraction(order.dose), order.dose_unit, "mcg")
    if mcg is None or not order.volume_ml:
        return None
    try:
        return mcg_per_kg_per_minute_at(
            MlPerHour(ml_per_hour),
            Kilograms(order.dosing_weight_kg),
            McgPerMl(mcg / Fraction(order.volume_ml)),
        )
    except CannotBeWorkedOut:
        return None


def delivers_words(order: OrderFact | None, ml_per_hour: Decimal) -> str:
    """`7.9 mL/h × 200 mcg/mL ÷ (70 kg × 60) = 0.376 mcg/kg/min`; "" where it says nothing."""
    figure = delivered_at(order, ml_per_hour)
    return "" if figure is None else figure.sentence
