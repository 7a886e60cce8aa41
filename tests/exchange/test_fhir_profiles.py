"""A US Core profile is claimed where all that it asks is there, and nowhere else."""

from __future__ import annotations

from typing import Any

import pytest

from infusion_visits.exchange.fhir_profiles import US_CORE, with_profile

LOINC = "http://loinc.org"


def claimed(piece: dict[str, Any]) -> str:
    profiles = with_profile({"id": "a", **piece}).get("meta", {}).get("profile", [])
    return profiles[0].removeprefix(US_CORE) if profiles else ""


PATIENT = {
    "resourceType": "Patient",
    "identifier": [{"system": "urn:uuid:a", "value": "1"}],
    "name": [{"family": "Okafor"}],
    "gender": "female",
}
VITAL = {
    "resourceType": "Observation",
    "category": [{"coding": [{"code": "vital-signs"}]}],
    "code": {"coding": [{"system": LOINC, "code": "8867-4"}]},
    "effectiveDateTime": "2026-11-21T09:00:00-05:00",
    "valueQuantity": {"value": 70, "code": "/min"},
}


@pytest.mark.parametrize("missing", ["identifier", "name", "gender"])
def test_a_patient_needs_number_name_and_sex(missing: str) -> None:
    assert claimed(PATIENT) == "patient"
    assert claimed({name: part for name, part in PATIENT.items() if name != missing}) == ""


def test_a_name_that_is_only_text_is_not_enough() -> None:
    assert claimed({**PATIENT, "name": [{"family": "Okafor"}, {"text": "Old Name"}]}) == ""


@pytest.mark.parametrize("missing", ["requester", "authoredOn", "dosageInstruction"])
def test_an_order_needs_who_when_and_how(missing: str) -> None:
    order = {
        "resourceType": "MedicationRequest",
        "status": "active",
        "intent": "order",
        "medicationCodeableConcept": {"text": "a"},
        "subject": {"reference": "urn:uuid:a"},
        "authoredOn": "2026-11-01",
        "requester": {"display": "D. Amsel, MD"},
        "dosageInstruction": [{"text": "a"}],
    }
    assert claimed(order) == "medicationrequest"
    assert claimed({name: part for name, part in order.items() if name != missing}) == ""


def test_a_sign_in_another_unit_is_a_vital_sign_and_no_more() -> None:
    assert claimed(VITAL) == "heart-rate"
    assert claimed({**VITAL, "valueQuantity": {"value": 1, "code": "Hz"}}) == "vital-signs"
    bare = {name: part for name, part in VITAL.items() if name != "valueQuantity"}
    assert claimed({**bare, "dataAbsentReason": {"text": "refused"}}) == "heart-rate"


@pytest.mark.parametrize("missing", ["category", "effectiveDateTime"])
def test_a_sign_needs_its_kind_and_its_time(missing: str) -> None:
    less: dict[str, Any] = {**VITAL, missing: []}
    assert claimed(less) == ""


def test_a_pressure_needs_both_parts() -> None:
    part = [
        {"code": {"coding": [{"system": LOINC, "code": code}]}} for code in ("8480-6", "8462-4")
    ]
    pressure = {**VITAL, "code": {"coding": [{"system": LOINC, "code": "85354-9"}]}}
    assert claimed({**pressure, "component": part}) == "blood-pressure"
    assert claimed({**pressure, "component": part[:1]}) == ""


def test_what_has_no_profile_of_its_own_stays_as_it_is() -> None:
    piece = {"resourceType": "Task", "id": "a"}
    assert with_profile(piece) is piece
