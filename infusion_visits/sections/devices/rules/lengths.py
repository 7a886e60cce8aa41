"""The tip, the external length and the arm: did the catheter move, is a clot suspected?

Source: clinical reference 2.6 (thresholds), 8.14 (change of the external length), 11.7, 11.22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from infusion_visits.core.calculations.external_length import Movement
from infusion_visits.core.findings import Finding, Level
from infusion_visits.core.moments import show_day
from infusion_visits.core.units import CENTIMETRE, with_unit
from infusion_visits.sections.devices import options as of
from infusion_visits.sections.devices.rules.lines import inserted_day
from infusion_visits.sections.devices.rules.tips import (
    baseline_cm,
    confirmations,
    length_change,
    moved,
    tip_confirmed,
    tip_reported_short,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from infusion_visits.core.calculations.external_length import Change
    from infusion_visits.sections.devices.rules.looked import Looked
    from infusion_visits.sections.devices.values import DeviceCheck

_SECURE = (
    "Secure, do not push back, no vesicant or nutrition, tell the prescriber now, "
    "image the tip before central use."
)
SWOLLEN = frozenset(
    {"swelling", "pain", "arm_swelling", "neck_swelling", "pain_with_infusion", "arm_pain"}
)
CLOT = frozenset({"arm_swelling", "neck_swelling", "chest_veins", "discoloration"})


def tip_findings(looked: Looked) -> Iterator[Finding]:
    """Where the tip is, and whether it was confirmed after what changed."""
    device = looked.device
    if device.kind not in of.CENTRAL_KINDS:
        return
    if tip_reported_short(device):
        yield from looked.alert(
            "tip_not_central",
            "The tip is not central",
            looked.attribute("tip"),
            detail="treated as a midline: no vesicant, no nutrition over 900 mOsm/L.",
            guidance="Ask the prescriber before central use.",
        )
    elif not tip_confirmed(device):
        yield looked.finding(
            "tip_not_confirmed",
            Level.ADVICE,
            "Tip confirmation is not recorded",
            looked.attribute("tip_method"),
            detail="ask the facility for place, method and day.",
        )
    yield from _moved_before(looked)
    yield from _baseline_after_tip(looked)


def _moved_before(looked: Looked) -> Iterator[Finding]:
    """A catheter that moved at an earlier visit stays not central until it is confirmed."""
    check = looked.check
    if check is not None and check.external_length_cm is not None:
        return
    limit = looked.limits.of("external_out_cm")
    away = moved(looked.device, looked.cares, looked.facts.zone, limit)
    if away is not None:
        yield from looked.alert(
            "moved_before",
            f"Moved by {away.change.shown} on {show_day(away.seen_on)}, tip not confirmed since",
            looked.attribute("tip"),
            detail="treated as a midline until the tip is confirmed.",
            guidance=_SECURE,
        )


def _baseline_after_tip(looked: Looked) -> Iterator[Finding]:
    """A baseline measured anew counts only after the tip was confirmed anew (11.22)."""
    device = looked.device
    placed = inserted_day(device, looked.facts.zone)
    measured = device.measured_on
    if measured is None or placed is None or measured <= placed:
        return
    days = [one.confirmed_on for one in confirmations(device)]
    if any(day is not None and day >= measured for day in (*days, device.tip_confirmed_on)):
        return
    yield looked.finding(
        "baseline_not_confirmed",
        Level.STOP,
        "The baseline length was measured anew without a new tip confirmation",
        looked.attribute("measured_on"),
        detail="an unchanged length since then does not show where the tip is; "
        "chart the confirmation, or say why it stands.",
        overridable=True,
    )


def length_findings(looked: Looked, check: DeviceCheck) -> Iterator[Finding]:
    """The external length and the arm of this check against their baselines."""
    if check.external_length_cm is not None:
        yield from _external(looked, check, check.external_length_cm)
    yield from _arm(looked, check)


def _external(looked: Looked, check: DeviceCheck, now: Decimal) -> Iterator[Finding]:
    found = length_change(looked.device, now, looked.limits.of("external_out_cm"))
    base = baseline_cm(looked.device)
    if base is None:
        yield looked.finding(
            "no_baseline",
            Level.ADVICE,
            "External length cannot be compared: no baseline is recorded",
            looked.attribute("external_length_cm"),
            at=check.checked_at,
        )
    elif found.movement.alerts:
        yield from looked.alert(
            "migrated",
            f"External length changed: {change_words(found)}",
            looked.cell("external_length_cm"),
            detail=f"{with_unit(now, CENTIMETRE)} now, {with_unit(base, CENTIMETRE)} at the "
            "baseline. Not used as a central line until the tip is confirmed.",
            guidance=_SECURE,
            at=check.checked_at,
        )


def change_words(found: Change) -> str:
    """`2 cm further out`, `1.5 cm inward`, `no change`, `cannot be compared, no baseline`."""
    if found.movement is Movement.UNKNOWN:
        return "cannot be compared, no baseline"
    if found.movement is Movement.NONE:
        return "no change"
    size = found.shown.lstrip("+−")
    return f"{size} inward" if found.movement is Movement.INWARD else f"{size} further out"


def same_point(looked: Looked, check: DeviceCheck) -> bool:
    """Whether the arm was measured where the baseline was; unsaid counts as the same."""
    before, now = looked.device.arm_measured_above_cm, check.arm_measured_above_cm
    return before is None or now is None or before == now


def _arm(looked: Looked, check: DeviceCheck) -> Iterator[Finding]:
    baseline, now = looked.device.arm_circumference_cm, check.arm_circumference_cm
    seen = {*(check.signs or ()), *(check.symptoms or ())}
    cell = looked.cell("arm_circumference_cm")
    if now is not None and baseline is not None and not same_point(looked, check):
        yield looked.finding(
            "arm_other_point",
            Level.ADVICE,
            "The arm was measured at another point than the baseline",
            looked.cell("arm_measured_above_cm"),
            detail="the two cannot be compared; measure at the same point.",
            at=check.checked_at,
        )
    elif now is not None and baseline is not None:
        grown = now - baseline
        if grown >= looked.limits.of("arm_increase_cm"):
            words = f"Arm circumference {with_unit(grown, CENTIMETRE)} more than at the baseline"
            yield from _clot(looked, check, words, suspected=bool(seen & SWOLLEN))
            return
    if now is not None and check.other_arm_cm is not None:
        more = now - check.other_arm_cm
        if more > looked.limits.of("other_arm_cm"):
            words = f"Arm circumference {with_unit(more, CENTIMETRE)} more than the other arm"
            yield from _clot(looked, check, words, suspected=bool(seen & SWOLLEN))
            return
    if seen & CLOT and now is None and looked.device.kind in of.ARM_KINDS:
        yield looked.finding(
            "arm_not_measured",
            Level.ADVICE,
            "Measure both arms: swelling, dusky skin or wide veins are charted",
            cell,
            detail="at the point of the baseline.",
            at=check.checked_at,
        )


def _clot(looked: Looked, check: DeviceCheck, words: str, *, suspected: bool) -> Iterator[Finding]:
    cell = looked.cell("arm_circumference_cm")
    if suspected:
        yield from looked.alert(
            "arm_grown",
            words,
            cell,
            detail="with swelling or pain: a clot is suspected.",
            guidance="Stop using it, do not remove it, no blood pressure on that arm, "
            "tell the prescriber now, ultrasound by order.",
            at=check.checked_at,
        )
    else:
        yield looked.finding(
            "arm_grown",
            Level.ADVICE,
            words,
            cell,
            detail="no swelling or pain charted; measure again at the same point.",
            at=check.checked_at,
        )
