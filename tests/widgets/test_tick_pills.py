"""Large targets to tick: the keyboard walks, ticks and searches; the mouse ticks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from infusion_visits.core.fields import Option
from infusion_visits.widgets.theme import CONTROL
from infusion_visits.widgets.tick_pills import TickPills

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

OPTIONS = (Option("hives", "hives"), Option("wheeze", "wheeze"), Option("rash", "rash"))


def shown(qtbot: QtBot) -> TickPills:
    """The row, with the keys."""
    row = TickPills(OPTIONS)
    qtbot.addWidget(row)
    row.resize(400, 60)
    row.show()
    with qtbot.waitActive(row):
        row.activateWindow()
    row.take_focus()
    return row


def press(key: Qt.Key) -> None:
    """One key to what has the focus."""
    widget = QApplication.focusWidget()
    assert widget is not None
    QTest.keyClick(widget, key)


def test_arrows_walk_space_ticks_and_enter_goes_on(qtbot: QtBot) -> None:
    row = shown(qtbot)
    heard: list[str] = []
    row.ticked.connect(lambda: heard.append("ticked"))
    row.entered.connect(lambda: heard.append("entered"))
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Space)
    assert row.chosen() == ("wheeze",)
    press(Qt.Key.Key_Left)
    press(Qt.Key.Key_Left)
    press(Qt.Key.Key_Space)
    assert row.chosen() == ("hives", "wheeze")
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Return)
    assert row.chosen() == ("wheeze",)
    assert heard == ["ticked"] * 3 + ["entered"]


def test_a_letter_goes_to_the_next_that_begins_so(qtbot: QtBot) -> None:
    row = shown(qtbot)
    press(Qt.Key.Key_R)
    press(Qt.Key.Key_Space)
    assert row.chosen() == ("rash",)


def test_the_mouse_ticks_the_whole_target_and_showing_tells_nobody(qtbot: QtBot) -> None:
    row = shown(qtbot)
    heard: list[str] = []
    row.ticked.connect(lambda: heard.append("ticked"))
    row.set_keys(("rash",))
    assert (row.chosen(), heard) == (("rash",), [])
    QTest.mouseClick(row.pills[0], Qt.MouseButton.LeftButton)
    assert row.chosen() == ("hives", "rash")
    assert all(pill.height() >= CONTROL for pill in row.pills)


def test_it_is_one_stop_of_the_tab_key(qtbot: QtBot) -> None:
    row = shown(qtbot)
    press(Qt.Key.Key_Right)
    stops = [p for p in row.pills if p.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert [pill.option.key for pill in stops] == ["wheeze"]
