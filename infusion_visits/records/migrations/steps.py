"""What every step does around its own changes: triggers away first, back again last."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection


def drop_triggers(connection: Connection) -> None:
    """Takes all triggers away, so that a table can be made anew and signed rows carried over.

    Inside the transaction of the migration: at no moment does anybody see the record without.
    """
    found = connection.exec_driver_sql("SELECT name FROM sqlite_schema WHERE type = 'trigger'")
    for (name,) in list(found):
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"')


def run_each(connection: Connection, statements: Iterable[str]) -> None:
    """Runs statements as they are written; a colon in them has no meaning."""
    for statement in statements:
        connection.exec_driver_sql(statement)
