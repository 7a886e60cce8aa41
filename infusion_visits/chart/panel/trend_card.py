"""How the signs went over all visits: one vital at a time, chosen by the arrow keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from infusion_visits.chart.trends import Vital, trend
from infusion_visits.core.fields import Option
from infusion_visits.widgets.act_button import ActButton, Weight
from infusion_visits.widgets.cards import Card
from infusion_visits.widgets.drawing import ChartView as TrendView
from infusion_visits.widgets.pills import PillRow
from infusion_visits.widgets.words import PlainWords

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from infusion_visits.chart.panel.acts import ChartActs
    from infusion_visits.chart.queries import ChartView

HEIGHT = 190
VITALS = tuple(Option(vital.value, vital.label) for vital in Vital)


class TrendCard(Card):
    """The chart, how many of how many readings it shows, and the newest of them in words."""

    def __init__(
        self,
        view: ChartView,
        acts: ChartActs,
        units: Mapping[str, str],
        vital: Vital,
        chosen: Callable[[Vital], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("Trends", parent=parent)
        self._view, self._units, self._chosen = view, units, chosen
        self.pills = PillRow(VITALS)
        self.pills.setAccessibleName("Which vital sign")
        self.pills.setObjectName("chart.vital")
        self.pills.set_key(vital.value)
        self.pills.picked.connect(self._pick)
        self.pills.moved.connect(self._pick)
        self.body.addSpacing(4)
        self.add(self.pills)
        self.picture = TrendView()
        self.picture.setFixedHeight(HEIGHT)
        self.add(self.picture)
        self.newest = PlainWords("", "")
        self.add(self.newest)
        self.words = PlainWords("", "small")
        self.add(self.words)
        if view.chart.past_measurement:
            self._offer_measurements(acts, len(view.chart.past_measurement))
        self._show(vital)

    def _offer_measurements(self, acts: ChartActs, count: int) -> None:
        keys = QHBoxLayout()
        keys.setContentsMargins(0, 4, 0, 0)
        button = ActButton(f"{count} imported measurements", "Ctrl M", Weight.QUIET)
        button.setObjectName("chart.measurements")
        button.clicked.connect(acts.measurements)
        keys.addWidget(button)
        keys.addStretch(1)
        self.body.addLayout(keys)

    def _pick(self) -> None:
        key = self.pills.key()
        vital = Vital(key) if key else Vital.PRESSURE
        self.pills.set_key(vital.value)
        self._chosen(vital)
        self._show(vital)

    def _show(self, vital: Vital) -> None:
        view = self._view
        found = trend(
            vital, view.charted, view.stored.get(vital, 0), view.chart, view.zone, self._units
        )
        if found.chart is not None:
            self.picture.show_chart(found.chart)
        self.picture.setVisible(found.chart is not None)
        self.newest.say(f"Newest: {found.newest}" if found.newest else "Not measured yet.")
        self.words.say(found.words if found.newest else "")
