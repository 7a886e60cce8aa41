"""The key of an act, in a small outlined cap beside its word."""

from __future__ import annotations

import re

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from infusion_visits.widgets.theme import Size, colour, font

CAP_HEIGHT = 20
_SIDES = 6
_BETWEEN = re.compile(r"(?<=\w)\+(?=\S)")


def cap_words(key: str) -> str:
    """`Ctrl+F8` as it stands in a cap: `Ctrl F8`. A lone plus is a key of its own."""
    return _BETWEEN.sub(" ", key)


def cap_width(key: str) -> int:
    """How wide the cap of `key` is; 0 for no key."""
    if not key:
        return 0
    return QFontMetrics(font(Size.SMALL)).horizontalAdvance(cap_words(key)) + 2 * _SIDES


def paint_cap(painter: QPainter, key: str, left: float, middle: float, ink: QColor) -> None:
    """Draws the cap of `key` with its left edge at `left`, centred on the height `middle`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    box = QRectF(left + 0.5, middle - CAP_HEIGHT / 2 + 0.5, cap_width(key) - 1, CAP_HEIGHT - 1)
    path = QPainterPath()
    path.addRoundedRect(box, 4, 4)
    painter.setPen(QPen(ink, 1))
    painter.drawPath(path)
    painter.setFont(font(Size.SMALL))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, cap_words(key))
    painter.restore()


class KeyCap(QWidget):
    """A cap that stands alone, such as `Enter` after the vitals line."""

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = key
        self.setAccessibleName(f"key {key}")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As wide as its word."""
        return QSize(cap_width(self.key), CAP_HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws the cap."""
        with QPainter(self) as painter:
            paint_cap(painter, self.key, 0, self.height() / 2, colour("quiet"))
