"""The stories of the demo patients, read from resources/demo: data, relative to a day called today.

A story is a TOML file in stories/. Days are counted from today (`day = -28`), times are wall times
at the home, `{day-28}` in a text is that day. A charted entry names section, group and fields as a
nurse would type them; `name` lets a later entry point at the row (`under = ["port"]`, or `$port`
wherever a reference is asked). What recurs stands in parts.toml, or in the story itself:
`part = "screening"` puts its entries in, `fields` beside it correct the first of them.
The `log` of a visit is what is typed while it runs, a line each: `10:12 start 35`,
`10:27 hold; by protocol`, `10:31 vitals 124/78 70 16 98 98.2 0 a air la sit`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from infusion_visits.core.clock import instant_of
from infusion_visits.core.moments import show_day
from infusion_visits.core.resources import resources_folder
from infusion_visits.sections.devices.rules.needed import normal_answers

LIVE = "live"
INFUSION = "infusion"
_DAY = re.compile(r"\{day([+-]\d+)?\}")
_INK = re.compile(r"\{ink:(\w+)\}")
Parts = Mapping[str, Sequence[Mapping[str, Any]]]


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing charted: at which wall time, where, and the texts of its fields.

    `under` names the row, or the rows above it. `vitals` is a typed line of vital signs.
    """

    at: str
    section: str
    group: str
    fields: Mapping[str, str] = field(default_factory=dict)
    name: str = ""
    under: tuple[str, ...] = ()
    not_done: Mapping[str, str] = field(default_factory=dict)
    vitals: str = ""


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit of a story.

    `end` is signed, completed, started (left open), scheduled, missed, cancelled, or live: not
    lived when the agency is made, but driven to its signed note by `infusion-visits demo`.
    `tasks_done` are words of the patient's tasks that were found done, `exceptions` how many page
    one of the signed note is to tell (a test holds the story to it).
    """

    key: str
    day: int
    at: str
    kind: str
    end: str
    entries: tuple[Entry, ...] = ()
    order: str = ""
    nurse: str = "nurse"
    overrides: Mapping[str, str] = field(default_factory=dict)
    addendum: Mapping[str, str] = field(default_factory=dict)
    reason: str = ""
    told: str = ""
    tasks_done: tuple[str, ...] = ()
    exceptions: int = 0


@dataclass(frozen=True, slots=True)
class Order:
    """A therapy order. It comes on the day before `day`'s care, and may end an earlier one."""

    key: str
    fields: Mapping[str, str]
    rows: tuple[tuple[str, Mapping[str, str]], ...]
    day: int | None = None
    ends: str = ""
    end_reason: str = ""


@dataclass(frozen=True, slots=True)
class Later:
    """A row of the chart that came on the day before `day`'s care: a new plan, a weight.

    With `done` instead of a group: a task of these words was found done by telephone.
    """

    day: int
    group: str
    fields: Mapping[str, str]
    done: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """A patient with orders and visits."""

    key: str
    patient: Mapping[str, str]
    groups: tuple[tuple[str, Mapping[str, str]], ...]
    orders: tuple[Order, ...]
    visits: tuple[Visit, ...]
    zone: str
    later: tuple[Later, ...] = ()


def load_stories(today: date) -> tuple[Story, ...]:
    """All stories in the order of their file names, as they are on the day called today."""
    folder = resources_folder() / "demo"
    recurring = tomllib.loads((folder / "parts.toml").read_text("utf-8"))
    inks: Mapping[str, str] = recurring["ink"]

    def told(text: str) -> str:
        dated = _DAY.sub(lambda found: _day_text(today, found[1]), text)
        return _INK.sub(lambda found: inks[found[1]], dated)

    parts = tomllib.loads(told((folder / "parts.toml").read_text("utf-8")))["part"]
    return tuple(
        _story(file.stem, tomllib.loads(told(file.read_text("utf-8"))), parts)
        for file in sorted((folder / "stories").glob("*.toml"))
    )


def _day_text(today: date, shift: str | None) -> str:
    return show_day(today + timedelta(days=int(shift or 0)))


def _story(key: str, data: Mapping[str, Any], recurring: Parts) -> Story:
    parts = {**recurring, **data.get("part", {})}
    return Story(
        key=key,
        patient=data["patient"],
        groups=tuple(
            (group, row) for group, rows in data.get("groups", {}).items() for row in rows
        ),
        orders=tuple(_order(order) for order in data.get("order", ())),
        visits=tuple(_visit(visit, parts) for visit in data.get("visit", ())),
        zone=data["patient"]["zone"],
        later=tuple(
            Later(one["day"], one.get("group", ""), one.get("fields", {}), one.get("done", ""))
            for one in data.get("later", ())
        ),
    )


def _order(data: Mapping[str, Any]) -> Order:
    return Order(
        key=data["key"],
        fields=data["fields"],
        rows=tuple(
            (group, row) for group in ("rate_step", "premedication") for row in data.get(group, ())
        ),
        day=data.get("day"),
        ends=data.get("ends", ""),
        end_reason=data.get("end_reason", ""),
    )


def _visit(data: Mapping[str, Any], parts: Parts) -> Visit:
    entries = [entry for told in data.get("chart", ()) for entry in _entries(told, parts)]
    entries += [_logged(line.strip()) for line in data.get("log", "").splitlines() if line.strip()]
    return Visit(
        key=data["key"],
        day=data["day"],
        at=data["at"],
        kind=data["kind"],
        end=data["end"],
        entries=tuple(sorted(entries, key=lambda entry: entry.at)),
        order=data.get("order", ""),
        nurse=data.get("nurse", "nurse"),
        overrides=data.get("overrides", {}),
        addendum=data.get("addendum", {}),
        reason=data.get("reason", ""),
        told=data.get("told", ""),
        tasks_done=tuple(data.get("tasks_done", ())),
        exceptions=data.get("exceptions", 0),
    )


def _entries(data: Mapping[str, Any], parts: Parts) -> list[Entry]:
    if "part" not in data:
        return _each(data, data["at"], {})
    made: list[Entry] = []
    for number, told in enumerate(parts[data["part"]]):
        at = _later(data["at"], told.get("after", 0))
        made += _each(told, at, data.get("fields", {}) if number == 0 else {})
    return made


def _each(data: Mapping[str, Any], at: str, corrected: Mapping[str, str]) -> list[Entry]:
    section, _, group = data["in"].partition("/")
    fields = {**data.get("fields", {}), **corrected}
    if kind := data.get("normal"):
        fields = {**normal_answers(kind, fields.get("accessed") != "no"), **fields}
    entry = Entry(
        at=at,
        section=section,
        group=group,
        fields=fields,
        name=data.get("name", ""),
        under=tuple(data.get("under", ())),
        not_done=data.get("not_done", {}),
    )
    numbers: Sequence[int] = data.get("each", ())
    return [_under(entry, str(number)) for number in numbers] or [entry]


def _under(entry: Entry, number: str) -> Entry:
    return Entry(entry.at, entry.section, entry.group, entry.fields, under=(number,))


def _logged(line: str) -> Entry:
    at, _, said = line.partition(" ")
    what, _, rest = said.partition(" ")
    if what == "vitals":
        return Entry(at, "vitals", "vital_signs", vitals=rest)
    act, _, why = said.partition(";")
    kind, _, rate = act.partition(" ")
    told = {"kind": kind, "at": "now", "rate": rate.strip(), "why": why.strip()}
    fields = {name: text for name, text in told.items() if text}
    return Entry(at, "infusion", "infusion_event", fields, under=(INFUSION,))


def _later(at: str, minutes: int) -> str:
    hours, _, rest = at.partition(":")
    total = int(hours) * 60 + int(rest) + minutes
    return f"{total // 60:02}:{total % 60:02}"


def wall_instant(today: date, day: int, at: str, zone: str) -> datetime:
    """The UTC instant of the wall time `at` (`09:05`) on the day counted from today."""
    hours, _, minutes = at.partition(":")
    wall = datetime.combine(today + timedelta(days=day), time(int(hours), int(minutes)))
    return instant_of(wall, zone)
