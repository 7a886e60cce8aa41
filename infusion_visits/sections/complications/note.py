"""What the note says of complications: each with its context and all its steps."""

from __future__ import annotations

from datetime import datetime
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
    plain,
)
from infusion_visits.core.charted import (
    answers,
    author_words,
    leaf_text,
    leaf_words,
    mark_words,
    time_words,
)
from infusion_visits.core.moments import show_instant
from infusion_visits.sections.complications.fields import COMPLICATION, COMPLICATION_STEP
from infusion_visits.sections.complications.rules.catalogue import catalogue_of
from infusion_visits.sections.complications.rules.state import (
    grade_at_onset,
    grade_at_peak,
    grade_now,
    grade_words,
    headline,
    known_here,
    state_of,
)
from infusion_visits.sections.complications.rules.words import onset_words, sentence

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
    if not struck:
        out.extend(_in_short(complication, catalogue, facts))
    out.extend(answers(COMPLICATION, complication, facts, skip=skip, columns=3))
    if complication.complication_step:
        out.append(_steps(complication, facts, by=not sole))
    return out


def _in_short(complication: Complication, catalogue: Catalogue, facts: Facts) -> list[Block]:
    """Of what was graded: when it came, its grade at onset, at its peak and at the end; of a
    reaction how the infusion went on."""
    kind = catalogue.kind(complication.what)
    said = [onset_words(complication, facts)] if complication.noticed_at else []
    onset, peak = grade_at_onset(complication, kind), grade_at_peak(complication, kind, catalogue)
    last = grade_now(complication, kind)
    graded = [
        f"{word} {grade_words(grade, catalogue)}"
        for word, grade in (("at onset", onset), ("at its peak", peak), ("at last", last))
        if grade is not None
    ]
    if len({grade.grade for grade in (onset, peak, last) if grade is not None}) > 1:
        said.append(", ".join(graded))
    for one in facts.reactions:
        if one.complication == complication.mark.row.at[0]:
            said += [one.criteria, one.decision]
    words = " ".join(sentence(part) for part in said if part)
    return [Paragraph((Span(words),))] if words else []


def _steps(complication: Complication, facts: Facts, *, by: bool) -> Block:
    """All steps; of a reaction also what pump, medicines and vital signs did, in one timeline."""
    columns = (Column("Time", 2), Column("Step", 2), Column("What", 10), Column("By", 4))
    shown = len(columns) if by else len(columns) - 1
    far = datetime.max.replace(tzinfo=facts.now.tzinfo)
    lines = [
        (step.happened_at or far, _step(step, facts)[:shown])
        for step in complication.complication_step
    ]
    if complication.mark.struck is None:
        for one in facts.reactions:
            if one.complication == complication.mark.row.at[0]:
                lines += [(line[0], _told(line, facts)[:shown]) for line in one.story]
                lines.sort(key=lambda line: line[0])
    return Table(columns[:shown], tuple(row for _, row in lines))


def _told(line: tuple[datetime, str, str], facts: Facts) -> tuple[Words, ...]:
    at, what, words = line
    when = show_instant(at, facts.zone, beside=facts.arrived or facts.now)
    return plain(when), (Span(what, Voice.QUIET),), plain(words), ()


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
