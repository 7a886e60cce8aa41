"""An agency is set up, unlocked, locked and joined; nobody signs as another."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from infusion_visits.core.errors import DeviceTrouble, Missing, Refused, WrongPassphrase
from infusion_visits.records import key_file
from infusion_visits.records.change_log import AuditEvent
from infusion_visits.records.rows import table_of
from infusion_visits.team import actions, queries
from infusion_visits.team.actions import NewMember
from infusion_visits.team.tables import MemberSecret
from infusion_visits.vault.keys import FLOOR
from infusion_visits.vault.signatures import verify

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from infusion_visits.core.clock import SteppingClock
    from infusion_visits.core.ids import TimedIds
    from infusion_visits.team.actions import Unlocked

PASSPHRASE = "copper lantern walks home"
OTHER = "slow river blue kite"
ZONE = "America/Chicago"
INES = NewMember("Ines Halvorsen", "RN, CRNI", "nurse")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "home" / "record"


@pytest.fixture
def opened(folder: Path, clock: SteppingClock, ids: TimedIds) -> Iterator[Unlocked]:
    made = actions.set_up(
        folder,
        "Willow Street Home Infusion",
        INES,
        PASSPHRASE,
        clock,
        ids,
        ZONE,
        telephone="555 0142",
        stretch=FLOOR,
    )
    yield made
    made.close()


def test_set_up_gives_an_open_record(opened: Unlocked, clock: SteppingClock, ids: TimedIds) -> None:
    assert opened.member.signed_name == "Ines Halvorsen, RN, CRNI"
    assert opened.agency.name == "Willow Street Home Infusion"
    with opened.unit(clock, ids, ZONE, write=False) as unit:
        assert queries.members(unit) == (opened.member,)
        assert queries.agency(unit).telephone == "555 0142"
        assert unit.member == opened.member.id


def test_the_right_passphrase_unlocks_and_is_noted(
    opened: Unlocked, folder: Path, clock: SteppingClock, ids: TimedIds
) -> None:
    opened.close()
    assert [slot.name for slot in key_file.load(folder).slots] == ["Ines Halvorsen"]
    again = actions.unlock(folder, opened.member.id, PASSPHRASE, clock, ids, ZONE)
    assert again.member == opened.member
    with again.unit(clock, ids, ZONE) as unit:
        events = unit.rows(select(table_of(AuditEvent)))
        assert events[-1]["kind"] == "unlocked"
    again.close()


def test_a_wrong_passphrase_and_an_unknown_member_open_nothing_alike(
    opened: Unlocked, folder: Path, clock: SteppingClock, ids: TimedIds
) -> None:
    opened.close()
    said = []
    for member, passphrase in ((opened.member.id, OTHER), (ids.new(), PASSPHRASE)):
        with pytest.raises(WrongPassphrase) as wrong:
            actions.unlock(folder, member, passphrase, clock, ids, ZONE)
        said.append((wrong.value.code, wrong.value.words))
    assert said[0] == said[1]
    actions.unlock(folder, opened.member.id, PASSPHRASE, clock, ids, ZONE).close()


def test_only_ones_own_passphrase_gives_the_signing_key(
    opened: Unlocked, clock: SteppingClock, ids: TimedIds
) -> None:
    other = actions.add_member(
        opened,
        NewMember("Tom Reyes", "RN"),
        OTHER,
        clock,
        ids,
        ZONE,
        authority_passphrase=PASSPHRASE,
        stretch=FLOOR,
    )
    with opened.unit(clock, ids, ZONE, write=False) as unit:
        key = actions.signing_key(unit, opened.member.id, PASSPHRASE)
        assert verify(key.public_key, b"note", key.sign(b"note"))
        with pytest.raises(WrongPassphrase):
            actions.signing_key(unit, opened.member.id, OTHER)
        with pytest.raises(WrongPassphrase):
            actions.signing_key(unit, other.id, PASSPHRASE)
        with pytest.raises(Missing):
            actions.signing_key(unit, ids.new(), PASSPHRASE)
        theirs = actions.signing_key(unit, other.id, OTHER)
        assert theirs.public_key != key.public_key


def test_another_members_wrapped_key_under_my_name_does_not_open(
    opened: Unlocked, clock: SteppingClock, ids: TimedIds
) -> None:
    other = actions.add_member(
        opened,
        NewMember("Tom Reyes", "RN"),
        OTHER,
        clock,
        ids,
        ZONE,
        authority_passphrase=PASSPHRASE,
        stretch=FLOOR,
    )
    secret = table_of(MemberSecret)
    with opened.unit(clock, ids, ZONE) as unit:
        mine = unit.one(select(secret).where(secret.c.member_id == opened.member.id))
        assert mine is not None
        unit.run(
            "UPDATE member_secret SET wrapped = ? WHERE member_id = ?",
            (mine["wrapped"], other.id.bytes),
        )
        with pytest.raises(WrongPassphrase) as bound:
            actions.signing_key(unit, other.id, PASSPHRASE)
        assert bound.value.code == "wrong-passphrase"
        unit.run(
            "UPDATE member_secret SET public_key = (SELECT public_key FROM member_secret "
            "WHERE member_id = ?) WHERE member_id = ?",
            (other.id.bytes, opened.member.id.bytes),
        )
        with pytest.raises(WrongPassphrase) as exchanged:
            actions.signing_key(unit, opened.member.id, PASSPHRASE)
        assert exchanged.value.code == "wrong-key"


def test_a_second_member_unlocks_with_their_own_passphrase(
    opened: Unlocked, folder: Path, clock: SteppingClock, ids: TimedIds
) -> None:
    other = actions.add_member(
        opened,
        NewMember("Tom Reyes", "RN"),
        OTHER,
        clock,
        ids,
        ZONE,
        authority_passphrase=PASSPHRASE,
        stretch=FLOOR,
    )
    opened.close()
    again = actions.unlock(folder, other.id, OTHER, clock, ids, ZONE)
    assert again.member == other
    again.close()
    with pytest.raises(WrongPassphrase):
        actions.unlock(folder, other.id, PASSPHRASE, clock, ids, ZONE)


@pytest.mark.parametrize(
    ("agency", "member", "passphrase", "code"),
    [
        ("", INES, PASSPHRASE, "name"),
        ("Willow", NewMember("  "), PASSPHRASE, "name"),
        ("Willow", NewMember("Ines", role="queen"), PASSPHRASE, "role"),
        ("Willow", INES, "password2026", "weak-passphrase"),
        ("Willow", INES, "Halvorsen-1987", "weak-passphrase"),
    ],
)
def test_what_cannot_be_set_up_leaves_no_folder(
    tmp_path: Path,
    clock: SteppingClock,
    ids: TimedIds,
    agency: str,
    member: NewMember,
    passphrase: str,
    code: str,
) -> None:
    folder = tmp_path / "none"
    with pytest.raises(Refused) as refused:
        actions.set_up(folder, agency, member, passphrase, clock, ids, ZONE, stretch=FLOOR)
    assert refused.value.code == code
    assert not folder.exists()


def test_a_record_is_never_written_over(
    opened: Unlocked, folder: Path, clock: SteppingClock, ids: TimedIds
) -> None:
    with pytest.raises(Refused) as refused:
        actions.set_up(folder, "Other", INES, PASSPHRASE, clock, ids, ZONE, stretch=FLOOR)
    assert refused.value.code == "exists"


def test_a_database_whose_keys_were_lost_is_set_aside_not_deleted(
    opened: Unlocked, folder: Path, clock: SteppingClock, ids: TimedIds
) -> None:
    opened.close()
    former = (folder / "record.db").read_bytes()
    (folder / "keys.json").unlink()
    (folder / "keys.json.1").unlink()
    actions.set_up(folder, "Other", INES, PASSPHRASE, clock, ids, ZONE, stretch=FLOOR).close()
    assert (folder / "set-aside-1" / "record.db").read_bytes() == former


def test_a_slot_moved_to_another_record_opens_nothing(
    opened: Unlocked, folder: Path, tmp_path: Path, clock: SteppingClock, ids: TimedIds
) -> None:
    opened.close()
    other = tmp_path / "other"
    second = actions.set_up(other, "Other", INES, OTHER, clock, ids, ZONE, stretch=FLOOR)
    second.close()
    for name in ("keys.json", "keys.json.1"):
        shutil.copyfile(folder / name, other / name)
    with pytest.raises(DeviceTrouble) as damaged:
        actions.unlock(other, opened.member.id, PASSPHRASE, clock, ids, ZONE)
    assert damaged.value.code == "damaged"


def test_choices_of_the_agency_are_kept(
    opened: Unlocked, clock: SteppingClock, ids: TimedIds
) -> None:
    with opened.unit(clock, ids, ZONE) as unit:
        assert queries.preferred_units(unit) == {}
        actions.choose(unit, queries.UNITS, {"temperature": "[degF]"})
        actions.choose(unit, "paper", "A4")
        actions.choose(unit, "paper", "Letter")
        unit.commit()
    with opened.unit(clock, ids, ZONE, write=False) as unit:
        assert queries.preferred_units(unit) == {"temperature": "[degF]"}
        assert queries.settings(unit)["paper"] == "Letter"
        assert queries.setting(unit, "language", "en") == "en"
