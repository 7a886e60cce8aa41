"""One immediate action: its number and key, its words in full, when it was done, or why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from infusion_visits.widgets.act_button import ActButton, Weight
from infusion_visits.widgets.inline_reason import InlineReason
from infusion_visits.widgets.words import PlainWords

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_KEYS = 9


class ActionLine(QWidget):
    """`done` when it was done now; `skipped` with the reason why it is not done."""

    done = Signal()
    skipped = Signal(str)

    def __init__(self, number: int, action: str, parent: QWidget, word: str = "Done") -> None:
        super().__init__(parent)
        self.action = action
        self._reason: InlineReason | None = None
        self._body = QVBoxLayout(self)
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(4)
        row = QHBoxLayout()
        row.setSpacing(12)
        self._body.addLayout(row)
        key = f"Alt {number}" if number <= MOST_KEYS else ""
        self.button = ActButton(word, key)
        self.button.setAccessibleName(f"{number}. {action}: {word.lower()} now")
        self.button.clicked.connect(self.done)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        self.words = PlainWords(f"{number}. {action}")
        row.addWidget(self.words, 1)
        self.times = PlainWords("", "ok", wraps=False)
        row.addWidget(self.times, 0, Qt.AlignmentFlag.AlignTop)
        self.skip = ActButton("Not done", weight=Weight.QUIET)
        self.skip.setAccessibleName(f"{number}. {action}: not done, with a reason")
        self.skip.clicked.connect(self._ask_why)
        row.addWidget(self.skip, 0, Qt.AlignmentFlag.AlignTop)

    def show_times(self, times: Sequence[str], why_not: str = "") -> None:
        """When it was done, if it was (it may be done again), or why it was not."""
        if times:
            self.times.say("✓ " + ", ".join(times), "ok")
        else:
            self.times.say(f"not done: {why_not}" if why_not else "", "quiet")
        self.skip.setVisible(not times and not why_not and self.button.isEnabled())

    def set_read_only(self) -> None:
        """Nothing is charted any more."""
        self.button.setEnabled(False)
        self.skip.hide()

    def _ask_why(self) -> None:
        if self._reason is not None:
            return
        question = "Why it is not done: not appropriate, patient refused, by order …"
        self._reason = InlineReason(question, self._give, self._leave, self)
        self._body.addWidget(self._reason)
        self._reason.take_focus()

    def _give(self, words: str) -> None:
        self._leave()
        self.skipped.emit(words)

    def _leave(self) -> None:
        if self._reason is not None:
            self._body.removeWidget(self._reason)
            self._reason.hide()
            self._reason.deleteLater()
            self._reason = None
            self.skip.setFocus(Qt.FocusReason.OtherFocusReason)
