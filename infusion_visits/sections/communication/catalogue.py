"""The days and minutes of the log: read and checked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from infusion_visits.core.catalogue import read_once, reading
from infusion_visits.core.resources import load_catalogue

if TYPE_CHECKING:
    from collections.abc import Mapping

    from infusion_visits.patients.facts import Facts

CATALOGUE = "communication"


@dataclass(frozen=True, slots=True)
class LogTimes:
    """Days within which a verbal order is signed; minutes after which one calls again."""

    sign_within_days: int
    due_soon_days: int
    call_again_minutes: int
    unsure: bool


@read_once
def read_times(plain: Mapping[str, Any]) -> LogTimes:
    """The times. Raises CatalogueRefused with every fault."""
    with reading(plain) as top:
        top.text("edition")
        top.text("source")
        days = soon = minutes = 0
        unsure = False
        order, call = top.entry("verbal_order"), top.entry("call")
        if order is not None:
            days = order.whole("sign_within_days", low=1, high=60) or 0
            soon = order.whole("due_soon_days", low=0, high=60) or 0
            unsure = order.yes("unsure")
            order.source()
            order.close()
        if call is not None:
            minutes = call.whole("call_again_minutes", low=1, high=1440) or 0
            call.yes("unsure")
            call.source()
            call.close()
    return LogTimes(days, soon, minutes, unsure)


def times_of(facts: Facts) -> LogTimes:
    """The times in force: those kept with a signed record, else those of the house."""
    return read_times(facts.catalogue.get(CATALOGUE) or load_catalogue(CATALOGUE))
