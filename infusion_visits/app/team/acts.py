"""What the team's screen has done, off the interface thread: files read, acts upon the record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from typing import TYPE_CHECKING

from infusion_visits.core.clock import instant_of
from infusion_visits.core.errors import Refused
from infusion_visits.core.moments import NotAMoment, day_from_text
from infusion_visits.records.whole_file import refuse_inside, write_whole
from infusion_visits.team import actions, enrolling, queries
from infusion_visits.team.packet_file import Packet, read_packet
from infusion_visits.team.request_file import Request, read_request
from infusion_visits.team.roster import Roster, roster
from infusion_visits.vault.certificates import words_of

if TYPE_CHECKING:
    from pathlib import Path
    from uuid import UUID

    from infusion_visits.app.house import House
    from infusion_visits.core.clock import Clock
    from infusion_visits.core.desk import Who
    from infusion_visits.core.ids import Ids
    from infusion_visits.team.enrolling import Joined, Words


@dataclass(frozen=True)
class Opened:
    """A file that was opened, and what this record knows of who made it."""

    data: bytes
    found: Request | Packet
    own: bool = False
    pinned: bool = False
    mine: bool = False


class TeamActs:
    """Every act takes what was typed, and gives plain values back. Never on the interface thread.

    `house.unlocked` is read for each act and replaced by the screen after joining.
    """

    def __init__(self, house: House) -> None:
        self._house = house

    def roster(self) -> Roster:
        """The team now."""
        house = self._house
        with house.unlocked.unit(house.clock, house.ids, house.zone, write=False) as unit:
            return roster(unit)

    def open(self, path: Path) -> Opened:
        """A request or a team packet. Raises BadFile."""
        data = enrolling.read_handed(path)
        if path.suffix.casefold() == ".ivrequest":
            request = read_request(data)
            _ = request.words  # made here, where it may take its time
            return Opened(data, request)
        packet = read_packet(data)
        _ = packet.words
        house = self._house
        with house.unlocked.unit(house.clock, house.ids, house.zone, write=False) as unit:
            own = queries.own_agency(unit)
            key = queries.public_key(unit, unit.member)
            return Opened(
                data,
                packet,
                own is not None and own.id == packet.agency,
                enrolling.is_pinned(unit, packet),
                any(one.member == unit.member for one in packet.of(key)),
            )

    def request(self, path: Path, passphrase: str) -> Words:
        """Writes the request; its words."""
        house = self._house
        self._refuse_record(path)
        with house.unlocked.unit(house.clock, house.ids, house.zone, write=False) as unit:
            data = enrolling.request(unit, passphrase)
        write_whole(path, data)
        return read_request(data).words

    def accept(self, opened: Opened, passphrase: str, path: Path) -> Words:
        """Certifies who asks and writes the packet; the agency's words."""
        self._refuse_record(path)
        words = opened.found.words
        accepted = enrolling.accept(
            self._house.unlocked, opened.data, words, passphrase, *self._around
        )
        return self._packet(path, accepted.packet)

    def export(self, path: Path, passphrase: str) -> Words:
        """Writes a new packet; the agency's words."""
        self._refuse_record(path)
        return self._packet(
            path, enrolling.packet_of(self._house.unlocked, passphrase, *self._around)
        )

    def end(self, member: UUID, day: str, reason: str, passphrase: str, path: Path) -> Words:
        """Ends a member's certificate and writes the packet that says so."""
        self._refuse_record(path)
        house = self._house
        try:
            first = day_from_text(day, house.now(), house.zone, future=False)
        except NotAMoment as not_one:
            raise Refused("day", str(not_one)) from None
        since = instant_of(datetime.combine(first, time()), house.zone)
        packet = enrolling.revoke(house.unlocked, member, since, reason, passphrase, *self._around)
        return self._packet(path, packet)

    def join(self, opened: Opened) -> Joined:
        """Works for the agency of a packet from now on."""
        words = None if opened.pinned else opened.found.words
        return enrolling.join(self._house.unlocked, opened.data, words, *self._around)

    def trust(self, opened: Opened) -> Packet:
        """Trusts the notes of the agency of a packet."""
        words = None if opened.pinned else opened.found.words
        return enrolling.trust(self._house.unlocked, opened.data, words, *self._around)

    def add(self, new: actions.NewMember, passphrase: str, holders: str | None) -> Who:
        """A member more on this laptop."""
        clock, ids, zone = self._around
        return actions.add_member(
            self._house.unlocked, new, passphrase, clock, ids, zone, authority_passphrase=holders
        )

    @property
    def _around(self) -> tuple[Clock, Ids, str]:
        house = self._house
        return house.clock, house.ids, house.zone

    def _refuse_record(self, path: Path) -> None:
        refuse_inside(path, self._house.unlocked.record.folder)

    def _packet(self, path: Path, data: bytes) -> Words:
        write_whole(path, data)
        return words_of(read_packet(data).authority)
