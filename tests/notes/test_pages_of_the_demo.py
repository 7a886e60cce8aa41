"""The notes of all demo patients on paper: how many pages, and what page one alone answers."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, is_dataclass
from typing import TYPE_CHECKING

import pypdfium2 as pdfium
import pytest

from infusion_visits.core.blocks import Span
from infusion_visits.core.findings import Level
from infusion_visits.core.kinds import VisitKind
from infusion_visits.core.resources import resources_folder
from infusion_visits.notes.compose import compose
from infusion_visits.notes.document import NoteDocument, Paper
from infusion_visits.notes.envelope.assemble import assemble
from infusion_visits.notes.pdf import render_tagged
from infusion_visits.notes.pdf.fonts import legible
from infusion_visits.notes.structure import Element, Kind, Rendered
from infusion_visits.sections.infusion.fields import FOUND
from infusion_visits.sections.infusion.rules import standing
from infusion_visits.sections.infusion.values import Infusion
from infusion_visits.sections.vitals.values import Vitals
from infusion_visits.visits.signed_note import SignedNote
from tests.notes.tagged_file import opened
from tests.notes.test_compose import box, texts
from tests.notes.test_note_pdf import squeezed
from tests.notes.test_tagged_pages import sound

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_PAGES = 3
ONE_MORE = 1
"""Pages more where something went wrong, an addendum tells it again, or a pump that was found
running is read, checked and left running."""
SMALLEST_LETTERS = 7.5
FOOT = re.compile(r"Page(\d+)of(\d+)$")
BOX = re.compile(r"Noexceptions|\u25b2\d+exceptions?(,(\d+)?stillopen)?")


@dataclass(frozen=True)
class Printed:
    """A note, its document and its pages."""

    note: SignedNote
    document: NoteDocument
    rendered: Rendered
    pages: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.note.record.visit.kind.label}, {self.document.title}"

    @property
    def most(self) -> int:
        wrong = any(one.level is Level.ALERT for one in self.note.record.findings)
        found = any(
            event.kind == FOUND
            for one in self.note.record.of(Infusion).infusion
            for event in one.infusion_event
        )
        return MOST_PAGES + (ONE_MORE if wrong or self.note.addenda or found else 0)

    @property
    def first(self) -> str:
        """The text of page one alone, without any white space."""
        return squeezed(self.pages[0])


def printed(note: SignedNote, paper: str) -> Printed:
    """The pages of a note, with the text of each."""
    document = compose(note, paper=paper)
    rendered = render_tagged(document)
    file = pdfium.PdfDocument(rendered.pdf)
    try:
        pages = tuple(page.get_textpage().get_text_bounded() for page in file)
    finally:
        file.close()
    return Printed(note, document, rendered, pages)


@pytest.fixture(scope="module")
def letters(demo_notes: tuple[SignedNote, ...]) -> tuple[Printed, ...]:
    """Every note on US Letter."""
    return tuple(printed(note, Paper.LETTER) for note in demo_notes)


def test_every_patient_of_the_demo_has_a_note(letters: tuple[Printed, ...]) -> None:
    patients = {one.document.header.name for one in letters}
    assert len(patients) == len(list((resources_folder() / "demo" / "stories").glob("*.toml")))
    kinds = {one.note.record.visit.kind for one in letters}
    assert kinds >= {VisitKind.START_OF_CARE, VisitKind.ROUTINE_INFUSION, VisitKind.TELEPHONE}


def test_a_visit_takes_at_most_three_pages(letters: tuple[Printed, ...]) -> None:
    assert not {str(one): len(one.pages) for one in letters if len(one.pages) > one.most}


def test_neither_does_it_on_a4(demo_notes: tuple[SignedNote, ...]) -> None:
    # Every third: A4 is taller, and as wide within sixteen points.
    some = [printed(note, Paper.A4) for note in demo_notes[::3]]
    assert not {str(one): len(one.pages) for one in some if len(one.pages) > one.most}


def test_page_one_alone_answers_in_the_order_of_the_questions(letters: tuple[Printed, ...]) -> None:
    for one in letters:
        text = one.first
        places = [found for found, _ in answers_on(one)]
        assert places == sorted(places), one
        assert FOOT.search(text), one
        # Who and when stand above all of it, the allergies among them.
        head = text[: places[0]]
        header = one.document.header
        for said in (header.name, header.when, header.agency, header.kind, one.document.title):
            wanted = squeezed(legible(said)).removeprefix("Visitnote,").partition(",")[0]
            assert wanted in head, (one, said)
        assert re.search("Allergic:|Noknownallergies|Allergiesnotasked", head), one
        assert "Orderedby" in head


def answers_on(one: Printed) -> Iterator[tuple[int, str]]:
    """Where on page one each question finds its answer, in the order in which it is asked."""
    text = one.first
    for block in one.document.blocks[:1]:
        if "Addend" in "".join(texts(block)):
            yield text.index("Addend"), "addenda"
    wrong = BOX.search(text)
    assert wrong, one
    yield wrong.start(), "is anything wrong"
    record = one.note.record
    if standing(record.of(Infusion)):
        yield text.index("Orderedandgiven", wrong.end()), "as ordered"
        yield text.index("Line", text.index("Orderedandgiven")), "the line"
    else:
        yield text.index("Line", wrong.end()), "the line"
        yield text.index("Noinfusionatthisvisit."), "as ordered"
    yield text.index("Whatcomesnext"), "what next"
    yield text.index("Vitalsigns", text.index("Whatcomesnext")), "vital signs"


def test_every_exception_is_told_on_page_one_with_its_answer(letters: tuple[Printed, ...]) -> None:
    seen = 0
    for one in letters:
        told = box(one.document)
        for row in told.rows:
            seen += 1
            for words in (row.words, row.response):
                assert squeezed("".join(span.text for span in words)) in one.first, (
                    str(one),
                    words,
                )
        assert (not told.rows) == (told.none == "No exceptions")
    assert seen >= 8


def test_a_closed_complication_does_not_read_as_open(letters: tuple[Printed, ...]) -> None:
    for one in letters:
        told = box(one.document)
        closed = sum("Closed" in "".join(texts(row.response)) for row in told.rows)
        still = told.title.partition("still open")[1]
        if closed == len(told.rows):
            assert not still, one
    titles = [box(one.document).title for one in letters]
    assert any("still open" in title for title in titles)
    assert "1 exception" in titles


def test_a_catheter_that_moved_is_one_exception(letters: tuple[Printed, ...]) -> None:
    moved = [
        row
        for one in letters
        for row in box(one.document).rows
        if "xternal length" in "".join(texts(row.words)) and row.time.startswith("09:1")
    ]
    assert len(moved) == 1
    assert "Not used as a central line" in "".join(texts(moved[0].words))


def test_the_vital_signs_stand_once(letters: tuple[Printed, ...]) -> None:
    for one in letters:
        heads = [
            table
            for table in one.rendered.structure.walk()
            if table.kind is Kind.TABLE and table.children
        ]
        assert heads or one.note.record.visit.kind is VisitKind.TELEPHONE
        text = "".join(one.pages)
        for row in one.note.record.of(Vitals).vital_signs:
            if row.systolic and row.mark.struck is None:
                times = text.count(f"{row.systolic}/{row.diastolic}")
                sets = [
                    other
                    for other in one.note.record.of(Vitals).vital_signs
                    if (other.systolic, other.diastolic) == (row.systolic, row.diastolic)
                ]
                # Once in the table; once more only where the box of exceptions tells it.
                assert times <= len(sets) + len(box(one.document).rows), one


def test_no_word_of_a_note_is_lost_on_its_pages(letters: tuple[Printed, ...]) -> None:
    for one in letters:
        pages = squeezed(" ".join(one.pages))
        for text in said_in(one.document.blocks):
            for word in legible(text).split():
                assert word in pages, (str(one), word)


def said_in(part: object) -> Iterator[str]:
    """Every run of words of blocks within blocks."""
    if isinstance(part, Span):
        yield part.text
    elif isinstance(part, tuple):
        for each in part:
            yield from said_in(each)
    elif is_dataclass(part) and not isinstance(part, type):
        for field in fields(part):
            yield from said_in(getattr(part, field.name))


def test_the_tree_of_every_third_note_is_sound(letters: tuple[Printed, ...]) -> None:
    for one in letters[::3]:
        with opened(assemble(one.document, one.rendered, to_sign=True)) as pdf:
            sound(pdf)


def test_every_picture_is_told_in_words(letters: tuple[Printed, ...]) -> None:
    for one in letters:
        pictures = [part for part in one.rendered.structure.walk() if part.kind is Kind.FIGURE]
        assert all(part.alt.strip() and part.box for part in pictures), one
        assert all(isinstance(part, Element) for part in pictures)


def test_no_letters_of_a_note_are_too_small_to_read(letters: tuple[Printed, ...]) -> None:
    some = [one for one in letters if one.note.record.visit.kind is VisitKind.ROUTINE_INFUSION]
    assert min(size for one in some[:4] for size in sizes_of(one.rendered.pdf)) >= SMALLEST_LETTERS


def sizes_of(file: bytes) -> Iterator[float]:
    """The size in points of every letter of a file."""
    for page in pdfium.PdfDocument(file):
        text = page.get_textpage()
        for at in range(text.count_chars()):
            if pdfium.raw.FPDFText_GetUnicode(text, at) > ord(" "):
                yield round(pdfium.raw.FPDFText_GetFontSize(text, at), 2)
