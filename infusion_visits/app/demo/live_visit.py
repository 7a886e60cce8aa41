"""The live visit of the demo agency, told as far as one likes: for pictures of work under way."""

from __future__ import annotations

import copy
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from infusion_visits.app.demo import make
from infusion_visits.app.demo.driver import Teller
from infusion_visits.app.demo.stories import LIVE, Story, Visit, load_stories
from infusion_visits.core.clock import SteppingClock, instant_of
from infusion_visits.core.ids import seeded_ids
from infusion_visits.visits import actions
from infusion_visits.visits.queries import load_people

if TYPE_CHECKING:
    from pathlib import Path
    from uuid import UUID


class LiveVisit(Teller):
    """One visit under way: entries are charted at their own times, then the clock stands still."""

    story: Story
    visit: Visit
    key: UUID
    count: int = 0

    @classmethod
    def begin(cls, home: Path, today: date, seed: int) -> LiveVisit:
        """The visit started in the agency that `make` made for the same day. To be closed."""
        clock = SteppingClock(datetime.combine(today, time(12), UTC))
        ids = seeded_ids(clock, seed + 1)
        unlocked = make.unlock_demo(home, clock)
        with unlocked.unit(clock, ids, make.ZONE, write=False) as unit:
            members = {one.role: one for one in load_people(unit)}
        live = cls(unlocked.record, clock, ids, make.ZONE, today, members, {})
        live.story, live.visit = _live_story(today)
        live._start()
        return live

    def _start(self) -> None:
        planned = self.when(self.visit, self.story.zone)
        name = f"{self.story.key}/{self.visit.key}"
        self.clock.at = planned - timedelta(minutes=5)
        with self.unit() as unit:
            self._find(unit, self.story, self.visit, planned)
        if name not in self.visits:
            self._plan(planned, self.story, self.visit)
        self.key = self.visits[name]
        self.clock.at = planned
        with self.unit(self.visit.nurse) as unit:
            actions.start(unit, self.key)

    def go_on(self, until: time) -> None:
        """Charts what took place until the wall time `until`; then it is that time."""
        start = self.when(self.visit, self.story.zone)
        due = [one for one in self.visit.entries[self.count :] if one.at <= f"{until:%H:%M}"]
        for entry in due:
            self._chart(start, self.key, self.story, self.visit, entry)
        self.count += len(due)
        self.clock.at = instant_of(datetime.combine(self.today, until), self.story.zone)

    def again(self) -> LiveVisit:
        """The same moment, to be told on in a copy of the record."""
        live = copy.copy(self)
        live.names, live.clock = dict(self.names), SteppingClock(self.clock.at)
        return live

    def close(self) -> None:
        """Closes the record."""
        self.record.close()


def _live_story(today: date) -> tuple[Story, Visit]:
    for story in load_stories(today):
        for visit in story.visits:
            if visit.end == LIVE:
                return story, replace(visit, end="started")
    raise LookupError("no story of the demo agency has a live visit")
