"""Lines in a real record: care over visits, removal after signing, what a signed visit keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest

from infusion_visits.core.cells import Cell, Row
from infusion_visits.core.errors import Refused
from infusion_visits.core.fields import NotAValue
from infusion_visits.core.kinds import VisitKind
from infusion_visits.patients.actions import enter
from infusion_visits.patients.facts import LineStatus
from infusion_visits.records import cells
from infusion_visits.sections.devices.history import care_before, load_lines
from infusion_visits.sections.devices.rules.due import DueState, care_due
from infusion_visits.sections.devices.rules.limits import default_limits
from infusion_visits.sections.devices.values import Devices
from infusion_visits.team.tables import Agency
from infusion_visits.today.queries import load_today
from infusion_visits.visits import charting
from infusion_visits.visits.actions import schedule, start
from infusion_visits.visits.facts import facts_of
from infusion_visits.visits.queries import load_record
from infusion_visits.visits.tables import VisitSnapshot

if TYPE_CHECKING:
    from infusion_visits.core.clock import SteppingClock
    from infusion_visits.records.unit_of_work import UnitOfWork
    from tests.fixtures.records import UnitFor

ZONE = "America/Chicago"
LIMITS = default_limits()


def a_visit(unit: UnitOfWork, patient: UUID) -> UUID:
    """A line care visit, started."""
    visit = schedule(unit, patient, VisitKind.LINE_CARE, unit.now, ZONE)
    start(unit, visit)
    return visit


def a_picc(unit: UnitOfWork, visit: UUID) -> UUID:
    """A PICC of the left upper arm, written down at a visit."""
    texts = {
        "kind": "picc",
        "side": "left",
        "site": "upper arm",
        "inserted_on": "2026-10-01",
        "external_length_cm": "2",
        "catheter_length_cm": "45",
    }
    made = charting.append(unit, visit, "devices", Row("access_device"), texts)
    assert isinstance(made, tuple), made
    return UUID(str(made[0].at[0]))


def care(unit: UnitOfWork, visit: UUID, device: UUID, what: str, **more: str) -> None:
    """One act of care, now."""
    texts = {"device_id": str(device), "done_at": "now", "what": what, "tolerated": "well", **more}
    made = charting.append(unit, visit, "devices", Row("device_care"), texts)
    assert isinstance(made, tuple), made


def sign(unit: UnitOfWork, visit: UUID) -> None:
    """The snapshot that freezes the visit."""
    cells.add(unit, VisitSnapshot, {"visit_id": visit, "envelope": b"{}", "sha256": "0" * 64})


@pytest.fixture
def chart(unit_for: UnitFor) -> dict[str, Any]:
    """A patient with a PICC and a first visit."""
    with unit_for() as unit:
        cells.put(unit, Agency, {"id": unit.ids.new()}, {"name": "Riverbend", "zone": ZONE})
        patient = enter(unit, {"family": "Okafor", "given": "Maren"})
        visit = a_visit(unit, patient)
        device = a_picc(unit, visit)
        lumen = charting.append(unit, visit, "devices", Row("lumen", (device,)), {"label": "red"})
        assert isinstance(lumen, tuple)
        unit.commit()
    return {"patient": patient, "visit": visit, "device": device}


def test_a_whole_line_reads_back(unit_for: UnitFor, chart: dict[str, Any]) -> None:
    device, visit = chart["device"], chart["visit"]
    with unit_for() as unit:
        at = (device,)
        texts = {"device_id": str(device), "checked_at": "now", "site": "normal"}
        charting.append(unit, visit, "devices", Row("device_check", at), texts)
        check = Row("device_check", at)
        for name, text in (("external_length_cm", "2.5"), ("symptoms", "none")):
            found = charting.record(unit, visit, Cell("devices", check, name), text)
            assert not isinstance(found, NotAValue)
        lumen = Row("lumen_check", (device, 1))
        charting.record(unit, visit, Cell("devices", lumen, "blood_return_before"), "brisk")
        unit.commit()
    with unit_for() as unit:
        values = load_record(unit, visit).of(Devices)
        (line,) = values.access_device
        assert line.kind == "picc"
        assert line.mark.as_entered["catheter_length_cm"] == "45 cm"
        assert [one.label for one in line.lumen] == ["red"]
        (found_check,) = values.device_check
        assert found_check.device_id == device
        assert str(found_check.external_length_cm) == "2.5"
        assert found_check.symptoms == ("none",)
        (row,) = found_check.lumen_check
        assert row.mark.row.at == (device, 1)
        assert row.blood_return_before == "brisk"
        assert load_lines(unit, chart["patient"]) == values.access_device


def test_the_last_care_of_each_kind_over_all_visits(
    unit_for: UnitFor, chart: dict[str, Any], clock: SteppingClock
) -> None:
    device, patient = chart["device"], chart["patient"]
    with unit_for() as unit:
        care(
            unit, chart["visit"], device, "dressing_change",
            antiseptic="povidone-iodine, dried", dressing_type="gauze",
        )  # fmt: skip
        care(unit, chart["visit"], device, "connector_change")
        sign(unit, chart["visit"])
        unit.commit()
    clock.forward(days=2)
    with unit_for() as unit:
        second = a_visit(unit, patient)
        care(
            unit, second, device, "dressing_change",
            antiseptic="povidone-iodine, dried", dressing_type="transparent",
        )  # fmt: skip
        unit.commit()
    clock.forward(days=3)
    with unit_for() as unit:
        third = a_visit(unit, patient)
        found = {fact.what: fact for fact in care_before(unit, patient, ZONE, visit=third)}
        assert {what: fact.detail for what, fact in found.items()} == {
            "dressing_change": "transparent",
            "connector_change": "",
        }
        assert (clock.now() - found["dressing_change"].at).days == 3
        before = clock.now()
        before_second = {
            fact.what: fact.detail
            for fact in care_before(unit, patient, ZONE, visit=second, before=before)
        }
        assert before_second["dressing_change"] == "gauze"
        assert load_record(unit, third).care_before == tuple(
            care_before(unit, patient, ZONE, visit=third)
        )


def test_struck_care_was_not_given(unit_for: UnitFor, chart: dict[str, Any]) -> None:
    from infusion_visits.core.kinds import StrikeReason

    with unit_for() as unit:
        care(unit, chart["visit"], chart["device"], "connector_change")
        charting.strike(
            unit, chart["visit"], "devices", Row("device_care", (1,)), StrikeReason.WRONG_PATIENT
        )
        unit.commit()
    with unit_for() as unit:
        assert care_before(unit, chart["patient"], ZONE) == ()


def test_a_line_may_be_removed_after_its_visit_was_signed(
    unit_for: UnitFor, chart: dict[str, Any]
) -> None:
    device, visit = chart["device"], chart["visit"]
    with unit_for() as unit:
        charting.append(
            unit, visit, "devices", Row("device_check", (device,)),
            {"device_id": str(device), "checked_at": "now", "site": "normal"},
        )  # fmt: skip
        sign(unit, visit)
        unit.commit()
    with unit_for() as unit:
        later = a_visit(unit, chart["patient"])
        removed = Cell("devices", Row("access_device", (device,)), "removed_at")
        charting.record(unit, later, removed, "now")
        unit.commit()
    with unit_for() as unit:
        (line,) = load_lines(unit, chart["patient"])
        assert line.removed_at is not None
    site = Cell("devices", Row("device_check", (device,)), "site")
    with unit_for() as unit, pytest.raises(Refused):
        charting.record(unit, visit, site, "signs present")


def checked(unit: UnitOfWork, visit: UUID, device: UUID, **texts: str) -> None:
    """A check with these answers, now."""
    said = {"device_id": str(device), "checked_at": "now", **texts}
    made = charting.append(unit, visit, "devices", Row("device_check", (device,)), said)
    assert isinstance(made, tuple), made


def test_what_one_visit_saw_the_next_one_goes_by(
    unit_for: UnitFor, chart: dict[str, Any], clock: SteppingClock
) -> None:
    device, patient = chart["device"], chart["patient"]
    with unit_for() as unit:
        checked(
            unit, chart["visit"], device, external_length_cm="4", dressing_state="damp",
            left_as="locked", site="normal",
        )  # fmt: skip
        sign(unit, chart["visit"])
        unit.commit()
    clock.forward(days=1)
    with unit_for() as unit:
        second = a_visit(unit, patient)
        unit.commit()
    with unit_for() as unit:
        (line,) = facts_of(load_record(unit, second), unit.now).lines
        assert line.status is LineStatus.LOCKED
        assert not line.central
        assert line.why_not_central.startswith("it moved by +2")
        values = load_record(unit, second).of(Devices)
        facts = facts_of(load_record(unit, second), unit.now)
        due = {one.task: one for one in care_due(values, values.access_device[0], facts, LIMITS)}
        assert due["dressing"].state is DueState.AT_ONCE
        assert due["dressing"].why == "damp"
        anew = {
            "confirmed_on": "t", "tip": "cavoatrial junction", "method": "chest X-ray",
            "external_length_cm": "4", "told_by": "S. Lindqvist, MD",
        }  # fmt: skip
        row = Row("tip_confirmation", (device,))
        assert isinstance(charting.append(unit, second, "devices", row, anew), tuple)
        unit.commit()
    with unit_for() as unit:
        (line,) = facts_of(load_record(unit, second), unit.now).lines
        assert line.central
        (kept,) = load_lines(unit, patient)
        assert [one.told_by for one in kept.tip_confirmation] == ["S. Lindqvist, MD"]


def test_today_tells_care_by_its_hour_and_what_is_due_at_once(
    unit_for: UnitFor, chart: dict[str, Any], clock: SteppingClock
) -> None:
    device = chart["device"]
    with unit_for() as unit:
        care(unit, chart["visit"], device, "set_change", set_type="parenteral nutrition")
        checked(unit, chart["visit"], device, dressing_state="lifted or loose")
        unit.commit()
    clock.forward(minutes=120)
    with unit_for() as unit:
        due = {line.words: line for line in load_today(unit, ZONE).due}
        by_hour = due["Parenteral nutrition set · PICC, left upper arm"]
        assert by_hour.beside.startswith("tomorrow ")
        assert not by_hour.late
        at_once = due["Dressing · PICC, left upper arm"]
        assert (at_once.beside, at_once.late) == ("at once: lifted or loose", True)
    clock.forward(minutes=23 * 60)
    with unit_for() as unit:
        due = {line.words: line for line in load_today(unit, ZONE).due}
        assert due["Parenteral nutrition set · PICC, left upper arm"].late
