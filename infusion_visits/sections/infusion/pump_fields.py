"""Ambulatory pumps and sites under the skin: programme, counts, needles. Data.

Sources: clinical reference 1.1 (VS-PCA, VS-SC), 1.2 (PCA, subcutaneous immune globulin), 8.13.
"""

from __future__ import annotations

from decimal import Decimal

from infusion_visits.core.fields import Choice, Number, Option, Rows, Text, When, YesNo
from infusion_visits.core.units import CENTIMETRE, GAUGE, MILLILITRE, MINUTE

DOSE_UNITS = tuple(Option(words, words) for words in ("mg", "mcg", "mL"))
PER_HOUR_UNITS = tuple(Option(words, words) for words in ("mg/h", "mcg/h", "mL/h"))
PCA, PCA_BASAL = "pca", "pca_basal"

PUMP_PROGRAMME = Rows(
    name="pump_programme",
    label="Pump programme",
    add_label="Add a programme, as found or as changed",
    time_field="at",
    fields=(
        When(name="at", label="Time", required=True),
        Choice(
            name="mode",
            label="Mode",
            required=True,
            options=(
                Option(PCA, "on demand"),
                Option(PCA_BASAL, "on demand with a basal rate"),
                Option("continuous", "continuous"),
                Option("intermittent", "intermittent"),
                Option("taper", "with ramp and taper"),
            ),
        ),
        Choice(
            name="changed",
            label="Changed at this visit",
            options=(
                Option("found", "as found"),
                Option("changed", "changed as ordered"),
                Option("new", "programmed anew"),
            ),
        ),
        Text(name="concentration", label="Concentration", longest=100),
        Number(name="basal", label="Basal rate", decimals=4, high=Decimal(10_000)),
        Choice(name="basal_unit", label="Unit of the basal rate", options=PER_HOUR_UNITS),
        Number(name="demand", label="Demand dose", decimals=4, high=Decimal(10_000)),
        Choice(name="demand_unit", label="Unit of the demand dose", options=DOSE_UNITS),
        Number(name="lockout_minutes", label="Lockout", units=(MINUTE,), high=Decimal(1440)),
        Number(name="limit", label="Limit", decimals=4, high=Decimal(100_000)),
        Choice(name="limit_unit", label="Unit of the limit", options=DOSE_UNITS),
        Number(name="limit_hours", label="Limit over hours", high=Decimal(24)),
        Text(name="ordered_by", label="By whose order", longest=200),
        Text(name="read_back_with", label="Checked with", longest=200),
    ),
)

PUMP_READING = Rows(
    name="pump_reading",
    label="Pump counts",
    add_label="Add what the pump shows",
    time_field="at",
    fields=(
        When(name="at", label="Time", required=True),
        Number(name="demands", label="Demands", high=Decimal(100_000)),
        Number(name="delivered", label="Delivered", high=Decimal(100_000)),
        Number(name="given_ml", label="Given", units=(MILLILITRE,), decimals=1),
        Number(name="remaining_ml", label="Left in the reservoir", units=(MILLILITRE,), decimals=1),
        YesNo(name="cleared", label="Counts cleared afterwards"),
        Text(name="alarms", label="Alarms", longest=400),
    ),
)

INFUSION_SITE = Rows(
    name="infusion_site",
    label="Sites under the skin",
    add_label="Add a site",
    fields=(
        Choice(
            name="side",
            label="Side",
            options=(Option("left", "left"), Option("right", "right"), Option("middle", "middle")),
        ),
        Choice(
            name="place",
            label="Place",
            required=True,
            options=(
                Option("abdomen", "abdomen"),
                Option("thigh", "thigh"),
                Option("upper_arm", "upper arm"),
                Option("hip", "hip"),
                Option("flank", "flank"),
            ),
        ),
        Number(name="needle_gauge", label="Needle", units=(GAUGE,), low=Decimal(18)),
        Number(name="needle_mm", label="Needle length", decimals=1, high=Decimal(30), help="mm"),
        Number(name="apart_cm", label="Apart from the next", units=(CENTIMETRE,), decimals=1),
        YesNo(name="no_blood", label="No blood drawn back"),
        Number(name="volume_ml", label="Volume", units=(MILLILITRE,), decimals=1),
        Choice(
            name="looks",
            label="After the infusion",
            options=(
                Option("clear", "clear"),
                Option("swelling", "swelling as expected"),
                Option("red", "red or hard"),
                Option("leaking", "leaking"),
                Option("painful", "painful"),
            ),
        ),
    ),
)
