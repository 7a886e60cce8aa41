"""A record filled by bulk inserts: three lines, forty visits and 250 vitals sets of one patient."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import Engine, insert
from sqlmodel import SQLModel

import infusion_visits.app.schema  # noqa: F401 - declares every table
from infusion_visits.core.clock import SystemClock
from infusion_visits.core.ids import TimedIds
from infusion_visits.core.kinds import VisitKind
from infusion_visits.records.database import open_engine
from infusion_visits.records.freeze import models, trigger_statements
from infusion_visits.records.migrations import HEAD
from infusion_visits.records.rows import table_of
from infusion_visits.records.unit_of_work import UnitOfWork

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection

KEY = bytes(range(32))
ZONE = "America/Chicago"
VISITS, SETS, DEVICES, OTHERS = 40, 250, 3, 300
_MEMBER = UUID(int=(7 << 76) | (2 << 62) | 1)
Row = dict[str, Any]


@dataclass(frozen=True)
class Filled:
    """The record, its patient with a visit in progress, and somebody else without any."""

    engine: Engine
    patient: UUID
    other: UUID
    visit: UUID
    new_unit: Callable[[], UnitOfWork]


def filled(path: Path) -> Filled:
    """Makes the record at `path` with tables and triggers, and fills it."""
    engine = open_engine(path, KEY)
    clock = SystemClock()
    ids = TimedIds(clock)
    now = clock.now()
    patient = ids.new()
    visits = [ids.new() for _ in range(VISITS)]
    with engine.begin() as connection:
        SQLModel.metadata.create_all(connection)
        connection.exec_driver_sql("CREATE TABLE alembic_version (version_num TEXT PRIMARY KEY)")
        connection.exec_driver_sql(f"INSERT INTO alembic_version VALUES ('{HEAD}')")
        for statement in trigger_statements():
            connection.exec_driver_sql(statement)
        put = partial(_put, connection, now)
        put("agency", [{"id": ids.new(), "name": "Riverbend Home Infusion", "zone": ZONE}])
        put("member", [{"id": _MEMBER, "name": "Ines Halvorsen", "credential": "RN", "role": "n"}])
        others = [ids.new() for _ in range(OTHERS)]
        people = enumerate((*others, patient))
        put("patient", [_person(person, number) for number, person in people])
        put("visit", [_visit(patient, key, n, now) for n, key in enumerate(visits)])
        _fill_lines(put, patient, visits, now, [ids.new() for _ in range(DEVICES)])
        put("vital_signs", [_signs(visits, n, now) for n in range(SETS)])
    return Filled(
        engine,
        patient,
        others[0],
        visits[-1],
        lambda: UnitOfWork(engine, _MEMBER, clock, ids, ZONE),
    )


def _put(connection: Connection, now: datetime, name: str, rows: list[Row]) -> None:
    head = {
        "created_at": now,
        "created_by": _MEMBER,
        "updated_at": now,
        "updated_by": _MEMBER,
        "revision": 1,
    }
    connection.execute(insert(table_of(models()[name])), [{**head, **row} for row in rows])


def _person(key: UUID, number: int) -> Row:
    return {"id": key, "family": f"Family{number}", "given": "Maren", "zone": ZONE}


def _when(number: int, now: datetime) -> datetime:
    return now - timedelta(days=7 * (VISITS - 1 - number), hours=2)


def _visit(patient: UUID, key: UUID, number: int, now: datetime) -> Row:
    at = _when(number, now)
    last = number == VISITS - 1
    return {
        "id": key,
        "patient_id": patient,
        "kind": VisitKind.ROUTINE_INFUSION.value,
        "zone": ZONE,
        "scheduled_at": at,
        "nurse_id": _MEMBER,
        "started_at": at,
        "completed_at": None if last else at + timedelta(hours=2),
    }


def _fill_lines(
    put: Callable[[str, list[Row]], None],
    patient: UUID,
    visits: list[UUID],
    now: datetime,
    devices: list[UUID],
) -> None:
    kinds = (("picc", "upper_arm"), ("port", "chest"), ("piv", "forearm"))
    put(
        "access_device",
        [
            {
                "id": device,
                "patient_id": patient,
                "kind": kind,
                "side": "left",
                "site": site,
                "inserted_on": (now - timedelta(days=200)).astimezone(UTC).date(),
            }
            for device, (kind, site) in zip(devices, kinds, strict=True)
        ],
    )
    pairs = [(n, visit, device) for n, visit in enumerate(visits) for device in devices]
    put(
        "device_check",
        [
            {
                "visit_id": visit,
                "device_id": device,
                "checked_at": _when(n, now),
                "site": "normal",
                "dressing_state": "sound",
            }
            for n, visit, device in pairs
        ],
    )
    put(
        "device_care",
        [
            {
                "visit_id": visit,
                "seq": 1 + devices.index(device),
                "device_id": device,
                "done_at": _when(n, now),
                "what": "dressing_change",
                "dressing_type": "transparent",
                "tolerated": "well",
            }
            for n, visit, device in pairs
        ],
    )


def _signs(visits: list[UUID], number: int, now: datetime) -> Row:
    visit, seq = number % VISITS, number // VISITS + 1
    return {
        "visit_id": visits[visit],
        "seq": seq,
        "at": _when(visit, now) + timedelta(minutes=15 * seq),
        "systolic": Decimal(118 + number % 9),
        "diastolic": Decimal(72),
        "pulse": Decimal(70 + number % 13),
        "temperature": Decimal("36.8"),
    }
