"""Orders in the chart: read out, used, changed, ended; what is refused says what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infusion_visits.patients import order_actions
from infusion_visits.widgets.act_row import ActRow
from infusion_visits.widgets.jump_line import JumpLine
from tests.chart.room import CONTROL, Key

if TYPE_CHECKING:
    from tests.chart.room import Room


def test_an_order_in_use_is_read_out_with_its_dose_ladder_and_total_time(room: Room) -> None:
    patient = room.patient()
    order = room.order(patient, flush="sodium chloride 0.9 %", flush_after_ml="10")

    room.open(patient)

    words = room.words(room.find(ActRow, f"chart.order.{order}"))
    assert "infliximab-dyyb 410 mg IV" in words
    assert "5 mg/kg × 82 kg (weighed 3 Nov 2026) = 410 mg; ordered 410 mg." in words
    assert "100 mL/h for 30 min, then 200 mL/h until complete; in all 1 h 30 min" in words
    assert "watch 30 min" in words
    assert "sodium chloride 0.9 %; after: 10 mL" in words
    assert "Dr. Rahel Stern" in words
    assert "in use since 21 Nov 2026" in words


def test_premedication_and_what_differs_are_read_out(room: Room) -> None:
    patient = room.patient()
    order = room.draft(patient, dose="600", dose_difference="confirmed by P. Ito, pharmacist")
    row = next(one for one in room.chart(patient).therapy_order if one.id == order).mark.row
    room.append(
        patient,
        type(row)("premedication", row.at),
        medicine="acetaminophen",
        dose="650 mg",
        route="by mouth",
        minutes_before="30",
    )

    room.open(patient)

    words = room.words(room.find(ActRow, f"chart.order.{order}"))
    assert "acetaminophen 650 mg by mouth, 30 min before" in words
    assert "46.3 % more" in words
    assert "confirmed by P. Ito, pharmacist" in words


def test_a_draft_that_lacks_something_says_each_thing_and_leads_there(room: Room) -> None:
    patient = room.patient()
    order = room.draft(patient, prescriber="", volume_ml="")
    room.open(patient)

    room.press(Key.Key_U, CONTROL)

    row = room.find(ActRow, f"chart.order.{order}")
    said = [line.words for line in row.findChildren(JumpLine)]
    assert said == ["The order gives no volume to infuse.", "The order names no prescriber."]
    assert not room.errors
    assert room.the_order(patient, order).status == "draft"
    assert room.focus is row.findChildren(JumpLine)[0]
    room.press(Key.Key_Down)
    room.press(Key.Key_Return)
    assert room.at.endswith("/prescriber")


def test_a_whole_draft_comes_into_use_by_one_key(room: Room) -> None:
    patient = room.patient()
    order = room.draft(patient)
    room.open(patient)

    room.press(Key.Key_U, CONTROL)

    assert room.the_order(patient, order).status == "used"
    assert "in use" in room.find(ActRow, f"chart.order.{order}").accessibleName()
    assert room.at.startswith("chart.")


def test_a_change_opens_a_new_version_and_the_used_one_stays(room: Room) -> None:
    patient = room.patient()
    order = room.order(patient)
    room.open(patient)

    room.go(f"chart.order.{order}")
    room.press("c")

    drafts = [one for one in room.chart(patient).therapy_order if one.status == "draft"]
    assert [draft.replaces for draft in drafts] == [order]
    assert room.at == f"patients/therapy_order/{drafts[0].id}/drug"
    assert room.the_order(patient, order).status == "used"


def test_the_form_reads_out_as_it_is_typed_and_uses_the_order(room: Room) -> None:
    patient = room.patient()
    order = room.order(patient)
    room.open(patient)
    room.go(f"chart.order.{order}")
    room.press("c")
    draft = next(one for one in room.chart(patient).therapy_order if one.status == "draft").id
    form = room.panel._form
    assert form is not None
    assert form.side is not None

    room.go(f"patients/therapy_order/{draft}/prescriber")
    room.press(Key.Key_A, CONTROL)
    room.press(Key.Key_Delete)
    room.press(Key.Key_Tab)
    assert "1 thing missing" in room.words(form.side)
    room.press(Key.Key_U, CONTROL)
    assert room.the_order(patient, draft).status == "draft"
    assert isinstance(room.focus, JumpLine)
    room.press(Key.Key_Return)
    assert room.at.endswith("/prescriber")
    room.type_text("Dr. Ada Lund")
    room.press(Key.Key_U, CONTROL)

    assert room.the_order(patient, draft).status == "used"
    assert room.the_order(patient, draft).prescriber == "Dr. Ada Lund"
    assert room.the_order(patient, order).end_reason == "replaced by a new version"
    assert "version 1, ended 21 Nov 2026: replaced by a new version" in room.words()
    assert not room.errors


def test_an_order_ends_with_a_reason_given_inline(room: Room) -> None:
    patient = room.patient()
    order = room.order(patient)
    room.open(patient)
    row = room.find(ActRow, f"chart.order.{order}")
    row.setFocus()

    room.press("e")
    room.press(Key.Key_Return)
    assert "It is kept with a reason. Type why." in room.words(row)
    room.type_text("course complete")
    room.press(Key.Key_Return)

    ended = room.the_order(patient, order)
    assert (ended.status, ended.end_reason) == ("ended", "course complete")
    assert room.at == f"chart.order.{order}"
    assert not room.errors


def test_escape_leaves_a_reason_and_the_order_as_they_were(room: Room) -> None:
    patient = room.patient()
    order = room.order(patient)
    room.open(patient)
    room.find(ActRow, f"chart.order.{order}").setFocus()
    room.press("e")

    room.press(Key.Key_Escape)

    assert room.at == f"chart.order.{order}"
    assert room.panel.stack.currentWidget() is room.panel._overview_page
    assert room.the_order(patient, order).status == "used"


def test_letters_typed_into_a_reason_are_no_acts(room: Room) -> None:
    patient = room.patient()
    order = room.order(patient)
    room.open(patient)
    room.find(ActRow, f"chart.order.{order}").setFocus()
    room.press("e")

    room.type_text("ce")

    assert len(room.chart(patient).therapy_order) == 1
    assert room.at == "reason"


def test_an_order_in_use_is_shown_whole_and_cannot_be_changed(room: Room) -> None:
    patient = room.patient()
    order = room.order(patient, notes="Filter of 1.2 micron.")
    room.open(patient)
    room.find(ActRow, f"chart.order.{order}").setFocus()

    room.press(Key.Key_Return)

    form = room.panel._form
    assert form is not None
    assert form.kind == "order"
    before = room.the_order(patient, order)
    for _ in range(12):
        room.press(Key.Key_Tab)
        room.type_text("x")
    assert room.the_order(patient, order) == before
    assert not room.errors
    room.press(Key.Key_Escape)
    assert room.at == f"chart.order.{order}"


def test_a_draft_by_mistake_is_struck_with_one_more_key(room: Room) -> None:
    patient = room.patient()
    order = room.draft(patient)
    room.open(patient)
    room.find(ActRow, f"chart.order.{order}").setFocus()

    room.press(Key.Key_Delete)
    room.press("d")

    assert room.the_order(patient, order).mark.struck is not None
    assert "No order in use" in room.words()


def test_an_order_used_elsewhere_meanwhile_is_refused_in_its_row(room: Room) -> None:
    patient = room.patient()
    order = room.draft(patient)
    room.open(patient)
    room.act(lambda unit: order_actions.use_order(unit, patient, order))

    room.press(Key.Key_U, CONTROL)

    assert "This order is no draft." in room.words(room.find(ActRow, f"chart.order.{order}"))
    assert not room.errors


def test_a_whole_ladder_is_typed_in_one_line(room: Room) -> None:
    patient = room.patient()
    room.open(patient)
    room.press(Key.Key_O, CONTROL)
    room.press(Key.Key_Insert)
    room.type_text("infliximab")
    draft = room.chart(patient).therapy_order[0].id

    room.press(Key.Key_R, CONTROL)
    assert room.at == "order.ladder"
    assert room.the_order(patient, draft).drug == "infliximab"
    room.type_text("10 15, 20")
    room.press(Key.Key_Return)
    form = room.panel._form
    assert form is not None
    assert form.side is not None
    assert "Step 2: type a rate, then minutes or rest" in room.words(form.side)
    room.type_text(" 15, 250 rest")
    room.press(Key.Key_Return)

    steps = room.the_order(patient, draft).rate_step
    assert [step.rate for step in steps] == [10, 20, 250]
    assert [step.minutes for step in steps] == [15, 15, None]
    assert [step.until_complete for step in steps] == [None, None, True]
    said = "10 mL/h for 15 min, then 20 mL/h for 15 min, then 250 mL/h until complete"
    assert said in room.words(form.side)
    assert not form.side.ladder.isVisible()
    assert room.focus.isVisible()
    assert not room.errors
