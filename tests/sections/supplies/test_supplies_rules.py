"""Supplies: the emergency kit, waste that somebody saw, expiries, the way."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from infusion_visits.core.cells import Row
from infusion_visits.core.findings import Level
from infusion_visits.core.marks import Mark
from infusion_visits.patients.facts import Facts, TherapyFact
from infusion_visits.sections.supplies.kit import kit_state, things_for
from infusion_visits.sections.supplies.note import blocks
from infusion_visits.sections.supplies.rules import distance_miles, findings, tasks
from infusion_visits.sections.supplies.values import (
    KitCheck,
    KitItem,
    SafeWork,
    Supplies,
    SupplyUse,
    WasteReturn,
)
from tests.sections.every_field import made_facts, text_of

AT = datetime(2026, 11, 21, 14, 5, tzinfo=UTC)
TODAY = date(2026, 11, 21)


def day(plus: int) -> date:
    return date.fromordinal(TODAY.toordinal() + plus)


def kit(*items: KitItem, **more: Any) -> Supplies:
    mark = Mark(Row("kit_check"), at=AT, entered_at=AT)
    plain: dict[str, Any] = {"state": "opened", "order_there": True}
    return Supplies(KitCheck(mark, checked_at=AT, **{**plain, **more}), items)


def item(key: str, state: str = "present", number: int = 1, **more: Any) -> KitItem:
    return KitItem(Mark(Row("kit_item", (number,))), item=key, state=state, **more)


def facts_for(**therapy: Any) -> Facts:
    facts = made_facts()
    assert facts.order is not None
    fact = TherapyFact("x", "morphine", **therapy)
    return replace(facts, order=replace(facts.order, drug="morphine", therapy=fact))


def codes(values: Supplies, facts: Facts | None = None) -> dict[str, Any]:
    return {one.code: one for one in findings(values, facts or made_facts())}


def everything(facts: Facts, expiry: date) -> tuple[KitItem, ...]:
    """All that this visit's kit needs, of each kind one."""
    wanted, served = [], set()
    for thing in things_for(facts):
        if not thing.optional and thing.one_of not in served:
            wanted.append(thing.key)
            served |= {thing.one_of} - {""}
    return tuple(item(key, number=n, expiry=expiry) for n, key in enumerate(wanted, 1))


@pytest.mark.parametrize(
    ("plus", "in_date", "said"),
    [(-1, False, "kit-wrong"), (0, False, "kit-wrong"), (1, True, "kit-soon"),
     (30, True, "kit-soon"), (31, True, ""), (400, True, "")],
)  # fmt: skip
def test_a_sealed_kit_is_as_good_as_its_first_expiry(plus: int, in_date: bool, said: str) -> None:
    values = kit(state="sealed", first_expiry=day(plus))
    assert kit_state(values, made_facts()).in_date is in_date
    found = codes(values)
    assert set(found) == ({f"supplies.{said}"} if said == "kit-soon" else set(found))
    assert bool(said) is bool(found)
    if said == "kit-wrong":
        assert found["supplies.kit-wrong"].level is Level.ALERT
        assert found["supplies.kit-undone"].level is Level.STOP


def test_a_kit_nobody_checked_is_neither() -> None:
    state = kit_state(Supplies(), made_facts())
    assert (state.checked, state.in_date) == (False, None)
    unsaid = kit_state(kit(state="sealed"), made_facts())
    assert (unsaid.checked, unsaid.in_date) == (True, None)


def test_an_open_kit_with_everything_in_date_is_in_order() -> None:
    facts = made_facts()
    values = kit(*everything(facts, day(300)))
    state = kit_state(values, facts)
    assert (state.in_date, state.missing, state.unanswered) == (True, (), ())
    assert codes(values) == {}


def test_each_kind_of_therapy_has_its_own_items() -> None:
    plain = {one.key for one in things_for(made_facts())}
    opioid = {one.key for one in things_for(facts_for(groups=("opioid_pca",)))}
    assert opioid - plain == {"naloxone"}


def test_one_kind_of_epinephrine_is_enough_and_none_is_not() -> None:
    facts = made_facts()
    whole = everything(facts, day(300))
    auto = tuple(
        replace(one, item="epinephrine_auto_adult") if one.item == "epinephrine_vial" else one
        for one in whole
    )
    assert kit_state(kit(*auto), facts).in_date is True
    none = tuple(replace(one, state="missing") if "epine" in (one.item or "") else one
                 for one in whole)  # fmt: skip
    state = kit_state(kit(*none), facts)
    assert state.in_date is False
    assert [one.key for one in state.missing] == ["epinephrine_vial"]


def test_what_was_left_out_says_how_many() -> None:
    found = codes(kit(item("epinephrine_vial", expiry=day(300))))["supplies.kit-items"]
    assert found.level is Level.STOP
    assert "more not looked at" in found.words
    assert kit_state(kit(item("epinephrine_vial")), made_facts()).in_date is None


def test_an_expired_item_is_an_exception_until_it_is_replaced() -> None:
    facts = made_facts()
    whole = everything(facts, day(300))
    old = (replace(whole[0], expiry=TODAY), *whole[1:])
    found = codes(kit(*old))
    assert "expired on 21 Nov 2026" in found["supplies.kit-wrong"].words
    done = codes(kit(*old, done="pharmacy brings a new one today"))
    assert "supplies.kit-undone" not in done
    assert done["supplies.kit-wrong"].response == "pharmacy brings a new one today"
    fresh = (replace(whole[0], expiry=day(300), exchange="replaced"), *whole[1:])
    assert codes(kit(*fresh)) == {}


def test_what_was_used_is_brought_again() -> None:
    facts = made_facts()
    whole = everything(facts, day(300))
    used = kit(replace(whole[0], exchange="used"), *whole[1:])
    assert "supplies.kit-used" in codes(used)
    (task,) = tasks(used, facts)
    assert "EPINEPHrine" in task.what
    assert task.due_day == TODAY
    assert tasks(kit(*whole), facts) == []
    assert "a kit for the home" in tasks(kit(state="no_kit", why_not="new"), facts)[0].what


def test_no_kit_and_no_order_print() -> None:
    none = codes(kit(state="no_kit", why_not="not delivered"))["supplies.kit-none"]
    assert (none.level, none.detail) == (Level.ALERT, "not delivered")
    alone = codes(kit(state="sealed", first_expiry=day(300), order_there=False))
    assert alone["supplies.kit-order"].level is Level.ALERT


def test_not_needed_is_believed_only_where_the_therapy_needs_none() -> None:
    values = kit(state="not_needed", why_not="flush only")
    assert codes(values) == {}
    found = codes(values, facts_for(kit_needed=True))["supplies.kit-needed"]
    assert found.level is Level.STOP


def waste(**more: Any) -> Supplies:
    plain: dict[str, Any] = {
        "what": "wasted",
        "drug": "morphine",
        "amount": Decimal(3),
        "amount_unit": "mL",
        "method": "deactivated",
    }
    mark = Mark(Row("waste_return", (1,)), at=AT, entered_at=AT)
    return Supplies(waste_return=(WasteReturn(mark, at=AT, **{**plain, **more}),))


def test_a_controlled_drug_is_wasted_before_a_witness() -> None:
    controlled = facts_for(controlled=True)
    assert codes(waste()) == {}
    assert codes(waste(), controlled)["supplies.waste-unwitnessed"].level is Level.STOP
    assert codes(waste(controlled=True))["supplies.waste-unwitnessed"].level is Level.STOP
    assert codes(waste(controlled=False), controlled) == {}
    seen = waste(controlled=True, witness_how="video", witness="P. Ode, RN")
    assert codes(seen) == {}
    alone = codes(waste(controlled=True, witness_how="none", no_witness="nobody on call"))
    assert alone["supplies.waste-no-witness"].level is Level.ALERT
    assert alone["supplies.waste-no-witness"].detail == "nobody on call"


def test_what_is_returned_has_a_keeper() -> None:
    back = {"what": "returned", "method": "carrier"}
    assert codes(waste(**back))["supplies.return-custody"].level is Level.ADVICE
    assert codes(waste(**back, controlled=True))["supplies.return-custody"].level is Level.STOP
    assert codes(waste(**back, handed_to="courier 114")) == {}


def test_a_hazardous_drug_has_its_own_bin_and_its_own_dress() -> None:
    hazardous = facts_for(hazardous=True)
    assert "supplies.waste-hazardous" in codes(waste(method="sharps"), hazardous)
    assert codes(waste(method="hazardous"), hazardous) == {}
    mark = Mark(Row("safe_work"))
    thin = Supplies(safe_work=SafeWork(mark, protection=("gloves",)))
    assert "supplies.protection" in codes(thin, hazardous)
    assert codes(thin) == {}


@pytest.mark.parametrize(
    ("what", "plus", "code", "level"),
    [
        ("used", 0, "supplies.expired", Level.ALERT),
        ("used", -5, "supplies.expired", Level.ALERT),
        ("left", 0, "supplies.expired", Level.ADVICE),
        ("delivered", 30, "supplies.soon", Level.ADVICE),
        ("used", 31, "", None),
    ],
)
def test_supplies_expire(what: str, plus: int, code: str, level: Level | None) -> None:
    mark = Mark(Row("supply_use", (1,)))
    found = codes(Supplies(supply_use=(SupplyUse(mark, what, "flush", expiry=day(plus)),)))
    assert set(found) == ({code} if code else set())
    if code:
        assert found[code].level is level


def work(**more: Any) -> SafeWork:
    return SafeWork(Mark(Row("safe_work")), **more)


def test_the_odometer_says_the_way() -> None:
    driven = work(odometer_start=Decimal("41208.0"), odometer_end=Decimal("41219.4"))
    assert distance_miles(driven) == Decimal("11.4")
    assert "11.4\u00a0miles" in text_of(blocks(Supplies(safe_work=driven), made_facts()))
    assert distance_miles(work(miles=Decimal("8.5"))) == Decimal("8.5")
    back = work(odometer_start=Decimal(10), odometer_end=Decimal(9))
    assert distance_miles(back) is None
    assert codes(Supplies(safe_work=back))["supplies.odometer"].level is Level.STOP
    other = replace(driven, miles=Decimal(20))
    assert "11.4 miles" in codes(Supplies(safe_work=other))["supplies.miles"].words


def test_a_sealed_kit_is_one_line_of_the_note() -> None:
    values = kit(state="sealed", first_expiry=day(300), seal_number="4471")
    made = blocks(values, made_facts())
    assert len(made) == 2
    assert "in date and complete" in text_of(made)
