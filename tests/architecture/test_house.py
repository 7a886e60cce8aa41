"""What holds in every room, and no linter knows: banned calls and words, the wheel, the locks."""

from __future__ import annotations

import ast
import re
import tomllib
import zipfile
from typing import TYPE_CHECKING

import pytest
from hatchling.builders.wheel import WheelBuilder
from packaging.markers import default_environment
from packaging.requirements import Requirement

from tests.architecture.tree import CHECKOUT, called, calls, python_files, spoken_strings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LOCKS = ("requirements.lock", "requirements-dev.lock")
# They say nothing of what lies inside.
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "manager", "common", "misc", "base"}
FIXED_WAITS = {"time.sleep", "sleep", "qtbot.wait", "QTest.qWait", "QTest.qSleep", "QThread.msleep"}
SKIPS = {"pytest.skip", "pytest.xfail", "pytest.importorskip"}
CLOCKS = {
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "date.today",
    "time.time",
    "uuid4",
    "uuid.uuid4",
    "uuid1",
    "uuid.uuid1",
}
# The two places where the machine's clock and its chance come in; all else is given them.
CLOCK_KEEPERS = {"infusion_visits/core/clock.py", "infusion_visits/core/ids.py"}


def pins(lock: str) -> dict[str, str]:
    text = (CHECKOUT / "packaging" / lock).read_text("utf-8")
    return dict(re.findall(r"^([a-z0-9][a-z0-9.-]*)==([^\s;]+)", text, re.MULTILINE))


def direct_requirements() -> Iterator[tuple[str, Requirement]]:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))
    for text in project["project"]["dependencies"] + project["dependency-groups"]["build"]:
        yield LOCKS[0], Requirement(text)
        yield LOCKS[1], Requirement(text)
    for text in project["dependency-groups"]["dev"]:
        yield LOCKS[1], Requirement(text)


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_hashes_and_no_address(lock: str) -> None:
    text = (CHECKOUT / "packaging" / lock).read_text("utf-8")
    assert "://" not in text
    assert "--index-url" not in text
    assert "--find-links" not in text
    entries = re.split(r"\n(?=[a-z0-9])", text.strip())
    assert len(entries) == len(pins(lock))
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []


def test_the_locks_agree_with_each_other_and_with_the_project() -> None:
    app, dev = (pins(lock) for lock in LOCKS)
    assert app.items() <= dev.items()
    here = default_environment()
    assert here["python_version"] >= "3.11"
    wrong = [
        f"{lock}: {wanted}"
        for lock, wanted in direct_requirements()
        if not wanted.specifier.contains(pins(lock).get(wanted.name.lower(), "0"))
    ]
    assert wrong == []


def test_pyside_stays_below_the_release_that_aborts() -> None:
    major, minor = pins(LOCKS[0])["pyside6-essentials"].split(".")[:2]
    assert (int(major), int(minor)) < (6, 12)


def test_the_wheel_carries_resources_and_migrations(tmp_path: Path) -> None:
    (built,) = WheelBuilder(str(CHECKOUT)).build(directory=str(tmp_path))
    inside = set(zipfile.ZipFile(built).namelist())
    for kind in ("fonts", "clinical", "icons"):
        for file in (CHECKOUT / "resources" / kind).rglob("*.*"):
            assert f"infusion_visits/{file.relative_to(CHECKOUT).as_posix()}" in inside
    for file in (CHECKOUT / "infusion_visits").rglob("*.*"):
        if file.is_file() and "__pycache__" not in file.parts:
            assert file.relative_to(CHECKOUT).as_posix() in inside
    assert any(name.endswith("licenses/LICENSE") for name in inside)


def test_the_changelog_has_a_place_for_what_is_new() -> None:
    lines = (CHECKOUT / "CHANGELOG.md").read_text("utf-8").splitlines()
    headings = [line for line in lines if line.startswith("## ")]
    assert headings[0] == "## [Unreleased]"


def test_packaging_is_no_package() -> None:
    # With an __init__.py it would shadow the distribution of that name.
    assert not (CHECKOUT / "packaging" / "__init__.py").exists()


def test_no_module_has_an_empty_name() -> None:
    assert [str(file) for file in python_files("infusion_visits") if file.stem in EMPTY_NAMES] == []


def test_no_test_waits_for_a_fixed_time_or_is_skipped() -> None:
    found = list(called("tests", FIXED_WAITS | SKIPS))
    marked = [
        f"{file.relative_to(CHECKOUT)}:{node.lineno}"
        for file in python_files("tests")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Attribute)
        and node.attr in {"skip", "skipif", "xfail"}
        and ast.unparse(node).startswith("pytest.mark.")
    ]
    assert found + marked == []


def test_no_room_asks_the_machine_for_time_or_chance() -> None:
    found = [
        place
        for place in called("infusion_visits", CLOCKS)
        if place.partition(":")[0] not in CLOCK_KEEPERS
    ]
    assert found == []


def test_no_statement_replaces_a_row() -> None:
    # INSERT OR REPLACE deletes without a trigger where recursive_triggers is off.
    found = [
        f"{file.relative_to(CHECKOUT)}: {text[:60]!r}"
        for file in python_files("infusion_visits")
        for text in spoken_strings(file)
        if re.search(r"\bOR\s+REPLACE\b|\bREPLACE\s+INTO\b", text, re.IGNORECASE)
    ]
    found += [
        str(file.relative_to(CHECKOUT))
        for file in (CHECKOUT / "infusion_visits").rglob("*.sql")
        if re.search(r"\bREPLACE\s+INTO\b|\bOR\s+REPLACE\b", file.read_text("utf-8"), re.IGNORECASE)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("import time\ntime.sleep(1)", ["time.sleep"]),
        ("qtbot.wait(50)", ["qtbot.wait"]),
        ("self.clock.now()", ["self.clock.now"]),
        ("datetime.datetime.now(tz)", ["datetime.now"]),
    ],
)
def test_a_banned_call_is_seen(source: str, names: list[str]) -> None:
    assert [name for name, _ in calls(source)] == names
