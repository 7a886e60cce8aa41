"""The section on the screen: the sets as they will print, what was missed, each set a form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from infusion_visits.sections.vitals.fields import ROWS, SECTION
from infusion_visits.sections.vitals.live import no_pressure_words
from infusion_visits.sections.vitals.note import same_at_every_set, sets_table
from infusion_visits.sections.vitals.panel.line import LINE_CELL, VitalsLine
from infusion_visits.sections.vitals.panel.missed import MissedSets
from infusion_visits.sections.vitals.schedule_findings import MISSED_CELL
from infusion_visits.widgets.block_table import BlockTable
from infusion_visits.widgets.form_state import no_options
from infusion_visits.widgets.section_form import SectionForm
from infusion_visits.widgets.words import PlainWords

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from infusion_visits.core.cells import Cell, Row
    from infusion_visits.core.desk import VisitDesk
    from infusion_visits.core.findings import Finding
    from infusion_visits.patients.facts import Facts
    from infusion_visits.sections.vitals.values import Vitals
    from infusion_visits.widgets.editor import SenseSource
    from infusion_visits.widgets.form_state import RefOptions


SETS_AT_ONCE = 6


class VitalsPanel(QWidget):
    """The section: the table of sets as it will print, and each set as a form.

    `with_line` puts the line above it, where no workspace shows one above all sections.
    """

    finished = Signal()

    def __init__(
        self,
        desk: VisitDesk,
        ref_options: RefOptions = no_options,
        sense: SenseSource | None = None,
        *,
        read_only: bool = False,
        with_line: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(16)
        self.line: VitalsLine | None = None
        if with_line and not read_only:
            frame = QFrame()
            frame.setProperty("ground", "card")
            inside = QVBoxLayout(frame)
            inside.setContentsMargins(12, 10, 12, 10)
            self.line = VitalsLine(desk, sense)
            inside.addWidget(self.line)
            body.addWidget(frame)
        self.missed = MissedSets(desk)
        self.missed.answered.connect(self.focus_first)
        body.addWidget(self.missed)
        self.beside = PlainWords("", "quiet")
        body.addWidget(self.beside)
        self.table = BlockTable(at_once=SETS_AT_ONCE)
        body.addWidget(self.table)
        self.form = SectionForm(SECTION, ROWS, desk, ref_options, sense, read_only=read_only)
        self.form.finished.connect(self.finished)
        body.addWidget(self.form)
        body.addStretch(1)

    def show_values(
        self,
        values: Vitals,
        facts: Facts,
        findings: Sequence[Finding] = (),
        unsaved: Collection[Cell] = (),
    ) -> None:
        """Shows what the record holds now."""
        if self.line is not None:
            self.line.show_values(values, facts)
        self.missed.show_due(facts)
        said = [no_pressure_words(facts), same_at_every_set(values, facts)]
        self.beside.say(" · ".join(words for words in said if words))
        self.beside.setVisible(bool(self.beside.text()))
        self.table.show_table(sets_table(values, facts) if values.vital_signs else None)
        # Missed sets are answered in their own lines above.
        others = [one for one in findings if one.cell != MISSED_CELL]
        self.form.show_values(values, facts, others, unsaved)

    def show_drafts(self, drafts: Mapping[Cell, str]) -> None:
        """Brings back what was typed and never left, the half-typed line too."""
        if self.line is not None and drafts.get(LINE_CELL):
            self.line.show_draft(drafts[LINE_CELL])
        self.form.show_drafts({cell: text for cell, text in drafts.items() if cell != LINE_CELL})

    def open_row(self, row: Row) -> None:
        """Opens a set as a form."""
        self.form.open_row(row)

    def focus_cell(self, cell: Cell) -> bool:
        """Goes to a field; says whether it is there."""
        if cell == LINE_CELL and self.line is not None:
            self.line.take_focus()
            return True
        if cell == MISSED_CELL:
            return self.missed.take_focus()
        return self.form.focus_cell(cell)

    def focus_first(self) -> None:
        """The keys go to the line, where a set takes the fewest."""
        if self.line is not None:
            self.line.take_focus()
        else:
            self.form.focus_first()
