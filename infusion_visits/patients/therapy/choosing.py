"""Which ladder of the catalogue belongs to an order, clipped to the rates of its product. Pure.

Source: clinical reference 1.6: the generic ladder is clipped to the product's first and highest
rate; a product's own ladder comes first.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from infusion_visits.core.calculations.exact import CannotBeWorkedOut
from infusion_visits.core.calculations.ordered_rates import Concentration, pump_rate_of
from infusion_visits.core.units import half_up
from infusion_visits.patients.facts import OrderStep
from infusion_visits.patients.order_dose import unit_factor
from infusion_visits.patients.therapy.ladders import Ladder, LadderStep

if TYPE_CHECKING:
    from infusion_visits.patients.therapy.dosing import Product
    from infusion_visits.patients.therapy.library import Library
    from infusion_visits.patients.values import TherapyOrder


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a ladder is looked for: of an order, as far as it is known. `first` None: not known."""

    therapy: str
    product: str = ""
    route: str = ""
    delivery: str = ""
    indication: str = ""
    dose: Decimal | None = None
    dose_unit: str = ""
    first: bool | None = None


def ladders_for(found: Library, wanted: Wanted) -> tuple[Ladder, ...]:
    """The ladders that fit, the most fitting first; those for other doses or routes are left out.

    A ladder that asks for something first (`only_after`) is offered, never taken by itself.
    """
    fitting = [
        ladder
        for ladder in found.ladders_of(wanted.therapy, wanted.product)
        if _fits(ladder, wanted)
    ]
    return tuple(sorted(fitting, key=lambda ladder: _rank(ladder, wanted)))


def ladder_for(found: Library, wanted: Wanted) -> Ladder | None:
    """The ladder that is taken without asking; None where each one asks for something first."""
    plain = [ladder for ladder in ladders_for(found, wanted) if not ladder.only_after]
    return plain[0] if plain else None


def _fits(ladder: Ladder, wanted: Wanted) -> bool:
    if not _is_of(ladder, wanted.dose, wanted.dose_unit):
        return False
    if ladder.route and wanted.route and ladder.route != wanted.route:
        return False
    if ladder.indications and wanted.indication and wanted.indication not in ladder.indications:
        return False
    if wanted.delivery and (ladder.shape == "push") != (wanted.delivery == "push"):
        return False
    return not (wanted.first is True and ladder.when == "later")


def is_for_dose(ladder: Ladder, order: TherapyOrder) -> bool:
    """Whether a ladder may run the order's dose: one for any dose, or for this one."""
    return _is_of(ladder, order.dose, order.dose_unit or "")


def _is_of(ladder: Ladder, dose: Decimal | None, unit: str) -> bool:
    if ladder.dose is None or dose is None:
        return True
    factor = unit_factor(unit, ladder.dose_unit)
    return factor is not None and dose * factor == ladder.dose


def _rank(ladder: Ladder, wanted: Wanted) -> tuple[int, int, int, int]:
    """Smaller fits better: the own dose, the own route, the right time, the own product."""
    dose = 0 if ladder.dose is not None and wanted.dose is not None else 1
    if ladder.dose is not None and wanted.dose is None:
        dose = 2
    route = 0 if ladder.route and ladder.route == wanted.route else 1
    if ladder.route and not wanted.route:
        route = 2
    when = {True: "first", False: "later", None: ""}[wanted.first]
    time = 0 if ladder.when == when else 1 if ladder.when == "any" else 2
    return (dose, route, time, 0 if ladder.product else 1)


def clipped(ladder: Ladder, product: Product | None, indication: str) -> Ladder:
    """The ladder with no rate above the product's; steps that become alike are made one.

    The first step is also kept at or below the rate with which the product begins.
    """
    if product is None or not ladder.steps or product.rate_unit == "":
        return ladder
    most = product.most_for(indication)
    steps: list[LadderStep] = []
    for number, step in enumerate(ladder.steps):
        rate = Fraction(step.rate)
        limits = [most] if number or product.first_rate is None else [most, product.first_rate]
        for limit in limits:
            if limit is not None:
                rate = min(rate, _in_unit(limit, product.rate_unit, ladder.unit))
        said = Decimal(rate.numerator) / Decimal(rate.denominator)
        if steps and steps[-1].rate == said:
            # At the highest rate already: it goes on until complete.
            steps[-1] = replace(steps[-1], minutes=None)
            break
        steps.append(LadderStep(said, step.minutes))
    if steps and steps[-1].minutes is not None:
        steps[-1] = replace(steps[-1], minutes=None)
    return replace(ladder, steps=tuple(steps))


def _in_unit(rate: Decimal, unit: str, into: str) -> Fraction:
    """A rate by weight in another unit by weight: 4.8 mL/kg/h is 0.08 mL/kg/min."""
    if unit == into:
        return Fraction(rate)
    one = Decimal(1)
    return pump_rate_of(rate, unit, one).value / pump_rate_of(one, into, one).value


def scaled(ladder: Ladder, volume_ml: Decimal | None) -> Ladder:
    """A ladder that goes with its volume, for another volume."""
    if not ladder.scaled or not volume_ml or not ladder.volume_ml:
        return ladder
    steps = tuple(
        replace(step, rate=half_up(step.rate * volume_ml / ladder.volume_ml, 1))
        for step in ladder.steps
    )
    return replace(ladder, steps=steps, volume_ml=volume_ml)


def steps_in_ml_per_hour(
    ladder: Ladder,
    volume_ml: Decimal | None,
    weight_kg: Decimal | None,
    concentration: Concentration | None,
) -> tuple[OrderStep, ...]:
    """The ladder as a pump takes it, one decimal; empty where weight or concentration lack."""
    if ladder.shape in {"over", "push"}:
        if not volume_ml or not ladder.over_minutes:
            return ()
        rate = half_up(volume_ml * 60 / ladder.over_minutes, 1)
        return (OrderStep(rate, None),) if rate > 0 else ()
    made = []
    for step in scaled(ladder, volume_ml).steps:
        try:
            figure = pump_rate_of(
                step.rate, ladder.unit, weight_kg, concentration or ladder.concentration
            )
        except CannotBeWorkedOut:
            return ()
        minutes = None if step.minutes is None else int(step.minutes)
        made.append(OrderStep(figure.rounded, minutes))
    return tuple(made)
