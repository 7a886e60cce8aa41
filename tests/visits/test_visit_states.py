"""What a visit is follows from what happened to it; what concerns it; whether it was closed."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest

from infusion_visits.core.cells import Cell, Row
from infusion_visits.core.errors import Missing, Refused
from infusion_visits.core.kinds import StrikeReason, VisitKind, VisitStatus
from infusion_visits.patients import actions as patients
from infusion_visits.records import cells
from infusion_visits.sections.complications.values import Complications
from infusion_visits.sections.devices.values import Devices
from infusion_visits.team.tables import Agency
from infusion_visits.visits import actions, charting, open_visit
from infusion_visits.visits.queries import (
    is_signed,
    list_visits,
    load_record,
    unfinished_visits,
    visit_head,
    visit_line,
)
from infusion_visits.visits.recovery import recovered
from infusion_visits.visits.tables import Addendum, VisitSnapshot

if TYPE_CHECKING:
    from infusion_visits.core.clock import SteppingClock
    from infusion_visits.records.unit_of_work import UnitOfWork
    from tests.fixtures.records import UnitFor

ZONE = "America/Chicago"
S = VisitStatus


@pytest.fixture
def patient(unit_for: UnitFor) -> UUID:
    with unit_for() as unit:
        cells.put(unit, Agency, {"id": unit.ids.new()}, {"name": "Riverbend", "zone": ZONE})
        made = patients.enter(unit, {"family": "Okafor", "given": "Maren"})
        unit.commit()
    return made


def planned(unit: UnitOfWork, patient: UUID, at: datetime | None = None) -> UUID:
    return actions.schedule(unit, patient, VisitKind.LINE_CARE, at or unit.now, ZONE)


def sign(unit: UnitOfWork, visit: UUID) -> None:
    """The row whose presence says that a visit is signed."""
    cells.add(unit, VisitSnapshot, {"visit_id": visit, "envelope": b"{}", "sha256": "0" * 64})


def add(unit: UnitOfWork, visit: UUID, kind: str) -> None:
    row = {"id": unit.ids.new(), "visit_id": visit, "kind": kind}
    cells.add(unit, Addendum, {**row, "envelope": b"{}", "sha256": "0" * 64})


ACTS: dict[str, Any] = {
    "start": actions.start,
    "complete": actions.complete,
    "miss": lambda unit, visit: actions.miss(unit, visit, "nobody at home"),
    "cancel": lambda unit, visit: actions.cancel(unit, visit, "in hospital"),
    "sign": sign,
    "correct": lambda unit, visit: add(unit, visit, "correction"),
    "retract": lambda unit, visit: add(unit, visit, "retraction"),
}


@pytest.mark.parametrize(
    ("acts", "status"),
    [
        ((), S.SCHEDULED),
        (("start",), S.IN_PROGRESS),
        (("start", "complete"), S.COMPLETED),
        (("miss",), S.MISSED),
        (("cancel",), S.CANCELLED),
        (("start", "complete", "sign"), S.SIGNED),
        (("start", "complete", "sign", "correct"), S.SIGNED),
        (("start", "complete", "sign", "correct", "retract", "retract"), S.RETRACTED),
    ],
)
def test_the_state_follows_from_what_happened(
    unit_for: UnitFor, patient: UUID, acts: tuple[str, ...], status: VisitStatus
) -> None:
    with unit_for() as unit:
        visit = planned(unit, patient)
        other = planned(unit, patient)
        for act in acts:
            ACTS[act](unit, visit)
        unit.commit()
    with unit_for(write=False) as unit:
        assert visit_line(unit, visit).status is status
        assert {one.id: one.status for one in list_visits(unit)} == {
            visit: status,
            other: S.SCHEDULED,
        }
        assert is_signed(unit, visit) is (status in {S.SIGNED, S.RETRACTED})
        unfinished = [one.id for one in unfinished_visits(unit)]
        assert unfinished == ([visit] if status in {S.IN_PROGRESS, S.COMPLETED} else [])


@pytest.mark.parametrize(
    ("before", "act"),
    [
        (("miss",), "start"),
        (("cancel",), "start"),
        (("start", "complete"), "start"),
        ((), "complete"),
        (("miss",), "complete"),
        (("start",), "miss"),
        (("start",), "cancel"),
        (("miss",), "cancel"),
        (("start", "complete", "sign"), "complete"),
        (("start", "complete", "sign"), "cancel"),
    ],
)
def test_an_act_out_of_its_time_is_refused_in_words(
    unit_for: UnitFor, patient: UUID, before: tuple[str, ...], act: str
) -> None:
    with unit_for() as unit:
        visit = planned(unit, patient)
        for one in before:
            ACTS[one](unit, visit)
        head = visit_head(unit, visit)
        with pytest.raises(Refused) as refused:
            ACTS[act](unit, visit)
        assert refused.value.code == "status"
        assert f"A visit that is {visit_line(unit, visit).status} cannot" in refused.value.words
        assert visit_head(unit, visit) == head


def test_starting_and_completing_twice_keep_the_first_time(
    unit_for: UnitFor, patient: UUID, clock: SteppingClock
) -> None:
    times = []
    with unit_for() as unit:
        visit = planned(unit, patient)
        unit.commit()
    for act in (actions.start, actions.start, actions.complete, actions.complete):
        times.append(clock.forward(minutes=5))
        with unit_for() as unit:
            act(unit, visit)
            unit.commit()
    with unit_for(write=False) as unit:
        head = visit_head(unit, visit)
    assert (head.started, head.completed) == (times[0], times[2])


def test_missing_or_cancelling_needs_a_reason(unit_for: UnitFor, patient: UUID) -> None:
    with unit_for() as unit:
        visit = planned(unit, patient)
        for act in (actions.miss, actions.cancel):
            with pytest.raises(Refused) as refused:
                act(unit, visit, " \x00 ")
            assert refused.value.code == "reason"
        actions.miss(unit, visit, " nobody\x07 at home ", " Dr. Stern's\x07 office ")
        ended = visit_line(unit, visit)
        assert (ended.reason, ended.told) == ("nobody at home", "Dr. Stern's office")


def test_a_missed_visit_may_stand_without_anybody_told(unit_for: UnitFor, patient: UUID) -> None:
    with unit_for() as unit:
        visit = planned(unit, patient)
        actions.miss(unit, visit, "nobody at home", " ")
        assert visit_line(unit, visit).told == ""


def test_visits_are_listed_by_time_of_a_patient_or_a_stretch(
    unit_for: UnitFor, patient: UUID
) -> None:
    with unit_for() as unit:
        other = patients.enter(unit, {"family": "Lindqvist", "given": "Tom"})
        days = [unit.now + timedelta(days=n) for n in (3, 1, 2)]
        mine = [planned(unit, patient, day) for day in days]
        his = planned(unit, other, days[1])
        assert [one.id for one in list_visits(unit, patient=patient)] == [
            mine[1],
            mine[2],
            mine[0],
        ]
        found = list_visits(unit, since=days[1], until=days[0])
        assert [one.id for one in found] == [mine[1], his, mine[2]]
        with pytest.raises(Missing):
            visit_line(unit, UUID(int=1))
        with pytest.raises(Missing):
            visit_head(unit, UUID(int=1))


def chart(unit: UnitOfWork, visit: UUID, section: str, row: Row, **texts: str) -> UUID:
    made = charting.append(unit, visit, section, row, texts)
    assert isinstance(made, tuple), made
    key = made[0].at[0]
    return key if isinstance(key, UUID) else UUID(int=key)


def known(unit: UnitOfWork, visit: UUID) -> tuple[set[UUID], set[UUID]]:
    """The lines and complications that a visit speaks of."""
    record = load_record(unit, visit)
    return (
        {UUID(str(one.mark.row.at[0])) for one in record.of(Devices).access_device},
        {UUID(str(one.mark.row.at[0])) for one in record.of(Complications).complication},
    )


def test_a_visit_knows_what_was_still_so_when_the_nurse_came(
    unit_for: UnitFor, patient: UUID, clock: SteppingClock
) -> None:
    """What was over before is history; what ended at this visit or later still belongs to it."""
    with unit_for() as unit:
        first = planned(unit, patient)
        actions.start(unit, first)
        old, kept = (
            chart(unit, first, "devices", Row("access_device"), kind="piv", side="left", site=site)
            for site in ("hand", "forearm")
        )
        over, still, mistaken = (
            chart(
                unit,
                first,
                "complications",
                Row("complication"),
                what="vein_collapse",
                noticed_at="now",
            )
            for _ in range(3)
        )
        removed = Cell("devices", Row("access_device", (old,)), "removed_at")
        charting.record(unit, first, removed, "now")
        chart(
            unit, first, "complications", Row("complication_step", (over,)),
            happened_at="now", kind="closed", outcome="resolved",
        )  # fmt: skip
        charting.strike(
            unit, first, "complications", Row("complication", (mistaken,)), StrikeReason.DUPLICATE
        )
        assert known(unit, first) == ({old, kept}, {over, still, mistaken})
        unit.commit()
    clock.forward(days=7)
    with unit_for() as unit:
        second = planned(unit, patient)
        actions.start(unit, second)
        assert known(unit, second) == ({kept}, {still})
        removed = Cell("devices", Row("access_device", (kept,)), "removed_at")
        charting.record(unit, second, removed, "now")
        chart(
            unit, second, "complications", Row("complication_step", (still,)),
            happened_at="now", kind="closed", outcome="resolved",
        )  # fmt: skip
        assert known(unit, second) == ({kept}, {still})
        assert known(unit, first) == ({old, kept}, {over, still, mistaken})


def act(unit_for: UnitFor, work: Any, *more: Any) -> Any:
    """One act, committed."""
    with unit_for() as unit:
        result = work(unit, *more)
        unit.commit()
    return result


def test_opened_without_closed_is_what_recovered_means(
    unit_for: UnitFor, patient: UUID, clock: SteppingClock
) -> None:
    visit = act(unit_for, planned, patient)
    act(unit_for, actions.start, visit)
    note = Cell("arrival", Row("arrival"), "note")
    assert act(unit_for, recovered, visit) is None

    act(unit_for, actions.opened, visit)
    clock.forward(minutes=1)
    saved = clock.now()
    act(unit_for, charting.record, visit, note, "Slept well.")
    clock.forward(minutes=9)
    found = act(unit_for, recovered, visit)
    assert found.last_saved == saved

    clock.forward(minutes=1)
    typed = clock.now()
    act(unit_for, charting.typing, visit, note, "Slept well, and")
    clock.forward(minutes=1)
    assert act(unit_for, recovered, visit).last_saved == typed

    act(unit_for, actions.closed, visit)
    assert act(unit_for, recovered, visit) is None
    act(unit_for, actions.opened, visit)
    other = act(unit_for, planned, patient)
    assert act(unit_for, recovered, other) is None
    assert act(unit_for, recovered, visit) is not None


def test_what_the_disk_has_not_yet_survives_reading_anew(
    unit_for: UnitFor, patient: UUID, clock: SteppingClock
) -> None:
    visit = act(unit_for, planned, patient)
    act(unit_for, actions.start, visit)
    shown = open_visit.OpenVisit(act(unit_for, open_visit.load, visit))
    note = Cell("arrival", Row("arrival"), "note")
    hands = Cell("arrival", Row("arrival"), "hand_hygiene")

    typed = {"note": "Slept well."}
    shown.put(note, typed)
    assert arrival(shown, clock).note == "Slept well."
    # The database answers something else first: what was left and not yet written still counts.
    act(unit_for, charting.record, visit, hands, "y")
    shown.reread(act(unit_for, open_visit.load, visit))
    assert (arrival(shown, clock).note, arrival(shown, clock).hand_hygiene) == ("Slept well.", True)

    newer = {"note": "Slept badly."}
    shown.put(note, newer)
    act(unit_for, charting.record, visit, note, "Slept well.")
    shown.saved(note, typed)
    shown.reread(act(unit_for, open_visit.load, visit))
    assert arrival(shown, clock).note == "Slept badly."

    act(unit_for, charting.record, visit, note, "Slept badly.")
    shown.saved(note, newer)
    shown.reread(act(unit_for, open_visit.load, visit))
    assert shown.pending == {}
    assert arrival(shown, clock).note == "Slept badly."


def arrival(shown: open_visit.OpenVisit, clock: SteppingClock) -> Any:
    """What the screen shows of the arrival now."""
    return shown.view(clock.now()).record.sections["arrival"].arrival
