"""How fast therapies are usually given: `resources/clinical/ladders.toml`, read and checked.

A ladder that leads nowhere is refused: rates of 0 or below, a step after the one that runs until
complete, steps that end before the volume is in, a total that its steps do not give.
Source: clinical reference 1.2, 1.6, 8.5.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from infusion_visits.core.calculations.exact import CannotBeWorkedOut
from infusion_visits.core.calculations.ordered_rates import (
    RATE_UNITS,
    Concentration,
    goes_by_concentration,
    goes_by_weight,
    pump_rate_of,
)
from infusion_visits.core.catalogue import reading
from infusion_visits.patients.order_options import (
    CONCENTRATION_UNITS,
    DOSE_UNITS,
    INDICATIONS,
    ROUTES,
)
from infusion_visits.patients.therapy.catalogue import MARKS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from infusion_visits.core.catalogue import Entry

CATALOGUE = "ladders"
SHAPES = ("steps", "over", "push", "range", "cycle", "sites", "pca")
WHEN = ("first", "later", "any")
TOTAL_WITHIN_MINUTES = Fraction(1, 10)
_UNITS = tuple(RATE_UNITS)
_CONCENTRATIONS = tuple(option.key for option in CONCENTRATION_UNITS)
_DOSES = tuple(option.key for option in DOSE_UNITS)
_INDICATIONS = tuple(option.key for option in INDICATIONS)
_ROUTES = tuple(option.key for option in ROUTES)


@dataclass(frozen=True, slots=True)
class LadderStep:
    """One rung, in the unit of its ladder; `minutes` None runs until complete."""

    rate: Decimal
    minutes: Decimal | None


@dataclass(frozen=True, slots=True)
class Limits:
    """What a ladder without steps keeps within; None is not said. Rates in the ladder's unit."""

    rate_low: Decimal | None = None
    rate_high: Decimal | None = None
    max_ml_per_minute: Decimal | None = None
    least_minutes: Decimal | None = None
    longest_minutes: Decimal | None = None
    least_hours: Decimal | None = None
    longest_hours: Decimal | None = None
    demand_low: Decimal | None = None
    demand_high: Decimal | None = None
    lockout_low: Decimal | None = None
    lockout_high: Decimal | None = None
    ml_per_site: Decimal | None = None
    ml_per_hour_site: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Ladder:
    """A ladder of one therapy: for which doses, products and indications, and how it goes.

    `shape` says which parts count: `steps` in `unit`; `over_minutes` (shapes over and push);
    `cycle_hours` with its ramps; else `limits` alone. A `scaled` ladder goes with the volume.
    """

    key: str
    therapy: str
    title: str
    shape: str
    when: str
    product: str
    route: str
    indications: tuple[str, ...]
    dose: Decimal | None
    dose_unit: str
    volume_ml: Decimal | None
    scaled: bool
    concentration: Concentration | None
    unit: str
    steps: tuple[LadderStep, ...]
    over_minutes: Decimal | None
    cycle_hours: Decimal | None
    ramp_up_hours: Decimal | None
    ramp_down_hours: Decimal | None
    total_minutes: Decimal | None
    flush_ml: Decimal | None
    flush_ml_per_hour: Decimal | None
    limits: Limits
    only_after: str
    note: str
    mark: str
    source: str


def read_ladders(plain: Mapping[str, Any]) -> dict[str, Ladder]:
    """All ladders by key. Raises CatalogueRefused with every fault of the catalogue."""
    found: dict[str, Ladder] = {}
    with reading(plain) as top:
        tables = top.entry("ladder")
        if tables is not None:
            for key, entry in tables.tables():
                found[key] = _ladder(key, entry)
                _check(found[key], entry)
                entry.close()
            tables.close()
    return found


def _ladder(key: str, entry: Entry) -> Ladder:
    shape = entry.choice("shape", SHAPES)
    return Ladder(
        key=key,
        therapy=entry.text("therapy"),
        title=entry.text("title"),
        shape=shape,
        when=entry.choice("when", WHEN),
        product=entry.text("product", needed=False),
        route=entry.choice("route", _ROUTES, needed=False),
        indications=entry.choices("indications", _INDICATIONS, needed=False),
        dose=entry.number("dose", needed=False, above=0),
        dose_unit=entry.choice("dose_unit", _DOSES, needed=entry.has("dose")),
        volume_ml=entry.number("volume_ml", needed=False, above=0),
        scaled=entry.yes("scaled"),
        concentration=_concentration(entry),
        unit=entry.choice("unit", _UNITS, needed=shape in {"steps", "range"}),
        steps=_steps(entry) if shape == "steps" else (),
        over_minutes=entry.number("over_minutes", needed=shape in {"over", "push"}, above=0),
        cycle_hours=entry.number("cycle_hours", needed=shape == "cycle", above=0, high=24),
        ramp_up_hours=entry.number("ramp_up_hours", needed=False, low=0),
        ramp_down_hours=entry.number("ramp_down_hours", needed=False, low=0),
        total_minutes=entry.number("total_minutes", needed=False, above=0),
        flush_ml=entry.number("flush_ml", needed=False, above=0),
        flush_ml_per_hour=entry.number("flush_ml_per_hour", needed=False, above=0),
        limits=_limits(entry),
        only_after=entry.text("only_after", needed=False),
        note=entry.text("note", needed=False),
        mark=entry.choice("mark", MARKS),
        source=entry.source(),
    )


def _concentration(entry: Entry) -> Concentration | None:
    amount = entry.number("concentration", needed=False, above=0)
    unit = entry.choice("concentration_unit", _CONCENTRATIONS, needed=amount is not None)
    return None if amount is None or not unit else Concentration(amount, unit)


def _steps(entry: Entry) -> tuple[LadderStep, ...]:
    made = []
    for one in entry.each("steps"):
        rate = one.number("rate", above=0)
        minutes = one.number("minutes", needed=False, above=0)
        one.close()
        if rate is not None:
            made.append(LadderStep(rate, minutes))
    return tuple(made)


def _limits(entry: Entry) -> Limits:
    def figure(key: str) -> Decimal | None:
        return entry.number(key, needed=False, above=0)

    return Limits(
        rate_low=figure("rate_low"),
        rate_high=figure("rate_high"),
        max_ml_per_minute=figure("max_ml_per_minute"),
        least_minutes=figure("least_minutes"),
        longest_minutes=figure("longest_minutes"),
        least_hours=figure("least_hours"),
        longest_hours=figure("longest_hours"),
        demand_low=figure("demand_low"),
        demand_high=figure("demand_high"),
        lockout_low=figure("lockout_low"),
        lockout_high=figure("lockout_high"),
        ml_per_site=figure("ml_per_site"),
        ml_per_hour_site=figure("ml_per_hour_site"),
    )


_PAIRS = (
    ("rate_low", "rate_high"),
    ("least_minutes", "longest_minutes"),
    ("least_hours", "longest_hours"),
    ("demand_low", "demand_high"),
    ("lockout_low", "lockout_high"),
)


def _check(ladder: Ladder, entry: Entry) -> None:
    for low, high in _PAIRS:
        least, most = getattr(ladder.limits, low), getattr(ladder.limits, high)
        if least is not None and most is not None and least > most:
            entry.fault(
                f"{low} {least:f} is above {high} {most:f}.", "Give the lower one first.", low
            )
    if ladder.shape == "steps":
        _check_steps(ladder, entry)
    if ladder.shape == "cycle" and ladder.cycle_hours is not None:
        ramps = (ladder.ramp_up_hours or 0) + (ladder.ramp_down_hours or 0)
        if ramps >= ladder.cycle_hours:
            entry.fault("the ramps are as long as the cycle.", "Shorten them.", "cycle_hours")


def _check_steps(ladder: Ladder, entry: Entry) -> None:
    if not ladder.steps:
        entry.fault("the ladder has no step.", "Add steps = [{ rate = …, minutes = … }].", "steps")
        return
    endless = [number for number, step in enumerate(ladder.steps) if step.minutes is None]
    if endless and endless[0] < len(ladder.steps) - 1:
        entry.fault(
            f"step {endless[0] + 1} runs until complete, so the steps after it never begin.",
            "Give it minutes, or take the steps after it out.",
            "steps",
        )
        return
    if goes_by_concentration(ladder.unit) and ladder.concentration is None and ladder.total_minutes:
        entry.fault(
            f"a total cannot come from {ladder.unit} without a concentration.",
            "Add concentration and concentration_unit.",
            "total_minutes",
        )
        return
    _check_end(ladder, entry, ends=bool(endless))


def _check_end(ladder: Ladder, entry: Entry, *, ends: bool) -> None:
    """The steps bring the volume in; a total that is named is what they take."""
    walked = _walk(ladder)
    if walked is None:
        if not ends:
            entry.fault(
                "it is not known whether the steps deliver the volume.",
                "Let the last step run until complete: take its minutes out.",
                "steps",
            )
        return
    minutes, left = walked
    if left > 0:
        entry.fault(
            f"the steps end before the volume is in: {float(left):.1f} mL are left.",
            "Let the last step run until complete: take its minutes out.",
            "steps",
        )
    elif (
        ladder.total_minutes is not None
        and abs(minutes - Fraction(ladder.total_minutes)) > TOTAL_WITHIN_MINUTES
    ):
        entry.fault(
            f"the steps take {float(minutes):.1f} minutes, not {ladder.total_minutes:f}.",
            "Mend the steps or the total.",
            "total_minutes",
        )


def _walk(ladder: Ladder) -> tuple[Fraction, Fraction] | None:
    """Minutes taken and mL left; None where rates or volume are not known without an order."""
    if ladder.volume_ml is None or goes_by_weight(ladder.unit) or ladder.unit not in RATE_UNITS:
        return None
    left, minutes = Fraction(ladder.volume_ml), Fraction(0)
    for step in ladder.steps:
        try:
            rate = pump_rate_of(step.rate, ladder.unit, None, ladder.concentration).value
        except CannotBeWorkedOut:
            return None
        to_end = left * 60 / rate
        taken = to_end if step.minutes is None else min(Fraction(step.minutes), to_end)
        minutes += taken
        left -= rate * taken / 60
    return minutes, left
