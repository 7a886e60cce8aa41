"""A signed record keeps what the catalogue said of its orders' therapies, and no more of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from infusion_visits.core.resources import as_if, load_catalogue
from infusion_visits.notes.compose import LAYOUT
from infusion_visits.notes.known import known_blocks
from infusion_visits.patients.therapy.catalogue import therapy_fact
from infusion_visits.patients.therapy.tables import TherapyOrder
from infusion_visits.records import cells
from infusion_visits.visits import sealing, signing
from infusion_visits.visits.facts import facts_of
from infusion_visits.visits.queries import load_record

if TYPE_CHECKING:
    from infusion_visits.visits.signed_note import SignedNote
    from tests.fixtures.lived_visit import Lived

KEY = "plain"
# Asks for nothing, so that the visit of the fixture is complete with it.
PLAIN = {
    "name": "PLAIN drug",
    "drug_class": "of this test",
    "groups": ["other"],
    "access_class": "none",
    "tissue_class": "none",
    "boxed_warning": "Of this test.",
    "mark": "practice",
    "source": "this test",
}
pytest_plugins = ["tests.fixtures.lived_visit", "tests.fixtures.kept_visit"]


def named(lived: Lived, key: str) -> None:
    """The order of the visit comes from the catalogue."""
    with lived.new_unit() as unit:
        order = load_record(unit, lived.visit).visit.order
        cells.put(unit, TherapyOrder, {"id": order}, {"therapy": key})
        unit.commit()


def sealed(lived: Lived) -> SignedNote:
    with lived.new_unit() as unit:
        unsealed = signing.prepare(unit, lived.visit)
    who = lived.unlocked.member
    return sealing.seal(unsealed, lived.signatory(), who, lived.clock.now(), layout=LAYOUT)


def agency(**changes: Any) -> Any:
    """While it lasts the agency's catalogue has the therapy of this test, with these changes."""
    plain = dict(load_catalogue("therapies"))
    return as_if(
        {"therapies": {**plain, "therapy": {**plain["therapy"], KEY: {**PLAIN, **changes}}}}
    )


def test_the_entry_of_the_order_is_kept_and_no_other(completed: Lived) -> None:
    named(completed, KEY)
    with agency():
        note = sealed(completed)
    assert list(note.record.catalogue["therapies"]["therapy"]) == [KEY]


def test_a_signed_record_says_of_its_therapy_what_held_when_it_was_signed(
    completed: Lived,
) -> None:
    named(completed, KEY)
    with agency():
        note = sealed(completed)
        before = therapy_fact(KEY)
    day = note.signing.at.date()
    with agency(access_class="irritant", boxed_warning="Another."):
        facts = facts_of(note.record, note.signing.at)
        assert facts.order is not None
        assert facts.order.therapy == before
        assert "Of this test." in repr(known_blocks(note.record, facts, day))
        with completed.new_unit() as unit:
            record = load_record(unit, completed.visit)
        draft = facts_of(record, note.signing.at)
        assert draft.order is not None
        assert draft.order.therapy is not None
        assert draft.order.therapy.access_class == "irritant"
        assert "Another." in repr(known_blocks(record, draft, day))


def test_an_order_without_a_key_keeps_no_therapies(completed: Lived) -> None:
    note = sealed(completed)
    assert (
        "therapies" not in note.record.catalogue
        or len(note.record.catalogue["therapies"]["therapy"]) > 1
    )
