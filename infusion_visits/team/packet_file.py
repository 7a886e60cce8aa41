"""`NAME.ivteam`: what an agency says of its team, signed by its authority. Nothing secret."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from infusion_visits.core.errors import BadFile
from infusion_visits.core.moments import utc_text
from infusion_visits.core.writing import tidy
from infusion_visits.vault import signed_json
from infusion_visits.vault.certificates import Certificate, read_certificate, words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from infusion_visits.vault.certificates import Authority

SUFFIX = ".ivteam"
_TYPE = "infusion-visits team"
_VERSION = 1
_LONGEST = 10_000


@dataclass(frozen=True)
class Packet:
    """The agency, its authority, everybody it ever certified, and what it has revoked.

    A packet with a higher `serial` is newer. `revoked` names certificates by SHA-256, with the
    instant from which on they count no more, and the reason.
    """

    name: str
    telephone: str | None
    serial: int
    authority: Certificate
    certificates: tuple[Certificate, ...]
    revoked: Mapping[str, tuple[datetime, str]]
    data: bytes = field(repr=False)

    @property
    def agency(self) -> UUID:
        """The agency's id."""
        return self.authority.agency

    @property
    def words(self) -> tuple[str, ...]:
        """The agency's six words. Some 0.1 s the first time."""
        return words_of(self.authority)

    def of(self, public_key: bytes) -> tuple[Certificate, ...]:
        """The certificates for this key."""
        return tuple(one for one in self.certificates if one.public_key == public_key)


def make_packet(
    authority: Authority,
    name: str,
    telephone: str | None,
    certificates: Sequence[Certificate],
    revoked: Mapping[str, tuple[datetime, str]],
    serial: int,
    now: datetime,
) -> bytes:
    """The file, signed by the authority."""
    body = {
        "type": _TYPE,
        "v": _VERSION,
        "agency": str(authority.certificate.agency),
        "name": name,
        "telephone": telephone or "",
        "serial": serial,
        "made_at": utc_text(now),
        "authority": _coded(authority.certificate),
        "certificates": [_coded(one) for one in certificates],
        "revoked": [
            {"sha256": sha256, "from": utc_text(at), "reason": reason}
            for sha256, (at, reason) in sorted(revoked.items())
        ],
    }
    return signed_json.written(body, authority.key)


def read_packet(data: bytes) -> Packet:
    """What an agency says of its team. Raises BadFile.

    That the packet is whole and of one authority is checked here; that it is the right authority
    only a person can say, by its six words.
    """
    file = signed_json.read(data)
    if file.body.get("type") != _TYPE:
        raise BadFile("no-packet", "This is no team packet.")
    if file.body.get("v") != _VERSION:
        raise BadFile("newer", "This packet was made by a newer program. Update this one first.")
    try:
        packet = _packet(file.body, data)
        agency = UUID(file.body["agency"])
    except (KeyError, ValueError, TypeError, AttributeError):
        raise _damaged() from None
    authority = packet.authority
    if not authority.is_authority or not authority.issued_by(authority):
        raise _damaged()
    if agency != authority.agency or not file.by(authority.public_key):
        raise _damaged()
    # Threat: an agency revokes, or claims, the people of another.
    if not all(one.issued_by(authority) for one in packet.certificates):
        raise BadFile("other-agency", "This packet names people whom its agency did not certify.")
    if not packet.revoked.keys() <= {one.sha256 for one in packet.certificates}:
        raise BadFile("other-agency", "This packet revokes people whom its agency did not certify.")
    return packet


def _packet(body: Mapping[str, Any], data: bytes) -> Packet:
    if type(body["serial"]) is not int or body["serial"] < 1:
        raise ValueError("no serial")
    revoked = {
        one["sha256"]: (_instant(one["from"]), _line(one["reason"])) for one in body["revoked"]
    }
    return Packet(
        _line(body["name"]),
        _line(body["telephone"]) or None,
        body["serial"],
        _certificate(body["authority"]),
        tuple(_certificate(one) for one in body["certificates"]),
        revoked,
        data,
    )


def _coded(certificate: Certificate) -> str:
    return base64.b64encode(certificate.der).decode("ascii")


def _certificate(text: str) -> Certificate:
    return read_certificate(base64.b64decode(text, validate=True))


def _instant(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError("an instant has a zone")
    return at


def _line(value: Any) -> str:
    if not isinstance(value, str) or tidy(value) != value or len(value) > _LONGEST:
        raise ValueError("not a line as this program keeps it")
    return value


def _damaged() -> BadFile:
    return BadFile("unreadable", "This team packet is damaged.")
