"""Many finished notes out at once: the kept files, byte for byte, whole or not at all.

What is in the folder already is left as it is, so that an export that was cancelled, or that met
a full disk, is finished by asking for it again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from infusion_visits.core.clock import instant_of, local_day
from infusion_visits.core.errors import Cancelled, DeviceTrouble
from infusion_visits.core.kinds import VisitKind, VisitStatus
from infusion_visits.core.moments import show_day, show_instant
from infusion_visits.exchange.handing_over import hand_over, ready_folder
from infusion_visits.exchange.note_file import PAPER
from infusion_visits.exchange.worklist import ListedBy, WorklistLine, line_of, worklist
from infusion_visits.notes.file_name import (
    another_name,
    dated_name,
    file_name,
    needs_record,
    pattern_of,
)
from infusion_visits.notes.wording import counted
from infusion_visits.patients.queries import list_patients
from infusion_visits.records.whole_file import said_of_files, write_whole
from infusion_visits.team import queries as team
from infusion_visits.visits import history, signing
from infusion_visits.visits.handed import Handed, Way
from infusion_visits.visits.queries import VisitLine, list_visits, unfinished_visits, visit_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from infusion_visits.core.desk import Progress
    from infusion_visits.records.unit_of_work import UnitOfWork

NewUnit = Callable[[], "UnitOfWork"]
SIGNED = frozenset({VisitStatus.SIGNED, VisitStatus.RETRACTED})
_WHY = {
    VisitStatus.SCHEDULED: "not started",
    VisitStatus.IN_PROGRESS: "in progress, not signed",
    VisitStatus.COMPLETED: "completed, not signed",
    VisitStatus.MISSED: "missed",
    VisitStatus.CANCELLED: "cancelled",
}


@dataclass(frozen=True, slots=True)
class Picked:
    """One signed note that is to go out; `state` says where it is by now."""

    visit: UUID
    patient: str
    kind: VisitKind
    at: datetime
    zone: str
    state: Handed


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A visit of the same day or patient that has no finished note, and why."""

    visit: UUID
    patient: str
    kind: VisitKind
    at: datetime
    zone: str
    why: str

    @property
    def words(self) -> str:
        """`Okafor, Maren, 21 Nov 2026 09:00, Routine infusion: completed, not signed`."""
        when = show_instant(self.at, self.zone)
        return f"{self.patient}, {when}, {self.kind.label}: {self.why}"


@dataclass(frozen=True, slots=True)
class Selection:
    """What is to go out, in the order of the visits, and what cannot."""

    title: str
    notes: tuple[Picked, ...]
    left_out: tuple[LeftOut, ...] = ()

    def without(self, visits: frozenset[UUID]) -> Selection:
        """The same, less some notes that were taken off."""
        return replace(self, notes=tuple(one for one in self.notes if one.visit not in visits))


@dataclass(frozen=True, slots=True)
class Exported:
    """What is in the folder now. `there` of them lay there before, byte for byte the same.

    `trouble` is what ended it early; `cancelled` that the person did.
    """

    folder: Path
    asked: int
    files: tuple[Path, ...] = ()
    there: int = 0
    worklist: Path | None = None
    cancelled: bool = False
    trouble: DeviceTrouble | None = None

    @property
    def whole(self) -> bool:
        """Whether all that was asked for is in the folder."""
        return len(self.files) == self.asked and self.trouble is None and not self.cancelled

    @property
    def words(self) -> str:
        """What happened, what is safe, what to do, in plain words."""
        done = f"{len(self.files)} of {counted(self.asked, 'note')}"
        again = "Export again to go on: what is there stays as it is."
        if self.trouble is not None:
            return f"{self.trouble.words} {done} are in the folder, each whole. {again}"
        if self.cancelled:
            return f"Cancelled. {done} are in the folder, each whole. {again}"
        beside = " The worklist lies beside them." if self.worklist else ""
        before = f" {self.there} of them lay there already." if self.there else ""
        are = "is" if len(self.files) == 1 else "are"
        return f"{counted(len(self.files), 'note')} {are} in the folder.{before}{beside}"


def of_day(unit: UnitOfWork, day: date, zone: str) -> Selection:
    """The notes of all visits of a day, as the calendar of `zone` has it."""
    start = instant_of(datetime.combine(day, time()), zone)
    end = instant_of(datetime.combine(day + timedelta(days=1), time()), zone)
    return _selection(unit, f"Notes of {show_day(day)}", list_visits(unit, since=start, until=end))


def of_patient(unit: UnitOfWork, patient: UUID) -> Selection:
    """The notes of all visits of a patient. What is planned for later days is not looked at."""
    lines = [
        line
        for line in list_visits(unit, patient=patient)
        if line.status is not VisitStatus.SCHEDULED or line.scheduled <= unit.now
    ]
    names = _names(unit)
    return _selection(unit, f"Notes of {names.get(patient, 'a patient')}", lines)


def not_handed_over(unit: UnitOfWork) -> Selection:
    """The notes that are on this laptop only, of any day."""
    lines = [visit_line(unit, visit) for visit in history.only_here(unit)]
    return _selection(unit, "Notes on this laptop only", [*lines, *unfinished_visits(unit)])


def of_visit(unit: UnitOfWork, visit: UUID) -> Selection:
    """The note of one visit."""
    line = visit_line(unit, visit)
    return _selection(unit, f"Note of {show_day(local_day(line.scheduled, line.zone))}", [line])


def export(
    new_unit: NewUnit,
    wanted: Selection,
    folder: Path,
    record: Path,
    progress: Progress,
    *,
    with_worklist: bool = False,
) -> Exported:
    """Writes the finished notes of `wanted` into `folder`, one whole file after another.

    Each is noted as handed over once it is durable there. Nothing in the folder is overwritten: a
    name that is taken gets -2. Holds one note at a time. Cancelling, or a disk that takes no more,
    ends it between two notes and is told in what comes back. Raises Refused `inside-record` and
    DeviceTrouble for a folder that cannot be used at all. `record` is the folder of the record.
    """
    whole = ready_folder(folder, record)
    said = Exported(whole, len(wanted.notes))
    task = _Task(new_unit, whole, with_worklist)
    try:
        for number, one in enumerate(wanted.notes):
            progress(number, said.asked, f"Note {number + 1} of {said.asked}")
            task.put(one.visit)
        progress(said.asked, said.asked, "Writing the worklist" if with_worklist else "")
        if with_worklist:
            task.put_worklist(wanted)
    except Cancelled:
        said = replace(said, cancelled=True)
    except DeviceTrouble as trouble:
        said = replace(said, trouble=trouble)
    return replace(said, files=tuple(task.files), there=task.there, worklist=task.worklist)


@dataclass
class _Task:
    """One export under way."""

    new_unit: NewUnit
    folder: Path
    with_worklist: bool
    files: list[Path] = field(default_factory=list)
    lines: list[WorklistLine] = field(default_factory=list)
    there: int = 0
    worklist: Path | None = None
    _taken: set[str] = field(default_factory=set)
    _looked: bool = False

    def put(self, visit: UUID) -> None:
        """The kept file of one note, and that it left."""
        with self.new_unit() as unit:
            file = signing.load_file(unit, visit)
            pattern = pattern_of(unit)
            line = visit_line(unit, visit)
            # Reading a whole record takes longer than writing its file: only where it is needed.
            read = self.with_worklist or needs_record(pattern)
            note = signing.load_note(unit, visit) if read else None
        path, was_there = self._place(file_name(note or line, pattern), file)
        if not was_there:
            write_whole(path, file)
        self.files.append(path)
        self.there += was_there
        self._note_hand_over(visit, file, was_there=was_there)
        if self.with_worklist and note is not None:
            self.lines.append(line_of(note, path.name))

    def _note_hand_over(self, visit: UUID, file: bytes, *, was_there: bool) -> None:
        with self.new_unit() as unit:
            # Asked for again after trouble, a note that is there is told once, not each time.
            if was_there and not history.hand_over_state(unit, visit).only_here:
                return
            hand_over(unit, visit, Way.EXPORTED, file)
            unit.commit()

    def put_worklist(self, wanted: Selection) -> None:
        """The list beside them."""
        with self.new_unit() as unit:
            by = ListedBy(
                team.agency(unit).name,
                team.member(unit, unit.member).signed_name,
                unit.now,
                unit.zone,
                team.setting(unit, PAPER, "letter"),
            )
        left_out = [one.words for one in wanted.left_out]
        made = worklist(wanted.title, self.lines, left_out, by)
        path, was_there = self._place(dated_name("worklist", by.at, by.zone), made)
        if not was_there:
            write_whole(path, made)
        self.worklist = path

    def _place(self, name: str, file: bytes) -> tuple[Path, bool]:
        """Where the file goes, and whether the very same lies there already."""
        with said_of_files():
            if not self._looked:
                self._taken = {one.name.casefold() for one in self.folder.iterdir()}
                self._looked = True
            before: set[str] = set()
            while True:
                path = self.folder / another_name(name, before)
                if path.name.casefold() not in self._taken:
                    self._taken.add(path.name.casefold())
                    return path, False
                if path not in self.files and _holds(path, file):
                    return path, True
                before.add(path.name.casefold())


def _holds(path: Path, file: bytes) -> bool:
    """Whether a file is there with exactly these bytes. What cannot be read is another one."""
    try:
        return path.is_file() and path.stat().st_size == len(file) and path.read_bytes() == file
    except OSError:
        return False


def _selection(unit: UnitOfWork, title: str, lines: Sequence[VisitLine]) -> Selection:
    names = _names(unit)
    signed = [line for line in lines if line.status in SIGNED]
    states = history.hand_over_states(unit, [line.id for line in signed])
    return Selection(
        title,
        tuple(
            Picked(
                line.id,
                names.get(line.patient, "Name not known"),
                line.kind,
                line.scheduled,
                line.zone,
                states[line.id],
            )
            for line in signed
        ),
        tuple(
            LeftOut(
                line.id,
                names.get(line.patient, "Name not known"),
                line.kind,
                line.scheduled,
                line.zone,
                _WHY[line.status],
            )
            for line in lines
            if line.status not in SIGNED
        ),
    )


def _names(unit: UnitOfWork) -> dict[UUID, str]:
    return {one.id: one.name for one in list_patients(unit)}
