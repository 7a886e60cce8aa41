"""The record on the screen: page one, then answer by answer; each can be gone to and asked about.

One widget paints it all, because a long visit has some four hundred answers: as many labels would
take longer to make than a coordinator takes to press J.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QPainter,
    QPen,
    QTextCharFormat,
    QTextLayout,
)
from PySide6.QtWidgets import QWidget

from infusion_visits.notes.answered import AnsweredLine
from infusion_visits.notes.panel.pieces import (
    Formats,
    height_of,
    pieces_of,
    span_text,
    text_layout,
    voiced,
)
from infusion_visits.widgets.theme import Size, colour, font

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPaintEvent

    from infusion_visits.core.blocks import Block
    from infusion_visits.notes.answered import AnsweredSection, CellWords

_SIDE, _GAP, _HEAD = 8, 12, 36
_LABEL_SHARE = 0.32
_BETWEEN = " · "
_QUESTION = "Question: "
FIRST_SEEN, SLICE = 900.0, 400.0
"""Pixels laid out before the first paint, and in each slice after it."""


@dataclass(slots=True)
class _Laid:
    """Something painted, with its place; a line of the record where `line` is set."""

    top: float
    height: float
    paint: Callable[[QPainter], None] | None = None
    line: AnsweredLine | None = None
    label: QTextLayout | None = None
    words: QTextLayout | None = None
    ranges: tuple[tuple[int, int], ...] = ()


class NotePaper(QWidget):
    """Up and Down walk the lines, Left and Right the answers of one, PgUp and PgDn the sections.

    Its height follows from `set_width`; `moved` gives the box of what is walked to.
    """

    moved = Signal(QRect)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("review.record")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("The record, answer by answer")
        self._blocks: tuple[Block, ...] = ()
        self._sections: tuple[AnsweredSection, ...] = ()
        self._pinned: Mapping[str, Sequence[str]] = {}
        self._laid: list[_Laid] = []
        self._places: list[_Laid] = []
        self._starts: list[int] = []
        self._at, self._in = 0, 0
        self._top = 0.0
        self._rest: Iterator[None] | None = None
        self._fresh = True
        self._held = False

    def hold(self, held: bool) -> None:
        """Keeps the ring at the answer that is asked about while the keys are elsewhere."""
        self._held = held
        self.update()

    @property
    def held(self) -> bool:
        """Whether an answer is asked about."""
        return self._held

    def reveal(self) -> None:
        """Asks for the answer that is walked to to be seen."""
        if self._at < len(self._places):
            self._tell()

    def show_note(
        self,
        blocks: Sequence[Block],
        sections: Sequence[AnsweredSection],
        pinned: Mapping[str, Sequence[str]],
    ) -> None:
        """Shows page one and these answers; `pinned` are questions by the path of their cell."""
        self._fresh = tuple(sections) != self._sections
        self._blocks, self._sections = tuple(blocks), tuple(sections)
        self._pinned = pinned
        self._lay_out()

    def set_width(self, width: int) -> None:
        """Takes a width, and the height that follows from it."""
        if width != self.width():
            self.resize(width, self.height())
            self._lay_out()

    def sizeHint(self) -> QSize:
        """As it stands."""
        return self.size()

    @property
    def lines(self) -> tuple[AnsweredLine, ...]:
        """All lines of the record, in order."""
        return tuple(line for section in self._sections for line in section.lines)

    @property
    def current(self) -> tuple[AnsweredLine, CellWords] | None:
        """The answer that is walked to."""
        if self._at >= len(self._places):
            return None
        line = self._places[self._at].line
        if line is None or not line.cells:
            return None
        return line, line.cells[min(self._in, len(line.cells) - 1)]

    def go_to(self, path: str) -> bool:
        """Goes to the answer whose cell has this path; says whether it is here."""
        self._finish()
        for at, laid in enumerate(self._places):
            for within, one in enumerate(laid.line.cells if laid.line else ()):
                if one.cell.path() == path:
                    self._go(at, within)
                    return True
        return False

    def changeEvent(self, event: QEvent) -> None:
        """Other colours are in force: the inks are part of what was laid out."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.StyleChange, QEvent.Type.PaletteChange}:
            self._lay_out()

    # Where everything stands

    def _lay_out(self) -> None:
        """What is seen first at once, the rest in slices: no key waits for a long record."""
        self._laid, self._places, self._starts = [], [], []
        self._top = 0.0
        self._rest = self._pieces()
        # Of the same record all is laid out at once: the place that is looked at stays there.
        until = FIRST_SEEN if self._fresh else float("inf")
        if self._fresh:
            self._at = self._in = 0
        self._fresh = False
        self._go_on(until)

    def _go_on(self, until: float = 0.0) -> None:
        rest = self._rest
        if rest is None:
            return
        until = until or self._top + SLICE
        for _ in rest:
            if self._top >= until:
                QTimer.singleShot(0, self, self._go_on)
                break
        else:
            self._rest = None
        self.setFixedHeight(max(round(self._top), 1))
        self.update()

    def _finish(self) -> None:
        """All of it is laid out: somebody goes to a place that may lie far below."""
        if self._rest is not None:
            self._go_on(until=float("inf"))

    def _pieces(self) -> Iterator[None]:
        width = self.width()
        for block in self._blocks:
            for piece in pieces_of((block,), width):
                self._put(_Laid(self._top, piece.height, piece.paint))
            yield
        for section in self._sections:
            self._put(_Laid(self._top, _HEAD, partial(_paint_head, section.title, width)))
            self._starts.append(len(self._places))
            for line in section.lines:
                laid = self._line(line, width, self._top)
                self._places.append(laid)
                self._put(laid)
                yield
            self._top += _GAP

    def _put(self, laid: _Laid) -> None:
        self._laid.append(laid)
        self._top += laid.height

    def _line(self, line: AnsweredLine, width: int, top: float) -> _Laid:
        left = width * _LABEL_SHARE
        title = line.title
        label = text_layout(title, left - 2 * _SIDE, [voiced(0, len(title), "quiet")])
        text, ranges, formats = self._words_of(line)
        words = text_layout(text, width - left - _SIDE, formats)
        height = max(height_of(label), height_of(words)) + 8
        return _Laid(top, height, None, line, label, words, ranges)

    def _words_of(self, line: AnsweredLine) -> tuple[str, tuple[tuple[int, int], ...], Formats]:
        text = ""
        ranges: list[tuple[int, int]] = []
        formats: Formats = []
        for one in line.cells:
            if text:
                text += _BETWEEN
            start = len(text)
            if len(line.cells) > 1:
                # A label and the beginning of its answer stay on one line.
                label = one.label.replace(" ", "\u00a0") + "\u00a0"
                formats.append(voiced(start, len(label), "quiet"))
                text += label
            text = span_text(text, one.words, formats)
            ranges.append((start, len(text) - start))
        if line.beside:
            text = span_text(text + ("\u2028" if text else ""), line.beside, formats)
        for one in line.cells:
            for question in self._pinned.get(one.cell.path(), ()):
                said = f"{_QUESTION}{question}".replace("\n", " ")
                formats.append(voiced(len(text) + 1, len(said), "warn", 600))
                text += f"\u2028{said}"
        return text, tuple(ranges), formats

    # Walking

    def _go(self, at: int, within: int) -> None:
        if at >= len(self._places):
            self._finish()
        if not self._places:
            return
        self._at = min(max(at, 0), len(self._places) - 1)
        line = self._places[self._at].line
        self._in = min(max(within, 0), max(len(line.cells) - 1, 0)) if line else 0
        self._tell()

    def _tell(self) -> None:
        here = self.current
        if here is not None:
            line, one = here
            self.setAccessibleName(f"{line.named(one)}: {one.text}")
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))
        self.update()
        laid = self._places[self._at]
        # At the first line of a section its head comes into view as well.
        above = _HEAD if self._at in self._starts else 0
        box = QRectF(0, laid.top - above, self.width(), laid.height + above)
        self.moved.emit(box.toAlignedRect())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk; before the first line the keys go on to what stands above."""
        key = event.key()
        if key == Qt.Key.Key_Down:
            self._go(self._at + 1, 0)
        elif key == Qt.Key.Key_Up and self._at > 0:
            self._go(self._at - 1, 0)
        elif key == Qt.Key.Key_Up:
            self.moved.emit(QRect(0, 0, self.width(), 1))
        elif key == Qt.Key.Key_Right:
            self._go(self._at, self._in + 1)
        elif key == Qt.Key.Key_Left:
            self._go(self._at, self._in - 1)
        elif key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self._to_section(forward=key == Qt.Key.Key_PageDown)
        else:
            super().keyPressEvent(event)

    def _to_section(self, *, forward: bool) -> None:
        self._finish()
        after = [start for start in self._starts if start > self._at]
        before = [start for start in self._starts if start < self._at]
        if forward and after:
            self._go(after[0], 0)
        elif not forward and before:
            self._go(before[-1], 0)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The answer under the pointer gets the keys."""
        point = event.position()
        for at, laid in enumerate(self._places):
            if laid.top <= point.y() < laid.top + laid.height:
                self.setFocus(Qt.FocusReason.MouseFocusReason)
                self._go(at, self._under(laid, point))
                return

    def _under(self, laid: _Laid, point: QPointF) -> int:
        if laid.words is None:
            return 0
        inside = point - QPointF(self.width() * _LABEL_SHARE, laid.top + 4)
        for number in range(laid.words.lineCount()):
            line = laid.words.lineAt(number)
            if line.y() <= inside.y() < line.y() + line.height():
                cursor = line.xToCursor(inside.x())
                for within, (start, length) in enumerate(laid.ranges):
                    if start <= cursor <= start + length:
                        return within
        return 0

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The ring comes, and the answer is told."""
        super().focusInEvent(event)
        if self._places:
            self._tell()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The ring goes."""
        super().focusOutEvent(event)
        self.update()

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Only what is seen is painted."""
        seen = event.rect()
        chosen = self._places[self._at] if self._at < len(self._places) else None
        chosen = chosen if self.hasFocus() or self._held else None
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for laid in self._laid:
                if laid.top + laid.height < seen.top() or laid.top > seen.bottom():
                    continue
                painter.save()
                painter.translate(0, laid.top)
                if laid.paint is not None:
                    laid.paint(painter)
                else:
                    self._paint_line(painter, laid, chosen=laid is chosen)
                painter.restore()

    def _paint_line(self, painter: QPainter, laid: _Laid, *, chosen: bool) -> None:
        painter.setPen(QPen(colour("hair"), 1))
        painter.drawLine(QPointF(0, 0), QPointF(self.width(), 0))
        if chosen:
            painter.setPen(QPen(colour("focus"), 2))
            box = QRectF(0, 0, self.width(), laid.height).adjusted(1, 1, -1, -1)
            painter.drawRoundedRect(box, 6, 6)
        painter.setPen(colour("text"))
        if laid.label is not None:
            laid.label.draw(painter, QPointF(_SIDE, 4))
        if laid.words is not None:
            left = self.width() * _LABEL_SHARE
            laid.words.draw(painter, QPointF(left, 4), self._marked(laid, chosen=chosen))

    def _marked(self, laid: _Laid, *, chosen: bool) -> list[QTextLayout.FormatRange]:
        """The chosen answer among several stands on the accent's wash."""
        if not chosen or len(laid.ranges) < 2 or self._in >= len(laid.ranges):
            return []
        one = QTextLayout.FormatRange()
        one.start, one.length = laid.ranges[self._in]
        made = QTextCharFormat()
        made.setBackground(colour("accent_wash"))
        one.format = made
        return [one]


def _paint_head(title: str, width: int, painter: QPainter) -> None:
    painter.setPen(colour("text"))
    painter.setFont(font(Size.SECTION, 600))
    side = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
    painter.drawText(QRectF(0, 4, width, _HEAD - 4), side, title)
