"""Two copies of the keys, each whole or not at all; guesses wait, the record is never wiped."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from infusion_visits.core.errors import BadFile, DeviceTrouble, Missing, WrongPassphrase
from infusion_visits.records import key_file
from infusion_visits.records.key_file import KeyFile
from infusion_visits.vault.keys import FLOOR

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 11, 21, 15, 0, tzinfo=UTC)
RECORD, SLOT, INES, TOM = (UUID(int=number) for number in range(1, 5))
DATA_KEY = bytes(range(32))


@pytest.fixture(scope="module")
def keys() -> KeyFile:
    return KeyFile(RECORD).with_slot(SLOT, INES, "Ines Halvorsen", "copper", DATA_KEY, NOW, FLOOR)


def test_a_slot_opens_with_its_passphrase_after_reading_back(keys: KeyFile, tmp_path: Path) -> None:
    key_file.save(tmp_path, keys)
    again = key_file.load(tmp_path)
    assert again == keys
    assert again.data_key(INES, "copper") == DATA_KEY
    with pytest.raises(WrongPassphrase):
        again.data_key(INES, "coppers")
    with pytest.raises(WrongPassphrase):
        again.data_key(TOM, "copper")


def test_the_file_holds_no_key_and_only_its_owner_reads_it(keys: KeyFile, tmp_path: Path) -> None:
    key_file.save(tmp_path, keys)
    for name in ("keys.json", "keys.json.1"):
        content = (tmp_path / name).read_bytes()
        assert DATA_KEY not in content
        assert DATA_KEY.hex().encode() not in content
        assert (tmp_path / name).stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == ["keys.json", "keys.json.1"]


def test_a_member_has_one_slot(keys: KeyFile) -> None:
    changed = keys.with_slot(UUID(int=9), INES, "Ines", "lantern", DATA_KEY, NOW, FLOOR)
    assert len(changed.slots) == 1
    assert changed.data_key(INES, "lantern") == DATA_KEY
    assert changed.without(INES).slots == ()


def test_a_role_stands_on_the_slot_and_cannot_be_exchanged(tmp_path: Path) -> None:
    first = KeyFile(RECORD).with_slot(
        SLOT, INES, "Ines Halvorsen", "copper", DATA_KEY, NOW, FLOOR, role="nurse"
    )
    key_file.save(tmp_path, first)
    again = key_file.load(tmp_path)
    assert [slot.role for slot in again.slots] == ["nurse"]
    assert again.data_key(INES, "copper") == DATA_KEY
    for role in ("coordinator", ""):
        changed = replace(again, slots=(replace(again.slots[0], role=role),))
        with pytest.raises(WrongPassphrase):
            changed.data_key(INES, "copper")


def test_who_is_meant_is_found_by_name_id_or_role_without_a_guess(keys: KeyFile) -> None:
    slot = keys.slots[0]
    both = replace(
        keys,
        slots=(
            slot,
            replace(slot, member=TOM, name="Tom Nurse", role="nurse"),
            replace(slot, member=RECORD, name="nurse", role="coordinator"),
        ),
    )
    found = {
        wanted: [one.member for one in both.slots_as(wanted)]
        for wanted in ("", "ines halvorsen", str(TOM), "Nurse", "coordinator", "doctor")
    }
    assert found == {
        "": [INES, TOM, RECORD],
        "ines halvorsen": [INES],
        str(TOM): [TOM],
        "Nurse": [RECORD],
        "coordinator": [RECORD],
        "doctor": [],
    }


def test_a_flipped_byte_anywhere_is_found_and_the_copy_used(keys: KeyFile, tmp_path: Path) -> None:
    key_file.save(tmp_path, keys)
    first = tmp_path / "keys.json"
    whole = first.read_bytes()
    for place in range(len(whole)):
        flipped = bytearray(whole)
        flipped[place] ^= 0x01
        first.write_bytes(flipped)
        try:
            assert key_file.read(first) == keys  # a blank between two parts
        except BadFile:
            assert key_file.load(tmp_path) == keys


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"keys": 1}'])
def test_both_damaged_says_so_and_which_file_to_put_back(
    keys: KeyFile, tmp_path: Path, damage: bytes
) -> None:
    key_file.save(tmp_path, keys)
    for name in ("keys.json", "keys.json.1"):
        (tmp_path / name).write_bytes(damage)
    with pytest.raises(DeviceTrouble) as damaged:
        key_file.load(tmp_path)
    assert damaged.value.code == "keys-damaged"
    assert "keys.json" in damaged.value.words


def test_no_record_is_missing(tmp_path: Path) -> None:
    with pytest.raises(Missing):
        key_file.load(tmp_path)


def test_a_cheaper_stretching_is_refused_even_with_a_right_checksum(
    keys: KeyFile, tmp_path: Path
) -> None:
    key_file.save(tmp_path, keys)
    whole = json.loads((tmp_path / "keys.json").read_bytes())
    whole["keys"]["slots"][0]["kdf"]["m"] = 8
    whole["sha256"] = key_file._digest(whole["keys"])
    for name in ("keys.json", "keys.json.1"):
        (tmp_path / name).write_text(json.dumps(whole))
    with pytest.raises(BadFile) as refused:
        key_file.load(tmp_path)
    assert refused.value.code == "weak-key-file"


def test_mending_writes_the_missing_and_the_older_copy(keys: KeyFile, tmp_path: Path) -> None:
    key_file.save(tmp_path, keys)
    (tmp_path / "keys.json").write_bytes(b"broken")
    key_file.mend(tmp_path, key_file.load(tmp_path))
    assert key_file.read(tmp_path / "keys.json") == keys
    (tmp_path / "keys.json.1").unlink()
    key_file.mend(tmp_path, keys)
    assert key_file.read(tmp_path / "keys.json.1") == keys


def test_guesses_wait_longer_and_longer_over_restarts(tmp_path: Path) -> None:
    waits = []
    now = NOW
    for _ in range(12):
        wait = key_file.wait_before_guess(tmp_path, INES, now)
        waits.append(wait)
        now += timedelta(seconds=wait)
        key_file.count_guess(tmp_path, INES, now)
    assert waits == [0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60, 60]
    assert key_file.wait_before_guess(tmp_path, TOM, now) == 0
    assert key_file.wait_before_guess(tmp_path, INES, now + timedelta(seconds=45)) == 15
    assert key_file.wait_before_guess(tmp_path, INES, now - timedelta(days=1)) == 60
    key_file.forget_guesses(tmp_path, INES)
    assert key_file.wait_before_guess(tmp_path, INES, now) == 0


def test_a_damaged_list_of_guesses_keeps_nobody_out(tmp_path: Path) -> None:
    (tmp_path / "guesses.json").write_bytes(b"[1, 2")
    assert key_file.wait_before_guess(tmp_path, INES, NOW) == 0
    key_file.count_guess(tmp_path, INES, NOW)
    assert json.loads((tmp_path / "guesses.json").read_bytes())[str(INES)]["failed"] == 1
