"""Whom a laptop trusts can be read without a passphrase, and is made anew at every unlock."""

from __future__ import annotations

import json
import stat
import sys
from typing import TYPE_CHECKING

import pytest

from infusion_visits.core.errors import BadFile
from infusion_visits.team import queries
from infusion_visits.team.trust_file import NAME, trust_beside

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fixtures.two_laptops import Laptop


def test_it_says_what_the_record_says(office: Laptop) -> None:
    with office.unit() as unit:
        assert trust_beside(office.folder) == queries.trust(unit)


def test_it_is_made_anew_at_unlock_whatever_was_written_there(office: Laptop) -> None:
    wanted = trust_beside(office.folder)
    for content in (b"", b"{", b'{"v":1,"agencies":[],"revoked":{}}'):
        (office.folder / NAME).write_bytes(content)
        office.again()
        assert trust_beside(office.folder) == wanted
    (office.folder / NAME).unlink()
    office.again()
    assert trust_beside(office.folder) == wanted


def test_only_the_owner_reads_it(office: Laptop) -> None:
    if sys.platform != "win32":
        assert stat.S_IMODE((office.folder / NAME).stat().st_mode) == 0o600


def test_a_list_that_cannot_be_written_keeps_nobody_out(office: Laptop) -> None:
    (office.folder / NAME).unlink()
    (office.folder / NAME).mkdir()
    office.again()
    with office.unit() as unit:
        assert queries.trust(unit).authorities


def test_no_list_is_trust_in_nobody(tmp_path: Path) -> None:
    assert trust_beside(tmp_path).authorities == ()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b'{"v":2}',
        b'{"v":1}',
        b'{"v":1,"agencies":["AAAA"],"revoked":{}}',
        b'{"v":1,"agencies":["*"],"revoked":{}}',
        b'{"v":1,"agencies":[],"revoked":{"aa":"2026-11-21"}}',
        b'{"v":1,"agencies":[],"revoked":[]}',
        b"[" * 100_000,
        b" " * 4_000_001,
    ],
)
def test_a_damaged_list_is_said_to_be_damaged(tmp_path: Path, content: bytes) -> None:
    (tmp_path / NAME).write_bytes(content)
    with pytest.raises(BadFile):
        trust_beside(tmp_path)


def test_it_holds_no_names_of_members_and_no_keys(office: Laptop) -> None:
    whole = json.loads((office.folder / NAME).read_text("utf-8"))
    assert set(whole) == {"v", "agencies", "revoked"}
    assert "Halvorsen" not in (office.folder / NAME).read_text("utf-8")
