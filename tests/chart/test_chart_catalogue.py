"""An order written from the catalogue at the keys: found, filled, held against the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infusion_visits.core.cells import Row
from infusion_visits.widgets.field_box import FieldBox
from infusion_visits.widgets.jump_line import JumpLine
from tests.chart.room import CONTROL, Key

if TYPE_CHECKING:
    from uuid import UUID

    from infusion_visits.chart.panel.order_side import OrderSide
    from tests.chart.room import Room


def side(room: Room) -> OrderSide:
    form = room.panel._form
    assert form is not None
    assert form.side is not None
    return form.side


def begin(room: Room, patient: UUID, typed: str) -> UUID:
    """Opens the orders, types a name and takes what is found first."""
    room.open(patient)
    room.press(Key.Key_O, CONTROL)
    assert room.at == "order.therapy"
    room.type_text(typed)
    room.press(Key.Key_Return)
    return room.chart(patient).therapy_order[0].id


def beside(room: Room, field: str) -> str:
    """The words beside the label of a field of the open order."""
    form = room.panel._form
    assert form is not None
    box = next(one for one in form.form.findChildren(FieldBox) if one.cell.field == field)
    return room.words(box)


def differing(room: Room) -> list[str]:
    return [
        line.words.replace("\u00a0", " ")
        for line in side(room).findChildren(JumpLine)
        if "Catalogue:" in line.words
    ]


def test_a_brand_typed_fills_a_draft_and_the_keys_go_to_the_dose(room: Room) -> None:
    patient = room.patient()
    draft = begin(room, patient, "remic")

    assert room.at == f"patients/therapy_order/{draft}/dose"
    order = room.the_order(patient, draft)
    assert (order.therapy, order.dose) == ("infliximab", None)
    assert order.volume_ml == 250
    assert len(order.rate_step) == 6
    said = room.words(side(room))
    assert "inFLIXimab" in said
    assert "Boxed warning\nSerious infections; malignancy" in said
    assert "from the catalogue" in beside(room, "volume_ml")
    assert "from the catalogue" not in beside(room, "dose")
    assert not room.errors


def test_the_arrows_choose_among_what_is_found_and_a_product(room: Room) -> None:
    patient = room.patient()
    room.open(patient)
    room.press(Key.Key_O, CONTROL)
    room.type_text("priv")
    room.press(Key.Key_Return)

    order = room.chart(patient).therapy_order[0]
    assert (order.therapy, order.product, order.brand) == ("ivig10", "privigen", "Privigen")
    assert str(order.rate_step[-1].rate) == "4.8"


def test_what_was_typed_over_is_no_longer_from_the_catalogue_and_differs(room: Room) -> None:
    patient = room.patient()
    draft = begin(room, patient, "inflix")
    assert not any("Diluent" in words for words in differing(room))

    room.go(f"patients/therapy_order/{draft}/diluent")
    room.press(Key.Key_A, CONTROL)
    room.type_text("dextrose 5 %")
    room.press(Key.Key_Tab)

    assert "from the catalogue" not in beside(room, "diluent")
    said = [words for words in differing(room) if "Diluent" in words]
    assert said == ["Diluent dextrose 5 %: never with dextrose. Catalogue: 0.9 % sodium chloride."]
    assert "Per agency protocol / prescriber's order." in room.words(side(room))


def test_a_difference_leads_to_its_field(room: Room) -> None:
    patient = room.patient()
    draft = begin(room, patient, "inflix")
    room.go(f"patients/therapy_order/{draft}/filter")
    room.press(Key.Key_A, CONTROL)
    room.press(Key.Key_Delete)
    room.press(Key.Key_Tab)

    line = next(
        one for one in side(room).findChildren(JumpLine) if one.words.startswith("No filter")
    )
    line.setFocus()
    room.press(Key.Key_Return)
    assert room.at.endswith("/filter")


def test_another_ladder_is_put_in_by_its_line(room: Room) -> None:
    patient = room.patient()
    draft = begin(room, patient, "inflix")

    room.find(JumpLine, "order.ladder.infliximab_b").setFocus()
    room.press(Key.Key_Return)

    order = room.the_order(patient, draft)
    assert order.ladder == "infliximab_b"
    assert [int(step.rate or 0) for step in order.rate_step if not step.mark.struck] == [
        20,
        40,
        80,
        120,
        150,
    ]
    assert not room.errors


def test_an_order_not_in_the_catalogue_begins_with_insert(room: Room) -> None:
    patient = room.patient()
    room.open(patient)
    room.press(Key.Key_O, CONTROL)
    room.press(Key.Key_Insert)

    assert room.at.endswith("/drug")
    room.type_text("something new")
    room.press(Key.Key_Tab)
    order = room.chart(patient).therapy_order[0]
    assert (order.drug, order.therapy) == ("something new", None)
    assert "Not in the catalogue: nothing is compared." in room.words(side(room))


def test_a_name_that_nobody_knows_says_so(room: Room) -> None:
    patient = room.patient()
    room.open(patient)
    room.press(Key.Key_O, CONTROL)
    room.type_text("zzz")
    assert "Nothing by that name." in room.words(side(room))
    room.press(Key.Key_Return)
    assert room.chart(patient).therapy_order == ()


def test_the_line_is_found_by_its_key_and_fills_the_open_draft(room: Room) -> None:
    patient = room.patient()
    draft = begin(room, patient, "inflix")
    room.press(Key.Key_G, CONTROL)
    assert room.at == "order.therapy"
    room.type_text("ertapen")
    room.press(Key.Key_Return)

    orders = room.chart(patient).therapy_order
    assert [one.id for one in orders] == [draft]
    assert orders[0].therapy == "ertapenem"


def test_what_is_not_for_home_is_said_at_once_and_not_used(room: Room) -> None:
    patient = room.patient()
    draft = begin(room, patient, "pitocin")
    assert "Not at home." in room.words(side(room))
    room.press(Key.Key_U, CONTROL)
    assert room.the_order(patient, draft).status == "draft"
    assert "Kept as a record only." in room.words(side(room))


def test_an_old_weight_and_one_in_pounds_are_asked_at_their_field(room: Room) -> None:
    patient = room.patient()
    room.append(patient, Row("weight"), weight_kg="82", day="2026-09-01")
    draft = begin(room, patient, "inflix")
    assert "81 days old" in beside(room, "dosing_weight_day").replace("\u00a0", " ")
    room.go(f"patients/therapy_order/{draft}/dosing_weight_kg")
    room.press(Key.Key_A, CONTROL)
    room.type_text("180")
    room.press(Key.Key_Tab)
    assert "Is the dosing weight in lb or in kg?" in beside(room, "dosing_weight_kg")


def test_a_weight_that_changed_is_asked_in_the_form_of_the_person(room: Room) -> None:
    patient = room.patient()
    room.append(patient, Row("weight"), weight_kg="82", day="2026-09-01")
    room.append(patient, Row("weight"), weight_kg="180", day="2026-11-20")
    room.open(patient)
    room.press("e", CONTROL)
    form = room.panel._form
    assert form is not None
    words = [found.words for found in form._findings()]
    assert words == ["Is the weight in lb or in kg?"]
    assert words[0] in room.words(form.page)


def test_vials_and_the_usual_dose_are_shown_and_never_changed(room: Room) -> None:
    patient = room.patient()
    room.append(patient, Row("weight"), weight_kg="82", day="2026-11-20")
    draft = begin(room, patient, "inflix")
    room.type_text("410")
    room.press(Key.Key_Tab)
    said = room.words(side(room)).replace("\u00a0", " ").replace("\u2060", "")
    assert "410 mg from vials of 100 mg = 5 vials, 90 mg left over" in said
    assert "rheumatoid arthritis: 3 to 10 mg/kg" in said
    assert room.the_order(patient, draft).dose == 410
