"""What checking a file said: points in words, each holding, not holding, or not to be said here.

Plain values, so that a verdict can be made in another process, kept beside the file, and shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from infusion_visits.core.moments import utc_text

if TYPE_CHECKING:
    # A verdict is never made from plain values by its annotations, and whoever only asks for one
    # starts the worker the sooner, the less is loaded before.
    from infusion_visits.vault.certificates import Certificate  # noqa: TC004
    from infusion_visits.visits.signed_note import SignedNote  # noqa: TC004


class VerdictKind(StrEnum):
    """What the file turned out to be."""

    HOLDS = "holds"
    STRANGER = "stranger"
    LAPSED = "lapsed"
    CHANGED = "changed"
    UNSIGNED = "unsigned"
    EARLIER = "earlier"
    DRAFT = "draft"
    FOREIGN = "foreign"
    UNREADABLE = "unreadable"


class PointKey(StrEnum):
    """The questions that are asked of a note file, in the order in which they are answered."""

    WHOLE = "whole"
    RECORD = "record"
    SAME_KEY = "same-key"
    SIGNER = "signer"
    PAGE = "page"
    FHIR = "fhir"
    ADDENDA = "addenda"
    CLOCK = "clock"
    CHAIN = "chain"


@dataclass(frozen=True, slots=True)
class Point:
    """One question and its answer; `holds` is None where it cannot be said here."""

    key: str
    holds: bool | None
    words: str


@dataclass(frozen=True, slots=True)
class Known:
    """The signed notes that are known where the file is checked.

    `notes` maps the digest of a note to that of the patient's note before it, as far as known.
    `whole` says that this is everything a record holds; otherwise these are only the files that
    were given together. Empty and not whole: nothing can be said of earlier notes. `files` are the
    digests (SHA-256, hex) of the finished files that the record kept.
    """

    notes: Mapping[str, str] = field(default_factory=dict)
    whole: bool = False
    files: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Verdict:
    """The answer to one file. `words` is the answer in one line, `points` say why.

    `good` only when it is signed, unchanged, by somebody whom a trusted agency knows, and when
    page and record agree. `note` is there whenever a signed record could be read, also where the
    verdict is bad: look at `good` before anything is taken from it.
    """

    kind: VerdictKind
    words: str
    points: tuple[Point, ...] = ()
    note: SignedNote | None = None
    certificate: Certificate | None = None
    good: bool = False
    pages: int | None = None

    def point(self, key: PointKey) -> Point | None:
        """The answer to one question, where it was asked."""
        return next((one for one in self.points if one.key == key), None)

    def plain(self) -> dict[str, Any]:
        """JSON values: ids, digests, words. Of an altered page the words name the figure."""
        plain: dict[str, Any] = {
            "kind": self.kind.value,
            "good": self.good,
            "words": self.words,
            "points": [
                {"key": one.key, "holds": one.holds, "words": one.words} for one in self.points
            ],
        }
        if self.pages is not None:
            plain["pages"] = self.pages
        if self.note is not None:
            plain["visit"] = str(self.note.plain.get("visit", ""))
            plain["digest"] = self.note.digest
            plain["signed_at"] = utc_text(self.note.signing.at)
            plain["layout"] = self.note.layout
            plain["addenda"] = len(self.note.addenda)
        if self.certificate is not None:
            plain["certificate"] = self.certificate.sha256
            plain["agency"] = str(self.certificate.agency)
        return plain


def unreadable(words: str) -> Verdict:
    """The verdict on what cannot be read, or not within the limits."""
    answer = f"Cannot be read. {words}"
    return Verdict(VerdictKind.UNREADABLE, answer, (Point(PointKey.WHOLE, False, words),))
