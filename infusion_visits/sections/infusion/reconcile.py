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
from infusion_visits.sections.infusion.acts import acts_of, minutes_of, segments_of

if TYPE_CHECKING:
    from datetime import datetime
    from decimal import Decimal

    from infusion_visits.sections.infusion.summary import InfusionSummary
    from infusion_visits.sections.infusion.values import InfusionGiven


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

    None too where a patient asked a pump for doses and got some: its rates alone do not say what
    had to go in, and a variance made of them would blame the pump.
    """
    if demands_delivered(one):
        return None
    segments = [part for part in segments_of(acts_of(one), now) if not part.held]
    hours = minutes_of(segments, held=False) / 60
    expected = sum((part.ml for part in segments), Fraction(0))
    if hours <= 0 or expected <= 0:
        return None
    rates = {part.ml_per_hour for part in segments}
    try:
        if summary.bags_ml is not None and len(summary.bags) == 1 and len(rates) == 1:
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
    within = abs(off.value) <= Fraction(tolerance_percent)
    sentence = (
        f"delivered {reading_words(Fraction(delivered))}, by rates and minutes "
        f"{reading_words(expected)}: {signed(off.value, '%', 1)}"
    )
    return Reconciled(sentence, off.value, within)


def demands_delivered(one: InfusionGiven) -> bool:
    """Whether the counts of a pump that takes demands rose between two of its readings."""
    asks = any(row.demand for row in one.pump_programme if row.mark.struck is None)
    counts = [
        row.delivered
        for row in one.pump_reading
        if row.mark.struck is None and row.delivered is not None
    ]
    return asks and len(set(counts)) > 1
