"""The stretches of a visit around one infusion, as the vital signs are told by them."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from infusion_visits.patients.facts import Phase
from infusion_visits.sections.infusion.acts import Act, State, acts_of
from infusion_visits.sections.infusion.dose import amount
from infusion_visits.sections.infusion.fields import COMPLETE, FOUND, PUSH, STOP

if TYPE_CHECKING:
    from infusion_visits.sections.infusion.values import InfusionGiven

END_LASTS = timedelta(minutes=5)
BEFORE_LASTS = timedelta(hours=12)
BY_HAND = "by hand"


def phases_of(infusion: InfusionGiven, arrived: datetime | None = None) -> tuple[Phase, ...]:
    """ "before", each rate, "held", "end", "watched" (or "left running"), by time.

    Vital signs of the same minute come before a change of the rate (they open it), so a phase
    begins one second after its act; the end takes in the vital signs of its own minute and of the
    five minutes after. "before" begins at `arrived`, else twelve hours before the start.
    """
    acts = [act for act in acts_of(infusion) if act.state is not State.NOT_STARTED]
    if not acts:
        return ()
    first = acts[0].at
    start = arrived if arrived and arrived <= first else first - BEFORE_LASTS
    phases = [Phase(start, "before")]
    if acts[0].kind == FOUND:
        phases = []
    for act in acts:
        if act.state is State.ENDED:
            if act.kind in {STOP, COMPLETE} and not act.wrong:
                phases.append(Phase(act.at, "end", Decimal(0)))
                phases.append(Phase(act.at + END_LASTS, "watched", Decimal(0)))
            continue
        shift = timedelta(0) if act.kind == FOUND else timedelta(seconds=1)
        label = _phase_label(act, infusion)
        if not phases or phases[-1].label != label:
            phases.append(Phase(act.at + shift, label, act.rate))
    return tuple(phases)


def _phase_label(act: Act, infusion: InfusionGiven) -> str:
    if act.state is State.HELD:
        return "held"
    if act.state is State.LEFT_RUNNING:
        return "left running"
    # A push by hand has no rate of a pump; "0 mL/h" would say that nothing ran.
    return BY_HAND if infusion.method == PUSH and not act.rate else amount(act.rate, "mL/h")
