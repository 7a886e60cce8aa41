"""Where a note is by now is derived from what left, what came in and what was answered."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from infusion_visits.core.errors import Missing
from infusion_visits.exchange import note_file
from infusion_visits.exchange.handing_over import hand_over
from infusion_visits.records import cells
from infusion_visits.records.change_log import AuditEvent
from infusion_visits.records.rows import table_of
from infusion_visits.visits import history, signing
from infusion_visits.visits.handed import Handed, HandOverState, Left, Way, handed
from infusion_visits.visits.queries import hand_over_state
from infusion_visits.visits.signed_note import AddendumKind
from infusion_visits.visits.tables import ReceivedFile, Review

if TYPE_CHECKING:
    from tests.fixtures.lived_visit import Lived

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
ONE, TWO, THREE = (NOON + timedelta(hours=hours) for hours in (1, 2, 3))


@pytest.mark.parametrize(
    ("left", "received", "answered", "state"),
    [
        (None, None, None, Handed(HandOverState.ONLY_HERE)),
        (None, None, ONE, Handed(HandOverState.ONLY_HERE)),
        (None, ONE, None, Handed(HandOverState.HANDED_OVER, ONE, Way.RECEIVED)),
        (
            Left(ONE, TWO, Way.SAVED), None, None,
            Handed(HandOverState.HANDED_OVER, TWO, Way.SAVED),
        ),
        (
            Left(TWO, TWO, Way.SAVED), None, ONE,
            Handed(HandOverState.HANDED_OVER, TWO, Way.SAVED),
        ),
        (
            Left(ONE, THREE, Way.EXPORTED), None, TWO,
            Handed(HandOverState.RECEIPT_SEEN, TWO, Way.EXPORTED),
        ),
    ],
)  # fmt: skip
def test_the_state_of_a_note(
    left: Left | None, received: datetime | None, answered: datetime | None, state: Handed
) -> None:
    assert handed(left, received, answered) == state


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


def answer(lived: Lived) -> None:
    lived.clock.forward(minutes=1)
    with lived.new_unit() as unit:
        columns = {"visit_id": lived.visit, "state": "received", "words": ""}
        cells.add(unit, Review, {"id": unit.ids.new(), **columns})
        unit.commit()


def receive(lived: Lived, file: bytes) -> None:
    with lived.new_unit() as unit:
        row = {
            "id": unit.ids.new(),
            "visit_id": lived.visit,
            "sha256": history.sha256_of(file),
            "file_name": "note.pdf",
            "file": file,
            "verdict": "{}",
            "received_at": unit.now,
        }
        cells.add(unit, ReceivedFile, row)
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
    receive(completed, first)
    assert state_of(completed) is HandOverState.ONLY_HERE, "one's own file came back"
    give(completed, b"%PDF printed again")
    assert state_of(completed) is HandOverState.HANDED_OVER


def test_a_hand_over_stands_in_the_audit_trail_without_the_file(completed: Lived) -> None:
    completed.sign()
    give(completed)
    with completed.new_unit() as unit:
        table = table_of(AuditEvent)
        events = unit.rows(table.select().where(table.c.subject == "hand_over"))
    assert len(events) == 1
    assert '"saved"' in events[0]["changes"]
    assert "sha256:" not in events[0]["changes"]
