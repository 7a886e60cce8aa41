"""The audit trail: who changed which row from what to what, as a chain of digests.

Every event carries the digest of the one before it, so that an event changed, removed or put in
between is found. Cutting the tail is found by whoever holds a later head: each signature, note
and backup carries one.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from sqlalchemy import TEXT, select
from sqlmodel import Field, SQLModel

from infusion_visits.records.rows import APPEND_ONLY, FrozenWith, InstantText, UuidBytes, table_of

if TYPE_CHECKING:
    from infusion_visits.records.unit_of_work import UnitOfWork

START = "0" * 64
"""The digest before the first event."""


class AuditEvent(SQLModel, table=True):
    """One thing that was done in the record, by whom and when."""

    __tablename__ = "audit_event"
    frozen_with: ClassVar[FrozenWith] = APPEND_ONLY

    n: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    at: datetime = Field(sa_type=InstantText, nullable=False)
    zone: str = Field(sa_type=TEXT, nullable=False)
    member: UUID = Field(sa_type=UuidBytes, nullable=False)
    kind: str = Field(sa_type=TEXT, nullable=False)
    subject: str = Field(sa_type=TEXT, nullable=False)
    row: str = Field(sa_type=TEXT, nullable=False, index=True)
    changes: str = Field(sa_type=TEXT, nullable=False)
    previous: str = Field(sa_type=TEXT, nullable=False)
    sha256: str = Field(sa_type=TEXT, nullable=False)


@dataclass(frozen=True, slots=True)
class Change:
    """What one act did to one row (or which chart it opened).

    `subject` is the table, `row` its key as text, `fields` the former and the new value by column.
    """

    kind: str
    subject: str
    row: str
    fields: Mapping[str, tuple[Any, Any]]


@dataclass(frozen=True, slots=True)
class ChainState:
    """How the chain was found: how many events, its head, and the first event that does not fit."""

    events: int
    sha256: str
    broken_at: int | None = None

    @property
    def whole(self) -> bool:
        """True when every event fits the one before it."""
        return self.broken_at is None


def canonical(value: Any) -> str:
    """RFC 8785 text of texts, whole numbers, nulls, lists and mappings with ASCII names."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def shown(value: Any) -> Any:
    """A stored value as the trail keeps it: bytes only by digest, all else as text or whole number.

    Keys and drawn pages are large, and a wrapped key has no business in a second place.
    """
    if isinstance(value, bytes):
        return f"sha256:{hashlib.sha256(value).hexdigest()}"
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, int):
        return int(value)
    return str(value)


_COLUMNS = (
    "n",
    "at",
    "zone",
    "member",
    "kind",
    "subject",
    "row",
    "changes",
    "previous",
    "sha256",
)
_INSERT = (
    f"INSERT INTO audit_event ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"
)
_HEAD = "SELECT n, sha256 FROM audit_event ORDER BY n DESC LIMIT 1"


def write_changes(unit: UnitOfWork, changes: Sequence[Change]) -> None:
    """Adds the events of an act to the chain, in the act's own transaction. The one hook."""
    if not changes:
        return
    n, previous = head(unit)
    at = _instant(unit.now)
    member = str(unit.member)
    written = []
    for change in changes:
        n += 1
        fields = {name: [shown(old), shown(new)] for name, (old, new) in change.fields.items()}
        parts = (at, unit.zone, member, change.kind, change.subject, change.row, canonical(fields))
        digest = _digest(n, parts, previous)
        written.append(
            (n, at, unit.zone, unit.member.bytes, *parts[3:], previous, digest),
        )
        previous = digest
    unit.run_many(_INSERT, written)


def note_event(unit: UnitOfWork, kind: str, subject: UUID | None, words: str = "") -> None:
    """Adds something that changed no row: "chart opened", "workspace opened", "unlocked"."""
    fields = {"words": (None, words)} if words else {}
    unit.changed(Change(kind, "", str(subject) if subject else "", fields))


@dataclass(frozen=True, slots=True)
class Event:
    """One event found again: its number, instant and kind."""

    n: int
    at: datetime
    kind: str


def last_event(unit: UnitOfWork, subject: UUID, kinds: Sequence[str]) -> Event | None:
    """The last event of one of these kinds about `subject`; None where there was none."""
    table = table_of(AuditEvent)
    row = unit.one(
        select(table.c.n, table.c.at, table.c.kind)
        .where(table.c.row == str(subject), table.c.kind.in_(kinds))
        .order_by(table.c.n.desc())
        .limit(1)
    )
    return None if row is None else Event(row["n"], row["at"], row["kind"])


def last_change_since(unit: UnitOfWork, n: int) -> datetime | None:
    """When the last row was changed after event `n`; None when none was."""
    table = table_of(AuditEvent)
    row = unit.one(
        select(table.c.at)
        .where(table.c.n > n, table.c.subject != "")
        .order_by(table.c.n.desc())
        .limit(1)
    )
    return None if row is None else row["at"]


def last_of(unit: UnitOfWork, kinds: Sequence[str]) -> Event | None:
    """The last event of one of these kinds, whatever it was about; None where there was none."""
    table = table_of(AuditEvent)
    row = unit.one(
        select(table.c.n, table.c.at, table.c.kind)
        .where(table.c.kind.in_(kinds))
        .order_by(table.c.n.desc())
        .limit(1)
    )
    return None if row is None else Event(row["n"], row["at"], row["kind"])


def head(unit: UnitOfWork) -> tuple[int, str]:
    """The number and digest of the last event; `(0, START)` in an empty record."""
    found = unit.run(_HEAD)
    return (found[0][0], found[0][1]) if found else (0, START)


def digest_at(unit: UnitOfWork, n: int) -> str | None:
    """The digest of event `n`, to be held against a head that was written down elsewhere."""
    found = unit.run("SELECT sha256 FROM audit_event WHERE n = ?", (n,))
    return str(found[0][0]) if found else None


def verify_chain(unit: UnitOfWork) -> ChainState:
    """Goes over the whole chain; about a quarter of a second for each 50,000 events."""
    expected, previous = 1, START
    statement = select(table_of(AuditEvent)).order_by(table_of(AuditEvent).c.n)
    for row in unit.each(statement):
        parts = (
            _instant(row["at"]),
            row["zone"],
            str(row["member"]),
            row["kind"],
            row["subject"],
            row["row"],
            row["changes"],
        )
        fits = row["n"] == expected and row["previous"] == previous
        if not fits or row["sha256"] != _digest(row["n"], parts, previous):
            return ChainState(expected - 1, previous, broken_at=expected)
        expected, previous = expected + 1, row["sha256"]
    return ChainState(expected - 1, previous)


def _digest(n: int, parts: Sequence[str], previous: str) -> str:
    text = canonical([n, *parts, previous])
    return hashlib.sha256(text.encode()).hexdigest()


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
