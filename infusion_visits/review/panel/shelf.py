"""Notes made ready to be read: the one that is looked at, and its neighbours before it is asked."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from infusion_visits.core.errors import BadFile
from infusion_visits.notes.reading import Reading, reading
from infusion_visits.review.panel.differing import Difference, difference_of
from infusion_visits.review.panel.pages import ApartPages, KeptPages
from infusion_visits.review.queries import Received, load_received
from infusion_visits.widgets.note_pages import OwnPages

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from infusion_visits.core.desk import Desk
    from infusion_visits.records.unit_of_work import UnitOfWork
    from infusion_visits.review.drafts import Pending

MOST_KEPT = 8


@dataclass(frozen=True)
class Ready:
    """A file made ready: what its record says (None where it cannot be read), its pages."""

    received: Received
    reading: Reading | None
    pages: KeptPages | None
    difference: Difference = ((), ())


class Shelf(QObject):
    """Loads notes off the interface thread, one after the other; `came` tells which is there."""

    came = Signal(object)

    def __init__(self, desk: Desk[UnitOfWork], zone: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._zone = desk, zone
        self._kept: OrderedDict[UUID, Ready] = OrderedDict()
        self._wanted: list[UUID] = []
        self._under_way: UUID | None = None
        self._turn = 0
        self.scale = 0.0
        """Pixels a point at which pages are drawn beforehand; 0 draws none."""

    def get(self, note: UUID) -> Ready | None:
        """The note where it is ready."""
        return self._kept.get(note)

    def want(self, notes: Sequence[UUID]) -> None:
        """Makes these ready, in this order; what was wanted before is forgotten."""
        self._wanted = [one for one in notes if one not in self._kept]
        self._next()

    def update(self, note: UUID, pending: Pending) -> None:
        """Something was decided on a note: its record and pages stay as they were read."""
        ready = self._kept.get(note)
        if ready is not None:
            received = replace(ready.received, pending=pending)
            self._kept[note] = replace(ready, received=received)

    def forget(self) -> None:
        """Everything may be different now: it is loaded anew when it is wanted."""
        self._turn += 1
        self._kept.clear()
        self._wanted = []
        self._under_way = None

    def _next(self) -> None:
        if self._under_way is not None or not self._wanted:
            return
        note = self._under_way = self._wanted.pop(0)
        turn = self._turn

        def failed(error: BaseException) -> None:
            if turn == self._turn:
                self._under_way = None
                self._desk.report(error)

        def made(ready: Ready) -> None:
            self._made(turn, note, ready)

        def loaded(received: Received) -> None:
            scale, zone = self.scale, self._zone
            self._desk.run.long(lambda _: ready_of(received, scale, zone), made, failed)

        self._desk.run.act(lambda unit: load_received(unit, note), loaded, failed)

    def _made(self, turn: int, note: UUID, ready: Ready) -> None:
        if turn != self._turn:
            return
        self._under_way = None
        self._kept[note] = ready
        while len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)
        self.came.emit(note)
        self._next()


def ready_of(received: Received, scale: float, zone: str) -> Ready:
    """The note made ready: its record read, its first page drawn."""
    shown = None
    if received.note is not None:
        try:
            shown = reading(received.note)
        except BadFile:
            shown = None
    pages = None
    if received.file:
        own = received.received_at is None
        source = OwnPages(received.file) if own else ApartPages(received.file)
        pages = KeptPages(source)
        try:
            if scale:
                pages.warm(scale)
        except BadFile:
            pages = None
    return Ready(received, shown, pages, difference_of(received, zone))
