"""`python -m infusion_visits`: the window, or a command."""

from __future__ import annotations

import multiprocessing
import sys
from pathlib import Path


def main() -> int:
    """Open the window when no command is given, else run the command; returns the exit code.

    Each is imported only when it is wanted: a command must run where Qt cannot, and the first
    screen must not wait for what the commands need.
    """
    if getattr(sys, "frozen", False):
        # The process that reads files from outside is started as the program itself.
        multiprocessing.freeze_support()
    words = sys.argv[1:]
    if asks_for_the_window(words):
        import_before_qt()
        from infusion_visits.app.window import run_window

        return run_window(Path(words[1]) if words else None)
    from infusion_visits.app.cli import main as run_command

    return run_command(words)


def import_before_qt() -> None:
    """What the first screen needs beside Qt: PySide6 reads the source of all that comes after it.

    It looks there for its own feature switches, which costs as much as the import itself.
    """
    import platformdirs  # noqa: F401

    from infusion_visits.app import places, reporting  # noqa: F401
    from infusion_visits.records import key_file  # noqa: F401
    from infusion_visits.widgets import style_sheet, tokens  # noqa: F401


def asks_for_the_window(words: list[str]) -> bool:
    """Whether the command line names no command; the window takes `--home DIR` and nothing else."""
    return not words or (len(words) == 2 and words[0] == "--home")


if __name__ == "__main__":
    sys.exit(main())
