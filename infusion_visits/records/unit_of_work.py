"""One act upon the record: one transaction, one instant, one author, and its audit events."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2 as sqlcipher

from infusion_visits.records import change_log
from infusion_visits.records.database import said_plainly

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from types import TracebackType
    from uuid import UUID

    from sqlalchemy import Connection, Engine
    from sqlalchemy.sql import Select

    from infusion_visits.core.clock import Clock
    from infusion_visits.core.ids import Ids


class UnitOfWork:
    """What an act gets first. `with UnitOfWork(...) as unit: ...; unit.commit()`, else rolled back.

    `now` is the one instant of the whole act, read from the clock when it begins. `zone` is the
    IANA zone of the laptop. After `commit` the unit has ended and refuses further work.
    With `write=False` it only reads, beside a writer, and cannot be committed.
    """

    def __init__(
        self, engine: Engine, member: UUID, clock: Clock, ids: Ids, zone: str, *, write: bool = True
    ) -> None:
        self.member = member
        self.clock = clock
        self.ids = ids
        self.zone = zone
        self.now: datetime = clock.now()
        self._write = write
        self._engine = engine.execution_options(write=True) if write else engine
        self._connection: Connection | None = None
        self._changes: list[change_log.Change] = []

    def __enter__(self) -> Self:
        """Begins the act; raises DeviceTrouble `busy` when another writer does not finish."""
        self.now = self.clock.now()
        with said_plainly():
            connection = self._engine.connect()
            try:
                connection.begin()
            except BaseException:
                connection.close()
                raise
        self._connection = connection
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Rolls back whatever was not committed."""
        self._end()

    def commit(self) -> None:
        """Writes the audit events and makes the act durable; when it returns, the disk has it.

        Raises Refused or DeviceTrouble; then nothing of the act is in the record.
        """
        if not self._write:
            raise RuntimeError("a reading unit of work has nothing to commit")
        connection = self._open()
        try:
            change_log.write_changes(self, self._changes)
            with said_plainly():
                connection.commit()
        finally:
            self._end()

    def rows(self, statement: Select[Any]) -> list[dict[str, Any]]:
        """All rows of a SELECT as plain mappings by column name."""
        with said_plainly():
            found = self._open().execute(statement)
            names = tuple(found.keys())
            # `mappings()` costs as much again as reading the rows; a chart reads thousands.
            return [dict(zip(names, row, strict=True)) for row in found]

    def each(self, statement: Select[Any]) -> Iterator[dict[str, Any]]:
        """The rows of a long SELECT one after another, without holding all of them."""
        with said_plainly():
            found = self._open().execute(statement)
            names = tuple(found.keys())
            for row in found:
                yield dict(zip(names, row, strict=True))

    def one(self, statement: Select[Any]) -> dict[str, Any] | None:
        """The first row of a SELECT, or None."""
        with said_plainly():
            row = self._open().execute(statement).mappings().first()
        return None if row is None else dict(row)

    def run(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """One statement in the driver's own words and values; only for the rooms of `records`."""
        # Below the engine: a field's save is a handful of short statements, and each costs there
        # as much again as in the database itself.
        with said_plainly():
            return list(self._below().execute(sql, tuple(values)).fetchall())

    def run_many(self, sql: str, values: Sequence[tuple[Any, ...]]) -> None:
        """The same statement for many rows; only for the rooms of `records`."""
        with said_plainly():
            self._below().executemany(sql, values)

    def schema_version(self) -> str:
        """The name of the newest migration that this record has seen."""
        return str(self.run("SELECT version_num FROM alembic_version")[0][0])

    def schema(self) -> dict[tuple[str, str], str]:
        """The statements that made the tables, indexes and triggers, by kind and name."""
        from infusion_visits.records.migrate import schema_of

        with said_plainly():
            return schema_of(self._open())

    def changed(self, change: change_log.Change) -> None:
        """Remembers what the act did, for the audit events of its commit."""
        self._open()
        self._changes.append(change)

    def _open(self) -> Connection:
        if self._connection is None:
            raise RuntimeError("this unit of work has ended")
        return self._connection

    def _below(self) -> Any:
        return self._open().connection.driver_connection

    def _end(self) -> None:
        connection, self._connection = self._connection, None
        self._changes = []
        if connection is None:
            return
        try:
            connection.rollback()
        except (DBAPIError, sqlcipher.Error):
            # SQLite has already rolled back by itself (disk full); the first error is the one
            # that counts, and this connection is not used again.
            connection.invalidate()
        finally:
            connection.close()
