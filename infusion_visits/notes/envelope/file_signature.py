"""What is true of a file's signature, by pyHanko, as plain values.

Traps, each seen: `valid` stays true when the bytes were changed, and a file that was added to
after signing is "valid" to most readers. So the bottom line is demanded, and a coverage to the
last byte.
"""

from __future__ import annotations

import asyncio
import logging
import re
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from itertools import islice
from typing import Any

from infusion_visits.vault.certificates import Certificate

log = logging.getLogger("infusion_visits")
_SIGNED_STRETCH = re.compile(rb"/ByteRange\s*\[\s*0\s+\d{1,9}\s+(\d{1,9})\s+(\d{1,9})\s*\]")
_MOST_SIGNATURES = 5
# Threat: who signs adds what a reader shows beside the name (a place, a way to reach her).
_SAID = {
    "/Type",
    "/Filter",
    "/SubFilter",
    "/ByteRange",
    "/Contents",
    "/M",
    "/Name",
    "/Reason",
    "/Reference",
}


@dataclass(frozen=True, slots=True)
class FileSignature:
    """What is true of the first signature of a file.

    `intact`: the signed bytes are those that were signed, by the embedded certificate's key.
    `whole`: they are the whole file to its last byte. `proper`: all that pyHanko asks of a
    signature holds, with the embedded authority as root; whether anybody knows that authority is
    not asked here. `signed_length` is where the signed revision ends; certificates are DER.
    """

    intact: bool
    whole: bool
    proper: bool
    certificate: bytes
    others: tuple[bytes, ...]
    claimed_at: datetime | None
    reason: str
    name: str
    signed_length: int


def first_signature(data: bytes) -> FileSignature | None:
    """The facts of a file's first signature; None where none can be read.

    Each stretch of the file that claims to be signed is read by itself, without what follows it:
    what was added later may be made to break a reader.
    """
    found = None
    for match in islice(_SIGNED_STRETCH.finditer(data), _MOST_SIGNATURES):
        end = int(match[1]) + int(match[2])
        if not match.end() < end <= len(data):
            continue
        facts = _of_revision(data[:end], len(data))
        if facts is not None and facts.intact:
            return facts
        found = found or facts
    return found


def _of_revision(revision: bytes, length: int) -> FileSignature | None:
    from pyhanko.pdf_utils.reader import PdfFileReader

    try:
        signatures = PdfFileReader(BytesIO(revision)).embedded_signatures
        return _facts(signatures[0], revision, length) if signatures else None
    except Exception as error:  # noqa: BLE001 (whatever a hostile file makes of three libraries)
        log.warning("a file's signature could not be read: %s", type(error).__name__)
        return None


def _facts(first: Any, data: bytes, length: int) -> FileSignature | None:
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    start, before, after, rest = (int(one) for one in first.byte_range)
    if start != 0 or not 0 < before < after < after + rest == len(data):
        return None
    others = tuple(first.other_embedded_certs)
    status = asyncio.run(_status(first, others))
    intact = bool(status.intact and status.valid)
    return FileSignature(
        intact=intact,
        whole=status.coverage == SignatureCoverageLevel.ENTIRE_FILE and len(data) == length,
        proper=intact and bool(status.bottom_line) and _as_made(first, others, data),
        certificate=first.signer_cert.dump(),
        others=tuple(one.dump() for one in others),
        claimed_at=_claimed(first),
        reason=str(first.sig_object.get("/Reason", "")),
        name=str(first.sig_object.get("/Name", "")),
        signed_length=after + rest,
    )


async def _status(first: Any, others: tuple[Any, ...]) -> Any:
    from pyhanko.sign.validation.pdf_embedded import async_validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    # No network, and no store of the system: the roots are what the file brings along, because
    # whom to trust is asked elsewhere (vault.certificates.Trust), as are dates and revocation.
    context = ValidationContext(
        trust_roots=[one for one in others if one.ca and one.self_issued],
        other_certs=list(others),
        allow_fetching=False,
        revocation_mode="soft-fail",
        moment=first.signer_cert.not_valid_before,
    )
    # Differences between revisions need no analysis: none is accepted.
    return await async_validate_pdf_signature(first, context, skip_diff=True)


def _as_made(first: Any, others: tuple[Any, ...], data: bytes) -> bool:
    """Whether every byte of the signature is as this program makes it."""
    _, before, after, _ = (int(one) for one in first.byte_range)
    if data[before:after] != _gap(first, others) or set(first.sig_object) != _SAID:
        return False
    # Of a root nobody checks the signature, as it is trusted by itself: here it is checked.
    authorities = [Certificate(one.dump()) for one in others]
    return len(authorities) == 1 and authorities[0].issued_by(authorities[0])


def _gap(first: Any, others: tuple[Any, ...]) -> bytes:
    """What has to stand between the signed stretches: the signature as this program writes it.

    Threat: these bytes are covered by no signature, so that something could be written into them,
    or into those parts of the CMS that nobody looks at, and the file would count as unchanged.
    """
    from pyhanko.sign.signers.pdf_cms import ExternalSigner

    from infusion_visits.notes.envelope.signed_message import mechanism, signed_message, store_of

    signature = bytes(first.signer_info["signature"])
    signer = ExternalSigner(first.signer_cert, store_of(*others), signature, mechanism())
    cms = signed_message(signer, first.compute_digest()).hex().upper().encode()
    _, before, after, _ = (int(one) for one in first.byte_range)
    return b"<" + cms.ljust(after - before - 2, b"0") + b">"


def _claimed(first: Any) -> datetime | None:
    at = first.self_reported_timestamp
    return at if isinstance(at, datetime) and at.tzinfo is not None else None
