"""F1: the keys of the screen one is at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from infusion_visits.widgets.key_cap import KeyCap
from infusion_visits.widgets.words import PlainWords

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent

BETWEEN = 16
EVERYWHERE = (
    ("Today", "Ctrl 1"),
    ("Patients", "Ctrl 2"),
    ("Review", "Ctrl 3"),
    ("Find anything", "Ctrl K"),
    ("New patient", "Ctrl N"),
    ("Import files", "Ctrl I"),
    ("Settings", "Ctrl ,"),
    ("Lock", "Ctrl L"),
)
KEYS: dict[str, tuple[tuple[str, str], ...]] = {
    "today": (
        ("Open what is chosen", "Enter"),
        ("Walk the list", "Up Down"),
        ("Export notes that are on this laptop only", "Ctrl S"),
        ("Export notes of the day", "Ctrl E"),
    ),
    "export": (
        ("Export", "Ctrl Enter"),
        ("Open the folder, copy the files", "Ctrl O C"),
        ("Cancel, back", "Esc"),
    ),
    "patients": (
        ("Search", "Ctrl F"),
        ("Open the chart", "Enter"),
        ("Plan a visit", "Ctrl P"),
        ("Person, allergies, medicines", "Ctrl E"),
        ("Orders", "Ctrl O"),
        ("Use the draft of an order", "Ctrl U"),
        ("Therapy of the catalogue, for an order", "Ctrl G"),
        ("Rate steps of a draft in one line", "Ctrl R"),
        ("Add a task", "Ctrl T"),
        ("Imported measurements", "Ctrl M"),
        ("Export the patient's notes", "Ctrl S"),
        ("Add a row", "Ins"),
        ("Strike a row out", "Del"),
        ("Back", "Esc"),
    ),
    "visit": (
        ("Vital signs, from anywhere", "Ctrl M"),
        ("Next missing item", "Ctrl J"),
        ("Next section, section before", "Ctrl PgDn PgUp"),
        ("List of sections", "Ctrl B"),
        ("Safety, in a narrow window", "F5"),
        ("Set up, then start the infusion", "Ctrl F6"),
        ("Step the rate up", "F6"),
        ("Hold or resume", "F7"),
        ("Slow down", "F8"),
        ("Complete, stop", "Ctrl F7 F8"),
        ("Reaction: the pump was stopped", "F9"),
        ("A slip of it taken back", "Ctrl Z"),
        ("Reaction: epinephrine, 911, told", "Alt E N P"),
        ("Reaction: grade, recheck, resume", "Alt G R U"),
        ("A step of the agency, done now", "Alt 1 to 9"),
        ("Not done, with a reason", "Ctrl D"),
        ("Add a row", "Ins"),
        ("Strike a row out", "Del"),
        ("Review and sign", "Ctrl Enter"),
    ),
    "review": (
        ("Next note, note before", "J K"),
        ("Approve", "A"),
        ("Return with words", "R"),
        ("Question at the answer walked to", "Q"),
        ("Undo", "U"),
        ("Sign and send the answers", "S"),
        ("Into the record, back to the list", "F Esc"),
        ("Walk lines, answers of a line", "↑ ↓ ← →"),
        ("Section by section", "PgUp PgDn"),
        ("What came first, what came back", "D"),
        ("All that was checked", "V"),
        ("Search the inbox", "/"),
        ("The whole note", "Enter"),
        ("A file kept apart: check again, set aside", "C X"),
    ),
    "note": (
        ("Pages", "PgUp PgDn"),
        ("Larger, smaller", "+ −"),
        ("Whole width", "0"),
        ("Save the PDF", "Ctrl S"),
        ("Open its folder, copy it", "Ctrl O C"),
    ),
    "settings": (),
    "team": (
        ("Open a request or a team packet", "Ctrl O"),
        ("Leave the step, back to Settings", "Esc"),
    ),
    "catalogues": (
        ("Search all words", "Ctrl F"),
        ("Walk the entries while searching", "Up Down"),
        ("Load the agency's file", "Ctrl O"),
        ("Use the file that was looked at", "Ctrl Enter"),
        ("Withdraw the agency's file", "Ctrl D"),
        ("Back", "Esc"),
    ),
}
KEYS["patient"] = KEYS["patients"]
KEYS["sign"] = KEYS["note"]


class KeysHelp(QWidget):
    """Any key or click closes it and goes back to the same field."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("keys")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 96, 0, 0)
        self._card = QFrame()
        self._card.setProperty("ground", "card")
        self._grid = QGridLayout(self._card)
        self._grid.setContentsMargins(24, 20, 24, 20)
        self._grid.setHorizontalSpacing(20)
        self._grid.setVerticalSpacing(8)
        column.addWidget(self._card, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        self._former: QWidget | None = None

    def show_for(self, screen: str) -> None:
        """The keys of `screen`, then those that work everywhere."""
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        here = KEYS.get(screen, ())
        blocks = [("Here", here), ("Everywhere", EVERYWHERE)] if here else [("Keys", EVERYWHERE)]
        for number, (title, rows) in enumerate(blocks):
            column = 3 * number
            self._grid.addWidget(PlainWords(title, "section", wraps=False), 0, column)
            for line, (words, keys) in enumerate(rows, 1):
                self._grid.addWidget(PlainWords(words, wraps=False), line, column)
                self._grid.addWidget(KeyCap(keys), line, column + 1)
        self._grid.setColumnMinimumWidth(2, BETWEEN if here else 0)
        self._former = self.window().focusWidget()
        parent = self.parentWidget()
        if parent is not None:
            self.setGeometry(parent.rect())
        self.show()
        self.raise_()
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Away again."""
        self._away()
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Away again."""
        self._away()
        event.accept()

    def _away(self) -> None:
        self.hide()
        if self._former is not None:
            self._former.setFocus()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The page behind stays visible, dimmed."""
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(0, 0, 0, 110))
