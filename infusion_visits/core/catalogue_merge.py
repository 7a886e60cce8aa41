"""An agency's own catalogue over the program's: how the two become the one that is in force.

Tables are merged key by key. A list of tables that have a `key` (or a `number`) is merged by it, so
that a file need only name the entries that it changes. Any other list, and every single value, is
replaced. `hidden = true` takes an entry out where that is allowed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from infusion_visits.core.catalogue import Fault, Place, offer

HIDDEN = "hidden"
_TOP_WORDS = ("edition", "source")
_IDENTITIES = ("key", "number")


def merged(
    shipped: Mapping[str, Any], own: Mapping[str, Any], hideable: Collection[str] = ()
) -> tuple[dict[str, Any], tuple[Fault, ...]]:
    """The catalogue in force, and what cannot be merged (places are those of `own`).

    `hideable` are the top groups whose entries may be taken out. The edition names both.
    """
    merge = _Merge(hideable)
    found = merge.tables(shipped, own, ())
    for word in _TOP_WORDS:
        if isinstance(own.get(word), str) and isinstance(shipped.get(word), str):
            found[word] = f"{shipped[word]}; agency: {own[word]}"
    return found, tuple(merge.faults)


def identity_of(tables: Sequence[Any]) -> str | None:
    """The key by which the tables of a list are told apart; None where they stand by position."""
    for name in _IDENTITIES:
        keys = [one.get(name) if isinstance(one, Mapping) else None for one in tables]
        plain = [key for key in keys if isinstance(key, str | int)]
        if tables and len(set(plain)) == len(tables):
            return name
    return None


def keyed(value: Any) -> Any:
    """The same with each list of tables that have a key turned into a table by that key.

    Places in it are the same in the program's catalogue, in the agency's file and in the merged.
    """
    if isinstance(value, Mapping):
        return {key: keyed(part) for key, part in value.items()}
    if isinstance(value, list):
        name = identity_of(value)
        if name is not None:
            return {str(one[name]): keyed(one) for one in value}
        return [keyed(one) for one in value]
    return value


def keyed_place(whole: Mapping[str, Any], place: Place) -> Place:
    """A place of a catalogue (by position) as a place of `keyed` of it."""
    here: Any = whole
    found: list[str | int] = []
    for part in place:
        name = identity_of(here) if isinstance(here, list) else None
        here = inside(here, part)
        found.append(str(here[name]) if name and here is not None else part)
    return tuple(found)


def written_place(own: Mapping[str, Any], place: Place) -> Place:
    """A place of `keyed` as the file has it, by position; what it does not hold stays as it is."""
    here: Any = own
    found: list[str | int] = []
    for part in place:
        name = identity_of(here) if isinstance(here, list) else None
        at = part
        if name is not None:
            at = next((n for n, one in enumerate(here) if str(one[name]) == part), part)
        here = inside(here, at)
        found.append(at)
    return tuple(found)


def inside(value: Any, *place: str | int) -> Any:
    """What stands at a place inside `value`; None where nothing does."""
    for part in place:
        try:
            value = value[part]
        except (KeyError, IndexError, TypeError):
            return None
    return value


class _Merge:
    """One merging; `faults` gathers what is wrong on the way."""

    def __init__(self, hideable: Collection[str]) -> None:
        self._hideable = hideable
        self.faults: list[Fault] = []

    def tables(
        self, shipped: Mapping[str, Any], own: Mapping[str, Any], place: Place
    ) -> dict[str, Any]:
        found = dict(shipped)
        for key, value in own.items():
            at = (*place, key)
            if _hides(value):
                self._may_hide(key in shipped, at, shipped)
                found.pop(key, None)
            elif key in shipped:
                found[key] = self._over(shipped[key], value, at)
            else:
                found[key] = value
        return found

    def _over(self, shipped: Any, own: Any, place: Place) -> Any:
        if isinstance(shipped, Mapping) and isinstance(own, Mapping):
            return self.tables(shipped, own, place)
        if isinstance(shipped, list) and isinstance(own, list):
            name = identity_of(shipped)
            if name is not None:
                return self._by_identity(name, shipped, own, place)
        return own

    def _by_identity(self, name: str, shipped: list[Any], own: list[Any], place: Place) -> Any:
        found = {one[name]: one for one in shipped}
        for number, value in enumerate(own):
            at = (*place, number)
            key = value.get(name) if isinstance(value, Mapping) else None
            if not isinstance(key, str | int):
                words = f"nothing says which {place[-1]} is meant."
                self.faults.append(Fault(at, words, f"Add a line {name} = …"))
            elif _hides(value):
                self._may_hide(key in found, at, [str(one) for one in found])
                found.pop(key, None)
            elif key in found:
                found[key] = self.tables(found[key], value, at)
            else:
                found[key] = value
        return list(found.values())

    def _may_hide(self, known: bool, place: Place, siblings: Collection[str]) -> None:
        if not known:
            words = "there is nothing of this name to take out."
            self.faults.append(Fault(place, words, offer(str(place[-1]), siblings)))
        elif len(place) != 2 or place[0] not in self._hideable:
            words = "this entry cannot be taken out: the program asks for it."
            self.faults.append(Fault((*place, HIDDEN), words, "Take the line out."))


def _hides(value: Any) -> bool:
    return isinstance(value, Mapping) and value.get(HIDDEN) is True
