"""The catalogues of therapies: whole, consistent with each other, and strict when they are read."""

from __future__ import annotations

import copy
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from infusion_visits.core.catalogue import CatalogueRefused, Kept
from infusion_visits.core.resources import load_catalogue
from infusion_visits.patients.therapy.access import read_access
from infusion_visits.patients.therapy.catalogue import (
    entries_used,
    read_therapies,
    shown_name,
    therapy_fact,
)
from infusion_visits.patients.therapy.dosing import read_dosing
from infusion_visits.patients.therapy.ladders import read_ladders
from infusion_visits.patients.therapy.library import library
from infusion_visits.visits.record import plain_catalogue

if TYPE_CHECKING:
    from collections.abc import Callable

AT_HOME = 41


def changed(name: str, change: Callable[[Any], None]) -> dict[str, Any]:
    """The shipped catalogue with a slip in it."""
    plain: dict[str, Any] = copy.deepcopy(dict(load_catalogue(name)))
    change(plain)
    return plain


def faults(read: Callable[[Any], Any], plain: Any) -> str:
    with pytest.raises(CatalogueRefused) as refused:
        read(plain)
    return " | ".join(fault.said() for fault in refused.value.faults)


def test_every_therapy_given_at_home_can_be_ordered() -> None:
    found = library()
    home = {key for key, one in found.therapies.items() if one.fact.home_eligible}
    assert len(home) == AT_HOME
    # Natalizumab is ordered where the agency itself is a certified site.
    assert set(found.dosed.dosing) == home | {"natalizumab"}
    assert {one.therapy for one in found.ladders.values()} == home | {"natalizumab"}


def test_ladders_and_products_name_therapies_and_products_that_are_there() -> None:
    found = library()
    for ladder in found.ladders.values():
        assert ladder.therapy in found.therapies, ladder.key
        assert not ladder.product or ladder.product in found.dosed.products, ladder.key
    for product in found.dosed.products.values():
        assert product.therapy in found.therapies, product.key
        assert product.name in found.therapies[product.therapy].brands, product.key


def test_every_access_class_has_a_rule() -> None:
    found = library()
    assert {one.fact.access_class for one in found.therapies.values()} <= set(found.access.classes)


def test_a_coded_schedule_stands_in_its_words() -> None:
    for key, dosing in library().dosed.dosing.items():
        for row in dosing.doses:
            if row.every is not None:
                many = f"every {row.every:f} {row.every_unit}s"
                said = f"every {row.every_unit}" if row.every == 1 else many
                assert said in row.words, (key, row.words)


def test_what_is_not_for_home_says_why() -> None:
    away = [one for one in library().therapies.values() if not one.fact.home_eligible]
    assert len(away) == 11
    assert all(one.fact.why_not_home for one in away)


@pytest.mark.parametrize("typed", ["REMI", "remicade", "INFLIX", "tnf remi"])
def test_a_therapy_is_found_by_name_brand_and_class_whatever_the_case(typed: str) -> None:
    assert library().find(typed)[0].key == "infliximab"


def test_what_begins_with_the_text_comes_first() -> None:
    found = [one.key for one in library().find("morph")]
    assert found[0] == "morphine_pca"
    assert "hydromorphone_pca" in found


def test_tall_man_letters_are_shown_and_the_suffix_stays() -> None:
    fact = therapy_fact("infliximab")
    assert shown_name("infliximab-dyyb", fact) == "inFLIXimab-dyyb"
    assert shown_name("INFLIXIMAB", fact) == "inFLIXimab"
    assert shown_name("ertapenem", fact) == "ertapenem"
    assert shown_name("infliximab", None) == "infliximab"


def test_a_brand_that_keeps_at_room_temperature_is_not_called_refrigerated() -> None:
    cold, warm = therapy_fact("ivig10"), therapy_fact("ivig10", None, "Privigen")
    assert cold is not None
    assert warm is not None
    assert (cold.refrigerated, warm.refrigerated) == (True, False)
    products = library().products_of("ivig10")
    kept = library().therapies["ivig10"].room_temperature
    assert {one.name for one in products if not one.refrigerated} == set(kept)


def test_a_signed_record_keeps_the_entries_it_used_and_reads_them_back() -> None:
    kept = Kept(plain_catalogue(entries_used(["infliximab", None, "milrinone", "gone"])))
    assert sorted(kept["therapy"]) == ["infliximab", "milrinone"]
    assert therapy_fact("infliximab", kept) == therapy_fact("infliximab")
    assert therapy_fact("vancomycin", kept) is None


def test_an_entry_kept_by_an_earlier_version_is_never_refused() -> None:
    kept = Kept({"therapy": {"old": {"name": "old drug", "unknown_key": 3}}})
    fact = therapy_fact("old", kept)
    assert fact is not None
    assert fact.name == "old drug"


def test_no_entry_is_read_without_its_source() -> None:
    def slip(plain: Any) -> None:
        del plain["therapy"]["infliximab"]["source"]

    assert "no source is named" in faults(read_therapies, changed("therapies", slip))


def test_a_misspelt_key_is_refused_with_what_was_meant() -> None:
    def slip(plain: Any) -> None:
        plain["therapy"]["infliximab"]["boxed_warnin"] = "x"

    said = faults(read_therapies, changed("therapies", slip))
    assert "infliximab, boxed_warnin: this key is not known. Did you mean boxed_warning?" in said


def test_what_is_not_for_home_must_say_why() -> None:
    def slip(plain: Any) -> None:
        del plain["therapy"]["oxytocin"]["why_not_home"]

    assert "why_not_home is missing" in faults(read_therapies, changed("therapies", slip))


def ladder(**slip: Any) -> dict[str, Any]:
    """A good ladder of two steps with a slip."""
    good: dict[str, Any] = {
        "therapy": "infliximab",
        "title": "x",
        "shape": "steps",
        "when": "any",
        "unit": "mL/h",
        "volume_ml": 100,
        "steps": [{"rate": 50, "minutes": 60}, {"rate": 100}],
        "mark": "practice",
        "source": "here",
    }
    whole = {key: value for key, value in {**good, **slip}.items() if value is not None}
    return {"ladder": {"x": whole}}


def test_a_good_ladder_is_read() -> None:
    assert read_ladders(ladder(total_minutes=90))["x"].steps[1].rate == Decimal(100)


@pytest.mark.parametrize(
    ("slip", "words"),
    [
        ({"steps": [{"rate": -5}]}, "steps 1, rate: -5 cannot be. Give a number above 0."),
        ({"steps": [{"rate": 0}]}, "0 cannot be. Give a number above 0."),
        ({"unit": "mL/hour"}, "'mL/hour' is not known here. Did you mean mL/h?"),
        ({"unit": None}, "unit is missing"),
        ({"source": None}, "no source is named"),
        (
            {"steps": [{"rate": 10}, {"rate": 20}]},
            "step 1 runs until complete, so the steps after it never begin.",
        ),
        (
            {"steps": [{"rate": 10, "minutes": 15}, {"rate": 20, "minutes": 15}]},
            "the steps end before the volume is in: 92.5 mL are left.",
        ),
        (
            {"unit": "mL/kg/h", "steps": [{"rate": 1, "minutes": 15}]},
            "it is not known whether the steps deliver the volume.",
        ),
        ({"steps": []}, "the ladder has no step"),
        ({"total_minutes": 80}, "the steps take 90.0 minutes, not 80."),
        (
            {"unit": "mg/h", "total_minutes": 90},
            "a total cannot come from mg/h without a concentration.",
        ),
        ({"shape": "over", "steps": None}, "over_minutes is missing"),
        ({"rate_low": 5, "rate_high": 2}, "rate_low 5 is above rate_high 2."),
        ({"concentration": 2}, "concentration_unit is missing"),
        (
            {"shape": "cycle", "steps": None, "unit": None, "cycle_hours": 2, "ramp_up_hours": 2},
            "the ramps are as long as the cycle.",
        ),
        ({"titel": "x"}, "Did you mean title?"),
    ],
)
def test_a_ladder_that_leads_nowhere_is_refused(slip: dict[str, Any], words: str) -> None:
    assert words in faults(read_ladders, ladder(**slip))


def test_crossed_concentrations_and_doses_out_of_order_are_refused() -> None:
    def slip(plain: Any) -> None:
        plain["dosing"]["infliximab"]["concentration_low"] = 5
        plain["dosing"]["infliximab"]["dose"][0]["low"] = 30

    said = faults(read_dosing, changed("dosing", slip))
    assert "concentration_low 5 is above concentration_high 4." in said
    assert "the dose range 30, 3, 10 is not in order." in said


def test_a_concentration_without_its_unit_is_refused() -> None:
    def slip(plain: Any) -> None:
        del plain["dosing"]["infliximab"]["concentration_unit"]

    assert "concentration_unit is missing" in faults(read_dosing, changed("dosing", slip))


def test_an_access_class_that_is_missing_is_refused() -> None:
    def slip(plain: Any) -> None:
        del plain["class"]["irritant"]

    assert "class, irritant: irritant is missing." in faults(read_access, changed("access", slip))
