"""What a therapy order says: drug, dose, volume, ladder of rates, flushes, and who ordered it.

Sources: clinical reference 7.11 (no order is used without rate or ladder and delivery method),
1.4 (indications), 8.7 (dose by weight), 11.15 (dosing weight frozen on the order), 11.19 (units of
rates).
"""

from __future__ import annotations

from decimal import Decimal

from infusion_visits.core.fields import (
    Choice,
    Day,
    Number,
    Option,
    Owner,
    Ref,
    RefTo,
    Rows,
    Shown,
    Text,
    When,
    YesNo,
)
from infusion_visits.core.units import KILOGRAM, MILLILITRE, MINUTE, POUND

DRAFT = "draft"
USED = "used"
ENDED = "ended"
ORDER_STATES = (
    Option(DRAFT, "draft"),
    Option(USED, "in use"),
    Option(ENDED, "ended"),
)

ROUTES = (
    Option("IV", "IV"),
    Option("subcut", "subcut"),
    Option("IM", "IM"),
)
DELIVERIES = (
    Option("pump", "pump"),
    Option("gravity", "gravity"),
    Option("elastomeric", "elastomeric device"),
    Option("push", "push by hand"),
)
DOSE_UNITS = (
    Option("mg", "mg"),
    Option("g", "g"),
    Option("mcg", "mcg"),
    Option("units", "units"),
    Option("million units", "million units"),
    Option("mEq", "mEq"),
    Option("mmol", "mmol"),
    Option("mL", "mL"),
)
RATE_UNITS = (
    Option("mL/h", "mL/h"),
    Option("mL/kg/h", "mL/kg/h"),
    Option("mL/kg/min", "mL/kg/min"),
)
INDICATIONS = tuple(
    Option(words, words)
    for words in (
        "rheumatoid arthritis",
        "psoriatic arthritis",
        "ankylosing spondylitis",
        "plaque psoriasis",
        "lupus (SLE)",
        "Crohn's disease",
        "ulcerative colitis",
        "multiple sclerosis",
        "CIDP",
        "multifocal motor neuropathy",
        "myasthenia gravis",
        "primary immunodeficiency",
        "ITP",
        "iron-deficiency anemia",
        "PNH, aHUS or NMOSD",
        "Fabry disease",
        "Gaucher disease",
        "hemophilia A or B",
        "heart failure (inotrope)",
        "cancer (chemotherapy)",
        "cancer pain",
        "chronic non-cancer pain",
        "bone or joint infection",
        "endocarditis",
        "cellulitis",
        "urinary tract infection",
        "pneumonia",
        "infection of the central nervous system",
        "infection of a line",
        "other infection",
        "dehydration or hyperemesis",
        "malnutrition or short bowel",
        "migraine",
        "osteoporosis",
        "Paget's disease of bone",
        "diabetes",
        "other",
    )
)

RATE_STEP = Rows(
    name="rate_step",
    label="Rate steps",
    owner=Owner.PATIENT,
    add_label="Add a step",
    fields=(
        Number(
            name="rate",
            label="Rate",
            decimals=4,
            high=Decimal(2000),
            required=True,
        ),
        Choice(name="rate_unit", label="Unit of the rate", options=RATE_UNITS, required=True),
        Number(
            name="minutes",
            label="For",
            units=(MINUTE,),
            low=Decimal(1),
            high=Decimal(2880),
        ),
        YesNo(name="until_complete", label="Until complete"),
    ),
)

PREMEDICATION = Rows(
    name="premedication",
    label="Premedication",
    owner=Owner.PATIENT,
    add_label="Add a premedication",
    fields=(
        Text(name="medicine", label="Medicine", required=True, longest=200),
        Text(name="dose", label="Dose", required=True, longest=200),
        Text(name="route", label="Route", required=True, longest=100),
        Number(
            name="minutes_before",
            label="Before the infusion",
            units=(MINUTE,),
            high=Decimal(1440),
        ),
    ),
)

THERAPY_ORDER = Rows(
    name="therapy_order",
    label="Therapy orders",
    owner=Owner.PATIENT,
    own_id=True,
    add_label="New order",
    fields=(
        Text(name="drug", label="Drug", required=True, longest=200),
        Text(name="brand", label="Brand", longest=200),
        Choice(name="indication", label="Indication", options=INDICATIONS),
        Text(
            name="indication_words",
            label="Indication in words",
            help="With its ICD-10-CM code where the order gives one.",
            longest=400,
        ),
        Number(
            name="dose",
            label="Dose",
            decimals=4,
            low=Decimal("0.0001"),
            high=Decimal(1_000_000),
            required=True,
        ),
        Choice(name="dose_unit", label="Unit of the dose", options=DOSE_UNITS, required=True),
        Number(
            name="dose_per_kg",
            label="Dose per kg",
            decimals=4,
            low=Decimal("0.0001"),
            high=Decimal(1_000_000),
        ),
        Choice(
            name="dose_per_kg_unit",
            label="Unit of the dose per kg",
            options=DOSE_UNITS,
            help="The unit of the dose where nothing is chosen.",
        ),
        Number(
            name="dosing_weight_kg",
            label="Dosing weight",
            units=(KILOGRAM, POUND),
            decimals=2,
            low=Decimal("0.2"),
            high=Decimal(650),
            help="Stays on the order; a later weight does not change it.",
        ),
        Day(name="dosing_weight_day", label="Weighed on", future=False),
        Text(
            name="dose_difference",
            label="Why the dose differs from dose per kg",
            help="Such as: rounded to whole vials, confirmed by the pharmacist by name.",
            longest=400,
        ),
        Text(name="concentration", label="Concentration", longest=100),
        Text(name="diluent", label="Diluent", longest=200),
        Number(
            name="volume_ml",
            label="Volume to infuse",
            units=(MILLILITRE,),
            decimals=2,
            low=Decimal("0.01"),
            high=Decimal(6000),
            required=True,
        ),
        Choice(name="route", label="Route", options=ROUTES, required=True),
        Choice(name="delivery", label="Delivery", options=DELIVERIES, required=True),
        Number(
            name="over_minutes",
            label="Over",
            units=(MINUTE,),
            low=Decimal(1),
            high=Decimal(2880),
            help="For one steady rate; leave empty where there are rate steps.",
        ),
        Text(name="frequency", label="How often", help="every 8 weeks, every 24 hours"),
        Number(
            name="observation_minutes",
            label="Watch afterwards",
            units=(MINUTE,),
            high=Decimal(1440),
        ),
        YesNo(name="first_dose", label="First dose of this drug"),
        YesNo(
            name="home_first_dose_authorised",
            label="First dose at home authorised by the prescriber",
            shown=Shown("first_dose", (True,)),
        ),
        Text(name="flush", label="Flush protocol", lines=2, longest=1000),
        Number(
            name="flush_before_ml",
            label="Flush before",
            units=(MILLILITRE,),
            decimals=1,
            high=Decimal(100),
        ),
        Number(
            name="flush_after_ml",
            label="Flush after",
            units=(MILLILITRE,),
            decimals=1,
            high=Decimal(100),
        ),
        Text(name="prescriber", label="Prescriber", required=True, longest=200),
        Text(name="prescriber_telephone", label="Prescriber's telephone", longest=80),
        Day(name="ordered_day", label="Ordered on", future=False),
        Day(name="starts", label="Starts"),
        Day(name="ends", label="Ends"),
        Text(name="notes", label="Further instructions", lines=3),
        Choice(name="status", label="Status", options=ORDER_STATES),
        Number(name="version", label="Version", low=Decimal(1)),
        Ref(name="replaces", label="Replaces", to=RefTo.ORDER),
        When(name="used_at", label="In use since"),
        Text(name="end_reason", label="Why it ended", longest=400),
        RATE_STEP,
        PREMEDICATION,
    ),
)

HELD_BY_ACTS = frozenset({"status", "version", "replaces", "used_at", "end_reason"})
"""Fields of an order that only use_order, copy_order and end_order write."""
