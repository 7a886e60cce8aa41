"""A picture of every screen, light and dark, with the demo agency; for the eye of a reviewer.

    python -m infusion_visits.app.shots --to DIR

Nothing is drawn for the pictures: the window is driven as a nurse drives it, on a clock that stands
still, and its folder is thrown away afterwards. Names and times are the same on every run.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from infusion_visits.app.camera import (
    Camera,
    application,
    inside_of,
    line_of,
    open_window,
    press,
    scroll_down,
    settle,
    type_into,
    until,
)
from infusion_visits.app.demo import make
from infusion_visits.app.demo.live_visit import LiveVisit
from infusion_visits.app.places import DEMO_PASSPHRASE
from infusion_visits.app.shots_review import review
from infusion_visits.app.shots_rooms import rooms
from infusion_visits.app.unlock import SetUp
from infusion_visits.core.clock import SteppingClock, local_day
from infusion_visits.core.desk import Place
from infusion_visits.core.errors import DeviceTrouble
from infusion_visits.core.kinds import VisitKind, VisitStatus
from infusion_visits.patients.queries import search
from infusion_visits.visits.queries import list_visits
from infusion_visits.visits.rules.completeness import sections_for
from infusion_visits.widgets import theme

if TYPE_CHECKING:
    from uuid import UUID

    from infusion_visits.app.inside import Inside
    from infusion_visits.visits.panel.workspace import Workspace

TODAY = date(2026, 11, 23)
SEED = 20260724
SCHEMES = (theme.Scheme.LIGHT, theme.Scheme.DARK)
# Wall times at the home of the day's live visit: a step comes due in two minutes; then a reaction
# is open and the prescriber told; then all is done but the signature.
RUNS, OPEN, DONE = time(14, 28, 8), time(14, 49, 20), time(16, 59)
SIGNED_DAY = TODAY - timedelta(days=21)
SIGNED_OF, CHART_OF = "Okafor", "Okafor"


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
            theme.apply(application(), scheme)
            shutil.copytree(folder / "demo", folder / scheme / "demo")
            number = first_day(folder / scheme, to, scheme)
            day = told.again()
            number = a_working_day(folder / scheme, to, scheme, day, number)
            count += review(folder / scheme, to, scheme, day.clock, number)
    return count


def first_day(folder: Path, to: Path, scheme: str) -> int:
    """A laptop without a record: first start, set up, the empty house. Returns the last number."""
    clock = SteppingClock(_noon())
    with open_window(folder / "own", folder / "no demo", clock) as window:
        camera = Camera(window, to, scheme)
        camera.take("first start")
        press(window, "unlock.set_up")
        wanted = SetUp(make.AGENCY, make.TELEPHONE, make.NURSE.name, "RN, CRNI", DEMO_PASSPHRASE)
        for name in ("agency", "telephone", "name", "credential"):
            line_of(window, f"set_up.{name}").setText(getattr(wanted, name))
        camera.take("set up")
        window.unlock.set_up_asked.emit(wanted)
        until(lambda: window.inside is not None, "the new record")
        camera.take("today empty")
        inside_of(window).open(Place("patients"))
        camera.take("patients empty")
        inside_of(window).new_patient()
        camera.take("new patient")
        inside_of(window).open(Place("review"))
        camera.take("review empty")
        return camera.number


def a_working_day(folder: Path, to: Path, scheme: str, told: LiveVisit, number: int) -> int:
    """The demo agency on a day with a running infusion. Returns the last number."""
    home = folder / "demo"
    with open_window(home, home, told.clock) as window:
        camera = Camera(window, to, scheme, number)
        _unlock(camera)
        told.record = inside_of(window).house.unlocked.record
        camera.take("today")
        _patients(camera)
        _visit(camera, told)
        _notes(camera, told)
        rooms(camera, told, folder)
        _the_rest(camera, folder)
        return camera.number


def _unlock(camera: Camera) -> None:
    window = camera.window
    camera.take("unlock")
    passphrase = line_of(window, "unlock.passphrase")
    passphrase.setText("explore the demo agancy")
    press(window, "unlock.unlock")
    until(passphrase.isEnabled, "the wrong passphrase")
    camera.take("wrong passphrase")
    passphrase.setText(DEMO_PASSPHRASE)
    press(window, "unlock.unlock")
    until(lambda: window.inside is not None, "the demo agency")


def _patients(camera: Camera) -> None:
    inside = inside_of(camera.window)
    inside.open(Place("patients"))
    panel = inside.screen_of("patients")
    type_into(panel.search.line, "o")
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
    inside = inside_of(camera.window)
    inside.open(Place("visit", told.key))
    settle(camera.window)
    workspace: Workspace = inside.screen_of("visit")
    for section in sections_for(VisitKind(told.visit.kind)):
        workspace.show_section(section.key)
        camera.take(f"visit {section.key}")
    workspace.show_section("infusion")
    workspace.focus_line()
    type_into(workspace.vitals_line.line, "122/78 76 16 98 98.4 1 a air")
    camera.take("visit vitals typed")
    workspace.vitals_line.line.selectAll()
    type_into(workspace.vitals_line.line, "\b")
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
    scroll_down(workspace.forms.form("infusion"))
    camera.take("visit plan")
    workspace.show_section("reaction")
    camera.take("visit reaction asked")


def _notes(camera: Camera, told: LiveVisit) -> None:
    inside = inside_of(camera.window)
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
    inside = inside_of(camera.window)
    inside.open(Place("settings"))
    camera.take("settings")
    inside.open(Place("catalogues"))
    camera.take("catalogues")
    inside.open(Place("team"))
    camera.take("team")
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
