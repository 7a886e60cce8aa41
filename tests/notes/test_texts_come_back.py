"""Any text in any field: back from the page or the record unharmed, and the page holds.

Each example is one visit in which every field of words, of every section, is typed over, and
which is then signed: right-to-left, emoji, marks on marks, markup, control characters, a word of
80 letters, 10,000 characters, and whatever Hypothesis thinks of.
"""

from __future__ import annotations

import re
import shutil
import unicodedata
from bisect import bisect
from dataclasses import dataclass, fields, is_dataclass
from itertools import count, cycle
from typing import TYPE_CHECKING, Any

import pypdfium2
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as some

from infusion_visits.core.cells import Cell, Row
from infusion_visits.core.clock import SteppingClock
from infusion_visits.core.fields import NotAValue, Text
from infusion_visits.core.findings import CLOSING, stops
from infusion_visits.core.kinds import NotDoneReason
from infusion_visits.core.writing import tidy
from infusion_visits.exchange.note_parts import RECORD
from infusion_visits.exchange.verifying import verify
from infusion_visits.notes.envelope.opening import open_file
from infusion_visits.sections.stores import STORES
from infusion_visits.team.queries import trust
from infusion_visits.visits import charting, signing
from infusion_visits.visits.queries import load_rows
from tests.fixtures.records import NOW

if TYPE_CHECKING:
    from collections.abc import Iterator

    from infusion_visits.records.store import Group, Store
    from infusion_visits.visits.record import VisitRecord
    from tests.fixtures.kept_visit import Kept
    from tests.fixtures.lived_visit import Lived

pytest_plugins = ["tests.fixtures.lived_visit", "tests.fixtures.kept_visit"]

NASTY = (
    "<b>unclosed", "</para><br/>", "5 < 6 & 7 > 2", "&amp; &lt;b&gt; &#0;", "]]><![CDATA[",
    '<img src="http://127.0.0.1:9/x">', "<a href='file:///etc/passwd'>", "%s {0} ${x} \\n \\u0041",
    "שלום עולם 12 mL", "العربية ١٢٣", "\u202egnp.exe\u202c", "\u2066hidden\u2069 5 mg",
    "\u200f12\u200e", "👩🏽\u200d⚕️ 😀 🌈", "e" + "\u0301" * 40, "Z\u0335\u0321\u031ba\u0336lgo",
    "e\u0301 = \u00e9", "a\x00b\x07c\x1b[31md\x7f\x85", "tab\tand\x0bmore",
    "one\r\ntwo\rthree\n\nfour", "lone \ud800 half", "\ufeffBOM \u00ad soft\u200bzero\u2060width",
    "\u00a0no-break\u202fspace\u2003", "\u2028line\u2029paragraph", "中文かなカナ한국어",
    "Ελληνικά Кирилл Việt đồng", "𝔘𝔫𝔦 \U0010ffff \ue000", "ﬁ ﬂ Ⅷ ½ µg × ≥ → □", "W" * 80,
    "i" * 200, "-" * 90, "=SUM(A1)", "'; DROP TABLE visit; --", "[U+0041]", "...", "( ) [ ] < >",
    "0.5\u2212 1/2 10⁶ H₂O", "'’‘“”„«»'", "/Type /Catalog endobj", "(\\)( \\( stream", "null",
)  # fmt: skip
# Each word differs, so that a line which got lost is missed.
LONG = " ".join(f"word{number:04}" for number in range(1_100))[:9_990]
SHORTEST_PIECE = 4
FOOT = 36.0
"""Above it stands the note, below it the foot of the page, in points."""
SIDE, ABOVE, BELOW = 36.0, 18.0, 18.0
"""Half an inch at the sides, a quarter above and below, in points: what every printer can print."""

# Words that are read as figures: what cannot be one is a stop, not a text of the note.
FIGURES = {("medicine_given", "dose"), ("infusion_event", "ladder")}


@dataclass(frozen=True)
class Typed:
    """A field and what was typed into it, with a mark in front by which it is found again."""

    cell: Cell
    text: str
    lines: int

    @property
    def kept(self) -> str:
        return tidy(self.text, many_lines=self.lines > 1)


def type_everywhere(lived: Lived, texts: Iterator[str]) -> list[Typed]:
    """Types into every field of words of every group; a group without a row gets one."""
    typed = []
    numbers = count(1)
    for section, store in STORES.items():
        for group in store.groups:
            leaves = [
                leaf
                for leaf in group.rows.fields
                if type(leaf) is Text and (group.name, leaf.name) not in FIGURES
            ]
            row = row_of(lived, section, store, group, leaves[0].name) if leaves else None
            for leaf in leaves if row is not None else ():
                assert row is not None
                text = f"Q{next(numbers)}Q{next(texts)}"[: leaf.longest]
                cell = Cell(section, row, leaf.name)
                with lived.new_unit() as unit:
                    said = charting.record(unit, lived.visit, cell, text)
                    assert not isinstance(said, NotAValue), (cell, text, said)
                    unit.commit()
                typed.append(Typed(cell, text, leaf.lines))
    return typed


def row_of(lived: Lived, section: str, store: Store[Any], group: Group, field: str) -> Row:
    """A row of the group; where it has none, one is added below the first row of its parent."""
    with lived.new_unit() as unit:
        rows = load_rows(unit, lived.visit).rows[section]
    if rows[group.name]:
        return Row(group.name, group.at(rows[group.name][0]))
    parents = [
        one for one in store.groups if any(child.name == group.name for child in one.rows.fields)
    ]
    at = parents[0].at(rows[parents[0].name][0]) if parents else ()
    with lived.new_unit() as unit:
        made = charting.append(unit, lived.visit, section, Row(group.name, at), {field: "x"})
        assert isinstance(made, tuple), (section, group.name, made)
        unit.commit()
    return made[0]


def give_reasons(lived: Lived) -> None:
    """What the added rows ask for more was not done, for a reason; then the visit can be signed."""
    for _ in range(3):
        found = stops(lived.found(), *CLOSING)
        for one in found:
            assert one.cell is not None, one.words
            with lived.new_unit() as unit:
                charting.not_done(unit, lived.visit, one.cell, NotDoneReason.REFUSED)
                unit.commit()
        if not found:
            return


def in_record(record: VisitRecord, cell: Cell) -> Any:
    """What the signed record holds at an address."""

    def rows(value: Any) -> Iterator[Any]:
        if isinstance(value, tuple):
            for one in value:
                yield from rows(one)
        elif is_dataclass(value):
            if getattr(getattr(value, "mark", None), "row", None) == cell.row:
                yield value
            for one in fields(value):
                yield from rows(getattr(value, one.name))

    found = next(rows(record.sections[cell.section]), None)
    return getattr(found, cell.field)


@dataclass(frozen=True)
class Letter:
    """A letter on a page and its box, in points from the lower left corner."""

    code: int
    left: float
    bottom: float
    right: float
    top: float


def letters_of(page: Any) -> list[Letter]:
    """The letters of a page that are printed, in the order of the page."""
    text = page.get_textpage()
    found = []
    for at in range(text.count_chars()):
        code = pypdfium2.raw.FPDFText_GetUnicode(text, at)
        if code <= ord(" ") and code != 2:
            continue
        left, bottom, right, top = text.get_charbox(at)
        found.append(Letter(code, left, bottom, right, top))
    return found


def bare(text: str) -> str:
    """As it is compared: blanks and case aside, which setting a line may change."""
    text = unicodedata.normalize("NFC", text).replace("\ufffe", "-").replace("\x02", "-")
    return re.sub(r"\s+", "", text).casefold().rstrip(".")


def body_of(pages: list[tuple[float, list[Letter]]]) -> str:
    """All pages as one text, without the foot of each."""
    return bare("".join(chr(one.code) for _, page in pages for one in page if one.bottom > FOOT))


def shown(text: str) -> re.Pattern[str]:
    """What may stand on a page for a text: each letter itself, or its code point spelled out."""
    parts = []
    for letter in text:
        spelled = rf"\[u\+{ord(letter):04x}\]"
        itself = re.escape("." if letter == "." else bare(letter))
        parts.append(f"(?:{itself}|{spelled})" if itself else f"(?:{spelled})?")
    return re.compile("".join(parts))


def stands_in(text: str, body: str, pages: int) -> bool:
    """Whether a text is there: whole, or where pages end in as many pieces, one after another.

    Of a text that fills pages beside other columns each word is looked for.
    """
    if LONG in text:
        return all(word in body for word in LONG.split())
    text = text.rstrip(".")
    for _ in range(pages):
        ends = range(1, len(text) + 1)
        longest = bisect(ends, 0, key=lambda end: not shown(text[:end]).search(body))
        if longest == len(text):
            return True
        if longest < SHORTEST_PIECE:
            return False
        text = text[longest:]
    return False


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return tmp_path_factory.mktemp("texts")


EXAMPLES = count(1)


# One example is a whole visit: a smaller one would tell no more, and take minutes to find.
@settings(max_examples=3, phases=(Phase.explicit, Phase.generate))
@given(
    some.lists(some.text(min_size=1, max_size=60), min_size=30, max_size=30),
    some.integers(0, 1_000),
)
def test_any_text_in_any_field_comes_back_and_the_page_holds(
    kept_visit: Kept, folder: Any, thought_of: list[str], turn: int
) -> None:
    # Not above: pytest has its say in the fixtures of this module before they are imported.
    from tests.fixtures.kept_visit import opened

    home = shutil.copytree(kept_visit.home, folder / str(next(EXAMPLES)))
    clock = SteppingClock(NOW)
    clock.forward(minutes=12 * 60)
    lived = opened(home, clock, 12)
    lived.patient, lived.visit = kept_visit.patient, kept_visit.visit
    try:
        nasty = [*NASTY, *thought_of]
        order = cycle(nasty[turn % len(nasty) :] + nasty[: turn % len(nasty)])
        long_ones = {turn % 50, 60 + turn % 50}
        texts = (LONG if number in long_ones else next(order) for number in count(1))
        typed = type_everywhere(lived, texts)
        assert len(typed) > 180
        give_reasons(lived)
        note = lived.sign()
        with lived.new_unit() as unit:
            file = signing.load_file(unit, lived.visit)
            trusted = trust(unit)
    finally:
        lived.unlocked.close()
    for one in typed:
        assert in_record(note.record, one.cell) == one.kept, one.cell
    look_at_file(file, typed, note.envelope)
    verdict = verify(file, trusted)
    assert verdict.good, verdict.points


def look_at_file(file: bytes, typed: list[Typed], envelope: bytes) -> None:
    """The record inside is the signed one; each text is on the page, and nothing sticks out."""
    assert open_file(file, frozenset({RECORD})).attachments[RECORD] == envelope
    document = pypdfium2.PdfDocument(file)
    pages = [(page.get_size(), letters_of(page)) for page in document]
    for number, ((width, height), letters) in enumerate(pages, start=1):
        for one in letters:
            inside = one.left >= SIDE and one.right <= width - SIDE
            upright = one.bottom >= BELOW and one.top <= height - ABOVE
            sticks_out = not (inside and upright)
            assert not sticks_out, f"{chr(one.code)!r} sticks out on page {number}: {one}"
    body = body_of([(size[1], letters) for size, letters in pages])
    lost = [one for one in typed if not stands_in(one.kept, body, len(pages))]
    said = [
        (one.cell.path(), one.text[:80], body.partition(bare(one.text[:4]))[2][:80]) for one in lost
    ]
    assert not said, said
