"""Teaching: what was not understood is advice with what follows, and the catalogue is in order."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from infusion_visits.core.cells import Row
from infusion_visits.core.findings import Level
from infusion_visits.core.kinds import VisitKind
from infusion_visits.core.marks import Mark
from infusion_visits.core.resources import load_catalogue
from infusion_visits.sections.teaching.fields import OTHER, RESULTS, TOPICS
from infusion_visits.sections.teaching.note import blocks
from infusion_visits.sections.teaching.rules import findings, read_topics, tasks, topics_for
from infusion_visits.sections.teaching.values import Taught, Teaching
from tests.sections.every_field import START, made_facts, text_of


def taught(number: int = 1, **said: Any) -> Taught:
    return Taught(Mark(Row("teaching", (number,)), at=START), at=START, **said)


@pytest.mark.parametrize(
    ("result", "code"),
    [
        (None, None),
        ("verbal_repeat", None),
        ("return_demonstration", None),
        ("needs_reinforcement", "teaching-needs-reinforcement"),
        ("refused", "teaching-refused"),
        ("not_taught", "teaching-not-taught"),
    ],
)
def test_each_result(result: str | None, code: str | None) -> None:
    one = taught(topic="flush", result=result, follow_up="again on Monday")
    found = findings(Teaching((one,)), made_facts())
    assert [each.code for each in found] == ([code] if code else [])
    for each in found:
        assert each.level is Level.ADVICE
        assert each.words.startswith("Flushing: ")
        assert each.response == "again on Monday"


def test_every_result_is_tried() -> None:
    assert {option.key for option in RESULTS} == {
        "verbal_repeat", "return_demonstration", "needs_reinforcement", "refused", "not_taught",
    }  # fmt: skip


def test_two_topics_are_two_findings() -> None:
    rows = (
        taught(1, topic="flush", result="needs_reinforcement"),
        taught(2, topic=OTHER, topic_words="Traveling", result="needs_reinforcement"),
    )
    found = findings(Teaching(rows), made_facts())
    assert len({one.key for one in found}) == 2
    assert found[1].words.startswith("Traveling: ")


def test_the_note_has_a_line_for_each_topic_with_the_time() -> None:
    one = taught(topic="reaction", learner="patient", method="told", result="verbal_repeat")
    told = text_of(blocks(Teaching((one,)), made_facts()))
    assert "09:00\nSigns of a reaction\npatient\n, \ntold\ntold back correctly" in told


def test_every_topic_stands_in_the_catalogue_with_its_source() -> None:
    topics = read_topics(load_catalogue("teaching"))
    assert list(topics) == [option.key for option in TOPICS if option.key != OTHER]
    assert load_catalogue("teaching")["edition"]
    assert all(topic.covers.endswith(".") and topic.source for topic in topics.values())


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda entry: entry.pop("source"), "source"),
        (lambda entry: entry.update(label="Else"), "Hand hygiene"),
    ],
)
def test_a_catalogue_out_of_order_is_refused(change: Any, words: str) -> None:
    entries = [dict(entry) for entry in load_catalogue("teaching")["topic"]]
    change(entries[0])
    with pytest.raises(ValueError, match=words):
        read_topics({"topic": entries})


def test_a_signed_record_keeps_its_own_topics() -> None:
    entries = [dict(entry) for entry in load_catalogue("teaching")["topic"]]
    entries[0]["covers"] = "As it was then."
    facts = made_facts(catalogue={"teaching": {"topic": entries}})
    assert topics_for(facts)["hand_hygiene"].covers == "As it was then."


def test_a_start_of_care_is_not_signed_without_the_emergency() -> None:
    facts = replace(made_facts(), kind=VisitKind.START_OF_CARE)
    said = {one.code: one for one in findings(Teaching(), facts)}
    assert (said["teaching-must"].level, said["teaching-must"].overridable) == (Level.STOP, True)
    assert "Emergency" in said["teaching-must"].words
    assert "Hand hygiene" in said["teaching-expected"].words
    told = Teaching((taught(topic="emergency", result="verbal_repeat"),))
    assert "teaching-must" not in {one.code for one in findings(told, facts)}


def test_topics_follow_the_drug() -> None:
    topics = topics_for(made_facts())
    assert topics["spill"].expected(VisitKind.FIRST_DOSE, ("chemotherapy",))
    assert not topics["spill"].expected(VisitKind.FIRST_DOSE, ("biologic",))
    assert topics["reaction"].expected(VisitKind.FIRST_DOSE, ())
    assert not topics["reaction"].expected(VisitKind.ROUTINE_INFUSION, ())


def test_what_was_not_understood_comes_back_as_a_task() -> None:
    rows = (
        taught(1, topic="flush", result="needs_reinforcement"),
        taught(2, topic="pump", result="verbal_repeat"),
    )
    (task,) = tasks(Teaching(rows), made_facts())
    assert task.what == "Teach again: Flushing"
    assert task.due_day is not None
