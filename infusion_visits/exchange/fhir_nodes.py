"""A FHIR element with its place, read by type: what has another shape is a BadFile at that place.

Nothing is guessed: an allergy in an unexpected shape must not be passed over in silence.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, NoReturn

from infusion_visits.core.clock import instant_of
from infusion_visits.core.errors import BadFile
from infusion_visits.core.moments import show_day
from infusion_visits.core.writing import tidy

EARLIEST_YEAR, LATEST_YEAR = 1800, 2200
_TIME = re.compile(
    r"(\d{4})(?:-(\d{2})(?:-(\d{2})"
    r"(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?)?)?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Moment:
    """A FHIR date or dateTime: `wall` is its first moment, aware where the source gave an offset.

    `precision` is how much of it is known: year, month, day or time.
    """

    wall: datetime
    precision: str

    @property
    def day(self) -> date:
        """The day as written."""
        return self.wall.date()

    def instant(self, zone: str) -> datetime:
        """The UTC instant; without an offset the time is that of the home in `zone`."""
        if self.wall.tzinfo is not None:
            return self.wall.astimezone(UTC)
        return instant_of(self.wall, zone)

    def words(self) -> str:
        """`3 Nov 2026`, `Nov 2026` or `2026`."""
        shown = show_day(self.day)
        if self.precision == "year":
            return shown[-4:]
        return shown.partition(" ")[2] if self.precision == "month" else shown


@dataclass(frozen=True, slots=True)
class Coded:
    """A CodeableConcept: the words a person reads, and its first code; `codes` are all of them."""

    words: str
    code: str
    system: str
    codes: frozenset[tuple[str, str]]

    def has(self, system: str, codes: frozenset[str]) -> bool:
        """Whether one of `codes` of `system` is among its codings."""
        return any(one == system and code in codes for one, code in self.codes)


@dataclass(frozen=True, slots=True)
class Node:
    """One JSON object of a file and where it stands."""

    value: Mapping[str, Any]
    place: str

    def wrong(self, name: str, words: str) -> NoReturn:
        """Raises BadFile at the element called `name`."""
        raise BadFile("bad-element", words, f"{self.place}.{name}" if name else self.place)

    def text(self, name: str, longest: int = 10_000) -> str | None:
        """A text, tidied; None when it is not there or empty."""
        return self._text(self.value.get(name), name, longest)

    def texts(self, name: str, longest: int = 10_000) -> tuple[str, ...]:
        """A list of texts; nulls that stand for extensions are passed over."""
        found = (
            self._text(one, f"{name}[{number}]", longest)
            for number, one in enumerate(self._list(name))
        )
        return tuple(text for text in found if text)

    def _text(self, value: Any, name: str, longest: int) -> str | None:
        if value is None:
            return None
        if not isinstance(value, str):
            self.wrong(name, "There should be a text here.")
        clean = tidy(value)
        if len(clean) > longest:
            self.wrong(name, f"The text here is longer than {longest:,} characters.")
        return clean or None

    def node(self, name: str) -> Node | None:
        """The object called `name`."""
        value = self.value.get(name)
        if value is None:
            return None
        if not isinstance(value, dict):
            self.wrong(name, "There should be an object here.")
        return Node(value, f"{self.place}.{name}")

    def nodes(self, name: str) -> tuple[Node, ...]:
        """The list of objects called `name`."""
        made = []
        for number, one in enumerate(self._list(name)):
            if one is None:
                continue
            if not isinstance(one, dict):
                self.wrong(f"{name}[{number}]", "There should be an object here.")
            made.append(Node(one, f"{self.place}.{name}[{number}]"))
        return tuple(made)

    def _list(self, name: str) -> list[Any]:
        value = self.value.get(name)
        if value is None:
            return []
        if not isinstance(value, list):
            self.wrong(name, "There should be a list here.")
        return value

    def flag(self, name: str) -> bool | None:
        """True, false, or None when it is not there."""
        value = self.value.get(name)
        if value is not None and not isinstance(value, bool):
            self.wrong(name, "There should be true or false here.")
        return value

    def figure(self, name: str) -> Decimal | None:
        """A number as written."""
        value = self.value.get(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            self.wrong(name, "There should be a number here.")
        return Decimal(value)

    def moment(self, name: str) -> Moment | None:
        """A date or dateTime, whole or partial."""
        text = self.text(name, 64)
        if text is None:
            return None
        found = _TIME.fullmatch(text)
        if found is None:
            self.wrong(name, "There should be a date here, such as 2026-11-21.")
        year, month, day, hour, minute, second, offset = found.groups()
        if not EARLIEST_YEAR <= int(year) <= LATEST_YEAR:
            self.wrong(name, "The year here cannot be right.")
        precision = "time" if hour else "day" if day else "month" if month else "year"
        filled = f"{year}-{month or '01'}-{day or '01'}"
        filled += f"T{hour or '00'}:{minute or '00'}:{second or '00'}{offset or ''}"
        try:
            return Moment(datetime.fromisoformat(filled.replace("Z", "+00:00")), precision)
        except ValueError:
            self.wrong(name, "There is no such date.")

    def coded(self, name: str) -> Coded | None:
        """A CodeableConcept with words or codes; None when it has neither."""
        concept = self.node(name)
        return None if concept is None else concept.concept()

    def concepts(self, name: str) -> tuple[Coded, ...]:
        """A list of CodeableConcepts."""
        made = (one.concept() for one in self.nodes(name))
        return tuple(one for one in made if one)

    def concept(self) -> Coded | None:
        """This object as a CodeableConcept."""
        words = self.text("text")
        pairs: list[tuple[str, str]] = []
        display = None
        for coding in self.nodes("coding"):
            display = display or coding.text("display")
            code = coding.text("code", 400)
            if code:
                pairs.append((coding.text("system", 400) or "", code))
        said = words or display or (pairs[0][1] if pairs else None)
        if not said:
            return None
        system, code = pairs[0] if pairs else ("", "")
        return Coded(said, code, system, frozenset(pairs))

    def status(self, name: str) -> str:
        """The code of a status: a plain code, or the first code of a CodeableConcept."""
        value = self.value.get(name)
        if isinstance(value, dict):
            found = self.coded(name)
            return found.code.lower() if found else ""
        return (self.text(name, 64) or "").lower()

    def reference(self, name: str) -> Node | None:
        """A Reference."""
        return self.node(name)
