"""A coordinator's laptop that files one note after the other, and says how far it is.

`python -m tests.faults.office_at_filing HOME NOTES`: NOTES is a pickle of notes with their files.
"""

from __future__ import annotations

import pickle
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from infusion_visits.core.clock import SteppingClock
from infusion_visits.core.ids import TimedIds
from infusion_visits.exchange.note_intake import take_in
from infusion_visits.records import key_file
from infusion_visits.team import actions as team
from tests.fixtures.demo import DEMO_MORNING, DEMO_ZONE
from tests.fixtures.records import OTHER_PASSPHRASE
from tests.fixtures.verdicts import holds

if TYPE_CHECKING:
    from uuid import UUID

MARK = "an id"


class SayingIds(TimedIds):
    """Says each id that is asked for: most are in the middle of filing a note."""

    def new(self) -> UUID:
        """The next id."""
        print(MARK, flush=True)
        return super().new()


def main() -> None:
    """Files them all, unless somebody pulls the plug."""
    home, notes = Path(sys.argv[1]), pickle.loads(Path(sys.argv[2]).read_bytes())
    clock = SteppingClock(DEMO_MORNING)
    clock.forward(minutes=14 * 60)
    ids = SayingIds(clock)
    member = key_file.load(home).slots_as("coordinator")[0].member
    opened = team.unlock(home, member, OTHER_PASSPHRASE, clock, ids, DEMO_ZONE)
    for note, file in notes:
        take_in(lambda: opened.unit(clock, ids, DEMO_ZONE), file, "note.pdf", holds(note))
        print(note.record.visit.id, flush=True)
    opened.close()


if __name__ == "__main__":
    main()
