"""The sections of a visit at the left: a sign for how far each is, its title, the chosen one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from infusion_visits.widgets.icons import paint_icon
from infusion_visits.widgets.scrolled import reveal_soon
from infusion_visits.widgets.theme import Size, colour, font
from infusion_visits.widgets.words import button_text

if TYPE_CHECKING:
    from collections.abc import Sequence

_HEIGHT = 36
_SIGN_MIDDLE = 25
_LEAST_TITLE = 40


class Progressed(StrEnum):
    """How far a section is."""

    EMPTY = "empty"
    STARTED = "started"
    COMPLETE = "complete"
    ATTENTION = "needs attention"


@dataclass(frozen=True, slots=True)
class SectionItem:
    """One line of the list."""

    key: str
    title: str
    state: Progressed = Progressed.EMPTY


def paint_state(painter: QPainter, state: Progressed, middle: QPointF, radius: float = 9) -> None:
    """The sign of a state: ring, half disc, disc with a tick, disc with an exclamation mark."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    box = QRectF(middle.x() - radius, middle.y() - radius, 2 * radius, 2 * radius)
    if state is Progressed.EMPTY:
        painter.setPen(QPen(colour("line"), 1.6))
        painter.drawEllipse(box.adjusted(1, 1, -1, -1))
    elif state is Progressed.STARTED:
        painter.setPen(QPen(colour("accent"), 1.6))
        painter.drawEllipse(box.adjusted(1, 1, -1, -1))
        half = QPainterPath()
        half.moveTo(middle)
        half.arcTo(box.adjusted(1, 1, -1, -1), 90, 180)
        painter.fillPath(half, colour("accent"))
    else:
        done = state is Progressed.COMPLETE
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("ok" if done else "warn"))
        painter.drawEllipse(box)
        ink = colour("surface")
        if done:
            paint_icon(painter, "check", box.adjusted(3, 3, -3, -3), ink, weight=3.6)
        else:
            painter.setPen(QPen(ink, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawLine(middle + QPointF(0, -4.5), middle + QPointF(0, 0.8))
            painter.drawPoint(middle + QPointF(0, 4.4))
    painter.restore()


class SectionLine(QPushButton):
    """One section. `walked` when the keys came to it, or left it."""

    walked = Signal()

    def __init__(self, item: SectionItem, parent: QWidget) -> None:
        super().__init__(parent)
        self.item = item
        self.chosen = False
        self.by_keys = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(False)
        self.show_item(item, chosen=False)

    def show_item(self, item: SectionItem, *, chosen: bool) -> None:
        """Shows this state."""
        if (item, chosen) == (self.item, self.chosen) and self.text():
            return
        self.item, self.chosen = item, chosen
        self.setText(button_text(item.title))
        self.setAccessibleName(f"{item.title}, {item.state}")
        self.setAccessibleDescription("shown now" if chosen else "")
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """A press goes on elsewhere at once; the keys stay."""
        super().focusInEvent(event)
        self.by_keys = event.reason() is not Qt.FocusReason.MouseFocusReason
        self.walked.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The keys went elsewhere."""
        super().focusOutEvent(event)
        self.by_keys = False
        self.walked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Only Space presses here; walking and opening belong to the list."""
        if event.key() == Qt.Key.Key_Space:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def sizeHint(self) -> QSize:
        """Sign and title."""
        return QSize(180, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Room for the sign; the title is cut short, then left out."""
        return QSize(2 * _SIGN_MIDDLE, _HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground, bar, sign, title, ring."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self.chosen:
                painter.fillRect(self.rect(), colour("accent_wash"))
                painter.fillRect(QRectF(0, 0, 3, self.height()), colour("accent"))
            paint_state(painter, self.item.state, QPointF(_SIGN_MIDDLE, self.height() / 2))
            self._paint_title(painter)
            if self.hasFocus():
                painter.setPen(QPen(colour("focus"), 2))
                painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)

    def _paint_title(self, painter: QPainter) -> None:
        room = QRectF(44, 0, self.width() - 50, self.height())
        if room.width() < _LEAST_TITLE:
            return
        painter.setFont(font(Size.TEXT, 600 if self.chosen else 400))
        painter.setPen(colour("text"))
        shown = painter.fontMetrics().elidedText(
            self.item.title, Qt.TextElideMode.ElideRight, int(room.width())
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)


class SectionList(QWidget):
    """All sections; one tab stop, Up and Down walk, Enter or a click opens."""

    picked = Signal(str)
    focus_moved = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._signs_only = False
        self.setAccessibleName("Sections")
        self._body = QVBoxLayout(self)
        self._body.setContentsMargins(0, 12, 0, 12)
        self._body.setSpacing(0)
        self._body.addStretch(1)
        self.lines: list[SectionLine] = []
        self._chosen = ""

    @property
    def chosen(self) -> str:
        """The key of the section that is open."""
        return self._chosen

    @property
    def is_walked(self) -> bool:
        """Whether somebody walks among the lines with the keys."""
        return any(line.by_keys for line in self.lines)

    def set_signs_only(self, on: bool) -> None:
        """Where there is no room for titles a line is told by its sign, and says its title when
        the pointer rests on it."""
        self._signs_only = on
        for line in self.lines:
            line.setToolTip(line.item.title if on else "")

    def show_items(self, items: Sequence[SectionItem], chosen: str) -> None:
        """Shows these sections without any signal; the focus stays where it is."""
        if [line.item.key for line in self.lines] != [item.key for item in items]:
            self._rebuild(items)
        self._chosen = chosen
        for line, item in zip(self.lines, items, strict=True):
            if item.key == chosen and not line.chosen:
                reveal_soon(line)
            line.show_item(item, chosen=item.key == chosen)
            line.setToolTip(item.title if self._signs_only else "")
        self._set_stop()

    def _rebuild(self, items: Sequence[SectionItem]) -> None:
        for line in self.lines:
            self._body.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.lines = [SectionLine(item, self) for item in items]
        for place, line in enumerate(self.lines):
            self._body.insertWidget(place, line)
            line.clicked.connect(lambda _on=False, line=line: self.picked.emit(line.item.key))
            line.walked.connect(self.focus_moved)
            line.show()

    def _set_stop(self) -> None:
        stop = next((line for line in self.lines if line.hasFocus()), None)
        stop = stop or next((line for line in self.lines if line.chosen), None)
        stop = stop or next(iter(self.lines), None)
        for line in self.lines:
            one = line is stop
            line.setFocusPolicy(Qt.FocusPolicy.StrongFocus if one else Qt.FocusPolicy.ClickFocus)

    def take_focus(self) -> None:
        """The keys go to the open section's line."""
        line = next((line for line in self.lines if line.chosen), None)
        line = line or next(iter(self.lines), None)
        if line is not None:
            line.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down walk; Enter opens."""
        at = next((place for place, line in enumerate(self.lines) if line.hasFocus()), None)
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if at is None:
            event.ignore()
        elif step is not None:
            place = min(max(at + step, 0), len(self.lines) - 1)
            self.lines[place].setFocus(Qt.FocusReason.OtherFocusReason)
            self._set_stop()
            reveal_soon(self.lines[place])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.picked.emit(self.lines[at].item.key)
        else:
            event.ignore()
