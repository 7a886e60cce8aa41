"""The line beside the form of an order that finds a therapy of the catalogue while one types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidgetItem, QVBoxLayout, QWidget

from infusion_visits.patients.therapy.filling import Chosen
from infusion_visits.patients.therapy.library import library
from infusion_visits.widgets.key_cap import KeyCap
from infusion_visits.widgets.line_list import LineList, ListLine
from infusion_visits.widgets.words import PlainWords

if TYPE_CHECKING:
    from infusion_visits.patients.therapy.catalogue import Therapy

KEY = "Ctrl G"
MOST_SHOWN = 6
NOTHING = "Nothing by that name. Ins begins an order that is not in the catalogue."
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 5, Qt.Key.Key_PageUp: -5}


class TherapyLine(QWidget):
    """Down and Up walk what is found, Enter takes it (`chosen` with a Chosen).

    `free_asked`: Insert begins an order that is not in the catalogue.
    """

    chosen = Signal(object)
    free_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 6)
        body.setSpacing(4)
        head = QHBoxLayout()
        self._label = PlainWords("From the catalogue", "label", wraps=False)
        head.addWidget(self._label)
        head.addStretch(1)
        head.addWidget(KeyCap(KEY))
        body.addLayout(head)
        self.line = QLineEdit()
        self.line.setObjectName("order.therapy")
        self.line.setAccessibleName("Therapy of the catalogue: generic or brand name")
        self.line.setPlaceholderText("Drug or brand")
        self.line.textChanged.connect(self._find)
        self.line.installEventFilter(self)
        body.addWidget(self.line)
        self.found = LineList("Therapies found")
        self.found.setObjectName("order.therapies")
        self.found.setProperty("bare", "true")
        self.found.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.found.itemClicked.connect(self._take)
        self.found.hide()
        body.addWidget(self.found)
        self._said = PlainWords("", "small")
        self._said.hide()
        body.addWidget(self._said)

    def take_focus(self) -> None:
        """The keys go to the line."""
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.line.selectAll()

    def clear(self) -> None:
        """Nothing is looked for any more."""
        self.line.clear()

    def _find(self, text: str) -> None:
        lines = _lines(text) if text.strip() else []
        self.found.show_lines(lines)
        self.found.setVisible(bool(lines))
        self.found.setFixedHeight(self.found.height_for(MOST_SHOWN))
        nothing = bool(text.strip()) and not lines
        self._said.say(NOTHING if nothing else "")
        self._said.setVisible(nothing)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrows walk while the name is being typed; Enter takes what is chosen."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        key = Qt.Key(event.key())
        if key in _STEPS and self.found.isVisible():
            self.found.step(_STEPS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take()
        elif key == Qt.Key.Key_Insert:
            self.free_asked.emit()
        elif key == Qt.Key.Key_Escape and self.line.text():
            self.clear()
        else:
            return super().eventFilter(watched, event)
        return True

    def _take(self, _item: QListWidgetItem | None = None) -> None:
        line = self.found.chosen
        if line is not None and self.line.text().strip():
            self.chosen.emit(line.data)


def _lines(text: str) -> list[ListLine]:
    """Each therapy found, and each of its products that has rates of its own."""
    found = library()
    lines: list[ListLine] = []
    for therapy in found.find(text):
        products = found.products_of(therapy.key)
        named = [one for one in products if text.strip().casefold() in one.name.casefold()]
        for product in named or products:
            below = f"{product.name} · {therapy.fact.drug_class}"
            lines.append(ListLine(therapy.fact.name, below, data=Chosen(therapy.key, product.key)))
        if not named:
            lines.append(ListLine(therapy.fact.name, _below(therapy), data=Chosen(therapy.key)))
    return lines


def _below(therapy: Therapy) -> str:
    if not therapy.fact.home_eligible:
        return "not at home: kept as a record only"
    names = ", ".join(therapy.brands)
    return " · ".join(part for part in (names, therapy.fact.drug_class) if part)
