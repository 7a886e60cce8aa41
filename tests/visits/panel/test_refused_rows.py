"""A row that the record refuses says so: never shown as kept, never lost without a word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from infusion_visits.core.cells import Row
from infusion_visits.core.desk import Desk, Who
from infusion_visits.core.errors import Refused
from infusion_visits.core.kinds import VisitKind
from infusion_visits.patients.actions import enter
from infusion_visits.records import cells
from infusion_visits.sections.complications.values import Complications
from infusion_visits.sections.vitals.panel import VitalsLine
from infusion_visits.sections.vitals.values import Vitals
from infusion_visits.team.actions import choose
from infusion_visits.team.queries import UNITS
from infusion_visits.team.tables import Agency
from infusion_visits.visits.actions import schedule, start
from infusion_visits.visits.charting import added
from infusion_visits.visits.open_visit import OpenVisit, load
from infusion_visits.visits.panel.desk import WorkspaceDesk
from infusion_visits.visits.tables import VisitTable

if TYPE_CHECKING:
    from uuid import UUID

    from pytestqt.qtbot import QtBot

    from infusion_visits.core.clock import SteppingClock
    from infusion_visits.core.ids import TimedIds
    from tests.fixtures.records import UnitFor

ZONE = "America/Chicago"


class AtOnce:
    """The database lane without a thread: what fails is told, nothing is committed."""

    def __init__(self, unit_for: UnitFor) -> None:
        self._unit_for = unit_for

    def save(self, work: Any, then: Any = None, failed: Any = None) -> None:
        """Does it now."""
        try:
            with self._unit_for() as unit:
                answer = work(unit)
                unit.commit()
        except Refused as error:
            failed(error)
            return
        if then is not None:
            then(answer)

    act = save


@pytest.fixture
def visit(unit_for: UnitFor, ids: TimedIds) -> UUID:
    with unit_for() as unit:
        cells.put(unit, Agency, {"id": ids.new()}, {"name": "Riverbend", "zone": ZONE})
        patient = enter(unit, {"family": "Okafor"})
        made = schedule(unit, patient, VisitKind.ROUTINE_INFUSION, unit.now, ZONE)
        start(unit, made)
        unit.commit()
    return made


class At:
    """The line of vital signs at a real desk, over a real record."""

    def __init__(self, qtbot: QtBot, unit_for: UnitFor, clock: SteppingClock, visit: UUID) -> None:
        with unit_for() as unit:
            self.open = OpenVisit(load(unit, visit))
            who = Who(unit.member, "Ines Halvorsen", "RN", "nurse")
        self.told: list[BaseException] = []
        desk: Desk[Any] = Desk(
            AtOnce(unit_for),  # type: ignore[arg-type]
            self.report,
            clock,
            who,
            lambda place: None,
        )
        self.desk = WorkspaceDesk(desk, self.open, {})
        self.line = VitalsLine(self.desk, self.desk.sense)
        qtbot.addWidget(self.line)
        self.desk.line_refused.connect(self.line.refused)
        self.clock = clock

    def report(self, error: BaseException) -> None:
        """What the program would have said."""
        self.told.append(error)

    @property
    def kept(self) -> int:
        """How many sets the record holds."""
        return len(self.open.view(self.clock.now()).record.of(Vitals).vital_signs)


def test_a_set_that_the_record_refuses_is_told_and_comes_back(
    qtbot: QtBot, unit_for: UnitFor, clock: SteppingClock, visit: UUID
) -> None:
    at = At(qtbot, unit_for, clock, visit)
    view = at.open.view(clock.now())
    at.line.show_values(view.record.of(Vitals), view.facts)
    with unit_for() as unit:
        cells.put(unit, VisitTable, {"id": visit}, {"started_at": None})
        unit.commit()
    typed = "118/76 72 16 98 98.4 0 a air"
    QTest.keyClicks(at.line.line, typed)
    QTest.keyClick(at.line.line, Qt.Key.Key_Return)
    (error,) = at.told
    assert isinstance(error, Refused)
    assert (at.kept, at.line.line.text()) == (0, typed)
    assert not at.desk.has_failed_acts


def test_what_the_screen_reads_otherwise_than_the_record_is_not_lost_in_silence(
    qtbot: QtBot, unit_for: UnitFor, clock: SteppingClock, visit: UUID
) -> None:
    with unit_for() as unit:
        choose(unit, UNITS, {"length": "[in_i]"})
        unit.commit()
    at = At(qtbot, unit_for, clock, visit)
    texts = {"what": "hematoma", "noticed_at": "now", "size_length_cm": "80"}
    assert at.desk.append(Row("complication"), texts) is None
    (error,) = at.told
    assert isinstance(error, Refused)
    assert error.words.startswith("Complications: not added. Length")
    assert at.open.view(clock.now()).record.of(Complications).complication == ()


def test_a_row_added_without_a_field_to_show_it_at_is_refused_in_words(
    unit_for: UnitFor, visit: UUID
) -> None:
    with unit_for() as unit:
        with pytest.raises(Refused) as refused:
            added(unit, visit, "vitals", Row("vital_signs"), {"at": "now", "spo2": "104"})
        assert "SpO" in refused.value.words
        row = added(unit, visit, "vitals", Row("vital_signs"), {"at": "now", "spo2": "98"})
        assert row == Row("vital_signs", (1,))
