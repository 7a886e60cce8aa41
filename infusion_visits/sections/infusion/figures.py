"""The figures that an infusion goes by, read from their catalogues.

`resources/clinical/infusion.toml` (windows, storage, sites), `calculations.toml` (tolerances of
volume), `access.toml` (restart after a hold). Each entry names its source; an agency may edit them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from infusion_visits.core.calculations.constants import CATALOGUE as CALCULATIONS
from infusion_visits.core.calculations.constants import Constants, read_constants
from infusion_visits.core.catalogue import Entry, decimal_of, read_once, reading
from infusion_visits.core.resources import load_catalogue
from infusion_visits.sections.infusion.fields import ELASTOMERIC

if TYPE_CHECKING:
    from infusion_visits.patients.facts import Facts
    from infusion_visits.sections.infusion.values import InfusionGiven

CATALOGUE = "infusion"
ACCESS = "access"
KEEPINGS = ("cold", "room", "frozen")


@dataclass(frozen=True, slots=True)
class Keeping:
    """The temperatures in degrees Celsius at which a product is kept, both ends included."""

    low_c: Decimal
    high_c: Decimal


@dataclass(frozen=True, slots=True)
class SiteLimit:
    """The most mL in one site under the skin, for a therapy (and a brand, where it names one)."""

    therapy: str
    brand: str
    first_ml: Decimal
    later_ml: Decimal
    most_sites: int | None
    apart_cm: Decimal | None


@dataclass(frozen=True, slots=True)
class Figures:
    """What the rules of an infusion go by. Minutes whole, shares as fractions of one."""

    after_restart_minutes: int
    restart_share: Fraction
    step_early_minutes: Fraction
    step_late_minutes: Fraction
    baseline_within: timedelta
    out_of_cold_minutes: int
    keepings: Mapping[str, Keeping]
    site_limits: tuple[SiteLimit, ...]
    constants: Constants

    def tolerance(self, infusion: InfusionGiven) -> Fraction:
        """How far given may be from expected: 5 %, for an elastomeric device 15 % (practice)."""
        return Fraction(self.tolerance_percent(infusion)) / 100

    def tolerance_percent(self, infusion: InfusionGiven) -> Decimal:
        """The same in percent."""
        kind = "elastomeric" if infusion.method == ELASTOMERIC else "pump"
        return self.constants.tolerances.get(kind, Decimal(5))


def read_figures(
    plain: Mapping[str, Any], constants: Constants, access: Mapping[str, Any]
) -> Figures:
    """The figures. Raises CatalogueRefused with every fault of the first."""
    hold = access.get("rule", {}).get("hold", {})
    with reading(plain) as top:
        return Figures(
            after_restart_minutes=int(decimal_of(hold.get("minutes")) or 30),
            restart_share=Fraction(decimal_of(hold.get("percent")) or Decimal(50)) / 100,
            step_early_minutes=Fraction(_figure(top, "step_early", "minutes", Decimal(2))),
            step_late_minutes=Fraction(_figure(top, "step_late", "minutes", Decimal(10))),
            baseline_within=timedelta(minutes=_whole(top, "baseline", "minutes", 30)),
            out_of_cold_minutes=_whole(top, "out_of_refrigerator", "minutes", 480),
            keepings=dict(_keepings(top)),
            site_limits=tuple(_site_limit(one) for one in top.each("site_limit")),
            constants=constants,
        )


def read_infusion(plain: Mapping[str, Any]) -> Figures:
    """The catalogue alone, to be checked when it is loaded; tolerances are those in force."""
    constants = read_constants(load_catalogue(CALCULATIONS))
    return read_figures(plain, constants, load_catalogue(ACCESS))


_read = read_once(lambda plain, other, access: read_figures(plain, read_constants(other), access))


def figures_for(facts: Facts | None = None) -> Figures:
    """The figures in force: those kept with a signed record, else those of the catalogues."""
    kept = facts.catalogue if facts is not None else {}
    return _read(
        kept.get(CATALOGUE) or load_catalogue(CATALOGUE),
        kept.get(CALCULATIONS) or load_catalogue(CALCULATIONS),
        kept.get(ACCESS) or load_catalogue(ACCESS),
    )


def _figure(top: Entry, key: str, name: str, default: Decimal) -> Decimal:
    entry = top.entry(key)
    if entry is None:
        return default
    entry.source()
    found = entry.number(name, above=0)
    entry.yes("unsure")
    entry.close()
    return default if found is None else found


def _whole(top: Entry, key: str, name: str, default: int) -> int:
    figure = _figure(top, key, name, Decimal(default))
    if figure != figure.to_integral_value():
        top.fault(f"{figure:f} is not whole.", "Write a whole number.", key)
        return default
    return int(figure)


def _keepings(top: Entry) -> list[tuple[str, Keeping]]:
    group = top.entry("keeping")
    if group is None:
        return []
    made = []
    for key, entry in group.tables():
        if key not in KEEPINGS:
            entry.fault(f"{key} is no way of keeping.", f"It is one of: {', '.join(KEEPINGS)}.")
        entry.source()
        low, high = entry.number("low_c"), entry.number("high_c")
        entry.close()
        if low is not None and high is not None:
            if low > high:
                entry.fault("the low is above the high.", "Exchange them.", "low_c")
            made.append((key, Keeping(low, high)))
    group.close()
    return made


def _site_limit(entry: Entry) -> SiteLimit:
    entry.source()
    made = SiteLimit(
        therapy=entry.text("therapy"),
        brand=entry.text("brand", needed=False),
        first_ml=entry.number("first_ml", above=0) or Decimal(1),
        later_ml=entry.number("later_ml", above=0) or Decimal(1),
        most_sites=entry.whole("most_sites", needed=False, low=1),
        apart_cm=entry.number("apart_cm", needed=False, above=0),
    )
    entry.close()
    return made
