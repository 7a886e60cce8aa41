"""Return, fix, corrected, approved at two windows: only files go between the two laptops."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QPlainTextEdit, QWidget

from infusion_visits.core.clock import SteppingClock
from infusion_visits.today.queries import load_today
from infusion_visits.visits import signing
from infusion_visits.widgets import theme
from infusion_visits.widgets.jump_line import JumpLine
from infusion_visits.widgets.words import PlainWords
from tests.fixtures.records import NOW, OTHER_PASSPHRASE, PASSPHRASE
from tests.fixtures.whole_visit import ZONE
from tests.journeys.at_the_keys import Key
from tests.journeys.office_window import Reviewer, at_window

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from pathlib import Path
    from uuid import UUID

    from pytestqt.qtbot import QtBot

    from tests.fixtures.kept_visit import Kept

pytest_plugins = ["tests.fixtures.kept_visit", "tests.fixtures.office_and_nurse"]


class Desks:
    """The two laptops, one window at a time, and the stick that goes between them."""

    def __init__(self, folder: Path, visit: UUID, qtbot: QtBot) -> None:
        self.folder, self.visit, self.qtbot = folder, visit, qtbot
        self.clock = SteppingClock(NOW)
        self.clock.forward(minutes=14 * 60)
        self.stick = folder / "stick"
        self.stick.mkdir()
        self.table: list[tuple[str, str, str]] = []

    def office(self) -> AbstractContextManager[Reviewer]:
        self.clock.forward(minutes=30)
        return at_window(self.folder / "office", self.clock, self.qtbot, OTHER_PASSPHRASE)

    def nurse(self) -> AbstractContextManager[Reviewer]:
        self.clock.forward(minutes=30)
        return at_window(self.folder / "nurse", self.clock, self.qtbot, PASSPHRASE)

    def saw(self, step: str, person: Reviewer) -> None:
        """What the coordinator's list says of the note after a step."""
        (line,) = person.panel.list.lines
        self.table.append((step, line.reason, line.state))

    def note_file(self, name: str) -> Path:
        """The nurse's newest file, as she saves it onto the stick."""
        return self.stick / name

    def answers(self) -> list[Path]:
        return sorted(self.stick.glob("*.ivanswer"), key=lambda one: one.stat().st_mtime_ns)


@pytest.fixture
def desks(
    enrolled_template: Path,
    kept_visit: Kept,
    tmp_path: Path,
    qtbot: QtBot,
    qapp: QApplication,
    monkeypatch: pytest.MonkeyPatch,
) -> Desks:
    theme.apply(qapp, "light")
    folder = shutil.copytree(enrolled_template, tmp_path / "laptops")
    made = Desks(folder, kept_visit.visit, qtbot)
    # The system's own dialog asks for a folder; nobody sits in front of it here.
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(made.stick))
    return made


def save_note(person: Reviewer, visit: UUID, path: Path) -> None:
    person.go("note", id=visit)
    person.inside.screen_of("note").save_to(path)
    person.until(path.exists, "the file")
    person.settle()


def card_words(person: Reviewer) -> str:
    card = person.inside.screen_of("note")._after.returned
    return " | ".join(one.text() for one in card.findChildren(PlainWords) if one.text())


def test_a_note_goes_back_and_forth_until_it_is_approved(desks: Desks) -> None:
    first, second = desks.note_file("first.pdf"), desks.note_file("second.pdf")
    with desks.nurse() as nurse:
        save_note(nurse, desks.visit, first)
        assert nurse.inside.rail.findChild(QWidget, "rail.review") is None

    with desks.office() as office:
        assert office.bring([first]) == "1 note filed."
        office.review()
        desks.saw("received", office)
        assert office.panel.note.verdict.words.text().startswith("Holds")
        office.key(Key.Key_F)
        office.key(Key.Key_PageDown)
        asked_at = office.panel.note.paper.current
        assert asked_at is not None
        office.key(Key.Key_Q)
        office.type_words("Who was with the patient?")
        office.key(Key.Key_R)
        office.type_words("One point.")
        desks.saw("returned, not sent", office)
        office.key(Key.Key_S)
        office.until_at("review.words")
        office.panel.note.ask.other.click()
        office.type_words(OTHER_PASSPHRASE)
        assert office.words("review.told") == "1 answer signed, 1 file written."
        desks.saw("returned", office)

    with desks.nurse() as nurse:
        said = nurse.bring(desks.answers())
        assert said == "1 file of answers taken in."
        with nurse.inside.house.unit() as unit:
            (line,) = load_today(unit, ZONE).returned
        assert line.words.endswith("returned with 1 question")
        nurse.go("note", id=desks.visit)
        question = nurse.focus
        assert isinstance(question, JumpLine)
        assert "Who was with the patient?" in question.words
        assert asked_at[1].label in question.words
        nurse.enter()
        shown = nurse.inside.screen_of("note").record.paper
        assert shown.isVisible()
        assert shown.current[1].cell == asked_at[1].cell
        nurse.until_at("addendum.words")
        assert nurse.find(QPlainTextEdit, "addendum.words").toPlainText().endswith(": ")
        nurse.type_text("his wife.")
        nurse.walk_to("addendum.passphrase")
        nurse.find(QLineEdit, "addendum.passphrase")
        nurse.answer(PASSPHRASE)
        nurse.until(lambda: "Corrected" in card_words(nurse), "the addendum")
        nurse.settle()
        save_note(nurse, desks.visit, second)

    with desks.office() as office:
        assert office.bring([second, first]) == "1 note filed, 1 known already."
        office.review()
        desks.saw("corrected", office)
        office.key(Key.Key_D)
        difference = office.panel.note.paper.lines
        assert next(one.cells[0].text for one in difference).endswith("his wife.")
        assert any("Who was with the patient?" in str(one.beside) for one in difference)
        office.key(Key.Key_A)
        office.until_shown()
        desks.saw("approved, not sent", office)
        assert office.send(OTHER_PASSPHRASE) == "1 answer signed, 1 file written."
        desks.saw("approved", office)

    with desks.nurse() as nurse:
        assert "1 file of answers taken in" in nurse.bring(desks.answers())
        nurse.go("note", id=desks.visit)
        assert card_words(nurse).startswith("Approved")
        with nurse.inside.house.unit() as unit:
            assert load_today(unit, ZONE).returned == ()
            assert signing.load_file(unit, desks.visit) == second.read_bytes()

    assert [(step, state) for step, _, state in desks.table] == [
        ("received", "received"),
        ("returned, not sent", "returned, 1 question, not sent"),
        ("returned", "returned"),
        ("corrected", "corrected"),
        ("approved, not sent", "approved, not sent"),
        ("approved", "approved"),
    ]


def test_a_wrong_passphrase_sends_nothing_and_the_decision_stays(desks: Desks) -> None:
    first = desks.note_file("first.pdf")
    with desks.nurse() as nurse:
        save_note(nurse, desks.visit, first)
    with desks.office() as office:
        office.bring([first])
        office.review()
        office.key(Key.Key_A)
        office.until_shown()
        office.key(Key.Key_S)
        office.until_at("review.words")
        office.panel.note.ask.other.click()
        office.answer("some other words")
        ask = office.panel.note.ask
        office.until(lambda: "not yours" in ask._said.text(), "the refusal")

        assert desks.answers() == []
        assert office.panel.list.lines[0].state == "approved, not sent"

        office.type_words(OTHER_PASSPHRASE)
        assert len(desks.answers()) == 1


def test_undo_takes_the_last_decision_back_until_it_is_sent(desks: Desks) -> None:
    first = desks.note_file("first.pdf")
    with desks.nurse() as nurse:
        save_note(nurse, desks.visit, first)
    with desks.office() as office:
        office.bring([first])
        office.review()
        for undone in ("The approval is taken back.", "The approval is taken back."):
            office.key(Key.Key_A)
            office.until_shown()
            assert office.panel.list.lines[0].state == "approved, not sent"
            office.key(Key.Key_U)
            assert office.words("review.told") == undone
            assert office.panel.list.lines[0].state == "received"
        office.key(Key.Key_U)
        assert "nothing to take back" in office.words("review.told")


def test_a_nurse_decides_nothing(desks: Desks) -> None:
    with desks.nurse() as nurse:
        nurse.review()
        for key in (Key.Key_A, Key.Key_R, Key.Key_Q):
            nurse.key(key)
            assert nurse.words("review.told") == "Only a coordinator decides on notes."
        nurse.key(Key.Key_S)
        assert not nurse.panel.note.ask.isVisible()
