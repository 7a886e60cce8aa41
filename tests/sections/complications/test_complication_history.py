"""A complication in a real record: its steps stay with their visits, its end may come later."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest

from infusion_visits.core.cells import Cell, Row
from infusion_visits.core.errors import Refused
from infusion_visits.core.kinds import VisitKind
from infusion_visits.patients.actions import enter
from infusion_visits.records import cells
from infusion_visits.sections.complications.history import (
    load_complications,
    open_complications,
)
from infusion_visits.sections.complications.rules import State, state_of
from infusion_visits.sections.complications.tables import ComplicationStepTable
from infusion_visits.sections.complications.values import Complications
from infusion_visits.team.tables import Agency
from infusion_visits.visits import charting
from infusion_visits.visits.actions import schedule, start
from infusion_visits.visits.queries import load_record
from infusion_visits.visits.tables import VisitSnapshot

if TYPE_CHECKING:
    from infusion_visits.core.clock import SteppingClock
    from infusion_visits.records.unit_of_work import UnitOfWork
    from tests.fixtures.records import UnitFor

ZONE = "America/Chicago"


def a_visit(unit: UnitOfWork, patient: UUID) -> UUID:
    """A routine infusion, started."""
    visit = schedule(unit, patient, VisitKind.ROUTINE_INFUSION, unit.now, ZONE)
    start(unit, visit)
    return visit


def step(unit: UnitOfWork, visit: UUID, key: UUID, kind: str, **more: str) -> Row:
    """Adds a step, now."""
    texts = {"happened_at": "now", "kind": kind, **more}
    made = charting.append(unit, visit, "complications", Row("complication_step", (key,)), texts)
    assert isinstance(made, tuple), made
    return made[0]


@pytest.fixture
def chart(unit_for: UnitFor) -> dict[str, Any]:
    """A patient with a reaction of grade 2, noticed at a visit that is signed by now."""
    with unit_for() as unit:
        cells.put(unit, Agency, {"id": unit.ids.new()}, {"name": "Riverbend", "zone": ZONE})
        patient = enter(unit, {"family": "Okafor"})
        visit = a_visit(unit, patient)
        made = charting.append(
            unit, visit, "complications", Row("complication"),
            {"what": "infusion_reaction", "noticed_at": "now"},
        )  # fmt: skip
        assert isinstance(made, tuple)
        key = UUID(str(made[0].at[0]))
        step(unit, visit, key, "noticed", words="flushed", scale="ctcae_irr", grade="2")
        unit.commit()
    return {"patient": patient, "visit": visit, "key": key}


def sign(unit: UnitOfWork, visit: UUID) -> None:
    """The snapshot that freezes the visit."""
    cells.add(unit, VisitSnapshot, {"visit_id": visit, "envelope": b"{}", "sha256": "0" * 64})


def test_the_next_step_is_still_possible_and_the_first_no_longer_changes(
    unit_for: UnitFor, chart: dict[str, Any], clock: SteppingClock
) -> None:
    with unit_for() as unit:
        sign(unit, chart["visit"])
        unit.commit()
    clock.forward(days=1)
    with unit_for() as unit:
        second = a_visit(unit, chart["patient"])
        added = step(unit, second, chart["key"], "recheck", words="all gone")
        assert added.at == (chart["key"], 2)
        step(unit, second, chart["key"], "closed", outcome="resolved")
        unit.commit()
    with unit_for() as unit:
        (one,) = load_record(unit, second).of(Complications).complication
        assert [row.kind for row in one.complication_step] == ["noticed", "recheck", "closed"]
        assert state_of(one) is State.CLOSED
        assert load_complications(unit, chart["patient"]).complication == (one,)
        assert open_complications(unit, ZONE) == ()
    first = Cell("complications", Row("complication_step", (chart["key"], 1)), "words")
    with unit_for() as unit, pytest.raises(Refused):
        charting.record(unit, second, first, "nothing happened")
    with unit_for() as unit, pytest.raises(Refused):
        cells.put(
            unit,
            ComplicationStepTable,
            {"complication_id": chart["key"], "seq": 1},
            {"visit_id": second},
        )


def test_a_corrected_step_stays_with_its_visit(unit_for: UnitFor, chart: dict[str, Any]) -> None:
    with unit_for() as unit:
        other = a_visit(unit, chart["patient"])
        mine = Cell("complications", Row("complication_step", (chart["key"], 1)), "words")
        charting.record(unit, other, mine, "flushed, itching")
        unit.commit()
    with unit_for() as unit:
        sign(unit, chart["visit"])
        unit.commit()
    with unit_for() as unit, pytest.raises(Refused):
        charting.record(unit, other, mine, "nothing")


def test_what_is_open_is_found_for_today_with_its_deadline(
    unit_for: UnitFor, chart: dict[str, Any], clock: SteppingClock
) -> None:
    from datetime import timedelta

    noticed = clock.now()
    with unit_for() as unit:
        (one,) = open_complications(unit, ZONE)
        assert (one.id, one.patient) == (chart["key"], chart["patient"])
        assert one.words == "Infusion reaction, grade 2 (CTCAE 5)"
        assert one.tell_by == noticed + timedelta(minutes=15)
    clock.forward(minutes=4)
    with unit_for() as unit:
        step(
            unit, chart["visit"], chart["key"], "told",
            told_role="prescriber", told_name="S. Lindqvist", reached="reached",
        )  # fmt: skip
        unit.commit()
    with unit_for() as unit:
        (one,) = open_complications(unit, ZONE, chart["patient"])
        assert one.tell_by is None
