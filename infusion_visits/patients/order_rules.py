"""What an order comes to: its rates in mL/h, how long it runs, its dose by weight, what it lacks.

Sources: clinical reference 7.11 (an order needs rate or ladder and delivery method), 8.1 (mL/h),
8.3 and 11.19 (units of rates), 8.5 (walking a ladder), 8.7 (dose by weight; ten percent).
All figures are Decimals; only the shown value is rounded, half up.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from infusion_visits.core.calculations.exact import CannotBeWorkedOut
from infusion_visits.core.calculations.ordered_rates import (
    goes_by_concentration,
    goes_by_weight,
    pump_rate_of,
)
from infusion_visits.core.cells import Cell
from infusion_visits.core.findings import Finding, Gate, Level
from infusion_visits.core.units import KILOGRAM, MILLILITRE, half_up, with_unit
from infusion_visits.patients.course import Course, course
from infusion_visits.patients.facts import OrderFact
from infusion_visits.patients.fields import SECTION
from infusion_visits.patients.order_dose import (
    TOLERANCE_PERCENT,
    DoseCheck,
    dose_check,
    unit_factor,
)
from infusion_visits.patients.order_fields import THERAPY_ORDER
from infusion_visits.patients.order_options import CYCLE, PCA, PER_KG, PER_M2
from infusion_visits.patients.order_rates import (
    concentration_of,
    cycle_of,
    ml_per_hour,
    steps_of,
    total_minutes,
)
from infusion_visits.patients.order_weight import weight_age_findings
from infusion_visits.patients.order_words import (
    concentration_words,
    flush_words,
    ladder_words,
    order_words,
    premedication_words,
    rate_words,
    schedule_words,
)
from infusion_visits.patients.rules import standing
from infusion_visits.patients.therapy.catalogue import shown_name, therapy_fact

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from infusion_visits.patients.values import RateStep, TherapyOrder

__all__ = [
    "TOLERANCE_PERCENT",
    "Course",
    "DoseCheck",
    "course",
    "dose_check",
    "flush_words",
    "ladder_words",
    "ml_per_hour",
    "order_fact",
    "order_findings",
    "order_words",
    "premedication_words",
    "rate_words",
    "schedule_words",
    "steps_of",
    "total_minutes",
]

_NEEDED: Mapping[str, str] = {
    "drug": "The order names no drug.",
    "dose": "The order gives no dose.",
    "dose_unit": "The dose has no unit.",
    "volume_ml": "The order gives no volume to infuse.",
    "route": "The order gives no route.",
    "delivery": "Choose how it is delivered: pump, gravity, elastomeric device or push.",
    "prescriber": "The order names no prescriber.",
}


def order_findings(order: TherapyOrder, today: date | None = None) -> list[Finding]:
    """What keeps an order from use (stops), and what to look at again before using it.

    With `today`, the day at the home, the age of the dosing weight is asked about.
    """
    found = [
        _stop(order, f"order.{name}", words, name)
        for name, words in _NEEDED.items()
        if getattr(order, name) is None
    ]
    found += _home_findings(order)
    found += _rate_findings(order)
    found += _concentration_findings(order)
    found += _weight_findings(order)
    found += _dose_findings(order)
    found += _schedule_findings(order)
    if today is not None:
        found += weight_age_findings(order, today)
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


def _home_findings(order: TherapyOrder) -> list[Finding]:
    """What is not given at home stays a record only (clinical reference 1.5)."""
    therapy = therapy_fact(order.therapy)
    if therapy is None or therapy.home_eligible:
        return []
    words = f"{therapy.name}: not at home. {therapy.why_not_home} Kept as a record only."
    return [_stop(order, "order.not_at_home", words, "drug")]


def _rate_findings(order: TherapyOrder) -> list[Finding]:
    rows = standing(order.rate_step)
    if not rows and order.delivery == CYCLE:
        return _cycle_findings(order)
    if not rows and order.delivery == PCA:
        return _pca_findings(order)
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


def _cycle_findings(order: TherapyOrder) -> list[Finding]:
    if order.cycle_hours is None:
        return [_stop(order, "order.rate", "The cycle has no hours.", "cycle_hours")]
    if cycle_of(order) is None and order.volume_ml:
        words = "The cycle must be longer than its ramps."
        return [_stop(order, "order.cycle", words, "cycle_hours")]
    return []


def _pca_findings(order: TherapyOrder) -> list[Finding]:
    asked = {
        "demand_dose": "The order gives no demand dose (0 where there is none).",
        "lockout_minutes": "The order gives no lockout.",
        "basal_per_hour": "Say the basal rate, 0 where there is none.",
    }
    return [
        _stop(order, f"order.{name}", words, name)
        for name, words in asked.items()
        if getattr(order, name) is None
    ]


def _concentration_findings(order: TherapyOrder) -> list[Finding]:
    """A rate ordered by amount needs a concentration that fits it and the dose in its volume."""
    by_amount = [
        row
        for row in standing(order.rate_step)
        if row.rate_unit is not None and goes_by_concentration(row.rate_unit)
    ]
    concentration = concentration_of(order)
    if by_amount and concentration is None:
        words = "The rate is ordered by amount: give the concentration in figures."
        return [_stop(order, "order.concentration", words, "concentration_amount")]
    if by_amount and order.dosing_weight_kg is not None:
        row = by_amount[0]
        try:
            pump_rate_of(
                row.rate or Decimal(1), row.rate_unit or "", order.dosing_weight_kg, concentration
            )
        except CannotBeWorkedOut as wrong:
            return [_stop(order, "order.concentration", wrong.words, "concentration_unit")]
    return _mixed_differently(order, bool(by_amount))


def _mixed_differently(order: TherapyOrder, by_amount: bool) -> list[Finding]:
    """The concentration beside dose and volume: ten percent apart, one of them is wrong."""
    if not (order.concentration_amount and order.concentration_unit):
        return []
    if not (order.dose and order.volume_ml and order.dose_unit) or order.delivery == "push":
        return []
    of = order.concentration_unit.removesuffix("/mL")
    factor = unit_factor(order.dose_unit, of)
    if factor is None:
        return []
    mixed = order.dose * factor / order.volume_ml
    if abs(mixed - order.concentration_amount) / mixed * 100 <= TOLERANCE_PERCENT:
        return []
    said = with_unit(order.concentration_amount, order.concentration_unit)
    words = (
        f"{with_unit(order.dose, order.dose_unit)} in {with_unit(order.volume_ml, MILLILITRE)} "
        f"is {with_unit(half_up(mixed, 3), order.concentration_unit)}, not {said}."
    )
    level = Level.STOP if by_amount else Level.ALERT
    return [_finding(order, "order.mixed", level, words, "concentration_amount")]


_EVERY = re.compile(r"\bevery (\d+)\s*(hour|day|week|month|year)s?\b", re.IGNORECASE)


def _schedule_findings(order: TherapyOrder) -> list[Finding]:
    """Words and figures of the schedule that say two things (clinical reference 7.11)."""
    found: list[Finding] = []
    said = _EVERY.findall(order.frequency or "")
    if said and order.every is not None and order.every_unit is not None:
        coded = (f"{order.every:f}", order.every_unit)
        if coded not in [(number, unit.casefold()) for number, unit in said]:
            words = f"How often: the words and the figures differ ({schedule_words(order)})."
            found.append(_stop(order, "order.frequency_differs", words, "every"))
    if (order.every is None) != (order.every_unit is None):
        words = "Every: the figure and its hours, days or weeks go together."
        found.append(_stop(order, "order.every", words, "every"))
    if order.dose_number and order.doses_planned and order.dose_number > order.doses_planned:
        words = f"Dose {order.dose_number:f} of {order.doses_planned:f} cannot be."
        found.append(_stop(order, "order.dose_number", words, "dose_number"))
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
    by_weight = (order.dose_per_kg is not None or order.dosing_basis == PER_M2) or any(
        row.rate_unit is not None and goes_by_weight(row.rate_unit)
        for row in standing(order.rate_step)
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
    per_m2 = order.dosing_basis == PER_M2
    basis = order.dose_per_m2 if per_m2 else order.dose_per_kg
    if order.dose is None or order.dose_unit is None:
        return []
    if basis is None:
        return _basis_not_given(order)
    check = dose_check(order)
    if check is None and per_m2:
        if order.dosing_height_cm is None:
            words = "The dose goes by body surface and has no height."
            return [_stop(order, "order.dosing_height_cm", words, "dosing_height_cm")]
        return []
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


def _basis_not_given(order: TherapyOrder) -> list[Finding]:
    if order.dosing_basis == PER_KG:
        words = "Dosed per kg: give the dose per kg, or say flat dose."
        return [_finding(order, "order.basis", Level.ALERT, words, "dose_per_kg")]
    if order.dosing_basis == PER_M2:
        words = "Dosed per m²: give the dose per m², or say flat dose."
        return [_finding(order, "order.basis", Level.ALERT, words, "dose_per_m2")]
    return []


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
    therapy = therapy_fact(order.therapy, therapies, order.brand or "")
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
        concentration=concentration_words(order),
        therapy=therapy,
        flush_before_ml=order.flush_before_ml,
        flush_after_ml=order.flush_after_ml,
    )
