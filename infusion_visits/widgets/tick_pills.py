"""Any number out of several as large targets: one tab stop, arrows walk, Space ticks, letters go
to the next that begins so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from infusion_visits.widgets.flow import FlowLayout
from infusion_visits.widgets.icons import paint_icon
from infusion_visits.widgets.theme import CONTROL, RADIUS, Size, colour, font
from infusion_visits.widgets.words import button_text

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from infusion_visits.core.fields import Option

_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
}
_BOX = 16


class TickPill(QCheckBox):
    """One that may be ticked. Ticked it carries a tick and bold words beside its colour."""

    def __init__(self, option: Option, parent: QWidget) -> None:
        super().__init__(button_text(option.label), parent)
        self.option = option
        self.setAccessibleName(option.label)
        self.setAccessibleDescription(option.help)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        """Room for the bold words and the tick, so that ticking moves nothing."""
        words = QFontMetrics(font(Size.TEXT, 600)).horizontalAdvance(self.option.label)
        return QSize(words + 10 + _BOX + 8 + 12, CONTROL)

    def minimumSizeHint(self) -> QSize:
        """Never narrower than its words: what is ticked in an emergency is read at a glance."""
        return self.sizeHint()

    def hitButton(self, _pos: object) -> bool:
        """The whole of it is the button."""
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """All keys belong to the row."""
        event.ignore()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Border, box, tick and words; the focus ring is two pixels."""
        ticked, ring = self.isChecked(), self.hasFocus()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            width = 2.0 if ring or ticked else 1.0
            edge = QRectF(self.rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2)
            path = QPainterPath()
            path.addRoundedRect(edge, RADIUS, RADIUS)
            painter.fillPath(path, colour("accent_wash" if ticked else "surface"))
            ink = "focus" if ring else ("accent" if ticked else "line")
            painter.setPen(QPen(colour(ink), width))
            painter.drawPath(path)
            box = QRectF(10.5, (CONTROL - _BOX) / 2 + 0.5, _BOX - 1, _BOX - 1)
            inside = QPainterPath()
            inside.addRoundedRect(box, 4, 4)
            painter.fillPath(inside, colour("accent" if ticked else "surface"))
            painter.setPen(QPen(colour("accent" if ticked else "line"), 1))
            painter.drawPath(inside)
            if ticked:
                tick = box.adjusted(2, 2, -2, -2)
                paint_icon(painter, "check", tick, colour("on_accent"), weight=4)
            painter.setPen(colour("text" if self.isEnabled() else "quiet"))
            painter.setFont(font(Size.TEXT, 600 if ticked else 400))
            words = QRectF(10 + _BOX + 8, 0, self.width() - _BOX - 24, self.height())
            flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
            painter.drawText(words, flags, self.option.label)


class TickPills(QWidget):
    """The row. `ticked` after one was ticked or unticked; `entered` when Enter goes on."""

    ticked = Signal()
    entered = Signal()

    def __init__(self, options: Sequence[Option], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = FlowLayout(self, 6)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.pills: list[TickPill] = []
        for option in options:
            pill = TickPill(option, self)
            pill.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            pill.clicked.connect(self.ticked)
            self._flow.addWidget(pill)
            self.pills.append(pill)
        self._set_stop(0)

    def chosen(self) -> tuple[str, ...]:
        """The keys of what is ticked, in order."""
        return tuple(pill.option.key for pill in self.pills if pill.isChecked())

    def set_keys(self, keys: Collection[str]) -> None:
        """Shows these as ticked, without any signal."""
        for pill in self.pills:
            pill.setChecked(pill.option.key in keys)

    def take_focus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """The keys go to the row."""
        if self.pills:
            next(pill for pill in self.pills if self._is_stop(pill)).setFocus(reason)

    def _is_stop(self, pill: TickPill) -> bool:
        return bool(pill.focusPolicy() & Qt.FocusPolicy.TabFocus)

    def _set_stop(self, at: int) -> None:
        for number, pill in enumerate(self.pills):
            stop = Qt.FocusPolicy.StrongFocus if number == at else Qt.FocusPolicy.ClickFocus
            pill.setFocusPolicy(stop)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk, Space ticks, letters search, Enter goes on."""
        key = Qt.Key(event.key())
        at = next((n for n, pill in enumerate(self.pills) if pill.hasFocus()), None)
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if at is None or not plain:
            event.ignore()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif key in _STEPS:
            self._go(min(max(at + _STEPS[key], 0), len(self.pills) - 1))
        elif key == Qt.Key.Key_Space:
            self.pills[at].toggle()
            self.ticked.emit()
        elif not self._search(event.text(), at):
            event.ignore()

    def _go(self, at: int) -> None:
        self._set_stop(at)
        self.pills[at].setFocus(Qt.FocusReason.TabFocusReason)

    def _search(self, text: str, at: int) -> bool:
        letter = text.casefold()
        if not letter.strip():
            return False
        order = [*range(at + 1, len(self.pills)), *range(at + 1)]
        for number in order:
            if self.pills[number].option.label.casefold().startswith(letter):
                self._go(number)
                return True
        return False
