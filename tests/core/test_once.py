"""What is worked out once: by identity of the values, and only the last few are held."""

from __future__ import annotations

from decimal import Decimal

import pytest

from infusion_visits.core.once import once_for


class Asked:
    """A function that counts how often it is asked."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self, one: object, other: object = None) -> str:
        self.times += 1
        return f"{one}{other or ''}"


def test_the_same_values_are_worked_out_once() -> None:
    asked = Asked()
    kept = once_for(asked, most=4)
    value = ("a", Decimal("37.0"))
    assert kept(value) == kept(value)
    assert asked.times == 1


def test_equal_values_are_not_the_same() -> None:
    """37 and 37.0 are equal, and print differently."""
    kept = once_for(Asked(), most=4)
    assert kept(Decimal("37")) == "37"
    assert kept(Decimal("37.0")) == "37.0"


def test_each_value_counts() -> None:
    asked = Asked()
    kept = once_for(asked, most=4)
    one, other = object(), object()
    kept(one, one)
    kept(one, other)
    kept(other, one)
    assert asked.times == 3


def test_only_the_last_are_held() -> None:
    asked = Asked()
    kept = once_for(asked, most=2)
    values = [object() for _ in range(3)]
    for value in values:
        kept(value)
    kept(values[2])
    kept(values[1])
    assert asked.times == 3
    kept(values[0])
    assert asked.times == 4


def test_a_value_that_went_is_not_taken_for_a_new_one_in_its_place() -> None:
    kept = once_for(Asked(), most=2)
    said = [kept([number]) for number in range(50)]
    assert said == [f"[{number}]" for number in range(50)]


def test_an_error_is_not_kept() -> None:
    asked: list[object] = []

    def refuse(value: object) -> None:
        asked.append(value)
        raise LookupError

    kept = once_for(refuse, most=2)
    for _ in range(2):
        with pytest.raises(LookupError):
            kept(1)
    assert asked == [1, 1]


def test_a_named_value_is_refused() -> None:
    with pytest.raises(TypeError):
        once_for(Asked(), most=2)(one=1)
