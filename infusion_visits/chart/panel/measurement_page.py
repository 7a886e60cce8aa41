"""What was measured before the patient came: every imported figure, gathered by its kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from infusion_visits.chart.chart_line import ChartLine
from infusion_visits.chart.measurements import MeasuredThing, measured_things
from infusion_visits.chart.panel.answer_grid import answer_grid
from infusion_visits.widgets.act_row import ENTER, ActRow, RowAct
from infusion_visits.widgets.cards import Card
from infusion_visits.widgets.clearing import clear_out
from infusion_visits.widgets.words import PlainWords

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from infusion_visits.chart.queries import ChartView

WIDTH = 760
NONE = "None came with this patient. Import files brings them from a hospital or a practice."


class MeasurementPage(Card):
    """The newest of each kind in a row; Enter shows the earlier ones. Typing narrows the list."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Measurements from before", parent=parent)
        self.setObjectName("measurements")
        self.setMaximumWidth(WIDTH)
        self._things: tuple[MeasuredThing, ...] = ()
        self.body.setContentsMargins(20, 16, 20, 16)
        self.add(PlainWords("They came with the patient and belong to no visit.", "quiet"))
        self.line = QLineEdit()
        self.line.setObjectName("measurements.find")
        self.line.setAccessibleName("Find a measurement")
        self.line.setPlaceholderText("type to find")
        self.line.textChanged.connect(self._narrow)
        self.body.addSpacing(4)
        self.add(self.line)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self.body.addLayout(self._list)
        self._said = PlainWords("", "small")
        self.add(self._said)

    def show_for(self, view: ChartView) -> None:
        """Shows this patient's measurements."""
        self._things = measured_things(view.chart, view.zone)
        self.line.clear()
        self._narrow("")
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _narrow(self, text: str) -> None:
        clear_out(self._list)
        low = text.strip().casefold()
        fitting = [thing for thing in self._things if low in thing.what.casefold()]
        for thing in fitting:
            self._list.addWidget(_row(thing))
        count = sum(len(thing.figures) for thing in fitting)
        total = sum(len(thing.figures) for thing in self._things)
        self._said.say(f"{count} of {total} figures" if total else NONE)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down goes from the line into the list."""
        if event.key() == Qt.Key.Key_Down and self.line.hasFocus():
            self.focusNextChild()
        else:
            super().keyPressEvent(event)


def _row(thing: MeasuredThing) -> QWidget:
    newest = thing.figures[0]
    earlier = thing.figures[1:]
    row = ActRow(f"{thing.what}: {newest.words}, {newest.when}")

    def toggle() -> None:
        shown.setVisible(shown.isHidden())

    if earlier:
        row = ActRow(
            f"{thing.what}: {newest.words}, {newest.when}, {len(earlier)} earlier",
            (RowAct(f"{len(earlier)} earlier", ENTER, toggle),),
        )
    across = QHBoxLayout()
    across.setSpacing(12)
    across.addWidget(PlainWords(thing.what), 1)
    figure = PlainWords(newest.words, "strong", wraps=len(newest.words) > 24)
    across.addWidget(figure, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
    when = PlainWords(newest.when, "small", wraps=False)
    when.setFixedWidth(130)
    across.addWidget(when, 0, Qt.AlignmentFlag.AlignTop)
    row.body.addLayout(across)
    shown = answer_grid([ChartLine(one.when, one.words) for one in earlier])
    row.put_below(shown)
    shown.hide()
    if earlier:
        row.show_acts()
    return row
