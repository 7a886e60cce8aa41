"""Teaching as FHIR: one Procedure for each topic, with what came back as its outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infusion_visits.core.charted import leaf_text
from infusion_visits.core.fhir import (
    SNOMED,
    Piece,
    author_of,
    coding,
    concept,
    link,
    note,
    own,
    resource,
    standing,
    words_of,
)
from infusion_visits.sections.teaching.fields import TEACHING

if TYPE_CHECKING:
    from infusion_visits.core.refs import Refs
    from infusion_visits.patients.facts import Facts
    from infusion_visits.sections.teaching.values import Taught, Teaching

_EDUCATION = coding(SNOMED, "409073007", "Education")
_SAID = frozenset({"at", "topic", "topic_words", "result"})


def to_fhir(values: Teaching, facts: Facts, refs: Refs) -> list[Piece]:
    """Every topic that was taught."""
    return [_topic(one, facts, refs) for one in standing(values.teaching)]


def _topic(one: Taught, facts: Facts, refs: Refs) -> Piece:
    topic = leaf_text(TEACHING.leaf("topic"), one, facts)
    words = ": ".join(part for part in (topic, one.topic_words) if part) or "Teaching"
    result = leaf_text(TEACHING.leaf("result"), one, facts)
    author = author_of(one.mark, refs)
    return resource(
        "Procedure",
        refs.made(one.mark.row.path()),
        status="completed",
        category=concept("Education", _EDUCATION),
        code=concept(words, own("teaching.topic", one.topic or "")),
        subject=link(refs.patient),
        encounter=link(refs.visit),
        performedDateTime=refs.time_of(one.mark),
        performer=[{"actor": author}] if author else [],
        outcome=concept(result, own("teaching.result", one.result or "")) if result else None,
        note=note(words_of(TEACHING, one, facts, skip=_SAID)),
    )
