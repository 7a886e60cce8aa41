"""Whether a dose counts as a first one: none before, too long ago, or another product. Pure.

Source: clinical reference 1.1 (first lifetime dose, re-exposure after a long gap or a change of
product) and 7.4 (first dose at home).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from infusion_visits.core.moments import show_day
from infusion_visits.core.units import NBSP

if TYPE_CHECKING:
    from collections.abc import Iterable

    from infusion_visits.patients.facts import DoseFact, TherapyFact
    from infusion_visits.patients.therapy.catalogue import Therapy
    from infusion_visits.patients.therapy.library import Library


class DoseState(StrEnum):
    """How a dose counts."""

    FIRST = "first"
    EXPOSED_AGAIN = "exposed again"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class DoseHistory:
    """What is known of earlier doses of one therapy.

    `count` and `last_day` are those that this record holds; `elsewhere` is the day of the last
    dose that the order names, given where this record does not reach.
    """

    count: int = 0
    last_day: date | None = None
    last_brand: str = ""
    elsewhere: date | None = None

    @property
    def last(self) -> date | None:
        """The day of the last dose, wherever it was given."""
        days = [day for day in (self.last_day, self.elsewhere) if day is not None]
        return max(days, default=None)


@dataclass(frozen=True, slots=True)
class DoseCount:
    """How the next dose counts, in words; `observation_first` asks for that of a first dose."""

    state: DoseState
    words: str
    observation_first: bool

    @property
    def is_first(self) -> bool:
        """Whether the dose is given as a first one."""
        return self.state is not DoseState.LATER


def history_of(
    key: str, name: str, doses: Iterable[DoseFact], elsewhere: date | None = None
) -> DoseHistory:
    """The doses of one therapy; an order without a key counts by the name of its drug."""
    begins = name.casefold()
    mine = [
        dose
        for dose in doses
        if dose.therapy == key or (not dose.therapy and dose.drug.casefold().startswith(begins))
    ]
    if not mine:
        return DoseHistory(elsewhere=elsewhere)
    last = max(mine, key=lambda dose: dose.last)
    return DoseHistory(sum(dose.count for dose in mine), last.last, last.brand, elsewhere)


def count_dose(fact: TherapyFact, history: DoseHistory, brand: str, today: date) -> DoseCount:
    """How the next dose of this therapy counts at `today`, the day at the home."""
    last, name = history.last, fact.name
    if last is None:
        words = f"This record holds no earlier dose of {name}."
        return DoseCount(DoseState.FIRST, words, observation_first=True)
    days = (today - last).days
    ago = f"last dose {show_day(last)}, {days}{NBSP}{'day' if days == 1 else 'days'} ago"
    limit = fact.re_exposure_days
    if limit is not None and days > limit:
        words = f"{_capital(ago)}: more than {limit}{NBSP}days count as a first dose again."
        return DoseCount(DoseState.EXPOSED_AGAIN, words, observation_first=True)
    changed = (
        limit is not None
        and bool(brand)
        and bool(history.last_brand)
        and brand.casefold() != history.last_brand.casefold()
    )
    if changed:
        other = f"{_capital(ago)} with {history.last_brand}"
        words = f"{other}: another product counts as a first dose."
        return DoseCount(DoseState.EXPOSED_AGAIN, words, observation_first=True)
    # Doses given elsewhere are not counted: the longer observation is kept where it is not known.
    early = history.count < fact.first_doses
    held = f"; {history.count}{NBSP}{'dose' if history.count == 1 else 'doses'} in this record"
    return DoseCount(DoseState.LATER, f"{_capital(ago)}{held}.", observation_first=early)


def observation_minutes(fact: TherapyFact, count: DoseCount) -> int | None:
    """Minutes of observation after this dose; None where it does not go by the clock."""
    if count.observation_first:
        return fact.first_observation_minutes
    return fact.later_observation_minutes


def needs_controlled_setting(
    therapy: Therapy, count: DoseCount, allergies: tuple[str, ...], found: Library
) -> str:
    """Why a first dose belongs into a controlled setting unless the order says home; "" if not."""
    rule = found.access.rules.get("controlled_first_dose")
    if rule is None or count.state is not DoseState.FIRST:
        return ""
    if therapy.fact.is_any(*rule.groups):
        return rule.words
    if therapy.fact.is_any(*rule.allergy_groups):
        said = " ".join(allergies).casefold()
        known = next((name for name in rule.allergies if name.casefold() in said), "")
        if known:
            return f"Allergic to {known}: {rule.words[0].lower()}{rule.words[1:]}"
    return ""


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
