"""Table 7.12 and 7.1: what an empty visit of each kind lacks, by what the program says of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from infusion_visits.core.cells import Row
from infusion_visits.core.findings import Level
from infusion_visits.core.kinds import VisitKind
from infusion_visits.core.marks import Mark
from infusion_visits.patients.values import PatientChart
from infusion_visits.sections.devices.values import AccessDevice, Devices
from infusion_visits.sections.list import SECTIONS
from infusion_visits.visits.facts import facts_of
from infusion_visits.visits.record import AgencyHead, VisitHead, VisitRecord
from infusion_visits.visits.rules.everything import all_findings
from infusion_visits.visits.rules.visit_kinds import visit_kinds
from tests.clinical_reference.runners.given import Given, kind

if TYPE_CHECKING:
    from infusion_visits.core.findings import Finding
    from infusion_visits.visits.rules.visit_kinds import Asked

NOW = datetime(2026, 11, 21, 15, 0, tzinfo=UTC)
ONE = UUID(int=1)
COLUMNS = (
    (VisitKind.START_OF_CARE,),
    (VisitKind.FIRST_DOSE,),
    (VisitKind.ROUTINE_INFUSION,),
    (VisitKind.LINE_CARE,),
    (VisitKind.LAB_DRAW,),
    (VisitKind.TEACHING,),
    (VisitKind.UNSCHEDULED,),
    (VisitKind.DEVICE_INSERTION, VisitKind.DEVICE_REMOVAL),
    (VisitKind.DISCHARGE,),
    (VisitKind.TELEPHONE,),
)


def empty_visit(of: VisitKind, *, line: bool = True) -> VisitRecord:
    """A visit of this kind that was begun, with a line in place, and nothing charted."""
    head = VisitHead(ONE, ONE, of, "America/Chicago", NOW, ONE, started=NOW)
    sections = {section.key: section.values() for section in SECTIONS}
    mark = Mark(Row("access_device", (ONE,)), at=NOW)
    picc = AccessDevice(mark, kind="picc", side="left", site="upper_arm", inserted_at=NOW)
    if line:
        sections["devices"] = Devices(access_device=(picc,))
    return VisitRecord(head, AgencyHead(ONE, "Riverbend"), PatientChart(), sections)


def stops_of(of: VisitKind) -> list[Finding]:
    """What shuts the signature of it."""
    record = empty_visit(of)
    found = all_findings(record, facts_of(record, NOW))
    return [one for one in found if one.level is Level.STOP]


@kind("table 7.12")
def required(given: Given) -> dict[str, object]:
    """For each column of the table: R, C, - as the program asks it."""
    wanted = given.text("asked")
    asked = next(one for one in visit_kinds() if one.key == wanted)
    return {"marks": [_mark(asked, kinds) for kinds in COLUMNS]}


def _mark(asked: Asked, kinds: tuple[VisitKind, ...]) -> str:
    marks = {_mark_of(asked, one) for one in kinds}
    return marks.pop() if len(marks) == 1 else "differs"


def _mark_of(asked: Asked, of: VisitKind) -> str:
    stopped = {(one.cell.section, one.cell.row.group) for one in stops_of(of) if one.cell}
    places = {(place.section, place.group) for place in asked.places}
    if of in asked.required:
        return "R" if places <= stopped else "asked for, and nothing stops"
    inked = {one.cell.field for one in stops_of(of) if one.cell}
    if asked.key == "signature" and "patient_ink" not in inked:
        # The nurse's own signature is the sealing itself: no visit is without it.
        return "nurse only"
    return "C" if of in asked.conditional else "–"


@kind("kinds of visit")
def kinds_known(given: Given) -> dict[str, object]:
    """The kinds that the program plans."""
    return {"known": [one in {kind.value for kind in VisitKind} for one in given.texts("kinds")]}


def with_kind(record: VisitRecord, of: VisitKind) -> VisitRecord:
    """The same record as a visit of another kind."""
    return replace(record, visit=replace(record.visit, kind=of))
