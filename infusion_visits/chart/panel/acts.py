"""What the cards of a chart ask of the panel around them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from infusion_visits.core.cells import Cell
from infusion_visits.core.desk import Place

if TYPE_CHECKING:
    from infusion_visits.records.unit_of_work import UnitOfWork

Work = Callable[["UnitOfWork"], Any]


@dataclass(frozen=True)
class ChartActs:
    """Callables of the panel; the cards know no runner and no other screen.

    `do` runs work in one unit of work, reads the chart anew and then calls the first callable with
    the result; the second one gets the error, which else goes to the one reporter.
    """

    do: Callable[[Work, Callable[[Any], None] | None, Callable[[BaseException], None] | None], None]
    open: Callable[[Place], None]
    plan: Callable[[], None]
    start: Callable[[UUID], None]
    edit: Callable[[str], None]
    edit_order: Callable[[UUID, Cell | None], None]
    measurements: Callable[[], None]
