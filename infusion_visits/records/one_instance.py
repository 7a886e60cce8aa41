"""One program at a time for one record folder, by a lock of the system's own.

The system drops the lock with the process that held it, however that ended; so a laptop that was
switched off in the middle of a visit never keeps its nurse out.
"""

from __future__ import annotations

import contextlib
import os
import sys
from typing import TYPE_CHECKING

from infusion_visits.core.errors import DeviceTrouble
from infusion_visits.records.whole_file import FILE_MODE, said_of_files

if TYPE_CHECKING:
    from pathlib import Path

NAME = "record.lock"


class OneInstance:
    """Holds the lock of a record folder from the making of this value until `release`."""

    def __init__(self, folder: Path) -> None:
        """Takes the lock. Raises DeviceTrouble `in-use` when another program holds it."""
        with said_of_files():
            self._handle = os.open(folder / NAME, os.O_RDWR | os.O_CREAT, FILE_MODE)
        try:
            _take(self._handle)
        except OSError:
            os.close(self._handle)
            self._handle = -1
            raise DeviceTrouble(
                "in-use",
                "This record is already open in another window of the program. Go on there, "
                "or close it first.",
            ) from None

    def release(self) -> None:
        """Gives the lock back; twice does no harm. The file stays: removing it would race."""
        handle, self._handle = self._handle, -1
        if handle >= 0:
            os.close(handle)


if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def is_held(folder: Path) -> bool:
    """Whether a program has the record open; for commands that only read."""
    if not (folder / NAME).is_file():
        return False
    with contextlib.suppress(DeviceTrouble):
        OneInstance(folder).release()
        return False
    return True
