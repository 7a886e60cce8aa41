"""A form of the chart: the person, or the orders; a left field is durable, as at a visit."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from infusion_visits.chart.order_catalogue import filled_cells
from infusion_visits.chart.panel.desk import PatientDesk
from infusion_visits.chart.panel.order_side import OrderSide
from infusion_visits.core.cells import Cell, Row, cell_of_path
from infusion_visits.patients import order_choosing
from infusion_visits.patients.fields import ROWS, SECTION
from infusion_visits.patients.order_fields import DRAFT, HELD_BY_ACTS, THERAPY_ORDER
from infusion_visits.patients.order_weight import order_weight_findings
from infusion_visits.patients.rules import standing, weight_findings
from infusion_visits.patients.therapy.filling import DECIDING
from infusion_visits.patients.therapy.first_dose import history_of
from infusion_visits.patients.therapy.library import library
from infusion_visits.widgets.rows_table import RowBlock
from infusion_visits.widgets.scrolled import Scrolled
from infusion_visits.widgets.section_form import SectionForm

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from infusion_visits.chart.queries import ChartView
    from infusion_visits.core.desk import Desk
    from infusion_visits.core.findings import Finding
    from infusion_visits.patients.values import TherapyOrder
    from infusion_visits.records.unit_of_work import UnitOfWork

BESIDE_ORDER = (16, 16, 12, 24)
FOLLOWED = frozenset({*DECIDING, "dose_unit"})
"""Fields of an order whose answer may bring another ladder of the catalogue."""
ORDERS = "orders"
WHOLE_ORDER = "order"
HELD_BY_CATALOGUE = frozenset({"therapy", "product", "ladder"})
"""Keys of the catalogue: choosing writes them, they are never typed."""
_WHOLE = replace(
    THERAPY_ORDER,
    fields=tuple(leaf for leaf in THERAPY_ORDER.fields if leaf.name not in HELD_BY_CATALOGUE),
)
_TYPED = replace(
    _WHOLE, fields=tuple(leaf for leaf in _WHOLE.fields if leaf.name not in HELD_BY_ACTS)
)
"""An order without what only its acts write."""
FORMS = {
    "person": tuple(
        rows for rows in ROWS if rows.name not in {"therapy_order", "past_measurement"}
    ),
    ORDERS: (replace(_TYPED, label="Orders not yet in use"),),
    WHOLE_ORDER: (replace(_WHOLE, label="Order"),),
}


class ChartForm(QObject):
    """The form with its page and its desk. `changed` asks for the chart to be read anew.

    `order` is the draft to begin with, or the order that is shown whole and cannot be changed.
    """

    saved = Signal(object)
    changed = Signal()
    finished = Signal()
    use_asked = Signal(object)
    ladder_asked = Signal(object, object)
    therapy_asked = Signal(object, object)

    def __init__(
        self,
        kind: str,
        desk: Desk[UnitOfWork],
        view: ChartView,
        units: dict[str, str],
        parent: QObject | None = None,
        *,
        order: UUID | None = None,
    ) -> None:
        super().__init__(parent)
        self.kind = kind
        self._desk, self._view, self._order = desk, view, order
        self.patient_desk = PatientDesk(desk, view.patient, view.zone, units, self)
        self.patient_desk.saved.connect(self.saved)
        self.patient_desk.changed.connect(self.changed)
        self.patient_desk.following = self._after_the_dose
        self.form = SectionForm(
            SECTION,
            FORMS[kind],
            self.patient_desk,
            sense=self.patient_desk.sense,
            read_only=kind == WHOLE_ORDER,
        )
        self.form.finished.connect(self.finished)
        self.side: OrderSide | None = None
        self.page: QWidget
        if kind in {ORDERS, WHOLE_ORDER}:
            self.page = self._with_side(Scrolled(self.form, margins=BESIDE_ORDER))
        else:
            self.page = Scrolled(self.form)

    def _with_side(self, form: QWidget) -> QWidget:
        self.side = OrderSide(read_only=self.kind == WHOLE_ORDER)
        self.side.use_asked.connect(self.ask_use)
        self.side.ladder_asked.connect(self.ladder_asked)
        self.side.therapy_asked.connect(self._ask_therapy)
        self.side.free_asked.connect(self._begin_free)
        self.side.cell_asked.connect(self.form.focus_cell)
        self.side.closed.connect(self.finished)
        page = QWidget()
        across = QHBoxLayout(page)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(form, 1)
        across.addWidget(self.side)
        table = self.form.parts[0].table
        if table is not None:
            table.changed_shape.connect(self._show_side)
        return page

    @property
    def way_back(self) -> str:
        """Where the keys go when the form was left: the way back in, or on to using the order."""
        if self.kind == WHOLE_ORDER:
            return f"chart.order.{self._order}"
        return {"person": "chart.edit", ORDERS: "chart.use"}[self.kind]

    def begin(self) -> None:
        """Shows the chart, brings back what was half typed, and puts the keys where work is."""
        self.show_view(self._view)
        drafts = {
            cell: text
            for path, text in self._view.half_typed.items()
            if (cell := cell_of_path(path)) is not None and cell.row.group in self._groups()
        }
        if drafts:
            self.form.show_drafts(drafts)
        order = self._order or next((one.id for one in self._orders()), None)
        if self.side is not None and order is not None:
            self.go_to(Cell(SECTION, Row(THERAPY_ORDER.name, (order,)), "drug"))
        elif self.side is not None:
            self.side.therapy.take_focus()
        else:
            self.form.focus_first()

    def go_to(self, cell: Cell) -> None:
        """The keys go to a field; the order that it belongs to is opened."""
        if self.kind == WHOLE_ORDER:
            self.form.open_row(cell.row)
            if self.side is not None:
                self.side.take_focus()
        elif not self.form.focus_cell(cell):
            self.form.open_row(cell.row)
            self.form.focus_first()

    def ask_ladder(self) -> None:
        """The keys go to the line that takes a whole ladder."""
        if self.side is not None:
            self.side.ladder.take_focus()

    def ask_therapy(self) -> None:
        """The keys go to the line that finds a therapy of the catalogue."""
        if self.side is not None and self.side.therapy.isVisible():
            self.side.therapy.take_focus()

    def _ask_therapy(self, order: object, chosen: object) -> None:
        """What is typed is kept first: what the nurse typed stays, whatever the catalogue says."""
        self.keep_typed()
        self.therapy_asked.emit(order, chosen)

    def _after_the_dose(self, cell: Cell) -> Callable[[UnitOfWork], Any] | None:
        """A dose typed after the therapy was chosen brings the ladder of that dose."""
        key = cell.row.at[0] if cell.row.at else None
        if cell.row.group != THERAPY_ORDER.name or cell.field not in FOLLOWED:
            return None
        order = next((one for one in self._orders() if one.id == key), None)
        therapy = library().therapy(order.therapy) if order is not None else None
        if order is None or therapy is None:
            return None
        patient, draft = self._view.patient, order.id
        history = history_of(therapy.key, therapy.generic, self._view.doses)
        return lambda unit: order_choosing.follow_dose(unit, patient, draft, history)

    def _begin_free(self) -> None:
        table = self.form.parts[0].table
        if table is not None:
            table.add()

    def ask_use(self, _order: object = None) -> None:
        """What is typed is kept first; then the order that is open asks to be used."""
        self.keep_typed()
        order = self._open_order()
        if order is not None:
            self.use_asked.emit(order.id)

    def _orders(self) -> tuple[TherapyOrder, ...]:
        """The orders that this form shows: the drafts, or the one that is shown whole."""
        if self.kind == WHOLE_ORDER:
            return tuple(one for one in self._view.chart.therapy_order if one.id == self._order)
        return tuple(one for one in standing(self._view.chart.therapy_order) if one.status == DRAFT)

    def _open_order(self) -> TherapyOrder | None:
        orders = self._orders()
        opened = {
            block.row.at[0]
            for block in self.form.findChildren(RowBlock)
            if block.open and block.row.group == THERAPY_ORDER.name
        }
        return next((one for one in orders if one.id in opened), orders[0] if orders else None)

    def _show_side(self) -> None:
        if self.side is not None:
            order = self._open_order()
            context = self._view.context_of(order) if order is not None else None
            self.side.show_order(order, self._view.zone, context)

    def _groups(self) -> set[str]:
        return {rows.name for top in FORMS[self.kind] for rows in top.walk()}

    def show_view(self, view: ChartView) -> None:
        """The chart was read anew; what could not be saved stays as it was typed."""
        self._view = view
        failed = self.patient_desk.failed
        chart = view.chart
        if self.side is not None:
            chart = replace(chart, therapy_order=self._orders())
        telling = _Telling(self._desk, view)
        self.form.show_values(chart, telling, self._findings(), failed, self._beside())
        for cell, text in failed.items():
            box = self.form.box(cell)
            if box is not None and not box.editor.dirty:
                box.editor.set_text(text)
                box.editor.take_as_typed()
        self._show_side()

    def _findings(self) -> list[Finding]:
        """What is asked at its field: a weight in the wrong unit, a weight that changed."""
        if self.side is None:
            return weight_findings(self._view.chart)
        return [
            finding
            for order in self._orders()
            if order.status == DRAFT
            for finding in order_weight_findings(order, self._view.chart, self._view.today)
        ]

    def _beside(self) -> dict[Cell, str]:
        """Which fields stand as the catalogue put them in."""
        if self.side is None:
            return {}
        found: dict[Cell, str] = {}
        for order in self._orders():
            found |= filled_cells(order, self._view.context_of(order))
        return found

    def keep_typed(self) -> None:
        """Writes what is half typed."""
        self.form.commit()
        self.patient_desk.keep_typed()

    def end(self) -> None:
        """The form goes; its last saves go on."""
        self.page.hide()
        self.page.deleteLater()


class _Telling:
    """What a patient's form needs to say its rows."""

    def __init__(self, desk: Desk[UnitOfWork], view: ChartView) -> None:
        self.now = desk.clock.now()
        self.zone = view.zone
        self.people: dict[UUID, str] = {desk.member.id: desk.member.signed_name}
        self.kind: Any = None
