"""On which line of a TOML file each key and each element of a list stands.

`tomllib` reads TOML and gives no lines, and no well-kept reader that does both was found. This
walks over a text that `tomllib` has accepted already and only notes where things begin; it decides
nothing about what is valid and what a value is.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

Place = tuple[str | int, ...]

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_BLANK = re.compile(r"[ \t\r]*")
# Between lines and inside lists: blanks, line ends and comments.
_GAP = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_PLAIN_VALUE = re.compile(r"[^,\]}\n#]*")
_STRINGS = (
    # Long ones first; up to two quotes may stand right before their closing three.
    re.compile(r'"""(?:[^\\]|\\.)*?"""(?!")', re.S),
    re.compile(r"'''.*?'''(?!')", re.S),
    re.compile(r'"(?:[^"\\\n]|\\.)*"'),
    re.compile(r"'[^'\n]*'"),
)


def lines_of(text: str) -> Mapping[Place, int]:
    """The line (from 1) of each key and element of a text that `tomllib` has accepted.

    A place is keys and positions (from 0) from the outside in: `("ladder", 1, "rate")`.
    """
    return _Walk(text).places


def line_at(lines: Mapping[Place, int], place: Place) -> int:
    """The line of a place, or of the nearest thing around it that is written; 1 for the file."""
    while place:
        if place in lines:
            return lines[place]
        place = place[:-1]
    return 1


class _Walk:
    """One walk over a text. `_lists` counts the tables of each list `[[name]]` so far."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._ends = [at for at, sign in enumerate(text) if sign == "\n"]
        self._lists: dict[Place, int] = {}
        self.places: dict[Place, int] = {}
        table: Place = ()
        self._skip(_GAP)
        while self._at < len(text):
            if self._sees("["):
                table = self._header()
            else:
                self._pair(table)
            self._skip(_GAP)

    def _line(self) -> int:
        return bisect_right(self._ends, self._at - 1) + 1

    def _sees(self, sign: str) -> bool:
        return self._text.startswith(sign, self._at)

    def _skip(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self._text, self._at)
        if found is None:
            raise ValueError(f"character {self._at} was not expected; read the text first")
        self._at = found.end()
        return found[0]

    def _header(self) -> Place:
        line = self._line()
        many = self._sees("[[")
        self._at += 2 if many else 1
        keys = self._keys()
        self._at += 2 if many else 1
        place: Place = ()
        for key in keys[:-1]:
            place = self._last_of((*place, key))
            self.places.setdefault(place, line)
        place = (*place, keys[-1])
        if many:
            number = self._lists.get(place, -1) + 1
            self._lists[place] = number
            self.places.setdefault(place, line)
            place = (*place, number)
        else:
            place = self._last_of(place)
        self.places[place] = line
        return place

    def _last_of(self, place: Place) -> Place:
        """Inside a list of tables a header speaks of its last table."""
        number = self._lists.get(place)
        return place if number is None else (*place, number)

    def _keys(self) -> tuple[str, ...]:
        keys = [self._key()]
        while self._sees("."):
            self._at += 1
            keys.append(self._key())
        return tuple(keys)

    def _key(self) -> str:
        self._skip(_BLANK)
        if self._sees('"') or self._sees("'"):
            quoted = self._skip(_STRINGS[2] if self._sees('"') else _STRINGS[3])
            key = str(tomllib.loads(f"key = {quoted}")["key"])
        else:
            key = self._skip(_BARE_KEY)
        self._skip(_BLANK)
        return key

    def _pair(self, table: Place) -> None:
        line = self._line()
        place = table
        for key in self._keys():
            place = (*place, key)
            self.places.setdefault(place, line)
        self._at += len("=")
        self._skip(_BLANK)
        self._value(place)

    def _value(self, place: Place) -> None:
        if self._sees("["):
            self._list(place)
        elif self._sees("{"):
            self._inline_table(place)
        elif self._sees('"') or self._sees("'"):
            self._skip(next(one for one in _STRINGS if one.match(self._text, self._at)))
        else:
            self._skip(_PLAIN_VALUE)

    def _list(self, place: Place) -> None:
        self._at += 1
        number = 0
        self._skip(_GAP)
        while not self._sees("]"):
            self.places[*place, number] = self._line()
            self._value((*place, number))
            number += 1
            self._skip(_GAP)
            if self._sees(","):
                self._at += 1
                self._skip(_GAP)
        self._at += 1

    def _inline_table(self, place: Place) -> None:
        self._at += 1
        self._skip(_GAP)
        while not self._sees("}"):
            self._pair(place)
            self._skip(_GAP)
            if self._sees(","):
                self._at += 1
                self._skip(_GAP)
        self._at += 1
