"""What a screen reader gets: each mark of each page in one tree, in the order of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pdfua
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Name

from infusion_visits.core.blocks import (
    Block,
    Column,
    ExceptionRow,
    Exceptions,
    Heading,
    Paragraph,
    SideBySide,
    Table,
    plain,
)
from infusion_visits.notes.pdf import render_tagged
from infusion_visits.notes.structure import Content, Element, Kind, Scope
from tests.notes.sample_note import draft, note
from tests.notes.tagged_file import elements, file_of, kids, marked, opened
from tests.notes.test_note_pdf import BLOCKS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pikepdf

    from infusion_visits.notes.document import NoteDocument

LONG = "words that go on " * 900


@pytest.fixture(scope="module")
def whole() -> Iterator[pikepdf.Pdf]:
    """The file of the sample note."""
    with opened(file_of(note())) as pdf:
        yield pdf


def of_kind(tree: Element, kind: Kind) -> list[Element]:
    """All elements of a kind, in reading order."""
    return [element for element in tree.walk() if element.kind is kind]


def pages_of(element: Element) -> list[int]:
    """On which pages an element was drawn."""
    return [content.page for content in element.contents()]


def sound(pdf: pikepdf.Pdf, *, drawn_as_read: bool = True) -> None:
    """Every mark stands once in the tree, and the tree of parents leads back from each page."""
    root = pdf.Root.StructTreeRoot
    (document,) = kids(root)
    assert Name.Document == document.S
    told: list[tuple[int, int]] = []
    pages = {page.objgen: nth for nth, page in enumerate(pdf.pages)}
    parents: list[Any] = list(root.ParentTree.Nums)
    by_page = dict(zip(parents[::2], parents[1::2], strict=True))
    whole = list(elements(document))
    above = {element.objgen for element in (document, *whole)}
    for element in whole:
        assert element.P.objgen in above
        for kid in kids(element):
            if kid.get(Name.Type) == Name.MCR:
                nth, number = pages[kid.Pg.objgen], int(kid.MCID)
                told.append((nth, number))
                assert by_page[nth][number].objgen == element.objgen
    drawn = []
    for nth, page in enumerate(pdf.pages):
        found = marked(page)
        assert not found.outside
        assert found.nested == 1
        assert found.numbers == list(range(len(found.numbers)))
        assert page.obj.StructParents == nth
        assert len(by_page[nth]) == len(found.numbers)
        drawn += [(nth, number) for number in found.numbers]
        for number, kind in found.kinds.items():
            assert Name(kind) == by_page[nth][number].S
    assert len(told) == len(set(told))
    assert sorted(told) == drawn
    for nth in range(len(pdf.pages) if drawn_as_read else 0):
        # Read in the order in which the page is drawn, which is the order for the eye.
        on_page = [number for page, number in told if page == nth]
        assert on_page == sorted(on_page)


def test_every_mark_of_every_page_stands_once_in_the_tree(whole: pikepdf.Pdf) -> None:
    sound(whole)
    assert whole.Root.MarkInfo.Marked


def test_a_draft_is_told_as_well() -> None:
    with opened(file_of(draft(), to_sign=False)) as pdf:
        sound(pdf)


# Long texts make a long line only where an example is printed.
@pytest.mark.filterwarnings("ignore:Generating overly large repr")
@given(st.lists(BLOCKS, min_size=1, max_size=6))
@settings(max_examples=8)
def test_any_blocks_make_a_sound_tree(blocks: list[Block]) -> None:
    """Columns within columns, which no note has, may be drawn in another order than the tree's,
    which is the order that a reader follows."""
    with opened(file_of(note(*blocks))) as pdf:
        sound(pdf, drawn_as_read=False)


def test_headings_begin_with_the_patient_and_follow_the_page() -> None:
    tree = render_tagged(note()).structure
    assert len(of_kind(tree, Kind.TITLE)) == 1
    first = next(element for element in tree.walk() if element.kind is not Kind.DOCUMENT)
    assert first.kind is Kind.TITLE
    levels = [element.kind for element in tree.walk() if element.kind.value in ("H1", "H2", "H3")]
    assert levels[1] is Kind.HEADING
    assert Kind.SUBHEADING in levels


def test_a_table_has_header_cells_and_rows_of_one_length() -> None:
    tree = render_tagged(note()).structure
    tables = of_kind(tree, Kind.TABLE)
    assert len(tables) >= 3
    for table in tables:
        rows = [row.children for row in table.children if isinstance(row, Element)]
        assert len({len(row) for row in rows}) == 1
        head = [cell for cell in rows[0] if isinstance(cell, Element)]
        assert all(cell.kind is Kind.HEADER_CELL for cell in head)
        assert all(cell.scope is Scope.COLUMN for cell in head)
        cells = [cell for row in rows[1:] for cell in row if isinstance(cell, Element)]
        assert {cell.kind for cell in cells} <= {Kind.CELL}


def test_without_column_heads_the_first_cell_is_the_head_of_its_row() -> None:
    bare = Table((Column(""), Column("")), ((plain("volume"), plain("350 mL")),))
    (row,) = of_kind(render_tagged(note(bare)).structure, Kind.ROW)
    first, second = (cell for cell in row.children if isinstance(cell, Element))
    assert (first.kind, first.scope) == (Kind.HEADER_CELL, Scope.ROW)
    assert second.kind is Kind.CELL


def test_an_empty_cell_is_still_a_cell() -> None:
    rows = ((plain("a"), plain("b")), (plain("c"), plain("")))
    tree = render_tagged(note(Table((Column("one"), Column("two")), rows))).structure
    assert [len(row.children) for row in of_kind(tree, Kind.ROW)] == [2, 2, 2]
    assert not of_kind(tree, Kind.CELL)[-1].children


def test_the_head_of_a_table_is_read_once_however_many_pages_it_takes() -> None:
    rows = tuple((plain(f"row{nth}"), plain("x")) for nth in range(150))
    tree = render_tagged(note(Table((Column("First"), Column("Second")), rows))).structure
    (table,) = of_kind(tree, Kind.TABLE)
    assert len(set(pages_of(table))) >= 3
    assert len(of_kind(tree, Kind.HEADER_CELL)) == 2
    assert len(of_kind(tree, Kind.ROW)) == 151


def test_what_is_torn_over_pages_stays_one_element() -> None:
    tree = render_tagged(note(Paragraph(plain(LONG)))).structure
    torn = [one for one in of_kind(tree, Kind.PARAGRAPH) if len(set(pages_of(one))) > 1]
    assert len(torn) == 1


def test_columns_torn_over_pages_are_read_one_after_the_other() -> None:
    beside = SideBySide(
        (Heading("Left"), Paragraph(plain(LONG)), Paragraph(plain("left end"))),
        (Heading("Right"), Paragraph(plain(LONG)), Paragraph(plain("right end"))),
    )
    tree = render_tagged(note(beside)).structure
    left, right = of_kind(tree, Kind.SECTION)
    assert len(set(pages_of(left))) > 1
    assert len(left.children) == len(right.children) == 3


def test_exceptions_are_a_list_under_their_heading() -> None:
    rows = tuple(ExceptionRow("10:26", plain("what"), plain("done")) for _ in range(3))
    tree = render_tagged(note(Exceptions("3 exceptions", rows))).structure
    kinds = [child.kind for child in tree.children if isinstance(child, Element)]
    box = kinds.index(Kind.HEADING)
    assert kinds[box + 1] is Kind.LIST
    (listed,) = (one for one in of_kind(tree, Kind.LIST) if len(one.children) == 3)
    assert [item.kind for item in listed.walk()][1:5] == [
        Kind.ITEM,
        Kind.LABEL,
        Kind.BODY,
        Kind.PARAGRAPH,
    ]


def test_pictures_are_told_in_words_and_have_their_ground(whole: pikepdf.Pdf) -> None:
    figures = [one for one in elements(whole.Root.StructTreeRoot) if Name.Figure == one.S]
    assert len(figures) >= 3
    for figure in figures:
        assert str(figure.Alt).strip()
        left, bottom, right, top = (float(edge) for edge in figure.A.BBox)
        assert 0 <= left < right <= 612
        assert 0 <= bottom < top <= 792
    alts = [str(figure.Alt) for figure in figures]
    assert "Pulse rose to 112 at 10:26, fell to 80 while held." in alts
    assert any(alt.endswith("drawn by hand") for alt in alts)


def test_heads_feet_and_notices_of_pages_are_artifacts() -> None:
    once = render_tagged(note(Paragraph(plain("one")))).structure
    again = render_tagged(note(Paragraph(plain("one")), *[Paragraph(plain(LONG))] * 2)).structure
    assert len(list(draft_body(once))) + 2 == len(list(draft_body(again)))


def draft_body(tree: Element) -> Iterator[Element]:
    """The children of the document."""
    return (child for child in tree.children if not isinstance(child, Content))


def test_the_signature_field_has_its_place_in_the_tree(whole: pikepdf.Pdf) -> None:
    (field,) = whole.Root.AcroForm.Fields
    assert Name.Sig == field.FT
    assert str(field.TU)
    (form,) = (one for one in elements(whole.Root.StructTreeRoot) if Name.Form == one.S)
    assert form.K.Obj.objgen == field.objgen
    numbers: list[Any] = list(whole.Root.StructTreeRoot.ParentTree.Nums)
    key = numbers[::2].index(int(field.StructParent))
    assert numbers[1::2][key].objgen == form.objgen


def test_a_draft_has_no_field_to_sign() -> None:
    with opened(file_of(draft(), to_sign=False)) as pdf:
        assert Name.AcroForm not in pdf.Root
        assert not any(Name.Form == one.S for one in elements(pdf.Root.StructTreeRoot))


@pytest.mark.parametrize("document", [note(), draft()])
def test_a_checker_of_pdf_ua_finds_nothing(document: NoteDocument, tmp_path: Path) -> None:
    file = tmp_path / "note.pdf"
    file.write_bytes(file_of(document, to_sign=document.draft is None))
    assert not pdfua.validate(str(file)).findings
