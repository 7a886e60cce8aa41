"""The visit, what is written about it as a whole, and what stays of it when it is signed."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import BLOB, TEXT, Integer
from sqlmodel import Field

from infusion_visits.records.rows import (
    APPEND_ONLY,
    VISIT,
    FrozenWith,
    InstantText,
    Kept,
    UuidBytes,
    VisitRow,
    instant_column,
    key_column,
    never,
    optional,
    seq_column,
    text_column,
    uuid_column,
)


class VisitTable(Kept, table=True):
    """A visit of one nurse to one home. Its status is derived, never stored."""

    __tablename__ = "visit"
    frozen_with: ClassVar[FrozenWith] = VISIT

    id: UUID = key_column()
    patient_id: UUID = Field(
        sa_type=UuidBytes, nullable=False, foreign_key="patient.id", index=True
    )
    kind: str = Field(sa_type=TEXT, nullable=False)
    zone: str = Field(sa_type=TEXT, nullable=False)
    scheduled_at: datetime = Field(sa_type=InstantText, nullable=False, index=True)
    nurse_id: UUID = Field(sa_type=UuidBytes, nullable=False)
    order_id: UUID | None = uuid_column("the therapy order to be used")
    started_at: datetime | None = instant_column("when the visit was started")
    completed_at: datetime | None = instant_column("when the nurse had left")
    missed_at: datetime | None = instant_column("when it was marked missed")
    cancelled_at: datetime | None = instant_column("when it was cancelled")
    reason: str | None = text_column("why it was missed or cancelled")
    told: str | None = text_column("who was told that it was missed")
    copied_from: UUID | None = uuid_column("the retracted visit that this one replaces")


class NotDoneTable(VisitRow, table=True):
    """A required field that could not be done at this visit, and why."""

    __tablename__ = "not_done"

    section: str = Field(primary_key=True, sa_type=TEXT, nullable=False)
    row: str = Field(primary_key=True, sa_type=TEXT, nullable=False)
    field: str = Field(primary_key=True, sa_type=TEXT, nullable=False)
    reason: str = Field(sa_type=TEXT, nullable=False)
    words: str = Field(sa_type=TEXT, nullable=False)


class OverrideTable(VisitRow, table=True):
    """A stop that the nurse went past, with her reason; prints on page one."""

    __tablename__ = "override"

    seq: int = seq_column()
    finding: str = Field(sa_type=TEXT, nullable=False)
    words: str = Field(sa_type=TEXT, nullable=False)
    reason: str = Field(sa_type=TEXT, nullable=False)


class ClockChangeTable(VisitRow, table=True):
    """The laptop's clock was set while this visit was charted; asked about before signing."""

    __tablename__ = "clock_change"

    seq: int = seq_column()
    what: str | None = text_column("back or forward")
    at: datetime | None = instant_column("the clock's time afterwards")
    seconds: int | None = optional(Integer, "by how much")


class Lasting(Kept):
    """The head of what may be added to a signed visit, and never changed."""

    frozen_with: ClassVar[FrozenWith] = APPEND_ONLY


class VisitSnapshot(Lasting, table=True):
    """The signed bytes of a visit. Its presence freezes the visit and all that belongs to it."""

    __tablename__ = "visit_snapshot"

    visit_id: UUID = key_column("visit.id")
    envelope: bytes = Field(sa_type=BLOB, nullable=False)
    sha256: str = Field(sa_type=TEXT, nullable=False)


class SignatureTable(Lasting, table=True):
    """A signature over the bytes of a snapshot, an addendum or a review."""

    __tablename__ = "signature"

    id: UUID = key_column()
    visit_id: UUID = Field(sa_type=UuidBytes, nullable=False, foreign_key="visit.id", index=True)
    target: str = Field(sa_type=TEXT, nullable=False, index=True)
    signer_id: UUID = Field(sa_type=UuidBytes, nullable=False)
    public_key: bytes = Field(sa_type=BLOB, nullable=False)
    signature: bytes = Field(sa_type=BLOB, nullable=False)
    signed_at: datetime = Field(sa_type=InstantText, nullable=False)


class NoteFile(Lasting, table=True):
    """A finished file as it was made at signing, and after each addendum."""

    __tablename__ = "note_file"

    visit_id: UUID = key_column("visit.id")
    seq: int = seq_column()
    layout: int = Field(nullable=False)
    file: bytes = Field(sa_type=BLOB, nullable=False)


class Addendum(Lasting, table=True):
    """What was added to a signed visit: a correction, or its retraction."""

    __tablename__ = "addendum"

    id: UUID = key_column()
    visit_id: UUID = Field(sa_type=UuidBytes, nullable=False, foreign_key="visit.id", index=True)
    kind: str = Field(sa_type=TEXT, nullable=False)
    envelope: bytes = Field(sa_type=BLOB, nullable=False)
    sha256: str = Field(sa_type=TEXT, nullable=False)


class Review(Lasting, table=True):
    """A coordinator's answer to a signed visit: approved, or returned with questions."""

    __tablename__ = "review"

    id: UUID = key_column()
    visit_id: UUID = Field(sa_type=UuidBytes, nullable=False, foreign_key="visit.id", index=True)
    state: str = Field(sa_type=TEXT, nullable=False)
    words: str = Field(sa_type=TEXT, nullable=False)
    envelope: bytes | None = Field(default=None, sa_type=BLOB)
    sha256: str | None = text_column("of the signed bytes of the answer")
    certificate: bytes | None = Field(default=None, sa_type=BLOB)


class Question(Lasting, table=True):
    """One question of a returned review, pinned to a field."""

    __tablename__ = "question"

    review_id: UUID = key_column("review.id")
    seq: int = seq_column()
    cell: str = Field(sa_type=TEXT, nullable=False)
    words: str = Field(sa_type=TEXT, nullable=False)
    label: str | None = text_column("the field as the coordinator saw it called")


class ReceivedFile(Kept, table=True):
    """A note file that came in, as it came; filed once, however often it comes.

    `visit_id` is empty while it is matched to nothing: a foreign or broken file, kept to be
    looked at. `verdict` is what checking it said, as JSON.
    """

    __tablename__ = "received_file"
    frozen_with: ClassVar[FrozenWith] = APPEND_ONLY

    id: UUID = key_column()
    visit_id: UUID | None = Field(default=None, sa_type=UuidBytes, index=True)
    sha256: str = Field(sa_type=TEXT, nullable=False, unique=True)
    digest: str | None = text_column("of the signed record inside")
    file_name: str = Field(sa_type=TEXT, nullable=False)
    file: bytes = Field(sa_type=BLOB, nullable=False)
    verdict: str = Field(sa_type=TEXT, nullable=False)
    received_at: datetime = Field(sa_type=InstantText, nullable=False)


class HandOver(Lasting, table=True):
    """The finished note left this laptop: saved, exported with others, printed.

    `file_seq` is the number of the finished file that left: an addendum makes a newer one.
    """

    __tablename__ = "hand_over"

    visit_id: UUID = key_column("visit.id")
    seq: int = seq_column()
    way: str = Field(sa_type=TEXT, nullable=False)
    file_seq: int | None = optional(Integer, "which of the finished files")
    file_sha256: str = Field(sa_type=TEXT, nullable=False)
    at: datetime = Field(sa_type=InstantText, nullable=False)


_UNDECIDED = never("a decision that is not signed yet can be taken back; the signed one is kept")


class ReviewDraft(Kept, table=True):
    """What the coordinator means to answer to a note, until she signs her answers."""

    __tablename__ = "review_draft"
    frozen_with: ClassVar[FrozenWith] = _UNDECIDED

    visit_id: UUID = key_column("visit.id")
    state: str | None = text_column("approved or returned; empty after an undo")
    words: str | None = text_column("said with it")


class QuestionDraft(Kept, table=True):
    """A question of an answer that is not signed yet, pinned to a field."""

    __tablename__ = "question_draft"
    frozen_with: ClassVar[FrozenWith] = _UNDECIDED

    visit_id: UUID = key_column("review_draft.visit_id")
    seq: int = seq_column()
    cell: str | None = text_column("the field, as a path; empty for the note as a whole")
    label: str | None = text_column("what the field is called")
    words: str | None = text_column("the question")
    withdrawn: bool | None = Field(default=None)
