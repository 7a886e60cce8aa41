"""What agencies commonly write for flushing, clearing and cleaning, read from the catalogue.

Source: clinical reference 2.3 (flush and lock), 2.5 (alteplase), 7.11 (antiseptic, dry time).
All of it is a default; the prescriber's order always wins.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from infusion_visits.sections.devices import care_options as care
from infusion_visits.sections.devices import options as of

if TYPE_CHECKING:
    from infusion_visits.core.catalogue import Entry

_LOCKS = tuple(option.key for option in of.LOCKS)
_ENDS = tuple(option.key for option in of.ENDS)
NEEDLE_IN, NEEDLE_OUT = "in", "out"
Range = tuple[Decimal, Decimal]


@dataclass(frozen=True, slots=True)
class LockTemplate:
    """One lock in use: agent, heparin strength (units/mL), volume in mL as (least, most)."""

    agent: str
    units_per_ml: Decimal | None = None
    ml: Range | None = None


@dataclass(frozen=True, slots=True)
class FlushTemplate:
    """Flush and lock of one kind of line in an adult. Volumes in mL, idle in hours or days.

    `end` and `needle` say for which ends of the catheter and which state of a port; "" for any.
    `unsure`: agencies differ widely, to be confirmed.
    """

    key: str
    title: str
    kinds: tuple[str, ...]
    end: str
    needle: str
    before_after_ml: Range | None
    after_draw_ml: Range | None
    locks: tuple[LockTemplate, ...]
    idle_hours: Range | None
    idle_days: Range | None
    unsure: bool


@dataclass(frozen=True, slots=True)
class Incompatible:
    """A drug that does not bear one of the flush solutions, and which one it needs."""

    drugs: tuple[str, ...]
    flush: str
    words: str


@dataclass(frozen=True, slots=True)
class Alteplase:
    """The dose of alteplase for a blocked lumen and when to look. mg, mL, kg, minutes, percent."""

    full_dose_from_kg: Decimal
    full_dose_mg: Decimal
    least_weight_kg: Decimal
    share_of_lumen_percent: Decimal
    mg_per_ml: Decimal
    first_look_minutes: int
    second_look_minutes: int
    doses_at_most: int
    waste_ml: Range


ALTEPLASE = Alteplase(
    Decimal(30), Decimal(2), Decimal(10), Decimal(110), Decimal(1), 30, 120, 2,
    (Decimal(4), Decimal(5)),
)  # fmt: skip
"""What a record signed before there was such an entry is read with."""


def read_flush(key: str, entry: Entry) -> FlushTemplate:
    """One row of the flush templates."""
    made = FlushTemplate(
        key=key,
        title=entry.text("title"),
        kinds=entry.choices("kinds", of.OUR_KINDS),
        end=entry.choice("end", _ENDS, needed=False),
        needle=entry.choice("needle", (NEEDLE_IN, NEEDLE_OUT), needed=False),
        before_after_ml=_range(entry, "before_after_ml"),
        after_draw_ml=_range(entry, "after_draw_ml"),
        locks=tuple(_lock(one) for one in entry.each("locks")),
        idle_hours=_range(entry, "idle_hours"),
        idle_days=_range(entry, "idle_days"),
        unsure=entry.yes("unsure"),
    )
    entry.source()
    entry.close()
    return made


def _lock(entry: Entry) -> LockTemplate:
    made = LockTemplate(
        entry.choice("agent", _LOCKS),
        entry.number("units_per_ml", needed=False, above=0),
        _range(entry, "ml"),
    )
    if made.agent == "heparin" and made.units_per_ml is None:
        entry.fault("a heparin lock needs its strength.", "Add units_per_ml = 10, or 100.")
    entry.close()
    return made


def _range(entry: Entry, key: str) -> Range | None:
    if not entry.has(key):
        return None
    figures = entry.figures(key)
    if len(figures) != 2 or figures[0] > figures[1]:
        entry.fault("this is no range.", "Write [least, most], such as [5, 10].", key)
        return None
    return figures[0], figures[1]


def read_incompatible(_key: str, entry: Entry) -> Incompatible:
    """One drug with the flush it needs."""
    entry.text("title")
    made = Incompatible(
        drugs=entry.texts("drugs"),
        flush=entry.choice("flush", tuple(option.key for option in care.FLUSH_AGENTS)),
        words=entry.text("words"),
    )
    entry.source()
    entry.text("mark", needed=False)
    entry.close()
    return made


def read_dry_seconds(key: str, entry: Entry) -> int:
    """How long one antiseptic dries, in seconds."""
    if key not in {option.key for option in of.ANTISEPTICS}:
        entry.fault("no such antiseptic.", "Use a key of the antiseptics of the form.")
    entry.text("title")
    seconds = entry.whole("dry_seconds", low=1, high=600)
    entry.yes("unsure")
    entry.source()
    entry.close()
    return seconds or 0


def read_alteplase(entry: Entry | None) -> Alteplase:
    """Dose and looks; the label's where a catalogue has none."""
    if entry is None:
        return ALTEPLASE
    entry.text("title")
    made = Alteplase(
        full_dose_from_kg=entry.number("full_dose_from_kg", above=0) or Decimal(0),
        full_dose_mg=entry.number("full_dose_mg", above=0) or Decimal(0),
        least_weight_kg=entry.number("least_weight_kg", above=0) or Decimal(0),
        share_of_lumen_percent=entry.number("share_of_lumen_percent", above=0) or Decimal(0),
        mg_per_ml=entry.number("mg_per_ml", above=0) or Decimal(1),
        first_look_minutes=entry.whole("first_look_minutes", low=1) or 1,
        second_look_minutes=entry.whole("second_look_minutes", low=1) or 1,
        doses_at_most=entry.whole("doses_at_most", low=1) or 1,
        waste_ml=_range(entry, "waste_ml") or ALTEPLASE.waste_ml,
    )
    if made.second_look_minutes <= made.first_look_minutes:
        entry.fault("the second look comes before the first.", "Give more minutes.")
    entry.source()
    entry.text("mark", needed=False)
    entry.close()
    return made
