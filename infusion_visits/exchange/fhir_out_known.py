"""What was known of the patient at the visit, as FHIR: allergies, problems, home medicines, flags.

Rows that were struck out are left out. Nothing is made of what was not asked: an allergy list that
was not asked for has no resource, and its section says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from infusion_visits.core.fhir import (
    LOINC,
    SNOMED,
    TERMS,
    VITAL_SIGNS,
    Piece,
    coding,
    concept,
    date_of_words,
    entered,
    filled,
    link,
    measured,
    note,
    own,
    period,
    resource,
    standing,
)
from infusion_visits.core.fields import Number
from infusion_visits.patients.facts import AllergyState
from infusion_visits.patients.fields import HEIGHT, WEIGHT
from infusion_visits.patients.rules import allergy_state, precaution_words

if TYPE_CHECKING:
    from datetime import date

    from infusion_visits.core.refs import Refs
    from infusion_visits.patients.values import (
        Allergy,
        Condition,
        HeightTaken,
        HomeMedicine,
        PatientChart,
        Precaution,
        WeightTaken,
    )

_CATEGORIES = {
    "drug": "medication",
    "food": "food",
    "environment": "environment",
    "biologic": "biologic",
}
_SEVERITIES = {
    "mild": "mild",
    "moderate": "moderate",
    "severe": "severe",
    "anaphylaxis": "severe",
}
_SYSTEMS = {
    "icd-10-cm": "http://hl7.org/fhir/sid/icd-10-cm",
    "icd-10": "http://hl7.org/fhir/sid/icd-10",
    "snomed ct": SNOMED,
    "snomed": SNOMED,
    "loinc": LOINC,
    "rxnorm": "http://www.nlm.nih.gov/research/umls/rxnorm",
    "ndc": "http://hl7.org/fhir/sid/ndc",
}
_TAKEN = {"taking": "active", "on hold": "on-hold", "stopped": "stopped"}


def allergies(chart: PatientChart, refs: Refs) -> list[Piece]:
    """One for each allergy; one that says "none known" where somebody said so; else nothing."""
    rows = standing(chart.allergy)
    if rows:
        return [_allergy(one, refs) for one in rows]
    if allergy_state(chart) is not AllergyState.NONE_KNOWN:
        return []
    said = chart.patient.allergy_note if chart.patient else None
    none = coding(SNOMED, "716186003", "No known allergy")
    return [
        resource(
            "AllergyIntolerance",
            refs.of_patient("allergy/none-known"),
            clinicalStatus=_course("allergyintolerance-clinical", "active"),
            code=concept("No known allergies", none),
            patient=link(refs.patient),
            note=note(said),
        )
    ]


def _allergy(one: Allergy, refs: Refs) -> Piece:
    category = _CATEGORIES.get(one.kind or "")
    manifest = one.reaction or ("Anaphylaxis" if one.severity == "anaphylaxis" else "")
    anaphylaxis = coding(SNOMED, "39579001", "Anaphylaxis") if not one.reaction else {}
    severity = _SEVERITIES.get(one.severity or "")
    reaction = filled(
        manifestation=[concept(manifest, anaphylaxis)] if manifest else [], severity=severity
    )
    told = [] if manifest or not one.severity else [f"Severity: {one.severity}"]
    if one.severity == "anaphylaxis" and one.reaction:
        told.append("Severity: anaphylaxis")
    if one.kind and category is None:
        told.append(f"Kind: {one.kind}")
    if one.source:
        told.append(f"Source: {one.source}")
    return resource(
        "AllergyIntolerance",
        refs.of_patient(one.mark.row.path()),
        clinicalStatus=_course("allergyintolerance-clinical", one.status or "active"),
        category=[category] if category else [],
        criticality=one.risk if one.risk in {"low", "high"} else None,
        code=concept(one.substance or "substance not named", _given(one.system, one.code)),
        patient=link(refs.patient),
        reaction=[reaction] if manifest else [],
        note=note(*told),
    )


def _course(system: str, status: str) -> Piece:
    return concept("", coding(f"{TERMS}/{system}", status))


def _given(system: str | None, code: str | None) -> Piece:
    """The code that came with a row, where it can be one; a system may be named as people do."""
    said = (system or "").strip()
    return coding(_SYSTEMS.get(said.casefold(), said), code or "")


def conditions(chart: PatientChart, refs: Refs) -> list[Piece]:
    """The patient's problems."""
    return [_condition(one, refs) for one in standing(chart.condition) if one.words]


def _condition(one: Condition, refs: Refs) -> Piece:
    listed = coding(f"{TERMS}/condition-category", "problem-list-item", "Problem List Item")
    since = date_of_words(one.since)
    return resource(
        "Condition",
        refs.of_patient(one.mark.row.path()),
        clinicalStatus=_course("condition-clinical", one.status) if one.status else None,
        category=[concept("Problem", listed)],
        code=concept(one.words or "", _given(one.system, one.code)),
        subject=link(refs.patient),
        onsetDateTime=since,
        onsetString=None if since else one.since,
    )


def home_medicines(chart: PatientChart, refs: Refs) -> list[Piece]:
    """What the patient takes at home."""
    return [_home_medicine(one, refs) for one in standing(chart.home_medicine) if one.words]


def _home_medicine(one: HomeMedicine, refs: Refs) -> Piece:
    since = date_of_words(one.since)
    bought = {True: "Bought without prescription", False: "Prescribed"}
    told = [] if one.over_the_counter is None else [bought[one.over_the_counter]]
    if one.since and not since:
        told.append(f"Since: {one.since}")
    dosage = filled(
        text=one.dose,
        timing={"code": concept(one.frequency)} if one.frequency else None,
        route=concept(one.route) if one.route else None,
    )
    return resource(
        "MedicationStatement",
        refs.of_patient(one.mark.row.path()),
        status=_TAKEN.get(one.status or "", "unknown"),
        medicationCodeableConcept=concept(one.words or "", _given(one.system, one.code)),
        subject=link(refs.patient),
        effectivePeriod=period(since or None, None),
        reasonCode=[concept(one.reason)] if one.reason else [],
        note=note(*told),
        dosage=[dosage] if dosage else [],
    )


def flags(chart: PatientChart, refs: Refs, day: date) -> list[Piece]:
    """Precautions and limb alerts; one that ended before the visit is inactive."""
    return [_flag(one, refs, day) for one in standing(chart.precaution) if one.kind or one.what]


def _flag(one: Precaution, refs: Refs, day: date) -> Piece:
    safety = coding(f"{TERMS}/flag-category", "safety", "Safety")
    over = one.until is not None and one.until < day
    return resource(
        "Flag",
        refs.of_patient(one.mark.row.path()),
        status="inactive" if over else "active",
        category=[concept("Safety", safety)],
        code=concept(precaution_words(one), own("precaution", one.kind or "")),
        subject=link(refs.patient),
        period=period(None, one.until.isoformat() if one.until else None),
    )


def bodies(chart: PatientChart, refs: Refs) -> list[Piece]:
    """Weights and heights of the chart; those measured at this visit stand with its vital signs."""
    weights = [_weight(one, refs) for one in standing(chart.weight) if one.mark.visit != refs.visit]
    heights = [_height(one, refs) for one in standing(chart.height) if one.mark.visit != refs.visit]
    return [*(one for one in (*weights, *heights) if one)]


def _weight(one: WeightTaken, refs: Refs) -> Piece:
    leaf = WEIGHT.leaf("weight_kg")
    if one.weight_kg is None or one.day is None or not isinstance(leaf, Number):
        return {}
    code = coding(LOINC, "29463-7", "Body weight")
    value = measured(*entered(one.mark, leaf, one.weight_kg))
    return _body(one, refs, concept("Weight", code), value)


def _height(one: HeightTaken, refs: Refs) -> Piece:
    leaf = HEIGHT.leaf("height_cm")
    if one.height_cm is None or one.day is None or not isinstance(leaf, Number):
        return {}
    code = coding(LOINC, "8302-2", "Body height")
    value = measured(*entered(one.mark, leaf, one.height_cm))
    return _body(one, refs, concept("Height", code), value)


def _body(one: WeightTaken | HeightTaken, refs: Refs, code: Piece, value: Piece) -> Piece:
    received = f"As received: {one.as_received}" if one.as_received else None
    return resource(
        "Observation",
        refs.of_patient(one.mark.row.path()),
        status="final",
        category=[VITAL_SIGNS],
        code=code,
        subject=link(refs.patient),
        effectiveDateTime=one.day.isoformat() if one.day else None,
        valueQuantity=value,
        note=note(f"Source: {one.source}" if one.source else None, received),
    )
