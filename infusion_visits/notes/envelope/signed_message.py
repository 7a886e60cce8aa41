"""The message that a file's signature is (CMS, RFC 5652), made in one way only.

One way, so that whoever reads a file can make the message again around the signature found in it,
and every byte of it has its meaning.
"""

from __future__ import annotations

import asyncio
from typing import Any

from asn1crypto.algos import SignedDigestAlgorithm
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes, Signer
from pyhanko_certvalidator.registry import SimpleCertificateStore

DIGEST = "sha256"


def mechanism() -> SignedDigestAlgorithm:
    """ECDSA over SHA-256."""
    return SignedDigestAlgorithm({"algorithm": "sha256_ecdsa"})


def store_of(*certificates: Any) -> Any:
    """The certificates that go along."""
    store: Any = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    for one in certificates:
        store.register(one)
    return store


def signed_message(signer: Signer, digest: bytes) -> bytes:
    """The message over a file's digest, DER.

    The time stands in the signature dictionary of the file, not here (PAdES).
    """
    made = asyncio.run(
        signer.async_sign(
            digest, DIGEST, use_pades=True, signed_attr_settings=PdfCMSSignedAttributes()
        )
    )
    return bytes(made.dump())
