"""The worker path: what goes first, where results come back, how long work ends, and closing."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from infusion_visits.app.runner import Runner
from infusion_visits.core.errors import Cancelled, Refused
from infusion_visits.records import draft_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from uuid import UUID

    from pytestqt.qtbot import QtBot

    from infusion_visits.core.desk import Progress
    from infusion_visits.records.unit_of_work import UnitOfWork
    from tests.fixtures.records import UnitFor

LONG_S = 20


class Gate:
    """Holds a lane until it is opened, so that what waits behind it can be put in any order."""

    def __init__(self) -> None:
        self._reached = threading.Event()
        self._open = threading.Event()

    def hold(self, _: object = None) -> None:
        self._reached.set()
        assert self._open.wait(LONG_S)

    def wait_until_reached(self) -> None:
        assert self._reached.wait(LONG_S)

    def let_go(self) -> None:
        self._open.set()


@pytest.fixture
def told() -> list[BaseException]:
    return []


@pytest.fixture
def runner(unit_for: UnitFor, told: list[BaseException], qapp: object) -> Iterator[Runner]:
    made = Runner(unit_for, told.append)
    yield made
    made.close()


def kept(unit_for: UnitFor, owner: UUID) -> dict[str, str]:
    """What the record holds of the texts that a test kept."""
    with unit_for(write=False) as unit:
        return draft_text.of_owner(unit, "visit", owner)


def keep(owner: UUID, cell: str) -> Callable[[UnitOfWork], None]:
    """An act that writes one text."""
    return lambda unit: draft_text.keep(unit, "visit", owner, cell, "text")


def test_a_save_goes_before_acts_and_acts_before_slices(runner: Runner, qtbot: QtBot) -> None:
    gate, order = Gate(), list[str]()
    runner.act(gate.hold)
    gate.wait_until_reached()
    waiting = threading.Event()

    def import_rows(_: Progress) -> None:
        waiting.set()
        runner.in_unit(lambda _: order.append("slice"))

    runner.long(import_rows)
    assert waiting.wait(LONG_S)
    qtbot.waitUntil(lambda: runner._lane.qsize() == 1)
    runner.act(lambda _: order.append("act 1"))
    runner.act(lambda _: order.append("act 2"))
    runner.save(lambda _: order.append("save 1"))
    runner.save(lambda _: order.append("save 2"))
    gate.let_go()
    qtbot.waitUntil(lambda: runner.idle)
    assert order == ["save 1", "save 2", "act 1", "act 2", "slice"]


def test_work_runs_elsewhere_and_results_come_back_here(runner: Runner, qtbot: QtBot) -> None:
    here = threading.get_ident()
    at_work, back = set[int](), list[tuple[str, int]]()

    def come_back(what: str) -> Callable[[object], None]:
        return lambda _: back.append((what, threading.get_ident()))

    def fail(_: object) -> None:
        raise Refused("no", "No.")

    def tell(progress: Progress) -> None:
        progress(1, 2, "half")

    runner.save(lambda _: at_work.add(threading.get_ident()), come_back("save"))
    runner.act(lambda _: at_work.add(threading.get_ident()), come_back("act"))
    runner.act(fail, come_back("never"), come_back("failed"))
    runner.long(
        tell,
        come_back("long"),
        progress=lambda *_: back.append(("progress", threading.get_ident())),
    )
    assert back == []
    qtbot.waitUntil(lambda: runner.idle)
    assert sorted(what for what, _ in back) == ["act", "failed", "long", "progress", "save"]
    assert {thread for _, thread in back} == {here}
    assert here not in at_work
    # One thread alone writes: no act ever waits for another of the same program.
    assert len(at_work) == 1


def test_an_act_is_committed_and_a_failed_one_is_not(
    runner: Runner, qtbot: QtBot, unit_for: UnitFor, member: UUID, told: list[BaseException]
) -> None:
    def half(unit: UnitOfWork) -> None:
        keep(member, "half")(unit)
        raise Refused("no", "No.")

    runner.act(keep(member, "whole"))
    runner.act(half)
    qtbot.waitUntil(lambda: runner.idle)
    assert kept(unit_for, member) == {"whole": "text"}
    assert [type(error) for error in told] == [Refused]


def test_a_save_never_waits_for_long_work(runner: Runner, qtbot: QtBot) -> None:
    gates = [Gate() for _ in range(2)]
    for gate in gates:
        runner.long(gate.hold)
        gate.wait_until_reached()
    saved = list[int]()
    runner.save(lambda _: 1, saved.append)
    qtbot.waitUntil(lambda: saved == [1])
    assert not runner.idle
    for gate in gates:
        gate.let_go()
    qtbot.waitUntil(lambda: runner.idle)


def test_long_work_is_cancelled_at_its_next_progress(
    runner: Runner, qtbot: QtBot, unit_for: UnitFor, member: UUID
) -> None:
    gate, ended = Gate(), list[BaseException]()

    def work(progress: Progress) -> None:
        for number in range(100):
            runner.in_unit(keep(member, str(number)))
            if number == 2:
                gate.hold()
            progress(number, 100)

    under_way = runner.long(work, lambda _: pytest.fail("it went on"), ended.append)
    gate.wait_until_reached()
    under_way.cancel()
    gate.let_go()
    qtbot.waitUntil(lambda: runner.idle)
    assert [type(error) for error in ended] == [Cancelled]
    # What was done until then is durable, and the lane goes on.
    assert sorted(kept(unit_for, member)) == ["0", "1", "2"]
    runner.save(keep(member, "after"))
    qtbot.waitUntil(lambda: runner.idle)
    assert "after" in kept(unit_for, member)


def test_an_error_in_a_slice_comes_to_the_work_that_asked(runner: Runner, qtbot: QtBot) -> None:
    caught = list[str]()

    def refuse(_: object) -> None:
        raise Refused("no", "No.")

    def work(_: Progress) -> None:
        try:
            runner.in_unit(refuse)
        except Refused as error:
            caught.append(error.code)

    runner.long(work)
    qtbot.waitUntil(lambda: runner.idle)
    assert caught == ["no"]


def test_closing_finishes_what_waits_and_tells_who_asked(
    runner: Runner, unit_for: UnitFor, member: UUID
) -> None:
    gate, back = Gate(), list[str]()
    runner.act(gate.hold)
    gate.wait_until_reached()
    for number in range(20):
        runner.save(keep(member, str(number)), lambda _: back.append("saved"))
    # The lane is let go only once `close` waits for it.
    threading.Timer(0.05, gate.let_go).start()
    assert runner.close() == ()
    assert len(kept(unit_for, member)) == 20
    assert back == ["saved"] * 20


def test_results_that_were_on_their_way_at_closing_still_come(
    runner: Runner, unit_for: UnitFor, member: UUID
) -> None:
    done, back = threading.Event(), list[object]()

    def fail(_: object) -> None:
        done.set()
        raise Refused("no", "No.")

    runner.save(keep(member, "1"), back.append)
    runner.save(fail, None, back.append)
    assert done.wait(LONG_S)
    # Nothing was delivered yet: no event was processed since.
    assert back == []
    failed = runner.close()
    assert [type(one) for one in back] == [type(None), Refused]
    assert [type(one) for one in failed] == [Refused]


def test_closing_ends_long_work_and_says_nothing_of_it(runner: Runner) -> None:
    gate, ended = Gate(), list[BaseException]()

    def work(progress: Progress) -> None:
        gate.hold()
        while True:
            runner.in_unit(lambda _: None)
            progress(0, 0)

    runner.long(work, None, ended.append)
    gate.wait_until_reached()
    gate.let_go()
    assert runner.close() == ()
    assert [type(error) for error in ended] == [Cancelled]


def test_after_closing_nothing_is_taken_and_closing_again_does_no_harm(
    runner: Runner, qtbot: QtBot, unit_for: UnitFor, member: UUID
) -> None:
    runner.close()
    runner.save(keep(member, "late"), lambda _: pytest.fail("it was taken"))
    assert runner.idle
    assert runner.close() == ()
    assert kept(unit_for, member) == {}
