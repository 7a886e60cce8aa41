from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from infusion_visits.widgets.act_strip import ActStrip, AskedLine

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

ASKED = (AskedLine("at", "Time"), AskedLine("rate", "Rate", "mL/h"))


class Bench:
    """A strip that refuses without a rate."""

    def __init__(self, qtbot: QtBot) -> None:
        self.kept: list[dict[str, str]] = []
        self.left = 0
        self.window = QWidget()
        self.strip = ActStrip("Step", ASKED, self._keep, self._leave, self.window)
        self.strip.fill({"at": "now", "other": "ignored"})
        qtbot.addWidget(self.window)
        self.window.show()
        with qtbot.waitActive(self.window):
            self.window.activateWindow()
        self.strip.focus_first()

    def _keep(self, texts: dict[str, str]) -> str | None:
        if "rate" not in texts:
            return "Type the rate."
        self.kept.append(texts)
        return None

    def _leave(self) -> None:
        self.left += 1

    def key(self, key: Qt.Key) -> None:
        control = QApplication.focusWidget()
        assert control is not None
        QTest.keyClick(control, key)


def test_the_keys_begin_in_the_first_empty_line(qtbot: QtBot) -> None:
    bench = Bench(qtbot)
    assert QApplication.focusWidget() is bench.strip.lines["rate"]


def test_enter_walks_to_the_button_and_keeps_nothing(qtbot: QtBot) -> None:
    bench = Bench(qtbot)
    bench.strip.lines["at"].setFocus()
    bench.key(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is bench.strip.lines["rate"]
    bench.key(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is bench.strip.button
    bench.key(Qt.Key.Key_Return)
    bench.key(Qt.Key.Key_Enter)
    assert bench.kept == []


def test_space_on_the_button_keeps_it(qtbot: QtBot) -> None:
    bench = Bench(qtbot)
    bench.strip.lines["rate"].setText(" 140 ")
    bench.strip.button.setFocus()
    bench.key(Qt.Key.Key_Space)
    assert bench.kept == [{"at": "now", "rate": "140"}]


def test_what_is_refused_stays_with_its_words(qtbot: QtBot) -> None:
    bench = Bench(qtbot)
    bench.strip.confirm()
    assert bench.strip.said.isVisible()
    assert bench.strip.said.text() == "Type the rate."


def test_escape_leaves_it(qtbot: QtBot) -> None:
    bench = Bench(qtbot)
    bench.key(Qt.Key.Key_Escape)
    assert bench.left == 1
    assert bench.kept == []
