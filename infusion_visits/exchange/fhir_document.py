"""A signed note as a FHIR R4 document: a Bundle whose first entry is its Composition.

A pure function of the note: the same note gives the same bytes, every id is one of ours or made
from the visit's own, and figures are written as they stand. What was struck out is in the text of
its section with the reason, never among the resources: a reader that overlooks a status must not
take a mistake for a finding. The binding signature is that of the signed record; the Provenance
repeats its digest.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from infusion_visits.core.fhir import standing
from infusion_visits.core.refs import Refs
from infusion_visits.core.resources import as_if
from infusion_visits.exchange import fhir_out_orders, fhir_out_patient, fhir_out_visit
from infusion_visits.exchange.fhir_composition import composition, document_id, provenances
from infusion_visits.exchange.fhir_parts import parts_of
from infusion_visits.exchange.fhir_profiles import with_profile
from infusion_visits.exchange.fhir_writing import write
from infusion_visits.sections.arrival.values import Arrival
from infusion_visits.sections.complications.values import Complications
from infusion_visits.sections.devices.values import Devices
from infusion_visits.sections.infusion.values import Infusion
from infusion_visits.visits.facts import facts_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from infusion_visits.core.desk import Who
    from infusion_visits.core.fhir import Piece
    from infusion_visits.visits.signed_note import SignedNote

FILE_NAME = "visit.fhir.json"


def document(note: SignedNote) -> bytes:
    """The document of a signed note with its addenda, as UTF-8 JSON.

    Raises BadFile for a record that cannot be read.
    """
    return write(bundle(note))


def bundle(note: SignedNote) -> Piece:
    """The same as plain values; Decimals stay Decimals."""
    # An agency's own figures on the laptop that reads would give other bytes than on the one that
    # signed, and the document would look changed. What the record keeps counts, or the program's.
    with as_if(note.record.catalogue):
        return _bundle(note)


def _bundle(note: SignedNote) -> Piece:
    record = note.record
    facts = facts_of(record, note.signing.at)
    refs = _refs(note)
    parts = parts_of(note, facts, refs)
    made = [
        composition(note, parts, refs),
        fhir_out_patient.patient(record.patient, refs),
        fhir_out_visit.encounter(record, refs, retracted=note.retracted),
        *fhir_out_visit.location(record, refs),
        fhir_out_visit.organization(record.agency),
        *(piece for part in parts for piece in part.resources),
        *provenances(note, refs),
    ]
    whole = [*made[:2], *_people(note, made, refs), *made[2:]]
    number = f"urn:uuid:{document_id(note)}"
    last = max([note.signing.at, *(one.signing.at for one in note.addenda)])
    return {
        "resourceType": "Bundle",
        "id": str(document_id(note)),
        "identifier": {"system": "urn:ietf:rfc:3986", "value": number},
        "type": "document",
        "timestamp": refs.when(last),
        "entry": [
            {"fullUrl": f"urn:uuid:{piece['id']}", "resource": with_profile(piece)}
            for piece in whole
        ],
    }


def _refs(note: SignedNote) -> Refs:
    record = note.record
    known = {who.id for who in _members(note)}
    known.update(one.id for one in fhir_out_orders.orders_of(record.patient))
    things = (*record.of(Devices).access_device, *record.of(Complications).complication)
    known.update(cast("UUID", one.mark.row.at[0]) for one in standing(things))
    infusions = [one.mark.row for one in standing(record.of(Infusion).infusion)]
    arrival = record.of(Arrival).arrival
    refs = Refs(
        visit=record.visit.id,
        patient=record.visit.patient,
        agency=record.agency.id,
        author=record.visit.nurse,
        zone=record.visit.zone,
        at=(arrival.time_in if arrival else None) or record.visit.started or record.visit.scheduled,
        known=frozenset(known),
    )
    return replace(refs, infusions=tuple(refs.made(row.path()) for row in infusions))


def _members(note: SignedNote) -> Iterator[Who]:
    """Everyone of the agency whom the note names, each once."""
    seen: set[UUID] = set()
    signers = (note.signing.signer, *(one.signing.signer for one in note.addenda))
    for who in (*note.record.people, *signers):
        if who.id not in seen:
            seen.add(who.id)
            yield who


def _people(note: SignedNote, made: list[Piece], refs: Refs) -> Iterator[Piece]:
    """The members, and what they are at the agency, as far as the document speaks of them."""
    named = _references(made)
    for who in _members(note):
        role = f"urn:uuid:{fhir_out_visit.role_id(refs, who.id)}" in named
        if role or f"urn:uuid:{who.id}" in named:
            yield fhir_out_visit.practitioner(who)
        if role:
            yield fhir_out_visit.practitioner_role(who, refs)


def _references(pieces: list[Piece]) -> set[str]:
    """Everything that is pointed at; without recursion, because there are thousands of values."""
    found: set[str] = set()
    left: list[Any] = list(pieces)
    while left:
        value = left.pop()
        if isinstance(value, dict):
            if "reference" in value:
                found.add(value["reference"])
            left.extend(part for part in value.values() if isinstance(part, dict | list))
        else:
            left.extend(part for part in value if isinstance(part, dict | list))
    return found
