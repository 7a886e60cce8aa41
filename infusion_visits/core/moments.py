"""Times and days as nurses type them, and as the note prints them (24 h, the home's zone)."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta

from infusion_visits.core.clock import instant_of, local

AHEAD_ALLOWED = timedelta(minutes=2)
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTHS = (
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
)
_TIME = re.compile(r"^(\d{1,2})[:.h]?(\d{2})?\s*([ap])?\.?m?\.?$", re.IGNORECASE)
_OFFSET_NAME = re.compile(r"^(.*\d[ap]?\.?m?\.?) ([a-z]{2,5}|[+-]\d{2}(?:\d{2})?)$")
_SHIFT = re.compile(r"^([+-])\s*(\d{1,4})\s*(m|min|h|d)?$", re.IGNORECASE)


class NotAMoment(ValueError):
    """The text is no time or day; its message says what would be one."""


def instant_from_text(text: str, now: datetime, zone: str, *, future: bool) -> datetime:
    """The UTC instant that `text` means at `now` in `zone`.

    A bare time is the one nearest to now, so that 23:50 typed at 00:10 is last night, and 01:30
    typed in the second of two such hours is that one, unless its zone is typed (`01:30 EDT`).
    Raises NotAMoment with words for the nurse; a future instant too, unless `future`.
    """
    found = _instant(text.strip().lower(), now, zone)
    if not future and found > now + AHEAD_ALLOWED:
        raise NotAMoment("That time is still to come. Type when it happened, such as 9:30 or -5.")
    return found


def _instant(text: str, now: datetime, zone: str) -> datetime:
    if text in {"now", "n"}:
        return now.replace(second=0, microsecond=0)
    shift = _SHIFT.match(text)
    if shift:
        amount = int(shift[2]) * (1 if shift[1] == "+" else -1)
        unit = {"h": "hours", "d": "days"}.get((shift[3] or "m").lower(), "minutes")
        return now.replace(second=0, microsecond=0) + timedelta(**{unit: amount})
    text, offset_name = _without_offset_name(text)
    day_text, _, time_text = text.rpartition(" ")
    if day_text and _TIME.match(time_text) and not _TIME.match(text):
        days = [day_from_text(day_text, now, zone, future=True)]
        wall = _wall_time(time_text)
    else:
        wall, today = _wall_time(text), local(now, zone).date()
        days = [today + timedelta(days=shift_days) for shift_days in (-1, 0, 1)]
    near = [
        instant
        for day in days
        for instant in _instants_of(datetime.combine(day, wall), zone, offset_name)
    ]
    if not near:
        raise NotAMoment(f"At that time the clocks did not show {offset_name.upper()}.")
    nearest = min(near, key=lambda instant: abs(instant - now))
    if local(nearest, zone).time() != wall:
        raise NotAMoment(f"There was no {wall:%H:%M} that night: the clocks went forward.")
    return nearest


def _without_offset_name(text: str) -> tuple[str, str]:
    """`01:30 est` -> `01:30`, `est`; only after a time, so that `9:30 pm` stays whole."""
    found = _OFFSET_NAME.match(text)
    if found is None or _TIME.match(text) or not _TIME.match(found[1].rpartition(" ")[2]):
        return text, ""
    return found[1], found[2]


def _instants_of(wall: datetime, zone: str, offset_name: str) -> list[datetime]:
    """The one instant of a wall time, both in a double hour; one shifted where there is none."""
    both = {instant_of(wall.replace(fold=fold), zone) for fold in (0, 1)}
    exact = [one for one in both if local(one, zone).replace(tzinfo=None, fold=0) == wall]
    return [
        one
        for one in exact or [instant_of(wall, zone)]
        if not offset_name or (local(one, zone).tzname() or "").lower() == offset_name
    ]


def _wall_time(text: str) -> time:
    found = _TIME.match(text)
    if not found:
        raise NotAMoment("Type a time such as 9:30, 930, 9:30p, now or -5 (minutes ago).")
    digits, minutes, half = found[1], found[2], (found[3] or "").lower()
    hour = int(digits)
    minute = int(minutes or 0)
    if half:
        if not 1 <= hour <= 12:
            raise NotAMoment("With a or p the hour is 1 to 12, such as 9:30p.")
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 23 or minute > 59:
        raise NotAMoment("There is no such time. Type one such as 9:30 or 2145.")
    return time(hour, minute)


def day_from_text(text: str, now: datetime, zone: str, *, future: bool) -> date:
    """The calendar day that `text` means. Raises NotAMoment with words for the nurse."""
    day = _day(text.strip().lower(), local(now, zone).date())
    if not future and day > local(now, zone).date():
        raise NotAMoment("That day is still to come.")
    return day


def _day(text: str, today: date) -> date:
    if text in {"t", "today"}:
        return today
    shift = re.match(r"^([+-])\s*(\d{1,4})\s*d?$", text)
    if shift:
        return today + timedelta(days=int(shift[2]) * (1 if shift[1] == "+" else -1))
    if text[:3] in _WEEKDAYS and text.isalpha():
        ahead = (_WEEKDAYS.index(text[:3]) - today.weekday()) % 7
        return today + timedelta(days=ahead or 7)
    return _written_day(text)


def _written_day(text: str) -> date:
    try:
        if found := re.match(r"^(\d{4})-(\d{1,2})-(\d{1,2})$", text):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := re.match(r"^(\d{1,2})/(\d{1,2})/(\d{4})$", text):
            return date(int(found[3]), int(found[1]), int(found[2]))
        if found := re.match(r"^(\d{1,2})\.?\s+([a-z]{3})[a-z]*\.?\s+(\d{4})$", text):
            return date(int(found[3]), _MONTHS.index(found[2]) + 1, int(found[1]))
        if found := re.match(r"^([a-z]{3})[a-z]*\.?\s+(\d{1,2}),?\s+(\d{4})$", text):
            return date(int(found[3]), _MONTHS.index(found[1]) + 1, int(found[2]))
    except ValueError:
        raise NotAMoment("There is no such day. Type one such as 2026-11-21.") from None
    raise NotAMoment("Type a day such as 2026-11-21, 21 Nov 2026, t (today), +7 or mon.")


def show_time(instant: datetime, zone: str) -> str:
    """`09:41`, the wall time at the home; `01:30 EST` in an hour that the clocks show twice."""
    wall = local(instant, zone)
    other = wall.replace(fold=1 - wall.fold)
    return f"{wall:%H:%M}" if other.utcoffset() == wall.utcoffset() else f"{wall:%H:%M %Z}"


def show_day(day: date) -> str:
    """`21 Nov 2026`; never an order of figures that two countries read differently."""
    return f"{day.day} {_MONTHS[day.month - 1].title()} {day.year}"


def show_instant(instant: datetime, zone: str, *, beside: datetime | None = None) -> str:
    """`09:41` on the day of `beside`, else `20 Nov 2026 09:41`."""
    wall = local(instant, zone)
    if beside is not None and local(beside, zone).date() == wall.date():
        return show_time(instant, zone)
    return f"{show_day(wall.date())} {show_time(instant, zone)}"


def show_minutes(minutes: int) -> str:
    """`2 h 56 min`, `31 min`."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest}\u00a0min"
    return f"{hours}\u00a0h\u00a0{rest}\u00a0min" if rest else f"{hours}\u00a0h"


def utc_text(instant: datetime) -> str:
    """The one text form of an instant in the record: `2026-11-21T14:05:00Z` (with microseconds
    only where there are any)."""
    text = instant.astimezone(UTC).isoformat()
    return text.replace("+00:00", "Z")
