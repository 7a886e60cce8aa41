"""What the coordinator's screen asks: the inbox with the worst first, one note, what is pending."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import Select, select

from infusion_visits.core.errors import Missing
from infusion_visits.exchange.points import chain_point
from infusion_visits.exchange.verdict import Known
from infusion_visits.notes.gist import Gist, gist_from, gist_of
from infusion_visits.patients.tables import Patient
from infusion_visits.records.change_log import AuditEvent
from infusion_visits.records.prepared import owned_rows
from infusion_visits.records.rows import table_of
from infusion_visits.review.drafts import Pending, PendingQuestion
from infusion_visits.review.inbox_line import GISTS, InboxLine, file_line, note_line, worst_first
from infusion_visits.team.queries import members
from infusion_visits.visits import signing
from infusion_visits.visits.answers import answers_of
from infusion_visits.visits.note_state import Answered, NoteState, state_of
from infusion_visits.visits.queries import visit_line
from infusion_visits.visits.signed_note import SignedNote, SignedReview, digest_of
from infusion_visits.visits.tables import (
    Addendum,
    NoteFile,
    QuestionDraft,
    ReceivedFile,
    Review,
    ReviewDraft,
    SignatureTable,
    VisitSnapshot,
    VisitTable,
)

if TYPE_CHECKING:
    from infusion_visits.records.unit_of_work import UnitOfWork

SNAPSHOT, VISIT, PATIENT = table_of(VisitSnapshot), table_of(VisitTable), table_of(Patient)
RECEIVED, REVIEW, ADDENDUM = table_of(ReceivedFile), table_of(Review), table_of(Addendum)
SIGNATURE = table_of(SignatureTable)
DRAFT, ASKED, FILE = table_of(ReviewDraft), table_of(QuestionDraft), table_of(NoteFile)
EVENT = table_of(AuditEvent)
_AT_ONCE = 500
SET_ASIDE, BROUGHT_BACK = "received file set aside", "received file brought back"


@dataclass(frozen=True)
class Received:
    """One note with everything that is needed to decide on it.

    `file` are the very bytes of the newest finished file; `verdict` is what checking said, empty
    for a note that was signed in this record. A file that was not filed has no `note`.
    """

    id: UUID
    file: bytes
    note: SignedNote | None = None
    verdict: Mapping[str, Any] = field(default_factory=dict)
    told: str = ""
    file_name: str = ""
    received_at: datetime | None = None
    answers: tuple[Answered, ...] = ()
    state: NoteState | None = None
    pending: Pending | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A note that has no answer of any kind yet."""

    visit: UUID
    digest: str


@dataclass(frozen=True, slots=True)
class ToDecide:
    """A decision that waits to be signed, with the digest of the note it answers."""

    pending: Pending
    digest: str


def inbox(unit: UnitOfWork, *, approved: bool = True) -> tuple[InboxLine, ...]:
    """Every signed note of this record and every file kept apart, the worst first.

    Without `approved` those are left out on which nothing is left to do.
    """
    lines = [*_notes(unit), *_apart(unit)]
    if not approved:
        lines = [one for one in lines if one.state is not NoteState.APPROVED or one.pending]
    return worst_first(lines)


def _notes(unit: UnitOfWork) -> list[InboxLine]:
    names = {one.id: one.signed_name for one in members(unit)}
    gists, files, previous = _kept_beside(unit)
    answers, addenda = _answers(unit), _addenda(unit)
    drafts, asked = _drafts(unit)
    digests = _digests(unit)
    here = set(digests.values())
    return [
        note_line(
            row,
            gists.get(row["visit_id"]) or _gist_here(unit, row["visit_id"], digests),
            answers.get(row["visit_id"], ()),
            addenda.get(row["visit_id"], ()),
            files.get(row["visit_id"], {}),
            nurse=names.get(row["created_by"], ""),
            pending=drafts.get(row["visit_id"]),
            questions=asked.get(row["visit_id"], 0),
            gap=bool(before := previous.get(row["visit_id"])) and before not in here,
        )
        for row in unit.rows(_signed_notes())
    ]


def _digests(unit: UnitOfWork) -> dict[UUID, str]:
    """The digest of each signed note by visit, from the signatures.

    In the snapshot it stands behind a hundred kilobytes of record, which would all be decrypted.
    """
    others = {row["sha256"] for row in unit.rows(select(ADDENDUM.c.sha256))}
    others |= {row["sha256"] for row in unit.rows(select(REVIEW.c.sha256))}
    rows = unit.rows(select(SIGNATURE.c.visit_id, SIGNATURE.c.target))
    return {row["visit_id"]: row["target"] for row in rows if row["target"] not in others}


def _signed_notes() -> Select[Any]:
    joined = SNAPSHOT.join(VISIT, VISIT.c.id == SNAPSHOT.c.visit_id).join(
        PATIENT, PATIENT.c.id == VISIT.c.patient_id
    )
    return select(
        SNAPSHOT.c.visit_id,
        SNAPSHOT.c.created_at,
        SNAPSHOT.c.created_by,
        VISIT.c.patient_id,
        VISIT.c.scheduled_at,
        VISIT.c.zone,
        PATIENT.c.family,
        PATIENT.c.given,
    ).select_from(joined)


def _kept_beside(
    unit: UnitOfWork,
) -> tuple[dict[UUID, Gist], dict[UUID, dict[str, Any]], dict[UUID, str]]:
    """What was kept with filed files, by visit: gists, the newest file, the note before."""
    previous: dict[UUID, str] = {}
    gists: dict[UUID, Gist] = {}
    files: dict[UUID, dict[str, Any]] = {}
    columns = (
        RECEIVED.c.id,
        RECEIVED.c.visit_id,
        RECEIVED.c.file_name,
        RECEIVED.c.verdict,
        RECEIVED.c.received_at,
    )
    statement = select(*columns).where(RECEIVED.c.visit_id.is_not(None))
    for row in unit.each(statement.order_by(RECEIVED.c.received_at, RECEIVED.c.id)):
        plain = json.loads(row["verdict"])
        gist = gist_from(plain["gist"]) if "gist" in plain else None
        if gist is not None:
            gists[row["visit_id"]] = gist
        if plain.get("previous"):
            previous[row["visit_id"]] = plain["previous"]
        said = str(plain.get("verdict", {}).get("words", ""))
        files[row["visit_id"]] = {**row, "said": said}
    return gists, files, previous


def _gist_here(unit: UnitOfWork, visit: UUID, digests: Mapping[UUID, str]) -> Gist:
    digest = digests.get(visit, "")
    known = GISTS.of(digest)
    if known is None:
        known = gist_of(signing.load_note(unit, visit))
        GISTS.keep(digest, known)
    return known


def _answers(unit: UnitOfWork) -> dict[UUID, list[Answered]]:
    found: dict[UUID, list[Answered]] = defaultdict(list)
    for row in unit.rows(select(REVIEW.c.visit_id, REVIEW.c.envelope)):
        if row["envelope"]:
            found[row["visit_id"]].append(SignedReview(row["envelope"], b"").answered)
    return found


def _addenda(unit: UnitOfWork) -> dict[UUID, list[dict[str, Any]]]:
    found: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
    for row in unit.rows(select(ADDENDUM.c.visit_id, ADDENDUM.c.sha256, ADDENDUM.c.kind)):
        found[row["visit_id"]].append(row)
    return found


def _drafts(unit: UnitOfWork) -> tuple[dict[UUID, NoteState], dict[UUID, int]]:
    rows = unit.rows(select(DRAFT.c.visit_id, DRAFT.c.state).where(DRAFT.c.state.is_not(None)))
    asked: dict[UUID, int] = defaultdict(int)
    for row in unit.rows(select(ASKED.c.visit_id).where(ASKED.c.withdrawn.is_not(True))):
        asked[row["visit_id"]] += 1
    return {row["visit_id"]: NoteState(row["state"]) for row in rows}, asked


def _apart(unit: UnitOfWork) -> list[InboxLine]:
    """The files that were kept and not filed, without those put aside or filed since."""
    columns = (
        RECEIVED.c.id,
        RECEIVED.c.digest,
        RECEIVED.c.sha256,
        RECEIVED.c.file_name,
        RECEIVED.c.verdict,
        RECEIVED.c.received_at,
    )
    made = []
    rows = unit.rows(select(*columns).where(RECEIVED.c.visit_id.is_(None)))
    aside = _set_aside(unit, [row["id"] for row in rows])
    for row in rows:
        if row["id"] in aside or _filed_since(unit, row["id"], row["digest"]):
            continue
        made.append(file_line(row, json.loads(row["verdict"])))
    return made


def _set_aside(unit: UnitOfWork, received: Sequence[UUID]) -> set[UUID]:
    # Asked by subject, which is indexed: the trail of a lived-in record has a million events.
    last: dict[UUID, str] = {}
    for first in range(0, len(received), _AT_ONCE):
        some = [str(one) for one in received[first : first + _AT_ONCE]]
        statement = (
            select(EVENT.c.row, EVENT.c.kind)
            .where(EVENT.c.row.in_(some), EVENT.c.kind.in_((SET_ASIDE, BROUGHT_BACK)))
            .order_by(EVENT.c.n)
        )
        last.update({UUID(row["row"]): row["kind"] for row in unit.rows(statement)})
    return {subject for subject, kind in last.items() if kind == SET_ASIDE}


def _filed_since(unit: UnitOfWork, received: UUID, digest: str | None) -> bool:
    """Whether the very bytes were filed later: signer trusted, or patient chosen."""
    if digest is None:
        return False
    joined = RECEIVED.join(SNAPSHOT, SNAPSHOT.c.sha256 == RECEIVED.c.digest).join(
        FILE, (FILE.c.visit_id == SNAPSHOT.c.visit_id) & (FILE.c.file == RECEIVED.c.file)
    )
    statement = select(FILE.c.seq).select_from(joined).where(RECEIVED.c.id == received)
    return unit.one(statement) is not None


def load_received(unit: UnitOfWork, id: UUID) -> Received:  # noqa: A002 - the field's word
    """One line of the inbox with its note and file. Raises Missing."""
    if is_note(unit, id):
        return _filed(unit, id)
    row = unit.one(select(RECEIVED).where(RECEIVED.c.id == id))
    if row is None:
        raise Missing("received", "This file is not in the record.")
    if row["visit_id"] is not None:
        return _filed(unit, row["visit_id"])
    plain = json.loads(row["verdict"])
    return Received(
        id=id,
        file=bytes(row["file"]),
        verdict=plain.get("verdict", {}),
        told=str(plain.get("told", "")),
        file_name=row["file_name"],
        received_at=row["received_at"],
    )


def _filed(unit: UnitOfWork, visit: UUID) -> Received:
    note = signing.load_note(unit, visit)
    rows = owned_rows(unit, ReceivedFile, ("visit_id", visit), ("received_at", "id"))
    plain = json.loads(rows[-1]["verdict"]) if rows else {}
    answers = answers_of(unit, visit)
    return Received(
        id=visit,
        file=signing.load_file(unit, visit),
        note=note,
        verdict=_with_chain(unit, note, plain.get("verdict", {})),
        told=str(plain.get("told", "")),
        file_name=rows[-1]["file_name"] if rows else "",
        received_at=rows[-1]["received_at"] if rows else None,
        answers=answers,
        state=state_of(answers, [digest_of(one.envelope) for one in note.addenda]),
        pending=pending(unit, visit),
    )


def _with_chain(
    unit: UnitOfWork, note: SignedNote, verdict: Mapping[str, Any]
) -> Mapping[str, Any]:
    """The kept verdict with its question for earlier notes answered by what is here now."""
    if not verdict:
        return verdict
    patient = visit_line(unit, note.record.visit.id).patient
    known = Known(signing.digests_of_notes(unit, patient), whole=True)
    chain = chain_point(note, known)
    now = {"key": chain.key, "holds": chain.holds, "words": chain.words}
    points = [now if one["key"] == chain.key else one for one in verdict.get("points", ())]
    return {**verdict, "points": points}


def is_note(unit: UnitOfWork, visit: UUID) -> bool:
    """Whether there is a signed note of this visit."""
    return unit.one(select(SNAPSHOT.c.visit_id).where(SNAPSHOT.c.visit_id == visit)) is not None


def signer_of(unit: UnitOfWork, visit: UUID) -> UUID:
    """Who signed the note of a visit. Raises Missing."""
    row = unit.one(select(SNAPSHOT.c.created_by).where(SNAPSHOT.c.visit_id == visit))
    if row is None:
        raise Missing("note", "There is no signed note of this visit here.")
    signer: UUID = row["created_by"]
    return signer


def pending(unit: UnitOfWork, visit: UUID) -> Pending:
    """What was decided on a note and is not signed yet."""
    row = unit.one(select(DRAFT).where(DRAFT.c.visit_id == visit))
    asked = unit.rows(
        select(ASKED)
        .where(ASKED.c.visit_id == visit, ASKED.c.withdrawn.is_not(True))
        .order_by(ASKED.c.seq)
    )
    questions = tuple(
        PendingQuestion(
            one["seq"], one["cell"] or "", one["label"] or "", one["words"] or "", one["created_at"]
        )
        for one in asked
    )
    if row is None:
        return Pending(visit, questions=questions)
    state = NoteState(row["state"]) if row["state"] else None
    return Pending(visit, state, row["words"] or "", questions, row["updated_at"])


def to_decide(unit: UnitOfWork) -> tuple[ToDecide, ...]:
    """Every decision that waits to be signed, the oldest first."""
    joined = DRAFT.join(SNAPSHOT, SNAPSHOT.c.visit_id == DRAFT.c.visit_id)
    rows = unit.rows(
        select(DRAFT.c.visit_id, SNAPSHOT.c.sha256)
        .select_from(joined)
        .where(DRAFT.c.state.is_not(None))
        .order_by(DRAFT.c.updated_at, DRAFT.c.visit_id)
    )
    return tuple(ToDecide(pending(unit, row["visit_id"]), row["sha256"]) for row in rows)


def without_answer(unit: UnitOfWork) -> tuple[Waiting, ...]:
    """The notes that came from elsewhere and have neither answer nor receipt, nor a decision."""
    answered = select(REVIEW.c.visit_id)
    decided = select(DRAFT.c.visit_id).where(DRAFT.c.state.is_not(None))
    came = select(RECEIVED.c.visit_id).where(RECEIVED.c.visit_id.is_not(None))
    rows = unit.rows(
        select(SNAPSHOT.c.visit_id, SNAPSHOT.c.sha256)
        .where(
            SNAPSHOT.c.visit_id.in_(came),
            SNAPSHOT.c.visit_id.not_in(answered),
            SNAPSHOT.c.visit_id.not_in(decided),
        )
        .order_by(SNAPSHOT.c.visit_id)
    )
    return tuple(Waiting(row["visit_id"], row["sha256"]) for row in rows)
