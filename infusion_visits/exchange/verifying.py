"""Does a note file hold? Asked of any bytes whatever, answered in words.

`verify` reads the file in this process: for the worker, and for what this program just made.
Everybody who takes a file from outside calls `verify_apart` and `draw_apart`, which do the same in
a process with limits.
"""

from __future__ import annotations

import hashlib
import logging
from typing import TYPE_CHECKING

from infusion_visits import __version__
from infusion_visits.core.errors import BadFile
from infusion_visits.exchange import points
from infusion_visits.exchange.agreement import page_point
from infusion_visits.exchange.apart import draw_apart, verify_apart
from infusion_visits.exchange.note_parts import FHIR, NAMES, as_written, note_of
from infusion_visits.exchange.verdict import (
    Known,
    Point,
    PointKey,
    Verdict,
    VerdictKind,
    unreadable,
)
from infusion_visits.notes.wording import stamp
from infusion_visits.vault.certificates import Trust, Trusted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from infusion_visits.notes.envelope.opening import Opened
    from infusion_visits.visits.signed_note import SignedNote

__all__ = ["draw_apart", "verify", "verify_apart"]

log = logging.getLogger("infusion_visits")
CREATOR = "Infusion Visits"
_DRAFT = "Draft"
# Told, but no reason to mistrust the file: a gap in the chain is another file's.
_BESIDE = {PointKey.CHAIN, PointKey.CLOCK}
NOBODY = Known()


def verify(data: bytes, trust: Trust, known: Known = NOBODY) -> Verdict:
    """The verdict on one file. Never raises for what is in the file, whatever it is."""
    from infusion_visits.notes.envelope.opening import open_file

    try:
        opened = open_file(data, NAMES)
    except BadFile as bad:
        if bad.code == "changed":
            point = Point(PointKey.WHOLE, False, bad.words)
            return Verdict(VerdictKind.CHANGED, f"Does not hold. {bad.words}", (point,))
        return unreadable(bad.words)
    try:
        note = note_of(opened.attachments)
    except BadFile as bad:
        if bad.code == "record-version":
            return unreadable(bad.words)
        return _without_record(opened, f"The record inside cannot be read. {bad.words}")
    if note is None:
        return _no_note(opened, data, known)
    return _of_note(note, opened, data, trust, known)


def _no_note(opened: Opened, data: bytes, known: Known) -> Verdict:
    """A PDF without a record: a draft, a note of an earlier version, or somebody else's file."""
    if opened.creator != CREATOR:
        words = "Not a note of this program: it carries no signed record to be checked."
        return _bare(VerdictKind.FOREIGN, words, opened)
    if opened.title.startswith(_DRAFT):
        return _bare(VerdictKind.DRAFT, "A draft: nobody signed it.", opened)
    if opened.signatures:
        return _without_record(opened, "The signed record was taken out of this file.")
    words = "Made by an earlier version: the file itself is not signed and carries no record."
    if hashlib.sha256(data).hexdigest() in known.files:
        words += " It is, byte for byte, the file that this record kept when the visit was signed."
    else:
        words += " It can only be compared with the record on the nurse's laptop."
    return _bare(VerdictKind.EARLIER, words, opened)


def _bare(kind: VerdictKind, words: str, opened: Opened) -> Verdict:
    whole = points.whole_point(opened.signature, opened.signatures, None)
    holds = whole if whole.holds else Point(PointKey.WHOLE, None, whole.words)
    return Verdict(kind, words, (holds,), pages=opened.pages)


def _without_record(opened: Opened, words: str) -> Verdict:
    whole = points.whole_point(opened.signature, opened.signatures, None)
    record = Point(PointKey.RECORD, False, words)
    return Verdict(VerdictKind.CHANGED, f"Does not hold. {words}", (whole, record))


def _of_note(note: SignedNote, opened: Opened, data: bytes, trust: Trust, known: Known) -> Verdict:
    signature = opened.signature
    others = signature.others if signature is not None else ()
    try:
        found = (
            points.whole_point(signature, opened.signatures, note),
            points.record_point(note),
            points.same_key_point(note, signature),
            points.signer_point(note, trust, others),
            _asked(PointKey.PAGE, lambda: page_point(note, opened, data)),
            _asked(PointKey.FHIR, lambda: _fhir_point(note, opened)),
            _addenda_point(note, opened),
            points.clock_point(note),
            points.chain_point(note, known),
        )
    except BadFile as bad:
        return _without_record(opened, bad.words)
    kind = _kind(found, opened, note, trust)
    return Verdict(
        kind,
        _answer(kind, found, note),
        found,
        note,
        points.certificate_of(note, note.signing),
        good=kind is VerdictKind.HOLDS,
        pages=opened.pages,
    )


def _asked(key: PointKey, ask: Callable[[], Point]) -> Point:
    """The answer, or that none could be found: these records come from anywhere."""
    try:
        return ask()
    except Exception as error:  # noqa: BLE001 (whatever a hostile record makes of the composing)
        log.warning("%s could not be compared: %s", key.value, type(error).__name__)
        words = "The record inside could not be made into pages again, so nothing was compared."
        return Point(key, False, words)


def _addenda_point(note: SignedNote, opened: Opened) -> Point:
    found = points.addenda_point(note)
    if found.holds and not as_written(opened.attachments, note):
        words = "What stands beside the record is not written as this program writes it."
        return Point(PointKey.ADDENDA, False, words)
    return found


def _fhir_point(note: SignedNote, opened: Opened) -> Point:
    from infusion_visits.exchange.fhir_document import document

    inside = opened.attachments.get(FHIR)
    if inside is None:
        return Point(PointKey.FHIR, False, "The FHIR document was taken out of the file.")
    if inside == document(note):
        return Point(PointKey.FHIR, True, "The FHIR document is what the record gives.")
    made_by = note.plain.get("program")
    if made_by != __version__:
        words = f"The FHIR document was made by version {made_by}; it was not compared."
        return Point(PointKey.FHIR, None, words)
    return Point(PointKey.FHIR, False, "The FHIR document is not what the record gives.")


def _kind(found: Sequence[Point], opened: Opened, note: SignedNote, trust: Trust) -> VerdictKind:
    wrong = {PointKey(one.key) for one in found if one.holds is False} - _BESIDE
    signer = next(one for one in found if one.key == PointKey.SIGNER)
    if not opened.signatures and wrong <= {PointKey.WHOLE, PointKey.SIGNER}:
        return VerdictKind.UNSIGNED
    if wrong - {PointKey.SIGNER}:
        return VerdictKind.CHANGED
    if signer.holds is True:
        return VerdictKind.HOLDS
    return _not_trusted(note, trust)


def _not_trusted(note: SignedNote, trust: Trust) -> VerdictKind:
    kinds = set()
    for one in note.every_signed:
        certificate = points.certificate_of(note, one.signing)
        if certificate is None:
            return VerdictKind.STRANGER
        kinds.add(trust.says(certificate, one.signing.at))
    if Trusted.UNKNOWN in kinds:
        return VerdictKind.STRANGER
    return VerdictKind.CHANGED if kinds == {Trusted.TRUSTED} else VerdictKind.LAPSED


def _answer(kind: VerdictKind, found: Sequence[Point], note: SignedNote) -> str:
    """The verdict in one line."""
    by_key = {one.key: one for one in found}
    if kind is VerdictKind.HOLDS:
        signing = note.signing
        when = stamp(signing.at, signing.zone)
        words = f"Holds: signed by {signing.signer.signed_name} on {when}, unchanged since."
        if by_key[PointKey.CHAIN].holds is False:
            words += f" {by_key[PointKey.CHAIN].words}"
        return words
    if kind is VerdictKind.UNSIGNED:
        return f"Not signed as a file. {by_key[PointKey.RECORD].words}"
    if kind in {VerdictKind.STRANGER, VerdictKind.LAPSED}:
        return f"Unchanged, but not trusted. {by_key[PointKey.SIGNER].words}"
    first = next(one for one in found if one.holds is False and one.key not in _BESIDE)
    return f"Does not hold. {first.words}"
