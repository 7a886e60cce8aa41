"""`infusion-visits catalogue check FILE`: the same look as in Settings, without a record."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from infusion_visits.core.errors import BadFile

if TYPE_CHECKING:
    import argparse


def add_catalogue(commands: Any) -> None:
    """The command's place on the command line."""
    catalogue = commands.add_parser("catalogue", help="look at an agency's own clinical catalogue")
    acts = catalogue.add_subparsers(dest="act", required=True, metavar="ACT")
    check = acts.add_parser("check", help="what a file changes, and what is wrong with it")
    check.add_argument("file", type=Path)
    check.set_defaults(run=run_check)


def run_check(args: argparse.Namespace) -> int:
    """Prints the report; 0 when the file could be used, 1 when something is wrong with it."""
    from infusion_visits.app.catalogues.checking import check_file
    from infusion_visits.app.catalogues.report import report_lines

    try:
        checked = check_file(args.file)
    except OSError:
        words = "The file cannot be opened. Look at its name."
        raise BadFile("catalogue", words, str(args.file)) from None
    for line in report_lines(checked):
        print(line)
    return 0 if checked.good else 1
