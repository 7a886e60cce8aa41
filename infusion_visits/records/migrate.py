"""Brings a record of an earlier version to this one; the folder makes an encrypted copy first."""

from __future__ import annotations

import sqlite3
from argparse import Namespace
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from infusion_visits.core.errors import DeviceTrouble
from infusion_visits.records.database import said_plainly
from infusion_visits.records.migrations import HEAD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection, Engine, MetaData

_FOLDER = Path(__file__).parent / "migrations"
_VERSION_TABLE = (
    "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, "
    "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
)
SCHEMA_FILE = _FOLDER / "schema.sql"


@dataclass(frozen=True, slots=True)
class Steps:
    """The migrations of a program: where they lie, and the number of the newest."""

    folder: Path = _FOLDER
    head: str = HEAD


STEPS = Steps()


def version_of(engine: Engine) -> str | None:
    """The record's version, None in an empty file."""
    with said_plainly(), engine.connect() as connection:
        return _version(connection)


def fits(engine: Engine, steps: Steps = STEPS) -> bool:
    """Whether the record needs no migration. Imports no migration tool.

    Raises DeviceTrouble `newer` when a newer program made the record.
    """
    version = version_of(engine)
    if version is None:
        raise DeviceTrouble(
            "damaged",
            "The record's file is empty or damaged. Do not work on in it: restore the newest copy.",
        )
    if int(version) > int(steps.head):
        raise DeviceTrouble(
            "newer",
            "This record was made by a newer version of the program. Update the program first; "
            "nothing was changed.",
        )
    return version == steps.head


def make_new(engine: Engine) -> None:
    """Makes an empty file a record of this version, in one transaction.

    Straight from schema.sql, which is what all steps together come to (a test compares them): no
    step is run and no migration tool imported.
    """
    with (
        said_plainly(),
        engine.execution_options(write=True).connect() as connection,
        connection.begin(),
    ):
        for statement in _statements(SCHEMA_FILE.read_text(encoding="utf-8")):
            connection.exec_driver_sql(statement)
        connection.exec_driver_sql(_VERSION_TABLE)
        connection.exec_driver_sql("INSERT INTO alembic_version VALUES (?)", (HEAD,))


def _statements(text: str) -> Iterator[str]:
    """The statements of a script; the body of a trigger has semicolons of its own."""
    lines: list[str] = []
    for line in text.splitlines():
        lines.append(line)
        if line.endswith(";") and sqlite3.complete_statement("\n".join(lines)):
            yield "\n".join(lines)
            lines = []


def migrate(engine: Engine, steps: Steps = STEPS) -> None:
    """Runs all missing steps in one transaction: afterwards the record is old or new, never half.

    Foreign keys are off around it, because a table is made anew by copying it, and are all
    checked before the commit.
    """
    with said_plainly(), engine.execution_options(write=True).connect() as connection:
        driver: Any = connection.connection.driver_connection
        driver.execute("PRAGMA foreign_keys = OFF")
        try:
            with connection.begin():
                run_steps(connection, steps)
                broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
                if broken is not None:
                    raise DeviceTrouble(
                        "migration",
                        "The record could not be brought to this version and was left as it was.",
                    )
        finally:
            driver.execute("PRAGMA foreign_keys = ON")


def run_steps(connection: Connection, steps: Steps = STEPS) -> None:
    """The steps themselves, in the transaction that is open."""
    from alembic import command

    command.upgrade(configured(connection, steps=steps), "head")


def configured(
    connection: Connection, metadata: MetaData | None = None, steps: Steps = STEPS
) -> Any:
    """Alembic's configuration, without a file of its own."""
    from alembic.config import Config

    # Quiet: what a start does is said by the window, not on standard output.
    config = Config(cmd_opts=Namespace(quiet=True))
    config.set_main_option("script_location", str(steps.folder).replace("%", "%%"))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.attributes["connection"] = connection
    config.attributes["metadata"] = metadata
    return config


Schema = dict[tuple[str, str], str]
"""`(kind, name)` to the statement that made it, spaces evened."""


def schema_of(connection: Connection) -> Schema:
    """Every table, index and trigger of a database, but for SQLite's and Alembic's own."""
    found = connection.exec_driver_sql(
        "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL "
        "AND tbl_name NOT LIKE 'sqlite_%' AND tbl_name <> 'alembic_version'"
    )
    return {(kind, name): " ".join(sql.split()) for kind, name, sql in found}


def schema_at_head() -> Schema:
    """What schema.sql says that a record of this version is made of."""
    from infusion_visits.records.database import memory_engine

    engine = memory_engine()
    try:
        with engine.connect() as connection:
            driver: Any = connection.connection.driver_connection
            driver.executescript(SCHEMA_FILE.read_text(encoding="utf-8"))
            return schema_of(connection)
    finally:
        engine.dispose()


def _version(connection: Connection) -> str | None:
    known = connection.exec_driver_sql(
        "SELECT 1 FROM sqlite_schema WHERE name = 'alembic_version'"
    ).first()
    if known is None:
        return None
    row = connection.exec_driver_sql("SELECT version_num FROM alembic_version").first()
    return None if row is None else str(row[0])
