"""What came back against what came first: each place that differs, and no other."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from infusion_visits.notes.answered import answered
from infusion_visits.review.difference import Change, added_since, between
from infusion_visits.sections.vitals.values import Vitals
from infusion_visits.visits.facts import facts_of
from infusion_visits.visits.signed_note import digest_of
from tests.fixtures.signatories import signatory
from tests.fixtures.signed_files import added, nurse, sample, sealed

if TYPE_CHECKING:
    from infusion_visits.notes.answered import AnsweredSection
    from infusion_visits.visits.record import VisitRecord


def read(record: VisitRecord) -> tuple[AnsweredSection, ...]:
    """Every answer of a record."""
    return answered(record, facts_of(record, sample().signing.at))


def test_the_same_record_differs_nowhere() -> None:
    record = sample().record
    assert between(read(record), read(record)) == ()


def test_one_other_figure_is_one_line_with_both_figures() -> None:
    record = sample().record
    vitals = record.of(Vitals)
    first, *others = vitals.vital_signs
    assert first.pulse is not None
    was, now = f"{first.pulse}", f"{first.pulse + Decimal(9)}"
    mark = replace(first.mark, as_entered={**first.mark.as_entered, "pulse": f"{now} /min"})
    other = replace(first, mark=mark, pulse=Decimal(now))
    changed = replace(vitals, vital_signs=(other, *others))
    (one,) = between(read(record), read(record.with_section("vitals", changed)))
    assert one.change is Change.CHANGED
    assert "ulse" in one.where
    assert was in one.was
    assert now in one.now


def test_what_one_record_lacks_is_added_or_removed() -> None:
    record = sample().record
    without = record.with_section("vitals", Vitals())
    gone = between(read(record), read(without))
    assert gone
    assert {one.change for one in gone} == {Change.REMOVED}
    back = between(read(without), read(record))
    assert {one.change for one in back} == {Change.ADDED}
    assert len(back) == len(gone)


def test_addenda_that_were_known_are_not_told_again() -> None:
    at = sample().signing.at
    hand = signatory(nurse(), at)
    one = added(sealed(hand), hand, at + timedelta(hours=1))
    two = added(one, hand, at + timedelta(hours=2))
    known = (digest_of(one.addenda[0].envelope),)
    assert [differs.change for differs in added_since(two, ())] == [
        Change.CORRECTED,
        Change.SAID,
    ] * 2
    corrected, said = added_since(two, known)
    assert (corrected.where, corrected.was, corrected.now) == ("Vital signs, 10:05", "76", "67")
    assert said.now == "The pulse was read from the wrong line."
    assert said.at == at + timedelta(hours=2)
    assert said.by == nurse().signed_name
