"""A cycle of parenteral nutrition that ramps up and tapers down at half the plateau.

Source: clinical reference 8.7: with one hour at half rate on each side, plateau = volume /
(hours - 1). The shape of the ramp is a field of the order; other shapes are passed in.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from infusion_visits.core.calculations.exact import CannotBeWorkedOut, Figure, Formula, worked
from infusion_visits.core.calculations.quantities import Hours, Millilitres, MlPerHour

CYCLE = Formula("parenteral nutrition cycle", "1", "clinical reference 8.7")


@dataclass(frozen=True, slots=True)
class Cycle:
    """The plateau and the half rate of its ramps, with the hours of each."""

    plateau: Figure
    ramp: Figure
    up_hours: Fraction
    plateau_hours: Fraction
    down_hours: Fraction

    @property
    def value(self) -> Fraction:
        """The plateau in mL/h, unrounded."""
        return self.plateau.value

    @property
    def shown(self) -> str:
        """`181.8 mL/h, first and last at 90.9 mL/h`."""
        return f"{self.plateau.shown}, ramps at {self.ramp.shown}"

    @property
    def sentence(self) -> str:
        """The working of the plateau and the rate of the ramps."""
        return f"{self.plateau.sentence}, ramps at half of it: {self.ramp.shown}"

    @property
    def formula(self) -> Formula:
        """Which rule made it."""
        return CYCLE

    @property
    def volume_ml(self) -> Fraction:
        """What the whole cycle delivers; the volume it was made from."""
        ramps = self.ramp.value * (self.up_hours + self.down_hours)
        return self.plateau.value * self.plateau_hours + ramps


def cycle(
    volume: Millilitres,
    hours: Hours,
    up: Hours = Hours(1),  # noqa: B008 - a number, it cannot be changed
    down: Hours = Hours(1),  # noqa: B008 - as above
) -> Cycle:
    """The cycle over `hours` with ramps of `up` and `down` hours at half the plateau (0: none)."""
    ramps = up.not_negative() + down.not_negative()
    if hours.above_zero() <= ramps:
        raise CannotBeWorkedOut("The cycle must be longer than its ramps.")
    plateau = volume.above_zero() / (hours - ramps / 2)
    half = Hours(ramps / 2)
    working = f"{volume.said} ÷ ({hours.said} − {half.said})"
    return Cycle(
        plateau=worked(working, plateau, MlPerHour.unit, 1, CYCLE),
        ramp=worked("half the plateau", plateau / 2, MlPerHour.unit, 1, CYCLE),
        up_hours=Fraction(up),
        plateau_hours=hours - ramps,
        down_hours=Fraction(down),
    )
