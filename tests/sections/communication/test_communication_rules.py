"""The log: who was not reached, orders by word of mouth, what a complication asks to be told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from infusion_visits.core.cells import Row
from infusion_visits.core.findings import Level
from infusion_visits.core.marks import Mark
from infusion_visits.patients.facts import Facts, NoticeFact
from infusion_visits.sections.communication.note import blocks
from infusion_visits.sections.communication.rules import findings, is_open, sign_by, tasks
from infusion_visits.sections.communication.values import Call, Communication, VerbalOrder
from tests.sections.every_field import NOW, NURSE, made_facts, text_of

CASE = UUID("019a5f00-0000-7000-8000-0000000000aa")
AT = NOW - timedelta(hours=2)


def call(number: int = 1, minutes: int = 0, **more: Any) -> Call:
    """A call that reached the prescriber, so many minutes after the first."""
    at = AT + timedelta(minutes=minutes)
    mark = Mark(Row("communication", (number,)), at=at, entered_at=at, author=NURSE)
    plain: dict[str, Any] = {
        "direction": "out",
        "role": "prescriber",
        "who": "Dr. Stern",
        "reached": "reached",
        "reason": "fever",
    }
    return Call(mark, at=at, **{**plain, **more})


def order(**more: Any) -> VerbalOrder:
    mark = Mark(Row("verbal_order", (1,)), at=AT, entered_at=AT, author=NURSE)
    plain: dict[str, Any] = {
        "order_text": "Hold the infusion.",
        "prescriber": "Dr. Stern",
        "read_back": True,
    }
    return VerbalOrder(mark, at=AT, **{**plain, **more})


def codes(values: Communication, facts: Facts | None = None) -> dict[str, Any]:
    return {one.code: one for one in findings(values, facts or made_facts())}


def test_who_was_not_reached_is_called_again_or_a_word_follows() -> None:
    waiting = call(reached="message_left")
    found = codes(Communication((waiting,)))["communication.not-reached"]
    assert (found.level, found.overridable) == (Level.STOP, True)
    told = replace(waiting, follow_up="office calls back at 16:00")
    assert codes(Communication((told,)))["communication.not-reached"].level is Level.ADVICE
    fresh = call(minutes=110, reached="no_answer")
    assert codes(Communication((fresh,)))["communication.not-reached"].level is Level.ADVICE


@pytest.mark.parametrize(
    ("later", "still_open"),
    [
        ({}, False),
        ({"role": "pharmacist"}, True),
        ({"reached": "no_answer"}, True),
        ({"minutes": -30}, True),
    ],
)
def test_a_later_call_of_the_same_role_closes_it(later: dict[str, Any], still_open: bool) -> None:
    first = call(reached="message_left")
    second = call(2, **{"minutes": 20, **later})
    assert is_open(first, Communication((first, second))) is still_open


def test_a_call_that_came_back_closes_it() -> None:
    assert codes(Communication((call(reached="no_answer", called_back_at=NOW),))) == {}


def test_an_order_by_telephone_is_read_back_and_written_down() -> None:
    heard = call(order_received=True)
    found = codes(Communication((heard,)))
    assert found["communication.not-read-back"].level is Level.STOP
    assert found["communication.order-not-written"].level is Level.STOP
    whole = Communication((replace(heard, read_back=True),), (order(),))
    assert set(codes(whole)) == {"communication.order-sign-by"}


def notice(**more: Any) -> Facts:
    plain: dict[str, Any] = {
        "complication": CASE,
        "words": "Infusion reaction",
        "roles": ("prescriber", "agency"),
        "since": AT,
        "deadline": AT + timedelta(minutes=15),
    }
    return made_facts(notices=(NoticeFact(**{**plain, **more}),))


def test_an_order_received_for_a_complication_is_written_down_too() -> None:
    facts = notice(told=AT, orders=("half rate",))
    found = codes(Communication(), facts)["communication.order-not-written"]
    assert (found.level, found.detail) == (Level.STOP, "half rate")
    assert "communication.order-not-written" not in codes(Communication((), (order(),)), facts)
    # Charted at the complication and in the log it is one order.
    logged = Communication(
        (call(order_received=True, read_back=True, complication_id=CASE),), (order(),)
    )
    assert "communication.order-not-written" not in codes(logged, facts)


def test_a_notice_that_nobody_gave_is_said_with_its_time() -> None:
    found = codes(Communication(), notice())["communication.notice"]
    assert found.level is Level.ADVICE
    assert "prescriber or agency on call" in found.words
    assert "per agency protocol" in found.words
    logged = codes(Communication((call(),)), notice())["communication.notice"]
    assert "Alt L at the complication takes it" in logged.words
    other = codes(Communication((call(role="supplier"),)), notice())["communication.notice"]
    assert "to be told" in other.words
    assert codes(Communication(), notice(told=AT)) == {}


def test_the_prescriber_signs_within_the_agencys_days() -> None:
    facts = made_facts()
    one = order()
    assert sign_by(one, facts) == date(2026, 12, 5)
    advice = codes(Communication((), (one,)))["communication.order-sign-by"]
    assert advice.level is Level.ADVICE
    assert "agency to confirm" in advice.words
    set_day = order(sign_by=date(2026, 11, 28))
    assert sign_by(set_day, facts) == date(2026, 11, 28)
    told = codes(Communication((), (set_day,)))["communication.order-sign-by"]
    assert "confirm" not in told.words


def test_an_order_that_was_not_signed_in_time_prints() -> None:
    late = made_facts(now=NOW + timedelta(days=20))
    found = codes(Communication((), (order(),)), late)["communication.order-unsigned"]
    assert found.level is Level.ALERT
    assert codes(Communication((), (order(signed_on=date(2026, 11, 25)),)), late) == {}


def test_an_order_that_was_not_read_back_is_no_order_yet() -> None:
    found = codes(Communication((), (order(read_back=False),)))
    assert found["communication.order-not-read-back"].level is Level.STOP


def test_signatures_and_calls_become_tasks() -> None:
    values = Communication((call(reached="no_answer"),), (order(),))
    signature, again = tasks(values, made_facts())
    assert signature.what == "Signature for the verbal order: Hold the infusion"
    assert (signature.assignee, signature.due_day) == ("Dr. Stern", date(2026, 12, 5))
    assert again.what == "Call Dr. Stern again: fever"
    done = Communication((call(),), (order(signed_on=date(2026, 11, 21)),))
    assert tasks(done, made_facts()) == []


def test_the_receiver_stands_with_name_and_credential() -> None:
    text = text_of(blocks(Communication((), (order(),)), made_facts()))
    assert "Ines Halvorsen, RN" in text
    assert "to be signed by 5 Dec 2026" in text
    other = text_of(blocks(Communication((), (order(received_by="P. Ode, LPN"),)), made_facts()))
    assert "P. Ode, LPN" in other
    assert "Ines Halvorsen" not in other


def test_a_sentence_that_was_typed_with_its_full_stop_gets_no_second_one() -> None:
    values = Communication((call(said="Held at 10:27."),), (order(),))
    said = text_of(blocks(values, made_facts())).replace("\n", "")
    assert "Hold the infusion. Received by" in said
    assert ".." not in said
    assert ".," not in said


def test_a_long_order_is_cut_between_words() -> None:
    long = "Resume Gammagard Liquid at half rate (70 mL/h) when the pulse is below 90."
    (signature,) = tasks(Communication((), (order(order_text=long),)), made_facts())
    assert signature.what.endswith("Resume Gammagard Liquid at half rate …")


def test_a_call_without_a_time_comes_last() -> None:
    timeless = replace(call(2, reached="no_answer"), at=None)
    assert is_open(timeless, Communication((call(), timeless)))
    assert datetime(2026, 11, 21, tzinfo=UTC) < NOW
