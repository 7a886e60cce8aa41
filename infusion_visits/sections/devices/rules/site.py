"""The site of a line: its signs, and what each grade of them asks.

Source: clinical reference 3.1 to 3.4; the wording of the grades is that of the scales in force.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from infusion_visits.core.charted import leaf_text
from infusion_visits.core.findings import Finding, Level
from infusion_visits.core.scales.site import compress_for, is_extravasation
from infusion_visits.sections.devices import options as of
from infusion_visits.sections.devices.fields import DEVICE_CHECK
from infusion_visits.sections.devices.rules.grades import (
    SCALE_OF,
    site_signs,
    suggestions,
    tissue_of,
)
from infusion_visits.sections.devices.rules.lengths import length_findings
from infusion_visits.sections.devices.rules.looked import Looked, not_done

if TYPE_CHECKING:
    from collections.abc import Iterator

    from infusion_visits.core.scales.catalogue import Grade, Suggestion
    from infusion_visits.patients.facts import Facts
    from infusion_visits.sections.devices.values import DeviceCheck

_REPORTED = (
    ("phlebitis_ins", "Phlebitis", "report_phlebitis_from"),
    ("phlebitis_vip", "Phlebitis", "report_phlebitis_from"),
    ("infiltration_ins", "Infiltration", "report_infiltration_from"),
    ("extravasation", "Extravasation", ""),
)


def site_findings(looked: Looked, check: DeviceCheck) -> Iterator[Finding]:
    """Alerts of the site, grades that differ from the signs, and lengths that changed."""
    yield from _site_alerts(looked, check)
    yield from _grade_suggestions(looked, check)
    yield from length_findings(looked, check)


def _site_alerts(looked: Looked, check: DeviceCheck) -> Iterator[Finding]:
    for field, name, from_key in _REPORTED:
        grade = getattr(check, field)
        least = looked.limits.of(from_key) if from_key else Decimal(1)
        if grade is None or Decimal(grade) < least:
            continue
        named = name
        if name == "Infiltration" and is_extravasation(site_signs(check, looked.facts)):
            if check.extravasation is not None:
                continue  # one event, told by its own scale
            named = "Extravasation"
        yield from looked.alert(
            field,
            f"{named}, {leaf_text(DEVICE_CHECK.leaf(field), check, looked.facts)}",
            looked.cell(field),
            detail=f"{site_words(check, looked.facts)}.",
            guidance=_guidance(looked, field, grade, named),
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


def grade_of(looked: Looked, field: str, key: str | None) -> Grade | None:
    """A grade of the scale of this field with its words and steps."""
    scale = looked.scales.scales.get(SCALE_OF[field])
    return scale.grade(key) if scale is not None else None


def _guidance(looked: Looked, field: str, key: str, named: str) -> str:
    """The steps of the grade in the words of the scales in force, and the compress by drug."""
    grade = grade_of(looked, field, key)
    steps = ". ".join(grade.steps) if grade is not None and grade.steps else ""
    said = steps or (grade.action if grade is not None else "") or "Tell the prescriber now"
    said = f"{said[:1].upper()}{said[1:]}".rstrip(".") + "."
    if named != "Extravasation":
        return said
    return f"{said} {_compress(looked)}"


def _compress(looked: Looked) -> str:
    order = looked.facts.order
    names = [order.drug, order.brand] if order is not None else []
    if order is not None and order.therapy is not None:
        names += [order.therapy.key, order.therapy.name, *order.therapy.groups]
    found = compress_for([name for name in names if name], looked.scales)
    if found is None or not found.compress:
        return "No compress is known for this drug: leave it off and call the pharmacy."
    antidote = f" Antidote by order: {found.antidote}." if found.antidote else ""
    return f"{found.compress.capitalize()} compress.{antidote}"


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
    if check.site is None:
        return
    for field, found in suggestions(looked.device, check, looked.facts, looked.scales):
        yield from _suggested(looked, check, field, found)


def _suggested(
    looked: Looked, check: DeviceCheck, field: str, found: Suggestion
) -> Iterator[Finding]:
    """The nurse's own grade stands; without one a suggested grade above 0 asks for it."""
    scale = looked.scales.scale(found.scale)
    name = scale.short or scale.title
    grade = scale.grade(found.grade)
    wording = f" Grade {grade.key}: {grade.words}." if grade and found.grade != "0" else ""
    charted = getattr(check, field)
    if charted is not None and charted != found.grade:
        yield looked.finding(
            f"{field}_differs",
            Level.ADVICE,
            f"The signs suggest {name} grade {found.grade}; grade {charted} is charted",
            looked.cell(field),
            detail=f"seen: {found.because}.{wording} Your own grade stands; look once more.",
            at=check.checked_at,
        )
    elif charted is None and found.grade != "0" and not _ungraded_is_fine(check, field):
        tissue = _tissue_words(looked, check) if field == "infiltration_ins" else ""
        stop = looked.finding(
            f"{field}_ungraded",
            Level.STOP,
            f"{looked.label}: the signs suggest {name} grade {found.grade}; no grade is charted",
            looked.cell(field),
        )
        said = f"Seen: {found.because}{tissue}.{wording} Grade it, or say why it was not done."
        yield replace(stop, detail=said)
    elif found.note and charted is not None:
        yield looked.finding(
            f"{field}_note",
            Level.ADVICE,
            found.note,
            looked.cell(field),
            at=check.checked_at,
        )


def _tissue_words(looked: Looked, check: DeviceCheck) -> str:
    """Where the class of the drug came from, when the nurse did not choose it."""
    tissue = tissue_of(check, looked.facts)
    order = looked.facts.order
    if check.infusate is not None or tissue in {"none", "non_irritant"} or order is None:
        return ""
    return f" ({order.drug} is {tissue})"


def _ungraded_is_fine(check: DeviceCheck, field: str) -> bool:
    """One phlebitis scale is enough: an agency uses the INS scale or the VIP, seldom both."""
    if not_done(check, field):
        return True
    other = {"phlebitis_ins": "phlebitis_vip", "phlebitis_vip": "phlebitis_ins"}.get(field)
    return other is not None and (getattr(check, other) is not None or field == "phlebitis_vip")
