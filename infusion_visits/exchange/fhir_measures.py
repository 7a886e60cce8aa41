"""FHIR R4 Observation as weights, heights and past measurements; figures stay as written."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from infusion_visits.core.clock import local_day
from infusion_visits.core.units import (
    CENTIMETRE,
    GRAM,
    INCH,
    KILOGRAM,
    MILLIMETRE,
    POUND,
    Unit,
    half_up,
)
from infusion_visits.exchange.imported import ENTERED_IN_ERROR, NAMELESS, NO_VALUE, ImportedRow
from infusion_visits.patients.fields import HEIGHT, WEIGHT

if TYPE_CHECKING:
    from infusion_visits.core.fields import Number
    from infusion_visits.exchange.fhir_nodes import Coded, Moment, Node

LOINC = "http://loinc.org"
UCUM = "http://unitsofmeasure.org"
BLOOD_PRESSURE = frozenset({"85354-9", "55284-4"})
SYSTOLIC, DIASTOLIC = frozenset({"8480-6"}), frozenset({"8462-4"})
WEIGHTS = frozenset({"29463-7", "3141-9", "3142-7"})
HEIGHTS = frozenset({"8302-2", "3137-7", "8308-9", "8301-4"})
# The LOINC codes of the record's own vital signs come first where a source gives several.
_LEADING = ("85354-9", "59408-5", "29463-7", "8302-2", "8310-5")
_USED = frozenset({"final", "amended", "corrected", "preliminary", "unknown", ""})
_LIGHT_KG = Decimal(20)
_METRE = Unit("m", "m", "length", times=Decimal(100), names=("m", "metre", "meter"))
_OUNCE = Unit("[oz_av]", "oz", "weight", times=Decimal("0.028349523125"), names=("[oz_av]", "oz"))
_WEIGHT_UNITS = (KILOGRAM, POUND, GRAM, _OUNCE)
_HEIGHT_UNITS = (CENTIMETRE, INCH, MILLIMETRE, _METRE)
_LEAVES: dict[str, tuple[str, Any]] = {
    "weight": ("weight_kg", WEIGHT.leaf("weight_kg")),
    "height": ("height_cm", HEIGHT.leaf("height_cm")),
}
_COMPARATORS = {
    "<": "less than ",
    "<=": "at most ",
    ">": "greater than ",
    ">=": "at least ",
}


@dataclass(frozen=True, slots=True)
class _Figure:
    text: str
    value: Decimal | None
    unit: str


def observation_rows(observation: Node, source: str, zone: str) -> list[ImportedRow] | str:
    """The rows of one Observation, or why it is left out."""
    status = observation.status("status")
    if status in {"entered-in-error", "cancelled"}:
        return ENTERED_IN_ERROR
    code = observation.coded("code")
    if status not in _USED:
        return NO_VALUE
    if code is None:
        return NAMELESS
    at = _when(observation)
    if code.has(LOINC, BLOOD_PRESSURE):
        rows = _blood_pressure(observation, source, at, zone)
    else:
        rows = _single(observation, code, source, at, zone)
        for number, component in enumerate(observation.nodes("component")):
            part = component.coded("code")
            if part is not None:
                rows += _single(component, part, f"{source}#{number}", at, zone)
    return rows or NO_VALUE


def _when(observation: Node) -> Moment | None:
    period = observation.node("effectivePeriod")
    at = observation.moment("effectiveDateTime") or observation.moment("effectiveInstant")
    return at or (period.moment("start") if period else None)


def _blood_pressure(
    observation: Node, source: str, at: Moment | None, zone: str
) -> list[ImportedRow]:
    systolic = diastolic = None
    for component in observation.nodes("component"):
        code = component.coded("code")
        quantity = component.node("valueQuantity")
        if code is None or quantity is None:
            continue
        if code.has(LOINC, SYSTOLIC):
            systolic = _figure(quantity)
        elif code.has(LOINC, DIASTOLIC):
            diastolic = _figure(quantity)
    if systolic and diastolic and systolic.unit == diastolic.unit:
        row = _past("Blood pressure", "85354-9", systolic, source, at, zone)
        return [_with(row, second_value=diastolic.text)]
    rows = []
    if systolic:
        rows.append(
            _past("Systolic blood pressure", "8480-6", systolic, f"{source}#systolic", at, zone)
        )
    if diastolic:
        rows.append(
            _past("Diastolic blood pressure", "8462-4", diastolic, f"{source}#diastolic", at, zone)
        )
    return rows


def _single(
    node: Node, code: Coded, source: str, at: Moment | None, zone: str
) -> list[ImportedRow]:
    quantity = node.node("valueQuantity")
    figure = _figure(quantity) if quantity else None
    if figure is None:
        return []
    if code.has(LOINC, WEIGHTS):
        row = _body("weight", _WEIGHT_UNITS, figure, source, at, zone)
        if row:
            return [row]
    if code.has(LOINC, HEIGHTS):
        row = _body("height", _HEIGHT_UNITS, figure, source, at, zone)
        if row:
            return [row]
    return [_past(code.words, _loinc(code), figure, source, at, zone)]


def _loinc(code: Coded) -> str | None:
    known = {one for system, one in code.codes if system == LOINC}
    leading = next((one for one in _LEADING if one in known), None)
    return leading or (sorted(known)[0] if known else None)


def _figure(quantity: Node) -> _Figure | None:
    value = quantity.figure("value")
    if value is None:
        return None
    comparator = quantity.text("comparator", 8)
    ucum = quantity.text("system", 400) == UCUM
    unit = (quantity.text("code", 80) if ucum else None) or quantity.text("unit", 80) or ""
    text = f"{_COMPARATORS.get(comparator or '', '')}{value:f}"
    return _Figure(text, None if comparator else value, unit)


def _body(
    group: str,
    units: tuple[Unit, ...],
    figure: _Figure,
    source: str,
    at: Moment | None,
    zone: str,
) -> ImportedRow | None:
    """A weight or height; None where unit or day is missing or the figure cannot be one.

    Without a unit nobody can tell pounds from kilograms: it is then only a past measurement.
    """
    unit = next((one for one in units if figure.unit.lower() in one.names), None)
    if unit is None or figure.value is None or at is None or at.precision in {"year", "month"}:
        return None
    name, leaf = _LEAVES[group]
    canonical = unit.canonical(figure.value)
    if not _possible(leaf, canonical):
        return None
    decimals = 2 if group == "weight" and canonical < _LIGHT_KG else 1
    if unit not in leaf.units:
        unit, shown = leaf.units[0], half_up(canonical, decimals)
    else:
        shown = half_up(figure.value, decimals)
    text = f"{shown:f}".rstrip("0").rstrip(".")
    kept = shown if unit is leaf.units[0] else half_up(canonical, leaf.decimals + 3)
    columns: dict[str, Any] = {
        name: kept,
        f"{name}_entered": text,
        f"{name}_unit": unit.code,
        "day": _day(at, zone),
        "source": "imported",
        "as_received": f"{figure.text} {figure.unit}",
    }
    return ImportedRow(group, source, columns)


def _possible(leaf: Number, value: Decimal) -> bool:
    return (leaf.low is None or value >= leaf.low) and (leaf.high is None or value <= leaf.high)


def _day(at: Moment, zone: str) -> Any:
    return at.day if at.precision == "day" else local_day(at.instant(zone), zone)


def _past(
    what: str, code: str | None, figure: _Figure, source: str, at: Moment | None, zone: str
) -> ImportedRow:
    columns: dict[str, Any] = {
        "what": what,
        "code": code,
        "value": figure.text,
        "unit": figure.unit or None,
        "at": at.instant(zone) if at else None,
        "at_precision": at.precision if at else None,
    }
    return ImportedRow("past_measurement", source, columns)


def _with(row: ImportedRow, **more: Any) -> ImportedRow:
    return ImportedRow(row.group, row.source, {**row.columns, **more})
