"""A signature is proved before it is kept, keeps all or nothing, and harm done to it is found."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from sqlalchemy import func, select

from infusion_visits.core.cells import Cell, Row
from infusion_visits.core.errors import BadFile, DeviceTrouble, Missing, Refused
from infusion_visits.core.kinds import VisitStatus
from infusion_visits.exchange import note_file
from infusion_visits.notes.compose import LAYOUT
from infusion_visits.patients import order_actions
from infusion_visits.records.change_log import head
from infusion_visits.records.rows import table_of
from infusion_visits.vault.signatures import verify
from infusion_visits.visits import charting, sealing, signing
from infusion_visits.visits.history import only_here_count
from infusion_visits.visits.queries import load_record, visit_line
from infusion_visits.visits.record import VisitRecord, canonical, to_plain
from infusion_visits.visits.signed_note import AddendumKind, Correction, SignedNote, digest_of
from infusion_visits.visits.tables import (
    Addendum,
    NoteFile,
    SignatureTable,
    VisitSnapshot,
)

if TYPE_CHECKING:
    from tests.fixtures.lived_visit import Lived

pytest_plugins = ["tests.fixtures.lived_visit", "tests.fixtures.kept_visit"]

LAST = (VisitSnapshot, SignatureTable, NoteFile, Addendum)
PLAN = Cell("departure", Row("departure"), "plan")


def sealed(lived: Lived) -> SignedNote:
    """The signed note; nothing of it is in the record yet."""
    key = lived.signatory()
    with lived.new_unit() as unit:
        unsealed = signing.prepare(unit, lived.visit)
    who = lived.unlocked.member
    return sealing.seal(unsealed, key, who, lived.clock.now(), layout=LAYOUT)


def counts(lived: Lived) -> dict[str, int]:
    """How many rows the tables hold that are written to last."""
    with lived.new_unit() as unit:
        return {
            table_of(model).name: unit.rows(
                select(func.count().label("n")).select_from(table_of(model))
            )[0]["n"]
            for model in LAST
        }


def keep(lived: Lived, note: SignedNote, file: bytes = b"%PDF") -> None:
    """Keeps a sealed note."""
    with lived.new_unit() as unit:
        signing.keep(unit, note, file)
        unit.commit()


def test_sealing_writes_nothing_and_gives_what_verifies(completed: Lived) -> None:
    with completed.new_unit() as unit:
        before = head(unit)
    note = sealed(completed)
    with completed.new_unit() as unit:
        assert head(unit) == before
    assert verify(note.signing.public_key, note.envelope, note.signature)
    assert canonical(json.loads(note.envelope)) == note.envelope
    assert note.plain["audit_head"] == {"n": before[0], "sha256": before[1]}
    assert note.plain["record_sha256"] == digest_of(canonical(note.plain["record"]))
    assert note.signing.signer == completed.unlocked.member
    assert note.signing.at == completed.clock.now()
    assert (note.layout, note.plain["prev_signed"]) == (LAYOUT, "")


def test_what_was_signed_is_what_was_charted_with_its_findings_and_catalogues(
    completed: Lived,
) -> None:
    draft = completed.read()
    found = completed.found()
    record = sealed(completed).record
    assert list(record.findings) == found
    assert {"vitals", "screening", "devices", "scales", "complications"} <= set(record.catalogue)
    assert record.sections == draft.sections
    assert record.patient == draft.patient
    assert (record.visit, record.people) == (draft.visit, draft.people)


def test_keeping_freezes_and_what_is_read_back_is_what_was_signed(completed: Lived) -> None:
    note = sealed(completed)
    keep(completed, note, b"%PDF the file")
    with completed.new_unit() as unit:
        assert visit_line(unit, completed.visit).status is VisitStatus.SIGNED
        again = signing.load_note(unit, completed.visit)
        assert (again.envelope, again.signature) == (note.envelope, note.signature)
        assert again.record == note.record
        assert signing.load_file(unit, completed.visit) == b"%PDF the file"
        assert signing.faults_of_signed(unit) == []
        assert only_here_count(unit) == 1
    with completed.new_unit() as unit, pytest.raises(Refused) as refused:
        charting.record(unit, completed.visit, PLAN, "something else")
    assert refused.value.code == "frozen"


def test_a_signed_record_stays_as_it_was_known(completed: Lived) -> None:
    note = completed.sign()
    with completed.new_unit() as unit:
        order_actions.end_order(unit, completed.patient, completed.order, "therapy changed")
        unit.commit()
    with completed.new_unit() as unit:
        assert signing.load_note(unit, completed.visit).record == note.record
        assert load_record(unit, completed.visit) != note.record


def test_the_snapshot_is_the_last_row_of_its_act(completed: Lived) -> None:
    """Rows written after it would be refused by its own freeze."""
    completed.sign()
    with completed.new_unit() as unit:
        order = [
            row[0]
            for row in unit.run(
                "SELECT subject FROM audit_event WHERE subject IN "
                "('visit_snapshot', 'signature', 'note_file') ORDER BY n"
            )
        ]
    assert order == ["signature", "note_file", "visit_snapshot"]


def test_an_open_stop_refuses_and_names_itself(completed: Lived) -> None:
    with completed.new_unit() as unit:
        charting.record(unit, completed.visit, PLAN, "")
        unit.commit()
    with pytest.raises(Refused) as refused:
        sealed(completed)
    assert refused.value.code == "stops"
    assert [one.cell for one in refused.value.findings] == [PLAN]
    assert set(counts(completed).values()) == {0}


def test_half_typed_text_refuses_too(completed: Lived) -> None:
    time_out = Cell("departure", Row("departure"), "time_out")
    with completed.new_unit() as unit:
        charting.record(unit, completed.visit, time_out, "half past")
        unit.commit()
    with pytest.raises(Refused) as refused:
        sealed(completed)
    assert [one.code for one in refused.value.findings] == ["no-value"]


def test_a_visit_in_progress_is_not_signed(lived: Lived) -> None:
    lived.arrive()
    with lived.new_unit() as unit, pytest.raises(Refused) as refused:
        signing.prepare(unit, lived.visit)
    assert refused.value.code == "status"
    with lived.new_unit() as unit, pytest.raises(Missing):
        signing.prepare(unit, UUID(int=3))


def test_what_changed_in_between_is_not_signed(completed: Lived) -> None:
    note = sealed(completed)
    with completed.new_unit() as unit:
        charting.record(unit, completed.visit, PLAN, "Next infusion in 4 weeks.")
        unit.commit()
    with pytest.raises(Refused) as refused:
        keep(completed, note)
    assert refused.value.code == "changed"
    assert set(counts(completed).values()) == {0}
    assert sealed(completed).record.of(type(note.record.sections["departure"])) is not None


def test_a_second_signature_is_refused_at_every_door(completed: Lived) -> None:
    note = sealed(completed)
    keep(completed, note)
    before = counts(completed)
    with pytest.raises(Refused) as refused:
        keep(completed, note)
    assert refused.value.code == "frozen"
    with pytest.raises(Refused) as again:
        sealed(completed)
    assert again.value.code == "frozen"
    assert counts(completed) == before


def test_what_is_not_committed_leaves_a_draft(completed: Lived) -> None:
    note = sealed(completed)
    with completed.new_unit() as unit:
        signing.keep(unit, note, b"%PDF")
    assert set(counts(completed).values()) == {0}
    with completed.new_unit() as unit:
        assert visit_line(unit, completed.visit).status is VisitStatus.COMPLETED


def test_a_record_that_does_not_read_back_is_never_sealed(
    completed: Lived, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forgetful(record: VisitRecord) -> dict[str, Any]:
        plain = to_plain(record)
        plain["sections"].pop("vitals")
        return plain

    monkeypatch.setattr(sealing, "to_plain", forgetful)
    with pytest.raises(DeviceTrouble) as trouble:
        sealed(completed)
    assert trouble.value.code == "seal"


def test_the_next_signature_names_the_one_before(completed: Lived) -> None:
    note = completed.sign()
    kind, words = AddendumKind.ADDITION, "The daughter was there."
    key, who = completed.signatory(), completed.unlocked.member
    note_file.add(completed.new_unit, completed.visit, kind, words, (), key, who, completed.clock)
    with completed.new_unit() as unit:
        addendum = signing.load_note(unit, completed.visit).addenda[0]
        assert signing._previous(unit) == digest_of(addendum.envelope)
        assert note.digest != digest_of(addendum.envelope)


@pytest.mark.parametrize("kind", list(AddendumKind))
def test_an_addendum_is_signed_itself_and_names_what_it_corrects(
    completed: Lived, kind: AddendumKind
) -> None:
    note = completed.sign()
    corrections = (Correction("Infusion, lot", "LX4402", "LX4403"),)
    completed.clock.forward(minutes=45)
    longer = note_file.add(
        completed.new_unit,
        completed.visit,
        kind,
        " The lot was \x07misread. ",
        corrections,
        completed.signatory(),
        completed.unlocked.member,
        completed.clock,
    )
    with completed.new_unit() as unit:
        kept = signing.load_note(unit, completed.visit)
        assert signing.faults_of_signed(unit) == []
        status = visit_line(unit, completed.visit).status
    assert kept == longer
    (addendum,) = kept.addenda
    assert (addendum.kind, addendum.words) == (kind, "The lot was misread.")
    assert (addendum.corrections, addendum.target) == (corrections, note.digest)
    assert addendum.signing.at == completed.clock.now()
    assert verify(addendum.signing.public_key, addendum.envelope, addendum.signature)
    retracted = kind is AddendumKind.RETRACTION
    assert kept.retracted is retracted
    assert status is (VisitStatus.RETRACTED if retracted else VisitStatus.SIGNED)
    assert (kept.envelope, kept.signature) == (note.envelope, note.signature)


def test_an_addendum_without_words_or_to_a_draft_is_refused(completed: Lived) -> None:
    kind, key, who = AddendumKind.ADDITION, completed.signatory(), completed.unlocked.member
    with pytest.raises(Missing):
        note_file.add(completed.new_unit, completed.visit, kind, "x", (), key, who, completed.clock)
    completed.sign()
    with pytest.raises(Refused):
        note_file.add(
            completed.new_unit, completed.visit, kind, " \n ", (), key, who, completed.clock
        )
    assert counts(completed)["addendum"] == 0


def test_each_addendum_prints_the_note_anew_and_the_first_file_stays(completed: Lived) -> None:
    completed.sign()
    with completed.new_unit() as unit:
        first = signing.load_file(unit, completed.visit)
    kind, key, who = AddendumKind.ADDITION, completed.signatory(), completed.unlocked.member
    note_file.add(completed.new_unit, completed.visit, kind, "More.", (), key, who, completed.clock)
    with completed.new_unit() as unit:
        table = table_of(NoteFile)
        files = unit.rows(select(table.c.seq, table.c.file).order_by(table.c.seq))
        assert signing.load_file(unit, completed.visit) != first
    assert [one["seq"] for one in files] == [1, 2]
    assert files[0]["file"] == first


HARM = {
    "the signed bytes were changed": (
        "visit_snapshot",
        "UPDATE visit_snapshot SET envelope = CAST(replace(envelope, 'LX4402', 'LX4409') AS BLOB)",
    ),
    "the signature is missing": ("signature", "DELETE FROM signature"),
    "the signature does not fit the signed bytes": (
        "signature",
        "UPDATE signature SET signature = zeroblob(64)",
    ),
}


@pytest.mark.parametrize("words", HARM)
def test_whoever_drops_the_triggers_is_found_out(completed: Lived, words: str) -> None:
    completed.sign()
    table, attack = HARM[words]
    with completed.new_unit() as unit:
        for act in ("update", "delete"):
            unit.run(f'DROP TRIGGER "freeze_{table}_{act}"')
        unit.run(attack)
        faults = signing.faults_of_signed(unit)
    assert len(faults) == 1
    assert faults[0].startswith(str(completed.visit))
    assert words in faults[0]


def test_an_exchanged_snapshot_with_its_own_digest_is_found_out(completed: Lived) -> None:
    """A forger without the nurse's key can make bytes and digest fit, not the signature."""
    note = completed.sign()
    forged = note.envelope.replace(b"LX4402", b"LX4409")
    with completed.new_unit() as unit:
        for table in ("visit_snapshot", "signature"):
            unit.run(f'DROP TRIGGER "freeze_{table}_update"')
        unit.run("UPDATE visit_snapshot SET envelope = ?, sha256 = ?", (forged, digest_of(forged)))
        unit.run("UPDATE signature SET target = ?", (digest_of(forged),))
        assert signing.faults_of_signed(unit) == [
            f"{completed.visit}: the signature does not fit the signed bytes."
        ]


def test_a_forged_addendum_is_found_out(completed: Lived) -> None:
    note = completed.sign()
    key, who = completed.signatory(), completed.unlocked.member
    kind = AddendumKind.CORRECTION
    with completed.new_unit() as unit:
        made = sealing.seal_addendum(
            note, unit.ids.new(), kind, "True words.", (), key, who, unit.now
        )
        signing.keep_addendum(unit, note, made, b"%PDF")
        unit.run('DROP TRIGGER "freeze_addendum_update"')
        forged = made.envelope.replace(b"True", b"Fake")
        unit.run("UPDATE addendum SET envelope = ?", (forged,))
        assert signing.faults_of_signed(unit) == [f"{made.id}: the signed bytes were changed."]


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"type": "addendum"}', b"\xff\xfe"])
def test_what_is_no_note_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(BadFile):
        _ = SignedNote(content, b"").record


def test_a_later_version_is_refused_in_words() -> None:
    with pytest.raises(BadFile) as refused:
        _ = SignedNote(b'{"type": "visit-note", "v": 99}', b"").record
    assert refused.value.code == "record-version"
