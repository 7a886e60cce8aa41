"""Pictures on the screen: the same marks that the note prints, in the colours in force."""

from __future__ import annotations

from functools import lru_cache, singledispatch
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from infusion_visits.core.body_geometry import body_marks
from infusion_visits.core.chart_geometry import chart_marks
from infusion_visits.core.drawing import (
    Anchor,
    Dot,
    Label,
    Lettering,
    Line,
    Mark,
    Polyline,
    Rectangle,
    Role,
    Triangle,
)
from infusion_visits.widgets.theme import Size, colour, font

if TYPE_CHECKING:
    from infusion_visits.core.blocks import BodyFigure, Chart

INKS: dict[Role, str] = {
    Role.INK: "text",
    Role.QUIET: "quiet",
    Role.LINE: "line",
    Role.HAIR: "hair",
    Role.BAND: "accent_wash",
    Role.ACCENT: "accent",
    Role.DANGER: "danger",
    Role.FOCUS: "focus",
}

PIXELS = 1.5
"""Pixels for one point of the geometry: what is fine on paper is too thin on a screen."""


@lru_cache(maxsize=4096)
def _measure(text: str, size: float, strong: bool = False) -> float:
    face = font(round(size * PIXELS), 600 if strong else 400)
    return QFontMetricsF(face).horizontalAdvance(text) / PIXELS


def screen_lettering() -> Lettering:
    """Labels of thirteen pixels, measured in the program's own face."""
    return Lettering(Size.SMALL / PIXELS, _measure)


def paint_marks(painter: QPainter, marks: tuple[Mark, ...]) -> None:
    """Paints marks in points at 1.5 pixels a point."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(PIXELS, PIXELS)
    for mark in marks:
        _paint(mark, painter)
    painter.restore()


def _pen(role: Role, width: float, dash: tuple[float, ...] = ()) -> QPen:
    pen = QPen(colour(INKS[role]), width)
    if dash:
        # Qt counts dashes in widths of the pen.
        pen.setDashPattern([length / width for length in dash])
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    return pen


@singledispatch
def _paint(mark: object, painter: QPainter) -> None:
    raise TypeError(f"no way to paint {type(mark).__name__}")


@_paint.register
def _(mark: Line, painter: QPainter) -> None:
    painter.setPen(_pen(mark.role, mark.width, mark.dash))
    painter.drawLine(QLineF(mark.x1, mark.y1, mark.x2, mark.y2))


@_paint.register
def _(mark: Polyline, painter: QPainter) -> None:
    pen = _pen(mark.role, mark.width, mark.dash)
    if not mark.dash:
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    # drawPolyline with an antialiased thick pen took 24 times as long as drawLines when measured.
    painter.drawLines([QLineF(*one, *other) for one, other in pairwise(mark.points)])


@_paint.register
def _(mark: Rectangle, painter: QPainter) -> None:
    painter.fillRect(QRectF(mark.x, mark.y, mark.width, mark.height), colour(INKS[mark.role]))


@_paint.register
def _(mark: Dot, painter: QPainter) -> None:
    ink = colour(INKS[mark.role])
    painter.setPen(QPen(ink, mark.width) if mark.hollow else Qt.PenStyle.NoPen)
    painter.setBrush(colour("surface") if mark.hollow else ink)
    painter.drawEllipse(QPointF(mark.x, mark.y), mark.radius, mark.radius)
    painter.setBrush(Qt.BrushStyle.NoBrush)


@_paint.register
def _(mark: Triangle, painter: QPainter) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(INKS[mark.role]))
    half = mark.size / 2
    corners = [
        QPointF(mark.x - half, mark.y),
        QPointF(mark.x + half, mark.y),
        QPointF(mark.x, mark.y - mark.size * 0.9),
    ]
    painter.drawPolygon(QPolygonF(corners))
    painter.setBrush(Qt.BrushStyle.NoBrush)


@_paint.register
def _(mark: Label, painter: QPainter) -> None:
    face = font(round(mark.size * PIXELS), 600 if mark.strong else 400)
    painter.setPen(colour(INKS[mark.role]))
    width = _measure(mark.text, mark.size, mark.strong)
    shift = {Anchor.START: 0.0, Anchor.MIDDLE: width / 2, Anchor.END: width}[mark.anchor]
    painter.save()
    painter.translate(mark.x - shift, mark.y)
    # Letters are set at their true size in pixels, so that hinting and figures stay crisp.
    painter.scale(1 / PIXELS, 1 / PIXELS)
    painter.setFont(face)
    painter.drawText(QPointF(0, 0), mark.text)
    painter.restore()


class ChartView(QWidget):
    """The vitals chart over the rate curve; its words are its accessible description."""

    def __init__(self, chart: Chart | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chart: Chart | None = None
        self._marks: tuple[Mark, ...] = ()
        self._drawn = QSize()
        self.setMinimumHeight(200)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        if chart is not None:
            self.show_chart(chart)

    def show_chart(self, chart: Chart) -> None:
        """Shows another chart."""
        if chart != self.chart:
            self.chart = chart
            self.setAccessibleName(chart.title)
            self.setAccessibleDescription(chart.alt)
            self._marks = ()
            self.update()

    def sizeHint(self) -> QSize:
        """Wide and low."""
        return QSize(640, 260)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paints the marks of the present size."""
        if self.chart is None or self.width() < 2 or self.height() < 2:
            return
        if not self._marks or self._drawn != self.size():
            self._drawn = self.size()
            self._marks = chart_marks(
                self.chart, self.width() / PIXELS, self.height() / PIXELS, screen_lettering()
            )
        with QPainter(self) as painter:
            paint_marks(painter, self._marks)


class BodyView(QWidget):
    """The body with its lines; its words are its accessible description."""

    def __init__(self, figure: BodyFigure | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.figure: BodyFigure | None = None
        self.setMinimumSize(QSize(120, 240))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        if figure is not None:
            self.show_figure(figure)

    def show_figure(self, figure: BodyFigure) -> None:
        """Shows another figure."""
        if figure != self.figure:
            self.figure = figure
            self.setAccessibleName("Body figure")
            self.setAccessibleDescription(figure.alt)
            self.update()

    def sizeHint(self) -> QSize:
        """High and narrow, with room for the labels."""
        return QSize(300, 320)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paints the marks of the present size."""
        if self.figure is None or self.width() < 2 or self.height() < 2:
            return
        marks = body_marks(
            self.figure,
            self.width() / PIXELS,
            self.height() / PIXELS,
            screen_lettering(),
            labelled=self.width() >= 220,
        )
        with QPainter(self) as painter:
            paint_marks(painter, marks)
