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
    CatalogueOverride,
    Member,
    MemberSecret,
    Setting,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from infusion_visits.records.unit_of_work import UnitOfWork

AGENCY, MEMBER, SETTING = table_of(Agency), table_of(Member), table_of(Setting)
SECRET = table_of(MemberSecret)
CATALOGUE = table_of(CatalogueOverride)
COORDINATOR = "coordinator"
ONE_SETTING = Prepared(select(SETTING.c.value).where(SETTING.c.key == bindparam("key")))
UNITS = "units"
"""The setting that maps a quantity ("temperature") to the UCUM code meant when none is typed."""


@dataclass(frozen=True, slots=True)
class AgencyFacts:
    """The agency that this record belongs to; `zone` is its IANA zone."""

    id: UUID
    name: str
    telephone: str | None
    zone: str


def agency(unit: UnitOfWork) -> AgencyFacts:
    """The agency. Raises Missing in a record that was not set up."""
    row = unit.one(select(AGENCY).order_by(AGENCY.c.created_at))
    if row is None:
        raise Missing("no-agency", "This record has no agency yet.")
    return AgencyFacts(row["id"], row["name"], row["telephone"], row["zone"])


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
    row = unit.one(select(SECRET.c.public_key).where(SECRET.c.member_id == id))
    if row is None:
        raise Missing("no-signing-key", "This member has no signing key in this record.")
    return bytes(row["public_key"])


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


def _who(row: Mapping[str, Any]) -> Who:
    return Who(row["id"], row["name"], row["credential"], row["role"])
