"""Signs drawn as vector paths in a 24 by 24 box: the program's face has no such characters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from infusion_visits.widgets.theme import colour

if TYPE_CHECKING:
    from collections.abc import Callable


def _lines(*strokes: tuple[tuple[float, float], ...]) -> QPainterPath:
    path = QPainterPath()
    for stroke in strokes:
        path.moveTo(*stroke[0])
        for point in stroke[1:]:
            path.lineTo(*point)
    return path


def _check() -> QPainterPath:
    return _lines(((5, 12.5), (10, 17.5), (19, 7)))


def _cross() -> QPainterPath:
    return _lines(((6, 6), (18, 18)), ((18, 6), (6, 18)))


def _plus() -> QPainterPath:
    return _lines(((12, 5), (12, 19)), ((5, 12), (19, 12)))


def _stop() -> QPainterPath:
    path = _lines(((8, 3), (16, 3), (21, 8), (21, 16), (16, 21), (8, 21), (3, 16), (3, 8), (8, 3)))
    path.addPath(_lines(((8, 12), (16, 12))))
    return path


def _alert() -> QPainterPath:
    path = _lines(((12, 3.5), (21.5, 20), (2.5, 20), (12, 3.5)), ((12, 10), (12, 14)))
    path.addEllipse(QPointF(12, 17), 0.6, 0.6)
    return path


def _advice() -> QPainterPath:
    path = _lines(((12, 11), (12, 17)))
    path.addEllipse(QPointF(12, 12), 9.0, 9.0)
    path.addEllipse(QPointF(12, 7.6), 0.6, 0.6)
    return path


def _down() -> QPainterPath:
    return _lines(((6, 9), (12, 15), (18, 9)))


def _right() -> QPainterPath:
    return _lines(((9, 6), (15, 12), (9, 18)))


def _today() -> QPainterPath:
    path = _lines(((4, 10), (20, 10)), ((8, 3), (8, 7)), ((16, 3), (16, 7)))
    path.addRoundedRect(QRectF(4, 5, 16, 15), 2, 2)
    path.addEllipse(QPointF(12, 15), 1.5, 1.5)
    return path


def _patients() -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(QPointF(9, 8), 3.5, 3.5)
    path.moveTo(3, 20)
    path.cubicTo(3, 12.5, 15, 12.5, 15, 20)
    path.moveTo(15, 5)
    path.cubicTo(19, 5, 19, 11, 15.5, 11)
    path.moveTo(17.5, 14)
    path.cubicTo(20, 15, 21, 17, 21, 20)
    return path


def _review() -> QPainterPath:
    path = _lines(((3, 13), (8, 13), (10, 16), (14, 16), (16, 13), (21, 13)))
    path.addPath(_lines(((3, 13), (6, 5), (18, 5), (21, 13), (21, 20), (3, 20), (3, 13))))
    return path


def _visit() -> QPainterPath:
    path = _lines(((4, 11), (12, 4), (20, 11)), ((6, 10), (6, 20), (18, 20), (18, 10)))
    path.addPath(_lines(((12, 12), (12, 17)), ((9.5, 14.5), (14.5, 14.5))))
    return path


def _note() -> QPainterPath:
    path = _lines(
        ((6, 3), (14, 3), (19, 8), (19, 21), (6, 21), (6, 3)), ((14, 3), (14, 8), (19, 8))
    )
    path.addPath(_lines(((9, 12), (16, 12)), ((9, 16), (14, 16))))
    return path


def _sign() -> QPainterPath:
    path = _lines(((4, 20), (20, 20)), ((6, 16), (7, 12), (15, 4), (18, 7), (10, 15), (6, 16)))
    path.addPath(_lines(((13, 6), (16, 9))))
    return path


def _settings() -> QPainterPath:
    path = _lines(((4, 7), (9, 7)), ((15, 7), (20, 7)), ((4, 17), (6, 17)), ((12, 17), (20, 17)))
    path.addEllipse(QPointF(12, 7), 2.6, 2.6)
    path.addEllipse(QPointF(9, 17), 2.6, 2.6)
    return path


def _lock() -> QPainterPath:
    path = QPainterPath()
    path.addRoundedRect(QRectF(5, 11, 14, 10), 2, 2)
    path.moveTo(8, 11)
    path.lineTo(8, 8)
    path.cubicTo(8, 2.5, 16, 2.5, 16, 8)
    path.lineTo(16, 11)
    return path


def _search() -> QPainterPath:
    path = _lines(((15.5, 15.5), (21, 21)))
    path.addEllipse(QPointF(10.5, 10.5), 6.5, 6.5)
    return path


def _drop() -> QPainterPath:
    path = _lines(((12, 3), (12, 14)), ((8, 10), (12, 14), (16, 10)))
    path.addPath(_lines(((4, 15), (4, 20), (20, 20), (20, 15))))
    return path


def _clock() -> QPainterPath:
    path = _lines(((12, 7), (12, 12), (15.5, 14)))
    path.addEllipse(QPointF(12, 12), 9.0, 9.0)
    return path


SHAPES: dict[str, Callable[[], QPainterPath]] = {
    "check": _check,
    "cross": _cross,
    "plus": _plus,
    "stop": _stop,
    "alert": _alert,
    "advice": _advice,
    "down": _down,
    "right": _right,
    "today": _today,
    "patients": _patients,
    "review": _review,
    "visit": _visit,
    "note": _note,
    "sign": _sign,
    "settings": _settings,
    "lock": _lock,
    "search": _search,
    "drop": _drop,
    "clock": _clock,
}


def paint_icon(
    painter: QPainter, name: str, box: QRectF, ink: QColor, *, weight: float = 2.0
) -> None:
    """Draws the sign `name` into `box` with a stroke of `weight` at 24 px. Raises KeyError."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(box.topLeft())
    painter.scale(box.width() / 24, box.height() / 24)
    pen = QPen(ink, weight, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(SHAPES[name]())
    painter.restore()


def icon(name: str, ink: str = "text", size: int = 24) -> QIcon:
    """The sign as a QIcon for menus and the window, in the colour of a token."""
    picture = QPixmap(size * 2, size * 2)
    picture.setDevicePixelRatio(2)
    picture.fill(Qt.GlobalColor.transparent)
    with QPainter(picture) as painter:
        paint_icon(painter, name, QRectF(0, 0, size, size), colour(ink))
    return QIcon(picture)


class Sign(QWidget):
    """A sign beside words. It says nothing to a screen reader: the words beside it do."""

    def __init__(
        self, name: str, ink: str = "text", size: int = 18, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._name = name
        self._ink = ink
        self.setFixedSize(QSize(size, size))

    def show_sign(self, name: str, ink: str) -> None:
        """Changes what is drawn."""
        if (name, ink) != (self._name, self._ink):
            self._name, self._ink = name, ink
            self.update()

    def paintEvent(self, event: object) -> None:
        """Draws the sign in the colours in force."""
        with QPainter(self) as painter:
            paint_icon(painter, self._name, QRectF(self.rect()), colour(self._ink))
