"""What became of signed visits since: which notes left this laptop, and which are only here."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, exists, func, select

from infusion_visits.core.errors import Missing
from infusion_visits.records.rows import table_of
from infusion_visits.visits.answers import addenda_digests, answers_of
from infusion_visits.visits.handed import Handed, Way, handed, receipt
from infusion_visits.visits.tables import (
    HandOver,
    NoteFile,
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
REVIEW = table_of(Review)

# An addendum makes a newer file, and only that one counts: `file_seq` is its number.
_NEWEST = (
    select(func.max(NOTE_FILE.c.seq))
    .where(NOTE_FILE.c.visit_id == SNAPSHOT.c.visit_id)
    # Two levels deep: left to itself it would look at all snapshots, not at the row's own.
    .correlate(SNAPSHOT)
    .scalar_subquery()
)
_LEFT = (HAND_OVER.c.visit_id == SNAPSHOT.c.visit_id) & (HAND_OVER.c.file_seq >= _NEWEST)
# Signed elsewhere: here, file and snapshot are written by the signer in one act; a note that was
# taken in brings its snapshot's author and instant along, its file has those of the taking in.
_FIRST_FILE = (NOTE_FILE.c.visit_id == SNAPSHOT.c.visit_id) & (NOTE_FILE.c.seq == 1)
_CAME_IN = _FIRST_FILE & (
    (NOTE_FILE.c.created_by != SNAPSHOT.c.created_by)
    | (NOTE_FILE.c.created_at != SNAPSHOT.c.created_at)
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
        rows = unit.rows(_states())
    else:
        # One after another, each by its key: SQLite takes no list longer than its own limit.
        ones = (unit.one(_states().where(SNAPSHOT.c.visit_id == visit)) for visit in visits)
        rows = [row for row in ones if row is not None]
    return {row["visit_id"]: _handed(unit, row) for row in rows}


def only_here(unit: UnitOfWork) -> tuple[UUID, ...]:
    """The signed visits whose newest file nobody else has, in the order of their schedule."""
    statement = (
        _states()
        .join(VISIT, VISIT.c.id == SNAPSHOT.c.visit_id)
        .where(~exists().where(_LEFT), ~exists().where(_CAME_IN))
        .order_by(VISIT.c.scheduled_at, VISIT.c.id)
    )
    return tuple(row["visit_id"] for row in unit.rows(statement) if _handed(unit, row).only_here)


def only_here_count(unit: UnitOfWork) -> int:
    """How many signed notes are on this laptop only."""
    return len(only_here(unit))


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


def _states() -> Select[Any]:
    last = select(HAND_OVER).where(_LEFT).order_by(HAND_OVER.c.seq.desc()).limit(1)
    return select(
        SNAPSHOT.c.visit_id,
        last.with_only_columns(HAND_OVER.c.at).scalar_subquery().label("last_at"),
        last.with_only_columns(HAND_OVER.c.way).scalar_subquery().label("way"),
        select(NOTE_FILE.c.created_at).where(_CAME_IN).scalar_subquery().label("came_at"),
        exists().where(REVIEW.c.visit_id == SNAPSHOT.c.visit_id).label("is_answered"),
    )


def _handed(unit: UnitOfWork, row: Mapping[str, Any]) -> Handed:
    left = (Way(row["way"]), row["last_at"]) if row["last_at"] is not None else None
    visit = row["visit_id"]
    answers = answers_of(unit, visit) if row["is_answered"] else ()
    known = addenda_digests(unit, visit) if answers else ()
    return handed(left, row["came_at"], receipt(answers, known))
