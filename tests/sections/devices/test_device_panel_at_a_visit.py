"""The lines' panel at a real visit: answers come back later than the keys go on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from infusion_visits.core.cells import Cell, Row
from infusion_visits.core.desk import Desk, Who
from infusion_visits.core.kinds import NotDoneReason, VisitKind
from infusion_visits.patients.actions import enter
from infusion_visits.records import cells
from infusion_visits.sections.devices.panel import DevicesPanel, LineForm
from infusion_visits.sections.devices.values import Devices
from infusion_visits.team.tables import Agency
from infusion_visits.visits.actions import schedule, start
from infusion_visits.visits.charting import append
from infusion_visits.visits.open_visit import OpenVisit, load
from infusion_visits.visits.panel.desk import WorkspaceDesk

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from pytestqt.qtbot import QtBot

    from infusion_visits.core.clock import SteppingClock
    from infusion_visits.core.ids import TimedIds
    from tests.fixtures.records import UnitFor

pytestmark = pytest.mark.usefixtures("in_dress")
ZONE = "America/Chicago"


class LaterRun:
    """The database lane, standing still until `catch_up`: saves first, as the real one."""

    def __init__(self, unit_for: UnitFor) -> None:
        self._unit_for = unit_for
        self._saves: list[Callable[[], None]] = []
        self._acts: list[Callable[[], None]] = []

    def _job(self, work: Any, then: Any, failed: Any) -> Callable[[], None]:
        def run() -> None:
            with self._unit_for() as unit:
                answer = work(unit)
                unit.commit()
            if then is not None:
                then(answer)

        assert failed is None or callable(failed)
        return run

    def save(self, work: Any, then: Any = None, failed: Any = None) -> None:
        """A field that was left."""
        self._saves.append(self._job(work, then, failed))

    def act(self, work: Any, then: Any = None, failed: Any = None) -> None:
        """An act."""
        self._acts.append(self._job(work, then, failed))

    def long(self, *_work: Any, **_more: Any) -> Any:
        """Nothing long happens here."""
        raise AssertionError("no long work in a form")

    def catch_up(self) -> None:
        """Does all that waits."""
        while self._saves or self._acts:
            (self._saves or self._acts).pop(0)()


class At:
    """A visit with a PICC, open in the panel."""

    def __init__(
        self, qtbot: QtBot, unit_for: UnitFor, clock: SteppingClock, ids: TimedIds
    ) -> None:
        with unit_for() as unit:
            cells.put(unit, Agency, {"id": ids.new()}, {"name": "Riverbend", "zone": ZONE})
            patient = enter(unit, {"family": "Okafor"})
            visit = schedule(unit, patient, VisitKind.LINE_CARE, unit.now, ZONE)
            start(unit, visit)
            where = {"kind": "picc", "side": "left", "site": "upper arm"}
            texts = {**where, "inserted_precision": "unknown"}
            made = append(unit, visit, "devices", Row("access_device"), texts)
            assert isinstance(made, tuple)
            self.line: UUID = made[0].at[0]  # type: ignore[assignment]
            unit.commit()
        self.run = LaterRun(unit_for)
        self.clock = clock
        with unit_for() as unit:
            self.open = OpenVisit(load(unit, visit))
            who = Who(unit.member, "Ines Halvorsen", "RN", "nurse")
        desk: Desk[Any] = Desk(self.run, _raise, clock, who, lambda place: None)  # type: ignore[arg-type]
        self.desk = WorkspaceDesk(desk, self.open, {})
        self.panel = DevicesPanel(self.desk, sense=self.desk.sense)
        self.desk.changed.connect(self.show)
        qtbot.addWidget(self.panel)
        self.panel.resize(760, 1000)
        self.panel.show()
        self.show()
        with qtbot.waitActive(self.panel):
            self.panel.activateWindow()

    def show(self) -> None:
        """What the workspace does after each change."""
        view = self.open.view(self.clock.now())
        values = view.record.of(Devices)
        self.panel.show_values(values, view.facts, view.findings, view.unsaved)

    @property
    def values(self) -> Devices:
        """What the screen knows."""
        return self.open.view(self.clock.now()).record.of(Devices)

    @property
    def codes(self) -> set[str]:
        """The codes of this section's findings."""
        found = self.open.view(self.clock.now()).findings
        return {one.code for one in found if one.section == "devices"}

    @property
    def form(self) -> LineForm:
        """The line's form."""
        assert self.panel.form is not None
        return self.panel.form

    def cell(self, name: str) -> Cell:
        """A field of the check."""
        return Cell("devices", Row("device_check", (self.line,)), name)


def _raise(error: BaseException) -> None:
    raise error


def focused() -> QWidget:
    """What has the keys."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


@pytest.fixture
def here(qtbot: QtBot, unit_for: UnitFor, clock: SteppingClock, ids: TimedIds) -> At:
    """A visit with a PICC, open in the panel."""
    return At(qtbot, unit_for, clock, ids)


def test_two_fields_left_before_the_disk_answers_are_both_kept(here: At) -> None:
    here.panel.focus_cell(here.cell("external_length_cm"))
    QTest.keyClicks(focused(), "2.5")
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    here.panel.focus_cell(here.cell("details"))
    QTest.keyClicks(focused(), "arm warm")
    here.panel.focus_cell(here.cell("external_length_cm"))
    here.run.catch_up()
    (check,) = here.values.device_check
    assert (str(check.external_length_cm), check.details) == ("2.5", "arm warm")
    assert check.checked_at == here.clock.now()
    assert check.device_id == here.line


def test_a_time_that_was_typed_is_never_now(here: At) -> None:
    here.panel.focus_cell(here.cell("checked_at"))
    QTest.keyClicks(focused(), "8:40")
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    here.desk.record(here.cell("site"), "normal")
    here.run.catch_up()
    (check,) = here.values.device_check
    assert check.checked_at is not None
    assert f"{check.checked_at:%H:%M}" == "14:40"


def test_f4_then_the_keys_go_on_when_the_answers_are_there(here: At) -> None:
    here.panel.focus_first()
    QTest.keyClick(focused(), Qt.Key.Key_F4)
    here.run.catch_up()
    (check,) = here.values.device_check
    assert (check.site, check.need) == ("normal", "needed")
    assert check.checked_at == here.clock.now()
    box = here.form.box(here.cell("external_length_cm"))
    assert box is not None
    assert box.isAncestorOf(focused())


def test_a_check_that_was_not_done_opens_the_way_to_signing(here: At) -> None:
    assert "devices.unchecked" in here.codes
    here.form.line_desk.not_done(here.cell("checked_at"), NotDoneReason.REFUSED, "asleep")
    here.run.catch_up()
    assert not here.codes & {"devices.unchecked", "devices.item_missing"}


def test_care_names_its_line_in_the_record(here: At) -> None:
    here.form.give("dressing_change")
    here.run.catch_up()
    (care,) = here.values.device_care
    assert (care.device_id, care.what) == (here.line, "dressing_change")


def test_a_new_line_is_chosen_when_the_record_has_it(here: At) -> None:
    here.panel.ask_kind()
    here.panel.kinds.set_key("port")
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    here.run.catch_up()
    assert [line.kind for line in here.values.access_device] == ["picc", "port"]
    assert here.form.key == here.values.access_device[1].mark.row.at[0]
