"""Small FHIR resources, made by hand for tests."""

from __future__ import annotations

import json
from typing import Any

PATIENT_ID = "7b1c0d5e-0000-4000-8000-000000000001"
MRN = "urn:oid:2.16.840.1.113883.19.5"
Resource = dict[str, Any]


def patient(**more: Any) -> Resource:
    """A whole patient; `more` replaces elements, None takes them away."""
    made: Resource = {
        "resourceType": "Patient",
        "id": PATIENT_ID,
        "identifier": [{"system": MRN, "value": "A-1"}],
        "name": [{"use": "official", "family": "Okafor", "given": ["Ngozi", "Amara"]}],
        "gender": "female",
        "birthDate": "1971-03-04",
        "telecom": [{"system": "phone", "value": "555-0142", "use": "home"}],
    }
    return _without_none(made | more)


def clinical(kind: str, number: int = 1, **more: Any) -> Resource:
    """A resource that points at the patient."""
    by = "patient" if kind in {"AllergyIntolerance", "RelatedPerson"} else "subject"
    made: Resource = {
        "resourceType": kind,
        "id": f"{kind.lower()}-{number}",
        by: {"reference": f"urn:uuid:{PATIENT_ID}"},
    }
    return _without_none(made | more)


def allergy(words: str = "Penicillin V", number: int = 1, **more: Any) -> Resource:
    """An active, confirmed allergy."""
    base: Resource = {
        "clinicalStatus": _code("active"),
        "verificationStatus": _code("confirmed"),
        "code": {"text": words},
    }
    return clinical("AllergyIntolerance", number, **(base | more))


def observation(loinc: str, value: Any, unit: str, number: int = 1, **more: Any) -> Resource:
    """A final observation with one quantity."""
    base: Resource = {
        "status": "final",
        "code": {"coding": [{"system": "http://loinc.org", "code": loinc, "display": "what"}]},
        "effectiveDateTime": "2026-11-03T09:30:00-05:00",
        "valueQuantity": {
            "value": value,
            "unit": unit,
            "system": "http://unitsofmeasure.org",
            "code": unit,
        },
    }
    return clinical("Observation", number, **(base | more))


def bundle(*resources: Resource, kind: str = "collection") -> bytes:
    """A bundle of these, each with a `urn:uuid` address."""
    entries = [
        {"fullUrl": f"urn:uuid:{resource.get('id', 'none')}", "resource": resource}
        for resource in resources
    ]
    return as_bytes({"resourceType": "Bundle", "type": kind, "entry": entries})


def as_bytes(value: Any) -> bytes:
    """JSON as it lies in a file."""
    return json.dumps(value, ensure_ascii=False).encode()


def _code(code: str) -> Resource:
    return {"coding": [{"system": "http://terminology.hl7.org/x", "code": code}]}


def _without_none(resource: Resource) -> Resource:
    return {name: value for name, value in resource.items() if value is not None}
