"""Chips: an allergy, a precaution, a state, in a few words on their own ground, with a sign."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from infusion_visits.widgets.icons import paint_icon
from infusion_visits.widgets.theme import Size, colour, font

_SIGNS = {"danger": "alert", "warn": "alert", "ok": "check", "accent": "", "quiet": ""}
_HEIGHT = 26
_SIDES = 8


class Chip(QWidget):
    """`kind` is danger, warn, ok, accent or quiet. Long words end in an ellipsis, spoken whole."""

    def __init__(self, text: str, kind: str = "quiet", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind = kind
        self.words = text
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    @property
    def _sign(self) -> str:
        return _SIGNS[self.kind]

    def sizeHint(self) -> QSize:
        """As wide as its words."""
        words = QFontMetrics(font(Size.TEXT, 600)).horizontalAdvance(self.words)
        return QSize(words + 2 * _SIDES + (22 if self._sign else 0) + 2, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Room for the beginning of the words."""
        return QSize(min(self.sizeHint().width(), 120), _HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground, sign and words."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            path = QPainterPath()
            path.addRoundedRect(QRectF(self.rect()), 4, 4)
            ground = "hair" if self.kind == "quiet" else f"{self.kind}_wash"
            ink = colour("text" if self.kind == "quiet" else self.kind)
            painter.fillPath(path, colour(ground))
            left = float(_SIDES)
            if self._sign:
                paint_icon(painter, self._sign, QRectF(left, 5, 16, 16), ink, weight=2.4)
                left += 22
            painter.setPen(ink)
            painter.setFont(font(Size.TEXT, 600))
            room = QRectF(left, 0, self.width() - left - _SIDES + 2, _HEIGHT)
            shown = painter.fontMetrics().elidedText(
                self.words, Qt.TextElideMode.ElideRight, int(room.width())
            )
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)
