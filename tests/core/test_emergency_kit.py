"""The emergency kit: its contents, and what one giving is for a patient of this weight."""

from __future__ import annotations

from decimal import Decimal

import pytest

from infusion_visits.core.catalogue import CatalogueRefused
from infusion_visits.core.emergency_kit import KitItem, givings, kit_in_force, read_kit
from infusion_visits.core.resources import load_catalogue

KIT = {item.key: item for item in kit_in_force({})}
CONTENTS = [
    "epinephrine_vial",
    "epinephrine_auto_adult",
    "epinephrine_auto_child",
    "diphenhydramine_injection",
    "diphenhydramine_oral",
    "methylprednisolone",
    "hydrocortisone",
    "saline",
    "acetaminophen",
    "famotidine",
    "albuterol",
    "oxygen",
    "bag_mask",
    "naloxone",
    "dextrose",
    "glucagon",
    "gloves",
    "blood_pressure_cuff",
    "pulse_oximeter",
    "sharps",
    "printed_order",
]


def said(key: str, weight: str | None, age: int | None = 40) -> list[str]:
    """What is offered of an item."""
    kg = Decimal(weight) if weight else None
    return [one.words.replace("\u00a0", " ") for one in givings(KIT[key], kg, age)]


def test_the_contents_are_those_of_the_reference() -> None:
    assert set(CONTENTS) == set(KIT)


@pytest.mark.parametrize(
    ("weight", "dose"),
    [
        ("82", "0.5"),
        ("50", "0.5"),
        ("49.9", "0.5"),  # 0.499 is read to 0.01 mL
        ("40", "0.4"),
        ("30", "0.3"),
        ("29.9", "0.3"),
        ("25", "0.25"),
        ("12.5", "0.13"),
        ("10", "0.1"),
    ],
)
def test_epinephrine_by_weight_never_passes_its_most(weight: str, dose: str) -> None:
    assert said("epinephrine_vial", weight) == [f"EPINEPHrine {dose} mg IM, mid-outer thigh"]


def test_the_figure_says_how_it_was_worked_out() -> None:
    (one,) = givings(KIT["epinephrine_vial"], Decimal(40), 12)
    assert one.sentence.replace("\u00a0", " ") == (
        "0.01 mg/kg × 40 kg = 0.4 mg (0.4 mL of 1 mg/mL)"
    )
    (most,) = givings(KIT["epinephrine_vial"], Decimal(82), 47)
    assert "at most 0.5" in most.sentence


@pytest.mark.parametrize(
    ("weight", "adult", "child"),
    [("30", True, False), ("29.9", False, True), ("15", False, True), ("14.9", False, False)],
)
def test_the_bands_of_the_auto_injectors(weight: str, adult: bool, child: bool) -> None:
    assert bool(said("epinephrine_auto_adult", weight)) is adult
    assert bool(said("epinephrine_auto_child", weight)) is child


def test_without_a_weight_an_adult_is_offered_the_label_and_a_child_nothing() -> None:
    assert [one.partition(" mg")[0] for one in said("epinephrine_vial", None)] == [
        "EPINEPHrine 0.3",
        "EPINEPHrine 0.5",
    ]
    assert said("epinephrine_vial", None, 6) == []
    assert said("epinephrine_auto_child", None, 6) == []


def test_doses_for_adults_are_not_offered_to_a_child() -> None:
    assert said("diphenhydramine_injection", "20", 6) == []
    assert said("saline", "82") == [
        "sodium chloride 0.9 % 500 mL IV",
        "sodium chloride 0.9 % 1,000 mL IV",
    ]


def test_some_items_belong_to_some_therapies() -> None:
    assert KIT["naloxone"].is_for(("opioid_pca",))
    assert not KIT["naloxone"].is_for(("ivig",))
    assert KIT["epinephrine_vial"].is_for(())


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"source": ""}, "no source is named"),
        ({"dose": [{"key": "a", "unit": "mg", "route": "IM", "words": "w"}]}, "by weight or one"),
        (
            {"dose": [{"key": "a", "per_kg": 1, "unit": "mg", "route": "IM", "words": "w"}]},
            "needs its most",
        ),
        ({"dose": [{"key": "a", "amount": -1, "unit": "mg", "route": "IM", "words": "w"}]}, "-1"),
        ({"dosis": []}, "this key is not known. Did you mean dose"),
        ({"medicine": None}, "a medicine needs its name"),
    ],
)
def test_a_faulty_item_is_named(change: dict[str, object], words: str) -> None:
    plain = load_catalogue("emergency_kit")
    item = {**plain["item"]["epinephrine_vial"], **change}
    with pytest.raises(CatalogueRefused, match=words):
        read_kit({**plain, "item": {**plain["item"], "epinephrine_vial": item}})


def test_every_item_names_its_source() -> None:
    item: KitItem
    for item in KIT.values():
        assert item.source
