"""Rows that are data: the entry of a catalogue in force holds what the row says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from infusion_visits.core.resources import load_catalogue
from tests.clinical_reference.runners.given import Given, kind


@kind("catalogue entry")
def entry(given: Given) -> dict[str, object]:
    """The entry at a place: its keys with their values; a nested key is `a.b`."""
    return _flat(_entry(given))


@kind("catalogue words")
def words(given: Given) -> dict[str, object]:
    """`has` gives back those of `words` (all of them, when all is well) that the entry holds."""
    told = " ".join(_texts(_entry(given))).casefold().replace("\u00a0", " ")
    return {"has": Holds(told)}


class Holds:
    """Equal to a list of words when each of them stands in the text."""

    def __init__(self, text: str) -> None:
        self.text = text

    def missing(self, asked: list[Any]) -> list[str]:
        """Those that do not stand in it."""
        return [str(one) for one in asked if str(one).casefold() not in self.text]


def _entry(given: Given) -> Any:
    found: Any = load_catalogue(given.text("catalogue"))
    for step in given.texts("at"):
        found = _inside(found, step)
    return found


def _inside(found: Any, step: str) -> Any:
    if isinstance(found, Mapping):
        return found[step]
    key, _, wanted = step.partition("=")
    if not wanted:
        return found[int(step)]
    fitting = [one for one in found if str(one.get(key)) == wanted]
    if len(fitting) != 1:
        raise KeyError(f"{len(fitting)} entries with {step}")
    return fitting[0]


def _flat(found: Any, before: str = "") -> dict[str, object]:
    if not isinstance(found, Mapping):
        return {"value": found}
    made: dict[str, object] = {}
    for key, value in found.items():
        made[f"{before}{key}"] = value
        if isinstance(value, Mapping):
            made |= _flat(value, f"{before}{key}.")
    return made


def _texts(found: Any) -> list[str]:
    if isinstance(found, Mapping):
        return [text for one in found.values() for text in _texts(one)]
    if isinstance(found, list):
        return [text for one in found for text in _texts(one)]
    return [str(found)]
