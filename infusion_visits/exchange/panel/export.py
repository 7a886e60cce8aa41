"""The screen of the export: at the left the notes that go out, at the right where to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from infusion_visits.core.clock import local_day
from infusion_visits.core.desk import Place
from infusion_visits.core.moments import NotAMoment, day_from_text, show_instant
from infusion_visits.exchange.bulk_export import (
    Exported,
    Selection,
    export,
    not_handed_over,
    of_day,
    of_patient,
)
from infusion_visits.exchange.panel.where_to import WhereTo
from infusion_visits.exchange.panel.which import DAY, ONLY_HERE, PATIENT, Which
from infusion_visits.notes.wording import counted
from infusion_visits.widgets.cards import Card
from infusion_visits.widgets.line_list import LineList, ListLine
from infusion_visits.widgets.scrolled import Scrolled
from infusion_visits.widgets.words import PlainWords

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path
    from uuid import UUID

    from PySide6.QtGui import QKeyEvent

    from infusion_visits.core.desk import Desk
    from infusion_visits.records.unit_of_work import UnitOfWork

SIDE_WIDTH = 400
MOST_LEFT_OUT = 12


class ExportPanel(QWidget):
    """Signed notes of a day, of a patient, or all that are on this laptop only, into a folder."""

    handed_over = Signal()

    def __init__(
        self,
        desk: Desk[UnitOfWork],
        zone: str,
        record: Path,
        folder: Path,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("export")
        self._desk, self._zone, self._record = desk, zone, record
        self._patient: UUID | None = None
        self._day = local_day(desk.clock.now(), zone)
        self._wanted = Selection("", ())
        self._asked = 0
        self._work: Any = None
        self._arrived = False
        self.which = Which()
        self.which.chosen.connect(self._read)
        self.which.day_left.connect(self._take_day)
        self.where = WhereTo(self, folder)
        self.where.export_asked.connect(self.run)
        self.where.strip.cancelled.connect(self.cancel)
        self._build()
        shortcut = QShortcut(QKeySequence("Ctrl+Return"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.where.button.click)

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        head = QFrame()
        head.setProperty("rule", "below")
        head.setFixedHeight(60)
        row = QHBoxLayout(head)
        row.setContentsMargins(20, 0, 20, 0)
        row.addWidget(PlainWords("Export notes", "title", wraps=False))
        self._title = PlainWords("", "quiet", wraps=False)
        row.addWidget(self._title)
        row.addStretch(1)
        outer.addWidget(head)
        inner = QWidget()
        across = QHBoxLayout(inner)
        across.setContentsMargins(24, 20, 24, 20)
        across.setSpacing(20)
        left = QVBoxLayout()
        left.setSpacing(16)
        left.addWidget(self.which)
        self._going = Card("")
        self.notes = LineList("Notes that go out")
        self.notes.setObjectName("export.notes")
        self.notes.itemActivated.connect(lambda _: self._open_note())
        self._none = PlainWords("", "quiet")
        self._going.add(self._none)
        self._going.add(self.notes)
        left.addWidget(self._going)
        self._left_out = Card("Left out")
        left.addWidget(self._left_out)
        left.addStretch(1)
        across.addLayout(left, 1)
        side = QVBoxLayout()
        self.where.setFixedWidth(SIDE_WIDTH)
        side.addWidget(self.where)
        side.addStretch(1)
        across.addLayout(side)
        outer.addWidget(Scrolled(inner, margins=(0, 0, 0, 0)), 1)

    def arrive(self, place: Place) -> None:
        """Today's, those of the patient `place.id`, or by `section` "here" all only here.

        An export under way goes on and is shown.
        """
        if self._work is not None:
            return
        self._patient = place.id
        self._day = local_day(self._desk.clock.now(), self._zone)
        kind = PATIENT if place.id is not None else ONLY_HERE if place.section == "here" else DAY
        self.which.show_choice(kind, self._day, with_patient=place.id is not None)
        self.where.forget()
        self._arrived = True
        self._read()

    def leave(self) -> None:
        """At the lock: what is in the folder is whole, the rest is left for another time."""
        self.cancel()
        self.where.acts.forget_copied()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape ends an export under way, else goes back."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self._work is not None:
            self.cancel()
        else:
            back = Place("patient", self._patient) if self._patient else Place("today")
            self._desk.open(back)

    def cancel(self) -> None:
        """Ends the export between two notes."""
        if self._work is not None:
            self._work.cancel()

    def _take_day(self, text: str) -> None:
        try:
            day = day_from_text(text, self._desk.clock.now(), self._zone, future=False)
        except NotAMoment as wrong:
            self.which.say_day(str(wrong))
            return
        self._day = day
        self.which.show_day(day)
        self._read()

    def _read(self) -> None:
        """Reads what is meant; an answer to an earlier question is let go."""
        self._asked += 1
        asked, kind, day, patient = self._asked, self.which.kind, self._day, self._patient
        zone = self._zone

        def work(unit: UnitOfWork) -> Selection:
            return _selected(unit, kind, day, zone, patient)

        def then(wanted: Selection) -> None:
            if asked == self._asked:
                self._show(wanted)

        self._desk.run.act(work, then)

    def _show(self, wanted: Selection) -> None:
        self._wanted = wanted
        self._title.say(wanted.title)
        lines = [
            ListLine(
                one.patient,
                " · ".join(
                    (
                        show_instant(one.at, one.zone),
                        one.kind.label,
                        one.state.words(self._zone),
                    )
                ),
                data=one.visit,
            )
            for one in wanted.notes
        ]
        self.notes.show_lines(lines)
        self.notes.setVisible(bool(lines))
        self.notes.setFixedHeight(self.notes.height_for(8))
        self._going.set_title(counted(len(lines), "signed note") if lines else "No signed note")
        self._none.say("" if lines else self._nothing(wanted))
        self._none.setVisible(not lines)
        self._left_out.clear()
        self._left_out.setVisible(bool(wanted.left_out))
        self._left_out.set_title(f"Left out ({len(wanted.left_out)})")
        for one in wanted.left_out[:MOST_LEFT_OUT]:
            self._left_out.add(PlainWords(one.words, "small"))
        more = len(wanted.left_out) - MOST_LEFT_OUT
        if more > 0:
            self._left_out.add(PlainWords(f"and {more} more", "small"))
        self.where.show_count(len(lines))
        if self._arrived:
            self._arrived = False
            (self.where if lines else self.which.pills).take_focus()

    def _nothing(self, wanted: Selection) -> str:
        if self.which.kind == ONLY_HERE:
            return "Every signed note was handed over. Nothing is on this laptop only."
        if wanted.left_out:
            return "Nothing of it is signed yet."
        return "There was no visit." if self.which.kind == DAY else "No visit took place yet."

    def _open_note(self) -> None:
        if self.notes.chosen is not None:
            self._desk.open(Place("note", self.notes.chosen.data))

    def run(self) -> None:
        """Writes the notes; nothing happens twice."""
        if self._work is not None or not self._wanted.notes:
            return
        wanted, folder, record = self._wanted, self.where.folder, self._record
        with_worklist = self.where.with_worklist
        self.where.begin(len(wanted.notes))

        def work(progress: Any) -> Exported:
            new_unit = self._desk.run.new_unit
            return export(new_unit, wanted, folder, record, progress, with_worklist=with_worklist)

        self._work = self._desk.run.long(
            work, self._done, self._failed, self.where.strip.show_progress
        )

    def _done(self, done: Exported) -> None:
        self._work = None
        self.where.show_done(done)
        self._read()
        self.handed_over.emit()

    def _failed(self, error: BaseException) -> None:
        self._work = None
        self.where.end()
        self._desk.report(error)


def _selected(unit: UnitOfWork, kind: str, day: date, zone: str, patient: UUID | None) -> Selection:
    if kind == PATIENT and patient is not None:
        return of_patient(unit, patient)
    if kind == ONLY_HERE:
        return not_handed_over(unit)
    return of_day(unit, day, zone)
