"""Pictures of what the day of the first pictures does not pass: an order from the catalogue, the
plan of care, an infusion that runs for days, rows being filled in, an agency's own figures.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit

from infusion_visits.app.camera import inside_of, scroll_down, settle, type_into, until
from infusion_visits.core.clock import local_day
from infusion_visits.core.desk import Place
from infusion_visits.core.kinds import VisitKind, VisitStatus
from infusion_visits.patients.queries import search
from infusion_visits.visits import actions
from infusion_visits.visits.queries import list_visits

if TYPE_CHECKING:
    from pathlib import Path
    from uuid import UUID

    from infusion_visits.app.camera import Camera
    from infusion_visits.app.demo.live_visit import LiveVisit
    from infusion_visits.app.inside import Inside

ORDER_FOR, DRUG, WRONG_DOSE = "Nakamura", "iron sucrose", "500"
FOR_DAYS, CONTROLLED = "Ferreira", "Kowalczyk"
OWN_FIGURES = """catalogue = "vitals"
edition = "2026-1"

[pulse]
amber = ["<= 45", "> 120"]
source = "Agency protocol 12, 2026"
"""
WRONG_FIGURES = """catalogue = "vitals"
edition = "2026-1"

[puls]
amber = ["<= 45", "> 120"]
"""


def rooms(camera: Camera, told: LiveVisit, folder: Path) -> None:
    """All of them; the window stands where it was left."""
    _order(camera)
    _plan_of_care(camera)
    _runs_for_days(camera, told)
    _controlled(camera, told)
    _own_figures(camera, folder)


def _order(camera: Camera) -> None:
    inside = inside_of(camera.window)
    inside.open(Place("patients"))
    panel = inside.screen_of("patients")
    panel.open_patient(_patient(inside, ORDER_FOR))
    settle(camera.window)
    panel.edit("orders")
    settle(camera.window)
    _type(DRUG)
    camera.take("order from the catalogue")
    _press(Qt.Key.Key_Return)
    settle(camera.window)
    camera.take("order begun")
    _type(WRONG_DOSE)
    _press(Qt.Key.Key_Return)
    camera.take("order differs")
    panel.go_back()
    settle(camera.window)


def _plan_of_care(camera: Camera) -> None:
    inside = inside_of(camera.window)
    panel = inside.screen_of("patients")
    panel.open_patient(_patient(inside, FOR_DAYS))
    settle(camera.window)
    scroll_down(panel.overview, 0.5)
    camera.take("chart middle")
    scroll_down(panel.overview)
    camera.take("chart end")
    panel.edit("person")
    settle(camera.window)
    scroll_down(panel.stack.currentWidget(), 0.85)
    camera.take("plan of care form")
    panel.go_back()


def _runs_for_days(camera: Camera, told: LiveVisit) -> None:
    inside = inside_of(camera.window)
    visit = _scheduled(inside, FOR_DAYS)
    with told.unit() as unit:
        actions.start(unit, visit)
    inside.open(Place("visit", visit))
    settle(camera.window)
    workspace = inside.screen_of("visit")
    for section in ("arrival", "infusion", "medicines", "labs", "communication", "supplies"):
        workspace.show_section(section)
        settle(camera.window)
        if section in {"labs", "communication"}:
            _press(Qt.Key.Key_Insert)
        camera.take(f"for days {section}")
    workspace.show_section("assessment")
    settle(camera.window)
    _press(Qt.Key.Key_Return)
    _press(Qt.Key.Key_C, "c")
    camera.take("for days assessment changed")
    workspace.show_section("devices")
    settle(camera.window)
    scroll_down(workspace.forms.form("devices"), 0.5)
    camera.take("for days devices lower")


def _controlled(camera: Camera, told: LiveVisit) -> None:
    inside = inside_of(camera.window)
    patient = _patient(inside, CONTROLLED)
    with told.unit() as unit:
        before = list_visits(unit, patient=patient)
        order = next(line.order for line in before if line.order)
        kind = VisitKind.PUMP_CHANGE
        visit = actions.schedule(unit, patient, kind, told.clock.now(), before[0].zone, order=order)
        actions.start(unit, visit)
    inside.open(Place("visit", visit))
    settle(camera.window)
    workspace = inside.screen_of("visit")
    workspace.show_section("infusion")
    camera.take("controlled infusion")
    scroll_down(workspace.forms.form("infusion"), 0.6)
    camera.take("controlled infusion lower")


def _own_figures(camera: Camera, folder: Path) -> None:
    inside = inside_of(camera.window)
    inside.open(Place("catalogues"))
    settle(camera.window)
    screen = inside.screen_of("catalogues")
    for name, text in (("vitals", OWN_FIGURES), ("vitals wrong", WRONG_FIGURES)):
        file = folder / f"{name}.toml"
        file.write_text(text, encoding="utf-8")
        screen.look(file)
        until(lambda: screen.stack.currentIndex() == 1, "the report")
        camera.take(f"catalogue report {name}")
        screen.leave_report()


def _patient(inside: Inside, name: str) -> UUID:
    with inside.house.unit() as unit:
        return search(unit, name, 1)[0].id


def _scheduled(inside: Inside, name: str) -> UUID:
    """The visit of today that waits."""
    with inside.house.unit() as unit:
        lines = list_visits(unit, patient=search(unit, name, 1)[0].id)
        today = local_day(unit.now, lines[0].zone)
        return next(
            line.id
            for line in lines
            if line.status is VisitStatus.SCHEDULED
            and local_day(line.scheduled, line.zone) == today
        )


def _type(text: str) -> None:
    line = QApplication.focusWidget()
    if not isinstance(line, QLineEdit):
        raise LookupError(f"no line has the keys to type {text}")
    type_into(line, text)


def _press(key: Qt.Key, text: str = "") -> None:
    """As a key at whatever has the keys."""
    widget = QApplication.focusWidget()
    if widget is None:
        raise LookupError("nothing has the keys")
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(widget, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text))
