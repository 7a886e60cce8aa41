"""Complications over all visits: what is open, for Today and for the chart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import bindparam, select

from infusion_visits.patients.facts import EarlierReaction
from infusion_visits.records.prepared import Prepared
from infusion_visits.records.rows import table_of
from infusion_visits.sections.complications.rules.catalogue import shipped_catalogue
from infusion_visits.sections.complications.rules.state import (
    State,
    complication_id,
    headline,
    state_of,
)
from infusion_visits.sections.complications.rules.telling import duty_of, told_at
from infusion_visits.sections.complications.tables import (
    STORE,
    ComplicationStepTable,
    ComplicationTable,
)

if TYPE_CHECKING:
    from infusion_visits.records.unit_of_work import UnitOfWork
    from infusion_visits.sections.complications.values import Complications

_COMPLICATION = table_of(ComplicationTable)
_STEP = table_of(ComplicationStepTable)
_REACTIONS = ("infusion_reaction", "anaphylaxis")
_AT_A_RATE = Prepared(
    select(_COMPLICATION.c.id, _COMPLICATION.c.visit_id, _COMPLICATION.c.noticed_at).where(
        _COMPLICATION.c.patient_id == bindparam("patient"),
        (_COMPLICATION.c.what == _REACTIONS[0]) | (_COMPLICATION.c.what == _REACTIONS[1]),
        _COMPLICATION.c.onset_rate.is_not(None),
        _COMPLICATION.c.noticed_at.is_not(None),
        _COMPLICATION.c.struck_at.is_(None),
    )
)


@dataclass(frozen=True, slots=True)
class OpenComplication:
    """One open complication as a list shows it; `tell_by` is set while someone must be told."""

    id: UUID
    patient: UUID
    words: str
    noticed_at: datetime | None
    tell_by: datetime | None


def load_complications(unit: UnitOfWork, patient: UUID) -> Complications:
    """All complications of a patient with all their steps, of every visit."""
    return _load(unit, patient)


def open_complications(
    unit: UnitOfWork, zone: str, patient: UUID | None = None
) -> tuple[OpenComplication, ...]:
    """Everything open, of one patient or of all, those to be told soonest first."""
    catalogue = shipped_catalogue()
    owners = {
        row["id"]: row["patient_id"]
        for row in unit.rows(select(_COMPLICATION.c.id, _COMPLICATION.c.patient_id))
    }
    found: list[OpenComplication] = []
    for one in _load(unit, patient).complication:
        if one.mark.struck is not None or state_of(one) is State.CLOSED:
            continue
        kind = catalogue.kind(one.what)
        duty = duty_of(one, catalogue, zone)
        owed = duty is not None and told_at(one, kind, duty.code) is None
        key = complication_id(one)
        found.append(
            OpenComplication(
                key,
                owners[key],
                headline(one, catalogue),
                one.noticed_at,
                duty.deadline if duty is not None and owed else None,
            )
        )
    return tuple(sorted(found, key=_urgency))


def reactions_before(
    unit: UnitOfWork, patient: UUID, *, visit: UUID, before: datetime | None
) -> tuple[EarlierReaction, ...]:
    """Reactions to an infusion of other visits, noticed before `before` (UTC), the latest first.

    Only those whose rate at onset is known: a later dose starts from it (clinical reference 1.1).
    """
    mine = {
        row["id"]
        for row in _AT_A_RATE.rows(unit, patient=patient)
        if row["visit_id"] != visit and (before is None or row["noticed_at"] < before)
    }
    if not mine:
        return ()
    catalogue = shipped_catalogue()
    found = [
        EarlierReaction(
            complication_id(one),
            one.drug or "",
            one.noticed_at,
            one.onset_rate,
            headline(one, catalogue),
        )
        for one in _load(unit, patient).complication
        if complication_id(one) in mine
        and one.noticed_at is not None
        and one.onset_rate is not None
    ]
    return tuple(sorted(found, key=lambda one: (one.at, str(one.complication)), reverse=True))


def _urgency(one: OpenComplication) -> tuple[bool, str, str]:
    moment = one.tell_by or one.noticed_at
    return one.tell_by is None, moment.isoformat() if moment else "", str(one.id)


def _load(unit: UnitOfWork, patient: UUID | None) -> Complications:
    things = select(_COMPLICATION).order_by(_COMPLICATION.c.id)
    steps = select(_STEP).order_by(_STEP.c.complication_id, _STEP.c.seq)
    if patient is not None:
        things = things.where(_COMPLICATION.c.patient_id == patient)
        steps = steps.where(_STEP.c.patient_id == patient)
    return STORE.from_rows({_COMPLICATION.name: unit.rows(things), _STEP.name: unit.rows(steps)})
