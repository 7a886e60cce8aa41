"""The file's own signature: PAdES B-B (ETSI EN 319 142-1), as any reader of PDF files checks it.

The same key signs the record and the file, so that neither can be replaced alone. Nothing here
asks a network: no timestamp, no revocation data.
"""

from __future__ import annotations

import hashlib
from io import BytesIO
from typing import TYPE_CHECKING, Any

from asn1crypto import x509
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from pyhanko.pdf_utils.generic import ArrayObject, ByteStringObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter, enumerate_sig_fields
from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigMDPSetup, SigObjSetup
from pyhanko.sign.signers.pdf_byterange import SignatureObject
from pyhanko.sign.signers.pdf_cms import Signer

from infusion_visits.core.errors import DeviceTrouble
from infusion_visits.notes.envelope.signed_message import (
    DIGEST,
    mechanism,
    signed_message,
    store_of,
)

if TYPE_CHECKING:
    from infusion_visits.vault.certificates import Signatory
    from infusion_visits.vault.signatures import SigningKey
    from infusion_visits.visits.signed_note import Signing

_HALF = 32
# Room for signature, two certificates and attributes, in hex digits: they take some 2,000 bytes.
_ROOM = 2 * 4096


def sign_pdf(pdf: bytes, signatory: Signatory, signing: Signing) -> bytes:
    """The file with the signature in its first empty signature field.

    The signed bytes are `pdf` as it stands, followed by one increment; the time is that of
    `signing`, so that page, record and file say the same. Raises DeviceTrouble `seal` where the
    file has no field to sign.
    """
    writer = _Increment(BytesIO(pdf))
    name = _empty_field(writer)
    steps = PdfCMSEmbedder().write_cms(field_name=name, writer=writer, existing_fields_only=True)
    next(steps)
    placeholder = SignatureObject(
        timestamp=signing.at,
        subfilter=SigSeedSubFilter.PADES,
        name=signing.signer.signed_name,
        reason=signing.meaning,
        bytes_reserved=_ROOM,
    )
    # P=2: what is allowed later is one more signature (a co-signer's); every other change after
    # signing is announced by any reader. Ours accepts none at all, see opening.
    allowed = SigMDPSetup(md_algorithm=DIGEST, certify=True, docmdp_perms=MDPPerm.FILL_FORMS)
    steps.send(SigObjSetup(sig_placeholder=placeholder, mdp_setup=allowed))
    digest, output = steps.send(SigIOSetup(md_algorithm=DIGEST))
    steps.send(signed_message(_MemberSigner(signatory), digest.document_digest))
    return bytes(output.getvalue())


def _empty_field(writer: IncrementalPdfFileWriter) -> str:
    for name, _, _ in enumerate_sig_fields(writer.prev, filled_status=False):
        return str(name)
    raise DeviceTrouble("seal", "The file has no place for a signature.")


class _MemberSigner(Signer):
    """Signs with a member's key; the private key never leaves its own object."""

    def __init__(self, signatory: Signatory) -> None:
        certificate = x509.Certificate.load(signatory.certificate.der)
        # The authority goes along, so that somebody who pins it later can follow the path.
        authority = x509.Certificate.load(signatory.authority.der)
        super().__init__(
            signing_cert=certificate,
            cert_registry=store_of(authority),
            embed_roots=True,
            signature_mechanism=mechanism(),
        )
        self._key: SigningKey = signatory.key

    async def async_sign_raw(
        self, data: bytes, digest_algorithm: str, dry_run: bool = False
    ) -> bytes:
        raw = self._key.sign(data)
        r, s = int.from_bytes(raw[:_HALF], "big"), int.from_bytes(raw[_HALF:], "big")
        return encode_dss_signature(r, s)


class _Increment(IncrementalPdfFileWriter):
    """Adds the signature and nothing else.

    pyHanko would date the metadata anew, raise the file to PDF 2.0 for a P-256 signature and draw
    a random id: PDF/A-3 is PDF 1.7, and the metadata were right before.
    """

    def ensure_output_version(self, version: tuple[int, int]) -> None:
        if version < (2, 0):
            super().ensure_output_version(version)  # type: ignore[no-untyped-call]

    def register_extension(self, ext: Any) -> None:
        """No extension: ISO/TS 32002 belongs to PDF 2.0."""

    def _update_meta(self) -> None:
        """Metadata are the archive form's."""

    @classmethod
    def _handle_id(cls, prev: Any) -> ArrayObject:
        first, _ = prev.trailer["/ID"]
        prev.stream.seek(0)
        second = hashlib.sha256(prev.stream.read()).digest()[:16]
        return ArrayObject([first, ByteStringObject(second)])
