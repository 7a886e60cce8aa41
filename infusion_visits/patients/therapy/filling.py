"""What the catalogue puts into a draft when a therapy is chosen: never dose or prescriber. Pure.

Source: clinical reference 1.2, 1.3 and 1.6, by way of the catalogues in force.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from infusion_visits.patients.order_fields import PREMEDICATION, RATE_STEP
from infusion_visits.patients.order_options import CYCLE
from infusion_visits.patients.therapy.choosing import (
    Wanted,
    clipped,
    ladder_for,
    ladders_for,
    scaled,
)
from infusion_visits.patients.therapy.first_dose import (
    DoseCount,
    DoseHistory,
    count_dose,
    observation_minutes,
)
from infusion_visits.patients.therapy.ladders import Ladder

if TYPE_CHECKING:
    from datetime import date

    from infusion_visits.patients.therapy.catalogue import Therapy
    from infusion_visits.patients.therapy.dosing import DoseRow, Dosing, Product
    from infusion_visits.patients.therapy.library import Library
    from infusion_visits.patients.values import Premedication, RateStep, TherapyOrder

RUNS_BY = ("over_minutes", "cycle_hours", "ramp_up_hours", "ramp_down_hours")
"""Columns of an order that a ladder fills beside its rate steps."""

DECIDING = ("dose", "first_dose", "indication")
"""What of an order decides which ladder is meant; often typed after the therapy was chosen."""
ROW_COLUMNS = {
    RATE_STEP.name: ("rate", "rate_unit", "minutes", "until_complete"),
    PREMEDICATION.name: ("medicine", "dose", "route", "minutes_before"),
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a nurse chose of the catalogue: a therapy, and perhaps a product and a ladder."""

    therapy: str
    product: str = ""
    ladder: str = ""


@dataclass(frozen=True, slots=True)
class Filled:
    """The columns of an order as the catalogue has them, and its rows of steps and premedications.

    Only what the catalogue knows is in `columns`; each row is the columns of one row.
    """

    columns: Mapping[str, Any]
    steps: tuple[Mapping[str, Any], ...]
    premedications: tuple[Mapping[str, Any], ...]
    ladder: Ladder | None
    count: DoseCount


def fill(
    found: Library,
    chosen: Chosen,
    order: TherapyOrder,
    history: DoseHistory,
    today: date,
) -> Filled:
    """What the catalogue says for this order as far as it is written. Raises KeyError.

    The indication, route, delivery, dose and weight that already stand on the order decide which
    dose row and which ladder are meant; an order's own answer to "first dose" goes before the
    count of earlier doses.
    """
    therapy = found.therapies[chosen.therapy]
    dosing = found.dosing_of(chosen.therapy)
    product = found.product(chosen.product)
    brand = product.name if product else order.brand or ""
    count = count_dose(therapy.fact, history, brand, today)
    first = count.is_first if order.first_dose is None else order.first_dose
    ladder = _ladder(found, chosen, order, dosing, first=first)
    if ladder is not None:
        ladder = scaled(clipped(ladder, product, order.indication or ""), order.volume_ml)
    columns = {
        **_of_therapy(therapy, product, order, count),
        **_of_dosing(dosing, order, ladder),
        **_of_ladder(ladder),
        "therapy": chosen.therapy,
        "product": chosen.product or None,
    }
    return Filled(
        columns={name: value for name, value in columns.items() if value not in (None, "")},
        steps=_steps(ladder),
        premedications=_premedications(therapy, order, first=first),
        ladder=ladder,
        count=count,
    )


def former_fill(
    found: Library, order: TherapyOrder, history: DoseHistory, today: date
) -> Filled | None:
    """What the catalogue would put into this order now; None for one that is not from it."""
    if not order.therapy or found.therapy(order.therapy) is None:
        return None
    chosen = Chosen(order.therapy, order.product or "", order.ladder or "")
    return fill(found, chosen, order, history, today)


def former_fills(
    found: Library, order: TherapyOrder, history: DoseHistory, today: date
) -> tuple[Filled, ...]:
    """What the catalogue may have put in when the order's therapy was chosen.

    Dose, indication and first dose are often typed after the choice: with and without them.
    """
    made: list[Filled] = []
    for names in ((), ("dose",), ("first_dose",), ("indication",), DECIDING):
        without: dict[str, Any] = dict.fromkeys(names)
        one = former_fill(found, replace(order, **without), history, today)
        if one is not None:
            made.append(one)
    return tuple(made)


def same_rows(
    rows: Sequence[RateStep | Premedication], wanted: Sequence[Mapping[str, Any]]
) -> bool:
    """Whether the rows of an order stand as the catalogue has them."""
    if len(rows) != len(wanted):
        return False
    return all(
        all(getattr(row, name) == one.get(name) for name in ROW_COLUMNS[row.mark.row.group])
        for row, one in zip(rows, wanted, strict=True)
    )


def _ladder(
    found: Library, chosen: Chosen, order: TherapyOrder, dosing: Dosing | None, *, first: bool
) -> Ladder | None:
    if chosen.ladder:
        return found.ladders.get(chosen.ladder)
    wanted = wanted_of(order, chosen, first=first)
    taken = ladder_for(found, wanted)
    if taken is not None and taken.dose is not None and order.dose is None:
        # Which dose is meant is not known yet: no rate is put in for a guessed one.
        same = [one for one in ladders_for(found, wanted) if one.dose is None]
        return same[0] if same else None
    return taken


def wanted_of(order: TherapyOrder, chosen: Chosen, *, first: bool | None) -> Wanted:
    """What to look for in the ladders for an order."""
    return Wanted(
        therapy=chosen.therapy,
        product=chosen.product,
        route=order.route or "",
        delivery=order.delivery or "",
        indication=order.indication or "",
        dose=order.dose,
        dose_unit=order.dose_unit or "",
        first=first,
    )


def _of_therapy(
    therapy: Therapy, product: Product | None, order: TherapyOrder, count: DoseCount
) -> dict[str, Any]:
    minutes = observation_minutes(therapy.fact, count)
    one_brand = therapy.brands[0] if len(therapy.brands) == 1 else None
    return {
        "drug": therapy.generic,
        "brand": product.name if product else one_brand,
        "filter": therapy.fact.filter,
        "observation_minutes": None if minutes is None else Decimal(minutes),
        "safety_measures": safety_words(therapy, product.name if product else order.brand or ""),
        "indication": therapy.indications[0] if len(therapy.indications) == 1 else None,
    }


def safety_words(therapy: Therapy, brand: str = "") -> str:
    """What to have at hand and to mind with this therapy, in words."""
    fact = therapy.fact_for(brand)
    said = []
    if fact.kit_needed:
        said.append("emergency kit at hand")
    if fact.high_alert:
        said.append("high-alert: independent double check")
    if fact.hazardous:
        said.append("hazardous drug: gloves, gown, spill kit, hazardous waste")
    if fact.controlled:
        said.append("controlled: count and witness waste")
    if fact.refrigerated:
        said.append("kept at 2 to 8 °C")
    return "; ".join(said)


def _of_dosing(dosing: Dosing | None, order: TherapyOrder, ladder: Ladder | None) -> dict[str, Any]:
    if dosing is None:
        return {}
    row = dose_row(dosing, order)
    delivery = dosing.deliveries[0] if dosing.deliveries else None
    by_hand = (order.delivery or delivery) == "push"
    volume = None if by_hand else dosing.volume_ml
    if ladder is not None and ladder.volume_ml is not None and not ladder.scaled:
        volume = ladder.volume_ml
    concentration = dosing.concentration
    if ladder is not None and ladder.shape == "push":
        delivery = "push"
    return {
        "route": dosing.routes[0] if len(dosing.routes) == 1 else None,
        "delivery": delivery,
        "diluent": _diluent(dosing),
        "volume_ml": volume,
        "concentration_amount": concentration.amount if concentration else None,
        "concentration_unit": concentration.unit if concentration else None,
        "flush": dosing.flush_words,
        "flush_after_ml": dosing.flush_after_ml,
        "dosing_basis": row.basis if row else None,
        "dose_unit": row.unit if row else None,
        "frequency": row.words if row and row.every is not None else None,
        "every": row.every if row else None,
        "every_unit": row.every_unit if row else None,
        "doses_planned": Decimal(row.doses) if row and row.doses else None,
        "course_days": Decimal(row.days) if row and row.days else None,
    }


def _diluent(dosing: Dosing) -> str | None:
    if dosing.undiluted:
        return "undiluted"
    if dosing.ready_to_use:
        return "ready to use"
    return dosing.diluents[0] if dosing.diluents else None


def dose_row(dosing: Dosing, order: TherapyOrder) -> DoseRow | None:
    """The usual dose that is meant; None while two are possible and nothing tells them apart."""
    fitting = dose_rows(dosing, order)
    named = [row for row in fitting if order.indication and order.indication in row.indications]
    candidates = named or [row for row in fitting if not row.indications]
    schedules = {(row.basis, row.unit, row.words) for row in candidates}
    return candidates[0] if len(schedules) == 1 else None


def dose_rows(dosing: Dosing, order: TherapyOrder) -> tuple[DoseRow, ...]:
    """All usual doses for the order's indication and weight; a named indication goes first."""
    rows = tuple(
        row for row in dosing.doses if row.is_for(order.indication or "", order.dosing_weight_kg)
    )
    named = tuple(row for row in rows if order.indication and order.indication in row.indications)
    return named or rows


def _of_ladder(ladder: Ladder | None) -> dict[str, Any]:
    if ladder is None:
        return {}
    columns: dict[str, Any] = {"ladder": ladder.key}
    if ladder.shape in {"over", "push"} and ladder.over_minutes is not None:
        columns["over_minutes"] = ladder.over_minutes
    if ladder.shape == "cycle":
        columns |= {
            "delivery": CYCLE,
            "cycle_hours": ladder.cycle_hours,
            "ramp_up_hours": ladder.ramp_up_hours,
            "ramp_down_hours": ladder.ramp_down_hours,
        }
    if ladder.concentration is not None and ladder.unit.startswith(("mg", "mcg", "units")):
        columns |= {
            "concentration_amount": ladder.concentration.amount,
            "concentration_unit": ladder.concentration.unit,
        }
    if ladder.flush_ml is not None:
        columns["flush_after_ml"] = ladder.flush_ml
    if ladder.flush_ml_per_hour is not None:
        columns["flush_rate_ml_h"] = ladder.flush_ml_per_hour
    return columns


def _steps(ladder: Ladder | None) -> tuple[dict[str, Any], ...]:
    """The rate steps; of a range only the unit: the rate is the dose, and that is the nurse's."""
    if ladder is None:
        return ()
    if ladder.shape == "range":
        return ({"rate_unit": ladder.unit, "until_complete": True},)
    return tuple(
        {"rate": step.rate, "rate_unit": ladder.unit, "until_complete": True}
        if step.minutes is None
        else {"rate": step.rate, "rate_unit": ladder.unit, "minutes": step.minutes}
        for step in ladder.steps
    )


def _premedications(
    therapy: Therapy, order: TherapyOrder, *, first: bool
) -> tuple[dict[str, Any], ...]:
    """Those that are usual; what is given only "if ordered" is named beside, never put in."""
    made = []
    for one in therapy.premedications:
        if one.when == "if ordered" or (one.when == "first" and not first):
            continue
        if one.only_for and order.indication not in one.only_for:
            continue
        columns: dict[str, Any] = {"medicine": one.medicine}
        if one.dose:
            columns["dose"] = one.dose
        if one.route:
            columns["route"] = one.route
        if one.minutes_before is not None:
            columns["minutes_before"] = Decimal(one.minutes_before)
        made.append(columns)
    return tuple(made)
