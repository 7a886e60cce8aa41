"""The open house: an unlocked record with its one worker path, clock and reporter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from infusion_visits.app.catalogues.loading import AgencyCatalogues, Standing, take_back
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
    standing: tuple[Standing, ...] = ()
    """The agency's own catalogues, and what came of each; those that count are in force."""

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
        from infusion_visits.exchange.apart import SHARED

        SHARED.stop()
        failed = self.runner.close()
        self.unlocked.close()
        take_back()
        return failed

    @property
    def catalogues(self) -> AgencyCatalogues:
        """What may be done with the agency's own catalogues, never on the interface thread."""
        return agency_catalogues(self.unlocked, self.clock, self.ids, self.zone)


def agency_catalogues(unlocked: Unlocked, clock: Clock, ids: Ids, zone: str) -> AgencyCatalogues:
    """The agency's own catalogues of an open record."""
    return AgencyCatalogues(
        lambda: unlocked.unit(clock, ids, zone, write=False),
        lambda: unlocked.unit(clock, ids, zone),
    )


def entered(unlocked: Unlocked, clock: Clock, zone: str) -> tuple[Unlocked, tuple[Standing, ...]]:
    """After unlocking: the agency's catalogues count from now on. Not on the interface thread."""
    try:
        return unlocked, agency_catalogues(unlocked, clock, TimedIds(clock), zone).enter()
    except BaseException:
        unlocked.close()
        raise


def open_house(
    unlocked: Unlocked,
    standing: tuple[Standing, ...],
    clock: Clock,
    zone: str,
    report: Reporter,
    *,
    demo: bool,
) -> House:
    """The house of an unlocked record. Must be called on the interface thread."""
    ids = TimedIds(clock)
    with unlocked.unit(clock, ids, zone, write=False) as unit:
        chosen = settings(unit)
    runner = Runner(lambda: unlocked.unit(clock, ids, zone), report)
    report.zone = zone
    return House(unlocked, clock, ids, zone, runner, report, chosen, demo, standing)
