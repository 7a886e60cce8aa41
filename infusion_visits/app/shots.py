"""A picture of every screen, light and dark, with the demo agency; for the eye of a reviewer.

    python -m infusion_visits.app.shots --to DIR

Nothing is drawn for the pictures: the window is driven as a nurse drives it, on a clock that stands
still, and its folder is thrown away afterwards. Names and times are the same on every run.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

# Before Qt starts: pictures are made where nobody looks on.
os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QEventLoop,
    QMessageLogContext,
    Qt,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton

from infusion_visits.app.demo import make
from infusion_visits.app.demo.live_visit import LiveVisit
from infusion_visits.app.places import DEMO_PASSPHRASE
from infusion_visits.app.unlock import SetUp
from infusion_visits.app.window import Window
from infusion_visits.core.clock import SteppingClock, local_day
from infusion_visits.core.desk import Place
from infusion_visits.core.errors import DeviceTrouble
from infusion_visits.core.kinds import VisitKind, VisitStatus
from infusion_visits.patients.queries import search
from infusion_visits.visits.queries import list_visits
from infusion_visits.visits.rules.completeness import sections_for
from infusion_visits.widgets import theme

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from uuid import UUID

    from infusion_visits.app.inside import Inside
    from infusion_visits.visits.panel.workspace import Workspace

TODAY = date(2026, 11, 23)
SEED = 20260724
SCHEMES = (theme.Scheme.LIGHT, theme.Scheme.DARK)
LONGEST_S = 60
# Wall times at the home of the day's live visit: a step comes due in two minutes; then a reaction
# is open and the prescriber told; then all is done but the signature.
RUNS, OPEN, DONE = time(14, 28, 8), time(14, 49, 20), time(16, 59)
SIGNED_DAY = TODAY - timedelta(days=21)
SIGNED_OF, CHART_OF = "Okafor", "Okafor"


class Camera:
    """Takes the window as it stands, under a number and a name."""

    def __init__(self, window: Window, to: Path, scheme: str, number: int = 0) -> None:
        self.window = window
        self._to, self._scheme, self.number = to, scheme, number

    def take(self, name: str) -> None:
        """One picture; nothing is under way when it is taken."""
        settle(self.window)
        self.number += 1
        file = self._to / f"{self._scheme}-{self.number:02}-{name.replace(' ', '-')}.png"
        if not self.window.grab().save(str(file)):
            raise DeviceTrouble("picture", f"The picture {file.name} cannot be written.")


def shoot(to: Path) -> int:
    """Makes all pictures in the folder `to`; says how many. Ends by itself."""
    to.mkdir(parents=True, exist_ok=True)
    count = 0
    with tempfile.TemporaryDirectory(prefix="infusion-visits-") as name:
        folder = Path(name)
        make.make(folder / "demo", TODAY, SEED)
        told = LiveVisit.begin(folder / "demo", TODAY, SEED)
        told.go_on(RUNS)
        told.close()
        for scheme in SCHEMES:
            theme.apply(_application(), scheme)
            shutil.copytree(folder / "demo", folder / scheme / "demo")
            number = first_day(folder / scheme, to, scheme)
            count += a_working_day(folder / scheme, to, scheme, told.again(), number)
    return count


def first_day(folder: Path, to: Path, scheme: str) -> int:
    """A laptop without a record: first start, set up, the empty house. Returns the last number."""
    clock = SteppingClock(_noon())
    with _open_window(folder / "own", folder / "no demo", clock) as window:
        camera = Camera(window, to, scheme)
        camera.take("first start")
        _press(window, "unlock.set_up")
        wanted = SetUp(make.AGENCY, make.TELEPHONE, make.NURSE.name, "RN, CRNI", DEMO_PASSPHRASE)
        for name in ("agency", "telephone", "name", "credential"):
            _line(window, f"set_up.{name}").setText(getattr(wanted, name))
        camera.take("set up")
        window.unlock.set_up_asked.emit(wanted)
        _until(lambda: window.inside is not None, "the new record")
        camera.take("today empty")
        _inside(window).open(Place("patients"))
        camera.take("patients empty")
        _inside(window).new_patient()
        camera.take("new patient")
        return camera.number


def a_working_day(folder: Path, to: Path, scheme: str, told: LiveVisit, number: int) -> int:
    """The demo agency on a day with a running infusion. Returns the last number."""
    home = folder / "demo"
    with _open_window(home, home, told.clock) as window:
        camera = Camera(window, to, scheme, number)
        _unlock(camera)
        told.record = _inside(window).house.unlocked.record
        camera.take("today")
        _patients(camera)
        _visit(camera, told)
        _notes(camera, told)
        _the_rest(camera, folder)
        return camera.number


def _unlock(camera: Camera) -> None:
    window = camera.window
    camera.take("unlock")
    passphrase = _line(window, "unlock.passphrase")
    passphrase.setText("explore the demo agancy")
    _press(window, "unlock.unlock")
    _until(passphrase.isEnabled, "the wrong passphrase")
    camera.take("wrong passphrase")
    passphrase.setText(DEMO_PASSPHRASE)
    _press(window, "unlock.unlock")
    _until(lambda: window.inside is not None, "the demo agency")


def _patients(camera: Camera) -> None:
    inside = _inside(camera.window)
    inside.open(Place("patients"))
    panel = inside.screen_of("patients")
    _type(panel.search.line, "o")
    camera.take("patients")
    panel.search.line.setText("nobody at all")
    camera.take("nobody found")
    panel.search.line.setText("")
    panel.open_patient(_patient(inside, CHART_OF))
    camera.take("chart")
    for name, act in (
        ("person form", lambda: panel.edit("person")),
        ("orders form", lambda: panel.edit("orders")),
        ("measurements", panel.show_measurements),
        ("plan a visit", panel.ask_plan),
    ):
        act()
        camera.take(name)
        panel.go_back()


def _visit(camera: Camera, told: LiveVisit) -> None:
    inside = _inside(camera.window)
    inside.open(Place("visit", told.key))
    settle(camera.window)
    workspace: Workspace = inside.screen_of("visit")
    for section in sections_for(VisitKind(told.visit.kind)):
        workspace.show_section(section.key)
        camera.take(f"visit {section.key}")
    workspace.show_section("infusion")
    workspace.focus_line()
    _type(workspace.vitals_line.line, "122/78 76 16 98 98.4 1 a air")
    camera.take("visit vitals typed")
    workspace.vitals_line.line.selectAll()
    _type(workspace.vitals_line.line, "\b")
    workspace.ask_act("hold")
    camera.take("visit hold asked")
    inside.find_anything()
    inside.palette_box.line.setText("t")
    camera.take("find anything")
    inside.find_anything()
    inside.show_keys()
    camera.take("keys")
    inside.keys_help.hide()
    workspace.ask_sign()
    camera.take("review missing")
    told.go_on(OPEN)
    _read_again(inside, told.key)
    workspace.show_section("complications")
    camera.take("visit complication open")
    workspace.show_section("infusion")
    camera.take("visit slowed")
    workspace.ask_act("reaction")
    camera.take("visit reaction asked")


def _notes(camera: Camera, told: LiveVisit) -> None:
    inside = _inside(camera.window)
    told.go_on(DONE)
    _read_again(inside, told.key)
    inside.screen_of("visit").show_section("infusion")
    camera.take("visit ended")
    inside.open(Place("sign", told.key))
    camera.take("review ready")
    with inside.house.unit() as unit:
        signed = next(
            line.id
            for line in list_visits(unit, patient=search(unit, SIGNED_OF, 1)[0].id)
            if line.status is VisitStatus.SIGNED
            and local_day(line.scheduled, line.zone) == SIGNED_DAY
        )
    inside.open(Place("note", signed))
    camera.take("signed note")


def _the_rest(camera: Camera, folder: Path) -> None:
    inside = _inside(camera.window)
    inside.open(Place("settings"))
    camera.take("settings")
    inside.open(Place("catalogues"))
    camera.take("catalogues")
    inside.open(Place("patients"))
    inside.screen_of("patients").bring_in(_files(folder))
    camera.take("import report")
    inside.open(Place("today"))
    settle(camera.window)
    inside.house.report(
        DeviceTrouble("disk-full", "The disk is full. Free some space, then go on.")
    )
    camera.take("error")


def _read_again(inside: Inside, visit: UUID) -> None:
    """The visit as the record holds it now, as if it had just been opened."""
    inside.screen_of("visit").leave()
    settle(inside.window())
    inside.open(Place("visit", visit))
    settle(inside.window())


def _files(folder: Path) -> list[Path]:
    """A patient as a hospital would send him, and a file that was cut off on its way."""
    who = {"reference": "urn:uuid:5a0c1de2-0000-4000-8000-000000000001"}
    active = {"coding": [{"code": "active"}]}
    resources: list[dict[str, Any]] = [
        {
            "resourceType": "Patient",
            "id": who["reference"].removeprefix("urn:uuid:"),
            "identifier": [{"system": "urn:oid:2.16.840.1.113883.19.5", "value": "0042-152"}],
            "name": [{"use": "official", "family": "Brandvold", "given": ["Aksel"]}],
            "gender": "male",
            "birthDate": "1958-04-02",
        },
        {
            "resourceType": "AllergyIntolerance",
            "id": "allergy",
            "patient": who,
            "clinicalStatus": active,
            "code": {"text": "Vancomycin"},
        },
        {
            "resourceType": "Condition",
            "id": "condition",
            "subject": who,
            "clinicalStatus": active,
            "code": {"text": "Osteomyelitis of the left foot"},
        },
    ]
    entries = [{"fullUrl": f"urn:uuid:{one['id']}", "resource": one} for one in resources]
    whole = json.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries})
    good, broken = folder / "hospital-discharge.json", folder / "pharmacy-list.json"
    good.write_text(whole, encoding="utf-8")
    broken.write_text(whole[: len(whole) // 2], encoding="utf-8")
    return [good, broken]


@contextmanager
def _open_window(home: Path, demo: Path, clock: SteppingClock) -> Iterator[Window]:
    window = Window(home, demo, clock, make.ZONE)
    window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    window.show()
    window.activateWindow()
    try:
        yield window
    finally:
        window.close()
        _let_events_pass()


def settle(window: Any) -> None:
    """Waits until nothing is under way between screen and disk, and all is laid out."""
    inside = window.inside
    if inside is not None:
        _until(lambda: inside.house.runner.idle, "the disk")
    _let_events_pass()


def _until(seen: Callable[[], bool], what: str) -> None:
    end = monotonic() + LONGEST_S
    while not seen():
        if monotonic() > end:
            raise TimeoutError(f"waited {LONGEST_S} s for {what}")
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 20)


def _let_events_pass() -> None:
    for _ in range(3):
        QApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _application() -> QApplication:
    application = QApplication.instance() or QApplication(["infusion-visits"])
    if not isinstance(application, QApplication):
        raise TypeError("another kind of Qt application is running")
    application.setCursorFlashTime(0)  # a caret that blinks is not the same twice
    return application


def _line(window: Window, name: str) -> QLineEdit:
    found: QLineEdit | None = window.findChild(QLineEdit, name)
    if found is None:
        raise LookupError(f"no line is called {name}")
    return found


def _type(line: QLineEdit, text: str) -> None:
    """As keys: what a line makes of being typed in is shown too."""
    for letter in text:
        key = Qt.Key.Key_Backspace if letter == "\b" else Qt.Key.Key_unknown
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, letter)
            QCoreApplication.sendEvent(line, event)


def _press(window: Window, name: str) -> None:
    found: QPushButton | None = window.findChild(QPushButton, name)
    if found is None:
        raise LookupError(f"no button is called {name}")
    found.click()


def _inside(window: Window) -> Inside:
    if window.inside is None:
        raise LookupError("the house is not open")
    return window.inside


def _patient(inside: Inside, name: str) -> UUID:
    with inside.house.unit() as unit:
        return search(unit, name, 1)[0].id


def _noon() -> datetime:
    return datetime(TODAY.year, TODAY.month, TODAY.day, 13, 0, tzinfo=UTC)


def _say_of_qt(_kind: QtMsgType, _where: QMessageLogContext, words: str) -> None:
    """What Qt has to say, but for what it says at every resizing of a window that nobody sees."""
    if "propagateSizeHints" not in words:
        print(words, file=sys.stderr)


def main() -> int:
    """Makes the pictures and prints their folder."""
    parser = argparse.ArgumentParser(prog="shots", description="a picture of every screen")
    parser.add_argument("--to", metavar="DIR", type=Path, required=True)
    to: Path = parser.parse_args().to
    qInstallMessageHandler(_say_of_qt)
    count = shoot(to)
    print(f"{count} pictures in {to}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
