"""Which acts are possible in each state, with their words, keys and what they ask. Data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from infusion_visits.core.findings import Gate
from infusion_visits.sections.infusion.acts import State
from infusion_visits.sections.infusion.fields import (
    BAG_CHANGE,
    COMPLETE,
    ELASTOMERIC,
    FLUSH,
    FOUND,
    HOLD,
    INFUSION_EVENT,
    LEFT,
    PUSH,
    RESUME,
    SLOW,
    START,
    STEP,
    STOP,
)
from infusion_visits.widgets.act_button import Weight
from infusion_visits.widgets.act_strip import AskedLine

if TYPE_CHECKING:
    from infusion_visits.sections.infusion.values import InfusionGiven

SET_UP = "set_up"
LOT = "lot"
MAY_STAY_EMPTY = frozenset({"reading_ml", "remaining_ml", "ladder", LOT})


@dataclass(frozen=True, slots=True)
class ActKind:
    """One act: its word, key, the gate that may keep it shut, and what it asks."""

    kind: str
    word: str
    key: str = ""
    gate: Gate | None = None
    asks: tuple[str, ...] = ()
    weight: Weight = Weight.PLAIN

    def asked_of(self, infusion: InfusionGiven | None) -> tuple[str, ...]:
        """What is asked for this infusion: of a push no rate, of a balloon what is left in it."""
        method = infusion.method if infusion is not None else None
        if method == PUSH:
            return tuple(name for name in self.asks if name not in {"rate", "reading_ml"})
        if method == ELASTOMERIC:
            swapped = ("remaining_ml" if name == "reading_ml" else name for name in self.asks)
            return tuple(dict.fromkeys(swapped))
        return self.asks


SETTING_UP = ActKind(SET_UP, "Set up the infusion", "Ctrl+F6", weight=Weight.PRIMARY)
_ENDING = (
    ActKind(COMPLETE, "Complete", "Ctrl+F7", asks=("reading_ml",)),
    ActKind(
        STOP, "Stop", "Ctrl+F8", asks=("why", "reading_ml", "remaining_ml"), weight=Weight.DANGER
    ),
)
_NEW_BAG = ActKind(
    BAG_CHANGE, "Bag changed", asks=("volume_ml", "remaining_ml", LOT), weight=Weight.QUIET
)
OFFERED: dict[State, tuple[ActKind, ...]] = {
    State.NOT_STARTED: (
        ActKind(START, "Start", "Ctrl+F6", Gate.START, ("rate",), Weight.PRIMARY),
        ActKind(
            FOUND, "Found running", asks=("rate", "reading_ml", "remaining_ml"), weight=Weight.QUIET
        ),
    ),
    State.RUNNING: (
        ActKind(STEP, "Step", "F6", Gate.STEP, ("rate",), Weight.PRIMARY),
        ActKind(HOLD, "Hold", "F7", asks=("why",)),
        ActKind(SLOW, "Slow down", "F8", asks=("rate", "why")),
        *_ENDING,
        _NEW_BAG,
        ActKind(LEFT, "Left running", asks=("reading_ml", "remaining_ml"), weight=Weight.QUIET),
    ),
    State.HELD: (
        ActKind(RESUME, "Resume", "F7", Gate.RESUME, ("rate", "ladder"), Weight.PRIMARY),
        *_ENDING,
        _NEW_BAG,
    ),
    State.ENDED: (ActKind(FLUSH, "Flushed", asks=("volume_ml",), weight=Weight.QUIET),),
    State.LEFT_RUNNING: (),
}
TWINS = {HOLD: {HOLD, RESUME}, START: {START, SET_UP}}
"""Acts of which only one is possible at a time; they share a key."""


def asked_line(name: str, kind: str) -> AskedLine:
    """One asked thing of an act; the units are those of the fields."""
    if name == LOT:
        return AskedLine(LOT, "Lot of the new bag, typed or scanned", wide=True)
    unit = {"rate": "mL/h"}.get(name, "mL" if name.endswith("_ml") else "")
    label = INFUSION_EVENT.leaf(name).label
    if name == "remaining_ml" and kind == BAG_CHANGE:
        label = "Left in the old bag"
    if name == "volume_ml":
        label = "New bag" if kind == BAG_CHANGE else "Flush"
    return AskedLine(name, label, unit, wide=name in {"why", "ladder"})
