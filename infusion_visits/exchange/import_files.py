"""Taking files from outside into the record: which ones, a transaction for each, the report."""

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from infusion_visits.core.errors import BadFile, Cancelled, Missing, Refused
from infusion_visits.core.writing import tidy
from infusion_visits.exchange.bounded_json import LARGEST_FILE
from infusion_visits.exchange.fhir_reader import read
from infusion_visits.exchange.taking_in import KINDS, Outcome, Taken, stronger, take_in

if TYPE_CHECKING:
    from infusion_visits.core.desk import Progress
    from infusion_visits.core.errors import InfusionVisitsError
    from infusion_visits.exchange.imported import Reading
    from infusion_visits.records.unit_of_work import UnitOfWork

SUFFIXES = frozenset({".json", ".ndjson"})
_LINES = ".ndjson"

Begin = Callable[[], "UnitOfWork"]
"""Makes a unit of work that has not begun; one for each file."""


@dataclass(frozen=True, slots=True)
class FileError:
    """A file that was refused whole; `words` and `where` hold nothing of its content."""

    path: Path
    words: str
    where: str = ""

    def line(self) -> str:
        """`patients/cut.json: The file ends in the middle ... (line 1, column 2,041)`."""
        place = f" ({self.where})" if self.where else ""
        return f"{tidy(str(self.path))}: {self.words}{place}"


@dataclass(frozen=True, slots=True)
class Counts:
    """How many of one kind were added, updated and left as they were."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did. `added`, `updated`, `unchanged` count patients, each once.

    `skipped` counts files in folders that are neither .json nor .ndjson; `counts` goes by kind
    (patients, allergies, conditions, home medicines, measurements, contacts, precautions).
    """

    added: int
    updated: int
    unchanged: int
    files: int
    skipped: int
    errors: tuple[FileError, ...]
    counts: dict[str, Counts]
    left_out: dict[str, int]
    cancelled: bool = False

    @property
    def failed(self) -> bool:
        """Whether a file was refused: the command then ends with 1."""
        return bool(self.errors)

    def lines(self) -> tuple[str, ...]:
        """The report, one line for each thing to be told; the last line is the sum.

        Where no file could be read there is nothing to sum up: one line for each fault.
        """
        said = [error.line() for error in self.errors]
        if self.errors and not self.files and not self.cancelled:
            return tuple(said)
        for kind, count in self.counts.items():
            said.append(
                f"{kind}: added {count.added:,}, unchanged {count.unchanged:,}, "
                f"updated {count.updated:,}"
            )
        said += [f"left out: {count:,} {why}" for why, count in self.left_out.items()]
        if self.cancelled:
            said.append("Cancelled: the files read so far are in, the others are not.")
        said.append(
            f"added {self.added:,}, unchanged {self.unchanged:,}, updated {self.updated:,}, "
            f"files read {self.files:,}, skipped {self.skipped:,}, errors {len(self.errors):,}"
        )
        return tuple(said)


@dataclass
class Tally:
    """Gathers what each file did; for whoever drives the files one by one."""

    patients: dict[UUID, Outcome] = field(default_factory=dict)
    rows: Counter[tuple[str, Outcome]] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)
    errors: list[FileError] = field(default_factory=list)
    files: int = 0
    skipped: int = 0
    cancelled: bool = False

    def took(self, taken: Taken) -> None:
        """A file is in."""
        self.files += 1
        for patient, outcome in taken.patients.items():
            # Added by an earlier file of this import: it stays an addition.
            self.patients[patient] = stronger(self.patients.get(patient), outcome)
        self.rows.update(taken.rows)
        self.left_out.update(taken.left_out)

    def refused(self, path: Path, error: InfusionVisitsError) -> None:
        """A file was refused whole."""
        where = error.where if isinstance(error, BadFile) else ""
        self.errors.append(FileError(path, error.words, where))

    def report(self) -> ImportReport:
        """What was done so far."""
        patients = Counter(self.patients.values())
        counts = {"patients": _counts(patients)}
        for kind in dict.fromkeys(KINDS.values()):
            of_kind = Counter(
                {outcome: self.rows[(kind, outcome)] for outcome in Outcome if kind != "patients"}
            )
            if of_kind.total():
                counts[kind] = _counts(of_kind)
        return ImportReport(
            added=patients[Outcome.ADDED],
            updated=patients[Outcome.UPDATED],
            unchanged=patients[Outcome.UNCHANGED],
            files=self.files,
            skipped=self.skipped,
            errors=tuple(self.errors),
            counts=counts,
            left_out=dict(self.left_out.most_common()),
            cancelled=self.cancelled,
        )


def _counts(outcomes: Counter[Outcome]) -> Counts:
    return Counts(outcomes[Outcome.ADDED], outcomes[Outcome.UPDATED], outcomes[Outcome.UNCHANGED])


def plan(paths: Iterable[Path], elsewhere: Collection[str] = ()) -> tuple[tuple[Path, ...], int]:
    """The files to be read, and how many files of the folders are skipped.

    In a folder (and below it) only .json and .ndjson are read. What is named outright is always
    read, so that it fails loudly when it cannot be. Files with an end of `elsewhere` are not
    counted: who asks takes them in another way.
    """
    files: dict[Path, None] = {}
    skipped = 0
    for path in paths:
        if not path.is_dir():
            files[path] = None
            continue
        for folder, folders, names in os.walk(path, onerror=_unreadable(files)):
            folders.sort()
            for name in sorted(names):
                if Path(name).suffix.lower() in SUFFIXES:
                    files[Path(folder, name)] = None
                elif Path(name).suffix.lower() not in elsewhere:
                    skipped += 1
    return tuple(files), skipped


def _unreadable(files: dict[Path, None]) -> Callable[[OSError], None]:
    def note(error: OSError) -> None:
        # Reading it as a file later says in the report that it cannot be read.
        files[Path(str(error.filename))] = None

    return note


def read_file(path: Path, zone: str) -> Reading:
    """What one file says; touches no record. Raises BadFile. `zone` is that of the homes."""
    data = bytes_of(path)
    return read(data, zone, lines=path.suffix.lower() == _LINES)


def bytes_of(path: Path) -> bytes:
    """The content of a file from outside, at most LARGEST_FILE. Raises BadFile."""
    try:
        # Not blocking: a pipe in a folder must not stop the import for ever.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | _BINARY)
        with open(descriptor, "rb") as file:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                raise BadFile("no-file", "This is no file that can be read.")
            # Threat: a file that exhausts the memory. Its size is looked at before it is read.
            if status.st_size > LARGEST_FILE:
                limit = LARGEST_FILE // (1024 * 1024)
                raise BadFile("too-large", f"The file is larger than {limit} MB; it was not read.")
            # One more than it says: asked for the limit, the system sets all of it aside at once.
            data = file.read(status.st_size + 1)
    except FileNotFoundError:
        raise BadFile("no-file", "There is no such file.") from None
    except PermissionError:
        raise BadFile("no-file", "This file may not be read by you.") from None
    except (OSError, ValueError):
        raise BadFile("no-file", "This file cannot be read.") from None
    if len(data) > status.st_size:
        raise BadFile("too-large", "The file grew while it was read; it was not taken in.")
    return data


_BINARY = getattr(os, "O_BINARY", 0)


def import_files(
    paths: Sequence[Path],
    begin: Begin,
    progress: Progress | None = None,
    *,
    elsewhere: Collection[str] = (),
) -> ImportReport:
    """Reads files and folders into the record, each file in a transaction of its own.

    A faulty file is refused whole and told in the report; the good ones beside it go in. When
    `progress` raises Cancelled the report says so; what was committed stays. Trouble with the
    laptop itself (a full disk) is raised.
    """
    files, skipped = plan(paths, elsewhere)
    tally = Tally(skipped=skipped)
    try:
        for number, path in enumerate(files):
            _tell(progress, number, len(files), path)
            between = partial(_tell, progress, number, len(files), path)
            _import_one(path, begin, tally, between)
        if progress:
            progress(len(files), len(files))
    except Cancelled:
        tally.cancelled = True
    return tally.report()


def _import_one(path: Path, begin: Begin, tally: Tally, between: Callable[[], None]) -> None:
    try:
        unit = begin()
        reading = read_file(path, unit.zone)
        with unit:
            taken = take_in(unit, reading, between)
            unit.commit()
    except (BadFile, Refused, Missing) as error:
        tally.refused(path, error)
    else:
        tally.took(taken)


def _tell(progress: Progress | None, done: int, of: int, path: Path) -> None:
    if progress:
        progress(done, of, path.name)
