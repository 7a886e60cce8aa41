"""A nurse's first visit on a new laptop, from the set-up to the PDF, without a mouse."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from infusion_visits.app.window import Window
from infusion_visits.core.clock import SteppingClock
from infusion_visits.widgets import theme
from tests.fixtures.records import NOW, ZONE
from tests.journeys.at_the_keys import CONTROL, NONE, Key, Person, Strays

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QApplication
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
ARRIVAL = {
    "arrival/arrival/time_in": "now",
    "arrival/arrival/identifiers": " b ",
    "arrival/arrival/identified_at": "now",
    "arrival/arrival/place": "h",
    "arrival/arrival/allergies_review": "r",
    "arrival/arrival/medicines_review": "r",
    "arrival/arrival/hand_hygiene": "y",
}
PLACED = {
    "devices/access_device/*/inserted_at": "now",
    "devices/access_device/*/insertion_antiseptic": "chlor",
    "devices/access_device/*/attempts": "1",
    "devices/access_device/*/insertion_tolerated": "w",
}
KIT = {
    "supplies/kit_check/checked_at": "now",
    "supplies/kit_check/state": "s",
    "supplies/kit_check/first_expiry": "2027-09-30",
    "supplies/kit_check/order_there": "y",
}
DEPARTURE = {
    "departure/departure/time_out": "now",
    "departure/departure/condition": "s",
    "departure/departure/tolerance": "t",
    "departure/departure/vitals_stable": "y",
    "departure/departure/access": "f",
    "departure/departure/observed": "y",
    "departure/departure/knows_number": "y",
    "departure/departure/plan": "Next infusion in eight weeks.",
}
IN_THE_NOTE = (
    "Mitchell, Sylvia",
    "No known allergies",
    "infliximab-dyyb 410 mg 410 mg",
    "fastest rate 200 mL/h 200 mL/h",
    "running 1 h 30 min",
    "Lot LX4402",
    "Peripheral line, left forearm, placed 09:00",
    "09:00 before 118/76",
    "09:30 100 mL/h 122/78",
    "11:00 watched 119/74",
    "Next infusion in eight weeks",
    "by Ines Halvorsen, RN",
)


@pytest.fixture
def time() -> SteppingClock:
    return SteppingClock(NOW)


@pytest.fixture
def nurse(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, time: SteppingClock
) -> Iterator[Person]:
    theme.apply(qapp, "light")
    window = Window(tmp_path / "record", tmp_path / "demo", time, ZONE)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
    strays = Strays(window)
    qapp.installEventFilter(strays)
    yield Person(qtbot, window)
    qapp.removeEventFilter(strays)
    window.close()
    assert strays.seen == []


def test_first_visit_by_keyboard(nurse: Person, time: SteppingClock, tmp_path: Path) -> None:
    # Windows of other tests of this process may still have theirs.
    before = set(threading.enumerate())
    set_up(nurse)
    import_a_patient(nurse)
    open_the_chart(nurse)
    write_an_order(nurse)
    ask_about_allergies(nurse)
    start_a_visit(nurse)
    nurse.answer_missing(ARRIVAL)
    screen(nurse)
    place_a_line(nurse)
    assess(nurse)
    infuse(nurse, time)
    depart(nurse)
    sign(nurse)
    said = save_the_pdf(nurse, tmp_path / "note.pdf")
    for words in IN_THE_NOTE:
        assert words in said, words
    nurse.window.close()
    mine = set(threading.enumerate()) - before
    assert not [one for one in mine if one.name in {"database", "io 1", "io 2"}]


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
    inside.screen_of("patients").bring_in([SAMPLE])
    nurse.settle()
    nurse.until_at("import.done")
    nurse.enter()
    nurse.until_at("patients.search")


def open_the_chart(nurse: Person) -> None:
    nurse.type_text("mitchel")
    nurse.enter()
    nurse.until_at("chart.plan")


def write_an_order(nurse: Person) -> None:
    nurse.press(Key.Key_O, CONTROL)
    nurse.until_at("order.therapy")
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
    nurse.until(lambda: nurse.at.startswith("chart.use."), "the way to use the order")
    nurse.enter()
    nurse.settle()


def ask_about_allergies(nurse: Person) -> None:
    nurse.press(Key.Key_E, CONTROL)
    nurse.until(lambda: nurse.at.startswith("patients/patient/"), "the form of the person")
    nurse.fill({"allergy_state": "no known"})
    nurse.settle()
    nurse.press(Key.Key_Escape)
    nurse.until_at("chart.edit")


def start_a_visit(nurse: Person) -> None:
    nurse.press(Key.Key_P, CONTROL)
    nurse.until_at("plan.kind")
    nurse.press(Key.Key_Return, CONTROL)
    nurse.until(lambda: nurse.at.startswith("arrival/"), "the visit")
    nurse.settle()


def screen(nurse: Person) -> None:
    nurse.answer_missing({"screening/screening_answer/at": "now"})
    nurse.type_text("a")
    nurse.settle()


def place_a_line(nurse: Person) -> None:
    nurse.press(Key.Key_PageDown, CONTROL)
    nurse.press(Key.Key_PageDown, CONTROL)
    nurse.until_at("add access_device")
    nurse.press(Key.Key_Insert)
    nurse.press(Key.Key_Right)
    nurse.enter()
    nurse.until(lambda: nurse.at.endswith("/side"), "the form of the line")
    nurse.fill({"side": "l", "site": "forearm", "placed_here": "y", "gauge": "22"})
    nurse.settle()
    nurse.press(Key.Key_F4)
    nurse.settle()
    nurse.fill({"flush": "f", "blood_return_before": "b", "saline_ml": "10"})
    nurse.settle()
    nurse.answer_at(PLACED)


def assess(nurse: Person) -> None:
    nurse.answer_at({"assessment/assessment/at": "now"})
    nurse.type_text("a")
    nurse.settle()
    nurse.answer_at(KIT)


def infuse(nurse: Person, time: SteppingClock) -> None:
    take_vitals(nurse, "118/76 72 16 98 98.4 0 a air ra")
    for _ in range(40):
        # The walk goes on from where it was, and round.
        nurse.press(Key.Key_J, CONTROL)
        nurse.settle()
        if nurse.at == "act set_up":
            break
    nurse.until_at("act set_up")
    nurse.press(Key.Key_F6, CONTROL)
    nurse.settle()
    nurse.until(lambda: nurse.at.endswith("infusion/1/method"), "the set-up")
    nurse.fill({"method": "p", "prepared_ml": "250", "second_check": "read"})
    nurse.walk_to("add product_lot")
    nurse.enter()
    nurse.until(lambda: nurse.at.endswith("/product"), "the lot")
    nurse.fill({"product": "infliximab-dyyb 100 mg", "lot": "LX4402", "expiry": "2028-06-30"})
    nurse.settle()
    act(nurse, Key.Key_F6, CONTROL)
    time.forward(minutes=30)
    take_vitals(nurse, "122/78 76 16 98 98.6 0 a air ra")
    act(nurse, Key.Key_F6)
    time.forward(minutes=60)
    take_vitals(nurse, "120/76 74 16 98 98.4 0 a air ra")
    act(nurse, Key.Key_F7, CONTROL, "250")
    time.forward(minutes=30)
    take_vitals(nurse, "119/74 70 16 98 98.4 0 a air ra")
    nurse.answer_at({"infusion/infusion/1/tolerated": "w"})


def act(nurse: Person, key: Key, modifier: Qt.KeyboardModifier = NONE, *texts: str) -> None:
    nurse.press(key, modifier)
    nurse.settle()
    for text in texts:
        nurse.type_text(text)
        nurse.enter()
    nurse.press(Key.Key_Space)
    nurse.settle()


def take_vitals(nurse: Person, line: str) -> None:
    nurse.press(Key.Key_M, CONTROL)
    nurse.until_at("vitals/vital_signs/line")
    nurse.type_text(line)
    nurse.enter()
    nurse.settle()


def depart(nurse: Person) -> None:
    nurse.answer_at(DEPARTURE)
    nurse.settle()
    nurse.press(Key.Key_J, CONTROL)
    nurse.fill({"no_patient_ink": "asleep"})


def sign(nurse: Person) -> None:
    nurse.press(Key.Key_Return, CONTROL)
    nurse.settle()
    nurse.until_at("sign.passphrase")
    nurse.type_text(PASSPHRASE)
    nurse.enter()
    nurse.until_at("note.export")
    nurse.settle()


def save_the_pdf(nurse: Person, to: Path) -> str:
    inside = nurse.window.inside
    assert inside is not None
    inside.screen_of("note").save_to(to)
    nurse.settle()
    with pypdfium2.PdfDocument(to) as pdf:
        return "\n".join(page.get_textpage().get_text_range() for page in pdf)
