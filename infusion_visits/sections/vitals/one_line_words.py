"""The words and figures that the one line for vital signs knows, as data."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from infusion_visits.sections.vitals.options import PART_OF_A_SET

if TYPE_CHECKING:
    from collections.abc import Mapping

SLOTS = ("bp", "pulse", "respirations", "spo2", "temperature", "pain")
CELSIUS_RANGE = (Decimal(30), Decimal(45))
FAHRENHEIT_RANGE = (Decimal(80), Decimal(115))
EXAMPLE = "118/76 72 16 98 98.4 0 a air"

PRESSURES = re.compile(r"^(?:bp)?(\d{1,3})/(\d{1,3})$")
FIGURE = re.compile(r"^\d+(?:\.\d+)?$")
NAMED = re.compile(
    r"^(hr|rr|hc|et|fi|bg|ga|o|t|p|w|h|u)(\d+(?:\.\d+)?)"
    r"(kg|lbs?|[cf]|cm|in|%|ml|mmhg|mg/dl|mmol/l)?$"
)
BARE_TEMPERATURE = re.compile(r"^(\d+(?:\.\d+)?)°?([cf])$")
FLOW = re.compile(r"^(\d+(?:\.\d+)?)l(?:/min)?$")
SEDATION = re.compile(r"^poss([s1-4])$")
STANDING = re.compile(r"^stand([13])$")
NAMES = {
    "hr": "pulse",
    "rr": "respirations",
    "o": "spo2",
    "t": "temperature",
    "p": "pain",
    "w": "weight",
    "bg": "glucose",
    "et": "etco2",
    "fi": "oxygen_percent",
    "h": "height",
    "hc": "head",
    "ga": "girth",
    "u": "urine",
}
WORDS: Mapping[str, tuple[str, str]] = {
    **{key: ("consciousness", key.upper()) for key in "acvpu"},
    "air": ("oxygen", "air"),
    "o2": ("oxygen", "oxygen"),
    "la": ("limb", "left_arm"),
    "ra": ("limb", "right_arm"),
    "ll": ("limb", "left_leg"),
    "rl": ("limb", "right_leg"),
    "lt": ("limb", "left_thigh"),
    "rt": ("limb", "right_thigh"),
    "sit": ("position", "sitting"),
    "lie": ("position", "lying"),
    "stand": ("position", "standing"),
    "reg": ("rhythm", "regular"),
    "irr": ("rhythm", "irregular"),
    "auto": ("method", "automatic"),
    "manual": ("method", "manual"),
    "oral": ("temperature_site", "oral"),
    "tymp": ("temperature_site", "tympanic"),
    "temporal": ("temperature_site", "temporal"),
    "ax": ("temperature_site", "axillary"),
    "rect": ("temperature_site", "rectal"),
    "faces": ("pain_scale", "faces"),
    "painad": ("pain_scale", "painad"),
    "flacc": ("pain_scale", "flacc"),
    "pt": ("measured_by", "patient"),
    "cg": ("measured_by", "caregiver"),
    "rc": ("extent", PART_OF_A_SET),
}
NO_FIGURE: Mapping[str, str] = {
    "nobp": "bp_unobtainable",
    "nopulse": "pulse_absent",
    "nobreath": "breathing_absent",
    "nosat": "spo2_no_signal",
    "tlo": "temperature_lo",
    "thi": "temperature_hi",
    "bglo": "glucose_lo",
    "bghi": "glucose_hi",
}
# Typed where its figure would stand, it takes that place.
STANDS_AT: Mapping[int, str] = {0: "nobp", 1: "nopulse", 2: "nobreath", 3: "nosat"}
CIRCUMSTANCES: Mapping[str, str] = {
    "rest": "at_rest",
    "walked": "after_activity",
    "cold": "cold_hands",
    "polish": "nail_polish",
}
SLOT_WORDS = {
    "bp": "BP such as 118/76",
    "pulse": "pulse",
    "respirations": "respirations",
    "spo2": "SpO2",
    "temperature": "temperature",
    "pain": "pain",
}
