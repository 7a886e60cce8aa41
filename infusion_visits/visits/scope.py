"""What of the patient belongs to a visit: what was known and still open when the nurse came."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from infusion_visits.patients.order_fields import DRAFT
from infusion_visits.sections.devices.values import AccessDevice, Devices

if TYPE_CHECKING:
    from infusion_visits.patients.values import PatientChart
    from infusion_visits.visits.record import VisitHead


def as_known(key: str, values: Any, head: VisitHead) -> Any:
    """A section's values as far as they concern this visit; the rest is history, not this note."""
    if isinstance(values, Devices):
        kept = tuple(one for one in values.access_device if _device_concerns(one, head))
        return replace(values, access_device=kept)
    return values


def _device_concerns(device: AccessDevice, head: VisitHead) -> bool:
    since = head.started or head.scheduled
    return device.removed_at is None or device.removed_at >= since


def known_patient(chart: PatientChart) -> PatientChart:
    """The patient as a visit knows them: without imported history, drafts of orders, done tasks."""
    return replace(
        chart,
        past_measurement=(),
        therapy_order=tuple(order for order in chart.therapy_order if order.status != DRAFT),
        task=tuple(task for task in chart.task if task.done_at is None),
    )
