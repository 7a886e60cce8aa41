"""One row of a repeating group as a line of a table: short words in columns, a sign, a state."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QLineF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from infusion_visits.core.fields import Leaf, Number
from infusion_visits.widgets.icons import paint_icon
from infusion_visits.widgets.theme import Size, colour, font

LINE_HEIGHT = 36
_SECOND = 18
_LEFT = 34
_GAP = 16
_MOST = 240
_LEAST = 44


@dataclass(frozen=True, slots=True)
class LineColumn:
    """A column of the lines: which field, how wide."""

    leaf: Leaf
    label: str
    width: int
    right: bool


def columns_for(
    leaves: tuple[Leaf, ...], rows: list[dict[str, str]], room: int
) -> tuple[LineColumn, ...]:
    """The answered fields in order, as many as fit into `room` pixels; the open row shows all."""
    words = QFontMetrics(font(Size.TEXT))
    labels = QFontMetrics(font(Size.SMALL))
    left = room - _LEFT
    made: list[LineColumn] = []
    for leaf in leaves:
        texts = [row[leaf.name] for row in rows if row.get(leaf.name)]
        if not texts:
            continue
        width = max(words.horizontalAdvance(text) for text in texts) + 2
        width = max(width, min(labels.horizontalAdvance(leaf.label) + 2, 120))
        width = min(max(width, _LEAST), _MOST)
        if width + _GAP > left and made:
            break
        width = min(width, max(left - _GAP, _LEAST))
        made.append(LineColumn(leaf, leaf.label, width, isinstance(leaf, Number)))
        left -= width + _GAP
    return tuple(made)


class LineHead(QWidget):
    """The labels above the lines."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.columns: tuple[LineColumn, ...] = ()
        self.setFixedHeight(30)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Quiet labels over a hairline."""
        with QPainter(self) as painter:
            painter.setPen(QPen(colour("hair"), 1))
            bottom = self.height() - 0.5
            painter.drawLine(QLineF(0, bottom, self.width(), bottom))
            painter.setFont(font(Size.SMALL))
            painter.setPen(colour("quiet"))
            x = _LEFT
            for column in self.columns:
                paint_cell(painter, column.label, QRectF(x, 0, column.width, 30), column.right)
                x += column.width + _GAP


def paint_cell(painter: QPainter, text: str, box: QRectF, right: bool) -> None:
    """Words in a cell: figures stand right, what does not fit ends in an ellipsis."""
    shown = painter.fontMetrics().elidedText(
        text.replace("\n", " "), Qt.TextElideMode.ElideRight, int(box.width()) + 1
    )
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)


class RowLine(QWidget):
    """The line: Enter opens it, Del strikes it out, arrows walk."""

    toggled = Signal()
    strike_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.columns: tuple[LineColumn, ...] = ()
        self.texts: dict[str, str] = {}
        self.beside = ""
        self.struck = False
        self.open = False
        self.first = False
        self.sign: tuple[str, str] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        """One line, and a second where there is something to say beside it."""
        return QSize(240, LINE_HEIGHT + (_SECOND if self.beside else 0))

    def show_line(self, texts: dict[str, str], beside: str, *, struck: bool) -> None:
        """Shows these words."""
        changed = (texts, beside, struck) != (self.texts, self.beside, self.struck)
        self.texts, self.beside, self.struck = texts, beside, struck
        if changed:
            self.updateGeometry()
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click opens or closes the row."""
        if self.rect().contains(event.position().toPoint()):
            self.toggled.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter or Space opens, Del strikes, Up and Down walk."""
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.toggled.emit()
        elif key == Qt.Key.Key_Delete:
            self.strike_asked.emit()
        elif key == Qt.Key.Key_Down:
            self.focusNextChild()
        elif key == Qt.Key.Key_Up:
            self.focusPreviousChild()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The hairline above belongs to the table; the ring is two pixels."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self.open:
                painter.fillRect(self.rect(), colour("accent_wash"))
            elif not self.first:
                painter.setPen(QPen(colour("hair"), 1))
                painter.drawLine(QLineF(0, 0.5, self.width(), 0.5))
            if not self.struck:
                sign = "down" if self.open else "right"
                paint_icon(painter, sign, QRectF(10, 10, 16, 16), colour("quiet"))
            face = font(Size.TEXT)
            face.setStrikeOut(self.struck)
            painter.setFont(face)
            painter.setPen(colour("quiet" if self.struck else "text"))
            x = _LEFT
            for column in self.columns:
                box = QRectF(x, 0, column.width, LINE_HEIGHT)
                paint_cell(painter, self.texts.get(column.leaf.name, ""), box, column.right)
                x += column.width + _GAP
            if not any(self.texts.values()):
                painter.setPen(colour("quiet"))
                paint_cell(painter, "nothing yet", QRectF(_LEFT, 0, 200, LINE_HEIGHT), False)
            if self.sign is not None:
                at = QRectF(self.width() - 30, 9, 18, 18)
                paint_icon(painter, self.sign[0], at, colour(self.sign[1]))
            if self.beside:
                painter.setFont(font(Size.SMALL))
                painter.setPen(colour("warn" if self.struck else "quiet"))
                box = QRectF(_LEFT, LINE_HEIGHT - 8, self.width() - _LEFT - 8, 20)
                paint_cell(painter, self.beside, box, False)
            if self.hasFocus():
                painter.setPen(QPen(colour("focus"), 2))
                painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)
