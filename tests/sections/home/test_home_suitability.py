"""Suitability of the home: every combination of severities, every condition, every figure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infusion_visits.core.cells import Row
from infusion_visits.core.findings import Finding, Gate, Level, stops
from infusion_visits.core.kinds import NotDoneReason, StrikeReason
from infusion_visits.core.marks import Mark, NotDone, Struck
from infusion_visits.core.planned import PlannedTask
from infusion_visits.core.resources import load_catalogue
from infusion_visits.sections.home.fields import FAIL, FULL, ITEM_COUNT, NOT_APPLICABLE, PASS
from infusion_visits.sections.home.items import Severity, items_for, read_items
from infusion_visits.sections.home.rules import findings, tasks
from infusion_visits.sections.home.suitability import Judgement, Suitability, judge
from infusion_visits.sections.home.values import Home, HomeAssessment, HomeFinding
from tests.sections.every_field import NOW, made_facts

if TYPE_CHECKING:
    from infusion_visits.patients.facts import Facts

PLAN: dict[str, Any] = {"plan": "buy soap", "owner": "daughter", "due_day": date(2026, 11, 28)}
BLOCKER, NEEDS_PLAN, ADVISORY = 6, 1, 9
"""An item of each severity that depends on nothing else."""


def item(number: int, answer: str | None, **said: Any) -> HomeFinding:
    return HomeFinding(Mark(Row("home_finding", (number,))), answer=answer, **said)


def home(*found: HomeFinding, **said: Any) -> Home:
    """A whole assessment in which every item passes but those given."""
    given_items = {one.item: one for one in found}
    every = tuple(given_items.get(n) or item(n, PASS) for n in range(1, ITEM_COUNT + 1))
    base: dict[str, Any] = {"method": FULL, "needs": ("none",)}
    assessment = HomeAssessment(Mark(Row("home_assessment")), **(base | said))
    return Home(assessment, every)


def judged(values: Home, facts: Facts | None = None) -> Judgement:
    found = judge(values, facts or made_facts())
    assert found is not None
    return found


def with_order(**said: Any) -> Facts:
    facts = made_facts()
    assert facts.order is not None
    return replace(facts, order=replace(facts.order, **said))


@pytest.mark.parametrize(
    ("blocker", "unplanned", "planned", "advisory", "open_item"),
    list(product([False, True], repeat=5)),
)
def test_every_combination(
    blocker: bool, unplanned: bool, planned: bool, advisory: bool, open_item: bool
) -> None:
    found = []
    if blocker:
        found.append(item(BLOCKER, FAIL))
    if unplanned:
        found.append(item(NEEDS_PLAN, FAIL))
    if planned:
        found.append(item(3, FAIL, **PLAN))
    if advisory:
        found.append(item(ADVISORY, FAIL))
    if open_item:
        found.append(item(20, None))
    expected = (
        Suitability.NOT_SUITABLE
        if blocker
        else Suitability.UNDETERMINED
        if unplanned or open_item
        else Suitability.WITH_PLAN
        if planned
        else Suitability.SUITABLE
    )
    result = judged(home(*found))
    assert result.outcome is expected
    assert len(result.reasons) == blocker + unplanned + planned + advisory + open_item


@pytest.mark.parametrize("lacking", ["plan", "owner", "due_day"])
def test_a_plan_is_text_owner_and_day(lacking: str) -> None:
    result = judged(home(item(NEEDS_PLAN, FAIL, **(PLAN | {lacking: None}))))
    assert result.outcome is Suitability.UNDETERMINED
    (found,) = findings(home(item(NEEDS_PLAN, FAIL, **(PLAN | {lacking: None}))), made_facts())
    assert found.cell is not None
    assert found.cell.field == lacking
    assert found.gate is Gate.SIGN
    assert not found.overridable


# Item, severity when it fails and nothing more is known to be needed.
PLAIN_SEVERITY = {
    1: "plan", 2: "blocker", 3: "plan", 4: "plan", 5: "blocker", 6: "blocker", 7: "plan",
    8: "plan", 9: "advisory", 10: "blocker", 11: "plan", 12: "plan", 13: "plan", 14: "plan",
    15: "plan", 16: "plan", 17: "blocker", 18: "advisory", 19: "blocker", 20: "plan", 21: "plan",
    22: "plan", 23: "plan", 24: "plan", 25: "plan", 26: "advisory", 27: "advisory", 28: "plan",
    29: "plan", 30: "blocker", 31: "advisory", 32: "advisory", 33: "plan", 34: "advisory",
    35: "blocker", 36: "plan", 37: "advisory", 38: "plan", 39: "advisory", 40: "advisory",
}  # fmt: skip


@pytest.mark.parametrize(("number", "severity"), PLAIN_SEVERITY.items())
def test_each_item_weighs_as_the_reference_says(number: int, severity: str) -> None:
    facts = replace(made_facts(), order=None, orders=())
    answered = home(item(number, FAIL))
    if number in {24, 34}:
        # Only an order says that no first dose is planned.
        facts = with_order(first_dose=False)
    (failing,) = judged(answered, facts).failing
    assert failing.severity == severity


@pytest.mark.parametrize(
    ("number", "need"),
    [
        (7, "pump"), (8, "continuous"), (12, "refrigerated"), (13, "controlled"), (16, "hazardous"),
        (26, "anaphylaxis_kit"), (31, "caregiver"), (34, "supervised_first"), (36, "labs"),
        (40, "nutrition"),
    ],
)  # fmt: skip
def test_what_the_therapy_needs_makes_a_blocker(number: int, need: str) -> None:
    result = judged(home(item(number, FAIL), needs=(need,)))
    assert [one.item.number for one in result.blockers] == [number]
    assert "said to be needed" in result.reasons[0]


@pytest.mark.parametrize("number", [7, 8, 12, 13, 16, 26, 31, 34, 36, 40])
def test_what_nobody_said_counts_as_needed_and_says_so(number: int) -> None:
    facts = replace(made_facts(), order=None, orders=())
    result = judged(home(item(number, FAIL), needs=None), facts)
    assert result.outcome is Suitability.NOT_SUITABLE
    assert "not answered, counted as needed" in result.reasons[0]


@pytest.mark.parametrize(
    ("number", "drug", "blocks"),
    [
        (8, "milrinone", True), (8, "infliximab", False), (12, "infliximab", True),
        (12, "cefazolin", False), (13, "morphine", True), (16, "fluorouracil", True),
        (31, "hydromorphone", True), (36, "zoledronic acid", True), (36, "rituximab", True),
        (36, "vancomycin", False), (40, "parenteral nutrition", True), (26, "vancomycin", True),
    ],
)  # fmt: skip
def test_the_order_alone_can_add_a_need(number: int, drug: str, blocks: bool) -> None:
    result = judged(home(item(number, FAIL)), with_order(drug=drug, brand=""))
    assert bool(result.blockers) is blocks
    if blocks:
        assert "from the order" in result.reasons[0]


@pytest.mark.parametrize(
    ("first", "allowed", "blocks"),
    [(True, False, True), (True, True, False), (False, False, False), (False, True, False)],
)
def test_a_first_dose_in_a_monitored_place(first: bool, allowed: bool, blocks: bool) -> None:
    facts = with_order(first_dose=first, home_first_dose_allowed=allowed)
    assert bool(judged(home(item(34, FAIL)), facts).blockers) is blocks


@pytest.mark.parametrize(
    ("minutes", "first", "severity"),
    [
        ("30", False, None), ("30", True, None), ("31", False, Severity.PLAN),
        ("31", True, Severity.BLOCKER), ("60", False, Severity.PLAN),
        ("61", False, Severity.BLOCKER), ("61", True, Severity.BLOCKER),
    ],
)  # fmt: skip
def test_distance_to_help(minutes: str, first: bool, severity: Severity | None) -> None:
    facts = with_order(first_dose=first)
    for answer in (PASS, None):
        result = judged(home(item(24, answer, minutes=Decimal(minutes))), facts)
        assert [one.severity for one in result.failing] == ([severity] if severity else [])


@pytest.mark.parametrize(
    ("celsius", "fails"), [("1.9", True), ("2", False), ("8", False), ("8.1", True)]
)
def test_the_refrigerator(celsius: str, fails: bool) -> None:
    result = judged(home(item(12, PASS, temperature=Decimal(celsius))))
    assert bool(result.failing) is fails
    if fails:
        assert "said to pass, but the figure is out of bounds" in result.reasons[0]


@pytest.mark.parametrize(("score", "fails"), [("3", False), ("4", True)])
def test_the_fall_score(score: str, fails: bool) -> None:
    assert bool(judged(home(item(23, PASS, score=Decimal(score)))).failing) is fails


def test_not_applicable_never_fails() -> None:
    result = judged(
        home(item(12, NOT_APPLICABLE, temperature=Decimal(20)), item(6, NOT_APPLICABLE))
    )
    assert result.outcome is Suitability.SUITABLE


@pytest.mark.parametrize(
    ("number", "said", "severity"),
    [
        (5, {"extent": "minor"}, Severity.PLAN),
        (5, {"extent": "serious"}, Severity.BLOCKER),
        (31, {"extent": "minor"}, Severity.PLAN),
        (6, {"extent": "minor"}, Severity.BLOCKER),
        (2, PLAN, Severity.PLAN),
        (2, {"plan": "bottled water"}, Severity.BLOCKER),
        (6, PLAN, Severity.BLOCKER),
    ],
)
def test_minor_and_planned_failings(number: int, said: dict[str, Any], severity: Severity) -> None:
    (failing,) = judged(home(item(number, FAIL, **said), needs=("caregiver",))).failing
    assert failing.severity is severity


def test_nothing_assessed_has_no_outcome() -> None:
    assert judge(Home(), made_facts()) is None
    assert findings(Home(), made_facts()) == []
    assert tasks(Home(), made_facts()) == []


OUTCOMES = tuple(Suitability)


@pytest.mark.parametrize(("before", "now"), list(product(OUTCOMES, OUTCOMES)))
def test_changes_only_keep_the_worse_outcome(before: Suitability, now: Suitability) -> None:
    found = {
        Suitability.NOT_SUITABLE: (item(BLOCKER, FAIL),),
        Suitability.UNDETERMINED: (item(NEEDS_PLAN, FAIL),),
        Suitability.WITH_PLAN: (item(NEEDS_PLAN, FAIL, **PLAN),),
        Suitability.SUITABLE: (),
    }[now]
    assessment = HomeAssessment(
        Mark(Row("home_assessment")),
        method="changes",
        earlier_day=date(2026, 11, 2),
        earlier_outcome=before.value,
        needs=("none",),
    )
    result = judged(Home(assessment, found))
    assert result.outcome is min(before, now, key=OUTCOMES.index)
    assert result.unanswered == ()
    assert f"Earlier assessment of 2 Nov 2026: {before.label}." in result.reasons


def test_unchanged_without_the_earlier_outcome_is_undetermined() -> None:
    assessment = HomeAssessment(Mark(Row("home_assessment")), method="unchanged")
    assert judged(Home(assessment)).outcome is Suitability.UNDETERMINED


def test_a_struck_item_is_not_counted_and_a_not_done_one_is_answered() -> None:
    struck = Struck(NOW, NOW_BY, StrikeReason.TYPING_ERROR)
    gone = replace(item(BLOCKER, FAIL), mark=Mark(Row("home_finding", (BLOCKER,)), struck=struck))
    assert judged(home(gone)).unanswered == (BLOCKER,)
    absent = {"answer": NotDone(NotDoneReason.REFUSED)}
    mark = Mark(Row("home_finding", (3,)), not_done=absent)
    assert judged(home(HomeFinding(mark))).unanswered == ()


NOW_BY = made_facts().orders[0].order


def by_code(found: list[Finding], code: str) -> Finding:
    (one,) = [each for each in found if each.code == code]
    return one


def test_a_blocker_shuts_the_start_until_two_people_agreed() -> None:
    blocked = item(BLOCKER, FAIL, note="boxes before the door")
    found = findings(home(blocked), made_facts())
    (stop,) = stops(found, Gate.START)
    assert not stop.overridable
    assert "clinical manager" in stop.words
    alert = by_code(found, "home-not-suitable")
    assert alert.level is Level.ALERT
    assert "unsafe dirt or blocked exits" in alert.detail
    people: dict[str, Any] = {
        "agreed_prescriber": "S. Lindqvist",
        "agreed_manager": "T. Brandt",
        "agreed_at": NOW,
        "agreed_reason": "Hospital full, exits cleared tonight.",
        "referred": "reschedule",
    }
    for missing in ("agreed_prescriber", "agreed_manager", "agreed_at", "agreed_reason"):
        some = findings(home(blocked, **(people | {missing: None})), made_facts())
        assert not stops(some, Gate.START)[0].overridable
    whole = findings(home(blocked, **people), made_facts())
    assert stops(whole, Gate.START)[0].overridable
    said = by_code(whole, "home-not-suitable").response
    assert "Agreed to go on 16:00: prescriber S. Lindqvist and clinical manager T. Brandt." in said
    assert "Hospital full" in said
    assert "Put off until resolved." in said


def test_not_suitable_before_and_nothing_resolved_keeps_the_start_shut() -> None:
    assessment = HomeAssessment(
        Mark(Row("home_assessment")),
        method="unchanged",
        earlier_day=date(2026, 11, 2),
        earlier_outcome="not_suitable",
    )
    found = findings(Home(assessment), made_facts())
    assert [one.code for one in stops(found, Gate.START)] == ["home-not-suitable-earlier"]
    assert "2 Nov 2026" in by_code(found, "home-not-suitable").detail


def test_open_items_of_a_whole_assessment_stop_the_signature() -> None:
    found = findings(home(item(7, None), item(8, None)), made_facts())
    (stop,) = stops(found, Gate.SIGN)
    assert stop.words.startswith("Home: 2 items")
    assert stop.cell is not None
    assert stop.cell.row.at == (7,)


@pytest.mark.parametrize(("days", "due"), [(60, False), (61, True)])
def test_a_home_is_assessed_anew_after_sixty_days(days: int, due: bool) -> None:
    assessment = HomeAssessment(
        Mark(Row("home_assessment")),
        method="unchanged",
        earlier_day=date(2026, 11, 21) - timedelta(days=days),
        earlier_outcome="suitable",
    )
    found = findings(Home(assessment), made_facts())
    assert [one.code for one in found] == (["home-reassessment-due"] if due else [])


def test_plans_become_tasks() -> None:
    values = home(
        item(NEEDS_PLAN, FAIL, **PLAN),
        item(ADVISORY, FAIL, plan="call the power company"),
        item(4, PASS, plan="left from before"),
        item(BLOCKER, FAIL),
    )
    assert tasks(values, made_facts()) == [
        PlannedTask(
            "Home, Clean surface to prepare on: buy soap",
            "daughter",
            date(2026, 11, 28),
            "home/home_finding/1",
        ),
        PlannedTask(
            "Home, Medical priority with the utility: call the power company",
            "",
            None,
            "home/home_finding/9",
        ),
    ]


def test_the_catalogue_has_forty_items_each_with_its_source() -> None:
    catalogue = read_items(load_catalogue("home_assessment"))
    assert load_catalogue("home_assessment")["edition"]
    assert list(catalogue.items) == list(range(1, 41))
    assert catalogue.reassess_days == 60
    assert len({one.label for one in catalogue.items.values()}) == 40
    for one in catalogue.items.values():
        assert one.source
        assert one.asks.endswith(".")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda entry: entry.pop("source"), "source"),
        (lambda entry: entry.update(number=99), "numbered"),
        (lambda entry: entry.update(blocker_when=["luck"]), "luck"),
        (lambda entry: entry.update(measure="luck"), "luck"),
        (lambda entry: entry.update(severity="luck"), "luck"),
    ],
)
def test_a_catalogue_out_of_order_is_refused(change: Any, words: str) -> None:
    written = load_catalogue("home_assessment")
    entries = [dict(entry) for entry in written["item"]]
    change(entries[0])
    with pytest.raises(ValueError, match=words):
        read_items({**written, "item": entries})


def test_a_signed_record_keeps_its_own_items() -> None:
    written = load_catalogue("home_assessment")
    entries = [dict(entry) for entry in written["item"]]
    entries[0]["severity"] = "blocker"
    facts = made_facts(catalogue={"home_assessment": {**written, "item": entries}})
    assert items_for(facts).items[1].severity is Severity.BLOCKER
    assert judged(home(item(1, FAIL)), facts).outcome is Suitability.NOT_SUITABLE


ANSWERS = st.sampled_from([PASS, FAIL, NOT_APPLICABLE, None])


@given(answers=st.lists(ANSWERS, min_size=40, max_size=40), planned=st.sets(st.integers(1, 40)))
def test_the_outcome_follows_from_its_parts(answers: list[str | None], planned: set[int]) -> None:
    values = home(
        *(
            item(number, answer, **(PLAN if number in planned else {}))
            for number, answer in enumerate(answers, 1)
        )
    )
    result = judged(values)
    assert (result.outcome is Suitability.NOT_SUITABLE) == bool(result.blockers)
    assert len(result.failing) == answers.count(FAIL)
    if result.outcome is Suitability.SUITABLE:
        assert not result.without_plan
        assert not result.with_plan
        assert None not in answers
    # Writing a plan never makes a home worse.
    better = judged(home(*(replace(one, **PLAN) for one in values.home_finding)))
    assert OUTCOMES.index(better.outcome) >= OUTCOMES.index(result.outcome)
