"""What the bag or the pump says was given, beside what its rates say.

Source: clinical reference 8.6 (variance), 8.13 (pump residual; 5 %, elastomeric 15 %).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from infusion_visits.core.calculations.exact import CannotBeWorkedOut, signed
from infusion_visits.core.calculations.pump_residual import (
    reading_words,
    residual,
    variance_percent,
)
from infusion_visits.core.calculations.quantities import Hours, Millilitres, MlPerHour
from infusion_visits.core.units import plain_number
from infusion_visits.sections.infusion.acts import acts_of, minutes_of, segments_of
from infusion_visits.sections.infusion.dose import amount
from infusion_visits.sections.infusion.ladder import as_decimal

if TYPE_CHECKING:
    from datetime import datetime
    from decimal import Decimal

    from infusion_visits.sections.infusion.on_demand import Demanded
    from infusion_visits.sections.infusion.summary import InfusionSummary
    from infusion_visits.sections.infusion.values import InfusionGiven

SHOWN_ML = Fraction(1, 10)
"""Pumps show tenths of a mL: two readings alone may be that far apart from what went in."""


@dataclass(frozen=True, slots=True)
class Reconciled:
    """The sentence, the variance in percent (unrounded), and whether it is within tolerance."""

    sentence: str
    percent: Fraction
    within: bool


def reconciled(
    one: InfusionGiven, summary: InfusionSummary, tolerance_percent: Decimal, now: datetime
) -> Reconciled | None:
    """Delivered beside expected; None where neither bag nor pump says what was delivered.

    Doses that the patient asked the pump for and got are expected beside what the rates make. None
    where they were given but their volume is not known: a variance without them would blame the
    pump.
    """
    asked = summary.demanded
    if asked is not None and asked.ml is None:
        return None
    on_demand = asked.ml if asked is not None and asked.ml is not None else Fraction(0)
    segments = [part for part in segments_of(acts_of(one), now) if not part.held]
    hours = minutes_of(segments, held=False) / 60
    by_rates = sum((part.ml for part in segments), Fraction(0))
    expected = by_rates + on_demand
    if hours <= 0 or expected <= 0:
        return None
    rates = {part.ml_per_hour for part in segments}
    try:
        plain = len(summary.bags) == 1 and len(rates) == 1 and not on_demand
        if summary.bags_ml is not None and plain:
            bag = summary.bags[0]
            made = residual(
                Millilitres(bag.hung_ml or 0),
                Millilitres(bag.left_ml or 0),
                MlPerHour(rates.pop()),
                Hours(hours),
                priming=Millilitres(one.priming_ml or 0),
                tolerance_percent=tolerance_percent,
            )
            return Reconciled(made.sentence, made.value, made.within)
        delivered = summary.bags_ml if summary.bags_ml is not None else summary.pump_ml
        if delivered is None:
            return None
        off = variance_percent(Millilitres(delivered), Millilitres(expected))
    except CannotBeWorkedOut:
        return None
    near = abs(Fraction(delivered) - expected) <= SHOWN_ML
    within = near or abs(off.value) <= Fraction(tolerance_percent)
    sentence = (
        f"delivered {reading_words(Fraction(delivered))}, by rates and minutes "
        f"{reading_words(by_rates)}{_on_demand_words(asked)}: {signed(off.value, '%', 1)}"
    )
    return Reconciled(sentence, off.value, within)


def expected_words(summary: InfusionSummary) -> str:
    """`0.1 mL by rates and minutes and 0.4 mL in 2 doses on demand`."""
    by_rates = amount(summary.calculated_ml, "mL")
    asked = summary.demanded
    if asked is None or asked.ml is None:
        return f"{by_rates} by rates and minutes"
    return f"{by_rates} by rates and minutes and {_doses(asked)}"


def _on_demand_words(asked: Demanded | None) -> str:
    return "" if asked is None else f" and {_doses(asked)}"


def _doses(asked: Demanded) -> str:
    word = "dose" if asked.doses == 1 else "doses"
    volume = amount(as_decimal(asked.ml or Fraction(0)), "mL")
    return f"{volume} in {plain_number(asked.doses)} {word} on demand"
