"""What an order says of the care of a line: dressing, cleaning, access, flushes, lock.

Source: clinical reference 7.11 (surveyors: flushes "as directed" without frequency; dressing
frequency, cleaning agent, dressing type and access technique missing in the order) and 2.3.
"""

from __future__ import annotations

from decimal import Decimal

from infusion_visits.core.fields import Choice, Day, Number, Option, Owner, Rows, Shown, Text
from infusion_visits.core.units import DEGREE_DAYS, MILLILITRE, UNITS_PER_ML

PORT = "port"
HEPARIN = "heparin"
LINES = (
    Option("piv", "peripheral line"),
    Option("midline", "midline"),
    Option("picc", "PICC"),
    Option("tunneled", "tunneled line"),
    Option(PORT, "port"),
    Option("non_tunneled_cvc", "central line, not tunneled"),
    Option("subcut", "subcutaneous set"),
)
ANTISEPTICS = (
    Option("chg_alcohol", "chlorhexidine with alcohol"),
    Option("povidone_iodine", "povidone-iodine"),
    Option("alcohol", "alcohol 70 %"),
    Option("other", "other, in further words"),
)
DRESSINGS = (
    Option("transparent", "transparent"),
    Option("transparent_chg", "transparent with chlorhexidine"),
    Option("gauze", "gauze"),
    Option("other", "other, in further words"),
)
LOCKS = (
    Option("none", "none"),
    Option("saline", "saline"),
    Option(HEPARIN, "heparin"),
    Option("other", "other, in further words"),
)
_LOCKED = Shown("lock", (HEPARIN,))

LINE_ORDER = Rows(
    name="line_order",
    label="Orders for lines",
    owner=Owner.PATIENT,
    add_label="Add an order for a line",
    help="How this kind of line is cared for. As directed is no order: give volumes and how often.",
    fields=(
        Choice(name="line", label="Line", options=LINES, required=True),
        Number(
            name="dressing_days",
            label="Dressing every",
            units=(DEGREE_DAYS,),
            low=Decimal(1),
            high=Decimal(30),
        ),
        Choice(name="dressing", label="Dressing", options=DRESSINGS),
        Choice(name="antiseptic", label="Cleaned with", options=ANTISEPTICS),
        Text(name="securement", label="Secured with", longest=200),
        Text(
            name="access_technique",
            label="How a port is accessed",
            help="Needle gauge and length, sterile technique, how often the needle is changed.",
            shown=Shown("line", (PORT,)),
            longest=400,
        ),
        Text(name="flush_solution", label="Flushed with", longest=200),
        Number(
            name="flush_before_ml",
            label="Flush before a dose",
            units=(MILLILITRE,),
            decimals=1,
            high=Decimal(100),
        ),
        Number(
            name="flush_after_ml",
            label="Flush after a dose",
            units=(MILLILITRE,),
            decimals=1,
            high=Decimal(100),
        ),
        Number(
            name="flush_every",
            label="Flushed at least every",
            low=Decimal(1),
            high=Decimal(100),
            help="While it is not used: every 24 hours, every 28 days.",
        ),
        Choice(
            name="flush_every_unit",
            label="Hours or days",
            options=(Option("hours", "hours"), Option("days", "days")),
        ),
        Choice(name="lock", label="Locked with", options=LOCKS),
        Number(
            name="lock_units_per_ml",
            label="Heparin",
            units=(UNITS_PER_ML,),
            low=Decimal(1),
            high=Decimal(5000),
            shown=_LOCKED,
        ),
        Number(
            name="lock_ml",
            label="Lock",
            units=(MILLILITRE,),
            decimals=1,
            high=Decimal(20),
            shown=Shown("lock", ("saline", HEPARIN, "other")),
        ),
        Text(name="words", label="Further words", lines=2, longest=2000),
        Text(name="prescriber", label="Prescriber", required=True, longest=200),
        Day(name="ordered_day", label="Ordered on", future=False),
        Day(name="ends", label="Ends"),
    ),
)
