"""Doses that a patient asked the pump for and got during the visit: how many, and their volume.

Source: clinical reference 1.1 (VS-PCA: demands and delivered), 1.2 (demand, lockout, basal), 8.13.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from infusion_visits.sections.infusion.dose import comparable

if TYPE_CHECKING:
    from infusion_visits.patients.facts import OrderFact
    from infusion_visits.sections.infusion.values import (
        InfusionGiven,
        PumpProgramme,
        PumpReading,
    )


@dataclass(frozen=True, slots=True)
class Demanded:
    """The doses delivered between the first and the last count; `ml` is None where the programme
    and the order do not say how much one dose is."""

    doses: Decimal
    ml: Fraction | None


def is_on_demand(one: InfusionGiven) -> bool:
    """Whether a programme of the pump gives doses on demand."""
    return any(row.demand for row in one.pump_programme if row.mark.struck is None)


def demanded(one: InfusionGiven, order: OrderFact | None) -> Demanded | None:
    """What the counts come to; None without a programme on demand, or where no count rose."""
    if not is_on_demand(one):
        return None
    rises = [
        (rise, after)
        for before, after in pairwise(_counted(one))
        if (rise := _rise(before, after)) > 0
    ]
    if not rises:
        return None
    whole: Fraction | None = Fraction(0)
    for rise, after in rises:
        each = _dose_ml(_programme_at(one, after), order)
        whole = None if whole is None or each is None else whole + each * Fraction(rise)
    return Demanded(sum((rise for rise, _ in rises), Decimal(0)), whole)


def _counted(one: InfusionGiven) -> list[PumpReading]:
    standing = [
        row for row in one.pump_reading if row.mark.struck is None and row.delivered is not None
    ]
    untimed = [row for row in standing if row.at is None]
    timed = [(row.at, row.mark.row.at, row) for row in standing if row.at is not None]
    return [*untimed, *(row for _, _, row in sorted(timed, key=lambda part: part[:2]))]


def _rise(before: PumpReading, after: PumpReading) -> Decimal:
    """Counts that were cleared begin again at 0."""
    now, was = after.delivered or Decimal(0), before.delivered or Decimal(0)
    return now if before.cleared else now - was


def _programme_at(one: InfusionGiven, reading: PumpReading) -> PumpProgramme | None:
    """The programme in force when the count was read."""
    standing = [row for row in one.pump_programme if row.mark.struck is None and row.demand]
    before = [row for row in standing if row.at and reading.at and row.at < reading.at]
    if before:
        return max(before, key=lambda row: (row.at, row.mark.row.at))
    return standing[0] if standing else None


def _dose_ml(programme: PumpProgramme | None, order: OrderFact | None) -> Fraction | None:
    if programme is None or programme.demand is None or programme.demand_unit is None:
        return None
    if programme.demand_unit == "mL":
        return Fraction(programme.demand)
    if order is None or not order.dose or not order.volume_ml:
        return None
    dose = comparable(Fraction(programme.demand), programme.demand_unit, order.dose_unit)
    return None if dose is None else dose * Fraction(order.volume_ml) / Fraction(order.dose)
