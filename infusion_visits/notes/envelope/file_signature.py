"""What is true of a file's signature, by pyHanko, as plain values.

Traps, each seen: `valid` stays true when the bytes were changed, and a file that was added to
after signing is "valid" to most readers. So the bottom line is demanded, and a coverage to the
last byte.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any


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
    """The facts of a file's first signature; None where none can be read."""
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.general import CMSExtractionError
    from pyhanko.sign.validation.errors import SignatureValidationError

    try:
        signatures = PdfFileReader(BytesIO(data)).embedded_signatures
        return _facts(signatures[0], data) if signatures else None
    except (
        PdfError,
        CMSExtractionError,
        SignatureValidationError,
        ArithmeticError,
        AssertionError,
        AttributeError,
        LookupError,
        NotImplementedError,
        RecursionError,
        TypeError,
        ValueError,
    ):
        return None


def _facts(first: Any, data: bytes) -> FileSignature | None:
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    length = len(data)
    start, before, after, rest = (int(one) for one in first.byte_range)
    if start != 0 or not 0 < before < after < after + rest <= length:
        return None
    others = tuple(first.other_embedded_certs)
    status = asyncio.run(_status(first, others))
    intact = bool(status.intact and status.valid)
    return FileSignature(
        intact=intact,
        whole=status.coverage == SignatureCoverageLevel.ENTIRE_FILE and after + rest == length,
        proper=intact and bool(status.bottom_line) and data[before:after] == _gap(first, others),
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
