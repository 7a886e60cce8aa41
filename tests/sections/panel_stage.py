"""A section's panel shown over rows in memory, with real keys and clicks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from infusion_visits.widgets.scrolled import Scrolled
from tests.sections.checklist_desk import ChecklistDesk

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from infusion_visits.patients.facts import Facts
    from infusion_visits.widgets.answer_line import AnswerLine


class PanelStage:
    """The panel in a window of its own, the keys in it."""

    def __init__(
        self, qtbot: QtBot, kind: Any, section: str, facts: Facts, *, read_only: bool = False
    ) -> None:
        self.qtbot = qtbot
        self.desk = ChecklistDesk(section, facts)
        self.panel = kind(self.desk, sense=self.desk.sense, read_only=read_only)
        self.desk.panel = self.panel
        self.window = Scrolled(self.panel)
        qtbot.addWidget(self.window)
        self.window.resize(838, 640)
        self.desk.show()
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)

    @property
    def focus(self) -> QWidget:
        found = QApplication.focusWidget()
        assert found is not None
        return found

    def keys(self, text: str) -> None:
        """Letters, each where the keys are."""
        for letter in text:
            self.qtbot.keyClicks(self.focus, letter)

    def key(self, key: Qt.Key) -> None:
        """One key where the keys are."""
        self.qtbot.keyClick(self.focus, key)

    def click(self, widget: QWidget) -> None:
        """A click."""
        self.qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)

    def lines(self) -> list[AnswerLine]:
        """The questions that are seen, in their order."""
        return [line.line for line in self.panel.checklist.lines if line.isVisibleTo(self.panel)]
