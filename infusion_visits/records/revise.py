"""The revision command's work: writes migrations, the trigger text in them, and schema.sql."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from sqlalchemy.schema import CreateIndex, CreateTable

from infusion_visits.records import migrate, migrations
from infusion_visits.records.database import memory_engine
from infusion_visits.records.freeze import trigger_statements

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection, MetaData

_FOLDER = migrate.SCHEMA_FILE.parent
_FIRST = _FOLDER / "versions" / "0001_first.py"
_INDENT = "    "

_FIRST_TEXT = '''"""The first schema."""

# ruff: noqa: E501 - the text is made by the revision command
from __future__ import annotations

from alembic import op

from infusion_visits.records.migrations.steps import drop_triggers, run_each

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TABLES = {tables}

TRIGGERS: tuple[str, ...] = {triggers}


def upgrade() -> None:
    """Makes every table of the first version."""
    drop_triggers(op.get_bind())
    run_each(op.get_bind(), TABLES)
    run_each(op.get_bind(), TRIGGERS)
'''


def rewrite_first(metadata: MetaData) -> Path:
    """Writes the first migration anew from the models. Only until the first release."""
    _FIRST.write_text(first_text(metadata), encoding="utf-8")
    write_schema_file()
    return _FIRST


def first_text(metadata: MetaData) -> str:
    """The text of the first migration for these models."""
    return _FIRST_TEXT.format(
        tables=_literal(table_statements(metadata)),
        triggers=_literal(trigger_statements(metadata)),
    )


def add_revision(metadata: MetaData, message: str) -> Path:
    """Writes a further migration: what differs between the models and the newest version.

    The differences are Alembic's proposal; read them before they are committed. A new name for a
    column looks like one dropped and one added, and would lose what was charted.
    """
    from alembic import command

    number = f"{int(migrations.HEAD) + 1:04d}"
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
    front = _FOLDER / "__init__.py"
    front.write_text(
        re.sub(r'HEAD = "\d+"', f'HEAD = "{number}"', front.read_text(encoding="utf-8")),
        encoding="utf-8",
    )
    write_schema_file()
    return path


def table_statements(metadata: MetaData) -> tuple[str, ...]:
    """The CREATE TABLE and CREATE INDEX statements of all models, parents before children."""
    engine = memory_engine()
    statements = []
    for table in metadata.sorted_tables:
        statements.append(_text(CreateTable(table).compile(engine)))
        indexes = sorted(table.indexes, key=lambda index: str(index.name))
        statements += [_text(CreateIndex(index).compile(engine)) for index in indexes]
    engine.dispose()
    return tuple(statements)


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


def _text(compiled: Any) -> str:
    lines = str(compiled).replace("\t", _INDENT).splitlines()
    return "\n".join(line.rstrip() for line in lines if line.strip())


def _literal(statements: tuple[str, ...]) -> str:
    parts = "".join(f'{_INDENT}"""\n{statement}\n""",\n' for statement in statements)
    return f"(\n{parts})"
