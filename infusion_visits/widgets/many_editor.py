"""Any number out of several: a list of checks, one tab stop, arrows walk, Space checks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from infusion_visits.widgets.editor import ENTER_KEYS, Editor, SenseSource
from infusion_visits.widgets.flow import FlowLayout
from infusion_visits.widgets.icons import paint_icon
from infusion_visits.widgets.theme import RADIUS, Size, colour, font
from infusion_visits.widgets.words import button_text

if TYPE_CHECKING:
    from infusion_visits.core.fields import Many, Option

NARROW = 160
_HEIGHT = 30
_BOX = 18
_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
}


class Check(QCheckBox):
    """A box with a drawn tick and words beside it."""

    def __init__(self, option: Option, parent: QWidget) -> None:
        super().__init__(button_text(option.label), parent)
        self.option = option
        self.setAccessibleName(option.label)
        self.setAccessibleDescription(option.help)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Box, words and the ring around both."""
        words = QFontMetrics(font(Size.TEXT)).horizontalAdvance(self.option.label)
        return QSize(words + _BOX + 8 + 16, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """In a very narrow form the words end in an ellipsis; they are spoken whole."""
        return QSize(min(self.sizeHint().width(), NARROW), _HEIGHT)

    def hitButton(self, _pos: object) -> bool:
        """The words are part of the button."""
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """All keys belong to the list."""
        event.ignore()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The box, its tick, the words, the ring."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self.hasFocus():
                ring = QPainterPath()
                ring.addRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), RADIUS, RADIUS)
                painter.setPen(QPen(colour("focus"), 2))
                painter.drawPath(ring)
            box = QRectF(6.5, (_HEIGHT - _BOX) / 2 + 0.5, _BOX - 1, _BOX - 1)
            path = QPainterPath()
            path.addRoundedRect(box, 4, 4)
            checked = self.isChecked()
            painter.fillPath(path, colour("accent" if checked else "surface"))
            painter.setPen(QPen(colour("accent" if checked else "line"), 1))
            painter.drawPath(path)
            if checked:
                tick = box.adjusted(2, 2, -2, -2)
                paint_icon(painter, "check", tick, colour("on_accent"), weight=4)
            painter.setPen(colour("text" if self.isEnabled() else "quiet"))
            painter.setFont(font(Size.TEXT))
            words = QRectF(6 + _BOX + 8, 0, self.width() - _BOX - 14, _HEIGHT)
            shown = painter.fontMetrics().elidedText(
                self.option.label, Qt.TextElideMode.ElideRight, int(words.width())
            )
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, shown)


class CheckList(QWidget):
    """The list: the tab stop lies on the check walked to last."""

    def __init__(self, editor: ManyEditor, options: tuple[Option, ...]) -> None:
        super().__init__(editor)
        self._editor = editor
        self._at = 0
        self.checks = [Check(option, self) for option in options]
        flow = FlowLayout(self, 4)
        for number, check in enumerate(self.checks):
            flow.addWidget(check)
            check.clicked.connect(lambda _on=False, number=number: self._clicked(number))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._set_stop(0)

    def _set_stop(self, number: int) -> None:
        had_focus = any(check.hasFocus() for check in self.checks)
        self._at = number
        for place, check in enumerate(self.checks):
            stop = place == number
            check.setFocusPolicy(Qt.FocusPolicy.StrongFocus if stop else Qt.FocusPolicy.ClickFocus)
        if had_focus:
            self.take_focus(Qt.FocusReason.OtherFocusReason)

    def take_focus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """The keys go to the check walked to last."""
        if self.checks:
            self.checks[self._at].setFocus(reason)

    def _clicked(self, number: int) -> None:
        self._set_stop(number)
        self._editor.toggled()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk, Space checks, a letter walks to the next option that begins with it."""
        key = Qt.Key(event.key())
        if key in ENTER_KEYS:
            self._editor.list_entered()
        elif key in _STEPS and self.checks:
            self._set_stop(min(max(self._at + _STEPS[key], 0), len(self.checks) - 1))
        elif key == Qt.Key.Key_Space and self.checks:
            check = self.checks[self._at]
            check.setChecked(not check.isChecked())
            self._editor.toggled()
        elif not self._walk_to(event):
            event.ignore()

    def _walk_to(self, event: QKeyEvent) -> bool:
        letter = event.text().casefold()
        if not letter.strip() or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        order = [*range(self._at + 1, len(self.checks)), *range(self._at + 1)]
        for place in order:
            if self.checks[place].option.label.casefold().startswith(letter):
                self._set_stop(place)
                return True
        return False


class ManyEditor(Editor):
    """The editor of a Many field."""

    def __init__(self, leaf: Many, sense: SenseSource, parent: QWidget | None = None) -> None:
        super().__init__(leaf, sense, parent)
        self._odd = ""
        self.list = CheckList(self, leaf.options)
        for check in self.list.checks:
            self._watch(check)
        self._body.addWidget(self.list)
        self._body.addWidget(self.echo)

    @property
    def widget(self) -> QWidget:
        """The list of checks."""
        return self.list

    @property
    def wide(self) -> bool:
        """The checks take the whole width."""
        return True

    def text(self) -> str:
        """The checked keys with commas, or a text that names none of them, as it came."""
        keys = [check.option.key for check in self.list.checks if check.isChecked()]
        return ", ".join(keys) or self._odd

    def _write(self, text: str) -> None:
        wanted = {part.strip().casefold() for part in text.split(",") if part.strip()}
        known = {
            name
            for check in self.list.checks
            for name in (check.option.key.casefold(), check.option.label.casefold())
        }
        self._odd = "" if wanted <= known else text
        for check in self.list.checks:
            names = {check.option.key.casefold(), check.option.label.casefold()}
            check.setChecked(not self._odd and bool(names & wanted))

    def refresh_echo(self) -> None:
        """A text that names none of the options, as it came."""
        self._say_echo(f"“{self._odd}”" if self._odd else "")

    def name_it(self, path: str, label: str, description: str = "") -> None:
        """The list has the address; each check says the question before its words."""
        super().name_it(path, label, description)
        for check in self.list.checks:
            check.setAccessibleName(f"{label}: {check.option.label}")

    def take_focus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """The keys go to the check walked to last."""
        self.list.take_focus(reason)

    def toggled(self) -> None:
        """A check was changed by a person."""
        self._odd = ""
        self._typed()

    def list_entered(self) -> None:
        """Enter was pressed in the list."""
        self._enter()
