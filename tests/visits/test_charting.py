"""The one road from a left field to its row, in a real encrypted record."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from sqlalchemy import select

from infusion_visits.core.cells import Cell, Row
from infusion_visits.core.errors import Missing, Refused
from infusion_visits.core.fields import NotAValue
from infusion_visits.core.kinds import NotDoneReason, StrikeReason, VisitKind
from infusion_visits.patients import actions as patients
from infusion_visits.records import cells, draft_text
from infusion_visits.records.change_log import AuditEvent, verify_chain
from infusion_visits.records.rows import table_of
from infusion_visits.team import actions as team
from infusion_visits.team.queries import UNITS
from infusion_visits.visits import actions, charting
from infusion_visits.visits.queries import (
    load_overrides,
    load_rows,
    sections_of,
    visit_line,
)
from infusion_visits.visits.tables import VisitTable

if TYPE_CHECKING:
    from infusion_visits.core.clock import SteppingClock
    from tests.fixtures.records import UnitFor

ZONE = "America/Chicago"
EVENT = table_of(AuditEvent)
NOTE = Cell("arrival", Row("arrival"), "note")
SET = Row("vital_signs", (1,))
PULSE = Cell("vitals", SET, "pulse")


@pytest.fixture
def visit(unit_for: UnitFor, clock: SteppingClock) -> UUID:
    with unit_for() as unit:
        patient = patients.enter(unit, {"family": "Okafor", "given": "Maren"})
        made = actions.schedule(unit, patient, VisitKind.ROUTINE_INFUSION, clock.now(), ZONE)
        actions.start(unit, made)
        unit.commit()
    return made


def leave(unit_for: UnitFor, visit: UUID, cell: Cell, text: str) -> Any:
    """The field is left."""
    with unit_for() as unit:
        found = charting.record(unit, visit, cell, text)
        unit.commit()
    return found


def chart(unit_for: UnitFor, visit: UUID, section: str, row: Row, **texts: str) -> Any:
    with unit_for() as unit:
        made = charting.append(unit, visit, section, row, texts)
        unit.commit()
    return made


def sections(unit_for: UnitFor, visit: UUID) -> dict[str, Any]:
    with unit_for(write=False) as unit:
        return sections_of(load_rows(unit, visit))


def half_typed(unit_for: UnitFor, visit: UUID) -> dict[str, str]:
    with unit_for(write=False) as unit:
        return draft_text.of_owner(unit, charting.OWNER_KIND, visit)


def events(unit_for: UnitFor, table: str) -> list[tuple[str, str]]:
    """What the trail says was done to rows of a table: the kind, and the changes."""
    with unit_for(write=False) as unit:
        rows = unit.rows(select(EVENT).where(EVENT.c.subject == table).order_by(EVENT.c.n))
        assert verify_chain(unit).whole
    return [(row["kind"], row["changes"]) for row in rows]


def test_a_left_field_makes_its_row_and_the_next_one_fills_it(
    unit_for: UnitFor, visit: UUID, clock: SteppingClock
) -> None:
    assert leave(unit_for, visit, NOTE, "  Slept well. ") == {"note": "Slept well."}
    clock.forward(minutes=1)
    leave(unit_for, visit, Cell("arrival", Row("arrival"), "hand_hygiene"), "y")
    arrival = sections(unit_for, visit)["arrival"].arrival
    assert (arrival.note, arrival.hand_hygiene, arrival.time_in) == ("Slept well.", True, None)
    kinds = [kind for kind, _ in events(unit_for, "arrival")]
    assert kinds == ["added", "changed"]


def test_a_corrected_field_keeps_its_former_value_in_the_trail(
    unit_for: UnitFor, visit: UUID
) -> None:
    chart(unit_for, visit, "vitals", Row("vital_signs"), at="now", pulse="76")
    leave(unit_for, visit, PULSE, "67")
    assert sections(unit_for, visit)["vitals"].vital_signs[0].pulse == Decimal(67)
    kind, changes = events(unit_for, "vital_signs")[-1]
    assert kind == "changed"
    assert '"pulse":["76","67"]' in changes


def test_leaving_a_field_as_it_is_writes_nothing(unit_for: UnitFor, visit: UUID) -> None:
    leave(unit_for, visit, NOTE, "Slept well.")
    before = events(unit_for, "arrival")
    leave(unit_for, visit, NOTE, "Slept well.")
    assert events(unit_for, "arrival") == before


def test_an_emptied_field_is_not_asked_again_and_never_zero(unit_for: UnitFor, visit: UUID) -> None:
    chart(unit_for, visit, "vitals", Row("vital_signs"), at="now", temperature="98.6 F")
    found = leave(unit_for, visit, Cell("vitals", SET, "temperature"), "")
    assert set(found.values()) == {None}
    one = sections(unit_for, visit)["vitals"].vital_signs[0]
    assert (one.temperature, dict(one.mark.as_entered)) == (None, {})


def test_text_that_is_no_value_stays_as_text_until_it_is_mended(
    unit_for: UnitFor, visit: UUID
) -> None:
    chart(unit_for, visit, "vitals", Row("vital_signs"), at="now", pulse="76")
    refused = leave(unit_for, visit, PULSE, "seventy")
    assert isinstance(refused, NotAValue)
    assert half_typed(unit_for, visit) == {PULSE.path(): "seventy"}
    # The former value stands: nothing was taken for it.
    assert sections(unit_for, visit)["vitals"].vital_signs[0].pulse == Decimal(76)
    leave(unit_for, visit, PULSE, "70")
    assert half_typed(unit_for, visit) == {}
    assert sections(unit_for, visit)["vitals"].vital_signs[0].pulse == Decimal(70)


def test_half_typed_text_is_kept_and_goes_when_the_field_is_left(
    unit_for: UnitFor, visit: UUID
) -> None:
    for text in ("Sle", "Slept we"):
        with unit_for() as unit:
            charting.typing(unit, visit, NOTE, text)
            unit.commit()
        assert half_typed(unit_for, visit) == {NOTE.path(): text}
    leave(unit_for, visit, NOTE, "Slept well.")
    assert half_typed(unit_for, visit) == {}


def test_a_bare_figure_is_meant_in_the_unit_that_the_agency_chose(
    unit_for: UnitFor, visit: UUID
) -> None:
    with unit_for() as unit:
        team.choose(unit, UNITS, {"temperature": "[degF]"})
        unit.commit()
    chart(unit_for, visit, "vitals", Row("vital_signs"), at="now", temperature="98.6")
    one = sections(unit_for, visit)["vitals"].vital_signs[0]
    assert one.temperature == Decimal("37.0000")
    assert one.mark.as_entered["temperature"] == "98.6 [degF]"


def test_rows_are_numbered_within_their_parent_and_never_again(
    unit_for: UnitFor, visit: UUID
) -> None:
    signs = Row("vital_signs")
    made = [chart(unit_for, visit, "vitals", signs, at="now", pulse=str(70 + n))[0] for n in (1, 2)]
    assert [row.at for row in made] == [(1,), (2,)]
    with unit_for() as unit:
        charting.strike(unit, visit, "vitals", made[1], StrikeReason.TYPING_ERROR)
        unit.commit()
    assert chart(unit_for, visit, "vitals", signs, at="now", pulse="80")[0].at == (3,)
    first = chart(unit_for, visit, "infusion", Row("infusion"), method="pump")[0]
    second = chart(unit_for, visit, "infusion", Row("infusion"), method="gravity")[0]
    lots = [
        chart(unit_for, visit, "infusion", Row("product_lot", parent.at), lot="A")[0].at
        for parent in (first, second, first)
    ]
    assert lots == [(1, 1), (2, 1), (1, 2)]


def test_of_a_whole_row_one_wrong_text_keeps_all_out(unit_for: UnitFor, visit: UUID) -> None:
    made = chart(
        unit_for, visit, "vitals", Row("vital_signs"), at="now", pulse="seventy", spo2="101"
    )
    assert set(made) == {"pulse", "spo2"}
    assert all(isinstance(one, NotAValue) for one in made.values())
    assert sections(unit_for, visit)["vitals"].vital_signs == ()


def test_a_line_has_an_id_of_its_own_and_its_check_is_keyed_by_it(
    unit_for: UnitFor, visit: UUID
) -> None:
    line, _ = chart(
        unit_for, visit, "devices", Row("access_device"), kind="picc", side="left", site="upper_arm"
    )
    assert isinstance(line.at[0], UUID)
    made, _ = chart(
        unit_for, visit, "devices", Row("device_check"), device_id=str(line.at[0]), site="normal"
    )
    assert made == Row("device_check", line.at)
    with pytest.raises(Refused) as refused:
        chart(unit_for, visit, "devices", Row("device_check"), site="normal")
    assert refused.value.code == "key"


def test_a_struck_row_stays_with_its_reason_and_takes_no_more(
    unit_for: UnitFor, visit: UUID, member: UUID, clock: SteppingClock
) -> None:
    chart(unit_for, visit, "vitals", Row("vital_signs"), at="now", pulse="76")
    with unit_for() as unit:
        charting.strike(unit, visit, "vitals", SET, StrikeReason.WRONG_PATIENT)
        unit.commit()
    one = sections(unit_for, visit)["vitals"].vital_signs[0]
    assert one.pulse == Decimal(76)
    assert (one.mark.struck.by, one.mark.struck.at, one.mark.struck.reason) == (
        member,
        clock.now(),
        StrikeReason.WRONG_PATIENT,
    )
    with pytest.raises(Refused) as refused:
        leave(unit_for, visit, PULSE, "77")
    assert refused.value.code == "struck"
    with unit_for() as unit, pytest.raises(Missing):
        charting.strike(unit, visit, "vitals", Row("vital_signs", (9,)), StrikeReason.TYPING_ERROR)


def test_not_done_stands_at_its_field_and_goes_when_it_is_done_after_all(
    unit_for: UnitFor, visit: UUID
) -> None:
    chart(unit_for, visit, "vitals", Row("vital_signs"), at="now")
    with unit_for() as unit:
        charting.not_done(unit, visit, PULSE, NotDoneReason.UNABLE, " cuff\x00 broken ")
        unit.commit()
    mark = sections(unit_for, visit)["vitals"].vital_signs[0].mark
    assert (mark.not_done["pulse"].reason, mark.not_done["pulse"].words) == (
        NotDoneReason.UNABLE,
        "cuff broken",
    )
    leave(unit_for, visit, PULSE, "")
    assert "pulse" in sections(unit_for, visit)["vitals"].vital_signs[0].mark.not_done
    leave(unit_for, visit, PULSE, "72")
    one = sections(unit_for, visit)["vitals"].vital_signs[0]
    assert (one.pulse, dict(one.mark.not_done)) == (Decimal(72), {})
    # The trail keeps that it once was not done.
    assert any("unable" in changes for _, changes in events(unit_for, "not_done"))


def test_not_done_of_a_single_group_makes_its_row(unit_for: UnitFor, visit: UUID) -> None:
    cell = Cell("arrival", Row("arrival"), "hand_hygiene")
    with unit_for() as unit:
        charting.not_done(unit, visit, cell, NotDoneReason.OTHER)
        unit.commit()
    arrival = sections(unit_for, visit)["arrival"].arrival
    assert arrival.mark.not_done["hand_hygiene"].reason is NotDoneReason.OTHER


def test_an_override_needs_a_reason_and_keeps_who_and_when(
    unit_for: UnitFor, visit: UUID, member: UUID, clock: SteppingClock
) -> None:
    with unit_for() as unit, pytest.raises(Refused) as refused:
        charting.override(unit, visit, "start.no-baseline", "No vital signs.", " \t ")
    assert refused.value.code == "reason"
    with unit_for() as unit:
        for reason in ("cuff broken", "cuff still broken"):
            charting.override(unit, visit, "start.no-baseline", "No vital signs.", reason)
        unit.commit()
    with unit_for(write=False) as unit:
        first, second = load_overrides(unit, visit)
    assert (first.finding, first.words, first.reason) == (
        "start.no-baseline",
        "No vital signs.",
        "cuff broken",
    )
    assert (second.reason, second.by, second.at) == ("cuff still broken", member, clock.now())


@pytest.mark.parametrize("end", ["scheduled", "missed", "cancelled"])
def test_a_visit_that_was_never_started_is_not_charted(
    unit_for: UnitFor, clock: SteppingClock, end: str
) -> None:
    with unit_for() as unit:
        patient = patients.enter(unit, {"family": "Okafor", "given": "Maren"})
        made = actions.schedule(unit, patient, VisitKind.TELEPHONE, clock.now(), ZONE)
        if end != "scheduled":
            act = actions.miss if end == "missed" else actions.cancel
            act(unit, made, "nobody at home")
        unit.commit()
    with unit_for() as unit:
        for attempt in (
            lambda: charting.record(unit, made, NOTE, "x"),
            lambda: charting.append(unit, made, "vitals", Row("vital_signs"), {"pulse": "70"}),
            lambda: charting.strike(unit, made, "vitals", SET, StrikeReason.DUPLICATE),
            lambda: charting.not_done(unit, made, NOTE, NotDoneReason.OTHER),
            lambda: charting.override(unit, made, "x", "x", "x"),
        ):
            with pytest.raises(Refused) as refused:
                attempt()
            assert (refused.value.code, end in refused.value.words) == ("status", True)


def test_after_leaving_the_nurse_may_still_complete_her_note(
    unit_for: UnitFor, visit: UUID
) -> None:
    with unit_for() as unit:
        cells.put(unit, VisitTable, {"id": visit}, {"completed_at": unit.now})
        unit.commit()
    assert leave(unit_for, visit, NOTE, "Written in the car.") == {"note": "Written in the car."}


def test_an_unknown_visit_or_address_is_an_error_and_writes_nothing(
    unit_for: UnitFor, visit: UUID
) -> None:
    with unit_for() as unit, pytest.raises(Missing):
        charting.record(unit, UUID(int=9), NOTE, "x")
    for cell in (
        Cell("nowhere", Row("arrival"), "note"),
        Cell("arrival", Row("nothing"), "note"),
        Cell("arrival", Row("arrival"), "no_field"),
    ):
        with unit_for() as unit, pytest.raises(KeyError):
            charting.record(unit, visit, cell, "x")
    assert events(unit_for, "arrival") == []


def test_a_step_of_a_complication_keeps_the_visit_at_which_it_was_written(
    unit_for: UnitFor, visit: UUID, clock: SteppingClock
) -> None:
    made, _ = chart(
        unit_for,
        visit,
        "complications",
        Row("complication"),
        what="vein_collapse",
        noticed_at="now",
    )
    key = made.at[0]
    step, _ = chart(
        unit_for,
        visit,
        "complications",
        Row("complication_step", (key,)),
        happened_at="now",
        kind="action",
        words="pressure held",
    )
    with unit_for() as unit:
        patient = visit_line(unit, visit).patient
        later = actions.schedule(unit, patient, VisitKind.LINE_CARE, clock.now(), ZONE)
        actions.start(unit, later)
        unit.commit()
    leave(unit_for, later, Cell("complications", step, "words"), "pressure held for 5 min")
    with unit_for(write=False) as unit:
        rows = load_rows(unit, later).rows["complications"]["complication_step"]
    assert [(row["visit_id"], row["words"]) for row in rows] == [(visit, "pressure held for 5 min")]
