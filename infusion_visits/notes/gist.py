"""What makes a note urgent, in a few figures: read once from the record, kept beside the file.

Rules of order belong to whoever sorts; here it is only said what the record holds.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

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
    from collections.abc import Mapping

    from infusion_visits.sections.complications.rules.kinds import Catalogue
    from infusion_visits.sections.complications.values import Complication
    from infusion_visits.visits.signed_note import SignedNote

GRAVE_FROM = 3
"""From this grade on, on a scale of figures (clinical reference, table of grades)."""
GRAVE = "severe"


@dataclass(frozen=True, slots=True)
class Gist:
    """`exceptions` as page one counts them; `grave` and `not_told` are words, empty where none.

    `hours_to_sign` counts from the end of the visit to its signature, None where it never ended.
    """

    exceptions: int = 0
    overridden: int = 0
    grave: str = ""
    not_told: str = ""
    hours_to_sign: int | None = None

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
    completed = record.visit.completed
    return Gist(
        exceptions=len(exceptions(record, facts, record.findings, signed=True).rows),
        overridden=len(record.overrides),
        grave="; ".join(grave),
        not_told="; ".join(not_told),
        hours_to_sign=None
        if completed is None
        else max(0, int((note.signing.at - completed).total_seconds() // 3600)),
    )


def gist_from(plain: Mapping[str, Any]) -> Gist | None:
    """The gist that `plain` wrote; None where an earlier or later version wrote it."""
    try:
        return Gist(**plain)
    except TypeError:
        return None


def _is_grave(one: Complication, catalogue: Catalogue) -> bool:
    """Open, and of grade 3 and more at its worst."""
    if state_of(one) is not State.OPEN:
        return False
    peak = grade_at_peak(one, catalogue.kind(one.what), catalogue)
    if peak is None:
        return False
    return peak.grade == GRAVE or (peak.grade.isdecimal() and int(peak.grade) >= GRAVE_FROM)


def _not_told(one: Complication, catalogue: Catalogue, zone: str) -> str:
    duty = duty_of(one, catalogue, zone)
    if duty is None:
        return ""
    kind = catalogue.kind(one.what)
    if told_at(one, kind, duty.code) is not None:
        return ""
    return f"{headline(one, catalogue)}: {whom_words(kind, duty.code)} not told"
