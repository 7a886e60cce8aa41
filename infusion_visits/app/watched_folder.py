"""A folder that is looked at every few seconds while the record is open; its files stay there.

Nothing watches while the record is locked. A file is read once it has not changed between two
looks, because a mail program or a stick may still be writing it.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from infusion_visits.exchange.note_files import is_ours

if TYPE_CHECKING:
    from collections.abc import Mapping

    from infusion_visits.core.desk import Desk
    from infusion_visits.records.unit_of_work import UnitOfWork

WATCHED = "watched_folder"
"""The setting that names the folder; empty for none."""
EVERY_MS = 4_000
MOST_WATCHED = 5_000

State = tuple[int, int]
"""Size and time of the last change: enough to see that a file is not what it was."""


class WatchedFolder(QObject):
    """Looks by itself off the interface thread; `found` carries files that are new and whole."""

    found = Signal(list)

    def __init__(self, desk: Desk[UnitOfWork], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._folder: Path | None = None
        self._before: Mapping[Path, State] = {}
        self._taken: dict[Path, State] = {}
        self._looking = False
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self.look)

    def watch(self, folder: str) -> None:
        """Watches this folder from now on; "" watches none."""
        self._folder = Path(folder) if folder else None
        self._before, self._taken = {}, {}
        if self._folder is None:
            self._timer.stop()
        else:
            self._timer.start()
            self.look()

    def stop(self) -> None:
        """The record is being locked."""
        self._timer.stop()
        self._folder = None

    def look(self) -> None:
        """One look; the second one that sees a file unchanged hands it on."""
        folder = self._folder
        if folder is None or self._looking:
            return
        self._looking = True
        self._desk.run.long(lambda _: files_in(folder), self._looked, self._failed)

    def _looked(self, now: Mapping[Path, State]) -> None:
        self._looking = False
        if self._folder is None:
            return
        new = [
            path
            for path, state in now.items()
            if self._before.get(path) == state and self._taken.get(path) != state
        ]
        self._before = now
        if new:
            self._taken.update({path: now[path] for path in new})
            self.found.emit(new)

    def again(self, paths: Any) -> None:
        """These could not be taken now; the next look hands them on once more."""
        for path in paths:
            self._taken.pop(path, None)

    def _failed(self, _error: BaseException) -> None:
        # A stick that was pulled out is no fault: the next look tries again.
        self._looking = False


def files_in(folder: Path) -> dict[Path, State]:
    """The notes and answers that lie in this folder itself, with size and time."""
    found: dict[Path, State] = {}
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if not is_ours(entry.name) or not entry.is_file():
                    continue
                status = entry.stat()
                found[Path(entry.path)] = (status.st_size, status.st_mtime_ns)
                if len(found) >= MOST_WATCHED:
                    break
    except OSError:
        return {}
    return dict(sorted(found.items()))
