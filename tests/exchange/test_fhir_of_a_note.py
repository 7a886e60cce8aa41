"""What the FHIR document says of a note: infusions, allergies, addenda, hostile text, and back."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ElementTree
from datetime import datetime
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from uuid import UUID

import fhirkit
import pytest

from infusion_visits.core.fields import Text
from infusion_visits.exchange.fhir_reader import read
from infusion_visits.patients.fields import ROWS as PATIENT_ROWS
from infusion_visits.sections.infusion.values import Infusion
from infusion_visits.sections.list import SECTIONS
from infusion_visits.sections.vitals.values import Vitals
from infusion_visits.visits.record import canonical
from infusion_visits.visits.signed_note import SignedAddendum, SignedNote
from tests.fixtures.documents import Document, Piece, changed, references, walked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from infusion_visits.exchange.imported import ImportedPatient

ZONE = "America/Chicago"
OWN = "urn:x-infusion-visits"
HOSTILE = (
    "<b>bold</b> & \"quoted\" 'so' ]]> <script>alert(1)</script>",
    "עברית ועוד‏ 12 mg",
    "Ａ👩‍⚕️ e\u0301 \u202e tirw",
    "a\u0007b\u0000c\ud800d",
    "{{7*7}} ${x} %s \\ \n\ttwo lines",
    "x" * 10_000,
)

Documents = tuple[Document, ...]


def stretches(one: Document, whole: Piece) -> list[Piece]:
    """The parts of an infusion, in their order."""
    reference = {"reference": f"urn:uuid:{whole['id']}"}
    return [
        part for part in one.all("MedicationAdministration") if reference in part.get("partOf", [])
    ]


def wholes(one: Document) -> Iterator[Piece]:
    """The infusions of a document."""
    keys = {
        str(piece["id"]) for piece in one.all("MedicationAdministration") if stretches(one, piece)
    }
    return (piece for piece in one.all("MedicationAdministration") if piece["id"] in keys)


def volume_of(one: Document, whole: Piece) -> Piece:
    """The observation of what was given."""
    (found,) = [
        piece
        for piece in one.all("Observation")
        if f"urn:uuid:{whole['id']}" in references(piece.get("partOf"))
        and piece["code"]["coding"][0]["code"] == "given"
    ]
    return found


def component(piece: Piece, name: str) -> Any:
    """The value of a component by the program's own word."""
    (found,) = [part for part in piece["component"] if part["code"]["coding"][0]["code"] == name]
    return found["valueQuantity"]["value"]


def test_the_stretches_of_an_infusion_sum_to_the_whole(documents: Documents) -> None:
    seen = 0
    for one in documents:
        for whole in wholes(one):
            parts = stretches(one, whole)
            volume = volume_of(one, whole)
            assert sum(part["dosage"]["dose"]["value"] for part in parts) == component(
                volume, "by_rates"
            )
            seen += 1
    assert seen > 20


def test_a_hold_is_the_gap_between_two_stretches(documents: Documents) -> None:
    held = 0
    for one in documents:
        for whole in wholes(one):
            periods = [part["effectivePeriod"] for part in stretches(one, whole)]
            times = [(datetime.fromisoformat(p["start"]), p.get("end")) for p in periods]
            gaps = 0.0
            for (_, end), (start, _) in pairwise(times):
                gaps += (start - datetime.fromisoformat(end)).total_seconds() / 60
                assert start >= datetime.fromisoformat(end)
            assert times[0][0] == datetime.fromisoformat(whole["effectivePeriod"]["start"])
            if whole["status"] in {"completed", "stopped"}:
                assert abs(gaps - float(component(volume_of(one, whole), "held"))) < 1
                held += gaps > 0
    assert held


def test_the_rates_are_those_that_were_charted(version_1_note: SignedNote) -> None:
    one = Document.of(version_1_note)
    (whole,) = wholes(one)
    rates = [part["dosage"]["rateQuantity"]["value"] for part in stretches(one, whole)]
    events = version_1_note.record.of(Infusion).infusion[0].infusion_event
    assert [Decimal(rate) for rate in rates] == [each.rate for each in events if each.rate]
    assert whole["status"] == "completed"
    medicine = whole["contained"][0]
    assert medicine["batch"] == {"lotNumber": "LX4402", "expirationDate": "2028-06-30"}


def allergy_section(note: SignedNote) -> tuple[Document, Piece]:
    one = Document.of(note)
    sections = one.only("Composition")["section"]
    return one, next(section for section in sections if section["title"] == "Allergies")


def test_none_known_is_said_and_not_asked_is_not_none(version_1_note: SignedNote) -> None:
    one, section = allergy_section(version_1_note)
    assert one.only("AllergyIntolerance")["code"]["coding"][0]["code"] == "716186003"
    assert "emptyReason" not in section

    def not_asked(record: Any) -> None:
        record["patient"]["patient"]["allergy_state"] = "not asked"

    one, section = allergy_section(changed(version_1_note, not_asked))
    assert not one.all("AllergyIntolerance")
    assert section["emptyReason"]["coding"][0]["code"] == "notasked"
    assert "not asked" in section["text"]["div"]


def test_a_refused_sign_says_so_and_is_never_zero(version_1_note: SignedNote) -> None:
    def refused(record: Any) -> None:
        for one in record["sections"]["vitals"]["vital_signs"]:
            del one["pulse"]
            one["mark"]["not_done"] = {"pulse": {"reason": "patient refused", "words": ""}}

    one = Document.of(changed(version_1_note, refused))
    pulses = [
        piece
        for piece in one.all("Observation")
        if any(code.get("code") == "8867-4" for code in piece["code"]["coding"])
    ]
    assert len(pulses) == len(version_1_note.record.of(Vitals).vital_signs)
    for piece in pulses:
        assert "valueQuantity" not in piece
        assert piece["dataAbsentReason"]["coding"][0]["code"] == "asked-declined"


def test_what_was_struck_out_is_told_but_is_no_resource(version_1_note: SignedNote) -> None:
    at = version_1_note.plain["signed_at"]["utc"]
    by = version_1_note.plain["signer"]["member"]

    def strike(record: Any) -> None:
        topic = record["sections"]["teaching"]["teaching"][0]
        topic["mark"]["struck"] = {"at": at, "by": by, "reason": "wrong patient"}

    before, after = (Document.of(n) for n in (version_1_note, changed(version_1_note, strike)))
    assert len(after.all("Procedure")) == len(before.all("Procedure")) - 1
    text = after.data.decode()
    assert "line-through" in text
    assert "wrong patient" in text


def addendum(note: SignedNote, kind: str) -> SignedAddendum:
    """An addendum to a note, signed by nobody."""
    plain = {
        "type": "addendum",
        "kind": kind,
        "words": "The weight was 81 kg.",
        "corrects": [],
        "target_sha256": note.digest,
        "meaning": "added",
        "signer": note.plain["signer"],
        "signed_at": note.plain["signed_at"],
    }
    return SignedAddendum(UUID(int=7), canonical(plain), b"")


@pytest.mark.parametrize(
    ("kind", "status", "visit"),
    [
        ("addition", "amended", "finished"),
        ("correction", "amended", "finished"),
        ("retraction", "entered-in-error", "entered-in-error"),
    ],
)
def test_an_addendum_makes_another_document(
    version_1_note: SignedNote, kind: str, status: str, visit: str
) -> None:
    first = Document.of(version_1_note)
    longer = version_1_note.with_addenda((addendum(version_1_note, kind),))
    second = Document.of(longer)
    head = second.only("Composition")
    assert (head["status"], second.only("Encounter")["status"]) == (status, visit)
    assert head["section"][0]["title"] == "Addenda"
    assert "81 kg" in head["section"][0]["text"]["div"]
    assert second.bundle["identifier"] != first.bundle["identifier"]
    assert head["id"] == first.only("Composition")["id"]
    (replaced,) = head["relatesTo"]
    assert replaced["targetIdentifier"] == first.bundle["identifier"]
    assert len(second.all("Provenance")) == 2
    assert not fhirkit.validate(second.data)


def test_of_a_retracted_note_nothing_is_taken_for_true(documents: Documents) -> None:
    kinds = set()
    for one in documents[::4]:
        taken_back = one.note.with_addenda((addendum(one.note, "retraction"),))
        after = Document.of(taken_back)
        assert not fhirkit.validate(after.data)
        visit = f"urn:uuid:{after.only('Encounter')['id']}"
        known = {entry["fullUrl"] for entry in after.bundle["entry"]}
        assert references(after.bundle) <= known | {"#drug", "#lot-1", "#lot-2", "#lot-3"}
        for piece in after.resources:
            kind = piece["resourceType"]
            charted = {"reference": visit} in (piece.get("encounter"), piece.get("context"))
            if not charted or kind == "Composition":
                continue
            kinds.add(kind)
            if kind == "Condition":
                assert piece["verificationStatus"]["coding"][0]["code"] == "entered-in-error"
                assert "clinicalStatus" not in piece
            else:
                assert piece["status"] == "entered-in-error", kind
        (back,) = read(after.data, one.note.record.visit.zone).patients
        assert not _given(back, "past_measurement")
        assert len(_given(back, "condition")) == len(_standing(one.note.record.patient.condition))
    assert kinds >= {"Observation", "MedicationAdministration", "Procedure", "Condition"}


def test_a_stop_that_was_gone_past_is_an_issue_with_its_reason(version_1_note: SignedNote) -> None:
    def past(record: Any) -> None:
        record["overrides"] = [
            {
                "finding": "screening.infection@screening_answer",
                "words": "A question was answered yes.",
                "reason": "The prescriber agreed.",
                "at": version_1_note.plain["signed_at"]["utc"],
                "by": version_1_note.plain["signer"]["member"],
            }
        ]

    one = Document.of(changed(version_1_note, past))
    issue = one.only("DetectedIssue")
    assert issue["mitigation"][0]["action"]["text"] == "Gone past: The prescriber agreed."
    assert not fhirkit.validate(one.data)


def test_a_group_that_stayed_empty_says_why(version_1_note: SignedNote) -> None:
    def none(record: Any) -> None:
        record["sections"]["vitals"] = {}
        why = {"reason": "patient refused", "words": "asleep"}
        record["absent"] = [{"section": "vitals", "group": "vital_signs", "why": why}]

    one = Document.of(changed(version_1_note, none))
    (absent,) = [piece for piece in one.all("Observation") if "dataAbsentReason" in piece]
    assert absent["dataAbsentReason"]["text"] == "patient refused, asleep"
    assert absent["code"]["coding"][0]["code"] == "85353-1"


TEXTS = frozenset(
    (group.name, leaf.name)
    for rows in (*(section.rows for section in SECTIONS), PATIENT_ROWS)
    for top in rows
    for group in top.walk()
    for leaf in group.leaves
    if isinstance(leaf, Text)
)
_NAMES_A_ZONE = ("patient", "zone")


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_comes_through_unharmed(version_1_note: SignedNote, text: str) -> None:
    count = 0

    def spoil(record: Any) -> None:
        nonlocal count
        for part in walked([record["sections"], record["patient"]]):
            if not isinstance(part, dict) or "mark" not in part:
                continue
            group = part["mark"]["row"]["group"]
            for name in part:
                if (group, name) in TEXTS and (group, name) != _NAMES_A_ZONE:
                    part[name] = text
                    count += 1

    plain = json.loads(version_1_note.envelope)
    spoil(plain["record"])
    # The canonical form refuses a lone surrogate; a file from outside may hold one all the same.
    envelope = json.dumps(plain).encode()
    one = Document.of(SignedNote(envelope, b""))
    assert count > 8
    assert not fhirkit.validate(one.data)
    told = text.replace("\u0007", "[U+0007]").replace("\u0000", "[U+0000]")
    told = told.replace("\ud800", "[U+D800]")
    assert one.only("Patient")["name"][0]["family"] == told
    for section in one.only("Composition")["section"]:
        words = ElementTree.fromstring(section["text"]["div"])
        assert not [part for part in words.iter() if part.tag.endswith(("script", "img"))]


def _given(one: ImportedPatient, group: str) -> list[dict[str, Any]]:
    return [
        {name: value for name, value in row.columns.items() if value is not None}
        for row in one.rows
        if row.group == group
    ]


def _standing(rows: Any) -> list[Any]:
    return [row for row in rows if row.mark.struck is None]


def test_our_own_import_reads_the_same_patient_back(documents: Documents) -> None:
    for one in documents:
        record = one.note.record
        chart, person = record.patient, record.patient.patient
        assert person is not None
        (back,) = read(one.data, record.visit.zone).patients
        for name in ("family", "given", "birth_day", "sex", "telephone", "address", "language"):
            assert back.columns[name] == getattr(person, name), name
        numbers = {value for _, value in back.identifiers}
        assert numbers == {row.value for row in _standing(chart.patient_identifier)}
        assert back.no_known_allergies is (person.allergy_state == "no known allergies")
        assert [
            (row["substance"], row.get("reaction"), row.get("risk"))
            for row in _given(back, "allergy")
        ] == [(row.substance, row.reaction, row.risk) for row in _standing(chart.allergy)]
        for row in _standing(chart.condition):
            known = {
                name: value
                for name in ("words", "code", "system", "since", "status")
                if (value := getattr(row, name)) is not None
            }
            if known.get("system") == "ICD-10-CM":
                known["system"] = "http://hl7.org/fhir/sid/icd-10-cm"
            assert known in _given(back, "condition")
        assert len(_given(back, "condition")) == len(_standing(chart.condition))
        taken = _given(back, "home_medicine")
        for row in _standing(chart.home_medicine):
            known = {
                name: value
                for name in ("words", "dose", "route", "frequency", "reason", "since", "status")
                if (value := getattr(row, name)) is not None
            }
            assert known in taken


def test_our_own_import_reads_the_same_signs_back(documents: Documents) -> None:
    for one in documents:
        (back,) = read(one.data, one.note.record.visit.zone).patients
        rows = _given(back, "past_measurement")
        for given in _standing(one.note.record.of(Vitals).vital_signs):
            told = {
                (row["code"], row["value"], row.get("second_value"))
                for row in rows
                if row["at"] == given.at and "code" in row
            }
            if given.systolic is not None and given.diastolic is not None:
                pressures = (str(given.systolic), str(given.diastolic))
                assert ("85354-9", *pressures) in told
            if given.pulse is not None:
                assert ("8867-4", str(given.pulse), None) in told
            if given.temperature is not None:
                typed = given.mark.as_entered["temperature"].split(" ")[0]
                assert ("8310-5", typed, None) in told


def test_what_was_charted_at_the_visit_is_left_to_its_note(documents: Documents) -> None:
    for one in documents:
        (back,) = read(one.data, one.note.record.visit.zone).patients
        names = {row["words"] for row in _given(back, "home_medicine")}
        assert not names & {order.drug for order in one.note.record.patient.therapy_order}
        whats = {row["what"] for row in _given(back, "past_measurement")}
        assert not whats & {"Volume given", "Held", "Running", "By rates and minutes"}
        assert OWN not in str(whats)
