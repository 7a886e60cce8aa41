"""The walk over what is missing goes on where it is, answered or not."""

from __future__ import annotations

from infusion_visits.core.findings import Finding, Level
from infusion_visits.visits.panel.next_missing import NextMissing


def missing(names: str) -> list[Finding]:
    return [Finding(code=name, level=Level.STOP, words=name, section="vitals") for name in names]


def walk(steps: str) -> str:
    """The code gone to at each step, of what is missing at that step."""
    one = NextMissing()
    found = [one.after(missing(names)) for names in steps.split()]
    return "".join(finding.code if finding else "-" for finding in found)


def test_pressed_again_it_goes_on_and_round() -> None:
    assert walk("abc abc abc abc") == "abca"


def test_an_answered_item_does_not_send_the_walk_back_to_the_top() -> None:
    assert walk("abcd abcd acd acd") == "abcd"


def test_two_answered_at_once_are_passed() -> None:
    assert walk("abcd abcd ad") == "abd"


def test_after_the_last_one_was_answered_it_begins_again() -> None:
    assert walk("ab ab a") == "aba"


def test_what_comes_up_meanwhile_is_gone_to_in_its_place() -> None:
    assert walk("bd bd abcd abcd") == "bdab"


def test_nothing_missing_leads_nowhere() -> None:
    one = NextMissing()
    assert one.after([]) is None
    assert one.after(missing("a")) is not None
