"""Record version 1 as it was once signed: its reader reads it for as long as there is a program."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from infusion_visits.core.kinds import VisitKind
from infusion_visits.notes.compose import compose
from infusion_visits.notes.pdf import render
from infusion_visits.sections.complications.rules import State, state_of
from infusion_visits.sections.complications.values import Complications
from infusion_visits.sections.devices.values import Devices
from infusion_visits.sections.infusion.values import Infusion
from infusion_visits.sections.list import SECTIONS
from infusion_visits.sections.vitals.values import Vitals
from infusion_visits.vault.signatures import verify
from infusion_visits.visits.facts import facts_of
from infusion_visits.visits.record import canonical, to_plain
from infusion_visits.visits.rules.follow_up import planned_tasks
from infusion_visits.visits.signed_note import SignedNote, digest_of

SAMPLE = Path(__file__).parents[1] / "data" / "record-v1.json"


@pytest.fixture(scope="module")
def note() -> SignedNote:
    kept = json.loads(SAMPLE.read_text("utf-8"))
    return SignedNote(kept["envelope"].encode(), bytes.fromhex(kept["signature"]))


def test_it_still_verifies(note: SignedNote) -> None:
    assert note.plain["v"] == 1
    assert verify(note.signing.public_key, note.envelope, note.signature)
    changed = note.envelope.replace(b"Okafor", b"Okafur")
    assert not verify(note.signing.public_key, changed, note.signature)


def test_its_bytes_are_canonical_and_come_back_the_same(note: SignedNote) -> None:
    assert canonical(json.loads(note.envelope)) == note.envelope
    again = canonical(to_plain(note.record))
    assert again == canonical(note.plain["record"])
    assert digest_of(again) == note.plain["record_sha256"]


def test_it_is_read_as_what_it_said(note: SignedNote) -> None:
    record = note.record
    assert record.visit.kind is VisitKind.ROUTINE_INFUSION
    assert record.patient.patient is not None
    assert record.patient.patient.family == "Okafor"
    assert set(record.sections) >= {"arrival", "devices", "infusion", "vitals", "departure"}
    assert set(record.sections) <= {section.key for section in SECTIONS}
    sets = record.of(Vitals).vital_signs
    assert [one.pulse for one in sets] == [Decimal(n) for n in (76, 76, 80, 74)]
    assert sets[0].mark.as_entered["temperature"] == "36.8 Cel"
    (given,) = record.of(Infusion).infusion
    assert [event.kind for event in given.infusion_event] == ["start", "step", "complete"]
    assert [lot.lot for lot in given.product_lot] == ["LX4402"]
    (line,) = record.of(Devices).access_device
    assert line.removal_reason == "therapy_complete"
    (trouble,) = record.of(Complications).complication
    assert state_of(trouble) is State.OPEN
    assert note.signing.signer.signed_name == "Ines Halvorsen, RN, CRNI"
    assert record.findings
    assert record.catalogue


def test_its_note_can_be_printed(note: SignedNote) -> None:
    assert render(compose(note)).startswith(b"%PDF")


def test_its_note_tells_no_task_that_it_did_not_plan(note: SignedNote) -> None:
    assert note.record.planned is None
    assert planned_tasks(note.record, facts_of(note.record, note.signing.at)) == ()
    said = str(compose(note).blocks)
    assert "What comes next" in said
    assert "Look at or ask about the site of the removed line" not in said
