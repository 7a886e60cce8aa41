"""Note files and answers from outside, one after the other: checked apart, filed, told in a line.

Each file is read, checked in the worker process and filed in a transaction of its own, so that a
folder of hundreds needs the memory of one, and what is in stays in when somebody cancels.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from infusion_visits.core.errors import BadFile, Cancelled, Missing, Refused
from infusion_visits.core.writing import tidy
from infusion_visits.exchange.answer_file import LARGEST as LARGEST_ANSWERS
from infusion_visits.exchange.answer_file import SUFFIX, AnswerOutcome, AnswersTaken, take_answer
from infusion_visits.exchange.import_files import bytes_of
from infusion_visits.exchange.note_intake import Filed, Outcome, take_in
from infusion_visits.exchange.verifying import verify_apart
from infusion_visits.team.queries import trust

if TYPE_CHECKING:
    from uuid import UUID

    from infusion_visits.core.desk import Progress
    from infusion_visits.records.unit_of_work import UnitOfWork

NOTE_SUFFIX = ".pdf"
SUFFIXES = frozenset({NOTE_SUFFIX, SUFFIX})
NewUnit = Callable[[], "UnitOfWork"]
_REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class FileLine:
    """What became of one file; no words carry patient data.

    `outcome` is a word to count by. `failed` means that it was refused, `waits` that a person has
    to look at it in the inbox.
    """

    path: Path
    outcome: str
    words: str
    failed: bool = False
    waits: bool = False
    filed: Filed | None = None
    answers: AnswersTaken | None = None

    def line(self) -> str:
        """`note 7.pdf: Filed, with a new patient. (visit 0193...)`."""
        visit = self.filed.visit if self.filed is not None else None
        return f"{tidy(str(self.path))}: {self.words}{_of_visit(visit)}"

    def lines(self) -> tuple[str, ...]:
        """The line, then what differs, or each answer of a file of answers."""
        if self.answers is not None:
            told = (f"  {one.words}{_of_visit(one.visit)}" for one in self.answers.answers)
            return (self.line(), *told)
        differs = self.filed.differs if self.filed is not None else ()
        return (self.line(), *(f"  {words}" for words in differs))


@dataclass(frozen=True, slots=True)
class FilesReport:
    """What taking files in did, file by file."""

    files: tuple[FileLine, ...]
    cancelled: bool = False

    @property
    def failed(self) -> bool:
        """Whether a file was refused or could not be trusted."""
        return any(one.failed for one in self.files)

    def counts(self) -> dict[str, int]:
        """How many files by outcome, the most first."""
        return dict(Counter(one.outcome for one in self.files).most_common())

    def summary(self) -> str:
        """`12 filed, 3 already known, 1 not filed.`"""
        said = ", ".join(f"{count:,} {outcome}" for outcome, count in self.counts().items())
        words = f"{said}." if said else "No note files or answers were found."
        if self.cancelled:
            words += " Cancelled: the files taken so far are in, the others are not."
        return words


def plan(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The note files and answers among these files and folders, each once, in a steady order."""
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            # Links to folders are not followed: a loop of them would never end.
            for folder, folders, names in os.walk(path):
                folders.sort()
                ours = (Path(folder, name) for name in sorted(names) if is_ours(name))
                found.update(dict.fromkeys(ours))
        elif is_ours(path.name):
            found[path] = None
    return tuple(found)


def is_ours(name: str) -> bool:
    """Whether a file of this name is a note or a file of answers, going by its end."""
    return Path(name).suffix.lower() in SUFFIXES


def take_files(
    paths: Sequence[Path], new_unit: NewUnit, progress: Progress | None = None
) -> FilesReport:
    """Takes note files and answers in. Not on the interface thread.

    When `progress` raises Cancelled the report says so; what was filed stays. Trouble with the
    laptop itself (a full disk) is raised.
    """
    files = plan(paths)
    lines: list[FileLine] = []
    try:
        for number, path in enumerate(files):
            if progress:
                progress(number, len(files), path.name)
            lines.append(take_file(path, new_unit, _asks(progress, number, len(files))))
        if progress:
            progress(len(files), len(files))
    except Cancelled:
        return FilesReport(tuple(lines), cancelled=True)
    return FilesReport(tuple(lines))


def take_file(
    path: Path,
    new_unit: NewUnit,
    cancelled: Callable[[], bool] | None = None,
    *,
    patient: UUID | None = None,
) -> FileLine:
    """Takes one note file or file of answers in. Raises Cancelled, DeviceTrouble."""
    try:
        data = bytes_of(path)
        if path.suffix.lower() == SUFFIX:
            return _answers(path, data, new_unit)
        return take_note(path, data, new_unit, cancelled, patient=patient)
    except (BadFile, Refused, Missing) as error:
        return FileLine(path, _REFUSED, error.words, failed=True)


def take_note(
    path: Path,
    data: bytes,
    new_unit: NewUnit,
    cancelled: Callable[[], bool] | None = None,
    *,
    patient: UUID | None = None,
) -> FileLine:
    """Checks the bytes of one note file in the worker and files it. Raises as `take_in`."""
    # Earlier notes of the patient may lie in the next file: they are looked for when it is shown.
    with new_unit() as unit:
        trusted = trust(unit)
    verdict = verify_apart(data, trusted, cancelled=cancelled)
    filed = take_in(new_unit, data, path.name, verdict, patient=patient)
    bad = filed.outcome in {Outcome.NOT_TRUSTED, Outcome.QUARANTINED}
    words = filed.words
    if filed.outcome is Outcome.NOT_TRUSTED:
        words = f"Not filed. {words}"
    return FileLine(path, filed.outcome.value, words, bad, filed.waits, filed)


def _answers(path: Path, data: bytes, new_unit: NewUnit) -> FileLine:
    if len(data) > LARGEST_ANSWERS:
        raise BadFile("too-large", "This is too large for a file of answers; it was not read.")
    taken = take_answer(new_unit, data)
    outcome = AnswerOutcome.ALREADY if taken.already else AnswerOutcome.TAKEN
    words = f"Answers by {taken.by}: {_count(taken)}."
    return FileLine(path, outcome.value, words, answers=taken)


def _count(taken: AnswersTaken) -> str:
    counted = Counter(one.outcome.value for one in taken.answers)
    return ", ".join(f"{count} {outcome}" for outcome, count in counted.items())


def _asks(progress: Progress | None, number: int, of: int) -> Callable[[], bool] | None:
    """Whether the work was cancelled, for the worker that may read one file for seconds."""
    if progress is None:
        return None

    def cancelled() -> bool:
        try:
            progress(number, of)
        except Cancelled:
            return True
        return False

    return cancelled


def _of_visit(visit: UUID | None) -> str:
    return f" (visit {visit})" if visit is not None else ""
