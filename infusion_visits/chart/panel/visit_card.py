"""The visits of one patient, the newest first; a scheduled one is started, missed or cancelled."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout

from infusion_visits.chart.order_lines import order_title
from infusion_visits.core.clock import local_day
from infusion_visits.core.desk import Place
from infusion_visits.core.errors import InfusionVisitsError
from infusion_visits.core.kinds import VisitStatus
from infusion_visits.core.moments import show_day, show_time
from infusion_visits.visits import actions
from infusion_visits.visits.panel.head import STATUS_KINDS
from infusion_visits.widgets.act_button import ActButton, Weight
from infusion_visits.widgets.act_row import ENTER, ActRow, RowAct
from infusion_visits.widgets.cards import Card
from infusion_visits.widgets.chips import Chip
from infusion_visits.widgets.words import PlainWords

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from PySide6.QtWidgets import QWidget

    from infusion_visits.chart.panel.acts import ChartActs
    from infusion_visits.chart.queries import ChartView
    from infusion_visits.records.unit_of_work import UnitOfWork
    from infusion_visits.visits.queries import VisitLine

MOST_VISITS = 10
DAY_WIDTH = 92
_TOP = Qt.AlignmentFlag.AlignTop
_WORDS = {VisitStatus.COMPLETED: "not signed"}
_NOTES = {VisitStatus.SIGNED, VisitStatus.RETRACTED}
_OPEN = {VisitStatus.IN_PROGRESS, VisitStatus.COMPLETED}


class VisitCard(Card):
    """One row for each visit. Enter goes on with it: to the visit, or to its note."""

    def __init__(self, view: ChartView, acts: ChartActs, parent: QWidget | None = None) -> None:
        super().__init__("Visits", parent=parent)
        self._view, self._acts = view, acts
        self._rows: dict[UUID, ActRow] = {}
        plan = ActButton("Plan a visit", "Ctrl P", Weight.PRIMARY)
        plan.setObjectName("chart.plan")
        plan.clicked.connect(acts.plan)
        self.body.addSpacing(4)
        above = QHBoxLayout()
        above.setSpacing(8)
        above.addWidget(plan)
        if view.handed:
            export = ActButton("Export notes", "Ctrl S")
            export.setObjectName("chart.export")
            export.setShortcut(QKeySequence("Ctrl+S"))
            export.clicked.connect(lambda: acts.open(Place("export", view.patient)))
            above.addWidget(export)
        above.addStretch(1)
        self.body.addLayout(above)
        if not view.visits:
            self.add(PlainWords("No visit yet.", "quiet"))
        for visit in view.visits[:MOST_VISITS]:
            self.add(self._row(visit))
        self._rest = view.visits[MOST_VISITS:]
        if self._rest:
            self._more = ActRow("Earlier visits", (RowAct("Show them", ENTER, self._show_rest),))
            self._more.setObjectName("chart.earlier")
            count = len(self._rest)
            words = f"{count} earlier visit{'' if count == 1 else 's'}"
            self._more.body.addWidget(PlainWords(words, "accent"))
            self._more.show_acts()
            self.add(self._more)

    def _show_rest(self) -> None:
        self._more.hide()
        for visit in self._rest:
            self.add(self._row(visit))
        self._rows[self._rest[0].id].setFocus(Qt.FocusReason.OtherFocusReason)

    def _row(self, visit: VisitLine) -> ActRow:
        day = show_day(local_day(visit.scheduled, visit.zone))
        at = show_time(visit.scheduled, visit.zone)
        status = _WORDS.get(visit.status, visit.status.value)
        scheduled = visit.status is VisitStatus.SCHEDULED
        name = f"{day} {at}, {visit.kind.label}, {status}"
        row = ActRow(name, self._acts_of(visit), by_click=not scheduled)
        row.setObjectName(f"chart.visit.{visit.id}")
        across = QHBoxLayout()
        across.setSpacing(8)
        when = PlainWords(day, "strong" if scheduled else "", wraps=False)
        when.setFixedWidth(DAY_WIDTH)
        across.addWidget(when, 0, _TOP)
        across.addWidget(PlainWords(visit.kind.label, "strong" if scheduled else ""), 1, _TOP)
        across.addWidget(Chip(status, STATUS_KINDS[visit.status]), 0, _TOP)
        row.body.addLayout(across)
        if said := self._beside(visit, at):
            words = PlainWords(said, "small")
            words.setContentsMargins(DAY_WIDTH + 8, 0, 0, 0)
            row.body.addWidget(words)
        if scheduled:
            row.show_acts()
        self._rows[visit.id] = row
        return row

    def _beside(self, visit: VisitLine, at: str) -> str:
        order = self._view.chart.order(visit.order) if visit.order else None
        therapy = order_title(order) if order is not None else ""
        when = at if visit.status in (_OPEN | {VisitStatus.SCHEDULED}) else ""
        if when and local_day(visit.scheduled, visit.zone) == self._view.today:
            when = f"today {at}"
        told = f"told: {visit.told}" if visit.told else ""
        handed = self._view.handed.get(visit.id)
        state = handed.words(self._view.zone) if handed is not None else ""
        return " · ".join(part for part in (when, therapy, visit.reason, told, state) if part)

    def _acts_of(self, visit: VisitLine) -> tuple[RowAct, ...]:
        if visit.status in _NOTES:
            return (RowAct("Note", ENTER, partial(self._acts.open, Place("note", visit.id))),)
        if visit.status in _OPEN:
            return (RowAct("Open", ENTER, partial(self._acts.open, Place("visit", visit.id))),)
        if visit.status is not VisitStatus.SCHEDULED:
            return ()
        today = local_day(visit.scheduled, visit.zone) == self._view.today
        return (
            RowAct(
                "Start" if today else "Start now",
                ENTER if today else "S",
                partial(self._acts.start, visit.id),
                f"chart.start.{visit.id}",
            ),
            RowAct("Missed", "M", partial(self._ask, visit, missed=True), f"chart.miss.{visit.id}"),
            RowAct(
                "Cancel", "X", partial(self._ask, visit, missed=False), f"chart.cancel.{visit.id}"
            ),
        )

    def _ask(self, visit: VisitLine, *, missed: bool) -> None:
        row = self._rows[visit.id]
        question = "Why did the visit not take place?" if missed else "Why is it cancelled?"

        def keep(reason: str) -> None:
            told = row.reason.more if row.reason else ""
            act = _missed(visit.id, reason, told) if missed else _cancelled(visit.id, reason)
            self._acts.do(act, None, lambda error: _refuse(row, error))

        row.ask(question, keep, also="Who was told?" if missed else "")


def _missed(visit: UUID, reason: str, told: str) -> Callable[[UnitOfWork], None]:
    return lambda unit: actions.miss(unit, visit, reason, told)


def _cancelled(visit: UUID, reason: str) -> Callable[[UnitOfWork], None]:
    return lambda unit: actions.cancel(unit, visit, reason)


def _refuse(row: ActRow, error: BaseException) -> None:
    row.refuse(error.words if isinstance(error, InfusionVisitsError) else str(error))
