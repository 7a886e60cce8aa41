"""Doses by weight and by body surface.

Source: clinical reference 8.7 (no rounding on the way) and 8.9 (the unrounded surface is the
default; the rounded one only where the order says so, and which was used is told).
"""

from __future__ import annotations

from fractions import Fraction

from infusion_visits.core.calculations.exact import Figure, Formula, worked
from infusion_visits.core.calculations.quantities import (
    Kilograms,
    MgPerKg,
    MgPerM2,
    MgPerMl,
    Milligrams,
    Millilitres,
)

BY_WEIGHT = Formula("dose by weight", "1", "clinical reference 8.7")
BY_SURFACE = Formula("dose by body surface", "1", "clinical reference 8.9")
GIVEN = Formula("dose in a volume", "1", "clinical reference 11.14")


def dose_by_weight(dose: MgPerKg, weight: Kilograms) -> Figure:
    """mg, one decimal shown."""
    value = dose.not_negative() * weight.above_zero()
    return worked(f"{dose.said} × {weight.said}", value, Milligrams.unit, 1, BY_WEIGHT)


def dose_by_surface(dose: MgPerM2, body: Figure, *, rounded_surface: bool = False) -> Figure:
    """Whole mg from a body surface; the sentence says whether the surface was rounded before."""
    taken = Fraction(body.rounded) if rounded_surface else body.value
    how = "rounded" if rounded_surface else "unrounded"
    working = f"{dose.said} × {body.shown} ({how})"
    return worked(working, dose.not_negative() * taken, Milligrams.unit, 0, BY_SURFACE)


def dose_in_volume(volume: Millilitres, concentration: MgPerMl) -> Figure:
    """mg that went in with a volume: what a partial dose comes to; one decimal shown."""
    value = volume.not_negative() * concentration.above_zero()
    return worked(f"{volume.said} × {concentration.said}", value, Milligrams.unit, 1, GIVEN)
