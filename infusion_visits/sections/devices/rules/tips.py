"""Where the tip of a line lies now, and against which length later ones are compared.

Source: clinical reference 2.6 (migration), 8.14 (change of the external length), 11.7 (a tip that
is not central), 11.22 (a baseline only after a documented confirmation).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from infusion_visits.core.calculations.exact import CannotBeWorkedOut, Figure
from infusion_visits.core.calculations.external_length import Change, change, inner_length
from infusion_visits.core.calculations.quantities import Centimetres
from infusion_visits.core.clock import local_day
from infusion_visits.sections.devices import options as of
from infusion_visits.sections.devices.rules.seen import LENGTH_SEEN, last_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from infusion_visits.patients.facts import CareFact
    from infusion_visits.sections.devices.values import AccessDevice, TipConfirmation

UNCONFIRMED = (None, "none")


def confirmations(device: AccessDevice) -> tuple[TipConfirmation, ...]:
    """What confirmed the tip anew, earliest first; struck ones left out."""
    kept = [
        one
        for one in device.tip_confirmation
        if one.mark.struck is None and one.confirmed_on is not None and one.tip is not None
    ]
    return tuple(sorted(kept, key=lambda one: (one.confirmed_on, str(one.mark.row.at[-1]))))


def tip_of(device: AccessDevice) -> str | None:
    """Where the tip lies as last confirmed; as recorded at insertion while never again."""
    anew = confirmations(device)
    return anew[-1].tip if anew else device.tip


def tip_method_of(device: AccessDevice) -> str | None:
    """By what the tip was last confirmed."""
    anew = confirmations(device)
    return anew[-1].method if anew else device.tip_method


def tip_day_of(device: AccessDevice) -> date | None:
    """The day on which the tip was last confirmed."""
    anew = confirmations(device)
    return anew[-1].confirmed_on if anew else device.tip_confirmed_on


def tip_confirmed(device: AccessDevice) -> bool | None:
    """Whether the tip of a central line is known; None where no tip is to be confirmed."""
    if device.kind not in of.CENTRAL_KINDS:
        return None
    return tip_of(device) not in {None, "not_known"} and tip_method_of(device) not in UNCONFIRMED


def tip_reported_short(device: AccessDevice) -> bool:
    """Whether the tip of a central line was found short of the superior vena cava."""
    return device.kind in of.CENTRAL_KINDS and tip_of(device) in of.TIP_NOT_CENTRAL


def baseline_cm(device: AccessDevice) -> Decimal | None:
    """The external length that later ones are compared with: of the last confirmation that gives
    one, else the one recorded of the line. Never 0 for an unknown one."""
    for one in reversed(confirmations(device)):
        if one.external_length_cm is not None:
            return one.external_length_cm
    return device.external_length_cm


@dataclass(frozen=True, slots=True)
class Moved:
    """A catheter that lies elsewhere than when its tip was last confirmed."""

    change: Change
    seen_on: date
    now_cm: Decimal


def length_change(device: AccessDevice, now: Decimal, out_from: Decimal) -> Change:
    """Change of the external length against the baseline, outward positive."""
    base = baseline_cm(device)
    return change(Centimetres(base) if base is not None else None, Centimetres(now), out_from)


def moved(
    device: AccessDevice, cares: Iterable[CareFact], zone: str, out_from: Decimal
) -> Moved | None:
    """Whether the last measured length alarms and no tip confirmation has come since.

    `cares` are the facts of all visits, this one's included. `out_from` in cm.
    """
    seen = last_of(cares, device.id, LENGTH_SEEN)
    if seen is None or device.kind not in of.LONG_KINDS:
        return None
    now, day = Decimal(seen.detail), local_day(seen.at, zone)
    found = length_change(device, now, out_from)
    if not found.movement.alerts:
        return None
    confirmed = any((one.confirmed_on or date.min) >= day for one in confirmations(device))
    return None if confirmed else Moved(found, day, now)


def inside(device: AccessDevice, external: Decimal | None) -> Figure | None:
    """The estimated length inside; None where the trimmed length or the outer one is not known."""
    if device.trimmed_length_cm is None or external is None:
        return None
    try:
        return inner_length(Centimetres(device.trimmed_length_cm), Centimetres(external))
    except CannotBeWorkedOut:
        return None
