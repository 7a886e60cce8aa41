"""What became of signed visits since: which notes left this laptop, and which are only here."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, exists, func, select

from infusion_visits.core.errors import Missing
from infusion_visits.records.rows import table_of
from infusion_visits.visits.handed import Handed, Left, Way, handed
from infusion_visits.visits.tables import (
    HandOver,
    NoteFile,
    ReceivedFile,
    Review,
    VisitSnapshot,
    VisitTable,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from uuid import UUID

    from infusion_visits.records.unit_of_work import UnitOfWork

VISIT = table_of(VisitTable)
SNAPSHOT = table_of(VisitSnapshot)
NOTE_FILE = table_of(NoteFile)
HAND_OVER = table_of(HandOver)
RECEIVED = table_of(ReceivedFile)
REVIEW = table_of(Review)

# An addendum makes a newer file, and only that one counts: `file_seq` is its number.
_NEWEST = (
    select(func.max(NOTE_FILE.c.seq))
    .where(NOTE_FILE.c.visit_id == SNAPSHOT.c.visit_id)
    .scalar_subquery()
)
_LEFT = (HAND_OVER.c.visit_id == SNAPSHOT.c.visit_id) & (HAND_OVER.c.file_seq >= _NEWEST)
# Signed elsewhere: the file came in before, or as, the visit was frozen here. One's own file that
# is dropped on the window later says nothing about the newest one.
_CAME_IN = (RECEIVED.c.visit_id == SNAPSHOT.c.visit_id) & (
    RECEIVED.c.received_at <= SNAPSHOT.c.created_at
)


def hand_over_state(unit: UnitOfWork, visit: UUID) -> Handed:
    """Where the note of a signed visit is by now. Raises Missing for a draft."""
    found = hand_over_states(unit, (visit,))
    if visit not in found:
        raise Missing("note", "This visit is not signed.")
    return found[visit]


def hand_over_states(unit: UnitOfWork, visits: Iterable[UUID] | None = None) -> dict[UUID, Handed]:
    """The same of many at once; drafts are left out. Without `visits` of every signed visit."""
    if visits is None:
        return {row["visit_id"]: _handed(row) for row in unit.rows(_states())}
    # One after another, each by its key: SQLite takes no list longer than its own limit.
    found = {}
    for visit in visits:
        row = unit.one(_states().where(SNAPSHOT.c.visit_id == visit))
        if row is not None:
            found[visit] = _handed(row)
    return found


def only_here(unit: UnitOfWork) -> tuple[UUID, ...]:
    """The signed visits whose newest file nobody else has, in the order of their schedule."""
    statement = (
        select(SNAPSHOT.c.visit_id)
        .join(VISIT, VISIT.c.id == SNAPSHOT.c.visit_id)
        .where(*_nobody_has())
        .order_by(VISIT.c.scheduled_at, VISIT.c.id)
    )
    return tuple(row["visit_id"] for row in unit.rows(statement))


def only_here_count(unit: UnitOfWork) -> int:
    """How many signed notes are on this laptop only."""
    row = unit.one(select(func.count().label("n")).select_from(SNAPSHOT).where(*_nobody_has()))
    return int(row["n"]) if row else 0


def number_of_file(unit: UnitOfWork, visit: UUID, file: bytes) -> int:
    """Which of a visit's finished files `file` is.

    One that was printed again is none of them: it holds what the newest one does. Raises Missing
    for a draft.
    """
    kept = unit.rows(
        select(NOTE_FILE.c.seq)
        .where(NOTE_FILE.c.visit_id == visit)
        .order_by(NOTE_FILE.c.seq.desc())
    )
    if not kept:
        raise Missing("note", "This visit has no finished note.")
    same = unit.one(
        select(NOTE_FILE.c.seq)
        .where(NOTE_FILE.c.visit_id == visit, NOTE_FILE.c.file == file)
        .order_by(NOTE_FILE.c.seq.desc())
    )
    return int((same or kept[0])["seq"])


def sha256_of(file: bytes) -> str:
    """The digest of a file, hex."""
    return hashlib.sha256(file).hexdigest()


def _nobody_has() -> tuple[Any, ...]:
    return (~exists().where(_LEFT), ~exists().where(_CAME_IN))


def _states() -> Select[Any]:
    last = select(HAND_OVER).where(_LEFT).order_by(HAND_OVER.c.seq.desc()).limit(1)
    of_visit = REVIEW.c.visit_id == SNAPSHOT.c.visit_id
    return select(
        SNAPSHOT.c.visit_id,
        select(func.min(HAND_OVER.c.at)).where(_LEFT).scalar_subquery().label("first_at"),
        last.with_only_columns(HAND_OVER.c.at).scalar_subquery().label("last_at"),
        last.with_only_columns(HAND_OVER.c.way).scalar_subquery().label("way"),
        select(func.min(RECEIVED.c.received_at)).where(_CAME_IN).scalar_subquery().label("came_at"),
        select(func.max(REVIEW.c.created_at)).where(of_visit).scalar_subquery().label("answered"),
    )


def _handed(row: Mapping[str, Any]) -> Handed:
    left = None
    if row["last_at"] is not None:
        left = Left(row["first_at"], row["last_at"], Way(row["way"]))
    return handed(left, row["came_at"], row["answered"])
