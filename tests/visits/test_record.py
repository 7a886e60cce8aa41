"""A record reads back from its canonical bytes exactly as it was, whatever was charted."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from infusion_visits.core.cells import Row
from infusion_visits.core.desk import Who
from infusion_visits.core.errors import Missing
from infusion_visits.core.kinds import NotDoneReason, VisitKind
from infusion_visits.core.marks import Mark, NotDone
from infusion_visits.patients.tables import STORE as PATIENT
from infusion_visits.patients.values import PatientChart, Person
from infusion_visits.sections.stores import STORES
from infusion_visits.sections.vitals.values import Vitals, VitalsSet
from infusion_visits.visits.record import (
    AgencyHead,
    VisitHead,
    VisitRecord,
    canonical,
    from_plain,
    plain_catalogue,
    to_plain,
)
from tests.visits.small_values import values

if TYPE_CHECKING:
    from collections.abc import Mapping

SOMEONE = UUID("0193f1c0-0000-7000-8000-000000000001")
NOON = datetime(2026, 11, 21, 17, 0, tzinfo=UTC)


def a_record(sections: Mapping[str, Any]) -> VisitRecord:
    return VisitRecord(
        visit=VisitHead(
            SOMEONE, SOMEONE, VisitKind.ROUTINE_INFUSION, "America/New_York", NOON, SOMEONE
        ),
        agency=AgencyHead(SOMEONE, "Riverbend Home Infusion"),
        patient=PatientChart(patient=Person(Mark(Row("patient")), family="Okafor")),
        sections=sections,
        people=(Who(SOMEONE, "Ines Halvorsen", "RN", "nurse"),),
    )


@pytest.mark.parametrize("key", list(STORES))
@settings(max_examples=8)
@given(data=st.data())
def test_every_section_reads_back_from_its_canonical_bytes(key: str, data: st.DataObject) -> None:
    record = a_record({key: data.draw(values(STORES[key]))})
    written = canonical(to_plain(record))
    again = from_plain(json.loads(written))
    assert again == record
    assert canonical(to_plain(again)) == written


@settings(max_examples=10)
@given(patient=values(PATIENT))
def test_the_patient_reads_back(patient: PatientChart) -> None:
    record = replace(a_record({}), patient=patient)
    assert from_plain(json.loads(canonical(to_plain(record)))) == record


def test_what_was_typed_keeps_its_zeros_and_nulls_are_left_out() -> None:
    mark = Mark(
        Row("vital_signs", (1,)),
        at=NOON,
        not_done={"pain": NotDone(NotDoneReason.REFUSED)},
        as_entered={"temperature": "98.60 [degF]"},
    )
    one = VitalsSet(mark, at=NOON, temperature=Decimal("37.00"), pulse=Decimal(0))
    plain = to_plain(a_record({"vitals": Vitals((one,))}))
    assert plain["sections"]["vitals"]["vital_signs"] == [
        {
            "mark": {
                "row": {"group": "vital_signs", "at": [1]},
                "at": "2026-11-21T17:00:00Z",
                "not_done": {"pain": {"reason": "patient refused"}},
                "as_entered": {"temperature": "98.60 [degF]"},
            },
            "at": "2026-11-21T17:00:00Z",
            "temperature": "37.00",
            "pulse": "0",
        }
    ]


def test_no_binary_figure_reaches_the_signed_bytes() -> None:
    kept = plain_catalogue(
        {"low": 0.1, "dose": Decimal("5.0"), "day": date(2026, 1, 2), "n": [1, (2.5,)]}
    )
    assert kept == {"low": "0.1", "dose": "5.0", "day": "2026-01-02", "n": [1, ["2.5"]]}


def test_a_section_is_found_by_the_type_of_its_values() -> None:
    record = a_record({"vitals": Vitals()})
    assert record.of(Vitals) == Vitals()
    with pytest.raises(Missing):
        record.of(PatientChart)
