"""The schedules of vital signs, read strictly from `resources/clinical/vitals_schedules.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from infusion_visits.core.catalogue import Entry, read_once, reading
from infusion_visits.core.resources import load_catalogue
from infusion_visits.sections.vitals.fields import FULL_SET, VITAL_SIGNS

CATALOGUE = "vitals_schedules"
SCHEDULES = (
    "VS-FLAT",
    "VS-STEP",
    "VS-IRON",
    "VS-AB",
    "VS-CONT",
    "VS-PCA",
    "VS-SC",
    "VS-TPN",
)
"""The schedules that therapies name; a catalogue has all of them."""
FROM_START, FROM_PLATEAU = "start", "plateau"
_EVERY_SET = tuple(sign for sign in FULL_SET if sign != "spo2")


@dataclass(frozen=True, slots=True)
class After:
    """A set so long after something; `window_to` is the latest that still counts."""

    minutes: int
    window_to: int | None = None
    signs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Schedule:
    """One schedule. `signs` are all signs that each of its sets must have. Figures in minutes;
    0 where the schedule does not ask for it."""

    key: str
    title: str
    signs: tuple[str, ...]
    baseline_signs: tuple[str, ...]
    after_start: tuple[After, ...]
    before_increase: bool
    every: int
    every_from: str
    stable_every: int
    stable_after: int
    after_restart: int
    after_change: int
    at_end: bool
    watch_every: int
    after_end: tuple[After, ...]
    after_push: tuple[After, ...]
    first_only: bool
    note: str
    source: str


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How early and late a set may be, and within what two of them are one."""

    early: timedelta
    late: timedelta
    merge_within: timedelta
    end_stands_for: timedelta
    before_step_early: timedelta
    reaction_every: timedelta
    baseline_within: timedelta
    visit_within: timedelta


@dataclass(frozen=True, slots=True)
class Schedules:
    """All schedules in force and their common tolerance."""

    schedules: Mapping[str, Schedule]
    tolerance: Tolerance

    def get(self, key: str) -> Schedule | None:
        """The schedule with this key; None for an empty or unknown one."""
        return self.schedules.get(key)


def schedules_in_force(catalogue: Mapping[str, Any]) -> Schedules:
    """The schedules that stand: those kept with a signed record (`catalogue` of its Facts), else
    those in force now."""
    return _read(catalogue.get(CATALOGUE) or load_catalogue(CATALOGUE))


def read_schedules(plain: Mapping[str, Any]) -> Schedules:
    """The schedules of a catalogue. Raises CatalogueRefused with every fault."""
    with reading(plain) as top:
        tolerance = _tolerance(top.entry("tolerance"))
        listed = top.entry("schedule")
        found = {} if listed is None else {key: _schedule(key, one) for key, one in listed.tables()}
        if listed is not None:
            for key in SCHEDULES:
                if key not in found:
                    listed.fault(f"{key} is missing.", "Every therapy names one of the schedules.")
            listed.close()
        return Schedules(found, tolerance)


_read = read_once(read_schedules)


def _tolerance(entry: Entry | None) -> Tolerance:
    if entry is None:
        return Tolerance(*(timedelta(0),) * 8)
    made = Tolerance(
        early=_span(entry, "early"),
        late=_span(entry, "late"),
        merge_within=_span(entry, "merge_within"),
        end_stands_for=_span(entry, "end_stands_for"),
        before_step_early=_span(entry, "before_step_early"),
        reaction_every=_span(entry, "reaction_every", low=1),
        baseline_within=_span(entry, "baseline_within"),
        visit_within=_span(entry, "visit_within"),
    )
    entry.source()
    entry.close()
    return made


def _span(entry: Entry, key: str, low: int = 0) -> timedelta:
    return timedelta(minutes=entry.whole(key, low=low, high=24 * 60) or 0)


def _schedule(key: str, entry: Entry) -> Schedule:
    made = Schedule(
        key=key,
        title=entry.text("title"),
        signs=(*_EVERY_SET, *_signs(entry, "signs")),
        baseline_signs=_signs(entry, "baseline_signs"),
        after_start=_afters(entry, "after_start"),
        before_increase=entry.yes("before_increase"),
        every=_minutes(entry, "every"),
        every_from=entry.choice(
            "every_from", (FROM_START, FROM_PLATEAU), needed=False, default=FROM_START
        ),
        stable_every=_minutes(entry, "stable_every"),
        stable_after=_minutes(entry, "stable_after"),
        after_restart=_minutes(entry, "after_restart"),
        after_change=_minutes(entry, "after_change"),
        at_end=entry.yes("at_end"),
        watch_every=_minutes(entry, "watch_every"),
        after_end=_afters(entry, "after_end"),
        after_push=_afters(entry, "after_push"),
        first_only=entry.yes("first_only"),
        note=entry.text("note", needed=False),
        source=entry.source(),
    )
    if made.stable_every and made.stable_every < made.every:
        entry.fault(
            "a stable infusion would be watched more often than before.",
            f"Give {made.every} or more.",
            "stable_every",
        )
    entry.close()
    return made


def _minutes(entry: Entry, key: str) -> int:
    return entry.whole(key, needed=False, low=1, high=24 * 60) or 0


def _signs(entry: Entry, key: str) -> tuple[str, ...]:
    known = [leaf.name for leaf in VITAL_SIGNS.leaves]
    if entry.plain.get(key) == []:
        entry.has(key)
        return ()
    return entry.choices(key, known, needed=False)


def _afters(entry: Entry, key: str) -> tuple[After, ...]:
    made = []
    for one in entry.each(key, needed=False):
        minutes = one.whole("minutes", low=1, high=24 * 60) or 1
        to = one.whole("window_to", needed=False, low=minutes, high=24 * 60)
        made.append(After(minutes, to, _signs(one, "signs")))
        one.close()
    return tuple(made)
