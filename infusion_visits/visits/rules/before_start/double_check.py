"""Was a high-alert drug checked by a second person? Clinical reference 7.3."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infusion_visits.sections.infusion.fields import COMPARED, PUMP, SOLO

if TYPE_CHECKING:
    from collections.abc import Iterator

    from infusion_visits.core.findings import Finding
    from infusion_visits.visits.rules.before_start.asked import Start

ADULT_YEARS = 18


def high_alert(start: Start) -> str:
    """Why it needs an independent double-check; "" where it does not."""
    order, therapy = start.order, start.therapy
    if therapy is not None and therapy.high_alert:
        return f"{therapy.name} is high-alert"
    age = start.facts.age_years
    if order is not None and order.dose_per_kg and age is not None and age < ADULT_YEARS:
        return "a dose by weight for a child is high-alert"
    return ""


def double_check(start: Start) -> Iterator[Finding]:
    """A second check before the start, by somebody else, of everything on the list."""
    why = high_alert(start)
    one = start.one
    if not why or one is None:
        return
    if one.second_check is None:
        yield start.stop(
            "double-check",
            f"Second check first: {why}.",
            field="second_check",
            do_first=True,
        )
        return
    if one.second_check == SOLO:
        yield start.stop(
            "not-independent",
            f"Read twice by the same nurse is not an independent double-check: {why}.",
            field="second_check",
        )
    asked = [item for item in COMPARED if item.key != "programme" or one.method == PUMP]
    lacking = [item.label for item in asked if item.key not in (one.compared or ())]
    if lacking:
        yield start.stop(
            "not-compared",
            f"Second check: not said that these were compared: {', '.join(lacking)}.",
            field="compared",
            do_first=True,
        )
