"""The base of every table: column types that keep what was written, and the heads of rows.

SQLModel classes only declare; rows are written and read by the few functions of this room.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import BLOB, TEXT, Dialect, Table
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel


class DecimalText(TypeDecorator[Decimal]):
    """A clinical decimal as text as written: SQLite's numeric would lose the zero of "37.0"."""

    impl = TEXT
    cache_ok = True

    def process_bind_param(self, value: Decimal | float | None, dialect: Dialect) -> str | None:
        """Decimal to plain text; floats are refused, they never were what was typed."""
        if value is None:
            return None
        if isinstance(value, float):
            raise TypeError("a clinical figure is a Decimal, never a float")
        return f"{Decimal(value):f}"

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        """Text to Decimal."""
        return None if value is None else Decimal(value)


class InstantText(TypeDecorator[datetime]):
    """A UTC instant as sortable text of fixed width, `2026-11-21T14:05:00.000000Z`."""

    impl = TEXT
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """Aware datetime to text; naive times are refused, their zone would be a guess."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise TypeError("an instant has a time zone")
        # strftime writes the year 1 as `1`, which sorts wrong and does not read back.
        return value.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Text to aware UTC datetime."""
        return None if value is None else datetime.fromisoformat(value)


class DayText(TypeDecorator[date]):
    """A calendar day at the patient's home, `2026-11-21`."""

    impl = TEXT
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:
        """Day to text."""
        return None if value is None else value.isoformat()

    def process_result_value(self, value: Any, dialect: Dialect) -> date | None:
        """Text to day."""
        return None if value is None else date.fromisoformat(value)


class UuidBytes(TypeDecorator[UUID]):
    """A UUID as its 16 bytes: half the size of text, and sorted by time for version 7."""

    impl = BLOB
    cache_ok = True

    def process_bind_param(self, value: UUID | None, dialect: Dialect) -> bytes | None:
        """UUID to bytes."""
        return None if value is None else value.bytes

    def process_result_value(self, value: Any, dialect: Dialect) -> UUID | None:
        """Bytes to UUID."""
        return None if value is None else UUID(bytes=value)


class KeysText(TypeDecorator[tuple[str, ...]]):
    """The chosen keys of a Many field, as a JSON list."""

    impl = TEXT
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> str | None:
        """Tuple to JSON."""
        return None if value is None else json.dumps(list(value), ensure_ascii=False)

    def process_result_value(self, value: Any, dialect: Dialect) -> tuple[str, ...] | None:
        """JSON to tuple."""
        return None if value is None else tuple(json.loads(value))


@dataclass(frozen=True, slots=True)
class FrozenWith:
    """When a table's rows may no longer change.

    `visit`: with the visit named in its `visit_id`, once that visit has a snapshot row.
    `append_only`: rows may be added, never changed or removed.
    `nothing`: goes on living, for the reason given.
    """

    what: str
    reason: str = ""


VISIT = FrozenWith("visit")
APPEND_ONLY = FrozenWith("append_only")


def never(reason: str) -> FrozenWith:
    """Rows go on living after a visit is signed, because of `reason`."""
    return FrozenWith("nothing", reason)


def optional(kind: Any, doc: str, **more: Any) -> Any:
    """A nullable column of a field: null is "not asked", never zero. `doc` names the unit."""
    return Field(default=None, sa_type=kind, sa_column_kwargs={"comment": doc}, **more)


def decimal_column(doc: str) -> Any:
    """A nullable figure; `doc` names the unit."""
    return optional(DecimalText, doc)


def text_column(doc: str) -> Any:
    """A nullable text or choice key."""
    return optional(TEXT, doc)


def instant_column(doc: str) -> Any:
    """A nullable UTC instant."""
    return optional(InstantText, doc)


def day_column(doc: str) -> Any:
    """A nullable local day."""
    return optional(DayText, doc)


def keys_column(doc: str) -> Any:
    """A nullable tuple of chosen keys."""
    return optional(KeysText, doc)


def uuid_column(doc: str, **more: Any) -> Any:
    """A nullable reference; name the table by `foreign_key="table.column"` where it has one."""
    return optional(UuidBytes, doc, **more)


def key_column(foreign_key: str | None = None) -> Any:
    """A UUID column of the primary key."""
    more: dict[str, Any] = {"foreign_key": foreign_key} if foreign_key else {}
    return Field(primary_key=True, sa_type=UuidBytes, nullable=False, **more)


def seq_column() -> Any:
    """The number of a row within its parent, from 1, part of the primary key, never used again."""
    return Field(primary_key=True, nullable=False, sa_column_kwargs={"autoincrement": False})


class Kept(SQLModel):
    """The head of every row: who wrote it and when, how often it changed, whether it was struck."""

    frozen_with: ClassVar[FrozenWith]

    created_at: datetime = Field(sa_type=InstantText, nullable=False)
    created_by: UUID = Field(sa_type=UuidBytes, nullable=False)
    updated_at: datetime = Field(sa_type=InstantText, nullable=False)
    updated_by: UUID = Field(sa_type=UuidBytes, nullable=False)
    revision: int = Field(nullable=False)
    struck_at: datetime | None = Field(default=None, sa_type=InstantText)
    struck_by: UUID | None = Field(default=None, sa_type=UuidBytes)
    struck_reason: str | None = Field(default=None, sa_type=TEXT)


class VisitRow(Kept):
    """The head of a row that belongs to one visit and is frozen with it."""

    frozen_with: ClassVar[FrozenWith] = VISIT

    visit_id: UUID = key_column("visit.id")


class PatientRow(Kept):
    """The head of a row that belongs to the patient and goes on living."""

    frozen_with: ClassVar[FrozenWith] = never(
        "belongs to the patient; a visit knows it by snapshot"
    )

    patient_id: UUID = key_column("patient.id")


class PatientThing(Kept):
    """The head of a row with an id of its own (declare `id: UUID = key_column()`): what travels."""

    frozen_with: ClassVar[FrozenWith] = never(
        "belongs to the patient; a visit knows it by snapshot"
    )

    patient_id: UUID = Field(
        sa_type=UuidBytes, nullable=False, foreign_key="patient.id", index=True
    )


def table_of(model: type[SQLModel]) -> Table:
    """The Core table that a model declares."""
    return model.__table__  # type: ignore[attr-defined, no-any-return]
