"""What the note says of complications: each with its context and all its steps."""

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
from infusion_visits.core.charted import (
    answers,
    author_words,
    leaf_text,
    leaf_words,
    mark_words,
    time_words,
)
from infusion_visits.sections.complications.fields import COMPLICATION, COMPLICATION_STEP
from infusion_visits.sections.complications.rules.catalogue import catalogue_of
from infusion_visits.sections.complications.rules.state import (
    headline,
    known_here,
    state_of,
)

if TYPE_CHECKING:
    from infusion_visits.patients.facts import Facts
    from infusion_visits.sections.complications.rules.kinds import Catalogue
    from infusion_visits.sections.complications.values import (
        Complication,
        Complications,
        ComplicationStep,
    )

TITLE = "Complications"
NONE_CHARTED = "none charted at this visit, none open from earlier ones"


def blocks(values: Complications, facts: Facts) -> list[Block]:
    """The section of the note; complications closed before this visit are not repeated."""
    known = known_here(values, facts)
    if not known:
        return [Heading(TITLE, 2, NONE_CHARTED)]
    out: list[Block] = [Heading(TITLE, 2)]
    catalogue = catalogue_of(facts)
    for complication in known:
        out.extend(_complication(complication, catalogue, facts))
    return out


def _complication(complication: Complication, catalogue: Catalogue, facts: Facts) -> list[Block]:
    struck = complication.mark.struck is not None
    authors = {author_words(step.mark, facts) for step in complication.complication_step}
    sole = authors.pop() if len(authors) == 1 else ""
    state = "" if struck else state_of(complication).value
    beside = ", ".join(words for words in (state, f"all steps by {sole}" if sole else "") if words)
    out: list[Block] = [Heading(headline(complication, catalogue), 3, beside)]
    skip = ["device_id"] if facts.line(complication.device_id) else []
    line = facts.line(complication.device_id)
    if line is not None:
        voice = Voice.STRUCK if struck else Voice.PLAIN
        out.append(Paragraph((Span("Line: ", Voice.QUIET), Span(line.label, voice))))
    out.extend(answers(COMPLICATION, complication, facts, skip=skip, columns=3))
    if complication.complication_step:
        out.append(_steps(complication, facts, by=not sole))
    return out


def _steps(complication: Complication, facts: Facts, *, by: bool) -> Block:
    columns = (Column("Time", 2), Column("Step", 2), Column("What", 10), Column("By", 4))
    shown = len(columns) if by else len(columns) - 1
    rows = tuple(_step(step, facts)[:shown] for step in complication.complication_step)
    return Table(columns[:shown], rows)


def _step(step: ComplicationStep, facts: Facts) -> tuple[Words, ...]:
    voice = Voice.STRUCK if step.mark.struck else Voice.PLAIN
    time = time_words(step.mark, facts)
    when = (Span(time, voice),) if time else _leaf("happened_at", step, facts)
    by = author_words(step.mark, facts)
    return when, _leaf("kind", step, facts), _what(step, facts), (Span(by, voice),)


def _leaf(name: str, step: ComplicationStep, facts: Facts) -> Words:
    return leaf_words(COMPLICATION_STEP.leaf(name), step, facts)


_BEFORE = {
    "grade": "",
    "scale": "scale ",
    "told_role": "",
    "told_name": "",
    "answer": "answer: ",
    "order_received": "order: ",
    "read_back": "read back: ",
    "outcome": "outcome: ",
    "follow_up": "follow-up: ",
}


def _what(step: ComplicationStep, facts: Facts) -> Words:
    words: list[Span] = []
    for leaf in COMPLICATION_STEP.leaves:
        if leaf.name in {"happened_at", "kind"}:
            continue
        said = leaf_words(leaf, step, facts)
        if not said:
            continue
        if words:
            words.append(Span("; "))
        before = _BEFORE.get(leaf.name, "")
        if leaf.name in step.mark.not_done and not leaf_text(leaf, step, facts):
            before = f"{leaf.label.lower()}: "
        if before:
            words.append(Span(before, Voice.QUIET))
        words.extend(said)
    beside = mark_words(step.mark, facts)
    if beside:
        words.extend((Span("; "), *beside))
    return tuple(words)
