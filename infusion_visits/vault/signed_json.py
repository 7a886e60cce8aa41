"""Small files that one laptop gives another: canonical JSON with the signature of who made it.

`{"body": {...}, "signature": "hex"}` in the one spelling of RFC 8785, signed over the body's
canonical bytes. A file is read only in that spelling, so that no byte of it can be changed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from infusion_visits.core.errors import BadFile
from infusion_visits.vault.signatures import verify

if TYPE_CHECKING:
    from infusion_visits.vault.signatures import SigningKey

LARGEST_BYTES = 4_000_000


@dataclass(frozen=True)
class SignedJson:
    """What a file says, and the signature over it, which is not yet checked."""

    body: Mapping[str, Any]
    signature: bytes

    @cached_property
    def signed_bytes(self) -> bytes:
        """The canonical bytes of the body."""
        return _canonical(self.body)

    @property
    def sha256(self) -> str:
        """The digest of what was signed, hexadecimal."""
        return hashlib.sha256(self.signed_bytes).hexdigest()

    def by(self, public_key: bytes) -> bool:
        """Whether this key (an uncompressed P-256 point) signed the body."""
        return verify(public_key, self.signed_bytes, self.signature)


def written(body: Mapping[str, Any], key: SigningKey) -> bytes:
    """The file: `body` with the key's signature."""
    signature = key.sign(_canonical(body))
    return _canonical({"body": dict(body), "signature": signature.hex()})


def read(data: bytes) -> SignedJson:
    """What a file says. Raises BadFile for whatever `written` does not write.

    Threat: a file from outside that means two things to two readers (keys named twice, numbers
    beyond what is exact, other spellings), or that eats the memory.
    """
    if len(data) > LARGEST_BYTES:
        raise BadFile("too-large", "This file is far too large to be what its name says.")
    try:
        whole = json.loads(data.decode("utf-8"), object_pairs_hook=_once, parse_constant=_no)
        if _canonical(whole) != data or whole.keys() != {"body", "signature"}:
            raise _unreadable()
        body, signature = whole["body"], bytes.fromhex(whole["signature"])
    except (ValueError, TypeError, AttributeError, RecursionError):
        raise _unreadable() from None
    if not isinstance(body, dict):
        raise _unreadable()
    return SignedJson(body, signature)


def _canonical(plain: Any) -> bytes:
    import rfc8785

    return rfc8785.dumps(plain)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key named twice")
    return found


def _no(_: str) -> Any:
    raise ValueError("no such number")


def _unreadable() -> BadFile:
    return BadFile("unreadable", "This file is damaged, or no file of this program.")
