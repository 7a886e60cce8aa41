"""The chart at a glance: what is open, orders, lines on the body, visits, trend."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from infusion_visits.core.clock import local_day
from infusion_visits.core.desk import Place
from infusion_visits.core.kinds import VisitStatus
from infusion_visits.core.moments import show_day, show_instant, show_time
from infusion_visits.core.units import with_unit
from infusion_visits.patients.order_fields import DRAFT, USED
from infusion_visits.sections.devices.rules.due import DueState
from infusion_visits.visits.panel.head import STATUS_KINDS
from infusion_visits.widgets.act_button import ActButton, Weight
from infusion_visits.widgets.cards import Card
from infusion_visits.widgets.chips import Chip
from infusion_visits.widgets.clearing import clear_out
from infusion_visits.widgets.drawing import BodyView
from infusion_visits.widgets.drawing import ChartView as TrendView
from infusion_visits.widgets.open_row import OpenRow
from infusion_visits.widgets.words import PlainWords

if TYPE_CHECKING:
    from infusion_visits.chart.queries import ChartView
    from infusion_visits.core.blocks import Chart
    from infusion_visits.core.desk import Open
    from infusion_visits.patients.values import TherapyOrder
    from infusion_visits.visits.queries import VisitLine

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
        self._draft: UUID | None = None
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(16)
        self._left, self._right = QVBoxLayout(), QVBoxLayout()
        for column in (self._left, self._right):
            column.setSpacing(16)
            across.addLayout(column, 1)
            column.addStretch(1)

    def show_view(self, view: ChartView) -> None:
        """Makes the cards anew; the keys stay at the thing of the same name."""
        focus = self._focused()
        left = [self._visits(view)]
        if view.open:
            left.insert(0, self._open_card(view))
        right = [self._orders(view), self._lines(view), self._health(view)]
        if view.trend is not None:
            left.append(self._trend(view.trend))
        for column, cards in ((self._left, left), (self._right, right)):
            clear_out(column)
            for place, card in enumerate(cards):
                column.insertWidget(place, card)
                card.show()
        if focus is not None:
            self.take_focus(focus)

    def _focused(self) -> str | None:
        """The name of what has the keys here; None while they are elsewhere."""
        now = QApplication.focusWidget()
        return now.objectName() if now is not None and self.isAncestorOf(now) else None

    def take_focus(self, name: str = "") -> None:
        """The keys go to the control of this name, else to what is likeliest to be done next."""
        use = f"chart.use.{self._draft}" if self._draft else "chart.orders"
        for one in (use if name == "chart.use" else name or "chart.plan", "chart.plan"):
            found = [w for w in self.findChildren(QWidget, one) if w.isVisible()]
            if found:
                found[-1].setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def use_draft(self) -> None:
        """Uses the newest order that is still a draft."""
        if self._draft is not None:
            self.use_asked.emit(self._draft)

    def _open_card(self, view: ChartView) -> Card:
        card = Card("Open problems")
        card.set_sign("alert", "warn")
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
        card.body.addSpacing(4)
        card.body.addWidget(plan, 0, Qt.AlignmentFlag.AlignLeft)
        card.body.addSpacing(4)
        if not view.visits:
            card.add(PlainWords("No visit yet.", "quiet"))
        for line in view.visits[:MOST_VISITS]:
            card.add(self._visit(line))
        more = len(view.visits) - MOST_VISITS
        if more > 0:
            card.add(PlainWords(f"and {more} earlier", "small"))
        return card

    def _visit(self, line: VisitLine) -> OpenRow:
        day = show_day(local_day(line.scheduled, line.zone))
        when = f"{day} {show_time(line.scheduled, line.zone)}"
        planned = line.status is VisitStatus.SCHEDULED
        words = f"Start: {line.kind.label}" if planned else line.kind.label
        row = OpenRow(f"{words}, {when}, {line.status}")
        row.setObjectName(f"chart.start.{line.id}" if planned else f"chart.visit.{line.id}")
        across = QHBoxLayout(row)
        across.setContentsMargins(8, 8, 8, 9)
        across.setSpacing(12)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(PlainWords(words, "strong", wraps=False))
        column.addWidget(PlainWords(when, "small", wraps=False))
        across.addLayout(column, 1)
        across.addWidget(Chip(line.status.value, STATUS_KINDS[line.status]))
        if planned:
            row.opened.connect(lambda: self.start_asked.emit(line.id))
        elif line.status in {VisitStatus.MISSED, VisitStatus.CANCELLED}:
            row.setCursor(Qt.CursorShape.ArrowCursor)
        else:
            signed = line.status in {VisitStatus.SIGNED, VisitStatus.RETRACTED}
            place = Place("note" if signed else "visit", line.id)
            row.opened.connect(lambda: self._open(place))
        return row

    def _orders(self, view: ChartView) -> Card:
        card = Card("Therapy orders")
        shown = [
            order
            for order in view.chart.therapy_order
            if order.mark.struck is None and order.status in {DRAFT, USED}
        ]
        if not shown:
            card.add(PlainWords("No order. An infusion needs one that is in use.", "quiet"))
        self._draft = None
        for order in shown:
            key = order.mark.row.at[0]
            card.add(PlainWords(_order_words(order), "strong"))
            by = f"{order.prescriber or ''}, version {order.version or 1}".strip(", ")
            card.add(PlainWords(by, "small"))
            if order.status == DRAFT and isinstance(key, UUID):
                self._draft = key
                card.body.addSpacing(4)
                card.body.addWidget(self._use(key), 0, Qt.AlignmentFlag.AlignLeft)
        edit = ActButton("Orders", "Ctrl O", weight=Weight.QUIET)
        edit.setObjectName("chart.orders")
        edit.clicked.connect(lambda: self.edit_asked.emit("orders"))
        card.body.addWidget(edit, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _use(self, order: UUID) -> ActButton:
        button = ActButton("Use this order", "Ctrl U")
        button.setObjectName(f"chart.use.{order}")
        button.clicked.connect(lambda: self.use_asked.emit(order))
        return button

    def _trend(self, trend: Chart) -> Card:
        card = Card("Vital signs over all visits")
        picture = TrendView()
        picture.setMinimumHeight(180)
        picture.show_chart(trend)
        card.add(picture)
        card.add(PlainWords(trend.beside, "small"))
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
        edit = ActButton("Person, allergies, medicines", "Ctrl E", weight=Weight.QUIET)
        edit.setObjectName("chart.edit")
        edit.clicked.connect(lambda: self.edit_asked.emit("person"))
        card.body.addWidget(edit, 0, Qt.AlignmentFlag.AlignLeft)
        return card


def _order_words(order: TherapyOrder) -> str:
    dose = with_unit(order.dose, order.dose_unit or "") if order.dose is not None else ""
    parts = (order.drug, f"({order.brand})" if order.brand else "", dose, order.route or "")
    words = " ".join(part for part in parts if part)
    return f"{words}, draft" if order.status == DRAFT else words
