"""Do the pages say what the record says? Composed again and compared, or figure by figure.

Where the layout is one that this program prints, the pages are made again from the signed record
and must be the same. Elsewhere each figure that the record gives must stand on the pages, and no
figure may stand there that the record lacks.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import TYPE_CHECKING

from infusion_visits import __version__
from infusion_visits.exchange.note_parts import names_of_parts, unsigned_file
from infusion_visits.exchange.verdict import Point, PointKey
from infusion_visits.notes.compose import LAYOUT
from infusion_visits.notes.document import Paper
from infusion_visits.notes.envelope.drawn import page_texts
from infusion_visits.notes.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from infusion_visits.notes.envelope.opening import Opened
    from infusion_visits.visits.signed_note import SignedNote

_FIGURE = re.compile(r"\d+(?:[.,:]\d+)*")
_AROUND = 24
_TALLEST_LETTER = 800.0
_TOLD = 8
_LONGEST = 60
_MOST_WORDS = 5_000
_SAME = "The pages say what the record says: made again from it, they are the same."

_BESIDE = (
    "The pages say what the record says, but the file carries something beside them that this "
    "program does not put there."
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure where it stands: page from 1, and the words around it."""

    text: str
    page: int
    around: str


@dataclass(frozen=True, slots=True)
class Change:
    """A run of words that differs, and the page (from 1) that shows it."""

    page: int
    given: str
    shown: str

    @property
    def words(self) -> str:
        """In words."""
        if not self.given:
            return f"page {self.page} shows “{self.shown}”, which the record does not give"
        if not self.shown:
            return f"page {self.page} lacks “{self.given}”, which the record gives"
        return f"page {self.page} shows “{self.shown}” where the record gives “{self.given}”"


def page_point(note: SignedNote, opened: Opened, data: bytes) -> Point:
    """Whether pages and record agree; which figure does not, and where."""
    paper = Paper.LETTER if opened.page_size[1] < _TALLEST_LETTER else Paper.A4
    signed = opened.signature is not None
    parts = names_of_parts()
    made = unsigned_file(note, paper, to_sign=signed, parts=parts)
    if note.layout == LAYOUT:
        if _same(made, data):
            return Point(PointKey.PAGE, True, _SAME)
        again = unsigned_file(note, paper, printed_again=True, to_sign=signed, parts=parts)
        if _same(again, data):
            return Point(PointKey.PAGE, True, f"{_SAME} It is a later print, and says so.")
        if _same_pages(made, data) or _same_pages(again, data):
            return Point(PointKey.PAGE, False, _BESIDE)
        if note.plain.get("program") == __version__:
            return _by_words(page_texts(made), page_texts(data))
    return _by_figures(page_texts(made), page_texts(data))


def _same(made: bytes, data: bytes) -> bool:
    from infusion_visits.notes.envelope.normal_form import same_file

    try:
        return same_file(made, data)
    except (AttributeError, LookupError, TypeError, ValueError):
        # Parts inside that are not built as this program builds them.
        return False


def _same_pages(made: bytes, data: bytes) -> bool:
    from infusion_visits.notes.envelope.normal_form import same_pages

    return same_pages(made, data)


def _by_words(gives: Sequence[str], shows: Sequence[str]) -> Point:
    """Pages of a layout that is known, and not the same: word by word, to say what differs."""
    found = replaced(gives, shows)
    if found:
        more = f"; and {len(found) - _TOLD} more" if len(found) > _TOLD else ""
        said = "; ".join(one.words for one in found[:_TOLD])
        words = f"Page and record differ: {_pages(gives, shows)}{said}{more}."
        return Point(PointKey.PAGE, False, words)
    words = "The pages are not drawn as the record gives them, though no word differs."
    return Point(PointKey.PAGE, False, words)


def replaced(gives: Sequence[str], shows: Sequence[str]) -> list[Change]:
    """What the pages show instead of what the record gives; changed figures first."""
    found: dict[tuple[str, str], Change] = {}
    for number, (given, shown) in enumerate(zip_longest(gives, shows, fillvalue=""), start=1):
        wanted, there = given.split()[:_MOST_WORDS], shown.split()[:_MOST_WORDS]
        matcher = SequenceMatcher(None, wanted, there, autojunk=False)
        for kind, low, high, start, end in matcher.get_opcodes():
            if kind != "equal":
                change = Change(number, _short(wanted[low:high]), _short(there[start:end]))
                found.setdefault((change.given, change.shown), change)
    return sorted(found.values(), key=lambda one: not _FIGURE.search(one.given + one.shown))


def _pages(gives: Sequence[str], shows: Sequence[str]) -> str:
    if len(gives) == len(shows):
        return ""
    return f"the file has {counted(len(shows), 'page')}, the record gives {len(gives)}; "


def _short(words: list[str]) -> str:
    text = " ".join(words)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _by_figures(gives: Sequence[str], shows: Sequence[str]) -> Point:
    lacking, foreign = differences(gives, shows)
    if lacking or foreign:
        words = _pages(gives, shows) + _told(lacking, foreign)
        return Point(PointKey.PAGE, False, f"Page and record differ: {words}.")
    words = (
        "Each figure of the record stands on the pages, and no other. The words were not "
        "compared: another version of the program set them."
    )
    return Point(PointKey.PAGE, True, words)


def differences(gives: Sequence[str], shows: Sequence[str]) -> tuple[list[Figure], list[Figure]]:
    """The figures that the record gives and no page shows, and those shown that it does not give.

    A figure that stands more or less often than given counts as well: one of two equal doses
    changed leaves the other standing.
    """
    given, shown = list(_figures(gives)), list(_figures(shows))
    return _beyond(given, shown), _beyond(shown, given)


def _figures(pages: Sequence[str]) -> Iterator[Figure]:
    for number, text in enumerate(pages, start=1):
        plain = " ".join(text.split())
        for found in _FIGURE.finditer(plain):
            around = plain[max(0, found.start() - _AROUND) : found.end() + _AROUND]
            yield Figure(found[0], number, around)


def _beyond(these: list[Figure], those: list[Figure]) -> list[Figure]:
    """Of `these` what has no partner among `those`; partners on the same page come first."""
    left = Counter((one.text, one.page) for one in those)
    single = []
    for one in these:
        if left[one.text, one.page]:
            left[one.text, one.page] -= 1
        else:
            single.append(one)
    anywhere: Counter[str] = Counter()
    for (text, _), count in left.items():
        anywhere[text] += count
    alone = []
    for one in single:
        if anywhere[one.text]:
            anywhere[one.text] -= 1
        else:
            alone.append(one)
    return alone


def _told(lacking: list[Figure], foreign: list[Figure]) -> str:
    said = [
        f"page {one.page} shows {one.text} (“…{one.around}…”), which the record does not give"
        for one in foreign[:_TOLD]
    ]
    said += [
        f"the record gives {one.text} (“…{one.around}…”), which no page shows"
        for one in lacking[:_TOLD]
    ]
    more = max(0, len(foreign) - _TOLD) + max(0, len(lacking) - _TOLD)
    rest = f"; and {more} more" if more else ""
    return f"{'; '.join(said)}{rest}"
