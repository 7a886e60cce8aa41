"""A button for an act: its word, its key in a cap, and how much it weighs."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from infusion_visits.widgets.icons import paint_icon
from infusion_visits.widgets.key_cap import cap_width, paint_cap
from infusion_visits.widgets.theme import CONTROL, RADIUS, Size, colour, font
from infusion_visits.widgets.words import button_text

NARROW = 200


class Weight(StrEnum):
    """One `primary` in each view; `danger` for what answers harm; `quiet` beside a field."""

    PRIMARY = "primary"
    PLAIN = "plain"
    DANGER = "danger"
    QUIET = "quiet"


class ActButton(QPushButton):
    """Word, optional sign before it, optional key cap after it; `narrow` where room is dear."""

    def __init__(
        self,
        word: str,
        key: str = "",
        weight: Weight = Weight.PLAIN,
        sign: str = "",
        parent: QWidget | None = None,
        *,
        narrow: bool = False,
    ) -> None:
        super().__init__(button_text(word), parent)
        self._narrow = narrow
        self._word = word
        self._key = self._cap = key
        self._sign = sign
        self.weight = weight
        self._hover = False
        self.setAccessibleName(word)
        self.setAccessibleDescription(f"key {key}" if key else "")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        # A default button of a dialog would take Enter from a field: no act happens by accident.
        self.setAutoDefault(False)

    @property
    def word(self) -> str:
        """The word as given."""
        return self._word

    @property
    def key(self) -> str:
        """The key shown in the cap."""
        return self._key

    def set_word(self, word: str) -> None:
        """Changes the word."""
        if word != self._word:
            self._word = word
            self.setText(button_text(word))
            self.setAccessibleName(word)
            self.updateGeometry()

    def set_narrow(self, narrow: bool) -> None:
        """Where room is dear: smaller, and the key is told but not shown."""
        if narrow != self._narrow:
            self._narrow = narrow
            self._cap = "" if narrow else self._key
            self.updateGeometry()
            self.update()

    @property
    def _small(self) -> bool:
        return self.weight is Weight.QUIET

    def _face_size(self) -> int:
        return Size.SMALL if self._small or self._narrow else Size.TEXT

    def sizeHint(self) -> QSize:
        """Sign, word, cap and the room between them."""
        width = QFontMetrics(font(self._face_size(), 600)).horizontalAdvance(self._word)
        width += 8 + cap_width(self._cap) if self._cap else 0
        width += 22 if self._sign else 0
        sides = 14 if self._narrow else 16 if self._small else 28
        return QSize(width + sides, 28 if self._small else CONTROL)

    def minimumSizeHint(self) -> QSize:
        """Short words are never cut off; long ones end in an ellipsis where there is no room."""
        hint = self.sizeHint()
        return QSize(min(hint.width(), NARROW), hint.height())

    def enterEvent(self, event: QEnterEvent) -> None:
        """Under the pointer the ground changes a little."""
        self._hover = True
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer went."""
        self._hover = False
        self.update()
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.click()
            return
        super().keyPressEvent(event)

    def _colours(self) -> tuple[QColor, QColor, QColor]:
        """Ground, border and ink."""
        clear = QColor(Qt.GlobalColor.transparent)
        under = self._hover and self.isEnabled()
        if not self.isEnabled():
            return clear, colour("hair"), colour("quiet")
        if self.weight is Weight.PRIMARY:
            return colour("accent"), colour("accent"), colour("on_accent")
        if self.weight is Weight.DANGER:
            ground = colour("danger_wash") if under else colour("surface")
            return ground, colour("danger"), colour("danger")
        if self.weight is Weight.QUIET:
            ground = colour("accent_wash") if under else clear
            return ground, clear, colour("accent")
        ground = colour("accent_wash") if under else colour("surface")
        return ground, colour("line"), colour("text")

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground, ring, sign, word and cap."""
        ground, border, ink = self._colours()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            whole = QRectF(self.rect())
            # The ring stands off a filled ground by a gap: blue on teal would hardly be seen.
            inset = 3.5 if self.hasFocus() and self.weight is Weight.PRIMARY else 0.5
            path = QPainterPath()
            path.addRoundedRect(whole.adjusted(inset, inset, -inset, -inset), RADIUS, RADIUS)
            painter.fillPath(path, ground)
            if self.hasFocus():
                ring = QPainterPath()
                ring.addRoundedRect(whole.adjusted(1, 1, -1, -1), RADIUS, RADIUS)
                painter.setPen(QPen(colour("focus"), 2))
                painter.drawPath(ring)
            else:
                painter.setPen(QPen(border, 1))
                painter.drawPath(path)
            self._paint_words(painter, ink)

    def _paint_words(self, painter: QPainter, ink: QColor) -> None:
        face = font(self._face_size(), 600)
        beside = 22 if self._sign else 0
        beside += 8 + cap_width(self._cap) if self._cap else 0
        most = self.width() - beside - 10
        word = QFontMetrics(face).elidedText(self._word, Qt.TextElideMode.ElideRight, most)
        words = QFontMetrics(face).horizontalAdvance(word)
        room = words + beside
        left = max((self.width() - room) / 2, 6.0)
        middle = self.height() / 2
        if self._sign:
            paint_icon(painter, self._sign, QRectF(left, middle - 8, 16, 16), ink, weight=2.4)
            left += 22
        painter.setFont(face)
        painter.setPen(ink)
        painter.drawText(
            QRectF(left, 0, words + 2, self.height()), Qt.AlignmentFlag.AlignVCenter, word
        )
        if self._cap:
            paint_cap(painter, self._cap, left + words + 8, middle, ink)
