"""The whole ladder of an order in one line, beside its form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from infusion_visits.patients.ladder_text import EXAMPLE, NotALadder, ladder_from_text
from infusion_visits.widgets.editor import is_enter
from infusion_visits.widgets.key_cap import KeyCap
from infusion_visits.widgets.words import PlainWords

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent


class LadderLine(QWidget):
    """Enter gives the steps (`typed` with their columns); what is no ladder is told below."""

    typed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 6)
        body.setSpacing(4)
        head = QHBoxLayout()
        head.addWidget(PlainWords("Rate steps in one line", "label", wraps=False))
        head.addStretch(1)
        head.addWidget(KeyCap("Ctrl R"))
        body.addLayout(head)
        self.line = QLineEdit()
        self.line.setObjectName("order.ladder")
        self.line.setAccessibleName("Rate steps in one line: rate and minutes of each, or rest")
        self.line.setPlaceholderText(EXAMPLE)
        body.addWidget(self.line)
        self._said = PlainWords("", "danger")
        self._said.hide()
        body.addWidget(self._said)

    def take_focus(self) -> None:
        """The keys go to the line, where it is shown."""
        if self.isVisible():
            self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self, words: str) -> None:
        """Says why the steps were not taken."""
        self._said.say(words)
        self._said.setVisible(bool(words))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter gives the steps."""
        if not is_enter(event):
            super().keyPressEvent(event)
            return
        try:
            steps = ladder_from_text(self.line.text())
        except NotALadder as wrong:
            self.refuse(str(wrong))
            return
        self.refuse("")
        self.line.clear()
        self.typed.emit(steps)
