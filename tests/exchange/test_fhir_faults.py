"""Faulty files: one clear line with the place, never the content, never anything but BadFile."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from infusion_visits.core.errors import BadFile
from infusion_visits.exchange import bounded_json
from infusion_visits.exchange.fhir_reader import read
from tests.exchange.fhir_making import allergy, as_bytes, bundle, clinical, observation, patient

if TYPE_CHECKING:
    from infusion_visits.exchange.imported import Reading

SAMPLES = Path(__file__).parent.parent / "data" / "fhir"
ZONE = "America/New_York"
SECRET = "Zwiebelfisch"
GOOD = bundle(patient(), allergy(), observation("29463-7", 82, "kg"))


def _refused(data: bytes, *, lines: bool = False) -> BadFile:
    with pytest.raises(BadFile) as refused:
        read(data, ZONE, lines=lines)
    error = refused.value
    assert "\n" not in error.words
    assert SECRET not in error.words + error.where
    assert error.__cause__ is None
    return error


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty-file"),
        (b" \r\n\t ", "empty-file"),
        (b"\xef\xbb\xbf", "empty-file"),
        (b"\x00" * 100, "empty-file"),
        (b"%PDF-1.7\n", "not-json"),
        (b"\x89PNG\r\n\x1a\n", "not-text"),
        (b"\xff\xfe\x00", "not-text"),
        (b"hello", "not-json"),
        (b"<Bundle/>", "not-json"),
        (b"null", "not-fhir"),
        (b"[]", "not-fhir"),
        (b"{}", "not-fhir"),
        (b"12", "not-fhir"),
        (b'{"resourceType": 7}', "not-fhir"),
        (b'{"resourceType": "../x"}', "not-fhir"),
        (b'{"resourceType": "Bundle"}', "no-patient"),
        (b'{"resourceType": "Bundle", "entry": []}', "no-patient"),
        (b'{"resourceType": "Bundle", "entry": {}}', "bad-element"),
        (b'{"resourceType": "Bundle", "entry": [7]}', "bad-element"),
        (b'{"resourceType": "Observation"}', "not-a-patient"),
        (b'{"resourceType": "Zwiebelfisch"}', "not-a-patient"),
        (GOOD + b"x", "extra-data"),
        (GOOD.replace(b"82", b"NaN"), "bad-figure"),
        (GOOD.replace(b"82", b"-Infinity"), "bad-figure"),
        (GOOD.replace(b"82", b"1" * 5000), "bad-figure"),
        (GOOD.replace(b"82", b"1e999999999"), "bad-figure"),
        (GOOD.replace(b"82", b"0e-999999999"), "bad-figure"),
        (GOOD.replace(b"82", b"0." + b"1" * 300), "bad-figure"),
        (GOOD.replace(b'"gender"', b'"birthDate"'), "duplicate-key"),
        (GOOD.replace(b'"female"', b"[" * 100_000), "too-deep"),
        (GOOD.replace(b'"female"', b"[" * 65 + b"]" * 65), "too-deep"),
        (GOOD.replace(b"female", b"f" * 2_000_000), "text-too-long"),
        (bundle(allergy()), "no-patient"),
    ],
)
def test_a_faulty_file_is_refused_with_its_own_code(data: bytes, code: str) -> None:
    assert _refused(data).code == code


@pytest.mark.parametrize("end", [1, 5, 40, 200, len(GOOD) - 40, len(GOOD) - 1])
def test_a_file_that_was_cut_off_says_so(end: int) -> None:
    error = _refused(GOOD[:end])
    assert error.code == "cut-off"
    assert error.where.startswith("line 1, column ")


def test_a_faulty_line_of_ndjson_is_named() -> None:
    lines = as_bytes(patient()) + b"\n\n{" + as_bytes(allergy())
    error = _refused(lines, lines=True)
    assert error.where == "line 3"
    twice = as_bytes(patient()) + b"\n" + as_bytes(allergy(criticality=7)) + b"\n"
    assert _refused(twice, lines=True).where == "line 2, AllergyIntolerance.criticality"


@pytest.mark.parametrize(
    ("resource", "where"),
    [
        (patient(name=SECRET), "entry 1, Patient.name"),
        (patient(name=[{"family": [SECRET]}]), "entry 1, Patient.name[0].family"),
        (patient(name=[{"family": "x" * 201}]), "entry 1, Patient.name[0].family"),
        (patient(birthDate=SECRET), "entry 1, Patient.birthDate"),
        (patient(birthDate="2026-13-40"), "entry 1, Patient.birthDate"),
        (patient(birthDate="2025-02-29"), "entry 1, Patient.birthDate"),
        (patient(birthDate="0000-01-01"), "entry 1, Patient.birthDate"),
        (patient(birthDate=19710304), "entry 1, Patient.birthDate"),
        (patient(active="no"), "entry 1, Patient.active"),
        (patient(identifier={"system": "x"}), "entry 1, Patient.identifier"),
        (allergy(code=SECRET), "entry 2, AllergyIntolerance.code"),
        (allergy(code={"coding": SECRET}), "entry 2, AllergyIntolerance.code.coding"),
        (allergy(reaction=[SECRET]), "entry 2, AllergyIntolerance.reaction[0]"),
        (allergy(patient=SECRET), "entry 2, AllergyIntolerance.patient"),
        (allergy("x" * 401), "entry 2, AllergyIntolerance"),
        (
            observation("29463-7", SECRET, "kg"),
            "entry 2, Observation.valueQuantity.value",
        ),
        (
            observation("29463-7", True, "kg"),
            "entry 2, Observation.valueQuantity.value",
        ),
        (
            observation("29463-7", 82, "kg", effectiveDateTime="2026-11-03T25:00:00Z"),
            "entry 2, Observation.effectiveDateTime",
        ),
        (
            observation("29463-7", 82, "kg", effectiveDateTime="2026-11-03T09:00:00+99:00"),
            "entry 2, Observation.effectiveDateTime",
        ),
        (clinical("Condition", code={"text": 7}), "entry 2, Condition.code.text"),
    ],
)
def test_a_wrong_shape_refuses_the_file_at_its_place(resource: dict[str, Any], where: str) -> None:
    lone = resource["resourceType"] == "Patient"
    data = bundle(resource) if lone else bundle(patient(), resource)
    assert _refused(data).where == where


def test_bundles_within_bundles_come_to_an_end() -> None:
    inner: dict[str, Any] = json.loads(bundle(patient()))
    twice = {"resourceType": "Bundle", "entry": [{"resource": inner}]}
    assert len(read(as_bytes(twice), ZONE).patients) == 1
    for _ in range(3):
        twice = {"resourceType": "Bundle", "entry": [{"resource": twice}]}
    assert _refused(as_bytes(twice)).code == "bad-element"


def test_too_many_entries_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounded_json, "MOST_NODES", 50)
    assert _refused(bundle(patient(), *(allergy(number=n) for n in range(20)))).code == "too-much"


_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**12), 10**12)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=20)
    | st.sampled_from(["Patient", "2026-11-03", "urn:uuid:x", "final", "kg", "entered-in-error"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "resourceType",
                    "entry",
                    "resource",
                    "code",
                    "coding",
                    "text",
                    "value",
                    "name",
                    "id",
                ]
            ),
            inner,
            max_size=3,
        )
    ),
    max_leaves=8,
)
_SEEDS = [
    json.loads(GOOD),
    json.loads((SAMPLES / "patient-11.json").read_text(encoding="utf-8")),
    json.loads((SAMPLES / "variants" / "transaction.json").read_text(encoding="utf-8")),
]


def _places(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [at] if at else []
    if isinstance(value, dict):
        for name, below in value.items():
            found += _places(below, (*at, name))
    elif isinstance(value, list):
        for number, below in enumerate(value):
            found += _places(below, (*at, number))
    return found


_PLACES = [_places(seed) for seed in _SEEDS]


def _with(value: Any, place: tuple[Any, ...], put: Any, *, drop: bool) -> Any:
    head, *rest = place
    copy = dict(value) if isinstance(value, dict) else list(value)
    if rest:
        copy[head] = _with(copy[head], tuple(rest), put, drop=drop)
    elif drop:
        del copy[head]
    else:
        copy[head] = put
    return copy


def _value_or_bad_file(data: bytes, *, lines: bool = False) -> None:
    try:
        found: Reading | BadFile = read(data, ZONE, lines=lines)
    except BadFile as refused:
        found = refused
    assert found.words if isinstance(found, BadFile) else found.patients


@given(st.data())
@settings(max_examples=400)
def test_any_change_of_a_file_gives_a_value_or_a_bad_file(data: st.DataObject) -> None:
    number = data.draw(st.integers(0, len(_SEEDS) - 1))
    value = _SEEDS[number]
    place = data.draw(st.sampled_from(_PLACES[number]))
    put, drop = data.draw(_JSON), data.draw(st.booleans())
    changed = _with(value, place, put, drop=drop)
    _value_or_bad_file(json.dumps(changed).encode())


@given(st.data())
@settings(max_examples=300)
def test_any_bytes_in_a_file_give_a_value_or_a_bad_file(data: st.DataObject) -> None:
    raw = bytearray(GOOD)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(raw) - 1))
        raw[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=4))
    _value_or_bad_file(bytes(raw), lines=data.draw(st.booleans()))


@given(_JSON)
def test_any_json_gives_a_value_or_a_bad_file(value: Any) -> None:
    _value_or_bad_file(json.dumps(value).encode())
    _value_or_bad_file(json.dumps({"resourceType": "Bundle", "entry": value}).encode())
