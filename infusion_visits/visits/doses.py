"""How the dose of a visit counts: by the order, and by the doses that the record knows of.

Source: clinical reference 1.1 (a long gap or another product counts as a first dose again), 7.4.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from infusion_visits.patients.therapy.first_dose import DoseState, count_dose, history_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from infusion_visits.patients.facts import DoseFact, OrderFact
    from infusion_visits.patients.values import TherapyOrder


def counted(
    order: OrderFact, written: TherapyOrder, doses: Iterable[DoseFact], day: date
) -> OrderFact:
    """The order with how its dose counts on `day`, the day of the visit at the home.

    After a long gap, or with another brand, a dose is a first one whatever the order said when it
    was written. The first dose of an order is over once the record holds a dose of its therapy.
    """
    therapy = order.therapy
    if therapy is None:
        return order
    history = history_of(therapy.key, therapy.name, doses, written.last_dose_day)
    count = count_dose(therapy, history, order.brand, day)
    again = count.state is DoseState.EXPOSED_AGAIN
    given_here = count.state is DoseState.LATER and history.count > 0
    return replace(
        order,
        first_dose=again or (order.first_dose and not given_here),
        dose_words=count.words,
        dose_known=history.last is not None,
        exposed_again=again,
        watched_as_first=count.observation_first and history.last is not None,
    )
