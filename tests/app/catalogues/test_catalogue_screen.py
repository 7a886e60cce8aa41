"""Settings, Catalogues, by keys alone: search, sources, a file loaded, used and withdrawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel

from infusion_visits.app.window import Window
from infusion_visits.core.clock import SteppingClock
from infusion_visits.core.desk import Place
from infusion_visits.core.resources import in_force
from infusion_visits.sections.vitals.limits import limits_in_force
from infusion_visits.team import actions as team
from infusion_visits.visits import actions
from infusion_visits.widgets import theme
from infusion_visits.widgets.chips import Chip
from tests.fixtures.records import NOW, OTHER_PASSPHRASE, PASSPHRASE, ZONE
from tests.fixtures.whole_visit import admitted
from tests.journeys.at_the_keys import CONTROL, Key, Person

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from infusion_visits.app.catalogues.screen import CatalogueScreen
    from infusion_visits.app.inside import Inside

PULSE = """\
edition = "2026-1"
[pulse]
amber = ["<= 45", "> 120"]
source = "Agency protocol 12, 2026"
"""


class Member(Person):
    """Somebody at the window of an agency with a nurse and a coordinator."""

    @property
    def inside(self) -> Inside:
        assert self.window.inside is not None
        return self.window.inside

    @property
    def screen(self) -> CatalogueScreen:
        screen: CatalogueScreen = self.inside.screen_of("catalogues")
        return screen

    def enter_as(self, down: int) -> None:
        """Unlocks as the member so far down the list: the nurse, then the coordinator."""
        self.until_at("unlock.passphrase")
        self.press(Key.Key_Backtab)
        self.until_at("unlock.who")
        for _ in range(down):
            self.press(Key.Key_Down)
        self.press(Key.Key_Tab)
        self.answer((PASSPHRASE, OTHER_PASSPHRASE)[down])
        self.until(lambda: self.window.inside is not None, "the house")
        self.settle()

    def open(self, place: Place) -> None:
        self.inside.open(place)
        self.settle()

    def said(self) -> str:
        """All words that are seen at the right of the screen."""
        self.settle()
        here = self.screen.stack.currentWidget()
        assert here is not None
        words = [one.text() for one in here.findChildren(QLabel) if one.isVisible()]
        words += [one.words for one in here.findChildren(Chip) if one.isVisible()]
        return "\n".join(words).replace("\u00a0", " ")

    def message(self) -> str:
        return "" if self.screen.message.isHidden() else self.screen.message.words.text()


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, agency_home: Path) -> Iterator[Window]:
    theme.apply(qapp, "light")
    made = Window(agency_home, agency_home, SteppingClock(NOW), ZONE)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
    yield made
    made.close()


@pytest.fixture
def coordinator(qtbot: QtBot, window: Window) -> Member:
    person = Member(qtbot, window)
    person.enter_as(1)
    assert person.inside.house.member.role == "coordinator"
    return person


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file that is chosen in the system's own dialog."""
    made = tmp_path / "vitals.toml"
    made.write_text(PULSE, "utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(made), ""))
    return made


def amber() -> list[str]:
    return [f"{bound.sign} {bound.figure}" for bound in limits_in_force()["pulse"].amber]


def test_it_is_found_from_settings_and_from_the_palette(coordinator: Member) -> None:
    coordinator.open(Place("settings"))
    coordinator.walk_to("settings.catalogues")
    coordinator.enter()
    coordinator.settle()
    assert coordinator.inside.place.screen == "catalogues"
    coordinator.until_at("catalogues.search")
    coordinator.press(Key.Key_Escape)
    assert coordinator.inside.place.screen == "settings"
    coordinator.press(Key.Key_K, CONTROL)
    coordinator.settle()
    coordinator.type_text("catal")
    coordinator.enter()
    coordinator.settle()
    assert coordinator.inside.place.screen == "catalogues"


def test_search_over_all_words_and_an_entry_with_its_source_and_its_doubt(
    coordinator: Member,
) -> None:
    coordinator.open(Place("catalogues"))
    coordinator.type_text("external length further out")
    assert coordinator.screen.count.text().startswith("1 of ")
    said = coordinator.said()
    for words in ("External length", "Sources range from over 1 cm to 4 cm", "agency to confirm"):
        assert words in said
    assert "threshold.external_out_cm" in said
    coordinator.press(Key.Key_Escape)
    coordinator.type_text("no such words anywhere qqq")
    assert coordinator.screen.count.text() == "Nothing has all these words."
    assert not coordinator.screen.card.isVisible()


def test_arrows_walk_the_entries_and_tab_comes_to_the_catalogues(coordinator: Member) -> None:
    coordinator.open(Place("catalogues"))
    first = coordinator.screen.entries.chosen
    coordinator.press(Key.Key_Down)
    second = coordinator.screen.entries.chosen
    assert first is not None
    assert second is not None
    assert second.title != first.title
    assert second.title in coordinator.said()
    coordinator.walk_to("catalogues.names")
    for _ in range(40):
        shelf = coordinator.screen.shelf
        if shelf is not None and shelf.name == "vitals":
            break
        coordinator.press(Key.Key_Down)
    assert coordinator.screen.entries.item(0).text() == "Systolic"


def test_a_file_is_looked_at_used_and_withdrawn_by_keys(coordinator: Member, file: Path) -> None:
    coordinator.open(Place("catalogues"))
    coordinator.press(Key.Key_O, CONTROL)
    coordinator.settle()
    said = coordinator.said()
    assert "Vital signs: limits, agency edition 2026-1: 1 entry changes." in said
    assert "50 /min or less, above 110 /min" in said
    assert "45 /min or less, above 120 /min" in said
    assert "Agency protocol 12, 2026" in said
    assert amber() == ["<= 50", "> 110"]
    coordinator.press(Key.Key_Return, CONTROL)
    coordinator.settle()
    coordinator.settle()
    assert amber() == ["<= 45", "> 120"]
    assert coordinator.message().startswith("The agency's edition 2026-1 counts, loaded 21 Nov")
    coordinator.until_at("catalogues.search")
    coordinator.type_text("pulse")
    assert "changed by the agency" in coordinator.said()
    assert "the program's own: 50 /min or less, above 110 /min" in coordinator.said()
    coordinator.press(Key.Key_D, CONTROL)
    assert "counts again" in coordinator.message()
    assert amber() == ["<= 45", "> 120"]
    coordinator.screen.message._act.click()
    coordinator.settle()
    coordinator.settle()
    assert amber() == ["<= 50", "> 110"]
    assert coordinator.message() == ""


def test_a_bad_file_is_told_and_changes_nothing(coordinator: Member, file: Path) -> None:
    coordinator.open(Place("catalogues"))
    coordinator.press(Key.Key_O, CONTROL)
    coordinator.settle()
    coordinator.press(Key.Key_Return, CONTROL)
    coordinator.settle()
    coordinator.settle()
    file.write_text(PULSE.replace("amber", "ambr"), "utf-8")
    coordinator.press(Key.Key_O, CONTROL)
    coordinator.settle()
    said = coordinator.said()
    assert "vitals.toml cannot be used: 1 thing is wrong." in said
    assert "what counted before counts on" in said
    assert "line 3" in said
    assert "Did you mean amber?" in said
    coordinator.until_at("catalogues.leave")
    coordinator.press(Key.Key_Return, CONTROL)
    coordinator.settle()
    assert amber() == ["<= 45", "> 120"]
    coordinator.press(Key.Key_Escape)
    coordinator.until_at("catalogues.search")


def test_a_file_is_dropped(coordinator: Member, file: Path) -> None:
    coordinator.open(Place("catalogues"))
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file))])
    drop = QDropEvent(
        QPoint(500, 300),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    coordinator.screen.dropEvent(drop)
    assert "1 entry changes" in coordinator.said()


def test_a_nurse_sees_but_does_not_change(qtbot: QtBot, window: Window, file: Path) -> None:
    nurse = Member(qtbot, window)
    nurse.enter_as(0)
    nurse.open(Place("catalogues"))
    nurse.press(Key.Key_O, CONTROL)
    nurse.settle()
    assert "Only a coordinator changes the agency's catalogues." in nurse.said()
    nurse.press(Key.Key_Return, CONTROL)
    nurse.settle()
    assert in_force() == {}


def test_an_open_visit_is_read_again_after_a_change(coordinator: Member, file: Path) -> None:
    house = coordinator.inside.house
    visit = admitted(house.unit, SteppingClock(NOW)).visit
    with house.unit() as unit:
        actions.start(unit, visit)
        unit.commit()
    coordinator.open(Place("visit", visit))
    workspace = coordinator.inside.screen_of("visit")
    former = workspace.vitals_line
    assert [str(one.figure) for one in former._limits["pulse"].amber] == ["50", "110"]
    coordinator.open(Place("catalogues"))
    coordinator.press(Key.Key_O, CONTROL)
    coordinator.settle()
    coordinator.press(Key.Key_Return, CONTROL)
    coordinator.settle()
    coordinator.settle()
    coordinator.open(Place("visit", visit))
    coordinator.until(lambda: workspace.visit_desk is not None, "the visit")
    limits = workspace.vitals_line._limits["pulse"].amber
    assert [str(one.figure) for one in limits] == ["45", "120"]


def test_it_counts_after_a_restart_until_the_record_is_locked(
    qtbot: QtBot, coordinator: Member, file: Path
) -> None:
    coordinator.open(Place("catalogues"))
    coordinator.press(Key.Key_O, CONTROL)
    coordinator.settle()
    coordinator.press(Key.Key_Return, CONTROL)
    coordinator.settle()
    coordinator.settle()
    coordinator.window.lock()
    assert in_force() == {}
    assert amber() == ["<= 50", "> 110"]
    coordinator.enter_as(0)
    assert amber() == ["<= 45", "> 120"]


def test_one_that_cannot_be_read_is_said_on_today_and_in_settings(coordinator: Member) -> None:
    with coordinator.inside.house.unit() as unit:
        # As a program of another version would have kept it.
        team.load_catalogue(unit, "vitals", PULSE.replace("amber", "amber_limits"))
        unit.commit()
    coordinator.window.lock()
    coordinator.enter_as(1)
    today = coordinator.inside.screen_of("today").troubled
    assert today.isVisible()
    assert "“Vital signs: limits” cannot be read by this version" in today.words.text()
    coordinator.open(Place("settings"))
    words = [one.text() for one in coordinator.inside.screen_of("settings").findChildren(QLabel)]
    assert any("The program's own figures count" in one for one in words)
    coordinator.open(Place("catalogues"))
    assert "cannot be read by this version" in coordinator.message()
