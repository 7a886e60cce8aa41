"""The command line: every act of the program that needs no window, in plain lines."""

from __future__ import annotations

import argparse
import getpass
import logging
import os
import sys
import warnings
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn
from uuid import UUID

from infusion_visits import __version__
from infusion_visits.app import places
from infusion_visits.app.catalogues.command import add_catalogue
from infusion_visits.app.reporting import in_words
from infusion_visits.core.clock import SystemClock, local_day
from infusion_visits.core.errors import (
    BadFile,
    InfusionVisitsError,
    Missing,
    Refused,
)
from infusion_visits.core.ids import TimedIds
from infusion_visits.core.moments import show_instant

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from infusion_visits.visits.queries import VisitLine

DEMO_SEED = 20_261_121


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command; 0 when it did what was asked, 1 with one plain line when it did not."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(message)s")
    args = _parser().parse_args(argv)
    command: Callable[[argparse.Namespace], int] = args.run
    try:
        return command(args)
    except KeyboardInterrupt:
        print("Stopped. What was done so far is saved.", file=sys.stderr)
        return 1
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:  # noqa: BLE001 (the command line's one place for errors)
        said = in_words(error)
        if said is not None:
            print(said.line, file=sys.stderr)
        return 1


class _Words(argparse.ArgumentParser):
    """Says in one line what was not understood, where argparse prints the whole usage."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message} (--help says more)\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Words(
        prog="infusion-visits",
        description="A whole home-infusion visit on one laptop. Without a command: the window.",
    )
    parser.add_argument("--version", action="version", version=f"infusion-visits {__version__}")
    parser.add_argument("--home", type=Path, help="where the record lives")
    parser.add_argument(
        "--as", dest="member", default="", metavar="MEMBER", help="who, by name or role"
    )
    parser.add_argument("--passphrase-file", type=Path, help="a file whose first line opens it")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_demo(commands)
    _add_setup(commands)
    _add_others(commands)
    return parser


def _add_demo(commands: Any) -> None:
    demo = commands.add_parser(
        "demo", help="make the demo agency, drive one visit to its signed note, print where it lies"
    )
    demo.add_argument("--to", type=Path, help="folder for the PDF (the documents folder otherwise)")
    demo.add_argument("--today", type=date.fromisoformat, help="the day called today, YYYY-MM-DD")
    demo.add_argument("--seed", type=int, default=DEMO_SEED)
    demo.add_argument("--only-make", action="store_true", help="make the agency, drive no visit")
    demo.set_defaults(run=_demo)


def _add_setup(commands: Any) -> None:
    setup = commands.add_parser("setup", help="set up an agency of your own")
    setup.add_argument("--agency", required=True)
    setup.add_argument("--member", dest="name", required=True)
    setup.add_argument("--role", choices=("nurse", "coordinator"), default="nurse")
    setup.add_argument("--credential", default="")
    setup.add_argument("--telephone", default="")
    setup.add_argument("--zone", default="", help="IANA zone, such as America/New_York")
    setup.set_defaults(run=_setup)


def _add_others(commands: Any) -> None:
    listed = commands.add_parser("list", help="list patients or visits")
    listed.add_argument("what", choices=("patients", "visits"))
    listed.add_argument("text", nargs="?", default="")
    listed.set_defaults(run=_list)
    imported = commands.add_parser("import", help="read FHIR R4 bundles and NDJSON")
    imported.add_argument("paths", nargs="+", type=Path)
    imported.set_defaults(run=_import)
    note = commands.add_parser("note", help="the PDF of a visit")
    note.add_argument("visit", type=UUID)
    note.add_argument("--to", type=Path, required=True)
    note.set_defaults(run=_note)
    add_catalogue(commands)
    check = commands.add_parser("check", help="is the record whole?")
    check.set_defaults(run=_check)


def _demo(args: argparse.Namespace) -> int:
    from infusion_visits.app.demo import make

    home = args.home or places.demo_home()
    today = args.today or local_day(SystemClock().now(), make.ZONE)
    folder = places.outside_record(args.to or places.documents(), home)
    if args.only_make:
        make.make(home, today, args.seed)
        print(home.absolute())
        return 0
    print("Making one visit in the demo agency ...", file=sys.stderr)
    visit, file = make.one_visit(home, today, args.seed)
    print(_written(folder, today, visit, file))
    return 0


def _written(folder: Path, day: date, visit: UUID, file: bytes) -> Path:
    """Writes a note whole or not at all. The name carries nothing of the patient."""
    from infusion_visits.records.whole_file import write_whole

    # The tail of a UUIDv7 is random; its head would be the same for visits of one minute.
    path = folder / f"visit-{day.isoformat()}-{visit.hex[-6:]}.pdf"
    write_whole(path, file)
    return path


def _setup(args: argparse.Namespace) -> int:
    from infusion_visits.team import actions as team

    clock = SystemClock()
    home = args.home or places.default_home()
    passphrase = _passphrase(args, "Choose a passphrase (12 characters or 4 words): ")
    if args.passphrase_file is None and passphrase != _asked("Once more: "):
        raise Refused("passphrase", "The two passphrases differ. Nothing was set up.")
    unlocked = team.set_up(
        home,
        args.agency,
        team.NewMember(args.name, args.credential, args.role),
        passphrase,
        clock,
        TimedIds(clock),
        args.zone or places.laptop_zone(),
        telephone=args.telephone,
    )
    unlocked.close()
    print(f"Set up in {home.absolute()}")
    return 0


def _passphrase(args: argparse.Namespace, prompt: str) -> str:
    if args.passphrase_file is None:
        return _asked(prompt)
    try:
        return str(args.passphrase_file.read_text("utf-8").splitlines()[0])
    except (OSError, UnicodeDecodeError, IndexError):
        raise BadFile("passphrase-file", "The passphrase file cannot be read.") from None


def _asked(prompt: str) -> str:
    try:
        with warnings.catch_warnings():
            # Threat: where the terminal cannot be silenced the passphrase would stand on it.
            warnings.simplefilter("error", getpass.GetPassWarning)
            return getpass.getpass(prompt)
    except (EOFError, getpass.GetPassWarning):
        raise Refused(
            "no-terminal",
            "There is no terminal to ask for the passphrase. Name a file: --passphrase-file FILE.",
        ) from None


def _unlocked(args: argparse.Namespace, *, beside: bool = False) -> Any:
    from infusion_visits.records import record_folder
    from infusion_visits.team import actions as team

    clock = SystemClock()
    home = args.home or places.default_home()
    if not record_folder.is_record(home):
        raise Missing(
            "no-record", "There is no record here yet. Run `infusion-visits setup` first."
        )
    member = _meant(home, args.member)
    passphrase = _passphrase(args, "Passphrase: ")
    open_it = team.unlock_beside if beside else team.unlock
    return open_it(home, member, passphrase, clock, TimedIds(clock), places.laptop_zone())


def _meant(home: Path, wanted: str) -> UUID:
    """Exactly one member: each wrong guess makes that member wait, so nobody is tried in turn."""
    from infusion_visits.records import key_file

    file = key_file.load(home)
    found = file.slots_as(wanted)
    if len(found) == 1:
        return found[0].member
    if len({slot.name for slot in found}) < len(found):
        # Two of one name can only be told apart by what the record calls them.
        said = ", ".join(f"{slot.name} ({slot.member})" for slot in found)
    else:
        said = ", ".join(slot.name for slot in found or file.slots)
    if found:
        raise Refused("which-member", f"Say who you are with --as, one of: {said}.")
    raise Missing("no-member", f"Nobody here is called that. Say --as one of: {said}.")


def _unit(unlocked: Any, *, write: bool = True) -> Any:
    clock = SystemClock()
    return unlocked.unit(clock, TimedIds(clock), places.laptop_zone(), write=write)


def _list(args: argparse.Namespace) -> int:
    from infusion_visits.patients import queries as patients
    from infusion_visits.visits import queries as visits

    unlocked = _unlocked(args, beside=True)
    try:
        with _unit(unlocked, write=False) as unit:
            index = patients.load_index(unit)
            people = index.find(args.text, len(index.lines)) if args.text else index.lines
            planned = visits.list_visits(unit) if args.what == "visits" else []
    finally:
        unlocked.close()
    names = {one.id: one.name for one in people}
    lines = [f"{one.id}  {one.name}" for one in people]
    if args.what == "visits":
        lines = [_visit_words(one, names) for one in planned if one.patient in names]
    for line in lines:
        print(line)
    if not lines:
        print(f"No {args.what} {'match' if args.text else 'yet'}.", file=sys.stderr)
    return 0


def _visit_words(line: VisitLine, names: Mapping[UUID, str]) -> str:
    when = show_instant(line.scheduled, line.zone)
    return f"{line.id}  {when}  {line.kind.label}, {line.status}  {names[line.patient]}"


def _import(args: argparse.Namespace) -> int:
    from infusion_visits.exchange import import_files

    unlocked = _unlocked(args)
    try:
        report = import_files.import_files(args.paths, lambda: _unit(unlocked), _told)
    finally:
        unlocked.close()
    if sys.stderr.isatty():
        print(file=sys.stderr)
    for fault in report.errors:
        print(fault.line(), file=sys.stderr)
    for line in report.lines()[len(report.errors) :]:
        print(line)
    return 1 if report.failed else 0


def _told(done: int, of: int, words: str = "") -> None:
    if sys.stderr.isatty():
        print(f"\r{done} of {of} {words}", end="", file=sys.stderr, flush=True)


def _note(args: argparse.Namespace) -> int:
    from infusion_visits.app.catalogues.loading import put_in_force_from, take_back
    from infusion_visits.exchange import note_file
    from infusion_visits.visits import queries as visits
    from infusion_visits.visits import signing

    home = args.home or places.default_home()
    folder = places.outside_record(args.to, home)
    unlocked = _unlocked(args, beside=True)
    try:
        with _unit(unlocked, write=False) as unit:
            for trouble in (one.trouble for one in put_in_force_from(unit) if one.trouble):
                print(trouble, file=sys.stderr)
            line = visits.visit_line(unit, args.visit)
            day = local_day(line.scheduled, line.zone)
            if visits.is_signed(unit, args.visit):
                file = signing.load_file(unit, args.visit)
            else:
                file = note_file.draft(unit, args.visit, SystemClock().now())
    finally:
        unlocked.close()
        take_back()
    print(_written(folder, day, args.visit, file))
    return 0


def _check(args: argparse.Namespace) -> int:
    from infusion_visits.records import check
    from infusion_visits.visits.signing import faults_of_signed

    unlocked = _unlocked(args, beside=True)
    try:
        with _unit(unlocked, write=False) as unit:
            found = check.check(
                unit, unlocked.record.folder, {"Signatures of visits": faults_of_signed}
            )
    finally:
        unlocked.close()
    for one in found:
        print(f"{'good' if one.good else 'BAD '}  {one.what}: {one.words}")
    if not check.is_whole(found):
        raise InfusionVisitsError("check", "The record is not whole. Restore the newest copy.")
    return 0
