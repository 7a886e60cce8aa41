"""The agency, its members, their wrapped signing keys, and the agency's choices."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import BLOB, TEXT
from sqlmodel import Field

from infusion_visits.records.rows import (
    APPEND_ONLY,
    FrozenWith,
    InstantText,
    Kept,
    UuidBytes,
    instant_column,
    key_column,
    never,
    text_column,
    uuid_column,
)

_LIVES = never("people and choices change; a signed visit names its people by snapshot")


class Agency(Kept, table=True):
    """The agency that this record belongs to: exactly one row."""

    __tablename__ = "agency"
    frozen_with: ClassVar[FrozenWith] = _LIVES

    id: UUID = key_column()
    name: str = Field(sa_type=TEXT, nullable=False)
    telephone: str | None = Field(default=None, sa_type=TEXT)
    zone: str = Field(sa_type=TEXT, nullable=False)


class Member(Kept, table=True):
    """A person of the agency who charts, signs or reviews. Members leave, their rows stay."""

    __tablename__ = "member"
    frozen_with: ClassVar[FrozenWith] = _LIVES

    id: UUID = key_column()
    name: str = Field(sa_type=TEXT, nullable=False)
    credential: str = Field(sa_type=TEXT, nullable=False)
    role: str = Field(sa_type=TEXT, nullable=False)
    left_at: datetime | None = instant_column("when the member left the agency")


class MemberSecret(Kept, table=True):
    """A member's P-256 signing key, wrapped under that member's passphrase alone."""

    __tablename__ = "member_secret"
    frozen_with: ClassVar[FrozenWith] = _LIVES

    member_id: UUID = key_column("member.id")
    wrapped: bytes = Field(sa_type=BLOB, nullable=False)
    public_key: bytes = Field(sa_type=BLOB, nullable=False)


class Setting(Kept, table=True):
    """One choice of the agency (units, paper, language), as JSON text."""

    __tablename__ = "setting"
    frozen_with: ClassVar[FrozenWith] = _LIVES

    key: str = Field(primary_key=True, sa_type=TEXT, nullable=False)
    value: str = Field(sa_type=TEXT, nullable=False)


class CatalogueOverride(Kept, table=True):
    """A clinical catalogue of the agency's own as it was loaded, or that one was withdrawn.

    Nothing here is ever changed: which figures counted on which day stays told. The newest row of
    a name counts; one that `withdraws` another leaves the program's own catalogue.
    """

    __tablename__ = "catalogue_override"
    frozen_with: ClassVar[FrozenWith] = APPEND_ONLY

    id: UUID = key_column()
    name: str = Field(sa_type=TEXT, nullable=False, index=True)
    text: str | None = text_column("the file as loaded, TOML; none in a withdrawal")
    digest: str = Field(sa_type=TEXT, nullable=False)
    loaded_at: datetime = Field(sa_type=InstantText, nullable=False)
    member_id: UUID = Field(sa_type=UuidBytes, nullable=False, foreign_key="member.id")
    withdraws: UUID | None = uuid_column("the row that no longer counts")


class AgencyAuthority(Kept, table=True):
    """The agency's own certificate authority: exactly one row, made at set-up.

    `wrapped` is its private key, locked with the passphrase of `holder_id` alone; a laptop that
    joined an agency holds none.
    """

    __tablename__ = "agency_authority"
    frozen_with: ClassVar[FrozenWith] = never("the key is wrapped anew when its holder changes")

    agency_id: UUID = key_column()
    certificate: bytes = Field(sa_type=BLOB, nullable=False)
    wrapped: bytes = Field(sa_type=BLOB, nullable=False)
    holder_id: UUID = Field(sa_type=UuidBytes, nullable=False, foreign_key="member.id")


class MemberCertificate(Kept, table=True):
    """A certificate that an authority issued to a member, of this laptop or of another."""

    __tablename__ = "member_certificate"
    frozen_with: ClassVar[FrozenWith] = APPEND_ONLY

    id: UUID = key_column()
    member_id: UUID = Field(sa_type=UuidBytes, nullable=False, foreign_key="member.id", index=True)
    certificate: bytes = Field(sa_type=BLOB, nullable=False)
    sha256: str = Field(sa_type=TEXT, nullable=False)
    issued_at: datetime = Field(sa_type=InstantText, nullable=False)


class TrustedAgency(Kept, table=True):
    """An agency whose authority was pinned on this laptop by an explicit act.

    `own` marks the one that this laptop works for; `serial` is that of its newest team packet,
    so that an older one is refused.
    """

    __tablename__ = "trusted_agency"
    frozen_with: ClassVar[FrozenWith] = never("a newer team packet replaces an older one")

    agency_id: UUID = key_column()
    name: str = Field(sa_type=TEXT, nullable=False)
    telephone: str | None = text_column("how the agency is reached")
    certificate: bytes = Field(sa_type=BLOB, nullable=False)
    sha256: str = Field(sa_type=TEXT, nullable=False)
    serial: int = Field(nullable=False)
    own: bool = Field(nullable=False)
    packet: bytes | None = Field(default=None, sa_type=BLOB)
    pinned_at: datetime = Field(sa_type=InstantText, nullable=False)


class RevokedCertificate(Kept, table=True):
    """A certificate that counts no longer for what is signed from `revoked_at` on.

    Revoked twice, the earlier instant counts: that a laptop was lost is often learned in steps.
    """

    __tablename__ = "revoked_certificate"
    frozen_with: ClassVar[FrozenWith] = APPEND_ONLY

    sha256: str = Field(primary_key=True, sa_type=TEXT, nullable=False)
    agency_id: UUID = Field(sa_type=UuidBytes, nullable=False)
    revoked_at: datetime = Field(primary_key=True, sa_type=InstantText, nullable=False)
    reason: str | None = text_column("why: left the agency, laptop lost")
