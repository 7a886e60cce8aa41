"""What a nurse's laptop believes of an answer, and what it refuses in words."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from infusion_visits.core.errors import BadFile, Refused
from infusion_visits.exchange.answer_file import (
    AnswerOutcome,
    Asked,
    Decided,
    read_answer,
    seal_answer,
    take_answer,
    write_answers,
)
from infusion_visits.records import cells
from infusion_visits.team.tables import RevokedCertificate
from infusion_visits.visits.answers import answers_of, note_state, questions_of
from infusion_visits.visits.note_state import NoteState
from infusion_visits.visits.signing import faults_of_signed
from tests.fixtures.signatories import authority, signatory

if TYPE_CHECKING:
    from infusion_visits.core.desk import Who
    from infusion_visits.vault.certificates import Signatory
    from tests.fixtures.office_and_nurse import TwoLaptops

# The lived visit first: whoever imports it before it is a plugin keeps it from being rewritten.
pytest_plugins = [
    "tests.fixtures.lived_visit",
    "tests.fixtures.kept_visit",
    "tests.fixtures.office_and_nurse",
]

REVIEW = UUID(int=0xA11)


def answer_by(
    laptops: TwoLaptops,
    by: Signatory,
    who: Who,
    *,
    state: NoteState = NoteState.RETURNED,
    digest: str = "",
    visit: UUID | None = None,
    review: UUID = REVIEW,
) -> bytes:
    """A file with one answer to the nurse's note."""
    decided = Decided(
        visit or laptops.visit,
        digest or laptops.nurse.note(laptops.visit).digest,
        "America/Chicago",
        state,
        "Please look again.",
        (Asked("", "", "Who was told?"),) if state is NoteState.RETURNED else (),
    )
    answer = seal_answer(decided, review, by, who, laptops.coordinator.clock.now())
    return write_answers((answer,), by.certificate, by.authority.der)


def by_the_coordinator(laptops: TwoLaptops, **more: object) -> bytes:
    """The file as the coordinator signs it."""
    office = laptops.coordinator
    return answer_by(laptops, office.signatory(), office.opened.member, **more)  # type: ignore[arg-type]


def refused(laptops: TwoLaptops, data: bytes) -> str:
    """The code with which the nurse's laptop refuses; nothing is kept."""
    with pytest.raises((Refused, BadFile)) as error:
        take_answer(laptops.nurse.unit, data)
    with laptops.nurse.unit() as unit:
        assert answers_of(unit, laptops.visit) == ()
    assert error.value.words.endswith((".", "!"))
    return error.value.code


def test_an_answer_is_taken_in_once_with_its_questions(laptops: TwoLaptops) -> None:
    data = by_the_coordinator(laptops)
    for outcome in (AnswerOutcome.TAKEN, AnswerOutcome.ALREADY):
        (taken,) = take_answer(laptops.nurse.unit, data).answers
        assert taken.outcome is outcome
    with laptops.nurse.unit() as unit:
        (question,) = questions_of(unit, laptops.visit)
        assert (question.cell, question.words) == ("", "Who was told?")
        assert note_state(unit, laptops.visit) is NoteState.RETURNED
        assert faults_of_signed(unit) == []


def test_a_receipt_is_an_answer_that_decides_nothing(laptops: TwoLaptops) -> None:
    data = by_the_coordinator(laptops, state=NoteState.RECEIVED)
    take_answer(laptops.nurse.unit, data)
    with laptops.nurse.unit() as unit:
        assert note_state(unit, laptops.visit) is NoteState.RECEIVED
        assert questions_of(unit, laptops.visit) == ()


def test_an_older_answer_that_comes_later_does_not_count(laptops: TwoLaptops) -> None:
    older = by_the_coordinator(laptops)
    laptops.later()
    newer = by_the_coordinator(laptops, state=NoteState.APPROVED, review=UUID(int=0xA12))
    take_answer(laptops.nurse.unit, newer)
    (taken,) = take_answer(laptops.nurse.unit, older).answers
    assert taken.outcome is AnswerOutcome.OLDER
    assert "later answer" in taken.words
    with laptops.nurse.unit() as unit:
        assert note_state(unit, laptops.visit) is NoteState.APPROVED


def test_a_note_that_is_not_here_and_another_version_are_said(laptops: TwoLaptops) -> None:
    for more, outcome in (
        ({"visit": UUID(int=9)}, AnswerOutcome.UNKNOWN),
        ({"digest": "0" * 64}, AnswerOutcome.OTHER),
    ):
        (taken,) = take_answer(laptops.nurse.unit, by_the_coordinator(laptops, **more)).answers
        assert taken.outcome is outcome
    with laptops.nurse.unit() as unit:
        assert answers_of(unit, laptops.visit) == ()


def test_a_stranger_is_refused_whatever_name_the_certificate_bears(laptops: TwoLaptops) -> None:
    office = laptops.coordinator
    agency, who = office.opened.agency, office.opened.member
    copy = authority(office.clock.now(), agency=agency.id, name=agency.name)
    forged = signatory(who, office.clock.now(), copy)
    assert refused(laptops, answer_by(laptops, forged, who)) == "stranger"


def test_a_nurse_does_not_approve_her_own_note(laptops: TwoLaptops) -> None:
    nurse = laptops.nurse
    data = answer_by(laptops, nurse.signatory(), nurse.opened.member, state=NoteState.APPROVED)
    assert refused(laptops, data) == "role"


def test_a_nurses_key_under_the_coordinators_certificate_is_refused(laptops: TwoLaptops) -> None:
    office = laptops.coordinator
    mixed = replace(laptops.nurse.signatory(), certificate=office.signatory().certificate)
    assert refused(laptops, answer_by(laptops, mixed, office.opened.member)) == "changed"


def test_an_answer_in_another_members_name_is_refused(laptops: TwoLaptops) -> None:
    by = laptops.coordinator.signatory()
    assert refused(laptops, answer_by(laptops, by, laptops.nurse.opened.member)) == "changed"


def test_an_answer_in_a_name_that_is_not_certified_is_refused(laptops: TwoLaptops) -> None:
    office = laptops.coordinator
    who = replace(office.opened.member, name="Dr. Gregory House")
    assert refused(laptops, answer_by(laptops, office.signatory(), who)) == "changed"


def test_a_figure_that_no_column_holds_is_refused_in_words(laptops: TwoLaptops) -> None:
    by, file = laptops.coordinator.signatory(), read_answer(by_the_coordinator(laptops))
    envelope = file.answers[0].envelope.replace(b'"seq":1', b'"seq":' + b"9" * 40)
    assert envelope != file.answers[0].envelope
    answer = replace(file.answers[0], envelope=envelope, signature=by.key.sign(envelope))
    assert refused(laptops, write_answers((answer,), by.certificate, b"")) == "no-answers"


def test_a_changed_byte_of_the_answer_is_refused(laptops: TwoLaptops) -> None:
    data = by_the_coordinator(laptops)
    file = read_answer(data)
    (answer,) = file.answers
    for changed in (
        replace(answer, envelope=answer.envelope.replace(b"returned", b"approved")),
        replace(answer, signature=bytes([answer.signature[0] ^ 1]) + answer.signature[1:]),
    ):
        file_of = write_answers((changed,), file.certificate, b"")
        assert refused(laptops, file_of) == "changed"


def test_who_is_no_member_any_more_answers_nothing(laptops: TwoLaptops) -> None:
    data = by_the_coordinator(laptops)
    certificate = laptops.coordinator.signatory().certificate
    with laptops.nurse.unit() as unit:
        revoked = {
            "sha256": certificate.sha256,
            "agency_id": certificate.agency,
            "revoked_at": unit.now,
            "reason": "laptop lost",
        }
        cells.add(unit, RevokedCertificate, revoked)
        unit.commit()
    assert refused(laptops, data) == "ended"


def test_the_same_answer_in_other_words_is_refused(laptops: TwoLaptops) -> None:
    take_answer(laptops.nurse.unit, by_the_coordinator(laptops))
    other = by_the_coordinator(laptops, state=NoteState.APPROVED)
    with pytest.raises(Refused) as error:
        take_answer(laptops.nurse.unit, other)
    assert error.value.code == "changed"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b"[]",
        b'{"type":"infusion-visits-answers","v":1,"answers":[]}',
        b'{"type":"infusion-visits-answers","v":2,"answers":[1]}',
        b'{"type":"infusion-visits-answers","v":1,"answers":[1],"certificate":"!"}',
        b'{"type":"infusion-visits-answers","v":1,"answers":[{"envelope":"e30="}],"certificate":""}',
        b"\x00" * 50,
        b"[" * 100_000,
    ],
)
def test_what_is_no_file_of_answers_is_said_in_words(laptops: TwoLaptops, data: bytes) -> None:
    refused(laptops, data)


def test_a_file_cut_or_bent_anywhere_is_a_plain_answer(laptops: TwoLaptops) -> None:
    data = by_the_coordinator(laptops)
    for at in range(0, len(data), 97):
        refused(laptops, data[:at])
    for at in range(7, len(data), 211):
        bent = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
        try:
            take_answer(laptops.nurse.unit, bent)
        except (Refused, BadFile):
            continue
        # Only the authority's copy is not read: what is trusted is what this laptop pinned.
        plain, whole = json.loads(bent), json.loads(data)
        assert {key for key in whole if plain.get(key) != whole[key]} <= {"authority"}
