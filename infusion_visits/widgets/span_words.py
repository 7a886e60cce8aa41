"""Words in several voices on one wrapping line: formats over plain text, no markup anywhere."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QPainter,
    QPaintEvent,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from infusion_visits.core.blocks import Span, Voice, Words
from infusion_visits.widgets.theme import Size, colour, font

_WEIGHTS = {Voice.STRONG: 600, Voice.FLAG: 600}
_INKS = {Voice.QUIET: "quiet", Voice.FLAG: "danger", Voice.STRUCK: "quiet"}


def plain_text(words: Words) -> str:
    """The words without their voices."""
    return "".join(span.text for span in words)


class SpanWords(QWidget):
    """Words of a block. They wrap, they are never clipped."""

    def __init__(
        self,
        words: Words = (),
        size: int = Size.TEXT,
        side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
        parent: QWidget | None = None,
        *,
        quiet_size: int | None = None,
    ) -> None:
        super().__init__(parent)
        self._quiet_size = quiet_size or size
        self._words: Words = ()
        self._size = size
        self._side = side
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.say(words)

    @property
    def words(self) -> Words:
        """What is shown."""
        return self._words

    def text(self) -> str:
        """What is shown, without its voices."""
        return plain_text(self._words)

    def say(self, words: Words) -> None:
        """Shows other words."""
        if words != self._words:
            self._words = words
            self.setAccessibleName(plain_text(words))
            self.updateGeometry()
            self.update()

    def _layout(self, width: float) -> tuple[QTextLayout, float, float]:
        layout = QTextLayout(plain_text(self._words).replace("\n", "\u2028"), font(self._size))
        option = QTextOption(self._side)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.setFormats(self._formats())
        height = widest = 0.0
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(width, 1))
            line.setPosition(QPointF(0, height))
            height += line.height()
            widest = max(widest, line.naturalTextWidth())
        layout.endLayout()
        return layout, height, widest

    def _formats(self) -> list[QTextLayout.FormatRange]:
        made: list[QTextLayout.FormatRange] = []
        at = 0
        for span in self._words:
            one = QTextLayout.FormatRange()
            one.start, one.length = at, len(span.text)
            size = self._quiet_size if span.voice is Voice.QUIET else self._size
            one.format = _format(span, size)
            made.append(one)
            at += len(span.text)
        return made

    def hasHeightForWidth(self) -> bool:
        """Narrow means higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of the wrapped words."""
        return round(self._layout(width)[1] + 0.5)

    def sizeHint(self) -> QSize:
        """One line up to 420 pixels."""
        _, height, widest = self._layout(420)
        return QSize(round(widest + 1.5), round(height + 0.5))

    def minimumSizeHint(self) -> QSize:
        """Room for one short word."""
        return QSize(min(self.sizeHint().width(), 72), round(self._layout(420)[1] + 0.5))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws the words."""
        with QPainter(self) as painter:
            painter.setPen(colour("text"))
            layout, height, _ = self._layout(self.width())
            # In a row of higher things the words stand in the middle, as labels do.
            top = max((self.height() - height) / 2, 0.0)
            layout.draw(painter, QPointF(0, top), [], QRectF(self.rect()))


def _format(span: Span, size: int) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setFont(font(size, _WEIGHTS.get(span.voice, 400), mono=span.voice is Voice.CODE))
    made.setForeground(QColor(colour(_INKS.get(span.voice, "text"))))
    made.setFontStrikeOut(span.voice is Voice.STRUCK)
    return made
