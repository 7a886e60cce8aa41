"""The few ways in which a row comes to be, changes or is struck out.

The one place that keeps the head of a row (who, when, revision) and tells the audit trail.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import Column
from sqlalchemy.dialects.sqlite import dialect as sqlite_dialect

from infusion_visits.core.errors import Missing, Refused
from infusion_visits.records.change_log import Change
from infusion_visits.records.rows import APPEND_ONLY, UuidBytes, table_of

if TYPE_CHECKING:
    from sqlmodel import SQLModel

    from infusion_visits.core.kinds import StrikeReason
    from infusion_visits.records.unit_of_work import UnitOfWork

_DIALECT = sqlite_dialect()
_HEAD = frozenset({"created_at", "created_by", "updated_at", "updated_by", "revision"})
_STRUCK = frozenset({"struck_at", "struck_by", "struck_reason"})


def put(
    unit: UnitOfWork,
    table: type[SQLModel],
    keys: Mapping[str, Any],
    columns: Mapping[str, Any],
) -> None:
    """Sets `columns` of the row with the whole primary key `keys`, making the row where it is not.

    Columns that already hold the value are left alone; where all do, nothing is written at all.
    Raises Refused `frozen` (the visit is signed), Refused `struck` (the row was struck out).
    """
    shape = _shape(table)
    shape.refuse_lasting()
    stored_keys = shape.stored_keys(keys)
    stored = shape.stored(columns)
    former = shape.former(unit, stored, stored_keys)
    if former is None:
        _insert(unit, shape, {**stored_keys, **stored})
        return
    if former.pop("struck_at", None) is not None:
        raise Refused("struck", "This entry was struck out and stays as it is.")
    changed = {name: value for name, value in stored.items() if former[name] != value}
    if changed:
        _update(unit, shape, "changed", stored_keys, former, changed)


def append(
    unit: UnitOfWork,
    table: type[SQLModel],
    keys: Mapping[str, Any],
    columns: Mapping[str, Any],
    sequence: str | None = "seq",
) -> dict[str, Any]:
    """Adds a row and returns its whole key.

    `keys` is the key without the column `sequence`, which gets the next number within them,
    from 1 and never one that was used before (rows are struck out, not removed). With
    `sequence` None the keys are whole. Raises Refused `frozen`.
    """
    shape = _shape(table)
    whole = dict(keys)
    if sequence is not None:
        whole[sequence] = shape.next_number(unit, sequence, keys)
    _insert(unit, shape, {**shape.stored_keys(whole), **shape.stored(columns)})
    return whole


def add(unit: UnitOfWork, table: type[SQLModel], columns: Mapping[str, Any]) -> None:
    """Adds a row that was written to last (a signature, a snapshot): it can never be changed."""
    shape = _shape(table)
    keys = shape.stored_keys({name: columns[name] for name in shape.keys})
    rest = {name: value for name, value in columns.items() if name not in keys}
    _insert(unit, shape, {**keys, **shape.stored(rest)})


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a row was written that comes from another laptop: by whom and when.

    `known_at` is the instant as of which the row is said to be so; of two, the later counts.
    """

    at: datetime
    by: UUID
    known_at: datetime
    known_by: UUID


def bring(
    unit: UnitOfWork,
    table: type[SQLModel],
    keys: Mapping[str, Any],
    columns: Mapping[str, Any],
    origin: Origin,
) -> bool:
    """Adds or follows a row that was written on another laptop; its head tells where and when.

    True when something was written. A row that was struck out there is struck out here. What
    should not change is not asked for: the caller decides what the newer row may say.
    Raises Refused `frozen`.
    """
    shape = _shape(table)
    stored_keys = shape.stored_keys(keys)
    stored = shape.stored(columns)
    former = shape.former(unit, stored, stored_keys)
    if former is None:
        _insert(unit, shape, {**stored_keys, **stored}, origin)
        return True
    shape.refuse_lasting()
    changed = {name: value for name, value in stored.items() if former[name] != value}
    if changed:
        _update(unit, shape, "changed", stored_keys, former, changed, origin)
    return bool(changed)


def strike(
    unit: UnitOfWork,
    table: type[SQLModel],
    keys: Mapping[str, Any],
    reason: StrikeReason,
) -> None:
    """Strikes a mistaken row out; it stays, legible, with the reason. Twice is as good as once.

    Raises Missing when there is no such row, Refused `frozen`.
    """
    shape = _shape(table)
    shape.refuse_lasting()
    stored_keys = shape.stored_keys(keys)
    columns = {"struck_at": unit.now, "struck_by": unit.member, "struck_reason": reason.value}
    stored = shape.stored(columns)
    former = shape.former(unit, stored, stored_keys)
    if former is None:
        raise Missing("no-such-row", "The entry to be struck out is not in the record.")
    if former["struck_at"] is None:
        _update(unit, shape, "struck", stored_keys, former, stored)


def remove(unit: UnitOfWork, table: type[SQLModel], keys: Mapping[str, Any]) -> None:
    """Removes a row of a table that says `removable` (half-typed text). No row is no error.

    Nothing clinical can be removed: every other table is refused with TypeError.
    """
    if not getattr(table, "removable", False):
        raise TypeError(f"rows of {table_of(table).name} are struck out, never removed")
    shape = _shape(table)
    stored_keys = shape.stored_keys(keys)
    unit.run(f"DELETE FROM {shape.quoted} WHERE {shape.where}", tuple(stored_keys.values()))


@dataclass(frozen=True)
class _Shape:
    """What must be known of a table to write its rows in the driver's own words."""

    name: str
    quoted: str
    keys: tuple[str, ...]
    columns: Mapping[str, Column[Any]]
    binders: Mapping[str, Callable[[Any], Any] | None]
    watched: bool
    lasting: bool

    @property
    def where(self) -> str:
        return " AND ".join(f'"{key}" = ?' for key in self.keys)

    def refuse_lasting(self) -> None:
        if self.lasting:
            raise TypeError(f"rows of {self.name} are added, never changed")

    def stored_keys(self, keys: Mapping[str, Any]) -> dict[str, Any]:
        if set(keys) != set(self.keys):
            raise ValueError(f"the key of {self.name} is {', '.join(self.keys)}")
        return {name: self.bound(name, keys[name]) for name in self.keys}

    def stored(self, columns: Mapping[str, Any]) -> dict[str, Any]:
        for name in columns:
            if name in self.keys or name in _HEAD:
                raise ValueError(f"{self.name}.{name} is not written by hand")
        return {name: self.bound(name, value) for name, value in columns.items()}

    def bound(self, name: str, value: Any) -> Any:
        try:
            binder = self.binders[name]
        except KeyError:
            raise ValueError(f"{self.name} has no column {name}") from None
        return binder(value) if binder else value

    def former(
        self, unit: UnitOfWork, wanted: Mapping[str, Any], keys: Mapping[str, Any]
    ) -> dict[str, Any] | None:
        """The stored values of the wanted columns and `struck_at`; None without a row."""
        names = list(wanted)
        if "struck_at" in self.columns and "struck_at" not in wanted:
            names.append("struck_at")
        listed = ", ".join(f'"{name}"' for name in names) or "1"
        sql = f"SELECT {listed} FROM {self.quoted} WHERE {self.where}"
        found = unit.run(sql, tuple(keys.values()))
        return dict(zip(names, found[0], strict=False)) if found else None

    def next_number(self, unit: UnitOfWork, sequence: str, keys: Mapping[str, Any]) -> int:
        if {*keys, sequence} != set(self.keys):
            raise ValueError(f"the key of {self.name} is {', '.join(self.keys)}")
        where = " AND ".join(f'"{key}" = ?' for key in keys)
        sql = f'SELECT max("{sequence}") FROM {self.quoted} WHERE {where}'
        found = unit.run(sql, tuple(self.bound(key, value) for key, value in keys.items()))
        return int(found[0][0] or 0) + 1

    def row_text(self, stored: Mapping[str, Any]) -> str:
        """The key as text, its parts joined by slashes."""
        return "/".join(str(self.plain(key, stored[key])) for key in self.keys)

    def plain(self, name: str, stored: Any) -> Any:
        """A stored value with identifiers as text."""
        if isinstance(stored, bytes) and isinstance(self.columns[name].type, UuidBytes):
            return str(UUID(bytes=stored))
        return stored


@cache
def _shape(model: type[SQLModel]) -> _Shape:
    table = table_of(model)
    return _Shape(
        name=table.name,
        quoted=f'"{table.name}"',
        keys=tuple(column.name for column in table.primary_key.columns),
        columns=dict(table.columns.items()),
        binders={
            name: column.type.dialect_impl(_DIALECT).bind_processor(_DIALECT)
            for name, column in table.columns.items()
        },
        # Half-typed text is written every two seconds; the trail keeps what it became.
        watched=not getattr(model, "removable", False),
        lasting=getattr(model, "frozen_with", None) == APPEND_ONLY,
    )


def _insert(
    unit: UnitOfWork, shape: _Shape, stored: Mapping[str, Any], origin: Origin | None = None
) -> None:
    row = dict(stored)
    if "created_at" in shape.columns:
        row.update(_author(unit, shape, "created", origin))
        row.update(_author(unit, shape, "updated", origin))
        row["revision"] = 1
    names = ", ".join(f'"{name}"' for name in row)
    places = ", ".join("?" * len(row))
    unit.run(f"INSERT INTO {shape.quoted} ({names}) VALUES ({places})", tuple(row.values()))
    if shape.watched:
        fields = {
            name: (None, shape.plain(name, value))
            for name, value in stored.items()
            if name not in shape.keys and value is not None
        }
        unit.changed(Change("added", shape.name, shape.row_text(stored), fields))


def _update(
    unit: UnitOfWork,
    shape: _Shape,
    kind: str,
    keys: Mapping[str, Any],
    former: Mapping[str, Any],
    changed: Mapping[str, Any],
    origin: Origin | None = None,
) -> None:
    row = dict(changed)
    revision = ""
    if "updated_at" in shape.columns:
        row.update(_author(unit, shape, "updated", origin))
        revision = ', "revision" = "revision" + 1'
    sets = ", ".join(f'"{name}" = ?' for name in row)
    sql = f"UPDATE {shape.quoted} SET {sets}{revision} WHERE {shape.where}"
    unit.run(sql, (*row.values(), *keys.values()))
    if shape.watched:
        fields = {
            name: (shape.plain(name, former[name]), shape.plain(name, value))
            for name, value in changed.items()
        }
        unit.changed(Change(kind, shape.name, shape.row_text(keys), fields))


def _author(
    unit: UnitOfWork, shape: _Shape, what: str, origin: Origin | None = None
) -> dict[str, Any]:
    at, by = unit.now, unit.member
    if origin is not None:
        created = what == "created"
        at = origin.at if created else origin.known_at
        by = origin.by if created else origin.known_by
    return {f"{what}_at": shape.bound(f"{what}_at", at), f"{what}_by": by.bytes}
