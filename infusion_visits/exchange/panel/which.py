"""Which notes: of a day, all that are on this laptop only, of the patient one came from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from infusion_visits.core.fields import Option
from infusion_visits.core.moments import show_day
from infusion_visits.widgets.pills import PillRow
from infusion_visits.widgets.words import PlainWords

if TYPE_CHECKING:
    from datetime import date

DAY, ONLY_HERE, PATIENT = "day", "here", "patient"
_OPTIONS = (
    Option(DAY, "of a day"),
    Option(ONLY_HERE, "on this laptop only"),
    Option(PATIENT, "of this patient"),
)
DAY_WIDTH = 150


class Which(QWidget):
    """One choice, and the day where it is about a day. `day_left` carries what was typed."""

    chosen = Signal()
    day_left = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.pills = PillRow(_OPTIONS)
        self.pills.setAccessibleName("Which notes")
        self.pills.moved.connect(self._picked)
        self.pills.picked.connect(self._picked)
        column.addWidget(self.pills)
        self._row = QWidget()
        across = QHBoxLayout(self._row)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(12)
        across.addWidget(PlainWords("Day", "label", wraps=False))
        self.day = QLineEdit()
        self.day.setObjectName("export.day")
        self.day.setAccessibleName("Day of the visits")
        self.day.setFixedWidth(DAY_WIDTH)
        self.day.editingFinished.connect(self._left)
        across.addWidget(self.day)
        self._said = PlainWords("", "small")
        across.addWidget(self._said, 1)
        column.addWidget(self._row)
        self._shown = ""

    @property
    def kind(self) -> str:
        """`day`, `here` or `patient`."""
        return self.pills.key() or DAY

    def show_choice(self, kind: str, day: date, *, with_patient: bool) -> None:
        """Offers the patient only where one came from a chart."""
        self.pills.set_options(_OPTIONS if with_patient else _OPTIONS[:2])
        self.pills.set_key(kind)
        self.show_day(day)
        self._row.setVisible(kind == DAY)

    def show_day(self, day: date) -> None:
        """The day that is meant."""
        self._shown = show_day(day)
        self.day.setText(self._shown)
        self._said.say("t is today, -1 the day before", "small")

    def say_day(self, words: str) -> None:
        """What is wrong with what was typed."""
        self._said.say(words, "danger")

    def _picked(self) -> None:
        self._row.setVisible(self.kind == DAY)
        self.chosen.emit()

    def _left(self) -> None:
        if self.day.text() != self._shown:
            self.day_left.emit(self.day.text())
