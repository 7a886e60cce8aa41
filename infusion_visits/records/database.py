"""The encrypted database file: how it is opened, and what its errors mean to a nurse."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool, StaticPool
from sqlcipher3 import dbapi2 as sqlcipher

from infusion_visits.core.errors import DeviceTrouble, InfusionVisitsError, Refused

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

KEY_BYTES = 32
WAIT_MS = 5_000
PAGE_CACHE_KIB = 64 * 1024

PRAGMAS = (
    # Durable: a commit has reached the disk before "saved" is said. fullfsync acts on macOS,
    # where plain fsync leaves the bytes in the drive's own cache.
    "journal_mode = WAL",
    "synchronous = FULL",
    "fullfsync = ON",
    "checkpoint_fullfsync = ON",
    "foreign_keys = ON",
    # Threat: INSERT OR REPLACE deletes the row it replaces without firing delete triggers, and so
    # walks past the freeze of signed visits, unless this is set on every connection.
    "recursive_triggers = ON",
    # Threat: what was removed (half-typed text) must not stay readable in free pages to somebody
    # who later learns the key; sorting must not spill rows into plain temporary files.
    "secure_delete = ON",
    "temp_store = MEMORY",
    f"busy_timeout = {WAIT_MS}",
    f"cache_size = -{PAGE_CACHE_KIB}",
)


class Mode(StrEnum):
    """How a file is opened: `ro` reads beside a writer, `rw` needs the file, `rwc` makes it."""

    READ = "ro"
    WRITE = "rw"
    CREATE = "rwc"


def connect(path: Path, data_key: bytes, mode: Mode = Mode.CREATE) -> Any:
    """A driver connection to the record at `path`, keyed with the 32 raw bytes of `data_key`.

    Raises the driver's errors: NOTADB when the key does not fit or the file is no record,
    CANTOPEN when the file is not there.
    """
    if len(data_key) != KEY_BYTES:
        raise ValueError("the data key has 32 bytes")
    connection = sqlcipher.connect(
        f"{path.absolute().as_uri()}?mode={mode.value}",
        uri=True,
        check_same_thread=False,
        isolation_level=None,
    )
    try:
        # First of all: a wrong key would otherwise print lines on standard error.
        connection.execute("PRAGMA cipher_log_level = NONE")
        # A raw key, so that no passphrase stretching is paid for each connection. The statement
        # runs below the engine, where no echo or error text can show it.
        connection.execute(f"PRAGMA key = \"x'{data_key.hex()}'\"")
        for pragma in PRAGMAS:
            if mode is Mode.READ and pragma.startswith("journal_mode"):
                continue
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


def open_engine(path: Path, data_key: bytes, mode: Mode = Mode.CREATE) -> Engine:
    """An engine over the encrypted file at `path`; real transactions, also around schema changes.

    A transaction is `BEGIN IMMEDIATE` where the execution option `write` is set, so that a writer
    waits at its beginning instead of failing in its middle. Statement parameters never stand in
    error texts: they are what the nurse typed.
    """
    engine = create_engine(
        "sqlite://",
        module=sqlcipher,
        creator=lambda: connect(path, data_key, mode),
        poolclass=QueuePool,
        pool_size=3,
        max_overflow=2,
        hide_parameters=True,
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        write = connection.get_execution_options().get("write", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    return engine


def memory_engine() -> Engine:
    """An unencrypted empty database in memory, to hold a schema beside another; never a record."""
    engine = create_engine(
        "sqlite://",
        module=sqlcipher,
        creator=lambda: sqlcipher.connect(":memory:", isolation_level=None),
        poolclass=StaticPool,
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN")

    return engine


FROZEN = "frozen:"
LASTING = "lasting:"
"""What the database's own refusals begin with; records/freeze writes them into its triggers."""


def _is_refusal(text: str) -> InfusionVisitsError | None:
    if text.startswith(FROZEN):
        return Refused(
            "frozen", "This visit is signed and can no longer be changed. Write an addendum."
        )
    if text.startswith(LASTING):
        return Refused("lasting", "This was written to last and can never be changed or removed.")
    return None


_TROUBLE = {
    "SQLITE_FULL": (
        "disk-full",
        "The disk is full. Nothing that was saved is lost. Free some space, then try again.",
    ),
    "SQLITE_IOERR": (
        "disk-error",
        "The disk did not take what was written. Nothing that was saved is lost. Try again; "
        "if it stays so, the disk may be full or failing.",
    ),
    "SQLITE_READONLY": (
        "read-only",
        "The record's folder can no longer be written. Nothing that was saved is lost. "
        "Allow writing to the folder, then try again.",
    ),
    "SQLITE_CANTOPEN": (
        "cannot-open",
        "The record's file cannot be opened. Check that its folder is there and may be read.",
    ),
    "SQLITE_BUSY": (
        "busy",
        "Another program is holding the record. Nothing that was saved is lost. Try again.",
    ),
    "SQLITE_CORRUPT": (
        "damaged",
        "The record's file is damaged. Do not work on in it: restore the newest copy.",
    ),
    "SQLITE_NOTADB": (
        "damaged",
        "The record's file cannot be read with this key: it is damaged or not this agency's.",
    ),
}


def trouble(error: BaseException) -> InfusionVisitsError | None:
    """What a driver's error means to a person, or None where it is our own mistake."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    if not isinstance(cause, sqlcipher.Error | sqlite3.Error):
        return None
    refusal = _is_refusal(str(cause))
    if refusal:
        return refusal
    name = str(getattr(cause, "sqlite_errorname", ""))
    for prefix, (code, words) in _TROUBLE.items():
        if name.startswith(prefix):
            return DeviceTrouble(code, words)
    return None


@contextmanager
def said_plainly() -> Iterator[None]:
    """Turns the driver's errors into Refused and DeviceTrouble; lets our own mistakes through."""
    try:
        yield
    except (DBAPIError, sqlcipher.Error) as error:
        known = trouble(error)
        if known is None:
            raise
        # The driver's text may quote values; the chain is cut so that no log gets them.
        raise known from None
