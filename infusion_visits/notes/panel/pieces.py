"""Blocks of page one as painted pieces: laid out once for a width, painted only where seen.

As widgets they took some 300 ms to lay out when measured; painted, the next note is there before
the key is up. Chart and body figure come from the same geometry as on paper.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial, singledispatch
from itertools import accumulate
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QTextCharFormat, QTextLayout, QTextOption

from infusion_visits.core.blocks import (
    Answers,
    Block,
    BodyFigure,
    Chart,
    Exceptions,
    Heading,
    Items,
    Paragraph,
    Side,
    Span,
    Table,
    Voice,
)
from infusion_visits.core.body_geometry import body_marks
from infusion_visits.core.chart_geometry import chart_marks
from infusion_visits.widgets.drawing import PIXELS, paint_marks, screen_lettering
from infusion_visits.widgets.icons import paint_icon
from infusion_visits.widgets.theme import RADIUS, Size, colour, font

if TYPE_CHECKING:
    from collections.abc import Sequence

    from infusion_visits.core.blocks import Words

_GAP = 8
_INKS = {Voice.QUIET: "quiet", Voice.FLAG: "danger", Voice.STRUCK: "quiet"}
_CHART_HEIGHT, _BODY_HEIGHT, _BODY_WIDTH = 190, 210, 170
_TIME_WIDTH = 52
_TOP = 2

Formats = list[QTextLayout.FormatRange]
Paint = Callable[[QPainter], None]


@dataclass(frozen=True, slots=True)
class Piece:
    """Something painted, `height` pixels high; `paint` finds the origin at its top left."""

    height: float
    paint: Paint


def pieces_of(blocks: Sequence[Block], width: float) -> tuple[Piece, ...]:
    """The blocks below each other at this width."""
    return tuple(piece for block in blocks for piece in _pieces(block, width))


@singledispatch
def _pieces(block: Block, width: float) -> Iterator[Piece]:
    """Raises TypeError for a block that stands on no page one."""
    raise TypeError(f"no piece for {type(block).__name__}")


@_pieces.register
def _(block: Heading, width: float) -> Iterator[Piece]:
    words: list[Span] = [Span(block.text, Voice.STRONG)]
    if block.beside:
        words.append(Span(f"   {block.beside}", Voice.QUIET))
    size = Size.SECTION if block.level <= _TOP else Size.TEXT
    yield _room(_text_piece(tuple(words), width, size), above=10)


@_pieces.register
def _(block: Paragraph, width: float) -> Iterator[Piece]:
    yield _room(_text_piece(block.words, width))


@_pieces.register
def _(block: Items, width: float) -> Iterator[Piece]:
    for words in block.rows:
        text = words_layout(words, width - 14)

        def paint(painter: QPainter, text: QTextLayout = text) -> None:
            painter.setPen(colour("quiet"))
            painter.setFont(font(Size.TEXT))
            painter.drawText(QRectF(0, 0, 12, text.lineAt(0).height()), "·")
            _draw(painter, text, 14, 0)

        yield Piece(height_of(text) + 4, paint)


@_pieces.register
def _(block: Answers, width: float) -> Iterator[Piece]:
    left = width * 0.4
    for one in block.rows:
        label = words_layout((Span(one.label, Voice.QUIET),), left - _GAP)
        words = words_layout(one.words, width - left)
        yield Piece(max(height_of(label), height_of(words)) + 4, partial(_two, label, words, left))


def _two(label: QTextLayout, words: QTextLayout, left: float, painter: QPainter) -> None:
    _draw(painter, label, 0, 0)
    _draw(painter, words, left, 0)


@_pieces.register
def _(block: Table, width: float) -> Iterator[Piece]:
    shares = [column.share for column in block.columns]
    unit = (width - _GAP * (len(shares) - 1)) / max(sum(shares), 1)
    widths = [share * unit for share in shares]
    lefts = [at - own for at, own in zip(_ends(widths), widths, strict=True)]
    heads = tuple((Span(column.label, Voice.QUIET),) for column in block.columns)
    for number, row in enumerate((heads, *block.rows)):
        texts = [
            words_layout(words, own, Size.TEXT if number else Size.SMALL, column.side)
            for words, own, column in zip(row, widths, block.columns, strict=True)
        ]
        height = max((height_of(text) for text in texts), default=0.0) + 6
        yield Piece(height, partial(_table_row, texts, lefts, width, ruled=number > 0))
    yield Piece(_GAP, _nothing)


def _ends(widths: Sequence[float]) -> list[float]:
    """Where each column ends, the gaps before it counted."""
    return [end + _GAP * at for at, end in enumerate(accumulate(widths))]


def _table_row(
    texts: Sequence[QTextLayout],
    lefts: Sequence[float],
    width: float,
    painter: QPainter,
    *,
    ruled: bool,
) -> None:
    if ruled:
        painter.setPen(QPen(colour("hair"), 1))
        painter.drawLine(QPointF(0, 0), QPointF(width, 0))
    for text, left in zip(texts, lefts, strict=True):
        _draw(painter, text, left, 3)


@_pieces.register
def _(block: Exceptions, width: float) -> Iterator[Piece]:
    ink = "danger" if block.rows else "ok"
    title = block.title if block.rows else (block.none or block.title)
    head = words_layout((Span(title, Voice.STRONG),), width - 48, ink=ink)
    rows = []
    at = height_of(head) + 18
    for one in block.rows:
        words = (*one.words, *((Span(" "), *one.response) if one.response else ()))
        time = words_layout((Span(one.time, Voice.STRONG),), _TIME_WIDTH)
        text = words_layout(words, width - _TIME_WIDTH - 32)
        rows.append((at, time, text))
        at += max(height_of(text), height_of(time)) + 8
    whole = at + (4 if rows else -6)

    def paint(painter: QPainter) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(f"{ink}_wash"))
        painter.drawRoundedRect(QRectF(0, 0, width, whole), RADIUS, RADIUS)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        sign = "alert" if block.rows else "check"
        paint_icon(painter, sign, QRectF(12, 8, 18, 18), colour(ink), weight=2.4)
        _draw(painter, head, 38, 8)
        for top, time, text in rows:
            _draw(painter, time, 12, top)
            _draw(painter, text, 12 + _TIME_WIDTH + _GAP, top)

    yield Piece(whole + _GAP, paint)


@_pieces.register
def _(block: Chart, width: float) -> Iterator[Piece]:
    yield from _pieces(Heading(block.title, 3, block.beside), width)
    # The marks are worked out when they are first seen: geometry takes longer than painting.
    made: list[tuple[object, ...]] = []

    def paint(painter: QPainter) -> None:
        if not made:
            marks = chart_marks(block, width / PIXELS, _CHART_HEIGHT / PIXELS, screen_lettering())
            made.append(marks)
        paint_marks(painter, made[0])  # type: ignore[arg-type]

    yield Piece(_CHART_HEIGHT + _GAP, paint)


@_pieces.register
def _(block: BodyFigure, width: float) -> Iterator[Piece]:
    beside = stacked(pieces_of(block.beside, width - _BODY_WIDTH - 16))
    height = max(_BODY_HEIGHT, beside[-1][0] + beside[-1][1].height if beside else 0)

    def paint(painter: QPainter) -> None:
        marks = body_marks(
            block, _BODY_WIDTH / PIXELS, _BODY_HEIGHT / PIXELS, screen_lettering(), labelled=False
        )
        paint_marks(painter, marks)
        for top, piece in beside:
            painter.save()
            painter.translate(_BODY_WIDTH + 16, top)
            piece.paint(painter)
            painter.restore()

    yield Piece(height + _GAP, paint)


def stacked(pieces: Sequence[Piece]) -> list[tuple[float, Piece]]:
    """Each piece with the top at which it stands."""
    tops = accumulate((piece.height for piece in pieces), initial=0.0)
    return list(zip(tops, pieces, strict=False))


def _nothing(_painter: QPainter) -> None:
    """Room."""


def _room(piece: Piece, above: float = 0, below: float = 6) -> Piece:
    def paint(painter: QPainter) -> None:
        painter.translate(0, above)
        piece.paint(painter)

    return replace(piece, height=piece.height + above + below, paint=paint)


def _text_piece(words: Words, width: float, size: int = Size.TEXT) -> Piece:
    text = words_layout(words, width, size)
    return Piece(height_of(text), lambda painter: _draw(painter, text, 0, 0))


def _draw(painter: QPainter, text: QTextLayout, left: float, top: float) -> None:
    painter.setPen(colour("text"))
    text.draw(painter, QPointF(left, top))


def words_layout(
    words: Words, width: float, size: int = Size.TEXT, side: Side = Side.LEFT, ink: str = ""
) -> QTextLayout:
    """Words that wrap at this width, each in its voice."""
    formats: Formats = []
    text = span_text("", words, formats, size, ink)
    return text_layout(text, width, formats, size, side)


def span_text(
    text: str, words: Words, formats: Formats, size: int = Size.TEXT, ink: str = ""
) -> str:
    """`text` and the words after it; their voices are added to `formats`."""
    for span in words:
        # A figure and its unit never part: `72 /min` is not broken after the stroke.
        said = span.text.replace("/", "/\u2060")
        strong = span.voice in {Voice.STRONG, Voice.FLAG}
        colour_name = ink or _INKS.get(span.voice, "")
        if strong or colour_name or span.voice is Voice.CODE:
            one = voiced(len(text), len(said), colour_name or "text", 600 if strong else 400)
            one.format = _more(one.format, span.voice, size, strong=strong)
            formats.append(one)
        text += said
    return text.replace("\n", "\u2028")


def _more(made: QTextCharFormat, voice: Voice, size: int, *, strong: bool) -> QTextCharFormat:
    made.setFont(font(size, 600 if strong else 400, mono=voice is Voice.CODE))
    made.setFontStrikeOut(voice is Voice.STRUCK)
    return made


def voiced(start: int, length: int, ink: str, weight: int = 400) -> QTextLayout.FormatRange:
    """A run of text in an ink and a weight."""
    one = QTextLayout.FormatRange()
    one.start, one.length = start, length
    made = QTextCharFormat()
    made.setFont(font(Size.TEXT, weight))
    made.setForeground(colour(ink))
    one.format = made
    return one


def text_layout(
    text: str,
    width: float,
    formats: Formats,
    size: int = Size.TEXT,
    side: Side = Side.LEFT,
) -> QTextLayout:
    """A text laid out at this width; the words wrap and are never clipped."""
    layout = QTextLayout(text, font(size))
    right = side is Side.RIGHT
    option = QTextOption(Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.setFormats(formats)
    layout.setCacheEnabled(True)
    at = 0.0
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(width, 1))
        line.setPosition(QPointF(0, at))
        at += line.height()
    layout.endLayout()
    return layout


def height_of(layout: QTextLayout) -> float:
    """How high the laid out text is."""
    last = layout.lineAt(layout.lineCount() - 1) if layout.lineCount() else None
    return last.y() + last.height() if last is not None else 0.0
