"""What an agency's file comes to, before it is used: what is wrong, or what it changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from infusion_visits.app.catalogues.report import PER_PROTOCOL, headline
from infusion_visits.core.catalogue_changes import EntryChange, What
from infusion_visits.widgets.act_button import ActButton, Weight
from infusion_visits.widgets.cards import Card
from infusion_visits.widgets.words import PlainWords

if TYPE_CHECKING:
    from infusion_visits.app.catalogues.checking import Checked, Problem

NOT_YOURS = "Only a coordinator changes the agency's catalogues."
KEEPS = "Nothing was changed: what counted before counts on."
_LABELS = 200


class ReportCard(Card):
    """Stays until it is used or left."""

    used = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setObjectName("catalogues.report")
        self.body.setContentsMargins(24, 20, 24, 20)
        self.body.setSpacing(8)
        self._checked: Checked | None = None
        self._may = False
        self.use = ActButton("Use it", "Ctrl Enter", Weight.PRIMARY)
        self.leave = ActButton("Leave it", "Esc")

    def show_checked(self, checked: Checked, *, may_change: bool) -> None:
        """Shows what was found. The acts stand above the list, which may be long."""
        self._checked, self._may = checked, may_change
        self.clear()
        self.title.say(headline(checked), "section")
        self.title.show()
        self.setAccessibleName(headline(checked))
        if not checked.good:
            self.add(PlainWords(KEEPS))
        elif not may_change:
            self.add(PlainWords(NOT_YOURS, "warn"))
        self.add(self._acts(checked, may_change))
        for problem in checked.problems:
            self.add(_problem(problem, checked.file))
        for change in checked.changes:
            self.add(_change(change))
        if checked.usable:
            self.add(PlainWords(PER_PROTOCOL, "small"))

    def take_focus(self) -> None:
        """The keys go to the way on, else to the way back."""
        (self.use if self.use.isVisibleTo(self) else self.leave).setFocus()

    def ask_use(self) -> None:
        """Uses it, where it can be used and may be."""
        if self._checked is not None and self._checked.usable and self._may:
            self.used.emit(self._checked)

    def _acts(self, checked: Checked, may_change: bool) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 4, 0, 8)
        row.setSpacing(8)
        self.use = ActButton("Use it", "Ctrl Enter", Weight.PRIMARY)
        self.use.setObjectName("catalogues.use")
        self.use.clicked.connect(self.ask_use)
        if not (checked.usable and may_change):
            self.use.hide()
        row.addWidget(self.use)
        self.leave = ActButton("Leave it", "Esc")
        self.leave.setObjectName("catalogues.leave")
        self.leave.clicked.connect(self.left)
        row.addWidget(self.leave)
        row.addStretch(1)
        return holder


def _problem(problem: Problem, file: str) -> QWidget:
    holder = QWidget()
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 6, 0, 6)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(2)
    grid.setColumnStretch(1, 1)
    top = Qt.AlignmentFlag.AlignTop
    where = file if problem.line is None else f"line {problem.line}"
    place = PlainWords(where, "code", wraps=False)
    place.setMinimumWidth(80)
    grid.addWidget(place, 0, 0, top)
    words = PlainWords(problem.words, "danger")
    words.setAccessibleName(problem.said(file))
    grid.addWidget(words, 0, 1, top)
    grid.addWidget(PlainWords(problem.remedy), 1, 1, top)
    return holder


def _change(change: EntryChange) -> QWidget:
    holder = QWidget()
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 10, 0, 4)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(4)
    grid.setColumnMinimumWidth(0, _LABELS)
    grid.setColumnStretch(1, 1)
    grid.setColumnStretch(2, 1)
    title = change.title if change.what is What.CHANGED else f"{change.title}: {change.what}"
    grid.addWidget(PlainWords(title, "strong"), 0, 0, 1, 3)
    path = ".".join(str(part) for part in change.place)
    grid.addWidget(PlainWords(path, "small"), 1, 0, 1, 3)
    row = 2
    if change.what is What.CHANGED:
        for column, word in ((1, "the program's own"), (2, "the agency's")):
            grid.addWidget(PlainWords(word, "small", wraps=False), row, column)
        row += 1
    top = Qt.AlignmentFlag.AlignTop
    for field in change.fields:
        label = PlainWords(field.field, "quiet")
        label.setMaximumWidth(_LABELS)
        grid.addWidget(label, row, 0, top)
        if change.what is What.CHANGED:
            grid.addWidget(PlainWords(field.old, "quiet"), row, 1, top)
        new = PlainWords(field.new, "strong")
        new.setAccessibleName(f"{field.field}: {field.old}, becomes {field.new}")
        grid.addWidget(new, row, 2 if change.what is What.CHANGED else 1, top)
        row += 1
    if change.what is not What.TAKEN_OUT:
        grid.addWidget(PlainWords("source", "small"), row, 0, top)
        grid.addWidget(PlainWords(change.own_source or "none named", "small"), row, 1, 1, 2)
    return holder
