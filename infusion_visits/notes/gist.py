"""What makes a note urgent, in a few figures: read once from the record, kept beside the file.

Rules of order belong to whoever sorts; here it is only said what the record holds.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from infusion_visits.core.blocks import Voice
from infusion_visits.notes.exceptions import exceptions
from infusion_visits.sections.complications.rules import catalogue_of
from infusion_visits.sections.complications.rules.state import (
    State,
    grade_at_peak,
    headline,
    state_of,
)
from infusion_visits.sections.complications.rules.telling import duty_of, told_at, whom_words
from infusion_visits.sections.complications.values import Complications
from infusion_visits.visits.facts import facts_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from infusion_visits.core.blocks import ExceptionRow
    from infusion_visits.patients.facts import Facts
    from infusion_visits.sections.complications.rules.kinds import Catalogue
    from infusion_visits.sections.complications.values import Complication
    from infusion_visits.visits.signed_note import SignedNote

GRAVE_FROM = 3
"""From this grade on, on a scale of figures (clinical reference, table of grades)."""
_IN_WORDS = {"mild": 1, "moderate": 2, "severe": 3}
_HEADLINES = 2
_SCALE = re.compile(r" \([^()]*\)$")
_WEIGHTY = {Voice.STRONG, Voice.FLAG}


@dataclass(frozen=True, slots=True)
class Gist:
    """`exceptions` as page one counts them; `grave` and `not_told` are words, empty where none.

    `headlines` are the exceptions in a few words each, the worst first, of two alike the open one;
    `about` says drug and line; `worst` is the highest grade of a complication, 0 without.
    `hours_to_sign` counts from the end of the visit to its signature, None where it never ended.
    """

    exceptions: int = 0
    overridden: int = 0
    grave: str = ""
    not_told: str = ""
    hours_to_sign: int | None = None
    headlines: str = ""
    about: str = ""
    worst: int = 0

    def plain(self) -> dict[str, Any]:
        """JSON values."""
        return asdict(self)


def gist_of(note: SignedNote) -> Gist:
    """The gist of a signed note. Raises BadFile for a version without a reader."""
    record = note.record
    facts = facts_of(record, note.signing.at)
    catalogue = catalogue_of(facts)
    standing = [one for one in record.of(Complications).complication if one.mark.struck is None]
    grave = [headline(one, catalogue) for one in standing if _is_grave(one, catalogue)]
    not_told = [
        words for one in standing if (words := _not_told(one, catalogue, record.visit.zone))
    ]
    graded = [(one, _grade(one, catalogue)) for one in standing]
    completed = record.visit.completed
    rows = exceptions(record, facts, record.findings, signed=True).rows
    return Gist(
        exceptions=len(rows),
        headlines=_headlines(rows, {headline(one, catalogue): grade for one, grade in graded}),
        about=_about(facts),
        worst=max((grade for _, grade in graded), default=0),
        overridden=len(record.overrides),
        grave="; ".join(grave),
        not_told="; ".join(not_told),
        hours_to_sign=None
        if completed is None
        else max(0, int((note.signing.at - completed).total_seconds() // 3600)),
    )


def _headlines(rows: Sequence[ExceptionRow], grades: Mapping[str, int]) -> str:
    """The first words of each exception; the name of the scale is left to the note."""

    def weight(row: ExceptionRow) -> tuple[int, bool]:
        said = _headline(row)
        grade = max((known for words, known in grades.items() if said.startswith(words)), default=0)
        return -grade, not _ends_open(row)

    said = [_SCALE.sub("", _headline(row)) for row in sorted(rows, key=weight)]
    said = list(dict.fromkeys(filter(None, said)))
    more = len(said) - _HEADLINES
    return "; ".join(said[:_HEADLINES] + ([f"{more} more"] if more > 0 else []))


def _headline(row: ExceptionRow) -> str:
    weighty = takewhile(lambda span: span.voice in _WEIGHTY, row.words)
    words = "".join(span.text for span in weighty) or "".join(span.text for span in row.words)
    return words.strip().partition(". ")[0].rstrip(".")


def _ends_open(row: ExceptionRow) -> bool:
    return any(span.text.strip() == "Open." for span in row.response)


def _about(facts: Facts) -> str:
    """`immune globulin 10 %, Port`: what was given, and by which line."""
    drug = facts.order.drug if facts.order is not None else ""
    lines = [line.label.partition(",")[0] for line in facts.lines if line.in_place]
    return ", ".join(part for part in (drug, *dict.fromkeys(lines)) if part)


def gist_from(plain: Mapping[str, Any]) -> Gist | None:
    """The gist that `plain` wrote; None where an earlier or later version wrote it."""
    try:
        return Gist(**plain)
    except TypeError:
        return None


def _is_grave(one: Complication, catalogue: Catalogue) -> bool:
    """Open, and of grade 3 and more at its worst."""
    return state_of(one) is State.OPEN and _grade(one, catalogue) >= GRAVE_FROM


def _grade(one: Complication, catalogue: Catalogue) -> int:
    """The grade at its worst as a figure; 0 where none is known."""
    peak = grade_at_peak(one, catalogue.kind(one.what), catalogue)
    if peak is None:
        return 0
    return int(peak.grade) if peak.grade.isdecimal() else _IN_WORDS.get(peak.grade, 0)


def _not_told(one: Complication, catalogue: Catalogue, zone: str) -> str:
    duty = duty_of(one, catalogue, zone)
    if duty is None:
        return ""
    kind = catalogue.kind(one.what)
    if told_at(one, kind, duty.code) is not None:
        return ""
    return f"{headline(one, catalogue)}: {whom_words(kind, duty.code)} not told"
