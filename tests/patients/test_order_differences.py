"""In what an order differs from the catalogue is told with the catalogue's figure; no more."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest

from infusion_visits.core.cells import Row
from infusion_visits.core.marks import Mark
from infusion_visits.patients.facts import LineFact
from infusion_visits.patients.therapy.differences import OrderContext, differences
from infusion_visits.patients.therapy.filling import Chosen, fill
from infusion_visits.patients.therapy.first_dose import (
    DoseHistory,
    DoseState,
    count_dose,
    observation_minutes,
)
from infusion_visits.patients.therapy.library import library
from infusion_visits.patients.values import Premedication, RateStep, TherapyOrder

if TYPE_CHECKING:
    from infusion_visits.patients.therapy.told import Difference

TODAY = date(2026, 11, 21)
ID = UUID("01938d2a-0000-7000-8000-0000000000bb")
EMPTY = TherapyOrder(Mark(Row("therapy_order", (ID,))))
LAST = DoseHistory(3, TODAY - timedelta(days=28))
D = Decimal


def rows(kind: type[Any], group: str, columns: Any) -> tuple[Any, ...]:
    return tuple(
        kind(Mark(Row(group, (ID, number))), **one) for number, one in enumerate(columns, 1)
    )


def ladder(*steps: tuple[str, int | None], unit: str = "mL/h") -> tuple[RateStep, ...]:
    return rows(
        RateStep,
        "rate_step",
        [
            {"rate": D(rate), "rate_unit": unit, "until_complete": True}
            if minutes is None
            else {"rate": D(rate), "rate_unit": unit, "minutes": D(minutes)}
            for rate, minutes in steps
        ],
    )


def ordered(
    key: str,
    *,
    product: str = "",
    chosen: str = "",
    history: DoseHistory = LAST,
    **typed: Any,
) -> TherapyOrder:
    """An order as the catalogue fills it, with what a nurse types over it."""
    known = {
        name: typed[name]
        for name in ("indication", "dose", "dose_unit", "delivery", "route", "first_dose")
        if name in typed
    }
    base = replace(EMPTY, **known)
    filled = fill(library(), Chosen(key, product, chosen), base, history, TODAY)
    whole: dict[str, Any] = {
        **filled.columns,
        "rate_step": rows(RateStep, "rate_step", filled.steps),
        "premedication": rows(Premedication, "premedication", filled.premedications),
        **typed,
    }
    return replace(EMPTY, **whole)


def told(
    order: TherapyOrder,
    history: DoseHistory = LAST,
    lines: tuple[LineFact, ...] | None = None,
) -> tuple[Difference, ...]:
    return differences(order, library(), OrderContext(TODAY, history, lines))


def fields(order: TherapyOrder, **more: Any) -> list[str]:
    return sorted({one.field for one in told(order, **more)})


INFLIXIMAB: dict[str, Any] = {
    "dose": D(410),
    "dose_unit": "mg",
    "dosing_weight_kg": D(82),
    "first_dose": False,
}


@pytest.mark.parametrize(
    ("key", "typed"),
    [
        ("infliximab", INFLIXIMAB),
        ("vedolizumab", {"dose": D(300), "first_dose": False}),
        ("eptinezumab", {"dose": D(100), "first_dose": False}),
        ("ocrelizumab", {"dose": D(600), "dose_unit": "mg", "first_dose": False}),
        ("zoledronic_acid", {"dose": D(5), "dose_unit": "mg", "first_dose": False}),
        (
            "rituximab",
            {
                "dose": D(1000),
                "dose_unit": "mg",
                "first_dose": False,
                "indication": "rheumatoid arthritis",
            },
        ),
    ],
)
def test_an_order_as_the_catalogue_has_it_differs_in_nothing(
    key: str, typed: dict[str, Any]
) -> None:
    assert [one.said() for one in told(ordered(key, **typed))] == []


@pytest.mark.parametrize(
    ("key", "typed", "field", "words"),
    [
        ("infliximab", {"dose": D(1000)}, "dose", "12.2 mg/kg"),
        ("infliximab", {"dose": D(200)}, "dose", "2.44 mg/kg"),
        ("infliximab", {"diluent": "dextrose 5 %"}, "diluent", "never with dextrose"),
        ("infliximab", {"diluent": "lactated Ringer's"}, "diluent", "lactated Ringer's"),
        ("infliximab", {"route": "subcut"}, "route", "Route subcut"),
        ("infliximab", {"filter": None}, "filter", "1.2 micron"),
        ("infliximab", {"volume_ml": D(50)}, "concentration_amount", "0.4 to 4 mg/mL"),
        ("infliximab", {"observation_minutes": D(15)}, "observation_minutes", "30 min"),
        ("infliximab", {"observation_minutes": None}, "observation_minutes", "No observation"),
        (
            "infliximab",
            {"rate_step": ladder(("250", None))},
            "rate_step",
            "Faster than profile A",
        ),
        (
            "infliximab",
            {"rate_step": ladder(("125", None))},
            "rate_step",
            "31.3 mL after 15 min. Catalogue: 2.5 mL",
        ),
        (
            "infliximab",
            {"rate_step": (), "over_minutes": D(30), "ladder": None},
            "over_minutes",
            "at least 60 min",
        ),
        ("infliximab", {"drug": "vedolizumab"}, "drug", "inFLIXimab"),
    ],
)
def test_what_differs_is_told_with_the_figure_of_the_catalogue(
    key: str, typed: dict[str, Any], field: str, words: str
) -> None:
    found = told(ordered(key, **{**INFLIXIMAB, **typed}))
    said = [one.said().replace("\u00a0", " ") for one in found if one.field == field]
    assert said
    assert words in " ".join(said)


def test_a_dose_rounded_to_whole_vials_is_no_difference() -> None:
    assert "dose" not in fields(ordered("infliximab", **{**INFLIXIMAB, "dose": D(400)}))


def test_a_highest_dose_is_told() -> None:
    order = ordered("tocilizumab", dose=D(900), dosing_weight_kg=D(120), first_dose=False)
    said = " ".join(one.said() for one in told(order)).replace("\u00a0", " ")
    assert "at most 800 mg" in said


def test_premedication_that_is_usual_and_missing_is_told() -> None:
    order = ordered("ocrelizumab", dose=D(600), dose_unit="mg", first_dose=False)
    bare = replace(order, premedication=())
    said = [one for one in told(bare) if one.field == "premedication"]
    assert len(said) == 2
    other = rows(
        Premedication,
        "premedication",
        [{"medicine": "dexamethasone"}, {"medicine": "cetirizine 10 mg"}],
    )
    assert "premedication" not in fields(replace(order, premedication=other))


@pytest.mark.parametrize(
    ("product", "rate", "unit", "usual"),
    [
        ("privigen", "5", "mL/kg/h", "Privigen at most 4.8 mL/kg/h"),
        ("gamunex_c", "5", "mL/kg/h", "Gamunex-C at most 4.8 mL/kg/h"),
        ("octagam10", "0.13", "mL/kg/min", "Octagam 10 % at most 7.2 mL/kg/h"),
        ("gammagard_liquid", "5.2", "mL/kg/h", "Gammagard Liquid at most 5 mL/kg/h"),
    ],
)
def test_a_rate_above_the_product_is_told(product: str, rate: str, unit: str, usual: str) -> None:
    order = ordered(
        "ivig10",
        product=product,
        dose=D(35000),
        dose_unit="mg",
        volume_ml=D(350),
        dosing_weight_kg=D(70),
        first_dose=False,
        indication="CIDP",
        rate_step=ladder(("0.3" if unit == "mL/kg/h" else "0.005", 30), (rate, None), unit=unit),
    )
    said = [one.said().replace("\u00a0", " ") for one in told(order)]
    assert any(usual in one for one in said), said


def test_the_ladder_filled_for_a_product_keeps_within_it() -> None:
    for product in ("privigen", "gamunex_c", "octagam10", "gammagard_liquid"):
        order = ordered(
            "ivig10",
            product=product,
            dose=D(35000),
            dose_unit="mg",
            volume_ml=D(350),
            dosing_weight_kg=D(70),
            first_dose=False,
            indication="CIDP",
        )
        assert "rate_step" not in fields(order), product


def test_a_diluted_product_that_is_given_undiluted_is_told() -> None:
    order = ordered("ivig10", product="privigen", diluent="0.9 % sodium chloride")
    assert "diluent" in fields(order)


@pytest.mark.parametrize(("rate", "tells"), [("0.75", False), ("0.8", True), ("0.1", True)])
def test_an_inotrope_out_of_its_range_is_told(rate: str, tells: bool) -> None:
    order = ordered(
        "milrinone",
        dose=D(20),
        dose_unit="mg",
        volume_ml=D(100),
        dosing_weight_kg=D(70),
        first_dose=False,
        rate_step=ladder((rate, None), unit="mcg/kg/min"),
    )
    assert ("rate_step" in fields(order)) is tells


@pytest.mark.parametrize(("minutes", "tells"), [(60, True), (99, True), (100, False)])
def test_vancomycin_faster_than_ten_mg_a_minute_is_told(minutes: int, tells: bool) -> None:
    order = ordered(
        "vancomycin",
        dose=D(1000),
        dose_unit="mg",
        first_dose=False,
        dosing_weight_kg=D(60),
        over_minutes=D(minutes),
    )
    assert ("over_minutes" in fields(order)) is tells


def test_a_push_faster_than_its_minutes_is_told() -> None:
    order = ordered("factor_viii", dose=D(3465), dose_unit="units", first_dose=False)
    slow = replace(order, over_minutes=D(5), volume_ml=D(20))
    assert "over_minutes" not in fields(slow)
    assert "over_minutes" in fields(replace(slow, over_minutes=D(2)))
    assert "over_minutes" in fields(replace(slow, volume_ml=D(60)))


def test_limits_of_pca_cycle_and_sites_are_told() -> None:
    pca = ordered(
        "morphine_pca",
        dose=D(100),
        dose_unit="mg",
        demand_dose=D(3),
        lockout_minutes=D(3),
        basal_per_hour=D(1),
        first_dose=False,
    )
    assert {"demand_dose", "lockout_minutes", "basal_per_hour"} <= set(fields(pca))
    cycle = ordered("tpn", dose=D(2000), dose_unit="mL", first_dose=False, cycle_hours=D(8))
    assert "cycle_hours" in fields(cycle)
    sites = ordered(
        "scig20",
        product="hizentra",
        dose=D(12000),
        dose_unit="mg",
        volume_ml=D(60),
        subcut_sites=D(2),
        indication="primary immunodeficiency",
        first_dose=True,
        rate_step=ladder(("60", None)),
    )
    assert {"subcut_sites", "rate_step"} <= set(fields(sites, history=DoseHistory()))


def line(kind: str, *, central: bool) -> LineFact:
    return LineFact(ID, kind, kind, central, None, "", ("lumen",), None)


@pytest.mark.parametrize(
    ("key", "kind", "central", "tells"),
    [
        ("dobutamine", "piv", False, True),
        ("dobutamine", "midline", False, True),
        ("dobutamine", "picc", True, False),
        ("dobutamine", "picc", False, True),
        ("vancomycin", "piv", False, True),
        ("vancomycin", "picc", True, False),
        ("micafungin", "piv", False, False),
        ("infliximab", "piv", False, False),
        ("infliximab", "fistula", False, True),
    ],
)
def test_the_line_in_place_is_held_against_the_access_class(
    key: str, kind: str, central: bool, tells: bool
) -> None:
    order = ordered(key, first_dose=False)
    assert ("route" in fields(order, lines=(line(kind, central=central),))) is tells


def test_one_line_that_suits_is_enough() -> None:
    order = ordered("dobutamine", first_dose=False)
    both = (line("piv", central=False), line("picc", central=True))
    assert "route" not in fields(order, lines=both)


def test_no_line_in_place_tells_what_the_drug_needs() -> None:
    order = ordered("dobutamine", first_dose=False)
    assert "route" in fields(order, lines=())
    assert "route" not in fields(order, lines=None)


def test_immune_globulin_for_the_skin_is_never_ordered_into_a_vein() -> None:
    order = ordered("scig20", route="IV", first_dose=False)
    said = " ".join(one.said() for one in told(order))
    assert "Never into a vein." in said


def test_a_ladder_for_later_doses_is_told_at_a_first_one() -> None:
    order = ordered("rituximab", chosen="rituximab_later", history=DoseHistory(), first_dose=True)
    said = " ".join(one.said() for one in told(order, history=DoseHistory()))
    assert "for later doses only" in said


def test_what_nobody_settled_asks_the_agency() -> None:
    order = ordered(
        "ocrelizumab",
        chosen="ocrelizumab_600_2h",
        dose=D(600),
        dose_unit="mg",
        first_dose=False,
    )
    assert "agency to confirm" in " ".join(one.said() for one in told(order))


def test_an_order_not_of_the_catalogue_is_not_compared() -> None:
    assert told(replace(EMPTY, drug="something", dose=D(1))) == ()


# First doses


@pytest.mark.parametrize(
    ("key", "history", "state"),
    [
        ("infliximab", DoseHistory(), DoseState.FIRST),
        ("infliximab", DoseHistory(1, TODAY - timedelta(112)), DoseState.LATER),
        ("infliximab", DoseHistory(1, TODAY - timedelta(113)), DoseState.EXPOSED_AGAIN),
        ("infliximab", DoseHistory(elsewhere=TODAY - timedelta(50)), DoseState.LATER),
        ("ivig10", DoseHistory(5, TODAY - timedelta(57)), DoseState.EXPOSED_AGAIN),
        ("vancomycin", DoseHistory(1, TODAY - timedelta(900)), DoseState.LATER),
    ],
)
def test_earlier_doses_say_how_the_next_one_counts(
    key: str, history: DoseHistory, state: DoseState
) -> None:
    assert count_dose(library().therapies[key].fact, history, "", TODAY).state is state


def test_another_product_counts_as_a_first_dose() -> None:
    history = DoseHistory(5, TODAY - timedelta(21), "Privigen")
    therapy = library().therapies["ivig10"]
    assert count_dose(therapy.fact, history, "Octagam 10 %", TODAY).is_first
    assert not count_dose(therapy.fact, history, "privigen", TODAY).is_first


@pytest.mark.parametrize(("given", "minutes"), [(0, 120), (1, 120), (2, 60)])
def test_the_longer_observation_holds_for_as_many_doses_as_the_catalogue_says(
    given: int, minutes: int
) -> None:
    therapy = library().therapies["vedolizumab"]
    history = DoseHistory(given, TODAY - timedelta(56)) if given else DoseHistory()
    assert (
        observation_minutes(therapy.fact, count_dose(therapy.fact, history, "", TODAY)) == minutes
    )


def test_whether_it_is_a_first_dose_is_asked_and_an_answer_that_belies_the_record_is_told() -> None:
    open_ = ordered("eptinezumab", history=DoseHistory(), dose=D(100))
    assert "first_dose" in fields(open_, history=DoseHistory())
    denied = replace(open_, first_dose=False)
    assert "first_dose" in fields(denied, history=DoseHistory())
    elsewhere = replace(denied, last_dose_day=TODAY - timedelta(84))
    assert "first_dose" not in fields(elsewhere, history=DoseHistory())
    said = replace(open_, first_dose=True, home_first_dose_authorised=True)
    assert fields(said, history=DoseHistory()) == []
