"""Vital signs and an infusion charted in a real encrypted record, as the workspace does it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from infusion_visits.core.cells import Cell, Row
from infusion_visits.core.fields import NotAValue
from infusion_visits.core.kinds import StrikeReason, VisitKind
from infusion_visits.patients import actions as patients
from infusion_visits.records import draft_text
from infusion_visits.sections.infusion.rules import summary_of
from infusion_visits.sections.vitals.panel import LINE_CELL
from infusion_visits.visits import actions, charting
from infusion_visits.visits.queries import load_rows, sections_of

if TYPE_CHECKING:
    from uuid import UUID

    from infusion_visits.core.clock import SteppingClock
    from infusion_visits.sections.infusion.values import InfusionGiven
    from tests.fixtures.records import UnitFor

EVENTS = Row("infusion_event", (1,))


@pytest.fixture
def visit(unit_for: UnitFor, clock: SteppingClock) -> UUID:
    with unit_for() as unit:
        patient = patients.enter(unit, {"family": "Okafor", "given": "Maren"})
        zone = "America/Chicago"
        made = actions.schedule(unit, patient, VisitKind.ROUTINE_INFUSION, clock.now(), zone)
        actions.start(unit, made)
        unit.commit()
    return made


def chart(unit_for: UnitFor, visit: UUID, section: str, row: Row, **texts: str) -> Any:
    with unit_for() as unit:
        made = charting.append(unit, visit, section, row, texts)
        unit.commit()
    return made


def loaded(unit_for: UnitFor, visit: UUID) -> dict[str, Any]:
    with unit_for() as unit:
        return sections_of(load_rows(unit, visit))


def test_a_set_keeps_what_was_typed_beside_its_canonical_figure(
    unit_for: UnitFor, visit: UUID
) -> None:
    chart(unit_for, visit, "vitals", Row("vital_signs"), at="-5", temperature="98.6 f", spo2="98")
    one = loaded(unit_for, visit)["vitals"].vital_signs[-1]
    assert one.temperature == Decimal("37.0000")
    assert one.mark.as_entered["temperature"] == "98.6 [degF]"
    assert str(one.spo2) == "98"


def test_a_set_with_one_impossible_figure_is_not_written_at_all(
    unit_for: UnitFor, visit: UUID
) -> None:
    refused = chart(unit_for, visit, "vitals", Row("vital_signs"), at="now", pulse="72", spo2="101")
    assert isinstance(refused["spo2"], NotAValue)
    assert loaded(unit_for, visit)["vitals"].vital_signs == ()


def test_the_half_typed_line_is_kept_and_goes_when_it_is_emptied(
    unit_for: UnitFor, visit: UUID
) -> None:
    for text, kept in (("118/76 72", {LINE_CELL.path(): "118/76 72"}), ("", {})):
        with unit_for() as unit:
            charting.typing(unit, visit, LINE_CELL, text)
            unit.commit()
        with unit_for() as unit:
            found = draft_text.of_owner(unit, charting.OWNER_KIND, visit)
        assert found == kept


def test_an_infusion_with_its_acts_and_lots(
    unit_for: UnitFor, visit: UUID, clock: SteppingClock
) -> None:
    chart(unit_for, visit, "infusion", Row("infusion"), method="pump", prepared_ml="350.0")
    chart(unit_for, visit, "infusion", Row("product_lot", (1,)), lot="LE1", expiry="2028-06-30")
    chart(unit_for, visit, "infusion", EVENTS, at="now", kind="start", rate="35")
    clock.forward(minutes=30)
    chart(unit_for, visit, "infusion", EVENTS, at="now", kind="step", rate="70")
    clock.forward(minutes=10)
    mistaken, _ = chart(unit_for, visit, "infusion", EVENTS, at="now", kind="stop", why="alarm")
    with unit_for() as unit:
        charting.strike(unit, visit, "infusion", mistaken, StrikeReason.TYPING_ERROR)
        charting.record(unit, visit, Cell("infusion", Row("infusion_event", (1, 1)), "rate"), "30")
        unit.commit()
    clock.forward(minutes=20)
    one: InfusionGiven = loaded(unit_for, visit)["infusion"].infusion[0]
    assert str(one.prepared_ml) == "350.0"
    assert [lot.lot for lot in one.product_lot] == ["LE1"]
    summary = summary_of(one, None, clock.now())
    assert summary.given_ml == Decimal("50.0")
    assert summary.running_minutes == 60
    after = chart(unit_for, visit, "infusion", EVENTS, at="now", kind="complete")
    assert after[0] == Row("infusion_event", (1, 4))


def test_a_lot_without_its_infusion_is_refused(unit_for: UnitFor, visit: UUID) -> None:
    with pytest.raises(Exception, match="FOREIGN KEY"):
        chart(unit_for, visit, "infusion", Row("product_lot", (7,)), lot="LE1")
