"""Conversions of measured values by the exact factors of `core.units`.

Source: clinical reference 5 and 8.11. One decimal is shown; a shown value is never converted again.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from infusion_visits.core.calculations.exact import (
    CannotBeWorkedOut,
    Figure,
    Formula,
    figure_words,
    worked,
)

if TYPE_CHECKING:
    from decimal import Decimal

    from infusion_visits.core.units import Unit

CONVERSION = Formula("conversion of units", "1", "clinical reference 8.11")


def convert(value: Decimal, given: Unit, into: Unit, decimals: int = 1) -> Figure:
    """`value` of one unit in another of the same quantity, exact; one decimal is shown."""
    if given.quantity != into.quantity:
        raise CannotBeWorkedOut(f"{given.label} cannot be turned into {into.label}.")
    canonical = (Fraction(value) - Fraction(given.shift)) * Fraction(given.times)
    canonical /= Fraction(given.over)
    exact = canonical * Fraction(into.over) / Fraction(into.times) + Fraction(into.shift)
    said = figure_words(Fraction(value), given.label, 4)
    return worked(said, exact, into.label, decimals, CONVERSION, keeps_zeros=True)
