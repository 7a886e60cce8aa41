"""What a form of orders asks of the chart: use it, put a ladder in, fill it from the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from infusion_visits.core.cells import Cell, Row
from infusion_visits.core.errors import Refused
from infusion_visits.patients import order_actions, order_choosing
from infusion_visits.patients.fields import SECTION
from infusion_visits.patients.order_fields import THERAPY_ORDER
from infusion_visits.patients.therapy.first_dose import history_of
from infusion_visits.patients.therapy.library import library

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from infusion_visits.chart.panel.acts import Work
    from infusion_visits.chart.panel.chart_form import ChartForm
    from infusion_visits.chart.queries import ChartView
    from infusion_visits.patients.therapy.filling import Chosen

    Do = Callable[
        [Work, Callable[[Any], None] | None, Callable[[BaseException], None] | None], None
    ]


class OrderWishes:
    """Carries out the wishes of one open form; each becomes one unit of work."""

    def __init__(
        self,
        form: ChartForm,
        view: Callable[[], ChartView | None],
        do: Do,
        report: Callable[[BaseException], None],
        done: Callable[[], None],
    ) -> None:
        self._form, self._view, self._do = form, view, do
        self._report, self._done = report, done
        form.use_asked.connect(self._use)
        form.ladder_asked.connect(self._set_ladder)
        form.therapy_asked.connect(self._choose)

    def _use(self, order: UUID) -> None:
        """What is missing is said beside the form."""
        view = self._view()
        if view is None:
            return

        def failed(error: BaseException) -> None:
            if isinstance(error, Refused) and self._form.side is not None:
                self._form.side.refuse(error.words)
            else:
                self._report(error)

        self._do(
            lambda unit: order_actions.use_order(unit, view.patient, order),
            lambda _: self._done(),
            failed,
        )

    def _set_ladder(self, order: UUID, steps: tuple[dict[str, Any], ...]) -> None:
        view = self._view()
        if view is not None:
            self._do(
                lambda unit: order_actions.set_ladder(unit, view.patient, order, steps), None, None
            )

    def _choose(self, order: UUID | None, chosen: Chosen) -> None:
        """Fills the draft from the catalogue, or begins one; the keys go to what is the nurse's."""
        view = self._view()
        therapy = library().therapy(chosen.therapy)
        if view is None or therapy is None:
            return
        history = history_of(therapy.key, therapy.generic, view.doses)

        def filled(draft: UUID) -> None:
            if self._form.page.isVisible():
                self._form.go_to(Cell(SECTION, Row(THERAPY_ORDER.name, (draft,)), "dose"))

        self._do(
            lambda unit: order_choosing.choose(unit, view.patient, order, chosen, history),
            filled,
            None,
        )
