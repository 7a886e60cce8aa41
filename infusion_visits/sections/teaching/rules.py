"""What teaching has to say: what was not understood, refused or left out, and what follows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from infusion_visits.core.catalogue import Entry, read_once, reading
from infusion_visits.core.cells import Cell, Row
from infusion_visits.core.clock import local_day
from infusion_visits.core.findings import Finding, Level
from infusion_visits.core.kinds import VisitKind
from infusion_visits.core.planned import PlannedTask
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
    from collections.abc import Collection, Mapping

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
    kinds: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    must: tuple[str, ...] = ()

    def expected(self, kind: VisitKind, groups: Collection[str]) -> bool:
        """Whether a visit of this kind, with an order of these drug groups, teaches it."""
        if kind.value not in self.kinds:
            return False
        return not self.groups or bool(set(groups).intersection(self.groups))


def read_topics(catalogue: Mapping[str, Any]) -> dict[str, Topic]:
    """The topics by key. Raises CatalogueRefused with every fault."""
    with reading(catalogue) as top:
        found = [_topic(entry) for entry in top.each("topic")]
        wanted = [option.key for option in TOPICS if option.key != OTHER]
        if [topic.key for topic in found] != wanted:
            top.fault(
                "the topics are not those of the form.",
                f"Name each once, in this order: {', '.join(wanted)}.",
                "topic",
            )
        return {topic.key: topic for topic in found}


_read = read_once(read_topics)


def _topic(entry: Entry) -> Topic:
    key = entry.choice("key", tuple(_LABELS))
    # The label is the form's own: what a visit shows and prints is the same word.
    label = entry.choice("label", (_LABELS[key],)) if key else entry.text("label")
    made = Topic(
        key=key,
        label=label,
        covers=entry.text("covers"),
        source=entry.source(),
        kinds=entry.choices("kinds", [kind.value for kind in VisitKind], needed=False),
        groups=entry.texts("groups", needed=False),
        must=entry.choices("must", [kind.value for kind in VisitKind], needed=False),
    )
    entry.close()
    return made


def topics_for(facts: Facts) -> dict[str, Topic]:
    """The topics in force: those kept with a signed record, else those of the catalogue."""
    return _read(facts.catalogue.get(CATALOGUE) or load_catalogue(CATALOGUE))


def topic_words(taught: Taught) -> str:
    """The topic as a person reads it."""
    if taught.topic == OTHER and taught.topic_words:
        return taught.topic_words
    return _LABELS.get(taught.topic or "", taught.topic or "")


def findings(values: Teaching, facts: Facts) -> list[Finding]:
    """Topics whose teach-back was no success, and what this visit should teach (reference 7.8)."""
    return [
        *(_finding(taught) for taught in values.teaching if _wants_more(taught)),
        *_not_taught(values, facts),
    ]


def tasks(values: Teaching, facts: Facts) -> tuple[PlannedTask, ...]:
    """What has to be taught again comes back at the next visit as a task."""
    return tuple(
        PlannedTask(
            what=f"Teach again: {topic_words(taught)}",
            due_day=local_day(facts.departed or facts.now, facts.zone),
            origin=f"{SECTION}/{taught.mark.row.path()}",
        )
        for taught in values.teaching
        if _wants_more(taught)
    )


def _not_taught(values: Teaching, facts: Facts) -> list[Finding]:
    """One line for all topics expected at this visit; a stop for what nobody may go without."""
    therapy = facts.order.therapy if facts.order else None
    groups = therapy.groups if therapy else ()
    spoken_of = {one.topic for one in values.teaching if one.mark.struck is None}
    open_topics = [
        topic
        for topic in topics_for(facts).values()
        if topic.expected(facts.kind, groups) and topic.key not in spoken_of
    ]
    kind = facts.kind.value
    must = [topic.label for topic in open_topics if kind in topic.must]
    other = [topic.label for topic in open_topics if kind not in topic.must]
    made = []
    if must:
        words = f"Not taught yet: {', '.join(must)}. Nobody is left without it."
        made.append(_expected("teaching-must", Level.STOP, words, overridable=True))
    if other:
        words = f"Usually taught at this visit: {', '.join(other)}."
        made.append(_expected("teaching-expected", Level.ADVICE, words))
    return made


def _expected(code: str, level: Level, words: str, *, overridable: bool = False) -> Finding:
    cell = Cell(SECTION, Row(TEACHING.name), "topic")
    return Finding(code, level, words, SECTION, cell, overridable=overridable)


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
