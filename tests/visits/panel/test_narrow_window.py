"""The workspace at 200 %: the form keeps its width, nothing that matters goes out of sight."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from infusion_visits.visits.panel.frame import NARROW_BELOW
from infusion_visits.widgets import theme
from infusion_visits.widgets.jump_line import JumpLine
from tests.fixtures.bedside import Bedside

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.fixtures.lived_visit import Lived

pytest_plugins = ["tests.fixtures.lived_visit"]

LEAST_FORM = 380
LEAST_HEIGHT = 160
"""Three fields of the form, with the letters of the theme."""
HALF = (683 - 64, 384 - 28)
"""A screen of 1366 by 768 at 200 %, without the rail and the status line."""


@pytest.fixture
def bedside(qtbot: QtBot, qapp: QApplication, lived: Lived) -> Bedside:
    theme.apply(qapp, "light")
    made = Bedside(qtbot, lived)
    made.workspace.resize(*HALF)
    return made


def seen(widget: QWidget) -> bool:
    """Whether a person can see all of it: shown, and inside the workspace."""
    window = widget.window()
    corner = widget.mapTo(window, widget.rect().bottomRight())
    return widget.isVisible() and window.rect().contains(corner)


def button(bedside: Bedside, name: str) -> QPushButton:
    found = bedside.workspace.findChild(QPushButton, name)
    assert isinstance(found, QPushButton)
    return found


def test_the_form_keeps_its_width(bedside: Bedside) -> None:
    workspace = bedside.workspace
    assert workspace.width() == HALF[0], "the window could not be made as narrow"
    assert workspace.forms.width() >= LEAST_FORM
    assert workspace.forms.height() >= LEAST_HEIGHT
    workspace.resize(1366, 768)
    assert workspace.safety.isVisible()
    assert not workspace.safety.strip.isVisible()
    assert workspace.forms.width() > 700


def test_countdown_reaction_and_signing_stay_in_sight(bedside: Bedside) -> None:
    strip = bedside.workspace.safety.strip
    assert not bedside.workspace.safety.isVisible()
    assert strip.isVisible()
    for name in ("safety.strip.reaction", "safety.strip.open", "workspace.sign"):
        assert seen(button(bedside, name)), name
    running = bedside.workspace.safety._running
    brief = running.in_brief()
    assert brief.title
    shown = {label.text() for label in strip.findChildren(QWidget) if hasattr(label, "text")}
    assert {brief.title, brief.following} <= shown


def test_the_reaction_is_one_press_away(bedside: Bedside) -> None:
    QTest.mouseClick(button(bedside, "safety.strip.reaction"), Qt.MouseButton.LeftButton)
    assert bedside.workspace.forms.currentWidget() is bedside.workspace.reaction


def test_one_key_opens_the_pane_over_the_form_and_escape_closes_it(bedside: Bedside) -> None:
    workspace = bedside.workspace
    workspace.focus_line()
    field, wide = QApplication.focusWidget(), workspace.forms.width()
    bedside.press(Qt.Key.Key_F5)
    assert workspace.safety.isVisible()
    assert seen(workspace.safety)
    assert workspace.forms.width() == wide
    assert QApplication.focusWidget() is field
    bedside.press(Qt.Key.Key_Escape)
    assert not workspace.safety.isVisible()
    assert QApplication.focusWidget() is field


def test_a_jump_from_the_pane_closes_it(bedside: Bedside) -> None:
    workspace = bedside.workspace
    QTest.mouseClick(workspace.safety.strip, Qt.MouseButton.LeftButton)
    assert workspace.safety.isVisible()
    missing = workspace.safety._missing.findChildren(JumpLine)[0]
    bedside.qtbot.waitUntil(lambda: missing.height() > 0)
    QTest.mouseClick(missing, Qt.MouseButton.LeftButton)
    assert not workspace.safety.isVisible()


def test_the_sections_say_their_titles_while_one_walks_among_them(bedside: Bedside) -> None:
    workspace = bedside.workspace
    narrow = workspace._left.width()
    assert {line.toolTip() for line in workspace.sections.lines} >= {"Vitals", "Infusion"}
    bedside.press(Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert workspace._left.width() > 2 * narrow
    bedside.press(Qt.Key.Key_Return)
    assert workspace._left.width() == narrow


@pytest.mark.parametrize("width", [NARROW_BELOW - 1, NARROW_BELOW])
def test_there_is_no_width_at_which_the_form_is_squeezed(bedside: Bedside, width: int) -> None:
    bedside.workspace.resize(width, 600)
    assert bedside.workspace.forms.width() >= LEAST_FORM
