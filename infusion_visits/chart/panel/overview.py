"""The chart at a glance: what is open, orders, visits, lines on the body, trends, the person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from infusion_visits.chart.panel.line_card import LinesCard
from infusion_visits.chart.panel.order_card import OrderCard
from infusion_visits.chart.panel.person_card import (
    AllergyCard,
    HealthCard,
    PersonCard,
    PlanOfCareCard,
)
from infusion_visits.chart.panel.task_card import TaskCard
from infusion_visits.chart.panel.trend_card import TrendCard
from infusion_visits.chart.panel.visit_card import VisitCard
from infusion_visits.chart.trends import Vital
from infusion_visits.core.moments import show_instant
from infusion_visits.patients.order_fields import DRAFT
from infusion_visits.patients.rules import standing
from infusion_visits.widgets.cards import Card
from infusion_visits.widgets.scrolled import reveal_soon
from infusion_visits.widgets.words import PlainWords

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from infusion_visits.chart.panel.acts import ChartActs
    from infusion_visits.chart.queries import ChartView
    from infusion_visits.core.clock import Clock


class Overview(QWidget):
    """Cards in two columns; each leads where its matter can be changed."""

    def __init__(
        self,
        acts: ChartActs,
        clock: Clock,
        units: Mapping[str, str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._acts, self._clock, self._units = acts, clock, units
        self._view: ChartView | None = None
        self._vital = Vital.PRESSURE
        self._lefts: list[Card] = []
        self._rights: list[Card] = []
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._cards = QWidget()
        self._whole.addWidget(self._cards)

    def show_view(self, view: ChartView) -> None:
        """Makes the cards anew where anything changed; the keys stay where they were."""
        if view == self._view:
            return
        names, place = self._focused()
        self._view = view
        self._make_cards(view)
        self._put_cards()
        if place >= 0:
            self._refocus(names, place)

    def _make_cards(self, view: ChartView) -> None:
        acts = self._acts
        self.orders = OrderCard(view, acts)
        self.visits = VisitCard(view, acts)
        self.tasks = TaskCard(view, acts, self._clock)
        self.allergies = AllergyCard(view, acts)
        self.trends = TrendCard(view, acts, self._units, self._vital, self._choose)
        opened = [_open_card(view)] if view.open else []
        self._lefts = [*opened, self.visits, self.tasks, self.trends, PersonCard(view)]
        self._rights = [
            self.orders,
            LinesCard(view),
            self.allergies,
            HealthCard(view, acts),
            PlanOfCareCard(view, acts),
        ]

    def _put_cards(self) -> None:
        """All cards at once: shown one by one they are laid out again for each."""
        former, self._cards = self._cards, QWidget()
        across = QHBoxLayout(self._cards)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(16)
        for cards in (self._lefts, self._rights):
            column = QVBoxLayout()
            column.setSpacing(16)
            for card in cards:
                column.addWidget(card)
            column.addStretch(1)
            across.addLayout(column, 1)
        self._whole.replaceWidget(former, self._cards)
        former.hide()
        former.deleteLater()
        self._cards.show()

    def _choose(self, vital: Vital) -> None:
        self._vital = vital

    def _focused(self) -> tuple[list[str], int]:
        """The names of what has the keys and of what holds it, and its place among all stops.

        The place is -1 while the keys are elsewhere.
        """
        now = QApplication.focusWidget()
        if now is None or not self.isAncestorOf(now):
            return [], -1
        names: list[str] = []
        named: QWidget | None = now
        while named is not None and named is not self:
            names += [named.objectName()] if named.objectName() else []
            named = named.parentWidget()
        stops = self._stops()
        return names, stops.index(now) if now in stops else 0

    def _stops(self) -> list[QWidget]:
        return [stop for card in (*self._lefts, *self._rights) for stop in _stops_in(card)]

    def _refocus(self, names: list[str], place: int) -> None:
        """To the same control, else to what held it, else to what stands there now."""
        for name in names:
            if found := self._find(name):
                _go_to(found[-1])
                return
        if stops := self._stops():
            _go_to(stops[min(place, len(stops) - 1)])

    def _find(self, name: str) -> list[QWidget]:
        cards = (*self._lefts, *self._rights)
        found = [one for card in cards for one in card.findChildren(QWidget, name)]
        return [one for one in found if one.isVisibleTo(self)]

    def take_focus(self, name: str = "") -> None:
        """The keys go to the control of this name, else to what is likeliest to be done next."""
        draft = self._draft()
        use = f"chart.use.{draft}" if draft else "chart.orders"
        for one in (use if name == "chart.use" else name or "chart.plan", "chart.plan"):
            if found := self._find(one):
                _go_to(found[-1])
                return

    def _draft(self) -> UUID | None:
        if self._view is None:
            return None
        drafts = [o for o in standing(self._view.chart.therapy_order) if o.status == DRAFT]
        return drafts[-1].id if drafts else None

    def use_draft(self) -> None:
        """Uses the newest order that is still a draft, or says at it what is missing."""
        if self._view is not None:
            self.orders.use_draft()

    def ask_task(self) -> None:
        """Opens the line for a new task."""
        if self._view is not None:
            self.tasks.ask()


def _go_to(widget: QWidget) -> None:
    widget.setFocus(Qt.FocusReason.OtherFocusReason)
    reveal_soon(widget)


def _open_card(view: ChartView) -> Card:
    card = Card("Open problems")
    card.set_sign("alert", "warn")
    for one in view.open:
        when = show_instant(one.noticed_at, view.zone) if one.noticed_at else ""
        card.add(PlainWords(one.words, "warn"))
        card.add(PlainWords(f"since {when}" if when else "open", "small"))
    return card


def _stops_in(card: Card) -> list[QWidget]:
    return [
        widget
        for widget in card.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisibleTo(card)
    ]
