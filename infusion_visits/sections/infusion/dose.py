"""The dose: the check in a sentence, and what a given volume carries.

Source: clinical reference 8.7 (no intermediate rounding; the program shows, never changes) and
11.14 (given = mL given x concentration).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from infusion_visits.core.units import NBSP, plain_number
from infusion_visits.sections.infusion.ladder import as_decimal

if TYPE_CHECKING:
    from decimal import Decimal

    from infusion_visits.patients.facts import OrderFact

NEAR = Fraction(1, 10)
"""Nearest-vial rounding is usual up to 10 % (agency practice), with the pharmacist's word."""
_MASSES = {"g": Fraction(1000), "mg": Fraction(1), "mcg": Fraction(1, 1000)}
_COUNTS = {"units": Fraction(1), "million units": Fraction(1_000_000)}


@dataclass(frozen=True, slots=True)
class DoseCheck:
    """The sentence, and how far the ordered dose is from dose per kg x weight (None: no weight)."""

    words: str
    calculated: Fraction | None
    off: Fraction | None

    @property
    def agrees(self) -> bool:
        """Whether the ordered dose is what the weight says, as far as it is shown."""
        return self.off is None or abs(self.off) < Fraction(1, 200)


def dose_check(order: OrderFact) -> DoseCheck:
    """`0.5 g/kg × 70 kg = 35 g = 350 mL`; without a dose per kg only the dose and its volume."""
    volume = f" = {amount(order.volume_ml, 'mL')}" if order.volume_ml is not None else ""
    ordered = amount(order.dose, order.dose_unit)
    if not order.dose_per_kg or not order.dosing_weight_kg:
        return DoseCheck(f"{ordered}{volume}", None, None)
    unit = order.dose_per_kg_unit or order.dose_unit
    sum_of = f"{amount(order.dose_per_kg, f'{unit}/kg')} × {amount(order.dosing_weight_kg, 'kg')}"
    made = Fraction(order.dose_per_kg) * Fraction(order.dosing_weight_kg)
    compared = comparable(made, unit, order.dose_unit)
    if compared is None:
        return DoseCheck(f"{ordered}{volume}", None, None)
    made = compared
    off = Fraction(order.dose) / made - 1
    if abs(off) < Fraction(1, 200):
        return DoseCheck(f"{sum_of} = {ordered}{volume}", made, off)
    calculated = amount(as_decimal(made, _decimals(made)), order.dose_unit)
    sign = "more" if off > 0 else "less"
    percent = plain_number(as_decimal(abs(off) * 100))
    return DoseCheck(
        f"{sum_of} = {calculated}; ordered {ordered}{volume}, {percent}{NBSP}% {sign}",
        made,
        off,
    )


def dose_in(volume_ml: Fraction, basis_ml: Fraction | Decimal, order: OrderFact) -> Decimal:
    """The dose in `volume_ml` of a bag of `basis_ml` with the ordered dose, rounded to be shown."""
    if volume_ml == Fraction(basis_ml):
        return order.dose
    exact = Fraction(order.dose) * volume_ml / Fraction(basis_ml)
    return as_decimal(exact, _decimals(exact))


def amount(value: Decimal, unit: str) -> str:
    """`35 g`, `1,000 mL`: no trailing zeros, a no-break space."""
    return f"{plain_number(value)}{NBSP}{unit}".strip()


def comparable(value: Fraction, unit: str, to: str) -> Fraction | None:
    """`value` of one unit of dose in another; None where they cannot be compared (mg and units)."""
    if unit == to:
        return value
    for family in (_MASSES, _COUNTS):
        if unit in family and to in family:
            return value * family[unit] / family[to]
    return None


def _decimals(value: Fraction) -> int:
    if value >= 10:
        return 1
    return 2 if value >= 1 else 3
