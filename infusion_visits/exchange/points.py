"""The questions asked of a signed note file, one by one, each answered in words."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from infusion_visits.core.errors import BadFile
from infusion_visits.exchange.verdict import Known, Point, PointKey
from infusion_visits.notes.envelope.opening import CHANGED
from infusion_visits.notes.wording import counted, stamp
from infusion_visits.vault.certificates import Certificate, Trust, Trusted, words_of
from infusion_visits.vault.signatures import verify
from infusion_visits.visits.record import canonical
from infusion_visits.visits.signed_note import digest_of

if TYPE_CHECKING:
    from infusion_visits.notes.envelope.file_signature import FileSignature
    from infusion_visits.visits.signed_note import SignedAddendum, SignedNote, Signing

_CUT = "…"
_A_SECOND = timedelta(seconds=1)


def certificate_of(note: SignedNote, signing: Signing) -> Certificate | None:
    """The certificate of a signature, out of those in the file.

    What was signed before members had certificates names none: then it is one of the same key.
    """
    for der in note.certificates:
        certificate = Certificate(der)
        if certificate.sha256 == signing.certificate or (
            not signing.certificate and certified(certificate, signing)
        ):
            return certificate
    return None


def whole_point(signature: FileSignature | None, count: int, note: SignedNote | None) -> Point:
    """Is the file as it was signed, to its last byte?"""
    if signature is None:
        broken = (
            "Changed after it was signed: the signature in it does not belong to these bytes."
            if count
            else ""
        )
        return Point(PointKey.WHOLE, False, broken or "The file itself is not signed.")
    if not signature.intact:
        return Point(PointKey.WHOLE, False, CHANGED)
    if not signature.whole or count != 1:
        words = (
            "Something was added to the file after it was signed. Other readers may still call "
            "it valid; what was added is not the signer's."
        )
        return Point(PointKey.WHOLE, False, words)
    if not signature.proper:
        words = "Changed: the signature of the file is not as this program makes it."
        return Point(PointKey.WHOLE, False, words)
    if note is not None and not _same_second(signature, note):
        words = "The signature of the file names another time than the record in it."
        return Point(PointKey.WHOLE, False, words)
    if note is not None and not _same_words(signature, note):
        words = "The signature of the file names another signer or reason than the record in it."
        return Point(PointKey.WHOLE, False, words)
    words = "Unchanged since it was signed: the signature covers the whole file."
    return Point(PointKey.WHOLE, True, words)


def _same_second(signature: FileSignature, note: SignedNote) -> bool:
    claimed = signature.claimed_at
    return claimed is not None and abs(claimed - note.latest.signing.at) < _A_SECOND


def _same_words(signature: FileSignature, note: SignedNote) -> bool:
    # Threat: other readers show the name that stands in the signature, not the certificate's.
    latest = note.latest.signing
    return (signature.name, signature.reason) == (latest.signer.signed_name, latest.meaning)


def record_point(note: SignedNote) -> Point:
    """Does the record's own signature hold, and is its signer who the certificate names?"""
    signing = note.signing
    if not verify(signing.public_key, note.envelope, note.signature):
        words = "The record inside is not what was signed: its signature does not fit."
        return Point(PointKey.RECORD, False, words)
    if signing.certificate and not _fits(note, signing):
        words = "The record names another signer than the certificate in the file."
        return Point(PointKey.RECORD, False, words)
    if not _of_one_piece(note):
        words = "The record inside contradicts itself: what stands at its head is not what follows."
        return Point(PointKey.RECORD, False, words)
    words = f"The record inside is as {signing.signer.signed_name} signed it"
    return Point(PointKey.RECORD, True, f"{words} on {stamp(signing.at, signing.zone)}.")


def _of_one_piece(note: SignedNote) -> bool:
    """Whether the head of the envelope speaks of the record in it, in the one form of writing it.

    Threat: a reader that goes by the head files the note under another visit than one that reads
    the record.
    """
    plain, record = note.plain, note.record
    said = (plain.get("visit"), plain.get("agency"), plain.get("record_sha256"))
    try:
        digest, written = digest_of(canonical(plain["record"])), canonical(plain)
    except ValueError:
        # A figure that the form has no writing for.
        return False
    return said == (str(record.visit.id), str(record.agency.id), digest) and (
        written == note.envelope
    )


def _fits(note: SignedNote, signing: Signing) -> bool:
    certificate = certificate_of(note, signing)
    return certificate is not None and certified(certificate, signing)


def certified(certificate: Certificate, signing: Signing) -> bool:
    """Whether the certificate is that of the signer named: key, member, name and role."""
    try:
        return (
            certificate.public_key == signing.public_key
            and certificate.member == signing.signer.id
            and _same_name(certificate.name, signing.signer.signed_name)
            and certificate.role == signing.signer.role
        )
    except BadFile:
        return False


def _same_name(certified: str, signed: str) -> bool:
    if certified.endswith(_CUT):
        return signed.startswith(certified[: -len(_CUT)].rstrip())
    return certified == signed


def same_key_point(note: SignedNote, signature: FileSignature | None) -> Point:
    """Is the file signed by the key that signed what was signed last in it?"""
    if signature is None:
        return Point(PointKey.SAME_KEY, None, "Whose file it is cannot be said: it is not signed.")
    latest = note.latest.signing
    certificate = certificate_of(note, latest)
    if certificate is None or certificate.der != signature.certificate:
        words = "The file is signed by another key than the record in it: somebody signed a copy."
        return Point(PointKey.SAME_KEY, False, words)
    return Point(PointKey.SAME_KEY, True, "Page and record are signed by the same key.")


def signer_point(note: SignedNote, trust: Trust, authorities: tuple[bytes, ...]) -> Point:
    """By whom is it, and does an agency that is trusted here say so?"""
    said = [_who(note, one, trust, authorities) for one in note.every_signed]
    worst = min(said, key=lambda one: {False: 0, None: 1, True: 2}[one.holds])
    return worst if worst.holds is not True else said[0]


def _who(
    note: SignedNote,
    signed: SignedNote | SignedAddendum,
    trust: Trust,
    authorities: tuple[bytes, ...],
) -> Point:
    signing = signed.signing
    name = signing.signer.signed_name
    certificate = certificate_of(note, signing)
    if certificate is None:
        words = f"Signed as {name} by an earlier version, which had no certificates: whose key it"
        words += " was cannot be said here."
        return Point(PointKey.SIGNER, None, words)
    # A key is older than its first certificate where the laptop is older than certificates.
    at = signing.at if signing.certificate else max(signing.at, certificate.starts)
    says = trust.says(certificate, at)
    if says is Trusted.UNKNOWN:
        return Point(PointKey.SIGNER, False, _unknown(name, certificate, authorities))
    agency = certificate.agency_name
    if certificate.agency != note.record.agency.id:
        words = f"{name} signed for {agency}, but the record speaks of another agency."
        return Point(PointKey.SIGNER, False, words)
    lapsed = {
        Trusted.EXPIRED: "had run out when it was signed",
        Trusted.NOT_YET: "did not count yet when it was signed",
        Trusted.REVOKED: "had been revoked when it was signed",
    }
    if says is not Trusted.TRUSTED:
        words = f"Signed by {name}, whose certificate of {agency} {lapsed[says]}."
        return Point(PointKey.SIGNER, False, words)
    words = f"Signed by {name} of {agency}, which is trusted here."
    if trust.revoked_from(certificate) is not None:
        words += " The certificate was revoked since; this was signed before, by its own time."
    return Point(PointKey.SIGNER, True, words)


def _unknown(name: str, certificate: Certificate, authorities: tuple[bytes, ...]) -> str:
    words = (
        "Signed by someone this agency doesn't know: a certificate of an agency that calls itself "
        f"{certificate.agency_name} names {name}."
    )
    for der in authorities:
        authority = Certificate(der)
        if certificate.issued_by(authority):
            six = " ".join(words_of(authority))
            return f"{words} Its six words: {six}."
    return words


def addenda_point(note: SignedNote) -> Point:
    """Are the addenda signed, and do they speak of this record?"""
    if not note.addenda:
        return Point(PointKey.ADDENDA, True, "No addenda.")
    for number, one in enumerate(note.addenda, start=1):
        signing = one.signing
        if not verify(signing.public_key, one.envelope, one.signature):
            words = f"Addendum {number} is not what was signed: its signature does not fit."
            return Point(PointKey.ADDENDA, False, words)
        if one.target != note.digest:
            words = f"Addendum {number} speaks of another note."
            return Point(PointKey.ADDENDA, False, words)
        if signing.certificate and not _fits(note, signing):
            words = f"Addendum {number} names another signer than the certificate in the file."
            return Point(PointKey.ADDENDA, False, words)
    said = "; ".join(
        f"{one.kind.value} by {one.signing.signer.signed_name},"
        f" {stamp(one.signing.at, one.signing.zone)}"
        for one in note.addenda
    )
    count = counted(len(note.addenda), "addendum").replace("addendums", "addenda")
    return Point(PointKey.ADDENDA, True, f"{count}, each signed: {said}.")


def clock_point(note: SignedNote) -> Point:
    """What is known of the clock that gave the times."""
    times = [note.signing.at, *(one.signing.at for one in note.addenda)]
    if times != sorted(times):
        words = "An addendum names an earlier time than what it was added to."
        return Point(PointKey.CLOCK, False, words)
    changes = note.record.clock_changes
    if changes:
        last = changes[-1]
        words = (
            f"The laptop's clock was set {counted(len(changes), 'time')} during the visit, "
            f"last {last.what} by {last.seconds} s at {stamp(last.at, note.record.visit.zone)}."
        )
        return Point(PointKey.CLOCK, None, words)
    words = "The times are those of the nurse's laptop; it noticed no change of its clock."
    return Point(PointKey.CLOCK, True, words)


def chain_point(note: SignedNote, known: Known) -> Point:
    """Are the earlier notes of the patient here that this one names?"""
    chain = note.chain
    if chain is None:
        words = "Signed before notes named the one before them."
        return Point(PointKey.CHAIN, None, words)
    if not chain.previous:
        words = "The first signed note of this patient on the nurse's laptop."
        return Point(PointKey.CHAIN, True, words)
    if not known.whole and not known.notes.keys() - {note.digest}:
        words = f"{_earlier(chain.number)}. Whether that is there, one file alone cannot say."
        return Point(PointKey.CHAIN, None, words)
    place = "in this record" if known.whole else "among the files given"
    missing, number = _missing(note, known)
    if missing:
        words = f"Note {number} of this patient is missing {place} (digest {missing[:12]})."
        return Point(PointKey.CHAIN, False, words)
    return Point(PointKey.CHAIN, True, f"{_earlier(chain.number)}, which is {place}.")


def _earlier(number: int) -> str:
    return f"Note {number} of this patient on the nurse's laptop; it names the one before"


def _missing(note: SignedNote, known: Known) -> tuple[str, int]:
    """The digest of the nearest earlier note that is not known, and its number."""
    chain = note.chain
    if chain is None:
        return "", 0
    wanted, number = chain.previous, chain.number - 1
    for _ in range(chain.number):
        if not wanted:
            break
        if wanted not in known.notes:
            return wanted, number
        wanted, number = known.notes[wanted], number - 1
    return "", 0
