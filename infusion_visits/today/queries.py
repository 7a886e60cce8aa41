"""What today asks: visits of the day, what is not signed, care falling due, what is open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import select

from infusion_visits.core.clock import instant_of, local_day
from infusion_visits.core.kinds import VisitKind, VisitStatus
from infusion_visits.core.moments import show_day, show_time
from infusion_visits.core.units import with_unit
from infusion_visits.patients.queries import list_patients, load_chart, open_tasks
from infusion_visits.patients.rules import banner
from infusion_visits.records.rows import table_of
from infusion_visits.sections.complications.history import open_complications
from infusion_visits.sections.devices.history import care_before, load_lines
from infusion_visits.sections.devices.rules.due import LATE, DueState, due_care
from infusion_visits.sections.devices.rules.limits import default_limits
from infusion_visits.sections.devices.rules.lines import line_label
from infusion_visits.visits.answers import answers_of, note_state
from infusion_visits.visits.history import only_here
from infusion_visits.visits.note_state import NoteState, newest
from infusion_visits.visits.queries import (
    VisitLine,
    list_visits,
    unfinished_visits,
    visit_line,
)
from infusion_visits.visits.tables import Review, VisitTable

if TYPE_CHECKING:
    from infusion_visits.patients.values import PatientChart
    from infusion_visits.records.unit_of_work import UnitOfWork
    from infusion_visits.sections.devices.rules.due import CareDue
    from infusion_visits.sections.devices.values import AccessDevice

DUE_WITHIN_DAYS = 3
REVIEW, VISIT = table_of(Review), table_of(VisitTable)


@dataclass(frozen=True, slots=True)
class VisitCard:
    """One visit of the day: when, who, where, what, by which line."""

    id: UUID
    patient: UUID
    at: datetime
    zone: str
    status: VisitStatus
    kind: VisitKind
    name: str
    place: str
    therapy: str
    line: str
    first_dose: bool
    alert: str
    ended: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a list: who, what, when, and where it leads. `late` asks for attention."""

    patient: UUID
    name: str
    words: str
    beside: str
    late: bool = False
    visit: UUID | None = None
    note: UUID | None = None


@dataclass(frozen=True, slots=True)
class Today:
    """Everything that the first screen shows."""

    day: date
    visits: tuple[VisitCard, ...]
    unsigned: tuple[Line, ...]
    due: tuple[Line, ...]
    open: tuple[Line, ...]
    tasks: tuple[Line, ...]
    any_patient: bool
    returned: tuple[Line, ...] = ()
    only_here: int = 0
    """How many signed notes nobody else has yet."""
    oldest_here: date | None = None


def load_today(unit: UnitOfWork, zone: str) -> Today:
    """What this day asks, in the laptop's zone."""
    day = local_day(unit.now, zone)
    start = instant_of(datetime.combine(day, time()), zone)
    lines = list_visits(unit, since=start, until=start + timedelta(days=1))
    charts: dict[UUID, PatientChart] = {}
    visits = tuple(_card(unit, line, charts) for line in lines)
    unsigned = tuple(
        _unsigned(unit, line, charts) for line in unfinished_visits(unit) if line not in lines
    )
    escalations = tuple(
        Line(
            one.patient,
            _name(unit, one.patient, charts, day),
            one.words,
            _by(one.tell_by, unit.now),
            late=one.tell_by is not None and one.tell_by < unit.now,
        )
        for one in open_complications(unit, zone)
    )
    tasks = tuple(
        Line(
            one.patient,
            one.patient_name,
            one.what,
            _on(one.due_day, day) if one.due_day else "",
            late=bool(one.due_day and one.due_day < day),
        )
        for one in open_tasks(unit, day + timedelta(days=DUE_WITHIN_DAYS))
    )
    here = only_here(unit)
    oldest = visit_line(unit, here[0]) if here else None
    return Today(
        day,
        visits,
        unsigned,
        _due(unit, day, charts),
        escalations,
        tasks,
        bool(_patients(unit)),
        _returned(unit, charts),
        len(here),
        local_day(oldest.scheduled, oldest.zone) if oldest is not None else None,
    )


def _returned(unit: UnitOfWork, charts: dict[UUID, PatientChart]) -> tuple[Line, ...]:
    """Notes that the coordinator gave back to who unlocked, the oldest first."""
    answered = select(REVIEW.c.visit_id).join(VISIT, VISIT.c.id == REVIEW.c.visit_id)
    mine = answered.where(VISIT.c.nurse_id == unit.member).distinct()
    found: list[tuple[datetime, Line]] = []
    for row in unit.rows(mine):
        visit: UUID = row["visit_id"]
        if note_state(unit, visit) is not NoteState.RETURNED:
            continue
        line, last = visit_line(unit, visit), newest(answers_of(unit, visit))
        if last is None:
            continue
        day = local_day(line.scheduled, line.zone)
        asked = len(last.questions)
        questions = f" with {asked} question{'' if asked == 1 else 's'}" if asked else ""
        words = f"{line.kind.label} {show_day(day)}, returned{questions}"
        name = _name(unit, line.patient, charts, day)
        since = local_day(last.at, line.zone)
        beside = f"{since.day} {since:%b}"
        found.append((last.at, Line(line.patient, name, words, beside, late=True, note=visit)))
    return tuple(one for _, one in sorted(found, key=lambda one: one[0]))


def _patients(unit: UnitOfWork) -> tuple[UUID, ...]:
    return tuple(line.id for line in list_patients(unit))


def _chart(unit: UnitOfWork, patient: UUID, charts: dict[UUID, PatientChart]) -> PatientChart:
    if patient not in charts:
        charts[patient] = load_chart(unit, patient)
    return charts[patient]


def _name(unit: UnitOfWork, patient: UUID, charts: dict[UUID, PatientChart], day: date) -> str:
    return banner(_chart(unit, patient, charts), day).name


def _card(unit: UnitOfWork, line: VisitLine, charts: dict[UUID, PatientChart]) -> VisitCard:
    chart = _chart(unit, line.patient, charts)
    words = banner(chart, local_day(line.scheduled, line.zone))
    order = chart.order(line.order) if line.order else None
    therapy = ""
    if order is not None and order.drug and order.dose is not None:
        therapy = f"{order.drug} {with_unit(order.dose, order.dose_unit or '')}"
    devices = [
        device
        for device in load_lines(unit, line.patient)
        if device.removed_at is None and device.mark.struck is None
    ]
    return VisitCard(
        id=line.id,
        patient=line.patient,
        at=line.scheduled,
        zone=line.zone,
        status=line.status,
        kind=line.kind,
        name=words.name,
        place=(chart.patient.address if chart.patient else None) or "",
        therapy=therapy,
        line=", ".join(line_label(device) for device in devices) or "no line",
        first_dose=bool(order and order.first_dose),
        alert="; ".join(words.limb_alerts),
        ended=". ".join(
            said.rstrip(".") for said in (line.reason, line.told and f"Told: {line.told}") if said
        ),
    )


def _unsigned(unit: UnitOfWork, line: VisitLine, charts: dict[UUID, PatientChart]) -> Line:
    day = local_day(line.scheduled, line.zone)
    return Line(
        line.patient,
        _name(unit, line.patient, charts, day),
        f"{line.kind.label}, {line.status}, not signed",
        f"{day.day} {day:%b}",
        late=True,
        visit=line.id,
    )


def _due(unit: UnitOfWork, day: date, charts: dict[UUID, PatientChart]) -> tuple[Line, ...]:
    found: list[tuple[date, Line]] = []
    limits = default_limits()
    for patient in _patients(unit):
        devices = load_lines(unit, patient)
        if not devices:
            continue
        chart = _chart(unit, patient, charts)
        zone = (chart.patient.zone if chart.patient else None) or unit.zone
        cares = care_before(unit, patient, zone)
        for device in devices:
            for due in due_care(device, cares, day, limits, now=unit.now, zone=zone):
                on = due.day(zone)
                if on is None or on > day + timedelta(days=DUE_WITHIN_DAYS):
                    continue
                found.append((on, _due_line(patient, chart, device, due, day, zone)))
    return tuple(line for _, line in sorted(found, key=lambda one: one[0]))


def _due_line(
    patient: UUID, chart: PatientChart, device: AccessDevice, due: CareDue, day: date, zone: str
) -> Line:
    words = f"{due.title} · {line_label(device)}"
    name, on = banner(chart, day).name, due.day(zone) or day
    if due.state is DueState.AT_ONCE:
        return Line(patient, name, words, f"at once: {due.why}", late=True)
    beside = _on(on, day)
    if due.due_at is not None:
        beside += f" {show_time(due.due_at, zone)}"
    return Line(patient, name, words, beside, late=due.state in LATE)


def _on(due: date, day: date) -> str:
    days = (due - day).days
    if days < 0:
        return f"{-days} day{'s' if days < -1 else ''} overdue"
    return {0: "today", 1: "tomorrow"}.get(days, f"{due.day} {due:%b}")


def _by(deadline: datetime | None, now: datetime) -> str:
    if deadline is None:
        return "open"
    return "tell now" if deadline <= now else "to be told"
