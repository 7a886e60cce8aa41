"""Before signing: what is missing, what page one will say, and the passphrase that signs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from infusion_visits.core.findings import CLOSING, Finding, Level, stops
from infusion_visits.core.kinds import VisitStatus
from infusion_visits.widgets.act_button import ActButton, Weight
from infusion_visits.widgets.cards import Card
from infusion_visits.widgets.jump_line import JumpLine
from infusion_visits.widgets.words import PlainWords

if TYPE_CHECKING:
    from infusion_visits.visits.queries import VisitLine

MOST_SHOWN = 14


class Review(QWidget):
    """What is missing, each with a jump; then the passphrase, one act."""

    sign_asked = Signal(str)
    jump_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self._title = PlainWords("Review and sign", "title")
        column.addWidget(self._title)
        self._missing = Card("Missing")
        column.addWidget(self._missing)
        self._page_one = Card("Stands on page one")
        column.addWidget(self._page_one)
        self._sign_card = Card("Sign")
        self._sign_card.add(
            PlainWords("Performed and documented. Your passphrase signs this visit.", "small")
        )
        self.passphrase = QLineEdit()
        self.passphrase.setObjectName("sign.passphrase")
        self.passphrase.setAccessibleName("Your passphrase")
        self.passphrase.setPlaceholderText("Your passphrase")
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.passphrase.returnPressed.connect(self._ask)
        self._sign_card.add(self.passphrase)
        self.button = ActButton("Sign", "Enter", Weight.PRIMARY)
        self.button.setObjectName("sign.sign")
        self.button.clicked.connect(self._ask)
        self._sign_card.add(self.button)
        column.addWidget(self._sign_card)
        column.addStretch(1)

    def show_findings(self, line: VisitLine, findings: tuple[Finding, ...]) -> None:
        """What keeps the visit from being signed, and what its page one will say."""
        open_stops = stops(findings, *CLOSING)
        self._missing.clear()
        self._missing.setVisible(bool(open_stops))
        self._missing.set_title(f"Not complete: {len(open_stops)} items")
        for one in open_stops[:MOST_SHOWN]:
            jump = JumpLine(one.words, "")
            jump.opened.connect(lambda finding=one: self.jump_asked.emit(finding))
            self._missing.add(jump)
        more = len(open_stops) - MOST_SHOWN
        if more > 0:
            self._missing.add(PlainWords(f"and {more} more", "small"))
        alerts = [one for one in findings if one.level is Level.ALERT]
        self._page_one.clear()
        for one in alerts[:MOST_SHOWN]:
            self._page_one.add(PlainWords(one.words, "warn"))
        if not alerts:
            self._page_one.add(PlainWords("No exceptions so far.", "quiet"))
        self._sign_card.setVisible(not open_stops)
        self.passphrase.clear()
        signing_words = "Complete and sign" if line.status is VisitStatus.IN_PROGRESS else "Sign"
        self.button.set_word(signing_words)
        if open_stops:
            first = self._missing.findChild(JumpLine)
            if first is not None:
                first.setFocus()
        else:
            self.passphrase.setFocus()

    def set_busy(self, busy: bool) -> None:
        """While signing nothing can be pressed twice."""
        self.passphrase.setEnabled(not busy)
        self.button.setEnabled(not busy)
        self.button.set_word("Signing ..." if busy else "Sign")

    def _ask(self) -> None:
        if self.button.isEnabled() and self.passphrase.text():
            self.sign_asked.emit(self.passphrase.text())
            self.passphrase.clear()
