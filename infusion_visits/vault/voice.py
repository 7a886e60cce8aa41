"""Six words for a fingerprint, that two people read to each other over the telephone."""

from __future__ import annotations

import hashlib
from functools import cache

from infusion_visits.core.resources import resources_folder

WORDS = 6
_ROUNDS = 100_000
_PURPOSE = b"infusion-visits/voice"


@cache
def voice_list() -> tuple[str, ...]:
    """The 1,296 words of the EFF's second short list (resources/voice/README.md)."""
    file = resources_folder() / "voice" / "words.txt"
    return tuple(file.read_text("utf-8").split())


@cache
def six_words(sha256: str) -> tuple[str, ...]:
    """The words of a SHA-256 in hexadecimal. Takes some 0.1 s, once for each.

    Threat: somebody who can exchange a file on its way makes keys until one has the same six
    words. Six of 1,296 are 62 bits; a hundred thousand rounds for each try make it 78, which
    nobody pays for.
    """
    words = voice_list()
    digest = hashlib.pbkdf2_hmac("sha256", bytes.fromhex(sha256), _PURPOSE, _ROUNDS)
    left = int.from_bytes(digest, "big")
    said = []
    for _ in range(WORDS):
        left, place = divmod(left, len(words))
        said.append(words[place])
    return tuple(said)


def spoken(typed: str) -> tuple[str, ...]:
    """The words that somebody typed, whatever the case, blanks and commas between them."""
    return tuple(typed.casefold().replace(",", " ").split())
