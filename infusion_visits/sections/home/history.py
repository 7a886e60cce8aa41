"""The home as it was known before a visit: the last whole assessment, and the changes since."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import String, bindparam, column, exists, select, table

from infusion_visits.core.clock import local_day
from infusion_visits.core.writing import tidy
from infusion_visits.patients.facts import HomeAnswerFact, HomeFact
from infusion_visits.records.prepared import Prepared
from infusion_visits.records.rows import table_of
from infusion_visits.sections.home.fields import FULL, SECTION
from infusion_visits.sections.home.tables import HomeAssessmentRow, HomeFindingRow

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from infusion_visits.records.unit_of_work import UnitOfWork

_ASSESSMENT = table_of(HomeAssessmentRow)
_FINDING = table_of(HomeFindingRow)
_KEY = _ASSESSMENT.c.visit_id.type
# The tables of visits lie a floor above; they are named by text, as foreign keys name them.
_VISIT = table(
    "visit",
    column("id", _KEY),
    column("patient_id", _KEY),
    column("zone", String),
    column("scheduled_at", _ASSESSMENT.c.at.type),
    column("cancelled_at"),
    column("missed_at"),
)
_TASK = table(
    "task",
    column("patient_id", _KEY),
    column("what", String),
    column("origin", String),
    column("done_at", _ASSESSMENT.c.at.type),
    column("struck_at"),
)
_ADDENDUM = table("addendum", column("visit_id", _KEY), column("kind"))
_THIS = _VISIT.alias("this_visit")


def _before() -> Any:
    """Whether a visit is of the same patient, earlier than this one, and still stands."""
    retracted = exists().where(
        _ADDENDUM.c.visit_id == _VISIT.c.id, _ADDENDUM.c.kind == "retraction"
    )
    return (
        (_THIS.c.id == bindparam("visit"))
        & (_VISIT.c.patient_id == _THIS.c.patient_id)
        & (_VISIT.c.id != _THIS.c.id)
        & (_VISIT.c.scheduled_at < _THIS.c.scheduled_at)
        & _VISIT.c.cancelled_at.is_(None)
        & _VISIT.c.missed_at.is_(None)
        & ~retracted
    )


_ASSESSMENTS = Prepared(
    select(_ASSESSMENT, _VISIT.c.zone, _VISIT.c.scheduled_at)
    .select_from(
        _ASSESSMENT.join(_VISIT, _VISIT.c.id == _ASSESSMENT.c.visit_id).join(_THIS, _before())
    )
    .where(_ASSESSMENT.c.struck_at.is_(None), _ASSESSMENT.c.method.is_not(None))
    .order_by(_VISIT.c.scheduled_at)
)
_FINDINGS = Prepared(
    select(_FINDING, _VISIT.c.scheduled_at)
    .select_from(_FINDING.join(_VISIT, _VISIT.c.id == _FINDING.c.visit_id).join(_THIS, _before()))
    .where(_FINDING.c.struck_at.is_(None), _FINDING.c.answer.is_not(None))
    .order_by(_VISIT.c.scheduled_at, _FINDING.c.seq)
)
_DONE = Prepared(
    select(_TASK, _THIS.c.zone)
    .select_from(_TASK.join(_THIS, _TASK.c.patient_id == _THIS.c.patient_id))
    .where(
        _THIS.c.id == bindparam("visit"),
        _TASK.c.origin.like(f"{SECTION}/{_FINDING.name}/%"),
        _TASK.c.done_at.is_not(None),
        _TASK.c.struck_at.is_(None),
    )
)


@dataclass(frozen=True, slots=True)
class _Done:
    """A ticked task of a plan: the row it comes from, its words, when (UTC) and in which zone."""

    origin: str
    what: str
    at: datetime
    zone: str


def home_before(unit: UnitOfWork, visit: UUID) -> HomeFact | None:
    """The home before this visit, signed or not; None where it was never assessed as a whole.

    Visits that were cancelled, missed or retracted tell nothing. The answers of a whole assessment
    replace all earlier ones; an item looked at since then replaces its own.
    """
    known: HomeFact | None = None
    assessments = _ASSESSMENTS.rows(unit, visit=visit)
    if not assessments:
        return None
    done = _plans_done(unit, visit)
    answers: dict[UUID, list[HomeAnswerFact]] = {}
    for row in _FINDINGS.rows(unit, visit=visit):
        answers.setdefault(row["visit_id"], []).append(_answer(row, done))
    for row in assessments:
        known = _with(known, row, answers.get(row["visit_id"], []))
    return known


def _with(
    known: HomeFact | None, row: Mapping[str, Any], answers: list[HomeAnswerFact]
) -> HomeFact | None:
    day = local_day(row["at"] or row["scheduled_at"], row["zone"])
    if row["method"] == FULL:
        return HomeFact(day, day, row["needs"] or (), tuple(answers))
    if known is None:
        return None
    merged = {one.number: one for one in (*known.answers, *answers)}
    return replace(
        known,
        seen=day,
        needs=known.needs if row["needs"] is None else row["needs"],
        answers=tuple(merged[number] for number in sorted(merged)),
    )


def _plans_done(unit: UnitOfWork, visit: UUID) -> tuple[_Done, ...]:
    """The tasks of plans that were ticked, by the row they come from and their words."""
    return tuple(
        _Done(row["origin"], row["what"] or "", row["done_at"], row["zone"])
        for row in _DONE.rows(unit, visit=visit)
    )


def _answer(row: Mapping[str, Any], done: Sequence[_Done]) -> HomeAnswerFact:
    origin, plan = f"{SECTION}/{_FINDING.name}/{row['seq']}", tidy(row["plan"] or "")
    # What was ticked before the same thing was planned anew says nothing of the new plan.
    days = [
        local_day(one.at, one.zone)
        for one in done
        if one.origin == origin and one.what.endswith(f": {plan}") and one.at >= row["created_at"]
    ]
    return HomeAnswerFact(
        number=row["seq"],
        answer=row["answer"],
        extent=row["extent"] or "",
        temperature=row["temperature"],
        score=row["score"],
        minutes=row["minutes"],
        note=row["note"] or "",
        plan=row["plan"] or "",
        owner=row["owner"] or "",
        due_day=row["due_day"],
        plan_done=max(days, default=None) if plan else None,
    )
