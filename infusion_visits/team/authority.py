"""The agency's own authority: made once, opened by its holder alone, and what it certifies."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from infusion_visits.core.errors import Missing, Refused, WrongPassphrase
from infusion_visits.records import cells
from infusion_visits.team import queries
from infusion_visits.team.tables import AgencyAuthority, MemberCertificate, TrustedAgency
from infusion_visits.vault import certificates, keys, signatures
from infusion_visits.vault.certificates import Authority, Certificate
from infusion_visits.vault.keys import Sealed

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from infusion_visits.core.desk import Who
    from infusion_visits.records.unit_of_work import UnitOfWork
    from infusion_visits.team.queries import AgencyFacts, PinnedAgency
    from infusion_visits.vault.keys import Stretch

RENEWED_BEFORE = timedelta(days=60)
"""How long before its end a member's certificate is renewed: two months of unlocks."""
_PURPOSE = "authority"


def found(
    unit: UnitOfWork, agency: AgencyFacts, holder: UUID, passphrase: str, stretch: Stretch | None
) -> Authority:
    """Makes the authority of this record's agency and pins it as the own one. Some 0.2 s.

    Threat: another member of the same laptop makes certificates in the holder's place. The key is
    locked with the holder's passphrase alone, with a purpose of its own; the record's key, which
    every member's passphrase opens, does not open it.
    """
    made = certificates.new_authority(agency.id, agency.name, unit.now)
    sealed = keys.seal(
        passphrase, made.key.private_bytes(), _bound(agency.id, holder), _PURPOSE, stretch
    )
    wrapped = json.dumps(sealed.plain(), sort_keys=True).encode()
    columns = {"certificate": made.certificate.der, "wrapped": wrapped, "holder_id": holder}
    cells.append(unit, AgencyAuthority, {"agency_id": agency.id}, columns, sequence=None)
    pin(unit, made.certificate, agency.name, agency.telephone, serial=0, own=True)
    return made


def opened(unit: UnitOfWork, passphrase: str) -> Authority:
    """The authority with its key, for one act. Raises Missing `no-authority`, WrongPassphrase."""
    row = queries.authority_row(unit)
    if row is None:
        raise Missing(
            "no-authority",
            "The agency's authority is not on this laptop. Its holder does this.",
        )
    sealed = Sealed.from_plain(json.loads(row["wrapped"]))
    bound = _bound(row["agency_id"], row["holder_id"])
    try:
        private = keys.unseal(passphrase, sealed, bound, _PURPOSE)
    except WrongPassphrase:
        holder = queries.member(unit, row["holder_id"])
        words = f"This takes the passphrase of {holder.name}, who holds the agency's authority."
        raise WrongPassphrase("wrong-passphrase", words) from None
    authority = Authority(signatures.signing_key(private), Certificate(row["certificate"]))
    if authority.key.public_key != authority.certificate.public_key:
        raise Refused("authority", "The agency's authority was exchanged in this record.")
    return authority


def pin(
    unit: UnitOfWork,
    certificate: Certificate,
    name: str,
    telephone: str | None,
    *,
    serial: int,
    own: bool,
    packet: bytes | None = None,
) -> None:
    """Trusts an authority from now on. Asking, and comparing its words, came before."""
    cells.append(
        unit,
        TrustedAgency,
        {"agency_id": certificate.agency},
        {
            "name": name,
            "telephone": telephone,
            "certificate": certificate.der,
            "sha256": certificate.sha256,
            "serial": serial,
            "own": own,
            "packet": packet,
            "pinned_at": unit.now,
        },
        sequence=None,
    )


def pin_again(unit: UnitOfWork, pinned: PinnedAgency, *, own: bool) -> None:
    """Keeps what changed of a pinned agency; the key of its authority stays the same."""
    cells.put(
        unit,
        TrustedAgency,
        {"agency_id": pinned.id},
        {
            "name": pinned.name,
            "telephone": pinned.telephone,
            "certificate": pinned.certificate.der,
            "sha256": pinned.certificate.sha256,
            "serial": pinned.serial,
            "own": own,
            "packet": pinned.packet,
        },
    )


def certify(unit: UnitOfWork, authority: Authority, who: Who, public_key: bytes) -> Certificate:
    """Issues a certificate to a member and keeps it; former ones stay, as old notes need them."""
    made = certificates.issue(
        authority, who.id, who.name, who.credential, who.role, public_key, unit.now
    )
    keep(unit, who.id, made)
    return made


def keep(unit: UnitOfWork, member: UUID, certificate: Certificate) -> None:
    """Keeps a certificate of a member, once."""
    if any(one == certificate for one in queries.certificates_of(unit, member)):
        return
    cells.add(
        unit,
        MemberCertificate,
        {
            "id": unit.ids.new(),
            "member_id": member,
            "certificate": certificate.der,
            "sha256": certificate.sha256,
            "issued_at": unit.now,
        },
    )


def care(unit: UnitOfWork, passphrase: str) -> bool:
    """What the member who unlocks has to see to; whether anything was done.

    A record of an earlier version gets its authority when its first member unlocks, who set the
    agency up, and everybody of the record gets a certificate: that takes public keys only. Later
    the holder's unlocking renews what ends within 60 days, and the authority's own
    certificate in its last two years.

    Threat: a nurse of a shared laptop becomes the authority by being the first to start a new
    version; so it is the first member, and nobody else.
    """
    own, row = queries.own_agency(unit), queries.authority_row(unit)
    if own is None:
        if queries.first_member(unit) != unit.member:
            return False
        agency, stretch = queries.agency(unit), queries.own_stretch(unit, unit.member)
        authority = found(unit, agency, unit.member, passphrase, stretch)
    elif row is None or row["holder_id"] != unit.member:
        return False
    elif _runs_out(own.certificate, unit.now):
        authority = _renewed(unit, own, opened(unit, passphrase))
    elif _due(unit):
        authority = opened(unit, passphrase)
    else:
        return False
    for who, public_key in _due(unit):
        certify(unit, authority, who, public_key)
    return True


def _runs_out(certificate: Certificate, now: datetime) -> bool:
    """Whether an authority no longer covers the whole life of what it would certify now."""
    return certificate.starts > now or certificate.ends - now < certificates.MEMBER_LIVES


def _renewed(unit: UnitOfWork, own: PinnedAgency, former: Authority) -> Authority:
    made = certificates.renewed_authority(former, unit.now)
    columns = {"certificate": made.certificate.der}
    cells.put(unit, AgencyAuthority, {"agency_id": own.id}, columns)
    pin_again(unit, replace(own, certificate=made.certificate), own=True)
    return made


def _due(unit: UnitOfWork) -> list[tuple[Who, bytes]]:
    """Whose certificate is missing or ends soon, of those who are still here."""
    trust, agency = queries.trust(unit), queries.agency(unit).id
    due = []
    for who in queries.present_members(unit):
        held = [one for one in queries.certificates_of(unit, who.id) if one.agency == agency]
        # A revoked member is never certified again by an unlocking: somebody decided it.
        if any(trust.revoked_from(one) is not None for one in held):
            continue
        # Who was taken in by a request has no key here, but a certificate that names it.
        public_key = queries.key_or_none(unit, who.id) or (held[-1].public_key if held else None)
        fitting = [one for one in held if one.public_key == public_key]
        if public_key and not any(_lasts(one, unit.now) for one in fitting):
            due.append((who, public_key))
    return due


def _lasts(certificate: Certificate, now: datetime) -> bool:
    return certificate.starts <= now and certificate.ends - now >= RENEWED_BEFORE


def _bound(agency: UUID, holder: UUID) -> dict[str, Any]:
    return {"v": 1, "agency": str(agency), "holder": str(holder), "use": _PURPOSE}
