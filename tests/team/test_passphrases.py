"""Long or of several words, and none that everybody tries."""

from __future__ import annotations

import pytest

from infusion_visits.team.passphrases import weakness

NAMES = ("Ines Halvorsen", "Willow Street Home Infusion")


@pytest.mark.parametrize(
    "good",
    [
        "explore the demo agency",
        "copper lantern walks home",
        "tj4-Gmh2vQx9",
        "slow river blue kite",
        "Vier Ziegen fressen Gras",
        "été brûlant sur la plage",
        "correcthorsebatterystaple",
        "mein Nachbar streicht den Zaun",
    ],
)
def test_long_ones_and_several_words_are_good(good: str) -> None:
    assert weakness(good, NAMES) is None


@pytest.mark.parametrize(
    ("weak", "why"),
    [
        ("", "at least 12"),
        ("short", "at least 12"),
        ("elevenchars", "at least 12"),
        ("one two four", None),
        ("            ", "at least 12"),
        ("aaaaaaaaaaaaaaaa", "Too few"),
        ("abababababab", "Too few"),
        ("password12345", "first that are tried"),
        ("P4$$w0rd-2026!", "first that are tried"),
        ("Welcome-Summer-2026", "first that are tried"),
        ("837261947362", "first that are tried"),
        ("1986-04-12-77", "first that are tried"),
        ("qwertyuiop12", "first that are tried"),
        ("asdfghjkl;'12", "first that are tried"),
        ("Halvorsen1987!", "first that are tried"),
        ("InesHalvorsen12", "first that are tried"),
        ("WillowStreet2026", "first that are tried"),
        ("x" * 600 + "abcdefgh" * 60, "At most"),
    ],
)
def test_what_is_soon_guessed_is_refused_with_its_reason(weak: str, why: str | None) -> None:
    found = weakness(weak, NAMES)
    assert found is None if why is None else why in str(found)
