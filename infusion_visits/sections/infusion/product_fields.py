"""What is asked of each vial, bag or syringe that goes into an infusion. Data.

Sources: clinical reference 7.2 (lot, expiry, NDC, beyond use, storage), 7.3 and 7.5 (inspection).
"""

from __future__ import annotations

from decimal import Decimal

from infusion_visits.core.fields import Choice, Day, Number, Option, Rows, Shown, Text, When
from infusion_visits.core.units import CELSIUS, FAHRENHEIT, MINUTE

AMOUNT_UNITS = tuple(
    Option(words, words)
    for words in ("g", "mg", "mcg", "units", "million units", "mEq", "mmol", "mL")
)
CLEAR = "clear"
INSPECTED = (
    Option(CLEAR, "as it should be"),
    Option("particles", "particles or clumps"),
    Option("colour", "wrong color or cloudy"),
    Option("leaking", "leaking, cracked or seal broken"),
    Option("label", "label wrong or not legible"),
)
KEPT = (
    Option("cold", "refrigerated"),
    Option("room", "room temperature"),
    Option("frozen", "frozen"),
)
WARM_AGAIN = "cold"

PRODUCT_LOT = Rows(
    name="product_lot",
    label="Products",
    add_label="Add a vial or bag",
    help='Scan the code on the label into any field; a single " repeats the one before.',
    fields=(
        Text(name="product", label="Product", longest=200),
        Text(name="lot", label="Lot", longest=60, required=True),
        Day(name="expiry", label="Expires", required=True),
        Number(name="amount", label="Amount", decimals=4, high=Decimal(1_000_000)),
        Choice(name="amount_unit", label="Unit", options=AMOUNT_UNITS),
        Text(name="gtin", label="GTIN", longest=14, help="14 digits, as scanned."),
        Text(name="ndc", label="NDC", longest=20),
        Text(name="serial", label="Serial number", longest=40),
        Number(name="bag", label="In bag", low=Decimal(1), high=Decimal(50)),
        When(
            name="beyond_use",
            label="Use before",
            future=True,
            help="Day and time on the pharmacy's label, after which it is not given.",
        ),
        Choice(name="kept", label="Kept", options=KEPT),
        Number(
            name="kept_at_c",
            label="Temperature on arrival",
            units=(CELSIUS, FAHRENHEIT),
            decimals=1,
            low=Decimal(-90),
            high=Decimal(60),
        ),
        Number(
            name="out_minutes",
            label="Out of the refrigerator",
            units=(MINUTE,),
            high=Decimal(100_000),
            shown=Shown("kept", (WARM_AGAIN,)),
        ),
        Choice(name="inspected", label="Looked at", options=INSPECTED),
    ),
)
