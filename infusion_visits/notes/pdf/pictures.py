"""The pictures of the note: chart, body figure, and the strokes of a signature."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infusion_visits.core.body_geometry import body_marks
from infusion_visits.core.chart_geometry import chart_marks
from infusion_visits.core.drawing import Polyline, Role
from infusion_visits.notes.pdf.ink import Ink, chart_lettering
from infusion_visits.notes.pdf.pieces import Drawn
from infusion_visits.notes.pdf.tags import Tag
from infusion_visits.notes.structure import Kind

if TYPE_CHECKING:
    from infusion_visits.core.blocks import BodyFigure, Chart, InkBlock
    from infusion_visits.core.logo import Logo

_CHART_HEIGHT = 122.0
_CHART_LETTERS = 7.8
_LOGO = (130.0, 34.0)
_FIGURE = (32.0, 60.0)
_INK_WIDTH, _INK_HEIGHT = 150.0, 26.0


def chart_picture(block: Chart, width: float, under: Tag) -> Drawn:
    """The chart over the whole width."""
    marks = chart_marks(block, width, _CHART_HEIGHT, chart_lettering(_CHART_LETTERS))

    def paint(ink: Ink, x: float, top: float) -> None:
        ink.marks(marks, x, top)

    return Drawn(_CHART_HEIGHT, paint, Tag(Kind.FIGURE, under, block.alt), width)


def logo_picture(logo: Logo, words: str, under: Tag) -> Drawn:
    """The agency's logo, no taller than the name beside it."""
    scale = min(_LOGO[0] / logo.width, _LOGO[1] / logo.height)
    width, height = scale * logo.width, scale * logo.height

    def paint(ink: Ink, x: float, top: float) -> None:
        ink.picture(logo, x, top, width, height)

    return Drawn(height, paint, Tag(Kind.FIGURE, under, words), width)


def body_picture(block: BodyFigure, under: Tag) -> Drawn:
    """The body from the front with its lines, small enough to stand beside words."""
    wide, tall = _FIGURE
    marks = body_marks(block, wide, tall)

    def paint(ink: Ink, x: float, top: float) -> None:
        ink.marks(marks, x, top + 4.0)

    return Drawn(tall + 4.0, paint, Tag(Kind.FIGURE, under, block.alt), wide)


def strokes_picture(block: InkBlock, width: float, under: Tag) -> Drawn:
    """The strokes of a signature over a line."""
    width = min(_INK_WIDTH, width)
    points = [point for stroke in block.strokes for point in stroke]
    left, top = min(x for x, _ in points), min(y for _, y in points)
    right, bottom = max(x for x, _ in points), max(y for _, y in points)
    scale = min(width / 1000, width / max(right - left, 1), _INK_HEIGHT / max(bottom - top, 1))
    tall = (bottom - top) * scale
    lines = tuple(
        Polyline(
            tuple(
                ((x - left) * scale + 4.0, (y - bottom) * scale + _INK_HEIGHT)
                for x, y in (stroke if len(stroke) > 1 else (*stroke, *stroke))
            ),
            Role.INK,
            1.1,
        )
        for stroke in block.strokes
        if stroke
    )

    def paint(ink: Ink, x: float, top: float) -> None:
        ink.marks(lines, x, top)
        base = top + max(tall, _INK_HEIGHT) + 2.0
        ink.rule(x, base, x + width, base, Role.LINE, 0.6)

    tag = Tag(Kind.FIGURE, under, f"{block.label}, drawn by hand")
    return Drawn(_INK_HEIGHT + 4.0, paint, tag, width, keep_next=True)
