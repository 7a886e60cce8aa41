"""The signed note as a FHIR document: each note of the demo agency, one of record version 1."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import fhirkit
import pytest

from infusion_visits.exchange.fhir_document import document
from infusion_visits.visits.signed_note import SignedNote

if TYPE_CHECKING:
    from collections.abc import Iterator

SAMPLE = Path(__file__).parents[1] / "data" / "record-v1.json"


@pytest.fixture(scope="module")
def version_1() -> SignedNote:
    kept = json.loads(SAMPLE.read_text("utf-8"))
    return SignedNote(kept["envelope"].encode(), bytes.fromhex(kept["signature"]))


@pytest.fixture(scope="module")
def documents(demo_notes: tuple[SignedNote, ...], version_1: SignedNote) -> list[bytes]:
    return [document(note) for note in (*demo_notes, version_1)]


@pytest.fixture(scope="module")
def bundles(documents: list[bytes]) -> list[dict[str, Any]]:
    return [json.loads(one, parse_float=Decimal) for one in documents]


def references(value: Any) -> Iterator[str]:
    """Every reference below `value`."""
    if isinstance(value, dict):
        for name, part in value.items():
            if name == "reference":
                yield part
            else:
                yield from references(part)
    elif isinstance(value, list):
        for part in value:
            yield from references(part)


def test_a_checker_of_its_own_finds_no_fault(documents: list[bytes]) -> None:
    faults = {str(issue) for one in documents for issue in fhirkit.validate(one)}
    assert not faults


def test_the_checker_sees_a_fault(documents: list[bytes]) -> None:
    broken = documents[0].replace(b'"birthDate"', b'"bornOn"', 1)
    assert broken != documents[0]
    assert fhirkit.validate(broken)


def test_the_same_note_gives_the_same_bytes(
    documents: list[bytes], demo_notes: tuple[SignedNote, ...]
) -> None:
    for note, before in zip(demo_notes[:5], documents, strict=False):
        assert document(SignedNote(note.envelope, note.signature, note.addenda)) == before


def test_it_is_a_document_as_fhir_asks(bundles: list[dict[str, Any]]) -> None:
    for one in bundles:
        assert one["type"] == "document"
        # bdl-9, bdl-10, bdl-11
        assert one["identifier"]["system"]
        assert one["identifier"]["value"]
        assert one["timestamp"]
        assert one["entry"][0]["resource"]["resourceType"] == "Composition"
        # bdl-7: no two entries of the same address
        addresses = [entry["fullUrl"] for entry in one["entry"]]
        assert len(set(addresses)) == len(addresses)
        for entry in one["entry"]:
            assert entry["fullUrl"] == f"urn:uuid:{entry['resource']['id']}"
            assert "request" not in entry


def test_every_reference_leads_to_a_resource_of_the_document(
    bundles: list[dict[str, Any]],
) -> None:
    for one in bundles:
        known = {entry["fullUrl"] for entry in one["entry"]}
        for entry in one["entry"]:
            inside = {f"#{part['id']}" for part in entry["resource"].get("contained", [])}
            for found in references(entry["resource"]):
                assert found in known | inside, entry["resource"]["resourceType"]


def test_every_resource_is_spoken_of(bundles: list[dict[str, Any]]) -> None:
    for one in bundles:
        named = set(references(one))
        for entry in one["entry"]:
            kind = entry["resource"]["resourceType"]
            if kind not in {"Composition", "Provenance"}:
                assert entry["fullUrl"] in named, kind


def test_times_keep_the_hour_of_the_home(
    demo_notes: tuple[SignedNote, ...], bundles: list[dict[str, Any]]
) -> None:
    for note, one in zip(demo_notes, bundles, strict=False):
        (visit,) = [
            entry["resource"]
            for entry in one["entry"]
            if entry["resource"]["resourceType"] == "Encounter"
        ]
        assert note.record.visit.zone == "America/New_York"
        assert visit["period"]["start"].endswith(("-05:00", "-04:00"))


def test_a_figure_is_sent_as_it_was_typed(version_1: SignedNote) -> None:
    text = document(version_1).decode()
    assert '"value":36.8,"unit":"°C","system":"http://unitsofmeasure.org","code":"Cel"' in text
