"""FHIR files as the world writes them: every sample, every shape, every trap."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from infusion_visits.core.errors import BadFile
from infusion_visits.exchange.fhir_reader import read
from infusion_visits.exchange.imported import (
    ENTERED_IN_ERROR,
    NAMELESS,
    NO_PATIENT,
    NO_VALUE,
    OTHER_KINDS,
    REFUTED,
    ImportedPatient,
    ImportedRow,
    Reading,
)
from tests.exchange.fhir_making import (
    MRN,
    PATIENT_ID,
    allergy,
    as_bytes,
    bundle,
    clinical,
    observation,
    patient,
)

SAMPLES = Path(__file__).parent.parent / "data" / "fhir"
ZONE = "America/New_York"
LOINC = "http://loinc.org"
SNOMED = "http://snomed.info/sct"


def _read(data: bytes, *, lines: bool = False) -> Reading:
    return read(data, ZONE, lines=lines)


def _one(*resources: dict[str, Any], kind: str = "collection") -> ImportedPatient:
    (made,) = _read(bundle(*resources, kind=kind)).patients
    return made


def _rows(made: ImportedPatient, group: str) -> list[ImportedRow]:
    return [row for row in made.rows if row.group == group]


def _only(made: ImportedPatient, group: str) -> Any:
    (row,) = _rows(made, group)
    return row.columns


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("patient-*.json")), ids=lambda p: p.stem)
def test_every_sample_is_read_whole(path: Path) -> None:
    source = json.loads(path.read_text(encoding="utf-8"))
    kinds = Counter(entry["resource"]["resourceType"] for entry in source["entry"])
    reading = _read(path.read_bytes())
    (made,) = reading.patients
    groups = Counter(row.group for row in made.rows)
    assert groups["allergy"] == kinds["AllergyIntolerance"]
    assert groups["condition"] == kinds["Condition"]
    assert groups["home_medicine"] == kinds["MedicationRequest"]
    measured = groups["weight"] + groups["height"] + groups["past_measurement"]
    assert measured == kinds["Observation"]
    beside = kinds["Encounter"] + kinds["Practitioner"] + kinds["Organization"]
    assert reading.left_out == {OTHER_KINDS: beside}
    assert made.columns["family"]
    assert made.columns["birth_precision"] == "day"
    assert len(made.identifiers) == 1
    assert not made.no_known_allergies


@pytest.mark.parametrize(
    ("variant", "numbers"),
    [
        ("transaction.json", (1,)),
        ("searchset-relative-references.json", (2,)),
        ("bulk.ndjson", (3,)),
    ],
)
def test_the_same_people_in_other_shapes_read_the_same(
    variant: str, numbers: tuple[int, ...]
) -> None:
    path = SAMPLES / "variants" / variant
    made = _read(path.read_bytes(), lines=path.suffix == ".ndjson").patients
    originals = [
        _read((SAMPLES / f"patient-{number:02}.json").read_bytes()).patients[0]
        for number in numbers
    ]
    for one, other in zip(made, originals, strict=True):
        assert (one.source, one.identifiers, one.columns) == (
            other.source,
            other.identifiers,
            other.columns,
        )
        assert set(one.rows and (row.source for row in one.rows)) <= {
            row.source for row in other.rows
        }
        known = {row.source: row for row in other.rows}
        assert all(known[row.source] == row for row in one.rows)


def test_ndjson_under_the_name_of_json_is_read() -> None:
    data = (SAMPLES / "variants" / "bulk.ndjson").read_bytes()
    assert _read(data) == _read(data, lines=True)


def test_a_lone_patient_a_byte_order_mark_and_utf_16_are_read() -> None:
    lone = as_bytes(patient())
    assert _read(lone).patients[0].columns["given"] == "Ngozi Amara"
    assert _read(b"\xef\xbb\xbf" + lone) == _read(lone)
    assert _read(lone.decode().encode("utf-16")) == _read(lone)


@pytest.mark.parametrize(
    "kind", ["collection", "transaction", "batch", "document", "searchset", "history"]
)
def test_any_type_of_bundle_is_read(kind: str) -> None:
    assert len(_rows(_one(patient(), allergy(), kind=kind), "allergy")) == 1


@pytest.mark.parametrize(
    "reference",
    [
        f"urn:uuid:{PATIENT_ID}",
        f"Patient/{PATIENT_ID}",
        f"Patient/{PATIENT_ID}/_history/3",
        f"https://ehr.example.org/fhir/Patient/{PATIENT_ID}",
        f"Patient?identifier={MRN}|A-1",
        f"Patient?identifier={MRN.replace(':', '%3A')}%7CA-1",
    ],
)
def test_references_of_every_shape_lead_to_the_patient(reference: str) -> None:
    made = _one(patient(), allergy(patient={"reference": reference}))
    assert len(_rows(made, "allergy")) == 1


def test_a_reference_by_identifier_leads_to_the_patient() -> None:
    by_number = {"identifier": {"system": MRN, "value": "A-1"}}
    assert len(_rows(_one(patient(), allergy(patient=by_number)), "allergy")) == 1


def test_references_that_lead_nowhere_are_counted_and_never_guessed() -> None:
    reading = _read(
        bundle(
            patient(),
            allergy(number=1, patient={"reference": "Patient/somebody-else"}),
            allergy(number=2, patient=None),
            allergy(number=3, patient={"display": "Ngozi Okafor"}),
            allergy(number=4, patient={"reference": "#gone"}),
            allergy(number=5, patient={"reference": f"Practitioner/{PATIENT_ID}"}),
        )
    )
    assert reading.patients[0].rows == ()
    assert reading.left_out == {NO_PATIENT: 5}


def test_two_patients_in_one_file_keep_what_is_theirs() -> None:
    other = patient(
        id="other", identifier=[{"system": MRN, "value": "A-2"}], name=[{"family": "Brandt"}]
    )
    reading = _read(
        bundle(
            patient(),
            other,
            allergy("latex", 1),
            allergy("penicillin", 2, patient={"reference": "Patient/other"}),
        )
    )
    told = {
        one.columns["family"]: [row.columns["substance"] for row in one.rows]
        for one in reading.patients
    }
    assert told == {"Okafor": ["latex"], "Brandt": ["penicillin"]}


@pytest.mark.parametrize(
    "second",
    [
        {"name": [{"family": "Brandt"}]},
        {"id": "other"},
        {"id": "other", "identifier": [{"system": MRN, "value": "A-1"}], "gender": "male"},
    ],
)
def test_two_patients_that_cannot_be_told_apart_refuse_the_file(second: dict[str, Any]) -> None:
    with pytest.raises(BadFile) as refused:
        _read(bundle(patient(), patient(**second)))
    assert refused.value.code == "same-patient-twice"
    assert refused.value.where == "entry 2, Patient"


def test_the_same_patient_twice_counts_once() -> None:
    reading = _read(bundle(patient(), patient(), allergy(), allergy()))
    assert len(reading.patients) == 1
    assert len(reading.patients[0].rows) == 1


def test_the_same_id_with_other_words_refuses_the_file() -> None:
    with pytest.raises(BadFile, match="same id"):
        _read(bundle(patient(), allergy("latex"), allergy("penicillin")))


@pytest.mark.parametrize(
    ("birth", "day", "precision"),
    [
        ("1971-03-04", date(1971, 3, 4), "day"),
        ("1971-03", date(1971, 3, 1), "month"),
        ("1971", date(1971, 1, 1), "year"),
        ("1971-03-04T00:00:00Z", date(1971, 3, 4), "day"),
        (None, None, None),
    ],
)
def test_a_birth_date_may_be_partial(birth: str | None, day: date | None, precision: str) -> None:
    columns = _one(patient(birthDate=birth)).columns
    assert (columns["birth_day"], columns["birth_precision"]) == (day, precision)


def test_of_several_names_the_official_one_leads_and_the_others_stay() -> None:
    columns = _one(
        patient(
            name=[
                {"use": "maiden", "family": "Eze", "given": ["Ngozi"]},
                {"use": "nickname", "given": ["Zi"]},
                {"use": "usual", "family": "Okafor", "given": ["N."]},
                {"use": "official", "family": "Okafor12", "given": ["Ngozi3"], "suffix": ["Jr."]},
                {"use": "official", "family": "Past", "period": {"end": "1999"}},
            ]
        )
    ).columns
    assert (columns["family"], columns["given"], columns["suffix"]) == ("Okafor12", "Ngozi3", "Jr.")
    assert columns["preferred_name"] == "Zi"
    assert columns["other_names"] == "N. Okafor; Ngozi Eze (maiden); Past"


def test_a_name_in_one_text_is_kept_and_none_at_all_refuses_the_file() -> None:
    assert _one(patient(name=[{"text": "Ngozi Okafor"}])).columns["family"] == "Ngozi Okafor"
    nobodies: list[Any] = [None, [], [{}], [{"use": "official", "given": [None]}]]
    for names in nobodies:
        with pytest.raises(BadFile) as refused:
            _one(patient(name=names))
        assert refused.value.where == "entry 1, Patient.name"


def test_the_rest_of_the_person_is_read() -> None:
    columns = _one(
        patient(
            active=False,
            telecom=[
                {"system": "email", "value": "ngozi@example.org"},
                {"system": "phone", "value": "555-0100", "use": "work"},
                {"system": "phone", "value": "555-0101", "use": "mobile"},
                {"system": "fax", "value": "555-0102"},
                {"system": "phone", "value": "555-0103", "use": "old"},
            ],
            address=[
                {"use": "old", "city": "Elsewhere"},
                {"use": "home", "line": ["7 Elm St", "Apt 2"], "city": "Taunton", "state": "MA"},
            ],
            communication=[
                {"language": {"text": "English"}},
                {"language": {"coding": [{"display": "Igbo"}]}, "preferred": True},
            ],
        )
    ).columns
    assert columns["telephone"] == "555-0101"
    assert columns["other_telephone"] == "555-0100"
    assert columns["email"] == "ngozi@example.org"
    assert columns["address"] == "7 Elm St\nApt 2\nTaunton, MA"
    assert (columns["language"], columns["status"]) == ("Igbo", "discharged")
    assert _one(patient(deceasedDateTime="2026-01-01")).columns["status"] == "died"


def test_old_and_nameless_identifiers_do_not_identify() -> None:
    numbers = [
        {"system": MRN, "value": "A-0", "use": "old"},
        {"value": "290"},
        {"system": MRN},
        {"system": MRN, "value": "A-1"},
        {"system": MRN, "value": "A-1"},
    ]
    assert _one(patient(identifier=numbers)).identifiers == ((MRN, "A-1"),)


def test_no_allergies_in_the_file_means_not_asked() -> None:
    made = _one(patient())
    assert not made.no_known_allergies
    assert "allergy_state" not in made.columns


@pytest.mark.parametrize(
    "code",
    [
        {"coding": [{"system": SNOMED, "code": "716186003"}]},
        {"text": "No Known Allergies"},
        {"text": "NKA."},
        {
            "coding": [
                {
                    "system": "http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips",
                    "code": "no-known-allergies",
                }
            ]
        },
    ],
)
def test_no_known_allergies_is_a_state_and_no_allergy(code: dict[str, Any]) -> None:
    made = _one(patient(), allergy(code=code))
    assert made.no_known_allergies
    assert _rows(made, "allergy") == []
    both = _one(patient(), allergy(code=code), allergy("latex", 2))
    assert not both.no_known_allergies
    denied = allergy(code=code, verificationStatus={"coding": [{"code": "entered-in-error"}]})
    assert not _one(patient(), denied).no_known_allergies


def test_an_empty_allergy_list_says_why_it_is_empty() -> None:
    def listing(reason: str) -> dict[str, Any]:
        return clinical(
            "List",
            code={"coding": [{"system": LOINC, "code": "48765-2"}]},
            emptyReason={"coding": [{"code": reason}]},
        )

    assert _one(patient(), listing("nilknown")).no_known_allergies
    assert not _one(patient(), listing("notasked")).no_known_allergies


def test_no_known_drug_allergies_says_nothing_of_latex() -> None:
    made = _one(patient(), allergy(code={"coding": [{"system": SNOMED, "code": "409137002"}]}))
    assert not made.no_known_allergies
    assert _rows(made, "allergy") == []
    assert _one(patient(), allergy("NKDA")).columns["allergy_note"] == "NKDA"


def test_an_allergy_keeps_what_happened_and_how_bad_it_was() -> None:
    made = _one(
        patient(),
        allergy(
            "Latex",
            category=["food"],
            criticality="high",
            reaction=[
                {"manifestation": [{"text": "Hives"}, {"text": "Wheezing"}], "severity": "mild"},
                {"manifestation": [{"text": "Hives"}], "severity": "severe"},
                {"description": "felt faint"},
            ],
        ),
    )
    row = _only(made, "allergy")
    assert row["reaction"] == "Hives, Wheezing, felt faint"
    assert (row["severity"], row["risk"], row["kind"]) == ("severe", "high", "latex")
    assert row["status"] == "active"


def test_a_nameless_allergy_still_warns() -> None:
    assert _only(_one(patient(), allergy(code=None)), "allergy")["substance"] == (
        "substance not named in the source"
    )
    by_reaction = [{"substance": {"text": "Amoxicillin"}, "manifestation": [{"text": "Rash"}]}]
    made = _one(patient(), allergy(code=None, reaction=by_reaction))
    assert _only(made, "allergy")["substance"] == "Amoxicillin"


def test_an_allergy_among_the_conditions_stands_in_both_lists() -> None:
    made = _one(
        patient(),
        clinical("Condition", 1, code={"text": "Allergy to peanuts (disorder)"}),
        clinical("Condition", 2, code={"text": "Perennial allergic rhinitis"}),
        clinical("Condition", 3, code={"text": "Family history of allergy"}),
    )
    assert len(_rows(made, "condition")) == 3
    assert _only(made, "allergy")["substance"] == "Allergy to peanuts (disorder)"


@pytest.mark.parametrize(
    ("resource", "why"),
    [
        (allergy(verificationStatus={"coding": [{"code": "entered-in-error"}]}), ENTERED_IN_ERROR),
        (allergy(verificationStatus={"coding": [{"code": "refuted"}]}), REFUTED),
        (
            clinical("Condition", verificationStatus={"coding": [{"code": "entered-in-error"}]}),
            ENTERED_IN_ERROR,
        ),
        (clinical("Condition"), NAMELESS),
        (clinical("MedicationRequest", status="entered-in-error"), ENTERED_IN_ERROR),
        (clinical("MedicationRequest", status="active", intent="order"), NAMELESS),
        (observation("29463-7", 82, "kg", status="entered-in-error"), ENTERED_IN_ERROR),
        (observation("29463-7", 82, "kg", valueQuantity=None), NO_VALUE),
        (
            observation("8867-4", 82, "/min", valueQuantity=None, dataAbsentReason={"text": "x"}),
            NO_VALUE,
        ),
        (clinical("Procedure", code={"text": "Dialysis"}), OTHER_KINDS),
    ],
)
def test_what_is_left_out_is_counted_with_its_reason(resource: dict[str, Any], why: str) -> None:
    reading = _read(bundle(patient(), resource))
    assert reading.patients[0].rows == ()
    assert reading.left_out == {why: 1}


def test_a_condition_keeps_its_words_code_and_when_it_began() -> None:
    row = _only(
        _one(
            patient(),
            clinical(
                "Condition",
                code={"coding": [{"system": SNOMED, "code": "34000006", "display": "Crohn"}]},
                clinicalStatus={"coding": [{"code": "remission"}]},
                onsetDateTime="2015-06",
            ),
        ),
        "condition",
    )
    assert row == {
        "words": "Crohn",
        "code": "34000006",
        "system": SNOMED,
        "since": "Jun 2015",
        "status": "inactive",
    }


def _medicine(**more: Any) -> dict[str, Any]:
    base: dict[str, Any] = {
        "status": "active",
        "intent": "order",
        "medicationCodeableConcept": {"text": "Metoprolol 50 mg tablet"},
    }
    return clinical("MedicationRequest", **(base | more))


def test_a_medicine_is_said_with_dose_route_and_how_often() -> None:
    dosage = {
        "timing": {"repeat": {"frequency": 2, "period": 1, "periodUnit": "d"}},
        "asNeededCodeableConcept": {"text": "pain"},
        "route": {"text": "by mouth"},
        "doseAndRate": [{"doseQuantity": {"value": 1500.50, "unit": "ug"}}],
    }
    row = _only(
        _one(patient(), _medicine(dosageInstruction=[dosage], authoredOn="2026-01-05")),
        "home_medicine",
    )
    assert row["dose"] == "1,500.5\u00a0mcg"
    assert row["frequency"] == "2 times every day, as needed for pain"
    assert (row["route"], row["since"], row["status"]) == ("by mouth", "5 Jan 2026", "taking")


def test_a_medicine_may_stand_elsewhere_in_the_file() -> None:
    drug = {"resourceType": "Medication", "id": "drug-1", "code": {"text": "Warfarin"}}
    far = _medicine(
        medicationCodeableConcept=None, medicationReference={"reference": "Medication/drug-1"}
    )
    made = _one(patient(), drug, far)
    assert _only(made, "home_medicine")["words"] == "Warfarin"
    near = _medicine(
        medicationCodeableConcept=None,
        contained=[drug | {"id": "d"}],
        medicationReference={"reference": "#d"},
    )
    assert _only(_one(patient(), near), "home_medicine")["words"] == "Warfarin"
    named = _medicine(
        medicationCodeableConcept=None,
        medicationReference={"reference": "Medication/gone", "display": "Apixaban"},
    )
    assert _only(_one(patient(), named), "home_medicine")["words"] == "Apixaban"


def test_a_stopped_medicine_only_changes_one_that_is_there() -> None:
    (row,) = _one(patient(), _medicine(status="stopped")).rows
    assert row.only_change
    assert row.columns["status"] == "stopped"


@pytest.mark.parametrize("code", ["85354-9", "55284-4"])
def test_blood_pressure_is_one_measurement_of_two_figures(code: str) -> None:
    def part(loinc: str, value: str) -> dict[str, Any]:
        return {
            "code": {"coding": [{"system": LOINC, "code": loinc}]},
            "valueQuantity": {"value": float(value), "unit": "mm[Hg]"},
        }

    pressure = observation(
        code,
        0,
        "",
        valueQuantity=None,
        component=[part("8462-4", "81.25"), part("8480-6", "128.5")],
    )
    row = _only(_one(patient(), pressure), "past_measurement")
    assert (row["value"], row["second_value"], row["unit"]) == ("128.5", "81.25", "mm[Hg]")
    assert row["code"] == "85354-9"
    assert row["at"] == datetime(2026, 11, 3, 14, 30, tzinfo=UTC)
    half = observation(code, 0, "", valueQuantity=None, component=[part("8480-6", "128.5")])
    alone = _only(_one(patient(), half), "past_measurement")
    assert (alone["code"], alone["value"], alone.get("second_value")) == ("8480-6", "128.5", None)


@pytest.mark.parametrize(
    ("value", "unit", "kept"),
    [
        ("70.35481927391025", "kg", ("70.4", "70.4", "kg", "70.35481927391025 kg")),
        ("3.4756", "kg", ("3.48", "3.48", "kg", "3.4756 kg")),
        ("3475", "g", ("3.47500", "3475", "g", "3475 g")),
        ("181.0", "[lb_av]", ("82.10022", "181", "[lb_av]", "181.0 [lb_av]")),
        ("181", "lb", ("82.10022", "181", "[lb_av]", "181 lb")),
        ("181", "lbs", ("82.10022", "181", "[lb_av]", "181 lbs")),
        ("120", "[oz_av]", ("3.40", "3.4", "kg", "120 [oz_av]")),
    ],
)
def test_weights_in_any_unit_become_kilograms_and_keep_their_figure(
    value: str, unit: str, kept: tuple[str, str, str, str]
) -> None:
    data = bundle(patient(), observation("29463-7", "@", unit))
    made = _read(data.replace(b'"@"', value.encode())).patients[0]
    row = _only(made, "weight")
    assert (
        f"{row['weight_kg']:f}",
        row["weight_kg_entered"],
        row["weight_kg_unit"],
        row["as_received"],
    ) == kept
    assert row["day"] == date(2026, 11, 3)


@pytest.mark.parametrize(
    "more",
    [
        {"valueQuantity": {"value": 181}},
        {"valueQuantity": {"value": 181, "unit": "stone"}},
        {"valueQuantity": {"value": 0, "unit": "kg"}},
        {"valueQuantity": {"value": -70, "unit": "kg"}},
        {"valueQuantity": {"value": 9000, "unit": "kg"}},
        {"valueQuantity": {"value": 70, "unit": "kg", "comparator": ">"}},
        {"effectiveDateTime": None},
        {"effectiveDateTime": "2026"},
    ],
)
def test_a_weight_that_cannot_be_trusted_is_only_a_past_measurement(more: dict[str, Any]) -> None:
    made = _one(patient(), observation("29463-7", 70, "kg", **more))
    assert _rows(made, "weight") == []
    assert len(_rows(made, "past_measurement")) == 1


def test_heights_are_centimetres() -> None:
    made = _one(
        patient(),
        observation("8302-2", 1.7, "m", 1),
        observation("8302-2", 67, "[in_i]", 2),
        observation("8302-2", 170.04999, "cm", 3),
    )
    assert [row.columns["height_cm"] for row in _rows(made, "height")] == [
        Decimal("170.0"),
        Decimal("170.1800"),
        Decimal("170.0"),
    ]


def test_figures_are_never_floats_and_comparators_are_spelled() -> None:
    data = bundle(patient(), observation("2339-0", "@", "mmol/L")).replace(b'"@"', b"5.50")
    row = _only(_read(data).patients[0], "past_measurement")
    assert row["value"] == "5.50"
    low = observation("2339-0", 2, "mmol/L", valueQuantity={"value": 2, "comparator": "<"})
    assert _only(_one(patient(), low), "past_measurement")["value"] == "less than 2"


@pytest.mark.parametrize(
    ("effective", "at", "precision"),
    [
        ("2026-11-03T09:30:00Z", datetime(2026, 11, 3, 9, 30, tzinfo=UTC), "time"),
        ("2026-11-03T09:30:00.123+05:30", datetime(2026, 11, 3, 4, 0, tzinfo=UTC), "time"),
        ("2026-11-03T09:30:00", datetime(2026, 11, 3, 14, 30, tzinfo=UTC), "time"),
        ("2026-11-03", datetime(2026, 11, 3, 5, 0, tzinfo=UTC), "day"),
        ("2026-07", datetime(2026, 7, 1, 4, 0, tzinfo=UTC), "month"),
        ("2026", datetime(2026, 1, 1, 5, 0, tzinfo=UTC), "year"),
    ],
)
def test_times_say_no_more_than_the_source(effective: str, at: datetime, precision: str) -> None:
    made = _one(patient(), observation("8867-4", 72, "/min", effectiveDateTime=effective))
    row = _only(made, "past_measurement")
    assert (row["at"], row["at_precision"]) == (at, precision)


def test_contacts_and_flags_come_along() -> None:
    beside = patient(
        contact=[
            {
                "name": {"family": "Okafor", "given": ["Chidi"]},
                "relationship": [{"text": "husband"}],
                "telecom": [{"system": "phone", "value": "555-0199"}],
            },
            {"relationship": [{"text": "nobody"}]},
        ]
    )
    sister = clinical("RelatedPerson", name=[{"text": "Ada Eze"}])
    walker = clinical("Flag", status="active", code={"text": "Fall risk"})
    made = _one(beside, sister, walker)
    contacts = [row.columns for row in _rows(made, "contact")]
    assert {row["name"]: row["relation"] for row in contacts} == {
        "Chidi Okafor": "husband",
        "Ada Eze": None,
    }
    assert _only(made, "precaution")["kind"] == "fall"


def test_hostile_text_is_made_inert_and_kept() -> None:
    names = [
        {"family": "Oka\u202efor\x00<b>", "given": ["\ud800\u0301", "'; DROP TABLE patient;--"]}
    ]
    data = json.dumps(
        {
            "resourceType": "Bundle",
            "entry": [
                {"resource": patient(name=names)},
                {"resource": allergy("=1+1\n\r\tx\u2066")},
            ],
        }
    ).encode()
    made = _read(data).patients[0]
    assert made.columns["family"] == "Oka[U+202E]for<b>"
    assert "[U+D800]" in made.columns["given"]
    for value in (*made.columns.values(), *made.identifiers[0]):
        if isinstance(value, str):
            value.encode("utf-8")
