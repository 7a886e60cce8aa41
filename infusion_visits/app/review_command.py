"""`infusion-visits review list|approve|return|send`: a coordinator's review without the window."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from infusion_visits.core.clock import local_day

if TYPE_CHECKING:
    import argparse

    from infusion_visits.review.inbox_line import InboxLine


def add_review(commands: Any) -> None:
    """The command's place on the command line."""
    review = commands.add_parser("review", help="the coordinator's inbox, decisions and answers")
    acts = review.add_subparsers(dest="act", required=True, metavar="ACT")
    listed = acts.add_parser("list", help="notes with the worst first, and why")
    listed.add_argument("--all", action="store_true", help="the approved ones too")
    listed.set_defaults(run=run_list)
    approve = acts.add_parser("approve", help="the note is right as it is")
    approve.add_argument("visit", type=UUID)
    approve.set_defaults(run=run_approve)
    back = acts.add_parser("return", help="the note goes back to the nurse")
    back.add_argument("visit", type=UUID)
    back.add_argument("words", help="what is to be put right")
    back.set_defaults(run=run_return)
    send = acts.add_parser("send", help="sign all decisions; one file for each nurse")
    send.add_argument("--to", type=Path, help="folder for the files of answers")
    send.set_defaults(run=run_send)


def run_list(args: argparse.Namespace) -> int:
    """One line for each note: its visit, state, and the reason why it stands where it stands."""
    from infusion_visits.app.opening import unit_of, unlocked_by
    from infusion_visits.review.queries import inbox

    unlocked = unlocked_by(args, beside=True)
    try:
        with unit_of(unlocked, write=False) as unit:
            lines = inbox(unit, approved=args.all)
    finally:
        unlocked.close()
    for line in lines:
        print(_words(line))
    if not lines:
        print("Nothing to review.", file=sys.stderr)
    return 0


def _words(line: InboxLine) -> str:
    if line.scheduled is None or line.state is None:
        return f"{line.id}  file {line.file_name}  {line.reason}"
    day = local_day(line.scheduled, line.zone).isoformat()
    decided = f" ({line.pending}, not sent)" if line.pending else ""
    return f"{line.id}  {day}  {line.state}{decided}  {line.patient_name}  {line.reason}"


def run_approve(args: argparse.Namespace) -> int:
    """Approves; the answer goes out with the next `send`."""
    from infusion_visits.review.actions import approve

    return _decided(args, approve, args.visit)


def run_return(args: argparse.Namespace) -> int:
    """Returns with words; the answer goes out with the next `send`."""
    from infusion_visits.review.actions import return_with

    return _decided(args, return_with, args.visit, args.words)


def _decided(args: argparse.Namespace, act: Any, *what: Any) -> int:
    from infusion_visits.app.opening import unit_of, unlocked_by

    unlocked = unlocked_by(args)
    try:
        with unit_of(unlocked) as unit:
            act(unit, *what)
            unit.commit()
    finally:
        unlocked.close()
    print("Decided. `infusion-visits review send` signs it and writes the answers.")
    return 0


def run_send(args: argparse.Namespace) -> int:
    """Signs everything that was decided, with receipts, and writes the files."""
    from infusion_visits.app import places
    from infusion_visits.app.opening import passphrase_of, unit_of, unlocked_by
    from infusion_visits.review.actions import send_answers
    from infusion_visits.team.actions import signatory

    home = args.home or places.default_home()
    folder = places.outside_record(args.to, home) if args.to is not None else None
    unlocked = unlocked_by(args)
    try:
        passphrase = passphrase_of(args, "Your passphrase, to sign: ")
        with unit_of(unlocked) as unit:
            by = signatory(unit, unlocked.member.id, passphrase)
        sent = send_answers(lambda: unit_of(unlocked), by, folder)
    finally:
        unlocked.close()
    for file in sent.files:
        print(file)
    print(sent.line())
    return 0
