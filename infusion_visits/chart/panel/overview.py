"""The chart at a glance: what is open, orders, lines on the body, visits, trend."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from infusion_visits.core.clock import local_day
from infusion_visits.core.desk import Place
from infusion_visits.core.kinds import VisitStatus
from infusion_visits.core.moments import show_day, show_instant
from infusion_visits.core.units import with_unit
from infusion_visits.patients.order_fields import DRAFT, USED
from infusion_visits.sections.devices.rules.due import DueState
from infusion_visits.widgets.act_button import ActButton, Weight
from infusion_visits.widgets.cards import Card
from infusion_visits.widgets.drawing import BodyView
from infusion_visits.widgets.drawing import ChartView as TrendView
from infusion_visits.widgets.words import PlainWords

if TYPE_CHECKING:
    from infusion_visits.chart.queries import ChartView
    from infusion_visits.core.desk import Open
    from infusion_visits.patients.values import TherapyOrder

MOST_VISITS = 12
_ATTENTION = {DueState.OVERDUE, DueState.TODAY, DueState.SOON, DueState.NOT_KNOWN}


class Overview(QWidget):
    """Cards in two columns; each leads where its matter can be changed."""

    edit_asked = Signal(str)
    plan_asked = Signal()
    start_asked = Signal(object)
    use_asked = Signal(object)

    def __init__(self, open_place: Open, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._open = open_place
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(16)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)

    def show_view(self, view: ChartView) -> None:
        """Makes the cards anew."""
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        left, right = QVBoxLayout(), QVBoxLayout()
        for number, column in enumerate((left, right)):
            column.setSpacing(16)
            holder = QWidget()
            holder.setLayout(column)
            column.setContentsMargins(0, 0, 0, 0)
            self._grid.addWidget(holder, 0, number)
        if view.open:
            left.addWidget(self._open_card(view))
        left.addWidget(self._visits(view))
        left.addStretch(1)
        right.addWidget(self._orders(view))
        right.addWidget(self._lines(view))
        if view.trend is not None:
            card = Card("Vital signs over all visits")
            trend = TrendView()
            trend.setMinimumHeight(180)
            trend.show_chart(view.trend)
            card.add(trend)
            card.add(PlainWords(view.trend.beside, "small"))
            right.addWidget(card)
        right.addWidget(self._health(view))
        right.addStretch(1)

    def _open_card(self, view: ChartView) -> Card:
        card = Card("Open problems")
        for one in view.open:
            when = show_instant(one.noticed_at, view.zone) if one.noticed_at else ""
            card.add(PlainWords(one.words, "warn"))
            card.add(PlainWords(f"since {when}" if when else "open", "small"))
        return card

    def _visits(self, view: ChartView) -> Card:
        card = Card("Visits")
        plan = ActButton("Plan a visit", "Ctrl P", Weight.PRIMARY)
        plan.setObjectName("chart.plan")
        plan.clicked.connect(self.plan_asked)
        holder = QHBoxLayout()
        holder.addWidget(plan)
        holder.addStretch(1)
        row = QWidget()
        row.setLayout(holder)
        holder.setContentsMargins(0, 0, 0, 4)
        card.add(row)
        if not view.visits:
            card.add(PlainWords("No visit yet.", "quiet"))
        for line in view.visits[:MOST_VISITS]:
            day = show_day(local_day(line.scheduled, line.zone))
            words = f"{day} · {line.kind.label} · {line.status}"
            if line.status is VisitStatus.SCHEDULED:
                button = ActButton(f"Start: {words}", weight=Weight.PLAIN, sign="clock")
                button.setObjectName(f"chart.start.{line.id}")
                button.clicked.connect(lambda _=False, one=line: self.start_asked.emit(one.id))
            else:
                screen = (
                    "note"
                    if line.status in {VisitStatus.SIGNED, VisitStatus.RETRACTED}
                    else "visit"
                )
                button = ActButton(words, weight=Weight.QUIET, sign="visit")
                button.clicked.connect(
                    lambda _=False, one=line, to=screen: self._open(Place(to, one.id))
                )
            card.add(button)
        more = len(view.visits) - MOST_VISITS
        if more > 0:
            card.add(PlainWords(f"and {more} earlier", "small"))
        return card

    def _orders(self, view: ChartView) -> Card:
        card = Card("Therapy orders")
        shown = [
            order
            for order in view.chart.therapy_order
            if order.mark.struck is None and order.status in {DRAFT, USED}
        ]
        if not shown:
            card.add(PlainWords("No order. An infusion needs one that is in use.", "quiet"))
        for order in shown:
            card.add(PlainWords(_order_words(order), "strong"))
            by = f"{order.prescriber or ''}, version {order.version or 1}".strip(", ")
            card.add(PlainWords(by, "small"))
            if order.status == DRAFT:
                button = ActButton("Use this order")
                button.setObjectName(f"chart.use.{order.id}")
                button.clicked.connect(lambda _=False, one=order: self.use_asked.emit(one.id))
                card.add(button)
        edit = ActButton("Orders", weight=Weight.QUIET, sign="right")
        edit.setObjectName("chart.orders")
        edit.clicked.connect(lambda: self.edit_asked.emit("orders"))
        card.add(edit)
        return card

    def _lines(self, view: ChartView) -> Card:
        card = Card("Lines")
        if not view.lines:
            card.add(PlainWords("No line in place. Lines are entered at a visit.", "quiet"))
            return card
        row = QHBoxLayout()
        figure = BodyView()
        figure.show_figure(view.body)
        row.addWidget(figure)
        words = QVBoxLayout()
        words.setSpacing(2)
        for line in view.lines:
            words.addWidget(PlainWords(line.label, "strong"))
            if line.dwell:
                words.addWidget(PlainWords(line.dwell, "small"))
            for due in line.due:
                voice = "warn" if due.state in _ATTENTION else "small"
                words.addWidget(PlainWords(due.words(view.zone), voice))
        words.addStretch(1)
        row.addLayout(words, 1)
        holder = QWidget()
        holder.setLayout(row)
        row.setContentsMargins(0, 0, 0, 0)
        card.add(holder)
        return card

    def _health(self, view: ChartView) -> Card:
        card = Card("Health")
        for title, words in (
            ("Conditions", [c.words or "" for c in view.chart.condition if not c.mark.struck]),
            (
                "Home medicines",
                [
                    " ".join(p for p in (m.words, m.dose, m.frequency) if p)
                    for m in view.chart.home_medicine
                    if not m.mark.struck
                ],
            ),
            ("Tasks", [task.what for task in view.tasks]),
        ):
            card.add(PlainWords(title, "label"))
            card.add(PlainWords("; ".join(words) if words else "none entered", "small"))
        if view.chart.past_measurement:
            count = len(view.chart.past_measurement)
            card.add(PlainWords(f"{count} imported measurements", "small"))
        edit = ActButton("Person, allergies, medicines", weight=Weight.QUIET, sign="right")
        edit.setObjectName("chart.edit")
        edit.clicked.connect(lambda: self.edit_asked.emit("person"))
        card.add(edit)
        return card


def _order_words(order: TherapyOrder) -> str:
    dose = with_unit(order.dose, order.dose_unit or "") if order.dose is not None else ""
    parts = (order.drug, f"({order.brand})" if order.brand else "", dose, order.route or "")
    words = " ".join(part for part in parts if part)
    return f"{words}, draft" if order.status == DRAFT else words
