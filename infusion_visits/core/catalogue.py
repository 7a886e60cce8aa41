"""Reading a clinical catalogue: each entry is taken apart field by field, and every fault is named.

A catalogue is TOML (`resources/clinical/*.toml`, or an agency's own file over it). A reader asks
an `Entry` for what it must hold; what is missing, of the wrong kind, out of range or misspelt
becomes a `Fault` with the place and the remedy; `reading` refuses the whole when there is any.
What a signed record keeps is `Kept`: it was read when it was signed, perhaps by an earlier version
of the program, and is never refused.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from operator import is_
from typing import Any, Generic, TypeVar

from infusion_visits.core.units import ALL_UNITS, Unit

T = TypeVar("T")
_MOST_OFFERED = 40

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


class Kept(dict[str, Any]):
    """A catalogue as a signed record keeps it: with the keys that the program knew at that time.

    Its figures are text. What is missing in it or not known any more is no fault.
    """


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

    def text(self, key: str, *, needed: bool = True, may_be_empty: bool = False) -> str:
        """A text; "" where it is not needed and not there, or where it `may_be_empty` and is."""
        value = self._take(key, needed=needed)
        if value is None or (may_be_empty and value == ""):
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
            self.fault(f"{value!r} is not known here.", offer(str(value), options), key)
            return default
        return str(value)

    def choices(
        self, key: str, options: Collection[str], *, needed: bool = True
    ) -> tuple[str, ...]:
        """Several of `options`."""
        values = self.texts(key, needed=needed)
        for value in values:
            if value not in options:
                self.fault(f"{value!r} is not known here.", offer(value, options), key)
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

    def figures(self, key: str, *, needed: bool = True) -> tuple[Decimal, ...]:
        """A list of figures from 0, in order, such as [60, 250]."""
        value = self._take(key, needed=needed)
        if value is None:
            return ()
        found = [decimal_of(one) for one in value] if isinstance(value, list) else [None]
        if None in found:
            self.fault("this is no list of numbers.", "Write [60, 250].", key)
            return ()
        figures = tuple(one for one in found if one is not None)
        for figure in figures:
            if figure < 0:
                self.fault(f"{figure:f} cannot be.", "Give numbers from 0.", key)
        return figures

    def unit(self, key: str, quantity: str = "", *, needed: bool = True) -> str:
        """A unit that the program knows, by its UCUM code or label, of `quantity` where given.

        A unit of another quantity is a fault: a limit in it would be compared wrongly.
        """
        value = self._take(key, needed=needed)
        if value is None:
            return ""
        fitting = [unit for unit in ALL_UNITS if not quantity or unit.quantity == quantity]
        if value not in {name for unit in fitting for name in (unit.code, unit.label)}:
            of_what = f"no unit of {quantity}" if quantity else "no unit that is known here"
            self.fault(f"{value!r} is {of_what}.", offer(str(value), _labels(fitting)), key)
            return ""
        return str(value)

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
        if isinstance(value, str):
            # So a signed record keeps it.
            with suppress(ValueError):
                return date.fromisoformat(value)
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
                self.fault("this key is not known.", offer(key, known), key)

    def _take(self, key: str, *, needed: bool) -> Any:
        self._asked.add(key)
        if key not in self.plain:
            if needed:
                self.fault(f"{key} is missing.", f"Add a line {key} = …", key)
            return None
        return self.plain[key]


@contextmanager
def reading(plain: Mapping[str, Any]) -> Iterator[Entry]:
    """Reads a whole catalogue; top keys not asked for are faults too. Raises CatalogueRefused.

    `edition` and `source` of the whole may always stand at its top. A `Kept` one is never refused.
    """
    top = Entry(plain)
    top.text("edition", needed=False)
    top.text("source", needed=False)
    kept = isinstance(plain, Kept)
    try:
        yield top
    except (ValueError, KeyError, TypeError, IndexError) as error:
        # What a reader stumbled over follows from a fault that is already named.
        if top.faults and not kept:
            raise CatalogueRefused(tuple(dict.fromkeys(top.faults))) from error
        raise
    top.close()
    if top.faults and not kept:
        raise CatalogueRefused(tuple(dict.fromkeys(top.faults)))


class read_once(Generic[T]):  # noqa: N801 - it decorates
    """Keeps what a reader made of the last catalogues, by their identity and never by their name.

    What is in force may change while the program runs; `load_catalogue` then gives another object.
    """

    _KEPT = 8

    def __init__(self, read: Callable[..., T]) -> None:
        self._read = read
        self._made: tuple[tuple[tuple[Mapping[str, Any], ...], T], ...] = ()

    def __call__(self, *plain: Mapping[str, Any]) -> T:
        """What the reader makes of these catalogues. Raises as the reader does."""
        for known, made in self._made:
            if len(known) == len(plain) and all(map(is_, known, plain)):
                return made
        fresh = self._read(*plain)
        self._made = ((plain, fresh), *self._made[: self._KEPT - 1])
        return fresh


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


def _labels(units: Sequence[Unit]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(unit.label for unit in units))


def offer(said: str, options: Collection[str]) -> str:
    """The remedy for a word that is not among `options`: the nearest of them, else all."""
    near = get_close_matches(said, list(options), n=1, cutoff=0.6)
    if near:
        return f"Did you mean {near[0]}?"
    if len(options) > _MOST_OFFERED:
        return "Look it up in Settings, Catalogues."
    listed = ", ".join(one or '""' for one in sorted(options))
    return f"It is one of: {listed}." if listed else "Take the line out."
