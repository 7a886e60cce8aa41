"""A note whose patient is not sure: a person chooses, nothing is guessed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from infusion_visits.core.moments import show_day
from infusion_visits.exchange.receiving import file_for
from infusion_visits.patients.queries import load_index

if TYPE_CHECKING:
    from uuid import UUID

    from infusion_visits.core.desk import Desk
    from infusion_visits.exchange.note_intake import Filed
    from infusion_visits.patients.patient_index import PatientIndex, PatientLine
    from infusion_visits.records.unit_of_work import UnitOfWork
    from infusion_visits.review.panel.note_column import NoteColumn
    from infusion_visits.review.queries import Received

NOBODY_HERE = "It is somebody else: make a new chart"


class Whose(QObject):
    """Asks whose note a file is; `filed` carries what came of the answer."""

    filed = Signal(object)

    def __init__(self, desk: Desk[UnitOfWork], column: NoteColumn) -> None:
        super().__init__(column)
        self._desk, self._column = desk, column
        self._asked: Received | None = None
        column.chosen.connect(self._choose)

    def ask(self, received: Received) -> None:
        """Looks once more who may be meant: the patients may be others by now."""
        self._asked = received
        new_unit = self._desk.run.new_unit

        def work(_progress: object) -> tuple[Filed, PatientIndex]:
            filed = file_for(received.file_name, received.file, new_unit)
            with new_unit() as unit:
                return filed, load_index(unit)

        def came(answer: tuple[Filed, PatientIndex]) -> None:
            filed, index = answer
            if not filed.waits:
                self.filed.emit(filed)
            elif self._asked is received:
                self._show(filed, index)

        self._desk.run.long(work, came)

    def check_again(self, received: Received) -> None:
        """Checks a kept file once more: its signer may be trusted by now."""
        new_unit = self._desk.run.new_unit

        def work(_progress: object) -> Filed:
            return file_for(received.file_name, received.file, new_unit)

        self._desk.run.long(work, self.filed.emit)

    def forget(self) -> None:
        """Another note is looked at."""
        self._asked = None

    def _show(self, filed: Filed, index: PatientIndex) -> None:
        known = {line.id: line for line in index.lines}
        lines: list[tuple[str, object]] = [
            (f"It is {_who(known[one])}", one) for one in filed.candidates if one in known
        ]
        self._column.show_choices([*lines, (NOBODY_HERE, None)])

    def _choose(self, patient: UUID | None) -> None:
        received, new_unit = self._asked, self._desk.run.new_unit
        if received is None:
            return

        def work(_progress: object) -> Filed:
            return file_for(
                received.file_name, received.file, new_unit, patient, new_chart=patient is None
            )

        self._desk.run.long(work, self.filed.emit)


def _who(line: PatientLine) -> str:
    """Enough to tell two of the same name apart."""
    born = f"born {show_day(line.birth_day)}" if line.birth_day else "birth date not known"
    return ", ".join((line.name, born, *line.identifiers))
