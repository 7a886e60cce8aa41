"""How the parts of a certificate are written (RFC 5280): names, keys, usage, serial number."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from infusion_visits.core.errors import BadFile
from infusion_visits.core.writing import tidy

if TYPE_CHECKING:
    from uuid import UUID

    from cryptography import x509

CLOCK_SLACK = timedelta(days=1)
"""How long before its making a certificate counts: the clocks of two laptops differ."""
_LONGEST_NAME = 64


def named(name: str, serial: UUID, agency_name: str, role: str = "") -> x509.Name:
    """Whose certificate: the person or agency, its id, the agency, the role."""
    from cryptography import x509
    from cryptography.x509.oid import NameOID

    parts = [(NameOID.ORGANIZATION_NAME, fitted(agency_name))]
    if role:
        parts.append((NameOID.ORGANIZATIONAL_UNIT_NAME, role))
    parts += [(NameOID.COMMON_NAME, name), (NameOID.SERIAL_NUMBER, str(serial))]
    return x509.Name([x509.NameAttribute(oid, value) for oid, value in parts])


def fitted(name: str) -> str:
    """The name within the 64 bytes that X.520 leaves for it; the record has it whole."""
    text = tidy(name)
    if len(text.encode()) <= _LONGEST_NAME:
        return text
    kept = text.encode()[: _LONGEST_NAME - len("…".encode())]
    return kept.decode("utf-8", "ignore").rstrip() + "…"


def begun(
    public_key: bytes, subject: x509.Name, issuer: x509.Name, starts: datetime, ends: datetime
) -> x509.CertificateBuilder:
    """A certificate with everything but what it may be used for."""
    from cryptography import x509

    key = _point(public_key)
    starts = starts.astimezone(UTC).replace(microsecond=0)
    builder = x509.CertificateBuilder(issuer, subject, key, _serial(public_key, issuer, ends))
    builder = builder.not_valid_before(starts).not_valid_after(ends.replace(microsecond=0))
    return builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)


def _serial(public_key: bytes, issuer: x509.Name, ends: datetime) -> int:
    # Derived, not random: the same act gives the same certificate. Random serials answer chosen
    # collisions of weak digests, which SHA-256 does not have.
    seed = b"\0".join((public_key, issuer.public_bytes(), ends.isoformat().encode()))
    return int.from_bytes(hashlib.sha256(seed).digest()[:19], "big") or 1


def _point(public_key: bytes) -> Any:
    from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey

    try:
        return EllipticCurvePublicKey.from_encoded_point(SECP256R1(), public_key)
    except ValueError:
        raise BadFile("public-key", "The public key cannot be read.") from None


def issuer_key(public_key: bytes) -> x509.AuthorityKeyIdentifier:
    """Which key signed it, so that a reader finds the authority (RFC 5280, 4.2.1.1)."""
    from cryptography import x509

    known = x509.SubjectKeyIdentifier.from_public_key(_point(public_key))
    return x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(known)


def usage(*, issues: bool) -> x509.KeyUsage:
    """An authority signs certificates and nothing else, a member documents and nothing else."""
    from cryptography import x509

    return x509.KeyUsage(
        digital_signature=not issues,
        content_commitment=not issues,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=issues,
        crl_sign=issues,
        encipher_only=False,
        decipher_only=False,
    )
