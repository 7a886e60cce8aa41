"""The scales catalogue, read strictly: scales with their grades, limits, licence and source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from infusion_visits.core.catalogue import Entry, read_once, reading
from infusion_visits.core.resources import load_catalogue

CATALOGUE = "scales"
CODES = ("N0", "N1", "N2", "N3")
SCALES = (
    "ins_phlebitis",
    "vip",
    "ins_infiltration",
    "extravasation",
    "ctcae_irr",
    "severity",
    "occlusion",
    "merp",
    "poss",
)
SCREENS = ("painad", "flacc", "mahc10")
"""The scales and lists that forms and rules ask for by name; a catalogue has all of them."""

# What the first version had in its code: a record signed then keeps a catalogue without limits.
LIMITS: Mapping[str, Mapping[str, Decimal]] = {
    "ins_phlebitis": {"cord_above_cm": Decimal("2.5")},
    "vip": {"fever_from_c": Decimal(38)},
    "ins_infiltration": {
        "grade_2_from_cm": Decimal("2.5"),
        "grade_3_above_cm": Decimal(15),
        "child_moderate_from_percent": Decimal(30),
        "child_severe_above_percent": Decimal(60),
    },
}
WAO_LIMITS: Mapping[str, int] = {
    "spo2_below": 92,
    "adult_from_years": 10,
    "adult_systolic_below": 90,
    "fall_over_percent": 30,
    "infant_systolic_below": 70,
    "child_systolic_base": 70,
    "child_systolic_per_year": 2,
}


class Stop(StrEnum):
    """What a grade asks of the infusion."""

    NO = "no"
    SLOW = "slow"
    HOLD = "hold"
    STOP = "stop"


class Remove(StrEnum):
    """What a grade asks of the line."""

    NO = "no"
    PERIPHERAL = "peripheral"
    AFTER_ANTIDOTE = "after_antidote"
    BY_ORDER = "by_order"


class Resume(StrEnum):
    """Whether the infusion may go on at this visit; empty where the grade says nothing of it."""

    SILENT = ""
    SLOWER = "slower"
    HALF = "half"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Grade:
    """One grade in the nurse's words. `notify` is N0 to N3, or "" where nobody must be told.

    `acceptable` is False where the state itself must not go on (POSS 3 and 4).
    """

    key: str
    words: str
    action: str = ""
    steps: tuple[str, ...] = ()
    notify: str = ""
    stop: Stop = Stop.NO
    remove: Remove = Remove.NO
    resume: Resume = Resume.SILENT
    report: bool = False
    acceptable: bool = True


@dataclass(frozen=True, slots=True)
class Scale:
    """A grading scale from mild to grave. `unsure` marks what the agency has to confirm."""

    key: str
    title: str
    short: str
    grades: tuple[Grade, ...]
    source: str
    caveat: str = ""
    licence: str = ""
    unsure: bool = False
    limits: tuple[tuple[str, Decimal], ...] = ()

    def rank(self, grade: str | None) -> int:
        """Place of a grade on this scale, from 0; -1 when it is not on it."""
        return next((n for n, one in enumerate(self.grades) if one.key == grade), -1)

    def grade(self, key: str | None) -> Grade | None:
        """The grade with this key; None when it is not on the scale."""
        return next((one for one in self.grades if one.key == key), None)

    def limit(self, name: str) -> Decimal:
        """A figure of this scale. Raises KeyError."""
        return dict(self.limits)[name]


@dataclass(frozen=True, slots=True)
class Compress:
    """What an extravasated drug asks for; `compress` "" = not known: leave off, call pharmacy."""

    key: str
    drugs: tuple[str, ...]
    compress: str
    antidote: str
    note: str
    unsure: bool
    source: str


@dataclass(frozen=True, slots=True)
class Band:
    """A band of a score from `low` to `high`: its name, what to do at home, and whom to tell."""

    key: str
    low: int
    high: int
    words: str
    steps: tuple[str, ...] = ()
    notify: str = ""


@dataclass(frozen=True, slots=True)
class Screen:
    """A list of items that are counted or added up; `at_risk_from` is the cut-off (0: none)."""

    key: str
    title: str
    items: tuple[tuple[str, str], ...]
    each_up_to: int
    at_risk_from: int
    source: str
    licence: str
    caveat: str = ""


@dataclass(frozen=True, slots=True)
class Scales:
    """All scales in force. `wao` are the figures of the anaphylaxis criteria."""

    scales: Mapping[str, Scale]
    wao: Mapping[str, int]
    wao_steps: tuple[str, ...]
    compresses: tuple[Compress, ...]
    news2: tuple[Band, ...]
    pain: tuple[Band, ...]
    screens: Mapping[str, Screen]
    notes: Mapping[str, str]
    """Licence and source lines by key: `news2`, `wao`, `pain`, and each scale."""

    def scale(self, key: str) -> Scale:
        """The scale with this key. Raises KeyError."""
        return self.scales[key]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A grade that what was seen suggests, and why; `note` is what the scale leaves out."""

    scale: str
    grade: str
    because: str
    note: str = ""


def scales_in_force(catalogue: Mapping[str, Any]) -> Scales:
    """The scales that stand: those kept with a signed record (`catalogue` of its Facts), else
    those in force now."""
    return _read(catalogue.get(CATALOGUE) or load_catalogue(CATALOGUE))


def read_scales(plain: Mapping[str, Any]) -> Scales:
    """The scales of a catalogue. Raises CatalogueRefused with every fault."""
    with reading(plain) as top:
        notes: dict[str, str] = {}
        scales = {key: _scale(key, entry) for key, entry in _tables(top, "scale", SCALES)}
        wao, wao_steps = _wao(top.entry("wao", needed=False), notes)
        return Scales(
            scales=scales,
            wao=wao,
            wao_steps=wao_steps,
            compresses=tuple(_compress(key, entry) for key, entry in _tables(top, "compress")),
            news2=_bands(top.entry("news2", needed=False), "news2", notes),
            pain=_bands(top.entry("pain", needed=False), "pain", notes),
            screens={key: _screen(key, entry) for key, entry in _tables(top, "screen", SCREENS)},
            notes={**notes, **{key: said(one.source, one.licence) for key, one in scales.items()}},
        )


_read = read_once(read_scales)


def said(source: str, licence: str) -> str:
    """Source and licence as one line."""
    return ". ".join(part.rstrip(".") for part in (source, licence) if part)


def _tables(top: Entry, key: str, asked_for: tuple[str, ...] = ()) -> list[tuple[str, Entry]]:
    entry = top.entry(key, needed=bool(asked_for))
    if entry is None:
        return []
    found = list(entry.tables())
    for name in asked_for:
        if name not in dict(found):
            entry.fault(f"{name} is missing.", f"Every catalogue has [{key}.{name}].")
    entry.close()
    return found


def _scale(key: str, entry: Entry) -> Scale:
    entry.choice("kind", ("ordinal",), needed=False)
    made = Scale(
        key=key,
        title=entry.text("title"),
        short=entry.text("short", needed=False, may_be_empty=True),
        grades=tuple(_grade(one) for one in entry.each("grades")),
        source=entry.source(),
        caveat=entry.text("caveat", needed=False, may_be_empty=True),
        licence=entry.text("licence", needed=False),
        unsure=entry.yes("unsure"),
        limits=_limits(key, entry.entry("limits", needed=False)),
    )
    if not made.grades:
        entry.fault("a scale needs its grades.", "Add a line grades = [ … ].", "grades")
    entry.close()
    return made


def _grade(entry: Entry) -> Grade:
    made = Grade(
        key=entry.text("key"),
        words=entry.text("words"),
        action=entry.text("action", needed=False, may_be_empty=True),
        steps=entry.texts("steps", needed=False),
        notify=entry.choice("notify", CODES, needed=False),
        stop=Stop(entry.choice("stop", list(Stop), needed=False, default=Stop.NO)),
        remove=Remove(entry.choice("remove", list(Remove), needed=False, default=Remove.NO)),
        resume=Resume(entry.choice("resume", list(Resume), needed=False)),
        report=entry.yes("report"),
        acceptable=entry.yes("acceptable", default=True),
    )
    entry.close()
    return made


def _limits(key: str, entry: Entry | None) -> tuple[tuple[str, Decimal], ...]:
    known = LIMITS.get(key, {})
    if entry is None:
        return tuple(known.items())
    read = tuple(
        (name, entry.number(name, needed=False, above=0) or default)
        for name, default in known.items()
    )
    entry.close()
    return read


def _wao(entry: Entry | None, notes: dict[str, str]) -> tuple[dict[str, int], tuple[str, ...]]:
    if entry is None:
        return dict(WAO_LIMITS), ()
    read = {
        name: default if (found := entry.whole(name, needed=False, low=1)) is None else found
        for name, default in WAO_LIMITS.items()
    }
    steps = entry.texts("steps", needed=False)
    notes["wao"] = said(entry.source(), entry.text("licence", needed=False))
    entry.text("caveat", needed=False)
    entry.yes("unsure")
    entry.close()
    return read, steps


def _compress(key: str, entry: Entry) -> Compress:
    made = Compress(
        key=key,
        drugs=entry.texts("drugs"),
        compress=entry.choice("compress", ("warm", "cold"), needed=False),
        antidote=entry.text("antidote", needed=False),
        note=entry.text("note", needed=False),
        unsure=entry.yes("unsure"),
        source=entry.source(),
    )
    entry.close()
    return made


def _bands(entry: Entry | None, key: str, notes: dict[str, str]) -> tuple[Band, ...]:
    if entry is None:
        return ()
    notes[key] = said(entry.source(), entry.text("licence", needed=False))
    entry.text("caveat", needed=False)
    made = []
    for one in entry.each("bands"):
        made.append(
            Band(
                key=one.text("key"),
                low=one.whole("low", low=0) or 0,
                high=one.whole("high", low=0) or 0,
                words=one.text("words"),
                steps=one.texts("steps", needed=False),
                notify=one.choice("notify", CODES, needed=False),
            )
        )
        one.close()
    entry.close()
    return tuple(made)


def _screen(key: str, entry: Entry) -> Screen:
    items = []
    for one in entry.each("items"):
        items.append((one.text("key"), one.text("words")))
        one.close()
    made = Screen(
        key=key,
        title=entry.text("title"),
        items=tuple(items),
        each_up_to=entry.whole("each_up_to", low=1) or 1,
        at_risk_from=entry.whole("at_risk_from", needed=False, low=0) or 0,
        source=entry.source(),
        licence=entry.text("licence", needed=False),
        caveat=entry.text("caveat", needed=False),
    )
    entry.close()
    return made
