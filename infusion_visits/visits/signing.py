"""Before and after the seal: what is to be signed is read, what was signed is kept for good.

`prepare` reads, `keep` writes snapshot, signature and file in one transaction, the snapshot row
last, because its presence freezes the visit. Between them stands the pure seal (visits.sealing).
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from sqlalchemy import TEXT, cast, func, select

from infusion_visits.core.errors import Missing, Refused
from infusion_visits.core.kinds import VisitStatus
from infusion_visits.patients.actions import add_task
from infusion_visits.records import cells, change_log, draft_text
from infusion_visits.records.migrations import HEAD
from infusion_visits.records.rows import table_of
from infusion_visits.sections.medicines.actions import bring_list_up_to_date
from infusion_visits.sections.medicines.reconciled import list_changes
from infusion_visits.sections.medicines.values import Medicines
from infusion_visits.team.queries import public_key
from infusion_visits.team.tables import MemberCertificate
from infusion_visits.vault.signatures import verify
from infusion_visits.visits.facts import facts_of
from infusion_visits.visits.queries import is_signed, load_record, visit_line
from infusion_visits.visits.rules.follow_up import planned_tasks
from infusion_visits.visits.sealing import Unsealed
from infusion_visits.visits.signed_note import (
    PatientChain,
    SignedAddendum,
    SignedNote,
    digest_of,
)
from infusion_visits.visits.tables import (
    Addendum,
    NoteFile,
    Review,
    SignatureTable,
    VisitSnapshot,
    VisitTable,
)

if TYPE_CHECKING:
    from uuid import UUID

    from infusion_visits.records.unit_of_work import UnitOfWork

SNAPSHOT = table_of(VisitSnapshot)
SIGNATURE = table_of(SignatureTable)
ADDENDUM = table_of(Addendum)
NOTE_FILE = table_of(NoteFile)
REVIEW = table_of(Review)
CERTIFICATE = table_of(MemberCertificate)
VISIT = table_of(VisitTable)


def prepare(unit: UnitOfWork, visit: UUID) -> Unsealed:
    """Reads what is to be signed. Raises Refused when it already is, or was never completed."""
    line = visit_line(unit, visit)
    if is_signed(unit, visit):
        raise Refused("frozen", "This visit is already signed.")
    if line.status is not VisitStatus.COMPLETED:
        raise Refused("status", "Complete the visit before signing it.")
    return Unsealed(
        record=load_record(unit, visit),
        half_typed=draft_text.of_owner(unit, "visit", visit),
        audit_head=change_log.head(unit),
        previous=_previous(unit),
        chain=_chain(unit, line.patient),
        schema=HEAD,
    )


def keep(unit: UnitOfWork, note: SignedNote, file: bytes) -> None:
    """Writes home list, tasks, signature, file, last the snapshot. Raises Refused if signed."""
    visit = note.record.visit.id
    if is_signed(unit, visit):
        raise Refused("frozen", "This visit is already signed.")
    _by_who_unlocked(unit, note)
    changed = note.record.unsealed() != load_record(unit, visit)
    if changed or draft_text.of_owner(unit, "visit", visit):
        raise Refused("changed", "The visit changed while it was being signed. Sign it again.")
    facts = facts_of(note.record, note.signing.at)
    listed = list_changes(note.record.of(Medicines), facts)
    bring_list_up_to_date(unit, note.record.visit.patient, listed)
    for task in planned_tasks(note.record, facts):
        add_task(
            unit,
            note.record.visit.patient,
            task.what,
            assignee=task.assignee,
            due_day=task.due_day,
            origin=f"visit {visit}",
        )
    _keep_signature(unit, visit, note.digest, note.signing.public_key, note.signature)
    _keep_file(unit, visit, note.layout, file)
    cells.add(
        unit,
        VisitSnapshot,
        {"visit_id": visit, "envelope": note.envelope, "sha256": note.digest},
    )


def _by_who_unlocked(unit: UnitOfWork, signed: SignedNote | SignedAddendum) -> None:
    # Threat: a note under another's name, or by a key that nobody here knows. The signer is who
    # unlocked, never a choice, and the signature is checked against the key in the record.
    signing = signed.signing
    own = public_key(unit, unit.member)
    if (
        signing.signer.id != unit.member
        or signing.public_key != own
        or not verify(own, signed.envelope, signed.signature)
        or signing.certificate not in _certificates_of(unit, unit.member)
    ):
        raise Refused("signer", "A visit is signed by the member who unlocked the record.")


def _keep_signature(
    unit: UnitOfWork, visit: UUID, target: str, public_key: bytes, signature: bytes
) -> None:
    cells.add(
        unit,
        SignatureTable,
        {
            "id": unit.ids.new(),
            "visit_id": visit,
            "target": target,
            "signer_id": unit.member,
            "public_key": public_key,
            "signature": signature,
            "signed_at": unit.now,
        },
    )


def _keep_file(unit: UnitOfWork, visit: UUID, layout: int, file: bytes) -> None:
    last = unit.one(
        select(func.max(NOTE_FILE.c.seq).label("last")).where(NOTE_FILE.c.visit_id == visit)
    )
    number = ((last or {}).get("last") or 0) + 1
    cells.add(unit, NoteFile, {"visit_id": visit, "seq": number, "layout": layout, "file": file})


def load_note(unit: UnitOfWork, visit: UUID) -> SignedNote:
    """The signed note of a visit, with its addenda in their order. Raises Missing for a draft."""
    row = unit.one(
        select(SNAPSHOT.c.envelope, SIGNATURE.c.signature)
        .join(SIGNATURE, SIGNATURE.c.target == SNAPSHOT.c.sha256)
        .where(SNAPSHOT.c.visit_id == visit)
    )
    if row is None:
        raise Missing("note", "This visit is not signed.")
    addenda = unit.rows(
        select(ADDENDUM.c.id, ADDENDUM.c.envelope, SIGNATURE.c.signature)
        .join(SIGNATURE, SIGNATURE.c.target == ADDENDUM.c.sha256)
        .where(ADDENDUM.c.visit_id == visit)
        .order_by(ADDENDUM.c.created_at, ADDENDUM.c.id)
    )
    note = SignedNote(
        row["envelope"],
        row["signature"],
        tuple(SignedAddendum(one["id"], one["envelope"], one["signature"]) for one in addenda),
    )
    return _with_certificates(unit, note)


def _with_certificates(unit: UnitOfWork, note: SignedNote) -> SignedNote:
    named = {one.signing.certificate for one in note.every_signed} - {""}
    if not named:
        return note
    found = unit.rows(
        select(CERTIFICATE.c.certificate).where(CERTIFICATE.c.sha256.in_(sorted(named)))
    )
    return note.with_addenda(note.addenda, tuple(bytes(row["certificate"]) for row in found))


def _certificates_of(unit: UnitOfWork, member: UUID) -> set[str]:
    rows = unit.rows(select(CERTIFICATE.c.sha256).where(CERTIFICATE.c.member_id == member))
    return {row["sha256"] for row in rows}


def load_file(unit: UnitOfWork, visit: UUID) -> bytes:
    """The finished file as it was last made: at signing, or with the latest addendum."""
    row = unit.one(
        select(NOTE_FILE.c.file)
        .where(NOTE_FILE.c.visit_id == visit)
        .order_by(NOTE_FILE.c.seq.desc())
        .limit(1)
    )
    if row is None:
        raise Missing("note", "This visit has no finished note.")
    return bytes(row["file"])


def keep_addendum(
    unit: UnitOfWork, note: SignedNote, addendum: SignedAddendum, file: bytes
) -> None:
    """Adds the addendum, its signature and the note printed anew with it.

    Raises Refused `signer` (not by who unlocked), `target` (it speaks of another note).
    """
    visit = note.record.visit.id
    _by_who_unlocked(unit, addendum)
    if addendum.target != load_note(unit, visit).digest:
        raise Refused("target", "The addendum speaks of another note.")
    digest = digest_of(addendum.envelope)
    _keep_signature(unit, visit, digest, addendum.signing.public_key, addendum.signature)
    _keep_file(unit, visit, note.layout, file)
    cells.add(
        unit,
        Addendum,
        {
            "id": addendum.id,
            "visit_id": visit,
            "kind": addendum.kind.value,
            "envelope": addendum.envelope,
            "sha256": digest,
        },
    )


def faults_of_signed(unit: UnitOfWork) -> list[str]:
    """What does not hold among the signed visits, by id; empty when all verify. For `check`."""
    faults = []
    for row in unit.rows(
        select(SNAPSHOT.c.visit_id, SNAPSHOT.c.envelope, SNAPSHOT.c.sha256).order_by(
            SNAPSHOT.c.visit_id
        )
    ):
        faults.extend(_faults(unit, row["visit_id"], row["envelope"], row["sha256"]))
    for row in unit.rows(select(ADDENDUM.c.id, ADDENDUM.c.envelope, ADDENDUM.c.sha256)):
        faults.extend(_faults(unit, row["id"], row["envelope"], row["sha256"]))
    for row in unit.rows(select(REVIEW.c.id, REVIEW.c.envelope, REVIEW.c.sha256)):
        faults.extend(_faults(unit, row["id"], row["envelope"] or b"", row["sha256"] or ""))
    return faults


def _faults(unit: UnitOfWork, what: UUID, envelope: bytes, digest: str) -> list[str]:
    if digest_of(envelope) != digest:
        return [f"{what}: the signed bytes were changed."]
    row = unit.one(
        select(SIGNATURE.c.public_key, SIGNATURE.c.signature).where(SIGNATURE.c.target == digest)
    )
    if row is None:
        return [f"{what}: the signature is missing."]
    if not verify(row["public_key"], envelope, row["signature"]):
        return [f"{what}: the signature does not fit the signed bytes."]
    return []


def _previous(unit: UnitOfWork) -> str:
    """The digest of this member's previous signature, so that a removed note leaves a gap."""
    row = unit.one(
        select(SIGNATURE.c.target)
        .where(SIGNATURE.c.signer_id == unit.member)
        .order_by(SIGNATURE.c.id.desc())
        .limit(1)
    )
    return str(row["target"]) if row else ""


def digests_of_notes(unit: UnitOfWork, patient: UUID | None = None) -> dict[str, str]:
    """The digest of every signed note here, to that of its patient's note before ("" for none).

    With `patient` only of theirs: reading all takes a second for each two thousand notes.
    """
    envelope = cast(SNAPSHOT.c.envelope, TEXT)
    before = func.json_extract(envelope, "$.patient_chain.prev").label("before")
    statement = select(SNAPSHOT.c.sha256, before)
    if patient is not None:
        statement = statement.join(VISIT, VISIT.c.id == SNAPSHOT.c.visit_id)
        statement = statement.where(VISIT.c.patient_id == patient)
    return {row["sha256"]: row["before"] or "" for row in unit.rows(statement)}


def digests_of_files(unit: UnitOfWork) -> frozenset[str]:
    """SHA-256 (hex) of every finished file that was kept here."""
    rows = unit.rows(select(NOTE_FILE.c.file))
    return frozenset(hashlib.sha256(row["file"]).hexdigest() for row in rows)


def _chain(unit: UnitOfWork, patient: UUID) -> PatientChain:
    """The place of the next note among those of this patient that are signed here.

    Threat: an older note of a patient is left out when a chart is handed on. The next one names
    it, and whoever holds the next sees the gap.
    """
    rows = unit.rows(
        select(SNAPSHOT.c.sha256)
        .join(VISIT, VISIT.c.id == SNAPSHOT.c.visit_id)
        .join(SIGNATURE, SIGNATURE.c.target == SNAPSHOT.c.sha256)
        .where(VISIT.c.patient_id == patient)
        .order_by(SIGNATURE.c.signed_at.desc(), SIGNATURE.c.id.desc())
    )
    return PatientChain(len(rows) + 1, str(rows[0]["sha256"]) if rows else "")
