"""What is dropped on the window: sorted by who takes it in, then told as a person wants to hear it.

Whatever is dropped or lies in a folder gets one plain line each. No file is moved or changed, and
what was read so far stays when it is cancelled.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from infusion_visits.core.errors import BadFile, Cancelled
from infusion_visits.core.writing import tidy
from infusion_visits.exchange import note_intake
from infusion_visits.exchange.import_files import SUFFIXES as FHIR
from infusion_visits.exchange.note_files import is_ours, take_file
from infusion_visits.exchange.note_intake import Filed
from infusion_visits.exchange.verifying import verify_apart
from infusion_visits.team.queries import trust

if TYPE_CHECKING:
    from uuid import UUID

    from infusion_visits.core.desk import Progress
    from infusion_visits.exchange.note_files import FileLine
    from infusion_visits.records.unit_of_work import UnitOfWork

MOST_FILES = 20_000
"""Files of folders that are looked at in one go; beyond that somebody dropped a whole disk."""
NewUnit = Callable[[], "UnitOfWork"]


class Told(StrEnum):
    """What became of a file, as a report counts it."""

    FILED = "filed"
    KNOWN = "known"
    NEEDS_YOU = "needs you"
    ANSWER = "answer"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class OneFile:
    """One line of the report. `words` hold nothing of the patient; the name is the file's own."""

    path: Path
    told: Told
    words: str
    filed: Filed | None = None

    def line(self) -> str:
        """`visit-2026-11-20.pdf: Filed, with a new patient.`"""
        return f"{tidy(self.path.name)}: {self.words}"


@dataclass(frozen=True, slots=True)
class Sorted:
    """What was dropped, by who takes it in; `skipped` are other files of the folders."""

    notes: tuple[Path, ...] = ()
    fhir: tuple[Path, ...] = ()
    skipped: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """What taking files in did."""

    files: tuple[OneFile, ...]
    skipped: int = 0
    left: int = 0

    @property
    def cancelled(self) -> bool:
        """Whether files were left."""
        return self.left > 0

    def count(self, told: Told) -> int:
        """How many of a kind."""
        return sum(one.told is told for one in self.files)

    @property
    def first(self) -> UUID | None:
        """The note or file that is to be looked at first, as the inbox calls it."""
        waits = [one for one in self.files if one.told is Told.NEEDS_YOU]
        filed = [one for one in self.files if one.told is Told.FILED]
        for one in (*waits, *filed):
            if one.filed is not None:
                return one.filed.id if one.filed.waits else one.filed.visit
        return None

    def sentence(self) -> str:
        """`3 notes filed, 1 known already, 2 need you.`"""
        parts = []
        for told, one, several in (
            (Told.FILED, "note filed", "notes filed"),
            (Told.ANSWER, "file of answers taken in", "files of answers taken in"),
            (Told.KNOWN, "known already", "known already"),
            (Told.NEEDS_YOU, "needs you", "need you"),
            (Told.REFUSED, "refused", "refused"),
        ):
            if count := self.count(told):
                parts.append(f"{count} {one if count == 1 else several}")
        said = ", ".join(parts) if parts else "No note and no answer was found"
        if self.left:
            said += f". Cancelled: {self.left} not read"
        return f"{said}."


def sort_out(paths: Iterable[Path]) -> Sorted:
    """Which files are notes or answers and which are FHIR. Raises BadFile for a whole disk.

    In folders (and below them) the suffix says it; links to folders are not followed, so that a
    loop ends. A file named outright is looked into where its suffix says nothing.
    """
    notes: dict[Path, None] = {}
    fhir: dict[Path, None] = {}
    skipped = 0
    for path in paths:
        if not path.is_dir():
            (notes if _is_note(path) else fhir)[path] = None
            continue
        for folder, folders, names in os.walk(path):
            folders.sort()
            for name in sorted(names):
                if is_ours(name):
                    notes[Path(folder, name)] = None
                elif Path(name).suffix.lower() in FHIR:
                    fhir[Path(folder, name)] = None
                else:
                    skipped += 1
                if len(notes) + len(fhir) + skipped > MOST_FILES:
                    raise BadFile("too-many", "There are too many files. Choose a smaller folder.")
    return Sorted(tuple(notes), tuple(fhir), skipped)


def _is_note(path: Path) -> bool:
    if is_ours(path.name) or path.suffix.lower() in FHIR:
        return is_ours(path.name)
    try:
        # A pipe must not stop the sorting for ever: only a regular file is opened.
        if not path.is_file():
            return False
        with path.open("rb") as file:
            return file.read(5) == b"%PDF-"
    except OSError:
        return False


def receive(
    paths: Sequence[Path], new_unit: NewUnit, progress: Progress | None = None, skipped: int = 0
) -> Report:
    """Takes notes and answers in, each checked first, each whole or not at all.

    A cancelled one (`progress` raises Cancelled) leaves the rest unread. Trouble with the laptop
    itself (a full disk) is raised; what was filed before stays filed.
    """
    done: list[OneFile] = []
    try:
        for number, path in enumerate(paths):
            done.append(_one(path, new_unit, _stopper(progress, number, len(paths), path)))
        if progress is not None:
            progress(len(paths), len(paths))
    except Cancelled:
        return Report(tuple(done), skipped, len(paths) - len(done))
    return Report(tuple(done), skipped)


def file_for(
    file_name: str,
    data: bytes,
    new_unit: NewUnit,
    patient: UUID | None = None,
    *,
    new_chart: bool = False,
) -> Filed:
    """A kept file once more: with a patient that a person chose, or after its signer was trusted.

    `new_chart` says that it is nobody who is here. Raises Missing, Refused as `take_in` does.
    """
    with new_unit() as unit:
        trusted = trust(unit)
    verdict = verify_apart(data, trusted)
    if new_chart and verdict.note is not None:
        patient = verdict.note.record.visit.patient
    return note_intake.take_in(new_unit, data, file_name, verdict, patient=patient)


def _stopper(progress: Progress | None, done: int, of: int, path: Path) -> Callable[[], bool]:
    def stopped() -> bool:
        if progress is None:
            return False
        try:
            progress(done, of, tidy(path.name))
        except Cancelled:
            return True
        return False

    return stopped


def _one(path: Path, new_unit: NewUnit, stopped: Callable[[], bool]) -> OneFile:
    if stopped():
        raise Cancelled
    taken = take_file(path, new_unit, stopped)
    return OneFile(path, _told(taken), taken.words, taken.filed)


def _told(taken: FileLine) -> Told:
    if taken.answers is not None:
        return Told.KNOWN if taken.answers.already else Told.ANSWER
    if taken.filed is None:
        return Told.REFUSED
    if taken.filed.waits:
        return Told.NEEDS_YOU
    return Told.KNOWN if taken.filed.already else Told.FILED
