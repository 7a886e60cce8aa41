"""The reaction protocol from its rows: what a press writes, what it shuts, what opens it again."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from infusion_visits.core.cells import Cell, Row
from infusion_visits.core.findings import Gate, Level, stops
from infusion_visits.sections.complications.rules import headline
from infusion_visits.sections.complications.rules.catalogue import shipped_catalogue
from infusion_visits.sections.complications.values import Complications
from infusion_visits.sections.infusion.acts import State
from infusion_visits.sections.infusion.rules import standing, summary_of
from infusion_visits.sections.infusion.values import Infusion
from infusion_visits.visits import charting, reacting
from infusion_visits.visits.facts import facts_of
from infusion_visits.visits.pump_at_reaction import RESUMED, SLOWED, STOPPED, restart_rate
from infusion_visits.visits.queries import load_record
from infusion_visits.visits.reaction import Reaction, latest
from infusion_visits.visits.rules.everything import all_findings

if TYPE_CHECKING:
    from infusion_visits.core.findings import Finding
    from infusion_visits.patients.facts import Facts
    from infusion_visits.visits.record import VisitRecord
    from tests.fixtures.lived_visit import Lived

pytest_plugins = ["tests.fixtures.lived_visit"]


class Emergency:
    """An infusion that runs at 140 mL/h, and what is done when a reaction is seen."""

    def __init__(self, lived: Lived) -> None:
        self.lived = lived
        lived.arrive()
        lived.look_at_line()
        lived.vitals()
        self.infusion = lived.append(
            "infusion", Row("infusion"), order_id=str(lived.order), device_id=str(lived.device),
            method="pump", second_check="solo", prepared_ml="250",
        )  # fmt: skip
        lived.append(
            "infusion", Row("product_lot", self.infusion.at), lot="L1", expiry="2028-06-30"
        )
        self.act("start", rate="140", reading_ml="0")
        lived.clock.forward(minutes=30)

    def act(self, kind: str, **more: str) -> None:
        """An act upon the infusion, now."""
        row = Row("infusion_event", self.infusion.at)
        self.lived.append("infusion", row, at="now", kind=kind, **more)

    def record(self) -> VisitRecord:
        """Everything charted, read anew from the disk."""
        with self.lived.new_unit() as unit:
            return load_record(unit, self.lived.visit)

    def facts(self) -> Facts:
        """What follows from it now."""
        return facts_of(self.record(), self.lived.clock.now())

    def press(self) -> None:
        """The key of the reaction."""
        begun = reacting.pressed(self.record(), self.facts())
        assert begun is not None
        with self.lived.new_unit() as unit:
            reacting.begin(unit, self.lived.visit, begun)
            unit.commit()

    @property
    def now(self) -> Reaction:
        """The reaction as it stands."""
        found = latest(self.record(), self.facts())
        assert found is not None
        return found

    def note(self, field: str, text: str) -> None:
        """Corrects what was noticed last."""
        steps = [s for s in self.now.value.complication_step if s.kind == "noticed"]
        with self.lived.new_unit() as unit:
            cell = Cell("complications", steps[-1].mark.row, field)
            charting.record(unit, self.lived.visit, cell, text)
            unit.commit()

    def step(self, kind: str, **more: str) -> None:
        """A step of the complication, now."""
        row = Row("complication_step", (self.now.key,))
        self.lived.append("complications", row, happened_at="now", kind=kind, **more)

    def told(self, **more: str) -> None:
        """The prescriber was reached."""
        self.step("told", told_role="prescriber", reached="reached", **more)

    def found(self) -> list[Finding]:
        """All findings now."""
        record = self.record()
        return all_findings(record, facts_of(record, self.lived.clock.now()))

    def shut(self, gate: Gate) -> list[str]:
        """The codes of what keeps a gate shut, without what waits for vital signs."""
        return [one.code for one in stops(self.found(), gate) if not one.code.startswith("step.v")]

    def state(self) -> State:
        """Of the pump."""
        (one,) = standing(self.record().of(Infusion))
        return summary_of(one, None, self.lived.clock.now()).state


@pytest.fixture
def emergency(lived: Lived) -> Emergency:
    return Emergency(lived)


def test_one_press_records_the_stopped_pump_and_what_ran(emergency: Emergency) -> None:
    pressed = emergency.lived.clock.now().replace(second=0, microsecond=0)
    emergency.press()
    one = emergency.now
    assert emergency.state() is State.HELD
    assert (one.stopped_at, one.since) == (pressed, pressed)
    assert (one.value.onset_rate, one.value.segment, one.value.during) == (
        Decimal(140),
        "drug",
        "during",
    )
    assert one.value.onset_ml is not None
    assert Decimal(69) < one.value.onset_ml < Decimal(72)
    assert one.value.device_id == emergency.lived.device
    (event,) = [e for e in one.infusion.infusion_event if e.kind == "hold"]  # type: ignore[union-attr]
    assert event.why == "reaction"
    assert [step.kind for step in one.value.complication_step] == ["noticed", "action"]
    assert one.under_way
    assert one.vitals_due == pressed


def test_a_second_press_while_it_is_under_way_writes_nothing(emergency: Emergency) -> None:
    emergency.press()
    assert reacting.pressed(emergency.record(), emergency.facts()) is None


def test_a_slip_is_taken_back_and_stays_legible(emergency: Emergency) -> None:
    emergency.press()
    emergency.lived.clock.forward(seconds=20)
    slip = reacting.slip_of(emergency.now, emergency.facts())
    with emergency.lived.new_unit() as unit:
        reacting.take_back(unit, emergency.lived.visit, slip)
        unit.commit()
    assert emergency.state() is State.RUNNING
    assert latest(emergency.record(), emergency.facts()) is None
    (struck,) = emergency.record().of(Complications).complication
    assert struck.mark.struck is not None


def test_after_thirty_seconds_or_a_tick_it_is_no_slip(emergency: Emergency) -> None:
    emergency.press()
    emergency.lived.clock.forward(seconds=31)
    assert reacting.slip_of(emergency.now, emergency.facts()) == ()


def test_what_was_ticked_is_not_taken_back(emergency: Emergency) -> None:
    emergency.press()
    emergency.note("signs", "hives")
    assert reacting.slip_of(emergency.now, emergency.facts()) == ()


def test_vital_signs_are_due_every_five_minutes_until_it_is_decided(emergency: Emergency) -> None:
    emergency.press()
    emergency.lived.vitals()
    taken = emergency.now.vitals[-1].at
    assert taken is not None
    due = emergency.now.vitals_due
    assert due is not None
    assert (due - taken).total_seconds() == 300
    emergency.lived.clock.forward(minutes=8)
    assert "reaction.vitals_due" in [one.code for one in emergency.found()]
    emergency.act("stop", why="reaction")
    assert emergency.now.vitals_due is None


def test_a_restart_waits_for_the_grade(emergency: Emergency) -> None:
    emergency.press()
    emergency.lived.clock.forward(minutes=2)
    emergency.lived.vitals()
    assert emergency.shut(Gate.RESUME) == ["reaction.ungraded_resume"]
    emergency.note("signs", "flushing")
    assert emergency.now.suggested.grade == "1"
    emergency.note("grade", "1")
    assert emergency.shut(Gate.RESUME) == []
    assert emergency.now.restart_rate == Decimal(70)


def test_grade_2_waits_for_an_order_that_was_read_back(emergency: Emergency) -> None:
    emergency.press()
    emergency.note("signs", "hives, headache")
    assert emergency.now.suggested.grade == "2"
    emergency.note("grade", "2")
    assert emergency.shut(Gate.RESUME) == ["reaction.no_order"]
    emergency.told(order_received="resume at half rate")
    assert emergency.shut(Gate.RESUME) == ["reaction.no_order"]
    emergency.told(order_received="resume at half rate", read_back="yes")
    assert emergency.shut(Gate.RESUME) == []


def test_after_a_restart_thirty_minutes_come_before_a_step(emergency: Emergency) -> None:
    emergency.press()
    emergency.note("grade", "1")
    emergency.lived.vitals()
    emergency.act("resume", rate="70")
    assert emergency.now.decision == RESUMED
    assert "reaction.step_too_soon" in emergency.shut(Gate.STEP)
    emergency.lived.clock.forward(minutes=30)
    assert "reaction.step_too_soon" not in emergency.shut(Gate.STEP)


def test_more_than_half_the_rate_at_onset_is_told_on_page_one(emergency: Emergency) -> None:
    emergency.press()
    emergency.note("grade", "1")
    emergency.lived.vitals()
    emergency.act("resume", rate="70.1")
    (said,) = [one for one in emergency.found() if one.code == "reaction.restart_too_fast"]
    assert said.level is Level.ALERT
    assert said.words.replace("\u00a0", " ") == (
        "Resumed at 70.1 mL/h after a reaction at 140 mL/h"
    )


def test_from_grade_3_on_nothing_goes_on_and_nobody_may_go_past(emergency: Emergency) -> None:
    emergency.press()
    emergency.note("grade", "3")
    assert emergency.now.locked
    for gate in (Gate.RESUME, Gate.START, Gate.STEP):
        shut = [f for f in stops(emergency.found(), gate) if "never_restart" in f.code]
        assert shut, gate
        assert not any(one.overridable for one in shut)


def test_the_criteria_lock_without_any_grade(emergency: Emergency) -> None:
    emergency.press()
    emergency.note("signs", "hives, wheeze")
    one = emergency.now
    assert (one.criteria.met, one.locked) == (("C1", "C2"), True)
    assert one.suggested.grade == "3"
    for gate in (Gate.RESUME, Gate.START, Gate.STEP):
        shut = [f for f in stops(emergency.found(), gate) if f.code.startswith("reaction.locked")]
        assert shut
        assert not any(f.overridable for f in shut)
        assert shut[0].detail == "Give epinephrine now. Call 911. Per agency protocol."
    words = [one.words for one in emergency.found() if one.level is Level.ALERT]
    assert "Anaphylaxis criteria met (C1 and C2): hives, wheeze" in words


def test_a_pressure_alone_meets_the_criteria_and_stays_met(emergency: Emergency) -> None:
    """Baseline 118: 82 is more than 30 % below; that it comes back later opens nothing."""
    emergency.press()
    emergency.lived.vitals(systolic="82", diastolic="50")
    assert emergency.now.locked
    emergency.lived.clock.forward(minutes=5)
    emergency.lived.vitals(systolic="116")
    assert emergency.now.locked


def test_a_pressure_of_exactly_90_that_fell_by_less_does_not(emergency: Emergency) -> None:
    emergency.lived.clock.forward(minutes=1)
    emergency.press()
    emergency.lived.vitals(systolic="90")
    assert not emergency.now.locked


def test_anaphylaxis_without_epinephrine_is_asked_about(emergency: Emergency) -> None:
    emergency.press()
    emergency.note("signs", "stridor")
    assert "reaction.no_epinephrine" in [f.code for f in stops(emergency.found(), Gate.SIGN)]
    emergency.lived.append(
        "medicines", Row("medicine_given"), at="now", medicine="EPINEPHrine", dose="0.5",
        dose_unit="mg", route="IM", why="emergency", given_by="nurse", kit="yes",
        site="left mid-outer thigh",
    )  # fmt: skip
    assert "reaction.no_epinephrine" not in [f.code for f in emergency.found()]
    assert len(emergency.now.medicines) == 1


def test_a_medicine_makes_it_grade_2_and_a_return_grade_3(emergency: Emergency) -> None:
    emergency.press()
    emergency.note("signs", "flushing")
    emergency.lived.append(
        "medicines", Row("medicine_given"), at="now", medicine="diphenhydrAMINE", dose="25",
        dose_unit="mg", route="IV", why="emergency", given_by="nurse",
    )  # fmt: skip
    assert emergency.now.suggested.grade == "2"
    emergency.note("grade", "1")
    emergency.lived.clock.forward(minutes=10)
    emergency.lived.vitals()
    emergency.act("resume", rate="70")
    emergency.lived.clock.forward(minutes=5)
    emergency.press()
    one = emergency.now
    assert emergency.state() is State.HELD
    assert (one.decision, one.under_way) == ("", True)
    assert len(emergency.record().of(Complications).complication) == 1
    assert (one.suggested.grade, one.suggested.because) == ("3", "came back after getting better")


def test_stopped_for_good_is_a_decision(emergency: Emergency) -> None:
    emergency.press()
    emergency.lived.clock.forward(minutes=5)
    emergency.act("stop", why="reaction")
    assert (emergency.now.decision, emergency.now.under_way) == (STOPPED, False)


def test_what_goes_on_and_is_completed_was_resumed(emergency: Emergency) -> None:
    emergency.press()
    emergency.note("grade", "1")
    emergency.lived.vitals()
    emergency.act("resume", rate="70")
    emergency.lived.clock.forward(minutes=150)
    emergency.act("complete", reading_ml="250")
    assert emergency.now.decision == RESUMED
    (told,) = emergency.facts().reactions
    assert told.decision.replace("\u00a0", " ").startswith("resumed at 70 mL/h ")
    assert [kind for _, kind, _ in told.story] == ["pump", "pump"]


def noticed_while_running(emergency: Emergency) -> None:
    """Flushing at a rate that still runs: noted by hand, the pump was not stopped."""
    emergency.lived.append(
        "complications", Row("complication"), what="infusion_reaction", noticed_at="now"
    )
    emergency.step("noticed", words="flushed", grade="1", scale="ctcae_irr")


def test_grade_1_may_go_on_slower_and_is_completed(emergency: Emergency) -> None:
    noticed_while_running(emergency)
    emergency.act("slow", rate="35")
    one = emergency.now
    assert (one.decision, one.under_way, one.suggested.grade) == (SLOWED, False, "1")
    assert one.vitals_due is not None
    emergency.lived.clock.forward(minutes=5)
    emergency.lived.vitals()
    emergency.step("closed", words="gone", outcome="resolved")
    emergency.lived.clock.forward(minutes=70)
    emergency.act("complete", reading_ml="250")
    assert emergency.now.decision == SLOWED
    (told,) = emergency.facts().reactions
    assert told.decision.replace("\u00a0", " ").startswith("went on at 35 mL/h ")
    assert not [one for one in emergency.found() if one.code == "reaction.vitals_gap"]


def test_slower_is_no_way_on_from_grade_2(emergency: Emergency) -> None:
    noticed_while_running(emergency)
    emergency.note("grade", "2")
    emergency.act("slow", rate="35")
    assert (emergency.now.decision, emergency.now.under_way) == ("", True)


def test_after_the_end_nothing_is_held_and_the_watch_counts_anew(emergency: Emergency) -> None:
    emergency.lived.clock.forward(minutes=80)
    emergency.act("complete", reading_ml="250")
    before = emergency.facts().watch_until
    emergency.lived.clock.forward(minutes=12)
    emergency.press()
    one = emergency.now
    assert (one.value.during, one.stopped_at) == ("after", None)
    after = emergency.facts().watch_until
    assert before is not None
    assert after is not None
    assert (after - before).total_seconds() == 12 * 60
    assert emergency.state() is State.ENDED


def test_no_vital_signs_for_long_is_told(emergency: Emergency) -> None:
    emergency.press()
    emergency.lived.clock.forward(minutes=20)
    emergency.lived.vitals()
    words = [one.words.replace("\u00a0", " ") for one in emergency.found()]
    assert "Reaction: no vital signs for 20 min" in words


@pytest.mark.parametrize(
    ("onset", "restart"),
    [
        ("140", "70"),
        ("35", "17.5"),
        ("25", "12.5"),
        ("25.5", "12.7"),
        ("205", "102"),
        ("200", "100"),
        ("142.9", "71.4"),
    ],
)
def test_half_the_rate_is_rounded_down_as_pumps_take_it(onset: str, restart: str) -> None:
    assert restart_rate(Decimal(onset), Decimal("0.5")) == Decimal(restart)
    assert restart_rate(None, Decimal("0.5")) is None


def test_the_headline_tells_the_gravest_grade(emergency: Emergency) -> None:
    emergency.press()
    emergency.note("grade", "2")
    one = emergency.now.value
    assert headline(one, shipped_catalogue()) == "Infusion reaction, grade 2 (CTCAE 5)"
