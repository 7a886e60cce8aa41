"""Therapy orders in the chart: in use, drafts, and quietly those that ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from infusion_visits.chart.order_catalogue import next_dose_lines, warning_lines
from infusion_visits.chart.order_lines import earlier_words, order_lines, order_title
from infusion_visits.chart.panel.answer_grid import answer_grid
from infusion_visits.core.errors import InfusionVisitsError, Refused
from infusion_visits.core.findings import Level
from infusion_visits.patients import actions, order_actions
from infusion_visits.patients.order_fields import DRAFT, ENDED, USED
from infusion_visits.patients.order_rules import order_findings
from infusion_visits.patients.rules import standing
from infusion_visits.widgets.act_button import ActButton
from infusion_visits.widgets.act_row import DELETE, ENTER, ActRow, RowAct
from infusion_visits.widgets.cards import Card
from infusion_visits.widgets.chips import Chip
from infusion_visits.widgets.reason_lines import StrikeLine
from infusion_visits.widgets.words import PlainWords

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from infusion_visits.chart.panel.acts import ChartActs
    from infusion_visits.chart.queries import ChartView
    from infusion_visits.core.cells import Cell
    from infusion_visits.core.kinds import StrikeReason
    from infusion_visits.patients.values import TherapyOrder

MOST_EARLIER = 4
_TOP = Qt.AlignmentFlag.AlignTop


class OrderCard(Card):
    """Each order is a row with its acts; nothing is ended or used without being asked for."""

    def __init__(self, view: ChartView, acts: ChartActs, parent: QWidget | None = None) -> None:
        super().__init__("Therapy orders", parent=parent)
        self._view, self._acts = view, acts
        self._rows: dict[UUID, ActRow] = {}
        orders = standing(view.chart.therapy_order)
        drafts = [one for one in orders if one.status == DRAFT]
        used = [one for one in orders if one.status == USED]
        ended = [one for one in orders if one.status == ENDED]
        if not drafts and not used:
            self.add(PlainWords("No order in use. An infusion needs one.", "quiet"))
        for order in used:
            self.add(self._used(order))
        for order in drafts:
            self.add(self._draft(order))
        for order in ended[: -MOST_EARLIER - 1 : -1]:
            self.add(self._earlier(order))
        if len(ended) > MOST_EARLIER:
            self.add(PlainWords(f"and {len(ended) - MOST_EARLIER} earlier", "small"))
        word = "Drafts" if drafts else "New order"
        button = ActButton(word, "Ctrl O")
        button.setObjectName("chart.orders")
        button.clicked.connect(lambda: acts.edit("orders"))
        self.body.addSpacing(4)
        self.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def _used(self, order: TherapyOrder) -> ActRow:
        row = ActRow(
            f"{order_title(order)}, in use",
            (
                RowAct(
                    "Change (new version)",
                    "C",
                    lambda: self._change(order),
                    f"chart.change.{order.id}",
                ),
                RowAct("End", "E", lambda: self._ask_end(order), f"chart.end.{order.id}"),
                RowAct(
                    "Whole order",
                    ENTER,
                    lambda: self._acts.edit_order(order.id, None),
                    f"chart.whole.{order.id}",
                ),
            ),
        )
        return self._order_row(order, row, "in use", "ok")

    def _draft(self, order: TherapyOrder) -> ActRow:
        row = ActRow(
            f"{order_title(order)}, draft",
            (
                RowAct(
                    "Use this order", "Ctrl U", lambda: self.use(order), f"chart.use.{order.id}"
                ),
                RowAct(
                    "Edit",
                    ENTER,
                    lambda: self._acts.edit_order(order.id, None),
                    f"chart.draft.{order.id}",
                ),
                RowAct("Strike out", DELETE, lambda: self._ask_strike(order)),
            ),
        )
        return self._order_row(order, row, "draft", "warn")

    def _order_row(self, order: TherapyOrder, row: ActRow, state: str, kind: str) -> ActRow:
        row.setObjectName(f"chart.order.{order.id}")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(PlainWords(order_title(order), "strong"), 1, _TOP)
        if order.first_dose:
            head.addWidget(Chip("First dose", "warn"), 0, _TOP)
        head.addWidget(Chip(state, kind), 0, _TOP)
        row.body.addLayout(head)
        context = self._view.context_of(order)
        lines = (
            *warning_lines(order),
            *order_lines(order, self._view.zone),
            *next_dose_lines(order, context),
        )
        row.body.addWidget(answer_grid(lines))
        if order.status == DRAFT:
            left = sum(
                1 for found in order_findings(order, self._view.today) if found.level is Level.STOP
            )
            if left:
                words = f"{left} thing{'' if left == 1 else 's'} missing before it can be used"
                row.body.addWidget(PlainWords(words, "warn"))
        row.show_acts()
        self._rows[order.id] = row
        return row

    def _earlier(self, order: TherapyOrder) -> ActRow:
        words = earlier_words(order)
        row = ActRow(
            words, (RowAct("Whole order", ENTER, lambda: self._acts.edit_order(order.id, None)),)
        )
        row.setObjectName(f"chart.order.{order.id}")
        row.body.addWidget(PlainWords(words, "small"))
        return row

    def use_draft(self) -> bool:
        """Uses the draft, where there is exactly one; says whether there was any."""
        drafts = [o for o in standing(self._view.chart.therapy_order) if o.status == DRAFT]
        if drafts:
            self.use(drafts[0])
        return bool(drafts)

    def use(self, order: TherapyOrder) -> None:
        """Takes the draft into use, or says at the row what is missing."""
        patient = self._view.patient
        self._acts.do(
            lambda unit: order_actions.use_order(unit, patient, order.id),
            None,
            lambda error: self._refused(order, error),
        )

    def _refused(self, order: TherapyOrder, error: BaseException) -> None:
        row = self._rows[order.id]
        if isinstance(error, Refused) and error.findings:
            row.refuse_with(
                [(found.words, self._goes_to(order, found.cell)) for found in error.findings]
            )
        else:
            row.refuse(error.words if isinstance(error, InfusionVisitsError) else str(error))

    def _goes_to(self, order: TherapyOrder, cell: Cell | None) -> Callable[[], None]:
        return lambda: self._acts.edit_order(order.id, cell)

    def _change(self, order: TherapyOrder) -> None:
        patient = self._view.patient
        self._acts.do(
            lambda unit: order_actions.copy_order(unit, patient, order.id),
            lambda draft: self._acts.edit_order(draft, None),
            None,
        )

    def _ask_end(self, order: TherapyOrder) -> None:
        row, patient = self._rows[order.id], self._view.patient

        def end(reason: str) -> None:
            self._acts.do(
                lambda unit: order_actions.end_order(unit, patient, order.id, reason),
                None,
                lambda error: self._refused(order, error),
            )

        row.ask("Nothing more is given by this order. Why does it end?", end)

    def _ask_strike(self, order: TherapyOrder) -> None:
        row, patient = self._rows[order.id], self._view.patient

        def strike(reason: StrikeReason) -> None:
            self._acts.do(
                lambda unit: actions.strike(unit, patient, order.mark.row, reason),
                None,
                lambda error: self._refused(order, error),
            )

        row.put_below(StrikeLine(strike, row.leave)).open()
