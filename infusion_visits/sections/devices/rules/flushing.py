"""Flush and lock: which template counts, heparin in all, and what a drug does not bear.

Source: clinical reference 2.3, 11.30 (10 and 100 units/mL), section 8 (totals). The order always
wins over a template; per agency protocol.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from infusion_visits.sections.devices import care_options as care
from infusion_visits.sections.devices import options as of
from infusion_visits.sections.devices.rules.templates import NEEDLE_IN, NEEDLE_OUT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from infusion_visits.patients.facts import OrderFact
    from infusion_visits.sections.devices.rules.limits import LineLimits
    from infusion_visits.sections.devices.rules.templates import (
        FlushTemplate,
        Incompatible,
        Range,
    )
    from infusion_visits.sections.devices.values import (
        AccessDevice,
        DeviceCare,
        Devices,
        LumenCheck,
    )

CHILD_BELOW_YEARS = 18


def heparin_units(units_per_ml: Decimal | None, ml: Decimal | None) -> Decimal | None:
    """Heparin in a lock, in units; None when strength or volume is not charted."""
    if units_per_ml is None or ml is None:
        return None
    return units_per_ml * ml


def heparin_rows(
    values: Devices, device: AccessDevice | None = None
) -> Iterator[LumenCheck | DeviceCare]:
    """The rows of this visit that lock with heparin: of one line, or of all."""
    wanted = device.id if device is not None else None
    for check in values.device_check:
        if check.mark.struck is None and wanted in {None, check.device_id}:
            for lumen in check.lumen_check:
                if lumen.mark.struck is None and lumen.lock_agent == "heparin":
                    yield lumen
    for act in values.device_care:
        mine = act.mark.struck is None and wanted in {None, act.device_id}
        if mine and act.lock_agent == "heparin":
            yield act


def heparin_total(values: Devices) -> Decimal:
    """Heparin in locks at this visit through all lines together, in units."""
    amounts = (heparin_units(row.lock_units_per_ml, row.lock_ml) for row in heparin_rows(values))
    return sum((amount for amount in amounts if amount is not None), Decimal(0))


def template_for(
    device: AccessDevice, limits: LineLimits, *, needle_in: bool | None
) -> FlushTemplate | None:
    """What agencies commonly write for this line; None where its end is not known and matters."""
    needle = NEEDLE_IN if needle_in else NEEDLE_OUT
    for one in limits.flushes:
        if device.kind not in one.kinds or (one.needle and one.needle != needle):
            continue
        if not one.end or one.end == (device.catheter_end or "clamped"):
            return one
    return None


def expected_ml(
    purpose: str | None,
    order: OrderFact | None,
    template: FlushTemplate | None,
    *,
    child_share: Decimal | None,
) -> tuple[Range, bool] | None:
    """The volume of a flush in mL as (least, most), and whether the order says so.

    `child_share` (percent) is set for a child: templates are written for adults.
    """
    ordered = {
        care.BEFORE: order.flush_before_ml if order else None,
        care.AFTER: order.flush_after_ml if order else None,
        care.FINAL: order.flush_after_ml if order else None,
    }.get(purpose or "")
    if ordered is not None:
        return (ordered, ordered), True
    if template is None:
        return None
    drawn = purpose == care.AFTER_DRAW
    least_most = template.after_draw_ml if drawn else template.before_after_ml
    if least_most is None:
        return None
    if child_share is None:
        return least_most, False
    return (least_most[0] * child_share / 100, least_most[1] * child_share / 100), False


def incompatible_with(order: OrderFact | None, limits: LineLimits) -> Incompatible | None:
    """The rule for the ordered drug where it does not bear one of the flush solutions."""
    if order is None:
        return None
    names = {order.drug.casefold(), order.brand.casefold()}
    if order.therapy is not None:
        names |= {order.therapy.key.casefold(), order.therapy.name.casefold()}
    for one in limits.incompatible:
        wanted = [drug.casefold().replace("_", " ") for drug in one.drugs]
        if any(drug in name.replace("_", " ") for drug in wanted for name in names if name):
            return one
    return None


def flushes(values: Devices, device: AccessDevice) -> Iterable[LumenCheck | DeviceCare]:
    """Every row of this visit that flushed or locked this line."""
    for check in values.device_check:
        if check.mark.struck is None and check.device_id == device.id:
            for lumen in check.lumen_check:
                if lumen.mark.struck is None and (lumen.saline_ml or lumen.lock_ml):
                    yield lumen
    for act in values.device_care:
        mine = act.mark.struck is None and act.device_id == device.id
        if mine and act.what in of.FLUSHING_CARES and (act.saline_ml or act.lock_ml):
            yield act
