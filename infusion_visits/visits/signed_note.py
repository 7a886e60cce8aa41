"""SignedNote: the envelope bytes of a record, its signature, and the addenda and reviews after it.

The envelope is one RFC 8785 JSON text that names the signer's public key. Version 2 of the record
asks more of a visit than version 1. Readers of every version are kept here. Envelopes since the
file itself is signed also name the signer's certificate and the patient's note before.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any
from uuid import UUID
from zoneinfo import ZoneInfo

from cattrs.errors import BaseValidationError

from infusion_visits.core.desk import Who
from infusion_visits.core.errors import BadFile
from infusion_visits.visits.note_state import Answered, AskedBack, NoteState
from infusion_visits.visits.record import VisitRecord, from_plain

if TYPE_CHECKING:
    from collections.abc import Iterator

RECORD_VERSION = 2
REVIEW_VERSION = 1
NOTE_TYPE = "visit-note"
ADDENDUM_TYPE = "addendum"
REVIEW_TYPE = "review"
_LARGEST_COUNT = 1_000_000
_FIRST_YEAR, _LAST_YEAR = 1900, 9000


class AddendumKind(StrEnum):
    """What an addendum does to the note that it stands under."""

    CORRECTION = "correction"
    ADDITION = "addition"
    RETRACTION = "retraction"


@dataclass(frozen=True, slots=True)
class Signing:
    """Who signed, when, in what meaning, with which public key (uncompressed P-256 point).

    `certificate` is the SHA-256 (hex) of the signer's certificate; empty in what was signed before
    members had one.
    """

    signer: Who
    at: datetime
    zone: str
    meaning: str
    public_key: bytes
    certificate: str = ""


@dataclass(frozen=True, slots=True)
class PatientChain:
    """The note's place among the signed notes of its patient, as the signer's laptop knew them.

    `number` counts from 1; `previous` is the digest of the latest one before, empty in the first.
    """

    number: int
    previous: str


@dataclass(frozen=True, slots=True)
class Correction:
    """One corrected place: where it stands in the note, what it said, what is right."""

    where: str
    was: str
    now: str


@dataclass(frozen=True)
class SignedAddendum:
    """An addendum as it was signed."""

    id: UUID
    envelope: bytes
    signature: bytes

    @cached_property
    def plain(self) -> Mapping[str, Any]:
        """The envelope as JSON values."""
        return _read(self.envelope, ADDENDUM_TYPE)

    @property
    def kind(self) -> AddendumKind:
        """Correction, addition or retraction."""
        with _read_whole():
            return AddendumKind(self.plain["kind"])

    @property
    def words(self) -> str:
        """What was added."""
        return _text(self.plain, "words")

    @property
    def corrections(self) -> tuple[Correction, ...]:
        """The places corrected."""
        with _read_whole():
            return tuple(
                Correction(_text(one, "where"), _text(one, "was"), _text(one, "now"))
                for one in self.plain["corrects"]
            )

    @property
    def answers(self) -> tuple[str, ...]:
        """The questions of a coordinator that it answers, by their names; none in older ones."""
        with _read_whole():
            return tuple(str(name) for name in self.plain.get("answers", ()))

    @property
    def signing(self) -> Signing:
        """Who added it, and when."""
        return _signing(self.plain)

    @property
    def target(self) -> str:
        """SHA-256 (hex) of the note envelope that it speaks of."""
        return _text(self.plain, "target_sha256")


@dataclass(frozen=True)
class SignedReview:
    """A coordinator's answer to a signed note, as it was signed."""

    envelope: bytes
    signature: bytes

    @cached_property
    def plain(self) -> Mapping[str, Any]:
        """The envelope as JSON values."""
        return _read(self.envelope, REVIEW_TYPE)

    @property
    def digest(self) -> str:
        """SHA-256 of the envelope bytes, hex."""
        return digest_of(self.envelope)

    @property
    def target(self) -> str:
        """SHA-256 (hex) of the note envelope that it answers."""
        return _text(self.plain, "target_sha256")

    @property
    def signing(self) -> Signing:
        """Who answered, and when."""
        return _signing(self.plain)

    @cached_property
    def answered(self) -> Answered:
        """What it says. Raises BadFile for a version without a reader."""
        with _read_whole():
            if self.plain["v"] != REVIEW_VERSION:
                words = "This answer was made by a later version. Update first."
                raise BadFile("review-version", words)
            review = UUID(_text(self.plain, "id"))
            return Answered(
                id=review,
                visit=UUID(_text(self.plain, "visit")),
                state=NoteState(_text(self.plain, "state")),
                words=_text(self.plain, "words"),
                at=self.signing.at,
                by=self.signing.signer.signed_name,
                addenda=tuple(str(one) for one in self.plain["addenda"]),
                questions=tuple(
                    AskedBack(
                        review,
                        int(one["seq"]),
                        _text(one, "cell"),
                        _text(one, "label"),
                        _text(one, "words"),
                    )
                    for one in self.plain["questions"]
                ),
            )


@dataclass(frozen=True)
class SignedNote:
    """A visit as it was signed; the one thing from which its PDF is made.

    `certificates` (DER, sorted) are those of the members who signed it and its addenda, as far as
    there were certificates then.
    """

    envelope: bytes
    signature: bytes
    addenda: tuple[SignedAddendum, ...] = ()
    certificates: tuple[bytes, ...] = ()

    @cached_property
    def plain(self) -> Mapping[str, Any]:
        """The envelope as JSON values."""
        return _read(self.envelope, NOTE_TYPE)

    @cached_property
    def record(self) -> VisitRecord:
        """The record that was signed. Raises BadFile for a version without a reader."""
        with _read_whole():
            reader = READERS.get(_count(self.plain, "v"))
            if reader is None:
                words = "This note was made by a later version. Update first."
                raise BadFile("record-version", words)
            record = reader(self.plain["record"])
            ZoneInfo(record.visit.zone)
            return record

    @property
    def digest(self) -> str:
        """SHA-256 of the envelope bytes, hex."""
        return digest_of(self.envelope)

    @property
    def layout(self) -> int:
        """The layout of the note that the signer saw."""
        with _read_whole():
            return _count(self.plain, "layout")

    @property
    def signing(self) -> Signing:
        """Who signed, and when."""
        return _signing(self.plain)

    @property
    def chain(self) -> PatientChain | None:
        """Its place in the patient's chain; None in a note signed before there was one."""
        told = self.plain.get("patient_chain")
        if told is None:
            return None
        with _read_whole():
            return PatientChain(_count(told, "n"), _text(told, "prev"))

    @property
    def every_signed(self) -> tuple[SignedNote | SignedAddendum, ...]:
        """The record and its addenda, in the order of signing."""
        return (self, *self.addenda)

    @property
    def latest(self) -> SignedNote | SignedAddendum:
        """What was signed last of it: the file is signed by the same hand."""
        return self.addenda[-1] if self.addenda else self

    @property
    def retracted(self) -> bool:
        """Whether an addendum took the note back."""
        return any(one.kind is AddendumKind.RETRACTION for one in self.addenda)

    def with_addenda(
        self, addenda: tuple[SignedAddendum, ...], certificates: tuple[bytes, ...] = ()
    ) -> SignedNote:
        """The same note with its addenda, and the certificates of who signed them."""
        every = tuple(sorted({*self.certificates, *certificates}))
        return replace(self, addenda=addenda, certificates=every)


def digest_of(envelope: bytes) -> str:
    """SHA-256 of signed bytes, hex."""
    return hashlib.sha256(envelope).hexdigest()


def _read(envelope: bytes, kind: str) -> Mapping[str, Any]:
    try:
        plain = json.loads(envelope)
    except (ValueError, RecursionError):
        raise _unreadable() from None
    if not isinstance(plain, dict) or plain.get("type") != kind:
        raise BadFile("envelope", f"This is no {kind}.")
    return plain


def _unreadable() -> BadFile:
    return BadFile("envelope", "The signed record cannot be read.")


@contextmanager
def _read_whole() -> Iterator[None]:
    """Whatever a reader stumbles over is a bad file: these bytes may come from anywhere."""
    try:
        yield
    except (
        ArithmeticError,
        AttributeError,
        BaseValidationError,
        LookupError,
        OSError,
        RecursionError,
        TypeError,
        ValueError,
    ):
        raise _unreadable() from None


def _text(plain: Any, name: str) -> str:
    said = plain.get(name) if isinstance(plain, Mapping) else None
    if not isinstance(said, str):
        raise _unreadable()
    return said


def _count(plain: Mapping[str, Any], name: str) -> int:
    """A whole number from 1; `true` and `2.0` are none, though Python counts with them."""
    said = plain[name]
    if type(said) is not int or not 1 <= said <= _LARGEST_COUNT:
        raise _unreadable()
    return said


def _instant(text: str) -> datetime:
    """A moment that can be shown in every zone."""
    at = datetime.fromisoformat(text).astimezone(UTC)
    if not _FIRST_YEAR <= at.year <= _LAST_YEAR:
        raise _unreadable()
    return at


def _signing(plain: Mapping[str, Any]) -> Signing:
    with _read_whole():
        signer, when = plain["signer"], plain["signed_at"]
        who = Who(
            UUID(_text(signer, "member")),
            _text(signer, "name"),
            _text(signer, "credential"),
            _text(signer, "role"),
        )
        ZoneInfo(_text(when, "zone"))
        return Signing(
            signer=who,
            at=_instant(_text(when, "utc")),
            zone=_text(when, "zone"),
            meaning=_text(plain, "meaning"),
            public_key=bytes.fromhex(_text(signer, "public_key")),
            certificate=_text(signer, "certificate_sha256")
            if "certificate_sha256" in signer
            else "",
        )


def read_version_1(plain: Mapping[str, Any]) -> VisitRecord:
    """Record version 1: what it did not ask yet is not asked."""
    return from_plain(plain)


def read_version_2(plain: Mapping[str, Any]) -> VisitRecord:
    """Record version 2: clinical depth."""
    return from_plain(plain)


READERS = {1: read_version_1, 2: read_version_2}
