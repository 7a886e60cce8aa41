"""What others ask of the team: the agency, who is who, and what the agency has chosen."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import bindparam, select

from infusion_visits.core.desk import Who
from infusion_visits.core.errors import Missing
from infusion_visits.records.prepared import Prepared
from infusion_visits.records.rows import table_of
from infusion_visits.team.tables import (
    Agency,
    AgencyAuthority,
    CatalogueOverride,
    Member,
    MemberCertificate,
    MemberSecret,
    RevokedCertificate,
    Setting,
    TrustedAgency,
)
from infusion_visits.vault.certificates import Certificate, Trust
from infusion_visits.vault.keys import Sealed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from infusion_visits.records.unit_of_work import UnitOfWork
    from infusion_visits.vault.keys import Stretch

AGENCY, MEMBER, SETTING = table_of(Agency), table_of(Member), table_of(Setting)
SECRET = table_of(MemberSecret)
CATALOGUE = table_of(CatalogueOverride)
AUTHORITY, TRUSTED = table_of(AgencyAuthority), table_of(TrustedAgency)
CERTIFICATE, REVOKED = table_of(MemberCertificate), table_of(RevokedCertificate)
COORDINATOR = "coordinator"
ONE_SETTING = Prepared(select(SETTING.c.value).where(SETTING.c.key == bindparam("key")))
_SET_UP = Prepared(select(AGENCY).order_by(AGENCY.c.created_at))
_OWN = Prepared(select(TRUSTED).where(TRUSTED.c.own))
LOGO = "logo"
"""The setting that holds the agency's logo as `core.logo` packs it."""
UNITS = "units"
"""The setting that maps a quantity ("temperature") to the UCUM code meant when none is typed."""


@dataclass(frozen=True, slots=True)
class AgencyFacts:
    """The agency that this record belongs to; `zone` is its IANA zone."""

    id: UUID
    name: str
    telephone: str | None
    zone: str


@dataclass(frozen=True, slots=True)
class PinnedAgency:
    """An agency whose authority was pinned here; `own` is the one that this laptop works for.

    `serial` is that of its newest team packet and `packet` its bytes, None where none came.
    """

    name: str
    telephone: str | None
    certificate: Certificate
    serial: int
    own: bool
    packet: bytes | None

    @property
    def id(self) -> UUID:
        """The agency's id, as its authority says it."""
        return self.certificate.agency


def agency(unit: UnitOfWork) -> AgencyFacts:
    """The agency that this record works for. Raises Missing in a record that was not set up.

    That is the one that was set up here, until a team packet of another is joined.
    """
    row = _SET_UP.one(unit)
    if row is None:
        raise Missing("no-agency", "This record has no agency yet.")
    own = _OWN.one(unit)
    if own is not None and own["agency_id"] != row["id"]:
        return AgencyFacts(own["agency_id"], own["name"], own["telephone"], row["zone"])
    return AgencyFacts(row["id"], row["name"], row["telephone"], row["zone"])


def own_agency(unit: UnitOfWork) -> PinnedAgency | None:
    """The pinned authority of the own agency; None in a record of an earlier version."""
    row = _OWN.one(unit)
    return None if row is None else _pinned(row)


def pinned_agencies(unit: UnitOfWork) -> tuple[PinnedAgency, ...]:
    """All agencies whose authority was pinned, the own one first."""
    rows = unit.rows(select(TRUSTED).order_by(TRUSTED.c.own.desc(), TRUSTED.c.name))
    return tuple(_pinned(row) for row in rows)


def trust(unit: UnitOfWork) -> Trust:
    """The record's own list of whom it trusts. Where a certificate was revoked twice, earliest."""
    revoked: dict[str, datetime] = {}
    for row in unit.rows(select(REVOKED).order_by(REVOKED.c.revoked_at)):
        revoked.setdefault(row["sha256"], row["revoked_at"])
    return Trust(tuple(one.certificate for one in pinned_agencies(unit)), revoked)


def authority_row(unit: UnitOfWork) -> dict[str, Any] | None:
    """The own agency's authority, its key locked; None where another laptop holds it."""
    own = own_agency(unit)
    return (
        None if own is None else unit.one(select(AUTHORITY).where(AUTHORITY.c.agency_id == own.id))
    )


def certificates_of(unit: UnitOfWork, member: UUID) -> tuple[Certificate, ...]:
    """All certificates that were ever issued to a member, in the order in which they came."""
    found = unit.rows(
        select(CERTIFICATE.c.certificate)
        .where(CERTIFICATE.c.member_id == member)
        .order_by(CERTIFICATE.c.issued_at, CERTIFICATE.c.id)
    )
    return tuple(Certificate(row["certificate"]) for row in found)


def all_certificates(unit: UnitOfWork, agency: UUID) -> tuple[Certificate, ...]:
    """Every certificate that this agency's authority ever issued and that is known here."""
    found = unit.rows(select(CERTIFICATE.c.certificate).order_by(CERTIFICATE.c.id))
    known = (Certificate(row["certificate"]) for row in found)
    return tuple(one for one in known if one.agency == agency)


def revocations(unit: UnitOfWork, agency: UUID) -> dict[str, tuple[datetime, str]]:
    """What an agency has revoked: by SHA-256, from when on, and why. The earliest counts."""
    found: dict[str, tuple[datetime, str]] = {}
    rows = unit.rows(
        select(REVOKED).where(REVOKED.c.agency_id == agency).order_by(REVOKED.c.revoked_at)
    )
    for row in rows:
        found.setdefault(row["sha256"], (row["revoked_at"], row["reason"] or ""))
    return found


def present_members(unit: UnitOfWork) -> tuple[Who, ...]:
    """Everybody who has not left, in the order in which they came."""
    rows = unit.rows(
        select(MEMBER).where(MEMBER.c.left_at.is_(None)).order_by(MEMBER.c.created_at, MEMBER.c.id)
    )
    return tuple(_who(row) for row in rows)


def first_member(unit: UnitOfWork) -> UUID | None:
    """Who set the record up; when they have left, the next who has a key of their own here."""
    here = (who.id for who in present_members(unit))
    return next((one for one in here if key_or_none(unit, one) is not None), None)


def own_stretch(unit: UnitOfWork, member: UUID) -> Stretch:
    """What a guess at this member's passphrase costs. Raises Missing without a signing key."""
    row = unit.one(select(SECRET.c.wrapped).where(SECRET.c.member_id == member))
    if row is None:
        raise _keyless()
    return Sealed.from_plain(json.loads(row["wrapped"])).stretch


def members(unit: UnitOfWork) -> tuple[Who, ...]:
    """Everybody who ever charted here, also those who have left, by name."""
    rows = unit.rows(select(MEMBER).order_by(MEMBER.c.name, MEMBER.c.id))
    return tuple(_who(row) for row in rows)


def member(unit: UnitOfWork, id: UUID) -> Who:  # noqa: A002 - the field's word
    """One member. Raises Missing."""
    row = unit.one(select(MEMBER).where(MEMBER.c.id == id))
    if row is None:
        raise Missing("no-member", "This member is not in the record.")
    return _who(row)


def public_key(unit: UnitOfWork, id: UUID) -> bytes:  # noqa: A002 - the field's word
    """The key that verifies a member's signatures (uncompressed P-256 point). Raises Missing."""
    found = key_or_none(unit, id)
    if found is None:
        raise _keyless()
    return found


def key_or_none(unit: UnitOfWork, member: UUID) -> bytes | None:
    """The public key of a member who signs on this laptop; None for everybody else."""
    row = unit.one(select(SECRET.c.public_key).where(SECRET.c.member_id == member))
    return None if row is None else bytes(row["public_key"])


def settings(unit: UnitOfWork) -> dict[str, Any]:
    """All choices of the agency by key."""
    return {row["key"]: json.loads(row["value"]) for row in unit.rows(select(SETTING))}


def setting(unit: UnitOfWork, key: str, otherwise: Any = None) -> Any:
    """One choice, or `otherwise` where none was made."""
    row = ONE_SETTING.one(unit, key=key)
    return otherwise if row is None else json.loads(row["value"])


def preferred_units(unit: UnitOfWork) -> Mapping[str, str]:
    """The UCUM code meant for a quantity when a nurse types a bare figure."""
    found = setting(unit, UNITS, {})
    return {str(quantity): str(code) for quantity, code in found.items()}


@dataclass(frozen=True, slots=True)
class LoadedCatalogue:
    """A catalogue of the agency's own as it lies in the record; `text` is the file as loaded."""

    id: UUID
    name: str
    text: str
    digest: str
    loaded_at: datetime
    by: UUID


def loaded_catalogues(unit: UnitOfWork) -> tuple[LoadedCatalogue, ...]:
    """The agency's catalogues that count: the newest of each name, unless it was withdrawn.

    In the order in which they were loaded.
    """
    newest = {
        row["name"]: row
        for row in unit.rows(select(CATALOGUE).order_by(CATALOGUE.c.loaded_at, CATALOGUE.c.id))
    }
    counting = [row for row in newest.values() if row["withdraws"] is None]
    return tuple(
        LoadedCatalogue(
            row["id"],
            row["name"],
            row["text"] or "",
            row["digest"],
            row["loaded_at"],
            row["member_id"],
        )
        for row in sorted(counting, key=lambda row: (row["loaded_at"], row["id"].bytes))
    )


def may_change_catalogues(unit: UnitOfWork) -> bool:
    """Whether the member who unlocked may change what the whole agency goes by.

    A coordinator may. Where nobody of the team is one, as in an agency of a single nurse, anybody
    may: there is no other to ask.
    """
    here = [row for row in unit.rows(select(MEMBER)) if row["left_at"] is None]
    coordinators = {row["id"] for row in here if row["role"] == COORDINATOR}
    return not coordinators or unit.member in coordinators


def _pinned(row: Mapping[str, Any]) -> PinnedAgency:
    return PinnedAgency(
        row["name"],
        row["telephone"],
        Certificate(row["certificate"]),
        row["serial"],
        bool(row["own"]),
        row["packet"],
    )


def _keyless() -> Missing:
    return Missing("no-signing-key", "This member has no signing key in this record.")


def _who(row: Mapping[str, Any]) -> Who:
    return Who(row["id"], row["name"], row["credential"], row["role"])
