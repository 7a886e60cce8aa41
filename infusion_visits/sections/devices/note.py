"""What the note says of the lines: each line with its attributes, check, care and due dates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infusion_visits.core.blocks import (
    Block,
    Column,
    Heading,
    Items,
    Keep,
    Paragraph,
    Span,
    Table,
    Voice,
    Words,
    plain,
)
from infusion_visits.core.charted import (
    answers,
    clock_words,
    leaf_words,
    mark_words,
)
from infusion_visits.core.clock import local_day
from infusion_visits.sections.devices.fields import (
    ACCESS_DEVICE,
    CHECK_KINDS,
    DEVICE_CHECK,
    LUMEN,
    LUMEN_CHECK,
    TIP_CONFIRMATION,
)
from infusion_visits.sections.devices.rules.flushing import sequences
from infusion_visits.sections.devices.rules.lines import (
    at_this_visit,
    check_of,
    count_words,
    device_id,
    dwell_days,
    line_label,
    line_order,
)
from infusion_visits.sections.devices.rules.lumens import lumen_name
from infusion_visits.sections.devices.rules.needed import WHOLE_CHECK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from infusion_visits.core.fields import Rows
    from infusion_visits.patients.facts import Facts
    from infusion_visits.sections.devices.values import (
        AccessDevice,
        DeviceCheck,
        Devices,
        Lumen,
        LumenCheck,
        TipConfirmation,
    )

from infusion_visits.sections.devices.page_one import NO_LINE, line_block
from infusion_visits.sections.devices.words import (
    LOCK_FIELDS,
    care_words,
    due_words,
    external_words,
    lock_spans,
    voice_of,
)

__all__ = ["TITLE", "blocks", "line_block"]

TITLE = "Lines"


def blocks(values: Devices, facts: Facts) -> list[Block]:
    """The section of the note: each line of this visit with its attributes, check and care."""
    shown = [device for device in line_order(values.access_device) if at_this_visit(device, facts)]
    out: list[Block] = [Heading(TITLE, 2, "" if shown else NO_LINE)]
    if not shown:
        return out
    for device in shown:
        out.extend(_line(values, device, facts))
    known = {device_id(device) for device in shown}
    orphans = [care for care in values.device_care if care.device_id not in known]
    if orphans:
        out.append(Heading("Care without a line named", 3))
        out.append(Items(tuple(care_words(care, facts) for care in orphans)))
    return out


def _line(values: Devices, device: AccessDevice, facts: Facts) -> list[Block]:
    out: list[Block] = [Heading(line_label(device), 3, _since_words(device, facts))]
    out.extend(answers(ACCESS_DEVICE, device, facts, skip=_in_the_heading(device), columns=3))
    if device.lumen:
        out.append(_rows(LUMEN, device.lumen, facts))
    if device.tip_confirmation:
        out.append(_rows(TIP_CONFIRMATION, device.tip_confirmation, facts))
    for check in values.device_check:
        if check.mark.row.at[0] == device_id(device):
            out.extend(_check(device, check, facts))
    asked = facts.kind in CHECK_KINDS
    if asked and check_of(values, device) is None and device.mark.struck is None:
        out.append(Paragraph((Span("Not checked at this visit.", Voice.FLAG),)))
    cares = [care for care in values.device_care if care.device_id == device_id(device)]
    if cares:
        out.append(Items(tuple(care_words(care, facts) for care in cares)))
    if around := sequences(values, device, facts.runs):
        out.append(Paragraph(plain(" ".join(one.words for one in around))))
    due = due_words(values, device, facts)
    if due:
        out.append(Paragraph(due))
    return out


def _in_the_heading(device: AccessDevice) -> tuple[str, ...]:
    names = tuple(name for name in ("kind", "site") if getattr(device, name) is not None)
    return (*names, "side") if device.side in {"right", "left"} else names


def _since_words(device: AccessDevice, facts: Facts) -> str:
    days = dwell_days(device, local_day(facts.now, facts.zone), facts.zone)
    said = [count_words(device), f"{days} days in place" if days else ""]
    return ", ".join(words for words in said if words)


def _rows(group: Rows, values: Sequence[Lumen | TipConfirmation], facts: Facts) -> Block:
    """The rows of a small group as a table, late and struck words in the last column."""
    columns = tuple(Column(leaf.label) for leaf in group.leaves)
    rows = tuple(
        tuple(
            leaf_words(leaf, value, facts)
            + (mark_words(value.mark, facts) if leaf is group.leaves[-1] else ())
            for leaf in group.leaves
        )
        for value in values
    )
    return Table((*columns,), rows)


def _check(device: AccessDevice, check: DeviceCheck, facts: Facts) -> list[Block]:
    at = clock_words(check.checked_at, facts)
    said = leaf_words(DEVICE_CHECK.leaf(WHOLE_CHECK), check, facts) if not at else plain(at)
    out: list[Block] = [Paragraph((Span("Check ", Voice.STRONG), *said))]
    out.extend(answers(DEVICE_CHECK, check, facts, skip=("device_id", WHOLE_CHECK), columns=3))
    if check.external_length_cm is not None:
        out.append(Paragraph(plain(f"{external_words(device, check.external_length_cm, facts)}.")))
    if check.lumen_check:
        out.append(_lumen_table(device, check, facts))
    return [Keep(tuple(out[:2])), *out[2:]]


def _lumen_table(device: AccessDevice, check: DeviceCheck, facts: Facts) -> Block:
    leaves = LUMEN_CHECK.leaves
    rows: list[tuple[Words, ...]] = []
    for lumen in check.lumen_check:
        number = int(str(lumen.mark.row.at[-1]))
        flow = _cell(LUMEN_CHECK, lumen, facts, ("flush", "occlusion_cause"))
        back = _cell(
            LUMEN_CHECK,
            lumen,
            facts,
            ("blood_return_before", "blood_return_after", "blood_return_reason"),
        )
        lock: Words = lock_spans(lumen, facts)
        lock += tuple(
            span
            for name in LOCK_FIELDS
            if getattr(lumen, name) is None
            for span in leaf_words(LUMEN_CHECK.leaf(name), lumen, facts)
        )
        rest = _cell(
            LUMEN_CHECK,
            lumen,
            facts,
            ("connector_changed", "connector_why", "disinfecting_cap", "left_as"),
        )
        name = (Span(lumen_name(device, number), voice_of(lumen)),)
        rows.append((name, flow, back, lock, (*rest, *mark_words(lumen.mark, facts))))
    labels = ("Lumen", leaves[0].label, "Blood return", "Flush and lock", "Connector, left")
    shares = (2, 3, 4, 5, 4)
    columns = tuple(Column(label, share) for label, share in zip(labels, shares, strict=True))
    return Table(columns, tuple(rows))


_SHORT = {
    "blood_return_before": "before",
    "blood_return_after": "after",
    "blood_return_reason": "because",
    "occlusion_cause": "blocked by",
    "connector_changed": "changed",
    "connector_why": "because",
    "disinfecting_cap": "disinfecting cap",
    "left_as": "left",
}


def _cell(group: Rows, value: LumenCheck, facts: Facts, names: tuple[str, ...]) -> Words:
    words: list[Span] = []
    for name in names:
        said = leaf_words(group.leaf(name), value, facts)
        if not said:
            continue
        if words:
            words.append(Span(", "))
        if name in _SHORT:
            words.append(Span(f"{_SHORT[name]}: ", Voice.QUIET))
        words.extend(said)
    return tuple(words)
