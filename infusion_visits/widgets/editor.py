"""What every editor of a field is: a text in, a text out, and two signals. It parses nothing.

The text goes one road (field -> parse -> columns); an editor only shows it, and tells when a
person types and when she has left. Programs set texts without any signal.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from infusion_visits.core.fields import Leaf, Sense
from infusion_visits.widgets.words import PlainWords, set_property

SenseSource = Callable[[], Sense]

ENTER_KEYS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class Editor(QWidget):
    """Base of all editors.

    `typing(text)` at each change by a person; `left(text)` once when the focus goes or Enter is
    pressed and something was typed since; `entered()` after Enter, so that the form moves on.
    """

    typing = Signal(str)
    left = Signal(str)
    entered = Signal()

    def __init__(self, leaf: Leaf, sense: SenseSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.leaf = leaf
        self.sense = sense
        self._dirty = False
        self._body = QVBoxLayout(self)
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(4)
        self.echo = PlainWords("", "small")
        self.echo.hide()

    @property
    def widget(self) -> QWidget:
        """The control that carries the name of the field and takes the keys."""
        raise NotImplementedError

    @property
    def wide(self) -> bool:
        """Whether the editor wants the whole width of a form."""
        return False

    @property
    def dirty(self) -> bool:
        """Whether something was typed that has not been left yet."""
        return self._dirty

    def text(self) -> str:
        """The text as it would be recorded."""
        raise NotImplementedError

    def _write(self, text: str) -> None:
        """Shows `text`; keeps the place of the cursor; emits nothing."""
        raise NotImplementedError

    def set_text(self, text: str) -> None:
        """Shows `text` without any signal, whatever was there."""
        self._dirty = False
        if text != self.text():
            self._write(text)
        self.refresh_echo()

    def show_text(self, text: str) -> None:
        """Shows what the record holds, unless a person is in the middle of typing here."""
        if not self._dirty:
            self.set_text(text)

    def take_focus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """The keys go to the control. No focus proxy: Tab would walk in circles through it."""
        self.widget.setFocus(reason)

    def take_as_typed(self) -> None:
        """Treats what stands here as typed and not yet left, without telling anyone yet."""
        self._dirty = True

    def commit(self) -> None:
        """Tells that the field was left, where anything was typed since the last time."""
        if self._dirty:
            self._dirty = False
            self.left.emit(self.text())

    def name_it(self, path: str, label: str, description: str = "") -> None:
        """Gives the control its address and its words for tests and screen readers."""
        self.widget.setObjectName(path)
        self.widget.setAccessibleName(label)
        self.widget.setAccessibleDescription(description)

    def describe(self, description: str) -> None:
        """Changes what a screen reader says after the name: help, what is wrong."""
        if self.widget.accessibleDescription() != description:
            self.widget.setAccessibleDescription(description)

    def set_wrong(self, wrong: bool) -> None:
        """Marks the control as holding text that is no value; words beside it say why."""
        if wrong or self.widget.property("wrong") is not None:
            set_property(self.widget, "wrong", "true" if wrong else "false")

    def refresh_echo(self) -> None:
        """Says what was understood; nothing for most fields."""

    def _say_echo(self, text: str) -> None:
        self.echo.say(text)
        self.echo.setVisible(bool(text))

    def _typed(self) -> None:
        self._dirty = True
        self.refresh_echo()
        self.typing.emit(self.text())

    def _chosen(self) -> None:
        """A whole answer was picked: it is left at once, there is nothing half typed about it."""
        self._dirty = True
        self.refresh_echo()
        self.commit()

    def _enter(self) -> None:
        self.commit()
        self.entered.emit()

    def _watch(self, control: QWidget) -> None:
        control.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Sees the focus go from any control of this editor."""
        if event.type() == QEvent.Type.FocusOut and isinstance(event, QFocusEvent):
            self._focus_went(event)
        return super().eventFilter(watched, event)

    def _focus_went(self, event: QFocusEvent) -> None:
        if event.reason() is Qt.FocusReason.PopupFocusReason:
            return
        now = QApplication.focusWidget()
        if now is not None and self.isAncestorOf(now):
            return
        if now is None and self.isVisible():
            # Nothing has the focus: another program came to the front, or this window is being torn
            # down, and then a form half gone must not be touched. The timer dies with the editor.
            QTimer.singleShot(0, self, self.commit)
            return
        self.commit()


def is_enter(event: QKeyEvent) -> bool:
    """Enter or Return without a modifier that means something else."""
    return Qt.Key(event.key()) in ENTER_KEYS and not (
        event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    )


def is_control_enter(event: QKeyEvent) -> bool:
    """Ctrl and Enter: leaves a paragraph, in which Enter is a new line."""
    return Qt.Key(event.key()) in ENTER_KEYS and bool(
        event.modifiers() & Qt.KeyboardModifier.ControlModifier
    )
