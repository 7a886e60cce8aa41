"""What a test of the chart does: writes by the program's own acts, presses keys, looks."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from infusion_visits.core.cells import Row
from infusion_visits.core.kinds import VisitKind
from infusion_visits.patients import actions, order_actions
from infusion_visits.patients.queries import load_chart
from infusion_visits.visits import actions as visit_actions
from tests.fixtures.records import ZONE
from tests.fixtures.whole_visit import ORDER, PERSON

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from pytestqt.qtbot import QtBot

    from infusion_visits.app.runner import Runner
    from infusion_visits.chart.panel import PatientsPanel
    from infusion_visits.core.clock import SteppingClock
    from infusion_visits.core.desk import Place
    from infusion_visits.patients.values import PatientChart, TherapyOrder
    from infusion_visits.records.unit_of_work import UnitOfWork
    from tests.fixtures.records import UnitFor

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier
STEPS = (("100", "30", ""), ("200", "", "y"))

T = TypeVar("T", bound=QWidget)
R = TypeVar("R")


class Room:
    """The screen and the record behind it."""

    def __init__(self, qtbot: QtBot, unit_for: UnitFor, clock: SteppingClock) -> None:
        self.qtbot, self.unit_for, self.clock = qtbot, unit_for, clock
        self.errors: list[BaseException] = []
        self.places: list[Place] = []
        self.panel: PatientsPanel
        self.runner: Runner

    def begin(self, panel: PatientsPanel, runner: Runner) -> None:
        """Shows the screen at the size of a small laptop."""
        self.panel, self.runner = panel, runner
        self.qtbot.addWidget(panel)
        panel.resize(1302, 738)
        with self.qtbot.waitActive(panel):
            panel.show()

    def report(self, error: BaseException) -> None:
        """What the program would have said of an error."""
        self.errors.append(error)

    def go_to(self, place: Place) -> None:
        """Where the program would have gone."""
        self.places.append(place)

    # The record

    def act(self, work: Callable[[UnitOfWork], R]) -> R:
        """One committed unit of work."""
        with self.unit_for() as unit:
            result = work(unit)
            unit.commit()
        return result

    def patient(self, **more: str) -> UUID:
        """A patient of whom nobody has asked about allergies, unless `more` says so."""
        texts = {**PERSON, "allergy_state": "not asked", **more}
        made = self.act(lambda unit: actions.create(unit, texts))
        assert isinstance(made, UUID), made
        return made

    def append(self, patient: UUID, row: Row, **texts: str) -> Row:
        """A row of the patient."""
        made = self.act(lambda unit: actions.append(unit, patient, row, texts))
        assert isinstance(made, tuple), made
        return made[0]

    def draft(self, patient: UUID, **more: str) -> UUID:
        """A draft of an order that could be used, unless `more` takes something away."""
        texts = {key: text for key, text in {**ORDER, **more}.items() if text}
        row = self.append(patient, Row("therapy_order"), **texts)
        for rate, minutes, complete in STEPS:
            step = {"rate": rate, "rate_unit": "mL/h", "minutes": minutes}
            step = {key: text for key, text in step.items() if text}
            if complete:
                step["until_complete"] = complete
            self.append(patient, Row("rate_step", row.at), **step)
        key = row.at[0]
        assert isinstance(key, UUID)
        return key

    def order(self, patient: UUID, **more: str) -> UUID:
        """An order in use."""
        draft = self.draft(patient, **more)
        self.act(lambda unit: order_actions.use_order(unit, patient, draft))
        return draft

    def visit(self, patient: UUID, at: datetime | None = None, order: UUID | None = None) -> UUID:
        """A scheduled visit, now unless told."""
        when = at or self.clock.now()
        kind = VisitKind.ROUTINE_INFUSION
        return self.act(
            lambda unit: visit_actions.schedule(unit, patient, kind, when, ZONE, order=order)
        )

    def chart(self, patient: UUID) -> PatientChart:
        """What the record holds now."""
        with self.unit_for(write=False) as unit:
            return load_chart(unit, patient)

    def the_order(self, patient: UUID, order: UUID) -> TherapyOrder:
        """One order as the record holds it."""
        found = self.chart(patient).order(order)
        assert found is not None
        return found

    # The screen

    def open(self, patient: UUID) -> None:
        """Opens the chart and waits for it."""
        self.panel.open_patient(patient)
        self.settle()

    def settle(self) -> None:
        """Waits until nothing is under way between screen and disk, and all is laid out."""
        self.qtbot.waitUntil(lambda: self.runner.idle)
        for _ in range(3):
            QApplication.processEvents()

    @property
    def focus(self) -> QWidget:
        """What has the keys."""
        widget = QApplication.focusWidget()
        assert widget is not None, "nothing has the keys"
        return widget

    @property
    def at(self) -> str:
        """The name of what has the keys, or of what holds it."""
        widget: QWidget | None = self.focus
        while widget is not None and not widget.objectName():
            widget = widget.parentWidget()
        return widget.objectName() if widget is not None else ""

    def press(self, key: Key | str, modifier: Qt.KeyboardModifier = NONE) -> None:
        """One key at what has the keys."""
        if isinstance(key, str):
            QTest.keyClicks(self.focus, key, modifier)
        else:
            QTest.keyClick(self.focus, key, modifier)
        self.settle()

    def type_text(self, text: str) -> None:
        """Letters at what has the keys."""
        QTest.keyClicks(self.focus, text)
        self.settle()

    def go(self, name: str) -> None:
        """Walks by Tab to the control of this name: everything is reached by keys."""
        for _ in range(120):
            if self.at == name:
                return
            QTest.keyClick(self.focus, Key.Key_Tab)
        raise AssertionError(f"Tab never came to {name}; the keys are at {self.at!r}")

    def find(self, kind: type[T], name: str) -> T:
        """The one seen of this name."""
        found = [one for one in self.panel.findChildren(kind, name) if one.isVisible()]
        assert len(found) == 1, (name, found)
        return found[0]

    def words(self, within: QWidget | None = None) -> str:
        """All words seen, as one text."""
        place = within or self.panel
        labels = place.findChildren(QLabel)
        shown = [label.text() for label in labels if label.isVisible()]
        return "\n".join(shown).replace("\u00a0", " ").replace("\u2060", "")
