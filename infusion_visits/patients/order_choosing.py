"""A therapy is chosen from the catalogue: a draft is begun, or filled, with what is usual.

What the nurse typed stays; what an earlier choice put in gives way to the new one. Dose and
prescriber are never put in.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from infusion_visits.core.cells import Row
from infusion_visits.core.clock import local_day
from infusion_visits.core.errors import Missing, Refused
from infusion_visits.core.kinds import StrikeReason
from infusion_visits.patients import actions, queries
from infusion_visits.patients.order_fields import DRAFT, PREMEDICATION, RATE_STEP, THERAPY_ORDER
from infusion_visits.patients.rules import standing
from infusion_visits.patients.tables import STORE
from infusion_visits.patients.therapy.choosing import is_for_dose
from infusion_visits.patients.therapy.filling import (
    DECIDING,
    ROW_COLUMNS,
    RUNS_BY,
    Chosen,
    fill,
    former_fills,
    same_rows,
)
from infusion_visits.patients.therapy.library import library
from infusion_visits.patients.therapy.tables import TherapyOrder
from infusion_visits.records import cells

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from uuid import UUID

    from infusion_visits.patients.therapy.filling import Filled
    from infusion_visits.patients.therapy.first_dose import DoseHistory
    from infusion_visits.patients.therapy.library import Library
    from infusion_visits.patients.values import Premedication, RateStep
    from infusion_visits.patients.values import TherapyOrder as Order
    from infusion_visits.records.unit_of_work import UnitOfWork

_BY_LADDER = (*RUNS_BY, "volume_ml", "delivery", "flush_after_ml", "flush_rate_ml_h")
"""What goes with a ladder beside its rates."""
_KEYS = frozenset({"therapy", "product", "ladder"})


def choose(
    unit: UnitOfWork,
    patient_id: UUID,
    order_id: UUID | None,
    chosen: Chosen,
    history: DoseHistory,
) -> UUID:
    """Fills a draft from the catalogue, or begins one; returns it.

    Raises Refused `order-in-use` for an order that is no draft, Missing `no-therapy` for a therapy
    that the catalogue in force does not hold.
    """
    found = library()
    if found.therapy(chosen.therapy) is None:
        raise Missing("no-therapy", "This therapy is not in the catalogue.")
    if order_id is None:
        order_id = _begun(unit, patient_id)
    order = queries.load_order(unit, patient_id, order_id)
    if order.status != DRAFT or order.mark.struck is not None:
        raise Refused("order-in-use", "This order is in use. Copy it to change it, or end it.")
    today = local_day(unit.now, queries.zone_of(unit, patient_id))
    former = former_fills(found, order, history, today)
    new = fill(found, chosen, _emptied(order, former), history, today)
    asked = bool(chosen.ladder)
    keeps_rates = not asked and _has_own_rates(order, former)
    _put_rows(unit, patient_id, order, former, new, keeps_rates=keeps_rates)
    _put_columns(unit, order, former, new, asked=asked, keeps_rates=keeps_rates)
    return order_id


def follow_dose(unit: UnitOfWork, patient_id: UUID, order_id: UUID, history: DoseHistory) -> bool:
    """After one of `DECIDING` was typed on a draft: the ladder of that dose, where there is one.

    A ladder that was asked for stays while it fits the dose; rates that the nurse typed always
    stay. Says whether anything was put in.
    """
    found = library()
    order = queries.load_order(unit, patient_id, order_id)
    therapy = found.therapy(order.therapy)
    if therapy is None or order.status != DRAFT or order.mark.struck is not None:
        return False
    today = local_day(unit.now, queries.zone_of(unit, patient_id))
    former = former_fills(found, order, history, today)
    chosen = Chosen(therapy.key, order.product or "")
    new = fill(found, chosen, _emptied(order, former), history, today)
    held = found.ladders.get(order.ladder or "")
    asked = held is not None and held.key not in _by_itself(found, chosen, order, history, today)
    if new.ladder is None or (held is not None and new.ladder.key == held.key):
        return False
    if _has_own_rates(order, former) or (asked and held is not None and is_for_dose(held, order)):
        return False
    _set_rows(unit, patient_id, order.id, RATE_STEP.name, standing(order.rate_step), new.steps)
    columns = {
        name: new.columns.get(name)
        for name in _BY_LADDER
        if getattr(order, name) is None or _put_in(former, name, getattr(order, name))
    }
    columns["ladder"] = new.ladder.key
    cells.put(
        unit,
        TherapyOrder,
        {"id": order.id},
        actions.entered(STORE.group(THERAPY_ORDER.name), columns),
    )
    return True


def _by_itself(
    found: Library, chosen: Chosen, order: Order, history: DoseHistory, today: date
) -> set[str]:
    """The ladders that the catalogue puts in without being asked, however far the order was."""
    made = set()
    for names in (*((name,) for name in DECIDING), DECIDING):
        without: dict[str, Any] = dict.fromkeys(names)
        ladder = fill(found, chosen, replace(order, **without), history, today).ladder
        made |= {ladder.key} if ladder is not None else set()
    return made


def _begun(unit: UnitOfWork, patient_id: UUID) -> UUID:
    row = actions.add(unit, patient_id, Row(THERAPY_ORDER.name), {})
    made = row.at[0]
    if isinstance(made, int):
        raise TypeError("an order is keyed by its identifier")
    return made


def _put_in(former: Sequence[Filled], name: str, held: object) -> bool:
    """Whether a value is one that the catalogue put in."""
    return any(name in one.columns and one.columns[name] == held for one in former)


def _emptied(order: Order, former: Sequence[Filled]) -> Order:
    """The order as it decides a new choice: without what an earlier one put in."""
    names = {name for one in former for name in one.columns} - {"indication"}
    put_in: dict[str, Any] = {
        name: None for name in names if _put_in(former, name, getattr(order, name))
    }
    return replace(order, **put_in)


def _put_columns(
    unit: UnitOfWork,
    order: Order,
    former: Sequence[Filled],
    new: Filled,
    *,
    asked: bool,
    keeps_rates: bool,
) -> None:
    columns: dict[str, Any] = {}
    for name in {*new.columns, *(name for one in former for name in one.columns)}:
        held, wanted = getattr(order, name), new.columns.get(name)
        if keeps_rates and name in {"ladder", *RUNS_BY}:
            continue
        free = held is None or _put_in(former, name, held)
        if held != wanted and (free or name in _KEYS or (asked and name in RUNS_BY)):
            columns[name] = wanted
    group = STORE.group(THERAPY_ORDER.name)
    if columns:
        cells.put(unit, TherapyOrder, {"id": order.id}, actions.entered(group, columns))


def _has_own_rates(order: Order, former: Sequence[Filled]) -> bool:
    """Whether rates stand that the nurse typed: only a ladder that is asked for replaces them."""
    rows = standing(order.rate_step)
    if rows:
        return not any(same_rows(rows, one.steps) for one in former)
    held = order.over_minutes
    return held is not None and not _put_in(former, "over_minutes", held)


def _put_rows(
    unit: UnitOfWork,
    patient_id: UUID,
    order: Order,
    former: Sequence[Filled],
    new: Filled,
    *,
    keeps_rates: bool,
) -> None:
    if not keeps_rates:
        _set_rows(unit, patient_id, order.id, RATE_STEP.name, standing(order.rate_step), new.steps)
    given = standing(order.premedication)
    if not given or any(same_rows(given, one.premedications) for one in former):
        _set_rows(unit, patient_id, order.id, PREMEDICATION.name, given, new.premedications)


def _set_rows(
    unit: UnitOfWork,
    patient_id: UUID,
    order_id: UUID,
    group: str,
    rows: Sequence[RateStep | Premedication],
    wanted: Sequence[Mapping[str, Any]],
) -> None:
    """Rows that are there take the new figures; what is left over is struck out."""
    names = ROW_COLUMNS[group]
    for row, columns in zip(rows, wanted, strict=False):
        whole = {name: columns.get(name) for name in names}
        if any(getattr(row, name) != value for name, value in whole.items()):
            actions.change(unit, patient_id, row.mark.row, whole)
    for columns in wanted[len(rows) :]:
        actions.add(unit, patient_id, Row(group, (order_id,)), columns)
    for row in rows[len(wanted) :]:
        actions.strike(unit, patient_id, row.mark.row, StrikeReason.TYPING_ERROR)
