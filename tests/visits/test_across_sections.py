"""What one section knows of another at a real visit, and what signing does beyond the note."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from infusion_visits.core.cells import Row
from infusion_visits.core.errors import Refused
from infusion_visits.patients import actions as patients
from infusion_visits.patients.queries import load_chart
from infusion_visits.sections.assessment.options import FALL_ITEMS
from infusion_visits.sections.infusion.values import Infusion
from infusion_visits.sections.supplies.values import Supplies
from infusion_visits.visits.facts import facts_of
from infusion_visits.visits.record import from_plain, to_plain
from infusion_visits.visits.rules.follow_up import planned_tasks

if TYPE_CHECKING:
    from uuid import UUID

    from tests.fixtures.lived_visit import Lived

pytest_plugins = ["tests.fixtures.lived_visit"]


def list_home_medicines(lived: Lived) -> None:
    with lived.new_unit() as unit:
        for words, dose, status in (
            ("gabapentin", "300 mg", "taking"),
            ("aspirin", "81 mg", "taking"),
        ):
            texts = {"words": words, "dose": dose, "route": "oral", "frequency": "daily"}
            row = Row("home_medicine")
            patients.append(unit, lived.patient, row, {**texts, "status": status})
        unit.commit()


def test_the_list_is_brought_up_to_date_when_the_visit_is_signed(lived: Lived) -> None:
    list_home_medicines(lived)
    lived.arrive()
    lived.append(
        "medicines", Row("reconciled_medicine", (1,)), medicine="gabapentin", answer="still"
    )
    lived.append(
        "medicines",
        Row("reconciled_medicine", (2,)),
        medicine="aspirin",
        answer="stopped",
        words="nosebleed",
    )
    lived.append(
        "medicines",
        Row("new_home_medicine"),
        medicine="acetaminophen",
        dose="500 mg",
        route="oral",
        frequency="as needed",
        reason="headache",
        over_the_counter="y",
    )
    lived.look_at_line()
    lived.infuse()
    lived.teach()
    lived.leave()
    with lived.new_unit() as unit:
        # A draft changes nothing: what is not signed may still be wrong.
        assert [one.status for one in load_chart(unit, lived.patient).home_medicine] == [
            "taking",
            "taking",
        ]
    lived.sign()
    with lived.new_unit() as unit:
        kept = load_chart(unit, lived.patient).home_medicine
    assert [(one.words, one.status) for one in kept] == [
        ("gabapentin", "taking"),
        ("aspirin", "stopped"),
        ("acetaminophen", "taking"),
    ]
    assert kept[2].over_the_counter is True
    with pytest.raises(Refused):
        lived.sign()
    with lived.new_unit() as unit:
        assert len(load_chart(unit, lived.patient).home_medicine) == 3


def a_call(lived: Lived, complication: UUID) -> None:
    lived.append(
        "communication",
        Row("communication"),
        at="now",
        direction="out",
        role="prescriber",
        who="Dr. Stern",
        reached="reached",
        reason="no vein found",
        answer="try the other arm",
        order_received="y",
        read_back="y",
        complication_id=str(complication),
    )


def test_an_order_that_was_heard_waits_for_its_words_and_then_for_its_signature(
    lived: Lived,
) -> None:
    lived.arrive()
    lived.look_at_line()
    lived.infuse()
    complication = lived.trouble()
    assert lived.said("communication.order-not-written") == []
    a_call(lived, complication)
    assert len(lived.said("communication.order-not-written")) == 1
    lived.append(
        "communication",
        Row("verbal_order"),
        at="now",
        order_text="Try the other arm once.",
        prescriber="Dr. Stern",
        read_back="y",
    )
    assert lived.said("communication.order-not-written") == []
    lived.teach()
    lived.leave()
    lived.sign()
    with lived.new_unit() as unit:
        tasks = [task.what for task in load_chart(unit, lived.patient).task]
    assert "Signature for the verbal order: Try the other arm once" in tasks


def test_the_kit_and_the_infusion_are_known_to_the_others(lived: Lived) -> None:
    lived.arrive()
    facts = lived.facts()
    assert (facts.kit_checked, facts.kit_in_date) == (True, True)
    lived.look_at_line()
    lived.infuse()
    (run,) = lived.facts().runs
    assert run.drug.startswith("in")
    assert run.device == lived.device
    assert run.started is not None
    assert run.ended is not None
    assert run.started < run.ended
    lived.append(
        "labs",
        Row("lab_draw"),
        at="-80",
        source="line",
        device_id=str(lived.device),
        labelled="y",
        transport="room",
    )
    assert len(lived.said("labs.through-running-lumen")) == 1


def test_a_flush_among_the_acts_of_the_pump_is_the_last_flush_of_the_line(lived: Lived) -> None:
    lived.arrive()
    lived.look_at_line()
    lived.infuse()
    (one,) = lived.read().of(Infusion).infusion
    given = one.mark.row
    lived.record("infusion", given, flush_ml="")
    (bare,) = lived.facts().runs
    assert bare.flushed_ml is None
    acts = Row("infusion_event", given.at)
    lived.append("infusion", acts, at="now", kind="flush", volume_ml="20")
    (flushed,) = lived.facts().runs
    assert flushed.flushed_ml == 20


def test_what_the_fall_screen_finds_answers_the_home(lived: Lived) -> None:
    lived.arrive()
    assert (lived.facts().fall_points, lived.facts().fall_plan) == (None, "")
    answers = {name: "n" for name, _, _ in FALL_ITEMS} | {"age_65": "y", "pain_limits": "y"}
    lived.record("assessment", Row("fall_screen"), **answers, plan="walker beside the bed")
    assert lived.facts().fall_points == 2
    assert lived.facts().fall_plan == "walker beside the bed"


def test_what_nobody_told_of_a_complication_stands_in_the_log(lived: Lived) -> None:
    lived.arrive()
    lived.append("complications", Row("complication"), what="infiltration", noticed_at="now")
    complication = lived.facts().notices
    # An infiltration without a grade asks nobody to be told yet.
    assert [one for one in complication if one.roles] == []
    lived.append("complications", Row("complication"), what="occlusion", noticed_at="now")
    (notice,) = [one for one in lived.facts().notices if one.roles]
    assert notice.told is None
    assert len(lived.said("communication.notice")) == 1


def test_a_call_of_the_log_may_be_the_telling_until_a_step_says_so(lived: Lived) -> None:
    lived.arrive()
    made = lived.append("complications", Row("complication"), what="occlusion", noticed_at="now")
    log = {
        "direction": "out",
        "role": "prescriber",
        "reached": "reached",
        "reason": "line blocked",
        "answer": "Alteplase tomorrow.",
    }
    lived.append("communication", Row("communication"), at="now", **{**log, "role": "laboratory"})
    lived.append("communication", Row("communication"), at="now", **log)
    (notice,) = [one for one in lived.facts().notices if one.roles]
    (call,) = notice.calls
    assert (call.role, call.how, call.answer) == ("prescriber", "telephone", "Alteplase tomorrow.")
    (said,) = lived.said("communication.notice")
    assert "stands in the log" in said
    step = Row("complication_step", made.at)
    told = {"kind": "told", "told_role": "prescriber", "reached": "reached"}
    lived.append("complications", step, happened_at="now", **told)
    (notice,) = [one for one in lived.facts().notices if one.roles]
    assert notice.told is not None
    assert notice.calls == ()
    assert lived.said("communication.notice") == []


def test_a_record_of_before_knows_the_new_sections_as_empty(lived: Lived) -> None:
    lived.arrive()
    plain = to_plain(lived.read())
    for key in ("assessment", "labs", "communication", "supplies"):
        plain["sections"].pop(key, None)
    old = from_plain(plain)
    assert old.of(Supplies) == Supplies()
    facts = facts_of(old, lived.clock.now())
    assert (facts.kit_checked, facts.kit_in_date) == (False, None)
    assert isinstance(planned_tasks(old, facts), tuple)
