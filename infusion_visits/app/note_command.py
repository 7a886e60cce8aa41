"""`infusion-visits note`: the PDF of one visit, or the finished notes of a day, a patient, or all
that are on this laptop only.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from infusion_visits.app import places
from infusion_visits.app.opening import unit_of, unlocked_by
from infusion_visits.core.clock import SystemClock
from infusion_visits.core.errors import DeviceTrouble, Refused

if TYPE_CHECKING:
    import argparse

    from infusion_visits.exchange.bulk_export import Exported, Selection
    from infusion_visits.records.unit_of_work import UnitOfWork
    from infusion_visits.team.actions import Unlocked


def add_note(commands: Any) -> None:
    """The command's place on the command line."""
    note = commands.add_parser("note", help="the PDF of a visit, or of many")
    which = note.add_mutually_exclusive_group(required=True)
    which.add_argument("visit", nargs="?", type=UUID, help="one visit, signed or draft")
    which.add_argument("--day", type=date.fromisoformat, help="all signed ones of YYYY-MM-DD")
    which.add_argument("--patient", type=UUID, help="all signed ones of a patient")
    which.add_argument("--unsent", action="store_true", help="all that are on this laptop only")
    note.add_argument("--to", type=Path, required=True, metavar="DIR")
    note.add_argument("--worklist", action="store_true", help="with a list of them, as PDF")
    note.set_defaults(run=run_note)


def run_note(args: argparse.Namespace) -> int:
    """Prints the path of each file; 0 when all that was asked for is there."""
    folder = places.outside_record(args.to, args.home or places.default_home())
    if args.visit is None:
        return _many(args, folder)
    if args.worklist:
        raise Refused("worklist", "A worklist goes with --day, --patient or --unsent.")
    return _one(args, folder)


def _one(args: argparse.Namespace, folder: Path) -> int:
    from infusion_visits.visits.queries import is_signed

    unlocked, beside = _opened(args)
    try:
        with unit_of(unlocked, write=False) as unit:
            signed = is_signed(unit, args.visit)
        put = _signed if signed else _draft
        print(put(unlocked, args.visit, folder, beside=beside))
    finally:
        unlocked.close()
    return 0


def _opened(args: argparse.Namespace) -> tuple[Unlocked, bool]:
    """The record, for reading only where the window has it open: the PDF is there to be had."""
    try:
        return unlocked_by(args), False
    except DeviceTrouble as trouble:
        if trouble.code != "in-use":
            raise
        return unlocked_by(args, beside=True), True


def _signed(unlocked: Unlocked, visit: UUID, folder: Path, *, beside: bool) -> Path:
    from infusion_visits.exchange import handing_over
    from infusion_visits.records.whole_file import write_whole
    from infusion_visits.visits.signing import load_file

    with unit_of(unlocked, write=False) as unit:
        path = folder / handing_over.name_of(unit, visit)
        file = load_file(unit, visit)
    if not beside:
        home = unlocked.record.folder
        return handing_over.save(lambda: unit_of(unlocked), visit, path, home)
    write_whole(path, file)
    words = "The window has the record open: that the note left this laptop was not written down."
    print(words, file=sys.stderr)
    return path


def _draft(unlocked: Unlocked, visit: UUID, folder: Path, *, beside: bool) -> Path:
    from infusion_visits.app.catalogues.loading import put_in_force_from, take_back
    from infusion_visits.exchange import handing_over, note_file
    from infusion_visits.records.whole_file import write_whole

    del beside
    try:
        with unit_of(unlocked, write=False) as unit:
            for trouble in (one.trouble for one in put_in_force_from(unit) if one.trouble):
                print(trouble, file=sys.stderr)
            path = folder / handing_over.name_of(unit, visit)
            file = note_file.draft(unit, visit, SystemClock().now())
    finally:
        take_back()
    write_whole(path, file)
    return path


def _many(args: argparse.Namespace, folder: Path) -> int:
    from infusion_visits.exchange import bulk_export

    unlocked = unlocked_by(args)
    try:
        with unit_of(unlocked, write=False) as unit:
            wanted = _wanted(args, unit)
        for one in wanted.left_out:
            print(f"Left out: {one.words}", file=sys.stderr)
        if not wanted.notes:
            print(f"{wanted.title}: there is none to export.", file=sys.stderr)
            return 0
        done = bulk_export.export(
            lambda: unit_of(unlocked),
            wanted,
            folder,
            unlocked.record.folder,
            _told,
            with_worklist=args.worklist,
        )
    finally:
        unlocked.close()
    _say(done)
    return 0 if done.whole else 1


def _wanted(args: argparse.Namespace, unit: UnitOfWork) -> Selection:
    from infusion_visits.exchange import bulk_export
    from infusion_visits.patients.queries import zone_of

    if args.day is not None:
        return bulk_export.of_day(unit, args.day, unit.zone)
    if args.patient is not None:
        zone_of(unit, args.patient)
        return bulk_export.of_patient(unit, args.patient)
    return bulk_export.not_handed_over(unit)


def _say(done: Exported) -> None:
    if sys.stderr.isatty():
        print(file=sys.stderr)
    for path in done.files:
        print(path)
    if done.worklist is not None:
        print(done.worklist)
    print(done.words, file=sys.stderr)


def _told(done: int, of: int, words: str = "") -> None:
    if sys.stderr.isatty():
        print(f"\r{done} of {of} {words}", end="", file=sys.stderr, flush=True)
