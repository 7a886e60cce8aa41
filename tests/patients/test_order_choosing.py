"""A therapy chosen from the catalogue, in a real encrypted record: what was typed stays."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest

from infusion_visits.core.cells import Row
from infusion_visits.core.errors import Missing, Refused
from infusion_visits.patients import actions, order_actions, queries
from infusion_visits.patients.order_choosing import choose, follow_dose
from infusion_visits.patients.rules import standing
from infusion_visits.patients.therapy.filling import Chosen
from infusion_visits.patients.therapy.first_dose import DoseHistory
from infusion_visits.records.change_log import verify_chain

if TYPE_CHECKING:
    from infusion_visits.records.unit_of_work import UnitOfWork
    from tests.fixtures.records import UnitFor

NONE = DoseHistory()
D = Decimal


def person(unit: UnitOfWork) -> UUID:
    made = actions.create(unit, {"family": "Okafor", "given": "Ngozi"})
    assert isinstance(made, UUID)
    return made


def order_of(unit: UnitOfWork, patient: UUID, order: UUID) -> Any:
    """The order; Any, so that figures are compared with plain numbers."""
    return queries.load_order(unit, patient, order)


def rates(order: Any) -> list[Any]:
    return [(row.rate, row.minutes) for row in standing(order.rate_step)]


def type_in(unit: UnitOfWork, patient: UUID, order: UUID, **columns: object) -> None:
    actions.change(unit, patient, Row("therapy_order", (order,)), columns)


def test_a_draft_begins_filled_and_lacks_dose_and_prescriber(unit_for: UnitFor) -> None:
    with unit_for() as unit:
        patient = person(unit)
        made = choose(unit, patient, None, Chosen("infliximab"), NONE)
        order = order_of(unit, patient, made)
        assert (order.therapy, order.drug, order.status) == ("infliximab", "infliximab", "draft")
        assert (order.route, order.diluent, order.volume_ml) == ("IV", "0.9 % sodium chloride", 250)
        assert (order.ladder, order.observation_minutes) == ("infliximab_a", 60)
        assert (order.every, order.every_unit) == (8, "week")
        assert rates(order)[0] == (10, 15)
        assert rates(order)[-1] == (250, None)
        assert (order.dose, order.dose_per_kg, order.prescriber) == (None, None, None)
        assert order.first_dose is None
        unit.commit()
    with unit_for(write=False) as unit:
        assert verify_chain(unit).broken_at is None


def test_what_the_nurse_typed_stays_when_a_therapy_is_chosen(unit_for: UnitFor) -> None:
    with unit_for() as unit:
        patient = person(unit)
        row = actions.add(unit, patient, Row("therapy_order"), {"volume_ml": D(500)})
        key = row.at[0]
        assert isinstance(key, UUID)
        step = {"rate": D(5), "rate_unit": "mL/h", "until_complete": True}
        actions.add(unit, patient, Row("rate_step", (key,)), step)
        assert choose(unit, patient, key, Chosen("infliximab"), NONE) == key
        order = order_of(unit, patient, key)
        assert order.volume_ml == D(500)
        assert rates(order) == [(D(5), None)]
        assert order.ladder is None


def test_another_therapy_takes_back_what_the_first_one_put_in(unit_for: UnitFor) -> None:
    with unit_for() as unit:
        patient = person(unit)
        made = choose(unit, patient, None, Chosen("infliximab"), NONE)
        type_in(unit, patient, made, prescriber="Dr. Ada Lund", dose=D(1))
        choose(unit, patient, made, Chosen("ertapenem"), NONE)
        order = order_of(unit, patient, made)
        assert (order.therapy, order.drug, order.brand) == ("ertapenem", "ertapenem", "INVanz")
        assert (order.volume_ml, order.over_minutes, order.ladder) == (50, 30, "ertapenem")
        assert rates(order) == []
        assert order.filter is None
        assert (order.prescriber, order.dose) == ("Dr. Ada Lund", 1)


def test_a_dose_typed_later_brings_its_ladder_when_it_is_asked_for_again(
    unit_for: UnitFor,
) -> None:
    with unit_for() as unit:
        patient = person(unit)
        made = choose(unit, patient, None, Chosen("ocrelizumab"), NONE)
        assert rates(order_of(unit, patient, made)) == []
        type_in(unit, patient, made, dose=D(300), dose_unit="mg", first_dose=True)
        choose(unit, patient, made, Chosen("ocrelizumab"), NONE)
        order = order_of(unit, patient, made)
        assert (order.ladder, order.volume_ml) == ("ocrelizumab_300", 250)
        assert [rate for rate, _ in rates(order)] == [30, 60, 90, 120, 150, 180]
        assert len(order.premedication) == 2


def test_a_dose_typed_later_brings_the_ladder_of_that_dose(unit_for: UnitFor) -> None:
    with unit_for() as unit:
        patient = person(unit)
        made = choose(unit, patient, None, Chosen("ocrelizumab"), NONE)
        type_in(unit, patient, made, dose=D(600), dose_unit="mg")
        # The first dose is 300 mg: without the answer there is no ladder for 600 mg.
        assert not follow_dose(unit, patient, made, NONE)
        type_in(unit, patient, made, first_dose=False)
        assert follow_dose(unit, patient, made, NONE)
        order = order_of(unit, patient, made)
        assert (order.ladder, order.volume_ml) == ("ocrelizumab_600", 500)
        assert rates(order)[0] == (40, 30)
        # The dose is typed anew: the other ladder, and its volume.
        type_in(unit, patient, made, dose=D(300), first_dose=True)
        assert follow_dose(unit, patient, made, NONE)
        order = order_of(unit, patient, made)
        assert (order.ladder, order.volume_ml) == ("ocrelizumab_300", 250)
        assert not follow_dose(unit, patient, made, NONE)


def test_the_dose_leaves_alone_what_the_nurse_typed_or_asked_for(unit_for: UnitFor) -> None:
    with unit_for() as unit:
        patient = person(unit)
        made = choose(unit, patient, None, Chosen("ocrelizumab"), NONE)
        type_in(unit, patient, made, volume_ml=D(450), dose=D(300), dose_unit="mg")
        assert follow_dose(unit, patient, made, NONE)
        first = standing(order_of(unit, patient, made).rate_step)[0]
        assert order_of(unit, patient, made).volume_ml == 450
        actions.change(unit, patient, first.mark.row, {"rate": D(12)})
        type_in(unit, patient, made, dose=D(600))
        assert not follow_dose(unit, patient, made, NONE)
        assert rates(order_of(unit, patient, made))[0] == (12, 30)
        other = choose(unit, patient, None, Chosen("infliximab", "", "infliximab_b"), NONE)
        type_in(unit, patient, other, dose=D(410), dose_unit="mg")
        assert not follow_dose(unit, patient, other, NONE)
        assert order_of(unit, patient, other).ladder == "infliximab_b"


def test_an_order_in_use_follows_no_dose(unit_for: UnitFor) -> None:
    with unit_for() as unit:
        patient = person(unit)
        row = actions.add(unit, patient, Row("therapy_order"), {"dose": D(1)})
        key = row.at[0]
        assert isinstance(key, UUID)
        assert not follow_dose(unit, patient, key, NONE)


def test_a_ladder_that_is_asked_for_replaces_even_typed_rates(unit_for: UnitFor) -> None:
    with unit_for() as unit:
        patient = person(unit)
        made = choose(unit, patient, None, Chosen("infliximab"), NONE)
        first = standing(order_of(unit, patient, made).rate_step)[0]
        actions.change(unit, patient, first.mark.row, {"rate": D(12)})
        choose(unit, patient, made, Chosen("infliximab"), NONE)
        assert rates(order_of(unit, patient, made))[0] == (12, 15)
        choose(unit, patient, made, Chosen("infliximab", "", "infliximab_b"), NONE)
        order = order_of(unit, patient, made)
        assert [rate for rate, _ in rates(order)] == [20, 40, 80, 120, 150]
        choose(unit, patient, made, Chosen("infliximab", "", "infliximab_60"), NONE)
        order = order_of(unit, patient, made)
        assert (rates(order), order.over_minutes) == ([], 60)


def test_the_ladder_of_a_product_is_clipped(unit_for: UnitFor) -> None:
    with unit_for() as unit:
        patient = person(unit)
        made = choose(unit, patient, None, Chosen("ivig10", "privigen"), NONE)
        order = order_of(unit, patient, made)
        assert (order.brand, order.product) == ("Privigen", "privigen")
        assert [rate for rate, _ in rates(order)] == [D("0.3"), 1, 2, 3, 4, D("4.8")]
        # Privigen keeps at room temperature; Gamunex-C does not.
        assert "2 to 8" not in order.safety_measures
        other = choose(unit, patient, None, Chosen("ivig10", "gamunex_c"), NONE)
        assert "2 to 8" in order_of(unit, patient, other).safety_measures


def test_an_inotrope_leaves_the_rate_to_the_nurse(unit_for: UnitFor) -> None:
    with unit_for() as unit:
        patient = person(unit)
        made = choose(unit, patient, None, Chosen("milrinone"), NONE)
        order = order_of(unit, patient, made)
        assert rates(order) == [(None, None)]
        assert order.rate_step[0].rate_unit == "mcg/kg/min"
        assert (order.concentration_amount, order.concentration_unit) == (200, "mcg/mL")
        with pytest.raises(Refused, match="cannot be used"):
            order_actions.use_order(unit, patient, made)


def test_an_order_in_use_is_never_filled(unit_for: UnitFor) -> None:
    with unit_for() as unit:
        patient = person(unit)
        made = choose(unit, patient, None, Chosen("eptinezumab"), NONE)
        type_in(unit, patient, made, dose=D(100), prescriber="Dr. Ada Lund")
        order_actions.use_order(unit, patient, made)
        with pytest.raises(Refused, match="in use"):
            choose(unit, patient, made, Chosen("infliximab"), NONE)


def test_what_is_not_in_the_catalogue_cannot_be_chosen(unit_for: UnitFor) -> None:
    with unit_for() as unit:
        patient = person(unit)
        with pytest.raises(Missing, match="not in the catalogue"):
            choose(unit, patient, None, Chosen("unknown"), NONE)


def test_what_is_not_for_home_is_kept_and_not_used(unit_for: UnitFor) -> None:
    with unit_for() as unit:
        patient = person(unit)
        made = choose(unit, patient, None, Chosen("oxytocin"), NONE)
        assert order_of(unit, patient, made).drug == "oxytocin"
        with pytest.raises(Refused, match="record only"):
            order_actions.use_order(unit, patient, made)


@pytest.mark.parametrize(("day", "taken"), [(21, True), (22, False)])
def test_a_weight_still_to_come_is_not_put_on_an_order(
    unit_for: UnitFor, day: int, taken: bool
) -> None:
    """It cannot be typed; an import may bring it."""
    with unit_for() as unit:
        patient = person(unit)
        weighed = {"weight_kg": D(82), "day": date(2026, 11, day)}
        actions.add(unit, patient, Row("weight"), weighed)
        made = choose(unit, patient, None, Chosen("infliximab"), NONE)
        assert (order_of(unit, patient, made).dosing_weight_kg == D(82)) is taken


def test_a_copy_to_be_changed_keeps_where_it_comes_from(unit_for: UnitFor) -> None:
    with unit_for() as unit:
        patient = person(unit)
        made = choose(unit, patient, None, Chosen("eptinezumab"), NONE)
        type_in(unit, patient, made, dose=D(100), prescriber="Dr. Ada Lund")
        order_actions.use_order(unit, patient, made)
        copy = order_of(unit, patient, order_actions.copy_order(unit, patient, made))
        assert (copy.therapy, copy.ladder, copy.every) == ("eptinezumab", "eptinezumab", 12)
        assert rates(copy) == [(200, None)]
