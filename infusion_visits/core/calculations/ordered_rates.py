"""Any unit in which a rate is ordered, as the mL/h of a pump.

Source: clinical reference 8.3 and 8.4 (rates by weight and by concentration), 11.19 (the unit is
stored with the rate: mL/kg/h and mL/kg/min are easily taken for each other).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from infusion_visits.core.calculations.exact import (
    CannotBeWorkedOut,
    Figure,
    Formula,
    as_given,
    worked,
)
from infusion_visits.core.calculations.quantities import Kilograms, MlPerHour

ORDERED_RATE = Formula("ordered rate to mL/h", "1", "clinical reference 8.3 and 8.4")


@dataclass(frozen=True, slots=True)
class _Unit:
    """What stands in a unit of rate: an amount or mL, by weight or not, by hour or minute."""

    amount: str
    by_weight: bool
    by_minute: bool


RATE_UNITS: dict[str, _Unit] = {
    "mL/h": _Unit("mL", by_weight=False, by_minute=False),
    "mL/min": _Unit("mL", by_weight=False, by_minute=True),
    "mL/kg/h": _Unit("mL", by_weight=True, by_minute=False),
    "mL/kg/min": _Unit("mL", by_weight=True, by_minute=True),
    "mg/h": _Unit("mg", by_weight=False, by_minute=False),
    "mg/min": _Unit("mg", by_weight=False, by_minute=True),
    "mg/kg/h": _Unit("mg", by_weight=True, by_minute=False),
    "mg/kg/min": _Unit("mg", by_weight=True, by_minute=True),
    "mcg/min": _Unit("mcg", by_weight=False, by_minute=True),
    "mcg/kg/min": _Unit("mcg", by_weight=True, by_minute=True),
    "units/h": _Unit("units", by_weight=False, by_minute=False),
    "units/kg/h": _Unit("units", by_weight=True, by_minute=False),
}
_IN_MG = {"mcg": Fraction(1, 1000), "mg": Fraction(1), "g": Fraction(1000)}
_PER_ML = "/mL"


@dataclass(frozen=True, slots=True)
class Concentration:
    """How much is in a mL: `amount` of mg, mcg, g or units (`unit` as `mg/mL`)."""

    amount: Decimal
    unit: str

    @property
    def of(self) -> str:
        """The unit of the amount: `mg`."""
        return self.unit.removesuffix(_PER_ML)

    def amount_in(self, wanted: str) -> Fraction | None:
        """The amount of a mL in `wanted`; None where the two units measure different things."""
        exact = Fraction(self.amount)
        if self.of == wanted:
            return exact
        if self.of in _IN_MG and wanted in _IN_MG:
            return exact * _IN_MG[self.of] / _IN_MG[wanted]
        return None

    @property
    def said(self) -> str:
        """`200 mcg/mL`."""
        return as_given(Fraction(self.amount), self.unit)


def goes_by_weight(unit: str) -> bool:
    """Whether a rate of this unit needs the weight."""
    return unit in RATE_UNITS and RATE_UNITS[unit].by_weight


def goes_by_concentration(unit: str) -> bool:
    """Whether a rate of this unit needs the concentration."""
    return unit in RATE_UNITS and RATE_UNITS[unit].amount != "mL"


def pump_rate_of(
    rate: Decimal | Fraction,
    unit: str,
    weight_kg: Decimal | None = None,
    concentration: Concentration | None = None,
) -> Figure:
    """A rate in mL/h, one decimal shown, with its working.

    Raises CannotBeWorkedOut without the weight or the concentration that the unit needs, for a
    concentration of another kind, an unknown unit, or a negative rate.
    """
    known = RATE_UNITS.get(unit)
    if known is None:
        raise CannotBeWorkedOut("The unit of the rate is not known.")
    exact = Fraction(rate)
    if exact < 0:
        raise CannotBeWorkedOut("The rate cannot be below 0.")
    working, value = as_given(exact, unit), exact
    if known.by_minute:
        working, value = f"{working} × 60", value * 60
    if known.by_weight:
        if weight_kg is None:
            raise CannotBeWorkedOut("The rate goes by weight and no weight is given.")
        weight = Kilograms(weight_kg).above_zero()
        working, value = f"{working} × {weight.said}", value * weight
    if known.amount != "mL":
        working, value = _by_concentration(known.amount, working, value, concentration)
    if working == as_given(exact, unit):
        return Figure(value, MlPerHour.unit, 1, working, ORDERED_RATE)
    return worked(working, value, MlPerHour.unit, 1, ORDERED_RATE)


def _by_concentration(
    amount: str, working: str, value: Fraction, concentration: Concentration | None
) -> tuple[str, Fraction]:
    if concentration is None:
        raise CannotBeWorkedOut("The rate is ordered by amount and no concentration is given.")
    in_a_ml = concentration.amount_in(amount)
    if in_a_ml is None:
        raise CannotBeWorkedOut("Rate and concentration are in units that cannot be compared.")
    if in_a_ml <= 0:
        raise CannotBeWorkedOut("The concentration must be above 0.")
    return f"{working} ÷ {concentration.said}", value / in_a_ml


def rate_in(
    ml_per_hour: Decimal | Fraction,
    unit: str,
    weight_kg: Decimal | None = None,
    concentration: Concentration | None = None,
) -> Fraction:
    """A rate in mL/h told in `unit`, unrounded: what a pump's rate delivers.

    Raises CannotBeWorkedOut as pump_rate_of does.
    """
    one = pump_rate_of(Fraction(1), unit, weight_kg, concentration)
    return Fraction(ml_per_hour) / one.value
