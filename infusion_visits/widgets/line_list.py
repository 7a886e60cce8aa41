"""A list of short lines to choose from: a title, words below it, a key at the right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPainterPath
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from infusion_visits.widgets.key_cap import cap_width, paint_cap
from infusion_visits.widgets.theme import Size, colour, font

if TYPE_CHECKING:
    from collections.abc import Sequence

_LINE = Qt.ItemDataRole.UserRole
ONE, TWO = 34, 50
_SIDE = 10
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class ListLine:
    """One line; `data` is what it stands for."""

    title: str
    below: str = ""
    key: str = ""
    data: Any = None

    @property
    def spoken(self) -> str:
        """The line as it is read aloud."""
        return ", ".join(part for part in (self.title, self.below, self.key) if part)


class _Painted(QStyledItemDelegate):
    """Paints a line; long words end in an ellipsis, they are spoken whole."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        line: ListLine = index.data(_LINE)
        return QSize(80, TWO if line.below else ONE)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        line: ListLine = index.data(_LINE)
        box: QRect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen:
            path = QPainterPath()
            path.addRoundedRect(box.adjusted(0, 1, 0, -1).toRectF(), 6, 6)
            painter.fillPath(path, colour("accent_wash"))
        ink = colour("accent" if chosen else "text")
        right = box.right() - _SIDE
        if line.key:
            right -= cap_width(line.key)
            paint_cap(painter, line.key, right, box.center().y() + 1, colour("quiet"))
            right -= _SIDE
        room = right - box.left() - _SIDE
        top = box.top() + (6 if line.below else 0)
        height = 21 if line.below else box.height()
        self._write(painter, line.title, QRect(box.left() + _SIDE, top, room, height), chosen)
        if line.below:
            painter.setPen(ink if chosen else colour("quiet"))
            painter.setFont(font(Size.SMALL))
            self._say(painter, line.below, QRect(box.left() + _SIDE, top + 20, room, 18))
        painter.restore()

    def _write(self, painter: QPainter, words: str, box: QRect, chosen: bool) -> None:
        painter.setPen(colour("accent" if chosen else "text"))
        painter.setFont(font(Size.TEXT, 600 if chosen else 400))
        self._say(painter, words, box)

    def _say(self, painter: QPainter, words: str, box: QRect) -> None:
        metrics: QFontMetrics = painter.fontMetrics()
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


class LineList(QListWidget):
    """The list; never scrolled sideways."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_Painted(self))
        self._lines: tuple[ListLine, ...] = ()

    def show_lines(self, lines: Sequence[ListLine]) -> None:
        """Shows these lines; what was chosen stays chosen where it is still there."""
        if tuple(lines) == self._lines:
            return
        former = self.chosen
        self._lines = tuple(lines)
        self.clear()
        at = 0
        for number, line in enumerate(lines):
            item = QListWidgetItem(line.title)
            item.setData(_LINE, line)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, line.spoken)
            self.addItem(item)
            if former is not None and former.data == line.data:
                at = number
        self.setCurrentRow(at if lines else -1)

    @property
    def chosen(self) -> ListLine | None:
        """The line walked to."""
        row = self.currentRow()
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def choose(self, data: Any) -> None:
        """Marks the line that stands for `data`; none where it is not listed."""
        rows = [row for row, line in enumerate(self._lines) if line.data == data]
        self.setCurrentRow(rows[0] if rows else -1)

    def step(self, by: int) -> None:
        """Walks up or down, and stops at the ends."""
        last = self.count() - 1
        if last >= 0:
            self.setCurrentRow(min(max(self.currentRow() + by, 0), last))

    def height_for(self, most: int) -> int:
        """How high the list must be to show its lines, at most `most` of them."""
        lines = self._lines[:most]
        return sum(TWO if line.below else ONE for line in lines) + 12
