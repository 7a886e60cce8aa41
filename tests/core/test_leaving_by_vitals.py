"""Leaving by vital signs: within 20 % of the baseline, NEWS2 at most one more."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import pytest

from infusion_visits.core.scales.leaving import may_leave


@dataclass(frozen=True)
class Signs:
    systolic: Decimal | None = Decimal(120)
    pulse: Decimal | None = Decimal(70)
    respirations: Decimal | None = Decimal(16)
    news2: int | None = 1


BEFORE = Signs()


@pytest.mark.parametrize(
    ("last", "stable"),
    [
        (Signs(), True),
        (Signs(systolic=Decimal(144)), True),
        (Signs(systolic=Decimal(145)), False),
        (Signs(systolic=Decimal(96)), True),
        (Signs(systolic=Decimal(95)), False),
        (Signs(pulse=Decimal(84)), True),
        (Signs(pulse=Decimal(85)), False),
        (Signs(respirations=Decimal(20)), True),
        (Signs(respirations=Decimal(21)), False),
        (Signs(news2=2), True),
        (Signs(news2=3), False),
        (Signs(news2=None), True),
        (Signs(None, None, None, None), None),
    ],
)
def test_against_the_baseline(last: Signs, stable: bool | None) -> None:
    assert may_leave(last, BEFORE).stable is stable


def test_nothing_to_compare() -> None:
    assert may_leave(None, BEFORE).stable is None
    assert may_leave(BEFORE, None).stable is None


def test_what_is_off_is_said() -> None:
    said = may_leave(Signs(pulse=Decimal(104), news2=3), BEFORE).words
    assert said.replace("\u00a0", " ") == "Pulse 104 /min, before 70; NEWS2 3, before 1"
