"""One of many: a line that narrows a list as it is typed into; the list lies over the form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QWidget,
)

from infusion_visits.widgets.editor import is_control_enter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QMouseEvent

    from infusion_visits.core.fields import Option

_ROW = 28
_MOST_ROWS = 9
_EDGES = 12


def option_for(text: str, options: Sequence[Option]) -> Option | None:
    """The option of this key or label, or the only one that begins so."""
    low = text.strip().casefold()
    if not low:
        return None
    for option in options:
        if low in {option.key.casefold(), option.label.casefold()}:
            return option
    starting = [option for option in options if option.label.casefold().startswith(low)]
    return starting[0] if len(starting) == 1 else None


class OptionList(QListWidget):
    """The list of what fits: one for each window, over its widgets; it never takes the focus."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.serves: OptionField | None = None
        self.itemPressed.connect(self._pressed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Choices")
        self.setUniformItemSizes(True)
        self.hide()

    @classmethod
    def of(cls, window: QWidget) -> OptionList:
        """The list of this window, made at the first time."""
        found = window.findChild(cls, options=Qt.FindChildOption.FindDirectChildrenOnly)
        return found if isinstance(found, cls) else cls(window)

    def _pressed(self, item: QListWidgetItem) -> None:
        if self.serves is not None:
            self.serves.take_pressed(item)


class OptionField(QLineEdit):
    """Type to narrow, Up and Down to walk, Enter to take what is marked."""

    picked = Signal()
    entered = Signal()

    def __init__(self, options: Sequence[Option], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.options: tuple[Option, ...] = tuple(options)
        self._walked = False
        self._watches_scrolling = False
        self.setPlaceholderText("type to find")
        self.textEdited.connect(self._narrow)

    def key(self) -> str:
        """The key of the option that the text means; the text itself where it means none."""
        option = option_for(self.text(), self.options)
        return option.key if option else self.text()

    def set_key(self, text: str) -> None:
        """Shows the option of this key, or the text as it is, without any signal."""
        option = next((option for option in self.options if option.key == text), None)
        self.setText(option.label if option else text)
        self.setCursorPosition(0)

    def tidy(self) -> None:
        """Writes the whole label where the text means one option."""
        option = option_for(self.text(), self.options)
        if option and self.text() != option.label:
            self.setText(option.label)

    @property
    def open(self) -> bool:
        """Whether the list is shown."""
        return self._list is not None

    @property
    def _list(self) -> OptionList | None:
        """The window's list while it serves this field."""
        shown = OptionList.of(self.window())
        return shown if shown.serves is self and not shown.isHidden() else None

    def fitting(self, text: str) -> list[Option]:
        """The options that contain the text, those that begin with it first."""
        low = text.strip().casefold()
        begin = [option for option in self.options if option.label.casefold().startswith(low)]
        hold = [
            option
            for option in self.options
            if low in option.label.casefold() and option not in begin
        ]
        return begin + hold

    def show_list(self, text: str = "") -> None:
        """Opens the list below the line, or above where there is no room."""
        found = self.fitting(text)
        if not found:
            self.close_list()
            return
        self._close_on_scroll()
        shown = OptionList.of(self.window())
        shown.serves = self
        shown.clear()
        for option in found:
            item = QListWidgetItem(option.label)
            item.setData(Qt.ItemDataRole.UserRole, option.key)
            item.setToolTip("")
            shown.addItem(item)
        # Without a letter typed nothing is marked: Enter on a list just opened takes nothing.
        now = option_for(self.text(), found)
        shown.setCurrentRow(found.index(now) if now else (0 if text.strip() else -1))
        self._place(shown, len(found))
        shown.show()
        shown.raise_()
        self._describe()

    def close_list(self) -> None:
        """Hides the list."""
        self._walked = False
        shown = self._list
        if shown is not None:
            shown.hide()
            shown.serves = None

    def _close_on_scroll(self) -> None:
        if self._watches_scrolling:
            return
        self._watches_scrolling = True
        above = self.parentWidget()
        while above is not None:
            if isinstance(above, QAbstractScrollArea):
                above.verticalScrollBar().valueChanged.connect(self.close_list)
            above = above.parentWidget()

    def _place(self, shown: OptionList, count: int) -> None:
        window = self.window()
        height = min(count, _MOST_ROWS) * _ROW + _EDGES
        below = self.mapTo(window, QPoint(0, self.height() + 2))
        above = self.mapTo(window, QPoint(0, -height - 2))
        fits = below.y() + height <= window.height() or above.y() < 0
        width = max(self.width(), 220)
        at = below if fits else above
        at.setX(min(at.x(), max(window.width() - width, 0)))
        shown.setGeometry(at.x(), at.y(), width, height)

    def _narrow(self, text: str) -> None:
        self._walked = False
        if text.strip():
            self.show_list(text)
        else:
            self.close_list()

    def take_pressed(self, item: QListWidgetItem) -> None:
        """The mouse picked this one."""
        self._take(item)
        self.picked.emit()

    def _take(self, item: QListWidgetItem) -> None:
        self.setText(item.text())
        self.close_list()

    def _describe(self) -> None:
        shown = self._list
        item = shown.currentItem() if shown else None
        if shown is not None and item is not None:
            shown.setAccessibleDescription(item.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walks and takes; other keys are typed."""
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._walk(1 if key == Qt.Key.Key_Down else -1)
        elif is_control_enter(event):
            event.ignore()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        elif key == Qt.Key.Key_Escape and self.open:
            self.close_list()
        else:
            super().keyPressEvent(event)

    def _walk(self, by: int) -> None:
        shown = self._list
        if shown is None:
            fits = option_for(self.text(), self.options)
            self.show_list("" if fits else self.text())
            return
        self._walked = True
        row = shown.currentRow() + by
        shown.setCurrentRow(min(max(row, 0), shown.count() - 1))
        self._describe()

    def _enter(self) -> None:
        shown = self._list
        item = shown.currentItem() if shown else None
        if item is not None:
            self._take(item)
            self.picked.emit()
        self.entered.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click opens the whole list."""
        super().mousePressEvent(event)
        if not self.open and not self.isReadOnly():
            self.show_list()

    def hideEvent(self, event: QHideEvent) -> None:
        """No list without its line."""
        self.close_list()
        super().hideEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """What was walked to is taken; what was only narrowed is not guessed."""
        shown = self._list
        item = shown.currentItem() if shown and self._walked else None
        if item is not None:
            self._take(item)
            self.picked.emit()
        self.close_list()
        self.tidy()
        super().focusOutEvent(event)
