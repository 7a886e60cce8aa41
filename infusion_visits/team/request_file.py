"""`NAME.ivrequest`: a member asks an agency for a certificate. It holds nothing secret."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from infusion_visits.core.desk import Who
from infusion_visits.core.errors import BadFile
from infusion_visits.core.moments import utc_text
from infusion_visits.core.writing import tidy
from infusion_visits.vault import signed_json
from infusion_visits.vault.certificates import words_of

if TYPE_CHECKING:
    from datetime import datetime

    from infusion_visits.vault.signatures import SigningKey

SUFFIX = ".ivrequest"
ROLES = ("nurse", "coordinator")
_TYPE = "infusion-visits request"
_VERSION = 1
_LONGEST = 10_000
_POINT_BYTES = 65


@dataclass(frozen=True)
class Request:
    """Who asks, with which key; `digest` is that of everything the file says."""

    who: Who
    public_key: bytes
    digest: str

    @property
    def words(self) -> tuple[str, ...]:
        """The six words that both sides read to each other. Some 0.1 s the first time."""
        return words_of(self.digest)


def make_request(who: Who, key: SigningKey, now: datetime) -> bytes:
    """The file, signed with the very key that is to be certified: the proof that it is theirs."""
    body = {
        "type": _TYPE,
        "v": _VERSION,
        "member": str(who.id),
        "name": who.name,
        "credential": who.credential,
        "role": who.role,
        "public_key": key.public_key.hex(),
        "made_at": utc_text(now),
    }
    return signed_json.written(body, key)


def read_request(data: bytes) -> Request:
    """Who asks. Raises BadFile, also where the signature is not by the key that is named.

    Threat: somebody asks for a certificate for a key that is another's, to pass that one's
    signatures off as their own; or exchanges the file on its way, which the six words show.
    """
    file = signed_json.read(data)
    if file.body.get("type") != _TYPE:
        raise BadFile("no-request", "This is no request for a certificate.")
    if file.body.get("v") != _VERSION:
        raise BadFile("newer", "This request was made by a newer program. Update this one first.")
    try:
        public_key = bytes.fromhex(file.body["public_key"])
        who = Who(
            UUID(file.body["member"]),
            _line(file.body["name"]),
            _line(file.body["credential"]),
            _line(file.body["role"]),
        )
    except (KeyError, ValueError, TypeError, AttributeError):
        raise BadFile("unreadable", "This request is damaged.") from None
    if not who.name or who.role not in ROLES or len(public_key) != _POINT_BYTES:
        raise BadFile("unreadable", "This request is damaged.")
    if not file.by(public_key):
        raise BadFile("not-theirs", "This request was not signed with the key that it names.")
    return Request(who, public_key, file.sha256)


def _line(value: Any) -> str:
    # Threat: a name that looks like another's because of signs nobody sees.
    if not isinstance(value, str) or tidy(value) != value or len(value) > _LONGEST:
        raise ValueError("not a line as this program keeps it")
    return value
