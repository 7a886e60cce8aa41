"""A new patient: four lines, then the chart opens with everything else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from infusion_visits.patients.fields import ROWS
from infusion_visits.widgets.act_button import ActButton, Weight
from infusion_visits.widgets.cards import Card
from infusion_visits.widgets.pills import PillRow
from infusion_visits.widgets.words import PlainWords

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from infusion_visits.core.fields import NotAValue, Option

WIDTH = 560
LINES = (
    ("family", "Family name", ""),
    ("given", "Given names", ""),
    ("birth_day", "Birth date", "1971-03-04, 3/4/1971 or 4 Mar 1971"),
)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class NewPatientCard(Card):
    """Enter goes on; in the last field, and by Ctrl+Enter anywhere, it adds the patient."""

    asked = Signal(dict)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("New patient", parent=parent)
        self.setObjectName("new")
        self.setMaximumWidth(WIDTH)
        self.body.setContentsMargins(24, 20, 24, 20)
        self.title.say("New patient", "section")
        self._lines: dict[str, QLineEdit] = {}
        for name, label, hint in LINES:
            self.add(PlainWords(label, "label"))
            line = QLineEdit()
            line.setObjectName(f"new.{name}")
            line.setAccessibleName(label)
            line.setPlaceholderText(hint)
            self.add(line)
            self.body.addSpacing(8)
            self._lines[name] = line
        self.add(PlainWords("Sex", "label"))
        self.sex = PillRow(_sexes())
        self.sex.setObjectName("new.sex")
        self.sex.setAccessibleName("Sex")
        self.sex.entered.connect(self._ask)
        self.add(self.sex)
        self._said = PlainWords("", "danger")
        self.add(self._said)
        self.body.addSpacing(8)
        make = ActButton("Add the patient", "Ctrl Enter", Weight.PRIMARY)
        make.setObjectName("new.make")
        make.clicked.connect(self._ask)
        self.body.addWidget(make, 0, Qt.AlignmentFlag.AlignLeft)

    def begin(self) -> None:
        """Empty lines, the keys in the first."""
        for line in self._lines.values():
            line.clear()
        self.sex.set_key("")
        self.refuse("")
        self._lines["family"].setFocus()

    def refuse(self, words: str, wrong: dict[str, NotAValue] | None = None) -> None:
        """Says what cannot be, and puts the keys there."""
        if wrong:
            name, value = next(iter(wrong.items()))
            label = next((label for key, label, _ in LINES if key == name), name)
            words = f"{label}: {value.words}"
            if name in self._lines:
                self._lines[name].setFocus()
                self._lines[name].selectAll()
        self._said.say(words)
        self._said.setVisible(bool(words))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on; Ctrl+Enter adds."""
        if event.key() not in _ENTER:
            super().keyPressEvent(event)
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._ask()
        else:
            self.focusNextChild()

    def _ask(self) -> None:
        texts = {name: line.text() for name, line in self._lines.items()}
        texts["sex"] = self.sex.key()
        self.asked.emit({name: text for name, text in texts.items() if text.strip()})


def _sexes() -> tuple[Option, ...]:
    leaf = next(rows for rows in ROWS if rows.name == "patient").leaf("sex")
    options: tuple[Option, ...] = getattr(leaf, "options", ())
    return options
