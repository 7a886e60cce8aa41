"""May this infusion start? One module for each question; here they are asked of every infusion.

Clinical reference 1.1, 1.3, 1.7, 7.3, 7.4, 7.5, 7.11. Per agency protocol; which of the stops may
be gone past stands in gates.toml.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from infusion_visits.core.kinds import INFUSION_KINDS
from infusion_visits.sections.infusion.fields import FOUND
from infusion_visits.sections.infusion.progress import began_at
from infusion_visits.sections.infusion.rules import acts_of, standing
from infusion_visits.sections.infusion.values import Infusion
from infusion_visits.visits.rules.before_start.access import through_this_line
from infusion_visits.visits.rules.before_start.asked import Start
from infusion_visits.visits.rules.before_start.baseline import baseline
from infusion_visits.visits.rules.before_start.double_check import double_check
from infusion_visits.visits.rules.before_start.first_dose import first_dose
from infusion_visits.visits.rules.before_start.line_now import as_the_line_was_found
from infusion_visits.visits.rules.before_start.order import has_an_order, order_holds
from infusion_visits.visits.rules.before_start.premedication import premedication
from infusion_visits.visits.rules.before_start.product import products
from infusion_visits.visits.rules.before_start.tubing import pump_and_filter, sites

if TYPE_CHECKING:
    from collections.abc import Iterator

    from infusion_visits.core.findings import Finding
    from infusion_visits.patients.facts import Facts
    from infusion_visits.visits.record import VisitRecord

__all__ = ["before_start", "started_although"]

_OF_A_START = (
    order_holds,
    through_this_line,
    as_the_line_was_found,
    products,
    first_dose,
    premedication,
    double_check,
    pump_and_filter,
    sites,
    baseline,
)
"""What is asked where the infusion is started here; one found running is asked for its order."""


def before_start(record: VisitRecord, facts: Facts) -> Iterator[Finding]:
    """Stops and advice at the start of each infusion that waits.

    Going past a stop counts for one infusion: those after the first carry their row in its key.
    """
    given = standing(record.of(Infusion))
    for number, one in enumerate(given):
        if began_at(acts_of(one)) is None:
            yield from _questions(Start(record, facts, one, facts.now, first=number == 0))
    if not given and facts.kind in INFUSION_KINDS:
        yield from _questions(Start(record, facts, None, facts.now, first=True))


def started_although(record: VisitRecord, facts: Facts) -> Iterator[Finding]:
    """What should have held a start and did not, with the keys that an override would name."""
    for number, one in enumerate(standing(record.of(Infusion))):
        began = began_at(acts_of(one))
        if began is not None:
            start = Start(record, facts, one, began.at, first=number == 0)
            yield from _questions(start, found=began.kind == FOUND)


def _questions(start: Start, *, found: bool = False) -> Iterator[Finding]:
    yield from has_an_order(start)
    if found:
        return
    for question in _OF_A_START:
        yield from question(start)
