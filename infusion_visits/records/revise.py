"""The revision command's work: writes migrations, the trigger text in them, and schema.sql."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from infusion_visits.records import migrate, migrations
from infusion_visits.records.database import memory_engine
from infusion_visits.records.freeze import trigger_statements

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection, MetaData

_FOLDER = migrate.SCHEMA_FILE.parent
_INDENT = "    "


def rewrite_newest(metadata: MetaData, message: str) -> Path:
    """Writes the newest migration anew from the models. Only until that version is released.

    The first migration is never rewritten: records of its version are in use.
    """
    number = int(migrations.HEAD)
    if number == 1:
        raise ValueError("the first migration is released; add a further one")
    for path in (_FOLDER / "versions").glob(f"{number:04d}_*.py"):
        path.unlink()
    before = f"{number - 1:04d}"
    _set_head(before)
    return add_revision(metadata, message, after=before)


def add_revision(metadata: MetaData, message: str, *, after: str | None = None) -> Path:
    """Writes a further migration: what differs between the models and the newest version.

    The differences are Alembic's proposal; read them before they are committed. A new name for a
    column looks like one dropped and one added, and would lose what was charted.
    """
    from alembic import command

    number = f"{int(after or migrations.HEAD) + 1:04d}"
    engine = memory_engine()
    with engine.connect() as connection, connection.begin():
        migrate.run_steps(connection)
        command.revision(
            migrate.configured(connection, metadata),
            message=message,
            autogenerate=True,
            rev_id=number,
        )
    engine.dispose()
    (path,) = (_FOLDER / "versions").glob(f"{number}_*.py")
    text = path.read_text(encoding="utf-8")
    empty = "TRIGGERS: tuple[str, ...] = ()"
    whole = f"TRIGGERS: tuple[str, ...] = {_literal(trigger_statements(metadata))}"
    path.write_text(text.replace(empty, whole), encoding="utf-8")
    _set_head(number)
    write_schema_file()
    return path


def _set_head(number: str) -> None:
    front = _FOLDER / "__init__.py"
    front.write_text(
        re.sub(r'HEAD = "\d+"', f'HEAD = "{number}"', front.read_text(encoding="utf-8")),
        encoding="utf-8",
    )


def write_schema_file() -> None:
    """Writes the whole schema at the newest version, as the migrations make it."""
    engine = memory_engine()
    with engine.connect() as connection, connection.begin():
        migrate.run_steps(connection)
        text = "\n\n".join(f"{statement};" for statement in _whole_schema(connection))
    engine.dispose()
    head = "-- The whole schema at the newest version. Made by the revision command; never by hand."
    migrate.SCHEMA_FILE.write_text(f"{head}\n\n{text}\n", encoding="utf-8")


def _whole_schema(connection: Connection) -> list[str]:
    found = connection.exec_driver_sql(
        "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND tbl_name NOT LIKE 'sqlite_%' "
        "AND tbl_name <> 'alembic_version' ORDER BY type = 'trigger', type = 'index', name"
    )
    return [str(row[0]) for row in found]


def _literal(statements: tuple[str, ...]) -> str:
    parts = "".join(f'{_INDENT}"""\n{statement}\n""",\n' for statement in statements)
    return f"(\n{parts})"
