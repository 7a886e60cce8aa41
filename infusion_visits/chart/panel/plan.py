"""Planning a visit: which kind, when, by which order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from infusion_visits.chart.order_lines import order_title
from infusion_visits.core.clock import local, local_day
from infusion_visits.core.fields import Option
from infusion_visits.core.kinds import VisitKind
from infusion_visits.core.moments import NotAMoment, instant_from_text, show_instant
from infusion_visits.patients.rules import orders_in_use
from infusion_visits.visits import actions
from infusion_visits.widgets.act_button import ActButton, Weight
from infusion_visits.widgets.cards import Card
from infusion_visits.widgets.option_field import OptionField
from infusion_visits.widgets.words import PlainWords

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from infusion_visits.chart.queries import ChartView
    from infusion_visits.core.clock import Clock
    from infusion_visits.records.unit_of_work import UnitOfWork

WIDTH = 560
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
    closed = Signal()

    def __init__(self, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__("Plan a visit", parent=parent)
        self.setObjectName("plan")
        self.setMaximumWidth(WIDTH)
        self.body.setContentsMargins(20, 16, 20, 18)
        self.body.setSpacing(6)
        self._clock = clock
        self._view: ChartView | None = None
        self.kind = OptionField(KINDS)
        self.kind.setObjectName("plan.kind")
        self.kind.setAccessibleName("Kind of visit")
        self.when = QLineEdit()
        self.when.setObjectName("plan.when")
        self.when.setAccessibleName("When")
        self.when.setPlaceholderText("now, +7 9:00, mon 9:00, 2026-12-12 9:00")
        self.when.textChanged.connect(self._read_out)
        self._echo = PlainWords("", "small")
        self.order = OptionField(())
        self.order.setObjectName("plan.order")
        self.order.setAccessibleName("Order")
        for choice in (self.kind, self.order):
            choice.entered.connect(self.focusNextChild)
        for label, field in (("Kind", self.kind), ("When", self.when), ("Order", self.order)):
            self.body.addSpacing(6)
            self.add(PlainWords(label, "label"))
            self.add(field)
            if field is self.when:
                self.add(self._echo)
        self._said = PlainWords("", "danger")
        self._said.hide()
        self.add(self._said)
        self.add(self._shelf())
        self._bind_keys()

    def _shelf(self) -> QWidget:
        row = QHBoxLayout()
        row.setContentsMargins(0, 4, 0, 0)
        self.go = ActButton("Start now", "Ctrl Enter", Weight.PRIMARY)
        self.go.setObjectName("plan.start")
        self.go.clicked.connect(lambda: self._ask(start=True))
        self.only = ActButton("Plan only", "Shift Enter")
        self.only.setObjectName("plan.only")
        self.only.clicked.connect(lambda: self._ask(start=False))
        row.addWidget(self.go)
        row.addWidget(self.only)
        back = ActButton("Back", "Esc", Weight.QUIET)
        back.setObjectName("plan.back")
        back.clicked.connect(self.closed)
        row.addWidget(back)
        row.addStretch(1)
        holder = QWidget()
        holder.setLayout(row)
        return holder

    def show_for(self, view: ChartView, now_words: str = "now") -> None:
        """An empty plan for this patient, with the orders in use to choose from."""
        self._view = view
        orders = [Option(str(order.id), order_title(order)) for order in orders_in_use(view.chart)]
        self.order.options = (*orders, NO_ORDER)
        self.order.set_key(orders[0].key if orders else "")
        self.kind.set_key(VisitKind.ROUTINE_INFUSION if orders else VisitKind.LINE_CARE)
        self.when.setText(now_words)
        self._said.say("")
        self._said.hide()
        self._read_out(now_words)
        self.kind.setFocus()
        self.kind.selectAll()

    def _bind_keys(self) -> None:
        """Shortcuts, because a field of options takes Enter for itself with any other key held."""
        for keys, start in (("Ctrl", True), ("Shift", False)):
            for enter in ("Return", "Enter"):
                shortcut = QShortcut(QKeySequence(f"{keys}+{enter}"), self)
                shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
                shortcut.setAutoRepeat(False)
                shortcut.activated.connect(partial(self._ask, start=start))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.focusNextChild()
        else:
            super().keyPressEvent(event)

    def _read_out(self, text: str) -> None:
        """Says which moment the text means, while it is typed."""
        moment = self._moment(text)
        if self._view is None or isinstance(moment, NotAMoment):
            self._echo.say("")
            return
        day = local(moment, self._view.zone)
        self._echo.say(f"= {day:%A} {show_instant(moment, self._view.zone)}")

    def _moment(self, text: str) -> datetime | NotAMoment:
        zone = self._view.zone if self._view is not None else "UTC"
        try:
            return instant_from_text(text, self._clock.now(), zone, future=True)
        except NotAMoment as wrong:
            return wrong

    def ask(self, *, start: bool) -> Planned | None:
        """What is asked for now; None with words at the field that is no value."""
        if self._view is None:
            return None
        kinds = {option.key for option in KINDS}
        if self.kind.key() not in kinds:
            self._refuse("Choose the kind of visit.", self.kind)
            return None
        at = self._moment(self.when.text())
        if isinstance(at, NotAMoment):
            self._refuse(str(at), self.when)
            return None
        if start and local_day(at, self._view.zone) != self._view.today:
            self._refuse("Only a visit of today can be started. Plan it, or type now.", self.when)
            return None
        key = self.order.key()
        if key not in {option.key for option in self.order.options}:
            self._refuse("Choose one of the orders in use, or none.", self.order)
            return None
        order = UUID(key) if key else None
        return Planned(VisitKind(self.kind.key()), at, order, start=start)

    def _ask(self, *, start: bool) -> None:
        self.planned.emit(start)

    def _refuse(self, words: str, field: QWidget) -> None:
        self._said.say(words)
        self._said.show()
        field.setFocus()
        if isinstance(field, QLineEdit):
            field.selectAll()


def carry_out(unit: UnitOfWork, view: ChartView, asked: Planned) -> UUID:
    """Schedules the visit, and starts it where that was asked for."""
    visit = actions.schedule(unit, view.patient, asked.kind, asked.at, view.zone, order=asked.order)
    if asked.start:
        actions.start(unit, visit)
    return visit
