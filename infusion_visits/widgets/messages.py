"""What stands in a screen's own room: a message inline, an empty state, work under way."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from infusion_visits.widgets.act_button import ActButton, Weight
from infusion_visits.widgets.icons import Sign
from infusion_visits.widgets.words import PlainWords, set_property

_SIGNS = {"danger": "stop", "warn": "alert", "ok": "check", "quiet": "advice"}


class InlineMessage(QFrame):
    """A sign, words, and at most one act, where the matter is; no modal."""

    acted = Signal()

    def __init__(
        self,
        words: str = "",
        kind: str = "quiet",
        act: str = "",
        parent: QWidget | None = None,
        *,
        key: str = "",
    ) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(8)
        self._sign = Sign(_SIGNS[kind], kind)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignVCenter)
        self.words = PlainWords(words)
        row.addWidget(self.words, 1)
        self._act = ActButton(act, key, Weight.PLAIN)
        self._act.clicked.connect(self.acted)
        row.addWidget(self._act)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._put(words, kind, act)
        if not words:
            self.hide()

    def say(self, words: str, kind: str = "quiet", act: str = "") -> None:
        """Changes the message; without words it is not there."""
        self._put(words, kind, act)
        self.setVisible(bool(words))

    def _put(self, words: str, kind: str, act: str) -> None:
        self.words.say(words)
        self._sign.show_sign(_SIGNS[kind], kind)
        set_property(self, "ground", kind)
        self._act.set_word(act)
        self._act.setVisible(bool(act))
        self.setAccessibleName(words)


class EmptyState(QWidget):
    """Says what will be here, and what to do so that something is."""

    acted = Signal()

    def __init__(
        self,
        title: str,
        words: str,
        act: str = "",
        key: str = "",
        sign: str = "advice",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        body = QVBoxLayout(self)
        body.setContentsMargins(24, 24, 24, 24)
        body.setSpacing(8)
        body.addStretch(1)
        middle = Qt.AlignmentFlag.AlignHCenter
        body.addWidget(Sign(sign, "quiet", 40), 0, middle)
        heading = PlainWords(title, "section")
        heading.setAlignment(middle)
        body.addWidget(heading)
        self.words = PlainWords(words, "quiet")
        self.words.setAlignment(middle)
        self.words.setMaximumWidth(460)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.words, 4)
        row.addStretch(1)
        body.addLayout(row)
        self.button = ActButton(act, key, Weight.PRIMARY)
        self.button.setObjectName("empty.act")
        self.button.clicked.connect(self.acted)
        body.addSpacing(8)
        body.addWidget(self.button, 0, middle)
        self.button.setVisible(bool(act))
        body.addStretch(2)
        self.setAccessibleName(f"{title}. {words}")


class ProgressStrip(QFrame):
    """Long work: what is being done, how far it is, and a way to end it."""

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", "card")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(12)
        self.words = PlainWords("", wraps=False)
        row.addWidget(self.words)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("Progress")
        row.addWidget(self.bar, 1)
        self.cancel = ActButton("Cancel", "Esc")
        self.cancel.clicked.connect(self._cancel)
        row.addWidget(self.cancel)
        self.hide()

    def show_progress(self, done: int, of: int, words: str = "") -> None:
        """Shows how far it is; `of` 0 means that nobody knows."""
        self.bar.setRange(0, max(of, 0))
        self.bar.setValue(done)
        self.words.say(words)
        self.setAccessibleName(f"{words} {done} of {of}" if of else words)
        self.cancel.setEnabled(True)
        self.show()

    def finish(self) -> None:
        """The work is over."""
        self.hide()

    def _cancel(self) -> None:
        self.cancel.setEnabled(False)
        self.cancelled.emit()
