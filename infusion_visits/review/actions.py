"""What a coordinator does with notes: approve, return, ask, undo; then sign and send all at once.

Until it is signed a decision is a draft that can be taken back and that nobody else sees. Signing
asks for the passphrase once for all of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from infusion_visits.core.clock import local_day
from infusion_visits.core.errors import Missing, Refused
from infusion_visits.core.writing import tidy
from infusion_visits.exchange.answer_file import (
    SUFFIX,
    Answer,
    Asked,
    Decided,
    seal_answer,
    write_answers,
)
from infusion_visits.records import cells
from infusion_visits.records.change_log import note_event
from infusion_visits.records.whole_file import write_whole
from infusion_visits.review import queries
from infusion_visits.team.queries import COORDINATOR, member
from infusion_visits.vault.certificates import Certificate
from infusion_visits.visits.answers import addenda_digests, answers_of, keep_answer, load_answer
from infusion_visits.visits.note_state import NoteState, state_of
from infusion_visits.visits.tables import QuestionDraft, ReviewDraft

if TYPE_CHECKING:
    from infusion_visits.core.desk import Who
    from infusion_visits.records.unit_of_work import UnitOfWork
    from infusion_visits.vault.certificates import Signatory

NewUnit = Callable[[], "UnitOfWork"]


@dataclass(frozen=True, slots=True)
class Sent:
    """What was signed: how many decisions and receipts, and the files that go to the nurses."""

    decisions: int
    receipts: int
    reviews: tuple[UUID, ...]
    files: tuple[Path, ...] = ()

    def line(self) -> str:
        """`3 answers and 2 receipts signed, 2 files written.`"""
        if not self.reviews:
            return "Nothing to send: no note is approved or returned since the last time."
        parts = [_count(self.decisions, "answer")] if self.decisions else []
        parts += [_count(self.receipts, "receipt")] if self.receipts else []
        written = f", {_count(len(self.files), 'file')} written" if self.files else ""
        return f"{' and '.join(parts)} signed{written}."


def approve(unit: UnitOfWork, visit: UUID, words: str = "") -> None:
    """The note is right as it is. Raises Refused (`role`, `questions`, `state`), Missing."""
    _may_decide(unit, visit)
    if queries.pending(unit, visit).questions:
        raise Refused("questions", "There are open questions: return the note, or take them back.")
    if _state(unit, visit) is NoteState.APPROVED:
        raise Refused("state", "This note is approved already.")
    _decide(unit, visit, NoteState.APPROVED, tidy(words, many_lines=True))


def return_with(unit: UnitOfWork, visit: UUID, words: str = "") -> None:
    """The note goes back to the nurse. Raises Refused (`words`) with neither words nor question."""
    _may_decide(unit, visit)
    said = tidy(words, many_lines=True)
    if not said and not queries.pending(unit, visit).questions:
        raise Refused("words", "Say what is to be put right, or ask a question at a field.")
    _decide(unit, visit, NoteState.RETURNED, said)


def ask(unit: UnitOfWork, visit: UUID, cell: str, label: str, words: str) -> int:
    """A question pinned to a field (its path; empty for the whole note); the note is returned.

    Returns its number. Raises Refused `words` for an empty question, Missing, Refused `role`.
    """
    _may_decide(unit, visit)
    said = tidy(words, many_lines=True)
    if not said:
        raise Refused("words", "Say what you want to know.")
    drafted = queries.pending(unit, visit)
    if drafted.state is not NoteState.RETURNED:
        _decide(unit, visit, NoteState.RETURNED, "")
    columns = {"cell": cell, "label": tidy(label), "words": said, "withdrawn": False}
    made = cells.append(unit, QuestionDraft, {"visit_id": visit}, columns)
    return int(made["seq"])


def undo(unit: UnitOfWork, visit: UUID) -> str:
    """Takes back the last question or the decision; says which. Raises Refused when sent."""
    _may_decide(unit, visit)
    drafted = queries.pending(unit, visit)
    if not drafted.decided:
        raise Refused("nothing", "There is nothing to take back; what was sent stays sent.")
    if not drafted.newest_is_question:
        state = NoteState.RETURNED if drafted.questions else None
        _decide(unit, visit, state, "")
        was = "approval" if drafted.state is NoteState.APPROVED else "return"
        return f"The {was} is taken back."
    keys = {"visit_id": visit, "seq": drafted.questions[-1].seq}
    cells.put(unit, QuestionDraft, keys, {"withdrawn": True})
    if len(drafted.questions) == 1 and not drafted.words:
        _decide(unit, visit, None, "")
    return "The question is taken back."


def set_aside(unit: UnitOfWork, received: UUID) -> None:
    """A file that is no note of ours need not stand in the inbox; it stays in the record."""
    _only_coordinator(unit)
    note_event(unit, queries.SET_ASIDE, received)


def bring_back(unit: UnitOfWork, received: UUID) -> None:
    """Undoes `set_aside`."""
    _only_coordinator(unit)
    note_event(unit, queries.BROUGHT_BACK, received)


def send_answers(
    new_unit: NewUnit, signatory: Signatory, folder: Path | None = None, *, receipts: bool = True
) -> Sent:
    """Signs every decision, and a receipt for every note that has no answer yet; writes the files.

    One file for each nurse, into `folder`; without one nothing is written (nurse and coordinator
    share this record). What is signed is kept before the files are written: where the folder
    fails (DeviceTrouble), `write_files` writes them again. Raises Refused `role`, `signer`.
    """
    with new_unit() as unit:
        signer = _only_coordinator(unit)
        if signatory.certificate.member != signer.id or signatory.certificate.role != COORDINATOR:
            raise Refused(
                "signer", "Answers are signed by the coordinator who unlocked the record."
            )
        decided = queries.to_decide(unit)
        waiting = queries.without_answer(unit) if receipts else ()
        made = [_sign(unit, one, signatory, signer) for one in decided]
        made += [_sign_receipt(unit, visit, signatory, signer) for visit in waiting]
        unit.commit()
    sent = Sent(len(decided), len(waiting), tuple(made))
    if folder is None or not made:
        return sent
    files = write_files(new_unit, sent.reviews, signatory.authority.der, folder)
    return Sent(sent.decisions, sent.receipts, sent.reviews, files)


def write_files(
    new_unit: NewUnit, reviews: tuple[UUID, ...], authority: bytes, folder: Path
) -> tuple[Path, ...]:
    """Writes signed answers as files, one for each nurse and certificate. Raises DeviceTrouble."""
    with new_unit() as unit:
        day = local_day(unit.now, unit.zone)
        found: list[tuple[UUID, bytes, UUID, Answer]] = []
        for review in reviews:
            known = load_answer(unit, review)
            if known is not None:
                nurse = queries.signer_of(unit, known[0].answered.visit)
                found.append((nurse, known[1], review, known[0]))
    found.sort(key=lambda one: (one[0].bytes, one[1], one[2].bytes))
    written = []
    for (nurse, certificate), group in groupby(found, key=lambda one: (one[0], one[1])):
        answers = [one[3] for one in group]
        # Threat: a file name that tells a patient. Only the day and tails of ids stand in it.
        name = f"answers-{day.isoformat()}-{nurse.hex[-4:]}-{answers[-1].digest[:6]}{SUFFIX}"
        write_whole(folder / name, write_answers(answers, Certificate(certificate), authority))
        written.append(folder / name)
    return tuple(written)


def _sign(unit: UnitOfWork, drafted: queries.ToDecide, signatory: Signatory, signer: Who) -> UUID:
    pending = drafted.pending
    decided = Decided(
        pending.visit,
        drafted.digest,
        unit.zone,
        pending.state or NoteState.RECEIVED,
        pending.words,
        tuple(Asked(one.cell, one.label, one.words) for one in pending.questions),
        addenda_digests(unit, pending.visit),
    )
    review = _keep(unit, decided, signatory, signer)
    _decide(unit, pending.visit, None, "")
    for one in pending.questions:
        keys = {"visit_id": pending.visit, "seq": one.seq}
        cells.put(unit, QuestionDraft, keys, {"withdrawn": True})
    return review


def _sign_receipt(
    unit: UnitOfWork, waiting: queries.Waiting, signatory: Signatory, signer: Who
) -> UUID:
    decided = Decided(
        waiting.visit,
        waiting.digest,
        unit.zone,
        NoteState.RECEIVED,
        addenda=addenda_digests(unit, waiting.visit),
    )
    return _keep(unit, decided, signatory, signer)


def _keep(unit: UnitOfWork, decided: Decided, signatory: Signatory, signer: Who) -> UUID:
    review = unit.ids.new()
    answer = seal_answer(decided, review, signatory, signer, unit.now)
    keep_answer(unit, answer, signatory.certificate.der)
    note_event(unit, f"note {decided.state}", decided.visit)
    return review


def _decide(unit: UnitOfWork, visit: UUID, state: NoteState | None, words: str) -> None:
    columns = {"state": state.value if state else None, "words": words or None}
    cells.put(unit, ReviewDraft, {"visit_id": visit}, columns)


def _state(unit: UnitOfWork, visit: UUID) -> NoteState:
    return state_of(answers_of(unit, visit), addenda_digests(unit, visit))


def _may_decide(unit: UnitOfWork, visit: UUID) -> None:
    _only_coordinator(unit)
    if not queries.is_note(unit, visit):
        raise Missing("note", "There is no signed note of this visit here.")


def _only_coordinator(unit: UnitOfWork) -> Who:
    # Threat: a nurse approves what she wrote herself on the shared laptop.
    who = member(unit, unit.member)
    if who.role != COORDINATOR:
        raise Refused("role", "Only a coordinator decides on notes.")
    return who


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
