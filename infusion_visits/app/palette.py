"""Find anything: one line over the dimmed page, every command with its key, and the patients."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from infusion_visits.core.desk import Place
from infusion_visits.patients.queries import load_index

if TYPE_CHECKING:
    from infusion_visits.app.house import House
    from infusion_visits.core.desk import Open
    from infusion_visits.patients.patient_index import PatientIndex

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
        self.found = QListWidget()
        self.found.setObjectName("palette.found")
        self.found.setAccessibleName("Found")
        self.found.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.found.itemClicked.connect(self._do)
        inside.addWidget(self.found)
        column.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        self._commands: Commands = ()
        self._index: PatientIndex | None = None
        self._open: Open | None = None
        self._former: QWidget | None = None

    def ask(self, house: House, open_place: Open, commands: Commands) -> None:
        """Opens over the whole window."""
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
        self.found.clear()
        low = text.strip().casefold()
        for word, key, act in self._commands:
            if low in word.casefold():
                self._add(f"{word}    {key}", act)
        if low and self._index is not None and self._open is not None:
            open_place = self._open
            for line in self._index.find(text, MOST):
                self._add(line.name, lambda patient=line.id: open_place(Place("patient", patient)))
        self.found.setCurrentRow(0)
        rows = min(max(self.found.count(), 1), MOST)
        self.found.setFixedHeight(rows * 28 + 12)

    def _add(self, words: str, act: Callable[[], None]) -> None:
        item = QListWidgetItem(words)
        item.setData(Qt.ItemDataRole.UserRole, act)
        self.found.addItem(item)

    def _do(self, item: QListWidgetItem | None) -> None:
        self.hide()
        if item is not None:
            act: Callable[[], None] = item.data(Qt.ItemDataRole.UserRole)
            act()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up, Down, Enter and Escape while typing."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.hide()
            if self._former is not None:
                self._former.setFocus()
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._do(self.found.currentItem())
            return True
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if key == Qt.Key.Key_Down else -1
            count = max(self.found.count(), 1)
            self.found.setCurrentRow((self.found.currentRow() + step) % count)
            return True
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The page behind stays visible, dimmed."""
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(0, 0, 0, 110))
