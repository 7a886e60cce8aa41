"""Leaving: the observation, the running infusion, the state of the patient, the signature."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infusion_visits.core.cells import Row
from infusion_visits.core.findings import Finding, Gate, Level, stops
from infusion_visits.core.kinds import NotDoneReason, VisitKind
from infusion_visits.core.marks import Mark, NotDone
from infusion_visits.patients.facts import Facts, VitalsFact
from infusion_visits.sections.departure.note import blocks, strokes_of
from infusion_visits.sections.departure.rules import findings, observation_end
from infusion_visits.sections.departure.values import Departure, Leaving
from tests.sections.every_field import INK, START, STROKES, inks, made_facts, text_of

END = START + timedelta(hours=2)
UNTIL = END + timedelta(minutes=30)


def leaving(mark: Mark | None = None, **said: Any) -> Departure:
    base: dict[str, Any] = {"patient_ink": INK}
    return Departure(Leaving(mark or Mark(Row("departure")), **(base | said)))


def infused(**more: Any) -> Facts:
    vitals: dict[str, Any] = {
        "systolic": Decimal(120),
        "pulse": Decimal(70),
        "respirations": Decimal(16),
    }
    plain: dict[str, Any] = {
        "arrived": START - timedelta(minutes=20),
        "infusion_start": START,
        "infusion_end": END,
        "baseline": VitalsFact(START - timedelta(minutes=5), **vitals),
        "last_vitals": VitalsFact(UNTIL, **vitals),
    }
    return made_facts(**(plain | more))


def codes(found: list[Finding], gate: Gate | None = None) -> set[str]:
    return {one.code for one in found if gate is None or one in stops(found, gate)}


def test_a_calm_departure_finds_nothing() -> None:
    assert findings(leaving(time_out=UNTIL), infused()) == []


@pytest.mark.parametrize(
    ("left", "early"),
    [
        (UNTIL - timedelta(minutes=30), "30\u00a0min"),
        (UNTIL - timedelta(seconds=1), "1\u00a0min"),
        (UNTIL, ""),
        (UNTIL + timedelta(minutes=1), ""),
    ],
)
def test_leaving_before_the_observation_ends(left: datetime, early: str) -> None:
    found = findings(leaving(time_out=left), infused())
    assert codes(found) == ({"left-before-observation-end"} if early else set())
    assert {one.gate for one in found} == ({Gate.DEPART, Gate.SIGN} if early else set())
    # One override answers both gates: they speak of the same thing.
    assert len({one.key for one in found}) == (1 if early else 0)
    assert all(one.overridable for one in found)
    if early:
        (sign,) = stops(found, Gate.SIGN)
        assert f"Left {early} before" in sign.words
        assert "Watch until 11:30" in sign.detail


def test_without_a_time_out_the_present_counts_and_only_leaving_is_shut() -> None:
    found = findings(Departure(), infused(now=UNTIL - timedelta(minutes=5)))
    assert {one.gate for one in found} == {Gate.DEPART}
    assert findings(Departure(), infused(now=UNTIL)) == []


def test_the_clock_starts_at_the_end_of_the_drug() -> None:
    assert observation_end(infused()) == UNTIL
    assert observation_end(infused(infusion_end=None)) is None
    facts = infused()
    assert facts.order is not None
    assert (
        observation_end(replace(facts, order=replace(facts.order, observation_minutes=0))) is None
    )
    unknown = replace(facts, order=replace(facts.order, observation_minutes=None))
    assert observation_end(unknown) is None
    assert observation_end(replace(facts, order=None)) is None


def test_an_infusion_without_an_end_is_left_running_or_ended() -> None:
    running = infused(infusion_end=None)
    assert codes(findings(leaving(), running), Gate.DEPART) == {"infusion-still-running"}
    assert codes(findings(leaving(access="locked"), running)) == {"infusion-still-running"}
    assert findings(leaving(access="left_running"), running) == []


def test_time_out_before_time_in_is_never_right() -> None:
    facts = infused(infusion_start=None, infusion_end=None)
    found = findings(leaving(time_out=START - timedelta(hours=1)), facts)
    assert {one.gate for one in found} == {Gate.DEPART, Gate.SIGN}
    assert not any(one.overridable for one in found)
    assert "08:00" in found[0].words
    assert "08:40" in found[0].words


@pytest.mark.parametrize(
    ("ahead", "wrong"),
    [(timedelta(days=28), False), (timedelta(0), True), (timedelta(days=-1), True)],
)
def test_the_next_visit_lies_ahead(ahead: timedelta, wrong: bool) -> None:
    found = findings(leaving(time_out=UNTIL, next_visit=UNTIL + ahead), infused())
    assert bool(found) is wrong


def test_vital_signs_are_taken_after_the_end() -> None:
    early = VitalsFact(END - timedelta(minutes=1), pulse=Decimal(70))
    for last in (None, early):
        found = findings(leaving(time_out=UNTIL), infused(last_vitals=last))
        assert codes(found, Gate.DEPART) == {"no-vitals-after-the-end"}
    no_infusion = infused(infusion_start=None, infusion_end=None, last_vitals=None)
    assert findings(leaving(time_out=UNTIL), no_infusion) == []


@pytest.mark.parametrize(
    ("sign", "value", "off"),
    [
        ("systolic", 144, False), ("systolic", 145, True), ("systolic", 96, False),
        ("systolic", 95, True), ("pulse", 84, False), ("pulse", 85, True),
        ("respirations", 20, False), ("respirations", 21, True),
    ],
)  # fmt: skip
def test_stable_is_within_a_fifth_of_before(sign: str, value: int, off: bool) -> None:
    usual: dict[str, Any] = {"systolic": 120, "pulse": 70, "respirations": 16, sign: value}
    signs: dict[str, Any] = {name: Decimal(figure) for name, figure in usual.items()}
    last = VitalsFact(UNTIL, **signs)
    found = findings(leaving(time_out=UNTIL, condition_note="resting"), infused(last_vitals=last))
    assert bool(found) is off
    if off:
        assert found[0].level is Level.ALERT
        assert str(value) in found[0].detail
        assert found[0].response == "resting"


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"condition": "worse"}, "condition-on-leaving"),
        ({"condition": "transferred"}, "condition-on-leaving"),
        ({"tolerance": "not_tolerated"}, "not-tolerated"),
        ({"observed": False}, "not-observed"),
        ({"vitals_stable": False}, "vitals-said-unstable"),
        ({"driver": "no"}, "no-driver-there"),
    ],
)
def test_a_bad_ending_stands_on_page_one(said: dict[str, Any], code: str) -> None:
    found = findings(leaving(time_out=UNTIL, **said), infused())
    assert code in {one.code for one in found if one.level is Level.ALERT}


def test_no_driver_and_an_unknown_number_keep_the_nurse() -> None:
    found = findings(leaving(time_out=UNTIL, driver="no", knows_number=False), infused())
    assert codes(found, Gate.DEPART) == {"no-driver", "number-not-known"}
    assert all(one.overridable for one in stops(found, Gate.DEPART))


def test_a_sedating_premedication_asks_for_the_driver() -> None:
    facts = infused()
    assert facts.order is not None
    sedated = replace(
        facts, order=replace(facts.order, premedications=("Diphenhydramine 25 mg by mouth",))
    )
    assert codes(findings(leaving(time_out=UNTIL), sedated)) == {"driver-not-asked"}
    assert findings(leaving(time_out=UNTIL, driver="not_needed"), sedated) == []


def test_an_open_complication_is_named() -> None:
    found = findings(leaving(time_out=UNTIL), infused(open_complications=("headache",)))
    assert "headache" in found[0].words
    assert found[0].level is Level.ADVICE


@pytest.mark.parametrize(
    ("said", "kind", "missing"),
    [
        ({"patient_ink": None}, VisitKind.ROUTINE_INFUSION, True),
        ({"patient_ink": None}, VisitKind.TELEPHONE, False),
        ({"patient_ink": None, "no_patient_ink": "asleep"}, VisitKind.ROUTINE_INFUSION, False),
        ({"patient_ink": INK}, VisitKind.ROUTINE_INFUSION, False),
    ],
)
def test_signature_or_reason(said: dict[str, Any], kind: VisitKind, missing: bool) -> None:
    found = findings(leaving(time_out=UNTIL, **said), infused(kind=kind))
    assert codes(found, Gate.SIGN) == ({"patient-signature"} if missing else set())


def test_a_signature_said_not_done_is_enough() -> None:
    mark = Mark(Row("departure"), not_done={"patient_ink": NotDone(NotDoneReason.REFUSED)})
    assert findings(leaving(mark, time_out=UNTIL, patient_ink=None), infused()) == []


def test_the_note_carries_the_ink_and_the_reason_why_not() -> None:
    facts = made_facts()
    drawn = inks(blocks(leaving(nurse_ink=INK), facts))
    assert [ink.strokes for ink in drawn] == [STROKES, STROKES]
    none = blocks(leaving(patient_ink=None, no_patient_ink="asleep"), facts)
    assert inks(none)[1].strokes == ()
    assert "no signature\n, \nasleep" in text_of(none)
    assert "not signed" in text_of(blocks(leaving(patient_ink=None), facts))


@pytest.mark.parametrize(
    "ink", ["", "not ink", "[1]", "[[1]]", '{"a": 1}', '[[["x", 2]]]', "[[[1]]]"]
)
def test_what_is_no_drawing_gives_no_strokes(ink: str) -> None:
    assert strokes_of(ink) == ()


@given(
    left=st.integers(-300, 600),
    end=st.integers(1, 300),
    watch=st.none() | st.integers(0, 240),
)
def test_early_means_before_the_end_of_the_watch(left: int, end: int, watch: int | None) -> None:
    ended = START + timedelta(minutes=end)
    facts = infused(infusion_end=ended, arrived=None, last_vitals=None)
    assert facts.order is not None
    facts = replace(facts, order=replace(facts.order, observation_minutes=watch))
    out = START + timedelta(minutes=left)
    early = codes(findings(leaving(time_out=out), facts), Gate.SIGN)
    expected = bool(watch) and left < end + (watch or 0)
    assert ("left-before-observation-end" in early) is expected
