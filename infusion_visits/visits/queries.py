"""Reading visits: a whole record, lists for the screens, and what a signed visit keeps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import Select, bindparam, select

from infusion_visits.core.cells import Row
from infusion_visits.core.desk import Who
from infusion_visits.core.errors import Missing
from infusion_visits.core.fields import Owner
from infusion_visits.core.kinds import NotDoneReason, VisitKind, VisitStatus
from infusion_visits.core.marks import NotDone
from infusion_visits.patients.facts import CareFact, DoseFact, EarlierReaction, HomeFact
from infusion_visits.patients.queries import load_chart
from infusion_visits.patients.values import PatientChart
from infusion_visits.records.prepared import Prepared, owned_rows
from infusion_visits.records.rows import table_of
from infusion_visits.records.store import Group, NotDoneByCell
from infusion_visits.sections.complications.history import reactions_before
from infusion_visits.sections.devices.history import care_before
from infusion_visits.sections.home.history import home_before
from infusion_visits.sections.infusion.history import doses_given
from infusion_visits.sections.stores import STORES
from infusion_visits.team.queries import LOGO, setting
from infusion_visits.team.queries import agency as load_agency
from infusion_visits.team.queries import members as load_members
from infusion_visits.visits.answers import note_state as note_state
from infusion_visits.visits.answers import questions_of as questions_of
from infusion_visits.visits.history import hand_over_state as hand_over_state
from infusion_visits.visits.record import (
    Absent,
    AgencyHead,
    ClockChange,
    Overridden,
    VisitHead,
    VisitRecord,
)
from infusion_visits.visits.scope import as_known, known_patient
from infusion_visits.visits.tables import (
    Addendum,
    ClockChangeTable,
    NotDoneTable,
    OverrideTable,
    VisitSnapshot,
    VisitTable,
)

if TYPE_CHECKING:
    from infusion_visits.records.unit_of_work import UnitOfWork

VISIT = table_of(VisitTable)
SNAPSHOT = table_of(VisitSnapshot)
NOT_DONE = table_of(NotDoneTable)
OVERRIDE = table_of(OverrideTable)
CLOCK_CHANGE = table_of(ClockChangeTable)
ADDENDUM = table_of(Addendum)


@dataclass(frozen=True, slots=True)
class VisitLine:
    """A visit as a list shows it."""

    id: UUID
    patient: UUID
    kind: VisitKind
    status: VisitStatus
    zone: str
    scheduled: datetime
    nurse: UUID
    order: UUID | None
    started: datetime | None
    completed: datetime | None
    reason: str = ""
    told: str = ""


@dataclass(frozen=True)
class VisitRows:
    """What the tables hold of one visit: rows by section and group, and what was not done.

    The workspace keeps these in memory, puts each left field's columns into them, and makes
    the record anew with `record_of`.
    """

    head: VisitHead
    rows: Mapping[str, Mapping[str, Sequence[Mapping[str, Any]]]]
    not_done: Mapping[str, NotDoneByCell] = field(default_factory=dict)


def visit_head(unit: UnitOfWork, visit: UUID) -> VisitHead:
    """The visit itself. Raises Missing."""
    row = unit.one(select(VISIT).where(VISIT.c.id == visit))
    if row is None:
        raise Missing("visit", "That visit is not in this record.")
    return _head(row)


def _head(row: Mapping[str, Any]) -> VisitHead:
    return VisitHead(
        id=row["id"],
        patient=row["patient_id"],
        kind=VisitKind(row["kind"]),
        zone=row["zone"],
        scheduled=row["scheduled_at"],
        nurse=row["nurse_id"],
        order=row["order_id"],
        started=row["started_at"],
        completed=row["completed_at"],
        missed=row["missed_at"],
        cancelled=row["cancelled_at"],
        reason=row["reason"] or "",
        copied_from=row["copied_from"],
    )


def is_signed(unit: UnitOfWork, visit: UUID) -> bool:
    """Whether the visit has its snapshot."""
    return unit.one(select(SNAPSHOT.c.visit_id).where(SNAPSHOT.c.visit_id == visit)) is not None


def load_rows(unit: UnitOfWork, visit: UUID) -> VisitRows:
    """All rows of one visit's sections, and the patient's rows that its sections speak of."""
    head = visit_head(unit, visit)
    rows = {
        key: {group.name: _group_rows(unit, group, head) for group in store.groups}
        for key, store in STORES.items()
    }
    return VisitRows(head, rows, _not_done(unit, visit))


def _group_rows(unit: UnitOfWork, group: Group, head: VisitHead) -> list[dict[str, Any]]:
    owner = head.id if group.rows.owner is Owner.VISIT else head.patient
    return owned_rows(unit, group.table, (group.owner_column, owner), group.keys)


def _not_done(unit: UnitOfWork, visit: UUID) -> dict[str, dict[tuple[str, str], tuple[str, str]]]:
    found: dict[str, dict[tuple[str, str], tuple[str, str]]] = {}
    statement = select(NOT_DONE).where(NOT_DONE.c.visit_id == visit, NOT_DONE.c.reason != "")
    for row in unit.rows(statement):
        cells = found.setdefault(row["section"], {})
        cells[row["row"], row["field"]] = (row["reason"], row["words"])
    return found


@dataclass(frozen=True)
class Surroundings:
    """What stands around the sections of a draft: patient, agency, people, overrides."""

    agency: AgencyHead
    patient: PatientChart
    people: tuple[Who, ...]
    overrides: tuple[Overridden, ...] = ()
    care_before: tuple[CareFact, ...] = ()
    home_before: HomeFact | None = None
    clock_changes: tuple[ClockChange, ...] = ()
    doses_before: tuple[DoseFact, ...] = ()
    reactions_before: tuple[EarlierReaction, ...] = ()


def load_surroundings(unit: UnitOfWork, head: VisitHead) -> Surroundings:
    """What stands around the sections of this visit."""
    agency = load_agency(unit)
    return Surroundings(
        AgencyHead(agency.id, agency.name, agency.telephone or "", setting(unit, LOGO, "")),
        known_patient(load_chart(unit, head.patient)),
        load_people(unit),
        load_overrides(unit, head.id),
        care_before(unit, head.patient, head.zone, visit=head.id, before=head.started),
        home_before(unit, head.id),
        load_clock_changes(unit, head.id),
        doses_given(unit, head.patient, head.zone, visit=head.id, before=head.started),
        reactions_before(unit, head.patient, visit=head.id, before=head.started),
    )


def load_record(unit: UnitOfWork, visit: UUID) -> VisitRecord:
    """The record of a draft, from the tables (a signed one is read from its snapshot)."""
    rows = load_rows(unit, visit)
    return record_of(rows, load_surroundings(unit, rows.head))


def record_of(
    rows: VisitRows, around: Surroundings, sections: Mapping[str, Any] | None = None
) -> VisitRecord:
    """The record that these rows make; pure, so that the workspace can make it at each field.

    `sections` are those of these rows, where they were made before.
    """
    return VisitRecord(
        visit=rows.head,
        agency=around.agency,
        patient=around.patient,
        sections=sections_of(rows) if sections is None else sections,
        people=around.people,
        overrides=around.overrides,
        clock_changes=around.clock_changes,
        absent=_absent(rows),
        care_before=around.care_before,
        home_before=around.home_before,
        doses_before=around.doses_before,
        reactions_before=around.reactions_before,
    )


def sections_of(
    rows: VisitRows, before: tuple[VisitRows, Mapping[str, Any]] | None = None
) -> dict[str, Any]:
    """The values of every section from the rows of a visit, as far as they matter at it.

    `before` are other rows of this visit with the sections they made: a section whose rows are
    the same objects keeps its values, and so whatever is known of them.
    """
    old, made = before or (rows, {})
    return {
        key: made[key] if key in made and _is_same(key, rows, old) else _section(key, rows)
        for key in STORES
    }


def _is_same(key: str, rows: VisitRows, old: VisitRows) -> bool:
    """Whether nothing changed in this section; rows are replaced and never changed in place."""
    return (
        rows.head is old.head
        and rows.rows.get(key) is old.rows.get(key)
        and rows.not_done.get(key) is old.not_done.get(key)
    )


def _section(key: str, rows: VisitRows) -> Any:
    values = STORES[key].from_rows(rows.rows.get(key, {}), rows.not_done.get(key))
    return as_known(key, values, rows.head)


def _absent(rows: VisitRows) -> tuple[Absent, ...]:
    return tuple(
        Absent(section, path, NotDone(NotDoneReason(reason), words))
        for section, cells in rows.not_done.items()
        for (path, _), (reason, words) in cells.items()
        if section in STORES and not _has_row(rows, section, path)
    )


def _has_row(rows: VisitRows, section: str, path: str) -> bool:
    """Whether the row of `path` is there, or, of a whole group, one that was not struck out."""
    name = path.partition("/")[0]
    group = STORES[section].group(name)
    for row in rows.rows.get(section, {}).get(name, ()):
        at = Row(name, group.at(row)).path()
        if at == path or (at.startswith(f"{path}/") and row.get("struck_at") is None):
            return True
    return False


def load_people(unit: UnitOfWork) -> tuple[Who, ...]:
    """Everyone of the team, for the names of authors."""
    return tuple(load_members(unit))


def load_clock_changes(unit: UnitOfWork, visit: UUID) -> tuple[ClockChange, ...]:
    """How the laptop's clock was set while this visit was charted."""
    found = unit.rows(
        select(CLOCK_CHANGE).where(CLOCK_CHANGE.c.visit_id == visit).order_by(CLOCK_CHANGE.c.seq)
    )
    return tuple(
        ClockChange(row["what"] or "", row["at"], row["seconds"] or 0)
        for row in found
        if row["at"] is not None
    )


def load_overrides(unit: UnitOfWork, visit: UUID) -> tuple[Overridden, ...]:
    """What was overridden at this visit, in the order it was."""
    statement = (
        select(OVERRIDE)
        .where(OVERRIDE.c.visit_id == visit, OVERRIDE.c.struck_at.is_(None))
        .order_by(OVERRIDE.c.seq)
    )
    return tuple(
        Overridden(
            row["finding"],
            row["words"],
            row["reason"],
            row["created_at"],
            row["created_by"],
        )
        for row in unit.rows(statement)
    )


def list_visits(
    unit: UnitOfWork,
    *,
    patient: UUID | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
) -> list[VisitLine]:
    """Visits in the order of their schedule, of one patient or of a stretch of time (UTC)."""
    statement = _lines().order_by(VISIT.c.scheduled_at, VISIT.c.id)
    if patient is not None:
        statement = statement.where(VISIT.c.patient_id == patient)
    if since is not None:
        statement = statement.where(VISIT.c.scheduled_at >= since)
    if until is not None:
        statement = statement.where(VISIT.c.scheduled_at < until)
    return [_line(row) for row in unit.rows(statement)]


def unfinished_visits(unit: UnitOfWork) -> list[VisitLine]:
    """Visits that were started and are not signed, oldest first."""
    statement = (
        _lines()
        .where(VISIT.c.started_at.is_not(None), SNAPSHOT.c.visit_id.is_(None))
        .where(VISIT.c.cancelled_at.is_(None), VISIT.c.missed_at.is_(None))
        .order_by(VISIT.c.scheduled_at)
    )
    return [_line(row) for row in unit.rows(statement)]


def visit_line(unit: UnitOfWork, visit: UUID) -> VisitLine:
    """One visit as a list shows it. Raises Missing."""
    row = ONE_LINE.one(unit, visit=visit)
    if row is None:
        raise Missing("visit", "That visit is not in this record.")
    return _line(row)


def _lines() -> Select[Any]:
    retraction = (
        select(ADDENDUM.c.visit_id)
        .where(ADDENDUM.c.visit_id == VISIT.c.id, ADDENDUM.c.kind == "retraction")
        .limit(1)
        .scalar_subquery()
    )
    return select(
        VISIT, SNAPSHOT.c.visit_id.label("snapshot"), retraction.label("retraction")
    ).select_from(VISIT.outerjoin(SNAPSHOT, SNAPSHOT.c.visit_id == VISIT.c.id))


# Asked at every field that is left.
ONE_LINE = Prepared(_lines().where(VISIT.c.id == bindparam("visit")))


def _line(row: Mapping[str, Any]) -> VisitLine:
    return VisitLine(
        id=row["id"],
        patient=row["patient_id"],
        kind=VisitKind(row["kind"]),
        status=_status(row),
        zone=row["zone"],
        scheduled=row["scheduled_at"],
        nurse=row["nurse_id"],
        order=row["order_id"],
        started=row["started_at"],
        completed=row["completed_at"],
        reason=row["reason"] or "",
        told=row["told"] or "",
    )


def _status(row: Mapping[str, Any]) -> VisitStatus:
    told = (
        ("retraction", VisitStatus.RETRACTED),
        ("snapshot", VisitStatus.SIGNED),
        ("cancelled_at", VisitStatus.CANCELLED),
        ("missed_at", VisitStatus.MISSED),
        ("completed_at", VisitStatus.COMPLETED),
        ("started_at", VisitStatus.IN_PROGRESS),
    )
    return next(
        (status for name, status in told if row[name] is not None),
        VisitStatus.SCHEDULED,
    )
