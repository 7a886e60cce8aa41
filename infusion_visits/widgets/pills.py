"""A row of buttons of which one is the answer: arrow keys, first letters, Backspace clears."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QRadioButton, QSizePolicy, QWidget

from infusion_visits.widgets.flow import FlowLayout
from infusion_visits.widgets.icons import paint_icon
from infusion_visits.widgets.theme import CONTROL, RADIUS, Size, colour, font
from infusion_visits.widgets.words import button_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from infusion_visits.core.fields import Option

NARROW = 160
CLEARING = frozenset({Qt.Key.Key_Backspace, Qt.Key.Key_Delete})
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class Pill(QRadioButton):
    """One answer. Chosen it carries a tick and bold words beside its colour."""

    def __init__(self, option: Option, row: PillRow) -> None:
        super().__init__(button_text(option.label), row)
        self.option = option
        self._row = row
        self.setAutoExclusive(False)
        self.setAccessibleName(option.label)
        self.setAccessibleDescription(option.help)
        self.setToolTip("")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        """Room for the bold words and the tick, so that choosing moves nothing."""
        words = QFontMetrics(font(Size.TEXT, 600)).horizontalAdvance(self.option.label)
        return QSize(words + 12 + 12 + 20, CONTROL)

    def minimumSizeHint(self) -> QSize:
        """In a very narrow form the words end in an ellipsis; they are spoken whole."""
        return QSize(min(self.sizeHint().width(), NARROW), CONTROL)

    def hitButton(self, _pos: object) -> bool:
        """The whole pill is the button."""
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """All keys belong to the row."""
        event.ignore()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Border, tick and words; the focus ring is two pixels."""
        chosen = self.isChecked()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            ring = self.hasFocus()
            width = 2.0 if ring or chosen else 1.0
            edge = QRectF(self.rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2)
            path = QPainterPath()
            path.addRoundedRect(edge, RADIUS, RADIUS)
            ground = "accent_wash" if chosen else "surface"
            painter.fillPath(path, colour(ground))
            ink = "focus" if ring else ("accent" if chosen else "line")
            painter.setPen(QPen(colour(ink), width))
            painter.drawPath(path)
            ink = "accent" if chosen else ("text" if self.isEnabled() else "quiet")
            if chosen:
                paint_icon(
                    painter, "check", QRectF(9, (CONTROL - 16) / 2, 16, 16), colour(ink), weight=2.6
                )
            painter.setPen(colour(ink))
            painter.setFont(font(Size.TEXT, 600 if chosen else 400))
            left = 28 if chosen else 12
            words = QRectF(left, 0, self.width() - left - 12, self.height())
            flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
            flags |= Qt.AlignmentFlag.AlignLeft if chosen else Qt.AlignmentFlag.AlignHCenter
            shown = painter.fontMetrics().elidedText(
                self.option.label, Qt.TextElideMode.ElideRight, int(words.width()) + 1
            )
            painter.drawText(words, flags, shown)


class PillRow(QWidget):
    """The row: one tab stop, which lies on the chosen pill or on the first."""

    moved = Signal()
    picked = Signal()
    entered = Signal()

    def __init__(
        self,
        options: Sequence[Option],
        letters: Mapping[str, str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._letters = dict(letters or {})
        self.pills: list[Pill] = []
        self._flow = FlowLayout(self, 6)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.set_options(options)

    def set_options(self, options: Sequence[Option]) -> None:
        """Shows these options instead; keeps the chosen key where it is still one of them."""
        chosen = self.key()
        for pill in self.pills:
            self._flow.removeWidget(pill)
            pill.hide()
            pill.deleteLater()
        self.pills = [Pill(option, self) for option in options]
        for pill in self.pills:
            self._flow.addWidget(pill)
            pill.clicked.connect(lambda _on=False, pill=pill: self._clicked(pill))
            above = self.parent()
            if above is not None:
                pill.installEventFilter(above)
        self.set_key(chosen)

    def key(self) -> str:
        """The key of the chosen option; empty when none is."""
        return next((pill.option.key for pill in self.pills if pill.isChecked()), "")

    def set_key(self, key: str) -> None:
        """Shows the option with this key as chosen, without any signal."""
        for pill in self.pills:
            pill.setChecked(bool(key) and pill.option.key == key)
        self._set_stop()

    def _set_stop(self) -> None:
        stop = next((pill for pill in self.pills if pill.isChecked()), None)
        stop = stop or next(iter(self.pills), None)
        had_focus = any(pill.hasFocus() for pill in self.pills)
        for pill in self.pills:
            wanted = Qt.FocusPolicy.StrongFocus if pill is stop else Qt.FocusPolicy.ClickFocus
            pill.setFocusPolicy(wanted)
        if stop is not None and had_focus and not stop.hasFocus():
            stop.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_focus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """The keys go to the chosen pill, else to the first."""
        stop = next((pill for pill in self.pills if pill.isChecked()), None)
        stop = stop or next(iter(self.pills), None)
        if stop is not None:
            stop.setFocus(reason)

    def _clicked(self, pill: Pill) -> None:
        self.set_key(pill.option.key)
        self.picked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move, Space and letters pick, Backspace clears, Enter goes on."""
        key = Qt.Key(event.key())
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
            Qt.KeyboardModifier.ShiftModifier,
        )
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif not plain or not self.pills:
            event.ignore()
        elif key in _STEPS:
            self._step(_STEPS[key])
        elif key == Qt.Key.Key_Space:
            self._space()
        elif key in CLEARING:
            self.set_key("")
            self.picked.emit()
        elif not self._letter(event.text()):
            event.ignore()

    def _step(self, by: int) -> None:
        keys = [pill.option.key for pill in self.pills]
        if self.key():
            at = min(max(keys.index(self.key()) + by, 0), len(keys) - 1)
        else:
            at = 0 if by > 0 else len(keys) - 1
        self.set_key(keys[at])
        self.moved.emit()

    def _space(self) -> None:
        focused = next((pill for pill in self.pills if pill.hasFocus()), self.pills[0])
        self.set_key("" if focused.isChecked() else focused.option.key)
        self.picked.emit()

    def _letter(self, text: str) -> bool:
        letter = text.casefold()
        if not letter.strip():
            return False
        keys = [
            pill.option.key
            for pill in self.pills
            if letter
            in (
                self._letters.get(pill.option.key, ""),
                pill.option.label[:1].casefold(),
                pill.option.key.casefold(),
            )
        ]
        if not keys:
            return False
        now = self.key()
        at = (keys.index(now) + 1) % len(keys) if now in keys and len(keys) > 1 else 0
        self.set_key(keys[at])
        self.picked.emit()
        return True
