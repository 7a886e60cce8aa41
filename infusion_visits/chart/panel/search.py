"""The column at the left: who is looked for, who was found, and how to bring in others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidgetItem, QVBoxLayout, QWidget

from infusion_visits.core.clock import local_day
from infusion_visits.patients.rules import birth_words
from infusion_visits.patients.values import Person
from infusion_visits.widgets.act_button import ActButton, Weight
from infusion_visits.widgets.line_list import LineList, ListLine
from infusion_visits.widgets.words import PlainWords

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from infusion_visits.core.clock import Clock
    from infusion_visits.patients.patient_index import PatientIndex, PatientLine

WIDTH = 300
MOST_FOUND = 60
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 10, Qt.Key.Key_PageUp: -10}
_NO_MARK: Any = None


class PatientSearch(QFrame):
    """Finds while one types; Down walks and Enter opens without leaving the line."""

    opened = Signal(object)
    new_asked = Signal()
    import_asked = Signal()

    def __init__(self, clock: Clock, zone: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock, self._zone = clock, zone
        self._index: PatientIndex | None = None
        self._marked: UUID | None = None
        self.setProperty("rule", "right")
        self.setFixedWidth(WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 13, 16, 14)
        column.setSpacing(8)
        self.line = QLineEdit()
        self.line.setObjectName("patients.search")
        self.line.setAccessibleName("Find a patient")
        self.line.setPlaceholderText("Name, birth date or number")
        self.line.textChanged.connect(self._find)
        self.line.installEventFilter(self)
        column.addWidget(self.line)
        self.found = LineList("Patients found")
        self.found.setObjectName("patients.found")
        self.found.setProperty("bare", "true")
        self.found.itemActivated.connect(self._open)
        self.found.itemClicked.connect(self._open)
        column.addWidget(self.found, 1)
        self._count = PlainWords("", "small")
        column.addWidget(self._count)
        new = ActButton("New patient", "Ctrl N")
        new.setObjectName("patients.new")
        new.clicked.connect(self.new_asked)
        column.addWidget(new)
        bring = ActButton("Import files", "Ctrl I", Weight.QUIET)
        bring.setObjectName("patients.import")
        bring.clicked.connect(self.import_asked)
        column.addWidget(bring)

    @property
    def ready(self) -> bool:
        """Whether there are names to search in."""
        return self._index is not None

    def show_index(self, index: PatientIndex) -> None:
        """Searches in these patients from now on."""
        self._index = index
        self._find(self.line.text())

    def mark(self, patient: UUID) -> None:
        """This patient's chart is open: while nothing is looked for, this line is the marked one.

        Another name marked beside an open chart could be taken for whose chart it is.
        """
        self._marked = patient
        self._find(self.line.text())

    def take_focus(self) -> None:
        """The keys go to the line."""
        self.line.setFocus()
        self.line.selectAll()

    def _find(self, text: str) -> None:
        if self._index is None:
            return
        lines = self._index.find(text, MOST_FOUND)
        today = local_day(self._clock.now(), self._zone)
        self.found.show_lines([_said(line, today) for line in lines])
        if self._marked is not None and not text:
            self.found.choose(self._marked)
        total = len(self._index)
        if text and not lines:
            words = "Nobody by that name or number."
        elif not total:
            words = "No patients yet."
        elif len(lines) < total:
            words = f"{len(lines)} of {total:,} patients"
        else:
            words = f"{total} patient{'' if total == 1 else 's'}"
        self._count.say(words)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrows walk the list while the name is being typed; Enter opens."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = Qt.Key(event.key())
            if key in _STEPS:
                self.found.step(_STEPS[key])
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._open()
                return True
        return super().eventFilter(watched, event)

    def _open(self, _item: QListWidgetItem | None = None) -> None:
        line = self.found.chosen
        if line is not None:
            self.opened.emit(line.data)


def _said(line: PatientLine, today: date) -> ListLine:
    person = Person(
        _NO_MARK, birth_day=line.birth_day, birth_precision=line.birth_precision or None
    )
    number = f" · {line.identifiers[0]}" if line.identifiers else ""
    return ListLine(line.name, f"{birth_words(person, today)}{number}", data=line.id)
