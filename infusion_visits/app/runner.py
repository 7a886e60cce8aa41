"""The one worker path: a database lane of exactly one thread, and an io lane of two.

Field saves go before everything else in the database lane; long work hands itself over in
slices, so that a save never waits for an import. Results come back to the interface thread by
one queued Qt signal. The interface thread never waits for a disk.
"""

from __future__ import annotations

import itertools
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal, Slot

from infusion_visits.core.errors import Cancelled

if TYPE_CHECKING:
    from infusion_visits.core.desk import Progress
    from infusion_visits.records.unit_of_work import UnitOfWork

FIELD_SAVE = 0
ACT = 1
SLICE = 2
CLOSE = 9


@dataclass(order=True)
class _Job:
    urgency: int
    order: int
    work: Callable[[], Any] = field(compare=False)
    then: Callable[[Any], None] | None = field(compare=False)
    failed: Callable[[BaseException], None] | None = field(compare=False)


class LongWork:
    """Long work under way; `cancel` ends it at its next progress call."""

    def __init__(self) -> None:
        self._cancelled = threading.Event()

    def cancel(self) -> None:
        """Asks the work to end."""
        self._cancelled.set()

    @property
    def cancelled(self) -> bool:
        """Whether it was asked to end."""
        return self._cancelled.is_set()


class Runner(QObject):
    """Runs work off the interface thread. `close` drains the database lane, so nothing is lost."""

    _returned = Signal(object)

    def __init__(
        self,
        new_unit: Callable[[], UnitOfWork],
        report: Callable[[BaseException], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._new_unit = new_unit
        self._report = report
        self._numbers = itertools.count()
        self._lane: queue.PriorityQueue[_Job] = queue.PriorityQueue()
        self._long: queue.PriorityQueue[_Job] = queue.PriorityQueue()
        self._waiting = 0
        self._closed = False
        self._over = False
        self._under_way: set[LongWork] = set()
        self._left_behind: list[BaseException] = []
        self._returned.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._threads = [
            threading.Thread(target=self._serve, args=(lane,), name=name, daemon=True)
            for lane, name in (
                (self._lane, "database"),
                (self._long, "io 1"),
                (self._long, "io 2"),
            )
        ]
        for thread in self._threads:
            thread.start()

    @property
    def idle(self) -> bool:
        """Whether nothing is under way or waiting to come back."""
        return self._waiting == 0

    def save(
        self,
        work: Callable[[UnitOfWork], Any],
        then: Callable[[Any], None] | None = None,
        failed: Callable[[BaseException], None] | None = None,
    ) -> None:
        """A field save: before all acts that wait."""
        self._put(self._lane, FIELD_SAVE, self._in_unit(work), then, failed)

    def act(
        self,
        work: Callable[[UnitOfWork], Any],
        then: Callable[[Any], None] | None = None,
        failed: Callable[[BaseException], None] | None = None,
    ) -> None:
        """Runs `work` in a UnitOfWork on the database lane and commits it."""
        self._put(self._lane, ACT, self._in_unit(work), then, failed)

    def long(
        self,
        work: Callable[[Progress], Any],
        then: Callable[[Any], None] | None = None,
        failed: Callable[[BaseException], None] | None = None,
        progress: Progress | None = None,
    ) -> LongWork:
        """Runs `work` on the io lane; its progress call raises Cancelled when asked to end."""
        under_way = LongWork()

        def tell(done: int, of: int, words: str = "") -> None:
            if under_way.cancelled:
                raise Cancelled
            if progress is not None:
                self._returned.emit(lambda: progress(done, of, words))

        def inside() -> Any:
            try:
                return work(tell)
            finally:
                self._under_way.discard(under_way)

        self._under_way.add(under_way)
        self._put(self._long, ACT, inside, then, failed)
        return under_way

    def new_unit(self) -> UnitOfWork:
        """A unit for long work on the io lane; its writes wait for their turn."""
        return self._new_unit()

    def in_unit(self, work: Callable[[UnitOfWork], Any]) -> Any:
        """For long work on the io lane: one slice of it on the database lane, waited for there."""
        done: queue.SimpleQueue[tuple[Any, BaseException | None]] = queue.SimpleQueue()
        self._lane.put(
            _Job(
                SLICE,
                next(self._numbers),
                lambda: _answer(done, self._in_unit(work)),
                None,
                None,
            )
        )
        result, error = done.get()
        if error is not None:
            raise error
        return result

    def close(self) -> tuple[BaseException, ...]:
        """Ends long work, finishes what waits in the database lane, then ends the threads.

        Every result is delivered before this returns, those of the last saves too: whoever asked
        learns what is durable and what is not. What failed from here on comes back, so that it
        can be said where the window's own words are gone.
        """
        if self._over:
            return ()
        self._closed = True
        for work in tuple(self._under_way):
            work.cancel()
        # The io lane first: its work may still wait for a slice of the database lane.
        for lane, threads in ((self._long, self._threads[1:]), (self._lane, self._threads[:1])):
            for _ in threads:
                lane.put(_Job(CLOSE, next(self._numbers), _end_of_lane, None, None))
            for thread in threads:
                thread.join()
        QCoreApplication.sendPostedEvents(self, QEvent.Type.MetaCall.value)
        self._over = True
        return tuple(self._left_behind)

    def _in_unit(self, work: Callable[[UnitOfWork], Any]) -> Callable[[], Any]:
        def inside() -> Any:
            with self._new_unit() as unit:
                result = work(unit)
                unit.commit()
                return result

        return inside

    def _put(
        self,
        lane: queue.PriorityQueue[_Job],
        urgency: int,
        work: Callable[[], Any],
        then: Callable[[Any], None] | None,
        failed: Callable[[BaseException], None] | None,
    ) -> None:
        if self._closed:
            return
        self._waiting += 1
        lane.put(_Job(urgency, next(self._numbers), work, then, failed))

    def _serve(self, lane: queue.PriorityQueue[_Job]) -> None:
        while True:
            job = lane.get()
            if job.urgency == CLOSE:
                return
            if job.urgency == SLICE:
                job.work()
                continue
            self._returned.emit(self._finish(job))

    def _finish(self, job: _Job) -> Callable[[], None]:
        try:
            result = job.work()
        except BaseException as error:  # noqa: BLE001 (every error goes to the one reporter)
            failure = error
            return lambda: self._failed(job, failure)
        return lambda: self._succeeded(job, result)

    def _succeeded(self, job: _Job, result: Any) -> None:
        self._waiting -= 1
        if job.then is not None:
            job.then(result)

    def _failed(self, job: _Job, error: BaseException) -> None:
        self._waiting -= 1
        if self._closed and not isinstance(error, Cancelled):
            self._left_behind.append(error)
        (job.failed or self._report)(error)

    @Slot(object)
    def _deliver(self, call: Callable[[], None]) -> None:
        if not self._over:
            call()


def _answer(
    done: queue.SimpleQueue[tuple[Any, BaseException | None]], work: Callable[[], Any]
) -> None:
    try:
        done.put((work(), None))
    except BaseException as error:  # noqa: BLE001 (raised again where it is waited for)
        done.put((None, error))


def _end_of_lane() -> None:
    """Never runs: its urgency alone ends a lane."""
