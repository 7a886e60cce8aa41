"""How therapies are usually ordered: `resources/clinical/dosing.toml`, read and checked.

Source: clinical reference 1.2 (doses, concentrations, dilution), 1.6 (rates of products).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from infusion_visits.core.calculations.ordered_rates import RATE_UNITS, Concentration
from infusion_visits.core.catalogue import reading
from infusion_visits.patients.order_options import (
    CONCENTRATION_UNITS,
    DELIVERIES,
    DOSE_UNITS,
    DOSING_BASES,
    PERIODS,
    ROUTES,
)
from infusion_visits.patients.therapy.catalogue import INDICATION_KEYS, MARKS

if TYPE_CHECKING:
    from infusion_visits.core.catalogue import Entry

CATALOGUE = "dosing"
_ROUTES = tuple(option.key for option in ROUTES)
_DELIVERIES = tuple(option.key for option in DELIVERIES)
_BASES = tuple(option.key for option in DOSING_BASES)
_DOSES = tuple(option.key for option in DOSE_UNITS)
_PERIODS = tuple(option.key for option in PERIODS)
_CONCENTRATIONS = tuple(option.key for option in CONCENTRATION_UNITS)
_RATES = tuple(RATE_UNITS)


@dataclass(frozen=True, slots=True)
class DoseRow:
    """A usual dose: `low` to `high` in `unit`, per kg or m² by its basis, at most `most`.

    For the `indications` named (all without) and weights from `from_kg` or above `above_kg`, up to
    `to_kg` or below `below_kg`.
    """

    basis: str
    low: Decimal
    usual: Decimal
    high: Decimal
    unit: str
    words: str
    indications: tuple[str, ...] = ()
    from_kg: Decimal | None = None
    above_kg: Decimal | None = None
    to_kg: Decimal | None = None
    below_kg: Decimal | None = None
    most: Decimal | None = None
    every: Decimal | None = None
    every_unit: str = ""
    doses: int | None = None
    days: int | None = None

    def is_for(self, indication: str, weight_kg: Decimal | None) -> bool:
        """Whether the row speaks of this indication and weight; what is not known fits."""
        if self.indications and indication and indication not in self.indications:
            return False
        if weight_kg is None:
            return True
        return not (
            (self.from_kg is not None and weight_kg < self.from_kg)
            or (self.above_kg is not None and weight_kg <= self.above_kg)
            or (self.to_kg is not None and weight_kg > self.to_kg)
            or (self.below_kg is not None and weight_kg >= self.below_kg)
        )


@dataclass(frozen=True, slots=True)
class Dosing:
    """How one therapy is usually ordered; `concentration` is set where it is always the same."""

    therapy: str
    routes: tuple[str, ...]
    deliveries: tuple[str, ...]
    diluents: tuple[str, ...]
    not_with: tuple[str, ...]
    undiluted: bool
    ready_to_use: bool
    volume_ml: Decimal | None
    most_volume_ml: Decimal | None
    concentration: Concentration | None
    concentration_low: Decimal | None
    concentration_high: Decimal | None
    concentration_unit: str
    push_concentration: Decimal | None
    vials: tuple[Decimal, ...]
    vial_unit: str
    least_minutes: Decimal | None
    most_mg_per_minute: Decimal | None
    flush_after_ml: Decimal | None
    flush_words: str
    doses: tuple[DoseRow, ...]
    note: str
    mark: str
    source: str


@dataclass(frozen=True, slots=True)
class RateLimit:
    """The highest rate of a product, for the indications named (all others without)."""

    rate: Decimal
    indications: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SiteLimit:
    """What goes into one subcut site at first or later doses: mL and mL/h; None is not said."""

    when: str
    ml: Decimal | None
    ml_per_hour: Decimal
    indications: tuple[str, ...]
    not_indications: tuple[str, ...]

    def is_for(self, indication: str, *, first: bool) -> bool:
        """Whether the limit speaks of this indication and dose."""
        if self.when != ("first" if first else "later"):
            return False
        if self.indications and indication not in self.indications:
            return False
        return indication not in self.not_indications


@dataclass(frozen=True, slots=True)
class Product:
    """A brand whose rates or sites are its own; rates in `rate_unit`."""

    key: str
    therapy: str
    name: str
    rate_unit: str
    first_rate: Decimal | None
    most: tuple[RateLimit, ...]
    risk_cap: Decimal | None
    factor: Decimal | None
    most_sites: int | None
    apart_cm: Decimal | None
    first_doses: int | None
    sites: tuple[SiteLimit, ...]
    flush_words: str
    refrigerated: bool
    to_confirm: tuple[str, ...]
    mark: str
    source: str

    def most_for(self, indication: str) -> Decimal | None:
        """The highest rate for an indication: its own limit, else the general one."""
        own = [limit.rate for limit in self.most if indication in limit.indications]
        common = [limit.rate for limit in self.most if not limit.indications]
        return next(iter(own or common), None)

    def site_for(self, indication: str, *, first: bool) -> SiteLimit | None:
        """What one site takes."""
        fitting = (limit for limit in self.sites if limit.is_for(indication, first=first))
        return next(fitting, None)


@dataclass(frozen=True, slots=True)
class DosingCatalogue:
    """All dosing by therapy and all products by key."""

    dosing: Mapping[str, Dosing]
    products: Mapping[str, Product]


def read_dosing(plain: Mapping[str, Any]) -> DosingCatalogue:
    """The dosing catalogue. Raises CatalogueRefused with every fault."""
    dosing: dict[str, Dosing] = {}
    products: dict[str, Product] = {}
    with reading(plain) as top:
        tables = top.entry("dosing")
        if tables is not None:
            for key, entry in tables.tables():
                dosing[key] = _dosing(key, entry)
                entry.close()
            tables.close()
        tables = top.entry("product", needed=False)
        if tables is not None:
            for key, entry in tables.tables():
                products[key] = _product(key, entry)
                entry.close()
            tables.close()
    return DosingCatalogue(dosing, products)


def _dosing(key: str, entry: Entry) -> Dosing:
    low = entry.number("concentration_low", needed=False, above=0)
    high = entry.number("concentration_high", needed=False, above=0)
    amount = entry.number("concentration", needed=False, above=0)
    push = entry.number("push_concentration", needed=False, above=0)
    unit = entry.choice(
        "concentration_unit",
        _CONCENTRATIONS,
        needed=any(one is not None for one in (low, high, amount, push)),
    )
    if low is not None and high is not None and low > high:
        entry.fault(
            f"concentration_low {low:f} is above concentration_high {high:f}.",
            "Give the lower one first.",
            "concentration_low",
        )
    return Dosing(
        therapy=key,
        routes=entry.choices("routes", _ROUTES),
        deliveries=entry.choices("deliveries", _DELIVERIES),
        diluents=entry.texts("diluents", needed=False),
        not_with=entry.texts("not_with", needed=False),
        undiluted=entry.yes("undiluted"),
        ready_to_use=entry.yes("ready_to_use"),
        volume_ml=entry.number("volume_ml", needed=False, above=0),
        most_volume_ml=entry.number("most_volume_ml", needed=False, above=0),
        concentration=Concentration(amount, unit) if amount is not None and unit else None,
        concentration_low=low,
        concentration_high=high,
        concentration_unit=unit,
        push_concentration=push,
        vials=entry.figures("vials", needed=False),
        vial_unit=entry.choice("vial_unit", _DOSES, needed=entry.has("vials")),
        least_minutes=entry.number("least_minutes", needed=False, above=0),
        most_mg_per_minute=entry.number("most_mg_per_minute", needed=False, above=0),
        flush_after_ml=entry.number("flush_after_ml", needed=False, above=0),
        flush_words=entry.text("flush_words", needed=False),
        doses=tuple(_dose(one) for one in entry.each("dose", needed=False)),
        note=entry.text("note", needed=False),
        mark=entry.choice("mark", MARKS),
        source=entry.source(),
    )


def _dose(entry: Entry) -> DoseRow:
    low = entry.number("low", above=0) or Decimal(1)
    high = entry.number("high", above=0) or low
    usual = entry.number("usual", above=0) or low
    if not low <= usual <= high:
        entry.fault(
            f"the dose range {low:f}, {usual:f}, {high:f} is not in order.",
            "Give low, usual and high from the lowest to the highest.",
            "low",
        )
    row = DoseRow(
        basis=entry.choice("basis", _BASES),
        low=low,
        usual=usual,
        high=high,
        unit=entry.choice("unit", _DOSES),
        words=entry.text("words"),
        indications=entry.choices("indications", INDICATION_KEYS, needed=False),
        from_kg=entry.number("from_kg", needed=False, above=0),
        above_kg=entry.number("above_kg", needed=False, above=0),
        to_kg=entry.number("to_kg", needed=False, above=0),
        below_kg=entry.number("below_kg", needed=False, above=0),
        most=entry.number("most", needed=False, above=0),
        every=entry.number("every", needed=False, above=0),
        every_unit=entry.choice("every_unit", _PERIODS, needed=entry.has("every")),
        doses=entry.whole("doses", needed=False, low=1),
        days=entry.whole("days", needed=False, low=1),
    )
    entry.close()
    return row


def _product(key: str, entry: Entry) -> Product:
    return Product(
        key=key,
        therapy=entry.text("therapy"),
        name=entry.text("name"),
        rate_unit=entry.choice("rate_unit", _RATES, needed=entry.has("most")),
        first_rate=entry.number("first_rate", needed=False, above=0),
        most=tuple(_most(one) for one in entry.each("most", needed=False)),
        risk_cap=entry.number("risk_cap", needed=False, above=0),
        factor=entry.number("factor", needed=False, above=0),
        most_sites=entry.whole("most_sites", needed=False, low=1),
        apart_cm=entry.number("apart_cm", needed=False, above=0),
        first_doses=entry.whole("first_doses", needed=False, low=1),
        sites=tuple(_site(one) for one in entry.each("site", needed=False)),
        flush_words=entry.text("flush_words", needed=False),
        refrigerated=entry.yes("refrigerated"),
        to_confirm=entry.texts("to_confirm", needed=False),
        mark=entry.choice("mark", MARKS),
        source=entry.source(),
    )


def _most(entry: Entry) -> RateLimit:
    limit = RateLimit(
        entry.number("rate", above=0) or Decimal(1),
        entry.choices("indications", INDICATION_KEYS, needed=False),
    )
    entry.close()
    return limit


def _site(entry: Entry) -> SiteLimit:
    limit = SiteLimit(
        when=entry.choice("when", ("first", "later")),
        ml=entry.number("ml", needed=False, above=0),
        ml_per_hour=entry.number("ml_per_hour", above=0) or Decimal(1),
        indications=entry.choices("indications", INDICATION_KEYS, needed=False),
        not_indications=entry.choices("not_indications", INDICATION_KEYS, needed=False),
    )
    entry.close()
    return limit
