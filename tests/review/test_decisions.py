"""Approve, return, ask, undo: drafts until they are signed; and the order of the inbox."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from infusion_visits.core.errors import DeviceTrouble, Missing, Refused
from infusion_visits.core.ids import seeded_ids
from infusion_visits.exchange.answer_file import read_answer
from infusion_visits.exchange.note_intake import Outcome, take_in
from infusion_visits.exchange.verdict import Verdict, VerdictKind
from infusion_visits.notes.gist import Gist, gist_from
from infusion_visits.review import actions
from infusion_visits.review.order import Rank, urgency_of, urgency_of_file
from infusion_visits.review.queries import inbox, load_received, pending
from infusion_visits.visits.note_state import Answered, NoteState, state_of

if TYPE_CHECKING:
    from pathlib import Path
    from uuid import UUID

    from tests.fixtures.office_and_nurse import Laptop, TwoLaptops

pytest_plugins = ["tests.fixtures.kept_visit", "tests.fixtures.office_and_nurse"]


@pytest.fixture
def office(laptops: TwoLaptops) -> Laptop:
    """The coordinator's laptop with the nurse's note filed."""
    file = laptops.nurse.file(laptops.visit)
    note = laptops.nurse.note(laptops.visit)
    verdict = Verdict(VerdictKind.HOLDS, "Holds.", note=note, good=True)
    assert take_in(laptops.coordinator.unit, file, "note.pdf", verdict).outcome is Outcome.FILED
    return laptops.coordinator


def act(office: Laptop, what: Any, *more: Any) -> Any:
    """One act of the coordinator, a minute after the one before."""
    office.clock.forward(minutes=1)
    with office.unit() as unit:
        done = what(unit, *more)
        unit.commit()
    return done


def drafted(office: Laptop, visit: UUID) -> tuple[str, str, list[str]]:
    """What is decided and not signed."""
    with office.unit() as unit:
        found = pending(unit, visit)
    return (found.state or "", found.words, [one.words for one in found.questions])


def test_every_decision_can_be_taken_back_one_by_one(office: Laptop, laptops: TwoLaptops) -> None:
    visit = laptops.visit
    act(office, actions.ask, visit, "vitals/vital_signs/1/pulse", "Pulse", "Right?")
    act(office, actions.return_with, visit, "Look again.")
    act(office, actions.ask, visit, "", "", "Who was told?")
    assert drafted(office, visit) == ("returned", "Look again.", ["Right?", "Who was told?"])
    assert act(office, actions.undo, visit) == "The question is taken back."
    assert drafted(office, visit) == ("returned", "Look again.", ["Right?"])
    assert act(office, actions.undo, visit) == "The return is taken back."
    assert drafted(office, visit) == ("returned", "", ["Right?"])
    act(office, actions.ask, visit, "", "", "And now?")
    for left in (["Right?"], []):
        act(office, actions.undo, visit)
        assert drafted(office, visit)[2] == left
    assert drafted(office, visit) == ("", "", [])
    act(office, actions.approve, visit)
    assert act(office, actions.undo, visit) == "The approval is taken back."
    with pytest.raises(Refused):
        act(office, actions.undo, visit)


def test_what_makes_no_sense_is_refused_in_words(office: Laptop, laptops: TwoLaptops) -> None:
    visit = laptops.visit
    for what, more, code in (
        (actions.return_with, (visit, "  "), "words"),
        (actions.ask, (visit, "", "", "\n"), "words"),
    ):
        with pytest.raises(Refused) as refused:
            act(office, what, *more)
        assert refused.value.code == code
    act(office, actions.ask, visit, "", "", "Who was told?")
    with pytest.raises(Refused) as refused:
        act(office, actions.approve, visit)
    assert refused.value.code == "questions"
    with pytest.raises(Missing):
        act(office, actions.approve, seeded_ids(office.clock, 3).new())


def test_a_nurse_decides_nothing(laptops: TwoLaptops, tmp_path: Path) -> None:
    nurse, visit = laptops.nurse, laptops.visit
    for what, more in (
        (actions.approve, (visit,)),
        (actions.return_with, (visit, "x")),
        (actions.ask, (visit, "", "", "x")),
        (actions.undo, (visit,)),
        (actions.set_aside, (visit,)),
    ):
        with pytest.raises(Refused) as refused:
            act(nurse, what, *more)
        assert refused.value.code == "role"
    with pytest.raises(Refused):
        actions.send_answers(nurse.unit, nurse.signatory(), tmp_path)


def test_sending_signs_all_once_and_names_no_patient(
    office: Laptop, laptops: TwoLaptops, tmp_path: Path
) -> None:
    act(office, actions.return_with, laptops.visit, "Look again.")
    sent = actions.send_answers(office.unit, office.signatory(), tmp_path)
    assert (sent.decisions, sent.receipts, len(sent.files)) == (1, 0, 1)
    (file,) = sent.files
    assert "okafor" not in file.name.casefold()
    (answer,) = read_answer(file.read_bytes()).answers
    assert answer.answered.words == "Look again."
    assert "Okafor" not in json.dumps(dict(answer.plain))
    again = actions.send_answers(office.unit, office.signatory(), tmp_path)
    assert (again.reviews, again.files) == ((), ())
    assert again.line().startswith("Nothing to send")


def test_a_note_without_a_decision_gets_a_receipt(office: Laptop, tmp_path: Path) -> None:
    sent = actions.send_answers(office.unit, office.signatory(), tmp_path)
    assert (sent.decisions, sent.receipts) == (0, 1)
    with office.unit() as unit:
        (line,) = inbox(unit)
    assert line.state is NoteState.RECEIVED
    assert actions.send_answers(office.unit, office.signatory(), tmp_path).reviews == ()


def test_where_the_folder_fails_nothing_signed_is_lost(
    office: Laptop, laptops: TwoLaptops, tmp_path: Path
) -> None:
    act(office, actions.approve, laptops.visit)
    by = office.signatory()
    with pytest.raises(DeviceTrouble):
        actions.send_answers(office.unit, by, tmp_path / "pulled out")
    with office.unit() as unit:
        received = load_received(unit, laptops.visit)
    assert received.state is NoteState.APPROVED
    reviews = tuple(one.id for one in received.answers)
    (file,) = actions.write_files(office.unit, reviews, by.authority.der, tmp_path)
    assert read_answer(file.read_bytes()).answers[0].answered.state is NoteState.APPROVED


def test_another_coordinators_key_signs_nothing_here(
    office: Laptop, laptops: TwoLaptops, tmp_path: Path
) -> None:
    with pytest.raises(Refused) as refused:
        actions.send_answers(office.unit, laptops.nurse.signatory(), tmp_path)
    assert refused.value.code == "signer"


def test_a_file_put_aside_leaves_the_inbox_and_can_come_back(
    office: Laptop, laptops: TwoLaptops
) -> None:
    foreign = Verdict(VerdictKind.FOREIGN, "Not a note of this program.")
    filed = take_in(office.unit, b"%PDF foreign", "../../x\x1b[31m.pdf", foreign)
    with office.unit() as unit:
        first, note = inbox(unit)
        received = load_received(unit, first.id)
    assert (first.id, first.urgency.rank, first.filed) == (filed.id, Rank.NOT_TRUSTED, False)
    assert (received.file, received.note) == (b"%PDF foreign", None)
    assert "/" not in first.file_name
    assert "\x1b" not in first.file_name
    assert note.visit == laptops.visit
    act(office, actions.set_aside, filed.id)
    with office.unit() as unit:
        assert [one.visit for one in inbox(unit)] == [laptops.visit]
    act(office, actions.bring_back, filed.id)
    with office.unit() as unit:
        assert len(inbox(unit)) == 2


def test_a_shared_laptop_has_its_own_signed_notes_in_the_inbox(laptops: TwoLaptops) -> None:
    nurse = laptops.nurse
    with nurse.unit() as unit:
        (line,) = inbox(unit)
        received = load_received(unit, laptops.visit)
    assert received.file == nurse.file(laptops.visit)
    assert (line.state, line.received) == (NoteState.RECEIVED, None)
    assert line.patient_name == "Okafor, Maren"


CALM = Gist(hours_to_sign=0)


def test_the_worst_comes_first_and_says_why() -> None:
    grave = Gist(exceptions=1, grave="Infusion reaction, grade 3 (CTCAE 5)")
    not_told = Gist(exceptions=1, not_told="Infiltration: prescriber not told")
    received, returned = NoteState.RECEIVED, NoteState.RETURNED
    wanted = [
        urgency_of_file("kept apart", "ALARM: another signed record"),
        urgency_of_file("not filed", "Changed."),
        urgency_of_file("which patient", "Choose."),
        urgency_of(not_told, received),
        urgency_of(grave, NoteState.CORRECTED),
        urgency_of(Gist(exceptions=1, worst=2, headlines="Infiltration, grade 2"), received),
        urgency_of(Gist(exceptions=1, overridden=1), received),
        urgency_of(Gist(exceptions=5), received),
        urgency_of(Gist(exceptions=1), received),
        urgency_of(CALM, NoteState.CORRECTED),
        urgency_of(CALM, received, gap=True),
        urgency_of(Gist(hours_to_sign=30), received),
        urgency_of(CALM, received),
        urgency_of(grave, returned),
        urgency_of(grave, NoteState.APPROVED),
    ]
    places = [one.place for one in wanted]
    assert places == sorted(places)
    assert len(set(places)) == len(places)
    assert all(one.reason for one in wanted)
    assert wanted[5].reason == "Infiltration, grade 2"
    assert wanted[6].reason == "1 exception, 1 stop gone past"
    assert wanted[4].reason == "Corrected; open: Infusion reaction, grade 3 (CTCAE 5)"
    assert wanted[11].reason == "Signed 30 h after the visit"


def test_a_gist_of_another_version_is_read_anew() -> None:
    assert gist_from(CALM.plain()) == CALM
    assert gist_from({"exceptions": 1, "later": 2}) is None


def test_an_addendum_that_the_decision_did_not_know_makes_it_corrected(
    laptops: TwoLaptops,
) -> None:
    at = laptops.coordinator.clock.now()
    ids = seeded_ids(laptops.coordinator.clock, 8)

    def said(state: NoteState, *known: str) -> Answered:
        return Answered(ids.new(), laptops.visit, state, "", at, "Paula", known)

    for state in (NoteState.RETURNED, NoteState.APPROVED):
        assert state_of([said(state)], []) is state
        assert state_of([said(state, "a")], ["a"]) is state
        assert state_of([said(state, "a")], ["a", "b"]) is NoteState.CORRECTED
    receipt = said(NoteState.RECEIVED)
    assert state_of([receipt], ["a"]) is NoteState.RECEIVED
    assert state_of([said(NoteState.RETURNED), receipt], []) is NoteState.RETURNED
