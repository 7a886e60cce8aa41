"""A line of words that leads somewhere: it wraps, it is never cut off, and Enter goes there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from infusion_visits.widgets.icons import Sign
from infusion_visits.widgets.theme import colour
from infusion_visits.widgets.words import PlainWords

if TYPE_CHECKING:
    from PySide6.QtGui import QEnterEvent


class JumpLine(QFrame):
    """Words in a voice, with a sign before them where one is given."""

    opened = Signal()

    def __init__(
        self, words: str, voice: str = "accent", sign: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.words = words
        self.setAccessibleName(words)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        across = QHBoxLayout(self)
        across.setContentsMargins(4, 4, 4, 4)
        across.setSpacing(8)
        if sign:
            ink = voice if voice in {"warn", "danger", "ok", "accent", "quiet"} else "text"
            across.addWidget(Sign(sign, ink), 0, Qt.AlignmentFlag.AlignTop)
        across.addWidget(PlainWords(words, voice), 1)
        self._under = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space go there; Up and Down walk the lines."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit()
        elif key == Qt.Key.Key_Down:
            self.focusNextChild()
        elif key == Qt.Key.Key_Up:
            self.focusPreviousChild()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click goes there."""
        if self.rect().contains(event.position().toPoint()):
            self.opened.emit()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Under the pointer the ground changes a little."""
        self._under = True
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: object) -> None:
        """The pointer went."""
        self._under = False
        self.update()
        super().leaveEvent(event)  # type: ignore[arg-type]

    def paintEvent(self, event: QPaintEvent) -> None:
        """A ring while it has the keys."""
        super().paintEvent(event)
        if not (self._under or self.hasFocus()):
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            box = self.rect().adjusted(1, 1, -2, -2)
            if self._under:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(colour("accent_wash"))
                painter.drawRoundedRect(box, 6, 6)
            if self.hasFocus():
                painter.setPen(QPen(colour("focus"), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(box, 6, 6)
