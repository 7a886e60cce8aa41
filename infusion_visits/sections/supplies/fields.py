"""What is asked of supplies, waste and returns, the emergency kit, safe work, and the way.

Sources: clinical reference 7.2 (infection control, sharps, waste, PPE, miles), 7.6 (waste, returns,
chain of custody), 7.9 (emergency kit), table 7.12. The items of the kit stand in the catalogue
`resources/clinical/emergency_kit.toml`; a row names its item by the key it has there.
"""

from __future__ import annotations

from decimal import Decimal

from infusion_visits.core.fields import (
    Choice,
    Day,
    Many,
    Number,
    Option,
    Rows,
    Shown,
    Text,
    When,
    YesNo,
)
from infusion_visits.core.kinds import VisitKind
from infusion_visits.core.units import MILE, MINUTE

SECTION = "supplies"
KIT_KINDS = frozenset(
    {
        VisitKind.START_OF_CARE,
        VisitKind.FIRST_DOSE,
        VisitKind.ROUTINE_INFUSION,
        VisitKind.PUMP_CHANGE,
        VisitKind.REASSESSMENT,
    }
)
"""Table 7.12; pump changes are held to the routine infusion, reassessments to the start of care."""
HIDDEN_KINDS = frozenset({VisitKind.TELEPHONE})

SEALED, OPENED, NO_KIT, NOT_NEEDED = "sealed", "opened", "no_kit", "not_needed"
KIT_STATES = (
    Option(SEALED, "sealed, seal unbroken"),
    Option(OPENED, "open, each item looked at"),
    Option(NO_KIT, "no kit in the home"),
    Option(NOT_NEEDED, "no kit needed"),
)
_THERE = Shown("state", (SEALED, OPENED))
PRESENT, MISSING_ITEM, ITEM_NOT_NEEDED = "present", "missing", "not_needed"
ITEM_STATES = (
    Option(PRESENT, "present"),
    Option(MISSING_ITEM, "missing"),
    Option(ITEM_NOT_NEEDED, "not needed"),
)

USED_UP, REPLACED = "used", "replaced"
EXCHANGES = (
    Option(USED_UP, "used, not yet replaced"),
    Option(REPLACED, "replaced"),
)

KIT_CHECK = Rows(
    name="kit_check",
    label="Emergency kit",
    single=True,
    time_field="checked_at",
    fields=(
        When(name="checked_at", label="Checked at", required=KIT_KINDS),
        Choice(name="state", label="Kit", options=KIT_STATES, required=KIT_KINDS),
        Text(name="seal_number", label="Seal number", shown=_THERE, longest=60),
        Day(
            name="first_expiry",
            label="First to expire on",
            help="As the label of the sealed kit says",
            shown=Shown("state", (SEALED,)),
            required=True,
        ),
        YesNo(name="order_there", label="Anaphylaxis order with it", shown=_THERE, required=True),
        Text(
            name="why_not",
            label="Why not",
            shown=Shown("state", (NO_KIT, NOT_NEEDED)),
            required=True,
        ),
        Text(name="new_seal", label="New seal number", shown=Shown("state", (OPENED,))),
        Text(name="done", label="What was done about it", lines=2, shown=_THERE),
    ),
)

KIT_ITEM = Rows(
    name="kit_item",
    label="Items of the kit",
    fields=(
        Text(name="item", label="Key of the item", longest=80),
        Choice(name="state", label="State", options=ITEM_STATES, may_be_not_done=True),
        Day(name="expiry", label="Expires"),
        Choice(name="exchange", label="Used or replaced", options=EXCHANGES),
    ),
)

USED, DELIVERED, LEFT_THERE, TAKEN = "used", "delivered", "left", "taken"
SUPPLY_USE = Rows(
    name="supply_use",
    label="Supplies",
    add_label="Add a supply",
    fields=(
        Choice(
            name="what",
            label="What",
            options=(
                Option(USED, "used"),
                Option(DELIVERED, "delivered"),
                Option(LEFT_THERE, "left in the home"),
                Option(TAKEN, "taken away"),
            ),
            required=True,
        ),
        Text(name="item", label="Item", required=True, longest=200),
        Number(name="quantity", label="How many", required=True, high=Decimal(10_000)),
        Text(name="lot", label="Lot or serial number", longest=80),
        Day(name="expiry", label="Expires"),
        Choice(
            name="taken_from",
            label="From",
            options=(Option("home", "the home"), Option("van", "the car")),
        ),
        Text(name="note", label="Note"),
    ),
)

WASTED, RETURNED, EMPTIED = "wasted", "returned", "emptied"
WASTE_UNITS = tuple(Option(unit, unit) for unit in ("mL", "mg", "mcg", "g", "units", "vials"))
_NO_WITNESS = Shown("witness_how", ("none",))
WASTE_RETURN = Rows(
    name="waste_return",
    label="Waste and returns",
    add_label="Add waste or a return",
    time_field="at",
    fields=(
        When(name="at", label="Time", required=True),
        Choice(
            name="what",
            label="What",
            options=(
                Option(WASTED, "wasted"),
                Option(RETURNED, "returned to the pharmacy"),
                Option(EMPTIED, "empty containers counted"),
            ),
            required=True,
        ),
        Text(name="drug", label="Drug", required=True, longest=200),
        Number(name="amount", label="How much", decimals=4, required=True, high=Decimal(1_000_000)),
        Choice(name="amount_unit", label="Unit", options=WASTE_UNITS, required=True),
        Text(name="lot", label="Lot", longest=60),
        Choice(
            name="method",
            label="How",
            options=(
                Option("deactivated", "drug deactivation pouch"),
                Option("sharps", "sharps container"),
                Option("hazardous", "hazardous drug bin"),
                Option("carrier", "carrier of the pharmacy"),
                Option("nurse", "taken along by the nurse"),
                Option("other", "other"),
            ),
            required=True,
        ),
        YesNo(name="controlled", label="Controlled drug"),
        Choice(
            name="witness_how",
            label="Seen by",
            options=(
                Option("present", "a witness who was there"),
                Option("video", "a witness by video"),
                Option("none", "nobody"),
            ),
        ),
        Text(
            name="witness",
            label="Witness, with credential",
            shown=Shown("witness_how", ("present", "video")),
            required=True,
            longest=200,
        ),
        Text(name="no_witness", label="Why nobody", shown=_NO_WITNESS, required=True),
        Text(name="handed_to", label="Handed to", help="Who has it now", longest=200),
        Text(name="note", label="Note"),
    ),
)

SAFE_WORK = Rows(
    name="safe_work",
    label="Safe work and the way",
    single=True,
    fields=(
        Many(
            name="protection",
            label="Protection worn",
            options=(
                Option("gloves", "gloves"),
                Option("two_gloves", "two pairs of gloves"),
                Option("mask", "mask"),
                Option("gown", "gown"),
                Option("eyes", "eye protection"),
                Option("sterile", "sterile gloves"),
            ),
        ),
        Choice(
            name="sharps",
            label="Sharps container",
            options=(
                Option("left", "in the home, not full"),
                Option("exchanged", "full, exchanged"),
                Option("removed", "taken away"),
                Option("none", "none in the home"),
            ),
        ),
        YesNo(name="hazardous_removed", label="Hazardous drug waste taken away"),
        Number(name="odometer_start", label="Odometer at the start", decimals=1),
        Number(name="odometer_end", label="Odometer at the end", decimals=1),
        Number(
            name="miles",
            label="Distance",
            help="Empty where the odometer says it",
            units=(MILE,),
            decimals=1,
            high=Decimal(2000),
        ),
        Number(name="travel_minutes", label="Travel", units=(MINUTE,), high=Decimal(1440)),
    ),
)

ROWS: tuple[Rows, ...] = (KIT_CHECK, KIT_ITEM, SUPPLY_USE, WASTE_RETURN, SAFE_WORK)
