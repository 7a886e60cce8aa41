"""What the pump did around a reaction: at which infusion it happened, when it was stopped for it,
and whether it went on. Pure, from the acts of the infusions."""

from __future__ import annotations

from datetime import timedelta
from decimal import ROUND_DOWN, Decimal
from typing import TYPE_CHECKING

from infusion_visits.sections.infusion.acts import State, acts_of
from infusion_visits.sections.infusion.fields import COMPLETE, FOUND, HOLD, RESUME, SLOW, STOP
from infusion_visits.sections.infusion.rules import standing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from infusion_visits.sections.infusion.acts import Act
    from infusion_visits.sections.infusion.values import Infusion, InfusionGiven

RESUMED, SLOWED, STOPPED = "resumed", "slowed", "stopped"
SAME_MINUTE = timedelta(minutes=1)
WHOLE_FROM = 100
WHY = "reaction"
"""Why the pump was stopped, in the act of the infusion."""


def infusion_of(values: Infusion, since: datetime, device: UUID | None) -> InfusionGiven | None:
    """The infusion at which it happened: that of its line where it names one, else the one begun
    last before it; one that ran or was held then before one that had ended."""
    known = [
        (acts[0].at, one)
        for one in standing(values)
        if (acts := acts_of(one)) and acts[0].at <= since + SAME_MINUTE
    ]
    of_line = [pair for pair in known if device is not None and pair[1].device_id == device]
    chosen = of_line or known
    under_way = [pair for pair in chosen if _was_under_way(pair[1], since)]
    found = sorted(under_way or chosen, key=lambda pair: pair[0])
    return found[-1][1] if found else None


def _was_under_way(one: InfusionGiven, at: datetime) -> bool:
    before = [act for act in acts_of(one) if act.at <= at]
    return bool(before) and before[-1].state in {State.RUNNING, State.HELD}


def running_now(values: Infusion) -> tuple[InfusionGiven, ...]:
    """The infusions that run, the one to stop first in front: started here before found running,
    then the one begun last."""
    running = [
        (one, acts)
        for one in standing(values)
        if (acts := acts_of(one)) and acts[-1].state is State.RUNNING
    ]
    running.sort(key=lambda pair: (pair[1][0].kind != FOUND, pair[1][0].at), reverse=True)
    return tuple(one for one, _ in running)


def stopped_at(acts: Sequence[Act], noticed: datetime) -> datetime | None:
    """When the pump was held or stopped, from the minute it was noticed on."""
    found = (a.at for a in acts if a.kind in {HOLD, STOP} and a.at >= noticed and not a.wrong)
    return next(found, None)


def decision_of(acts: Sequence[Act], noticed: datetime) -> tuple[str, Act | None]:
    """The act after it was noticed by which the infusion went on, or ended for good.

    It goes on by resuming, or by slowing down without a stop (grade 1 may, clinical reference
    1.1). Once it went on, its completion is no decision any more; a stop for the reaction is.
    """
    minute = noticed.replace(second=0, microsecond=0)
    decided: tuple[str, Act | None] = ("", None)
    held = False
    for act in acts:
        if act.wrong or act.at < (minute if act.kind == SLOW else noticed):
            continue
        if act.kind == HOLD:
            # Held after all: slower was not enough.
            held, decided = True, decided if decided[0] == RESUMED else ("", None)
        elif act.kind == SLOW and not held and not decided[0]:
            decided = SLOWED, act
        elif act.kind == RESUME and decided[0] != RESUMED:
            decided = RESUMED, act
        elif act.kind in {STOP, COMPLETE}:
            if not decided[0] or (act.kind == STOP and act.event.why == WHY):
                return STOPPED, act
            break
    return decided


def rate_before(acts: Sequence[Act], at: datetime) -> Decimal | None:
    """The rate in mL/h just before the pump was stopped at `at`; None without one."""
    rate: Decimal | None = None
    for act in acts:
        if act.at > at or (act.kind in {HOLD, STOP, COMPLETE} and act.at >= at - SAME_MINUTE):
            break
        rate = act.rate
    return rate or None


def restart_rate(onset: Decimal | None, share: Decimal) -> Decimal | None:
    """The share of the rate at onset, rounded down as pumps take it: to 0.1 mL/h below 100 mL/h,
    to whole mL/h from there on. None without a rate."""
    if not onset:
        return None
    part = onset * share
    step = Decimal(1) if part >= WHOLE_FROM else Decimal("0.1")
    rounded = part.quantize(step, rounding=ROUND_DOWN)
    whole = rounded.to_integral_value()
    return whole if whole == rounded else rounded
