"""Visits in the chart: started, missed, cancelled where they stand; the others lead on."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from infusion_visits.chart.queries import load_view
from infusion_visits.core.desk import Place
from infusion_visits.core.kinds import VisitKind, VisitStatus
from infusion_visits.records import cells
from infusion_visits.visits import actions
from infusion_visits.visits.queries import list_visits, visit_line
from infusion_visits.visits.tables import VisitTable
from infusion_visits.widgets.act_button import ActButton
from infusion_visits.widgets.act_row import ActRow
from infusion_visits.widgets.chips import Chip
from tests.chart.room import CONTROL, SHIFT, Key

if TYPE_CHECKING:
    from uuid import UUID

    from infusion_visits.visits.queries import VisitLine
    from tests.chart.room import Room


def line(room: Room, visit: UUID) -> VisitLine:
    with room.unit_for(write=False) as unit:
        return visit_line(unit, visit)


def test_a_scheduled_visit_says_its_time_and_order_and_starts_by_enter(room: Room) -> None:
    patient = room.patient()
    order = room.order(patient)
    visit = room.visit(patient, room.clock.now() + timedelta(hours=1), order)
    room.open(patient)
    row = room.find(ActRow, f"chart.visit.{visit}")
    assert "today 10:00 · infliximab-dyyb 410 mg IV" in room.words(row)

    room.go(f"chart.visit.{visit}")
    room.press(Key.Key_Return)

    assert line(room, visit).status is VisitStatus.IN_PROGRESS
    assert room.places == [Place("visit", visit)]


def test_a_click_on_a_scheduled_visit_starts_nothing_its_button_does(room: Room) -> None:
    patient = room.patient()
    visit = room.visit(patient)
    room.open(patient)
    row = room.find(ActRow, f"chart.visit.{visit}")

    QTest.mouseClick(row, Qt.MouseButton.LeftButton, pos=QPoint(200, 14))
    room.settle()
    assert line(room, visit).status is VisitStatus.SCHEDULED

    QTest.mouseClick(room.find(ActButton, f"chart.start.{visit}"), Qt.MouseButton.LeftButton)
    room.settle()
    assert line(room, visit).status is VisitStatus.IN_PROGRESS


def test_a_visit_of_another_day_does_not_start_by_enter(room: Room) -> None:
    patient = room.patient()
    visit = room.visit(patient, room.clock.now() + timedelta(days=3))
    room.open(patient)
    room.go(f"chart.visit.{visit}")

    room.press(Key.Key_Return)
    assert line(room, visit).status is VisitStatus.SCHEDULED

    room.press("s")
    assert line(room, visit).status is VisitStatus.IN_PROGRESS


@pytest.mark.parametrize(
    ("key", "status"), [("m", VisitStatus.MISSED), ("x", VisitStatus.CANCELLED)]
)
def test_missed_and_cancelled_ask_why_inline(room: Room, key: str, status: VisitStatus) -> None:
    patient = room.patient()
    visit = room.visit(patient)
    room.open(patient)
    room.go(f"chart.visit.{visit}")

    room.press(key)
    assert room.at == "reason"
    room.type_text("patient in hospital")
    room.press(Key.Key_Return)
    told = "Dr. Stern's office" if status is VisitStatus.MISSED else ""
    if told:
        assert room.at == "reason.also"
        room.type_text(told)
        room.press(Key.Key_Return)

    ended = line(room, visit)
    assert (ended.status, ended.reason, ended.told) == (status, "patient in hospital", told)
    assert room.at == f"chart.visit.{visit}"
    said = room.words(room.find(ActRow, f"chart.visit.{visit}"))
    assert "patient in hospital" in said
    assert ("told: Dr. Stern's office" in said) is bool(told)


def test_a_visit_started_elsewhere_meanwhile_is_refused_at_its_reason(room: Room) -> None:
    patient = room.patient()
    visit = room.visit(patient)
    room.open(patient)
    room.go(f"chart.visit.{visit}")
    room.press("m")
    room.act(lambda unit: actions.start(unit, visit))
    room.type_text("nobody at home")

    room.press(Key.Key_Return)
    room.press(Key.Key_Return)

    row = room.find(ActRow, f"chart.visit.{visit}")
    assert "A visit that is in progress cannot be marked missed." in room.words(row)
    assert not room.errors


def test_a_visit_in_progress_or_left_unsigned_leads_to_the_workspace(room: Room) -> None:
    patient = room.patient()
    visit = room.visit(patient)
    room.act(lambda unit: actions.start(unit, visit))
    left = {"completed_at": room.clock.now()}
    room.act(lambda unit: cells.put(unit, VisitTable, {"id": visit}, left))
    room.open(patient)
    assert "not signed" in room.find(ActRow, f"chart.visit.{visit}").accessibleName()

    room.go(f"chart.visit.{visit}")
    room.press(Key.Key_Return)

    assert room.places == [Place("visit", visit)]


@pytest.mark.parametrize("status", [VisitStatus.SIGNED, VisitStatus.RETRACTED])
def test_a_signed_visit_leads_to_its_note_and_a_retracted_one_is_marked(
    room: Room, status: VisitStatus
) -> None:
    patient = room.patient()
    visit = room.visit(patient)
    with room.unit_for(write=False) as unit:
        view = load_view(unit, patient)
    room.open(patient)
    (scheduled,) = view.visits
    room.panel._show(replace(view, visits=(replace(scheduled, status=status),)))
    row = room.find(ActRow, f"chart.visit.{visit}")
    (chip,) = row.findChildren(Chip)
    assert chip.words == status.value
    assert chip.kind == {"signed": "ok", "retracted": "danger"}[status.value]

    room.go(f"chart.visit.{visit}")
    room.press(Key.Key_Return)

    assert room.places == [Place("note", visit)]


def test_more_than_ten_visits_are_opened_by_one_key(room: Room) -> None:
    patient = room.patient()
    visits = [room.visit(patient, room.clock.now() - timedelta(days=day)) for day in range(13)]
    room.open(patient)
    assert len(room.panel.overview.visits.findChildren(ActRow)) == 11
    assert "3 earlier visits" in room.words()

    room.go("chart.earlier")
    room.press(Key.Key_Return)

    assert room.at == f"chart.visit.{visits[10]}"
    assert room.find(ActRow, f"chart.visit.{visits[12]}").isEnabled()


def planned(room: Room) -> list[VisitLine]:
    with room.unit_for(write=False) as unit:
        return list_visits(unit)


def test_a_visit_is_planned_for_another_day_by_keys(room: Room) -> None:
    patient = room.patient()
    order = room.order(patient)
    room.open(patient)

    room.press(Key.Key_P, CONTROL)
    assert room.at == "plan.kind"
    room.press(Key.Key_Return)
    room.press(Key.Key_A, CONTROL)
    room.type_text("+7 9:30")
    assert "= Saturday 28 Nov 2026 09:30" in room.words(room.panel.plan)
    room.press(Key.Key_Return, SHIFT)

    (made,) = planned(room)
    assert made.kind is VisitKind.ROUTINE_INFUSION
    assert made.order == order
    assert made.status is VisitStatus.SCHEDULED
    assert room.at == f"chart.start.{made.id}"


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [
        ("plan.when", "whenever", "Type"),
        ("plan.when", "+7 9:30", "Only a visit of today can be started."),
        ("plan.kind", "party", "Choose the kind of visit."),
        ("plan.order", "aspirin", "Choose one of the orders in use"),
    ],
)
def test_a_plan_that_cannot_be_says_so_at_its_field(
    room: Room, field: str, text: str, words: str
) -> None:
    patient = room.patient()
    room.open(patient)
    room.press(Key.Key_P, CONTROL)
    room.go(field)
    room.press(Key.Key_A, CONTROL)
    room.type_text(text)

    room.press(Key.Key_Return, CONTROL)

    assert planned(room) == []
    assert words in room.words(room.panel.plan)
    assert room.at == field


def test_control_enter_starts_from_any_field_of_the_plan(room: Room) -> None:
    patient = room.patient()
    room.open(patient)
    room.press(Key.Key_P, CONTROL)

    room.press(Key.Key_Return, CONTROL)

    (made,) = planned(room)
    assert made.status is VisitStatus.IN_PROGRESS
    assert room.places == [Place("visit", made.id)]


def test_escape_leaves_the_plan_and_nothing_is_planned(room: Room) -> None:
    patient = room.patient()
    room.open(patient)
    room.press(Key.Key_P, CONTROL)

    room.press(Key.Key_Escape)

    assert room.at == "chart.plan"
    assert planned(room) == []
