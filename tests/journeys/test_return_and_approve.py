"""Return, fix, corrected, approved: two laptops that share nothing but files, without a server."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infusion_visits.exchange.answer_file import AnswerOutcome, take_answer
from infusion_visits.exchange.note_intake import Outcome
from infusion_visits.review import actions
from infusion_visits.review.queries import inbox, load_received
from infusion_visits.visits.answers import note_state, questions_of
from infusion_visits.visits.signed_note import Correction

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fixtures.office_and_nurse import Laptop, TwoLaptops

pytest_plugins = ["tests.fixtures.kept_visit", "tests.fixtures.office_and_nurse"]

PULSE = "vitals/vital_signs/1/pulse"
SEEN = """
step                  | state     | reason                        | pending  | asked | nurse sees
dropped               | received  | Vein collapse                 | -        | 0     | -
question asked        | received  | Vein collapse                 | returned | 1     | -
answers sent          | returned  | Returned; waits for the nurse | -        | 0     | -
nurse took the answer | returned  | Returned; waits for the nurse | -        | 0     | returned
nurse added to it     | returned  | Returned; waits for the nurse | -        | 0     | corrected
dropped again         | corrected | Corrected; came back          | -        | 0     | corrected
approved              | corrected | Corrected; came back          | approved | 0     | corrected
answers sent          | approved  | Approved                      | -        | 0     | corrected
nurse took the answer | approved  | Approved                      | -        | 0     | approved
"""
"""What the coordinator saw at each step, and the nurse beside it."""


def seen(step: str, laptops: TwoLaptops) -> tuple[str, ...]:
    """The row of the table at this step."""
    with laptops.coordinator.unit() as unit:
        (line,) = inbox(unit)
    with laptops.nurse.unit() as unit:
        there = note_state(unit, laptops.visit)
    return (
        step,
        str(line.state),
        line.reason,
        str(line.pending or "-"),
        str(line.questions),
        str(there or "-"),
    )


def send(office: Laptop, folder: Path) -> bytes:
    """Everything decided is signed; the one file that goes to the nurse."""
    sent = actions.send_answers(office.unit, office.signatory(), folder)
    (file,) = sent.files
    return file.read_bytes()


def decide(office: Laptop, act: object, *what: object) -> None:
    """One act of the coordinator."""
    with office.unit() as unit:
        act(unit, *what)  # type: ignore[operator]
        unit.commit()


def replay(laptops: TwoLaptops, notes: list[bytes], answers: list[bytes]) -> None:
    """Every file so far comes once more, on both laptops; nothing moves."""
    for file in notes:
        assert laptops.coordinator.take(file).already
    for file in answers:
        assert take_answer(laptops.nurse.unit, file).already
        assert take_answer(laptops.coordinator.unit, file).already


def test_return_fix_corrected_approved_between_two_laptops(
    laptops: TwoLaptops, tmp_path: Path
) -> None:
    office, nurse, visit = laptops.coordinator, laptops.nurse, laptops.visit
    notes, answers, table = [nurse.file(visit)], list[bytes](), []

    assert office.take(notes[0]).outcome is Outcome.FILED
    table.append(seen("dropped", laptops))

    decide(office, actions.ask, visit, PULSE, "Vital signs, pulse", "Is 104 right?")
    table.append(seen("question asked", laptops))

    laptops.later()
    answers.append(send(office, tmp_path))
    table.append(seen("answers sent", laptops))
    replay(laptops, notes, [])

    taken = take_answer(nurse.unit, answers[0])
    assert [one.outcome for one in taken.answers] == [AnswerOutcome.TAKEN]
    assert taken.by == "Paula Achterberg, RN"
    with nurse.unit() as unit:
        (question,) = questions_of(unit, visit)
    asked = (question.cell, question.label, question.words, question.answered)
    assert asked == (PULSE, "Vital signs, pulse", "Is 104 right?", False)
    table.append(seen("nurse took the answer", laptops))
    replay(laptops, notes, answers)

    laptops.later()
    fixed = (Correction("Vital signs, pulse", "104", "94"),)
    longer = nurse.add(visit, "Read anew from the pump's log.", fixed, (question.name,))
    assert longer.addenda[-1].answers == (question.name,)
    with nurse.unit() as unit:
        assert [one.answered for one in questions_of(unit, visit)] == [True]
    table.append(seen("nurse added to it", laptops))

    notes.append(nurse.file(visit))
    assert office.take(notes[1]).outcome is Outcome.CORRECTED
    table.append(seen("dropped again", laptops))
    replay(laptops, notes, answers)
    with office.unit() as unit:
        received = load_received(unit, visit)
    assert received.file == notes[1]
    assert received.note == nurse.note(visit)
    assert [one.questions[0].words for one in received.answers] == ["Is 104 right?"]

    decide(office, actions.approve, visit)
    table.append(seen("approved", laptops))
    laptops.later()
    answers.append(send(office, tmp_path))
    table.append(seen("answers sent", laptops))

    take_answer(nurse.unit, answers[1])
    table.append(seen("nurse took the answer", laptops))
    with nurse.unit() as unit:
        assert questions_of(unit, visit) == ()
    replay(laptops, notes, answers)

    assert table == [
        tuple(cell.strip() for cell in row.split("|")) for row in SEEN.strip().splitlines()[1:]
    ]
