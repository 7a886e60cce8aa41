"""A question with its few answers on one line, painted: a checklist of many opens at once.

A letter answers and goes on, Left and Right choose, Backspace clears, Up and Down walk. What an
answer means is no business of this room.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from infusion_visits.core.cells import Row
from infusion_visits.core.fields import Choice, Leaf, Option, YesNo
from infusion_visits.widgets.icons import paint_icon
from infusion_visits.widgets.pills import CLEARING
from infusion_visits.widgets.theme import CONTROL, RADIUS, Size, colour, font

_SIDE = 12
_TOP = 8
_GAP = 16
_BETWEEN = 6
_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_CHOICES = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


@dataclass(frozen=True, slots=True)
class Asked:
    """One line: its row, the field of its answer, its words, and the answers that ask for more.

    `always` are details that are asked whatever the answer is, such as a figure to be measured.
    """

    row: Row
    answer: Choice | YesNo
    title: str
    words: str = ""
    details: tuple[Leaf, ...] = ()
    opens: frozenset[object] = frozenset()
    always: frozenset[str] = frozenset()

    @property
    def options(self) -> tuple[Option, ...]:
        """The answers; of a yes or no the keys are its words."""
        if isinstance(self.answer, YesNo):
            return tuple(Option(word, word) for word in (self.answer.yes, self.answer.no))
        return self.answer.options


@lru_cache(maxsize=64)
def _answer_widths(labels: tuple[str, ...]) -> tuple[int, ...]:
    """Room for the bold words and the tick, so that choosing moves nothing."""
    metrics = QFontMetrics(font(Size.TEXT, 600))
    return tuple(metrics.horizontalAdvance(label) + 44 for label in labels)


@lru_cache(maxsize=1024)
def _words_height(words: str, size: int, weight: int, width: int) -> int:
    """How high wrapped words are; layouts ask this of forty questions at every width they try."""
    if not words:
        return 0
    room = QRect(0, 0, width, 10_000)
    return QFontMetrics(font(size, weight)).boundingRect(room, _WRAP, words).height()


class AnswerLine(QWidget):
    """The line. `picked(key, by_key)` with the option's key, empty when cleared."""

    picked = Signal(str, bool)
    entered = Signal()
    step = Signal(int)
    not_done_asked = Signal()

    def __init__(self, asked: Asked, path: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.asked = asked
        self.options = asked.options
        self.key = ""
        self.said = ""
        self.warns = ""
        self.before = ""
        self.setObjectName(path)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._speak()

    @property
    def answered(self) -> bool:
        """Whether there is an answer, or a reason why there is none."""
        return bool(self.key or self.said)

    def show_answer(self, key: str, said: str = "", warns: str = "") -> None:
        """Shows the answer, what stands instead of it (not done), and what is wrong with it."""
        if (key, said, warns) == (self.key, self.said, self.warns):
            return
        taller = bool(said or warns) != bool(self.said or self.warns)
        self.key, self.said, self.warns = key, said, warns
        self._speak()
        if taller:
            self.updateGeometry()
        self.update()

    def show_before(self, words: str) -> None:
        """Shows quietly what was answered earlier; it is no answer of this row."""
        if words == self.before:
            return
        taller = bool(words) != bool(self.before) and not (self.said or self.warns)
        self.before = words
        self._speak()
        if taller:
            self.updateGeometry()
        self.update()

    def _speak(self) -> None:
        answer = next((one.label for one in self.options if one.key == self.key), "")
        asked = f"{self.asked.title}. {self.asked.words}".rstrip(". ")
        self.setAccessibleName(f"{asked}: {answer or self.said or 'not answered'}")
        keys = ", ".join(f"{one.label[:1]} {one.label}" for one in self.options)
        beside = " ".join(part for part in (self.warns, self.before) if part)
        self.setAccessibleDescription(f"{keys}. {beside}".strip())

    def _widths(self) -> tuple[int, ...]:
        return _answer_widths(tuple(one.label for one in self.options))

    def _boxes(self) -> list[QRectF]:
        widths = self._widths()
        left = self.width() - _SIDE - sum(widths) - _BETWEEN * (len(widths) - 1)
        made = []
        for width in widths:
            made.append(QRectF(left, _TOP, width, CONTROL))
            left += width + _BETWEEN
        return made

    def _words_width(self, width: int) -> int:
        widths = self._widths()
        taken = 2 * _SIDE + _GAP + sum(widths) + _BETWEEN * (len(widths) - 1)
        return max(width - taken, 80)

    def _title_face(self) -> QFont:
        """A title over its explanation is strong; a whole question reads as text."""
        return font(Size.TEXT, 600 if self.asked.words else 400)

    def _heights(self, width: int) -> tuple[int, int]:
        room = self._words_width(width)
        strong = 600 if self.asked.words else 400
        title = _words_height(self.asked.title, Size.TEXT, strong, room)
        words = _words_height(self.asked.words, Size.SMALL, 400, room)
        return title, words

    def hasHeightForWidth(self) -> bool:
        """The words wrap, they are never cut off."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Title, words, and a line for what else there is to say."""
        beside = 18 if self.said or self.warns or self.before else 0
        return max(CONTROL, sum(self._heights(width)) + beside) + 2 * _TOP

    def sizeHint(self) -> QSize:
        """A usual form's width."""
        return QSize(560, self.heightForWidth(560))

    def minimumSizeHint(self) -> QSize:
        """The answers and a little of the words."""
        widths = self._widths()
        return QSize(sum(widths) + 160, CONTROL + 2 * _TOP)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Accepted, so that the release comes here."""
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on an answer gives it; on the chosen one it clears it."""
        for option, box in zip(self.options, self._boxes(), strict=True):
            if box.contains(event.position()):
                self.picked.emit("" if option.key == self.key else option.key, False)
                return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters answer, arrows walk and choose, Backspace clears, Ctrl+D was not done."""
        key = Qt.Key(event.key())
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if control and key == Qt.Key.Key_D:
            self.not_done_asked.emit()
        elif control or event.modifiers() & Qt.KeyboardModifier.AltModifier:
            super().keyPressEvent(event)
        elif key in _STEPS:
            self.step.emit(_STEPS[key])
        elif key in _CHOICES:
            self._choose(_CHOICES[key])
        elif key in CLEARING:
            self.picked.emit("", False)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.entered.emit()
        else:
            self._letter(event)

    def _choose(self, by: int) -> None:
        keys = [option.key for option in self.options]
        at = keys.index(self.key) + by if self.key in keys else (0 if by > 0 else len(keys) - 1)
        if 0 <= at < len(keys):
            self.picked.emit(keys[at], False)

    def _letter(self, event: QKeyEvent) -> None:
        letter = event.text().casefold()
        option = next(
            (one for one in self.options if letter and one.label.casefold()[:1] == letter), None
        )
        if option is None:
            super().keyPressEvent(event)
        else:
            self.picked.emit(option.key, True)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Title and words at the left, the answers at the right, the ring around all."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self.hasFocus():
                path = QPainterPath()
                path.addRoundedRect(QRectF(self.rect()).adjusted(2, 1, -2, -1), RADIUS, RADIUS)
                painter.setPen(QPen(colour("focus"), 2))
                painter.drawPath(path)
            self._paint_words(painter)
            for option, box in zip(self.options, self._boxes(), strict=True):
                self._paint_answer(painter, option, box)

    def _paint_words(self, painter: QPainter) -> None:
        width = self._words_width(self.width())
        title, words = self._heights(self.width())
        beside = self.warns or self.said or self.before
        # One line of words stands level with its answers.
        top = _TOP if words or beside else _TOP + max(0, (CONTROL - title) // 2)
        painter.setFont(self._title_face())
        painter.setPen(colour("text"))
        painter.drawText(QRect(_SIDE, top, width, title), _WRAP, self.asked.title)
        painter.setFont(font(Size.SMALL))
        painter.setPen(colour("quiet"))
        painter.drawText(QRect(_SIDE, top + title, width, words), _WRAP, self.asked.words)
        if beside:
            painter.setPen(colour("warn" if self.warns or self.said else "quiet"))
            painter.drawText(QRect(_SIDE, top + title + words, width, 18), _WRAP, beside)

    def _paint_answer(self, painter: QPainter, option: Option, box: QRectF) -> None:
        chosen = option.key == self.key
        width = 2.0 if chosen else 1.0
        path = QPainterPath()
        inset = width / 2
        path.addRoundedRect(box.adjusted(inset, inset, -inset, -inset), RADIUS, RADIUS)
        painter.fillPath(path, colour("accent_wash" if chosen else "surface"))
        painter.setPen(QPen(colour("accent" if chosen else "line"), width))
        painter.drawPath(path)
        ink = self._ink(chosen)
        left = box.left() + _SIDE
        if chosen:
            icon = QRectF(box.left() + 9, box.top() + (CONTROL - 16) / 2, 16, 16)
            paint_icon(painter, "check", icon, ink, weight=2.6)
            left = box.left() + 28
        painter.setPen(ink)
        painter.setFont(font(Size.TEXT, 600 if chosen else 400))
        room = QRectF(left, box.top(), box.right() - left - _SIDE + 2, CONTROL)
        side = Qt.AlignmentFlag.AlignLeft if chosen else Qt.AlignmentFlag.AlignHCenter
        painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter, option.label)

    def _ink(self, chosen: bool) -> QColor:
        if not self.isEnabled():
            return colour("quiet")
        return colour("accent" if chosen else "text")
