"""Nothing of a patient lies in the open: while the program runs, in its files and its process."""

from __future__ import annotations

import base64
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.faults.whole_day import CANARY, FAMILY, GIVEN, NUMBER, PASSPHRASE

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
PLANTED = (FAMILY, GIVEN, NUMBER, CANARY)
SECRET = ("SQLite format 3", "audit_event", PASSPHRASE, "infliximab", "1971-03-04")
HALTS = ("admitted", "in the middle of an act", "completed", "signed", "temporary", "closed")


def forms(words: str) -> dict[str, bytes]:
    """The ways in which a program could have written `words`, by name."""
    plain = words.encode()
    found = {"utf-8": plain, "utf-16": words.encode("utf-16-le"), "lower": words.lower().encode()}
    found |= {"upper": words.upper().encode(), "hex": plain.hex().encode()}
    for shift in range(3):
        # Of base64 only what does not depend on the letters before and after.
        coded = base64.b64encode(b"\0" * shift + plain)
        start, end = (shift * 8 + 5) // 6, (shift + len(plain)) * 8 // 6
        found[f"base64 +{shift}"] = coded[start:end]
    return found


def found_in(content: bytes, all_words: tuple[str, ...]) -> list[str]:
    """Which words stand in `content`, and in which form."""
    return [
        f"{words} ({name})"
        for words in all_words
        for name, form in forms(words).items()
        if form in content
    ]


def leaks(folder: Path) -> dict[str, list[str]]:
    """The files below `folder` that give something away."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and (words := found_in(path.read_bytes(), (*PLANTED, *SECRET))):
            found[str(path.relative_to(folder))] = words
    return found


def leaks_of_process(pid: int) -> dict[str, list[str]]:
    """What the system shows of the process to others: its words, its surroundings, open files."""
    process = Path("/proc", str(pid))
    found = {}
    for name in ("cmdline", "environ"):
        if words := found_in((process / name).read_bytes(), (*PLANTED, PASSPHRASE)):
            found[name] = words
    for link in (process / "fd").iterdir():
        # A file that was removed right after it was opened is in no folder, and still on the disk.
        if link.is_file() and (words := found_in(link.read_bytes(), (*PLANTED, *SECRET))):
            found[f"{link.name}: {link.readlink()}"] = words
    return found


@pytest.fixture
def day(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """The program, with every folder it may write to below `tmp_path`."""
    variables = dict(os.environ)
    for name in ("HOME", "TMPDIR", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "logs"):
        (tmp_path / name.lower()).mkdir()
        variables[name] = str(tmp_path / name.lower())
    variables |= {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    with (
        (tmp_path / "logs" / "stderr.txt").open("w") as errors,
        subprocess.Popen(
            [sys.executable, "-m", "tests.faults.whole_day", str(tmp_path)],
            cwd=tmp_path / "home",
            env=variables,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        ) as process,
    ):
        yield process
        process.kill()


def test_no_word_of_a_patient_lies_in_the_open(day: subprocess.Popen[str], tmp_path: Path) -> None:
    assert day.stdin is not None
    assert day.stdout is not None
    said = []
    for _ in HALTS:
        where = day.stdout.readline().strip()
        assert where, (tmp_path / "logs" / "stderr.txt").read_text()
        said.append(where)
        assert leaks(tmp_path) == {}, where
        if Path("/proc").is_dir():
            assert leaks_of_process(day.pid) == {}, where
        if where == HALTS[1]:
            # What is looked at is more than an empty folder: the act lies in the log of the file.
            assert (tmp_path / "record" / "record.db-wal").stat().st_size > 100_000
        day.stdin.write("on\n")
        day.stdin.flush()
    assert day.wait() == 0
    assert [words.partition(" /")[0] for words in said] == list(HALTS)
    assert said[4] == f"temporary {tmp_path / 'tmpdir'}"
    assert (tmp_path / "logs" / "debug.log").stat().st_size > 0
    assert leaks(tmp_path) == {}


@pytest.mark.parametrize("words", [*PLANTED, *SECRET])
def test_the_look_finds_what_is_there(words: str, tmp_path: Path) -> None:
    for name, content in {
        "plain": f"x{words}y".encode(),
        "wide": f"x{words}y".encode("utf-16-le"),
        "coded": base64.b64encode(f"ab{words}cd".encode()),
        "coded-2": base64.b64encode(f"abc{words}c".encode()),
        "coded-3": base64.b64encode(f"a{words}".encode()),
    }.items():
        (tmp_path / name).write_bytes(content)
    assert set(leaks(tmp_path)) == {"plain", "wide", "coded", "coded-2", "coded-3"}
