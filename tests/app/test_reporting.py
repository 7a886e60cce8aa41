"""Errors in words: what happened, what is safe, what to do; and what of them stands in a log."""

from __future__ import annotations

import logging
import re
import sys
import threading
from typing import TYPE_CHECKING

import pytest

from infusion_visits.app.reporting import Reporter, Said, in_words
from infusion_visits.core import errors
from infusion_visits.core.errors import (
    BadFile,
    Cancelled,
    DeviceTrouble,
    InfusionVisitsError,
    Missing,
    Offline,
    Refused,
    WrongPassphrase,
)
from infusion_visits.core.findings import Finding, Gate, Level
from tests.fixtures.records import NOW, ZONE

if TYPE_CHECKING:
    from collections.abc import Iterator

PLANTED = "Zyxqv Plantedname"

SAID = (
    (Refused("frozen", "This visit is signed."), "This visit is signed.", False),
    (Missing("no-visit", "There is no such visit."), "There is no such visit.", False),
    (WrongPassphrase("wrong", "That opens nothing."), "That opens nothing.", False),
    (BadFile("cut", "The file is cut off.", "line 3"), "The file is cut off. (line 3)", False),
    (BadFile("empty", "The file is empty."), "The file is empty.", False),
    (
        DeviceTrouble("disk-full", "The disk is full."),
        "The disk is full. Your work up to 09:00 is saved.",
        True,
    ),
    (
        Offline("offline", "There is no network."),
        "There is no network. Your work up to 09:00 is saved.",
        False,
    ),
)


@pytest.mark.parametrize(("error", "line", "grave"), SAID, ids=lambda one: type(one).__name__)
def test_each_error_is_said_plainly(error: BaseException, line: str, grave: bool) -> None:
    said = in_words(error, saved_at=NOW, zone=ZONE)
    assert said is not None
    assert (said.line, said.grave) == (line, grave)


def test_no_error_class_is_left_out() -> None:
    classes = {
        one
        for one in vars(errors).values()
        if isinstance(one, type) and issubclass(one, InfusionVisitsError)
    }
    spoken = {type(error) for error, _, _ in SAID}
    assert classes - spoken == {InfusionVisitsError, Cancelled}
    assert in_words(InfusionVisitsError("some", "Something known.")) == Said("Something known.")


def test_nothing_is_said_where_the_user_said_no() -> None:
    shown = list[Said]()
    Reporter(shown.append)(Cancelled())
    assert in_words(Cancelled()) is None
    assert shown == []


def test_a_refusal_names_what_stands_in_the_way_and_not_more_than_five() -> None:
    findings = [
        Finding(
            level=Level.STOP, gate=Gate.SIGN, code=f"c{n}", section="arrival", words=f"Item {n}."
        )
        for n in range(7)
    ]
    said = in_words(Refused("open", "Not complete.", findings))
    assert said is not None
    assert said.line == "Not complete. Item 0. Item 1. Item 2. Item 3. Item 4."


def test_our_own_mistake_has_a_number_and_the_log_has_no_word_of_it(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)

    def fault(typed: str) -> None:
        raise KeyError(typed)

    try:
        fault(PLANTED)
    except KeyError as error:
        said = in_words(error, saved_at=NOW, zone=ZONE)
    assert said is not None
    assert said.grave
    number = re.search(r"give the number ([0-9a-f]{8})\.", said.line)
    assert number is not None
    assert "Your work up to 09:00 is saved." in said.line
    assert PLANTED not in said.line
    assert number[1] in caplog.text
    # Where it happened is enough to find it.
    assert "KeyError" in caplog.text
    assert "fault:" in caplog.text
    for word in PLANTED.split():
        assert word not in caplog.text


def test_two_mistakes_have_two_numbers() -> None:
    lines = {str(in_words(ValueError("x"))) for _ in range(20)}
    assert len(lines) == 20


@pytest.fixture(autouse=True)
def hooks() -> Iterator[None]:
    """The hooks are the whole interpreter's: each test gives them back."""
    before = sys.excepthook, sys.unraisablehook, threading.excepthook
    yield
    sys.excepthook, sys.unraisablehook, threading.excepthook = before


@pytest.fixture
def shown() -> list[Said]:
    """What a reporter behind the interpreter's own hooks shows."""
    said = list[Said]()
    Reporter(said.append).stand_behind_hooks()
    return said


def test_an_uncaught_error_of_any_thread_is_said(shown: list[Said]) -> None:
    def fault() -> None:
        raise ValueError(PLANTED)

    thread = threading.Thread(target=fault)
    thread.start()
    thread.join()
    try:
        fault()
    except ValueError as error:
        sys.excepthook(type(error), error, error.__traceback__)

    class Closing:
        def __del__(self) -> None:
            fault()

    # Nobody holds it: it goes at once.
    Closing()
    assert [said.what for said in shown] == ["Something went wrong in the program."] * 3
    assert PLANTED not in "".join(said.line for said in shown)


def test_ending_the_program_is_no_error(shown: list[Said]) -> None:
    for end in (KeyboardInterrupt(), SystemExit(0)):
        sys.excepthook(type(end), end, None)
    assert shown == []


def test_an_error_of_a_window_that_is_gone_writes_nothing_typed(
    capfd: pytest.CaptureFixture[str],
) -> None:
    def gone(_: Said) -> None:
        raise RuntimeError("Internal C++ object already deleted.")

    def fault() -> None:
        raise ValueError(PLANTED)

    Reporter(gone).stand_behind_hooks()
    sys.excepthook(ValueError, ValueError(PLANTED), None)
    thread = threading.Thread(target=fault)
    thread.start()
    thread.join()
    assert PLANTED not in capfd.readouterr().err
