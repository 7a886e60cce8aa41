"""What a visit leaves to be done stays in its signed record, whatever the rules say later."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from infusion_visits.core.planned import PlannedTask
from infusion_visits.notes.compose import LAYOUT, compose
from infusion_visits.visits import sealing, signing
from infusion_visits.visits.facts import facts_of
from infusion_visits.visits.record import from_plain, to_plain
from infusion_visits.visits.rules.follow_up import planned_tasks

if TYPE_CHECKING:
    from infusion_visits.visits.signed_note import SignedNote
    from tests.fixtures.lived_visit import Lived

pytest_plugins = ["tests.fixtures.lived_visit", "tests.fixtures.kept_visit"]
LOOK = "Look at or ask about the site of the removed line"


def sealed(lived: Lived) -> SignedNote:
    with lived.new_unit() as unit:
        unsealed = signing.prepare(unit, lived.visit)
    who = lived.unlocked.member
    return sealing.seal(unsealed, lived.signatory(), who, lived.clock.now(), layout=LAYOUT)


def test_the_tasks_of_the_visit_are_signed_with_it(completed: Lived) -> None:
    note = sealed(completed)
    planned = note.record.planned
    assert planned is not None
    assert [task.due_day for task in planned if LOOK in task.what] == [date(2026, 11, 23)]
    assert LOOK in str(compose(note).blocks)


def test_a_later_rule_plans_nothing_for_a_signed_visit(completed: Lived) -> None:
    note = sealed(completed)
    facts = facts_of(note.record, note.signing.at)
    other = (PlannedTask("Something else", due_day=date(2026, 12, 1)),)
    assert planned_tasks(replace(note.record, planned=other), facts) == other
    assert planned_tasks(replace(note.record, planned=()), facts) == ()


def test_that_there_was_nothing_to_do_is_kept_too(completed: Lived) -> None:
    record = replace(sealed(completed).record, planned=())
    assert from_plain(to_plain(record)).planned == ()
    assert "planned" not in to_plain(completed.read())
