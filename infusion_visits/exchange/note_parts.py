"""What lies inside a note file, beside its pages.

- `visit-record.json` (Source): the signed envelope, byte for byte as it was signed (RFC 8785).
- `visit-signatures.json` (Data): what belongs to it and cannot stand in it: the record's
  signature, the addenda (each envelope as its own text, with its signature), and the certificates
  of their signers. Itself canonical JSON:
  {"type": "visit-signatures", "v": 1, "target_sha256": digest of the envelope, "signature": hex of
  r and s, "addenda": [{"envelope": text, "signature": hex}], "certificates": [base64 of DER]}
- `visit.fhir.json` (Data): the same visit as a FHIR R4 document, for other systems.

The program itself reads the first two; the third is made from them, and compared with them.
"""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any
from uuid import UUID

from infusion_visits.core.errors import BadFile
from infusion_visits.exchange.bounded_json import decoded, parse
from infusion_visits.visits.record import canonical
from infusion_visits.visits.signed_note import SignedAddendum, SignedNote

if TYPE_CHECKING:
    from collections.abc import Mapping

    from infusion_visits.notes.document import NoteDocument
    from infusion_visits.notes.envelope.attachments import Attachment

RECORD = "visit-record.json"
SIGNATURES = "visit-signatures.json"
FHIR = "visit.fhir.json"
NAMES = frozenset({RECORD, SIGNATURES, FHIR})

_TYPE = "visit-signatures"
_VERSION = 1
_MOST = 200
_JSON = "application/json"
_FHIR_JSON = "application/fhir+json"


def unsigned_file(
    note: SignedNote,
    paper: str,
    *,
    printed_again: bool = False,
    to_sign: bool = True,
    parts: tuple[Attachment, ...] | None = None,
) -> bytes:
    """The file as it is before its signature: the same note gives the same bytes.

    `parts` instead of the note's own is for who compares pages and needs no parts made again.
    """
    from infusion_visits.notes.compose import compose

    document = compose(note, paper=paper, printed_again=printed_again)
    return packed(document, parts_of(note) if parts is None else parts, to_sign=to_sign)


def packed(
    document: NoteDocument, parts: tuple[Attachment, ...] = (), *, to_sign: bool = False
) -> bytes:
    """The pages of a document with their tree, in the archive form, with what lies inside."""
    from infusion_visits.notes.envelope.assemble import assemble
    from infusion_visits.notes.pdf import render_tagged

    return assemble(document, render_tagged(document), parts, to_sign=to_sign)


def parts_of(note: SignedNote) -> tuple[Attachment, ...]:
    """What lies inside the file of a signed note."""
    from infusion_visits.exchange.fhir_document import document as fhir_document

    return _parts(note.envelope, signatures_part(note), fhir_document(note))


def names_of_parts() -> tuple[Attachment, ...]:
    """The same parts with nothing in them."""
    return _parts(b"", b"", b"")


def _parts(record: bytes, signatures: bytes, fhir: bytes) -> tuple[Attachment, ...]:
    from infusion_visits.notes.envelope.attachments import Attachment, Relationship

    source, data = Relationship.SOURCE, Relationship.DATA
    signed = "The signed record of the visit, as it was signed"
    beside = "Signatures of the record, its addenda, certificates of the signers"
    return (
        Attachment(RECORD, _JSON, record, source, signed),
        Attachment(SIGNATURES, _JSON, signatures, data, beside),
        Attachment(FHIR, _FHIR_JSON, fhir, data, "The visit as a FHIR R4 document"),
    )


def signatures_part(note: SignedNote) -> bytes:
    """What belongs to a signed record and cannot stand in it."""
    return canonical(
        {
            "type": _TYPE,
            "v": _VERSION,
            "target_sha256": note.digest,
            "signature": note.signature.hex(),
            "addenda": [
                {"envelope": one.envelope.decode(), "signature": one.signature.hex()}
                for one in note.addenda
            ],
            "certificates": [base64.b64encode(one).decode() for one in note.certificates],
        }
    )


def as_written(parts: Mapping[str, bytes], note: SignedNote) -> bool:
    """Whether what belongs to the record is written as this program writes it.

    Threat: something else stands beside the signatures, read by nobody here and taken for signed.
    """
    return SIGNATURES not in parts or parts[SIGNATURES] == signatures_part(note)


def note_of(parts: Mapping[str, bytes]) -> SignedNote | None:
    """The signed note that lies in a file; None where it carries none. Raises BadFile.

    Nothing is checked here but that it can be read whole: signatures are asked for later.
    """
    if RECORD not in parts:
        return None
    envelope = parts[RECORD]
    parse(decoded(envelope), RECORD)
    beside = parse(decoded(parts[SIGNATURES]), SIGNATURES) if SIGNATURES in parts else None
    try:
        note = _note(envelope, beside)
        # Whatever cannot be read later is found now, where it has a name.
        _ = note.record, note.signing, note.layout, note.chain
        for one in note.addenda:
            _ = one.kind, one.words, one.corrections, one.signing, one.target
    except (AttributeError, KeyError, TypeError, ValueError):
        raise BadFile("signatures", "The signatures in the file cannot be read.") from None
    return note


def _note(envelope: bytes, beside: Any) -> SignedNote:
    if beside is None:
        return SignedNote(envelope, b"")
    if (beside["type"], beside["v"]) != (_TYPE, _VERSION):
        raise ValueError("another kind")
    if len(beside["addenda"]) > _MOST or len(beside["certificates"]) > _MOST:
        raise ValueError("too many")
    return SignedNote(
        envelope,
        bytes.fromhex(beside["signature"]),
        tuple(_addendum(one) for one in beside["addenda"]),
        tuple(base64.b64decode(one, validate=True) for one in beside["certificates"]),
    )


def _addendum(plain: Mapping[str, Any]) -> SignedAddendum:
    text = plain["envelope"]
    parse(text, SIGNATURES)
    inside = json.loads(text)
    return SignedAddendum(UUID(inside["id"]), text.encode(), bytes.fromhex(plain["signature"]))
