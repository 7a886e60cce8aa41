"""What a line is called, where it lies, since when, and what others may know of it (LineFact)."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from infusion_visits.core.blocks import BodySite
from infusion_visits.core.clock import local_day
from infusion_visits.sections.devices import options as of
from infusion_visits.sections.devices.rules.seen import FOUND_OUT, NEEDLE_MOVES, last_of
from infusion_visits.sections.devices.rules.tips import tip_reported_short

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from infusion_visits.patients.facts import CareFact, Facts
    from infusion_visits.sections.devices.values import (
        AccessDevice,
        DeviceCare,
        DeviceCheck,
        Devices,
    )

_ARM_SITES = {
    "hand": "hand",
    "wrist": "forearm",
    "forearm": "forearm",
    "antecubital": "forearm",
    "upper_arm": "upper arm",
}
_LEG_SITES = ("thigh", "groin", "foot")
_TRUNK_SITES = {"chest": "chest", "neck": "neck"}
_KIND_LABELS = {option.key: option.label for option in of.KINDS}
_SITE_LABELS = {option.key: option.label for option in of.SITES}


def line_label(device: AccessDevice) -> str:
    """`Port, right chest`; `PICC, left upper arm`; `Line` while the kind is not said."""
    kind = _KIND_LABELS.get(device.kind or "", "Line")
    site = _SITE_LABELS.get(device.site or "", "")
    side = device.side if device.side in {"right", "left"} else ""
    where = " ".join(word for word in (side, site) if word)
    return f"{kind}, {where}" if where else kind


def body_site(device: AccessDevice) -> BodySite | None:
    """Where the line is drawn on the body figure; None when that is not known."""
    if device.site == "abdomen":
        return BodySite.ABDOMEN
    if device.side not in {"right", "left"} or device.site is None:
        return None
    if device.site in _ARM_SITES:
        return BodySite(f"{device.side} {_ARM_SITES[device.site]}")
    if device.site in _LEG_SITES:
        return BodySite(f"{device.side} thigh")
    if device.site in _TRUNK_SITES:
        return BodySite(f"{device.side} {_TRUNK_SITES[device.site]}")
    return None


def limb_of(device: AccessDevice) -> str:
    """`right arm` where a vein of an arm or leg holds the line; empty for trunk and subcut sets."""
    if device.kind == of.SUBCUT or device.side not in {"right", "left"}:
        return ""
    if device.site in _ARM_SITES:
        return f"{device.side} arm"
    return f"{device.side} leg" if device.site in _LEG_SITES else ""


def is_central(device: AccessDevice) -> bool:
    """Whether the tip lies in a central vein.

    A midline never is; a PICC (or any central catheter) whose tip was found short of the superior
    vena cava behaves like a midline until it is confirmed anew (clinical reference 11.7). What
    moved since is asked of `tips.moved`.
    """
    return device.kind in of.CENTRAL_KINDS and not tip_reported_short(device)


def inserted_day(device: AccessDevice, zone: str) -> date | None:
    """The local day on which the line was placed; None when not known."""
    if device.inserted_at is not None:
        return local_day(device.inserted_at, zone)
    return device.inserted_on


def lumen_labels(device: AccessDevice) -> tuple[str, ...]:
    """The lumens by their labels (`lumen 2` where one has none), struck ones left out."""
    return tuple(
        lumen.label or f"lumen {lumen.mark.row.at[-1]}"
        for lumen in device.lumen
        if lumen.mark.struck is None
    )


def lumen_numbers(device: AccessDevice) -> tuple[int, ...]:
    """The numbers of the lumens to be checked; a line without lumen rows has one, number 1."""
    numbers = tuple(
        int(str(lumen.mark.row.at[-1])) for lumen in device.lumen if lumen.mark.struck is None
    )
    return numbers or (1,)


def count_words(device: AccessDevice) -> str:
    """`single`, `double`, `triple`; empty while no lumen is recorded."""
    count = len(lumen_labels(device))
    return {1: "single", 2: "double", 3: "triple"}.get(count, f"{count} lumens" if count else "")


def device_id(device: AccessDevice) -> UUID:
    """The line's own id."""
    return device.id


def at_this_visit(device: AccessDevice, facts: Facts) -> bool:
    """Whether the line belongs to this visit: in place now, or removed or struck since arrival."""
    ended = [
        moment
        for moment in (
            device.removed_at,
            device.mark.struck.at if device.mark.struck else None,
        )
        if moment is not None
    ]
    if not ended:
        return True
    if facts.arrived is None:
        return local_day(min(ended), facts.zone) == local_day(facts.now, facts.zone)
    return min(ended) >= facts.arrived


def in_place(values: Devices, facts: Facts) -> tuple[AccessDevice, ...]:
    """The lines to be looked at: in place at arrival or placed since, none struck."""
    return tuple(
        device
        for device in values.access_device
        if device.mark.struck is None and at_this_visit(device, facts)
    )


def check_of(values: Devices, device: AccessDevice) -> DeviceCheck | None:
    """The check of this line at this visit."""
    wanted = device_id(device)
    return next(
        (
            check
            for check in values.device_check
            if check.mark.row.at[0] == wanted and check.mark.struck is None
        ),
        None,
    )


def cares_of(values: Devices, device: AccessDevice) -> tuple[DeviceCare, ...]:
    """The care given to this line at this visit, in the order of time."""
    mine = [
        care
        for care in values.device_care
        if care.device_id == device_id(device) and care.mark.struck is None
    ]
    return tuple(sorted(mine, key=lambda care: (care.done_at is None, care.done_at or _NEVER)))


def placed_at_visit(device: AccessDevice, facts: Facts) -> bool:
    """Whether we placed it since arrival."""
    return (
        device.placed_here is True
        and device.inserted_at is not None
        and facts.arrived is not None
        and device.inserted_at >= facts.arrived
    )


def removed_at_visit(device: AccessDevice, facts: Facts) -> bool:
    """Whether it was removed since arrival."""
    return (
        device.removed_at is not None
        and facts.arrived is not None
        and device.removed_at >= facts.arrived
    )


def needle_in_place(
    values: Devices, device: AccessDevice, cares_before: Sequence[CareFact] = ()
) -> bool | None:
    """Whether a port's needle is in now: the last access or de-access since the check decides.

    None when nothing says so; always True for lines that need no needle. `cares_before` are the
    facts of earlier visits.
    """
    if device.kind != of.PORT:
        return True
    state: bool | None = True if device.accessed_at is not None else None
    before = last_of(cares_before, device.id, *NEEDLE_MOVES)
    if before is not None and (device.accessed_at is None or before.at > device.accessed_at):
        state = before.what not in {of.PORT_DEACCESS, FOUND_OUT}
    check = check_of(values, device)
    if check is not None and check.accessed is not None:
        state = check.accessed
    for care in cares_of(values, device):
        if care.what in of.NEEDLE_CARES:
            state = True
        elif care.what == of.PORT_DEACCESS:
            state = False
    return state


def dwell_days(device: AccessDevice, today: date, zone: str) -> int | None:
    """Days since it was placed (0 on the day itself), up to removal; None when not known."""
    start = inserted_day(device, zone)
    if start is None:
        return None
    end = local_day(device.removed_at, zone) if device.removed_at else today
    return (end - start).days


def line_order(devices: Sequence[AccessDevice]) -> tuple[AccessDevice, ...]:
    """Central lines first, then by the day placed: the order in which they are listed."""
    return tuple(
        sorted(
            devices,
            key=lambda device: (
                not is_central(device),
                device.inserted_on or date.min,
                str(device_id(device)),
            ),
        )
    )


_NEVER = datetime.max.replace(tzinfo=UTC)
