"""Enrolment without a network: request, acceptance, team packet, joining, trusting, revoking.

A nurse's laptop makes a request; the holder of the agency's authority compares its six words with
her by telephone, certifies her and gives the team packet; she compares the agency's six words
once, and from then on her record works for that agency. Each word of trust is an explicit act.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from infusion_visits.core.desk import Who
from infusion_visits.core.errors import BadFile, Refused
from infusion_visits.core.writing import tidy
from infusion_visits.records import cells
from infusion_visits.team import actions, authority, queries, trust_file
from infusion_visits.team.actions import Unlocked
from infusion_visits.team.packet_file import Packet, make_packet, read_packet
from infusion_visits.team.request_file import make_request, read_request
from infusion_visits.team.tables import Member, RevokedCertificate
from infusion_visits.vault.signed_json import LARGEST_BYTES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path
    from uuid import UUID

    from infusion_visits.core.clock import Clock
    from infusion_visits.core.ids import Ids
    from infusion_visits.records.unit_of_work import UnitOfWork
    from infusion_visits.team.queries import PinnedAgency
    from infusion_visits.team.request_file import Request
    from infusion_visits.vault.certificates import Authority

Words = tuple[str, ...]


@dataclass(frozen=True)
class Accepted:
    """Who was certified, and the team packet to give them."""

    who: Who
    packet: bytes


@dataclass(frozen=True)
class Joined:
    """The record as it now works, and who of this laptop has no certificate of the agency yet."""

    unlocked: Unlocked
    packet: Packet
    without: tuple[Who, ...]


def read_handed(path: Path) -> bytes:
    """A file that somebody gave, never more of it than one may have. Raises BadFile."""
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_BYTES + 1)
    except OSError:
        words = "The file cannot be opened. Look at its name."
        raise BadFile("no-file", words, str(path)) from None


def request(unit: UnitOfWork, passphrase: str) -> bytes:
    """The request of the member who unlocked. Raises WrongPassphrase, Missing. Some 0.2 s."""
    key = actions.signing_key(unit, unit.member, passphrase)
    return make_request(queries.member(unit, unit.member), key, unit.now)


def accept(
    unlocked: Unlocked,
    data: bytes,
    words: Words,
    passphrase: str,
    clock: Clock,
    ids: Ids,
    zone: str,
) -> Accepted:
    """Certifies who asks, and makes the team packet; `passphrase` is that of the holder.

    `words` are the six that were compared by voice. Raises BadFile, Missing, WrongPassphrase,
    Refused (`words`, `other-key`, `left`); then nothing was kept.
    """
    asked = read_request(data)
    _refuse_other_words(words, asked.words)
    with unlocked.unit(clock, ids, zone) as unit:
        opened = authority.opened(unit, passphrase)
        _take_in(unit, opened, asked)
        packet = _next_packet(unit, opened)
        unit.commit()
    trust_file.keep(unlocked, clock, ids)
    return Accepted(asked.who, packet)


def packet_of(unlocked: Unlocked, passphrase: str, clock: Clock, ids: Ids, zone: str) -> bytes:
    """A new team packet of the own agency, signed by the holder of its authority."""
    with unlocked.unit(clock, ids, zone) as unit:
        packet = _next_packet(unit, authority.opened(unit, passphrase))
        unit.commit()
    return packet


def revoke(
    unlocked: Unlocked,
    member: UUID,
    since: datetime,
    reason: str,
    passphrase: str,
    clock: Clock,
    ids: Ids,
    zone: str,
) -> bytes:
    """Ends a member's certificates from `since` on, and gives the team packet that says so.

    What they signed before stays valid. Who had a passphrase on this laptop opens it no longer.
    Raises Refused (`own-key`, `future`, `no-certificate`), Missing, WrongPassphrase.
    """
    with unlocked.unit(clock, ids, zone) as unit:
        opened = authority.opened(unit, passphrase)
        row = queries.authority_row(unit)
        if member == unit.member or (row is not None and member == row["holder_id"]):
            words = "The holder of the agency's authority cannot be revoked, nor can you yourself."
            raise Refused("own-key", words)
        # Threat: a typing mistake in the year leaves a thief's signatures valid until then.
        if since > unit.now:
            raise Refused("future", "From a day that is over, or today.")
        who = queries.member(unit, member)
        _end(unit, opened, who, since, tidy(reason))
        packet = _next_packet(unit, opened)
        unit.commit()
    if unlocked.record.keys.slot_of(member) is not None:
        # What they copied before stays open to them; nobody can take that back.
        unlocked.record.take_key(member)
    trust_file.keep(unlocked, clock, ids)
    return packet


def join(
    unlocked: Unlocked, data: bytes, words: Words | None, clock: Clock, ids: Ids, zone: str
) -> Joined:
    """From now on this record works for the agency of a team packet; a newer one updates it.

    `words` are the agency's six, compared once; None is enough where it is pinned already. Raises
    BadFile, Refused (`words`, `other-authority`, `older`, `not-in-packet`, `holder`).
    """
    packet = read_packet(data)
    with unlocked.unit(clock, ids, zone) as unit:
        former = queries.own_agency(unit)
        joined = former is not None and former.id == packet.agency
        # Threat: a packet that was made for somebody else, or for her old laptop.
        own = queries.public_key(unit, unit.member)
        mine = [one for one in packet.of(own) if one.member == unit.member]
        if not joined and not mine:
            words_said = "This packet holds no certificate for you. Give the agency your request."
            raise Refused("not-in-packet", words_said)
        if not joined and former is not None:
            authority.pin_again(unit, former, own=False)
        _take(unit, packet, words, own=True)
        without = _keep_certificates(unit, packet)
        known = replace(unlocked, agency=queries.agency(unit))
        unit.commit()
    trust_file.keep(known, clock, ids)
    return Joined(known, packet, without)


def trust(
    unlocked: Unlocked, data: bytes, words: Words | None, clock: Clock, ids: Ids, zone: str
) -> Packet:
    """Trusts an agency without working for it: its notes verify here. Raises as `join`."""
    packet = read_packet(data)
    with unlocked.unit(clock, ids, zone) as unit:
        pinned = _pinned(unit, packet)
        _take(unit, packet, words, own=pinned is not None and pinned.own)
        unit.commit()
    trust_file.keep(unlocked, clock, ids)
    return packet


def is_pinned(unit: UnitOfWork, packet: Packet) -> bool:
    """Whether this very authority is trusted already, so that its words need no comparing."""
    pinned = _pinned(unit, packet)
    key = packet.authority.public_key
    return pinned is not None and pinned.certificate.public_key == key


def _take_in(unit: UnitOfWork, opened: Authority, asked: Request) -> None:
    who = asked.who
    if who.id in {one.id for one in queries.members(unit)}:
        _refuse_another_person(unit, asked)
    columns = {"name": who.name, "credential": who.credential, "role": who.role}
    cells.put(unit, Member, {"id": who.id}, columns)
    authority.certify(unit, opened, who, asked.public_key)


def _refuse_another_person(unit: UnitOfWork, asked: Request) -> None:
    """Threat: a request under the id of a member who is known here, with a key of one's own."""
    member = asked.who.id
    if member not in {one.id for one in queries.present_members(unit)}:
        raise Refused("left", "This member was ended here. They set their laptop up anew.")
    held = {one.public_key for one in queries.certificates_of(unit, member)}
    own = queries.key_or_none(unit, member)
    if (own is not None and own != asked.public_key) or held - {asked.public_key}:
        words = "A member of this id is known here with another key. Do not accept this; call them."
        raise Refused("other-key", words)


def _next_packet(unit: UnitOfWork, opened: Authority) -> bytes:
    pinned = queries.own_agency(unit)
    if pinned is None:
        raise Refused("no-authority", "This record has no agency yet.")
    # Rising also after an older copy of the record was restored, where counting on would give a
    # number a second time.
    serial = max(pinned.serial + 1, int(unit.now.timestamp()))
    certificates = queries.all_certificates(unit, pinned.id)
    revoked = queries.revocations(unit, pinned.id)
    packet = make_packet(
        opened, pinned.name, pinned.telephone, certificates, revoked, serial, unit.now
    )
    authority.pin_again(unit, replace(pinned, serial=serial, packet=packet), own=True)
    return packet


def _end(unit: UnitOfWork, opened: Authority, who: Who, since: datetime, reason: str) -> None:
    agency = opened.certificate.agency
    held = [one for one in queries.certificates_of(unit, who.id) if one.agency == agency]
    if not held:
        raise Refused("no-certificate", "This member has no certificate of this agency.")
    _keep_revoked(unit, agency, {one.sha256: (since, reason) for one in held})
    cells.put(unit, Member, {"id": who.id}, {"left_at": since})


def _take(unit: UnitOfWork, packet: Packet, words: Words | None, *, own: bool) -> None:
    pinned = _pinned(unit, packet)
    if pinned is None or words is not None:
        _refuse_other_words(words or (), packet.words)
    if pinned is not None:
        _refuse_not_newer(pinned, packet)
    if not packet.authority.starts <= unit.now <= packet.authority.ends:
        raise Refused("clock", "This agency's certificate does not count by this laptop's clock.")
    if pinned is None:
        authority.pin(
            unit,
            packet.authority,
            packet.name,
            packet.telephone,
            serial=packet.serial,
            own=own,
            packet=packet.data,
        )
    else:
        newer = replace(
            pinned,
            name=packet.name,
            telephone=packet.telephone,
            certificate=packet.authority,
            serial=packet.serial,
            packet=packet.data,
        )
        authority.pin_again(unit, newer, own=own)
    _keep_revoked(unit, packet.agency, packet.revoked)


def _refuse_not_newer(pinned: PinnedAgency, packet: Packet) -> None:
    # Threat: a stranger's authority that calls itself by the agency's name and id.
    if pinned.certificate.public_key != packet.authority.public_key:
        raise Refused(
            "other-authority",
            "This packet says that it is of an agency that is known here, but another key made "
            "it. Nothing was taken from it. Call the agency.",
        )
    # Threat: an old packet brings back somebody who was revoked since.
    other = packet.serial == pinned.serial and pinned.packet not in {None, packet.data}
    if packet.serial < pinned.serial or other:
        raise Refused("older", "A newer team packet of this agency is here already.")


def _keep_certificates(unit: UnitOfWork, packet: Packet) -> tuple[Who, ...]:
    """Keeps those of the members of this laptop; gives whom the packet does not know."""
    without = []
    for who in queries.present_members(unit):
        key = queries.key_or_none(unit, who.id)
        if key is None:
            continue
        theirs = [one for one in packet.of(key) if one.member == who.id]
        for one in theirs:
            authority.keep(unit, who.id, one)
        if not theirs:
            without.append(who)
    return tuple(without)


def _keep_revoked(
    unit: UnitOfWork, agency: UUID, revoked: Mapping[str, tuple[datetime, str]]
) -> None:
    known = queries.revocations(unit, agency)
    for sha256, (since, reason) in revoked.items():
        if sha256 in known and known[sha256][0] <= since:
            continue
        cells.add(
            unit,
            RevokedCertificate,
            {
                "sha256": sha256,
                "revoked_at": since,
                "agency_id": agency,
                "reason": reason or None,
            },
        )


def _pinned(unit: UnitOfWork, packet: Packet) -> PinnedAgency | None:
    return next((one for one in queries.pinned_agencies(unit) if one.id == packet.agency), None)


def _refuse_other_words(said: Words, words: Words) -> None:
    # Threat: the file was exchanged on its way, or since it was shown.
    if tuple(said) != words:
        raise Refused("words", "These are not the six words of this file. Compare them again.")
