"""The section on the screen: the rate curve with its plan, the acts, then what was set up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from infusion_visits.sections.infusion.acts import State
from infusion_visits.sections.infusion.dose import dose_check
from infusion_visits.sections.infusion.fields import ROWS, SECTION
from infusion_visits.sections.infusion.live import (
    choose,
    live_chart,
    plan_table,
    standing_words,
    title_line,
)
from infusion_visits.sections.infusion.note_acts import acts_table
from infusion_visits.sections.infusion.panel.acts import InfusionActs, key_of
from infusion_visits.sections.infusion.panel.scanning import ScanDesk, ScanLine
from infusion_visits.sections.infusion.summary import order_of, standing_at
from infusion_visits.widgets.block_table import BlockTable
from infusion_visits.widgets.drawing import ChartView
from infusion_visits.widgets.form_state import no_options
from infusion_visits.widgets.section_form import SectionForm
from infusion_visits.widgets.words import PlainWords

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from PySide6.QtGui import QKeyEvent

    from infusion_visits.core.cells import Cell, Row
    from infusion_visits.core.desk import VisitDesk
    from infusion_visits.core.findings import Finding
    from infusion_visits.patients.facts import Facts
    from infusion_visits.sections.infusion.values import Infusion
    from infusion_visits.widgets.editor import SenseSource
    from infusion_visits.widgets.form_state import RefOptions


class InfusionPanel(QWidget):
    """The section: title, dose check, curve, acts, then set-up, lots and acts as forms."""

    finished = Signal()

    def __init__(
        self,
        desk: VisitDesk,
        ref_options: RefOptions = no_options,
        sense: SenseSource | None = None,
        *,
        read_only: bool = False,
        with_acts: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(12)
        self._known: set[Row] = set()
        self._expecting = False
        self.title = PlainWords("", "title")
        self.dose = PlainWords("", "quiet")
        self.standing = PlainWords("", "strong")
        self.chart = ChartView()
        self.acts: InfusionActs | None = None
        self.plan = BlockTable()
        self.table = BlockTable()
        self.scan: ScanLine | None = None
        scanning = ScanDesk(desk)
        self._scanning = scanning
        self.form = SectionForm(SECTION, ROWS, scanning, ref_options, sense, read_only=read_only)
        self.form.finished.connect(self.finished)
        body.addWidget(self.title)
        body.addWidget(self.dose)
        card = QFrame()
        card.setProperty("ground", "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(12, 12, 12, 8)
        inside.addWidget(self.chart)
        self.card = card
        body.addWidget(card)
        body.addWidget(self.standing)
        if with_acts and not read_only:
            self.acts = InfusionActs(desk)
            self.acts.made.connect(self._expect)
            body.addWidget(self.acts)
        body.addWidget(self.plan)
        body.addWidget(self.table)
        if not read_only:
            self.scan = ScanLine(scanning)
            body.addWidget(self.scan)
        body.addWidget(self.form)
        body.addStretch(1)

    def show_values(
        self,
        values: Infusion,
        facts: Facts,
        findings: Sequence[Finding] = (),
        unsaved: Collection[Cell] = (),
    ) -> None:
        """Shows what the record holds now; called again as time goes on."""
        current = choose(values, facts)
        order = order_of(current, facts) if current is not None else facts.order
        summary = standing_at(current, facts) if current is not None else None
        self.title.say(title_line(order, summary))
        self.dose.say(dose_check(order).words if order else "")
        self.dose.setVisible(bool(self.dose.text()))
        self.standing.say(standing_words(summary, order, facts) if summary else "")
        self.standing.setVisible(bool(self.standing.text()))
        chart = live_chart(current, summary, facts) if current and summary else None
        self.card.setVisible(chart is not None)
        if chart is not None:
            self.chart.show_chart(chart)
        if self.acts is not None:
            self.acts.show_values(values, facts, findings)
        self.plan.show_table(plan_table(summary, facts) if summary else None)
        self.table.show_table(acts_table(current, facts, summary) if current else None)
        self._scanning.show_values(values, facts)
        if self.scan is not None:
            open_still = summary is not None and summary.state is not State.ENDED
            self.scan.show_infusion(current if open_still else None)
        self.form.show_values(values, facts, findings, unsaved)
        self._known, known = {given.mark.row for given in values.infusion}, self._known
        if self._expecting and self._known - known:
            self._expecting = False
            self._open_new((self._known - known).pop())

    def _expect(self) -> None:
        """An infusion is being set up: its form opens when it comes."""
        self._expecting = True

    def _open_new(self, row: Row) -> None:
        self.form.open_row(row)
        self.form.focus_first()

    def show_drafts(self, drafts: Mapping[Cell, str]) -> None:
        """Brings back what was typed and never left."""
        self.form.show_drafts(drafts)

    def open_row(self, row: Row) -> None:
        """Opens an infusion, an act or a lot as a form."""
        self.form.open_row(row)

    def focus_cell(self, cell: Cell) -> bool:
        """Goes to a field; says whether it is there."""
        return self.form.focus_cell(cell)

    def ask(self, act: str) -> None:
        """Asks inline for an act, from wherever its key was pressed."""
        if self.acts is not None:
            self.acts.ask(act)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of the acts work from anywhere in the section."""
        if self.acts is None or not self.acts.press(key_of(event)):
            super().keyPressEvent(event)

    def focus_first(self) -> None:
        """The keys go to the act that is open, else to the first possible, else into the form."""
        if self.acts is not None and self.acts.strip is not None:
            self.acts.strip.focus_first()
            return
        buttons = self.acts.buttons.values() if self.acts is not None else ()
        first = next((button for button in buttons if button.isEnabled()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.form.focus_first()
