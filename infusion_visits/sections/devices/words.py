"""Sentences about a line that both page one and the section of the note use."""

from __future__ import annotations

from decimal import Decimal
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
from infusion_visits.core.moments import show_day, show_time
from infusion_visits.core.units import with_unit
from infusion_visits.sections.devices.fields import (
    DEVICE_CARE,
    LUMEN_CHECK,
)
from infusion_visits.sections.devices.rules import flushing
from infusion_visits.sections.devices.rules.due import LATE, CareDue, DueState, care_due
from infusion_visits.sections.devices.rules.lengths import change_words
from infusion_visits.sections.devices.rules.limits import limits_of
from infusion_visits.sections.devices.rules.lines import line_label
from infusion_visits.sections.devices.rules.tips import confirmations, inside, length_change
from infusion_visits.sections.devices.values import (
    AccessDevice,
    DeviceCare,
    Devices,
    LumenCheck,
)

if TYPE_CHECKING:
    from datetime import date

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
    if lock := lock_spans(care, facts):
        parts.append(lock)
    for part in parts:
        words.extend((Span("; ", voice), *part))
    beside = mark_words(care.mark, facts)
    if beside:
        words.extend((Span("; "), *beside))
    return tuple(words)


LOCK_FIELDS = ("flush_agent", "saline_ml", "lock_agent", "lock_units_per_ml", "lock_ml")
_STRONG_HEPARIN = Decimal(100)


def lock_spans(row: LumenCheck | DeviceCare, facts: Facts) -> Words:
    """`flushed with sodium chloride 0.9 % 10 mL, locked with heparin 10 units/mL 5 mL (50 units)`.

    Volume and total units both stand, the strength in bold, and from 100 units/mL on it stands
    before the drug: 10 and 100 units/mL are a tenfold error apart (clinical reference 11.30).
    """
    group = LUMEN_CHECK if isinstance(row, LumenCheck) else DEVICE_CARE
    text = {name: leaf_text(group.leaf(name), row, facts) for name in LOCK_FIELDS}
    plain_voice = voice_of(row)
    bold = Voice.STRUCK if row.mark.struck else Voice.STRONG
    words: list[Span] = []
    if text["saline_ml"] or text["flush_agent"]:
        agent = text["flush_agent"] or "saline"
        words.append(Span(f"flushed with {agent} {text['saline_ml']}".rstrip(), plain_voice))
    if not any(text[name] for name in ("lock_agent", "lock_units_per_ml", "lock_ml")):
        return tuple(words)
    if words:
        words.append(Span(", ", plain_voice))
    agent = "no lock" if row.lock_agent == "none" else text["lock_agent"] or "an unnamed agent"
    words.append(Span("" if row.lock_agent == "none" else "locked with ", plain_voice))
    strength, volume = text["lock_units_per_ml"], text["lock_ml"]
    if strength and row.lock_units_per_ml is not None and row.lock_units_per_ml >= _STRONG_HEPARIN:
        words += [Span(strength, bold), Span(f" {agent}", plain_voice)]
    elif strength:
        words += [Span(f"{agent} ", plain_voice), Span(strength, bold)]
    else:
        words.append(Span(agent, plain_voice))
    if volume:
        words.append(Span(f" {volume}", plain_voice))
    units = (
        flushing.heparin_units(row.lock_units_per_ml, row.lock_ml)
        if row.lock_agent == "heparin"
        else None
    )
    if units is not None:
        words += [Span(" (", plain_voice), Span(with_unit(units, "units"), bold)]
        words.append(Span(")", plain_voice))
    return tuple(span for span in words if span.text)


def lock_words(row: LumenCheck | DeviceCare, facts: Facts) -> str:
    """`lock_spans` as plain text; empty when nothing is charted."""
    return "".join(span.text for span in lock_spans(row, facts))


def due_words(values: Devices, device: AccessDevice, facts: Facts) -> Words:
    """`Next: flush due 19 Dec 2026`; what is overdue is said with that word."""
    words: list[Span] = []
    for due in care_due(values, device, facts, limits_of(facts)):
        if due.state is DueState.NOT_KNOWN:
            continue
        text = due.words(facts.zone)
        if due.unsure:
            text += " (interval for the agency to confirm)"
        words.append(Span(", " if words else "Next: ", Voice.PLAIN))
        if due.state in LATE:
            late = "overdue, " if due.state is DueState.OVERDUE else ""
            words.append(Span(f"{late}{text}", Voice.FLAG))
        else:
            words.append(Span(text, Voice.STRONG))
    return (*words, Span(".")) if words else ()


def external_words(device: AccessDevice, now: Decimal, facts: Facts) -> str:
    """`External length against the baseline: 2 cm further out; about 39 cm inside (42 cm − 3 cm)`.

    A baseline that a new tip confirmation set is named with its day.
    """
    found = length_change(device, now, limits_of(facts).of("external_out_cm"))
    said = f"External length against the baseline: {change_words(found)}"
    anew = [one for one in confirmations(device) if one.external_length_cm is not None]
    if anew and anew[-1].confirmed_on is not None:
        said += f" (baseline of {show_day(anew[-1].confirmed_on)})"
    left = inside(device, now)
    return f"{said}; about {left.shown} inside" if left is not None else said


def due_lines(values: Devices, facts: Facts) -> tuple[tuple[date, str], ...]:
    """What falls due at every line, one entry for each line and day: `dressing, securement
    device: PICC, left upper arm`."""
    limits, found = limits_of(facts), []
    for device in values.access_device:
        if device.mark.struck is not None:
            continue
        by_day: dict[date, list[str]] = {}
        for due in care_due(values, device, facts, limits):
            day = due.day(facts.zone)
            if day is not None:
                by_day.setdefault(day, []).append(_what_is_due(due, facts.zone))
        label = line_label(device)
        found += [(day, f"{', '.join(words)}: {label}") for day, words in by_day.items()]
    return tuple(sorted(found))


def _what_is_due(due: CareDue, zone: str) -> str:
    title = due.title[:1].lower() + due.title[1:]
    if due.state is DueState.AT_ONCE:
        return f"{title} at once ({due.why})"
    if due.due_at is not None:
        title = f"{title} by {show_time(due.due_at, zone)}"
    return f"{title}, overdue" if due.state is DueState.OVERDUE else title
