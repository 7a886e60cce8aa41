"""`kill -9` while notes are taken in: each is there whole or not at all, and comes in again."""

from __future__ import annotations

import pickle
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from infusion_visits.core.clock import SteppingClock
from infusion_visits.core.ids import seeded_ids
from infusion_visits.records import check, key_file
from infusion_visits.team import actions as team
from infusion_visits.visits import signing
from infusion_visits.visits.queries import list_visits
from tests.faults.office_at_filing import MARK
from tests.fixtures.demo import DEMO_MORNING, DEMO_ZONE
from tests.fixtures.records import OTHER_PASSPHRASE

if TYPE_CHECKING:
    from tests.fixtures.demo_files import Signed

pytest_plugins = [
    "tests.fixtures.kept_visit",
    "tests.fixtures.office_and_nurse",
    "tests.fixtures.demo_files",
]
ROOT = Path(__file__).parents[2]
KILLED_AT = (2, 9, 14)
"""After so many ids; a note asks for four and more, its visit's rows written before most."""


def killed(home: Path, notes: Path, marks: int) -> list[UUID]:
    """What the laptop said was in, when it lost its power in the middle of the next note."""
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.office_at_filing", str(home), str(notes)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        text=True,
    )
    assert child.stdout is not None
    said: list[str] = []
    for line in child.stdout:
        said.append(line)
        if said.count(f"{MARK}\n") == marks:
            child.kill()
            break
    rest, errors = child.communicate()
    assert "Traceback" not in errors, errors
    said += [line for line in rest.splitlines(keepends=True) if line.endswith("\n")]
    return [UUID(line.strip()) for line in said if line.strip() != MARK]


def test_each_note_is_whole_or_not_there(
    demo_files: tuple[Signed, ...], office_template: Path, tmp_path: Path
) -> None:
    home = shutil.copytree(office_template, tmp_path / "office")
    some = demo_files[:10]
    notes = tmp_path / "notes.pickle"
    notes.write_bytes(pickle.dumps(some))
    by_visit = {note.record.visit.id: (note, file) for note, file in some}
    for marks in KILLED_AT:
        told = killed(home, notes, marks)
        clock = SteppingClock(DEMO_MORNING)
        clock.forward(minutes=15 * 60)
        member = key_file.load(home).slots_as("coordinator")[0].member
        opened = team.unlock(home, member, OTHER_PASSPHRASE, clock, seeded_ids(clock, 7), DEMO_ZONE)
        with opened.unit(clock, seeded_ids(clock, 8), DEMO_ZONE, write=False) as unit:
            there = {line.id for line in list_visits(unit)}
            assert set(told) <= there
            assert len(there) <= len(some)
            for visit in there:
                note, file = by_visit[visit]
                assert signing.load_note(unit, visit) == note
                assert signing.load_file(unit, visit) == file
            faults = {"Signatures of visits": signing.faults_of_signed}
            assert check.is_whole(check.check(unit, home, faults))
        opened.close()
    assert killed(home, notes, -1) == list(by_visit)
