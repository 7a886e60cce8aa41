"""Was this visit closed in good order? Opened without closed is what "recovered" means."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from infusion_visits.records import change_log, draft_text
from infusion_visits.visits.actions import CLOSED, OPENED
from infusion_visits.visits.charting import OWNER_KIND

if TYPE_CHECKING:
    from uuid import UUID

    from infusion_visits.records.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Recovered:
    """The workspace was not closed; the instant at which its last field was saved."""

    last_saved: datetime | None


def recovered(unit: UnitOfWork, visit: UUID) -> Recovered | None:
    """What to say when the visit is opened again; None after a clean close or the first time."""
    last = change_log.last_event(unit, visit, (OPENED, CLOSED))
    if last is None or last.kind == CLOSED:
        return None
    times = (
        change_log.last_change_since(unit, last.n),
        draft_text.last_typed(unit, OWNER_KIND, visit),
    )
    return Recovered(max((at for at in times if at is not None), default=None))
