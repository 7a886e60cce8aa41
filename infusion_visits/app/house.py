"""The open house: an unlocked record with its one worker path, clock and reporter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from infusion_visits.app.reporting import Reporter
from infusion_visits.app.runner import Runner
from infusion_visits.core.clock import Clock
from infusion_visits.core.desk import Desk, Open, Who
from infusion_visits.core.ids import Ids, TimedIds
from infusion_visits.team.actions import Unlocked
from infusion_visits.team.queries import AgencyFacts, settings

if TYPE_CHECKING:
    from datetime import datetime

    from infusion_visits.records.unit_of_work import UnitOfWork


@dataclass
class House:
    """Everything that lives from unlock to lock. `demo` says that this is the demo agency."""

    unlocked: Unlocked
    clock: Clock
    ids: Ids
    zone: str
    runner: Runner
    report: Reporter
    settings: Mapping[str, Any]
    demo: bool

    @property
    def member(self) -> Who:
        """Who unlocked."""
        return self.unlocked.member

    @property
    def agency(self) -> AgencyFacts:
        """The agency of this record."""
        return self.unlocked.agency

    def unit(self) -> UnitOfWork:
        """A unit of work of this member."""
        return self.unlocked.unit(self.clock, self.ids, self.zone)

    def desk(self, open_place: Open) -> Desk[UnitOfWork]:
        """What a panel is given."""
        return Desk(self.runner, self.report, self.clock, self.member, open_place)

    def now(self) -> datetime:
        """The present instant."""
        return self.clock.now()

    def close(self) -> tuple[BaseException, ...]:
        """Finishes what waits to be written, then locks the record; gives what failed in that."""
        failed = self.runner.close()
        self.unlocked.close()
        return failed


def open_house(
    unlocked: Unlocked, clock: Clock, zone: str, report: Reporter, *, demo: bool
) -> House:
    """The house of an unlocked record. Must be called on the interface thread."""
    ids = TimedIds(clock)
    with unlocked.unit(clock, ids, zone, write=False) as unit:
        chosen = settings(unit)
    runner = Runner(lambda: unlocked.unit(clock, ids, zone), report)
    report.zone = zone
    return House(unlocked, clock, ids, zone, runner, report, chosen, demo)
