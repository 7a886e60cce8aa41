"""A row with its acts: words, then what can be done with it, each with a key that works here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from infusion_visits.widgets.act_button import ActButton, Weight
from infusion_visits.widgets.flow import FlowLayout
from infusion_visits.widgets.inline_reason import InlineReason
from infusion_visits.widgets.jump_line import JumpLine
from infusion_visits.widgets.open_row import OpenRow
from infusion_visits.widgets.scrolled import reveal_soon
from infusion_visits.widgets.words import PlainWords

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent

T = TypeVar("T", bound=QWidget)

ENTER = "Enter"
DELETE = "Del"


@dataclass(frozen=True, slots=True)
class RowAct:
    """One act: its word, its key (a letter, Enter or Del) and what it does."""

    word: str
    key: str
    act: Callable[[], None]
    name: str = ""


class ActRow(OpenRow):
    """Put words into `body`, then `close` the row with its acts.

    The keys work while the row or one of its buttons has them; a reason is asked inline, and a
    refusal is said below the acts, where the matter is.
    """

    def __init__(
        self,
        name: str,
        acts: Sequence[RowAct] = (),
        *,
        by_click: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, parent)
        self.acts = tuple(acts)
        self._by_click = by_click
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(0, 8, 0, 9)
        self._whole.setSpacing(4)
        self._words = QWidget()
        self.body = QVBoxLayout(self._words)
        self.body.setContentsMargins(8, 0, 8, 0)
        self.body.setSpacing(2)
        self._whole.addWidget(self._words)
        self.reason: InlineReason | None = None
        self._under = QVBoxLayout()
        self._under.setContentsMargins(8, 0, 8, 0)
        self._under.setSpacing(0)
        self._whole.addLayout(self._under)
        self._below: list[QWidget] = []
        for act in self.acts:
            if act.key == ENTER:
                self.opened.connect(act.act)
        said = ", ".join(f"{act.key} {act.word}" for act in self.acts)
        self.setAccessibleDescription(said)
        if not by_click or not any(act.key == ENTER for act in self.acts):
            self.setCursor(Qt.CursorShape.ArrowCursor)

    def show_acts(self) -> None:
        """Shows the acts as buttons below the words."""
        shelf = QWidget()
        flow = FlowLayout(shelf, 4)
        flow.setContentsMargins(0, 0, 0, 0)
        for act in self.acts:
            button = ActButton(act.word, act.key, Weight.QUIET)
            button.setObjectName(act.name)
            button.clicked.connect(act.act)
            flow.addWidget(button)
        # A quiet button has eight pixels of its own before its word: words stand below words.
        self._whole.insertWidget(1, shelf)

    def ask(self, question: str, keep: Callable[[str], None], *, also: str = "") -> None:
        """Asks for a reason below the acts, and with `also` for something more beside it."""
        self.reason = self.put_below(InlineReason(question, keep, self.leave, also=also))
        self.reason.take_focus()

    def refuse(self, words: str) -> None:
        """Says why an act was not done, at the reason where one was given."""
        if self.reason is not None:
            self.reason.refuse(words)
            return
        self.put_below(PlainWords(words, "danger"))

    def refuse_with(self, lines: Sequence[tuple[str, Callable[[], None]]]) -> None:
        """What to do first, each a line that leads where it is done; the keys go to the first."""
        self.say_nothing()
        for words, go in lines:
            line = JumpLine(words, "danger", "stop")
            line.opened.connect(go)
            self.put_below(line)
        if self._below:
            self._below[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def say_nothing(self) -> None:
        """Takes away what was asked or said below the acts."""
        self.reason = None
        for widget in self._below:
            self._under.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._below.clear()

    def put_below(self, widget: T) -> T:
        """Puts a widget below the acts until something else is asked or said there."""
        if not isinstance(widget, JumpLine):
            self.say_nothing()
        self._under.addWidget(widget)
        self._below.append(widget)
        widget.show()
        reveal_soon(widget)
        return widget

    def leave(self) -> None:
        """Takes back what was asked; the keys come back to the row."""
        self.say_nothing()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on the words opens, where a click may."""
        if self._by_click and self._words.geometry().contains(event.position().toPoint()):
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters do their acts; Enter opens; the arrows walk."""
        pressed = DELETE if event.key() == Qt.Key.Key_Delete else event.text().upper()
        held = event.modifiers() & ~(
            Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
        )
        if not held and not event.isAutoRepeat() and pressed:
            for act in self.acts:
                if act.key == pressed:
                    act.act()
                    return
        super().keyPressEvent(event)
