"""The note's screen: a column of acts at the left, the note as it prints at the right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from infusion_visits.core.desk import Place
from infusion_visits.core.errors import BadFile, WrongPassphrase
from infusion_visits.core.findings import Finding
from infusion_visits.core.kinds import VisitStatus
from infusion_visits.notes.file_name import file_name, pattern_of
from infusion_visits.notes.panel.paper_area import PaperArea
from infusion_visits.notes.panel.review import Review
from infusion_visits.notes.panel.signed import Signed
from infusion_visits.notes.reading import Reading, reading
from infusion_visits.patients.fields import SECTION as PATIENT_SECTION
from infusion_visits.records import draft_text
from infusion_visits.records.prepared import owned_rows
from infusion_visits.visits import actions, signing
from infusion_visits.visits.answers import answers_of, note_state, questions_of
from infusion_visits.visits.charting import OWNER_KIND
from infusion_visits.visits.facts import facts_of
from infusion_visits.visits.note_state import Answered, AskedBack, NoteState, newest
from infusion_visits.visits.queries import VisitLine, hand_over_state, load_record, visit_line
from infusion_visits.visits.rules.everything import all_findings
from infusion_visits.visits.signed_note import AddendumKind, SignedNote
from infusion_visits.visits.tables import ReceivedFile
from infusion_visits.widgets.messages import InlineMessage
from infusion_visits.widgets.note_pages import OwnPages, PageSource
from infusion_visits.widgets.note_view import NoteView
from infusion_visits.widgets.scrolled import Scrolled

if TYPE_CHECKING:
    from uuid import UUID

    from PySide6.QtGui import QKeyEvent

    from infusion_visits.core.desk import Desk
    from infusion_visits.notes.panel.acts import Acts, Holds
    from infusion_visits.records.unit_of_work import UnitOfWork

SIDE_WIDTH = 380
Pages = Callable[[bytes], PageSource]


@dataclass(frozen=True, slots=True)
class Shown:
    """What is known of the visit: a draft and its findings, or a signed note and its file."""

    line: VisitLine
    findings: tuple[Finding, ...]
    note: SignedNote | None
    file: bytes
    answers: tuple[Answered, ...] = ()
    questions: tuple[AskedBack, ...] = ()
    state: NoteState | None = None
    reading: Reading | None = None
    from_elsewhere: bool = False
    handed: str = ""
    name: str = ""


class NotePanel(QWidget):
    """At the left what is missing, or who signed; at the right the note as it prints."""

    signed = Signal()
    saved = Signal(object)
    handed_over = Signal()

    def __init__(
        self,
        desk: Desk[UnitOfWork],
        acts: Acts,
        elsewhere: Pages = OwnPages,
        parent: QWidget | None = None,
    ) -> None:
        """`elsewhere` gives the pages of a file that was not made on this laptop."""
        super().__init__(parent)
        self.setObjectName("note")
        self._elsewhere = elsewhere
        self._desk, self._acts = desk, acts
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
        self._shows = QStackedWidget()
        self._shows.addWidget(self.view)
        self.record = PaperArea()
        self._shows.addWidget(self.record)
        across.addWidget(self._shows, 1)
        self._review = Review()
        self._review.sign_asked.connect(self._ask_sign)
        self._review.jump_asked.connect(self._jump)
        self._pages.addWidget(Scrolled(self._review, margins=(20, 16, 20, 16)))
        self._after = Signed()
        self._after.add_asked.connect(self._ask_add)
        self._after.export_asked.connect(self._export)
        self._after.returned.asked.connect(self._show_field)
        self._after.turn.clicked.connect(self.turn)
        turn = QShortcut(QKeySequence("F2"), self)
        turn.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        turn.activated.connect(self.turn)
        self._after.files.said.connect(lambda words: self._message.say(words, "ok"))
        self._pages.addWidget(Scrolled(self._after, margins=(20, 16, 20, 16)))
        shortcut = QShortcut(QKeySequence("Ctrl+S"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(self._export)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back to where one was."""
        if event.key() == Qt.Key.Key_Escape:
            self._back()
        else:
            super().keyPressEvent(event)

    def turn(self) -> None:
        """From the pages to the record, field by field, and back."""
        if self._shown is None or self._shown.reading is None:
            return
        record = self._shows.currentIndex() == 0
        self._shows.setCurrentIndex(1 if record else 0)
        words = "The pages" if record else "The record, field by field"
        self._after.turn.set_word(words)
        (self.record.paper if record else self.view).setFocus()

    def _show_field(self, question: AskedBack) -> None:
        """The field that a question is about, read-only, with the question under its answer."""
        if self._shows.currentIndex() == 0:
            self.turn()
        self.record.paper.hold(bool(question.cell))
        self.record.paper.go_to(question.cell)
        self._after.words.setFocus()

    def leave(self) -> None:
        """At the lock."""
        self._after.files.forget_copied()

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
        self._shows.setCurrentIndex(0)
        self._after.turn.set_word("The record, field by field")
        if shown.note is not None:
            self._show_signed(shown, shown.note)
            return
        self._review.show_findings(shown.line, shown.findings)
        self._pages.setCurrentIndex(0)
        visit = shown.line.id
        self._desk.run.long(lambda _: self._acts.draft(visit), self.view.show_note)

    def _show_signed(self, shown: Shown, note: SignedNote) -> None:
        self._after.show_note(note, shown.handed)
        self._after.turn.setVisible(shown.reading is not None)
        last = newest(shown.answers)
        self._after.returned.show_answer(last, shown.state, shown.questions, shown.line.zone)
        if shown.reading is not None:
            pinned: dict[str, list[str]] = {}
            for one in shown.questions:
                pinned.setdefault(one.cell, []).append(one.words)
            self.record.paper.show_note(shown.reading.blocks, shown.reading.sections, pinned)
        self._pages.setCurrentIndex(1)
        if shown.from_elsewhere:
            self.view.show_pages(self._elsewhere(shown.file))
        else:
            self.view.show_note(shown.file)
        (self._after.returned.first_open() or self._after.export).setFocus()
        self._ask_whether_it_holds(shown)

    def _ask_whether_it_holds(self, shown: Shown) -> None:
        def told(answer: Holds) -> None:
            if self._shown is shown:
                self._after.show_holds(answer)

        acts = self._acts
        self._desk.run.long(
            lambda _: acts.holds(shown.file, from_elsewhere=shown.from_elsewhere), told
        )

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
            lambda _: self._acts.sign(visit, passphrase), self._has_signed, self._not_signed
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
        answers = tuple(one.name for one in self._after.answering)
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
            lambda _: self._acts.add(visit, AddendumKind(kind), words, (), answers, passphrase),
            done,
            failed,
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
        path, _ = QFileDialog.getSaveFileName(self, "Save the note", shown.name, "PDF (*.pdf)")
        if path:
            self.save_to(Path(path))

    def save_to(self, path: Path) -> None:
        """Writes the finished note to a file, whole or not at all, and notes that it left."""
        shown = self._shown
        if shown is None or shown.note is None:
            return
        visit = shown.line.id
        self._desk.run.long(lambda _: self._acts.save(visit, path), self._has_saved)

    def _has_saved(self, path: Path) -> None:
        self._message.say(f"Saved as {path.name}.", "ok")
        self.handed_over.emit()
        shown = self._shown
        if shown is None or shown.note is None:
            return
        visit = shown.line.id

        def tell(handed: str) -> None:
            if self._shown is shown:
                self._after.show_left(handed, path)

        self._desk.run.act(lambda unit: hand_over_state(unit, visit).words(unit.zone), tell)


def _load(unit: UnitOfWork, visit: UUID) -> Shown:
    line = visit_line(unit, visit)
    if line.status in {VisitStatus.SIGNED, VisitStatus.RETRACTED}:
        note = signing.load_note(unit, visit)
        return Shown(
            line,
            (),
            note,
            signing.load_file(unit, visit),
            answers_of(unit, visit),
            questions_of(unit, visit),
            note_state(unit, visit),
            _reading(note),
            bool(owned_rows(unit, ReceivedFile, ("visit_id", visit), ("id",))),
            hand_over_state(unit, visit).words(unit.zone),
            file_name(note, pattern_of(unit)),
        )
    record = load_record(unit, visit)
    texts = draft_text.of_owner(unit, OWNER_KIND, visit)
    found = tuple(all_findings(record, facts_of(record, unit.now), texts))
    return Shown(line, found, None, b"")


def _reading(note: SignedNote) -> Reading | None:
    try:
        return reading(note)
    except BadFile:
        return None
