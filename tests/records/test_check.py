"""The check names what is wrong, each in its own line, and goes on."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from infusion_visits.core.errors import DeviceTrouble
from infusion_visits.records import record_folder
from infusion_visits.records.check import Checked, check, is_whole
from infusion_visits.team import actions
from infusion_visits.team.actions import NewMember
from infusion_visits.vault.keys import FLOOR

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from uuid import UUID

    from infusion_visits.core.clock import SteppingClock
    from infusion_visits.core.ids import TimedIds
    from infusion_visits.records.record_folder import OpenRecord
    from infusion_visits.records.unit_of_work import UnitOfWork
    from infusion_visits.team.actions import Unlocked

PASSPHRASE = "copper lantern walks home"
NOW = datetime(2026, 11, 21, 15, 0, tzinfo=UTC)


@pytest.fixture
def opened(tmp_path: Path, clock: SteppingClock, ids: TimedIds) -> Iterator[Unlocked]:
    made = actions.set_up(
        tmp_path / "record",
        "Willow",
        NewMember("Ines"),
        PASSPHRASE,
        clock,
        ids,
        "UTC",
        stretch=FLOOR,
    )
    yield made
    made.close()


@pytest.fixture
def unit(opened: Unlocked, clock: SteppingClock, ids: TimedIds) -> Iterator[UnitOfWork]:
    with opened.unit(clock, ids, "UTC") as made:
        yield made


def _bad(found: tuple[Checked, ...]) -> dict[str, str]:
    return {one.what: one.words for one in found if not one.good}


def test_a_whole_record_is_well(opened: Unlocked, unit: UnitOfWork) -> None:
    found = check(unit, opened.record.folder, {"Signed visits": lambda _: ()})
    assert is_whole(found)
    assert [one.what for one in found] == [
        "Encrypted pages",
        "Database",
        "References between rows",
        "Version",
        "Tables and freeze triggers",
        "Guards of this connection",
        "Audit trail",
        "Key file",
        "Signed visits",
    ]


@pytest.mark.parametrize(
    ("attack", "what", "words"),
    [
        (
            'DROP TRIGGER "freeze_visit_update"',
            "Tables and freeze triggers",
            "trigger freeze_visit_update is missing",
        ),
        (
            "CREATE TRIGGER extra AFTER INSERT ON visit BEGIN SELECT 1; END",
            "Tables and freeze triggers",
            "trigger extra was added",
        ),
        (
            "ALTER TABLE setting ADD COLUMN more TEXT",
            "Tables and freeze triggers",
            "table setting was changed",
        ),
        ("PRAGMA recursive_triggers = OFF", "Guards of this connection", "recursive_triggers is 0"),
        (
            "DELETE FROM member",
            "References between rows",
            "a row of member_secret names a row of member that is not there",
        ),
        (
            'DROP TRIGGER "freeze_audit_event_delete"; DELETE FROM audit_event WHERE n = 1',
            "Audit trail",
            "event 1 does not fit: it was changed, removed or put in between",
        ),
        ("UPDATE alembic_version SET version_num = '0000'", "Version", "version 0000"),
    ],
)
def test_each_fault_is_named(
    opened: Unlocked, unit: UnitOfWork, attack: str, what: str, words: str
) -> None:
    unit.run("PRAGMA defer_foreign_keys = ON")
    for statement in attack.split("; DELETE"):
        whole = statement if statement == attack.split("; DELETE")[0] else f"DELETE{statement}"
        unit.run(whole)
    found = _bad(check(unit, opened.record.folder))
    assert words in found[what]
    unit.run("PRAGMA recursive_triggers = ON")


def test_damaged_key_files_and_looks_of_other_rooms_are_named(
    opened: Unlocked, unit: UnitOfWork
) -> None:
    (opened.record.folder / "keys.json.1").write_bytes(b"{")

    def look(_: UnitOfWork) -> list[str]:
        return [f"fault {number}" for number in range(7)]

    def troubled(_: UnitOfWork) -> list[str]:
        raise DeviceTrouble("damaged", "The file is damaged.")

    found = _bad(check(unit, opened.record.folder, {"Seven": look, "Trouble": troubled}))
    assert found["Key file"] == "keys.json.1: The key file cannot be read."
    assert found["Seven"].endswith("(and 2 more)")
    assert found["Trouble"] == "The file is damaged."
    assert set(found) == {"Key file", "Seven", "Trouble"}


def test_a_flipped_byte_in_any_page_is_found(
    opened: Unlocked, clock: SteppingClock, ids: TimedIds
) -> None:
    opened.close()
    folder = opened.record.folder
    path = folder / "record.db"
    whole = path.read_bytes()
    pages = range(1, len(whole) // 4096, max(1, len(whole) // 4096 // 8))
    for page in pages:
        flipped = bytearray(whole)
        flipped[page * 4096 + 1234] ^= 0x10
        path.write_bytes(flipped)
        beside = _opened_or_trouble(folder, opened.member.id)
        if isinstance(beside, DeviceTrouble):
            assert beside.code == "damaged"
            continue
        with beside.unit(clock, ids, "UTC", write=False) as unit:
            found = _bad(check(unit, folder))
        beside.close()
        assert "Encrypted pages" in found, page


def _opened_or_trouble(folder: Path, member: UUID) -> OpenRecord | DeviceTrouble:
    try:
        return record_folder.unlock_beside(folder, member, PASSPHRASE, NOW)
    except DeviceTrouble as trouble:
        return trouble
