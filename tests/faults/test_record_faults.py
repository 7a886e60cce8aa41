"""What was said to be saved is there: after kill -9, on a full disk, and legible to nobody."""

from __future__ import annotations

import base64
import random
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from infusion_visits.core.errors import DeviceTrouble
from infusion_visits.records import cells, draft_text
from infusion_visits.records.change_log import AuditEvent, verify_chain
from infusion_visits.records.check import check, is_whole
from infusion_visits.records.database import open_engine
from infusion_visits.records.rows import table_of
from infusion_visits.records.unit_of_work import UnitOfWork
from infusion_visits.team import actions
from infusion_visits.team.actions import NewMember
from infusion_visits.team.tables import Agency, Setting
from infusion_visits.vault.keys import FLOOR
from tests.fixtures.records import KEY, MEMBER, ZONE

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from infusion_visits.core.clock import SteppingClock
    from infusion_visits.core.ids import TimedIds
    from tests.fixtures.records import UnitFor

ROOT = Path(__file__).parents[2]
SETTING = table_of(Setting)

WRITER = """
import sys
from pathlib import Path
from uuid import UUID
from infusion_visits.core.clock import SystemClock
from infusion_visits.core.ids import TimedIds
from infusion_visits.records import cells
from infusion_visits.records.database import open_engine
from infusion_visits.records.unit_of_work import UnitOfWork
from infusion_visits.team.tables import Setting
engine = open_engine(Path(sys.argv[1]), bytes(range(32)))
clock = SystemClock()
ids = TimedIds(clock)
number = int(sys.argv[2])
while True:
    number += 1
    with UnitOfWork(engine, UUID(int=1), clock, ids, "UTC") as unit:
        cells.put(unit, Setting, {"key": f"{number:06d}"}, {"value": "7" * 300})
        unit.commit()
    print(number, flush=True)
"""


def test_killed_again_and_again_nothing_that_was_acknowledged_is_lost(
    record_template: Path, tmp_path: Path, clock: SteppingClock, ids: TimedIds
) -> None:
    path = tmp_path / "record.db"
    shutil.copyfile(record_template, path)
    chance = random.Random(7)
    acknowledged = 0
    for _ in range(10):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path), str(acknowledged)],
            stdout=subprocess.PIPE,
            cwd=ROOT,
            text=True,
        )
        assert writer.stdout is not None
        for _ in range(chance.randrange(1, 60)):
            acknowledged = int(writer.stdout.readline())
        writer.kill()
        rest = writer.communicate()[0].split()
        acknowledged = int(rest[-1]) if rest else acknowledged
        engine = open_engine(path, KEY)
        with UnitOfWork(engine, MEMBER, clock, ids, ZONE) as unit:
            found = int(unit.rows(select(func.max(SETTING.c.key)))[0]["max_1"])
            assert acknowledged <= found <= acknowledged + 1
            state = verify_chain(unit)
            assert state.whole
            assert state.events == found
            assert unit.run("PRAGMA integrity_check") == [("ok",)]
        engine.dispose()
        acknowledged = found


def _fill(unit_for: UnitFor) -> int:
    """Saves until the record refuses; gives how many were saved."""
    for number in range(10_000):
        with unit_for() as unit:
            cells.put(unit, Setting, {"key": f"{number:06d}"}, {"value": "7" * 2_000})
            unit.commit()
    raise AssertionError("the disk never got full")


def test_a_full_disk_says_so_keeps_what_was_saved_and_goes_on_after(
    unit_for: UnitFor, record_engine: Engine
) -> None:
    with unit_for() as unit:
        pages = int(unit.run("PRAGMA page_count")[0][0])
        unit.run(f"PRAGMA max_page_count = {pages + 20}")
        before = int(unit.one(select(func.count().label("n")).select_from(SETTING))["n"])  # type: ignore[index]
    with pytest.raises(DeviceTrouble) as full:
        _fill(unit_for)
    assert full.value.code == "disk-full"
    assert "Nothing that was saved is lost" in full.value.words
    with unit_for() as unit:
        saved = unit.rows(select(SETTING.c.key).order_by(SETTING.c.key))
        assert [row["key"] for row in saved] == [f"{n:06d}" for n in range(before, len(saved))]
        assert saved
        assert verify_chain(unit).events == len(saved)
        unit.run("PRAGMA max_page_count = 100000")
    with unit_for() as unit:
        cells.put(unit, Setting, {"key": f"{len(saved):06d}"}, {"value": "7" * 2_000})
        unit.commit()
    with unit_for() as unit:
        assert len(unit.rows(select(SETTING))) == len(saved) + 1
        assert unit.run("PRAGMA integrity_check") == [("ok",)]


LIMITED = """
import resource, signal, sys
from pathlib import Path
from uuid import UUID
from infusion_visits.core.clock import SystemClock
from infusion_visits.core.errors import DeviceTrouble
from infusion_visits.core.ids import TimedIds
from infusion_visits.records import cells
from infusion_visits.records.database import open_engine
from infusion_visits.records.unit_of_work import UnitOfWork
from infusion_visits.records.whole_file import write_whole
from infusion_visits.team.tables import Setting
folder = Path(sys.argv[1])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
engine = open_engine(folder / "record.db", bytes(range(32)))
clock = SystemClock()
ids = TimedIds(clock)
def save(number):
    with UnitOfWork(engine, UUID(int=1), clock, ids, "UTC") as unit:
        cells.put(unit, Setting, {"key": f"{number:06d}"}, {"value": "7" * 20_000})
        unit.commit()
save(0)
resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, hard))
number = 1
try:
    while True:
        save(number)
        number += 1
except DeviceTrouble as trouble:
    print(trouble.code, flush=True)
try:
    write_whole(folder / "whole.txt", b"x" * 700_000)
except DeviceTrouble as trouble:
    print(trouble.code, (folder / "whole.txt").read_bytes(), flush=True)
resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
save(number)
print(number + 1, flush=True)
"""


def test_a_quota_is_borne_and_the_same_act_works_after(
    record_template: Path, tmp_path: Path, clock: SteppingClock, ids: TimedIds
) -> None:
    shutil.copyfile(record_template, tmp_path / "record.db")
    (tmp_path / "whole.txt").write_bytes(b"old")
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(tmp_path)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    first, second, count = done.stdout.splitlines()
    assert first in {"disk-error", "disk-full"}
    assert second == "disk-full b'old'"
    assert sorted(path.name for path in tmp_path.iterdir() if "record.db" not in path.name) == [
        "whole.txt"
    ]
    engine = open_engine(tmp_path / "record.db", KEY)
    with UnitOfWork(engine, MEMBER, clock, ids, ZONE) as unit:
        assert len(unit.rows(select(SETTING))) == int(count)
        assert verify_chain(unit).whole
    engine.dispose()


NAME = "Zyxqv Plantedname"
CANARY = "QQCANARYQQ"


def _places(folder: Path, words: str) -> list[str]:
    """The files that hold `words` in any of the ways in which a program could have written them."""
    forms = [words.encode(), words.encode("utf-16-le"), words.lower().encode()]
    forms += [base64.b64encode(words.encode())[:-4], words.encode().hex().encode()]
    return [
        path.name
        for path in folder.rglob("*")
        if path.is_file() and any(form in path.read_bytes() for form in forms)
    ]


def test_no_byte_of_the_folder_can_be_read_by_others(
    tmp_path: Path, clock: SteppingClock, ids: TimedIds
) -> None:
    folder = tmp_path / "record"
    opened = actions.set_up(
        folder,
        NAME,
        NewMember("Ines Halvorsen"),
        "copper lantern walks home",
        clock,
        ids,
        ZONE,
        stretch=FLOOR,
    )
    with opened.unit(clock, ids, ZONE) as unit:
        draft_text.keep(unit, "patient", ids.new(), "person/name", CANARY)
        unit.commit()
    with opened.unit(clock, ids, ZONE) as unit:
        cells.put(unit, Agency, {"id": opened.agency.id}, {"telephone": CANARY})
        opened.record.copy_to(folder / "backups" / "one")
        assert (folder / "record.db-wal").stat().st_size > 0
        for words in (CANARY, "SQLite format 3", "audit_event", "copper lantern"):
            assert _places(folder, words) == []
        unit.commit()
    opened.close()
    for words in (CANARY, "SQLite format 3", "audit_event", "copper lantern"):
        assert _places(folder, words) == []
    assert sorted(set(_places(folder, "Ines Halvorsen"))) == ["keys.json", "keys.json.1"]
    # The agency's own name is public: it stands in the certificate that verify asks for.
    assert set(_places(folder, NAME)) <= {"trust.json"}


def test_a_killed_set_up_or_act_leaves_a_record_that_checks_well(
    tmp_path: Path, clock: SteppingClock, ids: TimedIds
) -> None:
    """The lock, the log beside the file and the half-done act of a killed program do no harm."""
    folder = tmp_path / "record"
    opened = actions.set_up(
        folder,
        "Willow",
        NewMember("Ines"),
        "copper lantern walks home",
        clock,
        ids,
        ZONE,
        stretch=FLOOR,
    )
    with opened.unit(clock, ids, ZONE) as unit:
        actions.choose(unit, "paper", "A4")
        unit.commit()
    with opened.unit(clock, ids, ZONE) as unit:
        actions.choose(unit, "paper", "Letter")
        # What a power cut leaves: the files as they are in the middle of an act.
        shutil.copytree(folder, tmp_path / "after")
    opened.close()
    shutil.copytree(tmp_path / "after", tmp_path / "looked at")
    beside = actions.unlock_beside(
        tmp_path / "looked at", opened.member.id, "copper lantern walks home", clock, ids, ZONE
    )
    with beside.unit(clock, ids, ZONE, write=False) as unit:
        assert unit.rows(select(SETTING.c.value)) == [{"value": '"A4"'}]
        assert is_whole(check(unit, beside.record.folder))
    beside.close()
    again = actions.unlock(
        tmp_path / "after", opened.member.id, "copper lantern walks home", clock, ids, ZONE
    )
    with again.unit(clock, ids, ZONE) as unit:
        assert unit.rows(select(SETTING.c.value)) == [{"value": '"A4"'}]
        assert unit.rows(select(func.count().label("n")).select_from(table_of(AuditEvent)))
        assert is_whole(check(unit, again.record.folder))
    again.close()
