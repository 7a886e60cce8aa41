"""A signed note: by whom and when, its addenda, a new addendum, the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from infusion_visits.core.fields import Option
from infusion_visits.core.moments import show_instant
from infusion_visits.notes.panel.returned import Returned
from infusion_visits.visits.signed_note import AddendumKind, SignedNote
from infusion_visits.widgets.act_button import ActButton, Weight
from infusion_visits.widgets.cards import Card
from infusion_visits.widgets.file_acts import FileActs
from infusion_visits.widgets.pills import PillRow
from infusion_visits.widgets.scrolled import reveal_soon
from infusion_visits.widgets.words import PlainWords

if TYPE_CHECKING:
    from pathlib import Path

    from infusion_visits.notes.panel.acts import Holds
    from infusion_visits.visits.note_state import AskedBack

KINDS = (
    Option(AddendumKind.ADDITION.value, "addition"),
    Option(AddendumKind.CORRECTION.value, "correction"),
    Option(AddendumKind.RETRACTION.value, "retraction: this note was a mistake"),
)


class Signed(QWidget):
    """A signed note: by whom and when, its addenda, a new addendum, the file."""

    add_asked = Signal(str, str, str)
    answering: tuple[AskedBack, ...] = ()
    """The coordinator's questions that the addendum being written answers."""
    export_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self._signed = Card("Signed")
        self._handed = PlainWords("", "small")
        self._holds = PlainWords("", "small")
        column.addWidget(self._signed)
        self.export = ActButton("Save the PDF", "Ctrl S", Weight.PRIMARY)
        self.export.setObjectName("note.export")
        self.export.clicked.connect(self.export_asked)
        column.addWidget(self.export)
        self.files = FileActs(self)
        column.addWidget(self.files)
        self.returned = Returned()
        self.returned.asked.connect(self.answer)
        column.addWidget(self.returned)
        self.turn = ActButton("The record, field by field", "F2")
        self.turn.setObjectName("note.turn")
        column.addWidget(self.turn)
        self._addenda = Card("Addenda")
        column.addWidget(self._addenda)
        card = Card("Add to this note")
        card.add(
            PlainWords("A signed visit is never changed. What is added is signed as well.", "small")
        )
        self._answers = PlainWords("", "small")
        self._answers.hide()
        card.add(self._answers)
        self._kind = PillRow(KINDS)
        self._kind.setAccessibleName("Kind of addendum")
        card.add(self._kind)
        self.words = QPlainTextEdit()
        self.words.setObjectName("addendum.words")
        self.words.setAccessibleName("What is added, and why")
        self.words.setTabChangesFocus(True)
        self.words.setFixedHeight(96)
        card.add(self.words)
        self.passphrase = QLineEdit()
        self.passphrase.setObjectName("addendum.passphrase")
        self.passphrase.setAccessibleName("Your passphrase")
        self.passphrase.setPlaceholderText("Your passphrase")
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.passphrase.returnPressed.connect(self._ask)
        card.add(self.passphrase)
        self.button = ActButton("Sign the addendum", "Enter")
        self.button.setObjectName("addendum.sign")
        self.button.clicked.connect(self._ask)
        card.add(self.button)
        column.addWidget(card)
        column.addStretch(1)

    def show_note(self, note: SignedNote, handed: str) -> None:
        """Who signed, what was added since, and in words where the newest file is by now."""
        self.files.show_files(())
        signing_of = note.signing
        self._signed.clear()
        self._signed.add(PlainWords(signing_of.signer.signed_name, "strong"))
        self._signed.add(PlainWords(show_instant(signing_of.at, signing_of.zone)))
        self._signed.add(PlainWords(f"digest {note.digest[:12]}", "code"))
        self._holds = PlainWords("Looking whether the kept file holds", "small")
        self._holds.setObjectName("note.holds")
        self._signed.add(self._holds)
        self._handed = PlainWords(handed, "small")
        self._handed.setObjectName("note.handed")
        self._signed.add(self._handed)
        if note.retracted:
            self._signed.add(PlainWords("Retracted: see the addendum", "danger"))
        self._addenda.clear()
        self._addenda.setVisible(bool(note.addenda))
        for one in note.addenda:
            when = show_instant(one.signing.at, one.signing.zone)
            self._addenda.add(PlainWords(f"{one.kind}, {when}", "strong"))
            self._addenda.add(PlainWords(one.words))
        self._kind.set_key(AddendumKind.ADDITION.value)
        self.words.clear()
        self.passphrase.clear()
        self.answering = ()
        self._answers.hide()

    def show_holds(self, answer: Holds) -> None:
        """What verifying says of the kept file."""
        self._holds.say(answer.words, "danger" if answer.holds is False else "small")

    def show_left(self, handed: str, path: Path) -> None:
        """The note was written to a file; what is half typed below stays as it is."""
        self._handed.say(handed)
        self.files.show_files((path,))
        self.files.folder.setFocus()

    def answer(self, question: AskedBack) -> None:
        """Begins the addendum that answers a question, or goes on with one for several."""
        if question.answered:
            return
        if question not in self.answering:
            self.answering = (*self.answering, question)
            head = f"{question.label or 'The whole note'}: "
            typed = self.words.toPlainText().rstrip("\n")
            self.words.setPlainText(f"{typed}\n{head}" if typed else head)
            self._kind.set_key(AddendumKind.CORRECTION.value)
        count = len(self.answering)
        self._answers.say(f"This addendum answers {count} question{'' if count == 1 else 's'}.")
        self._answers.show()
        self.words.setFocus()
        self.words.moveCursor(QTextCursor.MoveOperation.End)
        reveal_soon(self.button)
        reveal_soon(self.words)

    def set_busy(self, busy: bool) -> None:
        """While signing nothing can be pressed twice."""
        for widget in (self.words, self.passphrase, self.button):
            widget.setEnabled(not busy)

    def _ask(self) -> None:
        if self.button.isEnabled() and self.passphrase.text():
            self.add_asked.emit(self._kind.key(), self.words.toPlainText(), self.passphrase.text())
            self.passphrase.clear()
