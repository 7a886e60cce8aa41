"""What is to be done for this patient: done by one key, added in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from infusion_visits.core.clock import local_day
from infusion_visits.core.errors import InfusionVisitsError
from infusion_visits.core.moments import NotAMoment, day_from_text, show_day
from infusion_visits.patients import actions
from infusion_visits.patients.rules import standing
from infusion_visits.widgets.act_button import ActButton, Weight
from infusion_visits.widgets.act_row import ActRow, RowAct
from infusion_visits.widgets.cards import Card
from infusion_visits.widgets.editor import is_enter
from infusion_visits.widgets.scrolled import reveal_soon
from infusion_visits.widgets.words import PlainWords

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent

    from infusion_visits.chart.panel.acts import ChartActs
    from infusion_visits.chart.queries import ChartView
    from infusion_visits.core.clock import Clock
    from infusion_visits.patients.queries import OpenTask
    from infusion_visits.patients.values import Task

MOST_DONE = 3
DUE_WIDTH = 150


class TaskCard(Card):
    """Open tasks first, the earliest due at the top; the last ones done stay to be seen."""

    def __init__(
        self, view: ChartView, acts: ChartActs, clock: Clock, parent: QWidget | None = None
    ) -> None:
        super().__init__("Tasks", parent=parent)
        self._view, self._acts, self._clock = view, acts, clock
        if not view.tasks:
            self.add(PlainWords("Nothing is to be done.", "quiet"))
        for task in view.tasks:
            self.add(self._row(task))
        for done in _done(view)[:MOST_DONE]:
            self.add(PlainWords(_done_words(done, view.zone), "small"))
        self.line = NewTaskLine(self._add, self.close_line)
        self.line.hide()
        self.add(self.line)
        self._button = ActButton("Add a task", "Ctrl T")
        self._button.setObjectName("chart.task")
        self._button.clicked.connect(self.ask)
        self.body.addSpacing(4)
        self.body.addWidget(self._button, 0, Qt.AlignmentFlag.AlignLeft)

    def _row(self, task: OpenTask) -> ActRow:
        due = f"due {show_day(task.due_day)}" if task.due_day else "no day set"
        row = ActRow(
            f"{task.what}, {due}",
            (RowAct("Done", "D", lambda: self._complete(task), f"chart.done.{task.id}"),),
        )
        row.setObjectName(f"chart.task.{task.id}")
        row.body.addWidget(PlainWords(task.what))
        late = task.due_day is not None and task.due_day <= self._view.today
        origin = _origin_words(task.origin, self._view)
        row.body.addWidget(PlainWords(due, "warn" if late else "small"))
        if beside := " · ".join(part for part in (task.assignee, origin) if part):
            row.body.addWidget(PlainWords(beside, "small"))
        row.show_acts()
        return row

    def _complete(self, task: OpenTask) -> None:
        self._acts.do(lambda unit: actions.complete_task(unit, task.id), None, None)

    def ask(self) -> None:
        """Opens the line for a new task."""
        self._button.hide()
        self.line.begin()
        reveal_soon(self.line)

    def close_line(self) -> None:
        """Closes the line; the keys go back to its button."""
        self.line.hide()
        self._button.show()
        self._button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add(self, what: str, due: str) -> None:
        patient = self._view.patient
        try:
            day = (
                day_from_text(due, self._clock.now(), self._view.zone, future=True) if due else None
            )
        except NotAMoment as wrong:
            self.line.refuse(str(wrong), self.line.due)
            return

        def failed(error: BaseException) -> None:
            words = error.words if isinstance(error, InfusionVisitsError) else str(error)
            self.line.refuse(words, self.line.what)

        self._acts.do(lambda unit: actions.add_task(unit, patient, what, due_day=day), None, failed)


class NewTaskLine(QFrame):
    """What, and by when; Enter goes on and adds, Escape leaves it."""

    def __init__(
        self,
        add: Callable[[str, str], None],
        leave: Callable[[], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._add, self._leave = add, leave
        self.setProperty("ground", "quiet")
        body = QVBoxLayout(self)
        body.setContentsMargins(12, 8, 12, 10)
        body.setSpacing(6)
        fields = QHBoxLayout()
        fields.setSpacing(8)
        self.what = QLineEdit()
        self.what.setObjectName("task.what")
        self.what.setAccessibleName("What is to be done")
        self.what.setPlaceholderText("what is to be done")
        fields.addWidget(self.what, 1)
        self.due = QLineEdit()
        self.due.setObjectName("task.due")
        self.due.setAccessibleName("Due")
        self.due.setPlaceholderText("due: +7, mon")
        self.due.setFixedWidth(DUE_WIDTH)
        fields.addWidget(self.due)
        body.addLayout(fields)
        self._said = PlainWords("", "danger")
        self._said.hide()
        body.addWidget(self._said)
        keys = QHBoxLayout()
        keys.setSpacing(4)
        add_it = ActButton("Add", "Enter")
        add_it.clicked.connect(self._try)
        keys.addWidget(add_it)
        left = ActButton("Leave it", "Esc", Weight.QUIET)
        left.clicked.connect(leave)
        keys.addWidget(left)
        keys.addStretch(1)
        body.addLayout(keys)

    def begin(self) -> None:
        """Empty, with the keys on what is to be done."""
        self.what.clear()
        self.due.clear()
        self.refuse("", self.what)
        self.show()
        self.what.setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self, words: str, field: QWidget) -> None:
        """Says what is wrong, at the field."""
        self._said.say(words)
        self._said.setVisible(bool(words))
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _try(self) -> None:
        what = self.what.text().strip()
        if what:
            self._add(what, self.due.text().strip())
        else:
            self.refuse("Say what is to be done.", self.what)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on to the day, and adds there; Escape leaves."""
        if is_enter(event):
            if self.what.hasFocus() and self.what.text().strip():
                self.due.setFocus(Qt.FocusReason.TabFocusReason)
            else:
                self._try()
        elif event.key() == Qt.Key.Key_Escape:
            self._leave()
        event.accept()


def _done(view: ChartView) -> list[Task]:
    done = [(task.done_at, task) for task in standing(view.chart.task) if task.done_at is not None]
    return [task for _, task in sorted(done, key=lambda one: one[0], reverse=True)]


def _done_words(task: Task, zone: str) -> str:
    day = show_day(local_day(task.done_at, zone)) if task.done_at else ""
    return f"Done {day}: {task.what or ''}"


def _origin_words(origin: str, view: ChartView) -> str:
    """A visit by its day, never by its number."""
    for visit in view.visits:
        if str(visit.id) in origin:
            return f"from the visit of {show_day(local_day(visit.scheduled, visit.zone))}"
    return origin
