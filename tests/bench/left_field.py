"""What a left field shows at a long visit: the rules asked anew, against reading the visit anew."""

from __future__ import annotations

from decimal import Decimal
from itertools import count
from typing import TYPE_CHECKING

from infusion_visits.core.cells import Cell, Row
from infusion_visits.core.clock import SteppingClock
from infusion_visits.core.ids import seeded_ids
from infusion_visits.records.unit_of_work import UnitOfWork
from infusion_visits.visits.open_visit import OpenVisit, load
from infusion_visits.visits.queries import load_people
from tests.bench.filled_record import ZONE, Filled
from tests.bench.timing import Line, in_turns
from tests.fixtures.whole_visit import WholeVisit, admitted

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS = 60
MORE_SETS = 14
AIM_MS = 16.0


def measure(record: Filled) -> Line:
    """A whole infusion with 18 sets of vital signs, nearly done; in turns with its reading."""
    whole = _long(record)

    def read() -> OpenVisit:
        with whole.new_unit() as unit:
            return OpenVisit(load(unit, whole.visit))

    times = in_turns(ROUNDS, _leaving(read(), whole.clock), read)
    return Line(
        f"left field of a visit with {MORE_SETS + 4} sets: shown, its rows read beside",
        *times,
        f"at most {AIM_MS:g} ms",
        times[0] <= AIM_MS,
    )


def _leaving(shown: OpenVisit, clock: SteppingClock) -> Callable[[], object]:
    """Leaves a pulse, each time another; what follows from it is worked out."""
    last = shown.view(clock.now()).record.sections["vitals"].vital_signs[-1]
    cell = Cell("vitals", Row("vital_signs", last.mark.row.at), "pulse")
    figures = count()

    def leave() -> object:
        clock.forward(seconds=5)
        shown.put(cell, {"pulse": Decimal(70 + next(figures) % 20)})
        return shown.view(clock.now())

    return leave


def _long(record: Filled) -> WholeVisit:
    with record.new_unit() as unit:
        clock = SteppingClock(unit.now)
        who = load_people(unit)[0]
    ids = seeded_ids(clock, 2)
    whole = admitted(lambda: UnitOfWork(record.engine, who.id, clock, ids, ZONE), clock)
    whole.arrive()
    whole.look_at_line()
    whole.infuse()
    for _ in range(MORE_SETS):
        clock.forward(minutes=5)
        whole.vitals()
    return whole
