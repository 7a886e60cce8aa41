"""What of the patient belongs to a visit: what was known and still open when the nurse came."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from infusion_visits.patients.order_fields import DRAFT
from infusion_visits.sections.complications.rules import State, state_of, steps_of
from infusion_visits.sections.complications.values import Complications
from infusion_visits.sections.devices.values import AccessDevice, Devices

if TYPE_CHECKING:
    from datetime import datetime

    from infusion_visits.core.marks import Mark
    from infusion_visits.patients.values import PatientChart
    from infusion_visits.sections.complications.values import Complication
    from infusion_visits.visits.record import VisitHead


def as_known(key: str, values: Any, head: VisitHead) -> Any:
    """A section's values as far as they concern this visit; the rest is history, not this note."""
    if isinstance(values, Devices):
        kept = tuple(one for one in values.access_device if _device_concerns(one, head))
        return replace(values, access_device=kept)
    if isinstance(values, Complications):
        told = (_as_of(one, head) for one in values.complication)
        kept_ones = tuple(one for one in told if one and _complication_concerns(one, head))
        return replace(values, complication=kept_ones)
    return values


def _as_of(complication: Complication, head: VisitHead) -> Complication | None:
    """The complication as this visit knew it: a visit that is signed late does not tell the steps
    that later visits wrote. None where it was first noticed at a later visit."""
    if _is_later(complication.mark, head):
        return None
    kept = tuple(one for one in complication.complication_step if not _is_later(one.mark, head))
    return replace(complication, complication_step=kept)


def _is_later(mark: Mark, head: VisitHead) -> bool:
    """Whether it was written at another visit, after this one was completed."""
    written = mark.entered_at
    if mark.visit is None or mark.visit == head.id or head.completed is None or written is None:
        return False
    return written > head.completed


def _came(head: VisitHead) -> datetime:
    """When the nurse came, to the minute: other times are typed no finer."""
    return (head.started or head.scheduled).replace(second=0, microsecond=0)


def _complication_concerns(complication: Complication, head: VisitHead) -> bool:
    """Open when the nurse came, or touched since; what was closed before is history."""
    since = _came(head)
    if complication.mark.struck is not None:
        return complication.mark.struck.at >= since
    if state_of(complication) is State.OPEN:
        return True
    times = [step.happened_at for step in steps_of(complication)]
    return any(at is not None and at >= since for at in (complication.noticed_at, *times))


def _device_concerns(device: AccessDevice, head: VisitHead) -> bool:
    since = _came(head)
    return device.removed_at is None or device.removed_at >= since


def known_patient(chart: PatientChart) -> PatientChart:
    """The patient as a visit knows them: without imported history, drafts of orders, done tasks."""
    return replace(
        chart,
        past_measurement=(),
        therapy_order=tuple(order for order in chart.therapy_order if order.status != DRAFT),
        task=tuple(task for task in chart.task if task.done_at is None),
    )
