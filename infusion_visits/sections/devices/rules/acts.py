"""What was done to a line and must be told: placing, tip, port needle, locks, removal."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from infusion_visits.core.cells import Cell
from infusion_visits.core.charted import clock_words
from infusion_visits.core.findings import Finding, Level
from infusion_visits.core.units import CENTIMETRE, with_unit
from infusion_visits.sections.devices import options as of
from infusion_visits.sections.devices.fields import ACCESS_DEVICE, CHECK_KINDS, SECTION
from infusion_visits.sections.devices.rules import grades
from infusion_visits.sections.devices.rules.due import DueState, care_due
from infusion_visits.sections.devices.rules.lines import (
    cares_of,
    inserted_day,
    placed_at_visit,
    removed_at_visit,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from infusion_visits.sections.devices.rules.looked import Looked
    from infusion_visits.sections.devices.values import AccessDevice, DeviceCare, LumenCheck

ADULT_YEARS = 18
_CATHETER_LENGTH_KINDS = (of.PICC, of.MIDLINE)


def act_findings(looked: Looked) -> Iterator[Finding]:
    """Findings about placing, tip, needle, locks and removal of one line."""
    yield from _placing(looked)
    yield from _tip(looked)
    yield from _needle(looked)
    yield from _overdue(looked)
    yield from _locks(looked)
    yield from _removal(looked)


def _placing(looked: Looked) -> Iterator[Finding]:
    device, facts = looked.device, looked.facts
    asked = inserted_day(device, facts.zone) is None and device.inserted_precision != "unknown"
    if asked and facts.kind in CHECK_KINDS and "inserted_on" not in device.mark.not_done:
        yield looked.missing(
            "day it was placed (or that it is not known)", looked.attribute("inserted_on")
        )
    attempts = device.attempts
    if placed_at_visit(device, facts) and attempts is not None:
        yield from _attempts(looked, attempts)
    adult = facts.age_years is None or facts.age_years >= ADULT_YEARS
    if device.kind == of.PIV and device.site == "foot" and adult:
        yield looked.finding(
            "foot",
            Level.ADVICE,
            "Peripheral line in a foot of an adult",
            looked.attribute("site"),
            detail="ask for another site.",
        )
    if device.kind == of.NON_TUNNELED:
        yield looked.finding(
            "not_for_home",
            Level.ADVICE,
            "A central catheter that is not tunneled is normally not for the home",
            looked.attribute("kind"),
            detail="ask for a plan.",
        )


def _attempts(looked: Looked, attempts: Decimal) -> Iterator[Finding]:
    words = f"{attempts} attempts to place the line"
    cell, at = looked.attribute("attempts"), looked.device.inserted_at
    most = looked.limits.of("attempts_in_all")
    one_nurse = looked.limits.of("attempts_one_nurse")
    if attempts > most:
        detail = f"at most {most} in all per agency protocol."
        yield from looked.alert("attempts", words, cell, detail=detail, at=at)
    elif attempts > one_nurse:
        detail = f"at most {one_nurse} by one nurse per agency protocol."
        yield looked.finding("attempts", Level.ADVICE, words, cell, detail=detail, at=at)


def _tip(looked: Looked) -> Iterator[Finding]:
    device = looked.device
    if device.kind not in of.CENTRAL_KINDS:
        return
    if device.tip in of.TIP_NOT_CENTRAL:
        yield from looked.alert(
            "tip_not_central",
            "The tip is not central",
            looked.attribute("tip"),
            detail="treated as a midline: no vesicant, no nutrition over 900 mOsm/L.",
            guidance="Ask the prescriber before central use.",
        )
    elif device.tip in {None, "not_known"} or device.tip_method in {None, "none"}:
        yield looked.finding(
            "tip_not_confirmed",
            Level.ADVICE,
            "Tip confirmation is not recorded",
            looked.attribute("tip_method"),
            detail="ask the facility for place, method and day.",
        )


def _needle(looked: Looked) -> Iterator[Finding]:
    device, _facts = looked.device, looked.facts
    if device.kind != of.PORT:
        return
    cares = cares_of(looked.values, device)
    for care in cares:
        if care.what in of.NEEDLE_CARES and care.non_coring is False:
            yield from looked.alert(
                "coring",
                "Port accessed with a needle that cores",
                Cell(SECTION, care.mark.row, "non_coring"),
                guidance="Change it for a non-coring needle; watch the septum for leaks.",
                at=care.done_at,
            )


def _overdue(looked: Looked) -> Iterator[Finding]:
    facts = looked.facts
    if facts.kind not in CHECK_KINDS:
        return
    for due in care_due(looked.values, looked.device, facts, looked.limits):
        if due.state is DueState.OVERDUE:
            yield from looked.alert(
                "overdue",
                f"Overdue: {due.words(facts.zone)}",
                looked.cell("checked_at", "device_check"),
                subject=due.task,
                guidance="Do it now, or say why not.",
            )


def _locks(looked: Looked) -> Iterator[Finding]:
    check, facts = looked.check, looked.facts
    rows = [lumen for lumen in (check.lumen_check if check else ()) if lumen.mark.struck is None]
    cares = cares_of(looked.values, looked.device)
    locks: tuple[LumenCheck | DeviceCare, ...] = (*rows, *cares)
    heparin = [row for row in locks if row.lock_agent == "heparin"]
    if not heparin:
        return
    cell = Cell(SECTION, heparin[0].mark.row, "lock_agent")
    if any("heparin" in words.casefold() for words in facts.allergy_words):
        yield from looked.alert(
            "heparin_allergy",
            "Heparin lock although heparin is among the allergies",
            cell,
            guidance="Tell the prescriber now; saline by order.",
            at=check.checked_at if check else None,
        )
    if looked.device.catheter_end == "valved" and looked.device.kind != of.PORT:
        yield looked.finding(
            "heparin_valved",
            Level.ADVICE,
            "Heparin lock in a valved catheter",
            cell,
            detail="manufacturers ask for saline only.",
        )
    units = [grades.heparin_units(row.lock_units_per_ml, row.lock_ml) for row in heparin]
    total = sum((amount for amount in units if amount is not None), Decimal(0))
    if total >= looked.limits.of("heparin_units_per_day"):
        yield looked.finding(
            "heparin_total",
            Level.ADVICE,
            f"{with_unit(total, 'units')} of heparin in locks at this visit",
            cell,
        )


def expected_length(device: AccessDevice) -> Decimal | None:
    """How long a removed catheter must be, in cm: as trimmed, else inside plus outside."""
    if device.trimmed_length_cm is not None:
        return device.trimmed_length_cm
    if device.inserted_length_cm is not None and device.external_length_cm is not None:
        return device.inserted_length_cm + device.external_length_cm
    return device.catheter_length_cm if device.kind in _CATHETER_LENGTH_KINDS else None


def _removal(looked: Looked) -> Iterator[Finding]:
    device, facts = looked.device, looked.facts
    if not removed_at_visit(device, facts):
        return
    for name in _asked_at_removal(device.kind or ""):
        if getattr(device, name) is None and name not in device.mark.not_done:
            yield looked.missing(ACCESS_DEVICE.leaf(name).label, looked.attribute(name))
    yield from _embolism(looked)
    key = "pressure_minutes_picc" if device.kind != of.PIV else "pressure_minutes_piv"
    least = looked.limits.of(key)
    if device.pressure_minutes is not None and device.pressure_minutes < least:
        yield looked.finding(
            "pressure",
            Level.ADVICE,
            f"Pressure held {device.pressure_minutes} min after removal",
            looked.attribute("pressure_minutes"),
            detail=f"at least {least} min, longer when anticoagulated.",
            at=device.removed_at,
        )
    if device.kind == of.PORT or (device.kind == of.TUNNELED and device.cuffed is not False):
        yield from looked.alert(
            "not_ours_to_remove",
            "A port or cuffed catheter is not removed at home",
            looked.attribute("removed_at"),
            detail="say who removed it and where.",
            at=device.removed_at,
        )


def _asked_at_removal(kind: str) -> tuple[str, ...]:
    if kind == of.SUBCUT:
        return ("removal_reason", "removal_site")
    asked = ("removal_reason", "tip_intact", "pressure_minutes", "removal_site")
    if kind in _CATHETER_LENGTH_KINDS:
        return (*asked, "removed_length_cm", "removal_tolerated")
    return (*asked, "removal_tolerated")


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
    )
