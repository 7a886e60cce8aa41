"""What the catalogue of complications holds, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from infusion_visits.core.scales.catalogue import Scales

if TYPE_CHECKING:
    from infusion_visits.core.scales.catalogue import Scale

STOP_PUMP = "stop_pump"
CALL_911 = "call_911"
GIVE_EPINEPHRINE = "give_epinephrine"
TAKE_VITALS = "take_vitals"
DOES = (
    STOP_PUMP,
    "slow_pump",
    "restart",
    "remove_line",
    "leave_line",
    CALL_911,
    TAKE_VITALS,
    "look_for_anaphylaxis",
    GIVE_EPINEPHRINE,
    "give_medicine",
    "give_oxygen",
    "photograph",
)
"""What an action does beyond its words, so that a screen can offer it with one key."""


@dataclass(frozen=True, slots=True)
class Action:
    """One immediate action. `from_` and `until` are grades between which it belongs to it."""

    words: str
    does: str = ""
    from_: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class Notify:
    """From which grade on ("" = at once), or with which sign, a code counts."""

    code: str
    from_: str = ""
    sign: str = ""


@dataclass(frozen=True, slots=True)
class Hint:
    """A grade that signs suggest: with any one of `any_`, or with every one of `all_`."""

    grade: str
    any_: frozenset[str] = frozenset()
    all_: frozenset[str] = frozenset()

    def fits(self, signs: frozenset[str]) -> bool:
        """Whether these signs suggest it."""
        return bool(self.any_ & signs) or bool(self.all_ and self.all_ <= signs)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of complication as the catalogue knows it; every figure is an agency default.

    `about` is what a catalogue of the first version said of the signs in words.
    """

    key: str
    title: str
    signs: tuple[str, ...]
    about: str
    scale: str
    suggest: tuple[Hint, ...]
    actions: tuple[Action, ...]
    notify: tuple[Notify, ...]
    tell: tuple[str, ...]
    stop: str
    restart: str
    never_restart_from: str
    removal: str
    removal_from: str
    remove: str
    document: str
    asks: tuple[str, ...]
    recheck_minutes: tuple[int, ...]
    follow_up_hours: tuple[int, ...]
    follow_up: str
    source: str
    mark: str

    def actions_for(self, grade: str | None, scale: Scale | None) -> tuple[Action, ...]:
        """The actions of this grade, in order; all of them while there is no grade."""
        rank = scale.rank(grade) if scale is not None else -1
        if scale is None or rank < 0:
            return self.actions
        return tuple(
            one
            for one in self.actions
            if (not one.from_ or scale.rank(one.from_) <= rank)
            and (not one.until or rank <= scale.rank(one.until))
        )


@dataclass(frozen=True, slots=True)
class Reporting:
    """When an incident report is due: from which rank of a graded scale, or with which codes."""

    from_rank: int = 2
    codes: tuple[str, ...] = ("N0", "N1")
    hours: int = 24


@dataclass(frozen=True, slots=True)
class ReactionFigures:
    """The figures of the reaction protocol: minutes between vital signs, and seconds in which a
    slip of the key is taken back."""

    vitals_minutes: int = 5
    undo_seconds: int = 30


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All kinds, scales and notification codes (`minutes` 0 = the same business day)."""

    kinds: Mapping[str, Kind]
    grading: Scales
    minutes: Mapping[str, int]
    codes: Mapping[str, str]
    reporting: Reporting
    reaction: ReactionFigures

    @property
    def scales(self) -> Mapping[str, Scale]:
        """The scales by their keys."""
        return self.grading.scales

    def kind(self, key: str | None) -> Kind:
        """The kind with this key; "other" where the key is not (or no longer) known."""
        return self.kinds.get(key or "other") or self.kinds["other"]
