"""A form of the chart: the person, or the orders; a left field is durable, as at a visit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from infusion_visits.chart.panel.desk import PatientDesk
from infusion_visits.core.cells import Cell, Row
from infusion_visits.patients.fields import ROWS, SECTION
from infusion_visits.patients.order_fields import DRAFT
from infusion_visits.widgets.scrolled import Scrolled
from infusion_visits.widgets.section_form import SectionForm

if TYPE_CHECKING:
    from infusion_visits.chart.queries import ChartView
    from infusion_visits.core.desk import Desk
    from infusion_visits.records.unit_of_work import UnitOfWork

ORDERS = "orders"
FORMS = {
    "person": tuple(
        rows for rows in ROWS if rows.name not in {"therapy_order", "past_measurement"}
    ),
    ORDERS: tuple(rows for rows in ROWS if rows.name == "therapy_order"),
}


class ChartForm(QObject):
    """The form with its page and its desk. `changed` asks for the chart to be read anew."""

    saved = Signal(object)
    changed = Signal()
    finished = Signal()

    def __init__(
        self,
        kind: str,
        desk: Desk[UnitOfWork],
        view: ChartView,
        units: dict[str, str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.kind = kind
        self._desk, self._view = desk, view
        self.patient_desk = PatientDesk(desk, view.patient, view.zone, units, self)
        self.patient_desk.saved.connect(self.saved)
        self.patient_desk.changed.connect(self.changed)
        self.form = SectionForm(
            SECTION, FORMS[kind], self.patient_desk, sense=self.patient_desk.sense
        )
        self.form.finished.connect(self.finished)
        self.page = Scrolled(self.form)

    def begin(self) -> None:
        """Shows the chart, brings back what was half typed, and puts the keys where work is."""
        self.show_view(self._view)
        drafts = {
            cell: text
            for path, text in self._view.half_typed.items()
            if (cell := _cell(path)) is not None and cell.row.group in self._groups()
        }
        if drafts:
            self.form.show_drafts(drafts)
        draft = next((order for order in self._orders() if order.status == DRAFT), None)
        if self.kind == ORDERS and draft is not None:
            self.form.focus_cell(Cell(SECTION, draft.mark.row, "drug"))
        else:
            self.form.focus_first()

    def _orders(self) -> list[Any]:
        return [one for one in self._view.chart.therapy_order if one.mark.struck is None]

    def _groups(self) -> set[str]:
        return {rows.name for top in FORMS[self.kind] for rows in top.walk()}

    def show_view(self, view: ChartView) -> None:
        """The chart was read anew; what could not be saved stays as it was typed."""
        self._view = view
        failed = self.patient_desk.failed
        self.form.show_values(view.chart, _Telling(self._desk, view), (), failed)
        if failed:
            self.form.show_drafts(failed)

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


def _cell(path: str) -> Cell | None:
    _, _, rest = path.partition("/")
    group, *keys, field = rest.split("/")
    try:
        at = tuple(int(key) if key.isdigit() else UUID(key) for key in keys)
    except ValueError:
        return None
    return Cell(SECTION, Row(group, at), field)
