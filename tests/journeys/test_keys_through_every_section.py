"""Tab through all fourteen sections of a filled visit: every field is come to, seen, and left."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from infusion_visits.app.window import Window
from infusion_visits.core.clock import SteppingClock
from infusion_visits.sections.list import SECTIONS
from infusion_visits.widgets import theme
from infusion_visits.widgets.act_button import ActButton
from infusion_visits.widgets.field_box import FieldBox
from infusion_visits.widgets.reading_order import tab_stops
from infusion_visits.widgets.rows_table import RowBlock, RowsTable
from tests.fixtures.records import NOW, ZONE
from tests.journeys.at_the_keys import CONTROL, SHIFT, UUIDS, Key
from tests.journeys.bedside import Bedside
from tests.journeys.therapies import told_therapies

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtGui import QImage
    from pytestqt.qtbot import QtBot

MOST = 900
SEEN = 8
"""So many pixels of a control, at the least, are to be seen where it has the keys."""


class Walker(Bedside):
    """Walks from the first control of a section to beyond its last, and looks at each."""

    def form(self, key: str) -> QWidget:
        form = self.workspace.forms.form(key)
        assert isinstance(form, QWidget)
        return form

    def fill_in(self, key: str) -> None:
        """Adds a row to each table by its button, and opens one of each."""
        pressed: set[str] = set()
        for _ in range(60):
            stop = next((one for one in self.stops_of(key) if _opens(one, pressed)), None)
            if stop is None:
                return
            pressed.add(_name(stop))
            stop.setFocus()
            self.enter()
            self.settle()
        raise AssertionError(f"{key}: its tables have no end: {pressed}")

    def stops_of(self, key: str) -> list[QWidget]:
        return tab_stops(self.form(key))

    def walk(self, key: str, *, back: bool = False) -> list[QWidget]:
        """The controls that Tab comes to, from the first until it leaves the section."""
        stops, form = self.stops_of(key), self.form(key)
        stops[-1 if back else 0].setFocus()
        found: list[QWidget] = []
        for _ in range(MOST):
            here = self.focus
            if not form.isAncestorOf(here):
                return found
            assert not any(one is here for one in found), f"{key}: back at {_name(here)}"
            found.append(here)
            if back:
                self.press(Key.Key_Tab, SHIFT)
                continue
            self.look_at(key, here)
            marked = here.grab().toImage()
            self.press(Key.Key_Tab)
            assert marked != _picture(here), f"{key}: nobody sees the keys at {_name(here)}"
        raise AssertionError(f"{key}: a trap at {self.at}")

    def look_at(self, key: str, here: QWidget) -> None:
        """What has the keys lies within what is scrolled to."""
        QApplication.processEvents()
        above: QWidget | None = here.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if above is None:
            return
        seen = here.visibleRegion().boundingRect()
        assert seen.width() >= SEEN, f"{key}: {_name(here)} is out of sight"
        assert seen.height() >= SEEN, f"{key}: {_name(here)} is out of sight"


def _opens(stop: QWidget, pressed: set[str]) -> bool:
    """Whether Enter on it brings fields that nothing brought yet."""
    if _name(stop) in pressed:
        return False
    if isinstance(stop, ActButton):
        return stop.objectName().startswith("add ")
    block = stop.parentWidget()
    if not isinstance(block, RowBlock) or stop is not block.line or block.line.struck:
        return False
    return not any(one.open for one in _blocks(block.table))


def _blocks(table: RowsTable) -> list[RowBlock]:
    return [one for one in table.findChildren(RowBlock) if one.table is table]


def _name(stop: QWidget) -> str:
    return UUIDS.sub("*", stop.objectName()) or type(stop).__name__


def _picture(widget: QWidget) -> QImage | None:
    """None for what went with the answer that it was given."""
    return widget.grab().toImage() if widget.isVisible() else None


@pytest.fixture
def nurse(
    qtbot: QtBot, qapp: QApplication, chart_template: Path, tmp_path: Path
) -> Iterator[Walker]:
    theme.apply(qapp, "light")
    home = tmp_path / "record"
    shutil.copytree(chart_template, home)
    clock = SteppingClock(NOW)
    window = Window(home, tmp_path / "demo", clock, ZONE)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    with qtbot.waitActive(window):
        window.show()
    yield Walker(qtbot, window, clock, told_therapies()["cefazolin"])
    window.close()


def test_tab_comes_to_every_field_of_every_section_and_leaves_it(nurse: Walker) -> None:
    nurse.unlock()
    nurse.open_chart()
    nurse.write_order()
    nurse.start_visit()
    nurse.chart_the_usual()
    walked = []
    for section in SECTIONS:
        nurse.workspace.show_section(section.key)
        nurse.settle()
        walked.append(nurse.workspace.place.section if nurse.workspace.place else "")
        if section.key == "complications":
            nurse.type_text("Hematoma")
            nurse.enter()
            nurse.settle()
        nurse.fill_in(section.key)
        forth = nurse.walk(section.key)
        asked = [one for one in nurse.form(section.key).findChildren(FieldBox) if one.isVisible()]
        missed = [
            UUIDS.sub("*", box.cell.path())
            for box in asked
            if not any(box.isAncestorOf(stop) for stop in forth)
        ]
        assert missed == [], f"{section.key}: Tab never comes to {missed}"
        back = nurse.walk(section.key, back=True)
        assert [_name(one) for one in reversed(back)] == [_name(one) for one in forth], section.key
    assert walked == [section.key for section in SECTIONS]
    nurse.press(Key.Key_M, CONTROL)
    assert nurse.at == "vitals/vital_signs/line"
