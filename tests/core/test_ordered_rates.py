"""Rates in whatever unit they are ordered, as the mL/h of a pump and back."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infusion_visits.core.calculations.exact import CannotBeWorkedOut
from infusion_visits.core.calculations.inotropes import rate_from_mcg_per_kg_per_minute
from infusion_visits.core.calculations.ordered_rates import (
    RATE_UNITS,
    Concentration,
    goes_by_concentration,
    goes_by_weight,
    pump_rate_of,
    rate_in,
)
from infusion_visits.core.calculations.quantities import (
    Kilograms,
    McgPerKgPerMinute,
    McgPerMl,
    MgPerKgPerMinute,
    MgPerMl,
)
from infusion_visits.core.calculations.rates import rate_from_mg_per_kg_per_minute

KG = Decimal(70)
figures = st.decimals(min_value="0.001", max_value="500", places=3)


def mixed(unit: str, amount: str = "2") -> Concentration | None:
    """A concentration that fits the unit."""
    if not goes_by_concentration(unit):
        return None
    of = RATE_UNITS[unit].amount
    return Concentration(Decimal(amount), f"{of}/mL")


@pytest.mark.parametrize(
    ("rate", "unit", "mix", "shown"),
    [
        ("25", "mL/h", None, "25 mL/h"),
        ("2", "mL/min", None, "120 mL/h"),
        ("0.5", "mL/kg/h", None, "35 mL/h"),
        ("0.01", "mL/kg/min", None, "42 mL/h"),
        ("50", "mg/h", Concentration(Decimal(2), "mg/mL"), "25 mL/h"),
        ("0.25", "mg/min", Concentration(Decimal(1), "mg/mL"), "15 mL/h"),
        ("50", "mg/kg/h", Concentration(Decimal(100), "mg/mL"), "35 mL/h"),
        ("0.8", "mg/kg/min", Concentration(Decimal(100), "mg/mL"), "33.6 mL/h"),
        ("0.375", "mcg/kg/min", Concentration(Decimal(200), "mcg/mL"), "7.9 mL/h"),
        ("0.375", "mcg/kg/min", Concentration(Decimal("0.2"), "mg/mL"), "7.9 mL/h"),
        ("0.375", "mcg/kg/min", Concentration(Decimal("0.0002"), "g/mL"), "7.9 mL/h"),
        ("10", "units/kg/h", Concentration(Decimal(100), "units/mL"), "7 mL/h"),
    ],
)
def test_each_unit_becomes_what_a_pump_takes(
    rate: str, unit: str, mix: Concentration | None, shown: str
) -> None:
    found = pump_rate_of(Decimal(rate), unit, KG, mix)
    assert found.shown.replace("\u00a0", " ") == shown


@given(figures, st.sampled_from(sorted(RATE_UNITS)))
def test_a_rate_told_back_in_its_unit_is_the_rate(rate: Decimal, unit: str) -> None:
    pump = pump_rate_of(rate, unit, KG, mixed(unit)).value
    assert rate_in(pump, unit, KG, mixed(unit)) == Fraction(rate)


@given(figures, figures)
def test_it_is_the_same_as_the_formulas_of_its_own(rate: Decimal, kilograms: Decimal) -> None:
    mcg = pump_rate_of(rate, "mcg/kg/min", kilograms, Concentration(Decimal(200), "mcg/mL"))
    same = rate_from_mcg_per_kg_per_minute(
        McgPerKgPerMinute(rate), Kilograms(kilograms), McgPerMl(200)
    )
    assert mcg.value == same.value
    mg = pump_rate_of(rate, "mg/kg/min", kilograms, Concentration(Decimal(100), "mg/mL"))
    other = rate_from_mg_per_kg_per_minute(
        MgPerKgPerMinute(rate), Kilograms(kilograms), MgPerMl(100)
    )
    assert mg.value == other.value


@pytest.mark.parametrize("unit", [unit for unit in RATE_UNITS if goes_by_weight(unit)])
def test_a_rate_by_weight_needs_the_weight(unit: str) -> None:
    with pytest.raises(CannotBeWorkedOut, match="no weight"):
        pump_rate_of(Decimal(1), unit, None, mixed(unit))


@pytest.mark.parametrize("unit", [unit for unit in RATE_UNITS if goes_by_concentration(unit)])
def test_a_rate_by_amount_needs_a_concentration_of_its_kind(unit: str) -> None:
    with pytest.raises(CannotBeWorkedOut, match="no concentration"):
        pump_rate_of(Decimal(1), unit, KG)
    other = "mg/mL" if RATE_UNITS[unit].amount == "units" else "units/mL"
    with pytest.raises(CannotBeWorkedOut, match="cannot be compared"):
        pump_rate_of(Decimal(1), unit, KG, Concentration(Decimal(1), other))


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(CannotBeWorkedOut, match="not known"):
        pump_rate_of(Decimal(1), "gtt/min")
    with pytest.raises(CannotBeWorkedOut, match="below 0"):
        pump_rate_of(Decimal(-1), "mL/h")
    with pytest.raises(CannotBeWorkedOut, match="above 0"):
        pump_rate_of(Decimal(1), "mg/h", None, Concentration(Decimal(0), "mg/mL"))
