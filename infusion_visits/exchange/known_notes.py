"""What is known of earlier notes: all of an unlocked record, or the files given together."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from infusion_visits.exchange.verdict import Known, PointKey, Verdict, VerdictKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from infusion_visits.records.unit_of_work import UnitOfWork


def known_here(unit: UnitOfWork) -> Known:
    """Everything that this record holds, notes taken in from others included."""
    from infusion_visits.visits.signing import digests_of_files, digests_of_notes

    return Known(digests_of_notes(unit), whole=True, files=digests_of_files(unit))


def known_together(verdicts: Iterable[Verdict]) -> Known:
    """The notes of files that are checked together; of those that hold."""
    notes = [one.note for one in verdicts if one.good and one.note is not None]
    return Known({one.digest: one.chain.previous if one.chain else "" for one in notes})


def with_known(verdict: Verdict, known: Known) -> Verdict:
    """The same verdict, its question for the earlier notes answered by what is known now."""
    from infusion_visits.exchange.points import chain_point

    before = verdict.point(PointKey.CHAIN)
    if verdict.note is None or before is None:
        return verdict
    chain = chain_point(verdict.note, known)
    words = verdict.words.removesuffix(f" {before.words}")
    if verdict.kind is VerdictKind.HOLDS and chain.holds is False:
        words += f" {chain.words}"
    told = tuple(chain if one.key == PointKey.CHAIN else one for one in verdict.points)
    return replace(verdict, words=words, points=told)
