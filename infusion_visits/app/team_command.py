"""`infusion-visits team`: who belongs to the agency, and how a laptop joins it without a network.

A request and a team packet travel by any way; what proves them is six words that two people read
to each other. On a terminal the words are shown and asked for; `--words` gives them at once.
"""

from __future__ import annotations

import sys
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from infusion_visits.app import places
from infusion_visits.app.opening import unit_of, unlocked_with
from infusion_visits.core.clock import SystemClock, instant_of
from infusion_visits.core.errors import BadFile, Missing, Refused
from infusion_visits.core.ids import TimedIds

if TYPE_CHECKING:
    import argparse

    from infusion_visits.team.actions import Unlocked
    from infusion_visits.team.enrolling import Words
    from infusion_visits.team.roster import Roster, TeamLine


def add_team(commands: Any) -> None:
    """The command's place on the command line."""
    team = commands.add_parser("team", help="the members, and how laptops join the agency")
    acts = team.add_subparsers(dest="act", required=True, metavar="ACT")
    show = acts.add_parser("show", help="members, certificates, the agency's six words")
    show.set_defaults(run=run_show)
    request = acts.add_parser("request", help="ask an agency for a certificate")
    request.add_argument("--to", type=Path, required=True, metavar="FILE")
    request.set_defaults(run=run_request)
    accept = acts.add_parser("accept", help="certify who asks, and make the team packet")
    accept.add_argument("file", type=Path, metavar="REQUEST")
    accept.add_argument("--to", type=Path, required=True, metavar="FILE")
    _words(accept)
    accept.set_defaults(run=run_accept)
    join = acts.add_parser("join", help="work for the agency of a team packet, or bring it up")
    join.add_argument("file", type=Path, metavar="PACKET")
    _words(join)
    join.set_defaults(run=run_join)
    trust = acts.add_parser("trust", help="read an agency's notes without working for it")
    trust.add_argument("file", type=Path, metavar="PACKET")
    _words(trust)
    trust.set_defaults(run=run_trust)
    export = acts.add_parser("export", help="make a new team packet")
    export.add_argument("--to", type=Path, required=True, metavar="FILE")
    export.set_defaults(run=run_export)
    _add_people(acts)


def _add_people(acts: Any) -> None:
    revoke = acts.add_parser("revoke", help="end a member's certificate from a day on")
    revoke.add_argument("who", metavar="MEMBER", help="by name or id")
    revoke.add_argument("--from", dest="day", type=date.fromisoformat, required=True, metavar="DAY")
    revoke.add_argument("--reason", required=True)
    revoke.add_argument("--to", type=Path, required=True, metavar="FILE", help="the team packet")
    revoke.set_defaults(run=run_revoke)
    add = acts.add_parser("add", help="add a member to this laptop")
    add.add_argument("--member", dest="name", required=True)
    add.add_argument("--role", choices=("nurse", "coordinator"), default="nurse")
    add.add_argument("--credential", default="")
    add.add_argument("--new-passphrase-file", type=Path, help="the new member's own passphrase")
    add.set_defaults(run=run_add)


def _words(parser: Any) -> None:
    parser.add_argument("--words", default=None, help="the six words, compared by voice")


def run_show(args: argparse.Namespace) -> int:
    """Prints the team; 0 when all who are here can sign."""
    unlocked, _ = unlocked_with(args, beside=True)
    try:
        found = _roster(unlocked)
    finally:
        unlocked.close()
    for line in _lines(found):
        print(line)
    return 0 if all(line.good for line in found.lines if line.here) else 1


def run_request(args: argparse.Namespace) -> int:
    """Writes the request and prints the words to be read out."""
    from infusion_visits.team import enrolling
    from infusion_visits.team.request_file import read_request

    unlocked, passphrase = unlocked_with(args)
    try:
        _refuse_record(args.to, unlocked)
        with unit_of(unlocked, write=False) as unit:
            data = enrolling.request(unit, passphrase)
    finally:
        unlocked.close()
    _write(args.to, data)
    print(args.to)
    print(f"Your six words: {' '.join(read_request(data).words)}")
    print("Send the file to the agency, and read these words to them by telephone.")
    return 0


def run_accept(args: argparse.Namespace) -> int:
    """Shows who asks, compares the words, writes the team packet."""
    from infusion_visits.team import enrolling
    from infusion_visits.team.request_file import read_request

    data = enrolling.read_handed(args.file)
    asked = read_request(data)
    print(f"{asked.who.signed_name}, as {asked.who.role}")
    words = _compared(args, asked.words, f"Did {asked.who.name} read the same six words to you?")
    unlocked, passphrase = unlocked_with(args)
    try:
        _refuse_record(args.to, unlocked)
        accepted = enrolling.accept(unlocked, data, words, passphrase, *_around())
        with unit_of(unlocked, write=False) as unit:
            spoken = _own_words(unit)
    finally:
        unlocked.close()
    _write(args.to, accepted.packet)
    print(args.to)
    print(f"The agency's six words: {spoken}")
    print(f"Send the packet to {accepted.who.name}, and read these words to them.")
    return 0


def run_join(args: argparse.Namespace) -> int:
    """Joins, or brings the team up to date."""
    from infusion_visits.team import enrolling

    unlocked, data, words = _with_packet(args)
    try:
        joined = enrolling.join(unlocked, data, words, *_around())
    finally:
        unlocked.close()
    print(f"This record works for {joined.packet.name}.")
    for who in joined.without:
        print(f"{who.signed_name} has no certificate of this agency yet.", file=sys.stderr)
    return 0


def run_trust(args: argparse.Namespace) -> int:
    """Pins an agency of other laptops."""
    from infusion_visits.team import enrolling

    unlocked, data, words = _with_packet(args)
    try:
        packet = enrolling.trust(unlocked, data, words, *_around())
    finally:
        unlocked.close()
    print(f"Notes of {packet.name} are trusted here.")
    return 0


def run_export(args: argparse.Namespace) -> int:
    """A new team packet, or on a laptop that joined the one that it has."""
    from infusion_visits.team import enrolling, queries

    unlocked, passphrase = unlocked_with(args)
    try:
        _refuse_record(args.to, unlocked)
        with unit_of(unlocked, write=False) as unit:
            own = queries.own_agency(unit)
            held = queries.authority_row(unit) is not None
            spoken = _own_words(unit)
        kept = None if held or own is None else own.packet
        packet = kept or enrolling.packet_of(unlocked, passphrase, *_around())
    finally:
        unlocked.close()
    _write(args.to, packet)
    print(args.to)
    print(f"The agency's six words: {spoken}")
    return 0


def run_revoke(args: argparse.Namespace) -> int:
    """Ends a member's certificate and writes the packet that says so."""
    from infusion_visits.team import enrolling

    unlocked, passphrase = unlocked_with(args)
    try:
        _refuse_record(args.to, unlocked)
        line = _meant(_roster(unlocked), args.who)
        since = instant_of(datetime.combine(args.day, time()), places.laptop_zone())
        clock, ids, zone = _around()
        packet = enrolling.revoke(
            unlocked, line.member, since, args.reason, passphrase, clock, ids, zone
        )
    finally:
        unlocked.close()
    _write(args.to, packet)
    print(args.to)
    print(f"{line.name} signs no more from {args.day} on. Give the packet to every laptop.")
    return 0


def run_add(args: argparse.Namespace) -> int:
    """Adds a member with a passphrase of their own."""
    from infusion_visits.team import actions

    unlocked, passphrase = unlocked_with(args)
    try:
        clock, ids, zone = _around()
        who = actions.add_member(
            unlocked,
            actions.NewMember(args.name, args.credential, args.role),
            _new_passphrase(args),
            clock,
            ids,
            zone,
            authority_passphrase=passphrase,
        )
    finally:
        unlocked.close()
    print(f"{who.signed_name} can unlock this record as {who.role}.")
    return 0


def _new_passphrase(args: argparse.Namespace) -> str:
    from infusion_visits.app.opening import asked, first_line

    if args.new_passphrase_file is not None:
        return first_line(args.new_passphrase_file)
    chosen = asked(f"A passphrase for {args.name} (12 characters or 4 words): ")
    if chosen != asked("Once more: "):
        raise Refused("passphrase", "The two passphrases differ. Nobody was added.")
    return chosen


def _with_packet(args: argparse.Namespace) -> tuple[Unlocked, bytes, Words | None]:
    """The open record, the packet, and its words unless its agency is pinned already."""
    from infusion_visits.team import enrolling
    from infusion_visits.team.packet_file import read_packet

    data = enrolling.read_handed(args.file)
    packet = read_packet(data)
    unlocked, _ = unlocked_with(args)
    try:
        with unit_of(unlocked, write=False) as unit:
            pinned = enrolling.is_pinned(unit, packet)
        if pinned and args.words is None:
            return unlocked, data, None
        print(", ".join(part for part in (packet.name, packet.telephone) if part))
        question = f"Did {packet.name} read the same six words to you?"
        return unlocked, data, _compared(args, packet.words, question)
    except BaseException:
        unlocked.close()
        raise


def _compared(args: argparse.Namespace, words: Words, question: str) -> Words:
    """The words that were given, or those shown once somebody said that they are the same."""
    from infusion_visits.vault.voice import spoken

    if args.words is not None:
        return spoken(args.words)
    print(f"Six words: {' '.join(words)}", flush=True)
    if not sys.stdin.isatty():
        raise Refused("words", "Compare the six words by telephone, then give them with --words.")
    print(f"{question} Type yes: ", end="", file=sys.stderr, flush=True)
    if sys.stdin.readline().strip().casefold() != "yes":
        raise Refused("words", "Nothing was done. Call them before you try again.")
    return words


def _around() -> tuple[SystemClock, TimedIds, str]:
    clock = SystemClock()
    return clock, TimedIds(clock), places.laptop_zone()


def _roster(unlocked: Unlocked) -> Roster:
    from infusion_visits.team.roster import roster

    with unit_of(unlocked, write=False) as unit:
        return roster(unit)


def _lines(found: Roster) -> list[str]:
    lines = []
    for one in found.agencies:
        where = f"{one.name}, {one.telephone}" if one.telephone else one.name
        lines.append(where if one.own else f"Also trusted: {where}")
        lines.append(f"  six words: {one.spoken}")
    if not found.holds:
        lines.append("  its authority is on another laptop")
    return [*lines, *(one.plain() for one in found.lines)]


def _meant(found: Roster, wanted: str) -> TeamLine:
    folded = wanted.casefold()
    fitting = [
        line
        for line in found.lines
        if folded in {str(line.member), line.name.casefold(), line.name.split(",")[0].casefold()}
    ]
    if len(fitting) > 1:
        said = ", ".join(f"{line.name} ({line.member})" for line in fitting)
        raise Refused("which-member", f"Say which by id, one of: {said}.")
    if not fitting:
        said = ", ".join(line.name for line in found.lines)
        raise Missing("no-member", f"Nobody of the team is called that. One of: {said}.")
    return fitting[0]


def _own_words(unit: Any) -> str:
    from infusion_visits.team import queries
    from infusion_visits.vault.certificates import words_of

    own = queries.own_agency(unit)
    return " ".join(words_of(own.certificate)) if own is not None else ""


def _refuse_record(path: Path, unlocked: Unlocked) -> None:
    from infusion_visits.records.whole_file import refuse_inside

    refuse_inside(path, unlocked.record.folder)
    if path.is_dir() or not path.absolute().parent.is_dir():
        raise BadFile("to", "Name a file in a folder that is there.", str(path))


def _write(path: Path, data: bytes) -> None:
    from infusion_visits.records.whole_file import write_whole

    write_whole(path, data)
