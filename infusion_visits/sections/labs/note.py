"""What the note says of samples and results."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infusion_visits.core.blocks import (
    Block,
    Column,
    Heading,
    Paragraph,
    Span,
    Table,
    Voice,
    Words,
)
from infusion_visits.core.charted import after, joined, leaf_words, mark_words, time_words
from infusion_visits.sections.labs.fields import LAB_DRAW, LAB_RESULT, LAB_TUBE
from infusion_visits.sections.labs.rules import out_of_order

if TYPE_CHECKING:
    from infusion_visits.core.fields import Rows
    from infusion_visits.patients.facts import Facts
    from infusion_visits.sections.labs.values import Labs, Result, Sample, Tube

_DRAWN = ("source", "site", "attempts", "lumen", "stopped_minutes", "discard_ml", "flush_ml")
_THEN = ("labelled", "tolerated", "tolerated_words", "transport", "transport_c")
_GONE = ("laboratory", "requisition", "handed_to", "handed_at", "note")
_NAMED = frozenset(
    {
        *("attempts", "lumen", "stopped_minutes", "discard_ml", "flush_ml", "labelled"),
        *("tolerated", "transport", "requisition", "handed_to", "handed_at", "level"),
        *("dose_at", "told_to", "told_at", "read_back"),
    }
)


def blocks(values: Labs, facts: Facts) -> list[Block]:
    """Samples with their tubes, then results; nothing where there is neither."""
    if not values.lab_draw and not values.lab_result:
        return []
    made: list[Block] = [Heading("Laboratory", 2)]
    for sample in values.lab_draw:
        made += _sample(sample, facts)
    if values.lab_result:
        columns = (
            Column("Known at", 2),
            Column("Test", 3),
            Column("Result", 3),
            Column("Told", 6),
        )
        made.append(Table(columns, tuple(_result(one, facts) for one in values.lab_result)))
    return made


def _sample(sample: Sample, facts: Facts) -> list[Block]:
    """`Sample 09:41: from a line, PICC …`; its tubes in the order drawn; where it went."""
    voice = Voice.STRUCK if sample.mark.struck else Voice.STRONG
    when = time_words(sample.mark, facts)
    said: list[Span] = [Span(f"Sample {when}".strip(), voice), Span(": ")]
    if not when:
        said += [*leaf_words(LAB_DRAW.leaf("at"), sample, facts), Span("; ")]
    line = facts.line(sample.device_id)
    if line is not None:
        plain = Voice.STRUCK if sample.mark.struck else Voice.PLAIN
        said += [Span("line ", Voice.QUIET), Span(line.label, plain), Span("; ")]
    else:
        device = leaf_words(LAB_DRAW.leaf("device_id"), sample, facts)
        said += [Span("line ", Voice.QUIET), *device, Span("; ")] if device else []
    for names in (_DRAWN, _THEN, _GONE):
        part = _joined(LAB_DRAW, names, sample, facts)
        said += [*part, Span("; ")] if part else []
    said[-1:] = [Span(".")]
    said += after(mark_words(sample.mark, facts))
    made: list[Block] = [Paragraph(tuple(said))]
    if sample.lab_tube:
        made.append(_tubes(sample, facts))
    wrong = () if sample.mark.struck else out_of_order(sample, facts)
    if wrong:
        first, then = wrong[0]
        words = f"Out of the order of draw: {first.label} before {then.label}."
        made.append(Paragraph((Span(words, Voice.FLAG),)))
    return made


def _tubes(sample: Sample, facts: Facts) -> Table:
    columns = (
        Column("Tube", 4),
        Column("How many", 2),
        Column("Tests", 6),
        Column("Drug level", 6),
    )
    return Table(columns, tuple(_tube(one, sample, facts) for one in sample.lab_tube))


def _tube(one: Tube, sample: Sample, facts: Facts) -> tuple[Words, ...]:
    names = ("level", "level_drug", "dose_at")
    return (
        _joined(LAB_TUBE, ("tube",), one, facts),
        _joined(LAB_TUBE, ("count",), one, facts),
        _joined(LAB_TUBE, ("tests",), one, facts),
        (*_joined(LAB_TUBE, names, one, facts), *after(mark_words(one.mark, facts))),
    )


def _result(one: Result, facts: Facts) -> tuple[Words, ...]:
    at = _joined(LAB_RESULT, ("at",), one, facts)
    when = time_words(one.mark, facts)
    voice = Voice.STRUCK if one.mark.struck else Voice.PLAIN
    return (
        (Span(when, voice),) if when else at,
        _joined(LAB_RESULT, ("test", "sampled"), one, facts),
        _joined(LAB_RESULT, ("value", "unit", "judged"), one, facts),
        (
            *_joined(LAB_RESULT, ("told_to", "told_at", "read_back", "answer"), one, facts),
            *after(mark_words(one.mark, facts)),
        ),
    )


def _joined(group: Rows, names: tuple[str, ...], value: object, facts: Facts) -> Words:
    return joined(group, names, value, facts, named=_NAMED)
