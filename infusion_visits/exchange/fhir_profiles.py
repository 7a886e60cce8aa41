"""Which US Core profile a resource meets: claimed only where every element asked is really there.

US Core 5.0.1. A profile that cannot be held by what is charted (an NPI, a family name apart) is
not claimed at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from infusion_visits.core.fhir import Piece

US_CORE = "http://hl7.org/fhir/us/core/StructureDefinition/us-core-"
LOINC = "http://loinc.org"

_ASKED: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "AllergyIntolerance": ("allergyintolerance", ("clinicalStatus", "code", "patient")),
    "Encounter": ("encounter", ("status", "class", "type", "subject")),
    "MedicationRequest": (
        "medicationrequest",
        (
            *("status", "intent", "medicationCodeableConcept", "subject"),
            *("authoredOn", "requester", "dosageInstruction"),
        ),
    ),
    "Organization": ("organization", ("active", "name")),
    "Procedure": ("procedure", ("status", "code", "subject", "performedDateTime")),
}
_CONDITIONS = {
    "problem-list-item": "condition-problems-health-concerns",
    "encounter-diagnosis": "condition-encounter-diagnosis",
}
_VITALS: Mapping[str, tuple[str, frozenset[str]]] = {
    "8867-4": ("heart-rate", frozenset({"/min"})),
    "9279-1": ("respiratory-rate", frozenset({"/min"})),
    "8310-5": ("body-temperature", frozenset({"Cel", "[degF]"})),
    "29463-7": ("body-weight", frozenset({"kg", "g", "[lb_av]"})),
    "8302-2": ("body-height", frozenset({"cm", "[in_i]"})),
    "9843-4": ("head-circumference", frozenset({"cm", "[in_i]"})),
    "2708-6": ("pulse-oximetry", frozenset({"%"})),
}
_PRESSURE = "85354-9"
_PARTS = ("8480-6", "8462-4")


def with_profile(piece: Piece) -> Piece:
    """The resource with the profile that it meets in its `meta`; as it is where it meets none."""
    name = _profile(piece)
    if not name:
        return piece
    head = {"resourceType": piece["resourceType"], "id": piece["id"]}
    return {**head, "meta": {"profile": [f"{US_CORE}{name}"]}, **piece}


def _profile(piece: Piece) -> str:
    kind = piece["resourceType"]
    if kind in _ASKED:
        name, asked = _ASKED[kind]
        return name if all(piece.get(element) for element in asked) else ""
    if kind == "Patient":
        return "patient" if _is_whole_patient(piece) else ""
    if kind == "Condition":
        return _condition(piece)
    return _observation(piece) if kind == "Observation" else ""


def _is_whole_patient(piece: Piece) -> bool:
    named = [bool(one.get("family") or one.get("given")) for one in piece.get("name", [])]
    return bool(piece.get("identifier")) and bool(named) and all(named) and "gender" in piece


def _condition(piece: Piece) -> str:
    codes = {one.get("code") for concept in piece["category"] for one in concept.get("coding", [])}
    return next((name for code, name in _CONDITIONS.items() if code in codes), "")


def _observation(piece: Piece) -> str:
    kinds = {one.get("code") for each in piece["category"] for one in each.get("coding", [])}
    if "vital-signs" not in kinds or not piece.get("effectiveDateTime"):
        return ""
    codes = _loinc(piece["code"])
    if _PRESSURE in codes:
        parts = {code for part in piece.get("component", []) for code in _loinc(part["code"])}
        return "blood-pressure" if set(_PARTS) <= parts else ""
    for code, (name, units) in _VITALS.items():
        if code in codes:
            figure: dict[str, Any] = piece.get("valueQuantity") or {}
            met = figure.get("code") in units or "dataAbsentReason" in piece
            return name if met else "vital-signs"
    says = ("valueQuantity", "dataAbsentReason", "component", "hasMember")
    return "vital-signs" if any(piece.get(element) for element in says) else ""


def _loinc(code: Piece) -> set[str]:
    return {one["code"] for one in code.get("coding", []) if one.get("system") == LOINC}
