"""Sealing: what was charted becomes canonical bytes with a signature, proved before it is used.

Pure: writes nothing and reads nothing but what it is given.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from infusion_visits import __version__
from infusion_visits.core.clock import local
from infusion_visits.core.errors import DeviceTrouble, Refused
from infusion_visits.core.findings import CLOSING, stops
from infusion_visits.core.moments import utc_text
from infusion_visits.core.writing import tidy
from infusion_visits.vault.signatures import verify
from infusion_visits.visits.facts import facts_of
from infusion_visits.visits.kept_catalogues import catalogues_of
from infusion_visits.visits.record import VisitRecord, canonical, to_plain
from infusion_visits.visits.rules.everything import all_findings
from infusion_visits.visits.rules.follow_up import planned_tasks
from infusion_visits.visits.signed_note import (
    ADDENDUM_TYPE,
    NOTE_TYPE,
    RECORD_VERSION,
    AddendumKind,
    Correction,
    PatientChain,
    SignedAddendum,
    SignedNote,
    digest_of,
)

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from infusion_visits.core.desk import Who
    from infusion_visits.vault.certificates import Signatory
    from infusion_visits.vault.signatures import SigningKey

PERFORMED = "performed and documented"


@dataclass(frozen=True)
class Unsealed:
    """Everything that goes into an envelope, read in one unit."""

    record: VisitRecord
    half_typed: Mapping[str, str]
    audit_head: tuple[int, str]
    previous: str
    chain: PatientChain
    schema: str


def seal(
    unsealed: Unsealed, signatory: Signatory, signer: Who, now: datetime, *, layout: int
) -> SignedNote:
    """The signed note. Pure: writes nothing, and proves itself before it returns.

    Raises Refused with the findings while a stop is open.
    """
    record = unsealed.record
    facts = facts_of(record, now)
    findings = all_findings(record, facts, unsealed.half_typed)
    if open_stops := stops(findings, *CLOSING):
        raise Refused("stops", "The visit is not complete.", open_stops)
    sealed = replace(
        record,
        planned=planned_tasks(record, facts),
        findings=tuple(findings),
        catalogue=catalogues_of(record),
    )
    envelope = canonical(_envelope(unsealed, sealed, signatory, signer, now, layout))
    signature = signatory.key.sign(envelope)
    note = SignedNote(envelope, signature, certificates=(signatory.certificate.der,))
    _prove(note, sealed, signatory.key)
    return note


def _envelope(
    unsealed: Unsealed,
    record: VisitRecord,
    signatory: Signatory,
    signer: Who,
    now: datetime,
    layout: int,
) -> dict[str, Any]:
    plain = to_plain(record)
    return {
        "type": NOTE_TYPE,
        "v": RECORD_VERSION,
        "layout": layout,
        "agency": str(record.agency.id),
        "visit": str(record.visit.id),
        "record": plain,
        "record_sha256": digest_of(canonical(plain)),
        "program": __version__,
        "schema": unsealed.schema,
        "audit_head": {"n": unsealed.audit_head[0], "sha256": unsealed.audit_head[1]},
        "prev_signed": unsealed.previous,
        "patient_chain": {"n": unsealed.chain.number, "prev": unsealed.chain.previous},
        **_signing_part(signatory, signer, now, record.visit.zone, PERFORMED),
    }


def _signing_part(
    signatory: Signatory, signer: Who, now: datetime, zone: str, meaning: str
) -> dict[str, Any]:
    return {
        "signer": {
            "member": str(signer.id),
            "name": signer.name,
            "credential": signer.credential,
            "role": signer.role,
            "public_key": signatory.key.public_key.hex(),
            "certificate_sha256": signatory.certificate.sha256,
        },
        "meaning": meaning,
        "signed_at": {
            "utc": utc_text(now),
            "zone": zone,
            "offset": local(now, zone).strftime("%z"),
        },
    }


def _prove(note: SignedNote, sealed: VisitRecord, key: SigningKey) -> None:
    # What would be kept for years is read back now: a record that does not come back the same,
    # or a signature that does not verify, must never freeze a visit.
    if note.record != sealed or canonical(json.loads(note.envelope)) != note.envelope:
        raise DeviceTrouble("seal", "The signed record did not read back the same.")
    if not verify(key.public_key, note.envelope, note.signature):
        raise DeviceTrouble("seal", "The signature did not verify.")


def seal_addendum(
    note: SignedNote,
    addendum: UUID,
    kind: AddendumKind,
    words: str,
    corrections: Sequence[Correction],
    signatory: Signatory,
    signer: Who,
    now: datetime,
    answers: Sequence[str] = (),
) -> SignedAddendum:
    """An addendum to a signed note, signed itself. Raises Refused without words.

    `answers` names the coordinator's questions that it answers (AskedBack.name).
    """
    said = tidy(words, many_lines=True)
    if not said:
        raise Refused("words", "An addendum says what is added, and why.")
    visit = note.record.visit
    envelope = canonical(
        {
            "type": ADDENDUM_TYPE,
            "v": RECORD_VERSION,
            "id": str(addendum),
            "kind": kind.value,
            "visit": str(visit.id),
            "target_sha256": note.digest,
            "words": said,
            "corrects": [
                {"where": one.where, "was": one.was, "now": one.now} for one in corrections
            ],
            # Left out where there are none: an addendum of an earlier version has no such key.
            **({"answers": list(answers)} if answers else {}),
            **_signing_part(signatory, signer, now, visit.zone, kind.value),
        }
    )
    signed = SignedAddendum(addendum, envelope, signatory.key.sign(envelope))
    if not verify(signatory.key.public_key, envelope, signed.signature):
        raise DeviceTrouble("seal", "The signature did not verify.")
    return signed
