"""The figures that calculations take from labels and practice, read from their catalogue.

Source: `resources/clinical/calculations.toml`, where each entry names its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from infusion_visits.core.calculations.inotropes import RenalStep, step_of
from infusion_visits.core.catalogue import Entry, decimal_of, reading

CATALOGUE = "calculations"
TOLERANCES = ("nearest_vial", "pump", "elastomeric")


@dataclass(frozen=True, slots=True)
class Constants:
    """Tolerances in percent, renal tables by drug, factor constants and conversions by product."""

    tolerances: Mapping[str, Decimal]
    renal: Mapping[str, tuple[RenalStep, ...]]
    factor: Mapping[str, Decimal]
    scig: Mapping[str, Decimal]


def read_constants(plain: Mapping[str, Any]) -> Constants:
    """The catalogue in force. Raises CatalogueRefused where it is not in order."""
    with reading(plain) as top:
        top.text("edition")
        top.source()
        tolerances = _figures(top, "tolerance", "percent")
        if "tolerance" in plain:
            for name in TOLERANCES:
                if name not in tolerances:
                    top.fault(f"{name} is missing.", f"Add [tolerance.{name}].", "tolerance")
        renal = {key: _renal(entry) for key, entry in _inside(top, "renal")}
        factor = _figures(top, "factor", "constant")
        scig = _figures(top, "scig", "factor")
    return Constants(tolerances, renal, factor, scig)


def _inside(top: Entry, key: str) -> list[tuple[str, Entry]]:
    group = top.entry(key)
    if group is None:
        return []
    found = list(group.tables())
    group.close()
    return found


def _figures(top: Entry, key: str, name: str) -> dict[str, Decimal]:
    made: dict[str, Decimal] = {}
    for entry_key, entry in _inside(top, key):
        entry.source()
        figure = entry.number(name, above=0)
        entry.close()
        if figure is not None:
            made[entry_key] = figure
    return made


def _renal(entry: Entry) -> tuple[RenalStep, ...]:
    entry.source()
    columns = []
    for name in ("clearance", "rate"):
        entry.has(name)
        values = entry.plain.get(name)
        figures = [decimal_of(one) for one in values] if isinstance(values, list) else []
        if not figures or any(one is None or one <= 0 for one in figures):
            entry.fault("this is no list of figures above 0.", "Write [50, 40, 30].", name)
        columns.append([one for one in figures if one is not None])
    entry.close()
    clearances, rates = columns
    if len(clearances) != len(rates):
        entry.fault("clearance and rate differ in length.", "Give one rate for each.", "rate")
    return tuple(step_of(low, rate) for low, rate in zip(clearances, rates, strict=False))
