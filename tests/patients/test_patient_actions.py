"""Charts are made, filled, mended and ordered by, in a real encrypted record."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from sqlalchemy import select

from infusion_visits.core.cells import Cell, Row
from infusion_visits.core.errors import Missing, Refused
from infusion_visits.core.fields import NotAValue
from infusion_visits.core.findings import Level
from infusion_visits.core.kinds import StrikeReason
from infusion_visits.patients import actions, order_actions, queries
from infusion_visits.patients.facts import AllergyState
from infusion_visits.patients.rules import allergy_state
from infusion_visits.records import draft_text
from infusion_visits.records.change_log import AuditEvent, verify_chain
from infusion_visits.records.rows import table_of

if TYPE_CHECKING:
    from infusion_visits.core.clock import SteppingClock
    from infusion_visits.patients.values import PatientChart, TherapyOrder
    from infusion_visits.records.unit_of_work import UnitOfWork
    from tests.fixtures.records import UnitFor

PERSON = {"family": "Okafor", "given": "Ngozi", "birth_day": "1971-03-04", "sex": "female"}
ORDER = {
    "drug": "infliximab-dyyb",
    "dose": "410",
    "dose_unit": "mg",
    "dose_per_kg": "5",
    "volume_ml": "250",
    "route": "IV",
    "delivery": "pump",
    "prescriber": "Dr. Rahel Stern",
}


def _person(unit: UnitOfWork, **more: str) -> UUID:
    made = actions.create(unit, PERSON | more)
    assert isinstance(made, UUID)
    return made


def _append(unit: UnitOfWork, patient: UUID, row: Row, **texts: str) -> Row:
    made = actions.append(unit, patient, row, texts)
    assert isinstance(made, tuple), made
    return made[0]


def _order_id(row: Row) -> UUID:
    key = row.at[0]
    assert isinstance(key, UUID)
    return key


def _usable_draft(unit: UnitOfWork, patient: UUID) -> UUID:
    _append(unit, patient, Row("weight"), weight_kg="82", day="2026-11-03")
    order = _order_id(_append(unit, patient, Row("therapy_order"), **ORDER))
    for rate, minutes in (("10", "15"), ("20", "15")):
        texts = {"rate": rate, "rate_unit": "mL/h", "minutes": minutes}
        _append(unit, patient, Row("rate_step", (order,)), **texts)
    last = {"rate": "250", "rate_unit": "mL/h", "until_complete": "y"}
    _append(unit, patient, Row("rate_step", (order,)), **last)
    return order


def _chart_order(unit: UnitOfWork, patient: UUID, order: UUID) -> TherapyOrder:
    found = queries.load_chart(unit, patient).order(order)
    assert found is not None
    return found


def _chart(unit_for: UnitFor, patient: UUID) -> PatientChart:
    with unit_for(write=False) as unit:
        return queries.load_chart(unit, patient)


def test_a_new_patient_has_the_zone_of_the_home_and_was_not_asked_about_allergies(
    unit_for: UnitFor,
) -> None:
    with unit_for() as unit:
        patient = _person(unit)
        unit.commit()
    person = _chart(unit_for, patient).patient
    assert person is not None
    assert (person.family, person.given, person.birth_day) == ("Okafor", "Ngozi", date(1971, 3, 4))
    assert (person.zone, person.status, person.birth_precision) == (
        "America/Chicago",
        "active",
        "day",
    )
    assert person.allergy_state == AllergyState.NOT_ASKED


def test_texts_that_are_no_values_are_all_named_and_nothing_is_written(unit_for: UnitFor) -> None:
    with unit_for() as unit:
        wrong = actions.create(unit, {"family": "Okafor", "birth_day": "tomorrow", "sex": "f"})
        assert isinstance(wrong, dict)
        assert set(wrong) == {"birth_day"}
        unit.commit()
    with unit_for(write=False) as unit:
        assert queries.list_patients(unit) == ()


def test_a_patient_needs_a_name_and_a_real_zone(unit_for: UnitFor) -> None:
    with unit_for() as unit:
        with pytest.raises(Refused, match="name"):
            actions.create(unit, {"birth_day": "1971-03-04"})
        with pytest.raises(Refused, match="time zone"):
            actions.create(unit, {"family": "Okafor", "zone": "Mars/Olympus"})
        with pytest.raises(Refused, match="time zone"):
            actions.create(unit, {"family": "Okafor", "zone": "../etc/passwd"})


def test_a_field_that_is_left_is_kept_and_its_half_typed_text_goes(unit_for: UnitFor) -> None:
    cell = Cell("patients", Row("patient"), "telephone")
    with unit_for() as unit:
        patient = _person(unit)
        actions.typing(unit, patient, cell, "555-0")
        assert draft_text.of_owner(unit, "patient", patient) == {cell.path(): "555-0"}
        assert actions.record(unit, patient, cell, "555-0142") == {"telephone": "555-0142"}
        assert draft_text.of_owner(unit, "patient", patient) == {}
        birth = Cell("patients", Row("patient"), "birth_day")
        assert isinstance(actions.record(unit, patient, birth, "31.31"), NotAValue)
        assert draft_text.of_owner(unit, "patient", patient) == {birth.path(): "31.31"}
        person = queries.load_chart(unit, patient).patient
        assert person is not None
        assert (person.telephone, person.birth_day) == ("555-0142", date(1971, 3, 4))


def test_pounds_are_kept_as_typed_beside_kilograms(unit_for: UnitFor) -> None:
    with unit_for() as unit:
        patient = _person(unit)
        _append(unit, patient, Row("weight"), weight_kg="181 lb", day="2026-11-03")
        actions.append(
            unit, patient, Row("weight"), {"weight_kg": "82"}, units={"weight": "[lb_av]"}
        )
        first, second = queries.load_chart(unit, patient).weight
    assert first.weight_kg == Decimal("82.10022")
    assert first.mark.as_entered == {"weight_kg": "181 [lb_av]"}
    assert second.mark.as_entered == {"weight_kg": "82 [lb_av]"}


def test_columns_given_without_their_text_get_it(unit_for: UnitFor) -> None:
    with unit_for() as unit:
        patient = actions.enter(unit, {"family": "Okafor"})
        actions.add(unit, patient, Row("weight"), {"weight_kg": Decimal("82.40")})
        (weight,) = queries.load_chart(unit, patient).weight
    assert weight.mark.as_entered == {"weight_kg": "82.40 kg"}


def test_rows_are_numbered_struck_and_never_renumbered(unit_for: UnitFor) -> None:
    with unit_for() as unit:
        patient = _person(unit)
        first = _append(unit, patient, Row("condition"), words="Crohn's disease")
        second = _append(unit, patient, Row("condition"), words="Anemia")
        actions.strike(unit, patient, second, StrikeReason.WRONG_PATIENT)
        third = _append(unit, patient, Row("condition"), words="Asthma")
        assert (first.at, second.at, third.at) == ((1,), (2,), (3,))
        with pytest.raises(Refused, match="struck"):
            actions.record(unit, patient, Cell("patients", second, "words"), "Anaemia")
        with pytest.raises(Missing):
            actions.record(unit, patient, Cell("patients", Row("condition", (9,)), "words"), "new")
        rows = queries.load_chart(unit, patient).condition
        unit.commit()
    assert [row.mark.struck is None for row in rows] == [True, False, True]


def test_a_row_of_another_patient_is_out_of_reach(unit_for: UnitFor) -> None:
    with unit_for() as unit:
        one, other = _person(unit), _person(unit, given="Amara")
        order = _usable_draft(unit, one)
        task = actions.add_task(unit, one, "Order a pole")
        for row in (Row("therapy_order", (order,)), Row("task", (task,))):
            with pytest.raises(Missing):
                actions.strike(unit, other, row, StrikeReason.DUPLICATE)
        with pytest.raises(Missing):
            _append(unit, other, Row("rate_step", (order,)), rate="10", rate_unit="mL/h")
        with pytest.raises(Missing):
            _append(unit, UUID(int=7), Row("condition"), words="Anemia")


def test_allergies_keep_three_states(unit_for: UnitFor) -> None:
    state = Cell("patients", Row("patient"), "allergy_state")
    with unit_for() as unit:
        patient = _person(unit)
        with pytest.raises(Refused, match="Add the allergies"):
            actions.record(unit, patient, state, "allergies as listed")
        actions.set_allergies_none_known(unit, patient)
        assert allergy_state(queries.load_chart(unit, patient)) is AllergyState.NONE_KNOWN
        row = _append(unit, patient, Row("allergy"), substance="penicillin", reaction="hives")
        assert allergy_state(queries.load_chart(unit, patient)) is AllergyState.KNOWN
        for text in ("no known allergies", "not asked", ""):
            with pytest.raises(Refused, match="listed"):
                actions.record(unit, patient, state, text)
        with pytest.raises(Refused, match="listed"):
            actions.set_allergies_none_known(unit, patient)
        actions.strike(unit, patient, row, StrikeReason.WRONG_PATIENT)
        chart = queries.load_chart(unit, patient)
        assert allergy_state(chart) is AllergyState.NOT_ASKED
        assert chart.patient is not None
        assert chart.patient.allergy_state == AllergyState.NOT_ASKED


def test_an_identifier_stands_for_one_patient(unit_for: UnitFor) -> None:
    with unit_for() as unit:
        one, other = _person(unit), _person(unit, given="Amara")
        row = _append(unit, one, Row("patient_identifier"), system="agency", value="A-1")
        with pytest.raises(Refused, match="Another patient"):
            _append(unit, other, Row("patient_identifier"), system="agency", value="A-1")
        mine = _append(unit, other, Row("patient_identifier"), system="agency", value="A-2")
        with pytest.raises(Refused, match="Another patient"):
            actions.record(unit, other, Cell("patients", mine, "value"), "A-1")
        actions.record(unit, one, Cell("patients", row, "value"), "A-1")
        assert queries.patient_with(unit, "agency", "A-1") == one
        actions.strike(unit, one, row, StrikeReason.WRONG_PATIENT)
        assert queries.patient_with(unit, "agency", "A-1") is None
        _append(unit, other, Row("patient_identifier"), system="agency", value="A-1")
        assert queries.patient_with(unit, "agency", "A-1") == other
        unit.commit()


def test_an_order_takes_the_newest_weight_and_keeps_it(unit_for: UnitFor) -> None:
    with unit_for() as unit:
        patient = _person(unit)
        _append(unit, patient, Row("weight"), weight_kg="190 lb", day="2026-10-03")
        _append(unit, patient, Row("weight"), weight_kg="181 lb", day="2026-11-03")
        order = _order_id(_append(unit, patient, Row("therapy_order"), **ORDER))
        _append(unit, patient, Row("weight"), weight_kg="80", day="2026-11-20")
        made = _chart_order(unit, patient, order)
        own = _order_id(
            _append(
                unit,
                patient,
                Row("therapy_order"),
                **ORDER,
                dosing_weight_kg="79",
                dosing_weight_day="2026-11-01",
            )
        )
        assert _chart_order(unit, patient, own).dosing_weight_kg == 79
    assert (made.status, made.version) == ("draft", Decimal(1))
    assert made.dosing_weight_kg == Decimal("82.10022")
    assert made.dosing_weight_day == date(2026, 11, 3)
    assert made.mark.as_entered["dosing_weight_kg"] == "181 [lb_av]"


@pytest.mark.parametrize("missing", ["dose", "volume_ml", "delivery", "route", "drug"])
def test_an_order_that_lacks_something_is_refused_and_stays_a_draft(
    unit_for: UnitFor, missing: str
) -> None:
    with unit_for() as unit:
        patient = _person(unit)
        order = _usable_draft(unit, patient)
        actions.record(unit, patient, Cell("patients", Row("therapy_order", (order,)), missing), "")
        with pytest.raises(Refused) as refused:
            order_actions.use_order(unit, patient, order)
        assert f"order.{missing}" in {found.code for found in refused.value.findings}
        assert _chart_order(unit, patient, order).status == "draft"


def test_an_order_without_any_rate_is_refused(unit_for: UnitFor) -> None:
    with unit_for() as unit:
        patient = _person(unit)
        order = _order_id(_append(unit, patient, Row("therapy_order"), **ORDER))
        with pytest.raises(Refused) as refused:
            order_actions.use_order(unit, patient, order)
        assert {found.level for found in refused.value.findings} == {Level.STOP}
        assert "order.rate" in {found.code for found in refused.value.findings}


def test_a_used_order_can_no_longer_change(unit_for: UnitFor, clock: SteppingClock) -> None:
    with unit_for() as unit:
        patient = _person(unit)
        order = _usable_draft(unit, patient)
        assert order_actions.use_order(unit, patient, order) == []
        unit.commit()
    top, step = Row("therapy_order", (order,)), Row("rate_step", (order, 1))
    acts: list[Any] = [
        lambda unit: actions.record(unit, patient, Cell("patients", top, "dose"), "4100"),
        lambda unit: actions.record(unit, patient, Cell("patients", step, "rate"), "1000"),
        lambda unit: actions.append(unit, patient, Row("rate_step", (order,)), {"rate": "999"}),
        lambda unit: actions.append(unit, patient, Row("premedication", (order,)), {"dose": "1"}),
        lambda unit: actions.strike(unit, patient, step, StrikeReason.DUPLICATE),
        lambda unit: actions.strike(unit, patient, top, StrikeReason.DUPLICATE),
        lambda unit: actions.change(unit, patient, top, {"status": "draft"}),
        lambda unit: order_actions.use_order(unit, patient, order),
    ]
    before = _chart(unit_for, patient)
    for act in acts:
        with unit_for() as unit:
            with pytest.raises(Refused):
                act(unit)
            unit.commit()
    after = _chart(unit_for, patient)
    assert after == before
    used = after.order(order)
    assert used is not None
    assert (used.status, used.used_at) == ("used", clock.now())


def test_the_state_of_an_order_is_not_typed(unit_for: UnitFor) -> None:
    with unit_for() as unit:
        patient = _person(unit)
        order = Row("therapy_order", (_usable_draft(unit, patient),))
        with pytest.raises(Refused, match="not typed"):
            actions.record(unit, patient, Cell("patients", order, "status"), "in use")
        with pytest.raises(Refused, match="not typed"):
            _append(unit, patient, Row("therapy_order"), **ORDER, status="in use")


def test_a_change_is_a_new_version_and_its_use_ends_the_old_one(unit_for: UnitFor) -> None:
    with unit_for() as unit:
        patient = _person(unit)
        first = _usable_draft(unit, patient)
        with pytest.raises(Refused, match="draft"):
            order_actions.copy_order(unit, patient, first)
        order_actions.use_order(unit, patient, first)
        second = order_actions.copy_order(unit, patient, first)
        assert order_actions.copy_order(unit, patient, first) == second
        copied = _chart_order(unit, patient, second)
        assert (copied.status, copied.version, copied.replaces) == ("draft", Decimal(2), first)
        assert len(copied.rate_step) == 3
        assert copied.mark.as_entered == _chart_order(unit, patient, first).mark.as_entered
        actions.record(unit, patient, Cell("patients", Row("rate_step", (second, 1)), "rate"), "20")
        assert _chart_order(unit, patient, first).rate_step[0].rate == 10
        assert _chart_order(unit, patient, first).status == "used"
        order_actions.use_order(unit, patient, second)
        old, new = _chart_order(unit, patient, first), _chart_order(unit, patient, second)
        unit.commit()
    assert (old.status, old.ends) == ("ended", date(2026, 11, 21))
    assert (new.status, new.ends) == ("used", None)


def test_an_order_ends_with_a_reason_and_a_draft_is_struck(unit_for: UnitFor) -> None:
    with unit_for() as unit:
        patient = _person(unit)
        order = _usable_draft(unit, patient)
        with pytest.raises(Refused, match="draft"):
            order_actions.end_order(unit, patient, order, "changed")
        order_actions.use_order(unit, patient, order)
        with pytest.raises(Refused, match="why"):
            order_actions.end_order(unit, patient, order, "  ")
        order_actions.end_order(unit, patient, order, "therapy complete")
        ended = _chart_order(unit, patient, order)
        assert (ended.status, ended.end_reason) == ("ended", "therapy complete")
        draft = order_actions.copy_order(unit, patient, order)
        actions.strike(unit, patient, Row("therapy_order", (draft,)), StrikeReason.DUPLICATE)
        with pytest.raises(Refused, match="struck"):
            order_actions.use_order(unit, patient, draft)


def test_a_ladder_is_put_into_an_empty_draft_only(unit_for: UnitFor) -> None:
    steps: tuple[dict[str, Any], ...] = (
        {"rate": Decimal(10), "rate_unit": "mL/h", "minutes": Decimal(15)},
        {"rate": Decimal(250), "rate_unit": "mL/h", "until_complete": True},
    )
    with unit_for() as unit:
        patient = _person(unit)
        order = _order_id(_append(unit, patient, Row("therapy_order"), **ORDER))
        order_actions.set_ladder(unit, patient, order, steps)
        ladder = _chart_order(unit, patient, order).rate_step
        assert [(step.rate, step.minutes, step.until_complete) for step in ladder] == [
            (Decimal(10), Decimal(15), None),
            (Decimal(250), None, True),
        ]
        with pytest.raises(Refused, match="already"):
            order_actions.set_ladder(unit, patient, order, steps)


def test_tasks_are_open_until_they_are_done(unit_for: UnitFor, clock: SteppingClock) -> None:
    with unit_for() as unit:
        patient = _person(unit)
        later = actions.add_task(unit, patient, "Review the plan", due_day=date(2026, 12, 1))
        soon = actions.add_task(
            unit, patient, "Order a pole", due_day=date(2026, 11, 22), origin="home plan"
        )
        some_day = actions.add_task(unit, patient, "Ask about the dog")
        assert [task.id for task in queries.open_tasks(unit)] == [soon, later, some_day]
        due = queries.open_tasks(unit, until=date(2026, 11, 22))
        assert [(task.what, task.patient_name) for task in due] == [
            ("Order a pole", "Okafor, Ngozi")
        ]
        actions.complete_task(unit, soon)
        first = clock.now()
        unit.commit()
    clock.forward(minutes=5)
    with unit_for() as unit:
        actions.complete_task(unit, soon)
        done = queries.load_chart(unit, patient).task
        assert [task.id for task in queries.open_tasks(unit)] == [later, some_day]
        assert next(task.done_at for task in done if task.id == soon) == first
        with pytest.raises(Missing):
            actions.complete_task(unit, UUID(int=3))
        with pytest.raises(Refused):
            actions.add_task(unit, patient, "  ")


def test_every_change_stands_in_the_audit_trail(unit_for: UnitFor) -> None:
    with unit_for() as unit:
        patient = _person(unit)
        _append(unit, patient, Row("allergy"), substance="penicillin")
        unit.commit()
    events = table_of(AuditEvent)
    with unit_for(write=False) as unit:
        told = [(row["kind"], row["subject"]) for row in unit.rows(select(events))]
        assert verify_chain(unit).whole
    assert told == [("added", "patient"), ("added", "allergy"), ("changed", "patient")]


def test_a_patient_is_found_by_name_number_and_birth_date(unit_for: UnitFor) -> None:
    with unit_for() as unit:
        patient = _person(unit)
        _person(unit, family="Lindqvist", given="Åsa", birth_day="1950-10-11")
        _append(unit, patient, Row("patient_identifier"), system="agency", value="MRN-00417")
        for text in ("okaf", "ngozi", "OKAFOR, N", "mrn-004", "1971-03-04", "3/4/1971", "okfor"):
            found = queries.search(unit, text)
            assert [line.name for line in found] == ["Okafor, Ngozi"], text
        assert [line.name for line in queries.search(unit, "asa")] == ["Lindqvist, Åsa"]
        assert len(queries.search(unit, "", limit=1)) == 1
        assert queries.search(unit, "zzzz") == ()
        with pytest.raises(Missing):
            queries.load_chart(unit, UUID(int=1))
