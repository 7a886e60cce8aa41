"""Today: the visits of the day, and what must not be forgotten beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from infusion_visits.core.desk import Place
from infusion_visits.core.kinds import VisitStatus
from infusion_visits.core.moments import show_day, show_time
from infusion_visits.today.queries import Line, Today, VisitCard, load_today
from infusion_visits.visits.panel.head import STATUS_KINDS
from infusion_visits.widgets.act_button import ActButton, Weight
from infusion_visits.widgets.cards import Card
from infusion_visits.widgets.chips import Chip
from infusion_visits.widgets.clearing import clear_out
from infusion_visits.widgets.messages import EmptyState, InlineMessage
from infusion_visits.widgets.open_row import OpenRow
from infusion_visits.widgets.scrolled import Scrolled
from infusion_visits.widgets.words import PlainWords

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from infusion_visits.core.desk import Desk
    from infusion_visits.records.unit_of_work import UnitOfWork

SIDE_WIDTH = 400


class TodayPanel(QWidget):
    """The first screen after unlocking. `troubles` are what else must be known today."""

    def __init__(
        self,
        desk: Desk[UnitOfWork],
        zone: str,
        troubles: Callable[[], Sequence[str]] = tuple,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("today")
        self._desk, self._zone, self._troubles = desk, zone, troubles
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        head = QFrame()
        head.setProperty("rule", "below")
        head.setFixedHeight(60)
        row = QHBoxLayout(head)
        row.setContentsMargins(20, 0, 20, 0)
        row.addWidget(PlainWords("Today", "title", wraps=False))
        self._day = PlainWords("", "quiet", wraps=False)
        row.addWidget(self._day)
        row.addStretch(1)
        export = ActButton("Export notes of the day", "Ctrl E", Weight.QUIET)
        export.setObjectName("today.export")
        export.clicked.connect(self.export_day)
        row.addWidget(export)
        row.addSpacing(16)
        row.addWidget(PlainWords(desk.member.signed_name, "quiet", wraps=False))
        outer.addWidget(head)
        self.troubled = InlineMessage()
        self.troubled.setObjectName("today.troubled")
        outer.addWidget(self.troubled)
        self._body = QHBoxLayout()
        self._body.setContentsMargins(24, 20, 24, 20)
        self._body.setSpacing(20)
        inner = QWidget()
        inner.setLayout(self._body)
        outer.addWidget(Scrolled(inner, margins=(0, 0, 0, 0)), 1)
        self._left = QVBoxLayout()
        self._right = QVBoxLayout()
        for column in (self._left, self._right):
            column.setSpacing(16)
            column.addStretch(1)
        side = QWidget()
        side.setFixedWidth(SIDE_WIDTH)
        self._right.setContentsMargins(0, 0, 0, 0)
        side.setLayout(self._right)
        self._body.addLayout(self._left, 1)
        self._body.addWidget(side)
        self._bind_keys()

    def _bind_keys(self) -> None:
        for keys, act in (("Ctrl+S", self.export_here), ("Ctrl+E", self.export_day)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(act)

    def arrive(self, _place: Place) -> None:
        """Reads the day anew."""
        self.troubled.say(" ".join(self._troubles()), "warn")
        self._desk.run.act(lambda unit: load_today(unit, self._zone), self._show)

    def _show(self, today: Today) -> None:
        self._day.say(f"{today.day:%A} {show_day(today.day)}")
        left = [self._visits(today)]
        here = [self._only_here(today)] if today.only_here else []
        right = [
            *self._lists(
                ("Open escalations", today.open),
                ("Returned notes", today.returned),
                ("Not signed yet", today.unsigned),
            ),
            *here,
            *self._lists(("Care falling due", today.due), ("Tasks", today.tasks)),
        ]
        for column, cards in ((self._left, left), (self._right, right or [_nothing()])):
            clear_out(column)
            for place, card in enumerate(cards):
                column.insertWidget(place, card)
                card.show()
        self._take_focus()

    def _take_focus(self) -> None:
        """The keys go to the first visit, else to the first thing that can be opened."""
        rows = [
            row
            for column in (self._left, self._right)
            for place in range(column.count())
            if (item := column.itemAt(place)) is not None and (card := item.widget()) is not None
            for row in card.findChildren(OpenRow)
        ]
        empty = [one for one in self.findChildren(EmptyState) if not one.isHidden()]
        if rows:
            rows[0].setFocus()
        elif empty:
            empty[0].button.setFocus()

    def _visits(self, today: Today) -> QWidget:
        if not today.visits:
            return self._no_visits(today)
        card = Card("Visits")
        for visit in today.visits:
            row = self._visit_row(visit)
            row.rule = visit is not today.visits[-1]
            card.add(row)
        return card

    def _no_visits(self, today: Today) -> QWidget:
        if today.any_patient:
            empty = EmptyState(
                "No visits today",
                "Open a patient and plan a visit.",
                "Patients",
                "Ctrl 2",
                "patients",
            )
            empty.acted.connect(lambda: self._desk.open(Place("patients")))
        else:
            empty = EmptyState(
                "No patients yet",
                "Enter the first patient, or import the files that the hospital or pharmacy gave.",
                "New patient",
                "Ctrl N",
                "patients",
            )
            empty.acted.connect(lambda: self._desk.open(Place("patients", section="new")))
        return empty

    def _visit_row(self, visit: VisitCard) -> OpenRow:
        when = show_time(visit.at, visit.zone)
        row = OpenRow(f"{when} {visit.name}, {visit.kind.label}, {visit.status}")
        row.setObjectName(f"today.visit.{visit.id}")
        across = QHBoxLayout(row)
        across.setContentsMargins(8, 10, 8, 11)
        across.setSpacing(16)
        clock = PlainWords(when, "section", wraps=False)
        clock.setFixedWidth(60)
        across.addWidget(clock, 0, Qt.AlignmentFlag.AlignTop)
        middle = QVBoxLayout()
        middle.setSpacing(2)
        middle.addWidget(_bold(visit.name))
        middle.addWidget(PlainWords(_joined(visit.kind.label, visit.therapy, visit.line)))
        if visit.place:
            middle.addWidget(PlainWords(", ".join(visit.place.splitlines()), "small"))
        if visit.ended:
            middle.addWidget(PlainWords(visit.ended, "small"))
        across.addLayout(middle, 1)
        if visit.first_dose:
            across.addWidget(Chip("First dose", "warn"), 0, Qt.AlignmentFlag.AlignTop)
        across.addWidget(
            Chip(visit.status.value, STATUS_KINDS[visit.status]), 0, Qt.AlignmentFlag.AlignTop
        )
        row.opened.connect(lambda: self._desk.open(_place_of(visit)))
        return row

    def _only_here(self, today: Today) -> Card:
        """Signed notes that nobody else has: a lost laptop would take them along."""
        card = Card(f"On this laptop only ({today.only_here})")
        since = f", the oldest of {show_day(today.oldest_here)}" if today.oldest_here else ""
        many = "note was" if today.only_here == 1 else "notes were"
        words = f"{today.only_here} signed {many} not handed over yet{since}."
        card.add(PlainWords(words, "small"))
        card.body.addSpacing(4)
        button = ActButton("Export them", "Ctrl S")
        button.setObjectName("today.only_here")
        button.clicked.connect(self.export_here)
        card.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def export_here(self) -> None:
        """To the export of all notes that are on this laptop only."""
        self._desk.open(Place("export", section="here"))

    def export_day(self) -> None:
        """To the export of the notes of this day."""
        self._desk.open(Place("export"))

    def _lists(self, *wanted: tuple[str, tuple[Line, ...]]) -> list[Card]:
        return [self._list(title, lines) for title, lines in wanted if lines]

    def _list(self, title: str, lines: tuple[Line, ...]) -> Card:
        card = Card(f"{title} ({len(lines)})")
        for line in lines:
            row = OpenRow(f"{line.name}: {line.words}, {line.beside}")
            row.rule = line is not lines[-1]
            across = QHBoxLayout(row)
            across.setContentsMargins(8, 6, 8, 7)
            across.setSpacing(12)
            middle = QVBoxLayout()
            middle.setSpacing(0)
            middle.addWidget(_bold(line.name))
            middle.addWidget(PlainWords(line.words, "small"))
            across.addLayout(middle, 1)
            voice = "warn" if line.late else "small"
            across.addWidget(PlainWords(line.beside, voice, wraps=False))
            row.opened.connect(lambda one=line: self._desk.open(_leads_to(one)))
            card.add(row)
        return card


def _place_of(visit: VisitCard) -> Place:
    if visit.status in {VisitStatus.SIGNED, VisitStatus.RETRACTED}:
        return Place("note", visit.id)
    if visit.status in {VisitStatus.IN_PROGRESS, VisitStatus.COMPLETED}:
        return Place("visit", visit.id)
    return Place("patient", visit.patient, section=f"visit:{visit.id}")


def _leads_to(line: Line) -> Place:
    if line.note is not None:
        return Place("note", line.note)
    return Place("visit", line.visit) if line.visit else Place("patient", line.patient)


def _nothing() -> Card:
    card = Card("Nothing else asks for you")
    card.add(PlainWords("No care falling due in three days, nothing open.", "quiet"))
    return card


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _bold(text: str) -> PlainWords:
    words = PlainWords(text, "strong")
    face = words.font()
    face.setWeight(QFont.Weight.DemiBold)
    words.setFont(face)
    return words
