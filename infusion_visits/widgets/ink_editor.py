"""The pad for a drawn signature: mouse, pen or finger; Enter confirms, Delete clears.

Strokes are kept in thousandths of the pad's width, so that the paper and a larger screen show
the same hand. Who cannot draw answers the field "why there is no ink" beside it.
"""

from __future__ import annotations

import json
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from infusion_visits.widgets.editor import ENTER_KEYS, Editor, SenseSource
from infusion_visits.widgets.pills import CLEARING
from infusion_visits.widgets.theme import RADIUS, Size, colour, font

if TYPE_CHECKING:
    from infusion_visits.core.fields import Ink

Stroke = list[tuple[int, int]]

_WIDTH = 420
_HEIGHT = 132
_LEAST_WIDTH = 240
_THOUSAND = 1000
_LEAST_STEP = 3
_MOST_POINTS = 20_000


def strokes_of(text: str) -> list[Stroke]:
    """The strokes of a stored text; none where it is empty or no strokes at all."""
    try:
        read = json.loads(text) if text else []
        return [[(int(x), int(y)) for x, y in stroke] for stroke in read]
    except (ValueError, TypeError):
        return []


class InkPad(QWidget):
    """The pad itself."""

    def __init__(self, editor: InkEditor) -> None:
        super().__init__(editor)
        self._editor = editor
        self.strokes: list[Stroke] = []
        self._drawing = False
        self.setMinimumWidth(_LEAST_WIDTH)
        self.setMaximumWidth(_WIDTH)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(_HEIGHT)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)

    def sizeHint(self) -> QSize:
        """Its full size; narrower where the form is."""
        return QSize(_WIDTH, _HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The pad keeps its shape: a stroke is a share of its width."""
        super().resizeEvent(event)
        self.setFixedHeight(round(self.width() * _HEIGHT / _WIDTH))

    def _point(self, at: QPointF) -> tuple[int, int]:
        x = round(min(max(at.x(), 0), self.width()) * _THOUSAND / self.width())
        y = round(min(max(at.y(), 0), self.height()) * _THOUSAND / self.width())
        return x, y

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The pen touches; pens and fingers arrive here as well, Qt translates them."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        self._drawing = True
        self.strokes.append([self._point(event.position())])
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The pen moves; points closer than three thousandths add nothing to see."""
        if not self._drawing or sum(len(stroke) for stroke in self.strokes) > _MOST_POINTS:
            return
        x, y = self._point(event.position())
        before = self.strokes[-1][-1]
        if abs(x - before[0]) + abs(y - before[1]) >= _LEAST_STEP:
            self.strokes[-1].append((x, y))
            self.update()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """The pen is lifted: the stroke is there."""
        if self._drawing:
            self._drawing = False
            self._editor.drawn()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter confirms, Delete clears."""
        key = Qt.Key(event.key())
        if key in ENTER_KEYS:
            self._editor.confirmed()
        elif key in CLEARING and self.strokes:
            self.strokes = []
            self.update()
            self._editor.drawn()
        else:
            event.ignore()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The pad with its writing line and the ink."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            width = 2.0 if self.hasFocus() else 1.0
            path = QPainterPath()
            edge = QRectF(self.rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2)
            path.addRoundedRect(edge, RADIUS, RADIUS)
            painter.fillPath(path, colour("surface"))
            painter.setPen(QPen(colour("focus" if self.hasFocus() else "line"), width))
            painter.drawPath(path)
            painter.setPen(QPen(colour("hair"), 1))
            painter.drawLine(QLineF(20, self.height() - 34, self.width() - 20, self.height() - 34))
            painter.setPen(colour("quiet"))
            painter.setFont(font(Size.SMALL))
            hint = "Enter confirms, Delete clears" if self.strokes else "Sign here"
            painter.drawText(
                QRectF(20, self.height() - 30, self.width() - 40, 22),
                Qt.AlignmentFlag.AlignVCenter,
                hint,
            )
            paint_strokes(painter, self.strokes, QRectF(self.rect()))


def paint_strokes(painter: QPainter, strokes: list[Stroke], box: QRectF) -> None:
    """Draws strokes in thousandths of `box`'s width into `box`."""
    scale = box.width() / _THOUSAND
    pen = QPen(colour("text"), 2)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    lines: list[QLineF] = []
    for stroke in strokes:
        points = [QPointF(box.left() + x * scale, box.top() + y * scale) for x, y in stroke]
        if len(points) == 1:
            painter.drawPoint(points[0])
        lines.extend(QLineF(a, b) for a, b in pairwise(points))
    # drawLines paints an antialiased thick line many times faster than drawPolyline.
    painter.drawLines(lines)


class InkEditor(Editor):
    """The editor of an Ink field."""

    def __init__(self, leaf: Ink, sense: SenseSource, parent: QWidget | None = None) -> None:
        super().__init__(leaf, sense, parent)
        self.pad = InkPad(self)
        self._watch(self.pad)
        self._body.addWidget(self.pad)

    @property
    def widget(self) -> QWidget:
        """The pad."""
        return self.pad

    @property
    def wide(self) -> bool:
        """The pad stands alone on its line."""
        return True

    def text(self) -> str:
        """The strokes as JSON; empty without any."""
        return json.dumps(self.pad.strokes, separators=(",", ":")) if self.pad.strokes else ""

    def _write(self, text: str) -> None:
        self.pad.strokes = strokes_of(text)
        self.pad.update()

    def drawn(self) -> None:
        """A stroke was made, or all were cleared."""
        self._typed()

    def confirmed(self) -> None:
        """Enter was pressed on the pad."""
        self._enter()
