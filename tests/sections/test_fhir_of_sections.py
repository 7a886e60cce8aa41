"""What single answers become in FHIR: the mappings that a reader acts upon."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from infusion_visits.core.kinds import NotDoneReason
from infusion_visits.core.marks import NotDone
from infusion_visits.core.refs import Refs
from infusion_visits.exchange.fhir_mappings import MAPPINGS
from tests.sections.every_field import NURSE, ORDER, START, THING, ZONE, full, made_facts

VISIT, PATIENT, AGENCY = UUID(int=10), UUID(int=11), UUID(int=12)
INFUSION = UUID(int=13)
KNOWN = frozenset({NURSE, ORDER, THING})
REFS = Refs(VISIT, PATIENT, AGENCY, NURSE, ZONE, START, KNOWN, (INFUSION,))


def resources(key: str, values: Any, kind: str) -> list[dict[str, Any]]:
    """The resources of one kind that a section's values become."""
    made = MAPPINGS[key](values, made_facts(), REFS)
    return [piece for piece in made if piece["resourceType"] == kind]


def complication(**changes: Any) -> Any:
    """The full section with the complication changed and its step taken away."""
    values = full("complications")
    (one,) = values.complication
    return replace(values, complication=(replace(one, **{"complication_step": (), **changes}),))


def step(**changes: Any) -> Any:
    """The full section of a reaction with its one step changed."""
    values = full("complications")
    (one,) = values.complication
    (only,) = one.complication_step
    changed = replace(only, skipped=None, **changes)
    return complication(what="infusion_reaction", complication_step=(changed,))


def test_a_reaction_to_the_drug_suspects_the_infusion_and_not_the_line() -> None:
    values = complication(what="infusion_reaction", during="during", noticed_at=START)
    (event,) = resources("complications", values, "AdverseEvent")
    assert event["suspectEntity"] == [{"instance": {"reference": f"urn:uuid:{INFUSION}"}}]
    (condition,) = resources("complications", values, "Condition")
    assert event["resultingCondition"] == [{"reference": f"urn:uuid:{condition['id']}"}]


def test_trouble_of_the_line_suspects_the_line() -> None:
    values = complication(what="thrombosis", during="between", noticed_at=START)
    (event,) = resources("complications", values, "AdverseEvent")
    assert event["suspectEntity"] == [{"instance": {"reference": f"urn:uuid:{THING}"}}]


def test_an_earlier_complication_is_not_of_this_encounter() -> None:
    values = complication(what="thrombosis", noticed_at=START - timedelta(days=3))
    (condition,) = resources("complications", values, "Condition")
    assert "encounter" not in condition
    assert condition["onsetDateTime"].startswith("2026-11-18")


@pytest.mark.parametrize("what", ["sharps_injury", "chemo_spill", "pump_failure"])
def test_what_happened_around_the_patient_is_no_condition(what: str) -> None:
    values = complication(what=what)
    assert not resources("complications", values, "Condition")
    assert not resources("complications", values, "AdverseEvent")
    (seen,) = resources("complications", values, "Observation")
    assert seen["id"] == str(THING)


def test_anaphylaxis_has_its_public_code() -> None:
    (condition,) = resources("complications", complication(what="anaphylaxis"), "Condition")
    assert condition["code"]["coding"][0]["code"] == "39579001"


@pytest.mark.parametrize(
    ("reached", "status"), [("reached", "completed"), ("no_answer", "not-done")]
)
def test_nobody_reached_is_no_communication_that_took_place(reached: str, status: str) -> None:
    (told,) = resources("complications", step(kind="told", reached=reached), "Communication")
    assert told["status"] == status
    assert told["about"] == [{"reference": f"urn:uuid:{THING}"}]


def test_a_step_that_was_skipped_is_not_done() -> None:
    values = step(kind="action", words="stop the pump")
    (done,) = resources("complications", values, "Procedure")
    assert done["status"] == "completed"
    (one,) = values.complication
    left = replace(one.complication_step[0], skipped="stopped already")
    skipped = complication(what="infusion_reaction", complication_step=(left,))
    (not_done,) = resources("complications", skipped, "Procedure")
    assert not_done["status"] == "not-done"
    assert not_done["statusReason"]["text"] == "stopped already"


def line(**changes: Any) -> Any:
    """The full section with its line changed."""
    values = full("devices")
    (one,) = values.access_device
    return replace(values, access_device=(replace(one, **changes),))


def test_a_line_has_the_code_of_its_kind_and_lumens() -> None:
    values = full("devices")
    (one,) = values.access_device
    (lumen,) = one.lumen
    (device,) = resources("devices", line(kind="picc", lumen=(lumen, lumen)), "Device")
    assert device["type"]["coding"][0]["code"] == "1396489007"
    (port,) = resources("devices", line(kind="port"), "Device")
    assert port["type"]["coding"][0]["system"].startswith("urn:x-infusion-visits:")


def test_a_line_that_was_removed_is_no_longer_in_use() -> None:
    (use,) = resources("devices", line(removed_at=None), "DeviceUseStatement")
    assert (use["status"], "end" in use["timingPeriod"]) == ("active", False)
    gone = line(removed_at=START + timedelta(hours=2))
    (use,) = resources("devices", gone, "DeviceUseStatement")
    assert use["status"] == "completed"
    assert use["timingPeriod"]["end"] == "2026-11-21T11:00:00-05:00"
    codes = [done["code"]["text"] for done in resources("devices", gone, "Procedure")]
    assert any(words.endswith("removed") for words in codes)


def test_a_line_removed_before_this_visit_is_no_act_of_it() -> None:
    gone = line(removed_at=START - timedelta(days=9), placed_here=False)
    codes = [done["code"]["text"] for done in resources("devices", gone, "Procedure")]
    assert not any(words.endswith(("removed", "placed")) for words in codes)


def given(**changes: Any) -> dict[str, Any]:
    """The one medicine given, as a resource."""
    values = full("medicines")
    (one,) = values.medicine_given
    changed = replace(values, medicine_given=(replace(one, **changes),))
    (made,) = resources("medicines", changed, "MedicationAdministration")
    return made


def test_a_dose_that_is_a_figure_is_one_and_words_stay_words() -> None:
    dose = given(dose="0.30", dose_unit="mg")["dosage"]["dose"]
    assert (str(dose["value"]), dose["code"]) == ("0.30", "mg")
    puffs = given(dose="2", dose_unit="puffs")["dosage"]["dose"]
    assert puffs == {"value": Decimal(2), "unit": "puffs"}
    half = given(dose="half", dose_unit="tablets")
    assert "dosage" not in half
    assert "Dose: half" in half["note"][0]["text"]


def test_what_was_taken_at_home_was_not_given_by_the_nurse() -> None:
    taken = given(given_by="patient_as_reported")["performer"]
    assert taken == [{"actor": {"reference": f"urn:uuid:{PATIENT}"}}]
    assert given(given_by="nurse")["performer"] == [{"actor": {"reference": f"urn:uuid:{NURSE}"}}]


def result(**changes: Any) -> dict[str, Any]:
    """The one result, as a resource."""
    values = full("labs")
    (one,) = values.lab_result
    changed = replace(values, lab_result=(replace(one, **changes),))
    (made,) = resources("labs", changed, "Observation")
    return made


def test_a_result_keeps_how_it_was_said() -> None:
    sure = result(value="9.40", unit="mg/dL")["valueQuantity"]
    assert (str(sure["value"]), sure["code"]) == ("9.40", "mg/dL")
    assert result(value="12", unit="Zimmer")["valueQuantity"] == {
        "value": Decimal(12),
        "unit": "Zimmer",
    }
    assert result(value="<5", unit="mg/L")["valueString"] == "<5 mg/L"
    assert "dataAbsentReason" in result(value=None, unit=None)


def test_a_result_is_known_at_a_time_and_sampled_at_another() -> None:
    made = result()
    assert "effectiveDateTime" not in made
    assert made["issued"].endswith("-05:00")


def test_a_patient_s_own_figure_is_not_the_nurse_s() -> None:
    values = full("vitals")
    (one,) = values.vital_signs
    own = replace(values, vital_signs=(replace(one, measured_by="patient"),))
    whole, *members = resources("vitals", own, "Observation")
    assert whole["performer"] == [{"reference": f"urn:uuid:{NURSE}"}]
    signs = [each for each in members if "valueQuantity" in each]
    assert signs
    assert all(each["performer"] == [{"reference": f"urn:uuid:{PATIENT}"}] for each in signs)


def test_a_pressure_of_one_figure_says_that_the_other_was_not_asked() -> None:
    values = full("vitals")
    (one,) = values.vital_signs
    bare = replace(one.mark, as_entered={})
    half = replace(one, mark=bare, systolic=Decimal(70), diastolic=None, no_figure=None)
    made = resources("vitals", replace(values, vital_signs=(half,)), "Observation")
    (pressure,) = [each for each in made if each["code"]["text"] == "Blood pressure"]
    systolic, diastolic = pressure["component"][:2]
    assert systolic["valueQuantity"]["value"] == Decimal(70)
    assert diastolic["dataAbsentReason"]["coding"][0]["code"] == "not-asked"


def test_no_pulse_felt_is_words_and_no_figure() -> None:
    values = full("vitals")
    (one,) = values.vital_signs
    none = replace(one, pulse=None, no_figure=("pulse_absent",))
    made = resources("vitals", replace(values, vital_signs=(none,)), "Observation")
    (pulse,) = [each for each in made if each["code"]["text"] == "Pulse"]
    assert pulse["dataAbsentReason"]["text"] == "no pulse felt"
    assert "valueQuantity" not in pulse


def test_an_empty_set_says_that_nothing_was_charted() -> None:
    values = full("vitals")
    (one,) = values.vital_signs
    empty = type(one)(one.mark, at=one.at)
    alone = replace(values, vital_signs=(empty,), missed_set=())
    (panel,) = resources("vitals", alone, "Observation")
    assert panel["dataAbsentReason"]["coding"][0]["code"] == "unknown"


def infusion(**changes: Any) -> Any:
    """The full section with its infusion changed."""
    values = full("infusion")
    (one,) = values.infusion
    return replace(values, infusion=(replace(one, **changes),))


def acts(*kinds: tuple[str, int, str | None]) -> Any:
    """Acts at minutes after the start, each with its rate."""
    values = full("infusion")
    (event,) = values.infusion[0].infusion_event
    made = []
    for number, (kind, minutes, rate) in enumerate(kinds, start=1):
        at = START + timedelta(minutes=minutes)
        row = replace(event.mark.row, at=(*event.mark.row.at[:-1], number))
        mark = replace(event.mark, row=row, at=at, entered_at=at, as_entered={})
        figures = {"reading_ml": None, "remaining_ml": None, "volume_ml": None}
        value = Decimal(rate) if rate else None
        made.append(replace(event, mark=mark, at=at, kind=kind, rate=value, **figures))
    return infusion(infusion_event=tuple(made), method="pump", prepared_ml=None)


@pytest.mark.parametrize(
    ("last", "status"),
    [
        (("complete", 90, None), "completed"),
        (("stop", 90, None), "stopped"),
        (("hold", 90, None), "on-hold"),
        (("left", 90, None), "in-progress"),
    ],
)
def test_an_infusion_says_how_it_ended(last: tuple[str, int, None], status: str) -> None:
    made = resources("infusion", acts(("start", 0, "100"), last), "MedicationAdministration")
    whole, stretch = made[0], made[1]
    assert whole["status"] == status
    assert stretch["dosage"]["rateQuantity"]["value"] == Decimal(100)
    assert stretch["dosage"]["dose"]["value"] == Decimal(150)


def test_an_infusion_that_never_started_was_not_given() -> None:
    whole, *others = resources("infusion", infusion(infusion_event=()), "MedicationAdministration")
    assert whole["status"] == "not-done"
    assert "effectiveDateTime" in whole
    assert not [each for each in others if "partOf" in each]


def test_several_lots_are_parts_of_what_was_given() -> None:
    values = full("infusion")
    (lot,) = values.infusion[0].product_lot
    two = infusion(product_lot=(lot, replace(lot, lot="B")))
    whole = resources("infusion", two, "MedicationAdministration")[0]
    drug, *lots = whole["contained"]
    assert [each["batch"]["lotNumber"] for each in lots] == [lot.lot, "B"]
    assert [part["itemReference"]["reference"] for part in drug["ingredient"]] == [
        "#lot-1",
        "#lot-2",
    ]


def test_refused_consent_is_rejected() -> None:
    values = full("arrival")
    refused = replace(values, arrival=replace(values.arrival, consent="refused"))
    (consent,) = resources("arrival", refused, "Consent")
    assert consent["status"] == "rejected"
    none = replace(values, arrival=replace(values.arrival, consent=None))
    assert not resources("arrival", none, "Consent")


def test_a_fall_screen_without_all_answers_has_no_score() -> None:
    values = full("assessment")
    whole, part = values.fall_screen, replace(values.fall_screen, age_65=None)
    for screen, scored in ((whole, True), (part, False)):
        made = resources("assessment", replace(values, fall_screen=screen), "Observation")
        (falls,) = [each for each in made if each["code"]["text"].startswith("Fall screen")]
        assert ("valueInteger" in falls) is scored


def test_a_critical_result_that_nobody_was_told_says_so() -> None:
    values = full("labs")
    (one,) = values.lab_result
    why = {"told_to": NotDone(NotDoneReason.UNABLE, "no signal")}
    untold = replace(one, told_to=None, mark=replace(one.mark, not_done=why))
    (told,) = resources("labs", replace(values, lab_result=(untold,)), "Communication")
    assert told["status"] == "not-done"
    assert told["statusReason"]["text"] == "unable no signal"
