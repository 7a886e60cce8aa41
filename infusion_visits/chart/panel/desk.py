"""The desk of one patient: a left field is durable, as at a visit."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from infusion_visits.core.errors import Refused
from infusion_visits.core.fields import NotAValue, Sense
from infusion_visits.patients import actions
from infusion_visits.patients.tables import STORE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from uuid import UUID

    from infusion_visits.core.cells import Cell, Row
    from infusion_visits.core.desk import Desk
    from infusion_visits.core.kinds import StrikeReason
    from infusion_visits.records.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)
AFTER_LAST_KEY_MS = 800


class PatientDesk(QObject):
    """Does for a patient's forms what the workspace's desk does for a section's."""

    changed = Signal()
    saved = Signal(object)

    def __init__(
        self,
        desk: Desk[UnitOfWork],
        patient: UUID,
        zone: str,
        units: dict[str, str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.desk = desk
        self._patient, self._zone, self._units = patient, zone, units
        self._texts: dict[Cell, str] = {}
        self.following: Callable[[Cell], Callable[[UnitOfWork], Any] | None] = lambda _cell: None
        """What else is to be done, in the same unit of work, after a field was left."""
        self.failed: dict[Cell, str] = {}
        """What the disk did not take, as it was typed; leaving the field again tries again."""
        self._pause = QTimer(self, interval=AFTER_LAST_KEY_MS, singleShot=True)
        self._pause.timeout.connect(self.keep_typed)

    def sense(self) -> Sense:
        """The sense in which texts are read at this moment."""
        return Sense(self.desk.clock.now(), self._zone, self._units)

    def typing(self, cell: Cell, text: str) -> None:
        """Half-typed text, kept 800 ms after the last key."""
        self._texts[cell] = text
        self._pause.start()

    def keep_typed(self) -> None:
        """Writes what is half typed now."""
        self._pause.stop()
        texts, self._texts = self._texts, {}
        if not texts:
            return
        patient = self._patient

        def work(unit: UnitOfWork) -> datetime:
            for cell, text in texts.items():
                actions.typing(unit, patient, cell, text)
            return unit.now

        self.desk.run.save(work, self.saved.emit, self._not_kept)

    def record(self, cell: Cell, text: str) -> str | None:
        """A field was left. Returns the words when the text cannot be a value."""
        self._texts.pop(cell, None)
        leaf = STORE.group(cell.row.group).rows.leaf(cell.field)
        found = leaf.parse(text, self.sense())
        patient, units = self._patient, self._units

        def failed(error: BaseException) -> None:
            # What a rule refuses is not kept to be tried again: the record's own answer comes back.
            if not isinstance(error, Refused):
                self.failed[cell] = text
            self.desk.report(error)
            self.changed.emit()

        self.failed.pop(cell, None)
        follow = self.following(cell)

        def work(unit: UnitOfWork) -> None:
            actions.record(unit, patient, cell, text, units)
            if follow is not None:
                follow(unit)

        self._act(work, failed)
        return found.words if isinstance(found, NotAValue) else None

    def append(self, row: Row, texts: Mapping[str, str]) -> str | None:
        """Adds a row; returns the words of the first text that cannot be a value."""
        rows = STORE.group(row.group).rows
        for name, text in texts.items():
            found = rows.leaf(name).parse(text, self.sense())
            if isinstance(found, NotAValue):
                return f"{rows.leaf(name).label}: {found.words}"
        patient, units = self._patient, self._units

        def work(unit: UnitOfWork) -> None:
            made = actions.append(unit, patient, row, texts, units)
            if isinstance(made, dict):
                words = next(iter(made.values())).words
                raise Refused("not-a-value", f"{rows.label}: not added. {words}")

        self._act(work)
        return None

    def strike(self, row: Row, reason: StrikeReason) -> None:
        """Strikes a mistaken row out."""
        patient = self._patient
        self._act(lambda unit: actions.strike(unit, patient, row, reason))

    def _act(
        self,
        work: Callable[[UnitOfWork], Any],
        failed: Callable[[BaseException], None] | None = None,
    ) -> None:
        def inside(unit: UnitOfWork) -> datetime:
            work(unit)
            return unit.now

        def done(at: datetime) -> None:
            self.saved.emit(at)
            self.changed.emit()

        self.desk.run.save(inside, done, failed)

    def _not_kept(self, error: BaseException) -> None:
        # The text still stands in its field and is written again when the field is left.
        log.warning("half-typed text not kept: %s", type(error).__name__)
