"""The catalogue of complications and of grading scales, read from resources and checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from infusion_visits.core.resources import load_catalogue
from infusion_visits.sections.complications import options as of

if TYPE_CHECKING:
    from infusion_visits.patients.facts import Facts

CATALOGUE = "complications"
SCALES = "scales"
CODES = ("N0", "N1", "N2", "N3")
STOPS = frozenset({"yes", "slow", "pause", "no"})
MARKS = frozenset({"verified", "expert", "unsure", "practice"})


@dataclass(frozen=True, slots=True)
class Scale:
    """A grading scale: its grades from mild to grave, and what each means in our words."""

    key: str
    title: str
    short: str
    grades: tuple[str, ...]
    words: Mapping[str, str]
    actions: Mapping[str, str]
    caveat: str
    source: str

    def rank(self, grade: str | None) -> int:
        """Place of a grade on this scale, from 0; -1 when it is not on it."""
        return self.grades.index(grade) if grade in self.grades else -1


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of complication as the catalogue knows it; every figure is an agency default."""

    key: str
    title: str
    signs: str
    scale: str
    actions: tuple[str, ...]
    notify: tuple[tuple[str, str], ...]
    tell: tuple[str, ...]
    stop: str
    restart: str
    never_restart_from: str
    remove: str
    document: str
    follow_up: str
    source: str


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All kinds, scales and notification codes (`minutes` 0 = the same business day)."""

    kinds: Mapping[str, Kind]
    scales: Mapping[str, Scale]
    minutes: Mapping[str, int]
    codes: Mapping[str, str]

    def kind(self, key: str | None) -> Kind:
        """The kind with this key; "other" where the key is not (or no longer) known."""
        return self.kinds.get(key or "other") or self.kinds["other"]


def read_catalogue(kinds: Mapping[str, Any], scales: Mapping[str, Any]) -> Catalogue:
    """The catalogue from both mappings. Raises ValueError naming a faulty entry."""
    read_scales = {key: _scale(key, entry) for key, entry in scales["scale"].items()}
    return Catalogue(
        kinds={key: _kind(key, entry, read_scales) for key, entry in kinds["complication"].items()},
        scales=read_scales,
        minutes={key: int(entry["minutes"]) for key, entry in kinds["code"].items()},
        codes={key: str(entry["title"]) for key, entry in kinds["code"].items()},
    )


def _scale(key: str, entry: Mapping[str, Any]) -> Scale:
    if not entry.get("source") or not entry.get("grades"):
        raise ValueError(f"scale {key}: names no source or no grades")
    grades = entry["grades"]
    return Scale(
        key=key,
        title=str(entry["title"]),
        short=str(entry["short"]),
        grades=tuple(str(grade["key"]) for grade in grades),
        words={str(grade["key"]): str(grade["words"]) for grade in grades},
        actions={str(grade["key"]): str(grade["action"]) for grade in grades},
        caveat=str(entry.get("caveat", "")),
        source=str(entry["source"]),
    )


def _kind(key: str, entry: Mapping[str, Any], scales: Mapping[str, Scale]) -> Kind:
    if not entry.get("source") or entry.get("mark") not in MARKS:
        raise ValueError(f"complication {key}: every entry names its source and its mark")
    scale = str(entry.get("scale", ""))
    if scale and scale not in scales:
        raise ValueError(f"complication {key}: no such scale {scale}")
    notify = tuple((str(step["from"]), str(step["code"])) for step in entry["notify"])
    for grade, code in notify:
        if code not in CODES or (grade and scales[scale].rank(grade) < 0):
            raise ValueError(f"complication {key}: notify {grade or 'at once'} {code}")
    if entry["stop"] not in STOPS or not entry["actions"]:
        raise ValueError(f"complication {key}: stop or actions")
    return Kind(
        key=key,
        title=str(entry["title"]),
        signs=str(entry["signs"]),
        scale=scale,
        actions=tuple(str(action) for action in entry["actions"]),
        notify=notify,
        tell=tuple(entry.get("tell", (of.PRESCRIBER, of.ON_CALL))),
        stop=str(entry["stop"]),
        restart=str(entry["restart"]),
        never_restart_from=str(entry.get("never_restart_from", "")),
        remove=str(entry["remove"]),
        document=str(entry["document"]),
        follow_up=str(entry["follow_up"]),
        source=str(entry["source"]),
    )


def catalogue_of(facts: Facts) -> Catalogue:
    """The catalogue that stands for this record: the one signed with it, else the shipped one."""
    if not facts.catalogue.get(CATALOGUE) and not facts.catalogue.get(SCALES):
        return shipped_catalogue()
    return read_catalogue(
        facts.catalogue.get(CATALOGUE) or load_catalogue(CATALOGUE),
        facts.catalogue.get(SCALES) or load_catalogue(SCALES),
    )


@cache
def shipped_catalogue() -> Catalogue:
    """The catalogue as shipped."""
    return read_catalogue(load_catalogue(CATALOGUE), load_catalogue(SCALES))
