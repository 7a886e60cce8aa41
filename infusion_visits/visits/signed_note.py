"""SignedNote: the envelope bytes of a record, its signature, and the addenda and reviews after it.

The envelope is one RFC 8785 JSON text. Record version 1 names the signer's public key itself;
later versions will name a certificate. Readers of every version are kept here.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any
from uuid import UUID

from infusion_visits.core.desk import Who
from infusion_visits.core.errors import BadFile
from infusion_visits.visits.record import VisitRecord, from_plain

if TYPE_CHECKING:
    from collections.abc import Mapping

RECORD_VERSION = 1
NOTE_TYPE = "visit-note"
ADDENDUM_TYPE = "addendum"


class AddendumKind(StrEnum):
    """What an addendum does to the note that it stands under."""

    CORRECTION = "correction"
    ADDITION = "addition"
    RETRACTION = "retraction"


@dataclass(frozen=True, slots=True)
class Signing:
    """Who signed, when, in what meaning, with which public key (uncompressed P-256 point)."""

    signer: Who
    at: datetime
    zone: str
    meaning: str
    public_key: bytes


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
        return AddendumKind(self.plain["kind"])

    @property
    def words(self) -> str:
        """What was added."""
        return str(self.plain["words"])

    @property
    def corrections(self) -> tuple[Correction, ...]:
        """The places corrected."""
        return tuple(
            Correction(one["where"], one["was"], one["now"]) for one in self.plain["corrects"]
        )

    @property
    def signing(self) -> Signing:
        """Who added it, and when."""
        return _signing(self.plain)

    @property
    def target(self) -> str:
        """SHA-256 (hex) of the note envelope that it speaks of."""
        return str(self.plain["target_sha256"])


@dataclass(frozen=True)
class SignedNote:
    """A visit as it was signed; the one thing from which its PDF is made."""

    envelope: bytes
    signature: bytes
    addenda: tuple[SignedAddendum, ...] = ()

    @cached_property
    def plain(self) -> Mapping[str, Any]:
        """The envelope as JSON values."""
        return _read(self.envelope, NOTE_TYPE)

    @cached_property
    def record(self) -> VisitRecord:
        """The record that was signed. Raises BadFile for a version without a reader."""
        reader = READERS.get(self.plain["v"])
        if reader is None:
            raise BadFile("record-version", "This note was made by a later version. Update first.")
        return reader(self.plain["record"])

    @property
    def digest(self) -> str:
        """SHA-256 of the envelope bytes, hex."""
        return digest_of(self.envelope)

    @property
    def layout(self) -> int:
        """The layout of the note that the signer saw."""
        return int(self.plain["layout"])

    @property
    def signing(self) -> Signing:
        """Who signed, and when."""
        return _signing(self.plain)

    @property
    def retracted(self) -> bool:
        """Whether an addendum took the note back."""
        return any(one.kind is AddendumKind.RETRACTION for one in self.addenda)

    def with_addenda(self, addenda: tuple[SignedAddendum, ...]) -> SignedNote:
        """The same note with its addenda."""
        return replace(self, addenda=addenda)


def digest_of(envelope: bytes) -> str:
    """SHA-256 of signed bytes, hex."""
    return hashlib.sha256(envelope).hexdigest()


def _read(envelope: bytes, kind: str) -> Mapping[str, Any]:
    try:
        plain = json.loads(envelope)
    except ValueError:
        raise BadFile("envelope", "The signed record cannot be read.") from None
    if not isinstance(plain, dict) or plain.get("type") != kind:
        raise BadFile("envelope", f"This is no {kind}.")
    return plain


def _signing(plain: Mapping[str, Any]) -> Signing:
    signer = plain["signer"]
    when = plain["signed_at"]
    return Signing(
        signer=Who(UUID(signer["member"]), signer["name"], signer["credential"], signer["role"]),
        at=datetime.fromisoformat(when["utc"]).astimezone(UTC),
        zone=when["zone"],
        meaning=plain["meaning"],
        public_key=bytes.fromhex(signer["public_key"]),
    )


def read_version_1(plain: Mapping[str, Any]) -> VisitRecord:
    """Record version 1: the signer's public key in the envelope, no certificate."""
    return from_plain(plain)


READERS = {1: read_version_1}
