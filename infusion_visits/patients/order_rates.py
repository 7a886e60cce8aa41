"""The rates of an order in mL/h, from whatever unit they were ordered in, and how long they run.

Sources: clinical reference 8.1 and 8.3 to 8.5 (rates), 8.7 (nutrition cycle), 11.19 (units).
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from infusion_visits.core.calculations.exact import CannotBeWorkedOut
from infusion_visits.core.calculations.nutrition_cycle import Cycle, cycle
from infusion_visits.core.calculations.ordered_rates import Concentration, pump_rate_of
from infusion_visits.core.calculations.quantities import Hours, Millilitres, Minutes
from infusion_visits.core.calculations.rates import pump_rate
from infusion_visits.patients.course import course
from infusion_visits.patients.facts import OrderStep
from infusion_visits.patients.order_options import CONCENTRATION_UNITS, CYCLE, PCA
from infusion_visits.patients.rules import standing

if TYPE_CHECKING:
    from decimal import Decimal

    from infusion_visits.core.calculations.exact import Figure
    from infusion_visits.patients.values import RateStep, TherapyOrder

_PER_ML = {option.key.removesuffix("/mL"): option.key for option in CONCENTRATION_UNITS}


def concentration_of(order: TherapyOrder) -> Concentration | None:
    """The concentration ordered in figures; without one, the dose in the volume it is given in."""
    if order.concentration_amount and order.concentration_unit:
        return Concentration(order.concentration_amount, order.concentration_unit)
    if order.dose and order.volume_ml and order.dose_unit in _PER_ML:
        return Concentration(order.dose / order.volume_ml, _PER_ML[order.dose_unit])
    return None


def rate_figure(
    step: RateStep, weight_kg: Decimal | None, concentration: Concentration | None = None
) -> Figure | None:
    """The rate of a step in mL/h with its working; None where it cannot be worked out."""
    if step.rate is None or step.rate_unit is None:
        return None
    try:
        return pump_rate_of(step.rate, step.rate_unit, weight_kg, concentration)
    except CannotBeWorkedOut:
        return None


def ml_per_hour(
    step: RateStep, weight_kg: Decimal | None, concentration: Concentration | None = None
) -> Decimal | None:
    """The rate of a step in mL/h, half up to one decimal as pumps take it; None where unknown."""
    figure = rate_figure(step, weight_kg, concentration)
    return None if figure is None else figure.rounded


def cycle_of(order: TherapyOrder) -> Cycle | None:
    """The nutrition cycle with its ramps; None where the order is none, or lacks its figures."""
    if order.delivery != CYCLE or not order.cycle_hours or not order.volume_ml:
        return None
    up = Hours(order.ramp_up_hours or 0)
    down = Hours(order.ramp_down_hours or 0)
    try:
        return cycle(Millilitres(order.volume_ml), Hours(order.cycle_hours), up, down)
    except CannotBeWorkedOut:
        return None


def steps_of(order: TherapyOrder) -> tuple[OrderStep, ...]:
    """The ladder in mL/h; one step where the order says volume over minutes; empty if unknown.

    A cycle becomes its ramps and plateau; a patient-controlled pump its basal rate, if any.
    """
    rows = standing(order.rate_step)
    if rows:
        return _from_rows(order, rows)
    if order.delivery == CYCLE:
        return _from_cycle(order)
    if order.delivery == PCA:
        return _basal(order)
    if order.over_minutes and order.volume_ml:
        rate = pump_rate(Millilitres(order.volume_ml), Minutes(order.over_minutes)).rounded
        return (OrderStep(rate, None),) if rate > 0 else ()
    return ()


def _from_rows(order: TherapyOrder, rows: tuple[RateStep, ...]) -> tuple[OrderStep, ...]:
    concentration = concentration_of(order)
    made = []
    for row in rows:
        rate = ml_per_hour(row, order.dosing_weight_kg, concentration)
        if rate is None or rate <= 0:
            return ()
        made.append(OrderStep(rate, step_minutes(row)))
    return tuple(made)


def _from_cycle(order: TherapyOrder) -> tuple[OrderStep, ...]:
    found = cycle_of(order)
    if found is None:
        return ()
    ramp, plateau = found.ramp.rounded, found.plateau.rounded
    made = []
    if found.up_hours:
        made.append(OrderStep(ramp, int(found.up_hours * 60)))
    # The last part brings in what rounded rates leave, so that the bag is always emptied.
    made.append(OrderStep(plateau, int(found.plateau_hours * 60) if found.down_hours else None))
    if found.down_hours:
        made.append(OrderStep(ramp, None))
    return tuple(made)


def _basal(order: TherapyOrder) -> tuple[OrderStep, ...]:
    concentration = concentration_of(order)
    if not order.basal_per_hour or concentration is None or order.dose_unit is None:
        return ()
    in_a_ml = concentration.amount_in(order.dose_unit)
    if not in_a_ml:
        return ()
    per_hour = Millilitres(Fraction(order.basal_per_hour) / in_a_ml)
    rate = pump_rate(per_hour, Minutes(60)).rounded
    return (OrderStep(rate, None),) if rate > 0 else ()


def step_minutes(row: RateStep) -> int | None:
    """How long a step runs; None until complete."""
    if row.until_complete or row.minutes is None:
        return None
    return int(row.minutes)


def total_minutes(order: TherapyOrder) -> Decimal | None:
    """How long the ordered infusion runs, in minutes, unrounded; None where it cannot be known."""
    if not standing(order.rate_step) and order.over_minutes:
        return order.over_minutes
    steps = steps_of(order)
    if not steps or order.volume_ml is None:
        return None
    walked = course(steps, order.volume_ml)
    return None if walked.left_ml > 0 else walked.minutes
