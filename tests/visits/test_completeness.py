"""What is missing: asked at this kind of visit, shown, neither answered nor excused."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest

from infusion_visits.core.cells import Cell, Row
from infusion_visits.core.findings import Gate, Level
from infusion_visits.core.kinds import NotDoneReason, StrikeReason, VisitKind
from infusion_visits.core.marks import Mark, NotDone, Struck
from infusion_visits.patients.values import PatientChart
from infusion_visits.sections.arrival.values import Arrival, ArrivalCheck
from infusion_visits.sections.infusion.values import Infusion, InfusionEvent, InfusionGiven
from infusion_visits.sections.list import SECTIONS
from infusion_visits.sections.vitals.values import Vitals, VitalsSet
from infusion_visits.visits.record import Absent, AgencyHead, VisitHead, VisitRecord
from infusion_visits.visits.rules.completeness import half_typed, missing, sections_for

if TYPE_CHECKING:
    from collections.abc import Iterable

    from infusion_visits.core.findings import Finding

SOMEONE = UUID("0193f1c0-0000-7000-8000-000000000001")
NOON = datetime(2026, 11, 21, 17, 0, tzinfo=UTC)
ROUTINE = VisitKind.ROUTINE_INFUSION


def a_record(kind: VisitKind = ROUTINE, **sections: Any) -> VisitRecord:
    """A draft with every section empty but those given."""
    empty = {section.key: section.values() for section in SECTIONS}
    return VisitRecord(
        visit=VisitHead(SOMEONE, SOMEONE, kind, "America/New_York", NOON, SOMEONE),
        agency=AgencyHead(SOMEONE, "Riverbend Home Infusion"),
        patient=PatientChart(),
        sections={**empty, **sections},
    )


def places(found: Iterable[Finding], section: str) -> set[str]:
    """The rows and fields that are missing in a section."""
    return {
        f"{one.cell.row.path()}.{one.cell.field}"
        for one in found
        if one.section == section and one.cell is not None
    }


def test_every_finding_stops_the_signature_and_cannot_be_gone_past() -> None:
    found = missing(a_record())
    assert found
    assert {(one.level, one.gate, one.overridable) for one in found} == {
        (Level.STOP, Gate.SIGN, False)
    }
    assert len({one.key for one in found}) == len(found)


@pytest.mark.parametrize("kind", list(VisitKind))
def test_an_empty_visit_misses_what_its_kind_must_have_and_nothing_hidden(kind: VisitKind) -> None:
    found = missing(a_record(kind))
    shown = {section.key for section in sections_for(kind)}
    assert {one.section for one in found} <= shown
    wanted = {
        section.key
        for section in SECTIONS
        for group in section.rows
        if section.key in shown
        and (
            (group.required is True)
            or (group.required is not False and kind in group.required)
            or (
                group.single
                and kind in section.required
                and any(leaf.is_required(kind) and not leaf.shown for leaf in group.leaves)
            )
        )
    }
    assert {one.section for one in found} == wanted


def test_a_required_group_asks_once_for_a_row_in_words() -> None:
    found = [one for one in missing(a_record()) if one.section == "vitals"]
    assert [one.words for one in found] == ["Vitals: no vital signs yet."]
    assert found[0].cell == Cell("vitals", Row("vital_signs"), "at")
    assert [one for one in missing(a_record(VisitKind.LAB_DRAW)) if one.section == "vitals"] == []


def test_an_answer_satisfies_also_no_and_zero_and_an_empty_choice_does_not() -> None:
    mark = Mark(Row("arrival"))
    arrived = ArrivalCheck(mark, hand_hygiene=False, identifiers=())
    found = places(missing(a_record(arrival=Arrival(arrived))), "arrival")
    assert "arrival.hand_hygiene" not in found
    assert "arrival.identifiers" in found


def test_a_field_that_is_not_shown_is_not_missing() -> None:
    mark = Mark(Row("arrival"))
    at_home = ArrivalCheck(mark, place="home")
    elsewhere = ArrivalCheck(mark, place="relative")
    assert "arrival.place_note" not in places(
        missing(a_record(arrival=Arrival(at_home))), "arrival"
    )
    assert "arrival.place_note" in places(missing(a_record(arrival=Arrival(elsewhere))), "arrival")


def test_not_done_with_a_reason_satisfies() -> None:
    excused = {"hand_hygiene": NotDone(NotDoneReason.UNABLE)}
    arrived = ArrivalCheck(Mark(Row("arrival"), not_done=excused))
    assert "arrival.hand_hygiene" not in places(
        missing(a_record(arrival=Arrival(arrived))), "arrival"
    )


def test_a_whole_group_may_be_excused() -> None:
    why = NotDone(NotDoneReason.REFUSED)
    record = replace(a_record(), absent=(Absent("vitals", "vital_signs", why),))
    found = missing(record)
    assert places(found, "vitals") == set()
    assert places(found, "infusion") == {"infusion.order_id"}


def test_a_struck_row_counts_as_none_and_asks_nothing_itself() -> None:
    struck = Struck(NOON, SOMEONE, StrikeReason.DUPLICATE)
    only = VitalsSet(Mark(Row("vital_signs", (1,)), struck=struck))
    found = missing(a_record(vitals=Vitals((only,))))
    assert places(found, "vitals") == {"vital_signs.at"}
    standing = VitalsSet(Mark(Row("vital_signs", (2,))), at=NOON)
    assert places(missing(a_record(vitals=Vitals((only, standing)))), "vitals") == set()


def test_what_is_missing_below_a_row_is_found_at_its_own_address() -> None:
    hold = InfusionEvent(Mark(Row("infusion_event", (1, 2))), at=NOON, kind="hold")
    start = InfusionEvent(Mark(Row("infusion_event", (1, 1))), at=NOON, kind="start")
    given = InfusionGiven(Mark(Row("infusion", (1,))), infusion_event=(start, hold))
    found = places(missing(a_record(infusion=Infusion((given,)))), "infusion")
    assert "infusion_event/1/2.why" in found
    assert "infusion_event/1/1.why" not in found
    assert {"infusion/1.order_id", "infusion/1.tolerated"} <= found


def test_text_that_is_no_value_is_a_stop_of_its_section_in_a_fixed_order() -> None:
    texts = {"vitals/vital_signs/1/pulse": "seventy", "arrival/arrival/time_in": "soon"}
    found = half_typed(texts)
    assert [(one.section, one.level, one.subject) for one in found] == [
        ("arrival", Level.STOP, "arrival/arrival/time_in"),
        ("vitals", Level.STOP, "vitals/vital_signs/1/pulse"),
    ]
    # What was typed may be anything of the patient: it never stands in a finding.
    assert not any("seventy" in f"{one}" for one in found)
