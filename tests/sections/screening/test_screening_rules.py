"""Each yes before an infusion: which keeps the start shut, which is only written down."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from infusion_visits.core.cells import Row
from infusion_visits.core.fields import YesNo
from infusion_visits.core.findings import Gate, Level, stops
from infusion_visits.core.kinds import NotDoneReason, VisitKind
from infusion_visits.core.marks import Mark, NotDone
from infusion_visits.core.resources import load_catalogue
from infusion_visits.patients.facts import TherapyFact
from infusion_visits.sections.screening.fields import QUESTIONS, SCREENING_ANSWER, note_of
from infusion_visits.sections.screening.note import blocks
from infusion_visits.sections.screening.rules import (
    SHUTS_START,
    Action,
    findings,
    labs_needed,
    questions_for,
    read_questions,
)
from infusion_visits.sections.screening.values import Screening, ScreeningAnswers
from tests.sections.every_field import made_facts, text_of

KEYS = [key for key, _ in QUESTIONS]


def screening(**said: Any) -> Screening:
    answers = {"mark": Mark(Row("screening_answer"))} | dict.fromkeys(KEYS, False) | said
    return Screening(ScreeningAnswers(**answers))


def with_drug(drug: str, **more: Any) -> Any:
    facts = made_facts(**more)
    assert facts.order is not None
    return replace(facts, order=replace(facts.order, drug=drug, brand=""))


# Clinical reference 7.5, one line a row: what a yes asks before a biologic.
BIOLOGIC = {
    "infection": Action.HOLD_CALL,
    "antibiotics": Action.CALL,
    "new_medicines": Action.RECONCILE,
    "reaction_last_dose": Action.CALL,
    "pregnancy": Action.CALL,
    "procedure": Action.CALL,
    "live_vaccine": Action.CALL,
    "falls_bleeding": Action.NOTE,
    "chest_symptoms": Action.HOLD,
    "neurological": Action.HOLD_CALL,
    "fluid_loss": Action.CALL,
    "weight_change": Action.CALL,
    "fasting": Action.ADVISE,
    "glucose": Action.NOTE,
    "labs_missing": Action.CALL,
    "premedication_missing": Action.WAIT,
    "drug_defect": Action.REJECT,
}


def test_all_no_lets_the_infusion_start() -> None:
    assert findings(screening(), made_facts()) == []


@pytest.mark.parametrize(("key", "action"), BIOLOGIC.items())
def test_a_yes_before_a_biologic(key: str, action: Action) -> None:
    values = screening(**{key: True, note_of(key): "since Monday", "response": "told the doctor"})
    found = findings(values, made_facts())
    shut = stops(found, Gate.START)
    assert {one.cell.field for one in found if one.cell} == {key}
    assert all(one.detail == "since Monday" for one in found)
    if action not in SHUTS_START:
        assert [one.level for one in found] == [Level.ADVICE]
        return
    assert len(shut) == 1
    assert shut[0].overridable
    (alert,) = [one for one in found if one.level is Level.ALERT]
    assert alert.response == "told the doctor"
    assert alert.key != shut[0].key


@pytest.mark.parametrize(
    ("drug", "key", "shuts"),
    [
        ("cefazolin", "infection", False),
        ("Vancomycin", "antibiotics", False),
        ("iron sucrose", "antibiotics", False),
        ("iron sucrose", "infection", True),
        ("iron sucrose", "live_vaccine", False),
        ("cefazolin", "chest_symptoms", True),
        ("immune globulin", "antibiotics", True),
        ("a drug nobody knows", "infection", True),
        ("a drug nobody knows", "live_vaccine", True),
    ],
)
def test_a_lesser_action_only_for_drugs_that_are_known(drug: str, key: str, shuts: bool) -> None:
    found = findings(screening(**{key: True}), with_drug(drug))
    assert bool(stops(found, Gate.START)) is shuts
    assert found


def test_without_an_order_the_stricter_action_counts() -> None:
    facts = replace(made_facts(), order=None, orders=())
    assert stops(findings(screening(infection=True), facts), Gate.START)


@pytest.mark.parametrize(
    ("kind", "shut"),
    [
        (VisitKind.ROUTINE_INFUSION, 1),
        (VisitKind.FIRST_DOSE, 1),
        (VisitKind.UNSCHEDULED, 0),
        (VisitKind.START_OF_CARE, 0),
    ],
)
def test_an_unanswered_screening_keeps_the_start_shut(kind: VisitKind, shut: int) -> None:
    found = findings(Screening(), made_facts(kind=kind))
    assert len(stops(found, Gate.START)) == shut


def test_the_stop_names_how_many_are_open_and_leads_to_the_first() -> None:
    found = findings(screening(antibiotics=None, glucose=None), made_facts())
    (stop,) = stops(found, Gate.START)
    assert "2 of 17" in stop.words
    assert stop.cell is not None
    assert stop.cell.field == "antibiotics"


def test_what_was_said_not_done_is_not_open() -> None:
    mark = Mark(Row("screening_answer"), not_done={"glucose": NotDone(NotDoneReason.DEVICE_FAILED)})
    assert findings(screening(mark=mark, glucose=None), made_facts()) == []


@pytest.mark.parametrize(
    ("weight", "differs"),
    [("77.0", True), ("76.9", False), ("63.0", True), ("63.1", False), ("70", False)],
)
def test_a_weight_ten_percent_off_is_found_though_answered_no(weight: str, differs: bool) -> None:
    found = findings(screening(), made_facts(weight_kg=Decimal(weight)))
    assert bool(stops(found, Gate.START)) is differs
    if differs:
        assert "dosing weight 70\u00a0kg" in found[0].detail


def test_the_note_says_each_yes_and_every_no() -> None:
    told = text_of(
        blocks(screening(falls_bleeding=True, falls_bleeding_note="slipped"), made_facts())
    )
    assert "Fall, bleeding or blood thinner\nyes\nslipped" in told
    assert "Answered no: " in told
    assert "Anything wrong with the drug." in told
    assert "Not asked" not in told
    assert "All answered no: " in text_of(blocks(screening(), made_facts()))
    open_one = text_of(blocks(screening(glucose=None), made_facts()))
    assert "Not asked: \nGlucose out of the patient's range." in open_one


def test_every_question_stands_in_the_catalogue_with_its_source() -> None:
    catalogue = load_catalogue("screening")
    assert catalogue["edition"]
    assert [entry["key"] for entry in catalogue["question"]] == KEYS
    for question in read_questions(catalogue).values():
        assert question.source
        assert question.do.endswith(".")
        assert question.asks.endswith("?")
    asked = [leaf.name for leaf in SCREENING_ANSWER.leaves if isinstance(leaf, YesNo)]
    assert asked == KEYS


def test_a_signed_record_keeps_its_own_catalogue() -> None:
    entries = [dict(entry) for entry in load_catalogue("screening")["question"]]
    entries[0]["do"] = "As it was then."
    kept = {"drug_group": load_catalogue("screening")["drug_group"], "question": entries}
    facts = made_facts(catalogue={"screening": kept})
    assert questions_for(facts)["infection"].do == "As it was then."


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda entry: entry.pop("source"), "source"),
        (lambda entry: entry.pop("lesser_do"), "lesser"),
        (lambda entry: entry.update(key="other"), "not those of the form"),
    ],
)
def test_a_catalogue_out_of_order_is_refused(change: Any, words: str) -> None:
    entries = [dict(entry) for entry in load_catalogue("screening")["question"]]
    change(entries[0])
    catalogue = {"drug_group": load_catalogue("screening")["drug_group"], "question": entries}
    with pytest.raises(ValueError, match=words):
        read_questions(catalogue)


def with_therapy(key: str, *groups: str) -> Any:
    facts = made_facts()
    assert facts.order is not None
    therapy = TherapyFact(key=key, name=key, groups=groups)
    return replace(facts, order=replace(facts.order, drug="a new name", therapy=therapy))


def test_the_place_in_the_therapy_catalogue_counts_more_than_the_name() -> None:
    answers = screening(live_vaccine=True, live_vaccine_note="shingles, live")
    said = findings(answers, with_therapy("vancomycin", "antibiotic"))
    assert [one.level for one in said if one.subject == "live_vaccine"] == [Level.ADVICE]
    said = findings(answers, with_therapy("ocrelizumab", "biologic", "anti_cd20"))
    assert stops([one for one in said if one.subject == "live_vaccine"], Gate.START)


def test_results_that_a_drug_needs_are_named_until_their_day_is_written() -> None:
    facts = with_therapy("zoledronic_acid", "bone")
    assert "creatinine clearance 35 mL/min or more" in labs_needed(facts)
    (one,) = (one for one in findings(screening(), facts) if one.code == "labs-needed")
    assert one.level is Level.ADVICE
    assert "calcium" in one.words
    read = screening(labs_day=date(2026, 11, 18), labs_words="CrCl 52 mL/min")
    assert "labs-needed" not in {one.code for one in findings(read, facts)}
    assert labs_needed(with_therapy("eptinezumab", "migraine")) == ()
