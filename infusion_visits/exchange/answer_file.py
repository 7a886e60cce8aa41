"""The answer home: a small signed file that the nurse drops on her window. No server.

One file for each nurse and sending, not for each note: a coordinator who read thirty notes sends
each nurse one thing, and nobody gets what concerns another's patients. Its name carries no
patient. Inside stand the answers (RFC 8785 JSON, each with a detached P-256 signature), the
coordinator's certificate and that of the agency's authority; the authority in the file is only
shown, what is trusted is what this laptop pinned.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from uuid import UUID

from infusion_visits.core.clock import local
from infusion_visits.core.errors import BadFile, Refused
from infusion_visits.core.moments import utc_text
from infusion_visits.core.writing import tidy
from infusion_visits.exchange.bounded_json import decoded, parse
from infusion_visits.exchange.points import certified
from infusion_visits.records.change_log import note_event
from infusion_visits.records.prepared import owned_rows
from infusion_visits.team.queries import COORDINATOR, own_agency, trust
from infusion_visits.vault.certificates import Certificate, Trusted, read_certificate
from infusion_visits.vault.signatures import verify
from infusion_visits.visits.answers import answers_of, keep_answer, load_answer
from infusion_visits.visits.note_state import NoteState, newest
from infusion_visits.visits.record import canonical
from infusion_visits.visits.signed_note import REVIEW_TYPE, REVIEW_VERSION, SignedReview
from infusion_visits.visits.tables import VisitSnapshot

if TYPE_CHECKING:
    from datetime import datetime

    from infusion_visits.core.desk import Who
    from infusion_visits.records.unit_of_work import UnitOfWork
    from infusion_visits.vault.certificates import Signatory, Trust

SUFFIX = ".ivanswer"
FILE_TYPE = "infusion-visits-answers"
FILE_VERSION = 1
LARGEST = 8 * 1024 * 1024
MOST = 2_000
REVIEWED = "reviewed"
RECEIVED = "received"

NewUnit = Callable[[], "UnitOfWork"]
Answer = SignedReview
"""One answer to one note, as it was signed."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as it goes into an answer; `cell` is the path of a field or empty."""

    cell: str
    label: str
    words: str


@dataclass(frozen=True, slots=True)
class Decided:
    """What is answered to one note: its visit and digest, and the addenda that were known."""

    visit: UUID
    digest: str
    zone: str
    state: NoteState
    words: str = ""
    questions: tuple[Asked, ...] = ()
    addenda: tuple[str, ...] = ()


@dataclass(frozen=True)
class AnswerFile:
    """What one file holds, read but not trusted yet."""

    answers: tuple[Answer, ...]
    certificate: Certificate


class AnswerOutcome(StrEnum):
    """What became of one answer."""

    TAKEN = "taken in"
    OLDER = "older"
    ALREADY = "already known"
    UNKNOWN = "no such note here"
    OTHER = "another version of the note"


@dataclass(frozen=True, slots=True)
class AnswerTaken:
    """What taking one answer in did; `words` name no patient."""

    outcome: AnswerOutcome
    words: str
    visit: UUID
    state: NoteState
    questions: int = 0


@dataclass(frozen=True, slots=True)
class AnswersTaken:
    """What one file did, answer by answer, and who signed them."""

    by: str
    answers: tuple[AnswerTaken, ...]

    @property
    def already(self) -> bool:
        """Whether all of it was known."""
        return all(one.outcome is AnswerOutcome.ALREADY for one in self.answers)


def seal_answer(
    decided: Decided, review: UUID, signatory: Signatory, signer: Who, now: datetime
) -> Answer:
    """A coordinator's signed answer to one note. Pure."""
    envelope = canonical(
        {
            "type": REVIEW_TYPE,
            "v": REVIEW_VERSION,
            "id": str(review),
            "agency": str(signatory.certificate.agency),
            "visit": str(decided.visit),
            "target_sha256": decided.digest,
            "state": decided.state.value,
            "words": decided.words,
            "questions": [
                {"seq": number, "cell": one.cell, "label": one.label, "words": one.words}
                for number, one in enumerate(decided.questions, 1)
            ],
            "addenda": list(decided.addenda),
            "signer": {
                "member": str(signer.id),
                "name": signer.name,
                "credential": signer.credential,
                "role": signer.role,
                "public_key": signatory.key.public_key.hex(),
                "certificate_sha256": signatory.certificate.sha256,
            },
            "meaning": RECEIVED if decided.state is NoteState.RECEIVED else REVIEWED,
            "signed_at": {
                "utc": utc_text(now),
                "zone": decided.zone,
                "offset": local(now, decided.zone).strftime("%z"),
            },
        }
    )
    return Answer(envelope, signatory.key.sign(envelope))


def write_answers(answers: Sequence[Answer], certificate: Certificate, authority: bytes) -> bytes:
    """The bytes of a file with these answers of one coordinator."""
    return canonical(
        {
            "type": FILE_TYPE,
            "v": FILE_VERSION,
            "answers": [
                {"envelope": _text(one.envelope), "signature": _text(one.signature)}
                for one in answers
            ],
            "certificate": _text(certificate.der),
            "authority": _text(authority),
        }
    )


def is_answer_file(data: bytes) -> bool:
    """Whether these bytes say that they are answers: for files with another name."""
    return f'"type":"{FILE_TYPE}"'.encode() in data[-4096:] + data[:4096]


def read_answer(data: bytes) -> AnswerFile:
    """What a file says, within limits; nothing of it is trusted yet. Raises BadFile."""
    if len(data) > LARGEST:
        raise BadFile("too-large", "This is too large for a file of answers; it was not read.")
    plain = parse(decoded(data))
    if not isinstance(plain, dict) or plain.get("type") != FILE_TYPE:
        raise BadFile("no-answers", "This is no file with a coordinator's answers.")
    if plain.get("v") != FILE_VERSION:
        raise BadFile("version", "These answers were made by a later version. Update first.")
    listed = plain.get("answers")
    if not isinstance(listed, list) or not 0 < len(listed) <= MOST:
        raise BadFile("no-answers", "This file holds no answers that can be read.")
    certificate = read_certificate(_bytes(plain, "certificate"))
    answers = tuple(Answer(_bytes(one, "envelope"), _bytes(one, "signature")) for one in listed)
    for one in answers:
        _ = one.answered, one.signing, one.target
    return AnswerFile(answers, certificate)


def take_answer(new_unit: NewUnit, data: bytes) -> AnswersTaken:
    """Checks a file of answers and keeps those that speak of notes of this record; all or nothing.

    Raises BadFile for what cannot be read, Refused (`stranger`, `ended`, `role`, `changed`) for
    what this laptop does not trust; then nothing was written. Twice is as good as once.
    """
    file = read_answer(data)
    try:
        with new_unit() as unit:
            _refuse_untrusted(unit, file)
            taken = tuple(_take(unit, one, file.certificate) for one in file.answers)
            unit.commit()
    except (ArithmeticError, LookupError, TypeError, ValueError):
        # Threat: a coordinator signs a figure that no column holds.
        words = "A value in these answers cannot be kept here. Nothing was taken in."
        raise BadFile("no-answers", words) from None
    return AnswersTaken(tidy(file.certificate.name), taken)


def _refuse_untrusted(unit: UnitOfWork, file: AnswerFile) -> None:
    certificate, known = file.certificate, trust(unit)
    own = own_agency(unit)
    # Threat: a stranger approves a note, or asks for what no coordinator would ask. Only the own
    # agency's authority counts, whatever agency or name the certificate bears.
    if own is None or not certificate.issued_by(own.certificate):
        raise Refused(
            "stranger", "These answers are signed by someone whom this agency doesn't know."
        )
    # Threat: a nurse approves her own notes with her own key.
    if certificate.role != COORDINATOR:
        raise Refused("role", "These answers are signed by somebody who is no coordinator.")
    for one in file.answers:
        _refuse_changed(one, certificate)
        _refuse_ended(known, certificate, one.signing.at)


def _refuse_changed(one: Answer, certificate: Certificate) -> None:
    # Threat: a coordinator answers in another's name, which the nurse is shown.
    if not certified(certificate, one.signing) or not verify(
        certificate.public_key, one.envelope, one.signature
    ):
        raise Refused("changed", "These answers were changed after they were signed.")


def _refuse_ended(known: Trust, certificate: Certificate, at: datetime) -> None:
    says = known.says(certificate, at)
    # Threat: who holds an ended key claims an earlier time. Another coordinator can sign anew, so
    # an ended certificate counts for no answer that comes in now.
    if says is Trusted.REVOKED or known.revoked_from(certificate) is not None:
        raise Refused("ended", "The certificate of who signed these answers was ended.")
    if says is not Trusted.TRUSTED:
        raise Refused("stranger", f"The certificate of who signed these answers is {says.value}.")


def _take(unit: UnitOfWork, one: Answer, certificate: Certificate) -> AnswerTaken:
    said = one.answered
    known = load_answer(unit, said.id)
    if known is not None:
        if known[0].envelope != one.envelope:
            raise Refused("changed", "An answer of this file is known here in other words.")
        return AnswerTaken(
            AnswerOutcome.ALREADY, "This answer was taken in before.", said.visit, said.state
        )
    rows = owned_rows(unit, VisitSnapshot, ("visit_id", said.visit), ("visit_id",))
    if not rows:
        words = "An answer speaks of a note that is not on this laptop."
        return AnswerTaken(AnswerOutcome.UNKNOWN, words, said.visit, said.state)
    if rows[0]["sha256"] != one.target:
        words = "An answer speaks of another version of a note than the one signed here."
        return AnswerTaken(AnswerOutcome.OTHER, words, said.visit, said.state)
    last = newest(answers_of(unit, said.visit))
    older = last is not None and (said.at, said.id.bytes) < (last.at, last.id.bytes)
    keep_answer(unit, one, certificate.der)
    note_event(unit, "answer taken in", said.visit)
    outcome = AnswerOutcome.OLDER if older else AnswerOutcome.TAKEN
    return AnswerTaken(
        outcome, _words(said.state, len(said.questions), older=older), said.visit, said.state,
        len(said.questions),
    )  # fmt: skip


def _words(state: NoteState, questions: int, *, older: bool) -> str:
    words = {
        NoteState.APPROVED: "The note is approved.",
        NoteState.RECEIVED: "The coordinator has received the note.",
    }.get(state)
    if words is None:
        asked = f" with {questions} question{'' if questions == 1 else 's'}" if questions else ""
        words = f"The note is returned{asked}."
    return f"{words} A later answer is here already and counts." if older else words


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _bytes(plain: Any, name: str) -> bytes:
    said = plain.get(name) if isinstance(plain, dict) else None
    if not isinstance(said, str):
        raise BadFile("no-answers", "This file of answers is not whole.", name)
    try:
        return base64.b64decode(said, validate=True)
    except (binascii.Error, ValueError):
        raise BadFile("no-answers", "This file of answers is not whole.", name) from None
