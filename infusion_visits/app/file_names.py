"""Settings: how note files are named, with an example and what a stranger would learn from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit

from infusion_visits.core.errors import Refused
from infusion_visits.notes.file_name import (
    DEFAULT_PATTERN,
    TOKENS,
    choose_pattern,
    example,
    fault_of,
    pattern_of,
    told_of_patient,
)
from infusion_visits.team.queries import may_change_catalogues
from infusion_visits.widgets.act_button import ActButton, Weight
from infusion_visits.widgets.cards import Card
from infusion_visits.widgets.words import PlainWords

if TYPE_CHECKING:
    from infusion_visits.core.desk import Desk
    from infusion_visits.records.unit_of_work import UnitOfWork

_KNOWN = "Filled in: " + ", ".join(f"{{{token.name}}} {token.label}" for token in TOKENS) + "."


class FileNamesCard(Card):
    """One line, kept when it is left; a name that cannot be used is kept by nobody."""

    def __init__(self, desk: Desk[UnitOfWork]) -> None:
        super().__init__("Names of note files")
        self._desk = desk
        self._kept = DEFAULT_PATTERN
        self.line = QLineEdit()
        self.line.setObjectName("settings.file_name")
        self.line.setAccessibleName("Name of a note file")
        self.line.textChanged.connect(self._preview)
        self.line.editingFinished.connect(self._left)
        self.add(self.line)
        self.example = PlainWords("", "code")
        self.add(self.example)
        self.warning = PlainWords("", "warn")
        self.add(self.warning)
        self.add(PlainWords(_KNOWN, "small"))
        self.default = ActButton("Back to the usual name", weight=Weight.QUIET)
        self.default.setObjectName("settings.file_name.usual")
        self.default.clicked.connect(self._usual)
        self.add(self.default)
        self._who = PlainWords("Only a coordinator changes how files are named.", "small")
        self.add(self._who)

    def arrive(self) -> None:
        """Reads the agency's pattern, and whether this member may change it."""
        self._desk.run.act(
            lambda unit: (pattern_of(unit), may_change_catalogues(unit)),
            lambda found: self._show(*found),
        )

    def _show(self, pattern: str, may: bool) -> None:
        self._kept = pattern
        self.line.setText(pattern)
        self.line.setReadOnly(not may)
        self.default.setVisible(may and pattern != DEFAULT_PATTERN)
        self._who.setVisible(not may)
        self._preview(pattern)

    def _preview(self, pattern: str) -> None:
        fault = fault_of(pattern)
        self.example.say("" if fault else example(pattern))
        self.example.setVisible(not fault)
        told = told_of_patient(pattern)
        self.warning.say(fault or told, "danger" if fault else "warn")
        self.warning.setVisible(bool(fault or told))

    def _left(self) -> None:
        pattern = self.line.text()
        if pattern == self._kept or fault_of(pattern) or self.line.isReadOnly():
            return
        former, self._kept = self._kept, pattern

        def failed(error: BaseException) -> None:
            self._kept = former
            if isinstance(error, Refused):
                self.warning.say(error.words, "danger")
                self.warning.show()
            else:
                self._desk.report(error)

        self._desk.run.act(
            lambda unit: choose_pattern(unit, pattern), lambda _: self.arrive(), failed
        )

    def _usual(self) -> None:
        self.line.setText(DEFAULT_PATTERN)
        self._left()
        self.line.setFocus()
