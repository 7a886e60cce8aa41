"""Ages, weights, allergies, limbs and the banner, by published values and properties."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infusion_visits.core.cells import Row
from infusion_visits.core.kinds import StrikeReason
from infusion_visits.core.marks import Mark, Struck
from infusion_visits.patients.facts import AllergyState, BarredLimb
from infusion_visits.patients.measured import measurement_words
from infusion_visits.patients.rules import (
    age_words,
    age_years,
    allergy_state,
    banner,
    birth_words,
    name_words,
    patient_facts,
    weight_findings,
    weight_words,
)
from infusion_visits.patients.values import (
    Allergy,
    PastMeasurement,
    PatientChart,
    Person,
    Precaution,
    TherapyOrder,
    WeightTaken,
)

TODAY = date(2026, 11, 21)
STRUCK = Struck(
    datetime(2026, 11, 20, tzinfo=UTC),
    UUID("01938d2a-0000-7000-8000-000000000001"),
    StrikeReason.TYPING_ERROR,
)


def _mark(group: str, seq: int = 1, struck: bool = False) -> Mark:
    return Mark(Row(group, (seq,)), struck=STRUCK if struck else None)


def _person(**more: Any) -> Person:
    return Person(Mark(Row("patient")), family="Okafor", given="Ngozi", **more)


def _weight(kg: str, day: date, seq: int = 1, struck: bool = False) -> WeightTaken:
    return WeightTaken(_mark("weight", seq, struck), Decimal(kg), day)


@pytest.mark.parametrize(
    ("birth", "today", "words"),
    [
        (date(2026, 11, 21), TODAY, "0 days"),
        (date(2026, 11, 20), TODAY, "1 day"),
        (date(2026, 10, 25), TODAY, "27 days"),
        (date(2026, 10, 24), TODAY, "28 days"),
        (date(2026, 10, 21), TODAY, "1 month"),
        (date(2024, 11, 22), TODAY, "23 months"),
        (date(2024, 11, 21), TODAY, "2 years"),
        (date(1926, 11, 22), TODAY, "99 years"),
        (date(2004, 2, 29), date(2026, 2, 28), "21 years"),
        (date(2004, 2, 29), date(2026, 3, 1), "22 years"),
        (date(2004, 2, 29), date(2028, 2, 29), "24 years"),
        (date(2025, 1, 31), date(2025, 2, 28), "28 days"),
        (date(2025, 1, 31), date(2025, 3, 1), "1 month"),
    ],
)
def test_age_is_said_in_days_months_or_years(birth: date, today: date, words: str) -> None:
    assert age_words(birth, today) == words.replace(" ", "\u00a0")


@given(st.dates(date(1900, 1, 1), date(2026, 11, 21)), st.integers(0, 400))
def test_nobody_grows_younger(birth: date, days: int) -> None:
    ordinal = min(birth.toordinal() + days, date(2030, 1, 1).toordinal())
    later = date.fromordinal(ordinal)
    assert age_years(birth, "day", birth) == 0
    assert age_years(birth, "year", later) <= age_years(birth, "month", later)
    assert age_years(birth, "month", later) <= age_years(birth, "day", later)


@pytest.mark.parametrize(
    ("person", "words"),
    [
        (_person(birth_day=date(1971, 3, 4)), "4 Mar 1971 (55 years)"),
        (_person(birth_day=date(1971, 3, 1), birth_precision="month"), "Mar 1971 (about 55 years)"),
        (_person(birth_day=date(1971, 1, 1), birth_precision="year"), "1971 (about 54 years)"),
        (_person(), "birth date not known"),
        (None, "birth date not known"),
    ],
)
def test_a_birth_date_says_no_more_than_is_known(person: Person | None, words: str) -> None:
    assert birth_words(person, TODAY).replace("\u00a0", " ") == words


def test_the_name_carries_suffix_and_what_the_patient_likes_to_be_called() -> None:
    assert name_words(_person()) == "Okafor, Ngozi"
    assert name_words(_person(suffix="Jr.", preferred_name="Zi")) == "Okafor Jr., Ngozi (“Zi”)"


def test_the_newest_standing_weight_counts() -> None:
    chart = PatientChart(
        weight=(
            _weight("82.44", date(2026, 11, 3)),
            _weight("80", date(2026, 10, 3), 2),
            _weight("181", date(2026, 11, 20), 3, struck=True),
        )
    )
    facts = patient_facts(chart, TODAY)
    assert (facts.weight_kg, facts.weight_day) == (Decimal("82.44"), date(2026, 11, 3))
    assert banner(chart, TODAY).weight == "82.4\u00a0kg on 3 Nov 2026"
    assert weight_words(None) == "not weighed"
    assert weight_words(_weight("3.475", TODAY)) == "3.48\u00a0kg on 21 Nov 2026"


@pytest.mark.parametrize(
    ("before", "now", "code"),
    [
        ("82", "82.9", None),
        ("82", "90.1", None),
        ("82", "90.2", "weight.change"),
        ("82", "73.8", "weight.change"),
        ("82", "180.8", "weight.unit"),
        ("180.8", "82", "weight.unit"),
        ("82", "168.1", "weight.unit"),
        ("82", "193", "weight.change"),
    ],
)
def test_a_weight_that_may_be_pounds_or_changed_is_asked_again(
    before: str, now: str, code: str | None
) -> None:
    chart = PatientChart(
        weight=(_weight(before, date(2026, 10, 3)), _weight(now, date(2026, 11, 3), 2))
    )
    found = weight_findings(chart)
    assert [one.code for one in found] == ([code] if code else [])


def _allergy(substance: str, seq: int = 1, struck: bool = False, **more: Any) -> Allergy:
    return Allergy(_mark("allergy", seq, struck), substance=substance, **more)


def test_allergies_have_three_states_and_an_empty_list_is_never_none() -> None:
    none = _person(allergy_state="no known allergies")
    assert allergy_state(PatientChart()) is AllergyState.NOT_ASKED
    assert allergy_state(PatientChart(patient=_person())) is AllergyState.NOT_ASKED
    assert allergy_state(PatientChart(patient=none)) is AllergyState.NONE_KNOWN
    listed = PatientChart(patient=none, allergy=(_allergy("penicillin"),))
    assert allergy_state(listed) is AllergyState.KNOWN
    gone = PatientChart(patient=_person(), allergy=(_allergy("penicillin", struck=True),))
    assert allergy_state(gone) is AllergyState.NOT_ASKED


def test_the_banner_says_allergies_in_words_the_dangerous_first() -> None:
    chart = PatientChart(
        patient=_person(),
        allergy=(
            _allergy("grass pollen", status="inactive"),
            _allergy("shellfish", 2, reaction="hives"),
            _allergy("latex", 3, severity="anaphylaxis", risk="high"),
            _allergy("penicillin", 4, kind="drug"),
        ),
    )
    assert banner(chart, TODAY).allergy_line == (
        "latex (anaphylaxis, high risk); penicillin; shellfish (hives); grass pollen (inactive)"
    )
    asked = PatientChart(patient=_person(allergy_note="no known drug allergies"))
    assert banner(asked, TODAY).allergy_line == "Allergies not asked (no known drug allergies)"
    none = PatientChart(patient=_person(allergy_state="no known allergies"))
    assert banner(none, TODAY).allergy_line == "No known allergies"


def test_limb_alerts_follow_the_patient_until_they_end() -> None:
    chart = PatientChart(
        precaution=(
            Precaution(_mark("precaution"), kind="limb", limb="right arm", why="mastectomy"),
            Precaution(
                _mark("precaution", 2), kind="limb", limb="left arm", until=date(2026, 11, 20)
            ),
            Precaution(_mark("precaution", 3), kind="limb", limb="left leg", until=TODAY),
            Precaution(_mark("precaution", 4), kind="fall", what="uses a walker"),
            Precaution(_mark("precaution", 5, struck=True), kind="limb", limb="right leg"),
        )
    )
    assert patient_facts(chart, TODAY).barred_limbs == (
        BarredLimb("right arm", "mastectomy"),
        BarredLimb("left leg", "limb alert"),
    )
    said = banner(chart, TODAY)
    assert said.limb_alerts == (
        "right arm: no blood pressure, no needle (mastectomy)",
        "left leg: no blood pressure, no needle",
    )
    assert said.precautions == ("fall risk: uses a walker",)


def test_only_orders_in_use_on_the_day_are_usable() -> None:
    def order(number: int, **more: Any) -> TherapyOrder:
        return TherapyOrder(Mark(Row("therapy_order", (UUID(int=number),))), **more)

    chart = PatientChart(
        therapy_order=(
            order(1, status="draft"),
            order(2, status="used"),
            order(3, status="ended"),
            order(4, status="used", ends=date(2026, 11, 20)),
            order(5, status="used", starts=date(2026, 11, 22)),
            order(6, status="used", starts=TODAY, ends=TODAY),
        )
    )
    assert [one.id.int for one in patient_facts(chart, TODAY).orders] == [2, 6]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (("55284-4", "128.4999", "80.5", "mm[Hg]"), "128/81 mmHg"),
        (("39156-5", "30.25", None, "kg/m2"), "30.3 kg/m²"),
        (("72514-3", "2.0132275513884443", None, "{score}"), "2 of 10"),
        (("8331-1", "37.0", None, "Cel"), "37.0 °C"),
        (("2339-0", "5.50", None, "mmol/L"), "5.50 mmol/L"),
        (("8867-4", "less than 40", None, "/min"), "less than 40 /min"),
        ((None, "positive", None, None), "positive"),
    ],
)
def test_past_measurements_are_rounded_half_up_to_read(row: Any, words: str) -> None:
    code, value, second, unit = row
    measured = PastMeasurement(
        _mark("past_measurement"), code=code, value=value, second_value=second, unit=unit
    )
    assert measurement_words(measured).replace("\u00a0", " ") == words
