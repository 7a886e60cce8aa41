"""Review and sign; and a signed note, shown inside the program, with its addenda and its file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from infusion_visits.core.clock import local_day
from infusion_visits.core.desk import Place
from infusion_visits.core.errors import WrongPassphrase
from infusion_visits.core.fields import Option
from infusion_visits.core.findings import CLOSING, Finding, Level, stops
from infusion_visits.core.kinds import VisitStatus
from infusion_visits.core.moments import show_instant
from infusion_visits.patients.fields import SECTION as PATIENT_SECTION
from infusion_visits.records import draft_text
from infusion_visits.records.whole_file import write_whole
from infusion_visits.visits import actions, signing
from infusion_visits.visits.charting import OWNER_KIND
from infusion_visits.visits.facts import facts_of
from infusion_visits.visits.queries import VisitLine, load_record, visit_line
from infusion_visits.visits.rules.everything import all_findings
from infusion_visits.visits.signed_note import AddendumKind, Correction, SignedNote
from infusion_visits.widgets.act_button import ActButton, Weight
from infusion_visits.widgets.cards import Card
from infusion_visits.widgets.jump_line import JumpLine
from infusion_visits.widgets.messages import InlineMessage
from infusion_visits.widgets.note_view import NoteView
from infusion_visits.widgets.pills import PillRow
from infusion_visits.widgets.scrolled import Scrolled
from infusion_visits.widgets.words import PlainWords

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from infusion_visits.core.desk import Desk
    from infusion_visits.records.unit_of_work import UnitOfWork

SIDE_WIDTH = 380
MOST_SHOWN = 14
KINDS = (
    Option(AddendumKind.ADDITION.value, "addition"),
    Option(AddendumKind.CORRECTION.value, "correction"),
    Option(AddendumKind.RETRACTION.value, "retraction: this note was a mistake"),
)
Sign = Callable[[UUID, str], SignedNote]
Add = Callable[[UUID, AddendumKind, str, tuple[Correction, ...], str], SignedNote]


@dataclass(frozen=True, slots=True)
class Shown:
    """What is known of the visit: a draft and its findings, or a signed note and its file."""

    line: VisitLine
    findings: tuple[Finding, ...]
    note: SignedNote | None
    file: bytes


class NotePanel(QWidget):
    """At the left what is missing, or who signed; at the right the note as it prints."""

    signed = Signal()
    saved = Signal(object)

    def __init__(
        self,
        desk: Desk[UnitOfWork],
        draft: Callable[[UUID], bytes],
        sign: Sign,
        add: Add,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("note")
        self._desk, self._draft, self._sign, self._add = desk, draft, sign, add
        self._shown: Shown | None = None
        self._visit: UUID | None = None
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        side = QFrame()
        side.setProperty("rule", "right")
        side.setFixedWidth(SIDE_WIDTH)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        self._message = InlineMessage()
        self._message.setObjectName("note.message")
        column.addWidget(self._message)
        self._pages = QStackedWidget()
        column.addWidget(self._pages)
        across.addWidget(side)
        self.view = NoteView(desk.run)
        self.view.failed.connect(desk.report)
        across.addWidget(self.view, 1)
        self._review = _Review()
        self._review.sign_asked.connect(self._ask_sign)
        self._review.jump_asked.connect(self._jump)
        self._pages.addWidget(Scrolled(self._review, margins=(20, 16, 20, 16)))
        self._after = _After()
        self._after.add_asked.connect(self._ask_add)
        self._after.export_asked.connect(self._export)
        self._pages.addWidget(Scrolled(self._after, margins=(20, 16, 20, 16)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back to where one was."""
        if event.key() == Qt.Key.Key_Escape:
            self._back()
        else:
            super().keyPressEvent(event)

    def arrive(self, place: Place) -> None:
        """Shows the note of a visit, draft or signed."""
        if place.id is None:
            return
        self._visit = place.id
        self._message.say("")
        visit = place.id
        self._desk.run.act(lambda unit: _load(unit, visit), self._loaded)

    def _loaded(self, shown: Shown) -> None:
        self._shown = shown
        if shown.note is not None:
            self._after.show_note(shown.note)
            self._pages.setCurrentIndex(1)
            self.view.show_note(shown.file)
            self._after.export.setFocus()
            return
        self._review.show_findings(shown.line, shown.findings)
        self._pages.setCurrentIndex(0)
        visit = shown.line.id
        self._desk.run.long(lambda _: self._draft(visit), self.view.show_note)

    def _ask_sign(self, passphrase: str) -> None:
        shown = self._shown
        if shown is None:
            return
        visit = shown.line.id
        self._review.set_busy(True)
        if shown.line.status is VisitStatus.IN_PROGRESS:
            self._desk.run.act(
                lambda unit: actions.complete(unit, visit),
                lambda _: self._run_sign(visit, passphrase),
                self._not_signed,
            )
        else:
            self._run_sign(visit, passphrase)

    def _run_sign(self, visit: UUID, passphrase: str) -> None:
        self._desk.run.long(
            lambda _: self._sign(visit, passphrase), self._has_signed, self._not_signed
        )

    def _has_signed(self, note: SignedNote) -> None:
        self._review.set_busy(False)
        self.saved.emit(note.signing.at)
        self.signed.emit()
        self.arrive(Place("note", note.record.visit.id))

    def _not_signed(self, error: BaseException) -> None:
        self._review.set_busy(False)
        if isinstance(error, WrongPassphrase):
            self._message.say("The passphrase is not yours. Nothing was signed.", "danger")
            self._review.passphrase.setFocus()
            return
        self._desk.report(error)
        if self._visit is not None:
            self.arrive(Place("sign", self._visit))

    def _ask_add(self, kind: str, words: str, passphrase: str) -> None:
        if self._shown is None:
            return
        visit = self._shown.line.id
        self._after.set_busy(True)

        def failed(error: BaseException) -> None:
            self._after.set_busy(False)
            if isinstance(error, WrongPassphrase):
                self._message.say("The passphrase is not yours. Nothing was added.", "danger")
            else:
                self._message.say(str(error), "danger")

        def done(note: SignedNote) -> None:
            self._after.set_busy(False)
            self.arrive(Place("note", note.record.visit.id))

        self._desk.run.long(
            lambda _: self._add(visit, AddendumKind(kind), words, (), passphrase), done, failed
        )

    def _jump(self, finding: Finding) -> None:
        if finding.section == PATIENT_SECTION and self._shown is not None:
            self._desk.open(Place("patient", self._shown.line.patient, "person", finding.cell))
        elif self._visit is not None:
            self._desk.open(Place("visit", self._visit, finding.section, finding.cell))

    def _back(self) -> None:
        shown = self._shown
        if shown is None:
            return
        place = Place("patient", shown.line.patient)
        self._desk.open(place if shown.note else Place("visit", shown.line.id))

    def _export(self) -> None:
        shown = self._shown
        if shown is None or shown.note is None:
            return
        day = local_day(shown.line.scheduled, shown.line.zone)
        # No name of a patient in a file name: it shows in mail, sync folders and recent lists.
        name = f"visit-{day.isoformat()}-{shown.line.id.hex[-6:]}.pdf"
        path, _ = QFileDialog.getSaveFileName(self, "Save the note", name, "PDF (*.pdf)")
        if path:
            self.save_to(Path(path))

    def save_to(self, path: Path) -> None:
        """Writes the finished note to a file, whole or not at all."""
        shown = self._shown
        if shown is None or shown.note is None:
            return
        file = shown.file
        self._desk.run.long(
            lambda _: write_whole(path, file),
            lambda _: self._message.say(f"Saved as {path.name}.", "ok"),
        )


class _Review(QWidget):
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


class _After(QWidget):
    """A signed note: by whom and when, its addenda, a new addendum, the file."""

    add_asked = Signal(str, str, str)
    export_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self._signed = Card("Signed")
        column.addWidget(self._signed)
        self.export = ActButton("Save the PDF", "Enter", Weight.PRIMARY)
        self.export.setObjectName("note.export")
        self.export.clicked.connect(self.export_asked)
        column.addWidget(self.export)
        self._addenda = Card("Addenda")
        column.addWidget(self._addenda)
        card = Card("Add to this note")
        card.add(
            PlainWords("A signed visit is never changed. What is added is signed as well.", "small")
        )
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

    def show_note(self, note: SignedNote) -> None:
        """Who signed, and what was added since."""
        signing_of = note.signing
        self._signed.clear()
        self._signed.add(PlainWords(signing_of.signer.signed_name, "strong"))
        self._signed.add(PlainWords(show_instant(signing_of.at, signing_of.zone)))
        self._signed.add(PlainWords(f"digest {note.digest[:12]}", "code"))
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

    def set_busy(self, busy: bool) -> None:
        """While signing nothing can be pressed twice."""
        for widget in (self.words, self.passphrase, self.button):
            widget.setEnabled(not busy)

    def _ask(self) -> None:
        if self.button.isEnabled() and self.passphrase.text():
            self.add_asked.emit(self._kind.key(), self.words.toPlainText(), self.passphrase.text())
            self.passphrase.clear()


def _load(unit: UnitOfWork, visit: UUID) -> Shown:
    line = visit_line(unit, visit)
    if line.status in {VisitStatus.SIGNED, VisitStatus.RETRACTED}:
        note = signing.load_note(unit, visit)
        return Shown(line, (), note, signing.load_file(unit, visit))
    record = load_record(unit, visit)
    texts = draft_text.of_owner(unit, OWNER_KIND, visit)
    found = tuple(all_findings(record, facts_of(record, unit.now), texts))
    return Shown(line, found, None, b"")
