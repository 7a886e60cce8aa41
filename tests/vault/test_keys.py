"""A passphrase opens exactly what it locked, for the one it was locked for, and nothing cheaper."""

from __future__ import annotations

import copy
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from infusion_visits.core.errors import BadFile, WrongPassphrase
from infusion_visits.vault import keys
from infusion_visits.vault.keys import CEILING, FLOOR, Sealed, Stretch, seal, unseal

BOUND = {"v": 1, "db": "d", "slot": "s", "member": "m"}
SECRET = bytes(range(32))


@pytest.fixture(scope="module")
def sealed() -> Sealed:
    return seal("willow street bridge", SECRET, BOUND, "unlock", FLOOR)


def test_the_same_passphrase_opens(sealed: Sealed) -> None:
    assert unseal("willow street bridge", sealed, BOUND, "unlock") == SECRET


def test_the_file_form_reads_back(sealed: Sealed) -> None:
    assert Sealed.from_plain(sealed.plain()) == sealed
    assert SECRET not in str(sealed.plain()).encode()


@pytest.mark.parametrize(
    ("passphrase", "bound", "purpose"),
    [
        ("willow street bridg", BOUND, "unlock"),
        ("willow street bridge", {**BOUND, "member": "n"}, "unlock"),
        ("willow street bridge", {**BOUND, "slot": "t"}, "unlock"),
        ("willow street bridge", {**BOUND, "db": "e"}, "unlock"),
        ("willow street bridge", BOUND, "sign"),
    ],
)
def test_anything_else_opens_nothing(
    sealed: Sealed, passphrase: str, bound: dict[str, Any], purpose: str
) -> None:
    with pytest.raises(WrongPassphrase):
        unseal(passphrase, sealed, bound, purpose)


def test_the_cost_is_part_of_what_is_locked(sealed: Sealed) -> None:
    dearer = Sealed(
        Stretch(FLOOR.memory_kib, FLOOR.passes + 1, FLOOR.lanes),
        sealed.salt,
        sealed.nonce,
        sealed.text,
    )
    with pytest.raises(WrongPassphrase):
        unseal("willow street bridge", dearer, BOUND, "unlock")


def test_a_letter_written_in_two_ways_is_one_letter() -> None:
    locked = seal("caf\u00e9 au lait sur", SECRET, BOUND, "unlock", FLOOR)
    assert unseal("cafe\u0301 au lait sur", locked, BOUND, "unlock") == SECRET


@pytest.mark.parametrize(
    ("part", "value", "code"),
    [
        ("m", 8, "weak-key-file"),
        ("m", FLOOR.memory_kib - 1, "weak-key-file"),
        ("t", 2, "weak-key-file"),
        ("p", 0, "weak-key-file"),
        ("m", CEILING.memory_kib + 1, "costly-key-file"),
        ("t", 17, "costly-key-file"),
        ("p", 17, "costly-key-file"),
        ("m", "131072", "key-file"),
        ("m", True, "key-file"),
        ("name", "argon2i", "key-file"),
        ("salt", "AAAA", "key-file"),
        ("salt", "*", "key-file"),
    ],
)
def test_a_changed_cost_is_refused_before_any_work(
    sealed: Sealed, part: str, value: Any, code: str
) -> None:
    plain = copy.deepcopy(sealed.plain())
    plain["kdf"][part] = value
    with pytest.raises(BadFile) as refused:
        Sealed.from_plain(plain)
    assert refused.value.code == code


def test_sealing_below_the_floor_is_refused() -> None:
    with pytest.raises(BadFile):
        seal("x", SECRET, BOUND, "unlock", Stretch(8, 1, 1))


def test_every_sealing_is_new() -> None:
    one, two = (seal("x", SECRET, BOUND, "unlock", FLOOR) for _ in range(2))
    assert one.salt != two.salt
    assert one.nonce != two.nonce
    assert one.text != two.text


def test_the_ordinary_cost_is_at_least_the_floor() -> None:
    assert Stretch().memory_kib == 128 * 1024
    assert Stretch().checked() == Stretch()


@settings(max_examples=40)
@given(purpose=st.text(min_size=1, max_size=20), other=st.text(min_size=1, max_size=20))
def test_each_purpose_has_its_own_key(purpose: str, other: str) -> None:
    one, two = keys.derive(SECRET, purpose), keys.derive(SECRET, other)
    assert len(one) == 32
    assert (one == two) == (purpose == other)
    assert one != SECRET


MEMORY = """
import resource
from infusion_visits.core.errors import DeviceTrouble
from infusion_visits.vault.keys import FLOOR, seal
seal("warm", b"x", {}, "unlock", FLOOR)
resource.setrlimit(resource.RLIMIT_AS, (100_000_000, 100_000_000))
try:
    seal("x", b"x", {}, "unlock")
except DeviceTrouble as trouble:
    print(trouble.code, trouble.words)
"""


def test_too_little_memory_is_said_plainly() -> None:
    done = subprocess.run(
        [sys.executable, "-c", MEMORY],
        cwd=Path(__file__).parents[2],
        check=True,
        capture_output=True,
        text=True,
    )
    assert done.stdout.startswith("memory Unlocking needs 128 MB")
