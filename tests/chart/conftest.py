"""The patients' screen over a real record, with the real runner, and a person at its keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from infusion_visits.app.runner import Runner
from infusion_visits.chart.panel import PatientsPanel
from infusion_visits.core.desk import Desk, Who
from infusion_visits.widgets import theme
from tests.chart.room import Room
from tests.fixtures.records import MEMBER, ZONE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from infusion_visits.core.clock import SteppingClock
    from tests.fixtures.records import UnitFor


@pytest.fixture(autouse=True, scope="session")
def dressed(qapp: QApplication) -> None:
    theme.apply(qapp, "light")


@pytest.fixture
def room(qtbot: QtBot, unit_for: UnitFor, clock: SteppingClock) -> Iterator[Room]:
    """An empty record, its screen shown and waiting."""
    made = Room(qtbot, unit_for, clock)
    runner = Runner(unit_for, made.report)
    nurse = Who(MEMBER, "Ines Halvorsen", "RN", "nurse")
    desk = Desk(runner, made.report, clock, nurse, made.go_to)
    panel = PatientsPanel(desk, ZONE, {"temperature": "[degF]"})
    made.begin(panel, runner)
    yield made
    runner.close()
