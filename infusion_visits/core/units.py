"""Units of measure: what may be typed, the canonical SI value kept beside it, and exact conversion.

Sources: clinical reference sections 5 and 8.11 (UCUM codes, exact factors, ROUND_HALF_UP).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

NBSP = "\u00a0"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: UCUM `code`, the `label` shown, and how it becomes the canonical unit.

    canonical = (value - `shift`) * `times` / `over`, exact in Decimal. `names` are further
    spellings that a nurse may type.
    """

    code: str
    label: str
    quantity: str
    times: Decimal = Decimal(1)
    over: Decimal = Decimal(1)
    shift: Decimal = Decimal(0)
    names: tuple[str, ...] = ()

    def canonical(self, value: Decimal) -> Decimal:
        """`value` in the canonical unit of this quantity, unrounded."""
        return (value - self.shift) * self.times / self.over

    def from_canonical(self, value: Decimal) -> Decimal:
        """The canonical `value` in this unit, unrounded."""
        return value * self.over / self.times + self.shift


def _unit(code: str, label: str, quantity: str, *names: str, **how: Decimal) -> Unit:
    return Unit(code, label, quantity, names=(code.lower(), label.lower(), *names), **how)


CELSIUS = _unit("Cel", "°C", "temperature", "c")
FAHRENHEIT = _unit(
    "[degF]",
    "°F",
    "temperature",
    "f",
    times=Decimal(5),
    over=Decimal(9),
    shift=Decimal(32),
)
KILOGRAM = _unit("kg", "kg", "weight", "kgs", "kilo", "kilos")
POUND = _unit("[lb_av]", "lb", "weight", "lbs", "pound", "pounds", times=Decimal("0.45359237"))
GRAM = _unit("g", "g", "weight", times=Decimal("0.001"))
CENTIMETRE = _unit("cm", "cm", "length")
INCH = _unit("[in_i]", "in", "length", '"', "inch", "inches", times=Decimal("2.54"))
MILLIMETRE = _unit("mm", "mm", "length", times=Decimal("0.1"))
MMHG = _unit("mm[Hg]", "mmHg", "pressure")
KILOPASCAL = _unit("kPa", "kPa", "pressure", over=Decimal("0.133322"))
PER_MINUTE = _unit("/min", "/min", "frequency", "bpm")
PERCENT = _unit("%", "%", "fraction")
SCORE = _unit("{score}", "of 10", "score")
MILLILITRE = _unit("mL", "mL", "volume", "cc")
LITRE = _unit("L", "L", "volume", times=Decimal(1000))
ML_PER_HOUR = _unit("mL/h", "mL/h", "flow", "ml/hr")
LITRE_PER_MINUTE = _unit("L/min", "L/min", "gas flow", "lpm")
MINUTE = _unit("min", "min", "time", "mins", "minutes")
MILLIGRAM = _unit("mg", "mg", "mass")
MG_PER_DL = _unit("mg/dL", "mg/dL", "glucose")
MMOL_PER_L = _unit("mmol/L", "mmol/L", "glucose", times=Decimal("18.0182"))
DEGREE_DAYS = _unit("d", "days", "days", "day")
GAUGE = _unit("{gauge}", "G", "gauge", "gauge")
FRENCH = _unit("[Ch]", "Fr", "french", "french")
UNITS_PER_ML = _unit("[USP'U]/mL", "units/mL", "concentration")
MILE = _unit("[mi_i]", "miles", "distance", "mile", "mi")

ALL_UNITS: tuple[Unit, ...] = tuple(
    value for value in list(globals().values()) if isinstance(value, Unit)
)
_BY_CODE = {unit.code: unit for unit in ALL_UNITS}


def unit_of(code: str) -> Unit:
    """The unit with the UCUM `code`. Raises KeyError when the program does not know it."""
    return _BY_CODE[code]


def canonical_unit(quantity: str) -> Unit:
    """The unit in which figures of a quantity are kept. Raises KeyError for an unknown quantity."""
    for unit in ALL_UNITS:
        if unit.quantity == quantity and unit.canonical(Decimal(1)) == 1 and not unit.shift:
            return unit
    raise KeyError(quantity)


def half_up(value: Decimal, decimals: int) -> Decimal:
    """`value` rounded half away from zero, as nurses and labels round (never banker's)."""
    return value.quantize(_place(decimals), rounding=ROUND_HALF_UP)


@cache
def _place(decimals: int) -> Decimal:
    return Decimal(1).scaleb(-decimals)


def plain_number(value: Decimal, decimals: int | None = None) -> str:
    """A figure for a dose or a volume: no trailing zeros, a leading zero, commas (ISMP)."""
    if decimals is not None:
        value = half_up(value, decimals)
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def with_unit(value: Decimal, unit: Unit | str, decimals: int | None = None) -> str:
    """Number and unit with a no-break space between them: `1,000 mL`, `0.5 mg`, `98 %`."""
    label = unit.label if isinstance(unit, Unit) else unit
    return f"{plain_number(value, decimals)}{NBSP}{label}"
