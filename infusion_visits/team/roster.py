"""The team as it is shown: who belongs to it, with which certificate, and how that stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from infusion_visits.core.clock import local_day
from infusion_visits.core.moments import show_day
from infusion_visits.team import queries
from infusion_visits.team.authority import RENEWED_BEFORE
from infusion_visits.team.packet_file import read_packet
from infusion_visits.vault.certificates import words_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from infusion_visits.records.unit_of_work import UnitOfWork
    from infusion_visits.team.queries import PinnedAgency
    from infusion_visits.vault.certificates import Certificate


@dataclass(frozen=True, slots=True)
class TeamLine:
    """One of the team. `good` says that they can sign now; `words` how their certificate stands.

    `here` is who has a passphrase on this laptop, `holder` who holds the agency's authority.
    """

    member: UUID
    name: str
    role: str
    words: str
    good: bool
    here: bool
    holder: bool
    ended: bool

    def plain(self) -> str:
        """All of it in one line."""
        own = ", holds the agency's authority" if self.holder else ""
        return f"{self.name}: {self.role}{own}; {self.words}"


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency that is trusted here, with its six words."""

    name: str
    telephone: str | None
    words: tuple[str, ...]
    own: bool

    @property
    def spoken(self) -> str:
        """The six words as they are read out."""
        return " ".join(self.words)


@dataclass(frozen=True, slots=True)
class Roster:
    """The own agency's team, and all agencies that are trusted here, the own one first.

    `holds` says that the agency's authority is on this laptop; `holder` names who opens it.
    """

    agencies: tuple[Agency, ...]
    lines: tuple[TeamLine, ...]
    holds: bool
    holder: str


def roster(unit: UnitOfWork) -> Roster:
    """The team now. The six words take some 0.1 s the first time: not on the interface thread."""
    row = queries.authority_row(unit)
    holder = row["holder_id"] if row is not None else None
    pinned = queries.pinned_agencies(unit)
    own = next((one for one in pinned if one.own), None)
    lines = _lines(unit, own, holder)
    return Roster(
        tuple(
            Agency(one.name, one.telephone, words_of(one.certificate), one.own) for one in pinned
        ),
        tuple(sorted(lines, key=lambda one: (one.ended, not one.here, one.name, one.member.bytes))),
        holder is not None,
        queries.member(unit, holder).signed_name if holder is not None else "",
    )


def _lines(unit: UnitOfWork, own: PinnedAgency | None, holder: UUID | None) -> list[TeamLine]:
    known = {who.id: who for who in queries.members(unit)}
    gone = known.keys() - {who.id for who in queries.present_members(unit)}
    newest = _newest(_certificates(unit, own))
    lines = []
    for member in {**dict.fromkeys(known), **dict.fromkeys(newest)}:
        held = newest.get(member)
        here = _signs_here(unit, member)
        if held is None and not here:
            continue  # named in a note that was taken in, but nobody of this team
        who = known.get(member)
        words, good = _standing(unit, held, ended=member in gone)
        lines.append(
            TeamLine(
                member,
                who.signed_name if who is not None else _name(held),
                who.role if who is not None else (held.role if held else ""),
                words,
                good,
                here and member not in gone,
                member == holder,
                member in gone,
            )
        )
    return lines


def _signs_here(unit: UnitOfWork, member: UUID) -> bool:
    """Whether a member signs on this laptop."""
    return queries.key_or_none(unit, member) is not None


def _certificates(unit: UnitOfWork, own: PinnedAgency | None) -> Iterable[Certificate]:
    if own is None:
        return ()
    # On a laptop that joined, the others of the team are known from the packet alone.
    packet = read_packet(own.packet).certificates if own.packet else ()
    return (*packet, *queries.all_certificates(unit, own.id))


def _newest(certificates: Iterable[Certificate]) -> dict[UUID, Certificate]:
    newest: dict[UUID, Certificate] = {}
    for one in certificates:
        if one.member is not None and (
            one.member not in newest or newest[one.member].ends <= one.ends
        ):
            newest[one.member] = one
    return newest


def _standing(unit: UnitOfWork, held: Certificate | None, *, ended: bool) -> tuple[str, bool]:
    if held is None:
        return "no certificate of this agency yet", False
    revoked = queries.revocations(unit, held.agency).get(held.sha256)
    if revoked is not None:
        since, reason = revoked
        why = f" ({reason})" if reason else ""
        return f"ended from {_day(since, unit)} on{why}; earlier signatures stay valid", False
    until = _day(held.ends, unit)
    if ended:
        return f"has left; certificate until {until}", False
    if held.ends < unit.now:
        return f"certificate ran out on {until}", False
    if held.starts > unit.now:
        return f"certificate counts from {_day(held.starts, unit)}; is the clock right?", False
    if held.ends - unit.now < RENEWED_BEFORE:
        return f"certificate only until {until}: a new team packet is due", True
    return f"certificate until {until}", True


def _day(at: datetime, unit: UnitOfWork) -> str:
    return show_day(local_day(at, unit.zone))


def _name(held: Certificate | None) -> str:
    return held.name if held is not None else ""
