"""The visit workspace: sections at the left, the form in the middle, safety at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut

from infusion_visits.core.desk import Place
from infusion_visits.core.findings import CLOSING, Finding, stops
from infusion_visits.core.moments import show_instant
from infusion_visits.patients.fields import SECTION as PATIENT_SECTION
from infusion_visits.sections.vitals.panel import LINE_CELL, VitalsLine
from infusion_visits.sections.vitals.values import Vitals
from infusion_visits.visits import actions
from infusion_visits.visits.laptop_clock import keep_if_set_back
from infusion_visits.visits.open_visit import Loaded, OpenVisit, View, load
from infusion_visits.visits.panel.desk import Unsaved, WorkspaceDesk
from infusion_visits.visits.panel.frame import WorkspaceFrame
from infusion_visits.visits.panel.head import visit_words
from infusion_visits.visits.panel.next_missing import NextMissing
from infusion_visits.visits.panel.reaction_page import ReactionPage, is_open, is_under_way
from infusion_visits.visits.progress import progress_of
from infusion_visits.visits.recovery import Recovered, recovered
from infusion_visits.visits.rules.completeness import sections_for
from infusion_visits.widgets.section_list import Progressed, SectionItem

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from PySide6.QtWidgets import QWidget

    from infusion_visits.core.cells import Cell
    from infusion_visits.core.desk import Desk
    from infusion_visits.records.unit_of_work import UnitOfWork
    from infusion_visits.sections.section import AnySection

SECOND_MS = 1_000
VIEW_EVERY_SECONDS = 15
REACTION = "reaction"


class Workspace(WorkspaceFrame):
    """One open visit. `saved` tells the status line the instant of the last durable field."""

    saved = Signal(object)
    sign_asked = Signal(object)
    reaction_asked = Signal()

    def __init__(
        self, desk: Desk[UnitOfWork], units: Mapping[str, str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("workspace")
        self._desk = desk
        self._units = units
        self.visit_desk: WorkspaceDesk | None = None
        self._opening: UUID | None = None
        self._unsaved_of: dict[UUID, Unsaved] = {}
        self._view: View | None = None
        self._chosen = ""
        self._before_reaction = ""
        self._wanted: tuple[str, Cell | None] = ("", None)
        self._missing = NextMissing()
        self._connect()
        self._bind_keys()
        self._second = QTimer(self, interval=SECOND_MS)
        self._second.timeout.connect(self._tick)
        self._ticks = 0

    def _connect(self) -> None:
        self._unsaved_line.acted.connect(self.save_again)
        self.sections.picked.connect(self.show_section)
        self._sign.clicked.connect(self.ask_sign)
        self.forms.finished.connect(lambda: self._walk(1))
        self.safety.jump_asked.connect(self.jump)
        self.safety.act_asked.connect(self.ask_act)

    def _bind_keys(self) -> None:
        for keys, act in (
            ("Ctrl+J", self.jump_next),
            ("Ctrl+M", self.focus_line),
            ("Ctrl+PgDown", lambda: self._walk(1)),
            ("Ctrl+PgUp", lambda: self._walk(-1)),
            ("Ctrl+Return", self.ask_sign),
            ("Ctrl+B", self.sections.take_focus),
            ("Ctrl+S", self.save_again),
            ("F6", lambda: self.ask_act("step")),
            ("F7", lambda: self.ask_act("hold")),
            ("F8", lambda: self.ask_act("slow")),
            ("Ctrl+F6", lambda: self.ask_act("start")),
            ("Ctrl+F7", lambda: self.ask_act("complete")),
            ("Ctrl+F8", lambda: self.ask_act("stop")),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            # A key held down asks once.
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(act)
        # Of the whole window: also while the palette or the keys lie over the page.
        reaction = QShortcut(QKeySequence("F9"), self)
        reaction.setContext(Qt.ShortcutContext.WindowShortcut)
        reaction.setAutoRepeat(False)
        reaction.activated.connect(self.ask_reaction)

    def open_visit(self, visit: UUID, section: str = "", cell: Cell | None = None) -> None:
        """Reads the visit and shows it, at `section` and `cell` where they are given."""
        self._wanted = (section, cell)
        if self.visit_desk is not None and self.visit_desk.visit.id == visit:
            # The chart may have been changed meanwhile: allergies, the plan of care, an order.
            self.visit_desk.reload()
            self._go_to_wanted()
            return
        self.leave()

        def work(unit: UnitOfWork) -> tuple[Loaded, Recovered | None]:
            found = recovered(unit, visit)
            keep_if_set_back(unit, visit)
            actions.opened(unit, visit)
            return load(unit, visit), found

        def failed(error: BaseException) -> None:
            self._opening = None
            self._desk.report(error)

        self._opening = visit
        self._desk.run.act(work, self._opened, failed)

    def _opened(self, answer: tuple[Loaded, Recovered | None]) -> None:
        loaded, found = answer
        opened = OpenVisit(loaded)
        if self._opening != opened.id or self.visit_desk is not None:
            # Another visit was gone to meanwhile, or this one was left again.
            return
        self._opening = None
        desk = WorkspaceDesk(self._desk, opened, self._units, self)
        self.visit_desk = desk
        if opened.id in self._unsaved_of:
            desk.take(self._unsaved_of.pop(opened.id))
        desk.changed.connect(self.refresh)
        desk.saved.connect(self.saved)
        self.vitals_line = VitalsLine(desk, desk.sense)
        desk.line_refused.connect(self.vitals_line.refused)
        self._line_row.addWidget(self.vitals_line)
        self._view = opened.view(self._desk.clock.now())
        self._make_reaction(desk)
        keys = {section.key for section in self._sections()}
        self._line_bar.setVisible("vitals" in keys)
        self._say_recovered(found)
        self.clock_line.begin(desk)
        self._show(self._view, desk)
        self._second.start()
        self._go_to_wanted()

    def _say_recovered(self, found: Recovered | None) -> None:
        if found is None:
            self._message.hide()
            return
        words = "This visit was recovered after the program ended without closing it."
        if found.last_saved is not None and self._view is not None:
            zone = self._view.record.visit.zone
            when = show_instant(found.last_saved, zone, beside=self._desk.clock.now())
            words = f"{words} The last field was saved at {when}."
        self._message.say(words, "warn", "Good")
        self._message.show()

    def _go_to_wanted(self) -> None:
        section, cell = self._wanted
        first = self._sections()[0].key if self._view else ""
        if not section and not self._chosen and is_under_way(self._view):
            # The program ended in the middle of a reaction: it is the first thing to see.
            section = REACTION
        self.show_section(section or self._chosen or first)
        form = self.forms.form(self._chosen)
        if cell is not None and form is not None:
            form.focus_cell(cell)

    def leave(self) -> None:
        """Keeps what is half typed and closes the visit in good order."""
        self._second.stop()
        self.clock_line.end()
        opening, self._opening = self._opening, None
        desk, self.visit_desk = self.visit_desk, None
        if desk is None:
            if opening is not None:
                self._desk.run.act(lambda unit: actions.closed(unit, opening))
            return
        desk.rest()
        visit = desk.visit.id

        def ended(error: BaseException | None = None) -> None:
            # All that was to be written came back before this.
            if desk.unsaved().count:
                self._unsaved_of[visit] = desk.unsaved()
            desk.deleteLater()
            if error is not None:
                self._desk.report(error)

        self._desk.run.act(lambda unit: actions.closed(unit, visit), lambda _: ended(), ended)
        self._view = None
        self._chosen = ""
        self._unsaved_line.say("")
        self._line_row.removeWidget(self.vitals_line)
        self.vitals_line.deleteLater()
        self.forms.clear()
        self.forms.removeWidget(self.reaction)
        self.reaction.deleteLater()

    @property
    def unsaved(self) -> dict[UUID, Unsaved]:
        """What the record did not take of visits that were left.

        It lives on in memory while the record is locked, so that a full disk and a nurse called
        away do not together lose what she typed.
        """
        return dict(self._unsaved_of)

    def bring_back(self, unsaved: Mapping[UUID, Unsaved]) -> None:
        """Each is saved again as soon as its visit is open."""
        self._unsaved_of.update(unsaved)

    @property
    def place(self) -> Place | None:
        """Where one is: the open visit and its section."""
        if self.visit_desk is None:
            return None
        return Place("visit", self.visit_desk.visit.id, self._chosen)

    def save_again(self) -> None:
        """Tries once more to write what the disk did not take."""
        if self.visit_desk is not None:
            self.visit_desk.save_again()

    def refresh(self) -> None:
        """Makes the view anew and shows it everywhere."""
        if self.visit_desk is None:
            return
        self._view = self.visit_desk.visit.view(self._desk.clock.now())
        self._show(self._view, self.visit_desk)

    def _show(self, view: View, desk: WorkspaceDesk) -> None:
        self.banner.show_words(visit_words(view))
        self.safety.show_view(view)
        self.vitals_line.show_values(view.record.of(Vitals), view.facts)
        self._show_list(view)
        self.forms.show_view(self._chosen, view)
        self.reaction.view.show_view(view)
        self._show_unsaved(desk)

    def _show_unsaved(self, desk: WorkspaceDesk) -> None:
        if not desk.not_saved:
            self._unsaved_line.say("")
            return
        what = ", ".join(desk.not_saved)
        self._unsaved_line.say(
            f"Not saved: {what}. It stays here as typed until it can be saved.",
            "danger",
            "Save again",
        )
        if desk.has_failed_acts:
            self.vitals_line.not_kept()

    def _show_list(self, view: View) -> None:
        items = [
            SectionItem(
                section.key,
                section.title,
                Progressed(progress_of(section, view.record, view.findings)),
            )
            for section in self._sections()
        ]
        if is_open(view):
            items.insert(0, SectionItem(REACTION, "Reaction", Progressed.ATTENTION))
        self.sections.show_items(items, self._chosen)
        shut = bool(stops(view.findings, *CLOSING))
        self._sign.set_word("Sign" if not shut else "Review")

    def _sections(self) -> tuple[AnySection, ...]:
        return sections_for(self._view.record.visit.kind) if self._view else ()

    def show_section(self, key: str) -> None:
        """Brings a section's form to the front, or the protocol of an open reaction."""
        if key == REACTION and self.visit_desk is not None:
            self._show_reaction()
            return
        known = {section.key: section for section in self._sections()}
        if key not in known or self.visit_desk is None or self._view is None:
            return
        self._chosen = key
        form = self.forms.bring(known[key], self._view, self.visit_desk)
        self._show_list(self._view)
        half_typed = self.visit_desk.visit.loaded.half_typed
        self.forms.show_drafts(key, half_typed)
        if LINE_CELL.path() in half_typed and not self.vitals_line.line.text():
            self.vitals_line.show_draft(half_typed[LINE_CELL.path()])
        if key == LINE_CELL.section:
            self.vitals_line.take_focus()
        else:
            form.focus_first()

    def focus_line(self) -> None:
        """The one line for vitals, from anywhere."""
        if self.visit_desk is not None:
            self.vitals_line.take_focus()

    def _walk(self, by: int) -> None:
        keys = [section.key for section in self._sections()]
        if self._chosen in keys:
            self.show_section(keys[(keys.index(self._chosen) + by) % len(keys)])

    def jump(self, finding: Finding) -> None:
        """Goes to the field that a finding speaks of; what is the patient's stands in the chart."""
        if finding.section == PATIENT_SECTION and self._view is not None:
            patient = self._view.record.visit.patient
            self._desk.open(Place("patient", patient, "person", finding.cell))
            return
        self.show_section(finding.section)
        form = self.forms.form(finding.section)
        if form is not None and finding.cell is not None:
            form.focus_cell(finding.cell)

    def jump_next(self) -> None:
        """Goes to the next missing item; pressed again, answered or not, to the one after it."""
        if self._view is None:
            return
        finding = self._missing.after(stops(self._view.findings, *CLOSING))
        if finding is not None:
            self.jump(finding)

    def ask_reaction(self) -> None:
        """One key: the pump was stopped, a reaction is noticed, and what comes first is shown.

        What is half typed in a field stays; pressed again the key brings the protocol back.
        """
        if self.visit_desk is not None and self._view is not None:
            self.reaction.press(self.visit_desk.visit.view(self._desk.clock.now()))
            self._show_reaction()
            self.reaction_asked.emit()

    def _make_reaction(self, desk: WorkspaceDesk) -> None:
        self.reaction = ReactionPage(desk, self.forms)
        self.forms.addWidget(self.reaction)
        self.reaction.view.vitals_asked.connect(self.focus_line)
        self.reaction.view.closing_asked.connect(lambda: self.show_section("complications"))
        self.reaction.view.gone.connect(self._leave_reaction)

    def _show_reaction(self) -> None:
        if self._chosen != REACTION:
            self._before_reaction = self._chosen
        self._chosen = REACTION
        self.forms.setCurrentWidget(self.reaction)
        if self._view is not None:
            self._show_list(self._view)
        self.reaction.view.take_focus()

    def _leave_reaction(self) -> None:
        """It was a slip: back to where one was."""
        if self._chosen == REACTION:
            self._chosen = ""
            self.show_section(self._before_reaction or self._sections()[0].key)

    def ask_act(self, act: str) -> None:
        """Step, hold, slow down: asked for in the form, where the act is confirmed."""
        if act == "reaction":
            self.ask_reaction()
            return
        self.show_section("infusion")
        form = self.forms.form("infusion")
        if form is not None and hasattr(form, "ask"):
            form.ask(act)

    def ask_sign(self) -> None:
        """To the sign screen, with everything half typed kept first."""
        if self.visit_desk is None:
            return
        if self.visit_desk.not_saved:
            # Only what the record holds is signed: what is shown here would be missing from it.
            self.save_again()
            return
        self.visit_desk.keep_typed()
        self._desk.open(Place("sign", self.visit_desk.visit.id))

    def _tick(self) -> None:
        self._ticks += 1
        if self._view is None or self.visit_desk is None:
            return
        if self.clock_line.look() or self._ticks % VIEW_EVERY_SECONDS == 0:
            self.refresh()
        else:
            now = self._desk.clock.now()
            self.safety.tick(self._view.later(now))
            self.reaction.view.tick(now)
