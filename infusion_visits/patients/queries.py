"""What others ask of patients: one chart, the list, who is meant by a few letters, what is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import Column, select

from infusion_visits.core.errors import Missing
from infusion_visits.patients.patient_index import PatientIndex, PatientLine
from infusion_visits.patients.tables import (
    STORE,
    ImportedRow,
    Patient,
    PatientIdentifier,
    Task,
)
from infusion_visits.patients.therapy.tables import TherapyOrder
from infusion_visits.records.prepared import owned_rows
from infusion_visits.records.rows import table_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from infusion_visits.patients.values import PatientChart
    from infusion_visits.patients.values import TherapyOrder as Order
    from infusion_visits.records.store import Group
    from infusion_visits.records.unit_of_work import UnitOfWork

PATIENT = table_of(Patient)
IDENTIFIER = table_of(PatientIdentifier)
ORDER = table_of(TherapyOrder)
TASK = table_of(Task)
IMPORTED = table_of(ImportedRow)
_ORDER_GROUPS = ("therapy_order", "rate_step", "premedication")


@dataclass(frozen=True, slots=True)
class OpenTask:
    """A task that is not done, with the patient it is for."""

    id: UUID
    patient: UUID
    patient_name: str
    what: str
    assignee: str
    due_day: date | None
    origin: str


def load_chart(unit: UnitOfWork, patient_id: UUID) -> PatientChart:
    """Everything that belongs to one patient. Raises Missing."""
    chart = STORE.from_rows(group_rows(unit, patient_id))
    if chart.patient is None:
        raise Missing("no-patient", "This patient is not in the record.")
    return chart


def group_rows(
    unit: UnitOfWork, patient_id: UUID, names: Iterable[str] = ()
) -> dict[str, list[dict[str, Any]]]:
    """The rows of the groups called `names` (all where empty), struck ones too, in their order."""
    wanted = set(names) or {group.name for group in STORE.groups}
    return {
        group.name: _rows_of(unit, group, patient_id)
        for group in STORE.groups
        if group.name in wanted
    }


def _rows_of(unit: UnitOfWork, group: Group, patient_id: UUID) -> list[dict[str, Any]]:
    return owned_rows(unit, group.table, (group.owner_column, patient_id), group.keys)


def load_order(unit: UnitOfWork, patient_id: UUID, order_id: UUID) -> Order:
    """One order with its steps and premedication. Raises Missing."""
    chart = STORE.from_rows(group_rows(unit, patient_id, _ORDER_GROUPS))
    order = chart.order(order_id)
    if order is None:
        raise Missing("no-order", "This order is not in the record.")
    return order


def zone_of(unit: UnitOfWork, patient_id: UUID) -> str:
    """The time zone of the patient's home, the unit's own where none is known. Raises Missing."""
    row = unit.one(select(PATIENT.c.zone).where(PATIENT.c.id == patient_id))
    if row is None:
        raise Missing("no-patient", "This patient is not in the record.")
    return row["zone"] or unit.zone


def list_patients(unit: UnitOfWork) -> tuple[PatientLine, ...]:
    """Every patient by name; a struck one (entered by mistake) is left out."""
    return load_index(unit).lines


def search(unit: UnitOfWork, text: str, limit: int = 50) -> tuple[PatientLine, ...]:
    """The patients that `text` may mean, the likeliest first.

    Reads all names each time: while somebody types, keep one `load_index` and ask it instead.
    """
    return load_index(unit).find(text, limit)


def load_index(unit: UnitOfWork) -> PatientIndex:
    """All patients in memory, ready to be found within one frame of the screen."""
    numbers: dict[UUID, list[str]] = {}
    standing = select(IDENTIFIER.c.patient_id, IDENTIFIER.c.value).where(
        IDENTIFIER.c.struck_at.is_(None)
    )
    for row in unit.each(standing):
        if row["value"]:
            numbers.setdefault(row["patient_id"], []).append(row["value"])
    columns: list[Column[Any]] = [
        PATIENT.c[name]
        for name in (
            "id",
            "family",
            "given",
            "suffix",
            "preferred_name",
            "other_names",
            "birth_day",
            "birth_precision",
            "sex",
            "status",
        )
    ]
    people = unit.each(select(*columns).where(PATIENT.c.struck_at.is_(None)))
    return PatientIndex(_line(row, numbers.get(row["id"], ())) for row in people)


def _line(row: Mapping[str, Any], numbers: Iterable[str]) -> PatientLine:
    family = " ".join(part for part in (row["family"], row["suffix"]) if part)
    return PatientLine(
        id=row["id"],
        family=family,
        given=row["given"] or "",
        preferred_name=row["preferred_name"] or "",
        birth_day=row["birth_day"],
        birth_precision=row["birth_precision"] or "day",
        sex=row["sex"] or "",
        status=row["status"] or "",
        identifiers=tuple(numbers),
        other_names=row["other_names"] or "",
    )


def patient_with(unit: UnitOfWork, system: str, value: str) -> UUID | None:
    """The patient known by this identifier; None when nobody is."""
    statement = select(IDENTIFIER.c.patient_id).where(
        IDENTIFIER.c.system == system,
        IDENTIFIER.c.value == value,
        IDENTIFIER.c.struck_at.is_(None),
    )
    row = unit.one(statement)
    return row["patient_id"] if row else None


def born_on(unit: UnitOfWork, day: date) -> list[dict[str, Any]]:
    """The rows of the patients with this birth date; a struck one is left out."""
    return unit.rows(
        select(PATIENT)
        .where(PATIENT.c.birth_day == day, PATIENT.c.struck_at.is_(None))
        .order_by(PATIENT.c.id)
    )


def patient_from(unit: UnitOfWork, source: str) -> UUID | None:
    """The patient for whom something came from this source; None when nobody did."""
    row = unit.one(select(IMPORTED.c.patient_id).where(IMPORTED.c.source == source).limit(1))
    return row["patient_id"] if row else None


def order_patient(unit: UnitOfWork, order_id: UUID) -> UUID:
    """Whose order this is. Raises Missing."""
    row = unit.one(select(ORDER.c.patient_id).where(ORDER.c.id == order_id))
    if row is None:
        raise Missing("no-order", "This order is not in the record.")
    patient: UUID = row["patient_id"]
    return patient


def open_tasks(unit: UnitOfWork, until: date | None = None) -> tuple[OpenTask, ...]:
    """Tasks that are not done, the earliest first; with `until` only those due by that day."""
    joined = TASK.join(PATIENT, PATIENT.c.id == TASK.c.patient_id)
    statement = (
        select(
            TASK.c.id,
            TASK.c.patient_id,
            PATIENT.c.family,
            PATIENT.c.given,
            TASK.c.what,
            TASK.c.assignee,
            TASK.c.due_day,
            TASK.c.origin,
        )
        .select_from(joined)
        .where(TASK.c.done_at.is_(None), TASK.c.struck_at.is_(None))
        .order_by(TASK.c.due_day.is_(None), TASK.c.due_day, TASK.c.id)
    )
    if until is not None:
        statement = statement.where(TASK.c.due_day <= until)
    return tuple(
        OpenTask(
            id=row["id"],
            patient=row["patient_id"],
            patient_name=", ".join(part for part in (row["family"], row["given"]) if part),
            what=row["what"] or "",
            assignee=row["assignee"] or "",
            due_day=row["due_day"],
            origin=row["origin"] or "",
        )
        for row in unit.rows(statement)
    )


def imported_rows(unit: UnitOfWork, patient_id: UUID) -> dict[str, dict[str, Any]]:
    """What imports brought for this patient, by source."""
    statement = select(IMPORTED).where(IMPORTED.c.patient_id == patient_id)
    return {row["source"]: row for row in unit.rows(statement)}
