"""How a measurement that came with the patient is told: figure, decimals by its code, unit.

Sources: clinical reference 10 (display, rounding); the codes are LOINC's.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from infusion_visits.core.units import NBSP, half_up

if TYPE_CHECKING:
    from infusion_visits.patients.values import PastMeasurement

_DECIMALS = {
    "8302-2": 1,
    "3137-7": 1,
    "8308-9": 1,
    "29463-7": 1,
    "3141-9": 1,
    "39156-5": 1,
    "8310-5": 1,
    "8331-1": 1,
    "8332-5": 1,
    "8328-7": 1,
    "8480-6": 0,
    "8462-4": 0,
    "85354-9": 0,
    "55284-4": 0,
    "8867-4": 0,
    "9279-1": 0,
    "59408-5": 0,
    "2708-6": 0,
    "72514-3": 0,
}
_UNIT_LABELS = {
    "mm[Hg]": "mmHg",
    "Cel": "°C",
    "[degF]": "°F",
    "{score}": "of 10",
    "[lb_av]": "lb",
    "[in_i]": "in",
    "kg/m2": "kg/m²",
    "ug": "mcg",
}


def measurement_words(row: PastMeasurement) -> str:
    """`128/81 mmHg`: the figures as written, those with a known code rounded half-up to read."""
    value = _figure(row.value or "", row.code)
    if row.second_value:
        value = f"{value}/{_figure(row.second_value, row.code)}"
    unit = _UNIT_LABELS.get(row.unit or "", row.unit or "")
    return f"{value}{NBSP}{unit}" if unit else value


def _figure(text: str, code: str | None) -> str:
    decimals = _DECIMALS.get(code or "")
    if decimals is None or not text.replace(".", "", 1).lstrip("-").isdecimal():
        return text
    return f"{half_up(Decimal(text), decimals):f}"
