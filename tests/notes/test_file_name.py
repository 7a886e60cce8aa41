"""Names of note files: they sort, are one plain name everywhere, and tell what was chosen."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as some

from infusion_visits.core.errors import Refused
from infusion_visits.notes import file_name as names
from infusion_visits.team.actions import choose
from tests.notes.sample_visit import patient, record, signed

if TYPE_CHECKING:
    from infusion_visits.visits.record import VisitRecord
    from tests.fixtures.lived_visit import Lived

pytest_plugins = ["tests.fixtures.lived_visit", "tests.fixtures.kept_visit"]

HOSTILE = (
    "../../etc/passwd", "..", ".", "", "CON", "con.txt", "NUL", "a:b", "a/b\\c", "x" * 300,
    "dot.", "dot...", " blank ", "line\nbreak", "tab\t", "\x00", "\x1b[31m", "<b>&\"'|?*",
    "\u202egnp.exe", "Zoë", "אבג", "田中", "👩🏽‍⚕️", "e" + "\u0301" * 40,
    "~root", "-rf", "$(reboot)", "%00", "\ud800",
)  # fmt: skip


def of(family: str) -> VisitRecord:
    """The sample visit of somebody of this name."""
    chart = patient()
    assert chart.patient is not None
    return record(patient=replace(chart, patient=replace(chart.patient, family=family)))


def is_plain(name: str) -> bool:
    """One name of a file, on Windows as elsewhere, and no device of Windows."""
    alone = PurePosixPath(name).name == name == PureWindowsPath(name).name
    reserved = PureWindowsPath(name).is_reserved()
    letters = name.isascii() and name.isprintable() and not set(name) & set('<>:"/\\|?*{} ')
    stem = name.removesuffix(".pdf")
    ends = name.endswith(".pdf") and stem == stem.strip(". -") and bool(stem)
    return alone and letters and ends and not reserved and ".." not in name and len(name) <= 124


def test_a_name_sorts_by_day_and_tells_nothing_of_the_patient() -> None:
    assert names.file_name(record()) == "visit-2026-11-21-9c2a71.pdf"
    assert names.file_name(signed(record())) == "visit-2026-11-21-9c2a71.pdf"
    assert names.told_of_patient(names.DEFAULT_PATTERN) == ""


def test_every_token_is_filled_from_the_visit() -> None:
    pattern = "_".join(f"{{{token.name}}}" for token in names.TOKENS)
    assert names.file_name(record(), pattern) == (
        "2026-11-21_0900_9c2a71_routine-infusion_IH_Riverbend-Home-Infusion_MO_0042-118_"
        "Okafor_1979.pdf"
    )


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_hostile_name_never_becomes_a_path(hostile: str) -> None:
    for pattern in ("{family}", "{family}-{visit}", "{visit_date} {initials}", "{family}.{family}"):
        assert is_plain(names.file_name(of(hostile), pattern)), (hostile, pattern)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_hostile_pattern_never_becomes_a_path(hostile: str) -> None:
    assert is_plain(names.file_name(record(), hostile))
    assert is_plain(names.file_name(record(), hostile + "{visit}" + hostile))


@given(some.text(max_size=60), some.text(max_size=60))
def test_no_text_at_all_becomes_a_path(family: str, pattern: str) -> None:
    assert is_plain(names.file_name(of(family), pattern + "{family}"))


def test_a_taken_name_gets_a_number_whatever_its_case() -> None:
    assert names.another_name("Visit-1.pdf", set()) == "Visit-1.pdf"
    assert names.another_name("Visit-1.pdf", {"visit-1.pdf"}) == "Visit-1-2.pdf"
    taken = {"visit-1.pdf", "visit-1-2.pdf"}
    assert names.another_name("Visit-1.pdf", taken) == "Visit-1-3.pdf"


@pytest.mark.parametrize(
    ("pattern", "word"),
    [
        ("", "empty"),
        ("   ", "empty"),
        ("notes", "same name"),
        ("{visit}-{name}", "{name} is not known"),
        ("{visit", "brace"),
        ("{visit}}", "brace"),
        ("{visit}" + "x" * 120, "longer"),
    ],
)
def test_a_pattern_that_cannot_be_used_says_why(pattern: str, word: str) -> None:
    assert word in names.fault_of(pattern)


def test_a_pattern_that_tells_of_the_patient_says_what() -> None:
    words = names.told_of_patient("{visit_date}-{initials}-{mrn}")
    assert "initials of the patient, record number of the patient" in words
    assert "mail" in words
    assert names.example("{visit_date}-{initials}") == "2026-11-21-MO.pdf"


def test_the_agency_chooses_and_only_a_coordinator_does(lived: Lived) -> None:
    with lived.new_unit() as unit:
        assert names.pattern_of(unit) == names.DEFAULT_PATTERN
        with pytest.raises(Refused) as refused:
            names.choose_pattern(unit, "{visit_date}-{mrn}")
        assert refused.value.code == "role"
        with pytest.raises(Refused) as refused:
            names.choose_pattern(unit, "{nothing}")
        assert refused.value.code == "pattern"
        choose(unit, names.PATTERN, "{visit_date}-{visit}")
        assert names.pattern_of(unit) == "{visit_date}-{visit}"


def test_a_file_about_many_visits_carries_when_it_was_made() -> None:
    made = datetime(2026, 11, 21, 19, 5, tzinfo=UTC)
    assert names.dated_name("worklist", made, "America/New_York") == "worklist-2026-11-21-1405.pdf"
