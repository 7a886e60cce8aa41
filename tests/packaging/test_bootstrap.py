"""The commands that bring a fresh checkout to life, where they can be tried without a network."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import bootstrap
import checks
import environment
import system_libraries

CHECKOUT = Path(__file__).resolve().parents[2]
BOOTSTRAP = CHECKOUT / "packaging" / "bootstrap.py"


def test_an_older_python_is_told_so_in_one_line() -> None:
    # It must first be able to read the file.
    ast.parse(BOOTSTRAP.read_text("utf-8"), feature_version=(3, 7))
    older = "import runpy, sys; sys.version_info = (3, 9, 2); runpy.run_path(sys.argv[1])"
    said = subprocess.run(
        [sys.executable, "-c", older, str(BOOTSTRAP)], capture_output=True, text=True, check=False
    )
    assert said.returncode == 1
    assert said.stdout == ""
    assert said.stderr.startswith("Infusion Visits needs Python 3.11 or newer; this is Python 3.9.")
    assert len(said.stderr.splitlines()) == 1


def test_a_child_inherits_nothing_that_bends_its_imports(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PYTHONPATH", "PYTHONHOME", "PYTHONDONTWRITEBYTECODE"):
        monkeypatch.setenv(name, "1")
    monkeypatch.setenv("DISPLAY", ":7")
    child = environment.plain_environment()
    assert not {"PYTHONPATH", "PYTHONHOME", "PYTHONDONTWRITEBYTECODE"} & set(child)
    assert child["DISPLAY"] == ":7"


@pytest.mark.parametrize("text", ["", "{", "[]", "null"])
def test_half_a_stamp_is_no_stamp(
    text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stamp = tmp_path / "stamp.json"
    stamp.write_text(text, encoding="utf-8")
    monkeypatch.setattr(environment, "STAMP", stamp)
    assert environment._stamp() == {}


def test_another_lock_or_another_folder_is_another_digest(tmp_path: Path) -> None:
    lock = tmp_path / "requirements.lock"
    lock.write_text("one==1", encoding="utf-8")
    first = environment._digest(lock, "/here")
    assert environment._digest(lock, "/here") == first
    assert environment._digest(lock, "/there") != first
    lock.write_text("one==2", encoding="utf-8")
    assert environment._digest(lock, "/here") != first


@pytest.mark.parametrize(
    ("variables", "seen"),
    [
        ({}, False),
        ({"DISPLAY": ""}, False),
        ({"DISPLAY": ":0"}, True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, True),
        ({"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}, False),
        ({"DISPLAY": ":0", "QT_QPA_PLATFORM": "xcb"}, True),
    ],
)
def test_a_display_is_seen_where_linux_has_one(
    variables: dict[str, str], seen: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert bootstrap._sees_a_display() is seen


@pytest.mark.parametrize(
    ("words", "to", "rest"),
    [
        (["run"], None, []),
        (["run", "--to", "notes"], "notes", []),
        (["run", "note", "v1", "--to", "notes"], "notes", ["note", "v1", "--to", "notes"]),
        (["run", "--home", "h", "list", "visits"], None, ["--home", "h", "list", "visits"]),
    ],
)
def test_a_command_keeps_all_its_words(words: list[str], to: str | None, rest: list[str]) -> None:
    asked, handed_on = bootstrap.understood(words)
    assert (asked.to, handed_on) == (to, rest)


def test_the_words_after_test_are_for_pytest() -> None:
    asked, rest = bootstrap.understood(["test", "-k", "vitals", "-x"])
    assert (asked.command, rest) == ("test", ["-k", "vitals", "-x"])


def test_a_display_that_answers_nobody_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "no-such-platform")
    assert bootstrap._connects(Path(sys.executable)) is False
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert bootstrap._connects(Path(sys.executable)) is True


@pytest.fixture
def apt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only program on the PATH: an apt-get that writes down how it was called."""
    told = tmp_path / "told"
    program = tmp_path / "bin" / "apt-get"
    program.parent.mkdir()
    shell = shutil.which("sh")
    program.write_text(f'#!{shell}\necho "$DEBIAN_FRONTEND $*" >> "{told}"\necho noise\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent))
    return told


def test_as_root_the_libraries_are_installed(
    apt: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    system_libraries.install(["libegl1", "libgl1"], "Qt lacks some system libraries")
    assert apt.read_text("utf-8").splitlines() == [
        "noninteractive update -qq",
        "noninteractive -qq install -y --no-install-recommends libegl1 libgl1",
    ]
    # The last line of standard output belongs to the program.
    assert capfd.readouterr().out == ""


def test_without_root_the_line_to_paste_is_said(
    apt: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(SystemExit) as stopped:
        system_libraries.install(["libegl1"], "Qt lacks some system libraries")
    assert str(stopped.value).splitlines() == [
        "Qt lacks some system libraries. Run this once, then start again:",
        "sudo apt-get update && sudo apt-get install -y --no-install-recommends libegl1",
    ]
    assert not apt.exists()

    # The program's commands need no Qt: then it is said, and nothing stops.
    system_libraries.install(["libegl1"], "Qt lacks some system libraries", must=False)
    assert "sudo apt-get install -y --no-install-recommends libegl1" in capfd.readouterr().err


def test_a_broken_contract_fails_the_test_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    shutil.copy(CHECKOUT / "pyproject.toml", tmp_path)
    shutil.copytree(
        CHECKOUT / "infusion_visits",
        tmp_path / "infusion_visits",
        ignore=shutil.ignore_patterns("__pycache__"),
    )
    monkeypatch.setattr(checks, "CHECKOUT", tmp_path)
    (step,) = (step for step in checks.STEPS if step[0] == "lint-imports")
    monkeypatch.setattr(checks, "STEPS", [(step[0], (*step[1], "--contract", "floors"))])
    monkeypatch.setattr(sys, "argv", ["checks.py"])
    assert checks.main() == 0
    with (tmp_path / "infusion_visits" / "core" / "ids.py").open("a", encoding="utf-8") as file:
        file.write("import infusion_visits.vault\n")
    assert checks.main() == 1
    said = capfd.readouterr().out
    assert "ok   lint-imports" in said
    assert "FAIL lint-imports" in said
