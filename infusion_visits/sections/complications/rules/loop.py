"""Closing the loop: told, read back, order, recheck, closed; and how much time is left for it.

Source: clinical reference 4 (who was called, time, response, read-back, order; follow-up).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from infusion_visits.core.moments import show_instant, show_minutes
from infusion_visits.sections.complications import options as of
from infusion_visits.sections.complications.rules.state import State, state_of, steps_of
from infusion_visits.sections.complications.rules.telling import duty_of, told_at, whom_words

if TYPE_CHECKING:
    from infusion_visits.patients.facts import Facts
    from infusion_visits.sections.complications.rules.kinds import Catalogue, Kind
    from infusion_visits.sections.complications.values import Complication


@dataclass(frozen=True, slots=True)
class Link:
    """One step of the loop: its word, when it was done, and whether it is asked at all."""

    word: str
    done: bool
    at: datetime | None = None
    asked: bool = True


def loop(
    complication: Complication, kind: Kind, catalogue: Catalogue, zone: str
) -> tuple[Link, ...]:
    """Told, read back, order, recheck, closed, in that order. Where nobody must be told and nobody
    was, the first three are not asked; an order is never asked for, only what was said of it."""
    steps = steps_of(complication)
    duty = duty_of(complication, catalogue, zone)
    tellings = [step for step in steps if step.kind == of.TOLD]
    told = told_at(complication, kind, duty.code) if duty else None
    if told is None and tellings and duty is None:
        told = tellings[-1].happened_at
    orders = [step for step in tellings if step.order_received]
    rechecks = [step.happened_at for step in steps if step.kind == of.RECHECK]
    closed = [step.happened_at for step in steps if step.kind == of.CLOSED]
    is_closed = state_of(complication) is State.CLOSED
    return (
        Link("told", told is not None, told, asked=duty is not None or bool(tellings)),
        Link(
            "read back",
            bool(orders) and all(step.read_back is True for step in orders),
            orders[-1].happened_at if orders else None,
            asked=bool(orders),
        ),
        Link("order", bool(orders), orders[-1].happened_at if orders else None, bool(orders)),
        Link("recheck", bool(rechecks), rechecks[-1] if rechecks else None),
        Link("closed", is_closed, closed[-1] if is_closed else None),
    )


def loop_line(complication: Complication, kind: Kind, catalogue: Catalogue, facts: Facts) -> str:
    """`✓ told 10:30 → ✓ read back → ✓ order → recheck → closed`."""
    said = []
    for link in loop(complication, kind, catalogue, facts.zone):
        if not link.asked:
            continue
        time = ""
        if link.done and link.at is not None and link.word in {"told", "recheck", "closed"}:
            time = f" {show_instant(link.at, facts.zone, beside=facts.now)}"
        said.append(f"✓ {link.word}{time}" if link.done else link.word)
    return " → ".join(said)


def duty_line(
    complication: Complication, kind: Kind, catalogue: Catalogue, facts: Facts
) -> tuple[str, str]:
    """`Tell prescriber or agency on call within 15 min: by 10:47, 7 min left, per agency protocol.`
    with its voice; both empty once it is done."""
    duty = duty_of(complication, catalogue, facts.zone)
    if duty is None or told_at(complication, kind, duty.code) is not None:
        return "", ""
    minutes = catalogue.minutes[duty.code]
    within = f"within {show_minutes(minutes)}" if minutes else "the same business day"
    by = show_instant(duty.deadline, facts.zone, beside=facts.now)
    late = facts.now > duty.deadline
    words = (
        f"Tell {whom_words(kind, duty.code)} {within}: by {by}, "
        f"{_left(duty.deadline - facts.now)}, per agency protocol."
    )
    return words, "danger" if late or duty.code == "N0" else "warn"


def _left(stretch: timedelta) -> str:
    minutes = int(abs(stretch).total_seconds() // 60)
    if stretch < timedelta(0):
        return f"{show_minutes(minutes)} late"
    return f"{show_minutes(minutes)} left" if minutes else "less than a minute left"
