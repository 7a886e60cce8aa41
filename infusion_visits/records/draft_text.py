"""Half-typed text: kept while a field is being written, gone when its value is in its row.

Text that cannot be a value stays here until it is mended, so that nothing typed is ever dropped.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from sqlalchemy import TEXT, select
from sqlmodel import Field, SQLModel

from infusion_visits.records import cells
from infusion_visits.records.rows import FrozenWith, InstantText, UuidBytes, never, table_of

if TYPE_CHECKING:
    from infusion_visits.records.unit_of_work import UnitOfWork


class DraftText(SQLModel, table=True):
    """The raw text of one field that was not left yet, or that cannot be a value."""

    __tablename__ = "draft_text"
    frozen_with: ClassVar[FrozenWith] = never("half-typed text, of patients too; not yet charted")
    removable: ClassVar[bool] = True

    owner_kind: str = Field(primary_key=True, sa_type=TEXT, nullable=False)
    owner: UUID = Field(primary_key=True, sa_type=UuidBytes, nullable=False)
    cell: str = Field(primary_key=True, sa_type=TEXT, nullable=False)
    text: str = Field(sa_type=TEXT, nullable=False)
    typed_at: datetime = Field(sa_type=InstantText, nullable=False)


def keep(unit: UnitOfWork, owner_kind: str, owner: UUID, cell: str, text: str) -> None:
    """Keeps the text of the field at `cell` (its path) of a visit or a patient."""
    cells.put(
        unit,
        DraftText,
        {"owner_kind": owner_kind, "owner": owner, "cell": cell},
        {"text": text, "typed_at": unit.now},
    )


def drop(unit: UnitOfWork, owner_kind: str, owner: UUID, cell: str) -> None:
    """The field has its value; the text goes."""
    cells.remove(unit, DraftText, {"owner_kind": owner_kind, "owner": owner, "cell": cell})


def of_owner(unit: UnitOfWork, owner_kind: str, owner: UUID) -> dict[str, str]:
    """Half-typed texts of a visit or a patient, by the path of their cells."""
    table = table_of(DraftText)
    statement = select(table.c.cell, table.c.text).where(
        table.c.owner_kind == owner_kind, table.c.owner == owner
    )
    return {row["cell"]: row["text"] for row in unit.rows(statement)}


def last_typed(unit: UnitOfWork, owner_kind: str, owner: UUID) -> datetime | None:
    """When the newest half-typed text of a visit or a patient was kept."""
    table = table_of(DraftText)
    row = unit.one(
        select(table.c.typed_at)
        .where(table.c.owner_kind == owner_kind, table.c.owner == owner)
        .order_by(table.c.typed_at.desc())
        .limit(1)
    )
    return None if row is None else row["typed_at"]
