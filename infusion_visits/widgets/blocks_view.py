"""Blocks of a note as widgets: for the safety pane, the chart, and what page one will say."""

from __future__ import annotations

from functools import singledispatch
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from infusion_visits.core.blocks import (
    Answers,
    Block,
    BodyFigure,
    Chart,
    Exceptions,
    Heading,
    InkBlock,
    Items,
    Keep,
    Paragraph,
    SideBySide,
    Span,
    Table,
    Voice,
)
from infusion_visits.widgets.block_table import BlockTable
from infusion_visits.widgets.clearing import clear_out, take_out
from infusion_visits.widgets.drawing import BodyView, ChartView
from infusion_visits.widgets.icons import Sign
from infusion_visits.widgets.ink_editor import paint_strokes
from infusion_visits.widgets.span_words import SpanWords
from infusion_visits.widgets.theme import Size
from infusion_visits.widgets.words import PlainWords

if TYPE_CHECKING:
    from collections.abc import Sequence

NARROW = 260
TOP_LEVEL = 2


def _column(parent: QWidget, gap: int) -> tuple[QWidget, QVBoxLayout]:
    holder = QWidget(parent)
    holder.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    body = QVBoxLayout(holder)
    body.setContentsMargins(0, 0, 0, 0)
    body.setSpacing(gap)
    return holder, body


@singledispatch
def block_widget(block: object, parent: QWidget) -> QWidget:
    """The widget of one block. Raises TypeError for a block it does not know."""
    raise TypeError(f"no widget for {type(block).__name__} in {type(parent).__name__}")


@block_widget.register
def _(block: Heading, parent: QWidget) -> QWidget:
    voice = {1: "title", TOP_LEVEL: "section"}.get(block.level, "strong")
    if not block.beside:
        return PlainWords(block.text, voice, parent=parent)
    size = {1: Size.TITLE, TOP_LEVEL: Size.SECTION}.get(block.level, Size.TEXT)
    words = (Span(block.text, Voice.STRONG), Span(f"   {block.beside}", Voice.QUIET))
    return SpanWords(words, size, parent=parent, quiet_size=Size.TEXT)


@block_widget.register
def _(block: Paragraph, parent: QWidget) -> QWidget:
    return SpanWords(block.words, parent=parent)


@block_widget.register
def _(block: Items, parent: QWidget) -> QWidget:
    holder, body = _column(parent, 4)
    for words in block.rows:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(PlainWords("·", "quiet", wraps=False), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(SpanWords(words), 1)
        body.addLayout(row)
    return holder


class AnswersView(QWidget):
    """Labels over their answers, in the block's columns where there is room, else in one."""

    def __init__(self, block: Answers, parent: QWidget) -> None:
        super().__init__(parent)
        self._columns = 0
        self._most = max(block.columns, 1)
        self._cells: list[QWidget] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(8)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        for answer in block.rows:
            holder, body = _column(self, 0)
            body.addWidget(PlainWords(answer.label, "small"))
            body.addWidget(SpanWords(answer.words))
            self._cells.append(holder)
        self._place(1)

    def _place(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        take_out(self._grid)
        for at, cell in enumerate(self._cells):
            self._grid.addWidget(cell, at // columns, at % columns, Qt.AlignmentFlag.AlignTop)
        for at in range(self._most):
            self._grid.setColumnStretch(at, 1 if at < columns else 0)

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """As many columns as there is room for."""
        self._place(min(self._most, max(self.width() // NARROW, 1)))


@block_widget.register
def _(block: Answers, parent: QWidget) -> QWidget:
    return AnswersView(block, parent)


@block_widget.register
def _(block: Table, parent: QWidget) -> QWidget:
    table = BlockTable(parent)
    table.show_table(block)
    return table


@block_widget.register
def _(block: Exceptions, parent: QWidget) -> QWidget:
    frame = QFrame(parent)
    frame.setProperty("ground", "danger" if block.rows else "ok")
    frame.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    body = QVBoxLayout(frame)
    body.setContentsMargins(12, 10, 12, 12)
    body.setSpacing(8)
    head = QHBoxLayout()
    head.setSpacing(8)
    sign, ink = ("alert", "danger") if block.rows else ("check", "ok")
    title = block.title if block.rows else (block.none or block.title)
    head.addWidget(Sign(sign, ink))
    head.addWidget(PlainWords(title, "danger" if block.rows else "ok"), 1)
    body.addLayout(head)
    for one in block.rows:
        row = QHBoxLayout()
        row.setSpacing(12)
        time = PlainWords(one.time, "strong", wraps=False)
        time.setMinimumWidth(48)
        row.addWidget(time, 0, Qt.AlignmentFlag.AlignTop)
        holder, words = _column(frame, 2)
        words.addWidget(SpanWords(one.words))
        if one.response:
            words.addWidget(SpanWords(one.response))
        row.addWidget(holder, 1)
        body.addLayout(row)
    return frame


@block_widget.register
def _(block: SideBySide, parent: QWidget) -> QWidget:
    holder = QWidget(parent)
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(24)
    row.addWidget(BlocksView(block.left), block.left_share)
    row.addWidget(BlocksView(block.right), 100 - block.left_share)
    return holder


@block_widget.register
def _(block: Chart, parent: QWidget) -> QWidget:
    frame = QFrame(parent)
    frame.setProperty("ground", "card")
    body = QVBoxLayout(frame)
    body.setContentsMargins(12, 10, 12, 10)
    body.setSpacing(4)
    head = QHBoxLayout()
    head.addWidget(PlainWords(block.title, "strong"))
    head.addWidget(PlainWords(block.beside, "small"), 1)
    body.addLayout(head)
    body.addWidget(ChartView(block))
    return frame


@block_widget.register
def _(block: BodyFigure, parent: QWidget) -> QWidget:
    if not block.beside:
        return BodyView(block, parent)
    holder = QWidget(parent)
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(24)
    row.addWidget(BodyView(block), 2)
    row.addWidget(BlocksView(block.beside), 3)
    return holder


class InkView(QWidget):
    """A drawn signature, as it was drawn."""

    def __init__(self, block: InkBlock) -> None:
        super().__init__()
        self._strokes = [list(stroke) for stroke in block.strokes]
        self.setAccessibleName(f"{block.label}: signed")

    def sizeHint(self) -> QSize:
        """Two thirds of the pad."""
        return QSize(280, 88)

    def minimumSizeHint(self) -> QSize:
        """Small, but legible."""
        return QSize(160, 52)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paints the strokes."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            width = min(self.width(), self.height() * 280 / 88)
            paint_strokes(painter, self._strokes, QRectF(0, 0, width, self.height()))


@block_widget.register
def _(block: InkBlock, parent: QWidget) -> QWidget:
    holder, body = _column(parent, 2)
    body.addWidget(PlainWords(block.label, "small"))
    if block.strokes:
        body.addWidget(InkView(block))
    body.addWidget(SpanWords(block.caption))
    return holder


@block_widget.register
def _(block: Keep, parent: QWidget) -> QWidget:
    return BlocksView(block.blocks, parent)


class BlocksView(QWidget):
    """Blocks under each other; rebuilt only when they change."""

    def __init__(self, blocks: Sequence[Block] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[Block, ...] = ()
        self._body = QVBoxLayout(self)
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(8)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.show_blocks(blocks)

    def show_blocks(self, blocks: Sequence[Block]) -> None:
        """Shows these blocks."""
        wanted = tuple(blocks)
        if wanted == self._shown:
            return
        self._shown = wanted
        clear_out(self._body)
        for block in wanted:
            self._body.addWidget(block_widget(block, self))
