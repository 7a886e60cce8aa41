"""The site of a line: signs and their grades, external length, arm circumference."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from infusion_visits.core.charted import leaf_text
from infusion_visits.core.findings import Finding, Level
from infusion_visits.core.scales.catalogue import scales_in_force
from infusion_visits.core.units import CENTIMETRE, with_unit
from infusion_visits.sections.devices import options as of
from infusion_visits.sections.devices.fields import DEVICE_CHECK
from infusion_visits.sections.devices.rules import grades
from infusion_visits.sections.devices.rules.lines import inserted_day
from infusion_visits.sections.devices.rules.looked import Looked, not_done

if TYPE_CHECKING:
    from collections.abc import Iterator

    from infusion_visits.patients.facts import Facts
    from infusion_visits.sections.devices.values import DeviceCheck


def site_findings(looked: Looked, check: DeviceCheck) -> Iterator[Finding]:
    """Alerts of the site, grades that differ from the signs, and lengths that changed."""
    yield from _site_alerts(looked, check)
    yield from _grade_suggestions(looked, check)
    yield from _lengths(looked, check)


def _site_alerts(looked: Looked, check: DeviceCheck) -> Iterator[Finding]:
    for field, name, from_key in (
        ("phlebitis_ins", "Phlebitis", "report_phlebitis_from"),
        ("phlebitis_vip", "Phlebitis", "report_phlebitis_from"),
        ("infiltration_ins", "Infiltration", "report_infiltration_from"),
    ):
        grade = getattr(check, field)
        if grade is None or Decimal(grade) < looked.limits.of(from_key):
            continue
        signs = grades.site_signs(check)
        named = name
        if name == "Infiltration" and grades.is_extravasation(signs):
            named = "Extravasation"
        yield from looked.alert(
            field,
            f"{named}, {leaf_text(DEVICE_CHECK.leaf(field), check, looked.facts)}",
            looked.cell(field),
            detail=f"{site_words(check, looked.facts)}.",
            guidance=_site_guidance(named, int(grade)),
            at=check.checked_at,
        )
    if check.site == of.SIGNS_PRESENT and check.drainage == "purulent":
        yield from looked.alert(
            "purulent",
            "Purulent drainage at the site",
            looked.cell("drainage"),
            detail=f"{site_words(check, looked.facts)}.",
            guidance="Tell the prescriber now, culture by order.",
            at=check.checked_at,
        )
    if check.pocket in {"eroded", "fluctuant", "turned"}:
        yield from looked.alert(
            "pocket",
            f"Port pocket: {leaf_text(DEVICE_CHECK.leaf('pocket'), check, looked.facts)}",
            looked.cell("pocket"),
            guidance="Do not use it; tell the prescriber now.",
            at=check.checked_at,
        )


def _site_guidance(named: str, grade: int) -> str:
    if named == "Extravasation":
        return "Stop, leave the catheter, aspirate, antidote by order, tell the prescriber now."
    urgent = (named == "Infiltration" and grade >= 3) or grade >= 4
    when = "now" if urgent else "at this visit"
    return f"Stop, remove a peripheral line, tell the prescriber {when}."


def site_words(check: DeviceCheck, facts: Facts) -> str:
    """The site in words: `redness 2 cm, pain or tenderness, no drainage`; the normal in full."""
    if check.site != of.SIGNS_PRESENT:
        return leaf_text(DEVICE_CHECK.leaf("site"), check, facts)
    sizes = {"redness": "redness_cm", "swelling": "swelling_cm", "cord": "cord_cm"}
    labels = {option.key: option.label for option in of.SIGNS}
    said: list[str] = []
    for key in check.signs or ():
        leaf = sizes.get(key)
        size = leaf_text(DEVICE_CHECK.leaf(leaf), check, facts) if leaf else ""
        said.append(f"{labels.get(key, key)} {size}".strip())
    said.append(leaf_text(DEVICE_CHECK.leaf("drainage"), check, facts))
    return ", ".join(words for words in said if words)


def _grade_suggestions(looked: Looked, check: DeviceCheck) -> Iterator[Finding]:
    if check.site is None or looked.device.kind not in of.ARM_KINDS:
        return
    temperature = looked.facts.last_vitals.temperature_c if looked.facts.last_vitals else None
    fever = temperature is not None and temperature >= looked.limits.of("fever_celsius")
    signs = grades.site_signs(check, fever=fever)
    scales = scales_in_force(looked.facts.catalogue)
    pairs: list[tuple[str, str, int]] = [
        ("phlebitis_ins", "phlebitis INS", grades.ins_phlebitis(signs, scales)),
        ("phlebitis_vip", "phlebitis VIP", grades.vip(signs)),
    ]
    if looked.device.kind in {of.PIV, of.MIDLINE}:
        pairs.append(
            ("infiltration_ins", "infiltration INS", grades.ins_infiltration(signs, scales))
        )
    for field, name, suggested in pairs:
        charted = getattr(check, field)
        if charted is not None and int(charted) != suggested:
            yield looked.finding(
                f"{field}_differs",
                Level.ADVICE,
                f"The signs suggest {name} grade {suggested}; grade {charted} is charted",
                looked.cell(field),
                detail="your own grade stands; look at both once more.",
                at=check.checked_at,
            )
        elif charted is None and suggested > 0 and not _ungraded_is_fine(check, field):
            yield looked.finding(
                f"{field}_ungraded",
                Level.STOP,
                f"{looked.label}: the signs suggest {name} grade {suggested}; no grade is charted",
                looked.cell(field),
                detail="grade it, or say why it was not done.",
            )


def _ungraded_is_fine(check: DeviceCheck, field: str) -> bool:
    """One phlebitis scale is enough: an agency uses the INS scale or the VIP, seldom both."""
    if not_done(check, field):
        return True
    other = {"phlebitis_ins": "phlebitis_vip", "phlebitis_vip": "phlebitis_ins"}.get(field)
    return other is not None and (getattr(check, other) is not None or field == "phlebitis_vip")


def _lengths(looked: Looked, check: DeviceCheck) -> Iterator[Finding]:
    device, limits = looked.device, looked.limits
    change = grades.external_change(device.external_length_cm, check.external_length_cm)
    if grades.migrated(change, limits.of("external_out_cm")):
        assert change is not None
        yield from looked.alert(
            "migrated",
            f"External length changed: {change_words(change)}",
            looked.cell("external_length_cm"),
            detail=(
                f"{with_unit(check.external_length_cm or Decimal(0), CENTIMETRE)} now, "
                f"{with_unit(device.external_length_cm or Decimal(0), CENTIMETRE)} at the baseline."
            ),
            guidance="Secure, do not push back, no vesicant or nutrition, "
            "tell the prescriber now, image the tip before central use.",
            at=check.checked_at,
        )
    if check.external_length_cm is not None and device.external_length_cm is None:
        yield looked.finding(
            "no_baseline",
            Level.ADVICE,
            "External length cannot be compared: no baseline is recorded",
            looked.attribute("external_length_cm"),
            at=check.checked_at,
        )
    yield from _baseline_after_tip(looked)
    yield from _arm(looked, check)


def change_words(change: Decimal) -> str:
    """`2 cm further out`, `1.5 cm inward`, `no change`."""
    if change == 0:
        return "no change"
    size = with_unit(abs(change), CENTIMETRE)
    return f"{size} further out" if change > 0 else f"{size} inward"


def _baseline_after_tip(looked: Looked) -> Iterator[Finding]:
    device = looked.device
    placed = inserted_day(device, looked.facts.zone)
    measured = device.measured_on
    if measured is None or placed is None or measured <= placed:
        return
    if device.tip_confirmed_on is None or device.tip_confirmed_on < measured:
        yield looked.finding(
            "baseline_not_confirmed",
            Level.ADVICE,
            "The baseline length is newer than the last tip confirmation",
            looked.attribute("measured_on"),
            detail="an unchanged length since then does not show where the tip is.",
        )


def _arm(looked: Looked, check: DeviceCheck) -> Iterator[Finding]:
    baseline, now = looked.device.arm_circumference_cm, check.arm_circumference_cm
    if baseline is None or now is None:
        return
    grown = now - baseline
    if grown < looked.limits.of("arm_increase_cm"):
        return
    seen = {*(check.signs or ()), *(check.symptoms or ())}
    swollen = bool(
        seen & {"swelling", "pain", "arm_swelling", "neck_swelling", "pain_with_infusion"}
    )
    words = f"Arm circumference {with_unit(grown, CENTIMETRE)} more than at the baseline"
    cell = looked.cell("arm_circumference_cm")
    if swollen:
        yield from looked.alert(
            "arm_grown",
            words,
            cell,
            detail="with swelling or pain: a clot is suspected.",
            guidance="Stop using it, do not remove it, tell the prescriber now.",
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
