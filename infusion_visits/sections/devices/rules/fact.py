"""What other sections may know of the lines: one LineFact each (clinical reference 1.7, 2.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infusion_visits.core.moments import show_day
from infusion_visits.patients.facts import LineFact, LineStatus
from infusion_visits.sections.devices import options as of
from infusion_visits.sections.devices.rules.due_engine import Asking
from infusion_visits.sections.devices.rules.limits import default_limits
from infusion_visits.sections.devices.rules.lines import (
    body_site,
    cares_of,
    check_of,
    dwell_days,
    inserted_day,
    is_central,
    limb_of,
    line_label,
    lumen_labels,
    needle_in_place,
)
from infusion_visits.sections.devices.rules.lumens import lumen_facts
from infusion_visits.sections.devices.rules.seen import (
    LEFT_AS,
    cares_done,
    inflamed,
    last_of,
)
from infusion_visits.sections.devices.rules.tips import (
    moved,
    tip_confirmed,
    tip_day_of,
    tip_reported_short,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from decimal import Decimal

    from infusion_visits.patients.facts import CareFact
    from infusion_visits.sections.devices.rules.limits import LineLimits
    from infusion_visits.sections.devices.rules.tips import Moved
    from infusion_visits.sections.devices.values import AccessDevice, Devices

_STATUS = {
    "infusing": LineStatus.IN_USE,
    "locked": LineStatus.LOCKED,
    "deaccessed": LineStatus.NO_NEEDLE,
    "not_in_use": LineStatus.NOT_TO_BE_USED,
    "problem": LineStatus.PROBLEM,
}


_SET_ASIDE = {"not_in_use": "set aside", "problem": "a problem was suspected"}


def line_facts(
    values: Devices,
    zone: str = "UTC",
    *,
    before: Sequence[CareFact] = (),
    today: date | None = None,
    limits: LineLimits | None = None,
) -> tuple[LineFact, ...]:
    """What other sections may know of the patient's lines; struck ones left out.

    `before` are the facts of earlier visits, `today` the local day that dwell is counted to.
    """
    limits = limits if limits is not None else default_limits()
    return tuple(
        _fact(values, device, zone, before, today, limits)
        for device in values.access_device
        if device.mark.struck is None
    )


def _fact(
    values: Devices,
    device: AccessDevice,
    zone: str,
    before: Sequence[CareFact],
    today: date | None,
    limits: LineLimits,
) -> LineFact:
    cares = (*before, *cares_done(values, zone))
    away = moved(device, cares, zone, limits.of("external_out_cm"))
    accessed = needle_in_place(values, device, before) if device.kind == of.PORT else None
    needle = _needle_days(device, cares, zone, today, limits) if accessed else None
    return LineFact(
        device=device.id,
        kind=device.kind or "",
        label=line_label(device),
        central=is_central(device) and away is None,
        site=body_site(device),
        limb=limb_of(device),
        lumens=lumen_labels(device),
        inserted=inserted_day(device, zone),
        in_place=device.removed_at is None,
        status=line_status(values, device, before, accessed=accessed),
        for_infusion=device.kind not in of.REFERENCE_KINDS,
        tip_confirmed=tip_confirmed(device),
        why_not_central=why_not_central(device, away),
        dwell_days=dwell_days(device, today, zone) if today is not None else None,
        needle_days=needle,
        accessed=accessed,
        gauge=_gauge(values, device),
        why_not=_why_not(values, device, cares, limits),
        lumen_facts=lumen_facts(values, device, before, limits, zone),
    )


def line_status(
    values: Devices,
    device: AccessDevice,
    before: Sequence[CareFact],
    *,
    accessed: bool | None,
) -> LineStatus:
    """How the line stands: removed, not ours, as it was left last, or by its needle."""
    if device.kind in of.REFERENCE_KINDS:
        return LineStatus.REFERENCE
    if device.removed_at is not None:
        return LineStatus.REMOVED
    check = check_of(values, device)
    left = check.left_as if check is not None and check.left_as else None
    if left is None:
        last = last_of(before, device.id, LEFT_AS)
        left = last.detail if last is not None else None
    standing = _STATUS.get(left or "")
    if standing in {LineStatus.PROBLEM, LineStatus.NOT_TO_BE_USED}:
        return standing
    if accessed is False:
        return LineStatus.NO_NEEDLE
    return LineStatus.IN_USE if standing in {None, LineStatus.NO_NEEDLE} else standing


def why_not_central(device: AccessDevice, away: Moved | None) -> str:
    """Why a line counts as not central, in words; "" where it does, or never could."""
    if device.kind not in of.CENTRAL_KINDS:
        return ""
    if tip_reported_short(device):
        day = tip_day_of(device)
        return f"the tip was found short of the vena cava{f' on {show_day(day)}' if day else ''}"
    if away is None:
        return ""
    return f"it moved by {away.change.shown}, seen on {show_day(away.seen_on)}"


def _needle_days(
    device: AccessDevice,
    cares: Sequence[CareFact],
    zone: str,
    today: date | None,
    limits: LineLimits,
) -> int | None:
    """Days since the needle now in the port was put in (clinical reference 11.8)."""
    if today is None:
        return None
    since = Asking.of(device, cares, today, limits, now=None, zone=zone).accessed_on()
    return (today - since).days if since is not None else None


def _gauge(values: Devices, device: AccessDevice) -> Decimal | None:
    """The gauge that the infusion runs through: the needle's in a port."""
    if device.kind != of.PORT:
        return device.gauge
    needles = [one for one in cares_of(values, device) if one.what in of.NEEDLE_CARES]
    return needles[-1].needle_gauge if needles else device.needle_gauge


def _why_not(
    values: Devices, device: AccessDevice, cares: Sequence[CareFact], limits: LineLimits
) -> str:
    """Why nothing should run through the line now, from what this visit and earlier ones saw."""
    if device.kind in of.REFERENCE_KINDS:
        return "it is kept for dialysis"
    check = check_of(values, device)
    if check is not None:
        if check.integrity not in {None, "intact"}:
            return "the catheter is damaged"
        if check.pocket not in {None, "normal"}:
            return "the port pocket is not sound"
        if check.infiltration_ins not in {None, "0"} or check.extravasation:
            return "it has infiltrated"
        if check.left_as in _SET_ASIDE:
            return f"{_SET_ASIDE[check.left_as]} at this visit"
    red = inflamed(cares, device.id, limits.of("report_phlebitis_from"))
    if red is not None and device.kind == of.PIV:
        return red[1]
    last = last_of(cares, device.id, LEFT_AS)
    left = last.detail if last is not None and check is None else ""
    return f"{_SET_ASIDE[left]} at the last visit" if left in _SET_ASIDE else ""
