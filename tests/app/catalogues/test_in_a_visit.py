"""An agency's limit counts in an open visit; a signed note keeps what it was signed with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from infusion_visits.app.catalogues.checking import check
from infusion_visits.core.resources import put_in_force
from infusion_visits.notes.compose import LAYOUT, compose
from infusion_visits.sections.vitals.limits import limits_for
from infusion_visits.sections.vitals.values import Vitals
from infusion_visits.visits import sealing, signing
from infusion_visits.visits.facts import facts_of
from infusion_visits.visits.queries import load_record
from infusion_visits.visits.rules.everything import all_findings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from infusion_visits.visits.signed_note import SignedNote
    from tests.fixtures.lived_visit import Lived

pytest_plugins = ["tests.fixtures.lived_visit", "tests.fixtures.kept_visit"]
STRICT = """\
edition = "2026-1"
[pulse]
amber = ["<= 50", "> 60"]
source = "Agency protocol 12, 2026"
"""
WIDE = STRICT.replace('"> 60"', '"> 120"').replace('"<= 50"', '"<= 45"')


@pytest.fixture(autouse=True)
def nothing_left_in_force() -> Iterator[None]:
    yield
    put_in_force({})


def agency_counts(text: str = STRICT) -> None:
    checked = check(text.encode(), "vitals.toml", {})
    assert checked.whole is not None
    assert checked.usable
    put_in_force({"vitals": checked.whole})


def pulses_said(lived: Lived) -> set[str]:
    with lived.new_unit() as unit:
        record = load_record(unit, lived.visit)
    facts = facts_of(record, lived.clock.now())
    return {one.words for one in all_findings(record, facts, {}) if "ulse" in one.words}


def signed(lived: Lived) -> SignedNote:
    key = lived.signatory()
    with lived.new_unit() as unit:
        unsealed = signing.prepare(unit, lived.visit)
    who = lived.unlocked.member
    return sealing.seal(unsealed, key, who, lived.clock.now(), layout=LAYOUT)


def amber_of(note: SignedNote) -> list[str]:
    facts = facts_of(note.record, note.signing.at)
    return [f"{one.sign} {one.figure}" for one in limits_for(facts)["pulse"].amber]


def test_an_override_changes_a_finding_of_a_visit_that_is_open(completed: Lived) -> None:
    with completed.new_unit() as unit:
        sets = load_record(unit, completed.visit).of(Vitals).vital_signs
    assert any(one.pulse is not None and one.pulse > 60 for one in sets)
    assert pulses_said(completed) == set()
    agency_counts()
    assert pulses_said(completed)
    put_in_force({})
    assert pulses_said(completed) == set()


def test_a_signed_note_keeps_the_limits_it_was_signed_with(completed: Lived) -> None:
    note = signed(completed)
    before = compose(note)
    agency_counts()
    assert amber_of(note) == ["<= 50", "> 110"]
    assert compose(note) == before
    assert note.record.catalogue["vitals"]["edition"] != "2026-1"


def test_what_is_signed_under_the_agencys_limits_keeps_those(completed: Lived) -> None:
    agency_counts(WIDE)
    note = signed(completed)
    put_in_force({})
    assert amber_of(note) == ["<= 45", "> 120"]
    assert note.record.catalogue["vitals"]["edition"].endswith("; agency: 2026-1")
    assert note.record.catalogue["vitals"]["pulse"]["source"] == "Agency protocol 12, 2026"
    assert compose(note) == compose(note)
