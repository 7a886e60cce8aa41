"""A SELECT that is put together once: for what is asked at every field that is left.

Putting a statement together and having it compiled costs several times as much as running it.
"""

from __future__ import annotations

from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, select
from sqlalchemy.dialects.sqlite import dialect as sqlite_dialect

from infusion_visits.records.rows import table_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from uuid import UUID

    from sqlalchemy.sql import Select
    from sqlalchemy.types import TypeEngine
    from sqlmodel import SQLModel

    from infusion_visits.records.unit_of_work import UnitOfWork

    Turn = Callable[[Any], Any] | None

_DIALECT = sqlite_dialect()


def owned_rows(
    unit: UnitOfWork, model: type[SQLModel], owner: tuple[str, UUID | str], keys: tuple[str, ...]
) -> list[dict[str, Any]]:
    """All rows of a table whose column named first in `owner` has its value, ordered by `keys`."""
    column, value = owner
    return _owned(model, column, keys).rows(unit, owner=value)


@cache
def _owned(model: type[SQLModel], column: str, keys: tuple[str, ...]) -> Prepared:
    table = table_of(model)
    return Prepared(
        select(table)
        .where(table.c[column] == bindparam("owner"))
        .order_by(*(table.c[key] for key in keys))
    )


class Prepared:
    """A SELECT whose bound parameters (`bindparam`) get their values when it is run; no lists."""

    def __init__(self, statement: Select[Any]) -> None:
        self._statement = statement

    def rows(self, unit: UnitOfWork, **values: Any) -> list[dict[str, Any]]:
        """All rows by column name, as UnitOfWork.rows gives them. KeyError without a value."""
        sql, given, columns = self._compiled
        stored = [_meant(name, binder, fixed, values) for name, binder, fixed in given]
        return [
            {
                name: turn(value) if turn else value
                for (name, turn), value in zip(columns, row, strict=True)
            }
            for row in unit.run(sql, stored)
        ]

    def one(self, unit: UnitOfWork, **values: Any) -> dict[str, Any] | None:
        """The first row, or None."""
        return next(iter(self.rows(unit, **values)), None)

    @cached_property
    def _compiled(
        self,
    ) -> tuple[str, tuple[tuple[str, Turn, Any], ...], tuple[tuple[str, Turn], ...]]:
        compiled = self._statement.compile(dialect=_DIALECT)
        fixed = compiled.params
        given = tuple(
            (name, binder := _binder(compiled.binds[name].type), _stored(binder, fixed[name]))
            for name in compiled.positiontup or ()
        )
        columns = tuple(
            (column.key or "", _reader(column.type)) for column in self._statement.selected_columns
        )
        return str(compiled), given, columns


def _binder(kind: TypeEngine[Any]) -> Turn:
    return kind.dialect_impl(_DIALECT).bind_processor(_DIALECT)


def _reader(kind: TypeEngine[Any]) -> Turn:
    return kind.dialect_impl(_DIALECT).result_processor(_DIALECT, None)


def _meant(name: str, binder: Turn, fixed: Any, values: Mapping[str, Any]) -> Any:
    return fixed if fixed is not None else _stored(binder, values[name])


def _stored(binder: Turn, value: Any) -> Any:
    return binder(value) if binder and value is not None else value
