"""Every screen by the keyboard: Tab passes through all, everything has a name, Escape returns.

Peers' rules R8 to R10 and R22, over the screens of a lived-in demo agency.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit

from infusion_visits.app.places import DEMO_PASSPHRASE
from infusion_visits.app.window import Window
from infusion_visits.core.clock import SteppingClock
from infusion_visits.core.desk import Place
from infusion_visits.core.kinds import VisitStatus
from infusion_visits.visits import actions
from infusion_visits.visits.queries import list_visits
from infusion_visits.widgets import theme
from infusion_visits.widgets.reading_order import tab_stops
from tests.fixtures.demo import DEMO_MORNING, DEMO_ZONE
from tests.journeys.at_the_keys import CONTROL, SHIFT, Key, Person

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from uuid import UUID

    from pytestqt.qtbot import QtBot

    from infusion_visits.app.inside import Inside

pytest_plugins = ["tests.fixtures.demo"]


class Nurse(Person):
    """A nurse who unlocked the demo agency and started a visit of its day."""

    visit: UUID
    patient: UUID

    @property
    def inside(self) -> Inside:
        assert self.window.inside is not None
        return self.window.inside

    def open(self, place: Place) -> None:
        self.inside.open(place)
        self.settle()

    def screens(self) -> Iterator[str]:
        """Goes from screen to screen; the name of each."""
        for name in ("today", "export", "patients", "settings", "team", "catalogues"):
            self.open(Place(name))
            yield name
        self.open(Place("patient", self.patient))
        yield "chart"
        for name, key in (
            ("person", Key.Key_E),
            ("orders", Key.Key_O),
            ("plan", Key.Key_P),
            ("new patient", Key.Key_N),
        ):
            self.press(key, CONTROL)
            self.settle()
            yield name
        self.open(Place("visit", self.visit))
        workspace = self.inside.screen_of("visit")
        for line in workspace.sections.lines:
            workspace.show_section(line.item.key)
            self.settle()
            yield f"visit, {line.item.key}"
        self.open(Place("sign", self.visit))
        yield "review"


@pytest.fixture
def nurse(qtbot: QtBot, qapp: QApplication, demo_home: Path) -> Iterator[Nurse]:
    theme.apply(qapp, "light")
    window = Window(demo_home, demo_home, SteppingClock(DEMO_MORNING), DEMO_ZONE)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
    person = Nurse(qtbot, window)
    person.until_at("unlock.passphrase")
    person.answer(DEMO_PASSPHRASE)
    person.until(lambda: window.inside is not None, "the house")
    person.settle()
    with person.inside.house.unit() as unit:
        line = next(one for one in list_visits(unit) if one.status is VisitStatus.SCHEDULED)
        actions.start(unit, line.id)
        unit.commit()
    person.visit, person.patient = line.id, line.patient
    yield person
    window.close()


def test_everything_that_takes_keys_has_a_name_and_an_address_on_the_screen(nurse: Nurse) -> None:
    nameless = {
        f"{screen}: {type(stop).__name__} {stop.objectName()}"
        for screen in nurse.screens()
        for stop in tab_stops(nurse.window)
        if not stop.accessibleName()
    }
    assert nameless == set()


@pytest.mark.parametrize(("key", "modifier"), [(Key.Key_Tab, None), (Key.Key_Tab, SHIFT)])
def test_tab_passes_through_everything_and_comes_back(
    nurse: Nurse, key: Key, modifier: object
) -> None:
    for screen in nurse.screens():
        stops = tab_stops(nurse.window)
        assert stops, f"{screen}: a dead end"
        stops[0].setFocus()
        seen = [stops[0]]
        for _ in stops:
            nurse.press(key, SHIFT) if modifier else nurse.press(key)
            seen.append(nurse.focus)
        assert {id(one) for one in seen} == {id(one) for one in stops}, screen
        assert seen[-1] is stops[0], f"{screen}: Tab does not come round"


def test_tab_goes_from_above_to_below_and_from_left_to_right(nurse: Nurse) -> None:
    nurse.open(Place("visit", nurse.visit))
    nurse.press(Key.Key_M, CONTROL)
    names = []
    for _ in tab_stops(nurse.window):
        names.append(nurse.at)
        nurse.press(Key.Key_Tab)
    fields = [place for place, name in enumerate(names) if name.startswith("arrival/")]
    assert names[0] == "vitals/vital_signs/line"
    assert 0 < names.index("workspace.sign") < fields[0]
    assert fields == list(range(fields[0], fields[-1] + 1)), "Tab leaves the form halfway"
    assert names[fields[-1] :].index("rail.today")


@pytest.mark.parametrize("keys", [(Key.Key_K, CONTROL), (Key.Key_F1, None)])
def test_what_lies_over_the_page_gives_the_keys_back_to_the_same_place(
    nurse: Nurse, keys: tuple[Key, object]
) -> None:
    nurse.open(Place("patients"))
    nurse.until_at("patients.search")
    nurse.type_text("okaf")
    nurse.press(Key.Key_Left)
    line = nurse.focus
    assert isinstance(line, QLineEdit)
    key, modifier = keys
    nurse.press(key, CONTROL) if modifier else nurse.press(key)
    assert nurse.focus is not line
    nurse.press(Key.Key_Escape)
    assert nurse.focus is line
    assert line.cursorPosition() == 3


def test_the_palette_finds_a_patient_and_a_command(nurse: Nurse) -> None:
    nurse.press(Key.Key_K, CONTROL)
    nurse.settle()
    nurse.type_text("set")
    nurse.enter()
    nurse.settle()
    assert nurse.inside.place.screen == "settings"
    nurse.press(Key.Key_K, CONTROL)
    nurse.settle()
    nurse.type_text("okafor")
    nurse.enter()
    nurse.settle()
    assert nurse.inside.place.screen == "patient"


def test_the_marked_name_is_whose_chart_is_open(nurse: Nurse) -> None:
    nurse.open(Place("patients"))
    search = nurse.inside.screen_of("patients").search
    everybody = [search.found.item(row).text() for row in range(search.found.count())]
    assert len(everybody) > 2
    nurse.type_text(everybody[2].split(",")[0])
    nurse.enter()
    nurse.settle()
    nurse.press(Key.Key_F, CONTROL)
    nurse.press(Key.Key_Backspace)
    assert search.found.chosen.title == everybody[2]
    banner = nurse.inside.screen_of("patients").banner
    assert banner.accessibleName().startswith(f"Patient {everybody[2]}")
