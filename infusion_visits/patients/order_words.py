"""An order in words, as it is read out (clinical reference 10)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from infusion_visits.core.units import MILLILITRE, NBSP, with_unit
from infusion_visits.patients.order_options import CYCLE, DELIVERIES, PCA
from infusion_visits.patients.order_rates import (
    concentration_of,
    cycle_of,
    ml_per_hour,
    step_minutes,
    steps_of,
)
from infusion_visits.patients.rules import standing
from infusion_visits.patients.therapy.catalogue import shown_name, therapy_fact

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from infusion_visits.core.calculations.ordered_rates import Concentration
    from infusion_visits.patients.values import Premedication, RateStep, TherapyOrder

_DELIVERY_LABELS = {option.key: option.label for option in DELIVERIES}


def rate_words(
    row: RateStep, weight_kg: Decimal | None, concentration: Concentration | None = None
) -> str:
    """`0.5 mL/kg/h (35 mL/h) for 30 min`, `250 mL/h until complete`."""
    if row.rate is None or row.rate_unit is None:
        return "rate not given"
    said = with_unit(row.rate, row.rate_unit)
    rate = ml_per_hour(row, weight_kg, concentration)
    if row.rate_unit != "mL/h" and rate is not None:
        said += f" ({with_unit(rate, 'mL/h')})"
    minutes = step_minutes(row)
    return f"{said} until complete" if minutes is None else f"{said} for {minutes}{NBSP}min"


def ladder_words(order: TherapyOrder) -> str:
    """All steps in one line, or the steady rate with the time it comes from."""
    rows = standing(order.rate_step)
    if rows:
        weight, concentration = order.dosing_weight_kg, concentration_of(order)
        return ", then ".join(rate_words(row, weight, concentration) for row in rows)
    if order.delivery == CYCLE:
        return _cycle_words(order)
    if order.delivery == PCA:
        return _pca_words(order)
    steps = steps_of(order)
    if not steps or order.over_minutes is None:
        return ""
    over = with_unit(order.over_minutes, "min")
    return f"over {over} ({with_unit(steps[0].ml_per_hour, 'mL/h')})"


def _cycle_words(order: TherapyOrder) -> str:
    found = cycle_of(order)
    if found is None or order.cycle_hours is None:
        return ""
    said = f"over {with_unit(order.cycle_hours, 'h')}, plateau {found.plateau.shown}"
    ramps = (("up", order.ramp_up_hours), ("down", order.ramp_down_hours))
    shown = [f"{with_unit(hours, 'h')} {way}" for way, hours in ramps if hours]
    return f"{said}, ramps {' and '.join(shown)} at {found.ramp.shown}" if shown else said


def _pca_words(order: TherapyOrder) -> str:
    """`demand 1 mg, lockout 10 min, no basal rate, at most 6 mg in 1 h`."""
    unit = order.dose_unit or ""
    parts = []
    if order.demand_dose is not None:
        parts.append(f"demand {with_unit(order.demand_dose, unit)}")
    if order.lockout_minutes is not None:
        parts.append(f"lockout {with_unit(order.lockout_minutes, 'min')}")
    if order.basal_per_hour is not None:
        basal = order.basal_per_hour
        parts.append(f"basal {with_unit(basal, f'{unit}/h')}" if basal else "no basal rate")
    for hours, limit in ((1, order.limit_1_hour), (4, order.limit_4_hours)):
        if limit is not None:
            parts.append(f"at most {with_unit(limit, unit)} in {hours}{NBSP}h")
    return ", ".join(parts)


def schedule_words(order: TherapyOrder) -> str:
    """`every 8 weeks, dose 1 of 5, for 42 days`; what belongs together does not break."""
    parts = [bound(order.frequency)] if order.frequency else []
    coded = every_words(order)
    if coded and coded.casefold() not in "".join(parts).casefold():
        parts.append(coded)
    if order.dose_number is not None:
        of = f"{NBSP}of{NBSP}{order.doses_planned:f}" if order.doses_planned is not None else ""
        parts.append(f"dose{NBSP}{order.dose_number:f}{of}")
    elif order.doses_planned is not None:
        parts.append(f"{order.doses_planned:f}{NBSP}doses")
    if order.course_days is not None:
        parts.append(f"for {order.course_days:f}{NBSP}days")
    return ", ".join(parts)


def every_words(order: TherapyOrder) -> str:
    """The coded schedule: `every 8 weeks`, `every day`; "" where it is not coded."""
    if order.every is None or order.every_unit is None:
        return ""
    if order.every == 1:
        return f"every {order.every_unit}"
    return f"every {order.every:f}{NBSP}{order.every_unit}s"


_DOSE_OF = re.compile(r"\bdose (\d+) of (\d+)\b")
_FIGURE_AND_WORD = re.compile(r"(?<=\d) (?=[A-Za-z%])")


def bound(words: str) -> str:
    """The words with figures bound to what they count: `dose 1 of 5`, `every 24 hours`."""
    found = _DOSE_OF.sub(rf"dose{NBSP}\1{NBSP}of{NBSP}\2", words)
    return _FIGURE_AND_WORD.sub(NBSP, found)


def concentration_words(order: TherapyOrder) -> str:
    """The concentration as ordered, in figures where it is given in figures: `2 mg/mL`."""
    if order.concentration_amount and order.concentration_unit:
        figures = with_unit(order.concentration_amount, order.concentration_unit)
        return f"{figures} ({order.concentration})" if order.concentration else figures
    return order.concentration or ""


def drug_words(order: TherapyOrder, therapies: Mapping[str, Any] | None = None) -> str:
    """The drug as it is shown; `therapies` is the catalogue that a signed record holds."""
    if not order.drug:
        return "drug not given"
    return shown_name(order.drug, therapy_fact(order.therapy, therapies))


def order_words(order: TherapyOrder, therapies: Mapping[str, Any] | None = None) -> str:
    """Drug, dose, route, volume, delivery and rate on one line (clinical reference 10).

    `therapies` is the catalogue that a signed record holds; the catalogue in force without one.
    """
    drug = drug_words(order, therapies)
    parts = [f"{drug} ({order.brand})" if order.brand else drug]
    if order.dose is not None and order.dose_unit:
        parts[0] += f" {with_unit(order.dose, order.dose_unit)}"
    if order.route:
        parts[0] += f" {order.route}"
    if order.volume_ml is not None:
        within = f" {order.diluent}" if order.diluent else ""
        parts.append(f"in {with_unit(order.volume_ml, MILLILITRE)}{within}")
    if order.concentration_amount and order.concentration_unit:
        parts.append(with_unit(order.concentration_amount, order.concentration_unit))
    if order.delivery:
        parts.append(f"by {_DELIVERY_LABELS.get(order.delivery, order.delivery)}")
    parts.extend(part for part in (ladder_words(order), schedule_words(order)) if part)
    return ", ".join(parts)


def premedication_words(row: Premedication) -> str:
    """`acetaminophen 650 mg by mouth, 30 min before`."""
    said = " ".join(part for part in (row.medicine, row.dose, row.route) if part)
    if row.minutes_before is None:
        return said
    return f"{said}, {with_unit(row.minutes_before, 'min')} before"


def flush_words(order: TherapyOrder) -> str:
    """The flush protocol with its volumes."""
    parts = [order.flush or ""]
    if order.flush_before_ml is not None:
        parts.append(f"before: {with_unit(order.flush_before_ml, MILLILITRE)}")
    if order.flush_after_ml is not None:
        parts.append(f"after: {with_unit(order.flush_after_ml, MILLILITRE)}")
    return "; ".join(part for part in parts if part)
