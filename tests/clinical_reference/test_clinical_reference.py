"""Every case against the program, and every case against the clinical reference itself."""

from __future__ import annotations

import pytest

from tests.clinical_reference.cases import Case, all_cases, figures_in, wrong_with
from tests.clinical_reference.compare import differences
from tests.clinical_reference.coverage import needless_reasons, sections
from tests.clinical_reference.rows import all_rows, by_address, rows_of
from tests.clinical_reference.runners import run


@pytest.mark.parametrize("case", all_cases(), ids=lambda case: case.name)
def test_the_program_agrees_with_the_reference(case: Case) -> None:
    assert wrong_with(case) == []
    assert differences(case.expect, run(case)) == []


def test_every_row_has_a_case_or_a_reason() -> None:
    wanting = [row.address for section in sections() for row in section.wanting]
    assert wanting == []


def test_no_reason_excuses_what_has_a_case() -> None:
    assert needless_reasons() == []


def test_every_row_has_one_address() -> None:
    assert len(by_address()) == len(all_rows()) > 800


def test_a_row_is_found_by_its_address() -> None:
    assert "first infusion" not in by_address()["8.1/2"].text
    assert by_address()["8.1/2"].text == "100/30 → 200"
    assert by_address()["3.7/example 7"].text.startswith("| 7 | 25, 91, S1, O2")
    assert by_address()["11/14"].text.startswith("| 14 | Partial dose |")
    assert by_address()["3.11/VIP 2"].text == "| | pain + redness | 2 |"


def test_two_rows_of_one_address_are_refused() -> None:
    table = "| a | b |\n|---|---|\n| x | 1 |\n| x | 2 |\n| x | 3 |\n"
    with pytest.raises(ValueError, match="stands twice"):
        rows_of(f"## 1. One\n{table}")


def test_a_figure_that_the_row_does_not_say_is_found() -> None:
    wrong = Case("8.1/2", ("100/30 → 200",), "pump rate", {}, {"shown": "201 mL/h"}, "", "x", 1)
    assert wrong_with(wrong) == ["201 is expected and does not stand in it"]
    misquoted = Case("8.1/2", ("100/30 → 300",), "pump rate", {}, {"shown": "200"}, "", "x", 1)
    assert len(wrong_with(misquoted)) == 1


def test_figures_are_found_in_words() -> None:
    assert [str(one) for one in figures_in("1,000 mL/480 min → 31.25, 11:03")] == [
        "1000",
        "480",
        "31.25",
        "11",
        "3",
    ]


def test_an_input_that_no_runner_uses_is_a_fault() -> None:
    given = {"volume_ml": 100, "minutes": 30, "minuets": 3}
    case = Case("8.1/2", (), "pump rate", given, {"shown": "200 mL/h"}, "", "x", 1)
    with pytest.raises(KeyError, match="minuets"):
        run(case)
