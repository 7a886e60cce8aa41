"""A line that asks for words where the matter is: Enter keeps them, Escape leaves it. No modal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from infusion_visits.widgets.act_button import ActButton, Weight
from infusion_visits.widgets.editor import is_enter
from infusion_visits.widgets.words import PlainWords

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent


class InlineReason(QFrame):
    """Asks one thing. Without words nothing is kept and the line says that they are needed.

    With `also` a second line asks something more, which may stay empty: Enter goes on to it.
    """

    def __init__(
        self,
        question: str,
        keep: Callable[[str], None],
        leave: Callable[[], None],
        parent: QWidget | None = None,
        *,
        also: str = "",
    ) -> None:
        super().__init__(parent)
        self._keep = keep
        self._leave = leave
        self.setProperty("ground", "quiet")
        body = QVBoxLayout(self)
        body.setContentsMargins(12, 8, 12, 10)
        body.setSpacing(6)
        body.addWidget(PlainWords(question, "label"))
        row = QHBoxLayout()
        row.setSpacing(8)
        self.line = QLineEdit()
        self.line.setObjectName("reason")
        self.line.setAccessibleName(question)
        self.also: QLineEdit | None = None
        if also:
            body.addWidget(self.line)
            body.addWidget(PlainWords(also, "label"))
            self.also = QLineEdit()
            self.also.setObjectName("reason.also")
            self.also.setAccessibleName(also)
        row.addWidget(self.also or self.line, 1)
        kept = ActButton("Keep", "Enter")
        kept.clicked.connect(self._try)
        row.addWidget(kept)
        left = ActButton("Leave it", "Esc", Weight.QUIET)
        left.clicked.connect(self._leave)
        row.addWidget(left)
        body.addLayout(row)
        self._said = PlainWords("", "danger")
        self._said.hide()
        body.addWidget(self._said)

    @property
    def more(self) -> str:
        """What was said in the second line; "" without one."""
        return self.also.text().strip() if self.also else ""

    def take_focus(self) -> None:
        """The keys go to the line."""
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self, words: str) -> None:
        """Says why the words were not kept."""
        self._said.say(words)
        self._said.setVisible(bool(words))
        self.take_focus()

    def _try(self) -> None:
        words = self.line.text().strip()
        if words:
            self._keep(words)
        else:
            self.refuse("It is kept with a reason. Type why.")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter keeps, Escape leaves; no other key goes on to what lies around."""
        if is_enter(event):
            if self.also and self.line.hasFocus() and self.line.text().strip():
                self.also.setFocus(Qt.FocusReason.TabFocusReason)
            else:
                self._try()
        elif event.key() == Qt.Key.Key_Escape:
            self._leave()
        event.accept()
