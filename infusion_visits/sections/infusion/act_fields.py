"""The acts upon an infusion, and what is asked of each. Data.

Sources: clinical reference 7.6 (timeline), 8.6, 8.13 (pump residual), 11.13 (flush is no drug).
"""

from __future__ import annotations

from decimal import Decimal

from infusion_visits.core.fields import Choice, Number, Option, Rows, Shown, Text, When
from infusion_visits.core.units import MILLILITRE, ML_PER_HOUR

START, FOUND = "start", "found"
STEP, SLOW = "step", "slow"
HOLD, RESUME = "hold", "resume"
STOP, COMPLETE, LEFT = "stop", "complete", "left"
BAG_CHANGE = "bag_change"
FLUSH = "flush"
KINDS = (
    Option(START, "started"),
    Option(FOUND, "found running"),
    Option(STEP, "stepped"),
    Option(SLOW, "slowed down"),
    Option(HOLD, "held"),
    Option(RESUME, "resumed"),
    Option(BAG_CHANGE, "bag changed"),
    Option(STOP, "stopped"),
    Option(COMPLETE, "completed"),
    Option(LEFT, "left running"),
    Option(FLUSH, "flushed"),
)
RATE_KINDS = (START, FOUND, STEP, SLOW, RESUME, BAG_CHANGE, FLUSH)
"""Acts that may name a rate; that of a flush is the flush's own, never the drug's."""
WHY_KINDS = (HOLD, SLOW, STOP)
VOLUME_KINDS = (BAG_CHANGE, FLUSH)
LEFT_IN_BAG_KINDS = (FOUND, BAG_CHANGE, STOP, COMPLETE, LEFT)

INFUSION_EVENT = Rows(
    name="infusion_event",
    label="Acts",
    add_label="Add an act",
    time_field="at",
    fields=(
        When(name="at", label="Time", required=True),
        Choice(name="kind", label="Act", options=KINDS, required=True),
        Number(
            name="rate",
            label="Rate",
            units=(ML_PER_HOUR,),
            decimals=1,
            high=Decimal(2000),
            shown=Shown("kind", RATE_KINDS),
        ),
        Number(
            name="volume_ml",
            label="Volume",
            units=(MILLILITRE,),
            decimals=1,
            high=Decimal(6000),
            shown=Shown("kind", VOLUME_KINDS),
            help="Of the new bag, or of the flush. A flush is not counted as drug.",
        ),
        Text(name="why", label="Why", required=True, shown=Shown("kind", WHY_KINDS)),
        Text(
            name="ladder",
            label="Then, as ordered",
            longest=400,
            shown=Shown("kind", (SLOW, RESUME)),
            help="The rates after it where they are not those of the order: 20 15, 40 15, 80 rest.",
        ),
        Number(
            name="reading_ml",
            label="Pump shows given",
            units=(MILLILITRE,),
            decimals=1,
            help="The volume that the pump says has gone in.",
            may_be_not_done=True,
        ),
        Number(
            name="remaining_ml",
            label="Left in the bag",
            units=(MILLILITRE,),
            decimals=1,
            high=Decimal(6000),
            shown=Shown("kind", LEFT_IN_BAG_KINDS),
            help="What is still in the bag or reservoir; at a change, in the old one.",
        ),
    ),
)
