"""Makes the demo agency, and drives one new visit to its signed note."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from infusion_visits.app.demo.driver import Teller
from infusion_visits.app.demo.stories import LIVE, Story, Visit, load_stories
from infusion_visits.app.places import DEMO_PASSPHRASE
from infusion_visits.core.clock import SteppingClock
from infusion_visits.core.ids import Ids, seeded_ids
from infusion_visits.records import key_file
from infusion_visits.records.record_folder import is_record
from infusion_visits.team import actions as team
from infusion_visits.team.actions import NewMember, Unlocked
from infusion_visits.team.queries import UNITS
from infusion_visits.vault.keys import FLOOR
from infusion_visits.visits import queries

if TYPE_CHECKING:
    from uuid import UUID

    from infusion_visits.records.unit_of_work import UnitOfWork
    from infusion_visits.vault.certificates import Signatory

AGENCY = "Riverbend Home Infusion"
TELEPHONE = "555-0142"
ZONE = "America/New_York"
NURSE = NewMember("Ines Halvorsen", "RN, CRNI", "nurse")
COORDINATOR = NewMember("Paula Achterberg", "RN", "coordinator")
SET_UP_DAYS = 150
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# The passphrase of the demo agency is told to everyone, so dear guesses would protect nothing.
_STRETCH = FLOOR


def make(home: Path, today: date, seed: int) -> None:
    """The demo agency in the new folder `home`, whole or not at all.

    Ids, values and times repeat for the same `seed` and `today`; keys, salts and signatures are
    always random.
    """
    _make(home, today, seed)


def _make(home: Path, today: date, seed: int) -> Signatory:
    home.parent.mkdir(parents=True, exist_ok=True)
    half_made = Path(tempfile.mkdtemp(prefix=f".{home.name}-", dir=home.parent)) / "record"
    try:
        clock = SteppingClock(_morning(today) - timedelta(days=SET_UP_DAYS))
        ids = seeded_ids(clock, seed)
        unlocked = team.set_up(
            half_made,
            AGENCY,
            NURSE,
            DEMO_PASSPHRASE,
            clock,
            ids,
            ZONE,
            telephone=TELEPHONE,
            stretch=_STRETCH,
        )
        try:
            signatory = _live_until(unlocked, clock, ids, today)
        finally:
            unlocked.close()
        half_made.rename(home)
    finally:
        shutil.rmtree(half_made.parent, ignore_errors=True)
    return signatory


def _live_until(unlocked: Unlocked, clock: SteppingClock, ids: Ids, today: date) -> Signatory:
    with unlocked.unit(clock, ids, ZONE) as unit:
        team.choose(unit, UNITS, {"temperature": "[degF]"})
        unit.commit()
    team.add_member(
        unlocked,
        COORDINATOR,
        DEMO_PASSPHRASE,
        clock,
        ids,
        ZONE,
        authority_passphrase=DEMO_PASSPHRASE,
        stretch=_STRETCH,
    )
    signatory = _signatory(unlocked, clock, ids)
    _teller(unlocked, clock, ids, today, signatory).tell(load_stories(today))
    return signatory


def _signatory(unlocked: Unlocked, clock: SteppingClock, ids: Ids) -> Signatory:
    with unlocked.unit(clock, ids, ZONE, write=False) as unit:
        return team.signatory(unit, unlocked.member.id, DEMO_PASSPHRASE)


def _teller(
    unlocked: Unlocked, clock: SteppingClock, ids: Ids, today: date, signatory: Signatory
) -> Teller:
    """Somebody who can live stories in an unlocked demo agency."""
    with unlocked.unit(clock, ids, ZONE, write=False) as unit:
        members = {one.role: one for one in queries.load_people(unit)}
    return Teller(unlocked.record, clock, ids, ZONE, today, members, {NURSE.role: signatory})


def one_visit(home: Path, today: date, seed: int) -> tuple[UUID, bytes]:
    """One new visit in the demo agency, driven to its signed note: its id and its PDF."""
    signatory = None if is_record(home) else _make(home, today, seed)
    clock = SteppingClock(_morning(today))
    unlocked = unlock_demo(home, clock)
    try:
        with unlocked.unit(clock, seeded_ids(clock, seed), ZONE, write=False) as unit:
            latest = _latest(unit)
        # Another visit gets other ids, the same one the same: the seed goes on from the last.
        ids = seeded_ids(clock, seed + int(max(latest, _EPOCH).timestamp()))
        story, visit = _live_story(today)
        signatory = signatory or _signatory(unlocked, clock, ids)
        return _teller(unlocked, clock, ids, today, signatory).live_new(story, visit, latest)
    finally:
        unlocked.close()


def unlock_demo(home: Path, clock: SteppingClock) -> Unlocked:
    """The demo agency opened by its nurse."""
    ids = seeded_ids(clock, 0)
    slots = key_file.load(home).slots
    nurse = next(slot.member for slot in slots if slot.name == NURSE.name)
    return team.unlock(home, nurse, DEMO_PASSPHRASE, clock, ids, ZONE)


def _live_story(today: date) -> tuple[Story, Visit]:
    for story in load_stories(today):
        for visit in story.visits:
            if visit.end == LIVE:
                return story, replace(visit, end="signed")
    raise LookupError("no story of the demo agency has a live visit")


def _latest(unit: UnitOfWork) -> datetime:
    """When the last visit that took place was over."""
    over = [one.completed for one in queries.list_visits(unit) if one.completed is not None]
    return max(over, default=datetime.min.replace(tzinfo=UTC))


def _morning(today: date) -> datetime:
    return datetime.combine(today, time(12), UTC)
