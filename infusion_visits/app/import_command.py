"""`infusion-visits import PATH...`: FHIR R4, note files and a coordinator's answers."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from infusion_visits.exchange.import_files import ImportReport
    from infusion_visits.exchange.note_files import FilesReport


def add_import(commands: Any) -> None:
    """The command's place on the command line."""
    imported = commands.add_parser(
        "import", help="read note PDFs, a coordinator's answers, FHIR R4 bundles and NDJSON"
    )
    imported.add_argument("paths", nargs="+", type=Path, metavar="FILE_OR_FOLDER")
    imported.set_defaults(run=run_import)


def run_import(args: argparse.Namespace) -> int:
    """Prints one line for each note file, then what came of FHIR; 1 when something was refused."""
    from infusion_visits.app.opening import unit_of, unlocked_by
    from infusion_visits.exchange.import_files import import_files
    from infusion_visits.exchange.note_files import SUFFIXES, plan, take_files

    ours = plan(args.paths)
    others = _for_fhir(args.paths, ours)
    unlocked = unlocked_by(args)
    notes: FilesReport | None = None
    fhir: ImportReport | None = None
    try:
        if ours:
            notes = take_files(ours, lambda: unit_of(unlocked), told)
        if others:
            fhir = import_files(others, lambda: unit_of(unlocked), told, elsewhere=SUFFIXES)
    finally:
        unlocked.close()
    if sys.stderr.isatty():
        print(file=sys.stderr)
    _say_notes(notes)
    _say_fhir(fhir)
    return 1 if any(one is not None and one.failed for one in (notes, fhir)) else 0


def told(done: int, of: int, words: str = "") -> None:
    """Progress on a terminal; nothing where the output goes into a file."""
    if sys.stderr.isatty():
        print(f"\r{done} of {of} {words}", end="", file=sys.stderr, flush=True)


def _for_fhir(paths: Sequence[Path], ours: Sequence[Path]) -> list[Path]:
    """What is left for FHIR: files named outright, and folders that hold anything else."""
    from infusion_visits.exchange import import_files
    from infusion_visits.exchange.note_files import SUFFIXES

    named = [path for path in paths if path not in ours]
    folders = [path for path in named if path.is_dir()]
    files, skipped = import_files.plan(folders, SUFFIXES)
    wanted = files or skipped or not ours
    return named if wanted else [path for path in named if not path.is_dir()]


def _say_notes(report: FilesReport | None) -> None:
    if report is None:
        return
    for file in report.files:
        for line in file.lines():
            print(line, file=sys.stderr if file.failed else sys.stdout)
    print(report.summary())


def _say_fhir(report: ImportReport | None) -> None:
    if report is None:
        return
    for fault in report.errors:
        print(fault.line(), file=sys.stderr)
    for line in report.lines()[len(report.errors) :]:
        print(line)
