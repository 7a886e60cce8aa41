"""The stories of the demo patients, read from resources/demo: data, relative to a day called today.

A story is a TOML file. Days are counted from today (`day = -28`), times are wall times at the
home. A charted entry names section, group and fields as a nurse would type them; `name` lets a
later entry point at the row (`$port`), `$name` stands for its id wherever a reference is asked.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from infusion_visits.core.clock import instant_of
from infusion_visits.core.resources import resources_folder

_DAY = re.compile(r"\{day([+-]\d+)?\}")


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing charted: at which wall time, where, and the texts of its fields."""

    at: str
    section: str
    group: str
    fields: Mapping[str, str]
    name: str = ""
    under: tuple[str, ...] = ()
    not_done: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit of a story. `end` is signed, completed, started (left open) or scheduled."""

    key: str
    day: int
    at: str
    kind: str
    end: str
    entries: tuple[Entry, ...]
    order: str = ""
    nurse: str = "nurse"
    overrides: Mapping[str, str] | None = None
    addendum: Mapping[str, str] | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """A patient with orders and visits."""

    key: str
    patient: Mapping[str, str]
    groups: tuple[tuple[str, Mapping[str, str]], ...]
    orders: tuple[Mapping[str, Any], ...]
    visits: tuple[Visit, ...]
    zone: str


def load_stories(today: date) -> tuple[Story, ...]:
    """All stories in the order of their file names, with `{day-28}` in texts made a day."""
    folder = resources_folder() / "demo"
    return tuple(
        _story(file.stem, file.read_text("utf-8"), today) for file in sorted(folder.glob("*.toml"))
    )


def _story(key: str, text: str, today: date) -> Story:
    told = _DAY.sub(lambda found: (today + timedelta(days=int(found[1] or 0))).isoformat(), text)
    data = tomllib.loads(told)
    return Story(
        key=key,
        patient=data["patient"],
        groups=tuple(
            (group, row) for group, rows in data.get("groups", {}).items() for row in rows
        ),
        orders=tuple(data.get("order", ())),
        visits=tuple(_visit(visit) for visit in data.get("visit", ())),
        zone=data["patient"]["zone"],
    )


def _visit(data: Mapping[str, Any]) -> Visit:
    return Visit(
        key=data["key"],
        day=data["day"],
        at=data["at"],
        kind=data["kind"],
        end=data["end"],
        entries=tuple(_entry(entry) for entry in data.get("chart", ())),
        order=data.get("order", ""),
        nurse=data.get("nurse", "nurse"),
        overrides=data.get("overrides"),
        addendum=data.get("addendum"),
        reason=data.get("reason", ""),
    )


def _entry(data: Mapping[str, Any]) -> Entry:
    return Entry(
        at=data["at"],
        section=data["in"].partition("/")[0],
        group=data["in"].partition("/")[2],
        fields=data.get("fields", {}),
        name=data.get("name", ""),
        under=tuple(data.get("under", ())),
        not_done=data.get("not_done"),
    )


def wall_instant(today: date, day: int, at: str, zone: str) -> datetime:
    """The UTC instant of the wall time `at` (`09:05`) on the day counted from today."""
    hours, _, minutes = at.partition(":")
    wall = datetime.combine(today + timedelta(days=day), time(int(hours), int(minutes)))
    return instant_of(wall, zone)
