"""One act is one transaction, with its head columns, its audit events and plain errors."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import pytest
import rfc8785
from sqlalchemy import func, select, text

from infusion_visits.core.errors import DeviceTrouble, Missing, Refused
from infusion_visits.core.kinds import StrikeReason
from infusion_visits.records import cells, draft_text
from infusion_visits.records.change_log import AuditEvent, canonical, head, note_event, verify_chain
from infusion_visits.records.freeze import models
from infusion_visits.records.rows import table_of
from infusion_visits.team.tables import Agency, Member
from infusion_visits.visits.tables import OverrideTable, VisitSnapshot, VisitTable

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from infusion_visits.core.clock import SteppingClock
    from infusion_visits.core.ids import TimedIds
    from infusion_visits.records.unit_of_work import UnitOfWork
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


def _visit(unit: UnitOfWork, ids: TimedIds) -> UUID:
    """A patient and a visit, made with what their tables need."""
    patient, visit = ids.new(), ids.new()
    cells.append(unit, models()["patient"], {"id": patient}, {}, sequence=None)
    cells.append(
        unit,
        VisitTable,
        {"id": visit},
        {
            "patient_id": patient,
            "kind": "routine_infusion",
            "zone": "America/Chicago",
            "scheduled_at": unit.now,
            "nurse_id": unit.member,
        },
        sequence=None,
    )
    return visit


def _override(unit: UnitOfWork, visit: UUID) -> dict[str, Any]:
    return cells.append(
        unit,
        OverrideTable,
        {"visit_id": visit},
        {"finding": "dose", "words": "above the order", "reason": "told by telephone"},
    )


def test_numbers_go_on_from_one_and_are_never_used_again(unit_for: UnitFor, ids: TimedIds) -> None:
    with unit_for() as unit:
        visit = _visit(unit, ids)
        assert [_override(unit, visit)["seq"] for _ in range(3)] == [1, 2, 3]
        cells.strike(unit, OverrideTable, {"visit_id": visit, "seq": 3}, StrikeReason.TYPING_ERROR)
        assert _override(unit, visit) == {"visit_id": visit, "seq": 4}
        assert _override(unit, _visit(unit, ids))["seq"] == 1
        unit.commit()
    with unit_for() as unit:
        assert _override(unit, visit)["seq"] == 5


def test_a_signed_visit_refuses_in_plain_words(unit_for: UnitFor, ids: TimedIds) -> None:
    with unit_for() as unit:
        visit = _visit(unit, ids)
        _override(unit, visit)
        cells.add(unit, VisitSnapshot, {"visit_id": visit, "envelope": b"{}", "sha256": "0" * 64})
        unit.commit()
    acts: list[Callable[[UnitOfWork], object]] = [
        lambda unit: _override(unit, visit),
        lambda unit: cells.put(
            unit, OverrideTable, {"visit_id": visit, "seq": 1}, {"words": "other"}
        ),
        lambda unit: cells.strike(
            unit, OverrideTable, {"visit_id": visit, "seq": 1}, StrikeReason.DUPLICATE
        ),
        lambda unit: cells.put(unit, VisitTable, {"id": visit}, {"completed_at": unit.now}),
    ]
    for act in acts:
        with unit_for() as unit, pytest.raises(Refused) as refused:
            act(unit)
        assert refused.value.code == "frozen"
        assert "addendum" in refused.value.words
    with unit_for() as unit:
        with pytest.raises(TypeError, match="added, never changed"):
            cells.put(unit, VisitSnapshot, {"visit_id": visit}, {"sha256": "1" * 64})
        with pytest.raises(Refused) as lasting:
            cells.add(
                unit, VisitSnapshot, {"visit_id": visit, "envelope": b"{}", "sha256": "1" * 64}
            )
    assert lasting.value.code == "lasting"


def test_large_bytes_stand_in_the_trail_by_digest_and_half_typed_text_not_at_all(
    unit_for: UnitFor, ids: TimedIds
) -> None:
    envelope = b"x" * 100_000
    with unit_for() as unit:
        visit = _visit(unit, ids)
        cells.add(
            unit, VisitSnapshot, {"visit_id": visit, "envelope": envelope, "sha256": "0" * 64}
        )
        draft_text.keep(unit, "visit", visit, "vitals/vital_signs/1/pulse", "8")
        unit.commit()
    with unit_for() as unit:
        events = unit.rows(select(EVENTS).order_by(EVENTS.c.n))
        assert [event["subject"] for event in events] == ["patient", "visit", "visit_snapshot"]
        assert f"sha256:{hashlib.sha256(envelope).hexdigest()}" in events[-1]["changes"]
        assert len(events[-1]["changes"]) < 400


def test_what_was_typed_stands_in_no_error_text(unit_for: UnitFor, ids: TimedIds) -> None:
    with unit_for() as unit:
        key = {"id": ids.new()}
        cells.append(unit, Agency, key, {"name": "Zyxqv", "zone": "UTC"}, sequence=None)
        with pytest.raises(Exception, match="UNIQUE") as raw:
            cells.append(unit, Agency, key, {"name": "Zyxqv", "zone": "UTC"}, sequence=None)
        assert "Zyxqv" not in str(raw.value)
        statement = AGENCY.select().where(text("nowhere = :name").bindparams(name="Zyxqv"))
        with pytest.raises(Exception, match="nowhere") as hidden:
            unit.rows(statement)
        assert "Zyxqv" not in str(hidden.value)


def test_canonical_text_is_rfc_8785() -> None:
    values: Any = {"b": ["é", None, 3, "\u2028", '\x00\t"'], "a": {"z": 1, "A": -5}, "aa": []}
    assert canonical(values).encode() == rfc8785.dumps(values)


def test_a_second_writer_is_told_that_another_holds_the_record(unit_for: UnitFor) -> None:
    with unit_for(write=False) as one, unit_for(write=False) as two:
        for unit in (one, two):
            unit.run("PRAGMA busy_timeout = 20")
    with unit_for(), pytest.raises(DeviceTrouble) as busy, unit_for():
        pass
    assert busy.value.code == "busy"
