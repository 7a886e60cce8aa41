"""How a line was taken out: what must be told of it, and whether all of it came out (2.7)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from infusion_visits.core.charted import clock_words
from infusion_visits.core.clock import local_day
from infusion_visits.core.findings import Finding, Level
from infusion_visits.core.planned import PlannedTask
from infusion_visits.core.units import CENTIMETRE, MINUTE, with_unit
from infusion_visits.sections.devices import options as of
from infusion_visits.sections.devices.fields import ACCESS_DEVICE
from infusion_visits.sections.devices.rules.limits import limits_of
from infusion_visits.sections.devices.rules.lines import (
    check_of,
    line_label,
    removed_at_visit,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from decimal import Decimal

    from infusion_visits.patients.facts import Facts
    from infusion_visits.sections.devices.rules.looked import Looked
    from infusion_visits.sections.devices.values import AccessDevice, Devices

_MEASURED_KINDS = (of.PICC, of.MIDLINE)
_CENTRAL_HERE = (of.PICC, of.NON_TUNNELED, of.TUNNELED)
_PRESSURE = {
    of.PIV: "pressure_minutes_piv",
    of.MIDLINE: "pressure_minutes_picc",
    of.PICC: "pressure_minutes_picc",
    of.TUNNELED: "pressure_minutes_picc",
    of.NON_TUNNELED: "pressure_minutes_picc",
    of.PORT: "pressure_minutes_picc",
}
"""Whose pressure is asked about: a needle under the skin leaves no vein open."""


def expected_length(device: AccessDevice) -> Decimal | None:
    """How long a removed catheter must be, in cm: as trimmed, else inside plus outside."""
    if device.trimmed_length_cm is not None:
        return device.trimmed_length_cm
    if device.inserted_length_cm is not None and device.external_length_cm is not None:
        return device.inserted_length_cm + device.external_length_cm
    return device.catheter_length_cm if device.kind in _MEASURED_KINDS else None


def removal_findings(looked: Looked) -> Iterator[Finding]:
    """What the removal at this visit must tell, and what went wrong with it."""
    device, facts = looked.device, looked.facts
    if not removed_at_visit(device, facts):
        return
    for name in _asked(device.kind or ""):
        if getattr(device, name) is None and name not in device.mark.not_done:
            yield looked.missing(ACCESS_DEVICE.leaf(name).label, looked.attribute(name))
    yield from _embolism(looked)
    yield from _pressure(looked)
    if device.kind in _CENTRAL_HERE:
        yield from _air(looked)
    if device.kind == of.PORT or (device.kind == of.TUNNELED and device.cuffed is not False):
        yield from looked.alert(
            "not_ours_to_remove",
            "A port or cuffed catheter is not removed at home",
            looked.attribute("removed_at"),
            detail="say who removed it and where.",
            at=device.removed_at,
        )


def _asked(kind: str) -> tuple[str, ...]:
    if kind == of.SUBCUT or kind in of.REFERENCE_KINDS:
        return ("removal_reason", "removal_site")
    asked: tuple[str, ...] = ("removal_reason", "tip_intact", "pressure_minutes", "removal_site")
    if kind in of.LONG_KINDS:
        asked = (*asked, "removal_order")
    if kind in _MEASURED_KINDS:
        return (*asked, "removed_length_cm", "removal_tolerated")
    return (*asked, "removal_tolerated")


def _pressure(looked: Looked) -> Iterator[Finding]:
    device = looked.device
    key = _PRESSURE.get(device.kind or "")
    if key is None:
        return
    least = looked.limits.of(key)
    if device.anticoagulated:
        least = max(least, looked.limits.of("pressure_minutes_anticoagulated"))
    held = device.pressure_minutes
    if held is not None and held < least:
        longer = "" if device.anticoagulated else ", longer on a blood thinner"
        yield looked.finding(
            "pressure",
            Level.ADVICE,
            f"Pressure held {with_unit(held, MINUTE)} after removal",
            looked.attribute("pressure_minutes"),
            detail=f"at least {with_unit(least, MINUTE)}{longer}.",
            at=device.removed_at,
        )


def _air(looked: Looked) -> Iterator[Finding]:
    """Air must not be drawn in: position, breath, an airtight dressing, lying flat."""
    device = looked.device
    least = looked.limits.of("flat_minutes_central")
    wrong: list[tuple[str, str]] = []
    if device.removal_position == "sitting":
        wrong.append(("removal_position", "taken out while sitting"))
    if device.removal_breath == "not_able":
        wrong.append(("removal_breath", "without bearing down or breathing out"))
    if device.removal_ointment is False:
        wrong.append(("removal_ointment", "without an airtight dressing with ointment"))
    if device.flat_minutes is not None and device.flat_minutes < least:
        said = f"flat for {with_unit(device.flat_minutes, MINUTE)} of {with_unit(least, MINUTE)}"
        wrong.append(("flat_minutes", said))
    for field, words in wrong:
        yield looked.finding(
            "air_precaution",
            Level.ADVICE,
            f"Air embolism precaution: {words}",
            looked.attribute(field),
            detail="watch breathing, chest pain and color; airtight dressing for 24\u00a0h.",
            at=device.removed_at,
        )


def _embolism(looked: Looked) -> Iterator[Finding]:
    device = looked.device
    expected = expected_length(device)
    tolerance = looked.limits.of("removed_length_tolerance_cm")
    removed = device.removed_length_cm
    short = removed is not None and expected is not None and expected - removed > tolerance
    if not short and device.tip_intact is not False:
        return
    size = ""
    if removed is not None and expected is not None:
        size = f"{with_unit(removed, CENTIMETRE)} removed of {with_unit(expected, CENTIMETRE)}; "
    yield from looked.alert(
        "catheter_embolism",
        "A piece of the catheter may be missing",
        looked.attribute("removed_length_cm" if short else "tip_intact"),
        detail=f"{size}removed {clock_words(device.removed_at, looked.facts)}.",
        guidance="911: tourniquet high on the arm, strict rest, keep the catheter.",
        at=device.removed_at,
        removal_answers=False,
    )


def follow_up(values: Devices, facts: Facts) -> tuple[PlannedTask, ...]:
    """What the lines of this visit leave to be done, each with its day at the home."""
    limits = limits_of(facts)
    return tuple(
        task
        for device in values.access_device
        if device.mark.struck is None and device.kind not in of.REFERENCE_KINDS
        for task in _tasks(values, device, facts, int(limits.of("look_after_removal_hours")))
    )


def _tasks(
    values: Devices, device: AccessDevice, facts: Facts, look_hours: int
) -> Iterator[PlannedTask]:
    label, origin = line_label(device), f"devices/{device.mark.row.path()}"
    if removed_at_visit(device, facts) and device.removed_at is not None:
        out = local_day(device.removed_at, facts.zone)
        if device.kind in {of.PIV, of.MIDLINE}:
            due = local_day(device.removed_at + timedelta(hours=look_hours), facts.zone)
            words = (
                f"Look at or ask about the site of the removed line within {look_hours} h: {label}"
            )
            yield PlannedTask(words, due_day=due, origin=origin)
        if device.culture_sent:
            yield _in_days(f"Result of the culture sent at removal: {label}", out, 3, origin)
        return
    check = check_of(values, device)
    today = local_day(facts.now, facts.zone)
    if check is not None and check.need == "remove":
        yield _in_days(f"Ask for the order to remove: {label}", today, 1, origin)
    if check is not None and check.need == "unclear":
        yield _in_days(f"Ask the prescriber whether it is still needed: {label}", today, 1, origin)


def _in_days(what: str, today: date, days: int, origin: str) -> PlannedTask:
    return PlannedTask(what, due_day=today + timedelta(days=days), origin=origin)
