"""The patients' screen: type-ahead search, the chart, its forms, planning, and files coming in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from infusion_visits.chart.panel.desk import PatientDesk
from infusion_visits.chart.panel.overview import Overview
from infusion_visits.chart.panel.plan import PlanCard
from infusion_visits.chart.queries import ChartView, load_view, open_chart
from infusion_visits.core.cells import Cell, Row
from infusion_visits.core.desk import Place
from infusion_visits.exchange.import_files import ImportReport, import_files
from infusion_visits.patients import actions, order_actions
from infusion_visits.patients.fields import ROWS, SECTION
from infusion_visits.patients.queries import load_index
from infusion_visits.patients.rules import birth_words
from infusion_visits.patients.values import Person
from infusion_visits.visits import actions as visit_actions
from infusion_visits.visits.panel.head import patient_words
from infusion_visits.widgets.act_button import ActButton, Weight
from infusion_visits.widgets.banner import Banner
from infusion_visits.widgets.cards import Card
from infusion_visits.widgets.messages import EmptyState, InlineMessage, ProgressStrip
from infusion_visits.widgets.scrolled import Scrolled
from infusion_visits.widgets.section_form import SectionForm
from infusion_visits.widgets.words import PlainWords

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from infusion_visits.core.desk import Desk
    from infusion_visits.core.fields import NotAValue
    from infusion_visits.patients.patient_index import PatientIndex, PatientLine
    from infusion_visits.records.unit_of_work import UnitOfWork

LIST_WIDTH = 300
MOST_FOUND = 60
NEW_FIELDS = (
    ("family", "Family name"),
    ("given", "Given names"),
    ("birth_day", "Birth date"),
    ("sex", "Sex: female, male, other, unknown"),
)
FORMS = {
    "person": tuple(
        rows for rows in ROWS if rows.name not in {"therapy_order", "past_measurement"}
    ),
    "orders": tuple(rows for rows in ROWS if rows.name == "therapy_order"),
}


class PatientsPanel(QWidget):
    """Search at the left; at the right the chart, a form of it, or what was asked for."""

    saved = Signal(object)

    def __init__(
        self,
        desk: Desk[UnitOfWork],
        zone: str,
        units: Mapping[str, str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("patients")
        self.setAcceptDrops(True)
        self._desk, self._zone, self._units = desk, zone, units
        self._index: PatientIndex | None = None
        self._view: ChartView | None = None
        self._patient_desk: PatientDesk | None = None
        self._form: SectionForm | None = None
        self._work: Any = None
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self._search_column())
        across.addLayout(self._chart_column(), 1)
        self._bind_keys()

    def _search_column(self) -> QWidget:
        left = QFrame()
        left.setProperty("rule", "right")
        left.setFixedWidth(LIST_WIDTH)
        column = QVBoxLayout(left)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(8)
        self.search = QLineEdit()
        self.search.setObjectName("patients.search")
        self.search.setAccessibleName("Find a patient")
        self.search.setPlaceholderText("Name, birth date or number")
        self.search.textChanged.connect(self._find)
        self.search.installEventFilter(self)
        column.addWidget(self.search)
        self.found = QListWidget()
        self.found.setObjectName("patients.found")
        self.found.setAccessibleName("Patients found")
        self.found.itemActivated.connect(self._open_item)
        self.found.itemClicked.connect(self._open_item)
        column.addWidget(self.found, 1)
        self._count = PlainWords("", "small")
        column.addWidget(self._count)
        new = ActButton("New patient", "Ctrl N")
        new.setObjectName("patients.new")
        new.clicked.connect(self.ask_new)
        column.addWidget(new)
        bring = ActButton("Import files", "Ctrl I", Weight.QUIET)
        bring.setObjectName("patients.import")
        bring.clicked.connect(self.ask_files)
        column.addWidget(bring)
        return left

    def _chart_column(self) -> QVBoxLayout:
        right = QVBoxLayout()
        right.setSpacing(0)
        self.banner = Banner()
        self.banner.hide()
        right.addWidget(self.banner)
        self._progress = ProgressStrip()
        self._progress.hide()
        self._progress.cancelled.connect(lambda: self._work and self._work.cancel())
        right.addWidget(self._progress)
        self._message = InlineMessage()
        self._message.setObjectName("patients.message")
        self._message.acted.connect(lambda: self._message.say(""))
        right.addWidget(self._message)
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
        self.overview = Overview(self._desk.open)
        self.overview.edit_asked.connect(self.edit)
        self.overview.plan_asked.connect(self.ask_plan)
        self.overview.start_asked.connect(self._start)
        self.overview.use_asked.connect(self._use_order)
        self._overview_page = Scrolled(self.overview)
        self.stack.addWidget(self._overview_page)
        self.plan = PlanCard()
        self.plan.planned.connect(self._planned)
        self.plan.closed.connect(self.show_overview)
        self._plan_page = Scrolled(self.plan)
        self.stack.addWidget(self._plan_page)
        self._new_page = Scrolled(self._new_card())
        self.stack.addWidget(self._new_page)
        return right

    def _new_card(self) -> Card:
        card = Card("New patient")
        self._new: dict[str, QLineEdit] = {}
        for name, label in NEW_FIELDS:
            card.add(PlainWords(label, "label"))
            field = QLineEdit()
            field.setObjectName(f"new.{name}")
            field.setAccessibleName(label)
            field.installEventFilter(self)
            card.add(field)
            self._new[name] = field
        self._new_said = PlainWords("", "danger")
        card.add(self._new_said)
        make = ActButton("Add the patient", "Ctrl Enter", Weight.PRIMARY)
        make.setObjectName("new.make")
        make.clicked.connect(self._make_patient)
        card.add(make)
        return card

    def _bind_keys(self) -> None:
        for keys, act in (
            ("Ctrl+F", self.focus_search),
            ("Ctrl+N", self.ask_new),
            ("Ctrl+P", self.ask_plan),
            ("Ctrl+E", lambda: self.edit("person")),
            ("Ctrl+O", lambda: self.edit("orders")),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        back = QShortcut(QKeySequence("Escape"), self)
        back.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        back.activated.connect(self.show_overview)

    def arrive(self, place: Place) -> None:
        """Comes to the list, to a patient, to a new one, or with files."""
        self._read_index()
        if place.section == "new":
            self.ask_new()
        elif place.section == "import":
            self.ask_files()
        elif place.section.startswith("visit:"):
            self._start(UUID(place.section[6:]))
        elif place.id is not None:
            self.open_patient(place.id)
        elif self._view is not None:
            self.open_patient(self._view.patient)
        else:
            self.focus_search()

    def leave(self) -> None:
        """Keeps what is half typed."""
        if self._patient_desk is not None:
            self._patient_desk.keep_typed()

    def focus_search(self) -> None:
        """The keys go to the search line."""
        self.search.setFocus()
        self.search.selectAll()

    def _read_index(self) -> None:
        self._desk.run.act(load_index, self._indexed)

    def _indexed(self, index: PatientIndex) -> None:
        self._index = index
        self._find(self.search.text())

    def _find(self, text: str) -> None:
        if self._index is None:
            return
        lines = self._index.find(text, MOST_FOUND)
        self.found.clear()
        today = self._desk.clock.now().date()
        for line in lines:
            item = QListWidgetItem(f"{line.name}\n{_birth(line, today)}")
            item.setData(Qt.ItemDataRole.UserRole, line.id)
            self.found.addItem(item)
        self.found.setCurrentRow(0)
        total = len(self._index)
        if not lines and text:
            words = "Nobody by that name. Ctrl N adds a patient."
        elif len(lines) < total:
            words = f"{len(lines)} of {total} patients"
        else:
            words = f"{total} patient{'' if total == 1 else 's'}"
        self._count.say(words)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In the search line Down walks and Enter opens; in a new patient Enter goes on."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = event.key()
            enter = key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if watched is self.search and (enter or key in (Qt.Key.Key_Down, Qt.Key.Key_Up)):
                self._walk(key, enter=enter)
                return True
            if watched in self._new.values() and enter:
                fields = list(self._new.values())
                last = watched is fields[-1]
                if last or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                    self._make_patient()
                else:
                    self.focusNextChild()
                return True
        return super().eventFilter(watched, event)

    def _walk(self, key: int, *, enter: bool) -> None:
        if enter:
            self._open_item(self.found.currentItem())
            return
        step = 1 if key == Qt.Key.Key_Down else -1
        row = self.found.currentRow() + step
        self.found.setCurrentRow(min(max(row, 0), max(self.found.count() - 1, 0)))

    def _open_item(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.open_patient(item.data(Qt.ItemDataRole.UserRole))

    def open_patient(self, patient: UUID) -> None:
        """Opens the chart; that it was opened stands in the audit trail."""
        self._close_form()
        self._desk.run.act(lambda unit: open_chart(unit, patient), self._opened)

    def _opened(self, view: ChartView) -> None:
        self._show(view)
        self.show_overview()
        first = self.overview.findChild(ActButton, "chart.plan")
        if isinstance(first, ActButton):
            first.setFocus()

    def _show(self, view: ChartView) -> None:
        self._view = view
        self.banner.show_words(patient_words(view.chart, view.today))
        self.banner.show()
        self.overview.show_view(view)
        if self._form is not None:
            self._form.show_values(view.chart, _Telling(self._desk, view))

    def show_overview(self) -> None:
        """Back from a form to the chart."""
        self._close_form()
        page = self._overview_page if self._view is not None else self._empty
        self.stack.setCurrentWidget(page)

    def _close_form(self) -> None:
        if self._patient_desk is not None:
            self._patient_desk.keep_typed()
        if self._form is not None:
            page = self._form.property("page")
            self.stack.removeWidget(page)
            page.deleteLater()
            self._form = None

    def edit(self, what: str) -> None:
        """Opens the form of the person or of the orders."""
        view = self._view
        if view is None:
            return
        self._close_form()
        desk = PatientDesk(self._desk, view.patient, view.zone, self._units, self)
        desk.saved.connect(self.saved)
        desk.changed.connect(self.reread)
        self._patient_desk = desk
        form = SectionForm(SECTION, FORMS[what], desk, sense=desk.sense)
        form.finished.connect(self.show_overview)
        page = Scrolled(form)
        form.setProperty("page", page)
        self._form = form
        self.stack.addWidget(page)
        self.stack.setCurrentWidget(page)
        form.show_values(view.chart, _Telling(self._desk, view))
        drafts = {
            cell: text
            for path, text in view.half_typed.items()
            if (cell := _cell(path)) is not None
        }
        if drafts:
            form.show_drafts(drafts)
        form.focus_first()

    def reread(self) -> None:
        """Reads the chart anew after an act."""
        if self._view is not None:
            patient = self._view.patient
            self._desk.run.act(lambda unit: load_view(unit, patient), self._show)
            self._read_index()

    def _use_order(self, order: UUID) -> None:
        if self._view is None:
            return
        patient = self._view.patient
        self._desk.run.act(
            lambda unit: order_actions.use_order(unit, patient, order), lambda _: self.reread()
        )

    def ask_new(self) -> None:
        """An empty form for a new patient."""
        for field in self._new.values():
            field.clear()
        self._new_said.say("")
        self._close_form()
        self.banner.hide()
        self.stack.setCurrentWidget(self._new_page)
        self._new["family"].setFocus()

    def _make_patient(self) -> None:
        texts = {name: field.text() for name, field in self._new.items() if field.text().strip()}
        texts["zone"] = self._zone

        def made(answer: UUID | dict[str, NotAValue]) -> None:
            if isinstance(answer, UUID):
                self._read_index()
                self.open_patient(answer)
                return
            name, wrong = next(iter(answer.items()))
            self._new_said.say(wrong.words)
            if name in self._new:
                self._new[name].setFocus()

        def failed(error: BaseException) -> None:
            self._new_said.say(str(error))
            self._new["family"].setFocus()

        self._desk.run.act(lambda unit: actions.create(unit, texts, self._units), made, failed)

    def ask_plan(self) -> None:
        """Plans a visit for the open patient."""
        if self._view is not None:
            self.stack.setCurrentWidget(self._plan_page)
            self.plan.show_for(self._view)

    def _planned(self, start: bool) -> None:
        asked = self.plan.ask_at(self._desk.clock.now())
        view = self._view
        if asked is None or view is None:
            return

        def work(unit: UnitOfWork) -> UUID:
            visit = visit_actions.schedule(
                unit, view.patient, asked.kind, asked.at, view.zone, order=asked.order
            )
            if start:
                visit_actions.start(unit, visit)
            return visit

        def done(visit: UUID) -> None:
            self.show_overview()
            if start:
                self._desk.open(Place("visit", visit))
            else:
                self.reread()

        self._desk.run.act(work, done)

    def _start(self, visit: UUID) -> None:
        self._desk.run.act(
            lambda unit: visit_actions.start(unit, visit),
            lambda _: self._desk.open(Place("visit", visit)),
        )

    def ask_files(self) -> None:
        """Asks for files or, where they are dropped, takes them."""
        files, _ = QFileDialog.getOpenFileNames(
            self, "Import", "", "FHIR files (*.json *.ndjson);;All files (*)"
        )
        if files:
            self.bring_in([Path(file) for file in files])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files from this computer are welcome."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Dropped files come in."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        self.bring_in(paths)

    def bring_in(self, paths: Sequence[Path]) -> None:
        """Imports files with progress and cancel; each file is whole or not at all."""
        self._progress.show_progress(0, len(paths), "Reading files")
        self._progress.show()

        def work(progress: Any) -> ImportReport:
            return import_files(paths, self._desk.run.new_unit, progress)

        self._work = self._desk.run.long(
            work, self._brought_in, self._not_brought_in, self._progress.show_progress
        )

    def _brought_in(self, report: ImportReport) -> None:
        self._progress.finish()
        self._progress.hide()
        self._message.say("\n".join(report.lines()), "warn" if report.failed else "ok", "Close")
        self._read_index()

    def _not_brought_in(self, error: BaseException) -> None:
        self._progress.finish()
        self._progress.hide()
        self._desk.report(error)


class _Telling:
    """What a patient's form needs to say its rows."""

    def __init__(self, desk: Desk[UnitOfWork], view: ChartView) -> None:
        self.now = desk.clock.now()
        self.zone = view.zone
        self.people: dict[UUID, str] = {desk.member.id: desk.member.signed_name}
        self.kind: Any = None


def _birth(line: PatientLine, today: Any) -> str:
    person = Person(
        _NO_MARK, birth_day=line.birth_day, birth_precision=line.birth_precision or None
    )
    number = f" · {line.identifiers[0]}" if line.identifiers else ""
    return f"{birth_words(person, today)}{number}"


def _cell(path: str) -> Cell | None:
    _, _, rest = path.partition("/")
    group, *keys, field = rest.split("/")
    try:
        at = tuple(int(key) if key.isdigit() else UUID(key) for key in keys)
    except ValueError:
        return None
    return Cell(SECTION, Row(group, at), field)


_NO_MARK: Any = None
