"""What the head of a reaction says: how the pump stands, when the next vital signs are due."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infusion_visits.core.moments import show_time
from infusion_visits.core.units import with_unit
from infusion_visits.visits.pump_at_reaction import SLOWED

if TYPE_CHECKING:
    from datetime import datetime

    from infusion_visits.visits.reaction import Reaction


def vitals_words(due: datetime, now: datetime) -> tuple[str, str]:
    """`Vital signs in 4:22`, `Vital signs now`, `Vital signs now, 2:05 late`, with their voice."""
    seconds = int((due - now).total_seconds())
    minutes, rest = divmod(abs(seconds), 60)
    if seconds > 0:
        return f"Vital signs in {minutes}:{rest:02d}", "strong"
    late = f", {minutes}:{rest:02d} late" if minutes else ""
    return f"Vital signs now{late}", "danger"


def pump_words(reaction: Reaction, zone: str) -> str:
    """`Pump stopped 14:05 · at onset 80 mL/h, 20 mL in`, or how it went on."""
    said = []
    if reaction.decided_at is not None:
        rate = with_unit(reaction.resumed_rate, "mL/h") if reaction.resumed_rate else ""
        went_on = "Slowed down to" if reaction.decision == SLOWED else "Resumed at"
        word = f"{went_on} {rate}" if rate else "Stopped for good"
        said.append(f"{word} {show_time(reaction.decided_at, zone)}")
    elif reaction.stopped_at is not None:
        said.append(f"Pump stopped {show_time(reaction.stopped_at, zone)}")
    elif reaction.running:
        said.append("The pump still runs: stop it")
    onset = []
    if reaction.onset_rate:
        onset.append(with_unit(reaction.onset_rate, "mL/h"))
    if reaction.value.onset_ml is not None:
        onset.append(f"{with_unit(reaction.value.onset_ml, 'mL')} in")
    if onset:
        said.append(f"at onset {', '.join(onset)}")
    return " · ".join(said) if said else "No infusion runs"
