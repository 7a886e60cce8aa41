"""FHIR R4 from the world: bundles of any type, NDJSON and lone patients, as ImportedPatient values.

Accepted as they are met: `urn:uuid`, relative, absolute and conditional references, contained
resources, partial dates, several names, pounds, entered-in-error. Whatever has another shape than
FHIR gives it refuses the whole file with its place: half a list of allergies looks complete.
An allergy list that is not in the file is "not asked", never "none".
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from infusion_visits.core.errors import BadFile
from infusion_visits.core.fhir import OWN
from infusion_visits.core.fields import Text, group_named
from infusion_visits.exchange import bounded_json, fhir_clinical, fhir_measures, fhir_patient
from infusion_visits.exchange.fhir_nodes import Node
from infusion_visits.exchange.imported import (
    NAMELESS,
    NO_LONGER_HOLDING,
    NO_PATIENT,
    OF_A_VISIT,
    OTHER_KINDS,
    ImportedPatient,
    ImportedRow,
    Reading,
)
from infusion_visits.patients.fields import ROWS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ALLERGY_LIST = "48765-2"
_BUNDLES_DEEP = 3
_CHARTED = frozenset({"Condition", "MedicationRequest", "Observation"})
_VISIT_CODES = frozenset(
    f"{OWN}:{name}" for name in ("order", "condition", "complication", "group", "infusion-given")
)
# Only these names of kinds are told in an error: anything else in their place would be content.
_KNOWN_KINDS = frozenset(
    {
        "AllergyIntolerance",
        "CarePlan",
        "Composition",
        "Condition",
        "Device",
        "DiagnosticReport",
        "DocumentReference",
        "Encounter",
        "Immunization",
        "Location",
        "Medication",
        "MedicationAdministration",
        "MedicationRequest",
        "MedicationStatement",
        "Observation",
        "OperationOutcome",
        "Organization",
        "Practitioner",
        "Procedure",
        "Questionnaire",
        "QuestionnaireResponse",
        "RelatedPerson",
        "ServiceRequest",
    }
)


@dataclass
class _File:
    """All resources of one file, and the ways in which they are referred to."""

    resources: list[tuple[str, Node]] = field(default_factory=list)
    by_address: dict[str, Node] = field(default_factory=dict)
    by_identifier: dict[tuple[str, str, str], Node] = field(default_factory=dict)


@dataclass
class _Gathered:
    """What was found for one patient so far."""

    source: str
    node: Node
    rows: dict[str, ImportedRow] = field(default_factory=dict)
    none_known: bool = False
    notes: list[str] = field(default_factory=list)


def read(data: bytes, zone: str, *, lines: bool = False) -> Reading:
    """What the bytes of a file say. `zone` is the home's, for times that come without an offset.

    `lines` says that it is NDJSON. Raises BadFile with one plain line and the place in the file.
    """
    file = _File()
    for place, value in _values(bounded_json.decoded(data), lines):
        _collect(file, value, place, "", 0)
    patients = [(address, node) for address, node in file.resources if _kind(node) == "Patient"]
    if not patients:
        _no_patient(file)
    gathered = _gathered(patients)
    left_out: Counter[str] = Counter()
    for address, node in file.resources:
        if _kind(node) != "Patient":
            _sort(file, node, address, gathered, left_out, zone)
    return Reading(tuple(_patient(one) for one in gathered.values()), dict(left_out))


def _values(text: str, lines: bool) -> Iterator[tuple[str, Any]]:
    if lines:
        yield from bounded_json.parse_lines(text)
        return
    try:
        value = bounded_json.parse(text)
    except BadFile as wrong:
        # NDJSON under the name of JSON: one whole object in each line.
        if wrong.code != "extra-data" or not text.lstrip().partition("\n")[0].rstrip().endswith(
            "}"
        ):
            raise
        yield from bounded_json.parse_lines(text)
        return
    yield "", value


def _collect(file: _File, value: Any, place: str, address: str, depth: int) -> None:
    if not isinstance(value, dict):
        raise BadFile("not-fhir", "This is JSON, but no FHIR resource.", place)
    node = Node(value, place)
    kind = _kind(node)
    if not kind:
        raise BadFile("not-fhir", "This is JSON, but no FHIR resource.", place)
    if kind == "Bundle":
        _collect_bundle(file, node, depth)
        return
    named = Node(value, f"{place}, {kind}" if place else kind)
    file.resources.append((address, named))
    for key in _addresses(named, address):
        file.by_address.setdefault(key, named)
    if kind == "Patient":
        for system, number in fhir_patient.identifiers_of(named):
            file.by_identifier.setdefault((kind, system, number), named)


def _collect_bundle(file: _File, bundle: Node, depth: int) -> None:
    if depth >= _BUNDLES_DEEP:
        bundle.wrong("", "There are bundles within bundles within bundles.")
    before = f"{bundle.place}, " if bundle.place else ""
    for number, entry in enumerate(bundle.nodes("entry"), start=1):
        resource = entry.node("resource")
        if resource is None:
            continue
        place = f"{before}entry {number}"
        _collect(file, resource.value, place, entry.text("fullUrl", 2000) or "", depth + 1)


def _kind(node: Node) -> str:
    value = node.value.get("resourceType")
    known = isinstance(value, str) and value.isascii() and value.isalpha()
    return value if known and isinstance(value, str) and len(value) <= 64 else ""


def _addresses(node: Node, full_url: str) -> Iterator[str]:
    if full_url:
        yield full_url
    found = node.text("id", 400)
    if found:
        yield f"{_kind(node)}/{found}"


def _no_patient(file: _File) -> None:
    if len(file.resources) == 1 and "," not in file.resources[0][1].place:
        kind = _kind(file.resources[0][1])
        said = f"a single {kind}" if kind in _KNOWN_KINDS else "a single resource of another kind"
        raise BadFile("not-a-patient", f"This is {said}, neither a patient nor a bundle.")
    raise BadFile("no-patient", "There is no patient in this file.")


def _source(node: Node, address: str) -> str:
    """By what a resource is known again at the next import: its id, its address, or its content."""
    kind, found = _kind(node), node.text("id", 400)
    if found:
        return f"{kind}/{found}"
    if address:
        return f"{kind}/{address.rsplit('/', 1)[-1].removeprefix('urn:uuid:')}"
    whole = json.dumps(node.value, sort_keys=True, default=str).encode("utf-8", "surrogatepass")
    return f"{kind}/sha256:{hashlib.sha256(whole).hexdigest()[:32]}"


def _gathered(patients: list[tuple[str, Node]]) -> dict[int, _Gathered]:
    """One for each patient; the same one said twice counts once.

    Threat: one patient's allergies under another's name, where two share an id, an address or an
    identifier. Then nobody can tell who is meant, and the file is refused.
    """
    seen: dict[str, Node] = {}
    made: dict[int, _Gathered] = {}
    for address, node in patients:
        source = _source(node, address)
        keys = [source, *_addresses(node, address)]
        keys += [f"{system} {value}" for system, value in fhir_patient.identifiers_of(node)]
        others = [seen.setdefault(key, node) for key in keys]
        if any(other.value != node.value for other in others):
            words = "Two different patients in this file have the same id or number."
            raise BadFile("same-patient-twice", words, node.place)
        if all(other is node for other in others):
            made[id(node.value)] = _Gathered(source, node)
    return made


def _patient(one: _Gathered) -> ImportedPatient:
    columns = fhir_patient.patient_columns(one.node)
    rows = [*one.rows.values(), *fhir_patient.contact_rows(one.node, one.source)]
    _fits("patient", columns, one.node)
    listed = any(row.group == "allergy" for row in rows)
    if one.notes:
        columns["allergy_note"] = "; ".join(dict.fromkeys(one.notes))[:1000]
    return ImportedPatient(
        source=one.source,
        place=one.node.place,
        identifiers=fhir_patient.identifiers_of(one.node),
        columns=columns,
        rows=tuple({row.source: row for row in rows}.values()),
        no_known_allergies=one.none_known and not listed,
    )


def _sort(
    file: _File,
    node: Node,
    address: str,
    gathered: dict[int, _Gathered],
    left_out: Counter[str],
    zone: str,
) -> None:
    """Puts one resource to its patient, or counts why it is left out."""
    kind = _kind(node)
    reader = _READERS.get(kind)
    if reader is None:
        left_out[OTHER_KINDS] += 1
        return
    why = fhir_clinical.refuted(node) or _of_a_visit(node)
    if why:
        left_out[why] += 1
        return
    owner = node.reference("patient" if kind in _BY_PATIENT else "subject")
    found = _look(file, node, owner) if owner else None
    patient = gathered.get(id(found.value)) if found else None
    if patient is None:
        left_out[NO_PATIENT] += 1
        return
    made = reader(file, node, _source(node, address), patient, zone)
    if isinstance(made, str):
        left_out[made] += 1
        return
    for row in made:
        _keep(patient, row, node)


def _of_a_visit(node: Node) -> str | None:
    """Whether one of this program's own documents charted it at a visit.

    An order of an infusion is no medicine of the home list, a complication no entry of the
    problem list, a look at a line no measurement of the patient: the note brings them.
    """
    if _kind(node) not in _CHARTED:
        return None
    code = node.coded("code")
    concepts = (*node.concepts("category"), *((code,) if code else ()))
    systems = {system for concept in concepts for system, _ in concept.codes}
    return OF_A_VISIT if systems & _VISIT_CODES else None


def _fits(group: str, columns: Mapping[str, Any], node: Node) -> None:
    """Refuses a text that is longer than its field; cut short it could say something else."""
    for leaf in group_named(ROWS, group).leaves:
        value = columns.get(leaf.name)
        if isinstance(leaf, Text) and isinstance(value, str) and len(value) > leaf.longest:
            words = f"The words for “{leaf.label}” are longer than {leaf.longest:,} characters."
            raise BadFile("text-too-long", words, node.place)


def _keep(patient: _Gathered, row: ImportedRow, node: Node) -> None:
    _fits(row.group, row.columns, node)
    known = patient.rows.setdefault(row.source, row)
    if known != row:
        node.wrong("id", "Two different resources of this kind have the same id.")


def _look(file: _File, node: Node, reference: Node) -> Node | None:
    """What a Reference points at, within this file."""
    target = reference.text("reference", 2000)
    if target is None:
        identifier = reference.node("identifier")
        system = identifier.text("system", 400) if identifier else None
        value = identifier.text("value", 400) if identifier else None
        return file.by_identifier.get(("Patient", system or "", value or ""))
    if target.startswith("#"):
        return _contained(node, target[1:])
    target = target.partition("/_history/")[0]
    if target in file.by_address:
        return file.by_address[target]
    kind, asked, query = target.partition("?")
    if asked:
        for name, value in parse_qsl(query):
            system, _, number = value.partition("|")
            if name == "identifier":
                return file.by_identifier.get((kind, system, number))
        return None
    if target.startswith("urn:uuid:"):
        uuid = target.removeprefix("urn:uuid:")
        found = [file.by_address.get(f"{kind}/{uuid}") for kind in ("Patient", "Medication")]
        return next((one for one in found if one), None)
    # An absolute address of a resource that stands in the file under another or no address.
    return file.by_address.get("/".join(target.rsplit("/", 2)[-2:]))


def _contained(node: Node, wanted: str) -> Node | None:
    for one in node.nodes("contained"):
        if one.text("id", 400) == wanted:
            return one
    return None


_Made = list[ImportedRow] | str


def _allergy(file: _File, node: Node, source: str, patient: _Gathered, zone: str) -> _Made:
    none, note = fhir_clinical.says_no_allergies(node.coded("code"))
    if none:
        patient.none_known = True
        return []
    if note:
        patient.notes.append(note)
        return []
    return [fhir_clinical.allergy_row(node, source)]


def _condition(file: _File, node: Node, source: str, patient: _Gathered, zone: str) -> _Made:
    row = fhir_clinical.condition_row(node, source)
    if isinstance(row, str):
        return row
    allergy = fhir_clinical.allergy_of_condition(node, source)
    return [row, allergy] if allergy else [row]


def _medicine(file: _File, node: Node, source: str, patient: _Gathered, zone: str) -> _Made:
    row = fhir_clinical.medicine_row(node, source, lambda reference: _look(file, node, reference))
    return row if isinstance(row, str) else [row]


def _observation(file: _File, node: Node, source: str, patient: _Gathered, zone: str) -> _Made:
    return fhir_measures.observation_rows(node, source, zone)


def _flag(file: _File, node: Node, source: str, patient: _Gathered, zone: str) -> _Made:
    row = fhir_clinical.flag_row(node, source)
    return row if isinstance(row, str) else [row]


def _related(file: _File, node: Node, source: str, patient: _Gathered, zone: str) -> _Made:
    if node.flag("active") is False:
        return NO_LONGER_HOLDING
    row = fhir_patient.related_person_row(node, source)
    return [row] if row else NAMELESS


def _list(file: _File, node: Node, source: str, patient: _Gathered, zone: str) -> _Made:
    """An allergy list that says of itself that it is empty because there are none."""
    code, reason = node.coded("code"), node.coded("emptyReason")
    if code is None or not code.has(fhir_measures.LOINC, frozenset({ALLERGY_LIST})):
        return OTHER_KINDS
    if reason is not None and reason.code == "nilknown":
        patient.none_known = True
    return []


_BY_PATIENT = frozenset({"AllergyIntolerance", "RelatedPerson"})
_READERS = {
    "AllergyIntolerance": _allergy,
    "Condition": _condition,
    "MedicationRequest": _medicine,
    "MedicationStatement": _medicine,
    "Observation": _observation,
    "Flag": _flag,
    "RelatedPerson": _related,
    "List": _list,
}
