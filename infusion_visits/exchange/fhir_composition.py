"""The head of the document: its Composition, and the Provenance of what was signed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from infusion_visits.core.clock import local_day
from infusion_visits.core.fhir import (
    LOINC,
    OWN,
    TERMS,
    Piece,
    coding,
    concept,
    filled,
    link,
    own,
    resource,
)
from infusion_visits.core.moments import show_day
from infusion_visits.exchange.fhir_out_visit import role_id
from infusion_visits.exchange.fhir_text import division
from infusion_visits.sections.departure.values import Departure
from infusion_visits.visits.signed_note import digest_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from infusion_visits.core.refs import Refs
    from infusion_visits.exchange.fhir_parts import Part
    from infusion_visits.visits.signed_note import SignedNote


def document_id(note: SignedNote, addenda: int | None = None) -> UUID:
    """Of the visit and of every signed word: a note with one addendum more is another document."""
    digests = (note.digest, *(digest_of(one.envelope) for one in note.addenda[:addenda]))
    return uuid5(note.record.visit.id, "/".join(("document", *digests)))


def composition_id(refs: Refs) -> UUID:
    """The note of this visit, whatever was added to it."""
    return refs.made("composition")


def composition(note: SignedNote, parts: Sequence[Part], refs: Refs) -> Piece:
    """The note: who, when, of what state, and its sections in page order."""
    last = max([note.signing.at, *(one.signing.at for one in note.addenda)])
    day = show_day(local_day(refs.at, refs.zone))
    return resource(
        "Composition",
        composition_id(refs),
        language="en-US",
        identifier=_identifier(document_id(note)),
        status=_status(note),
        type=concept("Visit note", coding(LOINC, "34746-8", "Nurse Note")),
        subject=link(refs.patient),
        encounter=link(refs.visit),
        date=refs.when(last),
        author=[link(role_id(refs, note.signing.signer.id))],
        title=f"Home infusion visit note, {note.record.visit.kind.label}, {day}",
        confidentiality="N",
        attester=_attesters(note, refs),
        custodian=link(refs.agency),
        relatesTo=_replaced(note),
        section=[_section(part) for part in parts],
    )


def _status(note: SignedNote) -> str:
    if note.retracted:
        return "entered-in-error"
    return "amended" if note.addenda else "final"


def _identifier(key: UUID) -> Piece:
    return {"system": "urn:ietf:rfc:3986", "value": f"urn:uuid:{key}"}


def _attesters(note: SignedNote, refs: Refs) -> list[Piece]:
    signings = (note.signing, *(one.signing for one in note.addenda))
    made = [
        {"mode": "professional", "time": refs.when(one.at), "party": link(one.signer.id)}
        for one in signings
    ]
    departure = note.record.of(Departure).departure
    if departure is not None and not departure.mark.struck and departure.patient_ink:
        named = (departure.patient_signer or "").strip()
        party = {"display": named} if named else link(refs.patient)
        left = departure.time_out
        made.append(filled(mode="personal", time=refs.when(left) if left else None, party=party))
    return made


def _replaced(note: SignedNote) -> list[Piece]:
    if not note.addenda:
        return []
    before = document_id(note, len(note.addenda) - 1)
    return [{"code": "replaces", "targetIdentifier": _identifier(before)}]


def _section(part: Part) -> Piece:
    text = division(part.blocks)
    empty = part.empty and not part.resources
    return filled(
        title=part.title,
        code=concept(part.title, part.code or {}, own("section", part.key)),
        text={"status": "generated", "div": text} if text else None,
        entry=[{"reference": f"urn:uuid:{piece['id']}"} for piece in part.resources],
        emptyReason=concept(_EMPTY[part.empty], coding(f"{TERMS}/list-empty-reason", part.empty))
        if empty
        else None,
    )


_EMPTY = {"notasked": "not asked", "nilknown": "none known"}


def provenances(note: SignedNote, refs: Refs) -> list[Piece]:
    """Who signed which bytes: the digest of the record, and of each addendum."""
    signed = [("signed", note.signing, note.digest, note.signing.meaning)]
    signed += [
        (f"addendum/{one.id}", one.signing, digest_of(one.envelope), one.kind.value)
        for one in note.addenda
    ]
    made: list[Piece] = []
    for path, signing, digest, meaning in signed:
        author = coding(f"{TERMS}/provenance-participant-type", "author", "Author")
        agent: dict[str, Any] = {
            "type": concept("author", author),
            "who": link(signing.signer.id),
            "onBehalfOf": link(refs.agency),
        }
        what = {
            "identifier": {"system": f"{OWN}:sha256", "value": digest},
            "display": "the signed record; its detached signature is the binding one",
        }
        made.append(
            resource(
                "Provenance",
                refs.made(f"provenance/{path}"),
                target=[link(composition_id(refs))],
                recorded=refs.when(signing.at),
                activity=concept(meaning),
                agent=[agent],
                entity=[{"role": "source", "what": what}],
            )
        )
    return made
