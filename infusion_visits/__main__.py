"""`python -m infusion_visits`: the window, or a command."""

from __future__ import annotations

import sys


def main() -> int:
    """Open the window when no argument is given, else run the command line; returns the exit code.

    Each is imported only when it is wanted: a command must run where Qt cannot, and the first
    screen must not wait for what the commands need.
    """
    if len(sys.argv) == 1:
        from infusion_visits.app.window import run_window

        return run_window()
    from infusion_visits.app.cli import main as run_command

    return run_command(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
