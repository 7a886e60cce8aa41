"""The folder in which a record lives: made, unlocked, locked again, one program at a time.

record.db (-wal, -shm)   the encrypted database
keys.json, keys.json.1   its key, locked once for each member
guesses.json             wrong passphrases lately, by member
record.lock              held while a program has the record open
backups/                 encrypted copies
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import Engine

from infusion_visits.core.errors import DeviceTrouble, Refused
from infusion_visits.records import backup, key_file, migrate
from infusion_visits.records.database import Mode, open_engine, said_plainly
from infusion_visits.records.key_file import KeyFile
from infusion_visits.records.migrate import STEPS, Steps
from infusion_visits.records.one_instance import OneInstance
from infusion_visits.records.unit_of_work import UnitOfWork
from infusion_visits.records.whole_file import make_private, said_of_files
from infusion_visits.vault.keys import new_key

if TYPE_CHECKING:
    from datetime import datetime

    from infusion_visits.core.clock import Clock
    from infusion_visits.core.ids import Ids
    from infusion_visits.vault.keys import Stretch

DATABASE_NAME = "record.db"
BACKUPS_NAME = "backups"
_SYNCED = (
    "onedrive",
    "dropbox",
    "icloud",
    "google drive",
    "googledrive",
    "mobile documents",
    "nextcloud",
)


@dataclass
class OpenRecord:
    """An unlocked record: `member` unlocked it, `folder` is where it lives.

    `migrated_from` is the version that it had before this start, None where nothing was done.
    """

    engine: Engine
    member: UUID
    folder: Path
    keys: KeyFile
    migrated_from: str | None
    _data_key: bytes
    _lock: OneInstance | None

    def unit(self, clock: Clock, ids: Ids, zone: str, *, write: bool = True) -> UnitOfWork:
        """An act of the member who unlocked; `zone` is the IANA zone of the laptop."""
        return UnitOfWork(self.engine, self.member, clock, ids, zone, write=write)

    def give_key(
        self,
        slot: UUID,
        member: UUID,
        name: str,
        passphrase: str,
        now: datetime,
        stretch: Stretch | None = None,
        *,
        role: str = "",
    ) -> None:
        """Locks the record's key for a member, in place of a former slot. Takes some 0.2 s."""
        changed = self.keys.with_slot(
            slot, member, name, passphrase, self._data_key, now, stretch, role=role
        )
        key_file.save(self.folder, changed)
        self.keys = changed

    def take_key(self, member: UUID) -> None:
        """Removes a member's slot."""
        changed = self.keys.without(member)
        key_file.save(self.folder, changed)
        self.keys = changed

    def copy_to(self, into: Path) -> None:
        """An encrypted copy with its key file in the new folder `into`, proved by opening it."""
        backup.copy_record(self.folder, self._data_key, into)

    def close(self) -> None:
        """Closes every connection and gives the folder back; twice does no harm."""
        self.engine.dispose()
        self._data_key = b""
        if self._lock is not None:
            self._lock.release()
            self._lock = None


def is_record(folder: Path) -> bool:
    """Whether there is a record to unlock."""
    return (folder / key_file.NAME).is_file() or (folder / key_file.COPY_NAME).is_file()


def create(folder: Path, record: UUID, member: UUID) -> OpenRecord:
    """Makes an empty record, open for `member`, who gets a slot by `give_key` as the last step.

    It counts as a record from that step on; what an interrupted set-up left is set aside, never
    deleted. Raises Refused `exists` or `synced-folder`, DeviceTrouble.
    """
    refuse_synced(folder)
    if is_record(folder):
        raise Refused("exists", "There is a record in this folder already.")
    make_private(folder)
    lock = OneInstance(folder)
    try:
        _set_aside(folder)
        data_key = new_key()
        engine = open_engine(folder / DATABASE_NAME, data_key, Mode.CREATE)
        try:
            migrate.make_new(engine)
            make_private(folder)
        except BaseException:
            engine.dispose()
            raise
    except BaseException:
        lock.release()
        raise
    return OpenRecord(engine, member, folder, KeyFile(record), None, data_key, lock)


def unlock(
    folder: Path, member: UUID, passphrase: str, now: datetime, steps: Steps = STEPS
) -> OpenRecord:
    """Opens the record, and brings it to this version after an automatic encrypted copy.

    Raises WrongPassphrase (also for an unknown member), Refused `wait` while guesses have to
    wait (key_file.wait_before_guess says how long), DeviceTrouble (`in-use`, `keys-damaged`,
    `no-database`, `damaged`, `newer`, ...), Missing `no-record`. Takes some 0.2 s and more.
    """
    keys = key_file.load(folder)
    lock = OneInstance(folder)
    try:
        make_private(folder)
        data_key = _guess(folder, keys, member, passphrase, now)
        engine = _open(folder, data_key, Mode.WRITE)
        try:
            migrated_from = _brought_up(engine, folder, data_key, now, steps)
            key_file.mend(folder, keys)
            make_private(folder)
        except BaseException:
            engine.dispose()
            raise
    except BaseException:
        lock.release()
        raise
    return OpenRecord(engine, member, folder, keys, migrated_from, data_key, lock)


def unlock_beside(folder: Path, member: UUID, passphrase: str, now: datetime) -> OpenRecord:
    """Opens the record for reading only, also while a program has it open. Raises as `unlock`.

    DeviceTrouble `older` where the record has to be brought to this version first.
    """
    keys = key_file.load(folder)
    data_key = _guess(folder, keys, member, passphrase, now)
    engine = _open(folder, data_key, Mode.READ)
    try:
        if not migrate.fits(engine):
            raise DeviceTrouble(
                "older",
                "This record is of an earlier version. Open it once in the program, which makes "
                "a copy and brings it to this version.",
            )
    except BaseException:
        engine.dispose()
        raise
    return OpenRecord(engine, member, folder, keys, None, data_key, None)


def refuse_synced(folder: Path) -> None:
    """Raises Refused for a folder that another program copies while it is being written.

    Threat: a sync program copies the database and its log at different moments, and puts back
    an older one: SQLite documents this as a way to corrupt a database.
    """
    parts = [part.casefold() for part in folder.absolute().parts]
    network = str(folder).startswith(("\\\\", "//"))
    if network or any(part.startswith(_SYNCED) for part in parts):
        raise Refused(
            "synced-folder",
            "A record cannot live in a folder that is shared or synchronised: the copying would "
            "damage it. Choose a folder on this laptop.",
        )


def _guess(folder: Path, keys: KeyFile, member: UUID, passphrase: str, now: datetime) -> bytes:
    wait = key_file.wait_before_guess(folder, member, now)
    if wait > 0:
        seconds = int(wait) + (wait > int(wait))
        raise Refused("wait", f"Too many wrong passphrases. Try again in {seconds} s.")
    key_file.count_guess(folder, member, now)
    data_key = keys.data_key(member, passphrase)
    key_file.forget_guesses(folder, member)
    return data_key


def _open(folder: Path, data_key: bytes, mode: Mode) -> Engine:
    path = folder / DATABASE_NAME
    if not path.is_file():
        raise DeviceTrouble(
            "no-database",
            "The record's file is missing from its folder. Put record.db back from a copy.",
        )
    engine = open_engine(path, data_key, mode)
    try:
        with said_plainly():
            engine.connect().close()
    except BaseException:
        engine.dispose()
        raise
    return engine


def _brought_up(
    engine: Engine, folder: Path, data_key: bytes, now: datetime, steps: Steps
) -> str | None:
    if migrate.fits(engine, steps):
        return None
    former = migrate.version_of(engine)
    name = f"before-{steps.head}-{now:%Y%m%dT%H%M%SZ}"
    into = folder / BACKUPS_NAME / name
    if not into.exists():
        backup.copy_record(folder, data_key, into)
    migrate.migrate(engine, steps)
    return former


def _set_aside(folder: Path) -> None:
    """Moves a database without a key file away: it may be a record whose keys got lost."""
    found = sorted(folder.glob(f"{DATABASE_NAME}*"))
    if not found:
        return
    with said_of_files():
        number = 1
        while (folder / f"set-aside-{number}").exists():
            number += 1
        aside = folder / f"set-aside-{number}"
        aside.mkdir(mode=0o700)
        for path in found:
            path.replace(aside / path.name)
