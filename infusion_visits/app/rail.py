"""The rail at the left, and the status line below: where one is, what is saved, which keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from infusion_visits.core.clock import local
from infusion_visits.team.queries import COORDINATOR
from infusion_visits.widgets.icons import paint_icon
from infusion_visits.widgets.key_cap import KeyCap
from infusion_visits.widgets.theme import Size, colour, font
from infusion_visits.widgets.words import PlainWords

if TYPE_CHECKING:
    from datetime import datetime

    from PySide6.QtGui import QPaintEvent

RAIL_WIDTH = 64
ROOMS = (("today", "Today", "today"), ("patients", "Patients", "patients"))
REVIEW = ("review", "Review", "review")
SETTINGS = ("settings", "Settings", "settings")


class RailButton(QPushButton):
    """A room of the house: its icon over its name."""

    def __init__(self, word: str, icon: str) -> None:
        super().__init__(word)
        self._word, self._icon = word, icon
        self.setCheckable(True)
        self.setAccessibleName(word)
        self.setFixedSize(RAIL_WIDTH - 8, 54)

    def sizeHint(self) -> QSize:
        """One size for all."""
        return QSize(RAIL_WIDTH - 8, 54)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Icon and word; the chosen one on its wash; a ring while it has the keys."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            path = QPainterPath()
            path.addRoundedRect(QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5), 8, 8)
            ink = colour("accent" if self.isChecked() else "quiet")
            if self.isChecked():
                painter.fillPath(path, colour("accent_wash"))
            if self.hasFocus():
                painter.setPen(QPen(colour("focus"), 2))
                painter.drawPath(path)
            paint_icon(painter, self._icon, QRectF(self.width() / 2 - 11, 7, 22, 22), ink)
            face = font(11, 600 if self.isChecked() else 400)
            painter.setFont(face)
            painter.setPen(ink)
            word = QFontMetrics(face).elidedText(
                self._word, Qt.TextElideMode.ElideRight, self.width()
            )
            box = QRectF(0, 32, self.width(), 18)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, word)


class Rail(QFrame):
    """Only what is of use to this member: notes are reviewed by a coordinator."""

    picked = Signal(str)

    def __init__(self, role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("rule", "right")
        self.setFixedWidth(RAIL_WIDTH)
        self.setAccessibleName("Rooms")
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 12, 4, 8)
        column.setSpacing(6)
        self._buttons: dict[str, RailButton] = {}
        for screen, word, icon in (*ROOMS, *((REVIEW,) if role == COORDINATOR else ())):
            column.addWidget(self._button(screen, word, icon))
        column.addStretch(1)
        column.addWidget(self._button(*SETTINGS))

    def _button(self, screen: str, word: str, icon: str) -> RailButton:
        button = RailButton(word, icon)
        button.setObjectName(f"rail.{screen}")
        button.clicked.connect(lambda: self.picked.emit(screen))
        self._buttons[screen] = button
        return button

    def choose(self, screen: str) -> None:
        """Marks the room one is in; a chart, a visit and a note belong to the patients."""
        rooms = {"catalogues": "settings", "team": "settings", "export": "today"}
        room = rooms.get(screen, screen)
        room = room if room in self._buttons else "patients"
        for name, button in self._buttons.items():
            button.setChecked(name == room)


class StatusLine(QFrame):
    """One fixed place for "Saved 09:41:07", and the keys that work everywhere."""

    def __init__(self, zone: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("rule", "above")
        self.setFixedHeight(30)
        self._zone = zone
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 0, 20, 0)
        row.setSpacing(8)
        # Words that are not there yet take no room, so that the others begin at the same edge.
        self.saved_words = PlainWords("", "small", wraps=False)
        self.saved_words.setObjectName("status.saved")
        self.saved_words.setAccessibleName("Saved")
        row.addWidget(self.saved_words)
        self.saved_words.setContentsMargins(0, 0, 16, 0)
        self.saved_words.hide()
        self.notes_words = PlainWords("", "small", wraps=False)
        row.addWidget(self.notes_words)
        row.addStretch(1)
        for word, key in (("Find anything", "Ctrl K"), ("Keys", "F1"), ("Lock", "Ctrl L")):
            row.addWidget(PlainWords(word, "small", wraps=False))
            row.addWidget(KeyCap(key))
            row.addSpacing(8)
        self.setFont(font(Size.SMALL))

    def show_saved(self, at: datetime) -> None:
        """The instant at which the last field was durable."""
        self.saved_words.say(f"Saved {local(at, self._zone):%H:%M:%S}")
        self.saved_words.show()

    def show_notes(self, here: int) -> None:
        """How many signed notes were not handed over yet."""
        self.notes_words.say(f"On this laptop only ({here})" if here else "")
