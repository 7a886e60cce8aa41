"""A record folder is made, unlocked by one program at a time, and closed to everybody else."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from infusion_visits.core.errors import DeviceTrouble, Refused, WrongPassphrase
from infusion_visits.records import one_instance, record_folder
from infusion_visits.records.check import check, is_whole
from infusion_visits.vault.keys import FLOOR

if TYPE_CHECKING:
    from infusion_visits.core.clock import SteppingClock
    from infusion_visits.core.ids import TimedIds

NOW = datetime(2026, 11, 21, 15, 0, tzinfo=UTC)
PASSPHRASE = "copper lantern walks home"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "record"


def _made(folder: Path, ids: TimedIds) -> record_folder.OpenRecord:
    made = record_folder.create(folder, ids.new(), ids.new())
    made.give_key(ids.new(), made.member, "Ines", PASSPHRASE, NOW, FLOOR)
    return made


def _unlock(made: record_folder.OpenRecord, passphrase: str = PASSPHRASE) -> None:
    record_folder.unlock(made.folder, made.member, passphrase, NOW).close()


def test_only_the_owner_may_look_into_the_folder(folder: Path, ids: TimedIds) -> None:
    before = os.umask(0)
    try:
        made = _made(folder, ids)
        made.copy_to(folder / "backups" / "one")
    finally:
        os.umask(before)
    modes = {path: path.stat().st_mode & 0o777 for path in folder.rglob("*")}
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.name for path in modes} >= {"record.db", "record.db-wal", "keys.json", "backups"}
    for path, mode in modes.items():
        assert mode == (0o700 if path.is_dir() else 0o600), path
    made.close()


def test_an_open_folder_is_narrowed_at_unlock(folder: Path, ids: TimedIds) -> None:
    made = _made(folder, ids)
    made.close()
    folder.chmod(0o755)
    (folder / "keys.json").chmod(0o644)
    (folder / "record.db").chmod(0o664)
    _unlock(made)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert (folder / "keys.json").stat().st_mode & 0o777 == 0o600
    assert (folder / "record.db").stat().st_mode & 0o777 == 0o600


def test_a_second_program_is_told_that_the_record_is_open(folder: Path, ids: TimedIds) -> None:
    made = _made(folder, ids)
    assert one_instance.is_held(folder)
    with pytest.raises(DeviceTrouble) as in_use:
        _unlock(made)
    assert in_use.value.code == "in-use"
    made.close()
    made.close()
    assert not one_instance.is_held(folder)
    _unlock(made)


HOLDER = """
import sys, time
from pathlib import Path
from infusion_visits.records.one_instance import OneInstance
held = OneInstance(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


def test_a_killed_program_keeps_nobody_out(tmp_path: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    )
    assert holder.stdout is not None
    assert holder.stdin is not None
    assert holder.stdout.readline() == b"held\n"
    with pytest.raises(DeviceTrouble):
        one_instance.OneInstance(tmp_path)
    holder.kill()
    holder.wait()
    holder.stdin.close()
    holder.stdout.close()
    one_instance.OneInstance(tmp_path).release()


def test_of_many_starts_at_once_exactly_one_gets_the_record(tmp_path: Path) -> None:
    starts = [
        subprocess.Popen(
            [sys.executable, "-c", HOLDER, str(tmp_path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=Path(__file__).parents[2],
        )
        for _ in range(5)
    ]
    said = []
    for start in starts:
        assert start.stdout is not None
        said.append(start.stdout.readline())
    for start in starts:
        start.communicate()
    assert said.count(b"held\n") == 1


def test_check_reads_beside_the_program_and_after_it(
    folder: Path, ids: TimedIds, clock: SteppingClock
) -> None:
    made = _made(folder, ids)
    for closed in (False, True):
        if closed:
            made.close()
        beside = record_folder.unlock_beside(folder, made.member, PASSPHRASE, NOW)
        with beside.unit(clock, ids, "UTC", write=False) as unit:
            found = check(unit, folder)
        assert is_whole(found), found
        beside.close()


def test_reading_beside_writes_nothing(folder: Path, ids: TimedIds, clock: SteppingClock) -> None:
    made = _made(folder, ids)
    beside = record_folder.unlock_beside(folder, made.member, PASSPHRASE, NOW)
    with beside.unit(clock, ids, "UTC", write=False) as unit, pytest.raises(DeviceTrouble) as ro:
        unit.run("DELETE FROM agency")
    assert ro.value.code == "read-only"
    beside.close()
    made.close()


def test_guessing_has_to_wait_and_the_right_one_works_after(folder: Path, ids: TimedIds) -> None:
    made = _made(folder, ids)
    made.close()
    for _ in range(2):
        with pytest.raises(WrongPassphrase):
            _unlock(made, "wrong passphrase here")
    with pytest.raises(Refused) as wait:
        _unlock(made)
    assert wait.value.code == "wait"
    assert "1 s" in wait.value.words
    later = NOW + timedelta(seconds=1)
    record_folder.unlock(folder, made.member, PASSPHRASE, later).close()
    _unlock(made)


def test_a_damaged_key_file_is_mended_from_its_copy_at_unlock(folder: Path, ids: TimedIds) -> None:
    made = _made(folder, ids)
    made.close()
    whole = (folder / "keys.json").read_bytes()
    for name in ("keys.json", "keys.json.1"):
        (folder / name).write_bytes(whole[:-40])
        _unlock(made)
        assert (folder / name).read_bytes() == whole


def test_a_missing_database_is_not_made_anew(folder: Path, ids: TimedIds) -> None:
    made = _made(folder, ids)
    made.close()
    (folder / "record.db").unlink()
    with pytest.raises(DeviceTrouble) as missing:
        _unlock(made)
    assert missing.value.code == "no-database"
    assert not (folder / "record.db").exists()
    assert not one_instance.is_held(folder)


@pytest.mark.parametrize("content", [b"", b"no database at all" * 500])
def test_a_file_that_is_no_record_says_so(folder: Path, ids: TimedIds, content: bytes) -> None:
    made = _made(folder, ids)
    made.close()
    (folder / "record.db").write_bytes(content)
    with pytest.raises(DeviceTrouble) as damaged:
        _unlock(made)
    assert damaged.value.code == "damaged"


@pytest.mark.parametrize(
    "place", ["OneDrive - Willow Street", "Dropbox", "iCloud Drive", "Google Drive"]
)
def test_a_synchronised_folder_is_refused(tmp_path: Path, ids: TimedIds, place: str) -> None:
    folder = tmp_path / place / "record"
    with pytest.raises(Refused) as refused:
        record_folder.create(folder, ids.new(), ids.new())
    assert refused.value.code == "synced-folder"
    assert not folder.parent.exists()


def test_a_network_folder_is_refused() -> None:
    with pytest.raises(Refused):
        record_folder.refuse_synced(Path("//server/share/record"))


def test_an_interrupted_set_up_can_be_done_again(folder: Path, ids: TimedIds) -> None:
    record_folder.create(folder, ids.new(), ids.new()).close()
    assert not record_folder.is_record(folder)
    made = _made(folder, ids)
    made.close()
    assert record_folder.is_record(folder)
    _unlock(made)


def test_a_copy_opens_by_itself_with_the_same_passphrase(
    folder: Path, tmp_path: Path, ids: TimedIds, clock: SteppingClock
) -> None:
    made = _made(folder, ids)
    made.copy_to(folder / "backups" / "one")
    made.close()
    (folder / "backups" / "one").rename(tmp_path / "elsewhere")
    again = record_folder.unlock(tmp_path / "elsewhere", made.member, PASSPHRASE, NOW)
    with again.unit(clock, ids, "UTC", write=False) as unit:
        assert is_whole(check(unit, again.folder))
    again.close()
