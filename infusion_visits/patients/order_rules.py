"""What an order comes to: its rates in mL/h, how long it runs, its dose by weight, what it lacks.

Sources: clinical reference 7.11 (an order needs rate or ladder and delivery method), 8.1 (mL/h),
8.3 and 11.19 (units of rates), 8.5 (walking a ladder), 8.7 (dose by weight; ten percent).
All figures are Decimals; only the shown value is rounded, half up.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from infusion_visits.core.cells import Cell
from infusion_visits.core.findings import Finding, Gate, Level
from infusion_visits.core.moments import show_day
from infusion_visits.core.units import KILOGRAM, MILLILITRE, NBSP, half_up, with_unit
from infusion_visits.patients.facts import OrderFact, OrderStep
from infusion_visits.patients.fields import SECTION
from infusion_visits.patients.order_fields import DELIVERIES, THERAPY_ORDER
from infusion_visits.patients.rules import standing
from infusion_visits.patients.therapy.catalogue import shown_name, therapy_fact

if TYPE_CHECKING:
    from collections.abc import Mapping

    from infusion_visits.patients.values import Premedication, RateStep, TherapyOrder

TOLERANCE_PERCENT = Decimal(10)
_MINUTES_PER_HOUR = Decimal(60)
_MASS = {"mcg": Decimal("0.001"), "mg": Decimal(1), "g": Decimal(1000)}
_COUNT = {"units": Decimal(1), "million units": Decimal(1_000_000)}
_PER_HOUR = {"mL/h": Decimal(1), "mL/kg/h": Decimal(1), "mL/kg/min": _MINUTES_PER_HOUR}
_DELIVERY_LABELS = {option.key: option.label for option in DELIVERIES}


@dataclass(frozen=True, slots=True)
class DoseCheck:
    """The dose that the order's own dose per kg gives, beside the dose ordered.

    `computed` is in the unit of the dose, unrounded; `percent` is by how much the ordered dose
    differs from it (positive: more is ordered), unrounded.
    """

    computed: Decimal
    percent: Decimal
    sentence: str

    @property
    def fits(self) -> bool:
        """Within ten percent (clinical reference 8.7)."""
        return abs(self.percent) <= TOLERANCE_PERCENT


@dataclass(frozen=True, slots=True)
class Course:
    """A ladder walked over the ordered volume; minutes and mL unrounded.

    `left_ml` is what the steps do not deliver (0 where they deliver all), `unreached` the number
    of steps that never begin because the volume is in before.
    """

    minutes: Decimal
    left_ml: Decimal
    unreached: int


def ml_per_hour(step: RateStep, weight_kg: Decimal | None) -> Decimal | None:
    """The rate of a step in mL/h, half up to one decimal as pumps take it; None where unknown."""
    if step.rate is None or step.rate_unit not in _PER_HOUR:
        return None
    rate = step.rate * _PER_HOUR[step.rate_unit]
    if step.rate_unit != "mL/h":
        if weight_kg is None:
            return None
        rate *= weight_kg
    return half_up(rate, 1)


def steps_of(order: TherapyOrder) -> tuple[OrderStep, ...]:
    """The ladder in mL/h; one step where the order says volume over minutes; empty if unknown."""
    rows = standing(order.rate_step)
    if rows:
        made = []
        for row in rows:
            rate = ml_per_hour(row, order.dosing_weight_kg)
            if rate is None or rate <= 0:
                return ()
            made.append(OrderStep(rate, _minutes(row)))
        return tuple(made)
    if order.over_minutes and order.volume_ml:
        rate = half_up(order.volume_ml * _MINUTES_PER_HOUR / order.over_minutes, 1)
        return (OrderStep(rate, None),) if rate > 0 else ()
    return ()


def _minutes(row: RateStep) -> int | None:
    if row.until_complete or row.minutes is None:
        return None
    return int(row.minutes)


def course(steps: tuple[OrderStep, ...], volume_ml: Decimal) -> Course:
    """Walks the ladder: each step runs its minutes or until the volume is in (reference 8.5)."""
    left, minutes, unreached = volume_ml, Decimal(0), 0
    for step in steps:
        if left <= 0:
            unreached += 1
            continue
        to_end = left * _MINUTES_PER_HOUR / step.ml_per_hour
        taken = to_end if step.minutes is None else min(Decimal(step.minutes), to_end)
        minutes += taken
        left = Decimal(0) if taken == to_end else left - step.ml_per_hour * taken / 60
    return Course(minutes, left, unreached)


def total_minutes(order: TherapyOrder) -> Decimal | None:
    """How long the ordered infusion runs, in minutes, unrounded; None where it cannot be known."""
    if not standing(order.rate_step) and order.over_minutes:
        return order.over_minutes
    steps = steps_of(order)
    if not steps or order.volume_ml is None:
        return None
    walked = course(steps, order.volume_ml)
    return None if walked.left_ml > 0 else walked.minutes


def dose_check(order: TherapyOrder) -> DoseCheck | None:
    """Dose per kg times dosing weight beside the dose; None without a dose per kg."""
    per_kg, weight, dose = order.dose_per_kg, order.dosing_weight_kg, order.dose
    if not per_kg or not weight or dose is None or order.dose_unit is None:
        return None
    unit = order.dose_per_kg_unit or order.dose_unit
    factor = _factor(unit, order.dose_unit)
    if factor is None:
        return None
    computed = per_kg * weight * factor
    percent = (dose - computed) / computed * 100
    weighed = f" (weighed {show_day(order.dosing_weight_day)})" if order.dosing_weight_day else ""
    sentence = (
        f"{with_unit(per_kg, unit)}/kg × {with_unit(weight, KILOGRAM, 2)}{weighed} = "
        f"{with_unit(computed, order.dose_unit, 2)}; "
        f"ordered {with_unit(dose, order.dose_unit)}"
    )
    shown = half_up(abs(percent), 1)
    if shown:
        sentence += f", {with_unit(shown, '%', 1)} {'more' if percent > 0 else 'less'}"
    return DoseCheck(computed, percent, f"{sentence}.")


def _factor(unit: str, into: str) -> Decimal | None:
    if unit == into:
        return Decimal(1)
    for family in (_MASS, _COUNT):
        if unit in family and into in family:
            return family[unit] / family[into]
    return None


def rate_words(row: RateStep, weight_kg: Decimal | None) -> str:
    """`0.5 mL/kg/h (35 mL/h) for 30 min`, `250 mL/h until complete`."""
    if row.rate is None or row.rate_unit is None:
        return "rate not given"
    said = with_unit(row.rate, row.rate_unit)
    if row.rate_unit != "mL/h" and (rate := ml_per_hour(row, weight_kg)) is not None:
        said += f" ({with_unit(rate, 'mL/h')})"
    minutes = _minutes(row)
    return f"{said} until complete" if minutes is None else f"{said} for {minutes}{NBSP}min"


def ladder_words(order: TherapyOrder) -> str:
    """All steps in one line, or the steady rate with the time it comes from."""
    rows = standing(order.rate_step)
    if rows:
        return ", then ".join(rate_words(row, order.dosing_weight_kg) for row in rows)
    steps = steps_of(order)
    if not steps or order.over_minutes is None:
        return ""
    over = with_unit(order.over_minutes, "min")
    return f"over {over} ({with_unit(steps[0].ml_per_hour, 'mL/h')})"


def order_words(order: TherapyOrder) -> str:
    """Drug, dose, route, volume, delivery and rate on one line (clinical reference 10)."""
    drug = order.drug or "drug not given"
    parts = [f"{drug} ({order.brand})" if order.brand else drug]
    if order.dose is not None and order.dose_unit:
        parts[0] += f" {with_unit(order.dose, order.dose_unit)}"
    if order.route:
        parts[0] += f" {order.route}"
    if order.volume_ml is not None:
        within = f" {order.diluent}" if order.diluent else ""
        parts.append(f"in {with_unit(order.volume_ml, MILLILITRE)}{within}")
    if order.delivery:
        parts.append(f"by {_DELIVERY_LABELS.get(order.delivery, order.delivery)}")
    parts.extend(part for part in (ladder_words(order), order.frequency or "") if part)
    return ", ".join(parts)


def premedication_words(row: Premedication) -> str:
    """`acetaminophen 650 mg by mouth, 30 min before`."""
    said = " ".join(part for part in (row.medicine, row.dose, row.route) if part)
    if row.minutes_before is None:
        return said
    return f"{said}, {with_unit(row.minutes_before, 'min')} before"


_NEEDED: Mapping[str, str] = {
    "drug": "The order names no drug.",
    "dose": "The order gives no dose.",
    "dose_unit": "The dose has no unit.",
    "volume_ml": "The order gives no volume to infuse.",
    "route": "The order gives no route.",
    "delivery": "Choose how it is delivered: pump, gravity, elastomeric device or push.",
    "prescriber": "The order names no prescriber.",
}


def order_findings(order: TherapyOrder) -> list[Finding]:
    """What keeps an order from use (stops), and what to look at again before using it."""
    found = [
        _stop(order, f"order.{name}", words, name)
        for name, words in _NEEDED.items()
        if getattr(order, name) is None
    ]
    found += _rate_findings(order)
    found += _weight_findings(order)
    found += _dose_findings(order)
    if order.first_dose and not order.home_first_dose_authorised:
        found.append(
            _finding(
                order,
                "order.first_dose",
                Level.ALERT,
                "First dose: the order does not say that it may be given at home.",
                "home_first_dose_authorised",
            )
        )
    if order.starts and order.ends and order.ends < order.starts:
        found.append(_stop(order, "order.ends", "The order ends before it starts.", "ends"))
    return found


def _rate_findings(order: TherapyOrder) -> list[Finding]:
    rows = standing(order.rate_step)
    if not rows and order.over_minutes is None:
        words = "The order gives no rate: add rate steps, or the minutes over which it runs."
        return [_stop(order, "order.rate", words, "over_minutes")]
    if rows and order.over_minutes is not None:
        words = "The order gives both rate steps and one time to run over. Clear one of them."
        return [_stop(order, "order.two_rates", words, "over_minutes")]
    found: list[Finding] = []
    for number, row in enumerate(rows, start=1):
        found += _step_findings(order, number, row, last=number == len(rows))
    if not found:
        found += _course_findings(order)
    return found


def _step_findings(order: TherapyOrder, number: int, row: RateStep, *, last: bool) -> list[Finding]:
    cell = Cell(SECTION, row.mark.row, "rate")
    path = row.mark.row.path()

    def stop(code: str, words: str) -> Finding:
        return Finding(code, Level.STOP, words, SECTION, cell, subject=path)

    if row.rate is None or row.rate_unit is None or row.rate <= 0:
        return [stop("order.step_rate", f"Step {number} needs a rate above 0 and its unit.")]
    if row.minutes is None and not row.until_complete:
        return [stop("order.step_minutes", f"Step {number} needs minutes, or until complete.")]
    if row.minutes is not None and row.until_complete:
        words = f"Step {number} has minutes and also says until complete. Clear one of them."
        return [stop("order.step_both", words)]
    if row.until_complete and not last:
        words = f"Step {number} runs until complete, so the steps after it never begin."
        return [stop("order.step_endless", words)]
    return []


def _course_findings(order: TherapyOrder) -> list[Finding]:
    steps = steps_of(order)
    if not steps or order.volume_ml is None:
        return []
    walked = course(steps, order.volume_ml)
    if walked.left_ml > 0:
        given = with_unit(order.volume_ml - walked.left_ml, MILLILITRE, 1)
        whole = with_unit(order.volume_ml, MILLILITRE)
        words = f"The steps deliver {given} of {whole}. Let the last step run until complete."
        return [_stop(order, "order.steps_short", words, "volume_ml")]
    if walked.unreached:
        words = "The volume is in before the last step begins."
        return [_finding(order, "order.steps_long", Level.ADVICE, words, "volume_ml")]
    return []


def _weight_findings(order: TherapyOrder) -> list[Finding]:
    by_weight = order.dose_per_kg is not None or any(
        row.rate_unit in {"mL/kg/h", "mL/kg/min"} for row in standing(order.rate_step)
    )
    if not by_weight:
        return []
    found = []
    if order.dosing_weight_kg is None:
        words = f"The order goes by weight and has no dosing weight in {KILOGRAM.label}."
        found.append(_stop(order, "order.dosing_weight_kg", words, "dosing_weight_kg"))
    if order.dosing_weight_day is None:
        words = "The dosing weight has no date."
        found.append(_stop(order, "order.dosing_weight_day", words, "dosing_weight_day"))
    return found


def _dose_findings(order: TherapyOrder) -> list[Finding]:
    if order.dose is None or order.dose_unit is None or order.dose_per_kg is None:
        return []
    check = dose_check(order)
    if check is None:
        if order.dosing_weight_kg is None:
            return []
        if not order.dose_per_kg or not order.dosing_weight_kg:
            words = "Dose per kg and dosing weight are above 0, or not given at all."
            return [_stop(order, "order.dose_units", words, "dose_per_kg")]
        words = "Dose and dose per kg are in units that cannot be compared."
        return [_stop(order, "order.dose_units", words, "dose_per_kg_unit")]
    if check.fits:
        return []
    if order.dose_difference:
        return [_finding(order, "order.dose_differs", Level.ALERT, check.sentence, "dose")]
    words = f"{check.sentence} Mend the figures, or say why they differ and who confirmed it."
    return [_stop(order, "order.dose_differs", words, "dose_difference")]


def _stop(order: TherapyOrder, code: str, words: str, field: str) -> Finding:
    return _finding(order, code, Level.STOP, words, field)


def _finding(order: TherapyOrder, code: str, level: Level, words: str, field: str) -> Finding:
    row = order.mark.row
    THERAPY_ORDER.leaf(field)
    return Finding(
        code, level, words, SECTION, Cell(SECTION, row, field), Gate.START, subject=row.path()
    )


def order_fact(order: TherapyOrder, therapies: Mapping[str, Any] | None = None) -> OrderFact:
    """The order as sections know it. Raises ValueError for one that was never fit for use.

    `therapies` is the catalogue that a signed record holds; the catalogue in force without one.
    """
    if order.drug is None or order.dose is None or order.dose_unit is None:
        raise ValueError("an order without drug and dose is no order")
    therapy = therapy_fact(order.therapy, therapies)
    return OrderFact(
        order=order.id,
        version=int(order.version or 1),
        drug=shown_name(order.drug, therapy),
        brand=order.brand or "",
        dose=order.dose,
        dose_unit=order.dose_unit,
        dose_per_kg=order.dose_per_kg,
        dose_per_kg_unit=order.dose_per_kg_unit or "",
        dosing_weight_kg=order.dosing_weight_kg,
        dosing_weight_day=order.dosing_weight_day,
        volume_ml=order.volume_ml,
        route=order.route or "",
        steps=steps_of(order),
        observation_minutes=(
            None if order.observation_minutes is None else int(order.observation_minutes)
        ),
        first_dose=bool(order.first_dose),
        home_first_dose_allowed=bool(order.home_first_dose_authorised),
        prescriber=order.prescriber or "",
        flush=flush_words(order),
        premedications=tuple(premedication_words(row) for row in standing(order.premedication)),
        concentration=order.concentration or "",
        therapy=therapy,
    )


def flush_words(order: TherapyOrder) -> str:
    """The flush protocol with its volumes."""
    parts = [order.flush or ""]
    if order.flush_before_ml is not None:
        parts.append(f"before: {with_unit(order.flush_before_ml, MILLILITRE)}")
    if order.flush_after_ml is not None:
        parts.append(f"after: {with_unit(order.flush_after_ml, MILLILITRE)}")
    return "; ".join(part for part in parts if part)
