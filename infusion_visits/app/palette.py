"""Find anything: one line over the dimmed page, every command with its key, and the patients."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from infusion_visits.core.desk import Place
from infusion_visits.patients.queries import load_index
from infusion_visits.widgets.line_list import LineList, ListLine
from infusion_visits.widgets.words import PlainWords

if TYPE_CHECKING:
    from infusion_visits.app.house import House
    from infusion_visits.core.desk import Open
    from infusion_visits.patients.patient_index import PatientIndex, PatientLine

Commands = tuple[tuple[str, str, Callable[[], None]], ...]
WIDTH = 560
MOST = 9


class Palette(QWidget):
    """Escape goes back to the same field and cursor; Enter does what is chosen."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("palette")
        self.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 96, 0, 0)
        card = QFrame()
        card.setProperty("ground", "card")
        card.setFixedWidth(WIDTH)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(12, 12, 12, 12)
        self.line = QLineEdit()
        self.line.setObjectName("palette.line")
        self.line.setAccessibleName("Find anything")
        self.line.setPlaceholderText("A patient or a command")
        self.line.textChanged.connect(self._find)
        self.line.installEventFilter(self)
        inside.addWidget(self.line)
        self.found = LineList("Found")
        self.found.setObjectName("palette.found")
        self.found.setProperty("bare", "true")
        self.found.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.found.itemClicked.connect(self._do)
        inside.addWidget(self.found)
        self._nothing = PlainWords("Nothing by that name.", "quiet")
        inside.addWidget(self._nothing)
        column.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        self._commands: Commands = ()
        self._index: PatientIndex | None = None
        self._open: Open | None = None
        self._former: QWidget | None = None

    def ask(self, house: House, open_place: Open, commands: Commands) -> None:
        """Opens over the whole window; asked for again it goes away."""
        if self.isVisible():
            self._away()
            return
        self._commands, self._open = commands, open_place
        self._former = self.window().focusWidget()
        parent = self.parentWidget()
        if parent is not None:
            self.setGeometry(parent.rect())
        self.line.clear()
        self._find("")
        self.show()
        self.raise_()
        self.line.setFocus()
        house.runner.act(load_index, self._indexed)

    def _indexed(self, index: PatientIndex) -> None:
        self._index = index
        self._find(self.line.text())

    def _find(self, text: str) -> None:
        low = text.strip().casefold()
        lines = [
            ListLine(word, key=key.replace("+", " "), data=act)
            for word, key, act in self._commands
            if low in word.casefold()
        ]
        if low and self._index is not None:
            lines += [self._patient(line) for line in self._index.find(text, MOST)]
        self.found.show_lines(lines)
        self.found.setVisible(bool(lines))
        self.found.setFixedHeight(self.found.height_for(MOST))
        self._nothing.setVisible(not lines)

    def _patient(self, line: PatientLine) -> ListLine:
        return ListLine(line.name, "patient", data=Place("patient", line.id))

    def _do(self, _item: object = None) -> None:
        line = self.found.chosen
        if line is None:
            return
        self._away()
        if not isinstance(line.data, Place):
            line.data()
        elif self._open is not None:
            self._open(line.data)

    def _away(self) -> None:
        former, self._former = self._former, None
        self.hide()
        if former is not None and former.isVisible():
            former.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up, Down, Enter and Escape while typing; it goes when the keys go elsewhere."""
        if event.type() == QEvent.Type.FocusOut and isinstance(event, QFocusEvent):
            if event.reason() is not Qt.FocusReason.ActiveWindowFocusReason:
                self._former = None
                self.hide()
            return False
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self._away()
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._do()
            return True
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.found.step(1 if key == Qt.Key.Key_Down else -1)
            return True
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The page behind stays visible, dimmed."""
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(0, 0, 0, 110))
