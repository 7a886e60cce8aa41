"""Certificates: who signs for which agency, said by the agency's own authority and nobody else.

X.509 on the curve P-256, because readers of PDF files verify it (RFC 5280; key purpose of signed
documents: RFC 9336). An authority lives ten years and signs nothing but certificates; a member's
lives two and signs nothing but documents. What is trusted is a short list of authorities that
were pinned by an explicit act; the system's own store is never asked.
"""

from __future__ import annotations

import enum
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any
from uuid import UUID

from infusion_visits.core.errors import BadFile
from infusion_visits.core.writing import tidy
from infusion_visits.vault import building
from infusion_visits.vault.signatures import SigningKey, is_lower, new_signing_key
from infusion_visits.vault.voice import six_words

if TYPE_CHECKING:
    from cryptography import x509

AUTHORITY_LIVES = timedelta(days=3652)
"""Ten years."""
MEMBER_LIVES = timedelta(days=730)
"""Two years."""
_SIGNS_DOCUMENTS = "1.3.6.1.5.5.7.3.36"
_LARGEST_BYTES = 16_384


class Trusted(enum.Enum):
    """What the pinned authorities say of a certificate at the time that a signature claims."""

    TRUSTED = "trusted"
    UNKNOWN = "unknown"
    EXPIRED = "expired"
    NOT_YET = "not yet valid"
    REVOKED = "revoked"


@dataclass(frozen=True)
class Certificate:
    """One certificate as its DER bytes. Properties raise BadFile where it is none of ours."""

    der: bytes = field(repr=False)

    def __reduce__(self) -> tuple[Any, ...]:
        """Only the bytes travel to another process; what was read of them does not pickle."""
        return Certificate, (self.der,)

    @cached_property
    def sha256(self) -> str:
        """The fingerprint: SHA-256 of the DER bytes, hexadecimal."""
        return hashlib.sha256(self.der).hexdigest()

    @property
    def member(self) -> UUID | None:
        """Whose it is; None for an authority's."""
        return None if self.is_authority else self._read.subject_id

    @property
    def name(self) -> str:
        """`Ana Ortiz, RN`; of an authority the agency's name. At most 64 bytes, cut with "…"."""
        return self._read.name

    @property
    def role(self) -> str:
        """`nurse` or `coordinator`; empty for an authority's."""
        return self._read.role

    @property
    def agency(self) -> UUID:
        """The agency whose authority issued it."""
        return self._read.issuer_id

    @property
    def agency_name(self) -> str:
        """The agency's name as its authority says it. Anybody may make one of the same name."""
        return self._read.issuer_name

    @property
    def public_key(self) -> bytes:
        """The uncompressed P-256 point, 65 bytes."""
        return self._read.public_key

    @property
    def starts(self) -> datetime:
        """From when on it counts, UTC."""
        return self._read.starts

    @property
    def ends(self) -> datetime:
        """Until when it counts, UTC."""
        return self._read.ends

    @property
    def is_authority(self) -> bool:
        """Whether it may issue certificates."""
        return self._read.issues

    @property
    def signs_documents(self) -> bool:
        """Whether it is meant for signing documents, and for that alone."""
        return self._read.signs_documents

    def issued_by(self, authority: Certificate) -> bool:
        """Whether this authority's key signed it, and the names fit."""
        from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm

        if not authority.is_authority or self.agency != authority.agency:
            return False
        try:
            self.parsed.verify_directly_issued_by(authority.parsed)
        except (InvalidSignature, UnsupportedAlgorithm, ValueError, TypeError):
            return False
        return True

    @cached_property
    def parsed(self) -> x509.Certificate:
        """As the library reads it."""
        from cryptography import x509
        from cryptography.exceptions import UnsupportedAlgorithm

        if len(self.der) > _LARGEST_BYTES:
            raise _foreign()
        try:
            return x509.load_der_x509_certificate(self.der)
        except (ValueError, TypeError, x509.InvalidVersion, UnsupportedAlgorithm, Warning):
            raise _foreign() from None

    @cached_property
    def _read(self) -> _Read:
        from cryptography import x509
        from cryptography.exceptions import UnsupportedAlgorithm

        try:
            return _read_of(self.parsed)
        except (
            ValueError,
            TypeError,
            x509.ExtensionNotFound,
            x509.DuplicateExtension,
            UnsupportedAlgorithm,
            Warning,
        ):
            raise _foreign() from None


def read_certificate(der: bytes) -> Certificate:
    """A certificate made by this program, read whole. Raises BadFile for any other."""
    certificate = Certificate(der)
    _ = certificate.name
    return certificate


def words_of(what: Certificate | str) -> tuple[str, ...]:
    """Six words of a certificate, or of any SHA-256 in hexadecimal, to be compared by voice.

    Takes some 0.1 s the first time: not on the interface thread.
    """
    return six_words(what if isinstance(what, str) else what.sha256)


@dataclass(frozen=True)
class Authority:
    """An agency's authority with its private key, in memory for as long as one act takes."""

    key: SigningKey
    certificate: Certificate


@dataclass(frozen=True)
class Signatory:
    """Everything that one member's signature needs, for one act of signing."""

    key: SigningKey
    certificate: Certificate
    authority: Certificate


@dataclass(frozen=True)
class Trust:
    """The pinned authorities, and from when on which certificates (by SHA-256) count no more."""

    authorities: tuple[Certificate, ...] = ()
    revoked: Mapping[str, datetime] = field(default_factory=dict)

    def authority_of(self, certificate: Certificate) -> Certificate | None:
        """The pinned authority that issued it; None when none did, whatever names it bears."""
        for authority in self.authorities:
            if certificate.issued_by(authority):
                return authority
        return None

    def says(self, certificate: Certificate, at: datetime) -> Trusted:
        """What is to be thought of a signature by it that claims the instant `at`.

        The order matters: a stranger's certificate is UNKNOWN, whatever else it says of itself,
        and a revoked one is REVOKED even where it has run out as well.
        Threat that remains: who stole a key can claim an earlier time; offline nobody can tell,
        so `revoked_from` lets the reader say that it was revoked since.
        """
        authority = self.authority_of(certificate)
        if authority is None or not certificate.signs_documents:
            return Trusted.UNKNOWN
        revoked = self.revoked_from(certificate)
        if revoked is not None and at >= revoked:
            return Trusted.REVOKED
        if at < max(certificate.starts, authority.starts):
            return Trusted.NOT_YET
        if at > min(certificate.ends, authority.ends):
            return Trusted.EXPIRED
        return Trusted.TRUSTED

    def revoked_from(self, certificate: Certificate) -> datetime | None:
        """From when on it counts no more; None where it was never revoked."""
        return self.revoked.get(certificate.sha256)


def new_authority(agency: UUID, name: str, now: datetime) -> Authority:
    """A new authority of an agency, signed by itself, for ten years.

    It counts from ten years back as well: what it certifies bears dates of its own, and a clock
    that ran ahead on the day of set-up must not keep the agency from signing until then.
    """
    key = new_signing_key()
    subject = building.named(building.fitted(name), agency, agency_name=name)
    made = _authority_certificate(key, subject, now - AUTHORITY_LIVES, now + AUTHORITY_LIVES)
    return Authority(key, made)


def renewed_authority(authority: Authority, now: datetime) -> Authority:
    """The same authority, key and name, for another ten years: what it certified stays good."""
    former = authority.certificate
    starts = min(former.starts, now - AUTHORITY_LIVES)
    subject = former.parsed.subject
    made = _authority_certificate(authority.key, subject, starts, now + AUTHORITY_LIVES)
    return Authority(authority.key, made)


def _authority_certificate(
    key: SigningKey, subject: x509.Name, starts: datetime, ends: datetime
) -> Certificate:
    from cryptography import x509

    builder = building.begun(key.public_key, subject, subject, starts, ends)
    # A path of no further authorities: a member's key must never be able to make members.
    builder = builder.add_extension(x509.BasicConstraints(True, 0), critical=True)
    builder = builder.add_extension(building.usage(issues=True), critical=True)
    return Certificate(key.certify(builder))


def issue(
    authority: Authority,
    member: UUID,
    name: str,
    credential: str,
    role: str,
    public_key: bytes,
    now: datetime,
) -> Certificate:
    """A member's certificate for two years (less where the authority ends before).

    Raises BadFile when `public_key` is no P-256 point.
    """
    from cryptography import x509

    whole = f"{tidy(name)}, {tidy(credential)}" if tidy(credential) else tidy(name)
    subject = building.named(
        building.fitted(whole), member, authority.certificate.agency_name, role
    )
    issuer = authority.certificate.parsed.subject
    ends = min(now + MEMBER_LIVES, authority.certificate.ends)
    builder = building.begun(public_key, subject, issuer, now - building.CLOCK_SLACK, ends)
    builder = builder.add_extension(x509.BasicConstraints(False, None), critical=True)
    builder = builder.add_extension(building.usage(issues=False), critical=True)
    purpose = x509.ExtendedKeyUsage([x509.ObjectIdentifier(_SIGNS_DOCUMENTS)])
    builder = builder.add_extension(purpose, critical=False)
    builder = builder.add_extension(building.issuer_key(authority.key.public_key), critical=False)
    return Certificate(authority.key.certify(builder))


@dataclass(frozen=True, slots=True)
class _Read:
    """What was read of a certificate, once."""

    name: str
    role: str
    subject_id: UUID
    issuer_id: UUID
    issuer_name: str
    public_key: bytes
    starts: datetime
    ends: datetime
    issues: bool
    signs_documents: bool


def _read_of(whole: x509.Certificate) -> _Read:
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
    from cryptography.x509.oid import NameOID

    key = whole.public_key()
    if not isinstance(key, EllipticCurvePublicKey) or not isinstance(key.curve, SECP256R1):
        raise TypeError("not a key of this curve")
    _refuse_other_spellings(whole)
    basic = whole.extensions.get_extension_for_class(x509.BasicConstraints).value
    usage = whole.extensions.get_extension_for_class(x509.KeyUsage).value
    issues = basic.ca and usage.key_cert_sign
    documents = not issues and usage.digital_signature and usage.content_commitment
    return _Read(
        name=_text(whole.subject, NameOID.COMMON_NAME),
        role="" if issues else _text(whole.subject, NameOID.ORGANIZATIONAL_UNIT_NAME),
        subject_id=UUID(_text(whole.subject, NameOID.SERIAL_NUMBER)),
        issuer_id=UUID(_text(whole.issuer, NameOID.SERIAL_NUMBER)),
        issuer_name=_text(whole.issuer, NameOID.ORGANIZATION_NAME),
        public_key=key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint),
        starts=whole.not_valid_before_utc,
        ends=whole.not_valid_after_utc,
        issues=issues,
        signs_documents=documents and _purposes(whole) == {_SIGNS_DOCUMENTS},
    )


def _refuse_other_spellings(whole: x509.Certificate) -> None:
    # Threat: a revoked certificate with one bit changed that no signature covers still verifies,
    # and its other fingerprint stands in no list. So each has one spelling: the lower signature,
    # in a bit string that leaves no bit unused.
    from cryptography.hazmat.primitives.serialization import Encoding

    signature = whole.signature
    end = b"\x03" + bytes([len(signature) + 1]) + b"\x00" + signature
    if not is_lower(signature) or not whole.public_bytes(Encoding.DER).endswith(end):
        raise ValueError("another spelling")


def _purposes(whole: x509.Certificate) -> set[str]:
    from cryptography import x509

    try:
        found = whole.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except x509.ExtensionNotFound:
        return set()
    return {one.dotted_string for one in found}


def _text(name: x509.Name, oid: x509.ObjectIdentifier) -> str:
    found = name.get_attributes_for_oid(oid)
    if len(found) != 1 or not isinstance(found[0].value, str):
        raise ValueError("not named once")
    # Threat: a name that a stranger put into a certificate turns the words around it about.
    return tidy(found[0].value)


def _foreign() -> BadFile:
    return BadFile("certificate", "The certificate was not made by this program.")
