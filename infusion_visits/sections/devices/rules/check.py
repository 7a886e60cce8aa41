"""What the check of a line says: not looked at, not complete, and what was found wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infusion_visits.core.charted import leaf_text
from infusion_visits.core.findings import Finding, Level
from infusion_visits.sections.devices import options as of
from infusion_visits.sections.devices.fields import CHECK_KINDS, DEVICE_CHECK, LUMEN_CHECK
from infusion_visits.sections.devices.rules.lines import (
    lumen_numbers,
    needle_in_place,
    removed_at_visit,
)
from infusion_visits.sections.devices.rules.looked import Looked, not_done
from infusion_visits.sections.devices.rules.lumens import Occlusion, lumen_name, occlusion
from infusion_visits.sections.devices.rules.needed import (
    LUMEN_GROUP,
    WHOLE_CHECK,
    needed_items,
    needed_of_lumen,
)
from infusion_visits.sections.devices.rules.site import site_findings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from infusion_visits.patients.facts import Facts
    from infusion_visits.sections.devices.values import DeviceCheck, LumenCheck

INFUSING = "infusing"


def check_findings(looked: Looked) -> Iterator[Finding]:
    """Everything that the check of one line yields."""
    check = looked.check
    if check is None or check.checked_at is None:
        yield from _unchecked(looked)
        if check is None or not_done(check, WHOLE_CHECK):
            return
    yield from _incomplete(looked, check)
    yield from site_findings(looked, check)
    yield from _dressing(looked, check)
    yield from _catheter(looked, check)
    for lumen in check.lumen_check:
        if lumen.mark.struck is None:
            yield from _lumen(looked, lumen)


def _unchecked(looked: Looked) -> Iterator[Finding]:
    check = looked.check
    if looked.facts.kind not in CHECK_KINDS or removed_at_visit(looked.device, looked.facts):
        return
    if looked.device.kind in of.REFERENCE_KINDS:
        return
    if check is not None and not_done(check, WHOLE_CHECK):
        return
    yield looked.finding(
        "unchecked",
        Level.STOP,
        f"{looked.label} was not checked",
        looked.cell(WHOLE_CHECK),
        detail="check it, or say why it was not done.",
    )


def _incomplete(looked: Looked, check: DeviceCheck) -> Iterator[Finding]:
    if looked.facts.kind not in CHECK_KINDS:
        return
    kind = looked.device.kind or ""
    needle = needle_in_place(looked.values, looked.device, looked.facts.care_before)
    # The needle that was put in after the check opens the line: its dressing is charted with care.
    # Until it is said whether a needle was found, only that is asked.
    found_in = check.accessed is True if kind == of.PORT else True
    for name in needed_items(kind, found_in):
        if name == WHOLE_CHECK or getattr(check, name) is not None or not_done(check, name):
            continue
        yield looked.missing(DEVICE_CHECK.leaf(name).label, looked.cell(name))
    if kind == of.PICC and looked.device.arm_circumference_cm is None:
        name = "arm_circumference_cm"
        if check.arm_circumference_cm is None and not not_done(check, name):
            yield looked.missing("Arm circumference (none is on record)", looked.cell(name))
    rows = {int(str(row.mark.row.at[-1])): row for row in check.lumen_check}
    for number in lumen_numbers(looked.device):
        row = rows.get(number)
        for name in needed_of_lumen(kind, needle):
            if row is not None and (getattr(row, name) is not None or name in row.mark.not_done):
                continue
            if name == "flush" and row is not None and _never_flushed(row):
                continue
            label = LUMEN_CHECK.leaf(name).label
            yield looked.missing(label, looked.cell(name, LUMEN_GROUP, number))


def _never_flushed(row: LumenCheck) -> bool:
    """A lumen that an infusion keeps open: a flush would be a bolus (reference 1.3, inotropes)."""
    return row.left_as == INFUSING and row.blood_return_before == of.RETURN_NOT_ASSESSED


def _dressing(looked: Looked, check: DeviceCheck) -> Iterator[Finding]:
    changed = looked.did(*of.DRESSING_CARES) or removed_at_visit(looked.device, looked.facts)
    closing = looked.did(of.PORT_DEACCESS)
    if changed or closing:
        return
    leaf = DEVICE_CHECK.leaf("dressing_state")
    if check.dressing_state not in {None, "sound"}:
        yield from looked.alert(
            "dressing_compromised",
            f"Dressing {leaf_text(leaf, check, looked.facts)}, not changed",
            looked.cell("dressing_state"),
            guidance="Change it now, or say why not.",
            at=check.checked_at,
        )
    if check.securement_state in {"loose", "missing"} and not looked.did(of.SECUREMENT_CHANGE):
        yield from looked.alert(
            "securement",
            f"Securement {check.securement_state}, not changed",
            looked.cell("securement_state"),
            guidance="Secure it now, or say why not.",
            at=check.checked_at,
        )


_CATHETER_SIGNS = (
    ("integrity", "intact", "Clamp between the damage and the body; nothing through it."),
    (
        "skin",
        "intact",
        "Change antiseptic or dressing, protect the skin; report a tear or blister.",
    ),
)


def _catheter(looked: Looked, check: DeviceCheck) -> Iterator[Finding]:
    for field, normal, response in _CATHETER_SIGNS:
        leaf = DEVICE_CHECK.leaf(field)
        if getattr(check, field) in {None, normal}:
            continue
        yield from looked.alert(
            field,
            f"{leaf.label}: {leaf_text(leaf, check, looked.facts)}",
            looked.cell(field),
            guidance=response,
            at=check.checked_at,
        )
    symptoms = set(check.symptoms or ())
    if of.NO_SYMPTOMS in symptoms and len(symptoms) > 1:
        yield looked.finding(
            "symptoms_contradict",
            Level.STOP,
            f"{looked.label}: no symptoms and symptoms are both charted",
            looked.cell("symptoms"),
        )
    elif symptoms - {of.NO_SYMPTOMS}:
        said = leaf_text(DEVICE_CHECK.leaf("symptoms"), check, looked.facts)
        yield from looked.alert(
            "symptoms",
            f"Symptoms of the line: {said}",
            looked.cell("symptoms"),
            guidance="Hold, tell the prescriber now.",
            at=check.checked_at,
        )
    if check.need in {"remove", "unclear"}:
        yield looked.finding(
            "need",
            Level.ADVICE,
            f"Line {leaf_text(DEVICE_CHECK.leaf('need'), check, looked.facts)}",
            looked.cell("need"),
            detail=check.need_reason or "",
            at=check.checked_at,
        )


def _lumen(looked: Looked, lumen: LumenCheck) -> Iterator[Finding]:
    check = looked.check
    assert check is not None
    kind = looked.device.kind or ""
    number = int(str(lumen.mark.row.at[-1]))
    name = lumen_name(looked.device, number)
    beside = f"{name}: " if len(looked.device.lumen) > 1 else ""
    before = occlusion(kind, lumen.flush, lumen.blood_return_after or lumen.blood_return_before)
    now = looked.lumen(number)
    if before is not None and not now.occlusion:
        yield looked.finding(
            "occlusion_cleared",
            Level.ADVICE,
            f"{before.value.capitalize()} occlusion, open again",
            looked.cell("flush", LUMEN_GROUP, number),
            detail=f"{beside}{_flow_words(lumen, looked.facts)}.",
            at=check.checked_at,
        )
    elif before is not None:
        cause = leaf_text(LUMEN_CHECK.leaf("occlusion_cause"), lumen, looked.facts)
        yield from looked.alert(
            "occlusion",
            f"{before.value.capitalize()} occlusion",
            looked.cell("flush", LUMEN_GROUP, number),
            detail=f"{beside}{_flow_words(lumen, looked.facts)}{f', {cause}' if cause else ''}.",
            guidance=_occlusion_response(before),
            at=check.checked_at,
        )
    if kind == of.SUBCUT and {"brisk", "sluggish"} & {
        lumen.blood_return_before,
        lumen.blood_return_after,
    }:
        yield from looked.alert(
            "subcut_blood",
            "Blood return in a subcutaneous set",
            looked.cell("blood_return_before", LUMEN_GROUP, number),
            guidance="Place it elsewhere before infusing.",
            at=check.checked_at,
        )
    if lumen.disinfecting_cap is False:
        yield looked.finding(
            "cap",
            Level.ADVICE,
            "No disinfecting cap put on",
            looked.cell("disinfecting_cap", LUMEN_GROUP, number),
            detail=f"{beside}a new one after each access, where the agency uses them.",
            at=check.checked_at,
        )


def _flow_words(lumen: LumenCheck, facts: Facts) -> str:
    before = leaf_text(LUMEN_CHECK.leaf("blood_return_before"), lumen, facts)
    after = leaf_text(LUMEN_CHECK.leaf("blood_return_after"), lumen, facts)
    flush = leaf_text(LUMEN_CHECK.leaf("flush"), lumen, facts)
    said = [flush, f"blood return {before}" if before else "", f"{after} after" if after else ""]
    return ", ".join(words for words in said if words)


def _occlusion_response(degree: Occlusion) -> str:
    if degree is Occlusion.COMPLETE:
        return "Never force; clamps and position, then a clot or precipitate; tell the prescriber."
    return "Reposition, cough, clamps; nothing vesicant without blood return; tell the prescriber."
