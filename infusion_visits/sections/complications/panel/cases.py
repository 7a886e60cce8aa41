"""Complications on the screen: note one in a line, do what comes first, tell, recheck, close.

Alt with a figure charts an immediate action as done now; Alt G takes the suggested grade, Alt T
told, Alt R recheck, Alt C closed.
The actions come from the agency's catalogue and are no order.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from infusion_visits.core.cells import Cell, Row
from infusion_visits.core.findings import Level
from infusion_visits.sections.complications import options as of
from infusion_visits.sections.complications.fields import (
    COMPLICATION,
)
from infusion_visits.sections.complications.rules.catalogue import (
    catalogue_of,
    shipped_catalogue,
)
from infusion_visits.sections.complications.rules.known_then import known_then
from infusion_visits.sections.complications.rules.state import (
    State,
    complication_id,
    headline,
    known_here,
    state_of,
)
from infusion_visits.widgets.act_button import ActButton, Weight
from infusion_visits.widgets.form_state import no_options
from infusion_visits.widgets.option_field import OptionField
from infusion_visits.widgets.section_list import Progressed, SectionItem, SectionList
from infusion_visits.widgets.words import PlainWords

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from infusion_visits.core.desk import VisitDesk
    from infusion_visits.core.findings import Finding
    from infusion_visits.patients.facts import Facts
    from infusion_visits.sections.complications.values import Complication, Complications
    from infusion_visits.widgets.editor import SenseSource
    from infusion_visits.widgets.form_state import RefOptions

from infusion_visits.sections.complications.panel.case_form import QUICK, CaseForm, is_about

NONE_YET = "No complication noticed at this visit, none open from earlier ones."


class ComplicationsPanel(QWidget):
    """What was noticed at this visit and what is open from before; one of them is worked on."""

    finished = Signal()

    def __init__(
        self,
        desk: VisitDesk,
        ref_options: RefOptions = no_options,
        sense: SenseSource | None = None,
        *,
        read_only: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._ref_options = ref_options
        self._sense = sense
        self._read_only = read_only
        self._catalogue = shipped_catalogue()
        self._forms: dict[str, CaseForm] = {}
        self._shown: Mapping[str, Complication] = {}
        self._chosen = ""
        self._expecting: set[str] | None = None
        self._last: tuple[Complications, Facts, Sequence[Finding], Collection[Cell]] | None = None
        self._build()
        for number in range(1, 10):
            self._bind(f"Alt+{number}", partial(self._act, number))
        for kind, _, letter in QUICK:
            self._bind(f"Alt+{letter}", partial(self._step, kind))
        self._bind("Alt+G", self._take_grade)
        self._bind("Alt+L", self._take_logged)

    def _bind(self, keys: str, act: Callable[[], None]) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(act)

    def _build(self) -> None:
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(20)
        self.head = QFrame()
        self.head.setProperty("ground", "card")
        column = QVBoxLayout(self.head)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(8)
        self.none = PlainWords(NONE_YET, "quiet")
        column.addWidget(self.none)
        self.cases = SectionList()
        self.cases.setAccessibleName("Complications")
        self.cases.picked.connect(self.choose)
        column.addWidget(self.cases)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.what = OptionField(of.KINDS)
        self.what.setObjectName(f"add {COMPLICATION.name}")
        self.what.setAccessibleName("What happened")
        self.what.setPlaceholderText("What happened: type to find")
        self.what.entered.connect(self.note_it)
        row.addWidget(self.what, 1)
        self.noted = ActButton("Note it, now", "Enter", Weight.DANGER)
        self.noted.clicked.connect(self.note_it)
        row.addWidget(self.noted)
        holder = QWidget()
        holder.setLayout(row)
        row.setContentsMargins(0, 0, 0, 0)
        if self._read_only:
            holder.hide()
        column.addWidget(holder)
        body.addWidget(self.head)
        self._stack = QStackedWidget()
        body.addWidget(self._stack)
        body.addStretch(1)

    def note_it(self) -> None:
        """The complication named in the line was noticed now."""
        key = self.what.key()
        if self._read_only or key not in {option.key for option in of.KINDS}:
            self.what.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        known = known_then(key, self._last[1]) if self._last else {}
        texts = {"what": key, "noticed_at": "now", **known}
        self._expecting = set(self._shown)
        self.what.set_key("")
        self._desk.append(Row(COMPLICATION.name), texts)

    def show_values(
        self,
        values: Complications,
        facts: Facts,
        findings: Sequence[Finding] = (),
        unsaved: Collection[Cell] = (),
    ) -> None:
        """Shows what the record holds now."""
        self._last = (values, facts, findings, unsaved)
        self._catalogue = catalogue_of(facts)
        self._shown = {
            str(complication_id(one)): one
            for one in known_here(values, facts)
            if one.mark.struck is None
        }
        fresh = set(self._shown) - self._expecting if self._expecting is not None else set()
        if fresh:
            self._chosen, self._expecting = next(iter(fresh)), None
        elif self._chosen not in self._shown:
            self._chosen = next(iter(self._shown), "")
        self.none.setVisible(not self._shown)
        items = [
            SectionItem(key, headline(one, self._catalogue), _progress(one, findings))
            for key, one in self._shown.items()
        ]
        self.cases.show_items(items, self._chosen)
        self._make_form()
        for key, form in self._forms.items():
            form.show_case(self._shown[key], self._catalogue, facts, findings, unsaved)
        form_now = self.form
        self._stack.setVisible(form_now is not None)
        if form_now is not None:
            if self._stack.indexOf(form_now) < 0:
                self._stack.addWidget(form_now)
            self._stack.setCurrentWidget(form_now)
        if fresh and form_now is not None:
            form_now.step(of.NOTICED)

    def _make_form(self) -> None:
        """The form of the chosen one, made when it is first chosen, anew when its kind changes."""
        for key, form in list(self._forms.items()):
            one = self._shown.get(key)
            if one is None or self._catalogue.kind(one.what) != form.kind:
                self._stack.removeWidget(form)
                form.deleteLater()
                del self._forms[key]
        chosen = self._shown.get(self._chosen)
        if chosen is None or self._chosen in self._forms:
            return
        form = CaseForm(
            complication_id(chosen),
            self._catalogue.kind(chosen.what),
            self._catalogue,
            self._desk,
            self._ref_options,
            self._sense,
            read_only=self._read_only,
        )
        form.finished.connect(self.finished)
        self._forms[self._chosen] = form

    @property
    def form(self) -> CaseForm | None:
        """The form of the chosen complication."""
        return self._forms.get(self._chosen)

    def choose(self, key: str) -> None:
        """Brings one to the front."""
        if key in self._shown and self._last is not None:
            self._chosen = key
            values, facts, findings, unsaved = self._last
            self.show_values(values, facts, findings, unsaved)

    def _act(self, number: int) -> None:
        form = self.form
        if form is not None and number <= len(form.kind.actions):
            form.act(form.kind.actions[number - 1].words)

    def _step(self, kind: str) -> None:
        if self.form is not None:
            self.form.step(kind)

    def _take_logged(self) -> None:
        if self.form is not None:
            self.form.take_logged()

    def _take_grade(self) -> None:
        if self.form is not None and self.form.signs is not None:
            self.form.signs.confirm()

    def _go_to(self, row: Row) -> CaseForm | None:
        key = str(row.at[0]) if row.at else ""
        if key in self._shown and key != self._chosen:
            self.choose(key)
        return self.form

    def show_drafts(self, drafts: Mapping[Cell, str]) -> None:
        """Brings back what was typed and never left."""
        for cell, text in drafts.items():
            form = self._go_to(cell.row)
            if form is not None:
                form.show_drafts({cell: text})

    def open_row(self, row: Row) -> None:
        """Opens a complication, or one of its steps."""
        form = self._go_to(row)
        if form is not None:
            form.open_row(row)

    def focus_cell(self, cell: Cell) -> bool:
        """Goes to a field; says whether it is there."""
        form = self._go_to(cell.row)
        return form is not None and form.focus_cell(cell)

    def focus_first(self) -> None:
        """What comes first of an open one; else the line that notes one."""
        form = self.form
        one = self._shown.get(self._chosen)
        if form is not None and one is not None and state_of(one) is State.OPEN:
            form.actions_shown[0].button.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not self._read_only:
            self.what.setFocus(Qt.FocusReason.OtherFocusReason)


def _progress(complication: Complication, findings: Sequence[Finding]) -> Progressed:
    key = complication_id(complication)
    if any(one.level is Level.STOP and is_about(one, key) for one in findings):
        return Progressed.ATTENTION
    return Progressed.COMPLETE if state_of(complication) is State.CLOSED else Progressed.STARTED
