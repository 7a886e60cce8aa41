"""The command line: every act of the program that needs no window, in plain lines."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from infusion_visits import __version__
from infusion_visits.app import places
from infusion_visits.app.catalogues.command import add_catalogue
from infusion_visits.app.import_command import add_import
from infusion_visits.app.note_command import add_note
from infusion_visits.app.opening import asked, passphrase_of, unit_of, unlocked_by
from infusion_visits.app.reporting import in_words
from infusion_visits.app.review_command import add_review
from infusion_visits.app.team_command import add_team
from infusion_visits.app.verify_command import add_verify
from infusion_visits.core.clock import SystemClock, local_day
from infusion_visits.core.errors import (
    InfusionVisitsError,
    Refused,
)
from infusion_visits.core.ids import TimedIds
from infusion_visits.core.moments import show_instant

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from uuid import UUID

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
    add_import(commands)
    add_review(commands)
    add_note(commands)
    add_verify(commands)
    add_team(commands)
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
    passphrase = passphrase_of(args, "Choose a passphrase (12 characters or 4 words): ")
    if args.passphrase_file is None and passphrase != asked("Once more: "):
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


def _list(args: argparse.Namespace) -> int:
    from infusion_visits.patients import queries as patients
    from infusion_visits.visits import queries as visits

    unlocked = unlocked_by(args, beside=True)
    try:
        with unit_of(unlocked, write=False) as unit:
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


def _check(args: argparse.Namespace) -> int:
    from infusion_visits.records import check
    from infusion_visits.visits.signing import faults_of_signed

    unlocked = unlocked_by(args, beside=True)
    try:
        with unit_of(unlocked, write=False) as unit:
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
