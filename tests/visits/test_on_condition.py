"""Table 7.12, the rows marked C: asked for only where their condition holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from infusion_visits.core.cells import Row
from infusion_visits.core.clock import local_day
from infusion_visits.core.findings import Level
from infusion_visits.core.kinds import NotDoneReason, VisitKind
from infusion_visits.patients.facts import HomeFact
from infusion_visits.patients.therapy.tables import TherapyOrder
from infusion_visits.records import cells
from infusion_visits.visits import actions
from infusion_visits.visits.facts import facts_of
from infusion_visits.visits.rules.everything import all_findings
from infusion_visits.visits.rules.visit_kinds import ASKED

if TYPE_CHECKING:
    from infusion_visits.visits.record import VisitRecord
    from tests.fixtures.lived_visit import Lived

pytest_plugins = ["tests.fixtures.lived_visit"]


def of_kind(lived: Lived, kind: VisitKind) -> VisitRecord:
    record = lived.read()
    return replace(record, visit=replace(record.visit, kind=kind))


def asked(lived: Lived, record: VisitRecord) -> dict[str, str]:
    """What is asked for at this visit and not there, by place, with the words."""
    facts = facts_of(record, lived.clock.now())
    found = [one for one in all_findings(record, facts) if one.code == ASKED]
    assert all(one.level is Level.STOP and one.overridable for one in found)
    return {one.subject: one.words.replace("\u00a0", " ") for one in found}


@pytest.fixture
def there(lived: Lived) -> Lived:
    with lived.new_unit() as unit:
        cells.put(unit, TherapyOrder, {"id": lived.order}, {"therapy": "infliximab"})
        unit.commit()
    lived.arrive()
    return lived


@pytest.mark.parametrize(("days", "wanted"), [(None, True), (60, False), (61, True)])
def test_a_first_dose_asks_for_the_home_where_none_is_known_of_60_days(
    there: Lived, days: int | None, wanted: bool
) -> None:
    record = of_kind(there, VisitKind.FIRST_DOSE)
    if days is not None:
        seen = local_day(there.clock.now(), record.visit.zone) - timedelta(days=days)
        record = replace(record, home_before=HomeFact(seen, seen))
    assert ("home/home_assessment" in asked(there, record)) is wanted
    assert "home/home_assessment" not in asked(there, of_kind(there, VisitKind.ROUTINE_INFUSION))


def test_it_says_why(there: Lived) -> None:
    record = of_kind(there, VisitKind.FIRST_DOSE)
    words = asked(there, record)["home/home_assessment"]
    assert words.endswith("the home was never assessed.")
    old = replace(record, home_before=HomeFact(date(2026, 9, 1), date(2026, 9, 1)))
    words = asked(there, old)["home/home_assessment"]
    assert words.endswith("the home was last seen 1 Sep 2026, more than 60 days ago.")


def test_why_it_was_not_done_is_an_answer(there: Lived) -> None:
    there.not_done("home", Row("home_assessment"), "method", NotDoneReason.REFUSED)
    record = of_kind(there, VisitKind.FIRST_DOSE)
    assert "home/home_assessment" not in asked(there, record)


def without_kit(record: VisitRecord) -> VisitRecord:
    supplies = record.sections["supplies"]
    return record.with_section("supplies", replace(supplies, kit_check=None))


def test_line_care_asks_for_the_kit_once_a_drug_that_needs_it_is_given(there: Lived) -> None:
    assert "supplies/kit_check" not in asked(
        there, without_kit(of_kind(there, VisitKind.LINE_CARE))
    )
    there.append("infusion", Row("infusion"), order_id=str(there.order), method="pump")
    record = of_kind(there, VisitKind.LINE_CARE)
    assert "supplies/kit_check" not in asked(there, record)
    words = asked(there, without_kit(record))["supplies/kit_check"]
    assert words.endswith("inFLIXimab needs it.")


def test_blood_that_was_drawn_has_a_specimen(there: Lived) -> None:
    there.look_at_line()
    record = of_kind(there, VisitKind.LINE_CARE)
    assert "labs/lab_draw" not in asked(there, record)
    there.append(
        "devices", Row("device_care"), device_id=str(there.device), done_at="now", what="blood_draw"
    )
    record = of_kind(there, VisitKind.LINE_CARE)
    assert "labs/lab_draw" in asked(there, record)
    there.append("labs", Row("lab_draw"), at="now")
    assert "labs/lab_draw" not in asked(there, of_kind(there, VisitKind.LINE_CARE))


def test_a_medicine_given_at_a_draw_asks_for_the_lists_and_the_signs(there: Lived) -> None:
    record = of_kind(there, VisitKind.LAB_DRAW)
    assert "vitals/vital_signs" not in asked(there, record)
    there.append(
        "medicines", Row("medicine_given"), at="now", medicine="acetaminophen", why="other"
    )
    assert "vitals/vital_signs" in asked(there, of_kind(there, VisitKind.LAB_DRAW))


@pytest.mark.parametrize(("kind", "wanted"), [("start", True), ("found", False)])
def test_what_is_started_is_screened_before_not_what_was_found_running(
    lived: Lived, kind: str, wanted: bool
) -> None:
    with lived.new_unit() as unit:
        actions.start(unit, lived.visit)
        unit.commit()
    made = lived.append("infusion", Row("infusion"), order_id=str(lived.order), method="pump")
    acts = Row("infusion_event", made.at)
    lived.append("infusion", acts, at="now", kind=kind, rate="10", reading_ml="0")
    record = of_kind(lived, VisitKind.UNSCHEDULED)
    assert ("screening/screening_answer" in asked(lived, record)) is wanted
