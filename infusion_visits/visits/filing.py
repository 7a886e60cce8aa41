"""A note from another laptop becomes rows of this record: the visit, its sections, what is signed.

All in the caller's one transaction, the snapshot row last, because its presence freezes the visit.
The rows are read back before that: what was signed and what lies here must be the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from infusion_visits.core.errors import DeviceTrouble
from infusion_visits.core.fields import Owner
from infusion_visits.patients.actions import add_task
from infusion_visits.patients.following import (
    AsOf,
    Followed,
    follow_rows,
    key_names,
    origin_of,
    plain_columns,
)
from infusion_visits.patients.tables import HomeMedicine, Task
from infusion_visits.patients.therapy.tables import TherapyOrder
from infusion_visits.records import cells
from infusion_visits.records.cells import Origin
from infusion_visits.records.prepared import owned_rows
from infusion_visits.records.rows import table_of
from infusion_visits.sections.complications.tables import ComplicationTable
from infusion_visits.sections.devices.tables import AccessDeviceTable
from infusion_visits.sections.medicines.reconciled import list_changes
from infusion_visits.sections.medicines.values import Medicines
from infusion_visits.sections.stores import STORES
from infusion_visits.team.tables import Member, MemberCertificate
from infusion_visits.vault.certificates import Certificate
from infusion_visits.visits.facts import facts_of
from infusion_visits.visits.queries import is_signed, load_clock_changes, load_overrides, load_rows
from infusion_visits.visits.signed_note import SignedAddendum, SignedNote, digest_of
from infusion_visits.visits.tables import (
    Addendum,
    ClockChangeTable,
    NotDoneTable,
    NoteFile,
    OverrideTable,
    SignatureTable,
    VisitSnapshot,
    VisitTable,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from infusion_visits.core.desk import Who
    from infusion_visits.records.store import Group
    from infusion_visits.records.unit_of_work import UnitOfWork
    from infusion_visits.visits.record import VisitHead, VisitRecord
    from infusion_visits.visits.signed_note import Signing

_REFERENCES: dict[str, Any] = {
    "access_device": AccessDeviceTable,
    "therapy_order": TherapyOrder,
    "complication": ComplicationTable,
    "visit": VisitTable,
}


def file_note(
    unit: UnitOfWork, note: SignedNote, file: bytes, patient: UUID, followed: Followed
) -> None:
    """Writes a verified note that this record does not hold yet; `patient` is whose it is here.

    Raises DeviceTrouble where the rows do not read back as signed; then nothing may be committed.
    """
    record, signing = note.record, note.signing
    as_of = AsOf(signing.at, signing.signer.id)
    _know_people(unit, record.people)
    _file_head(unit, record.visit, patient)
    _file_sections(unit, record, patient, as_of, followed)
    _file_around(unit, record, as_of)
    _bring_medicines_up_to_date(unit, note, patient, followed)
    _close_tasks(unit, note, patient)
    _plan_tasks(unit, record, patient)
    _prove(unit, record, patient)
    file_addenda(unit, note, note.addenda)
    keep_file(unit, note, file)
    _keep_signature(unit, record.visit.id, note.digest, signing, note.signature)
    origin = _origin(signing)
    columns = {"envelope": note.envelope, "sha256": note.digest}
    cells.bring(unit, VisitSnapshot, {"visit_id": record.visit.id}, columns, origin)


def file_addenda(unit: UnitOfWork, note: SignedNote, addenda: Sequence[SignedAddendum]) -> None:
    """Writes addenda that this record does not hold yet, with their signatures."""
    visit = note.record.visit.id
    _know_people(unit, [one.signing.signer for one in note.every_signed])
    _keep_certificates(unit, note)
    for one in addenda:
        digest = digest_of(one.envelope)
        _keep_signature(unit, visit, digest, one.signing, one.signature)
        columns = {
            "visit_id": visit,
            "kind": one.kind.value,
            "envelope": one.envelope,
            "sha256": digest,
        }
        cells.bring(unit, Addendum, {"id": one.id}, columns, _origin(one.signing))


def keep_file(unit: UnitOfWork, note: SignedNote, file: bytes) -> None:
    """Keeps the very bytes that came as the newest finished file of the visit."""
    columns = {"layout": note.layout, "file": file}
    cells.append(unit, NoteFile, {"visit_id": note.record.visit.id}, columns)


def _keep_signature(
    unit: UnitOfWork, visit: UUID, target: str, signing: Signing, signature: bytes
) -> None:
    columns = {
        "visit_id": visit,
        "target": target,
        "signer_id": signing.signer.id,
        "public_key": signing.public_key,
        "signature": signature,
        "signed_at": signing.at,
    }
    cells.bring(unit, SignatureTable, {"id": unit.ids.new()}, columns, _origin(signing))


def _origin(signing: Signing) -> Origin:
    return Origin(signing.at, signing.signer.id, signing.at, signing.signer.id)


def _keep_certificates(unit: UnitOfWork, note: SignedNote) -> None:
    """What proves the signatures is kept with them, so that the note comes out as it came in."""
    # Threat: a file brings certificates that nothing in it was signed with, to lie in the team.
    named = {one.signing.certificate for one in note.every_signed}
    for der in note.certificates:
        certificate = Certificate(der)
        digest = certificate.sha256
        if digest not in named or certificate.member is None:
            continue
        if owned_rows(unit, MemberCertificate, ("sha256", digest), ("id",)):
            continue
        columns = {
            "id": unit.ids.new(),
            "member_id": certificate.member,
            "certificate": der,
            "sha256": digest,
            "issued_at": certificate.starts,
        }
        cells.add(unit, MemberCertificate, columns)


def _know_people(unit: UnitOfWork, people: Iterable[Who]) -> None:
    """Those who wrote get a name here, and no key: nobody unlocks or signs by a file."""
    for who in people:
        if not owned_rows(unit, Member, ("id", who.id), ("id",)):
            columns = {"name": who.name, "credential": who.credential, "role": who.role}
            cells.append(unit, Member, {"id": who.id}, columns, sequence=None)


def _file_head(unit: UnitOfWork, head: VisitHead, patient: UUID) -> None:
    columns = {
        "patient_id": patient,
        "kind": head.kind.value,
        "zone": head.zone,
        "scheduled_at": head.scheduled,
        "nurse_id": head.nurse,
        "order_id": head.order,
        "started_at": head.started,
        "completed_at": head.completed,
        "missed_at": head.missed,
        "cancelled_at": head.cancelled,
        "reason": head.reason or None,
        "copied_from": head.copied_from,
    }
    cells.append(unit, VisitTable, {"id": head.id}, columns, sequence=None)


def _file_sections(
    unit: UnitOfWork, record: VisitRecord, patient: UUID, as_of: AsOf, followed: Followed
) -> None:
    owner = {"visit_id": record.visit.id, "patient_id": patient}
    for key, store in STORES.items():
        if key not in record.sections:
            continue
        came = store.to_rows(record.sections[key], owner)
        for group in store.groups:
            rows = [_referring(unit, group, row) for row in came[group.name]]
            if not rows:
                continue
            if group.rows.owner is Owner.PATIENT:
                here = owned_rows(unit, group.table, (group.owner_column, patient), group.keys)
                follow_rows(unit, group, rows, here, as_of, followed, _still_open(unit))
            else:
                for row in rows:
                    _add_row(unit, group, row, as_of)


def _add_row(unit: UnitOfWork, group: Group, row: Mapping[str, Any], as_of: AsOf) -> None:
    names = key_names(group)
    keys = {name: row[name] for name in names}
    cells.bring(unit, group.table, keys, plain_columns(row, names), origin_of(row, as_of))


def _still_open(unit: UnitOfWork) -> Any:
    """Whether a row may still change: a step of a visit that is signed here may not."""

    def may_change(row: Mapping[str, Any]) -> bool:
        visit = row.get("visit_id") if "seq" in row else None
        return visit is None or not is_signed(unit, visit)

    return may_change


def _referring(unit: UnitOfWork, group: Group, row: dict[str, Any]) -> dict[str, Any]:
    """The row without a reference to what is not here: a line removed before this visit."""
    made = dict(row)
    table = table_of(group.table)
    for name, value in row.items():
        if value is None or table.c[name].primary_key or not isinstance(value, UUID):
            continue
        for foreign in table.c[name].foreign_keys:
            model = _REFERENCES.get(foreign.column.table.name)
            if model is not None and not owned_rows(unit, model, ("id", value), ("id",)):
                made[name] = None
    return made


def _file_around(unit: UnitOfWork, record: VisitRecord, as_of: AsOf) -> None:
    """What is written of the visit as a whole: overrides, changes of the clock, not done."""
    visit = record.visit.id
    origin = Origin(as_of.at, as_of.by, as_of.at, as_of.by)
    for number, one in enumerate(record.overrides, 1):
        columns = {"finding": one.finding, "words": one.words, "reason": one.reason}
        made = Origin(one.at, one.by, as_of.at, as_of.by)
        cells.bring(unit, OverrideTable, {"visit_id": visit, "seq": number}, columns, made)
    for number, change in enumerate(record.clock_changes, 1):
        said = {"what": change.what, "at": change.at, "seconds": change.seconds}
        cells.bring(unit, ClockChangeTable, {"visit_id": visit, "seq": number}, said, origin)
    for section, row, name, reason, words in _not_done(record):
        keys = {"visit_id": visit, "section": section, "row": row, "field": name}
        cells.bring(unit, NotDoneTable, keys, {"reason": reason, "words": words}, origin)


def _not_done(record: VisitRecord) -> Iterator[tuple[str, str, str, str, str]]:
    for key, store in STORES.items():
        for group in store.groups:
            for mark in _marks(record.sections.get(key), store.groups, group):
                for name, why in mark.not_done.items():
                    yield key, mark.row.path(), name, why.reason.value, why.words
    taken: dict[tuple[str, str], int] = {}
    for absent in record.absent:
        # The record keeps the place and the reason, not which field of the empty group it was.
        place = absent.section, absent.group
        number = taken[place] = taken.get(place, 0) + 1
        yield *place, f"absent {number}", absent.why.reason.value, absent.why.words


def _marks(values: Any, groups: Sequence[Group], wanted: Group) -> Iterator[Any]:
    """The marks of all rows of a group anywhere below the values of its section."""
    if values is None:
        return
    parent = next((one for one in groups if wanted.rows in one.rows.children), None)
    if parent is None:
        held = getattr(values, wanted.name)
        yield from (one.mark for one in _several(held))
    else:
        for above in _rows_below(values, groups, parent):
            yield from (one.mark for one in _several(getattr(above, wanted.name)))


def _rows_below(values: Any, groups: Sequence[Group], wanted: Group) -> Iterator[Any]:
    parent = next((one for one in groups if wanted.rows in one.rows.children), None)
    above = [values] if parent is None else _rows_below(values, groups, parent)
    for one in above:
        yield from _several(getattr(one, wanted.name))


def _several(held: Any) -> tuple[Any, ...]:
    if held is None:
        return ()
    return held if isinstance(held, tuple) else (held,)


def _bring_medicines_up_to_date(
    unit: UnitOfWork, note: SignedNote, patient: UUID, followed: Followed
) -> None:
    """The list of home medicines becomes what the visit left, as it did where it was signed."""
    record, signing = note.record, note.signing
    as_of = AsOf(signing.at, signing.signer.id)
    origin = _origin(signing)
    numbers = followed.numbers.get("home_medicine", {})
    rows = owned_rows(unit, HomeMedicine, ("patient_id", patient), ("seq",))
    here = {row["seq"]: row for row in rows}
    for change in list_changes(record.of(Medicines), facts_of(record, signing.at)):
        if change.number is None:
            words = change.columns.get("words")
            if any(row["struck_at"] is None and row["words"] == words for row in here.values()):
                continue
            number = max(here, default=0) + 1
            here[number] = {**change.columns, "struck_at": None}
        else:
            number = numbers.get(change.number, change.number)
            row = here.get(number)
            if row is None or row["struck_at"] is not None or row["updated_at"] > as_of.at:
                continue
        keys = {"patient_id": patient, "seq": number}
        cells.bring(unit, HomeMedicine, keys, change.columns, origin)


def _close_tasks(unit: UnitOfWork, note: SignedNote, patient: UUID) -> None:
    """Closes what an earlier note of this nurse left to do and this one does not list any more.

    Only hers: the laptop of another never knew of it, and its silence says nothing.
    """
    open_there = {(one.what, one.due_day) for one in note.record.patient.task}
    origin = _origin(note.signing)
    for row in owned_rows(unit, Task, ("patient_id", patient), ("id",)):
        left = row["done_at"] is None and row["struck_at"] is None
        if left and (row["what"], row["due_day"]) not in open_there:
            signed = _signed_at(unit, row["origin"] or "", note.signing.signer.id)
            if signed is not None and signed < note.signing.at:
                cells.bring(unit, Task, {"id": row["id"]}, {"done_at": note.signing.at}, origin)


def _signed_at(unit: UnitOfWork, origin: str, signer: UUID) -> datetime | None:
    """When the visit that a task comes from was signed, where it was filed and signed by them."""
    kind, _, visit = origin.partition(" ")
    if kind != "visit":
        return None
    rows = owned_rows(unit, VisitSnapshot, ("visit_id", UUID(visit)), ("visit_id",))
    return next((row["created_at"] for row in rows if row["created_by"] == signer), None)


def _plan_tasks(unit: UnitOfWork, record: VisitRecord, patient: UUID) -> None:
    for task in record.planned or ():
        add_task(
            unit,
            patient,
            task.what,
            assignee=task.assignee,
            due_day=task.due_day,
            origin=f"visit {record.visit.id}",
        )


def _prove(unit: UnitOfWork, record: VisitRecord, patient: UUID) -> None:
    # Threat: a gap between what was signed and what lies in the tables would show as two truths
    # years later. What belongs to this visit alone must read back to the last field.
    visit = record.visit.id
    owner = {"visit_id": visit, "patient_id": patient}
    rows = load_rows(unit, visit)
    faults = []
    for key, store in STORES.items():
        signed = store.to_rows(record.sections[key], owner) if key in record.sections else {}
        for group in store.groups:
            if group.rows.owner is not Owner.VISIT:
                continue
            wanted = [_referring(unit, group, row) for row in signed.get(group.name, [])]
            found = rows.rows[key][group.name]
            if not _same_rows(group, wanted, found):
                faults.append(group.name)
    if tuple(record.overrides) != load_overrides(unit, visit):
        faults.append("override")
    if tuple(record.clock_changes) != load_clock_changes(unit, visit):
        faults.append("clock_change")
    if faults:
        words = "The note does not read back as it was signed; nothing was filed."
        raise DeviceTrouble("read-back", f"{words} ({', '.join(faults)})")


def _same_rows(
    group: Group, wanted: Sequence[Mapping[str, Any]], found: Sequence[Mapping[str, Any]]
) -> bool:
    def at(row: Mapping[str, Any]) -> str:
        return str(group.at(row))

    ordered = sorted(wanted, key=at), sorted(found, key=at)
    return len(wanted) == len(found) and all(
        all(
            one[name] == other[name]
            for name in one
            if name not in {"created_at", "created_by"} or one[name] is not None
        )
        for one, other in zip(*ordered, strict=True)
    )
