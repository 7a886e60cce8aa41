"""The promise of the note: a routine visit takes at most three pages, on either paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pypdfium2 as pdfium
import pytest

from infusion_visits.core.findings import Level
from infusion_visits.core.kinds import VisitKind
from infusion_visits.exchange import note_file
from infusion_visits.notes.document import Paper
from infusion_visits.visits.queries import is_signed, list_visits
from infusion_visits.visits.signing import load_note
from tests.fixtures.demo import DEMO_MORNING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.fixtures.demo import DemoUnit

MOST_PAGES = {
    VisitKind.START_OF_CARE: 4,
    VisitKind.FIRST_DOSE: 3,
    VisitKind.ROUTINE_INFUSION: 3,
    VisitKind.LINE_CARE: 3,
    VisitKind.UNSCHEDULED: 4,
    VisitKind.PUMP_CHANGE: 4,
    VisitKind.TELEPHONE: 2,
}
SMALLEST_LETTERS = 7.5


WITH_EXCEPTIONS = 1
"""Pages more where something went wrong, or an addendum tells it again."""


def notes_of(unit_of_demo: DemoUnit, paper: str) -> Iterator[tuple[VisitKind, str, int, bytes]]:
    """Every visit of the demo agency that took place: kind, day, most pages, and its file."""
    with unit_of_demo() as unit:
        for line in list_visits(unit):
            day = f"{line.kind.label} {line.scheduled:%d %b %Y}"
            if is_signed(unit, line.id):
                note = load_note(unit, line.id)
                wrong = any(one.level is Level.ALERT for one in note.record.findings)
                most = MOST_PAGES[line.kind] + (WITH_EXCEPTIONS if wrong or note.addenda else 0)
                yield line.kind, day, most, note_file.finish(note, paper=paper)
            elif line.completed is not None:
                file = note_file.draft(unit, line.id, DEMO_MORNING)
                yield line.kind, day, MOST_PAGES[line.kind], file


@pytest.mark.parametrize("paper", [Paper.LETTER, Paper.A4])
def test_a_routine_visit_takes_at_most_three_pages(demo_unit: DemoUnit, paper: Paper) -> None:
    kinds, too_long = set(), {}
    for kind, day, most, file in notes_of(demo_unit, paper):
        kinds.add(kind)
        count = len(pdfium.PdfDocument(file))
        if count > most:
            too_long[day] = count
    assert kinds >= {VisitKind.START_OF_CARE, VisitKind.ROUTINE_INFUSION}
    assert not too_long


def test_no_letters_of_a_note_are_too_small_to_read(demo_unit: DemoUnit) -> None:
    smallest = min(
        size
        for kind, _, _, file in notes_of(demo_unit, Paper.LETTER)
        if kind is VisitKind.ROUTINE_INFUSION
        for size in sizes_of(file)
    )
    assert smallest >= SMALLEST_LETTERS


def sizes_of(file: bytes) -> Iterator[float]:
    """The size in points of every letter of a file."""
    for page in pdfium.PdfDocument(file):
        text = page.get_textpage()
        for at in range(text.count_chars()):
            if pdfium.raw.FPDFText_GetUnicode(text, at) > ord(" "):
                yield round(pdfium.raw.FPDFText_GetFontSize(text, at), 2)
