"""May this vial or bag be given? Expiry, beyond-use time, storage, inspection.

Source: clinical reference 7.2, 7.5.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from infusion_visits.core.clock import local_day
from infusion_visits.core.moments import show_day, show_instant, show_minutes
from infusion_visits.core.units import NBSP, plain_number
from infusion_visits.sections.infusion.product_fields import CLEAR, INSPECTED, KEPT
from infusion_visits.sections.infusion.rules import lots_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from infusion_visits.core.findings import Finding
    from infusion_visits.sections.infusion.values import ProductLot
    from infusion_visits.visits.rules.before_start.asked import Start

_INSPECTED = {option.key: option.label for option in INSPECTED}
_KEPT = {option.key: option.label for option in KEPT}


def products(start: Start) -> Iterator[Finding]:
    """Every standing lot; a lot of a later bag counts too: it lies there ready."""
    if start.one is None:
        return
    for lot in lots_of(start.one):
        yield from _dates(start, lot)
        yield from _storage(start, lot)
        if lot.inspected not in {None, CLEAR}:
            words = f"{_name(lot)}: {_INSPECTED.get(lot.inspected or '', lot.inspected)}."
            yield start.stop(
                "product-damaged",
                f"{words} Do not give it.",
                field="inspected",
                row=lot.mark.row,
            )


def _dates(start: Start, lot: ProductLot) -> Iterator[Finding]:
    zone, row = start.facts.zone, lot.mark.row
    if lot.expiry is not None and lot.expiry < local_day(start.at, zone):
        words = f"{_name(lot)} expired on {show_day(lot.expiry)}."
        yield start.stop("product-expired", words, field="expiry", row=row)
    if lot.beyond_use is not None and start.at >= lot.beyond_use:
        when = show_instant(lot.beyond_use, zone, beside=start.at)
        words = f"{_name(lot)} was to be used before {when}."
        yield start.stop("product-beyond-use", words, field="beyond_use", row=row)


def _storage(start: Start, lot: ProductLot) -> Iterator[Finding]:
    """Against how it was kept; what the catalogue says is refrigerated counts as kept cold."""
    kept = lot.kept or ("cold" if start.therapy and start.therapy.refrigerated else "")
    limits = start.figures.keepings.get(kept)
    at = lot.kept_at_c
    if limits is not None and at is not None and not limits.low_c <= at <= limits.high_c:
        side = "warm" if at > limits.high_c else "cold"
        yield start.stop(
            "product-temperature",
            f"{_name(lot)} was held too {side}: {plain_number(at)}{NBSP}°C, {_KEPT[kept]} is "
            f"{plain_number(limits.low_c)} to {plain_number(limits.high_c)}{NBSP}°C.",
            field="kept_at_c",
            row=lot.mark.row,
        )
    out, most = lot.out_minutes, start.figures.out_of_cold_minutes
    if kept == "cold" and out is not None and out > most:
        yield start.stop(
            "product-temperature",
            f"{_name(lot)} was out of the refrigerator for {show_minutes(int(out))}; "
            f"{show_minutes(most)} at most, agency to confirm.",
            field="out_minutes",
            row=lot.mark.row,
            part="out",
        )


def _name(lot: ProductLot) -> str:
    said = f"Lot {lot.lot}" if lot.lot else "A lot without a number"
    return f"{said} of {lot.product}" if lot.product else said
