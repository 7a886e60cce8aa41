"""Changes, weights, what a meter could not give, confirmed extremes, limbs, body measures."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from infusion_visits.core.findings import Finding, Level
from infusion_visits.patients.facts import BarredLimb, Facts, VitalsFact
from infusion_visits.sections.vitals.changes import orthostatic
from infusion_visits.sections.vitals.rules import findings
from infusion_visits.sections.vitals.sets import (
    age_months,
    is_pregnant,
    mass_index,
    news2_of,
    standing,
    surface,
)
from tests.sections.vitals.making import DAY, a_row, facts, normal, one_set, vitals


def found(*rows: dict[str, Any], about: Facts | None = None) -> dict[str, Finding]:
    return {one.code: one for one in findings(vitals(*rows), about or facts())}


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def pair(lying: str, stood: str, minutes: str = "9:33") -> list[dict[str, Any]]:
    high, low = lying.split("/")
    up, down = stood.split("/")
    return [
        normal(1, "9:30", systolic=high, diastolic=low, position="lying"),
        normal(2, minutes, systolic=up, diastolic=down, position="standing", stood="1"),
    ]


@pytest.mark.parametrize(
    ("lying", "stood", "positive"),
    [
        ("130/80", "110/78", True),
        ("130/80", "111/78", False),
        ("130/80", "128/70", True),
        ("130/80", "128/71", False),
        ("130/80", "140/90", False),
    ],
)
def test_orthostatic(lying: str, stood: str, positive: bool) -> None:
    rows = pair(lying, stood)
    (made,) = orthostatic(standing(vitals(*rows)), facts())
    assert made.positive is positive
    assert ("vitals.orthostatic" in found(*rows)) is positive


def test_the_orthostatic_pair_is_told_with_both_pressures() -> None:
    told = found(*pair("132/80", "108/72"))["vitals.orthostatic"]
    assert told.level is Level.ALERT
    assert plain(told.detail) == (
        "BP 132/80 lying, 108/72 standing (1 min): down 24 systolic, down 8 diastolic."
    )


def test_lying_down_long_ago_is_no_pair() -> None:
    assert orthostatic(standing(vitals(*pair("130/80", "100/70", "9:51"))), facts()) == ()


@pytest.mark.parametrize(
    ("pulse", "told"), [("84", False), ("85", True), ("56", False), ("55", True)]
)
def test_more_than_a_fifth_from_the_baseline_is_said_inline(pulse: str, told: bool) -> None:
    about = facts(baseline=VitalsFact(DAY, systolic=Decimal(120), pulse=Decimal(70)))
    row = normal(1, "9:30", pulse=pulse, systolic="120")
    made = found(row, about=about)
    assert ("vitals.pulse_changed" in made) is told
    if told:
        assert made["vitals.pulse_changed"].level is Level.ADVICE


@pytest.mark.parametrize(
    ("weight", "conditions", "days", "told"),
    [
        ("82 kg", (), 30, False),
        ("82.1 kg", (), 30, True),
        ("77.9 kg", (), 30, True),
        ("81 kg", ("Heart failure, I50.9",), 1, False),
        ("81.1 kg", ("Heart failure, I50.9",), 1, True),
        ("81.1 kg", ("Heart failure, I50.9",), 2, False),
        ("82.4 kg", ("Heart failure, I50.9",), 7, True),
        ("78.9 kg", ("Heart failure, I50.9",), 1, False),
        ("81.1 kg", (), 1, False),
    ],
)
def test_weight_since_the_last(
    weight: str, conditions: tuple[str, ...], days: int, told: bool
) -> None:
    about = facts(
        weight_kg=Decimal(80),
        weight_day=date(2026, 11, 21) - timedelta(days=days),
        conditions=conditions,
    )
    made = found(normal(1, "9:30", weight=weight), about=about)
    assert ("vitals.weight_changed" in made) is told
    if told and conditions:
        fast = "look for fluid overload" in made["vitals.weight_changed"].detail
        assert fast is (Decimal(weight.split()[0]) > 80)


def test_pounds_are_found_by_the_last_weight_too_and_may_be_confirmed() -> None:
    about = facts(weight_kg=Decimal(70), weight_day=date(2026, 11, 2))
    row = normal(1, "9:30", weight="154 kg")
    assert found(row, about=about)["vitals.weight_in_pounds"].level is Level.STOP
    kept = normal(1, "9:30", weight="154 kg", confirmed="weight")
    assert "vitals.weight_in_pounds" not in found(kept, about=about)


def test_an_extreme_is_asked_once_and_kept_when_measured() -> None:
    extreme = normal(1, "9:30", spo2="38")
    assert "vitals.unlikely_spo2" in found(extreme)
    measured = normal(1, "9:30", spo2="38", confirmed="SpO2")
    assert "vitals.unlikely_spo2" not in found(measured)
    assert "vitals.out_of_range" in found(measured)


def test_what_could_not_be_had_stands_for_its_sign_and_is_told() -> None:
    row = a_row(
        1,
        "9:30",
        pulse="140",
        respirations="30",
        temperature="36.5 c",
        no_figure="BP unobtainable, SpO2 no signal",
        consciousness="V",
        oxygen="air",
    )
    made = found(row)
    assert "vitals.incomplete_set" not in made
    assert "BP unobtainable" in made["vitals.out_of_range"].words
    assert "SpO2 no signal" in made["vitals.out_of_range"].words


def test_a_set_of_nothing_but_what_was_not_there_is_a_set() -> None:
    row = a_row(1, "9:30", extent="part", no_figure="no pulse felt")
    assert set(found(row)) == {"vitals.out_of_range", "vitals.context"}


def test_context_is_asked_once_where_it_began() -> None:
    rows = [normal(n, f"9:{10 + n}", pulse="112") for n in (1, 2, 3)]
    asked = [one for one in findings(vitals(*rows), facts()) if one.code == "vitals.context"]
    assert [one.subject for one in asked] == ["vital_signs/1"]
    said = [normal(1, "9:11", pulse="112", context="walked"), *rows[1:]]
    assert not [one for one in findings(vitals(*said), facts()) if one.code == "vitals.context"]


def test_what_bars_a_leg_bars_its_thigh() -> None:
    about = facts(barred_limbs=(BarredLimb("left leg", "fistula"),))
    assert "vitals.barred_limb" in found(normal(1, "9:30", limb="left thigh"), about=about)
    assert "vitals.barred_limb" not in found(normal(1, "9:30", limb="right thigh"), about=about)


def test_irregular_pulses_and_oxygen_without_a_figure_are_asked_about() -> None:
    assert "vitals.irregular" in found(normal(1, "9:30", rhythm="irregular"))
    counted = normal(1, "9:30", rhythm="irregular", counted_full_minute="yes")
    assert "vitals.irregular" not in found(counted)
    assert "vitals.no_flow" in found(normal(1, "9:30", oxygen="oxygen"))
    assert "vitals.no_flow" not in found(normal(1, "9:30", oxygen="oxygen", oxygen_percent="28"))


def test_girth_against_the_first() -> None:
    rows = [
        normal(1, "9:30", girth="91", girth_of="abdomen"),
        normal(2, "10:30", girth="94", girth_of="abdomen"),
    ]
    assert plain(found(*rows)["vitals.girth_changed"].words) == "Girth of the abdomen 94 cm"
    rows[1] = normal(2, "10:30", girth="93.9", girth_of="abdomen")
    assert "vitals.girth_changed" not in found(*rows)


def test_deep_sedation_is_red_and_ramsay_is_no_matter() -> None:
    assert "POSS 3" in plain(found(normal(1, "9:30", sedation="3"))["vitals.out_of_range"].words)
    assert "vitals.out_of_range" not in found(normal(1, "9:30", sedation="S"))


def test_body_measures_of_one_set() -> None:
    one = one_set(weight="80 kg", height="170 cm")
    index, area = mass_index(one), surface(one)
    assert index is not None
    assert area is not None
    assert plain(index.sentence) == "80 kg ÷ (1.7 m)² = 27.7 kg/m²"
    assert area.rounded == Decimal("1.94")
    assert mass_index(one_set(weight="80 kg")) is None
    thin = found(normal(1, "9:30", weight="45 kg", height="170 cm"))
    assert "Body mass index" in thin["vitals.out_of_range"].words


@pytest.mark.parametrize(
    ("years", "systolic", "low"),
    [
        (0, "69", True),
        (0, "70", False),
        (5, "79", True),
        (5, "80", False),
        (12, "89", True),
        (12, "90", False),
    ],
)
def test_low_pressure_of_a_child(years: int, systolic: str, low: bool) -> None:
    row = normal(
        1, "9:30", systolic=systolic, diastolic="40", pulse="100", respirations="20", spo2="99"
    )
    words = " ".join(one.words for one in findings(vitals(row), facts(age_years=years)))
    assert ("systolic" in words) is low


def test_ages_in_months_and_head_circumference() -> None:
    about = facts(birth_date=date(2024, 11, 22), age_years=1)
    assert age_months(about) == 23
    assert "vitals.head" not in found(normal(1, "9:30", head="47"), about=about)
    assert "vitals.head" in found(
        normal(1, "9:30", head="50"), about=facts(birth_date=date(2020, 1, 1), age_years=6)
    )
    assert age_months(facts(birth_date=date(2024, 2, 29))) == 32


@pytest.mark.parametrize(
    ("words", "pregnant"),
    [
        ("Pregnancy, 22 weeks, Z33.1", True),
        ("Gestational diabetes, O24.4", True),
        ("Supervision, Z34.9", True),
        ("Not pregnant", False),
        ("History of pregnancy loss", False),
        ("Migraine, G43.0", False),
        ("Osteomyelitis, M86.9", False),
    ],
)
def test_pregnancy_is_not_scored(words: str, pregnant: bool) -> None:
    about = facts(conditions=(words,))
    assert is_pregnant(about) is pregnant
    scored = news2_of(one_set(), about)
    assert (getattr(scored, "why", "") == "not in pregnancy") is pregnant
