"""The lines in place, on the body, with what falls due at each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from infusion_visits.sections.devices.rules.due import DueState
from infusion_visits.widgets.cards import Card
from infusion_visits.widgets.drawing import BodyView
from infusion_visits.widgets.words import PlainWords

if TYPE_CHECKING:
    from infusion_visits.chart.queries import ChartView, LineCard

FIGURE = QSize(130, 240)
_ATTENTION = set(DueState) - {DueState.LATER}


class LinesCard(Card):
    """Read only: lines are entered, cared for and taken out at a visit."""

    def __init__(self, view: ChartView, parent: QWidget | None = None) -> None:
        super().__init__("Lines", parent=parent)
        if not view.lines:
            self.add(PlainWords("No line in place. Lines are entered at a visit.", "quiet"))
            return
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        figure = BodyView()
        figure.setFixedSize(FIGURE)
        figure.show_figure(view.body)
        row.addWidget(figure, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        for line in view.lines:
            _tell(words, line, view.zone)
        words.addStretch(1)
        row.addLayout(words, 1)
        self.add(holder)


def _tell(words: QVBoxLayout, line: LineCard, zone: str) -> None:
    words.addWidget(PlainWords(line.label, "strong"))
    if line.dwell:
        words.addWidget(PlainWords(line.dwell, "small"))
    for due in line.due:
        voice = "warn" if due.state in _ATTENTION else "small"
        words.addWidget(PlainWords(due.words(zone), voice))
    words.addSpacing(8)
