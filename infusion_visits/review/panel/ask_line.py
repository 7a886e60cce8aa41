"""One line that asks for words under the note: a question, a return, the passphrase. No modal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from infusion_visits.widgets.act_button import ActButton, Weight
from infusion_visits.widgets.editor import is_enter
from infusion_visits.widgets.words import PlainWords

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent


class AskLine(QFrame):
    """Enter keeps the words, Escape leaves; what was typed and left is gone, nothing else is.

    `asks` tells whether it is there.
    """

    asks = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "quiet")
        body = QVBoxLayout(self)
        body.setContentsMargins(12, 8, 12, 10)
        body.setSpacing(6)
        self.label = PlainWords("", "label")
        body.addWidget(self.label)
        self._below = PlainWords("", "small")
        body.addWidget(self._below)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.line = QLineEdit()
        self.line.setObjectName("review.words")
        row.addWidget(self.line, 1)
        self.kept = ActButton("Keep", "Enter", Weight.PRIMARY)
        self.kept.setObjectName("review.keep")
        self.kept.clicked.connect(self._try)
        row.addWidget(self.kept)
        self.other = ActButton("", "", Weight.QUIET)
        self.other.setObjectName("review.other")
        self.other.clicked.connect(self._ask_other)
        row.addWidget(self.other)
        left = ActButton("Leave it", "Esc", Weight.QUIET)
        left.clicked.connect(self.leave)
        row.addWidget(left)
        body.addLayout(row)
        self._said = PlainWords("", "danger")
        body.addWidget(self._said)
        self._keep: Callable[[str], None] | None = None
        self._left: Callable[[], None] | None = None
        self._other: Callable[[], None] | None = None
        self._needs = ""
        self.hide()

    def ask(
        self,
        question: str,
        keep: Callable[[str], None],
        left: Callable[[], None],
        *,
        act: str = "Keep",
        below: str = "",
        needs: str = "",
        secret: bool = False,
        other: tuple[str, Callable[[], None]] | None = None,
    ) -> None:
        """Asks one thing; `needs` are the words said when nothing was typed, "" where it may be.

        `other` is one more act beside it, by its word.
        """
        self._keep, self._left, self._needs = keep, left, needs
        self.label.say(question)
        self.say_below(below)
        self.kept.set_word(act)
        self.other.set_word(other[0] if other else "")
        self.other.setVisible(other is not None)
        self._other = other[1] if other else None
        self.line.clear()
        self.line.setAccessibleName(question)
        echo = QLineEdit.EchoMode.Password if secret else QLineEdit.EchoMode.Normal
        self.line.setEchoMode(echo)
        self.line.setPlaceholderText("Your passphrase" if secret else "")
        self.refuse("")
        self.set_busy(False)
        self.show()
        self.asks.emit(True)
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def say_below(self, words: str) -> None:
        """Changes the quiet words under the question."""
        self._below.say(words)
        self._below.setVisible(bool(words))

    def _ask_other(self) -> None:
        if self._other is not None:
            self._other()

    def refuse(self, words: str) -> None:
        """Says why the words were not kept; they stay to be changed."""
        self._said.say(words)
        self._said.setVisible(bool(words))
        self.set_busy(False)
        if words:
            self.line.setFocus(Qt.FocusReason.OtherFocusReason)
            self.line.selectAll()

    def set_busy(self, busy: bool) -> None:
        """While it is being done nothing can be pressed twice."""
        self.line.setEnabled(not busy)
        self.kept.setEnabled(not busy)

    def done(self) -> None:
        """It was kept: the line goes."""
        self._keep = self._left = None
        self.line.clear()
        self.hide()
        self.asks.emit(False)

    def leave(self) -> None:
        """Nothing is kept."""
        left = self._left
        self.done()
        if left is not None:
            left()

    def _try(self) -> None:
        words = self.line.text().strip()
        if not words and self._needs:
            self.refuse(self._needs)
        elif self._keep is not None and self.line.isEnabled():
            self._keep(words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter keeps, Escape leaves; no other key goes on to what lies around."""
        if is_enter(event) and not self.other.hasFocus():
            self._try()
        elif event.key() == Qt.Key.Key_Escape:
            self.leave()
        event.accept()
