"""Which passphrases are strong enough: long, or of several words, and none that everybody tries."""

from __future__ import annotations

import re

LEAST_CHARACTERS = 12
LEAST_WORDS = 4
_LEAST_WORD_LETTERS = 3
_LEAST_DIFFERENT = 5
_LONGEST = 1_000

# What guessing programs try first, as stems: any of these dressed up with figures, signs or a
# year is guessed within hours.
_STEMS = frozenset(
    """
    password passwort passphrase letmein welcome iloveyou monkey dragon sunshine princess
    football baseball master shadow superman batman trustno whatever freedom starwars
    computer internet changeme secret admin administrator login default guest test hospital
    nurse nursing doctor clinic patient infusion visits medical health january february
    march april may june july august september october november december spring summer
    autumn winter monday tuesday wednesday thursday friday saturday sunday
    """.split()  # noqa: SIM905 - words are read more easily than a list
)
_ROWS = ("abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "qwertzuiop", "azerty", "asdfghjkl", "zxcvbnm")
_SHORTEST_RUN = 4
_LOOKALIKES = str.maketrans("01345$@!", "oleassai")


def weakness(passphrase: str, names: tuple[str, ...] = ()) -> str | None:
    """Why the passphrase is too weak, in words for the one who chose it; None when it is good.

    At least twelve characters, or four words; not figures alone, not a common one dressed up,
    not made of one of `names` (the member, the agency).
    """
    text = passphrase.strip()
    words = [word for word in re.split(r"[\W_]+", text) if len(word) >= _LEAST_WORD_LETTERS]
    if len(text) > _LONGEST:
        return f"At most {_LONGEST:,} characters."
    if len(text) < LEAST_CHARACTERS and len(words) < LEAST_WORDS:
        return "Take at least 12 characters, or four words."
    if len(set(text.casefold())) < _LEAST_DIFFERENT:
        return "Too few different characters. Four words of your own are best."
    known = _STEMS | {part for name in names for part in _letters(name)}
    forms = (text.casefold(), text.casefold().translate(_LOOKALIKES))
    if any(_of_its_own(form, known) < _LEAST_WORD_LETTERS for form in forms):
        return "This is among the first that are tried. Four words of your own are best."
    return None


def _of_its_own(form: str, known: frozenset[str]) -> int:
    """How many letters are left when figures, signs and what everybody knows are taken out."""
    parts = _letters(form)
    if len(set(parts)) >= LEAST_WORDS:
        return len("".join(parts))
    left = "".join(parts)
    for stem in sorted(known, key=len, reverse=True):
        left = left.replace(stem, "")
    for row in _ROWS:
        left = _without_runs(_without_runs(left, row), row[::-1])
    return len(left)


def _without_runs(text: str, row: str) -> str:
    for length in range(len(row), _SHORTEST_RUN - 1, -1):
        for start in range(len(row) - length + 1):
            text = text.replace(row[start : start + length], "")
    return text


def _letters(text: str) -> list[str]:
    parts = re.split(r"[\W\d_]+", text.casefold())
    return [part for part in parts if len(part) >= _LEAST_WORD_LETTERS]
