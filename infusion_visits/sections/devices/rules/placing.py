"""What placing a line must tell, and where a line does not belong (clinical reference 2.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infusion_visits.core.findings import Finding, Level
from infusion_visits.sections.devices import options as of
from infusion_visits.sections.devices.fields import ACCESS_DEVICE, CHECK_KINDS
from infusion_visits.sections.devices.rules.lines import (
    inserted_day,
    limb_of,
    line_label,
    placed_at_visit,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from infusion_visits.sections.devices.rules.looked import Looked

ADULT_YEARS = 18


def placing_findings(looked: Looked) -> Iterator[Finding]:
    """The day, the attempts, the limb and the site of one line."""
    device, facts = looked.device, looked.facts
    asked = inserted_day(device, facts.zone) is None and device.inserted_precision != "unknown"
    if asked and facts.kind in CHECK_KINDS and "inserted_on" not in device.mark.not_done:
        yield looked.missing(
            "day it was placed (or that it is not known)", looked.attribute("inserted_on")
        )
    if placed_at_visit(device, facts):
        yield from _attempts(looked)
        yield from _dried(looked)
        yield from _not_recorded(looked)
    yield from _where(looked)


def _attempts(looked: Looked) -> Iterator[Finding]:
    attempts, by_one = looked.device.attempts, looked.device.attempts_one_nurse
    if attempts is None:
        return
    words = f"{attempts} attempts to place the line"
    cell, at = looked.attribute("attempts"), looked.device.inserted_at
    most = looked.limits.of("attempts_in_all")
    one_nurse = looked.limits.of("attempts_one_nurse")
    if attempts > most:
        detail = f"at most {most} in all per agency protocol."
        yield from looked.alert("attempts", words, cell, detail=detail, at=at)
    elif (by_one if by_one is not None else attempts) > one_nurse:
        detail = f"at most {one_nurse} by one nurse per agency protocol."
        yield looked.finding("attempts", Level.ADVICE, words, cell, detail=detail, at=at)


def _dried(looked: Looked) -> Iterator[Finding]:
    device = looked.device
    least = looked.limits.dry_seconds.get(device.insertion_antiseptic or "")
    dried = device.insertion_dry_seconds
    if least is not None and dried is not None and dried < least:
        yield looked.finding(
            "dry_time",
            Level.ADVICE,
            f"Antiseptic dried {dried}\u00a0s",
            looked.attribute("insertion_dry_seconds"),
            detail=f"at least {least}\u00a0s (agency to confirm).",
            at=device.inserted_at,
        )


def _not_recorded(looked: Looked) -> Iterator[Finding]:
    """What the insertion record of this kind holds and nobody wrote; one line for all of it."""
    device = looked.device
    wanted = looked.limits.at_insertion.get(device.kind or "", ())
    open_ones = [
        ACCESS_DEVICE.leaf(name).label
        for name in wanted
        if name not in {"inserted_on", "inserted_precision", "inserted_at_facility"}
        and getattr(device, name) is None
        and name not in device.mark.not_done
        # One attempt in all was made by one nurse.
        and (name != "attempts_one_nurse" or (device.attempts or 0) > 1)
    ]
    if open_ones:
        said = ", ".join(label[:1].lower() + label[1:] for label in open_ones)
        yield looked.finding(
            "insertion_record",
            Level.ADVICE,
            f"Of the insertion not recorded: {said}",
            looked.attribute("kind"),
            at=device.inserted_at,
        )


def _where(looked: Looked) -> Iterator[Finding]:
    device, facts = looked.device, looked.facts
    adult = facts.age_years is None or facts.age_years >= ADULT_YEARS
    if device.kind == of.PIV and device.site == "foot" and adult:
        yield looked.finding(
            "foot",
            Level.ADVICE,
            "Peripheral line in a foot of an adult",
            looked.attribute("site"),
            detail="ask for another site.",
        )
    if device.kind == of.PIV and device.site == "antecubital" and placed_at_visit(device, facts):
        yield looked.finding(
            "flexion",
            Level.ADVICE,
            "Peripheral line in the bend of the elbow",
            looked.attribute("site"),
            detail="bending moves it; a forearm site lasts longer.",
        )
    if device.kind == of.NON_TUNNELED:
        yield looked.finding(
            "not_for_home",
            Level.ADVICE,
            "A central catheter that is not tunneled is normally not for the home",
            looked.attribute("kind"),
            detail="ask for a plan.",
        )
    yield from _barred_limb(looked)


def _barred_limb(looked: Looked) -> Iterator[Finding]:
    """A line of ours in a limb that the patient's own alerts bar (not one that lines bar)."""
    device, facts = looked.device, looked.facts
    limb = limb_of(device)
    if not limb or device.kind in of.REFERENCE_KINDS:
        return
    by_lines = {
        line_label(one) for one in looked.values.access_device if one.kind not in of.REFERENCE_KINDS
    }
    why = [one.why for one in facts.barred_limbs if one.limb == limb and one.why not in by_lines]
    if not why:
        return
    if placed_at_visit(device, facts):
        yield from looked.alert(
            "barred_limb",
            f"Placed in the {limb}, which is barred: {', '.join(why)}",
            looked.attribute("side"),
            guidance="Tell the prescriber; ask for a line in another limb.",
            at=device.inserted_at,
        )
    else:
        yield looked.finding(
            "barred_limb",
            Level.ADVICE,
            f"It lies in the {limb}, which is barred: {', '.join(why)}",
            looked.attribute("side"),
        )
