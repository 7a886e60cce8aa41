"""Planning a visit: which kind, when, by which order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from infusion_visits.core.fields import Option
from infusion_visits.core.kinds import VisitKind
from infusion_visits.core.moments import NotAMoment, instant_from_text
from infusion_visits.widgets.act_button import ActButton, Weight
from infusion_visits.widgets.cards import Card
from infusion_visits.widgets.option_field import OptionField
from infusion_visits.widgets.words import PlainWords

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from infusion_visits.chart.queries import ChartView

KINDS = tuple(Option(kind.value, kind.label) for kind in VisitKind)
NO_ORDER = Option("", "without an order")


@dataclass(frozen=True, slots=True)
class Planned:
    """What was asked for."""

    kind: VisitKind
    at: datetime
    order: UUID | None
    start: bool


class PlanCard(Card):
    """One line of three fields; Enter plans, and "Start now" plans and starts."""

    planned = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Plan a visit", parent=parent)
        self.setObjectName("plan")
        self._view: ChartView | None = None
        self.kind = OptionField(KINDS)
        self.kind.setObjectName("plan.kind")
        self.kind.setAccessibleName("Kind of visit")
        self.when = QLineEdit()
        self.when.setObjectName("plan.when")
        self.when.setAccessibleName("When")
        self.when.setPlaceholderText("now, +7 9:00, mon 9:00, 2026-12-12 9:00")
        self.order = OptionField(())
        self.order.setObjectName("plan.order")
        self.order.setAccessibleName("Order")
        for choice in (self.kind, self.order):
            choice.entered.connect(self.focusNextChild)
        for label, field in (("Kind", self.kind), ("When", self.when), ("Order", self.order)):
            self.add(PlainWords(label, "label"))
            self.add(field)
        self._said = PlainWords("", "danger")
        self.add(self._said)
        row = QHBoxLayout()
        row.setContentsMargins(0, 4, 0, 0)
        self.go = ActButton("Start now", "Ctrl Enter", Weight.PRIMARY)
        self.go.setObjectName("plan.start")
        self.go.clicked.connect(lambda: self._ask(start=True))
        self.only = ActButton("Plan only")
        self.only.setObjectName("plan.only")
        self.only.clicked.connect(lambda: self._ask(start=False))
        row.addWidget(self.go)
        row.addWidget(self.only)
        row.addStretch(1)
        holder = QWidget()
        holder.setLayout(row)
        self.add(holder)

    def show_for(self, view: ChartView, now_words: str = "now") -> None:
        """An empty plan for this patient, with the orders in use to choose from."""
        self._view = view
        orders = [
            Option(str(order.id), f"{order.drug} {order.dose} {order.dose_unit}")
            for order in view.chart.therapy_order
            if order.mark.struck is None and order.status == "used"
        ]
        self.order.options = (*orders, NO_ORDER)
        self.order.set_key(orders[0].key if orders else "")
        self.kind.set_key(VisitKind.ROUTINE_INFUSION if orders else VisitKind.LINE_CARE)
        self.when.setText(now_words)
        self._said.say("")
        self.kind.setFocus()
        self.kind.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter plans and starts, Enter goes on."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._ask(start=True)
        elif enter:
            self.focusNextChild()
        else:
            super().keyPressEvent(event)

    def ask_at(self, now: datetime) -> Planned | None:
        """What is asked for at `now`; None with words at the field that is no value."""
        if self._view is None:
            return None
        kinds = {option.key for option in KINDS}
        if self.kind.key() not in kinds:
            self._refuse("Choose the kind of visit.", self.kind)
            return None
        try:
            at = instant_from_text(self.when.text(), now, self._view.zone, future=True)
        except NotAMoment as wrong:
            self._refuse(str(wrong), self.when)
            return None
        key = self.order.key()
        known = {option.key for option in self.order.options if option.key}
        order = UUID(key) if key in known else None
        return Planned(VisitKind(self.kind.key()), at, order, start=False)

    def _ask(self, *, start: bool) -> None:
        self.planned.emit(start)

    def _refuse(self, words: str, field: QWidget) -> None:
        self._said.say(words)
        field.setFocus()
