"""One entry of a catalogue as a person reads it: its figures, its source, what is the agency's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from infusion_visits.app.catalogues.entries import TO_CONFIRM
from infusion_visits.app.catalogues.report import PER_PROTOCOL
from infusion_visits.core.catalogue_changes import NOTHING, What
from infusion_visits.widgets.cards import Card
from infusion_visits.widgets.chips import Chip
from infusion_visits.widgets.words import PlainWords

if TYPE_CHECKING:
    from infusion_visits.app.catalogues.entries import Entry, Line

LABELS_WIDTH = 190
_WHAT = {
    What.CHANGED: "changed by the agency",
    What.NEW: "added by the agency",
    What.TAKEN_OUT: "taken out by the agency",
}


class EntryCard(Card):
    """The chosen entry; read only."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setObjectName("catalogues.entry")
        self.body.setContentsMargins(20, 16, 20, 16)
        self.body.setSpacing(8)

    def show_entry(self, entry: Entry) -> None:
        """Shows another entry."""
        self.clear()
        self.title.say(entry.title, "section")
        self.title.show()
        self.setAccessibleName(f"{entry.title}, {entry.catalogue_title}")
        self.add(PlainWords(f"{entry.catalogue_title} · {entry.path}", "small"))
        self._chips(entry)
        if entry.lines:
            self.add(_grid(entry.lines))
        self.add(_told("Source", entry.source))
        self.add(_told("Edition", entry.edition))
        if entry.mark:
            self.add(_told("How sure", entry.mark))
        for doubt in entry.to_confirm:
            if doubt != TO_CONFIRM:
                self.add(_told("To confirm", doubt))
        self.add(PlainWords(PER_PROTOCOL, "small"))

    def _chips(self, entry: Entry) -> None:
        chips = []
        if entry.what is not None:
            chips.append(Chip(_WHAT[entry.what], "accent"))
        if entry.to_confirm:
            chips.append(Chip(TO_CONFIRM, "warn"))
        if not chips:
            return
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 4)
        for chip in chips:
            row.addWidget(chip)
        row.addStretch(1)
        self.add(holder)


def _grid(lines: tuple[Line, ...]) -> QWidget:
    """Label and value; below a value of the agency's, in small, that of the program."""
    table = QWidget()
    grid = QGridLayout(table)
    grid.setContentsMargins(0, 4, 0, 8)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(6)
    grid.setColumnMinimumWidth(0, LABELS_WIDTH)
    grid.setColumnStretch(1, 1)
    top = Qt.AlignmentFlag.AlignTop
    row = 0
    for line in lines:
        label = PlainWords(line.label, "quiet")
        label.setMaximumWidth(LABELS_WIDTH)
        grid.addWidget(label, row, 0, top)
        value = PlainWords(line.value, "strong" if line.was else "")
        value.setAccessibleName(f"{line.label}: {line.value}")
        grid.addWidget(value, row, 1, top)
        row += 1
        if line.was:
            was = "not there" if line.was == NOTHING else line.was
            grid.addWidget(PlainWords(f"the program's own: {was}", "small"), row, 1, top)
            row += 1
    return table


def _told(label: str, words: str) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(16)
    said = PlainWords(label, "small", wraps=False)
    said.setFixedWidth(LABELS_WIDTH)
    row.addWidget(said, 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(PlainWords(words, "small"), 1)
    return holder
