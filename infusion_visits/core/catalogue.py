"""Reading a clinical catalogue: each entry is taken apart field by field, and every fault is named.

A catalogue is TOML (`resources/clinical/*.toml`, or an agency's own file over it). A reader asks
an `Entry` for what it must hold; what is missing, of the wrong kind, out of range or misspelt
becomes a `Fault` with the place and the remedy; `reading` refuses the whole when there is any.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from typing import Any

Place = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in a catalogue: where (keys and positions), what, and what to do."""

    place: Place
    words: str
    remedy: str

    def said(self) -> str:
        """`infliximab, ladder 2, rate: -5 is below 0. Give a rate above 0.`"""
        return f"{place_words(self.place)}: {self.words} {self.remedy}".strip()


class CatalogueRefused(ValueError):
    """A catalogue that is not in order; `faults` are all that was found, in the file's order."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("; ".join(fault.said() for fault in faults))
        self.faults = tuple(faults)


def place_words(place: Place) -> str:
    """A place as a reader of the file finds it: `infliximab, ladder 2, rate`."""
    words: list[str] = []
    for part in place:
        if isinstance(part, int) and words:
            words[-1] += f" {part + 1}"
        else:
            words.append(str(part))
    return ", ".join(words) or "the file"


@dataclass
class Entry:
    """One table of a catalogue while it is read. `faults` is shared by all entries of one reading.

    Every asking method gives a value of its kind even after a fault, so that one reading finds all
    faults; the reading as a whole is refused at its end.
    """

    plain: Mapping[str, Any]
    place: Place = ()
    faults: list[Fault] = field(default_factory=list)
    _asked: set[str] = field(default_factory=set)

    def fault(self, words: str, remedy: str, key: str | None = None) -> None:
        """Notes a fault at `key` of this entry, or at the entry itself."""
        place = self.place if key is None else (*self.place, key)
        self.faults.append(Fault(place, words, remedy))

    def has(self, key: str) -> bool:
        """Whether the entry holds `key`; it counts as asked for."""
        self._asked.add(key)
        return key in self.plain

    def text(self, key: str, *, needed: bool = True) -> str:
        """A text that is not empty; "" where it is not needed and not there."""
        value = self._take(key, needed=needed)
        if value is None:
            return ""
        if not isinstance(value, str) or not value.strip():
            self.fault("this is no text.", 'Write words between quotes, such as "words".', key)
            return ""
        return value

    def source(self) -> str:
        """The source that every entry names. Refused when missing: no figure without its origin."""
        if not isinstance(self.plain.get("source"), str) or not self.plain["source"].strip():
            self._asked.add("source")
            self.fault(
                "no source is named.",
                'Add source = "where this comes from, with its edition".',
                "source",
            )
            return ""
        return self.text("source")

    def texts(self, key: str, *, needed: bool = True) -> tuple[str, ...]:
        """A list of texts, in order."""
        value = self._take(key, needed=needed)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(one, str) and one for one in value):
            self.fault("this is no list of words.", 'Write ["one", "two"].', key)
            return ()
        return tuple(value)

    def choice(
        self, key: str, options: Collection[str], *, needed: bool = True, default: str = ""
    ) -> str:
        """One of `options`; `default` where it is not needed and not there."""
        value = self._take(key, needed=needed)
        if value is None:
            return default
        if value not in options:
            self.fault(f"{value!r} is not known here.", _offer(str(value), options), key)
            return default
        return str(value)

    def choices(
        self, key: str, options: Collection[str], *, needed: bool = True
    ) -> tuple[str, ...]:
        """Several of `options`."""
        values = self.texts(key, needed=needed)
        for value in values:
            if value not in options:
                self.fault(f"{value!r} is not known here.", _offer(value, options), key)
        return tuple(value for value in values if value in options)

    def yes(self, key: str, *, default: bool = False) -> bool:
        """true or false; `default` where it is not there."""
        value = self._take(key, needed=False)
        if value is None:
            return default
        if not isinstance(value, bool):
            self.fault(f"{value!r} is neither true nor false.", "Write true or false.", key)
            return default
        return value

    def number(
        self,
        key: str,
        *,
        needed: bool = True,
        low: Decimal | int | None = None,
        high: Decimal | int | None = None,
        above: Decimal | int | None = None,
    ) -> Decimal | None:
        """A figure from `low` to `high` (both allowed) and above `above`; None after a fault."""
        value = self._take(key, needed=needed)
        if value is None:
            return None
        figure = decimal_of(value)
        if figure is None:
            self.fault(f"{value!r} is no number.", "Write a plain number, such as 12.5.", key)
            return None
        if (wrong := _outside(figure, low, high, above)) is not None:
            self.fault(f"{figure:f} cannot be.", wrong, key)
            return None
        return figure

    def whole(
        self, key: str, *, needed: bool = True, low: int | None = None, high: int | None = None
    ) -> int | None:
        """A whole number from `low` to `high`; None after a fault or where it is not there."""
        figure = self.number(key, needed=needed, low=low, high=high)
        if figure is None:
            return None
        if figure != figure.to_integral_value():
            self.fault(f"{figure:f} is not whole.", "Write a whole number.", key)
            return None
        return int(figure)

    def day(self, key: str, *, needed: bool = True) -> date | None:
        """A date as TOML writes it: 2026-11-21."""
        value = self._take(key, needed=needed)
        if value is None:
            return None
        if not isinstance(value, date):
            self.fault(f"{value!r} is no date.", "Write a date such as 2026-11-21.", key)
            return None
        return value

    def entry(self, key: str, *, needed: bool = True) -> Entry | None:
        """The table called `key`."""
        value = self._take(key, needed=needed)
        if value is None:
            return None
        if not isinstance(value, Mapping):
            self.fault("this is no table.", f"Write it under a line [{key}].", key)
            return None
        return Entry(value, (*self.place, key), self.faults)

    def each(self, key: str, *, needed: bool = True) -> tuple[Entry, ...]:
        """The tables of a list `[[key]]`, in order."""
        value = self._take(key, needed=needed)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(one, Mapping) for one in value):
            self.fault("this is no list of tables.", f"Write each under a line [[{key}]].", key)
            return ()
        return tuple(
            Entry(one, (*self.place, key, number), self.faults) for number, one in enumerate(value)
        )

    def tables(self) -> Iterator[tuple[str, Entry]]:
        """Every table inside this one by its key; all other keys are left to be asked for."""
        for key, value in self.plain.items():
            if isinstance(value, Mapping):
                self._asked.add(key)
                yield key, Entry(value, (*self.place, key), self.faults)

    def close(self) -> None:
        """Notes every key that nothing asked for: misspelt, or of a later version."""
        known = sorted(self._asked)
        for key in self.plain:
            if key not in self._asked:
                self.fault("this key is not known.", _offer(key, known), key)

    def _take(self, key: str, *, needed: bool) -> Any:
        self._asked.add(key)
        if key not in self.plain:
            if needed:
                self.fault(f"{key} is missing.", f"Add a line {key} = …", key)
            return None
        return self.plain[key]


@contextmanager
def reading(plain: Mapping[str, Any]) -> Iterator[Entry]:
    """Reads a whole catalogue; top keys not asked for are faults too. Raises CatalogueRefused."""
    top = Entry(plain)
    yield top
    top.close()
    if top.faults:
        raise CatalogueRefused(top.faults)


def decimal_of(value: object) -> Decimal | None:
    """A figure of a catalogue as a Decimal: a TOML number, or a number kept as text when signed."""
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        return None
    try:
        figure = Decimal(str(value))
    except InvalidOperation:
        return None
    return figure if figure.is_finite() else None


def _outside(
    figure: Decimal,
    low: Decimal | int | None,
    high: Decimal | int | None,
    above: Decimal | int | None,
) -> str | None:
    if above is not None and figure <= above:
        return f"Give a number above {above}."
    if low is not None and figure < low:
        return f"Give a number from {low}."
    if high is not None and figure > high:
        return f"Give a number up to {high}."
    return None


def _offer(said: str, options: Collection[str]) -> str:
    near = get_close_matches(said, list(options), n=1, cutoff=0.6)
    if near:
        return f"Did you mean {near[0]}?"
    return f"It is one of: {', '.join(sorted(options))}." if options else "Take the line out."
