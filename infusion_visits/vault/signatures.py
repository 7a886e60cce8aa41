"""Signatures: ECDSA on the curve P-256 over SHA-256, as 64 raw bytes, r then s.

P-256 because readers of PDF files verify it; raw because two encodings of one signature would
be two files of one note. Sources: FIPS 186-5, RFC 7518 section 3.4 (ES256).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

from infusion_visits.core.errors import BadFile

if TYPE_CHECKING:
    from cryptography.x509 import CertificateBuilder

SIGNATURE_BYTES = 64
_HALF = SIGNATURE_BYTES // 2
# FIPS 186-5, the order n of the base point of P-256.
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


@dataclass(frozen=True)
class SigningKey:
    """A member's private key, in memory for as long as one signature takes."""

    _private: EllipticCurvePrivateKey = field(repr=False)

    @cached_property
    def public_key(self) -> bytes:
        """The uncompressed P-256 point, 65 bytes."""
        from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

        return self._private.public_key().public_bytes(
            Encoding.X962, PublicFormat.UncompressedPoint
        )

    def sign(self, message: bytes) -> bytes:
        """The raw 64-byte ECDSA signature over SHA-256 of `message`."""
        from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

        r, s = decode_dss_signature(self._private.sign(message, _ecdsa()))
        return r.to_bytes(_HALF, "big") + s.to_bytes(_HALF, "big")

    def certify(self, begun: CertificateBuilder) -> bytes:
        """The DER bytes of a certificate that this key, an authority's, signs.

        Of the two signatures that verify alike, (r, s) and (r, n - s), always the one with the
        smaller s: see `is_lower`.
        """
        from cryptography.hazmat.primitives.hashes import SHA256
        from cryptography.hazmat.primitives.serialization import Encoding

        while True:
            made = begun.sign(self._private, SHA256())
            if is_lower(made.signature):
                return made.public_bytes(Encoding.DER)

    def private_bytes(self) -> bytes:
        """PKCS #8 in DER, unencrypted: only ever to be sealed at once (vault.keys.seal)."""
        from cryptography.hazmat.primitives.serialization import (
            Encoding,
            NoEncryption,
            PrivateFormat,
        )

        return self._private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())


def new_signing_key() -> SigningKey:
    """A new random key."""
    from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key

    return SigningKey(generate_private_key(SECP256R1()))


def signing_key(private_bytes: bytes) -> SigningKey:
    """The key from its PKCS #8 bytes. Raises BadFile when they are no P-256 key."""
    from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey
    from cryptography.hazmat.primitives.serialization import load_der_private_key

    try:
        private = load_der_private_key(private_bytes, None)
    except (ValueError, TypeError):
        raise BadFile("signing-key", "The signing key cannot be read.") from None
    if not isinstance(private, EllipticCurvePrivateKey) or not isinstance(private.curve, SECP256R1):
        raise BadFile("signing-key", "The signing key is of another kind.")
    return SigningKey(private)


def verify(public_key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether `signature` is this key's over `message`. False also for what is no key at all."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
    from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

    if len(signature) != SIGNATURE_BYTES:
        return False
    r = int.from_bytes(signature[:_HALF], "big")
    s = int.from_bytes(signature[_HALF:], "big")
    try:
        key = EllipticCurvePublicKey.from_encoded_point(SECP256R1(), public_key)
        key.verify(encode_dss_signature(r, s), message, _ecdsa())
    except (InvalidSignature, ValueError):
        return False
    return True


def is_lower(der: bytes) -> bool:
    """Whether a DER signature is the one with the smaller s, and spelled in the one right way.

    Threat: whoever has a certificate makes a second one of it, with n - s in place of s, which
    verifies as well but has another fingerprint, and so escapes its revocation.
    """
    from cryptography.hazmat.primitives.asymmetric.utils import (
        decode_dss_signature,
        encode_dss_signature,
    )

    r, s = decode_dss_signature(der)
    return s <= _ORDER // 2 and encode_dss_signature(r, s) == der


def _ecdsa() -> Any:
    from cryptography.hazmat.primitives.asymmetric.ec import ECDSA
    from cryptography.hazmat.primitives.hashes import SHA256

    return ECDSA(SHA256())
