"""One act is one transaction, with its head columns, its audit events and plain errors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import func, select

from infusion_visits.core.errors import Missing, Refused
from infusion_visits.core.kinds import StrikeReason
from infusion_visits.records import cells
from infusion_visits.records.change_log import AuditEvent, head, note_event, verify_chain
from infusion_visits.records.rows import table_of
from infusion_visits.team.tables import Agency, Member

if TYPE_CHECKING:
    from infusion_visits.core.clock import SteppingClock
    from infusion_visits.core.ids import TimedIds
    from tests.fixtures.records import UnitFor

AGENCY = table_of(Agency)
EVENTS = table_of(AuditEvent)


def _agency(unit_for: UnitFor, ids: TimedIds, name: str = "Willow Street Home Infusion") -> Any:
    key = {"id": ids.new()}
    with unit_for() as unit:
        cells.put(unit, Agency, key, {"name": name, "zone": "America/Chicago"})
        unit.commit()
    return key


def test_a_new_row_carries_its_head(unit_for: UnitFor, ids: TimedIds, clock: SteppingClock) -> None:
    key = _agency(unit_for, ids)
    with unit_for() as unit:
        row = unit.one(select(AGENCY))
        assert row is not None
        assert row["id"] == key["id"]
        assert row["created_at"] == clock.now() == row["updated_at"]
        assert row["created_by"] == unit.member == row["updated_by"]
        assert row["revision"] == 1
        assert row["telephone"] is None


def test_a_changed_column_raises_the_revision_and_an_equal_one_does_not(
    unit_for: UnitFor, ids: TimedIds, clock: SteppingClock
) -> None:
    key = _agency(unit_for, ids)
    clock.forward(minutes=3)
    for name in ("Willow Street", "Willow Street"):
        with unit_for() as unit:
            cells.put(unit, Agency, key, {"name": name})
            unit.commit()
    with unit_for() as unit:
        row = unit.one(select(AGENCY))
        assert row is not None
        assert (row["name"], row["revision"]) == ("Willow Street", 2)
        assert row["created_at"] < row["updated_at"] == clock.now()
        events = unit.rows(select(EVENTS).order_by(EVENTS.c.n))
    assert [event["kind"] for event in events] == ["added", "changed"]
    assert events[1]["changes"] == '{"name":["Willow Street Home Infusion","Willow Street"]}'
    assert events[1]["row"] == str(key["id"])


def test_without_commit_nothing_stays(unit_for: UnitFor, ids: TimedIds) -> None:
    with unit_for() as unit:
        cells.put(unit, Agency, {"id": ids.new()}, {"name": "x", "zone": "UTC"})
    with unit_for() as unit:
        assert unit.rows(select(AGENCY)) == []
        assert head(unit)[0] == 0


def test_an_ended_unit_refuses_work(unit_for: UnitFor) -> None:
    with unit_for() as unit:
        unit.commit()
        with pytest.raises(RuntimeError, match="ended"):
            unit.rows(select(AGENCY))


def test_a_reading_unit_reads_beside_a_writer_and_commits_nothing(
    unit_for: UnitFor, ids: TimedIds
) -> None:
    _agency(unit_for, ids)
    with unit_for() as writer, unit_for(write=False) as reader:
        cells.put(writer, Agency, {"id": ids.new()}, {"name": "second", "zone": "UTC"})
        assert reader.one(select(func.count()).select_from(AGENCY)) == {"count_1": 1}
        with pytest.raises(RuntimeError, match="reading"):
            reader.commit()


def test_struck_rows_stay_and_can_no_longer_change(
    unit_for: UnitFor, ids: TimedIds, clock: SteppingClock
) -> None:
    key = _agency(unit_for, ids)
    with unit_for() as unit:
        cells.strike(unit, Agency, key, StrikeReason.DUPLICATE)
        unit.commit()
    clock.forward(minutes=1)
    with unit_for() as unit:
        cells.strike(unit, Agency, key, StrikeReason.WRONG_PATIENT)
        row = unit.one(select(AGENCY))
        assert row is not None
        assert row["struck_reason"] == "duplicate"
        assert row["struck_at"] < clock.now()
        with pytest.raises(Refused) as refused:
            cells.put(unit, Agency, key, {"name": "other"})
        assert refused.value.code == "struck"
        with pytest.raises(Missing):
            cells.strike(unit, Agency, {"id": ids.new()}, StrikeReason.DUPLICATE)


def test_clinical_rows_are_never_removed(unit_for: UnitFor, ids: TimedIds) -> None:
    key = _agency(unit_for, ids)
    with unit_for() as unit, pytest.raises(TypeError, match="struck out"):
        cells.remove(unit, Agency, key)


def test_our_own_mistakes_are_not_hidden(unit_for: UnitFor, ids: TimedIds) -> None:
    with unit_for() as unit:
        with pytest.raises(ValueError, match="no column colour"):
            cells.put(unit, Agency, {"id": ids.new()}, {"colour": "red"})
        with pytest.raises(ValueError, match="the key of agency"):
            cells.put(unit, Agency, {}, {"name": "x"})
        with pytest.raises(ValueError, match="by hand"):
            cells.put(unit, Agency, {"id": ids.new()}, {"revision": 7})


def test_the_chain_holds_over_many_acts_and_events_without_rows(
    unit_for: UnitFor, ids: TimedIds, clock: SteppingClock
) -> None:
    subject = ids.new()
    for number in range(5):
        clock.forward(seconds=1)
        with unit_for() as unit:
            cells.put(
                unit,
                Member,
                {"id": ids.new()},
                {"name": f"Nurse {number} é", "credential": "RN", "role": "nurse"},
            )
            note_event(unit, "chart opened", subject, "from the list")
            unit.commit()
    with unit_for() as unit:
        state = verify_chain(unit)
        assert state.whole
        assert (state.events, state.sha256) == head(unit)
        assert state.events == 10
        opened = unit.rows(select(EVENTS).where(EVENTS.c.kind == "chart opened"))
    assert {event["row"] for event in opened} == {str(subject)}
    assert {event["subject"] for event in opened} == {""}


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE audit_event SET changes = '{}' WHERE n = 3",
        "UPDATE audit_event SET member = x'00000000000000000000000000000000' WHERE n = 3",
        "DELETE FROM audit_event WHERE n = 3",
        "UPDATE audit_event SET n = 33 WHERE n = 3",
    ],
)
def test_a_changed_event_is_found_where_it_stands(
    unit_for: UnitFor, ids: TimedIds, attack: str
) -> None:
    for number in range(5):
        _agency(unit_for, ids, f"Agency {number}")
    with unit_for() as unit:
        unit.run('DROP TRIGGER "freeze_audit_event_update"')
        unit.run('DROP TRIGGER "freeze_audit_event_delete"')
        unit.run(attack)
        assert verify_chain(unit).broken_at == 3


def test_the_trail_refuses_change_by_itself(unit_for: UnitFor, ids: TimedIds) -> None:
    _agency(unit_for, ids)
    with unit_for() as unit:
        for attack in ("UPDATE audit_event SET kind = 'x'", "DELETE FROM audit_event"):
            with pytest.raises(Refused) as refused:
                unit.run(attack)
            assert refused.value.code == "lasting"
