"""A nurse's first visit on a new laptop, from the set-up to the PDF, without a mouse."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from PySide6.QtWidgets import QApplication

from infusion_visits.app.window import Window
from infusion_visits.core.clock import SteppingClock
from infusion_visits.widgets import theme
from tests.fixtures.records import NOW, ZONE
from tests.journeys.at_the_keys import CONTROL, Key, Person

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

SAMPLE = Path(__file__).parents[1] / "data" / "fhir" / "patient-01.json"
PASSPHRASE = "blue kettle quiet river"


ORDER = {
    "drug": "infliximab-dyyb",
    "dose": "410",
    "dose_unit": "mg",
    "volume_ml": "250",
    "route": "i",
    "delivery": "p",
    "observation_minutes": "30",
    "prescriber": "Dr. Rahel Stern",
}


@pytest.fixture
def time() -> SteppingClock:
    return SteppingClock(NOW)


@pytest.fixture
def nurse(qtbot: QtBot, qapp: QApplication, tmp_path: Path, time: SteppingClock) -> Iterator[Person]:
    theme.apply(qapp, "light")
    window = Window(tmp_path / "record", tmp_path / "demo", time, ZONE)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
    yield Person(qtbot, window)
    window.close()


def test_first_visit_by_keyboard(nurse: Person, time: SteppingClock, tmp_path: Path) -> None:
    set_up(nurse)
    import_a_patient(nurse)
    open_the_chart(nurse)
    write_an_order(nurse)
    start_a_visit(nurse)


def set_up(nurse: Person) -> None:
    nurse.until_at("unlock.set_up")
    nurse.enter()
    for name, text in (
        ("agency", "Riverbend Home Infusion"),
        ("telephone", "555-0100"),
        ("name", "Ines Halvorsen"),
        ("credential", "RN"),
        ("passphrase", PASSPHRASE),
        ("again", PASSPHRASE),
    ):
        nurse.until_at(f"set_up.{name}")
        nurse.answer(text)
    nurse.until(lambda: nurse.window.inside is not None, "the house")
    nurse.settle()
    nurse.until_at("empty.act")


def import_a_patient(nurse: Person) -> None:
    inside = nurse.window.inside
    assert inside is not None
    nurse.press(Key.Key_2, CONTROL)
    nurse.settle()
    nurse.until_at("patients.search")
    inside.screen("patients").bring_in([SAMPLE])
    nurse.settle()
    nurse.until_at("import.done")
    nurse.window.grab().save("/tmp/s-import.png")
    nurse.enter()
    nurse.until_at("patients.search")


def open_the_chart(nurse: Person) -> None:
    nurse.type_text("mitchel")
    nurse.enter()
    nurse.until_at("chart.plan")


def write_an_order(nurse: Person) -> None:
    nurse.press(Key.Key_O, CONTROL)
    nurse.until_at("add therapy_order")
    nurse.press(Key.Key_Insert)
    nurse.until(lambda: nurse.at.endswith("/drug"), "the form of the order")
    nurse.fill(ORDER)
    nurse.walk_to("add rate_step")
    nurse.enter()
    nurse.until(lambda: nurse.at.endswith("1/rate"), "the first step")
    nurse.fill({"rate": "100", "rate_unit": "mL/h", "minutes": "30"})
    nurse.walk_to("add rate_step")
    nurse.enter()
    nurse.until(lambda: nurse.at.endswith("2/rate"), "the second step")
    nurse.fill({"rate": "200", "rate_unit": "mL/h", "until_complete": "y"})
    nurse.settle()
    nurse.window.grab().save("/tmp/s-order.png")
    nurse.until(lambda: nurse.at.startswith("chart.use."), "the way to use the order")
    nurse.window.grab().save("/tmp/s-chart.png")
    nurse.enter()
    nurse.settle()
    nurse.window.grab().save("/tmp/s-chart2.png")
    print("AT", nurse.at, nurse.focus)


def start_a_visit(nurse: Person) -> None:
    nurse.press(Key.Key_P, CONTROL)
    nurse.until_at("plan.kind")
    nurse.window.grab().save("/tmp/s-plan.png")
    nurse.press(Key.Key_Return, CONTROL)
    nurse.until(lambda: nurse.at.startswith("arrival/"), "the visit")
    nurse.settle()
    nurse.window.grab().save("/tmp/s-visit.png")
    print("AT", nurse.at, nurse.focus)
    nurse.answer_missing({})
