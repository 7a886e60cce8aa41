"""The inbox at the left: three lines for each note, the reason in its own ink and with a sign."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from infusion_visits.widgets.icons import paint_icon
from infusion_visits.widgets.theme import Size, colour, font

if TYPE_CHECKING:
    from collections.abc import Sequence

_LINE = Qt.ItemDataRole.UserRole
_HEIGHT, _SIDE = 78, 16
_SIGNS = {"danger": "alert", "warn": "alert", "ok": "check", "quiet": "", "accent": ""}
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Listed:
    """A note as the list shows it; `ink` is danger, warn, ok or quiet and never speaks alone."""

    id: UUID
    name: str
    day: str
    reason: str
    ink: str
    below: str
    state: str = ""

    @property
    def spoken(self) -> str:
        """The line as it is read aloud."""
        said = (self.name, self.day, self.reason, self.below, self.state)
        return ", ".join(part for part in said if part)


class _Painted(QStyledItemDelegate):
    """Paints a note; long words end in an ellipsis, they are spoken whole."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(120, _HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        line: Listed = index.data(_LINE)
        box: QRect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen:
            painter.fillRect(box, colour("accent_wash"))
            painter.fillRect(QRect(box.left(), box.top(), 3, box.height()), colour("accent"))
        painter.setPen(QPen(colour("hair"), 1))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        inner = box.adjusted(_SIDE, 8, -_SIDE, -8)
        day = self._say(painter, line.day, inner, 20, ("quiet", Size.SMALL, 400), right=True)
        room = inner.adjusted(0, 0, -day - 8, 0)
        self._say(painter, line.name, room, 20, ("text", Size.TEXT, 600))
        below = inner.adjusted(0, 21, 0, 0)
        left = 0
        if sign := _SIGNS[line.ink]:
            at = QRectF(below.left(), below.top() + 3, 15, 15)
            paint_icon(painter, sign, at, colour(line.ink), weight=2.6)
            left = 21
        words = below.adjusted(left, 0, 0, 0)
        self._say(painter, line.reason, words, 20, (line.ink, Size.TEXT, 600))
        last = inner.adjusted(0, 43, 0, 0)
        state = self._say(painter, line.state, last, 18, ("quiet", Size.SMALL, 600), right=True)
        rest = last.adjusted(0, 0, -state - 8 if state else 0, 0)
        self._say(painter, line.below, rest, 18, ("quiet", Size.SMALL, 400))
        painter.restore()

    def _say(
        self,
        painter: QPainter,
        words: str,
        box: QRect,
        height: int,
        voice: tuple[str, int, int],
        *,
        right: bool = False,
    ) -> int:
        """Writes one line at the top of `box`; gives the width that it took."""
        ink, size, weight = voice
        face = font(size, weight)
        painter.setFont(face)
        painter.setPen(colour(ink))
        metrics = QFontMetrics(face)
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, box.width())
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        line = QRect(box.left(), box.top(), box.width(), height)
        painter.drawText(line, side | Qt.AlignmentFlag.AlignVCenter, shown)
        return metrics.horizontalAdvance(shown)


class InboxList(QListWidget):
    """Up and Down walk; `gone_to` tells the note that is walked to, `opened` that Enter was hit."""

    gone_to = Signal(object)
    opened = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("review.inbox")
        self.setAccessibleName("Notes to review, the worst first")
        self.setProperty("bare", "true")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.setItemDelegate(_Painted(self))
        self._lines: tuple[Listed, ...] = ()
        self.currentRowChanged.connect(self._tell)

    def show_lines(self, lines: Sequence[Listed], chosen: UUID | None = None) -> None:
        """Shows these notes; `chosen`, else what was chosen, else the first one is walked to.

        A note that left the list hands its place on to the one that follows it.
        """
        wanted = chosen or self.chosen
        row = max(self.currentRow(), 0)
        if tuple(lines) != self._lines:
            self.blockSignals(True)
            self._fill(lines)
            self.blockSignals(False)
        ids = [line.id for line in self._lines]
        at = ids.index(wanted) if wanted in ids else min(row, len(ids) - 1)
        self.blockSignals(True)
        self.setCurrentRow(at)
        self.blockSignals(False)
        self._tell(at)

    def _fill(self, lines: Sequence[Listed]) -> None:
        self._lines = tuple(lines)
        self.clear()
        for line in lines:
            item = QListWidgetItem(line.name)
            item.setData(_LINE, line)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, line.spoken)
            self.addItem(item)

    def _tell(self, row: int) -> None:
        if 0 <= row < len(self._lines):
            self.gone_to.emit(self._lines[row].id)

    @property
    def lines(self) -> tuple[Listed, ...]:
        """The notes shown."""
        return self._lines

    @property
    def chosen(self) -> UUID | None:
        """The note that is walked to."""
        row = self.currentRow()
        return self._lines[row].id if 0 <= row < len(self._lines) else None

    def neighbours(self) -> tuple[UUID, ...]:
        """The notes next to the chosen one, the following one first."""
        row = self.currentRow()
        return tuple(
            self._lines[at].id for at in (row + 1, row - 1, row + 2) if 0 <= at < len(self._lines)
        )

    def step(self, by: int) -> None:
        """Walks down or up, and stops at the ends."""
        last = self.count() - 1
        if last >= 0:
            self.setCurrentRow(min(max(self.currentRow() + by, 0), last))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; letters are acts of the screen and never search the list."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        elif event.text() and event.text().isprintable():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def go_to(self, note: UUID) -> None:
        """Walks to a note where it is listed."""
        for row, line in enumerate(self._lines):
            if line.id == note:
                self.setCurrentRow(row)
