"""The weight on an order: whose it is, how old, and whether it may be in the wrong unit. Pure.

Source: clinical reference 11.15 (lb typed as kg, ten percent of change, the weight frozen on the
order); how old a weight may be is the agency's (`access.toml`, weight_age).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from infusion_visits.core.cells import Cell
from infusion_visits.core.findings import Finding, Level
from infusion_visits.core.moments import show_day
from infusion_visits.core.units import KILOGRAM, NBSP, POUND, with_unit
from infusion_visits.patients.fields import SECTION
from infusion_visits.patients.rules import (
    CHANGE_TO_ASK,
    POUND_RATIO,
    POUND_RATIO_GIVE,
    latest_weight,
    weight_words,
)
from infusion_visits.patients.therapy.library import library, weight_age_days

if TYPE_CHECKING:
    from datetime import date

    from infusion_visits.patients.values import PatientChart, TherapyOrder


def order_weight_findings(order: TherapyOrder, chart: PatientChart, today: date) -> list[Finding]:
    """Asks about the dosing weight beside the newest weight of the chart, up to `today`."""
    weight = order.dosing_weight_kg
    if weight is None or weight <= 0:
        return []
    found = weight_age_findings(order, today)
    newest = latest_weight(chart, today)
    if newest is None or not newest.weight_kg or newest.weight_kg == weight:
        return found
    ratio = max(weight, newest.weight_kg) / min(weight, newest.weight_kg)
    beside = f"on the order: {with_unit(weight, KILOGRAM, 2)}; in the chart: {weight_words(newest)}"
    if abs(ratio - POUND_RATIO) <= POUND_RATIO_GIVE:
        words = f"Is the dosing weight in {POUND.label} or in {KILOGRAM.label}?"
        return [*found, _at(order, "weight.unit", words, beside)]
    change = (weight - newest.weight_kg) / newest.weight_kg
    if abs(change) >= CHANGE_TO_ASK:
        percent = with_unit(abs(change) * 100, "%", 0)
        words = f"The dosing weight is {percent} {'above' if change > 0 else 'below'} the newest."
        found.append(_at(order, "weight.change", words, beside))
    return found


def weight_age_findings(order: TherapyOrder, today: date) -> list[Finding]:
    """Asks about a dosing weight that is old, or of a day still to come."""
    day = order.dosing_weight_day
    if order.dosing_weight_kg is None or day is None:
        return []
    days = (today - day).days
    if days < 0:
        words = f"The dosing weight is of a day still to come ({show_day(day)})."
        return [_at(order, "weight.future", words, "", "dosing_weight_day")]
    limit = weight_age_days(library())
    if days <= limit:
        return []
    words = f"The dosing weight is {days}{NBSP}days old. Weigh again, or confirm it."
    detail = f"weighed {show_day(day)}; asked after {limit}{NBSP}days, per agency protocol"
    return [_at(order, "weight.old", words, detail, "dosing_weight_day")]


def _at(
    order: TherapyOrder, code: str, words: str, detail: str, field: str = "dosing_weight_kg"
) -> Finding:
    row = order.mark.row
    return Finding(
        code,
        Level.ALERT,
        words,
        SECTION,
        Cell(SECTION, row, field),
        detail=detail,
        subject=row.path(),
    )
