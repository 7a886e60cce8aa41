"""What is asked of an infusion: how it was set up, its acts in time, the lots, what was given.

Sources: clinical reference 7.3 (double-check), 7.6 (timeline), 7.11 (what surveyors found missing).
"""

from __future__ import annotations

from decimal import Decimal

from infusion_visits.core.fields import (
    Choice,
    Day,
    Leaf,
    Many,
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
from infusion_visits.core.units import MILLILITRE
from infusion_visits.sections.infusion.act_fields import (
    BAG_CHANGE,
    COMPLETE,
    FLUSH,
    FOUND,
    HOLD,
    INFUSION_EVENT,
    KINDS,
    LEFT,
    RATE_KINDS,
    RESUME,
    SLOW,
    START,
    STEP,
    STOP,
    WHY_KINDS,
)
from infusion_visits.sections.infusion.product_fields import AMOUNT_UNITS, PRODUCT_LOT
from infusion_visits.sections.infusion.pump_fields import (
    INFUSION_SITE,
    PUMP_PROGRAMME,
    PUMP_READING,
)

__all__ = [
    "BAG_CHANGE",
    "COMPLETE",
    "FLUSH",
    "FOUND",
    "HOLD",
    "INFUSION",
    "INFUSION_EVENT",
    "INFUSION_SITE",
    "KINDS",
    "LEFT",
    "PRODUCT_LOT",
    "PUMP_PROGRAMME",
    "PUMP_READING",
    "PUSH",
    "RATE_KINDS",
    "RESUME",
    "ROWS",
    "SECTION",
    "SLOW",
    "START",
    "STEP",
    "STOP",
    "WHY_KINDS",
]

SECTION = "infusion"

PUMP, GRAVITY, ELASTOMERIC, PUSH = "pump", "gravity", "elastomeric", "push"
INDEPENDENT, REMOTE, SOLO = "independent", "remote", "solo"
KIT, PRESENCE, TELEPHONE = "kit", "presence", "telephone"
FIRST_DOSE_READY = (
    Option(KIT, "emergency kit here and in date"),
    Option(PRESENCE, "nurse stays for the infusion and the watching"),
    Option(TELEPHONE, "telephone here works for a rescue call"),
)
COMPARED = (
    Option("patient", "patient"),
    Option("drug", "drug"),
    Option("dose", "dose"),
    Option("concentration", "concentration"),
    Option("route", "route and lumen"),
    Option("rate", "rate with its unit"),
    Option("time", "time"),
    Option("expiry", "expiry"),
    Option("bag", "bag intact"),
    Option("programme", "pump programme"),
    Option("allergies", "allergies"),
    Option("tubing", "filter and tubing"),
)
"""What a double-check compares (clinical reference 7.3)."""

_SET_UP: tuple[Leaf, ...] = (
    Ref(name="order_id", label="Order", to=RefTo.ORDER, required=True),
    Ref(name="device_id", label="Line", to=RefTo.DEVICE, required=True),
    Text(name="lumen", label="Lumen", longest=60),
    Choice(
        name="method",
        label="Given by",
        required=True,
        options=(
            Option(PUMP, "pump"),
            Option(GRAVITY, "gravity"),
            Option(ELASTOMERIC, "elastomeric device"),
            Option(PUSH, "push by hand"),
        ),
    ),
    Text(name="pump", label="Pump number", longest=60, shown=Shown("method", (PUMP,))),
    Day(
        name="pump_due",
        label="Pump maintenance valid until",
        shown=Shown("method", (PUMP,)),
    ),
    Choice(
        name="drop_factor",
        label="Drop factor",
        options=(
            Option("10", "10 drops/mL"),
            Option("15", "15 drops/mL"),
            Option("20", "20 drops/mL"),
            Option("60", "60 drops/mL"),
        ),
        shown=Shown("method", (GRAVITY,)),
    ),
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
    Number(
        name="prepared_ml",
        label="Prepared",
        units=(MILLILITRE,),
        decimals=1,
        help="All bags together, with their overfill.",
    ),
    Number(
        name="first_bag_ml",
        label="First bag",
        units=(MILLILITRE,),
        decimals=1,
        help="Only where there are several bags.",
    ),
    Number(
        name="priming_ml",
        label="Priming",
        units=(MILLILITRE,),
        decimals=1,
        high=Decimal(100),
        help="Counted as given though the pump did not measure it.",
    ),
    Choice(
        name="second_check",
        label="Second check",
        required=True,
        options=(
            Option(INDEPENDENT, "independent second check"),
            Option(REMOTE, "independent second check with the pharmacy, remote"),
            Option(SOLO, "read twice by the same nurse, no second checker"),
        ),
    ),
    Text(
        name="second_checker",
        label="Second checker",
        longest=120,
        shown=Shown("second_check", (INDEPENDENT, REMOTE)),
    ),
    When(name="second_checked_at", label="Second check at"),
    Many(name="compared", label="Compared at the second check", options=COMPARED),
    Many(
        name="first_dose_ready",
        label="For a first dose",
        options=FIRST_DOSE_READY,
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
    Choice(
        name="waste_method",
        label="How it was wasted",
        options=(
            Option("neutralised", "made unusable in a drug disposal pouch"),
            Option("sharps", "sharps or drug container"),
            Option("hazardous", "hazardous waste container"),
            Option("drain", "drain, as the label allows"),
            Option("returned", "returned to the pharmacy"),
        ),
    ),
    Text(name="waste_witness", label="Waste seen by", longest=120),
    Text(
        name="returned",
        label="Unused, and where it went",
        help="Vials or bags returned or left, with their lots.",
        longest=400,
    ),
    Number(name="empty_bags", label="Empty bags and vials counted", high=Decimal(500)),
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

INFUSION = Rows(
    name="infusion",
    label="Infusion",
    add_label="Add an infusion",
    required=INFUSION_KINDS,
    fields=(
        *_SET_UP,
        PRODUCT_LOT,
        INFUSION_SITE,
        INFUSION_EVENT,
        PUMP_PROGRAMME,
        PUMP_READING,
        *_GIVEN,
    ),
)

ROWS: tuple[Rows, ...] = (INFUSION,)
