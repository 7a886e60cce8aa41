"""Sentences about a line that both page one and the section of the note use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infusion_visits.core.blocks import (
    Span,
    Voice,
    Words,
)
from infusion_visits.core.charted import (
    leaf_text,
    leaf_words,
    mark_words,
    time_words,
)
from infusion_visits.core.units import with_unit
from infusion_visits.sections.devices.fields import (
    DEVICE_CARE,
    LUMEN_CHECK,
)
from infusion_visits.sections.devices.rules import grades
from infusion_visits.sections.devices.rules.due import DueState, care_due
from infusion_visits.sections.devices.rules.limits import limits_of
from infusion_visits.sections.devices.values import (
    AccessDevice,
    DeviceCare,
    Devices,
    LumenCheck,
)

if TYPE_CHECKING:
    from infusion_visits.patients.facts import Facts


def voice_of(value: LumenCheck | DeviceCare) -> Voice:
    """The voice of a row: a struck one stays legible."""
    return Voice.STRUCK if value.mark.struck else Voice.PLAIN


def care_words(care: DeviceCare, facts: Facts) -> Words:
    """One act of care as a line: time, what, all that was charted of it, late or struck."""
    voice = voice_of(care)
    what = leaf_text(DEVICE_CARE.leaf("what"), care, facts) or "care"
    head = f"{time_words(care.mark, facts)} {what}".strip()
    words: list[Span] = [Span(head, Voice.STRUCK if care.mark.struck else Voice.STRONG)]
    parts: list[Words] = []
    for leaf in DEVICE_CARE.leaves:
        answered = getattr(care, leaf.name) is not None
        if answered and leaf.name in {"device_id", "done_at", "what", *LOCK_FIELDS}:
            continue
        said = leaf_words(leaf, care, facts)
        if said:
            parts.append((Span(f"{leaf.label.lower()} ", Voice.QUIET), *said))
    lock = lock_words(care, facts)
    if lock:
        parts.append((Span(lock, voice),))
    for part in parts:
        words.extend((Span("; ", voice), *part))
    beside = mark_words(care.mark, facts)
    if beside:
        words.extend((Span("; "), *beside))
    return tuple(words)


LOCK_FIELDS = ("saline_ml", "lock_agent", "lock_units_per_ml", "lock_ml")


def lock_words(row: LumenCheck | DeviceCare, facts: Facts) -> str:
    """`saline 10 mL, locked with heparin 100 units/mL 5 mL (500 units)`; empty when not charted.

    Volume and total units both stand, because 10 and 100 units/mL are a tenfold error apart
    (clinical reference 11.30).
    """
    group = LUMEN_CHECK if isinstance(row, LumenCheck) else DEVICE_CARE
    text = {name: leaf_text(group.leaf(name), row, facts) for name in LOCK_FIELDS}
    said: list[str] = []
    if text["saline_ml"]:
        said.append(f"flushed with sodium chloride 0.9\u00a0% {text['saline_ml']}")
    if row.lock_agent == "none":
        said.append("no lock")
    elif row.lock_agent or text["lock_ml"]:
        parts = (text["lock_agent"], text["lock_units_per_ml"], text["lock_ml"])
        units = (
            grades.heparin_units(row.lock_units_per_ml, row.lock_ml)
            if row.lock_agent == "heparin"
            else None
        )
        total = f" ({with_unit(units, 'units')})" if units is not None else ""
        said.append(f"locked with {' '.join(part for part in parts if part)}{total}")
    return ", ".join(said)


def due_words(values: Devices, device: AccessDevice, facts: Facts) -> Words:
    """`Next: flush due 19 Dec 2026`; what is overdue is said with that word."""
    words: list[Span] = []
    for due in care_due(values, device, facts, limits_of(facts)):
        if due.state is DueState.NOT_KNOWN:
            continue
        text = due.words(facts.zone)
        late = due.state is DueState.OVERDUE
        words.append(Span(", " if words else "Next: ", Voice.PLAIN))
        words.append(Span(f"overdue, {text}", Voice.FLAG) if late else Span(text, Voice.STRONG))
    return (*words, Span(".")) if words else ()
