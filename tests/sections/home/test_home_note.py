"""The note on the home: outcome, reasons, what fails in a table, what is in order by name."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from infusion_visits.core.cells import Row
from infusion_visits.core.marks import Mark
from infusion_visits.sections.home.note import blocks
from infusion_visits.sections.home.values import Home, HomeAssessment, HomeFinding
from tests.sections.every_field import made_facts, text_of


def _item(number: int, answer: str, **said: object) -> HomeFinding:
    return HomeFinding(Mark(Row("home_finding", (number,))), answer=answer, **said)  # type: ignore[arg-type]


def test_what_fails_stands_with_its_plan_and_what_is_in_order_is_named() -> None:
    values = Home(
        HomeAssessment(Mark(Row("home_assessment")), method="changes", needs=("none",)),
        (
            _item(3, "pass"),
            _item(20, "not_applicable"),
            _item(1, "fail", plan="table", owner="son", due_day=date(2026, 11, 28)),
            _item(12, "pass", temperature=Decimal(5)),
        ),
    )
    told = text_of(blocks(values, made_facts()))
    assert "1 Clean surface to prepare on\nfail: no clean surface to prepare on\n (plan)" in told
    assert "table\n; \nson\n; \nby \n28 Nov 2026" in told
    assert "In order: \n3 light." in told
    assert "Not applicable: \n20 pets." in told
    assert "12 Refrigerator\npass\n5\u00a0°C" in told


def test_the_outcome_is_said_with_its_reasons() -> None:
    values = Home(None, (_item(10, "fail"),))
    told = text_of(blocks(values, made_facts()))
    assert "Outcome: \nNot suitable." in told
    assert "10 Telephone: no working telephone; blocks." in told
