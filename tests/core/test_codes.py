"""Public codes: each route and line of the program that has one finds it."""

from __future__ import annotations

import pytest

from infusion_visits.core.catalogue import CatalogueRefused
from infusion_visits.core.codes import codes_in_force, read_codes
from infusion_visits.core.resources import load_catalogue


@pytest.mark.parametrize(
    ("group", "option", "lumens", "code"),
    [
        ("route", "IV", None, "47625008"),
        ("device", "picc", 2, "1396489007"),
        ("device", "picc", 1, "1396526001"),
        ("device", "tunneled", 3, "1396538005"),
        ("device", "piv", 1, "423954007"),
        ("complication", "anaphylaxis", None, "39579001"),
    ],
)
def test_a_word_finds_its_code(group: str, option: str, lumens: int | None, code: str) -> None:
    found = codes_in_force().of(group, option, lumens)
    assert found is not None
    assert found.code == code


def test_a_word_without_a_code_has_none() -> None:
    codes = codes_in_force()
    assert codes.of("route", "by pigeon") is None
    # A line with more lumens than any code counts is not called by another's code.
    assert codes.of("device", "picc", 3) is None


def test_routes_that_are_only_written_down_say_so() -> None:
    only = {one.option for one in codes_in_force().codes if one.record_only}
    assert only == {"intrathecal", "epidural"}


def test_one_word_has_one_code() -> None:
    plain = dict(load_catalogue("codes"))
    plain["code"] = {**plain["code"], "again": plain["code"]["route_iv"]}
    with pytest.raises(CatalogueRefused, match="a code already"):
        read_codes(plain)
