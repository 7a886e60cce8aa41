"""Copies of the record: made while it is open, encrypted with its key, opened to prove them."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from infusion_visits.core.errors import DeviceTrouble
from infusion_visits.records.database import Mode, connect, said_plainly
from infusion_visits.records.whole_file import said_of_files, sync_folder

PAGES_AT_A_TIME = 1_000


def copy_database(source: Path, data_key: bytes, target: Path) -> None:
    """Copies the open or closed database at `source` to the new file `target`, and opens the copy.

    By SQLite's own backup: copying the file itself would tear it while it is being written.
    Raises DeviceTrouble; then there is no file `target`.
    """
    temporary = target.with_name(f".{target.name}-unfinished")
    with said_of_files():
        _remove(temporary)
        try:
            with said_plainly():
                _copy(source, data_key, temporary)
                _prove(temporary, data_key)
            temporary.replace(target)
            sync_folder(target.parent)
        finally:
            _remove(temporary)


def copy_record(folder: Path, data_key: bytes, into: Path) -> None:
    """Copies the database and the key files to the new folder `into`.

    The key file goes with every copy: without it nobody could ever open the copy.
    """
    from infusion_visits.records import key_file

    with said_of_files():
        into.parent.mkdir(mode=0o700, exist_ok=True)
        into.mkdir(mode=0o700)
        for name in (key_file.NAME, key_file.COPY_NAME):
            if (folder / name).is_file():
                shutil.copyfile(folder / name, into / name)
                (into / name).chmod(0o600)
    copy_database(folder / "record.db", data_key, into / "record.db")


def _copy(source: Path, data_key: bytes, target: Path) -> None:
    reading, writing = connect(source, data_key, Mode.READ), None
    try:
        writing = connect(target, data_key)
        reading.backup(writing, pages=PAGES_AT_A_TIME)
    finally:
        for connection in (reading, writing):
            if connection is not None:
                connection.close()


def _prove(copy: Path, data_key: bytes) -> None:
    connection = connect(copy, data_key, Mode.WRITE)
    try:
        if faults(connection):
            raise DeviceTrouble("copy", "The copy of the record could not be read back.")
    finally:
        connection.close()
    copy.chmod(0o600)


def faults(connection: Any) -> list[str]:
    """What SQLCipher and SQLite find wrong in the pages of an open database; empty is well."""
    found = [str(row[0]) for row in connection.execute("PRAGMA cipher_integrity_check")]
    found += [str(row[0]) for row in connection.execute("PRAGMA quick_check")]
    return [line for line in found if line != "ok"]


def _remove(path: Path) -> None:
    for ending in ("", "-wal", "-shm", "-journal"):
        Path(f"{path}{ending}").unlink(missing_ok=True)
