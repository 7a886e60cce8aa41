"""Holds the painted record at the width there is, and follows what is walked to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from infusion_visits.notes.panel.paper import NotePaper

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

_SIDE = 20


class PaperArea(QScrollArea):
    """Holds the painted record at its own width and follows what is walked to."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.paper = NotePaper()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Always there: a bar that comes and goes would wrap all lines anew.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setWidget(self.paper)
        self.setViewportMargins(_SIDE, 0, 8, 0)
        self.paper.moved.connect(self._follow)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The record takes the width there is."""
        super().resizeEvent(event)
        self.paper.set_width(self.viewport().width())
        if self.paper.held:
            self.paper.reveal()

    def to_top(self) -> None:
        """Shows the beginning."""
        self.verticalScrollBar().setValue(0)

    def _follow(self, box: QRect) -> None:
        bar, room = self.verticalScrollBar(), self.viewport().height()
        if box.top() < bar.value():
            bar.setValue(box.top())
        elif box.bottom() > bar.value() + room:
            bar.setValue(min(box.bottom() - room + 8, box.top()))
