"""An order as the chart tells it: a title, then one answer a line. Pure.

Doses are written as in clinical reference 10.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from infusion_visits.chart.chart_line import ChartLine
from infusion_visits.core.clock import local_day
from infusion_visits.core.moments import show_day, show_minutes
from infusion_visits.core.units import MILLILITRE, half_up, with_unit
from infusion_visits.patients.order_fields import DELIVERIES, ENDED
from infusion_visits.patients.order_rules import (
    dose_check,
    flush_words,
    ladder_words,
    premedication_words,
    total_minutes,
)
from infusion_visits.patients.order_words import (
    concentration_words,
    drug_words,
    schedule_words,
)
from infusion_visits.patients.rules import standing

if TYPE_CHECKING:
    from infusion_visits.patients.values import TherapyOrder

_DELIVERED = {option.key: option.label for option in DELIVERIES}


def order_title(order: TherapyOrder) -> str:
    """`infliximab (Remicade) 400 mg IV`."""
    dose = ""
    if order.dose is not None and order.dose_unit:
        dose = with_unit(order.dose, order.dose_unit)
    brand = f"({order.brand})" if order.brand else ""
    parts = (drug_words(order), brand, dose, order.route or "")
    return " ".join(part for part in parts if part)


def order_lines(order: TherapyOrder, zone: str) -> tuple[ChartLine, ...]:
    """Everything that the order says, in the order in which it is acted upon."""
    found = [
        ChartLine("Given", _given(order)),
        *_dose(order),
        ChartLine("Rate", rate_words(order)),
        ChartLine("Before", _before(order)),
        ChartLine("After", _after(order)),
        ChartLine("Flush", flush_words(order)),
        ChartLine("For", _indication(order)),
        ChartLine("First dose", _first_dose(order), "warn"),
        ChartLine("Goal", order.goal or ""),
        ChartLine("Safety", order.safety_measures or ""),
        ChartLine("Also", order.notes or ""),
        ChartLine("Ordered", ordered_words(order, zone)),
    ]
    return tuple(line for line in found if line.words)


def _given(order: TherapyOrder) -> str:
    volume = ""
    if order.volume_ml is not None:
        volume = f"{with_unit(order.volume_ml, MILLILITRE)} {order.diluent or ''}".rstrip()
    elif order.diluent:
        volume = order.diluent
    delivery = f"by {_DELIVERED[order.delivery]}" if order.delivery in _DELIVERED else ""
    filtered = f"filter {order.filter}" if order.filter else ""
    return _joined(volume, concentration_words(order), delivery, filtered, schedule_words(order))


def _dose(order: TherapyOrder) -> list[ChartLine]:
    check = dose_check(order)
    if check is None:
        return []
    said = [ChartLine("Dose", check.sentence, "ok" if check.fits else "warn")]
    if order.dose_difference:
        said.append(ChartLine("Differs", order.dose_difference))
    return said


def rate_words(order: TherapyOrder) -> str:
    """The ladder in words with the time it takes in all: `... until complete; in all 2 h 5 min`."""
    rates, total = ladder_words(order), total_minutes(order)
    if not rates or total is None or not standing(order.rate_step):
        return rates
    return f"{rates}; in all {show_minutes(int(half_up(total, 0)))}"


def _before(order: TherapyOrder) -> str:
    return "; ".join(premedication_words(row) for row in standing(order.premedication))


def _after(order: TherapyOrder) -> str:
    if order.observation_minutes is None:
        return ""
    return f"watch {show_minutes(int(order.observation_minutes))}"


def _indication(order: TherapyOrder) -> str:
    return _joined(order.indication, order.indication_words)


def _first_dose(order: TherapyOrder) -> str:
    if not order.first_dose:
        return ""
    if order.home_first_dose_authorised:
        return "may be given at home, authorised by the prescriber"
    return "the order does not say that it may be given at home"


def ordered_words(order: TherapyOrder, zone: str) -> str:
    """Who ordered it and when, its version, and the days in which it holds."""
    used = f"in use since {show_day(local_day(order.used_at, zone))}" if order.used_at else ""
    starts = f"starts {show_day(order.starts)}" if order.starts else ""
    ends = ""
    if order.ends:
        ends = f"{'ended' if order.status == ENDED else 'ends'} {show_day(order.ends)}"
    telephone = f" ({order.prescriber_telephone})" if order.prescriber_telephone else ""
    by = f"{order.prescriber}{telephone}" if order.prescriber else ""
    day = show_day(order.ordered_day) if order.ordered_day else ""
    return _joined(by, day, f"version {order.version or 1}", used, starts, ends)


def earlier_words(order: TherapyOrder) -> str:
    """`infliximab 400 mg IV, version 1, ended 3 Nov 2026: replaced by a new version`."""
    ended = f", ended {show_day(order.ends)}" if order.ends else ", ended"
    why = f": {order.end_reason}" if order.end_reason else ""
    return f"{order_title(order)}, version {order.version or 1}{ended}{why}"


def _joined(*parts: str | None) -> str:
    return " · ".join(part for part in parts if part)
