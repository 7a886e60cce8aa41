"""Where a note is by now is derived from what left, what came in and what was answered."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from infusion_visits.core.clock import SteppingClock
from infusion_visits.core.errors import Missing
from infusion_visits.core.ids import seeded_ids
from infusion_visits.core.moments import utc_text
from infusion_visits.exchange import note_file
from infusion_visits.exchange.handing_over import hand_over
from infusion_visits.exchange.note_intake import Outcome, take_in
from infusion_visits.exchange.verdict import Verdict, VerdictKind
from infusion_visits.records import cells, key_file
from infusion_visits.records.change_log import AuditEvent
from infusion_visits.records.rows import table_of
from infusion_visits.team import actions as team
from infusion_visits.visits import history, signing
from infusion_visits.visits.answers import addenda_digests
from infusion_visits.visits.handed import Handed, HandOverState, Way, handed, receipt
from infusion_visits.visits.note_state import Answered, NoteState
from infusion_visits.visits.queries import hand_over_state
from infusion_visits.visits.record import canonical
from infusion_visits.visits.signed_note import AddendumKind, digest_of
from infusion_visits.visits.tables import Review
from tests.fixtures.records import OTHER_PASSPHRASE

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fixtures.lived_visit import Lived

pytest_plugins = ["tests.fixtures.lived_visit", "tests.fixtures.kept_visit"]

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
ONE, TWO = (NOON + timedelta(hours=hours) for hours in (1, 2))
SAVED = (Way.SAVED, ONE)


@pytest.mark.parametrize(
    ("left", "came", "seen", "state"),
    [
        (None, None, None, Handed(HandOverState.ONLY_HERE)),
        (SAVED, None, None, Handed(HandOverState.HANDED_OVER, ONE, Way.SAVED)),
        (None, ONE, None, Handed(HandOverState.HANDED_OVER, ONE, Way.RECEIVED)),
        (SAVED, TWO, ONE, Handed(HandOverState.HANDED_OVER, TWO, Way.RECEIVED)),
        (SAVED, None, TWO, Handed(HandOverState.RECEIPT_SEEN, TWO, Way.SAVED)),
        (None, None, TWO, Handed(HandOverState.RECEIPT_SEEN, TWO)),
    ],
)
def test_the_state_of_a_note(
    left: tuple[Way, datetime] | None, came: datetime | None, seen: datetime | None, state: Handed
) -> None:
    assert handed(left, came, seen) == state


def answered(at: datetime, *addenda: str) -> Answered:
    return Answered(UUID(int=1), UUID(int=2), NoteState.RECEIVED, "", at, "P. A., RN", addenda)


@pytest.mark.parametrize(
    ("answers", "addenda", "seen"),
    [
        ((), (), None),
        ((answered(TWO), answered(ONE)), (), ONE),
        ((answered(ONE),), ("a",), None),
        ((answered(ONE), answered(TWO, "a")), ("a",), TWO),
        ((answered(TWO, "b"),), ("a",), None),
        ((answered(TWO, "a", "b"),), ("a",), TWO),
    ],
)
def test_a_receipt_is_of_what_the_coordinator_had_before_her(
    answers: tuple[Answered, ...], addenda: tuple[str, ...], seen: datetime | None
) -> None:
    assert receipt(answers, addenda) == seen


def test_a_state_says_when_and_how() -> None:
    zone = "America/New_York"
    assert Handed(HandOverState.ONLY_HERE).words(zone) == "On this laptop only"
    saved = Handed(HandOverState.HANDED_OVER, NOON, Way.SAVED)
    assert saved.words(zone) == "Handed over 21 Nov 2026 07:00, saved"
    seen = Handed(HandOverState.RECEIPT_SEEN, NOON, Way.SAVED)
    assert seen.words(zone) == "Receipt seen 21 Nov 2026 07:00"
    came = Handed(HandOverState.HANDED_OVER, NOON, Way.RECEIVED)
    assert came.words(zone) == "Received from another laptop 21 Nov 2026 07:00"


def state_of(lived: Lived) -> HandOverState:
    with lived.new_unit() as unit:
        found = hand_over_state(unit, lived.visit)
        here = history.only_here(unit)
        assert here == ((lived.visit,) if found.only_here else ())
        assert history.only_here_count(unit) == len(here)
        assert history.hand_over_states(unit) == {lived.visit: found}
        return found.state


def give(lived: Lived, file: bytes | None = None) -> None:
    lived.clock.forward(minutes=1)
    with lived.new_unit() as unit:
        kept = signing.load_file(unit, lived.visit)
        hand_over(unit, lived.visit, Way.SAVED, file if file is not None else kept)
        unit.commit()


def answer(lived: Lived, *addenda: str) -> None:
    """A coordinator's receipt, as it lies here once it was taken in."""
    lived.clock.forward(minutes=1)
    with lived.new_unit() as unit:
        review = unit.ids.new()
        envelope = {
            "type": "review",
            "v": 1,
            "id": str(review),
            "visit": str(lived.visit),
            "target_sha256": signing.load_note(unit, lived.visit).digest,
            "state": "received",
            "words": "",
            "addenda": list(addenda),
            "questions": [],
            "signer": {
                "member": str(UUID(int=9)),
                "name": "Paula Achterberg",
                "credential": "RN",
                "role": "coordinator",
                "public_key": "04",
            },
            "meaning": "received",
            "signed_at": {"utc": utc_text(unit.now), "zone": "UTC", "offset": "+0000"},
        }
        columns = {"visit_id": lived.visit, "state": "received", "words": ""}
        signed = canonical(envelope)
        row = {"id": review, **columns, "envelope": signed, "sha256": digest_of(signed)}
        cells.add(unit, Review, row)
        unit.commit()


def test_a_draft_has_no_state_and_is_not_handed_over(completed: Lived) -> None:
    with completed.new_unit() as unit:
        assert history.hand_over_states(unit) == {}
        assert history.only_here(unit) == ()
        with pytest.raises(Missing):
            hand_over_state(unit, completed.visit)
        with pytest.raises(Missing):
            hand_over(unit, completed.visit, Way.SAVED, b"%PDF")


def test_from_this_laptop_only_to_a_receipt_and_back_by_an_addendum(completed: Lived) -> None:
    completed.sign()
    with completed.new_unit() as unit:
        first = signing.load_file(unit, completed.visit)
    assert state_of(completed) is HandOverState.ONLY_HERE
    give(completed)
    assert state_of(completed) is HandOverState.HANDED_OVER
    answer(completed)
    assert state_of(completed) is HandOverState.RECEIPT_SEEN
    completed.clock.forward(minutes=5)
    note_file.add(
        completed.new_unit,
        completed.visit,
        AddendumKind.ADDITION,
        "The husband called at 18:00: no fever.",
        (),
        completed.signatory(),
        completed.unlocked.member,
        completed.clock,
    )
    assert state_of(completed) is HandOverState.ONLY_HERE
    give(completed, first)
    assert state_of(completed) is HandOverState.ONLY_HERE, "the older file is not the newest"
    give(completed, b"%PDF printed again")
    assert state_of(completed) is HandOverState.HANDED_OVER
    with completed.new_unit() as unit:
        addenda = addenda_digests(unit, completed.visit)
    answer(completed, *addenda)
    assert state_of(completed) is HandOverState.RECEIPT_SEEN


def test_a_note_that_was_taken_in_is_not_on_this_laptop_only(
    completed: Lived, agency_template: Path, tmp_path: Path
) -> None:
    note = completed.sign()
    with completed.new_unit() as unit:
        file = signing.load_file(unit, completed.visit)
    home = shutil.copytree(agency_template, tmp_path / "other")
    clock = SteppingClock(completed.clock.now() + timedelta(hours=1))
    ids = seeded_ids(clock, 31)
    slot = key_file.load(home).slots_as("coordinator")[0]
    other = team.unlock(home, slot.member, OTHER_PASSPHRASE, clock, ids, "America/New_York")
    good = Verdict(VerdictKind.HOLDS, "It holds.", note=note, good=True)
    filed = take_in(lambda: other.unit(clock, ids, other.agency.zone), file, "n.pdf", good)
    assert filed.outcome is Outcome.FILED
    with other.unit(clock, ids, other.agency.zone, write=False) as unit:
        assert hand_over_state(unit, completed.visit).way is Way.RECEIVED
        assert history.only_here(unit) == ()
    other.close()


def test_a_hand_over_stands_in_the_audit_trail_without_the_file(completed: Lived) -> None:
    completed.sign()
    give(completed)
    with completed.new_unit() as unit:
        table = table_of(AuditEvent)
        events = unit.rows(table.select().where(table.c.subject == "hand_over"))
    assert len(events) == 1
    assert '"saved"' in events[0]["changes"]
    assert "sha256:" not in events[0]["changes"]
