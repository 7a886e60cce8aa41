"""Orders for the care of lines: what they must say, and how they are said."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from infusion_visits.core.cells import Row
from infusion_visits.core.marks import Mark
from infusion_visits.patients.line_order_rules import lacks, line_order_for, line_order_words
from infusion_visits.patients.values import LineOrder, PatientChart
from tests.fixtures.records import NOW

DAY = date(2026, 11, 21)


def order(seq: int = 1, **more: Any) -> LineOrder:
    mark = Mark(row=Row("line_order", (seq,)), at=None, entered_at=NOW)
    return LineOrder(mark, **more)


WHOLE: dict[str, Any] = {
    "line": "picc",
    "dressing_days": Decimal(7),
    "dressing": "transparent_chg",
    "antiseptic": "chg_alcohol",
    "flush_solution": "sodium chloride 0.9 %",
    "flush_after_ml": Decimal(10),
    "flush_every": Decimal(24),
    "flush_every_unit": "hours",
    "lock": "heparin",
    "lock_units_per_ml": Decimal(10),
    "lock_ml": Decimal(3),
    "prescriber": "J. Marchetti, MD",
}


def test_a_whole_order_lacks_nothing_and_is_said_in_one_line() -> None:
    assert lacks(order(**WHOLE)) == ()
    assert line_order_words(order(**WHOLE)).replace("\u00a0", " ") == (
        "PICC; transparent with chlorhexidine every 7 days; cleaned with chlorhexidine with "
        "alcohol; flushed with sodium chloride 0.9 % 10 mL after; at least every 24 hours; locked "
        "with heparin 10 units/mL 3 mL, J. Marchetti, MD"
    )


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("dressing_days", "how often the dressing is changed"),
        ("dressing", "which dressing"),
        ("antiseptic", "what the skin is cleaned with"),
        ("flush_after_ml", "the flush after a dose in mL"),
        ("flush_every_unit", "how often it is flushed"),
        ("lock_units_per_ml", "the strength of the heparin"),
        ("lock_ml", "the heparin in mL"),
    ],
)
def test_what_surveyors_found_missing_is_named(field: str, words: str) -> None:
    assert lacks(order(**{**WHOLE, field: None})) == (words,)


def test_a_port_needs_its_access_and_a_subcutaneous_set_no_flush() -> None:
    assert lacks(order(**{**WHOLE, "line": "port"})) == ("how the port is accessed",)
    assert lacks(order(line="subcut", prescriber="A. Fenwick, MD")) == ()


def test_the_newest_order_that_is_not_over_counts() -> None:
    older, newer = order(1, **WHOLE), order(2, **{**WHOLE, "ends": date(2026, 11, 20)})
    chart = PatientChart(line_order=(older, newer))
    assert line_order_for(chart, "picc", DAY) is older
    assert line_order_for(chart, "picc", date(2026, 11, 20)) is newer
    assert line_order_for(chart, "port", DAY) is None
