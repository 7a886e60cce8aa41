"""Sets of the schedule that were missed or late: each asks once why, by one key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from infusion_visits.core.cells import Row
from infusion_visits.core.fields import Sense
from infusion_visits.core.moments import show_time
from infusion_visits.sections.vitals.fields import MISSED_SET
from infusion_visits.sections.vitals.schedule_findings import wants_reason
from infusion_visits.widgets.act_row import ActRow, RowAct
from infusion_visits.widgets.cards import Card
from infusion_visits.widgets.clearing import clear_out
from infusion_visits.widgets.words import PlainWords

if TYPE_CHECKING:
    from collections.abc import Callable

    from infusion_visits.core.desk import VisitDesk
    from infusion_visits.patients.facts import Facts, VitalsDue

BY_KEY = (
    ("Refused", "R", "refused"),
    ("Asleep", "A", "asleep"),
    ("Other care", "O", "care_first"),
    ("Not in time", "N", "forgotten"),
)


class MissedSets(QWidget):
    """One line for each missed or late set without a reason; hidden when there is none.

    `answered` when the last of them was answered by its keys: they belong somewhere else now.
    """

    answered = Signal()

    def __init__(self, desk: VisitDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._facts: Facts | None = None
        self._shown: tuple[tuple[object, str], ...] = ()
        self.rows: list[ActRow] = []
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        self._card = Card("Sets of the schedule that were not taken in time")
        self._lines = QVBoxLayout()
        self._card.body.addLayout(self._lines)
        body.addWidget(self._card)
        self.hide()

    def show_due(self, facts: Facts) -> None:
        """Makes the lines anew only where what is asked changed: a reason half typed stays."""
        self._facts = facts
        asked = [due for due in facts.vitals_due if wants_reason(due)]
        now = tuple((due.at, due.state) for due in asked)
        if now == self._shown:
            return
        self._shown = now
        at = QApplication.focusWidget()
        had_keys = at is not None and self.isAncestorOf(at)
        self.setVisible(bool(asked))
        clear_out(self._lines)
        self.rows = [self._row(due, facts) for due in asked]
        for row in self.rows:
            self._lines.addWidget(row)
            # Now, not one event later: a key that comes at once must find its line there.
            row.show()
        if had_keys and not self.take_focus():
            self.answered.emit()

    def take_focus(self) -> bool:
        """The keys go to the first line; says whether there is one."""
        if not self.rows:
            return False
        self.rows[0].setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _row(self, due: VitalsDue, facts: Facts) -> ActRow:
        at = show_time(due.at, facts.zone)
        words = f"{at}, {due.words}: not taken. Add the set in the line above, or say why."
        if due.taken is not None:
            words = f"{at}, {due.words}: {due.minutes_late} min late. Say why."
        row = ActRow(words, self._acts(due), by_click=False)
        row.body.addWidget(PlainWords(words))
        row.show_acts()
        return row

    def _acts(self, due: VitalsDue) -> tuple[RowAct, ...]:
        made = [
            RowAct(word, key, self._keep(due, reason), f"missed.{reason}")
            for word, key, reason in BY_KEY
        ]
        return (*made, RowAct("In words", "W", self._ask(due), "missed.words"))

    def _keep(self, due: VitalsDue, reason: str, words: str = "") -> Callable[[], None]:
        def keep() -> None:
            self._append(due, reason, words)

        return keep

    def _ask(self, due: VitalsDue) -> Callable[[], None]:
        def keep(words: str) -> None:
            self._append(due, "other", words)

        def ask() -> None:
            row = self.rows[[at for at, _ in self._shown].index(due.at)]
            row.ask(
                "Why was it not taken in time?", lambda words: self._append(due, "other", words)
            )

        return ask

    def _append(self, due: VitalsDue, reason: str, words: str) -> None:
        if self._facts is None:
            return
        sense = Sense(self._facts.now, self._facts.zone)
        texts = {"due": MISSED_SET.leaf("due").text({"due": due.at}, sense), "reason": reason}
        if words:
            texts["words"] = words
        refused = self._desk.append(Row(MISSED_SET.name), texts)
        if refused:
            index = [at for at, _ in self._shown].index(due.at)
            self.rows[index].refuse(refused)
