"""What teaching has to say: what was not understood, refused or left out, and what follows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from infusion_visits.core.cells import Cell
from infusion_visits.core.findings import Finding, Level
from infusion_visits.core.resources import load_catalogue
from infusion_visits.sections.teaching.fields import (
    NOT_TAUGHT,
    OTHER,
    REFUSED,
    REINFORCE,
    SECTION,
    TEACHING,
    TOPICS,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from infusion_visits.patients.facts import Facts
    from infusion_visits.sections.teaching.values import Taught, Teaching

CATALOGUE = "teaching"
_WORDS = {
    REINFORCE: "needs reinforcement: teach it again and say when.",
    REFUSED: "was refused: say what was offered instead and when it is offered again.",
    NOT_TAUGHT: "was not taught: say when it will be.",
}
_LABELS = {option.key: option.label for option in TOPICS}


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic of the catalogue: what a learner should be able to say or show."""

    key: str
    label: str
    covers: str
    source: str


def read_topics(catalogue: Mapping[str, Any]) -> dict[str, Topic]:
    """The topics by key. Raises ValueError where an entry is not in order."""
    found: dict[str, Topic] = {}
    for entry in catalogue["topic"]:
        if not entry.get("source"):
            raise ValueError(f"{entry['key']}: every entry names its source")
        found[entry["key"]] = Topic(entry["key"], entry["label"], entry["covers"], entry["source"])
    if [(topic.key, topic.label) for topic in found.values()] != [
        (option.key, option.label) for option in TOPICS if option.key != OTHER
    ]:
        raise ValueError("the catalogue and the form name the same topics in the same order")
    return found


def topics_for(facts: Facts) -> dict[str, Topic]:
    """The topics in force: those kept with a signed record, else those of the catalogue."""
    return read_topics(facts.catalogue.get(CATALOGUE) or load_catalogue(CATALOGUE))


def topic_words(taught: Taught) -> str:
    """The topic as a person reads it."""
    if taught.topic == OTHER and taught.topic_words:
        return taught.topic_words
    return _LABELS.get(taught.topic or "", taught.topic or "")


def findings(values: Teaching, facts: Facts) -> list[Finding]:
    """Advice for each topic whose teach-back was not a success (clinical reference 7.8)."""
    return [_finding(taught) for taught in values.teaching if _wants_more(taught)]


def _wants_more(taught: Taught) -> bool:
    return taught.mark.struck is None and taught.result in _WORDS


def _finding(taught: Taught) -> Finding:
    row = taught.mark.row
    name = topic_words(taught) or TEACHING.label
    return Finding(
        code=f"teaching-{(taught.result or '').replace('_', '-')}",
        level=Level.ADVICE,
        words=f"{name}: {_WORDS[taught.result or '']}",
        section=SECTION,
        cell=Cell(SECTION, row, "follow_up"),
        response=taught.follow_up or "",
        at=taught.at,
        subject=row.path(),
    )
