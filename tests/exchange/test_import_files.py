"""Files into a real encrypted record: counted, idempotent, all or nothing, never over a hand."""

from __future__ import annotations

import json
import os
import time
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import func, select

from infusion_visits.core.cells import Cell, Row
from infusion_visits.core.errors import Cancelled, DeviceTrouble
from infusion_visits.core.kinds import StrikeReason
from infusion_visits.exchange.import_files import ImportReport, import_files, plan
from infusion_visits.patients import actions, queries
from infusion_visits.patients.facts import AllergyState
from infusion_visits.patients.rules import allergy_state, banner
from infusion_visits.records.change_log import AuditEvent, verify_chain
from infusion_visits.records.rows import table_of
from tests.exchange.fhir_making import MRN, allergy, bundle, clinical, observation, patient

if TYPE_CHECKING:
    from uuid import UUID

    from infusion_visits.core.clock import SteppingClock
    from infusion_visits.patients.values import PatientChart
    from tests.fixtures.records import UnitFor

SAMPLES = Path(__file__).parent.parent / "data" / "fhir"
EVENTS = table_of(AuditEvent)


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """A folder with nothing in it, beside the record."""
    made = tmp_path / "inbox"
    made.mkdir()
    return made


def _file(folder: Path, *resources: dict[str, Any], name: str = "okafor.json") -> Path:
    path = folder / name
    path.write_bytes(bundle(*resources))
    return path


def _charts(unit_for: UnitFor) -> list[PatientChart]:
    with unit_for(write=False) as unit:
        return [queries.load_chart(unit, line.id) for line in queries.list_patients(unit)]


def _id(unit_for: UnitFor) -> UUID:
    with unit_for(write=False) as unit:
        (line,) = queries.list_patients(unit)
        return line.id


def _chart(unit_for: UnitFor) -> PatientChart:
    (chart,) = _charts(unit_for)
    return chart


def _events(unit_for: UnitFor) -> int:
    with unit_for(write=False) as unit:
        assert verify_chain(unit).whole
        found = unit.one(select(func.count().label("n")).select_from(EVENTS))
        assert found is not None
        return int(found["n"])


def _sums(report: ImportReport) -> tuple[int, int, int]:
    return report.added, report.updated, report.unchanged


def _count(report: ImportReport, kind: str) -> tuple[int, int, int]:
    count = report.counts[kind]
    return count.added, count.updated, count.unchanged


def test_the_samples_come_in_and_a_second_time_change_nothing(unit_for: UnitFor) -> None:
    began = time.monotonic()
    first = import_files([SAMPLES], unit_for)
    assert time.monotonic() - began < 30
    assert _sums(first) == (30, 0, 0)
    assert (first.files, first.skipped, first.errors) == (33, 2, ())
    assert first.counts["patients"].added == 30
    assert first.counts["allergies"].added == 49
    assert first.counts["conditions"].added == 82
    assert first.counts["home medicines"].added == 57
    assert first.counts["measurements"].added == 420
    charts, events = _charts(unit_for), _events(unit_for)
    without = [chart for chart in charts if allergy_state(chart) is AllergyState.NOT_ASKED]
    assert (len(charts), len(without)) == (30, 18)
    second = import_files([SAMPLES], unit_for)
    assert _sums(second) == (0, 0, 30)
    assert second.lines()[-1].startswith("added 0, unchanged 30, updated 0, ")
    assert all(count.added == count.updated == 0 for count in second.counts.values())
    assert not second.failed
    assert _charts(unit_for) == charts
    assert _events(unit_for) == events


def test_the_banner_of_an_imported_patient_is_readable(unit_for: UnitFor) -> None:
    import_files([SAMPLES / "patient-11.json"], unit_for)
    said = banner(_chart(unit_for), date(2026, 11, 21))
    assert said.name == "Meléndez, Florencia"
    assert said.birth == "12 Mar 1993 (33\u00a0years)"
    assert said.weight.startswith("87.1\u00a0kg on ")
    assert said.allergy_line == "Allergies not asked"


def test_a_folder_gives_only_its_json_files(inbox: Path, unit_for: UnitFor) -> None:
    below = inbox / "in" / "deeper"
    below.mkdir(parents=True)
    _file(below, patient(), name="A.JSON")
    (below / "b.ndjson").write_bytes(bundle(patient()))
    for name in ("notes.txt", "scan.pdf", "json", ".hidden", "patient.json.bak"):
        (below.parent / name).write_bytes(b"x")
    files, skipped = plan([inbox])
    assert [path.name for path in files] == ["A.JSON", "b.ndjson"]
    assert skipped == 5
    report = import_files([inbox, below / "A.JSON"], unit_for)
    assert (report.added, report.files, report.skipped) == (1, 2, 5)


def test_what_is_named_outright_must_be_readable(inbox: Path, unit_for: UnitFor) -> None:
    text = inbox / "notes.txt"
    text.write_text("no patient here", encoding="utf-8")
    gone = inbox / "gone.json"
    pipe = inbox / "pipe.json"
    os.mkfifo(pipe)
    report = import_files([text, gone, pipe, Path("/dev/zero")], unit_for)
    assert [error.words for error in report.errors] == [
        "This is not JSON.",
        "There is no such file.",
        "This is no file that can be read.",
        "This is no file that can be read.",
    ]
    assert report.failed
    assert len(report.lines()) == 4
    assert _charts(unit_for) == []


def test_faulty_files_change_nothing_and_the_good_ones_go_in(
    inbox: Path, unit_for: UnitFor
) -> None:
    whole = bundle(patient(), allergy())
    (inbox / "1-cut.json").write_bytes(whole[:-30])
    (inbox / "2-empty.json").write_bytes(b"")
    with (inbox / "3-huge.json").open("wb") as huge:
        huge.truncate(200 * 1024 * 1024)
    (inbox / "4-text.json").write_bytes(b"Dear colleague")
    (inbox / "5-nobody.json").write_bytes(bundle(allergy()))
    (inbox / "6-lone.json").write_bytes(b'{"resourceType": "Observation"}')
    half = bundle(patient(), allergy(), allergy(number=2, criticality=7))
    (inbox / "7-half.json").write_bytes(half)
    (inbox / "8-good.json").write_bytes(whole)
    report = import_files([inbox], unit_for)
    assert [error.path.name[0] for error in report.errors] == list("1234567")
    for error in report.errors:
        assert "\n" not in error.line()
        assert "Okafor" not in error.line()
    assert "larger than 50 MB" in report.errors[2].words
    assert "a single Observation" in report.errors[5].words
    assert report.errors[6].where == "entry 3, AllergyIntolerance.criticality"
    assert (report.added, report.files) == (1, 1)
    assert len(_chart(unit_for).allergy) == 1


def test_a_file_that_fails_while_being_written_leaves_no_trace(
    inbox: Path, unit_for: UnitFor
) -> None:
    _file(inbox, patient())
    import_files([inbox], unit_for)
    before, events = _charts(unit_for), _events(unit_for)
    newcomer = patient(id="n", identifier=[{"system": MRN, "value": "N-1"}])
    stranger = patient(id="s", name=[{"family": "Brandt", "given": ["Jo"]}], birthDate="1950-01-01")
    report = import_files([_file(inbox, newcomer, stranger, name="two.json")], unit_for)
    assert [error.words for error in report.errors] == [
        "The identifier of this patient belongs to somebody else in the record."
    ]
    assert report.errors[0].where == "entry 2, Patient"
    assert _charts(unit_for) == before
    assert _events(unit_for) == events


def test_numbers_of_two_patients_on_one_are_refused(inbox: Path, unit_for: UnitFor) -> None:
    other = patient(id="o", identifier=[{"system": MRN, "value": "A-2"}])
    import_files([_file(inbox, patient(), other)], unit_for)
    both = patient(identifier=[{"system": MRN, "value": "A-1"}, {"system": MRN, "value": "A-2"}])
    report = import_files([_file(inbox, both)], unit_for)
    assert "two different patients" in report.errors[0].words


@pytest.mark.parametrize(
    "more",
    [
        {"name": [{"family": "Okafor-Eze", "given": ["Ngozi"]}]},
        {"birthDate": "1971-03-05"},
        {"birthDate": "1971"},
        {"birthDate": None},
        {"name": [{"family": "Okafor", "given": ["Ngosi"]}]},
    ],
)
def test_one_difference_is_a_correction_and_not_somebody_else(
    inbox: Path, unit_for: UnitFor, more: dict[str, Any]
) -> None:
    import_files([_file(inbox, patient())], unit_for)
    report = import_files([_file(inbox, patient(**more))], unit_for)
    assert report.errors == ()
    assert len(_charts(unit_for)) == 1


def test_without_an_identifier_the_id_in_the_file_stands_in(inbox: Path, unit_for: UnitFor) -> None:
    nameless = patient(identifier=None)
    assert _sums(import_files([_file(inbox, nameless, allergy())], unit_for)) == (1, 0, 0)
    assert _sums(import_files([_file(inbox, nameless, allergy())], unit_for)) == (0, 0, 1)
    assert _sums(import_files([_file(inbox, patient(), allergy())], unit_for)) == (0, 1, 0)
    assert _sums(import_files([_file(inbox, patient(), allergy())], unit_for)) == (0, 0, 1)
    numbers = [(one.system, one.value) for one in _chart(unit_for).patient_identifier]
    assert numbers[1:] == [(MRN, "A-1")]
    assert numbers[0][0] == "source"


def test_resources_without_an_id_are_known_by_what_they_say(inbox: Path, unit_for: UnitFor) -> None:
    bare = [
        {**one, "subject": {"reference": f"Patient?identifier={MRN}|A-1"}}
        for one in (clinical("Condition", id=None, code={"text": words}) for words in ("a", "b"))
    ]
    path = inbox / "bare.ndjson"
    lines = [json.dumps(one) for one in (patient(id=None), *bare)]
    path.write_text("\n".join(lines), encoding="utf-8")
    assert _sums(import_files([path], unit_for)) == (1, 0, 0)
    again = import_files([path], unit_for)
    assert _sums(again) == (0, 0, 1)
    assert _count(again, "conditions") == (0, 0, 2)


def test_what_the_source_changed_is_taken_over(inbox: Path, unit_for: UnitFor) -> None:
    medicine = clinical(
        "MedicationRequest",
        status="active",
        intent="order",
        medicationCodeableConcept={"text": "Metoprolol"},
    )
    stopped_before = {**medicine, "id": "old", "status": "stopped"}
    weight = observation("29463-7", 82, "kg")
    first = [patient(), allergy(), medicine, stopped_before, weight]
    report = import_files([_file(inbox, *first)], unit_for)
    assert _count(report, "home medicines") == (1, 0, 0)
    assert report.left_out == {"medicines no longer taken": 1}
    moved = patient(telecom=[{"system": "phone", "value": "555-0177"}])
    severe = allergy(reaction=[{"manifestation": [{"text": "Hives"}], "severity": "severe"}])
    stopped = {**medicine, "status": "stopped"}
    heavier = observation("29463-7", 82.5, "kg")
    new = allergy("Latex", 2)
    second = [moved, severe, new, stopped, stopped_before, heavier]
    report = import_files([_file(inbox, *second)], unit_for)
    assert _sums(report) == (0, 1, 0)
    assert _count(report, "allergies") == (1, 1, 0)
    assert _count(report, "home medicines") == (0, 1, 0)
    assert _count(report, "measurements") == (0, 1, 0)
    chart = _chart(unit_for)
    assert chart.patient is not None
    assert chart.patient.telephone == "555-0177"
    assert [row.reaction for row in chart.allergy] == ["Hives", None]
    assert [row.status for row in chart.home_medicine] == ["stopped"]
    assert chart.weight[0].weight_kg == Decimal("82.5")
    assert chart.weight[0].mark.as_entered == {"weight_kg": "82.5 kg"}
    assert _sums(import_files([_file(inbox, *second)], unit_for)) == (0, 0, 1)


def _by_hand(unit_for: UnitFor, row: Row, field: str, text: str) -> None:
    patient_id = _id(unit_for)
    with unit_for() as unit:
        actions.record(unit, patient_id, Cell("patients", row, field), text)
        unit.commit()


def test_what_a_nurse_changed_is_never_overwritten(
    inbox: Path, unit_for: UnitFor, clock: SteppingClock
) -> None:
    first = [patient(), allergy(), allergy("Latex", 2), observation("29463-7", 82, "kg")]
    import_files([_file(inbox, *first)], unit_for)
    clock.forward(minutes=1)
    _by_hand(unit_for, Row("patient"), "telephone", "555-0999")
    _by_hand(unit_for, Row("allergy", (1,)), "substance", "amoxicillin")
    _by_hand(unit_for, Row("weight", (1,)), "weight_kg", "80.5")
    patient_id = _id(unit_for)
    with unit_for() as unit:
        actions.strike(unit, patient_id, Row("allergy", (2,)), StrikeReason.WRONG_PATIENT)
        unit.commit()
    mine = _chart(unit_for)
    assert _sums(import_files([_file(inbox, *first)], unit_for)) == (0, 0, 1)
    assert _chart(unit_for) == mine
    changed = [
        patient(telecom=[{"system": "phone", "value": "555-0177"}], gender="other"),
        allergy("Penicillin G", category=["medication"]),
        allergy("Latex gloves", 2),
        observation("29463-7", 85, "kg"),
    ]
    report = import_files([_file(inbox, *changed)], unit_for)
    assert _sums(report) == (0, 1, 0)
    chart = _chart(unit_for)
    assert chart.patient is not None
    assert (chart.patient.telephone, chart.patient.sex) == ("555-0999", "other")
    assert (chart.allergy[0].substance, chart.allergy[0].kind) == ("amoxicillin", "drug")
    assert (chart.allergy[1].substance, len(chart.allergy)) == ("Latex", 2)
    assert chart.weight[0].weight_kg == Decimal("80.5")
    assert chart.weight[0].mark.as_entered == {"weight_kg": "80.5 kg"}
    assert _sums(import_files([_file(inbox, *changed)], unit_for)) == (0, 0, 1)


def test_a_figure_keeps_its_own_unit(inbox: Path, unit_for: UnitFor) -> None:
    import_files([_file(inbox, patient(), observation("29463-7", 82, "kg"))], unit_for)
    _by_hand(unit_for, Row("weight", (1,)), "weight_kg", "80.5")
    in_pounds = observation("29463-7", 181, "[lb_av]")
    import_files([_file(inbox, patient(), in_pounds)], unit_for)
    (weight,) = _chart(unit_for).weight
    assert weight.mark.as_entered == {"weight_kg": "80.5 kg"}


def test_what_the_nurse_wrote_before_is_not_said_twice(inbox: Path, unit_for: UnitFor) -> None:
    with unit_for() as unit:
        patient_id = actions.enter(
            unit,
            {
                "family": "Okafor",
                "given": "Ngozi",
                "birth_day": date(1971, 3, 4),
                "telephone": "555-0999",
            },
        )
        row = Row("patient_identifier")
        actions.add(unit, patient_id, row, {"system": MRN, "value": "A-1"})
        written = {"substance": "penicillin v", "reaction": "hives"}
        actions.add(unit, patient_id, Row("allergy"), written)
        unit.commit()
    report = import_files([_file(inbox, patient(), allergy())], unit_for)
    assert _sums(report) == (0, 1, 0)
    assert _count(report, "allergies") == (0, 0, 1)
    chart = _chart(unit_for)
    assert [row.reaction for row in chart.allergy] == ["hives"]
    assert chart.patient is not None
    assert (chart.patient.telephone, chart.patient.sex) == ("555-0999", "female")


def test_no_known_allergies_is_taken_only_where_nobody_said_otherwise(
    inbox: Path, unit_for: UnitFor
) -> None:
    none = [patient(), allergy("No known allergies")]
    import_files([_file(inbox, patient())], unit_for)
    assert allergy_state(_chart(unit_for)) is AllergyState.NOT_ASKED
    assert _sums(import_files([_file(inbox, *none)], unit_for)) == (0, 1, 0)
    assert allergy_state(_chart(unit_for)) is AllergyState.NONE_KNOWN
    assert _sums(import_files([_file(inbox, *none)], unit_for)) == (0, 0, 1)
    import_files([_file(inbox, patient(), allergy("Latex", 2))], unit_for)
    assert allergy_state(_chart(unit_for)) is AllergyState.KNOWN
    import_files([_file(inbox, *none)], unit_for)
    assert allergy_state(_chart(unit_for)) is AllergyState.KNOWN
    patient_id = _id(unit_for)
    with unit_for() as unit:
        actions.strike(unit, patient_id, Row("allergy", (1,)), StrikeReason.TYPING_ERROR)
        unit.commit()
    import_files([_file(inbox, *none)], unit_for)
    assert allergy_state(_chart(unit_for)) is AllergyState.NOT_ASKED


def test_a_new_patient_without_known_allergies_says_so(inbox: Path, unit_for: UnitFor) -> None:
    import_files([_file(inbox, patient(), allergy("NKA"))], unit_for)
    assert allergy_state(_chart(unit_for)) is AllergyState.NONE_KNOWN


def test_a_birth_date_to_come_is_refused(inbox: Path, unit_for: UnitFor) -> None:
    report = import_files([_file(inbox, patient(birthDate="2026-11-22"))], unit_for)
    assert report.errors[0].where == "entry 1, Patient.birthDate"
    assert import_files([_file(inbox, patient(birthDate="2026-11-21"))], unit_for).added == 1


def test_a_cancelled_import_keeps_the_files_before(inbox: Path, unit_for: UnitFor) -> None:
    for number in range(4):
        one = patient(id=f"p{number}", identifier=[{"system": MRN, "value": f"A-{number}"}])
        _file(inbox, one, name=f"{number}.json")
    told: list[tuple[int, int, str]] = []

    def progress(done: int, of: int, words: str = "") -> None:
        told.append((done, of, words))
        if done == 2:
            raise Cancelled

    report = import_files([inbox], unit_for, progress)
    assert report.cancelled
    assert (report.added, report.files, report.failed) == (2, 2, False)
    assert told[0] == (0, 4, "0.json")
    assert len(_charts(unit_for)) == 2
    told.clear()
    again = import_files([inbox], unit_for, lambda *more: told.append((*more, "")[:3]))
    assert _sums(again) == (2, 0, 2)
    assert told[-1][:2] == (4, 4)


def test_a_cancel_within_a_file_takes_all_of_it_back(inbox: Path, unit_for: UnitFor) -> None:
    many = [
        patient(id=f"p{number}", identifier=[{"system": MRN, "value": f"A-{number}"}])
        for number in range(4)
    ]
    calls = 0

    def progress(done: int, of: int, words: str = "") -> None:
        nonlocal calls
        calls += 1
        if calls == 4:
            raise Cancelled

    report = import_files([_file(inbox, *many)], unit_for, progress)
    assert report.cancelled
    assert report.files == 0
    assert _charts(unit_for) == []


def test_trouble_with_the_laptop_ends_the_import(inbox: Path, unit_for: UnitFor) -> None:
    _file(inbox, patient())

    def begin() -> Any:
        raise DeviceTrouble("disk-full", "The disk is full.")

    with pytest.raises(DeviceTrouble):
        import_files([inbox], begin)


def test_the_report_reads_line_by_line(inbox: Path, unit_for: UnitFor) -> None:
    _file(inbox, patient(), allergy(), clinical("Procedure"))
    (inbox / "bad\n\u202e.json").write_bytes(b"{")
    (inbox / "scan.pdf").write_bytes(b"x")
    report = import_files([inbox], unit_for)
    lines = report.lines()
    assert lines == (
        f"{inbox}/bad [U+202E].json: The file ends in the middle: it was cut off, or is still "
        "being written. (line 1, column 2)",
        "patients: added 1, unchanged 0, updated 0",
        "allergies: added 1, unchanged 0, updated 0",
        "left out: 1 of kinds that are not kept",
        "added 1, unchanged 0, updated 0, files read 1, skipped 1, errors 1",
    )
