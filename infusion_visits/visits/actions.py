"""What can be done with a visit as a whole: schedule, start, complete, miss, cancel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infusion_visits.core.errors import Refused
from infusion_visits.core.findings import Gate, stops
from infusion_visits.core.kinds import VisitKind, VisitStatus
from infusion_visits.core.writing import tidy
from infusion_visits.records import cells
from infusion_visits.records.change_log import note_event
from infusion_visits.visits.facts import facts_of
from infusion_visits.visits.history import number_of_file, sha256_of
from infusion_visits.visits.queries import load_record, visit_line
from infusion_visits.visits.rules.everything import all_findings
from infusion_visits.visits.tables import HandOver, VisitTable

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from infusion_visits.records.unit_of_work import UnitOfWork
    from infusion_visits.visits.handed import Way

OPENED = "workspace opened"
CLOSED = "workspace closed"


def schedule(
    unit: UnitOfWork,
    patient: UUID,
    kind: VisitKind,
    at: datetime,
    zone: str,
    *,
    order: UUID | None = None,
    nurse: UUID | None = None,
    copied_from: UUID | None = None,
) -> UUID:
    """Plans a visit at the UTC instant `at`; `zone` is the home's, the nurse the member."""
    visit = unit.ids.new()
    cells.put(
        unit,
        VisitTable,
        {"id": visit},
        {
            "patient_id": patient,
            "kind": kind.value,
            "zone": zone,
            "scheduled_at": at,
            "nurse_id": nurse or unit.member,
            "order_id": order,
            "copied_from": copied_from,
        },
    )
    return visit


def start(unit: UnitOfWork, visit: UUID, *, order: UUID | None = None) -> None:
    """The nurse is there. Starting twice changes nothing; a missed visit is refused."""
    line = visit_line(unit, visit)
    if line.status is VisitStatus.IN_PROGRESS:
        return
    _only(line.status, VisitStatus.SCHEDULED, "started")
    changed: dict[str, object] = {"started_at": unit.now}
    if order is not None:
        changed["order_id"] = order
    cells.put(unit, VisitTable, {"id": visit}, changed)


def set_order(unit: UnitOfWork, visit: UUID, order: UUID | None) -> None:
    """Which therapy order this visit is for."""
    cells.put(unit, VisitTable, {"id": visit}, {"order_id": order})


def complete(unit: UnitOfWork, visit: UUID) -> None:
    """The nurse has left. Completing twice changes nothing.

    Raises Refused with the findings while something keeps her in the home: an infusion without an
    end, an observation that is not over.
    """
    line = visit_line(unit, visit)
    if line.status is VisitStatus.COMPLETED:
        return
    _only(line.status, VisitStatus.IN_PROGRESS, "completed")
    record = load_record(unit, visit)
    if keeping := stops(all_findings(record, facts_of(record, unit.now)), Gate.DEPART):
        raise Refused("stops", f"Not yet: {keeping[0].words}", keeping)
    cells.put(unit, VisitTable, {"id": visit}, {"completed_at": unit.now})


def miss(unit: UnitOfWork, visit: UUID, reason: str, told: str = "") -> None:
    """The visit did not take place, why, and who was told of it (clinical reference 7.1)."""
    _end(unit, visit, "missed_at", "marked missed", reason, told)


def cancel(unit: UnitOfWork, visit: UUID, reason: str) -> None:
    """The visit will not take place, and why."""
    _end(unit, visit, "cancelled_at", "cancelled", reason)


def _end(
    unit: UnitOfWork, visit: UUID, column: str, word: str, reason: str, told: str = ""
) -> None:
    _only(visit_line(unit, visit).status, VisitStatus.SCHEDULED, word)
    words = tidy(reason)
    if not words:
        raise Refused("reason", f"A visit is {word} with a reason. Say why.")
    ended: dict[str, object] = {column: unit.now, "reason": words}
    if said := tidy(told):
        ended["told"] = said
    cells.put(unit, VisitTable, {"id": visit}, ended)


def _only(status: VisitStatus, wanted: VisitStatus, word: str) -> None:
    if status is not wanted:
        raise Refused("status", f"A visit that is {status} cannot be {word}.")


def hand_over(unit: UnitOfWork, visit: UUID, way: Way, file: bytes) -> None:
    """The finished note left this laptop as `file`. Raises Missing for a draft.

    Told after the file is durable where it went: what was interrupted counts as not handed over.
    """
    cells.append(
        unit,
        HandOver,
        {"visit_id": visit},
        {
            "way": way.value,
            "file_seq": number_of_file(unit, visit, file),
            "file_sha256": sha256_of(file),
            "at": unit.now,
        },
    )


def opened(unit: UnitOfWork, visit: UUID) -> None:
    """The workspace of this visit was opened; opened without closed is what "recovered" means."""
    note_event(unit, OPENED, visit)


def closed(unit: UnitOfWork, visit: UUID) -> None:
    """The workspace of this visit was closed in good order."""
    note_event(unit, CLOSED, visit)
