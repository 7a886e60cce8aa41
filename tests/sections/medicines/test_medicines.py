from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest

from infusion_visits.core.blocks import Table, Voice
from infusion_visits.core.fields import NotAValue, Sense
from infusion_visits.core.findings import Finding, Gate, Level
from infusion_visits.core.kinds import VisitKind
from infusion_visits.patients.facts import Facts, OrderFact
from infusion_visits.sections.medicines.fields import MEDICINE_GIVEN
from infusion_visits.sections.medicines.note import blocks
from infusion_visits.sections.medicines.rules import dose_words, findings, premedication_times
from infusion_visits.sections.medicines.tables import STORE

if TYPE_CHECKING:
    from infusion_visits.sections.medicines.values import Medicines

ZONE = "America/New_York"
NOW = datetime(2026, 11, 21, 18, 0, tzinfo=UTC)
NURSE = UUID("01930000-0000-7000-8000-000000000001")
TYLENOL = {
    "at": "8:38",
    "medicine": "acetaminophen",
    "dose": "650",
    "dose_unit": "mg",
    "route": "oral",
    "why": "premedication",
    "given_by": "taken at home, as the patient reported",
}


def a_row(seq: int = 1, **texts: str) -> dict[str, Any]:
    row: dict[str, Any] = {"visit_id": NURSE, "seq": seq, "created_by": NURSE}
    for name, text in {**TYLENOL, **texts}.items():
        parsed = MEDICINE_GIVEN.leaf(name).parse(text, Sense(NOW, ZONE))
        assert not isinstance(parsed, NotAValue), (name, parsed)
        row.update(parsed)
    return {**row, "created_at": row["at"]}


def given(*rows: dict[str, Any]) -> Medicines:
    made: Medicines = STORE.from_rows({"medicine_given": list(rows)})
    return made


def facts(*premedications: str, **more: Any) -> Facts:
    order = OrderFact(
        order=UUID(int=1),
        version=1,
        drug="immune globulin",
        brand="",
        dose=Decimal(35),
        dose_unit="g",
        dose_per_kg=None,
        dosing_weight_kg=None,
        dosing_weight_day=None,
        volume_ml=Decimal(350),
        route="IV",
        steps=(),
        observation_minutes=30,
        first_dose=False,
        home_first_dose_allowed=False,
        prescriber="S. Lindqvist, MD",
        flush="",
        premedications=premedications,
    )
    people = {NURSE: "Ines Halvorsen, RN"}
    return Facts(NOW, ZONE, VisitKind.ROUTINE_INFUSION, order=order, people=people, **more)


def found(*rows: dict[str, Any], about: Facts | None = None) -> list[Finding]:
    return findings(given(*rows), about or facts())


def test_a_plain_premedication_has_nothing_to_say() -> None:
    about = facts("acetaminophen 650 mg oral")
    assert found(a_row(expiry="2026-11-21"), about=about) == []


def test_expired_stops_and_may_be_overridden() -> None:
    (stop,) = found(a_row(expiry="2026-11-20"))
    assert stop.level is Level.STOP
    assert stop.overridable
    assert "expired on 20 Nov 2026" in stop.words


@pytest.mark.parametrize(
    ("dose", "fine"),
    [
        ("650", True),
        ("0.3", True),
        ("1,000", True),
        ("25 to 50", True),
        ("5.0", False),
        ("0.30", False),
        (".3", False),
        ("10U", False),
        ("two", False),
    ],
)
def test_doses_that_can_be_misread(dose: str, fine: bool) -> None:
    assert (found(a_row(dose=dose)) == []) is fine


def test_thousands_take_a_comma() -> None:
    (row,) = given(a_row(dose="1000")).medicine_given
    assert dose_words(row) == "1,000\u00a0mg"


def test_an_emergency_medicine_is_an_exception() -> None:
    (alert,) = found(a_row(medicine="EPINEPHrine", dose="0.3", route="IM", why="emergency"))
    assert alert.level is Level.ALERT
    assert alert.words.replace("\u00a0", " ") == ("Emergency medicine given: EPINEPHrine 0.3 mg IM")


def test_ordered_premedication_opens_the_start() -> None:
    about = facts("acetaminophen 650 mg oral", "diphenhydrAMINE 25 mg oral")
    (stop,) = found(a_row(), about=about)
    assert stop.gate is Gate.START
    assert "diphenhydrAMINE" in stop.words
    assert found(a_row(), a_row(2, medicine="Diphenhydramine"), about=about) == []
    late = facts("diphenhydrAMINE 25 mg oral", infusion_start=NOW)
    (stop,) = found(a_row(), about=late)
    assert stop.gate is Gate.SIGN


def test_times_of_premedication() -> None:
    values = given(a_row(), a_row(2, at="8:20"), a_row(3, at="8:10", why="other"))
    times = premedication_times(values)
    assert [time.astimezone(UTC).strftime("%H:%M") for time in times] == ["13:20", "13:38"]


def test_struck_rows_are_not_judged_but_stay_in_the_note() -> None:
    row = a_row(expiry="2026-11-20")
    row.update(struck_at=NOW, struck_by=NURSE, struck_reason="duplicate")
    assert found(row) == []
    (table,) = [b for b in blocks(given(row), facts()) if isinstance(b, Table)]
    spans = table.rows[0][1]
    assert spans[0].voice is Voice.STRUCK
    assert "duplicate" in spans[-1].text


def test_every_stored_field_stands_in_the_note() -> None:
    row = a_row(lot="L77", expiry="2027-03-31", reason="per order", response="no change")
    row["created_at"] = row["at"] + timedelta(hours=1)
    values = given(row)
    assert values.medicine_given[0].expiry == date(2027, 3, 31)
    (table,) = [b for b in blocks(values, facts()) if isinstance(b, Table)]
    cells = ["".join(span.text for span in cell) for cell in table.rows[0]]
    said = " | ".join(cells).replace("\u00a0", " ")
    for word in (
        "08:38",
        "acetaminophen 650 mg oral",
        "premedication",
        "per order",
        "as the patient reported",
        "L77",
        "expires 31 Mar 2027",
        "no change",
        "late entry, written 09:38",
    ):
        assert word in said, (word, said)


def test_nothing_given_is_no_section() -> None:
    assert blocks(given(), facts()) == []


def test_values_go_to_rows_and_come_back() -> None:
    values = given(a_row(lot="L77"), a_row(2, why="other"))
    assert STORE.from_rows(STORE.to_rows(values, {"visit_id": NURSE})) == values


@pytest.mark.parametrize("charted", ["diphenhydramine", "antihistamine by mouth"])
def test_a_premedication_ordered_by_an_example_is_charted_by_either_name(charted: str) -> None:
    ordered = facts("antihistamine, such as diphenhydrAMINE by mouth, 30 min before")
    assert [one.code for one in found(about=ordered)] == ["medicines.premedication_lacking"]
    assert found(a_row(medicine=charted), about=ordered) == []
