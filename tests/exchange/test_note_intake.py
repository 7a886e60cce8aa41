"""A note from another laptop becomes patient, visit and findings here: once, or not at all."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest

from infusion_visits.core.cells import Row
from infusion_visits.core.clock import SteppingClock
from infusion_visits.core.errors import Missing, Refused
from infusion_visits.core.ids import seeded_ids
from infusion_visits.core.kinds import VisitStatus
from infusion_visits.exchange.note_intake import Outcome, take_in
from infusion_visits.exchange.verdict import Point, PointKey, Verdict, VerdictKind
from infusion_visits.patients import actions as patients
from infusion_visits.patients.queries import list_patients, load_chart
from infusion_visits.records import check, key_file
from infusion_visits.records.prepared import owned_rows
from infusion_visits.review.queries import inbox, load_received
from infusion_visits.sections.medicines.values import Medicines
from infusion_visits.team import actions as team
from infusion_visits.visits import signing
from infusion_visits.visits.queries import is_signed, list_visits, load_record, visit_line
from infusion_visits.visits.signed_note import AddendumKind, SignedNote
from infusion_visits.visits.tables import ReceivedFile
from tests.fixtures.demo import DEMO_MORNING, DEMO_ZONE
from tests.fixtures.records import OTHER_PASSPHRASE
from tests.fixtures.verdicts import holds

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from infusion_visits.records.unit_of_work import UnitOfWork
    from tests.fixtures.demo_files import Signed
    from tests.fixtures.office_and_nurse import Laptop, TwoLaptops

pytest_plugins = [
    "tests.fixtures.kept_visit",
    "tests.fixtures.office_and_nurse",
    "tests.fixtures.demo_files",
]

ROWS = ("visit", "sections", "overrides", "clock_changes", "absent")
"""What of a record lies in rows of the visit itself."""


@pytest.fixture
def office(office_template: Path, tmp_path: Path) -> Iterator[Any]:
    """Makes units of a coordinator's empty record, on the evening of the demo's day."""
    home = shutil.copytree(office_template, tmp_path / "office")
    clock = SteppingClock(DEMO_MORNING)
    clock.forward(minutes=14 * 60)
    ids = seeded_ids(clock, 51)
    member = key_file.load(home).slots_as("coordinator")[0].member
    unlocked = team.unlock(home, member, OTHER_PASSPHRASE, clock, ids, DEMO_ZONE)
    yield lambda: unlocked.unit(clock, ids, DEMO_ZONE)
    unlocked.close()


def counts(unit: UnitOfWork) -> dict[str, int]:
    """How many rows each table holds; the audit trail aside."""
    names = [row[0] for row in unit.run("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    return {
        name: int(unit.run(f'SELECT count(*) FROM "{name}"')[0][0])
        for name in names
        if name != "audit_event"
    }


def test_every_demo_note_is_filed_and_comes_out_as_it_went_in(
    demo_files: tuple[Signed, ...], office: Any
) -> None:
    assert len(demo_files) > 30
    for note, file in demo_files:
        filed = take_in(office, file, "note.pdf", holds(note))
        assert (filed.outcome, filed.differs) == (Outcome.FILED, ()), filed
        visit = note.record.visit.id
        assert (filed.visit, filed.patient) == (visit, note.record.visit.patient)
        with office() as unit:
            read, signed = load_record(unit, visit), note.record.unsealed()
            assert signing.load_note(unit, visit) == note
            assert signing.load_file(unit, visit) == file
            status = visit_line(unit, visit).status
        for name in ROWS:
            assert getattr(read, name) == getattr(signed, name), name
        _chart_follows(read.patient, signed.patient, note)
        assert status is (VisitStatus.RETRACTED if note.retracted else VisitStatus.SIGNED)
    with office() as unit:
        before = counts(unit)
    for note, file in demo_files:
        assert take_in(office, file, "again.pdf", holds(note)).already
    with office() as unit:
        assert counts(unit) == before
        assert signing.faults_of_signed(unit) == []
        assert unit.run("PRAGMA foreign_key_check") == []


def _chart_follows(chart: Any, signed: Any, note: SignedNote) -> None:
    """The chart is the one of the note, and what signing itself did to it."""
    for name in chart.__dataclass_fields__:
        here, there = getattr(chart, name), getattr(signed, name)
        if name == "home_medicine":
            through = note.record.of(Medicines)
            answers = {one.answer for one in through.reconciled_medicine}
            changed = bool(through.new_home_medicine) or answers > {"still"}
            assert changed or here == there
        elif name == "task":
            wanted = {(one.what, one.due_day) for one in (*there, *(note.record.planned or ()))}
            assert {(one.what, one.due_day) for one in here} == wanted
        else:
            assert here == there, name


def test_in_any_order_the_charts_end_alike(demo_files: tuple[Signed, ...], office: Any) -> None:
    visited = Counter(note.record.visit.patient for note, _ in demo_files)
    often = {patient for patient, _ in visited.most_common(4)}
    demo_files = tuple(one for one in demo_files if one[0].record.visit.patient in often)
    for note, file in reversed(demo_files):
        assert take_in(office, file, "note.pdf", holds(note)).outcome is Outcome.FILED
    newest = {note.record.visit.patient: note.record for note, _ in demo_files}
    with office() as unit:
        assert len(list_patients(unit)) == len(newest)
        for patient, record in newest.items():
            chart = load_chart(unit, patient)
            assert chart.allergy == record.patient.allergy
            assert chart.patient == record.patient.patient
            assert chart.therapy_order[-1:] == record.patient.therapy_order[-1:]
        for note, _ in demo_files:
            assert signing.load_note(unit, note.record.visit.id) == note
        assert unit.run("PRAGMA foreign_key_check") == []


def test_one_act_on_a_fresh_record_that_trusts_the_agency(laptops: TwoLaptops) -> None:
    office, file = laptops.coordinator, laptops.nurse.file(laptops.visit)
    filed = office.take(file, "/media/stick/note 1.pdf")
    assert (filed.outcome, filed.patient_made) == (Outcome.FILED, True)
    signed = laptops.nurse.note(laptops.visit)
    with office.unit() as unit:
        assert signing.load_note(unit, laptops.visit) == signed
        assert signing.load_file(unit, laptops.visit) == file
        (row,) = owned_rows(unit, ReceivedFile, ("visit_id", laptops.visit), ("id",))
        assert (row["file_name"], row["file"]) == ("note 1.pdf", b"")
        assert row["sha256"] == hashlib.sha256(file).hexdigest()
        assert json.loads(row["verdict"])["verdict"]["good"] is True
        found = check.check(unit, office.opened.record.folder, {})
        assert check.is_whole(found)
    assert office.verdict(office.file(laptops.visit)).good
    assert office.take(file).already


def test_a_longer_file_is_a_correction_and_a_shorter_one_says_nothing_new(
    laptops: TwoLaptops,
) -> None:
    office, nurse = laptops.coordinator, laptops.nurse
    first = nurse.file(laptops.visit)
    laptops.later()
    nurse.add(laptops.visit, "The pulse was 67.")
    second = nurse.file(laptops.visit)
    laptops.later()
    nurse.add(laptops.visit, "Charted at the wrong patient.", kind=AddendumKind.RETRACTION)
    third = nurse.file(laptops.visit)
    assert office.take(second).addenda == 1
    assert office.take(first).already
    again = office.take(third)
    assert (again.outcome, again.addenda) == (Outcome.CORRECTED, 1)
    assert office.file(laptops.visit) == third
    assert office.note(laptops.visit) == nurse.note(laptops.visit)
    with office.unit() as unit:
        assert visit_line(unit, laptops.visit).status is VisitStatus.RETRACTED
    for file in (first, second, third):
        assert office.take(file).already


def test_another_record_of_the_same_visit_is_kept_apart_and_told(laptops: TwoLaptops) -> None:
    office = laptops.coordinator
    file = laptops.nurse.file(laptops.visit)
    office.take(file)
    note = laptops.nurse.note(laptops.visit)
    other = SignedNote(json.dumps({**note.plain, "program": "0.0.1"}).encode(), note.signature)
    with office.unit() as unit:
        before = counts(unit)
    filed = take_in(office.unit, b"%PDF other", "other.pdf", holds(other))
    assert filed.outcome is Outcome.QUARANTINED
    assert filed.words.startswith("ALARM")
    with office.unit() as unit:
        after = counts(unit)
    assert {name for name in after if after[name] != before[name]} == {"received_file"}
    assert office.note(laptops.visit) == note


def test_a_draft_of_the_visit_is_not_written_over(laptops: TwoLaptops, kept_visit: Any) -> None:
    note, file = laptops.nurse.note(laptops.visit), laptops.nurse.file(laptops.visit)
    from tests.fixtures.kept_visit import opened

    home = shutil.copytree(kept_visit.home, laptops.folder / "older copy")
    draft = opened(home, SteppingClock(DEMO_MORNING), 61)
    filed = take_in(draft.new_unit, file, "note.pdf", holds(note))
    assert filed.outcome is Outcome.QUARANTINED
    with draft.new_unit() as unit:
        assert not is_signed(unit, laptops.visit)
    draft.unlocked.close()


def test_what_does_not_hold_writes_no_patient_and_is_filed_once_trusted(
    laptops: TwoLaptops,
) -> None:
    office, file = laptops.coordinator, laptops.nurse.file(laptops.visit)
    note = laptops.nurse.note(laptops.visit)
    stranger = Verdict(VerdictKind.STRANGER, "Signed by someone unknown.", note=note)
    for _ in range(2):
        filed = take_in(office.unit, file, "note.pdf", stranger)
        assert (filed.outcome, filed.waits) == (Outcome.NOT_TRUSTED, True)
    with office.unit() as unit:
        assert list_patients(unit) == ()
        assert list_visits(unit) == []
        assert len(owned_rows(unit, ReceivedFile, ("visit_id", laptops.visit), ("id",))) == 0
    for junk in (b"", b"%PDF-1.7 nothing", file[:-500]):
        assert office.take(junk).outcome is Outcome.NOT_TRUSTED
    assert office.take(file).outcome is Outcome.FILED
    assert office.take(file).already


def with_person(note: SignedNote, **changed: Any) -> SignedNote:
    """The note as of another laptop: its patient has another id there, and other columns."""
    plain = json.loads(note.envelope)
    record = plain["record"]
    text = json.dumps(plain).replace(record["visit"]["patient"], str(UUID(int=77)))
    plain = json.loads(text)
    plain["record"]["patient"]["patient"].update(changed)
    envelope = json.dumps(plain).encode()
    return SignedNote(envelope, note.signature)


def renumbered(note: SignedNote, system: str, value: str) -> SignedNote:
    """The note with one number of its patient."""
    plain = json.loads(note.envelope)
    mark = {**plain["record"]["patient"]["patient"]["mark"]}
    mark["row"] = {"group": "patient_identifier", "at": [1]}
    plain["record"]["patient"]["patient_identifier"] = [
        {"mark": mark, "system": system, "value": value}
    ]
    return SignedNote(json.dumps(plain).encode(), note.signature)


def make_patient(office: Laptop, number: str = "", **changed: str) -> UUID:
    """A chart in the office that was there before any note."""
    texts = {"family": "Okafor", "given": "Maren", "birth_day": "1971-03-04", "sex": "female"}
    with office.unit() as unit:
        made = patients.create(unit, {**texts, **changed})
        assert isinstance(made, UUID), made
        if number:
            row = {"system": "mrn", "value": number}
            added = patients.append(unit, made, Row("patient_identifier"), row)
            assert isinstance(added, tuple), added
        unit.commit()
    return made


def test_a_number_and_the_birth_date_find_the_patient(laptops: TwoLaptops) -> None:
    office = laptops.coordinator
    here = make_patient(office, "4711")
    note = renumbered(with_person(laptops.nurse.note(laptops.visit)), "mrn", "4711")
    filed = take_in(office.unit, b"%PDF 1", "note.pdf", holds(note))
    assert (filed.outcome, filed.patient, filed.patient_made) == (Outcome.FILED, here, False)
    with office.unit() as unit:
        chart = load_chart(unit, here)
        assert len(list_patients(unit)) == 1
        assert visit_line(unit, laptops.visit).patient == here
        assert len(chart.patient_identifier) == 1
        assert [one.weight_kg for one in chart.weight] == [
            one.weight_kg for one in note.record.patient.weight
        ]


@pytest.mark.parametrize(
    ("number", "changed"),
    [("4711", {"birth_day": "1971-03-05"}), ("4711", {"family": "Achebe"}), ("", {})],
)
def test_what_is_not_sure_is_asked_and_never_guessed(
    laptops: TwoLaptops, number: str, changed: dict[str, str]
) -> None:
    office = laptops.coordinator
    here = make_patient(office, number, **changed)
    note = renumbered(with_person(laptops.nurse.note(laptops.visit)), "mrn", "4711")
    asked = take_in(office.unit, b"%PDF 1", "note.pdf", holds(note))
    assert (asked.outcome, asked.candidates) == (Outcome.WHICH_PATIENT, (here,))
    with office.unit() as unit:
        assert list_visits(unit) == []
    with pytest.raises(Missing):
        take_in(office.unit, b"%PDF 1", "note.pdf", holds(note), patient=UUID(int=5))
    filed = take_in(office.unit, b"%PDF 1", "note.pdf", holds(note), patient=here)
    assert (filed.outcome, filed.patient) == (Outcome.FILED, here)
    assert take_in(office.unit, b"%PDF 1", "note.pdf", holds(note)).already
    # The next note of this patient needs no asking.
    text = note.envelope.replace(str(laptops.visit).encode(), str(UUID(int=78)).encode())
    following = take_in(office.unit, b"%PDF 2", "n", holds(SignedNote(text, note.signature)))
    assert following.patient == here


def test_a_chart_of_its_own_is_made_when_the_coordinator_says_so(laptops: TwoLaptops) -> None:
    office = laptops.coordinator
    here = make_patient(office)
    note = with_person(laptops.nurse.note(laptops.visit))
    own = note.record.visit.patient
    filed = take_in(office.unit, b"%PDF 1", "note.pdf", holds(note), patient=own)
    assert (filed.outcome, filed.patient, filed.patient_made) == (Outcome.FILED, own, True)
    with office.unit() as unit:
        assert {one.id for one in list_patients(unit)} == {here, own}


def test_a_sure_match_is_not_overruled(laptops: TwoLaptops) -> None:
    office = laptops.coordinator
    make_patient(office, "4711")
    other = make_patient(office, family="Somebody", given="Else")
    note = renumbered(with_person(laptops.nurse.note(laptops.visit)), "mrn", "4711")
    with pytest.raises(Refused):
        take_in(office.unit, b"%PDF 1", "note.pdf", holds(note), patient=other)


def test_what_the_office_knows_later_stays_and_is_told_by_name(laptops: TwoLaptops) -> None:
    office = laptops.coordinator
    note = laptops.nurse.note(laptops.visit)
    office.take(laptops.nurse.file(laptops.visit))
    patient = note.record.visit.patient
    with office.unit() as unit:
        patients.change(unit, patient, Row("patient"), {"telephone": "555-0190"})
        added = patients.append(unit, patient, Row("allergy"), {"substance": "latex"})
        assert isinstance(added, tuple)
        unit.commit()
    earlier = json.loads(note.envelope)
    earlier["record"]["visit"]["id"] = str(UUID(int=79))
    earlier["record"]["patient"]["patient"]["telephone"] = "555-0001"
    text = json.dumps(earlier).encode()
    filed = take_in(office.unit, b"%PDF 3", "n.pdf", holds(SignedNote(text, note.signature)))
    assert filed.outcome is Outcome.FILED
    assert any("newer" in one for one in filed.differs)
    assert "555" not in " ".join(filed.differs)
    with office.unit() as unit:
        chart = load_chart(unit, patient)
    assert chart.patient is not None
    assert (chart.patient.telephone, chart.patient.allergy_state) == ("555-0190", "known")
    assert [one.substance for one in chart.allergy] == ["latex"]


def test_another_patients_line_is_never_written_upon(laptops: TwoLaptops) -> None:
    office = laptops.coordinator
    note = laptops.nurse.note(laptops.visit)
    office.take(laptops.nurse.file(laptops.visit))
    stolen = with_person(note, family="Other", birth_day="1950-01-01")
    text = stolen.envelope.replace(str(laptops.visit).encode(), str(UUID(int=80)).encode())
    with pytest.raises(Refused) as refused:
        take_in(office.unit, b"%PDF 4", "n.pdf", holds(SignedNote(text, note.signature)))
    assert refused.value.code == "owner"
    with office.unit() as unit:
        assert len(list_patients(unit)) == 1
        assert len(list_visits(unit)) == 1
    assert replace(note) == office.note(laptops.visit)


def test_a_missing_note_of_the_chain_is_told_until_it_comes(
    demo_files: tuple[Signed, ...], office: Any
) -> None:
    second = next(one for one in demo_files if one[0].chain and one[0].chain.previous)
    assert second[0].chain is not None
    first = next(one for one in demo_files if one[0].digest == second[0].chain.previous)
    visit = second[0].record.visit.id
    point = Point(PointKey.CHAIN, None, "One file alone cannot say.")
    told = replace(holds(second[0]), points=(point,))

    def asked() -> tuple[bool, bool]:
        with office() as unit:
            gap = next(line.gap for line in inbox(unit) if line.visit == visit)
            (now,) = load_received(unit, visit).verdict["points"]
        return gap, now["holds"]

    take_in(office, second[1], "second.pdf", told)
    assert asked() == (True, False)
    take_in(office, first[1], "first.pdf", holds(first[0]))
    assert asked() == (False, True)


def test_the_same_id_with_another_name_and_birth_date_is_asked(laptops: TwoLaptops) -> None:
    office = laptops.coordinator
    office.take(laptops.nurse.file(laptops.visit))
    plain = json.loads(laptops.nurse.note(laptops.visit).envelope)
    plain["record"]["visit"]["id"] = str(UUID(int=81))
    plain["record"]["patient"]["patient"].update(family="Other", birth_day="1950-01-01")
    note = SignedNote(json.dumps(plain).encode(), b"")
    patient = note.record.visit.patient
    asked = take_in(office.unit, b"%PDF 5", "n.pdf", holds(note))
    assert (asked.outcome, asked.candidates) == (Outcome.WHICH_PATIENT, (patient,))
    filed = take_in(office.unit, b"%PDF 5", "n.pdf", holds(note), patient=patient)
    assert (filed.outcome, filed.patient_made) == (Outcome.FILED, False)
