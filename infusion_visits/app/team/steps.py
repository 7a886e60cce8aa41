"""What each step of the team's screen says and asks, in words; no Qt."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from infusion_visits.app.team.step import Asked, Told
from infusion_visits.core.fields import Option

if TYPE_CHECKING:
    from infusion_visits.team.packet_file import Packet
    from infusion_visits.team.request_file import Request
    from infusion_visits.team.roster import TeamLine

ROLES = (Option("nurse", "Nurse"), Option("coordinator", "Coordinator"))
JOIN, TRUST = "join", "trust"


def ask_request() -> Told:
    """The member who unlocked asks an agency for a certificate."""
    return Told(
        "Ask an agency for your certificate",
        (
            "This makes a small file to send to the agency. It holds your name and your public "
            "key, nothing secret and nothing of any patient.",
        ),
        asked=(Asked("passphrase", "Your passphrase", secret=True),),
        acts=(("make", "Make the request"),),
        name="request",
    )


def request_made(path: str, words: tuple[str, ...]) -> Told:
    """The words that she reads to the agency."""
    return Told(
        "Your request is made",
        (path, "Send it to the agency, then call them and read these six words to them:"),
        words,
        name="made",
    )


def ask_accept(request: Request, holder: str) -> Told:
    """Somebody asks to belong to the agency."""
    who = request.who
    return Told(
        f"{who.signed_name} asks to belong to the agency as {who.role}",
        (f"Call {who.name} at a number that you know. {who.name} reads six words to you:",),
        request.words,
        f"Did {who.name} read the same words?",
        (_holders(holder),),
        acts=(("accept", "Certify and save the team packet"),),
        name="accept",
    )


def not_here() -> Told:
    """A request was opened where nobody can certify."""
    return Told(
        "This laptop cannot accept a request",
        ("The agency's authority is on another laptop. Open the request there.",),
        name="made",
    )


def added(name: str, *, certified: bool) -> Told:
    """A member was added."""
    lines = [f"{name} unlocks this record with a passphrase of their own."]
    if not certified:
        lines.append("Before they sign they ask the agency for a certificate, here, as themselves.")
    return Told("The member was added", tuple(lines), name="made")


def packet_made(path: str, words: tuple[str, ...], to: str) -> Told:
    """The words that are read to whoever gets the packet."""
    return Told(
        "The team packet is made",
        (path, f"Send it to {to}. When they open it, read the agency's six words to them:"),
        words,
        name="made",
    )


def ask_packet(packet: Packet, *, own: bool, pinned: bool, mine: bool) -> Told:
    """A team packet of an agency: to work for it, to trust it, or to bring it up to date."""
    where = f"{packet.name}, {packet.telephone}" if packet.telephone else packet.name
    both = ((JOIN, "Work for this agency"), (TRUST, "Only trust its notes"))
    acts = both if mine and not own else both[1:]
    if own:
        acts = ((JOIN, "Bring the team up to date"),)
    lines = [f"{len({one.member for one in packet.certificates})} people are named in it."]
    if not own and not mine:
        lines.append("It holds no certificate for you: its notes can be trusted here, no more.")
    if mine and not own:
        lines.append("It holds your certificate. Your next notes are signed for this agency.")
    if pinned:
        lines.append("This agency's key is known here already; its words were compared then.")
    else:
        lines.append("Call the agency at a number that you know. They read six words to you:")
    return Told(
        f"Team packet of {where}",
        tuple(lines),
        () if pinned else packet.words,
        "" if pinned else "Did they read the same words?",
        acts=acts,
        name="join",
    )


def joined(packet: Packet, without: tuple[str, ...], *, works: bool) -> Told:
    """What came of a packet."""
    if not works:
        lines = [f"Notes of {packet.name} are trusted here from now on."]
    else:
        lines = [f"This record works for {packet.name}. New notes are signed for this agency."]
    if without:
        names = ", ".join(without)
        lines.append(f"Not named in the packet, and to ask for a certificate: {names}.")
    return Told("Done", tuple(lines), name="made")


def ask_export(holder: str) -> Told:
    """A new team packet."""
    return Told(
        "Make a team packet",
        ("It names everybody who may sign for the agency, and who may no longer.",),
        asked=(_holders(holder),),
        acts=(("export", "Save the team packet"),),
        name="export",
    )


def ask_end(line: TeamLine, holder: str, today: str) -> Told:
    """A member leaves, or their laptop is lost."""
    return Told(
        f"End the certificate of {line.name}",
        (
            "What was signed before that day stays valid. What is signed from that day on is not "
            "trusted by anybody who has the new team packet.",
        ),
        asked=(
            Asked("day", "From which day on", "2026-11-21, or -3 for three days ago", text=today),
            Asked("reason", "Why", "left the agency, laptop lost"),
            _holders(holder),
        ),
        acts=(("end", "End it and save the team packet"),),
        danger=True,
        name="end",
    )


def ask_add(holder: str) -> Told:
    """A member more on this laptop."""
    asked = [
        Asked("name", "Name", "as it stands under the notes"),
        Asked("credential", "Credential", "RN, CRNI", needed=False),
        Asked("new", "The new member's passphrase: four words, or 12 characters", secret=True),
        Asked("again", "The same once more", secret=True),
    ]
    if holder:
        asked.append(_holders(holder))
    return Told(
        "Add a member to this laptop",
        ("They open the same record with a passphrase of their own, and sign as themselves.",),
        asked=tuple(asked),
        choice=ROLES,
        acts=(("add", "Add the member"),),
        name="add",
    )


def file_name(name: str, suffix: str) -> str:
    """A name for a file that every system takes."""
    plain = re.sub(r"[^A-Za-z0-9]+", "-", name).strip("-")
    return f"{plain or 'team'}{suffix}"


def _holders(holder: str) -> Asked:
    return Asked("passphrase", f"Passphrase of {holder}, for the agency", secret=True)
