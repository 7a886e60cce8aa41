"""How a command opens the record: whose it is, as whom, with which passphrase."""

from __future__ import annotations

import getpass
import warnings
from typing import TYPE_CHECKING

from infusion_visits.app import places
from infusion_visits.core.clock import SystemClock
from infusion_visits.core.errors import BadFile, Missing, Refused
from infusion_visits.core.ids import TimedIds

if TYPE_CHECKING:
    import argparse
    from pathlib import Path
    from uuid import UUID

    from infusion_visits.records.unit_of_work import UnitOfWork
    from infusion_visits.team.actions import Unlocked


def passphrase_of(args: argparse.Namespace, prompt: str) -> str:
    """From the file that was named, else asked for. Raises BadFile, Refused `no-terminal`."""
    return asked(prompt) if args.passphrase_file is None else first_line(args.passphrase_file)


def first_line(file: Path) -> str:
    """The passphrase that a file holds. Raises BadFile."""
    try:
        return file.read_text("utf-8").splitlines()[0]
    except (OSError, UnicodeDecodeError, IndexError):
        raise BadFile("passphrase-file", "The passphrase file cannot be read.") from None


def asked(prompt: str) -> str:
    """A passphrase typed unseen. Raises Refused `no-terminal` where it could not stay unseen."""
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


def unlocked_by(args: argparse.Namespace, *, beside: bool = False) -> Unlocked:
    """The record of `--home` opened by `--as`; `beside` a window that has it open, for reading.

    Raises Missing `no-record`, and as team.unlock.
    """
    member = _member(args)
    return _unlock(args, member, passphrase_of(args, "Passphrase: "), beside=beside)


def unlocked_with(args: argparse.Namespace, *, beside: bool = False) -> tuple[Unlocked, str]:
    """The same, with the passphrase, for acts that ask for it a second time."""
    member = _member(args)
    passphrase = passphrase_of(args, "Passphrase: ")
    return _unlock(args, member, passphrase, beside=beside), passphrase


def _member(args: argparse.Namespace) -> UUID:
    from infusion_visits.records import record_folder

    home = args.home or places.default_home()
    if not record_folder.is_record(home):
        raise Missing(
            "no-record", "There is no record here yet. Run `infusion-visits setup` first."
        )
    return _meant(home, args.member)


def _unlock(args: argparse.Namespace, member: UUID, passphrase: str, *, beside: bool) -> Unlocked:
    from infusion_visits.team import actions as team

    clock = SystemClock()
    home = args.home or places.default_home()
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


def unit_of(unlocked: Unlocked, *, write: bool = True) -> UnitOfWork:
    """One act of who unlocked, at the system's time."""
    clock = SystemClock()
    return unlocked.unit(clock, TimedIds(clock), places.laptop_zone(), write=write)
