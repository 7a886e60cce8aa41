"""Inline reasons: why a required thing was not done, why a row is struck out. No modal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from infusion_visits.core.fields import Option
from infusion_visits.core.kinds import NotDoneReason, StrikeReason
from infusion_visits.widgets.act_button import ActButton
from infusion_visits.widgets.editor import is_enter
from infusion_visits.widgets.flow import FlowLayout
from infusion_visits.widgets.pills import PillRow
from infusion_visits.widgets.words import PlainWords

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent


class _Words(QLineEdit):
    def __init__(self, keep: Callable[[], None]) -> None:
        super().__init__()
        self._keep = keep

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_enter(event):
            self._keep()
        else:
            super().keyPressEvent(event)


class NotDoneLine(QFrame):
    """Five reasons, one key each, and words. Enter keeps it, Escape leaves it."""

    def __init__(
        self,
        label: str,
        keep: Callable[[NotDoneReason, str], None],
        leave: Callable[[], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._keep = keep
        self._leave = leave
        self.setProperty("ground", "quiet")
        body = QVBoxLayout(self)
        body.setContentsMargins(12, 8, 12, 8)
        body.setSpacing(6)
        body.addWidget(PlainWords("Not done, because", "label"))
        options = [Option(reason.value, reason.value) for reason in NotDoneReason]
        self.reasons = PillRow(options, parent=self)
        self.reasons.setAccessibleName(f"{label}: reason why it was not done")
        for pill in self.reasons.pills:
            pill.setAccessibleName(f"{label} not done: {pill.option.label}")
        self.reasons.entered.connect(self._try)
        body.addWidget(self.reasons)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.words = _Words(self._try)
        self.words.setPlaceholderText("more words, if any")
        self.words.setAccessibleName(f"{label} not done: more words")
        row.addWidget(self.words, 1)
        self.kept = ActButton("Keep", "Enter")
        self.kept.clicked.connect(self._try)
        row.addWidget(self.kept)
        body.addLayout(row)

    def open(self) -> None:
        """Begins anew, with the keys on the reasons."""
        self.reasons.set_key("")
        self.words.clear()
        self.show()
        self.reasons.take_focus()

    def _try(self) -> None:
        key = self.reasons.key()
        if key:
            self.hide()
            self._keep(NotDoneReason(key), self.words.text().strip())
        else:
            self.reasons.take_focus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes without a word."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            self._leave()
        else:
            super().keyPressEvent(event)


_STRIKE_KEYS = {
    StrikeReason.TYPING_ERROR: "T",
    StrikeReason.WRONG_PATIENT: "W",
    StrikeReason.DUPLICATE: "D",
}


class StrikeLine(QFrame):
    """Strike out, because: one key each. Escape leaves the row as it is."""

    def __init__(
        self,
        keep: Callable[[StrikeReason], None],
        leave: Callable[[], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._keep = keep
        self._leave = leave
        self.setProperty("ground", "warn")
        row = FlowLayout(self, 8)
        row.setContentsMargins(12, 6, 12, 6)
        row.addWidget(PlainWords("Strike out, because", "strong", wraps=False))
        self.buttons: list[ActButton] = []
        for reason, key in _STRIKE_KEYS.items():
            button = ActButton(reason.value, key)
            button.clicked.connect(lambda _on=False, reason=reason: self._struck(reason))
            row.addWidget(button)
            self.buttons.append(button)
        leaves = ActButton("Leave it", "Esc")
        leaves.clicked.connect(self._left)
        row.addWidget(leaves)

    def open(self) -> None:
        """Shows the reasons, with the keys on the first."""
        self.show()
        self.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _struck(self, reason: StrikeReason) -> None:
        self.hide()
        self._keep(reason)

    def _left(self) -> None:
        self.hide()
        self._leave()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """T, W and D strike; Escape leaves."""
        letter = event.text().upper()
        for reason, key in _STRIKE_KEYS.items():
            if letter == key:
                self._struck(reason)
                return
        if event.key() == Qt.Key.Key_Escape:
            self._left()
        else:
            super().keyPressEvent(event)
