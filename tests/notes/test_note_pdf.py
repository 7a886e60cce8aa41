"""The note on paper, read back: nothing clipped, nothing run, every font inside, same bytes."""

from __future__ import annotations

import re
import sys
from contextlib import contextmanager
from dataclasses import fields, is_dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pypdfium2 as pdfium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from infusion_visits.core.blocks import (
    Answer,
    Answers,
    Block,
    BodyFigure,
    Column,
    ExceptionRow,
    Exceptions,
    Heading,
    InkBlock,
    Items,
    Keep,
    Paragraph,
    SideBySide,
    Span,
    Table,
    Voice,
    plain,
)
from infusion_visits.notes.document import NoteDocument, Paper
from infusion_visits.notes.pdf import render
from infusion_visits.notes.pdf.blocks import stack_of
from infusion_visits.notes.pdf.fonts import Face, legible, text_width
from tests.notes.sample_note import chart, draft, note, on_a4, said

if TYPE_CHECKING:
    from collections.abc import Iterator

FOOT = "Okafor, Maren · born 14 Mar 1979 · visit"


def pages_of(document: NoteDocument) -> list[str]:
    """The text of each page."""
    pdf = pdfium.PdfDocument(render(document))
    try:
        return [page.get_textpage().get_text_bounded() for page in pdf]
    finally:
        pdf.close()


def squeezed(text: str) -> str:
    """Without any white space: line ends fall where they fall."""
    return re.sub(r"\s+", "", text)


def bodies(document: NoteDocument) -> str:
    """What stands on the pages, without their feet and without white space."""
    return "".join(squeezed(page).partition(squeezed(FOOT))[0] for page in pages_of(document))


def holds(document: NoteDocument, words: list[str]) -> bool:
    """Whether the words stand in the note one after the other; repeated heads do not count."""
    text = re.sub(r"§,continued|[§¶\u25b2]", "", bodies(document))
    return "".join(words) in text


def outside(document: NoteDocument) -> list[str]:
    """Characters that stand outside the margins."""
    pdf = pdfium.PdfDocument(render(document))
    found = []
    for page in pdf:
        width, height = page.get_size()
        text = page.get_textpage()
        for nth in range(text.count_chars()):
            left, bottom, right, top = text.get_charbox(nth)
            if left < 38 or right > width - 37 or bottom < 16 or top > height - 20:
                found.append(text.get_text_range(nth, 1))
    pdf.close()
    return [character for character in found if character.strip()]


def test_the_same_document_gives_the_same_bytes() -> None:
    first = render(note())
    render(draft())
    assert render(note()) == first


def test_the_date_of_the_file_is_the_documents_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    made = render(note())
    assert b"(D:20261121180900+00'00')" in made
    later = replace(note(), produced_at=note().produced_at + timedelta(days=1))
    assert render(later) != made


def test_every_font_is_embedded() -> None:
    hard = note(Paragraph((Span("Ω ≥ 5 \u2192"), Span(" code", Voice.CODE))), *note().blocks)
    names = re.findall(rb"/BaseFont /(\S+)", render(hard))
    embedded = re.findall(rb"/FontFile2 ", render(hard))
    assert len(names) >= 5
    assert len(embedded) == len(names)
    assert all(re.match(rb"[A-Z]{6}\+", name) for name in names)
    assert b"Helvetica" not in render(hard)


def test_figures_are_tabular_in_every_face() -> None:
    for face in Face:
        assert len({round(text_width(figure, face, 9), 6) for figure in "0123456789"}) == 1


def test_page_one_answers_in_the_order_in_which_a_coordinator_asks() -> None:
    text = squeezed(pages_of(note())[0])
    places = [
        text.index(squeezed(words))
        for words in (
            "Okafor, Maren", "Home infusion visit", "Allergic: penicillin (hives)",
            "Ordered by", "2 exceptions", "Infusion reaction, grade 2", "Told S. Lindqvist",
            "Ordered and given", "280 mL/h", "Line", "What comes next",
            "Vital signs over the infusion", "BP systolic, left arm", "12:54watched",
            "Page 1 of 2",
        )
    ]  # fmt: skip
    assert sorted(places[3:]) == places[3:]


def test_every_page_has_its_foot_with_its_number() -> None:
    pages = pages_of(note(*note().blocks * 3))
    assert len(pages) > 3
    for number, page in enumerate(pages, start=1):
        foot = squeezed(page).partition(squeezed(FOOT))[2]
        assert squeezed("Note 4F9C-2A71 · signed 13:09 EST by I. Halvorsen, RN") in foot
        assert squeezed("digest 9e41 07bc d2a8") in foot
        assert foot.endswith(f"Page{number}of{len(pages)}")


def test_a_draft_says_so_on_each_page_and_a_signed_note_never() -> None:
    pages = pages_of(draft())
    assert len(pages) == 2
    for page in pages:
        assert "DRAFT 21 Nov 2026" in page
        assert "Not complete: 3 items" in page
    assert not any("DRAFT" in page for page in pages_of(note()))


def test_a_later_print_names_its_layout() -> None:
    pages = pages_of(replace(note(), printed_again=2))
    assert all("Printed again with layout 2" in page for page in pages)


@pytest.mark.parametrize(("paper", "size"), [(Paper.LETTER, (612, 792)), (Paper.A4, (595, 842))])
def test_paper(paper: Paper, size: tuple[int, int]) -> None:
    pdf = pdfium.PdfDocument(render(replace(note(), paper=paper)))
    assert tuple(map(round, pdf[0].get_size())) == size
    pdf.close()
    assert not outside(replace(note(), paper=paper))


def test_headings_are_bookmarks() -> None:
    pdf = pdfium.PdfDocument(render(note()))
    titles = [entry.get_title() for entry in pdf.get_toc()]
    pdf.close()
    assert titles[:4] == ["2 exceptions", "Ordered and given", "Line", "What comes next"]
    assert "Signatures" in titles


HOSTILE = [
    "<b>unclosed",
    "5 < 6 & 7 &amp; 8",
    '<img src="http://127.0.0.1:9/x">',
    '<img src="/etc/passwd"/>',
    '<a href="file:///etc/passwd">link</a>',
    "<para><font color=\"[[[getattr(pow,'x')]]]\">",
    "%PDF-1.7 endstream endobj (unbalanced \\( ) >> stream",
    "{{7*7}} ${HOME} $(id) `id`",
    "'; DROP TABLE patient; --",
    "=cmd|'/c calc'!A1",
    "back\\slash and (brackets)",
]

_watched: list[str] | None = None


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    if _watched is not None and (event == "open" or event.startswith(("socket.", "subprocess."))):
        _watched.append(f"{event} {arguments[:1]}")


sys.addaudithook(_watch)


@contextmanager
def watched() -> Iterator[list[str]]:
    """What the interpreter opens, connects or starts meanwhile."""
    global _watched
    events: list[str] = []
    _watched = events
    try:
        yield events
    finally:
        _watched = None


def everywhere(text: str) -> tuple[Block, ...]:
    """`text` in each place where a note can hold words."""
    words = plain(text)
    return (
        Heading(text, 2, text),
        Paragraph(words),
        Items((words,)),
        Answers((Answer(text, words),)),
        Table((Column(text), Column("b")), ((words, words),), text),
        Exceptions(text, (ExceptionRow("10:26", words, words),)),
        BodyFigure((), "", (Paragraph(words),)),
        SideBySide((Paragraph(words),), (Keep((Paragraph(words),)),)),
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_text_is_inert_and_stands_letter_for_letter(text: str) -> None:
    document = note(*everywhere(text))
    document = replace(
        document,
        title=text,
        header=replace(document.header, name=text, identity=plain(text)),
        draft=text,
    )
    render(note())
    with watched() as events:
        made = render(document)
    assert events == []
    assert b"/URI" not in made
    assert b"/Launch" not in made
    assert squeezed(bodies(document)).count(squeezed(text)) >= 15


def test_the_watch_sees_what_it_should() -> None:
    with watched() as events, open(__file__, encoding="utf-8"):
        pass
    assert len(events) == 1


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\U0001f600", "[U+1F600]"),
        ("a\x00b", "a[U+0000]b"),
        ("\u202e5.0", "[U+202E]5.0"),
        ("x\u200by", "x[U+200B]y"),
        ("\ud800", "[U+D800]"),
        ("\u05d0\u05d1", "[U+05D0][U+05D1]"),
        ("\u738b", "[U+738B]"),
        ("e\u0301\u0323\u0308\u0308", "e\u0301\u0323[U+0308][U+0308]"),
        ("e" + 3 * "\u0301", "e\u0301[U+0301][U+0301]"),
        ("Łukasz Müller Ñandú", "Łukasz Müller Ñandú"),
        ("Δοκιμή Иванов \u2192 \u2713", "Δοκιμή Иванов \u2192 \u2713"),
        ("one\r\ntwo\tthree", "one\ntwo    three"),
    ],
)
def test_no_character_ever_vanishes(text: str, shown: str) -> None:
    assert legible(text) == shown
    assert squeezed(shown) in squeezed(bodies(note(Paragraph(plain(f"({text})")))))


def test_right_to_left_text_keeps_its_logical_order() -> None:
    name = "\u05de\u05e8\u05d9\u05dd"
    spelled = "".join(f"[U+{ord(letter):04X}]" for letter in name)
    header = replace(note().header, name=f"Cohen {name}")
    assert f"Cohen{spelled}" in bodies(replace(note(Paragraph(plain("x"))), header=header))


def test_a_flag_has_a_sign_and_its_words() -> None:
    text = bodies(note(Table((Column("Pulse"),), (((Span("112", Voice.FLAG),),),))))
    assert "\u25b2112" in text


def test_a_struck_row_stays_legible() -> None:
    assert "diphenhydrAMINEbymouth" in bodies(note())


def test_a_table_repeats_its_head_on_each_page() -> None:
    rows = tuple((plain(f"row{nth}"), plain("x")) for nth in range(150))
    pages = pages_of(note(Heading("Long"), Table((Column("First"), Column("Second")), rows)))
    assert len(pages) >= 3
    assert all("First" in page for page in pages)
    text = "".join(pages)
    assert all(f"row{nth}" in text for nth in range(150))


def test_a_column_without_any_entry_is_not_printed() -> None:
    columns = (Column("First"), Column("Vacant"), Column("Third"))
    rows = ((plain("one"), (), plain("")), (plain("two"), plain(""), plain("three")))
    text = bodies(note(Table(columns, rows)))
    assert "FirstThirdonetwothree" in text


def test_a_heading_never_stands_alone_at_the_foot() -> None:
    for count in range(30, 62):
        lines = tuple(Paragraph(plain(f"line {nth}")) for nth in range(count))
        pages = pages_of(note(*lines, Heading("Part"), Paragraph(plain("words of the part"))))
        with_heading = [page for page in pages if re.search(r"^Part\s*$", page, re.MULTILINE)]
        assert len(with_heading) == 1
        assert "words of the part" in with_heading[0]


def test_a_section_does_not_begin_with_its_first_line_at_the_foot() -> None:
    asked = tuple(Answer(f"asked {nth}", plain("answered " * 8)) for nth in range(9))
    torn = 0
    for count in range(38, 62):
        lines = tuple(Paragraph(plain(f"line {nth}")) for nth in range(count))
        pages = pages_of(note(*lines, Heading("Part"), Answers(asked, 3)))
        begun = next(page for page in pages if re.search(r"^Part\s*$", page, re.MULTILINE))
        assert begun.count("asked ") >= 2
        torn += begun.count("asked ") < len(asked)
    assert torn


def test_a_section_of_one_line_stands_apart_from_the_next() -> None:
    told = stack_of((Heading("Complications", 2, "none"), Heading("Teaching", 2)), 500.0)
    assert told.items[1][0] == stack_of((Paragraph(plain("a")), Heading("b", 2)), 500.0).items[1][0]


def test_the_box_of_exceptions_goes_on_over_pages() -> None:
    rows = tuple(
        ExceptionRow(f"10:{nth:02}", said("", f"Thing {nth}.", " context" * 30), plain("told"))
        for nth in range(40)
    )
    pages = pages_of(note(Exceptions("40 exceptions", rows)))
    assert "40 exceptions, continued" in pages[1]
    assert all(f"Thing {nth}." in "".join(pages) for nth in range(40))


def test_no_exceptions_is_said_only_where_told() -> None:
    assert "Noexceptions" in bodies(note(Exceptions("0 exceptions", (), "No exceptions")))
    assert "xceptions" not in bodies(note(Exceptions("0 exceptions", ()), Paragraph(plain("x"))))


WORDS = st.lists(
    st.one_of(
        st.text("abcdefghij0123456789", min_size=1, max_size=12),
        st.text("klmnopqrstuvwxyz", min_size=80, max_size=80),
    ),
    min_size=1,
    max_size=60,
)


def placed(kind: str, text: str) -> Block:
    """`text` in one kind of block."""
    words = plain(text)
    blocks: dict[str, Block] = {
        "paragraph": Paragraph(words),
        "answer": Answers((Answer("asked", words), Answer("again", plain("no")))),
        "table": Table((Column("§", 1), Column("¶", 3)), ((plain("1"), words),)),
        "exception": Exceptions("§", (ExceptionRow("10:26", words, plain("¶")),)),
        "beside": SideBySide((Paragraph(plain("left")),), (Keep((Paragraph(words),)),)),
        "figure": BodyFigure((), "", (Paragraph(words),)),
    }
    return blocks[kind]


KINDS = ("paragraph", "answer", "table", "exception", "beside", "figure")


@pytest.mark.parametrize("kind", KINDS)
@given(WORDS, st.integers(0, 55))
@settings(max_examples=12)
def test_long_words_and_long_answers_wrap_and_never_clip(
    kind: str, words: list[str], above: int
) -> None:
    lines = tuple(Paragraph(plain(".")) for _ in range(above))
    document = note(*lines, placed(kind, " ".join(words)))
    assert holds(document, words)
    assert not outside(document)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("paper", list(Paper))
def test_an_answer_longer_than_a_page_goes_on(kind: str, paper: Paper) -> None:
    words = [f"w{nth}x" for nth in range(2400)]
    document = replace(note(placed(kind, " ".join(words))), paper=paper)
    assert len(pages_of(document)) >= 2
    assert holds(document, words)
    assert not outside(document)


@pytest.mark.parametrize("part", ["name", "kind", "when", "agency"])
def test_a_long_head_and_foot_wrap(part: str) -> None:
    long = "Wolfeschlegelsteinhausenbergerdorff " * 8
    document = note(Paragraph(plain("body")))
    header = document.header
    match part:
        case "name":
            header = replace(header, name=long)
        case "kind":
            header = replace(header, kind=long)
        case "when":
            header = replace(header, when=long)
        case _:
            header = replace(header, agency=long)
    document = replace(
        document,
        header=header,
        footer=replace(document.footer, signed=long),
    )
    body, _, foot = squeezed(pages_of(document)[0]).partition(squeezed(FOOT))
    assert squeezed(long) in body
    assert squeezed(long) in foot
    assert not outside(document)


def test_both_papers_hold_page_one_on_one_page() -> None:
    for document in (note(), on_a4(note())):
        assert "12:54watched" in squeezed(pages_of(document)[0])


TEXT = st.sampled_from([0, 1, 5, 12, 60, 300]).map(
    lambda count: " ".join(f"t{nth}" for nth in range(count))
)
LEAVES = st.one_of(
    TEXT.map(lambda text: Paragraph(plain(text))),
    st.sampled_from([Heading("Part"), Heading("Smaller", 3)]),
    st.just(InkBlock((), plain("not signed"), "Ink")),
    st.lists(TEXT, max_size=4).map(lambda rows: Items(tuple(plain(row) for row in rows))),
    st.lists(TEXT, max_size=5).map(
        lambda rows: Answers(tuple(Answer("a", plain(row)) for row in rows))
    ),
    st.lists(st.tuples(TEXT, TEXT), max_size=6).map(
        lambda rows: Table(
            (Column("one"), Column("two", 3)), tuple((plain(a), plain(b)) for a, b in rows), "below"
        )
    ),
    st.lists(TEXT, max_size=5).map(
        lambda rows: Exceptions("n", tuple(ExceptionRow("1", plain(r), plain(r)) for r in rows))
    ),
    st.just(chart()),
)  # fmt: skip
BLOCKS = st.recursive(
    LEAVES,
    lambda below: st.one_of(
        st.lists(below, max_size=4).map(lambda some: Keep(tuple(some))),
        st.tuples(st.lists(below, max_size=3), st.lists(below, max_size=3)).map(
            lambda two: SideBySide(tuple(two[0]), tuple(two[1]))
        ),
        st.lists(below, max_size=3).map(lambda some: BodyFigure((), "", tuple(some))),
    ),
    max_leaves=8,
)


# Long texts make a long line only where an example is printed.
@pytest.mark.filterwarnings("ignore:Generating overly large repr")
@given(st.lists(BLOCKS, min_size=1, max_size=6))
@settings(max_examples=12)
def test_any_blocks_find_their_place_on_pages(blocks: list[Block]) -> None:
    """Also blocks within blocks: no piece is lost, none stands outside the margins."""
    document = note(*blocks)
    assert not outside(document)
    asked = " ".join(texts_of(blocks))
    found = " ".join(pages_of(document))
    for word in ("t299", "t59", "t4", "t0"):
        assert len(re.findall(rf"\b{word}\b", found)) == len(re.findall(rf"\b{word}\b", asked))


def texts_of(blocks: object) -> list[str]:
    """Every text of blocks within blocks."""
    if isinstance(blocks, str):
        return [blocks]
    if isinstance(blocks, list | tuple):
        return [text for block in blocks for text in texts_of(block)]
    if is_dataclass(blocks):
        return [text for part in fields(blocks) for text in texts_of(getattr(blocks, part.name))]
    return []
