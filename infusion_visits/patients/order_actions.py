"""How an order comes into use, is copied to be changed, and ends. A used order never changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from infusion_visits.core.clock import local_day
from infusion_visits.core.errors import Refused
from infusion_visits.core.findings import Level
from infusion_visits.core.writing import tidy
from infusion_visits.patients import queries
from infusion_visits.patients.actions import entered
from infusion_visits.patients.order_fields import DRAFT, ENDED, HELD_BY_ACTS, USED
from infusion_visits.patients.order_rules import order_findings
from infusion_visits.patients.tables import STORE
from infusion_visits.patients.therapy.tables import TherapyOrder
from infusion_visits.records import cells

if TYPE_CHECKING:
    from uuid import UUID

    from infusion_visits.core.findings import Finding
    from infusion_visits.patients.values import TherapyOrder as Order
    from infusion_visits.records.store import Group
    from infusion_visits.records.unit_of_work import UnitOfWork


def use_order(unit: UnitOfWork, patient_id: UUID, order_id: UUID) -> list[Finding]:
    """The draft comes into use and can no longer be changed; an earlier version of it ends.

    Returns the alerts and advice that remain. Raises Refused `order-not-usable` with the stops
    (no rate, no delivery method, no volume, no dose ...), `not-a-draft`, `struck`.
    """
    order = _standing(unit, patient_id, order_id)
    if order.status != DRAFT:
        raise Refused("not-a-draft", "This order is no draft.")
    findings = order_findings(order, local_day(unit.now, queries.zone_of(unit, patient_id)))
    stops = [found for found in findings if found.level is Level.STOP]
    if stops:
        words = "The order cannot be used yet: " + " ".join(found.words for found in stops)
        raise Refused("order-not-usable", words, stops)
    if order.replaces is not None:
        _end_earlier(unit, patient_id, order.replaces)
    _set(unit, order_id, {"status": USED, "used_at": unit.now})
    return findings


def copy_order(unit: UnitOfWork, patient_id: UUID, order_id: UUID) -> UUID:
    """A new draft version of an order, to be changed; the order itself stays as it is.

    An open draft that already replaces this order is returned instead of a second one.
    Raises Refused `still-a-draft`.
    """
    order = _standing(unit, patient_id, order_id)
    if order.status == DRAFT:
        raise Refused("still-a-draft", "This order is still a draft. Change it itself.")
    rows = queries.group_rows(unit, patient_id, ("therapy_order", "rate_step", "premedication"))
    for row in rows["therapy_order"]:
        if row["replaces"] == order_id and row["status"] == DRAFT and row["struck_at"] is None:
            draft: UUID = row["id"]
            return draft
    made = unit.ids.new()
    group = STORE.group("therapy_order")
    source = next(row for row in rows["therapy_order"] if row["id"] == order_id)
    columns = {name: source[name] for name in _columns(group) if name not in HELD_BY_ACTS}
    version = int(order.version or 1) + 1
    columns |= {"patient_id": patient_id, "status": DRAFT, "version": version}
    columns["replaces"] = order_id
    cells.append(unit, TherapyOrder, {"id": made}, columns, sequence=None)
    for child in ("rate_step", "premedication"):
        _copy_children(unit, patient_id, STORE.group(child), rows[child], (order_id, made))
    return made


def end_order(unit: UnitOfWork, patient_id: UUID, order_id: UUID, reason: str) -> None:
    """The order ends today (the day at the home) for the reason given; nothing more is given by it.

    Raises Refused without a reason, or for a draft (strike it out).
    """
    said = tidy(reason)
    if not said:
        raise Refused("reason", "Say why the order ends.")
    order = _standing(unit, patient_id, order_id)
    if order.status == DRAFT:
        raise Refused("still-a-draft", "This order is still a draft. Strike it out instead.")
    if order.status == USED:
        _end(unit, patient_id, order, said)


def set_ladder(
    unit: UnitOfWork, patient_id: UUID, order_id: UUID, steps: tuple[dict[str, Any], ...]
) -> None:
    """Puts a whole ladder into a draft that has none yet: columns of each rate_step, in order.

    Raises Refused `steps-there` where steps stand already: they are changed or struck one by one.
    """
    order = _standing(unit, patient_id, order_id)
    if order.status != DRAFT:
        raise Refused("order-in-use", "This order is in use. Copy it to change it, or end it.")
    if any(step.mark.struck is None for step in order.rate_step):
        raise Refused("steps-there", "The order has rate steps already.")
    group = STORE.group("rate_step")
    keys = {"patient_id": patient_id, "therapy_order_id": order_id}
    for step in steps:
        cells.append(unit, group.table, keys, entered(group, step))


def _standing(unit: UnitOfWork, patient_id: UUID, order_id: UUID) -> Order:
    order = queries.load_order(unit, patient_id, order_id)
    if order.mark.struck is not None:
        raise Refused("struck", "This order was struck out and stays as it is.")
    return order


def _end_earlier(unit: UnitOfWork, patient_id: UUID, order_id: UUID) -> None:
    earlier = queries.load_order(unit, patient_id, order_id)
    if earlier.status == USED and earlier.mark.struck is None:
        _end(unit, patient_id, earlier, "replaced by a new version")


def _end(unit: UnitOfWork, patient_id: UUID, order: Order, reason: str) -> None:
    today = local_day(unit.now, queries.zone_of(unit, patient_id))
    ends = min(order.ends, today) if order.ends else today
    _set(unit, order.id, {"status": ENDED, "ends": ends, "end_reason": reason})


def _set(unit: UnitOfWork, order_id: UUID, columns: dict[str, Any]) -> None:
    cells.put(unit, TherapyOrder, {"id": order_id}, columns)


def _columns(group: Group) -> tuple[str, ...]:
    return tuple(name for leaf in group.rows.leaves for name in leaf.columns())


def _copy_children(
    unit: UnitOfWork,
    patient_id: UUID,
    group: Group,
    rows: list[dict[str, Any]],
    from_to: tuple[UUID, UUID],
) -> None:
    source, made = from_to
    keys = {"patient_id": patient_id, "therapy_order_id": made}
    for row in rows:
        if row["therapy_order_id"] == source and row["struck_at"] is None:
            columns = {name: row[name] for name in _columns(group)}
            cells.append(unit, group.table, keys, columns)
