"""The home assessment: what each failing item weighs, and what the whole comes to (section 6)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from infusion_visits.core.cells import Row
from infusion_visits.core.findings import Level
from infusion_visits.core.marks import Mark
from infusion_visits.core.resources import load_catalogue
from infusion_visits.patients.facts import HomeAnswerFact, HomeFact, TherapyFact
from infusion_visits.sections.home.fields import FULL, ITEM_COUNT, UNCHANGED
from infusion_visits.sections.home.items import CATALOGUE, Severity, read_items
from infusion_visits.sections.home.rules import BLOCKER, CHANGED_SINCE, DUE, findings
from infusion_visits.sections.home.suitability import judge
from infusion_visits.sections.home.values import Home, HomeAssessment, HomeFinding
from tests.clinical_reference.runners.given import Given, kind
from tests.sections.every_field import NOW, made_facts

if TYPE_CHECKING:
    from infusion_visits.patients.facts import Facts

_LETTERS = {Severity.BLOCKER: "B", Severity.PLAN: "P", Severity.ADVISORY: "A"}
_PLAN: dict[str, Any] = {"plan": "planned", "owner": "daughter", "due_day": date(2026, 11, 28)}
_OF_SEVERITY = {"B": (6, 17), "P": (1, 3), "A": (9, 18)}


@kind("home item")
def item(given: Given) -> dict[str, object]:
    """One item fails (or its figure is given), all others pass; the therapy is as given."""
    number = given.whole("number")
    said: dict[str, Any] = {"answer": given.text("answer", "fail")}
    for figure in ("temperature", "score", "minutes"):
        if given.has(figure):
            said[figure] = given.figure(figure)
    if given.has("extent"):
        said["extent"] = given.text("extent")
    if given.yes("planned"):
        said |= _PLAN
    facts = _facts(given)
    judged = judge(_home({number: said}), facts)
    assert judged is not None
    failing = {one.item.number: one for one in judged.failing}
    asks = read_items(load_catalogue(CATALOGUE)).items[number]
    return {
        "severity": _LETTERS[failing[number].severity] if number in failing else None,
        "outcome": str(judged.outcome),
        "area": asks.area,
        "measure": asks.measure or None,
        "asks": asks.asks,
    }


@kind("home outcome")
def outcome(given: Given) -> dict[str, object]:
    """`failing` are letters of severity, `planned` whether what needs a plan has one."""
    answers: dict[int, dict[str, Any]] = {}
    taken = {letter: iter(numbers) for letter, numbers in _OF_SEVERITY.items()}
    planned = given.yes("planned")
    for letter in given.texts("failing"):
        said: dict[str, Any] = {"answer": "fail"}
        answers[next(taken[letter])] = said | (_PLAN if planned and letter == "P" else {})
    more: dict[str, Any] = {}
    if given.yes("agreed"):
        more = {
            "referred": "go_on",
            "agreed_prescriber": "S. Lindqvist, MD",
            "agreed_manager": "R. Oyelaran",
            "agreed_at": NOW,
            "agreed_reason": "family brings water",
        }
    values = _home(answers, **more)
    found = findings(values, made_facts())
    judged = judge(values, made_facts())
    assert judged is not None
    return {
        "outcome": str(judged.outcome),
        "may_go_on": all(one.overridable for one in found if one.code == BLOCKER),
        "can_be_signed": not any(one.level is Level.STOP and not one.overridable for one in found),
    }


@kind("home reassessment")
def reassessment(given: Given) -> dict[str, object]:
    """A home re-attested `days` after its whole assessment, with what changed since."""
    whole = NOW.date() - timedelta(days=int(given.any("days", 1)))
    answers = tuple(HomeAnswerFact(number, "pass") for number in range(1, ITEM_COUNT + 1))
    facts = made_facts(home_before=HomeFact(whole, whole, ("none",), answers))
    changed = tuple(given.texts("changed"))
    assessment = HomeAssessment(
        Mark(Row("home_assessment")),
        method=UNCHANGED,
        earlier_day=whole,
        changed=changed or None,
    )
    codes = {one.code for one in findings(Home(assessment), facts)}
    return {"due": DUE in codes, "anew": CHANGED_SINCE in codes}


def _home(answers: dict[int, dict[str, Any]], **more: Any) -> Home:
    every = tuple(
        HomeFinding(
            Mark(Row("home_finding", (number,))), **(answers.get(number) or {"answer": "pass"})
        )
        for number in range(1, ITEM_COUNT + 1)
    )
    assessment = HomeAssessment(Mark(Row("home_assessment")), method=FULL, needs=("none",), **more)
    return Home(assessment, every)


def _facts(given: Given) -> Facts:
    facts = made_facts()
    assert facts.order is not None
    bare = TherapyFact(given.text("therapy", "made"), "made", groups=tuple(given.texts("groups")))
    flags: dict[str, Any] = dict.fromkeys(given.texts("therapy_is"), True)
    therapy = replace(bare, **flags)
    order = replace(
        facts.order,
        therapy=therapy,
        first_dose=given.yes("first_dose"),
        home_first_dose_allowed=given.yes("home_first_dose", default=True),
    )
    return replace(facts, order=order)
