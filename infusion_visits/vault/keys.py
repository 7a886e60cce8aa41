"""Keys: random ones, ones made from a passphrase, and secrets locked up with them.

Argon2id makes guessing a passphrase expensive, AES-256-GCM locks a secret so that a changed byte
is noticed, HKDF gives each use a key of its own. Sources: RFC 9106 (Argon2), RFC 5869 (HKDF),
NIST SP 800-38D (GCM). The cryptography libraries are imported where they are used, because the
unlock screen stands before they are needed.
"""

from __future__ import annotations

import base64
import json
import os
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from infusion_visits.core.errors import BadFile, DeviceTrouble, WrongPassphrase

if TYPE_CHECKING:
    from collections.abc import Mapping

KEY_BYTES = 32
_SALT_BYTES = 16
_NONCE_BYTES = 12
_TAG_BYTES = 16
_KDF = "argon2id"
_KDF_VERSION = 19
_CIPHER = "A256GCM"


@dataclass(frozen=True, slots=True)
class Stretch:
    """What one guess at a passphrase costs: memory in KiB, passes over it, lanes beside each other.

    Threat: somebody copies the key file and guesses at leisure. 128 MiB and three passes allow
    some two hundred guesses a second on a large graphics card.
    """

    memory_kib: int = 128 * 1024
    passes: int = 3
    lanes: int = 4

    def checked(self) -> Stretch:
        """Itself. Raises BadFile when below the floor or beyond what a laptop can pay.

        Threat: a changed file asks for a cheap stretching, which would make the passphrase
        guessable at the next change, or for so much memory that the laptop stands still.
        """
        if self.memory_kib < FLOOR.memory_kib or self.passes < FLOOR.passes or self.lanes < 1:
            raise BadFile("weak-key-file", "The key file asks for less protection than is allowed.")
        if self.memory_kib > CEILING.memory_kib or self.passes > CEILING.passes:
            raise BadFile("costly-key-file", "The key file asks for more than a laptop can do.")
        if self.lanes > CEILING.lanes:
            raise BadFile("costly-key-file", "The key file asks for more than a laptop can do.")
        return self


FLOOR = Stretch(64 * 1024, 3, 4)
"""Least protection ever accepted: 64 MiB, three passes."""
CEILING = Stretch(1024 * 1024, 16, 16)
"""Most that is ever tried: 1 GiB, sixteen passes."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """A secret locked with a passphrase; everything needed to open it but the passphrase."""

    stretch: Stretch
    salt: bytes
    nonce: bytes
    text: bytes

    def plain(self) -> dict[str, Any]:
        """The value as JSON keeps it."""
        return {
            "kdf": _kdf_plain(self.stretch, self.salt),
            "wrap": {"alg": _CIPHER, "nonce": _coded(self.nonce), "ct": _coded(self.text)},
        }

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> Sealed:
        """The value from JSON. Raises BadFile for anything but what `plain` writes."""
        try:
            kdf, wrap = plain["kdf"], plain["wrap"]
            if (kdf["name"], kdf["v"], wrap["alg"]) != (_KDF, _KDF_VERSION, _CIPHER):
                raise BadFile("key-file", "The key file names a method that is not known.")
            stretch = Stretch(_whole(kdf["m"]), _whole(kdf["t"]), _whole(kdf["p"]))
            salt = base64.b64decode(kdf["salt"], validate=True)
            nonce = base64.b64decode(wrap["nonce"], validate=True)
            text = base64.b64decode(wrap["ct"], validate=True)
        except (KeyError, TypeError, ValueError):
            raise BadFile("key-file", "The key file is not complete.") from None
        if len(salt) != _SALT_BYTES or len(nonce) != _NONCE_BYTES or len(text) < _TAG_BYTES:
            raise BadFile("key-file", "The key file is not complete.")
        return cls(stretch.checked(), salt, nonce, text)


def new_key() -> bytes:
    """Thirty-two random bytes."""
    return os.urandom(KEY_BYTES)


def seal(
    passphrase: str,
    secret: bytes,
    bound: Mapping[str, Any],
    purpose: str,
    stretch: Stretch | None = None,
) -> Sealed:
    """Locks `secret` with a key made from `passphrase` for this `purpose`.

    `bound` says what the secret belongs to (which record, which member). It is not kept here;
    opening works only with the very same, so that a slot cannot be moved to another member.
    Takes some 0.2 s on purpose: never on the interface thread.
    """
    cost = (stretch or Stretch()).checked()
    salt = os.urandom(_SALT_BYTES)
    nonce = os.urandom(_NONCE_BYTES)
    key = derive(_stretched(passphrase, salt, cost), purpose)
    text = _gcm(key).encrypt(nonce, secret, _bound(bound, cost, salt))
    return Sealed(cost, salt, nonce, text)


def unseal(passphrase: str, sealed: Sealed, bound: Mapping[str, Any], purpose: str) -> bytes:
    """The secret. Raises WrongPassphrase when the passphrase or anything bound to it differs."""
    from cryptography.exceptions import InvalidTag

    stretch = sealed.stretch.checked()
    key = derive(_stretched(passphrase, sealed.salt, stretch), purpose)
    try:
        aad = _bound(bound, stretch, sealed.salt)
        return bytes(_gcm(key).decrypt(sealed.nonce, sealed.text, aad))
    except InvalidTag:
        raise WrongPassphrase("wrong-passphrase", "That passphrase opens nothing here.") from None


def derive(key: bytes, purpose: str) -> bytes:
    """A key of its own for `purpose`, from which nobody can tell `key` or another purpose's key."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    info = f"infusion-visits/{purpose}".encode()
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=info).derive(key)


def _stretched(passphrase: str, salt: bytes, stretch: Stretch) -> bytes:
    from argon2.exceptions import HashingError
    from argon2.low_level import Type, hash_secret_raw

    try:
        return hash_secret_raw(
            secret=_spelled(passphrase),
            salt=salt,
            time_cost=stretch.passes,
            memory_cost=stretch.memory_kib,
            parallelism=stretch.lanes,
            hash_len=KEY_BYTES,
            type=Type.ID,
            version=_KDF_VERSION,
        )
    except HashingError:
        needed = stretch.memory_kib // 1024
        raise DeviceTrouble(
            "memory", f"Unlocking needs {needed} MB of free memory. Close other programs first."
        ) from None


def _spelled(passphrase: str) -> bytes:
    # Two keyboards write the same letter in two ways; the same passphrase has to open on both.
    return unicodedata.normalize("NFKC", passphrase).encode("utf-8", "surrogatepass")


def _gcm(key: bytes) -> Any:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(key)


def _bound(bound: Mapping[str, Any], stretch: Stretch, salt: bytes) -> bytes:
    whole = {"bound": dict(bound), "kdf": _kdf_plain(stretch, salt)}
    return json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _kdf_plain(stretch: Stretch, salt: bytes) -> dict[str, Any]:
    return {
        "name": _KDF,
        "v": _KDF_VERSION,
        "m": stretch.memory_kib,
        "t": stretch.passes,
        "p": stretch.lanes,
        "salt": _coded(salt),
    }


def _coded(value: bytes) -> str:
    return base64.b64encode(value).decode("ascii")


def _whole(value: Any) -> int:
    if type(value) is not int:
        raise TypeError("not a whole number")
    return value
