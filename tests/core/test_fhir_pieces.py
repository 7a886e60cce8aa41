"""The pieces of FHIR resources, and the ids and times that they point with."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from infusion_visits.core.cells import Row
from infusion_visits.core.codes import shipped_codes
from infusion_visits.core.fhir import (
    absent,
    amount,
    coding,
    concept,
    date_of_words,
    dosage,
    figure_of,
    filled,
    public,
)
from infusion_visits.core.kinds import NotDoneReason
from infusion_visits.core.marks import Mark, NotDone
from infusion_visits.core.refs import Refs
from infusion_visits.core.resources import as_if, shipped

AT = datetime(2026, 11, 21, 14, 2, tzinfo=UTC)
ONE, TWO = UUID(int=1), UUID(int=2)


def refs(zone: str = "America/New_York", **more: Any) -> Refs:
    return Refs(ONE, TWO, UUID(int=3), UUID(int=4), zone, AT, frozenset(), **more)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2019", "2019"),
        ("2019-03", "2019-03"),
        ("2019-03-14", "2019-03-14"),
        ("14 Mar 2019", "2019-03-14"),
        ("Mar 2019", "2019-03"),
        ("3 Nov 2026", "2026-11-03"),
        ("since 2019", ""),
        ("14 2019", ""),
        ("14 Mai 2019", ""),
        ("childhood", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_words_are_a_date_only_where_they_are_nothing_else(words: str | None, day: str) -> None:
    assert date_of_words(words) == day


@pytest.mark.parametrize(
    ("system", "code", "valid"),
    [
        ("http://snomed.info/sct", "39579001", True),
        ("urn:x-infusion-visits:limb", "left arm", True),
        ("ICD-10-CM", "G35", False),
        ("", "G35", False),
        ("http://snomed.info/sct", "", False),
        ("http://snomed.info/sct", " 395", False),
        ("http://snomed.info/s ct", "395", False),
        ("http://snomed.info/sct", "a  b", False),
    ],
)
def test_what_cannot_be_a_code_is_none(system: str, code: str, valid: bool) -> None:
    assert bool(coding(system, code)) is valid


def test_a_concept_without_a_code_is_its_words() -> None:
    assert concept("hives", {}) == {"text": "hives"}


@pytest.mark.parametrize("reason", list(NotDoneReason))
def test_every_reason_of_not_done_has_a_code(reason: NotDoneReason) -> None:
    said = absent(NotDone(reason, "in words"))
    assert said["text"] == f"{reason}, in words"
    assert said["coding"][0]["code"]


def test_a_unit_of_many_kinds_has_no_code() -> None:
    assert amount(Decimal("72.50"), "mg")["code"] == "mg"
    assert amount(Decimal(5000), "units") == {"value": Decimal(5000), "unit": "units"}
    assert amount(Decimal(1), None) == {"value": Decimal(1)}


@pytest.mark.parametrize("text", ["<5", "half", "1E9", "1/2", "", None, "-3", "١٢", "5 mg"])
def test_a_text_that_is_more_than_a_figure_is_none(text: str | None) -> None:
    assert figure_of(text) is None


def test_a_figure_keeps_its_zeros() -> None:
    assert str(figure_of(" 0.30 ")) == "0.30"


def test_a_dosage_without_dose_or_rate_is_none() -> None:
    assert dosage(text="as needed", route=concept("IV")) == {}
    assert dosage(text="flush", dose=amount(Decimal(5), "mL"))["text"] == "flush"


def test_zero_and_no_are_answers() -> None:
    said = filled(a=0, b=False, c=Decimal(0), d="", e=None, f=[], g=" ")
    assert said == {"a": 0, "b": False, "c": Decimal(0)}


def test_a_code_that_is_not_sure_is_not_sent() -> None:
    assert public("route", "IV")["code"] == "47625008"
    assert public("device", "picc", 2)["code"] == "1396489007"
    assert public("route", "by hand") == {}
    assert public("route", None) == {}


def test_codes_are_the_programs_own_whatever_an_agency_says() -> None:
    plain = shipped("codes")
    changed = {**plain, "code": {}}
    with as_if({"codes": changed}):
        assert shipped_codes().of("route", "IV") is not None


def test_times_carry_the_offset_of_the_home() -> None:
    assert refs().when(AT) == "2026-11-21T09:02:00-05:00"
    summer = datetime(2026, 7, 1, 14, 0, tzinfo=UTC)
    assert refs().when(summer) == "2026-07-01T10:00:00-04:00"


def test_both_hours_of_the_night_are_told_apart() -> None:
    first = datetime(2026, 11, 1, 5, 30, tzinfo=UTC)
    second = first + timedelta(hours=1)
    assert refs().when(first) == "2026-11-01T01:30:00-04:00"
    assert refs().when(second) == "2026-11-01T01:30:00-05:00"


def test_an_offset_with_seconds_is_told_in_utc() -> None:
    old = datetime(1850, 1, 1, 12, 0, tzinfo=UTC)
    assert refs().when(old) == "1850-01-01T12:00:00+00:00"


def test_ids_are_the_same_at_every_making() -> None:
    assert refs().made("vitals/1") == refs().made("vitals/1")
    assert refs().made("vitals/1") != refs().made("vitals/2")
    assert refs().of_patient("allergy/1") != refs().made("allergy/1")


def test_a_row_without_a_time_stands_at_its_writing_or_at_the_visit() -> None:
    bare = Mark(Row("arrival"))
    written = Mark(Row("arrival"), entered_at=AT + timedelta(minutes=5))
    assert refs().time_of(bare) == "2026-11-21T09:02:00-05:00"
    assert refs().time_of(written) == "2026-11-21T09:07:00-05:00"
