"""What the note says about teaching: one line for each topic."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infusion_visits.core.blocks import Block, Column, Heading, Span, Table, Voice, Words
from infusion_visits.core.charted import leaf_words, mark_words, time_words
from infusion_visits.sections.teaching.fields import TEACHING

if TYPE_CHECKING:
    from infusion_visits.patients.facts import Facts
    from infusion_visits.sections.teaching.values import Taught, Teaching

_TOPIC = ("topic", "topic_words")
_HOW = ("learner", "learner_name", "method", "interpreter")
_BACK = ("result", "follow_up")
_LEFT = ("materials", "note")
_COMMA = ", "
_COLUMNS = (
    Column("Time", 2),
    Column("Topic", 4),
    Column("Learner and method", 4),
    Column("Teach-back", 4),
    Column("Materials, note", 4),
)


def blocks(values: Teaching, facts: Facts) -> list[Block]:
    """All topics of one visit; nothing where nothing was taught."""
    if not values.teaching:
        return []
    rows = tuple(_row(taught, facts) for taught in values.teaching)
    return [Heading("Teaching", 2), Table(_COLUMNS, rows)]


def _row(taught: Taught, facts: Facts) -> tuple[Words, ...]:
    voice = Voice.STRUCK if taught.mark.struck else Voice.PLAIN
    when = time_words(taught.mark, facts)
    at: Words = (Span(when, voice),) if when else leaf_words(TEACHING.leaf("at"), taught, facts)
    return (
        at,
        _cell(_TOPIC, taught, facts, Voice.STRONG),
        _cell(_HOW, taught, facts),
        _cell(_BACK, taught, facts),
        _join(
            [
                *(leaf_words(TEACHING.leaf(name), taught, facts) for name in _LEFT),
                mark_words(taught.mark, facts),
            ]
        ),
    )


def _cell(
    names: tuple[str, ...], taught: Taught, facts: Facts, voice: Voice = Voice.PLAIN
) -> Words:
    words = _join([leaf_words(TEACHING.leaf(name), taught, facts) for name in names])
    return tuple(
        Span(span.text, voice) if span.voice is Voice.PLAIN and span.text != _COMMA else span
        for span in words
    )


def _join(parts: list[Words]) -> Words:
    joined: list[Span] = []
    for part in parts:
        if part and joined:
            joined.append(Span(_COMMA))
        joined.extend(part)
    return tuple(joined)
