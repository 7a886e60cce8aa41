"""Each therapy at the window, from its order in the catalogue to its signed note, by the keys."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from infusion_visits.app.window import Window
from infusion_visits.core.clock import SteppingClock
from infusion_visits.widgets import theme
from tests.fixtures.records import NOW, ZONE
from tests.journeys.bedside import Bedside
from tests.journeys.therapies import told_therapies

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from tests.journeys.therapies import Told

TOLD = told_therapies()


@pytest.fixture
def bedside(
    qtbot: QtBot, qapp: QApplication, chart_template: Path, tmp_path: Path
) -> Iterator[Callable[[Told], Bedside]]:
    """Opens the window upon a chart of its own."""
    theme.apply(qapp, "light")
    home = tmp_path / "record"
    shutil.copytree(chart_template, home)
    clock = SteppingClock(NOW)
    window = Window(home, tmp_path / "demo", clock, ZONE)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
    yield lambda told: Bedside(qtbot, window, clock, told)
    window.close()


@pytest.mark.parametrize("key", TOLD)
def test_a_therapy_from_its_order_to_its_note(
    key: str, bedside: Callable[[Told], Bedside], tmp_path: Path
) -> None:
    nurse = bedside(TOLD[key])
    nurse.unlock()
    nurse.open_chart()
    nurse.write_order()
    nurse.start_visit()
    nurse.chart_the_usual()
    nurse.live()
    nurse.chart_leaving()
    nurse.sign()
    said = nurse.read_pdf(tmp_path / "note.pdf")
    for words in nurse.told.note:
        assert words in said, words
