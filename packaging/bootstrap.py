#!/usr/bin/env python3
"""From a fresh checkout to the running program, or to its tests, in one command.

    python3 packaging/bootstrap.py run [--to DIR] [COMMAND ...]
    python3 packaging/bootstrap.py test [PYTEST ARGUMENTS]
    python3 packaging/bootstrap.py bench
    python3 packaging/bootstrap.py reference
    python3 packaging/bootstrap.py shots --to DIR

Standard library only, the same on Linux, macOS and Windows. Standard output belongs to what is
started: all that this script says itself goes to standard error.
"""

import sys

# Before the imports below: they would only say that some syntax is invalid.
if sys.version_info < (3, 11):  # noqa: UP036 - this is where an older Python is told apart
    sys.exit(
        "Infusion Visits needs Python 3.11 or newer; this is Python %d.%d. "  # noqa: UP031 - as above
        "Start it with a newer one, such as: python3.12 %s"
        % (sys.version_info[0], sys.version_info[1], " ".join(sys.argv))
    )

import argparse
import os
import subprocess
from pathlib import Path

import environment
import system_libraries
from environment import CHECKOUT, say

# A window on one of these would be seen by nobody and never end.
UNSEEN_PLATFORMS = ("offscreen", "minimal", "minimalegl", "vnc")
CONNECTS = "from PySide6.QtGui import QGuiApplication; QGuiApplication([])"


def main() -> int:
    """Do what the command line asks; returns the exit code of what was started."""
    asked, rest = understood(sys.argv[1:])
    if asked.command == "run":
        return run(asked.to, rest)
    if asked.command == "test":
        return test(rest)
    if rest:
        say(f"{asked.command} does not know {' '.join(rest)}.")
        return 2
    if asked.command == "reference":
        return reference()
    return bench() if asked.command == "bench" else shots(asked.to)


def understood(words: list[str]) -> tuple[argparse.Namespace, list[str]]:
    """What is asked of this script, and the words that are for what it starts."""
    asked, rest = _parser().parse_known_args(words)
    if asked.command == "run" and rest:
        # A COMMAND keeps all its words: its own --to is not the one of `run`.
        return asked, words[1:]
    return asked, rest


def run(to: str | None, command: list[str]) -> int:
    """Open the window; without a display make the demo agency and one signed note.

    Any COMMAND is handed to the program instead, as `infusion-visits COMMAND` would take it.
    """
    python = environment.ready()
    if command:
        return _start([str(python), "-m", "infusion_visits", *command])
    if _sees_a_display():
        system_libraries.ensure(python, window=True)
        if _connects(python):
            return _start([str(python), "-m", "infusion_visits"])
    say("No display here: the demo agency is made, and one visit driven to its signed note.")
    where = [] if to is None else ["--to", to]
    return _start([str(python), "-m", "infusion_visits", "demo", *where])


def test(arguments: list[str]) -> int:
    """Every check that a change must pass; the arguments go to pytest."""
    python = environment.ready(dev=True)
    system_libraries.ensure(python)
    checks = str(CHECKOUT / "packaging" / "checks.py")
    return _start([str(python), checks, *arguments], cwd=CHECKOUT)


def bench() -> int:
    """Print the ratios that this machine measures."""
    python = environment.ready(dev=True)
    system_libraries.ensure(python)
    return _start([str(python), "-m", "tests.bench"], cwd=CHECKOUT, offscreen=True)


def reference() -> int:
    """Print how much of the clinical reference is held by tests, and what is not."""
    python = environment.ready(dev=True)
    return _start([str(python), "-m", "tests.clinical_reference"], cwd=CHECKOUT)


def shots(to: str) -> int:
    """A picture of every screen, made where no display is needed."""
    python = environment.ready()
    system_libraries.ensure(python)
    return _start([str(python), "-m", "infusion_visits.app.shots", "--to", to], offscreen=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bootstrap.py", allow_abbrev=False)
    commands = parser.add_subparsers(dest="command", required=True)
    running = commands.add_parser("run", help="open the window", allow_abbrev=False)
    running.add_argument("--to", metavar="DIR", help="where the note goes without a display")
    commands.add_parser("test", help="every check, then the tests", allow_abbrev=False)
    commands.add_parser("bench", help="measure and print ratios", allow_abbrev=False)
    commands.add_parser(
        "reference", help="what of the clinical reference tests hold", allow_abbrev=False
    )
    pictures = commands.add_parser("shots", help="a picture of every screen", allow_abbrev=False)
    pictures.add_argument("--to", metavar="DIR", required=True)
    return parser


def _sees_a_display() -> bool:
    if os.environ.get("QT_QPA_PLATFORM", "").partition(":")[0] in UNSEEN_PLATFORMS:
        return False
    if sys.platform != "linux":
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _connects(python: Path) -> bool:
    # In a process of its own: Qt aborts where it cannot connect.
    try:
        tried = subprocess.run(
            [str(python), "-c", CONNECTS],
            env=environment.plain_environment(),
            capture_output=True,
            timeout=30,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return False
    return tried.returncode == 0


def _start(command: list[str], *, cwd: Path | None = None, offscreen: bool = False) -> int:
    variables = environment.plain_environment()
    if offscreen:
        variables["QT_QPA_PLATFORM"] = "offscreen"
    try:
        return subprocess.run(command, env=variables, cwd=cwd, check=False).returncode
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
