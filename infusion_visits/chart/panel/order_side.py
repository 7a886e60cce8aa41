"""Beside the form of an order: how it will read, and what is missing before it can be used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from infusion_visits.chart.order_catalogue import (
    catalogue_lines,
    cell_of,
    differs,
    other_ladders,
    warning_lines,
)
from infusion_visits.chart.order_lines import order_lines, order_title
from infusion_visits.chart.panel.answer_grid import answer_grid
from infusion_visits.chart.panel.ladder_line import LadderLine
from infusion_visits.chart.panel.therapy_line import TherapyLine
from infusion_visits.core.findings import Level
from infusion_visits.patients.order_rules import order_findings
from infusion_visits.patients.rules import standing
from infusion_visits.patients.therapy.differences import NOT_IN_CATALOGUE, PER_PROTOCOL
from infusion_visits.patients.therapy.filling import Chosen
from infusion_visits.patients.therapy.told import Weight as Weighs
from infusion_visits.widgets.act_button import ActButton, Weight
from infusion_visits.widgets.clearing import clear_out
from infusion_visits.widgets.jump_line import JumpLine
from infusion_visits.widgets.scrolled import Scrolled
from infusion_visits.widgets.words import PlainWords

if TYPE_CHECKING:
    from uuid import UUID

    from infusion_visits.core.findings import Finding
    from infusion_visits.patients.therapy.differences import OrderContext
    from infusion_visits.patients.therapy.ladders import Ladder
    from infusion_visits.patients.therapy.told import Difference
    from infusion_visits.patients.values import TherapyOrder

WIDTH = 280
"""Leaves the form beside it room for two columns at 1366 pixels."""
LABELS = 56
_VOICES = {Level.STOP: ("danger", "stop"), Level.ALERT: ("warn", "alert")}


class OrderSide(QFrame):
    """The order in words as it stands, its findings, and the way into use or back."""

    use_asked = Signal(object)
    ladder_asked = Signal(object, object)
    therapy_asked = Signal(object, object)
    free_asked = Signal()
    cell_asked = Signal(object)
    closed = Signal()

    def __init__(self, *, read_only: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("rule", "left")
        self.setFixedWidth(WIDTH)
        self._read_only = read_only
        self._shown: TherapyOrder | None = None
        self._context: OrderContext | None = None
        self._zone = ""
        self._refused = False
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 0, 0, 0)
        outer.setSpacing(0)
        self.therapy = TherapyLine()
        self.therapy.chosen.connect(self._give_therapy)
        self.therapy.free_asked.connect(self.free_asked)
        self.therapy.setContentsMargins(15, 14, 12, 0)
        outer.addWidget(self.therapy)
        if read_only:
            self.therapy.hide()
        words = QWidget()
        self._words = QVBoxLayout(words)
        self._words.setContentsMargins(0, 0, 0, 0)
        self._words.setSpacing(8)
        self._words.addStretch(1)
        outer.addWidget(Scrolled(words, "surface", (16, 14, 12, 12)), 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(16, 10, 16, 12)
        foot.setSpacing(6)
        self.ladder = LadderLine()
        self.ladder.typed.connect(self._give_ladder)
        self.ladder.hide()
        foot.addWidget(self.ladder)
        self.use = ActButton("Use this order", "Ctrl U", Weight.PRIMARY)
        self.use.setObjectName("order.use")
        self.use.clicked.connect(self.ask_use)
        if read_only:
            self.use.hide()
        foot.addWidget(self.use)
        self._back = ActButton("Back to the chart", "Esc", Weight.QUIET)
        self._back.setObjectName("order.back")
        self._back.clicked.connect(self.closed)
        foot.addWidget(self._back)
        outer.addLayout(foot)

    @property
    def order(self) -> UUID | None:
        """Which order is shown."""
        return self._shown.id if self._shown is not None else None

    def show_order(
        self, order: TherapyOrder | None, zone: str, context: OrderContext | None = None
    ) -> None:
        """Shows this order; None says what will stand here."""
        if order is not None and order == self._shown and context == self._context:
            return
        if order is None or self.order != order.id:
            self._refused = False
        self._shown, self._zone, self._context = order, zone, context
        self._fill(order)

    def _fill(self, order: TherapyOrder | None) -> None:
        clear_out(self._words)
        self.use.setEnabled(order is not None)
        if order is None:
            self.ladder.hide()
            self._put(PlainWords("As it will read", "strong"))
            words = (
                "Type a drug or a brand above. Ins begins an order that is not in the catalogue."
            )
            self._put(PlainWords(words, "quiet"))
            return
        # Where steps stand already they are changed or struck one by one.
        needs = not self._read_only and not standing(order.rate_step) and not order.over_minutes
        self.ladder.setVisible(needs)
        context = self._context
        self._put(PlainWords(order_title(order), "strong"))
        if context is not None and (warned := warning_lines(order)):
            self._put(answer_grid(warned, LABELS))
        if not self._read_only:
            self._put_missing(order)
        if context is not None:
            self._put_differences(order, context)
        self._put(PlainWords("As it reads", "strong"))
        self._put(answer_grid(order_lines(order, self._zone), LABELS))
        if context is not None:
            self._put_ladders(order, context)
            if known := catalogue_lines(order, context):
                self._put(PlainWords("What the catalogue says", "strong"))
                self._put(answer_grid(known, LABELS))

    def _put_missing(self, order: TherapyOrder) -> None:
        today = self._context.today if self._context is not None else None
        found = order_findings(order, today)
        stops = sum(1 for one in found if one.level is Level.STOP)
        if stops:
            words = f"{stops} thing{'' if stops == 1 else 's'} missing"
            self._put(PlainWords(words, "warn"))
        else:
            self._put(PlainWords("Nothing is missing.", "ok"))
        for finding in found:
            self._put(self._finding(finding))

    def _put_differences(self, order: TherapyOrder, context: OrderContext) -> None:
        """Always visible: what differs, or that nothing does, or that nothing is compared."""
        if not order.therapy:
            self._put(PlainWords(NOT_IN_CATALOGUE, "quiet"))
            return
        found = differs(order, context)
        if not found:
            self._put(PlainWords("Nothing differs from the catalogue.", "ok"))
            return
        self._put(PlainWords("Differs from the catalogue", "strong"))
        for one in found:
            self._put(self._difference(order, one))
        self._put(PlainWords(PER_PROTOCOL, "small"))

    def _difference(self, order: TherapyOrder, one: Difference) -> QWidget:
        # The order may differ for good reason: said, never shouted.
        line = JumpLine(one.said(), "", "alert" if one.weight is Weighs.MAJOR else "advice")
        line.opened.connect(lambda: self.cell_asked.emit(cell_of(order, one.field)))
        return line

    def _put_ladders(self, order: TherapyOrder, context: OrderContext) -> None:
        ladders = () if self._read_only else other_ladders(order, context)
        if ladders:
            named = "Other ladders" if order.ladder else "Ladders of the catalogue"
            self._put(PlainWords(named, "strong"))
        for ladder in ladders:
            self._put(self._ladder_line(order, ladder))

    def _ladder_line(self, order: TherapyOrder, ladder: Ladder) -> QWidget:
        after = f", only after {ladder.only_after}" if ladder.only_after else ""
        confirm = " (agency to confirm)" if ladder.mark == "unsure" else ""
        line = JumpLine(f"{ladder.title}{after}{confirm}", "accent", "right")
        line.setObjectName(f"order.ladder.{ladder.key}")
        chosen = Chosen(order.therapy or "", order.product or "", ladder.key)
        line.opened.connect(lambda: self.therapy_asked.emit(order.id, chosen))
        return line

    def _give_therapy(self, chosen: Chosen) -> None:
        self.therapy.clear()
        self.therapy_asked.emit(self.order, chosen)

    def take_focus(self) -> None:
        """The keys go to the way back."""
        self._back.setFocus(Qt.FocusReason.OtherFocusReason)

    def ask_use(self) -> None:
        """The nurse takes this order into use."""
        if self._shown is not None:
            self.use_asked.emit(self._shown.id)

    def _give_ladder(self, steps: object) -> None:
        if self._shown is not None:
            self.ladder_asked.emit(self._shown.id, steps)

    def refuse(self, words: str) -> None:
        """Says why the order is not in use; the first thing to do gets the keys."""
        self._refused = True
        self._fill(self._shown)
        lines = [line for line in self.findChildren(JumpLine) if line.isVisible()]
        if lines:
            lines[0].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._put(PlainWords(words, "danger"))

    def _finding(self, finding: Finding) -> QWidget:
        voice, sign = _VOICES.get(finding.level, ("", "advice"))
        # What a half-typed order still lacks is no danger; it is said aloud once it was refused.
        if finding.level is Level.STOP and not self._refused:
            voice, sign = "", "right"
        line = JumpLine(finding.words, voice, sign)
        line.opened.connect(lambda: self.cell_asked.emit(finding.cell))
        return line

    def _put(self, widget: QWidget) -> None:
        self._words.insertWidget(self._words.count() - 1, widget)
        widget.show()
