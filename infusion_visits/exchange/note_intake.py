"""Taking a note file in: filed once, in one transaction, whole or not at all.

A file that was checked and holds becomes patient, visit, findings and tasks of this record, and
its very bytes are kept. A file that does not hold is kept with its verdict and writes nothing of
any patient: what an unknown hand wrote never reaches a chart, and no act here forces it in.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import PurePath
from typing import TYPE_CHECKING, Any
from uuid import UUID

from infusion_visits.core.errors import BadFile, Missing, Refused
from infusion_visits.core.writing import tidy
from infusion_visits.notes.gist import gist_of
from infusion_visits.patients import matching
from infusion_visits.patients.following import AsOf, follow_chart
from infusion_visits.records import cells
from infusion_visits.records.change_log import note_event
from infusion_visits.records.prepared import owned_rows
from infusion_visits.visits import filing, signing
from infusion_visits.visits.queries import is_signed, visit_line
from infusion_visits.visits.signed_note import digest_of
from infusion_visits.visits.tables import NoteFile, ReceivedFile

if TYPE_CHECKING:
    from infusion_visits.exchange.verdict import Verdict
    from infusion_visits.records.unit_of_work import UnitOfWork
    from infusion_visits.visits.signed_note import SignedNote

log = logging.getLogger("infusion_visits")
NewUnit = Callable[[], "UnitOfWork"]
LONGEST_NAME = 200
LARGEST_KEPT = 20 * 1024 * 1024
"""Bytes of a file that was not filed and is kept all the same, to be looked at."""


_NOT_KEPT = "A value in the record of this note cannot be kept here. Nothing was filed."


class Outcome(StrEnum):
    """What became of a file."""

    FILED = "filed"
    CORRECTED = "corrected"
    ALREADY = "already known"
    WHICH_PATIENT = "which patient"
    NOT_TRUSTED = "not filed"
    QUARANTINED = "kept apart"


KEPT_APART = frozenset({Outcome.WHICH_PATIENT, Outcome.NOT_TRUSTED, Outcome.QUARANTINED})
"""Outcomes after which a person has to look: nothing of the file is in any chart."""


@dataclass(frozen=True, slots=True)
class Filed:
    """What taking one file in did.

    `id` is that of the received file. `candidates` are the patients to choose from where it is not
    sure whose note it is; the note's own patient id, given as `patient`, makes a chart of its own.
    `differs` names what this record knows otherwise and kept. No words carry patient data.
    """

    outcome: Outcome
    words: str
    id: UUID | None = None
    visit: UUID | None = None
    patient: UUID | None = None
    patient_made: bool = False
    addenda: int = 0
    candidates: tuple[UUID, ...] = ()
    differs: tuple[str, ...] = ()

    @property
    def already(self) -> bool:
        """Whether all of it was known."""
        return self.outcome is Outcome.ALREADY

    @property
    def waits(self) -> bool:
        """Whether a person has to look before anything of it is filed."""
        return self.outcome in KEPT_APART


def take_in(
    new_unit: NewUnit, data: bytes, file_name: str, verdict: Verdict, *, patient: UUID | None = None
) -> Filed:
    """Files one note file by what checking it said. Twice is as good as once.

    `patient` is the choice of a person where it was not sure whose note it is. Raises Missing for
    a patient that is neither here nor the note's own, BadFile for values that cannot be kept,
    DeviceTrouble; then nothing was written.
    """
    try:
        with new_unit() as unit:
            filed = _take_in(unit, data, file_name, verdict, patient)
            unit.commit()
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        # Threat: a member signs a value that nothing here can keep. Nothing of it is written.
        log.warning("a note could not be filed: %s", type(error).__name__)
        raise BadFile("record", _NOT_KEPT) from None
    return filed


def _take_in(
    unit: UnitOfWork, data: bytes, file_name: str, verdict: Verdict, patient: UUID | None
) -> Filed:
    digest = hashlib.sha256(data).hexdigest()
    known = next(iter(owned_rows(unit, ReceivedFile, ("sha256", digest), ("id",))), None)
    if known is not None and known["visit_id"] is not None:
        return _already(unit, known["id"], known["visit_id"])
    try:
        note, visit = _note_of(verdict)
    except BadFile:
        note, visit = None, None
    if visit is not None and _holds_file(unit, visit, data):
        return _already(unit, known["id"] if known else None, visit)
    if note is None or not verdict.good:
        made = Filed(Outcome.NOT_TRUSTED, verdict.words)
    elif _is_here(unit, note):
        made = _file_again(unit, note, data)
    else:
        made = _file_new(unit, note, data, patient)
    return _kept(unit, made, known, data, digest, file_name, verdict)


def _note_of(verdict: Verdict) -> tuple[SignedNote | None, UUID | None]:
    if verdict.note is None:
        return None, None
    return verdict.note, verdict.note.record.visit.id


def _already(unit: UnitOfWork, received: UUID | None, visit: UUID) -> Filed:
    line = visit_line(unit, visit)
    words = "This file was filed before; nothing changed."
    return Filed(Outcome.ALREADY, words, received, visit, line.patient)


def _holds_file(unit: UnitOfWork, visit: UUID, data: bytes) -> bool:
    """Whether the very bytes lie here: filed later than it came, or made on this laptop."""
    rows = owned_rows(unit, NoteFile, ("visit_id", visit), ("seq",))
    return is_signed(unit, visit) and any(row["file"] == data for row in rows)


def _is_here(unit: UnitOfWork, note: SignedNote) -> bool:
    try:
        visit_line(unit, note.record.visit.id)
    except Missing:
        return False
    return True


def _file_again(unit: UnitOfWork, note: SignedNote, data: bytes) -> Filed:
    """A file of a visit that is here: longer by addenda, known, or not the same visit at all."""
    visit = note.record.visit.id
    if not is_signed(unit, visit):
        words = "This visit stands here as a draft that is not signed; the note is kept apart."
        return Filed(Outcome.QUARANTINED, words, visit=visit)
    here = signing.load_note(unit, visit)
    if here.digest != note.digest:
        # Threat: two signed records for one visit. Neither may silently win.
        words = "ALARM: another signed record of this visit is filed here; this one is kept apart."
        return Filed(Outcome.QUARANTINED, words, visit=visit)
    known = {digest_of(one.envelope) for one in here.addenda}
    added = [one for one in note.addenda if digest_of(one.envelope) not in known]
    taken_ids = {one.id for one in here.addenda}
    if any(one.id in taken_ids for one in added):
        words = "ALARM: an addendum of this note is filed here in other words; this is kept apart."
        return Filed(Outcome.QUARANTINED, words, visit=visit)
    patient = visit_line(unit, visit).patient
    if not added:
        words = "Another copy of a note that is filed here; it says nothing new."
        return Filed(Outcome.ALREADY, words, visit=visit, patient=patient)
    filing.file_addenda(unit, note, added)
    filing.keep_file(unit, note, data)
    note_event(unit, "note corrected", visit)
    words = f"Filed with {_count(len(added), 'new addendum', 'new addenda')}."
    if note.retracted:
        words = "Filed: the nurse took this note back."
    return Filed(Outcome.CORRECTED, words, visit=visit, patient=patient, addenda=len(added))


def _file_new(unit: UnitOfWork, note: SignedNote, data: bytes, chosen: UUID | None) -> Filed:
    record = note.record
    there = record.visit.patient
    meant = matching.who_is_meant(unit, there, record.patient)
    if chosen is not None:
        meant = _chosen(unit, chosen, there, meant)
    if meant.candidates:
        return Filed(Outcome.WHICH_PATIENT, f"{meant.why} Choose.", candidates=meant.candidates)
    patient = meant.patient or there
    made = meant.patient is None
    followed = follow_chart(
        unit, patient, record.patient, AsOf(note.signing.at, note.signing.signer.id)
    )
    matching.remember(unit, there, patient)
    try:
        filing.file_note(unit, note, data, patient, followed)
    except Refused as refused:
        # What nobody could have typed here: a task without words, signed all the same.
        raise BadFile("record", f"{_NOT_KEPT} {refused.words}") from None
    note_event(unit, "note filed", record.visit.id)
    words = "Filed, with a new patient." if made else "Filed."
    if note.addenda:
        words += f" It has {_count(len(note.addenda), 'addendum', 'addenda')}."
    return Filed(
        Outcome.FILED,
        words,
        visit=record.visit.id,
        patient=patient,
        patient_made=made,
        addenda=len(note.addenda),
        differs=tuple(followed.differs),
    )


def _chosen(unit: UnitOfWork, chosen: UUID, there: UUID, meant: matching.Meant) -> matching.Meant:
    """What a person decided. A sure match is not overruled: that would be another's chart."""
    if meant.patient is not None and chosen != meant.patient:
        raise Refused("patient", "This note belongs to a patient who is known here for sure.")
    if matching.is_here(unit, chosen):
        return matching.Meant(chosen)
    if chosen != there:
        raise Missing("no-patient", "This patient is not in the record.")
    return matching.Meant()


def _kept(
    unit: UnitOfWork,
    made: Filed,
    known: dict[str, Any] | None,
    data: bytes,
    digest: str,
    file_name: str,
    verdict: Verdict,
) -> Filed:
    """Keeps the file as it came, with what checking it said; once."""
    if known is not None:
        return _with_id(made, known["id"])
    received = unit.ids.new()
    filed = not made.waits
    plain = {"outcome": made.outcome.value, "told": made.words, "verdict": verdict.plain()}
    if made.outcome is Outcome.FILED and verdict.note is not None:
        plain["gist"] = gist_of(verdict.note).plain()
        if verdict.note.chain is not None:
            plain["previous"] = verdict.note.chain.previous
    columns = {
        "visit_id": made.visit if filed else None,
        "sha256": digest,
        "digest": verdict.note.digest if verdict.note else None,
        "file_name": _safe_name(file_name),
        "file": _bytes_to_keep(made, data),
        "verdict": json.dumps(plain, ensure_ascii=False, sort_keys=True),
        "received_at": unit.now,
    }
    cells.append(unit, ReceivedFile, {"id": received}, columns, sequence=None)
    return _with_id(made, received)


def _bytes_to_keep(made: Filed, data: bytes) -> bytes:
    """The bytes of a filed note lie with the visit; they are not kept a second time.

    Threat: a folder of scans dropped by mistake fills the record for good.
    """
    lies_with_visit = made.outcome in {Outcome.FILED, Outcome.CORRECTED}
    return b"" if lies_with_visit or len(data) > LARGEST_KEPT else data


def _with_id(made: Filed, received: UUID) -> Filed:
    return replace(made, id=received)


def _safe_name(file_name: str) -> str:
    """The name alone, as far as it can be shown: a name from outside may hold anything."""
    return tidy(PurePath(file_name.replace("\\", "/")).name)[:LONGEST_NAME] or "file"


def _count(number: int, one: str, several: str) -> str:
    return f"{number} {one if number == 1 else several}"
