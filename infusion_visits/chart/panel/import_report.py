"""What came in from the files: a sentence, then each kind, then what was left out or refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from infusion_visits.widgets.act_button import ActButton, Weight
from infusion_visits.widgets.cards import Card
from infusion_visits.widgets.words import PlainWords

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from infusion_visits.exchange.import_files import ImportReport

WIDTH = 640
COLUMNS = ("added", "updated", "unchanged")


class ImportReportCard(Card):
    """Stays until it is read; Enter or Escape goes back."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Import", parent=parent)
        self.setObjectName("import")
        self.setMaximumWidth(WIDTH)
        self.body.setContentsMargins(24, 20, 24, 20)
        self.body.setSpacing(8)
        self._done = ActButton("Done", "Enter", Weight.PRIMARY)

    def show_report(self, report: ImportReport) -> None:
        """Shows what an import did."""
        self.clear()
        self.title.say(summary(report), "section")
        if report.cancelled:
            words = "Cancelled. The files read so far are in, the others are not."
            self.add(PlainWords(words, "warn"))
        for error in report.errors:
            place = f" ({error.where})" if error.where else ""
            self.add(PlainWords(f"{error.path.name}: {error.words}{place}", "warn"))
        if report.counts:
            self.add(self._table(report))
        for why, count in report.left_out.items():
            self.add(PlainWords(f"Left out: {count:,} {why}.", "small"))
        if report.skipped:
            self.add(PlainWords(f"{report.skipped:,} other files were not looked at.", "small"))
        self._done = ActButton("Done", "Enter", Weight.PRIMARY)
        self._done.setObjectName("import.done")
        self._done.clicked.connect(self.closed)
        self.body.addWidget(self._done, 0, Qt.AlignmentFlag.AlignLeft)
        self._done.setFocus()

    def take_focus(self) -> None:
        """The keys go to the way out."""
        self._done.setFocus()

    def _table(self, report: ImportReport) -> QWidget:
        table = QWidget()
        grid = QGridLayout(table)
        grid.setContentsMargins(0, 8, 0, 8)
        grid.setHorizontalSpacing(32)
        grid.setVerticalSpacing(6)
        right = Qt.AlignmentFlag.AlignRight
        for at, word in enumerate(COLUMNS, 1):
            grid.addWidget(PlainWords(word, "small", wraps=False), 0, at, right)
        for row, (kind, count) in enumerate(report.counts.items(), 1):
            grid.addWidget(PlainWords(kind.capitalize(), wraps=False), row, 0)
            for at, word in enumerate(COLUMNS, 1):
                number: int = getattr(count, word)
                voice = "strong" if number else "quiet"
                figure = PlainWords(f"{number:,}" if number else "–", voice, wraps=False)
                figure.setAccessibleName(f"{kind} {word}: {number}")
                grid.addWidget(figure, row, at, right)
        grid.setColumnStretch(len(COLUMNS) + 1, 1)
        return table

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back too."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)


def summary(report: ImportReport) -> str:
    """One sentence about patients and files."""
    parts = []
    if report.errors:
        parts.append(_count(len(report.errors), "file was refused", "files were refused"))
    if report.added:
        parts.append(_count(report.added, "patient added", "patients added"))
    if report.updated:
        parts.append(_count(report.updated, "patient updated", "patients updated"))
    if report.unchanged:
        parts.append(_count(report.unchanged, "patient unchanged", "patients unchanged"))
    return ", ".join(parts) if parts else "Nothing was found to take in"


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"
