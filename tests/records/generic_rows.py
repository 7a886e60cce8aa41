"""Rows for any table, made from its columns alone, so that a new table is tried by itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import BLOB, Boolean, Integer, Table
from sqlalchemy.types import TypeDecorator

from infusion_visits.records.freeze import models, owner_column, rule_of
from infusion_visits.records.rows import (
    DayText,
    DecimalText,
    InstantText,
    KeysText,
    UuidBytes,
    table_of,
)

if TYPE_CHECKING:
    from sqlmodel import SQLModel

Row = dict[str, Any]


def key_of(number: int) -> bytes:
    """A made-up identifier."""
    return UUID(int=(7 << 76) | (2 << 62) | number).bytes


SIGNED, DRAFT = key_of(1), key_of(2)


@dataclass
class World:
    """A whole record of one row for each table and visit: one visit signed, one a draft."""

    connection: Any
    number: int = 100
    rows: dict[tuple[str, bytes], Row] = field(default_factory=dict)

    def fill(self) -> None:
        """Makes the rows, parents first; the snapshot of the signed visit last."""
        snapshot = None
        for table, model in sorted_models():
            if table.name == "visit_snapshot":
                snapshot = table
                continue
            for visit in (SIGNED, DRAFT) if is_of_a_visit(model) else (SIGNED,):
                self.insert(table, self.row(table, visit))
        assert snapshot is not None
        self.insert(snapshot, self.row(snapshot, SIGNED))

    def row(self, table: Table, visit: bytes) -> Row:
        """A row that fits: its owner the visit, its parents those already made for the visit."""
        owner = owner_column(table)
        row: Row = {}
        for column in table.columns:
            parents = sorted(key.target_fullname for key in column.foreign_keys)
            if column.name == owner:
                row[column.name] = visit
            elif parents and parents[0].startswith(f"{table.name}."):
                row[column.name] = None
            elif parents:
                name, _, parent_column = parents[0].partition(".")
                row[column.name] = self._parent(name, visit)[parent_column]
            else:
                row[column.name] = self.value(column.type)
        self.rows[table.name, visit] = row
        return row

    def new_key(self, table: Table, row: Row) -> Row:
        """The same row under keys of its own, its owner kept."""
        fresh = dict(row)
        for column in table.columns:
            if column.unique:
                fresh[column.name] = self.value(column.type)
        for column in table.primary_key.columns:
            if column.name != owner_column(table) and not column.foreign_keys:
                fresh[column.name] = self.value(column.type)
        return fresh

    def value(self, kind: Any) -> Any:
        """A value that the column stores, never the same for keys."""
        self.number += 1
        plain = {
            InstantText: "2026-11-21T15:00:00.000000Z",
            DayText: "2026-11-21",
            DecimalText: "37.0",
            KeysText: '["one"]',
        }
        if isinstance(kind, UuidBytes):
            return key_of(self.number)
        if isinstance(kind, TypeDecorator):
            return plain[type(kind)]
        if isinstance(kind, Boolean):
            return 1
        if isinstance(kind, Integer):
            return self.number
        return b"bytes" if isinstance(kind, BLOB) else f"text {self.number}"

    def insert(self, table: Table, row: Row, how: str = "INSERT") -> None:
        """Puts the row in, in the database's own words."""
        names = ", ".join(f'"{name}"' for name in row)
        places = ", ".join("?" * len(row))
        self.connection.execute(
            f'{how} INTO "{table.name}" ({names}) VALUES ({places})', tuple(row.values())
        )

    def _parent(self, name: str, visit: bytes) -> Row:
        return self.rows.get((name, visit)) or self.rows[name, SIGNED]


def sorted_models() -> list[tuple[Table, type[SQLModel]]]:
    """Every table with its model, parents before children."""
    known = models()
    metadata = table_of(next(iter(known.values()))).metadata
    return [(table, known[table.name]) for table in metadata.sorted_tables if table.name in known]


def is_of_a_visit(model: type[SQLModel]) -> bool:
    """Whether the table is frozen with a visit."""
    return rule_of(model).what == "visit"
