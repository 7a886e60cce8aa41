"""The assessment: what is new or worse, what the therapy asks, falls, and what the note says."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from infusion_visits.core.cells import Row
from infusion_visits.core.findings import Gate, Level
from infusion_visits.core.kinds import VisitKind
from infusion_visits.core.marks import Mark
from infusion_visits.patients.facts import Facts, TherapyFact, VitalsFact
from infusion_visits.sections.assessment import options as of
from infusion_visits.sections.assessment.catalogue import catalogue_of, read_assessment
from infusion_visits.sections.assessment.fields import SYSTEMS
from infusion_visits.sections.assessment.note import blocks
from infusion_visits.sections.assessment.rules import fall_score, findings, not_answered, not_asked
from infusion_visits.sections.assessment.values import (
    Assessment,
    FallScreen,
    SystemsAssessed,
    WatchAnswer,
)
from tests.sections.every_field import made_facts, text_of

AT = datetime(2026, 11, 21, 14, 5, tzinfo=UTC)
NORMAL = {key: of.NORMAL for key, _ in SYSTEMS if key != "endocrine"}


def assessed(**more: Any) -> Assessment:
    """All systems normal, but for what is given."""
    mark = Mark(Row("assessment"), at=AT, entered_at=AT)
    return Assessment(SystemsAssessed(mark, at=AT, **{**NORMAL, **more}))


def facts_for(drug: str, *groups: str, key: str = "", **more: Any) -> Facts:
    """A visit for this drug."""
    facts = made_facts(**more)
    assert facts.order is not None
    therapy = TherapyFact(key or drug, drug, groups=groups)
    return replace(facts, order=replace(facts.order, drug=drug, brand="", therapy=therapy))


def answer(number: int, value: bool, words: str = "") -> WatchAnswer:
    return WatchAnswer(Mark(Row("therapy_watch", (number,))), answer=value, words=words or None)


def codes(values: Assessment, facts: Facts) -> dict[str, Any]:
    return {one.code: one for one in findings(values, facts)}


def test_all_normal_has_nothing_to_say_and_one_paragraph() -> None:
    facts = made_facts()
    assert findings(assessed(), facts) == []
    made = blocks(assessed(), facts)
    assert len(made) == 2
    text = text_of(made)
    assert "All systems within normal limits" in text
    assert "alert, oriented, speech clear" in text


def test_new_or_worse_prints_with_its_signs_and_what_was_done() -> None:
    values = assessed(
        cardiovascular=of.CHANGED,
        heart_signs=("weight_up",),
        edema="2",
        edema_where="both shins",
        cardiovascular_words="since Tuesday",
        response="Dr. Stern told",
    )
    (found,) = findings(values, made_facts())
    assert found.level is Level.ALERT
    assert "edema 2+" in found.words
    assert "both shins" in found.words
    assert (found.detail, found.response, found.at) == ("since Tuesday", "Dr. Stern told", AT)


def test_what_was_known_before_is_no_exception_of_this_visit() -> None:
    values = assessed(skin=of.KNOWN, skin_signs=("wound",), skin_words="left heel, dry")
    assert findings(values, made_facts()) == []
    assert "left heel, dry" in text_of(blocks(values, made_facts()))


def test_thoughts_of_self_harm_are_never_only_known() -> None:
    values = assessed(mood=of.KNOWN, mood_signs=(of.SELF_HARM,), mood_words="said so today")
    found = codes(values, made_facts())
    assert found["assessment.self-harm"].level is Level.ALERT
    assert found["assessment.self-harm.unanswered"].level is Level.STOP
    assert values.assessment is not None
    done = replace(values, assessment=replace(values.assessment, response="988 called"))
    assert "assessment.self-harm.unanswered" not in codes(done, made_facts())


@pytest.mark.parametrize(
    ("drug", "groups", "key", "numbers"),
    [
        ("milrinone", ("inotrope",), "", (1, 2)),
        ("morphine", ("opioid_pca",), "", (3, 4)),
        ("ocrelizumab", ("anti_cd20", "biologic"), "", (5,)),
        ("natalizumab", ("biologic",), "", (5,)),
        ("immune globulin 10 %", ("ivig",), "", (6, 7)),
        ("vancomycin", ("antibiotic",), "vancomycin", (8, 9, 10)),
        ("tobramycin", ("antibiotic",), "tobramycin", (8, 9, 10)),
        ("cefazolin", ("antibiotic",), "", (10,)),
        ("parenteral nutrition", ("tpn",), "", (11,)),
        ("fluorouracil", ("chemotherapy",), "", (12,)),
        ("factor VIII", ("factor",), "", (13,)),
        ("zoledronic acid", ("bone",), "", (9, 14)),
        ("iron sucrose", ("iron",), "", ()),
    ],
)
def test_the_therapy_chooses_its_questions(
    drug: str, groups: tuple[str, ...], key: str, numbers: tuple[int, ...]
) -> None:
    facts = facts_for(drug, *groups, key=key)
    assert tuple(one.number for one in catalogue_of(facts).asked(facts)) == numbers


def test_an_order_without_a_catalogue_entry_is_known_by_its_name() -> None:
    facts = facts_for("Vancomycin 1 g")
    assert facts.order is not None
    bare = replace(facts, order=replace(facts.order, therapy=None))
    assert [one.key for one in catalogue_of(bare).asked(bare)] == ["hearing", "kidney"]


def test_a_failing_heart_is_asked_whatever_is_infused() -> None:
    facts = made_facts(conditions=("Chronic heart failure, I50.22",))
    assert [one.key for one in catalogue_of(facts).asked(facts)] == ["lying_flat", "heart_weight"]


def test_questions_of_the_therapy_are_answered_before_signing() -> None:
    facts = facts_for("immune globulin", "ivig")
    found = codes(assessed(), facts)["assessment.therapy-unanswered"]
    assert (found.level, found.gate) == (Level.STOP, Gate.SIGN)
    assert "2 questions" in found.words
    values = replace(assessed(), therapy_watch=(answer(6, False), answer(7, False)))
    assert findings(values, facts) == []
    text = text_of(blocks(values, facts))
    assert "Asked for this therapy, answered no" in text
    # Nobody is held up at a visit that does not assess.
    call = facts_for("immune globulin", "ivig", kind=VisitKind.TELEPHONE)
    assert findings(Assessment(), call) == []


def test_a_sign_of_pml_holds_the_start_and_prints() -> None:
    facts = facts_for("ocrelizumab", "anti_cd20")
    values = replace(assessed(), therapy_watch=(answer(5, True, "left hand clumsy"),))
    found = codes(values, facts)
    hold, alert = found["assessment.therapy-hold"], found["assessment.therapy-yes"]
    assert (hold.level, hold.gate, hold.overridable) == (Level.STOP, Gate.START, True)
    assert (alert.level, alert.detail) == (Level.ALERT, "left hand clumsy")
    headache = replace(assessed(), therapy_watch=(answer(6, True, "two days"), answer(7, False)))
    said = codes(headache, facts_for("immune globulin", "ivig"))
    assert "assessment.therapy-hold" not in said
    assert said["assessment.therapy-yes"].words == "Headache or meningism since the last dose"


@pytest.mark.parametrize(
    ("more", "asked"),
    [
        ({"conditions": ("Type 2 diabetes, E11.9",)}, True),
        ({"conditions": ("Crohn's disease, K50.80",)}, False),
        ({}, False),
    ],
)
def test_glucose_is_asked_of_diabetic_patients(more: dict[str, Any], asked: bool) -> None:
    facts = made_facts(**more)
    assert ("endocrine" in not_asked(assessed(), facts)) is asked
    assert ("assessment.glucose-unanswered" in codes(assessed(), facts)) is asked


def test_glucose_is_asked_with_nutrition_and_steroids() -> None:
    for group in ("tpn", "steroid"):
        assert "endocrine" in not_asked(assessed(), facts_for("a drug", group))


def screen(**yes: bool) -> Assessment:
    """A fall screen in which all other items are no."""
    mark = Mark(Row("fall_screen"), at=AT, entered_at=AT)
    items = {field: False for field, _, _ in of.FALL_ITEMS}
    return Assessment(fall_screen=FallScreen(mark, screened_at=AT, **{**items, **yes}))  # type: ignore[arg-type]


@pytest.mark.parametrize(("count", "at_risk"), [(0, False), (3, False), (4, True), (10, True)])
def test_four_points_are_at_risk(count: int, at_risk: bool) -> None:
    values = screen(**dict.fromkeys([field for field, _, _ in of.FALL_ITEMS][:count], True))
    assert values.fall_screen is not None
    score = fall_score(values.fall_screen, made_facts())
    assert (score.total, score.at_risk) == (count, at_risk)
    found = codes(values, made_facts())
    assert ("assessment.falls-no-plan" in found) is at_risk
    planned = replace(values, fall_screen=replace(values.fall_screen, plan="rug taken up"))
    assert "assessment.falls-no-plan" not in codes(planned, made_facts())
    assert ("assessment.falls-at-risk" in codes(planned, made_facts())) is at_risk


def test_fewer_than_ten_answers_are_no_score() -> None:
    values = screen(incontinent=True)
    assert values.fall_screen is not None
    partial = replace(values.fall_screen, pain_limits=None)
    assert fall_score(partial, made_facts()).total is None
    assert "not scored, 1 of 10 not answered" in text_of(
        blocks(Assessment(fall_screen=partial), made_facts())
    )


@pytest.mark.parametrize(("years", "said", "asks"), [(70, False, True), (70, True, False)])
def test_the_age_is_known(years: int, said: bool, asks: bool) -> None:
    found = codes(screen(age_65=said), made_facts(age_years=years))
    assert ("assessment.falls-age" in found) is asks


def test_the_pain_of_the_last_set_is_pointed_at() -> None:
    from decimal import Decimal

    facts = made_facts(last_vitals=VitalsFact(AT, pain=Decimal(4)))
    assert "4\u00a0of 10, last set of vital signs" in text_of(blocks(assessed(), facts))


def test_the_catalogue_names_what_is_not_answered_only_once() -> None:
    facts = facts_for("immune globulin", "ivig")
    assert [one.number for one in not_answered(assessed(), facts)] == [6, 7]
    assert read_assessment is not None
