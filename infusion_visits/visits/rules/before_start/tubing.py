"""Pump, filter and sites under the skin: fit for the therapy? Clinical reference 1.2, 1.3."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from infusion_visits.core.clock import local_day
from infusion_visits.core.moments import show_day
from infusion_visits.core.units import NBSP, plain_number
from infusion_visits.sections.infusion.fields import PUMP

if TYPE_CHECKING:
    from collections.abc import Iterator

    from infusion_visits.core.findings import Finding
    from infusion_visits.sections.infusion.figures import SiteLimit
    from infusion_visits.visits.rules.before_start.asked import Start

_MICRON = re.compile(r"(\d+(?:\.\d+)?) micron")
_NAMED_ALIKE = Decimal("1.15")
"""A filter of 0.2 micron and one of 0.22 are the same."""


def pump_and_filter(start: Start) -> Iterator[Finding]:
    """The therapy's filter is in the line; the pump's maintenance is not overdue."""
    one, therapy = start.one, start.therapy
    if one is None:
        return
    wanted = therapy.filter if therapy else ""
    if wanted and not _fits(one.filter, wanted):
        said = "no filter is said to be in the line" if one.filter is None else "not this filter"
        yield start.stop(
            "filter",
            f"{therapy.name if therapy else ''} takes a filter {wanted}: {said}.",
            field="filter",
            do_first=one.filter is None,
        )
    day = local_day(start.at, start.facts.zone)
    if one.method == PUMP and one.pump_due is not None and one.pump_due < day:
        yield start.stop(
            "pump-maintenance",
            f"The maintenance of this pump was valid until {show_day(one.pump_due)}.",
            field="pump_due",
        )


def _fits(chosen: str | None, wanted: str) -> bool:
    """A filter of the set is taken as the pharmacy's choice; no size, nothing to compare."""
    if chosen in {None, "none"}:
        return False
    sizes = [Decimal(size) for size in _MICRON.findall(wanted)]
    if chosen == "set" or not sizes:
        return True
    return Decimal(str(chosen)) <= max(sizes) * _NAMED_ALIKE


def sites(start: Start) -> Iterator[Finding]:
    """Not more under the skin in one site than the product allows."""
    one, order, therapy = start.one, start.order, start.therapy
    if one is None or order is None or therapy is None:
        return
    standing = [site for site in one.infusion_site if site.mark.struck is None]
    limit = _limit(start, therapy.key, order.brand)
    if limit is None:
        return
    most = limit.first_ml if order.first_dose else limit.later_ml
    for site in standing:
        if site.volume_ml is not None and site.volume_ml > most:
            yield start.stop(
                "site-volume",
                f"{plain_number(site.volume_ml)}{NBSP}mL in one site; "
                f"{plain_number(most)}{NBSP}mL at most.",
                field="volume_ml",
                row=site.mark.row,
            )
    if limit.most_sites is not None and len(standing) > limit.most_sites:
        words = f"{len(standing)} sites; {limit.most_sites} at most."
        yield start.stop("site-volume", words, part="sites")


def _limit(start: Start, therapy: str, brand: str) -> SiteLimit | None:
    """That of the brand, else that of the therapy."""
    known = [one for one in start.figures.site_limits if one.therapy == therapy]
    own = [one for one in known if one.brand and one.brand.casefold() in brand.casefold()]
    return next(iter(own), None) or next((one for one in known if not one.brand), None)
