"""How many vials a dose takes, what is wasted, and what the nearest whole vials would mean.

Source: clinical reference 8.7. Rounding to whole vials is allowed only within ten percent (or the
agency's percent) and with the word of pharmacist or prescriber. The program shows; it never
changes a dose.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from infusion_visits.core.calculations.exact import (
    CannotBeWorkedOut,
    Formula,
    figure_words,
    half_up,
    signed,
)

VIALS = Formula("vials", "1", "clinical reference 8.7")
NEAREST_WITHIN_PERCENT = Decimal(10)


@dataclass(frozen=True, slots=True)
class Vials:
    """Vials for a dose in `unit`. `value` is the count rounded up; `nearest` the nearest count.

    `nearest_percent` is how much more (or less) than the dose the nearest whole vials hold,
    unrounded; `may_round` is whether an agency's percent would let pharmacist or prescriber agree.
    """

    dose: Fraction
    vial: Fraction
    unit: str
    value: int
    waste: Fraction
    nearest: int
    nearest_percent: Fraction
    may_round: bool
    formula: Formula = VIALS

    @property
    def nearest_dose(self) -> Fraction:
        """What the nearest whole vials hold."""
        return self.nearest * self.vial

    @property
    def shown(self) -> str:
        """`5 vials, 90 mg left over`."""
        waste = figure_words(self.waste, self.unit, 1)
        return f"{_counted(self.value)}, {waste} left over"

    @property
    def sentence(self) -> str:
        """Dose, vials, waste; and where it is not even, the nearest whole vials with percent."""
        dose, vial = figure_words(self.dose, self.unit, 1), figure_words(self.vial, self.unit, 1)
        said = f"{dose} from vials of {vial} = {self.shown}"
        if not self.waste:
            return said
        near = figure_words(self.nearest_dose, self.unit, 1)
        percent = signed(self.nearest_percent, "%", 1)
        allowed = (
            "only with pharmacist's or prescriber's approval"
            if self.may_round
            else "too far off to round"
        )
        return f"{said}; nearest whole vials {near} ({percent}), {allowed}"


def vials(
    dose: Fraction | Decimal,
    vial: Fraction | Decimal,
    unit: str,
    within_percent: Decimal = NEAREST_WITHIN_PERCENT,
) -> Vials:
    """The vials of one size for a dose, both in `unit`. At least one vial is taken as nearest."""
    exact, size = Fraction(dose), Fraction(vial)
    if exact <= 0 or size <= 0:
        raise CannotBeWorkedOut("The dose and the vial must be above 0.")
    count = -(-exact // size)
    nearest = max(int(half_up(exact / size, 0)), 1)
    percent = (nearest * size - exact) / exact * 100
    return Vials(
        dose=exact,
        vial=size,
        unit=unit,
        value=int(count),
        waste=count * size - exact,
        nearest=nearest,
        nearest_percent=percent,
        may_round=abs(percent) <= Fraction(within_percent),
    )


def _counted(count: int) -> str:
    return "1 vial" if count == 1 else f"{count:,} vials"
