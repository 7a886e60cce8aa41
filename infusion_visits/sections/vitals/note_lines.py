"""The lines below the table of sets: what was worked out, the schedule, how NEWS2 was scored."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from infusion_visits.core.blocks import Span, Voice, Words
from infusion_visits.core.charted import leaf_words, mark_words, time_words
from infusion_visits.core.moments import show_instant
from infusion_visits.core.scales.catalogue import scales_in_force
from infusion_visits.core.scales.news2 import METHOD, NotScored
from infusion_visits.sections.vitals.changes import orthostatic
from infusion_visits.sections.vitals.fields import MISSED_SET, PART_OF_A_SET
from infusion_visits.sections.vitals.sets import (
    in_time,
    mass_index,
    news2_of,
    standing,
    surface,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from infusion_visits.patients.facts import Facts
    from infusion_visits.sections.vitals.values import MissedSet, Vitals

_SAME_SET = timedelta(minutes=10)


def worked_lines(values: Vitals, facts: Facts) -> Iterator[Words]:
    """Body mass index and surface with the sentence that made them; lying beside standing."""
    sets = standing(values)
    for one in sets:
        index, area = mass_index(one), surface(one)
        if index is not None and area is not None:
            yield (
                Span(f"{time_words(one.mark, facts)} ", Voice.STRONG),
                Span(f"Body mass index {index.sentence}; body surface {area.sentence}."),
            )
    for pair in orthostatic(sets, facts):
        said = "orthostatic" if pair.positive else "not orthostatic"
        yield (
            Span(f"{time_words(pair.standing.mark, facts)} ", Voice.STRONG),
            Span(f"{pair.words}: "),
            Span(f"{said}.", Voice.FLAG if pair.positive else Voice.PLAIN),
        )


def missed_lines(values: Vitals, facts: Facts) -> Iterator[Words]:
    """What was said of missed sets that the schedule does not know."""
    for row in values.missed_set:
        known = any(
            row.due is not None and abs(due.at - row.due) <= _SAME_SET and due.reason
            for due in facts.vitals_due
        )
        if row.mark.struck is not None or not known:
            yield _missed(row, facts)


def _missed(row: MissedSet, facts: Facts) -> Words:
    at = show_instant(row.due, facts.zone, beside=facts.arrived or facts.now) if row.due else ""
    said = [
        "".join(span.text for span in words)
        for name in ("reason", "words")
        if (words := leaf_words(MISSED_SET.leaf(name), row, facts))
    ]
    at = at or "".join(span.text for span in leaf_words(MISSED_SET.leaf("due"), row, facts))
    voice = Voice.STRUCK if row.mark.struck else Voice.PLAIN
    told = [Span(f"Set due {at} not taken in time: {', '.join(said) or 'no reason given'}", voice)]
    for span in mark_words(row.mark, facts):
        told += [Span("; "), span]
    return tuple(told)


def method_words(values: Vitals, facts: Facts) -> str:
    """Why sets were not scored; by which method and SpO2 scale the others; whose method it is."""
    why: dict[str, list[str]] = {}
    scored_any = False
    for one in in_time(values):
        if one.mark.struck is not None:
            continue
        scored = news2_of(one, facts)
        if isinstance(scored, NotScored):
            reason = "a recheck of some signs" if one.extent == PART_OF_A_SET else scored.why
            why.setdefault(reason, []).append(time_words(one.mark, facts) or "no time")
        else:
            scored_any = True
    said = [f"NEWS2 not scored at {', '.join(times)}: {reason}." for reason, times in why.items()]
    if scored_any:
        scale = "2 (documented target 88 to 92 %)" if facts.hypercapnic_target else "1"
        said.append(f"NEWS2 by {METHOD}, SpO2 scale {scale}.")
        licence = scales_in_force(facts.catalogue).notes.get("news2", "")
        owner = "Royal College of Physicians"
        said.append(f"With acknowledgement of the {owner}." if owner in licence else "")
    return " ".join(part for part in said if part)
