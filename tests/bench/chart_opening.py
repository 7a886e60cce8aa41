"""Opening a chart: the reading against raw SQL for the same rows, and painted in the window."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
from sqlalchemy import event

from infusion_visits.chart import queries
from infusion_visits.chart.panel import PatientsPanel
from infusion_visits.core.clock import SystemClock
from infusion_visits.core.desk import Desk, Place, Who
from infusion_visits.records.database import connect
from infusion_visits.widgets import theme
from tests.bench.filled_record import DEVICES, KEY, SETS, VISITS, ZONE, Filled
from tests.bench.timing import Line, in_turns, median_ms

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from infusion_visits.records.unit_of_work import UnitOfWork

ROUNDS = 25
AIM_MS = 150.0
LONGEST_S = 30.0


def measure(record: Filled, path: Path) -> tuple[Line, Line]:
    """The reading in turns with the same statements in the driver, then the chart painted."""
    wanted = f"chart of {DEVICES} lines, {VISITS} visits, {SETS} sets"
    _read(record)
    statements = _statements(record)
    connection: Any = connect(path, KEY)

    def raw() -> None:
        for sql, values in statements:
            connection.execute(sql, values).fetchall()

    raw()
    times = in_turns(ROUNDS, lambda: _read(record), raw)
    painted = _painted(record)
    return (
        Line(f"{wanted}: read, raw SQL beside", *times, "none set", True),
        Line(f"{wanted}: painted", painted, None, f"at most {AIM_MS:g} ms", painted <= AIM_MS),
    )


def _read(record: Filled) -> queries.ChartView:
    with record.new_unit() as unit:
        return queries.load_view(unit, record.patient)


def _statements(record: Filled) -> list[tuple[str, Any]]:
    """What the reading asks the database, word for word."""
    found: list[tuple[str, Any]] = []

    def note(_: Any, __: Any, sql: str, values: Any, *more: Any) -> None:
        if sql.lstrip().upper().startswith("SELECT"):
            found.append((sql, values))

    event.listen(record.engine, "before_cursor_execute", note)
    _read(record)
    event.remove(record.engine, "before_cursor_execute", note)
    return found


class _AtOnce:
    """Runs acts where they are asked for, so that what is measured is the work and no waiting."""

    def __init__(self, record: Filled) -> None:
        self._record = record

    def act(
        self,
        work: Callable[[UnitOfWork], Any],
        then: Callable[[Any], None] | None = None,
        failed: Callable[[BaseException], None] | None = None,
    ) -> None:
        with self._record.new_unit() as unit:
            result = work(unit)
            unit.commit()
        if then is not None:
            then(result)

    save = act


class _Painted(QObject):
    """Counts how often a widget was painted."""

    times = 0

    def eventFilter(self, watched: QObject, happened: QEvent) -> bool:
        if happened.type() == QEvent.Type.Paint:
            self.times += 1
        return super().eventFilter(watched, happened)


def _report(error: BaseException) -> None:
    raise error


def _painted(record: Filled) -> float:
    application = QApplication.instance() or QApplication(["bench"])
    assert isinstance(application, QApplication)
    theme.apply(application, theme.Scheme.LIGHT)
    desk: Any = Desk(
        _AtOnce(record),  # type: ignore[arg-type]
        _report,
        SystemClock(),
        Who(UUID(int=1), "Ines Halvorsen", "RN", "nurse"),
        lambda place: None,
    )
    panel = PatientsPanel(desk, ZONE, {})
    panel.resize(1300, 740)
    panel.show()
    panel.arrive(Place("patients"))
    application.processEvents()
    seen = _Painted()
    panel.overview.installEventFilter(seen)
    times = []
    for _ in range(ROUNDS):
        # From the chart of somebody else: a chart that is there already is not made anew.
        panel.arrive(Place("patient", record.other))
        application.processEvents()
        seen.times = 0
        start = time.perf_counter()
        panel.arrive(Place("patient", record.patient))
        while not seen.times:
            application.processEvents()
            if time.perf_counter() - start > LONGEST_S:
                raise RuntimeError("the chart was never painted")
        times.append(time.perf_counter() - start)
    panel.close()
    application.processEvents()
    return median_ms(times)
