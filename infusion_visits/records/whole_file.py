"""Files that are there whole or not at all, and folders that only their owner may read."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from infusion_visits.core.errors import DeviceTrouble, Refused

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER_MODE = 0o700
FILE_MODE = 0o600


def write_whole(path: Path, content: bytes) -> None:
    """Writes `content` to `path`, or leaves what was there: never half of it, not by a power cut.

    A temporary file in the same folder is written and synced, takes the name, and the folder is
    synced. Only the owner may read it. Raises DeviceTrouble.
    """
    with said_of_files():
        import tempfile

        handle, temporary = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).replace(path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
        sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Makes a new name in the folder durable. Windows keeps names durable by itself."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def make_private(folder: Path) -> None:
    """Makes the folder where it is not, and narrows it and its files to their owner.

    Threat: a shared or family laptop whose other accounts copy the record to guess at its
    passphrase in peace; also where an earlier program or a restored copy left it open.
    """
    with said_of_files():
        folder.mkdir(parents=True, exist_ok=True)
        if sys.platform == "win32":
            return
        _narrow(folder, FOLDER_MODE)
        for path in folder.rglob("*"):
            if not path.is_symlink():
                _narrow(path, FOLDER_MODE if path.is_dir() else FILE_MODE)


def refuse_inside(path: Path, record: Path) -> None:
    """Raises Refused for a path in the record's folder, by whatever name it is reached.

    A PDF there would lie in clear beside what is encrypted (threat: a lost laptop), and a restore
    would sweep it away. Links are followed, and the folders compared as the system knows them:
    where names differ only in case, or two mounts show the same disk, texts do not tell.
    """
    whole = path.expanduser().absolute().resolve()
    home = record.expanduser().absolute().resolve()
    above = (whole, *whole.parents) if home.is_dir() else ()
    same = any(one.is_dir() and one.samefile(home) for one in above)
    if same or whole.is_relative_to(home):
        raise Refused("inside-record", "Choose a folder outside the record for the PDF.")


def _narrow(path: Path, mode: int) -> None:
    # A file of SQLite's may have gone in the meantime.
    with contextlib.suppress(FileNotFoundError):
        if path.stat().st_mode & 0o777 & ~mode:
            path.chmod(mode)


@contextlib.contextmanager
def said_of_files() -> Iterator[None]:
    """Turns the system's errors about files into DeviceTrouble with plain words."""
    try:
        yield
    except OSError as error:
        raise _trouble(error) from error


def _trouble(error: OSError) -> DeviceTrouble:
    if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return DeviceTrouble(
            "disk-full",
            "The disk is full. Nothing that was saved is lost. Free some space, then try again.",
        )
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return DeviceTrouble(
            "read-only", "The folder may not be written. Allow writing to it, then try again."
        )
    return DeviceTrouble(
        "disk-error", "The disk did not take what was written. Nothing that was saved is lost."
    )
