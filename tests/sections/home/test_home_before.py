"""The home that is known from before: its answers stand again, its plans come back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from infusion_visits.core.cells import Row
from infusion_visits.core.findings import Finding, Level
from infusion_visits.core.marks import Mark
from infusion_visits.patients.facts import HomeAnswerFact, HomeFact, TherapyFact
from infusion_visits.sections.home.fields import (
    CHANGES,
    FAIL,
    FULL,
    ITEM_COUNT,
    PASS,
    UNCHANGED,
)
from infusion_visits.sections.home.note import blocks
from infusion_visits.sections.home.rules import (
    BLOCKER,
    CHANGED_SINCE,
    DUE,
    NO_PLAN,
    NO_REFERRAL,
    PLAN_DONE,
    PLAN_OVERDUE,
    findings,
    tasks,
)
from infusion_visits.sections.home.suitability import Suitability, judge, judged_before
from infusion_visits.sections.home.values import Home, HomeAssessment, HomeFinding
from tests.sections.every_field import NOW, made_facts, text_of

if TYPE_CHECKING:
    from infusion_visits.patients.facts import Facts

TODAY = NOW.date()
WHOLE = TODAY - timedelta(days=20)


def known(*failing: HomeAnswerFact, whole: date = WHOLE, **said: Any) -> HomeFact:
    """A whole assessment from before in which every item passed but those given."""
    given = {one.number: one for one in failing}
    every = tuple(given.get(n) or HomeAnswerFact(n, PASS) for n in range(1, ITEM_COUNT + 1))
    return HomeFact(whole, said.pop("seen", whole), ("none",), every)


def facts_with(before: HomeFact | None, **more: Any) -> Facts:
    return made_facts(home_before=before, **more)


def attested(method: str = UNCHANGED, *found: HomeFinding, **said: Any) -> Home:
    base: dict[str, Any] = {"method": method, "earlier_day": WHOLE, "earlier_outcome": "suitable"}
    return Home(HomeAssessment(Mark(Row("home_assessment")), **(base | said)), found)


def item(number: int, answer: str, **said: Any) -> HomeFinding:
    return HomeFinding(Mark(Row("home_finding", (number,))), answer=answer, **said)


def of_code(found: list[Finding], code: str) -> list[Finding]:
    return [one for one in found if one.code == code]


def outcome_of(values: Home, facts: Facts) -> Suitability:
    judged = judge(values, facts)
    assert judged is not None
    return judged.outcome


def test_what_is_unchanged_is_judged_by_the_earlier_answers() -> None:
    facts = facts_with(known())
    judged = judge(attested(), facts)
    assert judged is not None
    assert judged.outcome is Suitability.SUITABLE
    assert judged.earlier.startswith("Rests on the whole assessment of ")


def test_the_written_outcome_of_before_does_not_hide_a_failing_answer() -> None:
    facts = facts_with(known(HomeAnswerFact(6, FAIL)))
    assert outcome_of(attested(earlier_outcome="suitable"), facts) is Suitability.NOT_SUITABLE


def test_an_earlier_answer_is_weighed_for_the_therapy_of_today() -> None:
    before = known(HomeAnswerFact(8, FAIL, plan="generator", owner="son", due_day=TODAY))
    assert outcome_of(attested(), on(before, groups=("biologic",))) is Suitability.WITH_PLAN
    assert outcome_of(attested(), on(before, groups=("inotrope",))) is Suitability.NOT_SUITABLE


def test_an_answer_of_today_stands_over_the_earlier_one() -> None:
    facts = facts_with(known(HomeAnswerFact(6, FAIL)))
    assert outcome_of(attested(CHANGES, item(6, PASS)), facts) is Suitability.SUITABLE
    worse = attested(CHANGES, item(17, FAIL))
    assert outcome_of(worse, facts_with(known())) is Suitability.NOT_SUITABLE


def test_another_day_than_the_known_one_rests_on_its_written_outcome() -> None:
    facts = facts_with(known(HomeAnswerFact(6, FAIL)))
    elsewhere = attested(earlier_day=date(2025, 1, 1), earlier_outcome="suitable")
    assert outcome_of(elsewhere, facts) is Suitability.SUITABLE


def test_items_the_earlier_assessment_left_open_are_still_open() -> None:
    before = known()
    before = replace(before, answers=before.answers[:-1])
    assert outcome_of(attested(), facts_with(before)) is Suitability.UNDETERMINED


def test_a_whole_assessment_rests_on_nothing_earlier() -> None:
    facts = facts_with(known(HomeAnswerFact(6, FAIL)))
    every = tuple(item(number, PASS) for number in range(1, ITEM_COUNT + 1))
    whole = Home(HomeAssessment(Mark(Row("home_assessment")), method=FULL), every)
    assert outcome_of(whole, facts) is Suitability.SUITABLE


def test_a_plan_of_before_makes_no_second_task() -> None:
    before = known(HomeAnswerFact(1, FAIL, plan="table", owner="son", due_day=TODAY))
    assert tasks(attested(), facts_with(before)) == []
    again = attested(CHANGES, item(1, FAIL, plan="table", owner="son", due_day=TODAY))
    assert len(tasks(again, facts_with(before))) == 1


@pytest.mark.parametrize("days", [-1, 0, 1])
def test_an_overdue_plan_comes_back_at_any_visit(days: int) -> None:
    due = TODAY + timedelta(days=days)
    before = known(HomeAnswerFact(1, FAIL, plan="table", owner="son", due_day=due))
    found = of_code(findings(Home(), facts_with(before)), PLAN_OVERDUE)
    assert len(found) == (days < 0)
    if found:
        assert found[0].level is Level.ADVICE
        assert found[0].words.startswith("Home plan is overdue: Clean surface to prepare on: table")


def test_a_plan_that_was_done_is_to_be_looked_at_when_the_home_is() -> None:
    done = HomeAnswerFact(
        1, FAIL, plan="table", owner="son", due_day=date(2026, 1, 1), plan_done=TODAY
    )
    facts = facts_with(known(done))
    assert of_code(findings(Home(), facts), PLAN_OVERDUE) == []
    assert of_code(findings(Home(), facts), PLAN_DONE) == []
    assert len(of_code(findings(attested(), facts), PLAN_DONE)) == 1
    assert of_code(findings(attested(CHANGES, item(1, PASS)), facts), PLAN_DONE) == []


@pytest.mark.parametrize(
    ("changed", "level"),
    [
        (("none",), None),
        ((), None),
        (("address",), Level.STOP),
        (("caregiver",), Level.ADVICE),
        (("therapy", "incident"), Level.ADVICE),
        (("address", "incident"), Level.STOP),
    ],
)
def test_a_change_asks_for_the_whole_home(changed: tuple[str, ...], level: Level | None) -> None:
    found = of_code(findings(attested(changed=changed), facts_with(known())), CHANGED_SINCE)
    assert [one.level for one in found] == ([level] if level else [])


@pytest.mark.parametrize(("days", "due"), [(60, False), (61, True)])
def test_a_home_is_seen_every_sixty_days(days: int, due: bool) -> None:
    whole = TODAY - timedelta(days=days)
    facts = facts_with(known(whole=whole))
    assert bool(of_code(findings(Home(), facts), DUE)) is due
    assert bool(of_code(findings(attested(earlier_day=whole), facts), DUE)) is due
    seen = facts_with(known(whole=whole, seen=TODAY - timedelta(days=5)))
    assert of_code(findings(Home(), seen), DUE) == []


def test_a_home_that_is_not_suitable_asks_what_follows() -> None:
    facts = facts_with(known(HomeAnswerFact(6, FAIL)))
    (found,) = of_code(findings(attested(), facts), NO_REFERRAL)
    assert found.level is Level.STOP
    assert found.cell is not None
    assert found.cell.field == "referred"
    assert of_code(findings(attested(referred="suite"), facts), NO_REFERRAL) == []


def test_the_note_tells_which_answers_are_of_before() -> None:
    before = known(HomeAnswerFact(3, FAIL, plan="lamp", owner="daughter", due_day=TODAY))
    told = text_of(blocks(attested(CHANGES, item(20, PASS)), facts_with(before)))
    assert "Unchanged since" in told
    assert "lamp" in told
    here, _, earlier = told.partition("Unchanged since")
    assert "20 pets" in here
    assert "20 pets" not in earlier
    assert "1 clean surface" in earlier


def on(before: HomeFact | None, *, first_dose: bool = False, **said: Any) -> Facts:
    """Facts with an order of a therapy of the catalogue."""
    facts = facts_with(before)
    assert facts.order is not None
    therapy = TherapyFact("made", "made", **said)
    return replace(facts, order=replace(facts.order, therapy=therapy, first_dose=first_dose))


# An item, the therapy, and whether its failing blocks.
@pytest.mark.parametrize(
    ("number", "therapy", "blocks_it"),
    [
        (7, {"groups": ("tpn",)}, True),
        (8, {"groups": ("inotrope",), "continuous": True}, True),
        (8, {"groups": ("tpn",), "continuous": True}, False),
        (12, {"refrigerated": True}, True),
        (12, {}, False),
        (13, {"controlled": True}, True),
        (13, {"groups": ("opioid_pca",)}, True),
        (13, {}, False),
        (16, {"hazardous": True}, True),
        (16, {"groups": ("chemotherapy",)}, True),
        (16, {}, False),
        (26, {"kit_needed": True}, True),
        (26, {}, False),
        (31, {"groups": ("opioid_pca",)}, True),
        (31, {"groups": ("inotrope",)}, True),
        (31, {"groups": ("tpn",)}, True),
        (36, {"groups": ("anti_cd20",)}, True),
        (36, {}, False),
        (40, {"groups": ("tpn",)}, True),
        (40, {}, False),
    ],
)
def test_the_therapy_of_the_order_decides_what_blocks(
    number: int, therapy: dict[str, Any], blocks_it: bool
) -> None:
    every = tuple(item(n, FAIL if n == number else PASS) for n in range(1, ITEM_COUNT + 1))
    values = Home(HomeAssessment(Mark(Row("home_assessment")), method=FULL), every)
    found = findings(values, on(None, **therapy))
    assert bool(of_code(found, BLOCKER)) is blocks_it


@pytest.mark.parametrize(
    ("minutes", "groups", "first", "blocks_it"),
    [
        (31, ("biologic",), True, True),
        (31, ("antibiotic",), True, False),
        (31, ("biologic",), False, False),
        (30, ("biologic",), True, False),
        (61, ("antibiotic",), False, True),
    ],
)
def test_distance_blocks_a_first_dose_of_a_high_risk_drug(
    minutes: int, groups: tuple[str, ...], first: bool, blocks_it: bool
) -> None:
    far = item(24, PASS, minutes=Decimal(minutes))
    every = tuple(far if n == 24 else item(n, PASS) for n in range(1, ITEM_COUNT + 1))
    values = Home(HomeAssessment(Mark(Row("home_assessment")), method=FULL), every)
    found = findings(values, on(None, first_dose=first, groups=groups))
    assert bool(of_code(found, BLOCKER)) is blocks_it


@pytest.mark.parametrize(("points", "outcome"), [(3, "suitable"), (4, "undetermined")])
def test_the_fall_screen_of_the_visit_answers_its_item(points: int, outcome: str) -> None:
    every = tuple(item(n, PASS) for n in range(1, ITEM_COUNT + 1) if n != 23)
    values = Home(HomeAssessment(Mark(Row("home_assessment")), method=FULL), every)
    assert outcome_of(values, made_facts()) is Suitability.UNDETERMINED
    assert outcome_of(values, made_facts(fall_points=points)) == outcome


def test_a_plan_of_the_fall_screen_is_the_plan_of_its_item_and_the_note_says_so() -> None:
    every = tuple(item(n, PASS) for n in range(1, ITEM_COUNT + 1) if n != 23)
    values = Home(HomeAssessment(Mark(Row("home_assessment")), method=FULL), every)
    bare = made_facts(fall_points=6)
    planned = made_facts(fall_points=6, fall_plan="walker beside the bed, tubing tied up")
    assert outcome_of(values, bare) is Suitability.UNDETERMINED
    assert outcome_of(values, planned) is Suitability.WITH_PLAN
    assert of_code(findings(values, bare), NO_PLAN)
    assert not of_code(findings(values, planned), NO_PLAN)
    said = text_of(blocks(values, planned))
    assert "by the fall screen" in said
    assert "walker beside the bed" in said
    own = Home(values.home_assessment, (*every, item(23, PASS)))
    assert "by the fall screen" not in text_of(blocks(own, planned))


def test_before_is_judged_even_when_nothing_is_answered_today() -> None:
    assert judged_before(facts_with(None)) is None
    assert judged_before(facts_with(known())) is Suitability.SUITABLE
    assert judged_before(facts_with(known(HomeAnswerFact(6, FAIL)))) is Suitability.NOT_SUITABLE
