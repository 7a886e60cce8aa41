"""What a visit saw of a line that later visits and due dates go by, as facts of care.

The history keeps the last of each kind (`CareFact.what`) for each line; `detail` is what was seen.
"""

from __future__ import annotations

from datetime import datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING

from infusion_visits.core.clock import instant_of
from infusion_visits.patients.facts import CareFact
from infusion_visits.sections.devices import options as of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from uuid import UUID

    from infusion_visits.sections.devices.values import DeviceCheck, Devices, LumenCheck

FOUND_IN = "found_accessed"
FOUND_OUT = "found_not_accessed"
NEEDLE_MOVES = (*of.NEEDLE_CARES, of.PORT_DEACCESS, FOUND_IN, FOUND_OUT)
DRESSING_SEEN = "dressing_seen"
SECUREMENT_SEEN = "securement_seen"
LENGTH_SEEN = "length_seen"
SIGNS_SEEN = "signs_seen"
PHLEBITIS_INS = "phlebitis_ins_seen"
PHLEBITIS_VIP = "phlebitis_vip_seen"
PHLEBITIS = (PHLEBITIS_INS, PHLEBITIS_VIP)
NEED_SEEN = "need_seen"
LEFT_AS = "left_as"
_LUMEN_LEFT = "lumen_left_"


def lumen_left(number: int) -> str:
    """The kind of fact that says how one lumen was left."""
    return f"{_LUMEN_LEFT}{number}"


def cares_done(values: Devices, zone: str) -> tuple[CareFact, ...]:
    """The care of one visit as the due dates need it, flushes charted with the check included.

    `detail` is the dressing type of a dressing, the set type of a set, the reason of a connector.
    The date written on a dressing counts as its change, at the start of that local day.
    """
    done = [
        CareFact(care.device_id, care.what, care.done_at, _detail(care.what, care))
        for care in values.device_care
        if care.mark.struck is None and care.device_id and care.done_at and care.what
    ]
    for check in values.device_check:
        if check.mark.struck is None and check.device_id and check.checked_at:
            done.extend(_of_check(check, check.device_id, check.checked_at, zone))
    return tuple(done)


def _detail(what: str, care: object) -> str:
    name = {of.SET_CHANGE: "set_type", of.CONNECTOR_CHANGE: "why"}.get(what, "dressing_type")
    return str(getattr(care, name) or "")


def _of_check(check: DeviceCheck, device: UUID, at: datetime, zone: str) -> Iterator[CareFact]:
    if check.accessed is not None:
        yield CareFact(device, FOUND_IN if check.accessed else FOUND_OUT, at)
    lumens = [lumen for lumen in check.lumen_check if lumen.mark.struck is None]
    yield from _of_lumens(lumens, device, at)
    if check.dressing_dated is not None:
        start = instant_of(datetime.combine(check.dressing_dated, time.min), zone)
        yield CareFact(device, of.DRESSING_CHANGE, start, check.dressing_type or "")
    seen = {
        DRESSING_SEEN: check.dressing_state,
        SECUREMENT_SEEN: check.securement_state,
        LENGTH_SEEN: check.external_length_cm,
        PHLEBITIS_INS: check.phlebitis_ins,
        PHLEBITIS_VIP: check.phlebitis_vip,
        NEED_SEEN: check.need,
        LEFT_AS: check.left_as,
    }
    if check.site is not None:
        seen[SIGNS_SEEN] = ",".join(check.signs or ()) if check.site == of.SIGNS_PRESENT else ""
    for what, value in seen.items():
        if value is not None:
            yield CareFact(device, what, at, f"{value}")


def _of_lumens(lumens: Iterable[LumenCheck], device: UUID, at: datetime) -> Iterator[CareFact]:
    lumens = tuple(lumens)
    if any(lumen.saline_ml or lumen.lock_ml for lumen in lumens):
        yield CareFact(device, of.FLUSH_LOCK, at)
    changed = [lumen for lumen in lumens if lumen.connector_changed]
    if changed:
        yield CareFact(device, of.CONNECTOR_CHANGE, at, changed[0].connector_why or "")
    for lumen in lumens:
        if lumen.left_as:
            number = int(str(lumen.mark.row.at[-1]))
            yield CareFact(device, lumen_left(number), at, lumen.left_as)


def last_of(cares: Iterable[CareFact], device: UUID, *what: str) -> CareFact | None:
    """The latest fact of these kinds about a line."""
    mine = [care for care in cares if care.device == device and care.what in what]
    return max(mine, key=lambda care: care.at, default=None)


def inflamed(
    cares: Iterable[CareFact], device: UUID, least: Decimal
) -> tuple[CareFact, str] | None:
    """The last phlebitis of this line where its grade is `least` or more, and its words.

    Each scale speaks for itself: a grade is never compared with one of another scale.
    """
    cares = tuple(cares)
    for what, scale in ((PHLEBITIS_INS, "INS"), (PHLEBITIS_VIP, "VIP")):
        last = last_of(cares, device, what)
        if last is not None and Decimal(last.detail) >= least:
            return last, f"phlebitis {scale} {last.detail}"
    return None
