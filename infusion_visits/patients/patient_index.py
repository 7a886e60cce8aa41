"""Finding a patient while the name is being typed, typing errors forgiven; pure, in memory.

The index holds names, birth dates and identifiers of every patient (20,000 fit in some 20 MB) and
answers within one frame of the screen, so that no keystroke waits for the disk.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from rapidfuzz import process
from rapidfuzz.distance import OSA

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

SHORTEST_MISTYPED = 3
ONE_ERROR_UP_TO = 5
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LETTERS = str.maketrans(
    {"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "ð": "d"}
)
_DROPPED = str.maketrans(dict.fromkeys("'’ʼ`´.", ""))
# The same for most names in one step: an agency's index is made anew after each change.
_PLAIN = {code: _DROPPED.get(code, " ") for code in range(128) if not chr(code).isalnum()}


@dataclass(frozen=True, slots=True)
class PatientLine:
    """One patient in a list: enough to tell two of the same name apart."""

    id: UUID
    family: str
    given: str
    preferred_name: str
    birth_day: date | None
    birth_precision: str
    sex: str
    status: str
    identifiers: tuple[str, ...]
    other_names: str = ""

    @property
    def name(self) -> str:
        """`Okafor, Ngozi`."""
        return ", ".join(part for part in (self.family, self.given) if part)


def folded(text: str) -> str:
    """Without case, accents and apostrophes; hyphens, commas and the like become blanks."""
    if text.isascii():
        return " ".join(text.lower().translate(_PLAIN).split())
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    plain = plain.translate(_DROPPED).translate(_LETTERS)
    kept = (
        character if character.isalnum() else " "
        for character in plain
        if not unicodedata.combining(character)
    )
    return " ".join("".join(kept).split())


class PatientIndex:
    """All patients, ready to be found. Make a new one after a name or number has changed."""

    def __init__(self, lines: Iterable[PatientLine]) -> None:
        self.lines = tuple(sorted(lines, key=lambda line: (folded(line.name), str(line.id))))
        self._starts: list[int] = []
        self._words: dict[str, list[int]] = defaultdict(list)
        self._by_letter: dict[str, list[str]] = defaultdict(list)
        self._heads: dict[int, Mapping[str, list[str]]] = {}
        texts: list[str] = []
        at = 0
        for number, line in enumerate(self.lines):
            names = folded(_names(line))
            texts.append(f"\n {names} {_numbers(line)} ")
            self._starts.append(at)
            at += len(texts[-1])
            # Figures are found only as they stand: a number off by one is another patient.
            for word in set(names.split()):
                self._words[word].append(number)
        self._text = "".join(texts)
        for word in self._words:
            self._by_letter[word[0]].append(word)

    def __len__(self) -> int:
        return len(self.lines)

    def find(self, text: str, limit: int = 50) -> tuple[PatientLine, ...]:
        """The patients that `text` may mean, the likeliest first; all for an empty text.

        First names that begin with it, then words that begin with it, then words that hold it,
        then what it is but for one typing error (two in words longer than five letters).
        """
        asked = folded(text).split()
        if not asked:
            return self.lines[:limit]
        found: dict[int, None] = {}
        for numbers in (self._plainly(asked, limit), self._mistyped(asked)):
            for number in numbers:
                found.setdefault(number)
                if len(found) >= limit:
                    break
            if found:
                break
        return tuple(self.lines[number] for number in found)

    def _plainly(self, asked: list[str], limit: int) -> Iterator[int]:
        whole = " ".join(asked)
        longest = max(asked, key=len)
        for wanted in (f"\n {whole}", f" {longest}", longest):
            count = 0
            for number in self._holding(wanted):
                if all(word in self._line(number) for word in asked):
                    yield number
                    count += 1
                    if count > limit:
                        break

    def _holding(self, wanted: str) -> Iterator[int]:
        at = self._text.find(wanted)
        while at >= 0:
            number = bisect_right(self._starts, at) - 1
            yield number
            end = self._starts[number + 1] if number + 1 < len(self._starts) else len(self._text)
            at = self._text.find(wanted, end)

    def _line(self, number: int) -> str:
        end = self._starts[number + 1] if number + 1 < len(self._starts) else len(self._text)
        return self._text[self._starts[number] : end]

    def _mistyped(self, asked: list[str]) -> list[int]:
        """Lines with every word of `asked` but for typing errors; the nearest first."""
        total: dict[int, int] | None = None
        for word in asked:
            near = self._near(word)
            if total is None:
                total = near
            else:
                total = {
                    number: errors + near[number]
                    for number, errors in total.items()
                    if number in near
                }
        ranked = total or {}
        return sorted(ranked, key=lambda number: (ranked[number], number))

    def _near(self, word: str) -> dict[int, int]:
        """Lines with a name that begins like `word`, and by how many errors."""
        allowed = 0 if len(word) < SHORTEST_MISTYPED else 1 if len(word) <= ONE_ERROR_UP_TO else 2
        # Most typing errors leave the first letter, or swap it with the second.
        likely = [name for letter in set(word[:2]) for name in self._by_letter.get(letter, ())]
        near: dict[int, int] = {}
        # Half-typed words too: the first letters of each name, one letter more or less.
        for length in (len(word), len(word) + 1, len(word) - 1):
            self._collect(word, _by_head(likely, length), allowed, near)
        if not near and allowed:
            self._collect(word, self._all_heads(len(word)), allowed, near)
        return near

    def _collect(
        self, word: str, heads: Mapping[str, list[str]], allowed: int, near: dict[int, int]
    ) -> None:
        found = process.extract(
            word, heads.keys(), scorer=OSA.distance, score_cutoff=allowed, limit=None
        )
        for head, errors, _ in found:
            for name in heads[head]:
                for number in self._words[name]:
                    near[number] = min(int(errors), near.get(number, allowed))

    def _all_heads(self, length: int) -> Mapping[str, list[str]]:
        known = self._heads.get(length)
        if known is None:
            known = self._heads[length] = _by_head(self._words, length)
        return known


def _by_head(names: Iterable[str], length: int) -> dict[str, list[str]]:
    heads: dict[str, list[str]] = defaultdict(list)
    if length > 0:
        for name in names:
            heads[name[:length]].append(name)
    return heads


def _names(line: PatientLine) -> str:
    words = (line.family, line.given, line.preferred_name, line.other_names)
    return " ".join(word for word in words if word)


def _numbers(line: PatientLine) -> str:
    """The birth date, so that its parts are found in any order, and the identifiers."""
    text = folded(" ".join(line.identifiers))
    if line.birth_day is None:
        return text
    day = line.birth_day
    return f"{day:%Y %m %d %Y%m%d} {_MONTHS[day.month - 1]} {text}"
