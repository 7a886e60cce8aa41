"""The patients' screen: who is looked for at the left; the chart, its forms and files beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from infusion_visits.chart.panel.acts import ChartActs, Work
from infusion_visits.chart.panel.bringing_in import BringingIn, TakesFiles
from infusion_visits.chart.panel.chart_form import ORDERS, WHOLE_ORDER, ChartForm
from infusion_visits.chart.panel.import_report import ImportReportCard
from infusion_visits.chart.panel.measurement_page import MeasurementPage
from infusion_visits.chart.panel.new_patient import NewPatientCard
from infusion_visits.chart.panel.order_wishes import OrderWishes
from infusion_visits.chart.panel.overview import Overview
from infusion_visits.chart.panel.plan import PlanCard, Planned, carry_out
from infusion_visits.chart.panel.search import PatientSearch
from infusion_visits.chart.queries import ChartView, load_view, open_chart
from infusion_visits.core.desk import Place
from infusion_visits.patients import actions
from infusion_visits.patients.order_fields import DRAFT
from infusion_visits.patients.queries import load_index
from infusion_visits.visits import actions as visit_actions
from infusion_visits.visits.panel.head import patient_words
from infusion_visits.widgets.banner import Banner
from infusion_visits.widgets.messages import EmptyState
from infusion_visits.widgets.scrolled import Scrolled, scrolled_card

if TYPE_CHECKING:
    from collections.abc import Callable

    from infusion_visits.core.cells import Cell
    from infusion_visits.core.desk import Desk
    from infusion_visits.core.fields import NotAValue
    from infusion_visits.exchange.import_files import ImportReport
    from infusion_visits.records.unit_of_work import UnitOfWork

VISIT = "visit:"
"""A place in a chart: the visit that is about to be started."""


class PatientsPanel(TakesFiles):
    """Search at the left; at the right the chart, a form of it, or what was asked for."""

    saved = Signal(object)

    def __init__(
        self,
        desk: Desk[UnitOfWork],
        zone: str,
        units: dict[str, str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("patients")
        self._desk, self._zone, self._units = desk, zone, units
        self._view: ChartView | None = None
        self._form: ChartForm | None = None
        self._wishes: OrderWishes | None = None
        self._after = ""
        self._wanted: Cell | None = None
        self._stale = False
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        self.search = PatientSearch(desk.clock, zone)
        self.search.opened.connect(self.open_patient)
        self.search.new_asked.connect(self.ask_new)
        self.search.import_asked.connect(self.ask_files)
        across.addWidget(self.search)
        across.addLayout(self._chart_column(), 1)
        self._bind_keys()

    def _chart_column(self) -> QVBoxLayout:
        right = QVBoxLayout()
        right.setSpacing(0)
        self.banner = Banner()
        self.banner.hide()
        right.addWidget(self.banner)
        self.files = BringingIn(self._desk)
        self.files.finished.connect(self._brought_in)
        self.files.shown.connect(self._show_report)
        right.addWidget(self.files)
        self.stack = QStackedWidget()
        right.addWidget(self.stack, 1)
        self._empty = EmptyState(
            "No patient chosen",
            "Type a name at the left. Files from a hospital or pharmacy can be dropped here.",
            "New patient",
            "Ctrl N",
            "patients",
        )
        self._empty.acted.connect(self.ask_new)
        self.stack.addWidget(self._empty)
        self.overview = Overview(self._acts(), self._desk.clock, self._units)
        self._overview_page = self._page(self.overview)
        self.measurements = MeasurementPage()
        self._measurement_page = self._page(self.measurements)
        self.plan = PlanCard(self._desk.clock)
        self.plan.planned.connect(self._planned)
        self.plan.closed.connect(self.go_back)
        self._plan_page = self._page(self.plan)
        self.new = NewPatientCard()
        self.new.asked.connect(self._make_patient)
        self._new_page = self._page(self.new)
        self.report = ImportReportCard()
        self.report.closed.connect(self.go_back)
        self._report_page = self._page(self.report)
        return right

    def _page(self, inner: QWidget) -> Scrolled:
        page = scrolled_card(inner)
        self.stack.addWidget(page)
        return page

    def _bind_keys(self) -> None:
        for keys, act in (
            ("Ctrl+F", self.search.take_focus),
            ("Ctrl+P", self.ask_plan),
            ("Ctrl+E", lambda: self.edit("person")),
            ("Ctrl+O", lambda: self.edit("orders")),
            ("Ctrl+U", self._use_draft),
            ("Ctrl+R", self._ask_ladder),
            ("Ctrl+G", self._ask_therapy),
            ("Ctrl+T", self._ask_task),
            ("Ctrl+M", self.show_measurements),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(act)

    def arrive(self, place: Place) -> None:
        """Comes to the list, to a patient, to a new one, or with files."""
        if place.section == "new":
            self.ask_new()
        elif place.section == "import":
            self.ask_files()
        elif place.id is not None:
            visit = place.section.removeprefix(VISIT)
            self._wanted = place.cell
            self.open_patient(place.id, f"chart.start.{visit}" if visit else "")
        elif self._view is not None:
            self.open_patient(self._view.patient)
        else:
            self.search.take_focus()
        # All names of an agency take longer to read than one patient: not for each chart.
        if place.id is None or not self.search.ready:
            self._read_index()

    def leave(self) -> None:
        """Keeps what is half typed."""
        if self._form is not None:
            self._form.keep_typed()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back: from a form to the chart, from the chart to the search."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.files.under_way:
            self.files.cancel()
        elif self.stack.currentWidget() in (self._overview_page, self._empty):
            self.search.take_focus()
        else:
            self.go_back()

    def _read_index(self) -> None:
        self._desk.run.act(load_index, self.search.show_index)

    def open_patient(self, patient: UUID, focus: str = "") -> None:
        """Opens the chart; that it was opened stands in the audit trail."""
        self._close_form()
        self._after = focus
        self._desk.run.act(lambda unit: open_chart(unit, patient), self._opened)

    def _opened(self, view: ChartView) -> None:
        self._show(view)
        self._overview_page.verticalScrollBar().setValue(0)
        self.stack.setCurrentWidget(self._overview_page)
        focus, self._after = self._after, ""
        cell, self._wanted = self._wanted, None
        if cell is not None:
            self.edit("person")
            if self._form is not None:
                self._form.go_to(cell)
            return
        self.overview.take_focus(focus)

    def _show(self, view: ChartView) -> None:
        self._view = view
        self.banner.show_words(patient_words(view.chart, view.today))
        self.banner.show()
        self.search.mark(view.patient)
        if self._form is None:
            self.overview.show_view(view)
        else:
            # The cards behind a form are made anew when one goes back to them, not at every field.
            self._stale = True
            self._form.show_view(view)

    def go_back(self) -> None:
        """From whatever was asked for to the chart, where one was before."""
        former, form = self.stack.currentWidget(), self._form
        if self._view is None:
            self.stack.setCurrentWidget(self._empty)
            self.search.take_focus()
            return
        if self._stale:
            self.overview.show_view(self._view)
        self._stale = False
        self.stack.setCurrentWidget(self._overview_page)
        self.banner.show()
        way_back = form.way_back if form is not None and former is form.page else ""
        if former is self._measurement_page:
            way_back = "chart.measurements"
        self._close_form()
        self.overview.take_focus(way_back)

    def _close_form(self) -> None:
        form, self._form = self._form, None
        if form is not None:
            form.keep_typed()
            self.stack.removeWidget(form.page)
            form.end()

    def edit(self, what: str) -> None:
        """Opens the form of the person or of the orders."""
        self._open_form(what)

    def _open_form(self, what: str, order: UUID | None = None) -> None:
        view = self._view
        if view is None:
            return
        self._close_form()
        form = ChartForm(what, self._desk, view, self._units, self, order=order)
        form.saved.connect(self.saved)
        form.changed.connect(self.reread)
        form.finished.connect(self.go_back)
        self._wishes = OrderWishes(
            form, lambda: self._view, self._do, self._desk.report, self.go_back
        )
        self._form = form
        self.stack.addWidget(form.page)
        self.stack.setCurrentWidget(form.page)
        self.banner.show()
        form.begin()

    def reread(self) -> None:
        """Reads the chart anew after an act."""
        if self._view is not None:
            patient = self._view.patient
            self._desk.run.act(lambda unit: load_view(unit, patient), self._show)
            self._read_index()

    def _acts(self) -> ChartActs:
        return ChartActs(
            do=self._do,
            open=self._desk.open,
            plan=self.ask_plan,
            start=self._start,
            edit=self.edit,
            edit_order=self.edit_order,
            measurements=self.show_measurements,
        )

    def _do(
        self,
        work: Work,
        then: Callable[[Any], None] | None = None,
        failed: Callable[[BaseException], None] | None = None,
    ) -> None:
        """An act upon the open chart: done, and the chart read anew, in one unit of work."""
        if self._view is None:
            return
        patient = self._view.patient

        def inside(unit: UnitOfWork) -> tuple[Any, ChartView]:
            result = work(unit)
            return result, load_view(unit, patient)

        def done(told: tuple[Any, ChartView]) -> None:
            result, view = told
            self.saved.emit(self._desk.clock.now())
            if self._view is not None and self._view.patient == patient:
                self._show(view)
                if then is not None:
                    then(result)

        self._desk.run.act(inside, done, failed)

    def edit_order(self, order: UUID, cell: Cell | None = None) -> None:
        """A draft in its form, at a field of it; another order whole, to be read."""
        found = self._view.chart.order(order) if self._view is not None else None
        if found is None:
            return
        self._open_form(ORDERS if found.status == DRAFT else WHOLE_ORDER, order)
        if cell is not None and self._form is not None:
            self._form.go_to(cell)

    def _use_draft(self) -> None:
        if self._form is not None and self._form.kind == ORDERS:
            self._form.ask_use()
        else:
            self.overview.use_draft()

    def _ask_ladder(self) -> None:
        if self._form is not None:
            self._form.ask_ladder()

    def _ask_therapy(self) -> None:
        if self._form is not None:
            self._form.ask_therapy()

    def _ask_task(self) -> None:
        if self._view is not None:
            if self.stack.currentWidget() is not self._overview_page:
                self.go_back()
            self.overview.ask_task()

    def show_measurements(self) -> None:
        """What was measured before the patient came."""
        if self._view is not None:
            self._close_form()
            self.stack.setCurrentWidget(self._measurement_page)
            self.measurements.show_for(self._view)

    def ask_new(self) -> None:
        """An empty form for a new patient."""
        self._close_form()
        self.banner.hide()
        self.stack.setCurrentWidget(self._new_page)
        self.new.begin()

    def _make_patient(self, texts: dict[str, str]) -> None:
        wanted = {**texts, "zone": self._zone}

        def made(answer: UUID | dict[str, NotAValue]) -> None:
            if isinstance(answer, UUID):
                self._read_index()
                self.open_patient(answer, "chart.edit")
            else:
                self.new.refuse("", answer)

        self._desk.run.act(
            lambda unit: actions.create(unit, wanted, self._units),
            made,
            lambda error: self.new.refuse(str(error)),
        )

    def ask_plan(self) -> None:
        """Plans a visit for the open patient."""
        if self._view is not None:
            self._close_form()
            self.stack.setCurrentWidget(self._plan_page)
            self.plan.show_for(self._view)

    def _planned(self, start: bool) -> None:
        asked = self.plan.ask(start=start)
        if asked is not None and self._view is not None:
            self._schedule(self._view, asked)

    def _schedule(self, view: ChartView, asked: Planned) -> None:
        def done(visit: UUID) -> None:
            if asked.start:
                self.stack.setCurrentWidget(self._overview_page)
                self._desk.open(Place("visit", visit))
            else:
                self.open_patient(view.patient, f"chart.start.{visit}")

        self._desk.run.act(lambda unit: carry_out(unit, view, asked), done)

    def _start(self, visit: UUID) -> None:
        self._desk.run.act(
            lambda unit: visit_actions.start(unit, visit),
            lambda _: self._desk.open(Place("visit", visit)),
        )

    def ask_files(self) -> None:
        """Asks for files; Cancel leaves everything as it was."""
        if not self.files.ask() and self._view is None:
            self.search.take_focus()

    def _brought_in(self, report: ImportReport) -> None:
        self._read_index()
        if self._form is None:
            self._show_report(report)
        else:
            # Nobody who is typing an order loses the field to a report.
            self.files.tell(report)

    def _show_report(self, report: ImportReport) -> None:
        self._close_form()
        self.banner.hide()
        self.report.show_report(report)
        self.stack.setCurrentWidget(self._report_page)
        self.report.take_focus()
