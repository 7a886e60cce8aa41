"""Settings, Team, by keys alone: a nurse is certified, joins, a member is added and one ended."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QWidget

from infusion_visits.app.window import Window
from infusion_visits.core.clock import SteppingClock
from infusion_visits.core.desk import Place
from infusion_visits.team import queries
from infusion_visits.team.packet_file import read_packet
from infusion_visits.team.request_file import make_request, read_request
from infusion_visits.vault.certificates import Trusted
from infusion_visits.vault.signatures import new_signing_key
from infusion_visits.widgets import theme
from tests.fixtures.records import NOW, PASSPHRASE, ZONE
from tests.fixtures.two_laptops import ANAS_PASSPHRASE
from tests.journeys.at_the_keys import CONTROL, Key, Person

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from infusion_visits.app.inside import Inside
    from infusion_visits.app.team.screen import TeamScreen
    from tests.fixtures.two_laptops import Laptop

NEW = "wide green meadow path"


class Member(Person):
    """Somebody at the window of a laptop, on the team's screen."""

    @property
    def inside(self) -> Inside:
        assert self.window.inside is not None
        return self.window.inside

    @property
    def screen(self) -> TeamScreen:
        screen: TeamScreen = self.inside.screen_of("team")
        return screen

    def said(self) -> str:
        """All words that are seen on the screen."""
        self.settle()
        labels = [one for one in self.screen.findChildren(QLabel) if one.isVisible()]
        return "\n".join(one.text() for one in labels).replace("\u00a0", " ")

    def until_step(self, name: str) -> None:
        """Waits until a step has the keys."""
        self.until(lambda: self.screen.findChild(QWidget, f"team.{name}") is not None, name)
        self.settle()

    def open_file(self) -> None:
        """The keys that open the file of the dialog."""
        self.press(Key.Key_O, CONTROL)


@pytest.fixture
def at(qtbot: QtBot, qapp: QApplication) -> Iterator[Callable[[Path, str], Member]]:
    """Opens a window at a record and goes to the team."""
    theme.apply(qapp, "light")
    windows = []

    def make(home: Path, passphrase: str) -> Member:
        window = Window(home, home, SteppingClock(NOW), ZONE)
        windows.append(window)
        qtbot.addWidget(window)
        with qtbot.waitActive(window):
            window.show()
        person = Member(qtbot, window)
        person.until_at("unlock.passphrase")
        person.answer(passphrase)
        person.until(lambda: window.inside is not None, "the house")
        person.settle()
        person.inside.open(Place("team"))
        person.settle()
        return person

    yield make
    for window in windows:
        window.close()


@pytest.fixture
def dialog(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Path]:
    """What is chosen in the system's own dialogs: `open` and `save`."""
    chosen = {"open": tmp_path / "none", "save": tmp_path / "saved.ivteam"}
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(chosen["open"]), ""))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(chosen["save"]), ""))
    return chosen


def test_a_nurse_joins_the_agency_between_two_windows(
    at: Callable[[Path, str], Member],
    dialog: dict[str, Path],
    agency_home: Path,
    anas_template: Path,
    tmp_path: Path,
) -> None:
    anas_home = shutil.copytree(anas_template, tmp_path / "ana")
    request, packet = tmp_path / "ana.ivrequest", tmp_path / "ana.ivteam"

    ana = at(anas_home, ANAS_PASSPHRASE)
    dialog["save"] = request
    ana.walk_to("team.ask")
    ana.enter()
    ana.until_at("team.request.passphrase")
    ana.answer(ANAS_PASSPHRASE)
    ana.until_step("made")
    hers = read_request(request.read_bytes()).words
    assert all(word in ana.said() for word in hers)
    ana.window.close()

    ines = at(agency_home, PASSPHRASE)
    dialog["open"], dialog["save"] = request, packet
    ines.open_file()
    ines.until_step("accept")
    assert "Ana Ortiz, RN asks to belong to the agency as nurse" in ines.said()
    assert all(word in ines.said() for word in hers)
    ines.until_at("team.accept.compared")
    ines.answer("The words")
    ines.until_at("team.accept.passphrase")
    ines.answer(PASSPHRASE)
    ines.until_step("made")
    theirs = read_packet(packet.read_bytes()).words
    assert all(word in ines.said() for word in theirs)
    assert "Ana Ortiz, RN: nurse\ncertificate until 20 Nov 2028, on another laptop" in ines.said()
    ines.window.close()

    ana = at(anas_home, ANAS_PASSPHRASE)
    dialog["open"] = packet
    ana.open_file()
    ana.until_step("join")
    assert "Team packet of Riverbend Home Infusion" in ana.said()
    assert all(word in ana.said() for word in theirs)
    ana.until_at("team.join.compared")
    ana.answer("The words")
    ana.until_at("team.join.join")
    ana.enter()
    ana.until_step("made")
    assert "This record works for Riverbend Home Infusion." in ana.said()
    assert ana.inside.house.agency.name == "Riverbend Home Infusion"
    ana.press(Key.Key_Escape)
    assert "The agency's authority is on another laptop" in ana.said()
    assert "Ines Halvorsen, RN: nurse\ncertificate until 20 Nov 2028, on another" in ana.said()
    ana.inside.open(Place("settings"))
    ana.settle()
    shown = [one.text() for one in ana.inside.screen_of("settings").findChildren(QLabel)]
    assert "Riverbend Home Infusion" in shown


def test_words_that_differ_or_were_not_compared_stop_it(
    at: Callable[[Path, str], Member], dialog: dict[str, Path], agency_home: Path, anas: Laptop
) -> None:
    dialog["open"] = anas.folder.parent / "ana.ivrequest"
    dialog["open"].write_bytes(anas.request())
    ines = at(agency_home, PASSPHRASE)
    ines.open_file()
    ines.until_at("team.accept.compared")
    ines.press(Key.Key_Tab)
    ines.until_at("team.accept.passphrase")
    ines.answer(PASSPHRASE)
    assert "Compare the six words by telephone first." in ines.said()
    ines.until_at("team.accept.compared")
    ines.answer("They differ")
    ines.until_at("team.accept.passphrase")
    ines.enter()
    assert "Do not go on: call them" in ines.said()
    assert not dialog["save"].exists()
    ines.press(Key.Key_Escape)
    ines.until_at("team.open")
    ines.press(Key.Key_Escape)
    ines.until(lambda: ines.inside.place.screen == "settings", "settings")


def test_a_wrong_passphrase_is_said_in_the_step_and_forgotten(
    at: Callable[[Path, str], Member], dialog: dict[str, Path], agency_home: Path
) -> None:
    ines = at(agency_home, PASSPHRASE)
    ines.walk_to("team.save")
    ines.enter()
    ines.until_at("team.export.passphrase")
    ines.answer("not the right words at all")
    ines.until(lambda: "passphrase of Ines Halvorsen" in ines.said(), "the words")
    ines.until_at("team.export.passphrase")
    assert ines.find(QLineEdit, "team.export.passphrase").text() == ""
    assert not dialog["save"].exists()
    ines.answer(PASSPHRASE)
    ines.until_step("made")
    assert read_packet(dialog["save"].read_bytes()).name == "Riverbend Home Infusion"


def test_a_member_is_added_and_ended(
    at: Callable[[Path, str], Member], dialog: dict[str, Path], agency_home: Path
) -> None:
    ines = at(agency_home, PASSPHRASE)
    ines.walk_to("team.new")
    ines.enter()
    ines.until_at("team.add.choice")
    ines.answer("Coordinator")
    ines.until_at("team.add.name")
    for text in ("Tom Reyes", "RN", NEW, "another one of them", PASSPHRASE):
        ines.answer(text)
    assert "The two passphrases differ." in ines.said()
    ines.walk_to("team.add.again")
    ines.answer(NEW)
    ines.answer(PASSPHRASE)
    ines.until_step("made")
    assert "Tom Reyes, RN: coordinator\ncertificate until" in ines.said()
    ines.press(Key.Key_Escape)
    found = ines.screen.roster
    assert found is not None
    tom = next(line for line in found.lines if line.name == "Tom Reyes, RN")
    ines.walk_to(f"team.end.{tom.member}")
    ines.enter()
    ines.until_at("team.end.day")
    for text in ("yesterdayish", "left the agency", PASSPHRASE):
        ines.answer(text)
    ines.until(lambda: ines.find(QLabel, "team.end.trouble").isVisible(), "words")
    ines.until_at("team.end.day")
    for text in ("-1", "left the agency", PASSPHRASE):
        ines.answer(text)
    ines.until_step("made")
    packet = read_packet(dialog["save"].read_bytes())
    assert [reason for _, reason in packet.revoked.values()] == ["left the agency"]
    assert "ended from 20 Nov 2026 on (left the agency)" in ines.said()
    with ines.inside.house.unit() as unit:
        held = queries.certificates_of(unit, tom.member)[0]
        assert queries.trust(unit).says(held, NOW) is Trusted.REVOKED


def test_a_dropped_file_opens_from_any_screen_and_a_bad_one_is_said(
    at: Callable[[Path, str], Member], agency_home: Path, anas: Laptop, tmp_path: Path
) -> None:
    ines = at(agency_home, PASSPHRASE)
    good, bad = tmp_path / "ana.ivrequest", tmp_path / "bad.ivteam"
    good.write_bytes(make_request(anas.member, new_signing_key(), NOW))
    bad.write_bytes(b"{}")
    ines.inside.open(Place("today"))
    ines.settle()
    _drop(ines.inside, good)
    ines.until_step("accept")
    _drop(ines.screen, bad)
    ines.until(lambda: "damaged" in _message(ines), "the words")


def _message(member: Member) -> str:
    return " ".join(one.text() for one in member.window.findChildren(QLabel) if one.isVisible())


def _drop(on: QWidget, path: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    event = QDropEvent(
        QPoint(5, 5),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    on.dropEvent(event)
