"""Small wordings of the note: days and times with their zone, grouped digests, counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infusion_visits.core.clock import local, local_day
from infusion_visits.core.moments import show_day, show_time

if TYPE_CHECKING:
    from datetime import date, datetime

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def zone_name(at: datetime, zone: str) -> str:
    """`EST`; `UTC+04` where the zone has no letters of its own."""
    name = local(at, zone).tzname() or "UTC"
    return f"UTC{name}" if name[:1] in "+-" else name


def stamp(at: datetime, zone: str) -> str:
    """`21 Nov 2026, 13:09 EST`."""
    return f"{show_day(local_day(at, zone))}, {show_time(at, zone)} {zone_name(at, zone)}"


def weekday(day: date) -> str:
    """`Sat 21 Nov 2026`."""
    return f"{_WEEKDAYS[day.weekday()]} {show_day(day)}"


def moment(at: datetime, zone: str, beside: date) -> str:
    """`13:09 EST` on the day `beside`, else `22 Nov 2026, 13:09 EST`."""
    if local_day(at, zone) == beside:
        return f"{show_time(at, zone)} {zone_name(at, zone)}"
    return stamp(at, zone)


def grouped(digits: str) -> str:
    """A digest in groups of four, so that two people can read it to each other."""
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))


def counted(count: int, word: str) -> str:
    """`1 exception`, `2 exceptions`."""
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def sentence(text: str) -> str:
    """The text with a full stop, where it has no end of its own."""
    text = text.strip()
    return text if not text or text[-1] in ".!?" else f"{text}."


def capital(text: str) -> str:
    """The text with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def printable(text: str) -> str:
    """The text in one line, without what XML and readers of titles cannot hold."""
    return "".join(
        letter if letter.isprintable() else (" " if letter.isspace() else _code(letter))
        for letter in text
    )


def _code(letter: str) -> str:
    return f"[U+{ord(letter):04X}]"
