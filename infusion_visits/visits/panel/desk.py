"""The desk of one visit: what a section's form does becomes a value on the screen and a row."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from infusion_visits.core.cells import Cell, Row
from infusion_visits.core.fields import Columns, NotAValue, Sense
from infusion_visits.sections.stores import STORES
from infusion_visits.visits import charting
from infusion_visits.visits.open_visit import Loaded, OpenVisit, load

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from infusion_visits.core.desk import Desk
    from infusion_visits.core.kinds import NotDoneReason, StrikeReason
    from infusion_visits.records.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)

AFTER_LAST_KEY_MS = 800
AT_LEAST_EVERY_MS = 2_000

_SECTION_OF = {group.name: key for key, store in STORES.items() for group in store.groups}


class WorkspaceDesk(QObject):
    """Implements core.desk.VisitDesk for the open visit.

    `changed` says that the view is to be made anew, `saved` at what instant the disk had it,
    `refused` that a write failed while its value stays on the screen.
    """

    changed = Signal()
    saved = Signal(object)
    refused = Signal(object)

    def __init__(
        self,
        desk: Desk[UnitOfWork],
        visit: OpenVisit,
        units: Mapping[str, str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self.visit = visit
        self._units = units
        self._texts: dict[Cell, str] = {}
        self._pause = QTimer(self, interval=AFTER_LAST_KEY_MS, singleShot=True)
        self._pause.timeout.connect(self.keep_typed)
        self._since = QElapsedTimer()

    @property
    def desk(self) -> Desk[UnitOfWork]:
        """The desk beneath."""
        return self._desk

    def sense(self) -> Sense:
        """The sense in which texts are read at this moment."""
        return Sense(self._desk.clock.now(), self.visit.zone, self._units)

    def typing(self, cell: Cell, text: str) -> None:
        """Half-typed text: kept 800 ms after the last key and at least every 2 s."""
        if not self._texts:
            self._since.start()
        self._texts[cell] = text
        if self._since.elapsed() >= AT_LEAST_EVERY_MS:
            self.keep_typed()
        else:
            self._pause.start()

    def keep_typed(self) -> None:
        """Writes what is half typed now; also called before the window closes."""
        self._pause.stop()
        texts, self._texts = self._texts, {}
        if not texts:
            return
        visit = self.visit.id

        def work(unit: UnitOfWork) -> datetime:
            for cell, text in texts.items():
                charting.typing(unit, visit, cell, text)
            return unit.now

        self._desk.run.save(work, self.saved.emit, self._failed_quietly)

    def record(self, cell: Cell, text: str) -> str | None:
        """A field was left. Returns the words when the text cannot be a value."""
        self._texts.pop(cell, None)
        leaf = STORES[cell.section].group(cell.row.group).rows.leaf(cell.field)
        found = leaf.parse(text, self.sense())
        visit = self.visit.id
        if isinstance(found, NotAValue):
            self.visit.half_typed(cell, text)
            self._desk.run.save(
                lambda unit: (charting.record(unit, visit, cell, text), unit.now)[1],
                self.saved.emit,
                self._failed_quietly,
            )
            self.changed.emit()
            return found.words
        self._put(cell, text, found)
        return None

    def _put(self, cell: Cell, text: str, columns: Columns) -> None:
        visit = self.visit.id
        self.visit.put(cell, columns)

        def work(unit: UnitOfWork) -> datetime:
            charting.record(unit, visit, cell, text)
            return unit.now

        def done(at: datetime) -> None:
            self.visit.saved(cell, columns)
            self.saved.emit(at)

        def failed(error: BaseException) -> None:
            self.visit.not_saved(cell)
            self._desk.report(error)
            self.changed.emit()

        self._desk.run.save(work, done, failed)
        self.changed.emit()

    def not_done(self, cell: Cell, reason: NotDoneReason, words: str = "") -> None:
        """The required thing was not done."""
        visit = self.visit.id
        self._act(lambda unit: charting.not_done(unit, visit, cell, reason, words))

    def append(self, row: Row, texts: Mapping[str, str]) -> str | None:
        """Adds a row below `row`; returns the words of the first text that cannot be a value."""
        section = _SECTION_OF[row.group]
        rows = STORES[section].group(row.group).rows
        for name, text in texts.items():
            found = rows.leaf(name).parse(text, self.sense())
            if isinstance(found, NotAValue):
                return f"{rows.leaf(name).label}: {found.words}"
        visit = self.visit.id
        self._act(lambda unit: charting.append(unit, visit, section, row, texts))
        return None

    def strike(self, row: Row, reason: StrikeReason) -> None:
        """Strikes a mistaken row out."""
        visit, section = self.visit.id, _SECTION_OF[row.group]
        self._act(lambda unit: charting.strike(unit, visit, section, row, reason))

    def override(self, finding: str, reason: str) -> None:
        """Goes past a stop that may be overridden, with its words as they stand now."""
        visit = self.visit.id
        view = self.visit.view(self._desk.clock.now())
        words = next((one.words for one in view.findings if one.key == finding), finding)
        self._act(lambda unit: charting.override(unit, visit, finding, words, reason))

    def save_again(self) -> None:
        """Writes once more what could not be saved."""
        for cell in sorted(self.visit.failed, key=Cell.path):
            columns = self.visit.pending.get(cell)
            if columns is not None:
                leaf = STORES[cell.section].group(cell.row.group).rows.leaf(cell.field)
                self._put(cell, leaf.text(columns, self.sense()), columns)

    def reload(self) -> None:
        """Reads the visit anew, such as after the patient's allergies changed."""
        self._act(lambda _: None)

    def _act(self, act: Callable[[UnitOfWork], Any]) -> None:
        visit = self.visit.id

        def work(unit: UnitOfWork) -> tuple[Loaded, datetime]:
            act(unit)
            return load(unit, visit), unit.now

        self._desk.run.act(work, self._reread)

    def _reread(self, answer: tuple[Loaded, datetime]) -> None:
        loaded, at = answer
        self.visit.reread(loaded)
        self.saved.emit(at)
        self.changed.emit()

    def _failed_quietly(self, error: BaseException) -> None:
        # The text still stands in its field and is written again when the field is left.
        log.warning("half-typed text not kept: %s", type(error).__name__)
        self.refused.emit(error)
