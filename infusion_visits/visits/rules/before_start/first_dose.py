"""Is a first dose allowed here and now? Clinical reference 1.1, 7.4."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infusion_visits.core.moments import show_minutes
from infusion_visits.sections.infusion.fields import FIRST_DOSE_READY, KIT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from infusion_visits.core.findings import Finding
    from infusion_visits.visits.rules.before_start.asked import Start

SLOWLY = (
    "The slow rates and the watching of a first dose, per agency protocol / prescriber's order."
)


def first_dose(start: Start) -> Iterator[Finding]:
    """Authorised at home, kit in date, the nurse present throughout, telephone, watching."""
    order = start.order
    if order is None:
        return
    if not order.first_dose:
        yield from _not_called_first(start)
        return
    if order.exposed_again:
        yield start.advice(
            "first-dose-again", order.dose_words, field="first_dose_ready", detail=SLOWLY
        )
    if not order.home_first_dose_allowed:
        yield start.stop("first-dose", "First dose: the prescriber has not authorised it at home.")
    if start.facts.kit_in_date is False:
        yield start.stop(
            "first-dose-kit",
            "First dose: something in the emergency kit is missing or out of date.",
            field="first_dose_ready",
        )
    if start.one is not None:
        yield from _conditions(start, start.one.first_dose_ready or ())
    therapy = order.therapy
    asked = therapy.first_observation_minutes if therapy else None
    if asked and (order.observation_minutes or 0) < asked:
        ordered = show_minutes(order.observation_minutes) if order.observation_minutes else "no"
        yield start.stop(
            "first-dose-observation",
            f"First dose: the order asks for {ordered} watching afterwards; "
            f"{show_minutes(asked)} are usual.",
        )


def _not_called_first(start: Start) -> Iterator[Finding]:
    """A dose that the order calls no first one: nobody asked, or one of the early doses."""
    order = start.order
    therapy = start.therapy
    if order is None or therapy is None:
        return
    written = start.record.patient.order(order.order)
    if written is not None and written.first_dose is None and not order.dose_known:
        yield start.advice(
            "first-dose-not-said",
            f"Is it a first dose? {order.dose_words}",
            field="order_id",
            detail=f"The order does not say. If it is: {SLOWLY[0].lower()}{SLOWLY[1:]}",
        )
    asked = therapy.first_observation_minutes
    if order.watched_as_first and asked and (order.observation_minutes or 0) < asked:
        yield start.advice(
            "early-dose-observation",
            f"One of the first {therapy.first_doses} doses: {show_minutes(asked)} watching "
            "afterwards are usual.",
            field="order_id",
            detail="Per agency protocol / prescriber's order.",
        )


def _conditions(start: Start, met: tuple[str, ...]) -> Iterator[Finding]:
    """What the nurse says herself; the kit counts as said where its check found it in date."""
    by_check = {KIT} if start.facts.kit_checked and start.facts.kit_in_date else set()
    lacking = [one.label for one in FIRST_DOSE_READY if one.key not in {*met, *by_check}]
    if lacking:
        yield start.stop(
            "first-dose-conditions",
            f"First dose: not yet said: {'; '.join(lacking)}.",
            field="first_dose_ready",
            do_first=True,
        )
