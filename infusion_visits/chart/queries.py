"""One patient over time: what the chart shows, read in a handful of statements."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import Select, func, or_, select

from infusion_visits.chart.trends import MOST_READINGS, Reading, Vital
from infusion_visits.chart.trends import SIGNS as TREND_SIGNS
from infusion_visits.core.blocks import BodyFigure, BodyMark
from infusion_visits.core.clock import local_day
from infusion_visits.patients.facts import DoseFact, LineFact
from infusion_visits.patients.queries import OpenTask, load_chart, open_tasks
from infusion_visits.patients.rules import allergy_words
from infusion_visits.patients.therapy.differences import OrderContext
from infusion_visits.patients.therapy.first_dose import DoseHistory, history_of
from infusion_visits.patients.therapy.library import library
from infusion_visits.patients.values import PatientChart, TherapyOrder
from infusion_visits.records import change_log, draft_text
from infusion_visits.records.rows import table_of
from infusion_visits.sections.complications.history import OpenComplication, open_complications
from infusion_visits.sections.devices.history import care_before, load_lines
from infusion_visits.sections.devices.rules.due import CareDue, due_care
from infusion_visits.sections.devices.rules.fact import line_facts
from infusion_visits.sections.devices.rules.limits import default_limits
from infusion_visits.sections.devices.rules.lines import body_site, line_label
from infusion_visits.sections.devices.values import Devices
from infusion_visits.sections.infusion.history import doses_given
from infusion_visits.sections.vitals.tables import STORE as VITALS
from infusion_visits.visits.handed import Handed
from infusion_visits.visits.history import hand_over_states
from infusion_visits.visits.queries import VisitLine, list_visits
from infusion_visits.visits.tables import VisitTable

if TYPE_CHECKING:
    from datetime import datetime
    from decimal import Decimal

    from infusion_visits.records.unit_of_work import UnitOfWork
    from infusion_visits.sections.devices.values import AccessDevice

PATIENT_OWNER = "patient"
OPENED = "chart opened"
SIGNS = table_of(VITALS.group("vital_signs").table)
VISIT = table_of(VisitTable)


@dataclass(frozen=True, slots=True)
class LineCard:
    """A line in place: what and where, for how long, and what falls due."""

    device: UUID
    label: str
    dwell: str
    due: tuple[CareDue, ...]
    fact: LineFact | None = None


@dataclass(frozen=True, slots=True)
class ChartView:
    """Everything the chart of one patient shows."""

    patient: UUID
    chart: PatientChart
    zone: str
    today: date
    lines: tuple[LineCard, ...]
    body: BodyFigure
    visits: tuple[VisitLine, ...]
    open: tuple[OpenComplication, ...]
    tasks: tuple[OpenTask, ...]
    charted: tuple[Reading, ...]
    stored: dict[Vital, int]
    half_typed: dict[str, str]
    doses: tuple[DoseFact, ...] = ()
    handed: Mapping[UUID, Handed] = field(default_factory=dict)
    """Where the notes of the signed visits are by now."""

    def context_of(self, order: TherapyOrder) -> OrderContext:
        """What is known around an order: earlier doses of its therapy, lines, allergies."""
        therapy = library().therapy(order.therapy)
        return OrderContext(
            today=self.today,
            history=(
                DoseHistory()
                if therapy is None
                else history_of(therapy.key, therapy.generic, self.doses)
            ),
            lines=tuple(line.fact for line in self.lines if line.fact is not None),
            allergies=allergy_words(self.chart),
        )


def open_chart(unit: UnitOfWork, patient: UUID) -> ChartView:
    """Reads the chart and notes in the audit trail that it was opened. Raises Missing."""
    change_log.note_event(unit, OPENED, patient)
    return load_view(unit, patient)


def load_view(unit: UnitOfWork, patient: UUID) -> ChartView:
    """Reads the chart of one patient. Raises Missing."""
    chart = load_chart(unit, patient)
    zone = (chart.patient.zone if chart.patient else None) or unit.zone
    today = local_day(unit.now, zone)
    devices = [
        device
        for device in load_lines(unit, patient)
        if device.removed_at is None and device.mark.struck is None
    ]
    visits = tuple(reversed(list_visits(unit, patient=patient)))
    return ChartView(
        patient=patient,
        chart=chart,
        zone=zone,
        today=today,
        lines=_lines(unit, patient, devices, today, zone),
        body=_body(devices),
        visits=visits,
        open=open_complications(unit, zone, patient),
        tasks=tuple(task for task in open_tasks(unit) if task.patient == patient),
        charted=_charted(unit, patient),
        stored=_stored(unit, patient),
        half_typed=draft_text.of_owner(unit, PATIENT_OWNER, patient),
        doses=doses_given(unit, patient, zone),
        handed=hand_over_states(unit, [visit.id for visit in visits]),
    )


def _lines(
    unit: UnitOfWork, patient: UUID, devices: list[AccessDevice], today: date, zone: str
) -> tuple[LineCard, ...]:
    if not devices:
        return ()
    cares = care_before(unit, patient, zone)
    limits = default_limits()
    known = line_facts(Devices(tuple(devices)), zone, before=cares, today=today, limits=limits)
    found = []
    for device, fact in zip(devices, known, strict=True):
        due = due_care(device, cares, today, limits, now=unit.now, zone=zone)
        found.append(LineCard(device.id, fact.label, _standing_words(fact), due, fact))
    return tuple(found)


def _standing_words(line: LineFact) -> str:
    """`in place 12 days · locked`; a needle, a tip or a lumen that matters is said as well."""
    said = [f"in place {line.dwell_days} days"] if line.dwell_days is not None else []
    said.append(line.status.value)
    if line.needle_days is not None:
        said.append(f"needle in {line.needle_days} days")
    if line.why_not_central:
        said.append(f"not central: {line.why_not_central}")
    if line.why_not:
        said.append(line.why_not)
    said += [f"{one.name}: {one.why_not}" for one in line.lumen_facts if one.why_not]
    return " · ".join(said)


def _body(devices: list[AccessDevice]) -> BodyFigure:
    marks = tuple(
        BodyMark(site, line_label(device))
        for device in devices
        if (site := body_site(device)) is not None
    )
    return BodyFigure(marks, "; ".join(line_label(device) for device in devices) or "no line")


def _charted(unit: UnitOfWork, patient: UUID) -> tuple[Reading, ...]:
    """The newest readings of each vital over all visits; struck ones are none."""
    found: dict[datetime, dict[str, Decimal]] = {}
    for signs in TREND_SIGNS.values():
        columns = [SIGNS.c[sign.column] for sign in signs]
        statement = (
            _signs_of(patient, SIGNS.c.at, *columns)
            .where(SIGNS.c.at.is_not(None), or_(*(column.is_not(None) for column in columns)))
            .order_by(SIGNS.c.at.desc())
            .limit(MOST_READINGS)
        )
        for row in unit.rows(statement):
            figures = found.setdefault(row["at"], {})
            figures |= {
                sign.column: row[sign.column] for sign in signs if row[sign.column] is not None
            }
    return tuple(Reading(at, tuple(figures.items())) for at, figures in sorted(found.items()))


def _stored(unit: UnitOfWork, patient: UUID) -> dict[Vital, int]:
    """How many readings of each vital the record holds."""
    counts = [
        func.count(func.coalesce(*(SIGNS.c[sign.column] for sign in signs), None)).label(
            vital.value
        )
        for vital, signs in TREND_SIGNS.items()
    ]
    row = unit.one(_signs_of(patient, *counts)) or {}
    return {vital: int(row.get(vital.value) or 0) for vital in TREND_SIGNS}


def _signs_of(patient: UUID, *columns: Any) -> Select[Any]:
    return (
        select(*columns)
        .select_from(SIGNS.join(VISIT, VISIT.c.id == SIGNS.c.visit_id))
        .where(VISIT.c.patient_id == patient, SIGNS.c.struck_at.is_(None))
    )
