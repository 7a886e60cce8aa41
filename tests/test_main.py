"""The door of the program: the window, or a command, and never both in one process."""

from __future__ import annotations

import subprocess
import sys

import pytest

from infusion_visits.__main__ import asks_for_the_window


@pytest.mark.parametrize(
    ("words", "window"),
    [
        ([], True),
        (["--home", "folder"], True),
        (["--home"], False),
        (["--home", "folder", "list", "visits"], False),
        (["demo"], False),
        (["--version"], False),
    ],
)
def test_without_a_command_the_window_opens(words: list[str], window: bool) -> None:
    assert asks_for_the_window(words) is window


def test_a_command_runs_where_qt_cannot() -> None:
    said = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; sys.modules['PySide6'] = None; sys.argv[1:] = ['--version'];"
            "from infusion_visits.__main__ import main; main()",
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (said.returncode, said.stderr) == (0, "")
    assert said.stdout.startswith("infusion-visits ")


def test_an_unknown_command_is_refused_in_words() -> None:
    said = subprocess.run(
        [sys.executable, "-m", "infusion_visits", "dance"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.returncode == 2
    assert said.stdout == ""
    assert "dance" in said.stderr
    assert "Traceback" not in said.stderr
