"""What came back against what came first, field by field: pure, over two signed notes.

The record of a visit never changes; what comes back is the same record with addenda, or, where the
nurse took it back and charted anew, another visit that names the first. Both are told in the same
lines: where it stands, what it was, what it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from infusion_visits.visits.signed_note import AddendumKind, digest_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from infusion_visits.notes.answered import AnsweredSection
    from infusion_visits.visits.signed_note import SignedAddendum, SignedNote


class Change(StrEnum):
    """What became of one place."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"
    CORRECTED = "corrected"
    SAID = "said"
    TAKEN_BACK = "taken back"


@dataclass(frozen=True, slots=True)
class Differs:
    """One place that differs: where in words, what it was and is, by whom and when if signed so.

    `answers` names the coordinator's questions that it answers.
    """

    change: Change
    where: str
    was: str = ""
    now: str = ""
    by: str = ""
    at: datetime | None = None
    answers: tuple[str, ...] = ()


def added_since(note: SignedNote, known: tuple[str, ...]) -> tuple[Differs, ...]:
    """What the addenda say that were not known then; `known` are digests of addenda."""
    return tuple(
        one
        for addendum in note.addenda
        if digest_of(addendum.envelope) not in known
        for one in _of_addendum(addendum)
    )


def _of_addendum(addendum: SignedAddendum) -> Iterator[Differs]:
    signing, answers = addendum.signing, addendum.answers
    by, at = signing.signer.signed_name, signing.at
    taken_back = addendum.kind is AddendumKind.RETRACTION
    for one in addendum.corrections:
        yield Differs(Change.CORRECTED, one.where, one.was, one.now, by, at, answers)
    change = Change.TAKEN_BACK if taken_back else Change.SAID
    where = "The whole note" if taken_back else addendum.kind.value.capitalize()
    yield Differs(change, where, now=addendum.words, by=by, at=at, answers=answers)


def between(
    first: tuple[AnsweredSection, ...], back: tuple[AnsweredSection, ...]
) -> tuple[Differs, ...]:
    """Every answer of two records that differs, in the order of the visit.

    For a visit that was charted anew in the place of one taken back (`copied_from`).
    """
    before, after = _cells(first), _cells(back)
    # Each place once, in the order of the later record, then what only the first one had.
    places = dict.fromkeys([*after, *before])
    return tuple(_changes(places, before, after))


def _changes(
    places: Mapping[str, None],
    before: Mapping[str, tuple[str, str]],
    after: Mapping[str, tuple[str, str]],
) -> Iterator[Differs]:
    for place in places:
        label, was = before.get(place, ("", ""))
        name, now = after.get(place, ("", ""))
        if was == now:
            continue
        change = Change.ADDED if not was else Change.CHANGED if now else Change.REMOVED
        yield Differs(change, name or label, was, now)


def _cells(sections: tuple[AnsweredSection, ...]) -> dict[str, tuple[str, str]]:
    """Every answer by its address: where it stands in words, and its text."""
    found: dict[str, tuple[str, str]] = {}
    for section in sections:
        for line in section.lines:
            struck = "".join(span.text for span in line.beside)
            for cell in line.cells:
                label = ", ".join(dict.fromkeys((line.where, cell.label)))
                said = f"{cell.text} {struck}".strip() if struck else cell.text
                found[cell.cell.path()] = (label, said)
    return found
