"""The care that lines had before: the last of each kind, over all visits of a patient."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Select, select

from infusion_visits.records.rows import table_of
from infusion_visits.sections.devices.rules.seen import cares_done
from infusion_visits.sections.devices.tables import (
    STORE,
    DeviceCareTable,
    DeviceCheckTable,
    LumenCheckTable,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy import Table

    from infusion_visits.patients.facts import CareFact
    from infusion_visits.records.store import RowMapping
    from infusion_visits.records.unit_of_work import UnitOfWork
    from infusion_visits.sections.devices.values import AccessDevice

_CARE = table_of(DeviceCareTable)
_CHECK = table_of(DeviceCheckTable)
_LUMEN = table_of(LumenCheckTable)
_DEVICE = table_of(STORE.group("access_device").table)
_LUMEN_OF = table_of(STORE.group("lumen").table)
_TIP_OF = table_of(STORE.group("tip_confirmation").table)


def care_before(
    unit: UnitOfWork,
    patient: UUID,
    zone: str,
    *,
    visit: UUID | None = None,
    before: datetime | None = None,
) -> tuple[CareFact, ...]:
    """The last care of each kind for each line of the patient, signed or not.

    Leaves out the visit named in `visit`, and what was done at or after `before` (UTC). For the
    dressing the detail is its type; sets count apart by their type.
    """
    last: dict[tuple[UUID, str, str], CareFact] = {}
    for fact in _all(unit, patient, zone, visit):
        if before is not None and fact.at >= before:
            continue
        key = (fact.device, fact.what, fact.detail if fact.what == "set_change" else "")
        if key not in last or fact.at > last[key].at:
            last[key] = fact
    return tuple(sorted(last.values(), key=lambda fact: (fact.at, str(fact.device), fact.what)))


def _all(unit: UnitOfWork, patient: UUID, zone: str, visit: UUID | None) -> list[CareFact]:
    by_visit: dict[UUID, dict[str, list[RowMapping]]] = {}
    for name, table in (("device_care", _CARE), ("device_check", _CHECK), ("lumen_check", _LUMEN)):
        statement: Select[tuple[object, ...]] = (
            select(table)
            .join(_DEVICE, _DEVICE.c.id == table.c.device_id)
            .where(_DEVICE.c.patient_id == patient, table.c.struck_at.is_(None))
        )
        if visit is not None:
            statement = statement.where(table.c.visit_id != visit)
        for row in unit.rows(statement):
            by_visit.setdefault(row["visit_id"], {}).setdefault(name, []).append(row)
    return [fact for rows in by_visit.values() for fact in cares_done(STORE.from_rows(rows), zone)]


def load_lines(unit: UnitOfWork, patient: UUID) -> tuple[AccessDevice, ...]:
    """All lines of the patient with what hangs on them, in the order they were written down."""
    rows: dict[str, Sequence[RowMapping]] = {
        "access_device": unit.rows(
            select(_DEVICE).where(_DEVICE.c.patient_id == patient).order_by(_DEVICE.c.id)
        ),
        "lumen": _below(unit, _LUMEN_OF, patient),
        "tip_confirmation": _below(unit, _TIP_OF, patient),
    }
    return STORE.from_rows(rows).access_device


def _below(unit: UnitOfWork, table: Table, patient: UUID) -> Sequence[RowMapping]:
    return unit.rows(
        select(table).where(table.c.patient_id == patient).order_by(table.c.device_id, table.c.seq)
    )
