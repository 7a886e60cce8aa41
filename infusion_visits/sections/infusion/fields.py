"""What is asked of an infusion: how it was set up, its acts in time, the lots, what was given.

Sources: clinical reference 7.3 (double-check), 7.6 (timeline), 7.11 (what surveyors found missing).
"""

from __future__ import annotations

from decimal import Decimal

from infusion_visits.core.fields import (
    Choice,
    Day,
    Leaf,
    Number,
    Option,
    Ref,
    RefTo,
    Rows,
    Shown,
    Text,
    When,
)
from infusion_visits.core.kinds import INFUSION_KINDS
from infusion_visits.core.units import MILLILITRE, ML_PER_HOUR

SECTION = "infusion"

START, FOUND = "start", "found"
STEP, SLOW = "step", "slow"
HOLD, RESUME = "hold", "resume"
STOP, COMPLETE, LEFT = "stop", "complete", "left"
BAG_CHANGE = "bag_change"
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
)
RATE_KINDS = (START, FOUND, STEP, SLOW, RESUME, BAG_CHANGE)
WHY_KINDS = (HOLD, SLOW, STOP)

AMOUNT_UNITS = tuple(
    Option(words, words)
    for words in ("g", "mg", "mcg", "units", "million units", "mEq", "mmol", "mL")
)

_SET_UP: tuple[Leaf, ...] = (
    Ref(name="order_id", label="Order", to=RefTo.ORDER, required=True),
    Ref(name="device_id", label="Line", to=RefTo.DEVICE, required=True),
    Text(name="lumen", label="Lumen", longest=60),
    Choice(
        name="method",
        label="Given by",
        required=True,
        options=(
            Option("pump", "pump"),
            Option("gravity", "gravity"),
            Option("elastomeric", "elastomeric device"),
            Option("push", "push by hand"),
        ),
    ),
    Text(name="pump", label="Pump number", longest=60, shown=Shown("method", ("pump",))),
    Choice(
        name="filter",
        label="Filter",
        options=(
            Option("none", "no filter"),
            Option("0.2", "0.2 micron filter"),
            Option("1.2", "1.2 micron filter"),
            Option("15", "15 micron filter"),
            Option("set", "filter of the set"),
        ),
    ),
    Number(name="prepared_ml", label="Prepared", units=(MILLILITRE,), decimals=1),
    Choice(
        name="second_check",
        label="Second check",
        required=True,
        options=(
            Option("independent", "independent second check"),
            Option("solo", "read twice by the same nurse, no second checker"),
        ),
    ),
    Text(
        name="second_checker",
        label="Second checker",
        longest=120,
        shown=Shown("second_check", ("independent",)),
    ),
)

_GIVEN: tuple[Leaf, ...] = (
    Number(
        name="dose_given",
        label="Dose given",
        decimals=4,
        high=Decimal(1_000_000),
        help="Only where it differs from what the volume says.",
    ),
    Choice(name="dose_given_unit", label="Unit of the dose given", options=AMOUNT_UNITS),
    Text(
        name="difference_reason",
        label="Why given differs from ordered",
        lines=2,
    ),
    Number(name="wasted_ml", label="Wasted", units=(MILLILITRE,), decimals=1),
    Text(name="waste_witness", label="Waste seen by", longest=120),
    Number(name="flush_ml", label="Tubing flushed with", units=(MILLILITRE,), decimals=1),
    Text(name="flush_solution", label="Flush solution", longest=120),
    Choice(
        name="tolerated",
        label="Tolerated",
        required=True,
        options=(
            Option("well", "well"),
            Option("with_difficulty", "with difficulty"),
            Option("not_tolerated", "not tolerated"),
        ),
    ),
    Text(name="tolerated_words", label="How it was tolerated", lines=2),
)

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
        Text(name="why", label="Why", required=True, shown=Shown("kind", WHY_KINDS)),
        Number(
            name="reading_ml",
            label="Pump shows given",
            units=(MILLILITRE,),
            decimals=1,
            help="The volume that the pump says has gone in.",
            may_be_not_done=True,
        ),
    ),
)

PRODUCT_LOT = Rows(
    name="product_lot",
    label="Lots",
    add_label="Add a lot",
    fields=(
        Text(name="product", label="Product", longest=200),
        Text(name="lot", label="Lot", longest=60, required=True),
        Day(name="expiry", label="Expires", required=True),
        Number(name="amount", label="Amount", decimals=4, high=Decimal(1_000_000)),
        Choice(name="amount_unit", label="Unit", options=AMOUNT_UNITS),
    ),
)

INFUSION = Rows(
    name="infusion",
    label="Infusion",
    add_label="Add an infusion",
    required=INFUSION_KINDS,
    fields=(*_SET_UP, PRODUCT_LOT, INFUSION_EVENT, *_GIVEN),
)

ROWS: tuple[Rows, ...] = (INFUSION,)
