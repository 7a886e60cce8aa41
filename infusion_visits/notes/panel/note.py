"""The note's screen: a column of acts at the left, the note as it prints at the right."""

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
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from infusion_visits.core.clock import local_day
from infusion_visits.core.desk import Place
from infusion_visits.core.errors import WrongPassphrase
from infusion_visits.core.findings import Finding
from infusion_visits.core.kinds import VisitStatus
from infusion_visits.notes.panel.review import Review
from infusion_visits.notes.panel.signed import Signed
from infusion_visits.patients.fields import SECTION as PATIENT_SECTION
from infusion_visits.records import draft_text
from infusion_visits.records.whole_file import write_whole
from infusion_visits.visits import actions, signing
from infusion_visits.visits.charting import OWNER_KIND
from infusion_visits.visits.facts import facts_of
from infusion_visits.visits.queries import VisitLine, load_record, visit_line
from infusion_visits.visits.rules.everything import all_findings
from infusion_visits.visits.signed_note import AddendumKind, Correction, SignedNote
from infusion_visits.widgets.messages import InlineMessage
from infusion_visits.widgets.note_view import NoteView
from infusion_visits.widgets.scrolled import Scrolled

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from infusion_visits.core.desk import Desk
    from infusion_visits.records.unit_of_work import UnitOfWork

SIDE_WIDTH = 380
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
        self._review = Review()
        self._review.sign_asked.connect(self._ask_sign)
        self._review.jump_asked.connect(self._jump)
        self._pages.addWidget(Scrolled(self._review, margins=(20, 16, 20, 16)))
        self._after = Signed()
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


def _load(unit: UnitOfWork, visit: UUID) -> Shown:
    line = visit_line(unit, visit)
    if line.status in {VisitStatus.SIGNED, VisitStatus.RETRACTED}:
        note = signing.load_note(unit, visit)
        return Shown(line, (), note, signing.load_file(unit, visit))
    record = load_record(unit, visit)
    texts = draft_text.of_owner(unit, OWNER_KIND, visit)
    found = tuple(all_findings(record, facts_of(record, unit.now), texts))
    return Shown(line, found, None, b"")
