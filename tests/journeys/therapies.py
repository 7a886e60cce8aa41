"""What is told of each therapy in therapies.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

TABLE = Path(__file__).with_name("therapies.toml")


@dataclass(frozen=True, slots=True)
class Usual:
    """A row that is charted behind the window."""

    section: str
    group: str
    at: tuple[Any, ...]
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Told:
    """One therapy: what is typed, what comes, what the note must say."""

    key: str
    typed: str
    order: Mapping[str, str]
    line: str
    set_up: Mapping[str, str]
    lot: Mapping[str, str]
    course: Sequence[Mapping[str, Any]]
    note: Sequence[str]
    down: int = 0
    glucose: bool = False
    watch: Sequence[int] = ()
    access: str = "flushed"
    usual: tuple[Usual, ...] = ()
    rate: Mapping[str, str] = field(default_factory=dict)
    leaving: Mapping[str, str] = field(default_factory=dict)


def told_therapies() -> dict[str, Told]:
    """All of the table, by key."""
    return {key: _told(key, data) for key, data in tomllib.loads(TABLE.read_text("utf-8")).items()}


def _told(key: str, data: dict[str, Any]) -> Told:
    data["usual"] = tuple(_usual(one) for one in data.pop("usual", ()))
    return Told(key=key, **data)


def _usual(data: dict[str, Any]) -> Usual:
    section, _, group = data.pop("in").partition("/")
    return Usual(section, group, tuple(data.pop("under", ())), data)
