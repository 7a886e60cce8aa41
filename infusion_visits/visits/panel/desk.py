"""The desk of one visit: what a section's form does becomes a value on the screen and a row."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from infusion_visits.core.cells import Cell, Row
from infusion_visits.core.errors import Missing, Refused
from infusion_visits.core.fields import Columns, Leaf, NotAValue, Sense, When
from infusion_visits.core.moments import show_instant
from infusion_visits.records import draft_text
from infusion_visits.sections.stores import STORES
from infusion_visits.sections.vitals.panel import LINE_CELL
from infusion_visits.visits import charting, laptop_clock
from infusion_visits.visits.open_visit import Loaded, OpenVisit, load

if TYPE_CHECKING:
    from datetime import datetime

    from infusion_visits.core.clock_watch import Noticed
    from infusion_visits.core.desk import Desk
    from infusion_visits.core.kinds import NotDoneReason, StrikeReason
    from infusion_visits.records.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)

AFTER_LAST_KEY_MS = 800
AT_LEAST_EVERY_MS = 2_000

_SECTION_OF = {group.name: key for key, store in STORES.items() for group in store.groups}

Act = Callable[["UnitOfWork"], Any]


@dataclass(frozen=True)
class Unsaved:
    """What the disk did not take of one visit, to be written again. Lives in memory only."""

    typed: Mapping[Cell, str]
    left: Mapping[Cell, str]
    acts: tuple[Act, ...]

    @property
    def count(self) -> int:
        """How many answers and entries are not in the record."""
        return len(self.typed) + len(self.left) + len(self.acts)


class WorkspaceDesk(QObject):
    """Implements core.desk.VisitDesk for the open visit.

    `changed` says that the view is to be made anew, `saved` at what instant the disk had it. What
    the disk does not take stays on the screen, is told, and is written again by `save_again`.
    `line_refused` says that a set from the line of vital signs was refused: nothing of it is in the
    record.
    """

    changed = Signal()
    saved = Signal(object)
    line_refused = Signal()

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
        self._keeping: dict[Cell, str] = {}
        self._failed_acts: list[Act] = []
        self._trouble_told = False
        self._resting = False
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
        if self._resting:
            return
        if not self._texts:
            self._since.start()
        self._texts[cell] = text
        if self._since.elapsed() >= AT_LEAST_EVERY_MS:
            self.keep_typed()
        else:
            self._pause.start(AFTER_LAST_KEY_MS)

    def keep_typed(self) -> None:
        """Writes what is half typed now; also called before the window closes."""
        self._pause.stop()
        texts, self._texts = self._texts, {}
        if not texts:
            return
        self._keeping.update(texts)
        visit = self.visit.id

        def work(unit: UnitOfWork) -> datetime:
            for cell, text in texts.items():
                charting.typing(unit, visit, cell, text)
            return unit.now

        def done(at: datetime) -> None:
            self._take_in_keeping(texts)
            self._durable(at)

        self._desk.run.save(work, done, lambda error: self._not_kept(error, texts))

    def _take_in_keeping(self, texts: Mapping[Cell, str]) -> dict[Cell, str]:
        """Those of `texts` whose field was neither typed in nor left since."""
        still = {cell: text for cell, text in texts.items() if self._keeping.get(cell) == text}
        for cell in still:
            del self._keeping[cell]
        return still

    def _not_kept(self, error: BaseException, texts: Mapping[Cell, str]) -> None:
        log.warning("half-typed text not kept: %s", type(error).__name__)
        self._texts = {**self._take_in_keeping(texts), **self._texts}
        if self._texts and not self._resting:
            self._pause.start(AT_LEAST_EVERY_MS)
        if not self._trouble_told:
            self._trouble_told = True
            self._desk.report(error)

    def record(self, cell: Cell, text: str) -> str | None:
        """A field was left. Returns the words when the text cannot be a value."""
        if self._resting:
            return None
        self._texts.pop(cell, None)
        self._keeping.pop(cell, None)
        leaf = _leaf(cell)
        found = leaf.parse(text, self.sense())
        if isinstance(found, NotAValue):
            self.visit.put_text(cell, text)
            self._save(cell, text, text)
            return found.words
        self.visit.put(cell, found)
        self._save(cell, text, found)
        return None

    def _save(self, cell: Cell, text: str, left: Columns | str) -> None:
        visit = self.visit.id

        def work(unit: UnitOfWork) -> datetime:
            charting.record(unit, visit, cell, text)
            return unit.now

        def done(at: datetime) -> None:
            marked = cell in self.visit.failed
            self.visit.saved(cell, left)
            self._durable(at)
            if marked:
                self.changed.emit()

        def failed(error: BaseException) -> None:
            self.visit.not_saved(cell, left)
            self._refuse(error)

        self._desk.run.save(work, done, failed)
        self.changed.emit()

    def _durable(self, at: datetime) -> None:
        self._trouble_told = False
        self.saved.emit(at)

    def _refuse(self, error: BaseException) -> None:
        self._desk.report(error)
        self.changed.emit()

    def not_done(self, cell: Cell, reason: NotDoneReason, words: str = "") -> None:
        """The required thing was not done."""
        visit = self.visit.id
        self._act(lambda unit: charting.not_done(unit, visit, cell, reason, words))

    def append(self, row: Row, texts: Mapping[str, str]) -> str | None:
        """Adds a row below `row`; returns the words of the first text that cannot be a value."""
        section = _SECTION_OF[row.group]
        rows = STORES[section].group(row.group).rows
        lasting: dict[str, str] = {}
        for name, text in texts.items():
            found = rows.leaf(name).parse(text, self.sense())
            if isinstance(found, NotAValue):
                return f"{rows.leaf(name).label}: {found.words}"
            lasting[name] = self._lasting(rows.leaf(name), text, found)
        visit = self.visit.id
        from_line = row == LINE_CELL.row
        if from_line:
            self._texts.pop(LINE_CELL, None)
            self._keeping.pop(LINE_CELL, None)

        def act(unit: UnitOfWork, texts: Mapping[str, str] = texts) -> None:
            charting.added(unit, visit, section, row, texts)
            if from_line:
                # In the same act: a line that came back beside its set would be kept twice.
                draft_text.drop(unit, charting.OWNER_KIND, visit, LINE_CELL.path())

        told = self.line_refused.emit if from_line else None
        self._act(act, lambda unit: act(unit, lasting), told)
        return None

    def _lasting(self, leaf: Leaf, text: str, columns: Columns) -> str:
        """The text, such that it still means the same when it is written again later."""
        instant = columns.get(leaf.name)
        if isinstance(leaf, When) and instant is not None:
            return show_instant(instant, self.visit.zone)
        return text

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

    def clock_changed(self, noticed: Noticed) -> None:
        """The laptop's clock was set: kept with the visit, and asked about before signing."""
        visit = self.visit.id
        self._act(lambda unit: laptop_clock.clock_changed(unit, visit, noticed))

    def save_again(self) -> None:
        """Writes once more what could not be saved."""
        self.keep_typed()
        left = self._left(self.visit.failed)
        acts, self._failed_acts = self._failed_acts, []
        for cell, text in left.items():
            self.record(cell, text)
        for act in acts:
            self._act(act)
        self.changed.emit()

    @property
    def not_saved(self) -> tuple[str, ...]:
        """What stands on the screen and not in the record, in words."""
        fields = [_leaf(cell).label for cell in sorted(self.visit.failed, key=Cell.path)]
        more = len(self._failed_acts)
        entries = [f"{more} {'entry' if more == 1 else 'entries'}"] if more else []
        return (*fields, *entries)

    @property
    def has_failed_acts(self) -> bool:
        """Whether an entry, such as a set of vital signs, could not be saved."""
        return bool(self._failed_acts)

    def unsaved(self) -> Unsaved:
        """What the record does not hold, for the desk after this one."""
        return Unsaved(
            {**self._keeping, **self._texts},
            self._left({*self.visit.pending, *self.visit.pending_texts}),
            tuple(self._failed_acts),
        )

    def take(self, unsaved: Unsaved) -> None:
        """Takes over what could not be saved before, and tries again."""
        for cell, text in unsaved.typed.items():
            self.visit.bring_back(cell, text)
            self.typing(cell, text)
        self.keep_typed()
        for cell, text in unsaved.left.items():
            self.record(cell, text)
        for act in unsaved.acts:
            self._act(act)

    def rest(self) -> None:
        """The visit is being closed: what is half typed stays half typed, nothing more is taken."""
        self.save_again()
        self._pause.stop()
        self._resting = True

    def _left(self, cells: Iterable[Cell]) -> dict[Cell, str]:
        texts: dict[Cell, str] = {}
        for cell in sorted(cells, key=Cell.path):
            columns = self.visit.pending.get(cell)
            if columns is None:
                texts[cell] = self.visit.pending_texts[cell]
            else:
                leaf = _leaf(cell)
                texts[cell] = self._lasting(leaf, leaf.text(columns, self.sense()), columns)
        return texts

    def reload(self) -> None:
        """Reads the visit anew, such as after the patient's allergies changed."""
        self._act(lambda _: None)

    def act(self, act: Act) -> None:
        """Does what writes to several sections in one transaction. What the disk does not take is
        told and done again by `save_again`: every time in it must be typed out."""
        self._act(act)

    def _act(
        self, act: Act, later: Act | None = None, refused: Callable[[], None] | None = None
    ) -> None:
        """Does `act`; `later` is what to do instead where it has to be done again later."""
        if self._resting:
            return
        visit = self.visit.id

        def work(unit: UnitOfWork) -> tuple[Loaded, datetime]:
            act(unit)
            return load(unit, visit), unit.now

        def failed(error: BaseException) -> None:
            # What a rule forbids is not asked again; what the disk did not take is.
            if not isinstance(error, Refused | Missing):
                self._failed_acts.append(later or act)
            self._refuse(error)
            if isinstance(error, Refused) and refused is not None:
                refused()

        self._desk.run.act(work, self._reread, failed)

    def _reread(self, answer: tuple[Loaded, datetime]) -> None:
        loaded, at = answer
        self.visit.reread(loaded)
        self._durable(at)
        self.changed.emit()


def _leaf(cell: Cell) -> Leaf:
    return STORES[cell.section].group(cell.row.group).rows.leaf(cell.field)
