"""Any text that was charted comes back: from the words of the pages, and unharmed from the record.

Right-to-left, emoji, combining marks, control characters, markup, ten thousand characters: what
has no picture stands as its code point, and nothing breaks the page or the file.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pypdfium2 as pdfium
from hypothesis import given, settings
from hypothesis import strategies as st

from infusion_visits.notes.compose import compose
from infusion_visits.notes.envelope.attachments import Attachment, Relationship
from infusion_visits.notes.pdf.fonts import legible
from infusion_visits.sections.departure.values import Departure
from tests.notes.sample_visit import addendum, record, sections, signed
from tests.notes.tagged_file import file_of, opened
from tests.notes.test_note_pdf import FOOT, squeezed
from tests.notes.test_tagged_pages import sound

NASTY = (
    "<b>bold</b> & <img src='file:///etc/passwd'> &amp; {0} %s \\n",
    "\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627 5.0 mg \u202e0.5\u202c",
    "\U0001f600\U0001f468\u200d\U0001f469\u200d\U0001f467 e\u0301\u0323\u0308 a\u200db",
    "\x01\x07\x1b[31m \x7f \u0085 \ufeff \ufffe \ue000",
    "%PDF-1.7 endstream endobj << /JS (app.alert) >> BT (x) Tj ET EMC BDC",
    "\u738b\u5c0f\u660e \u0e19\u0e49\u0e33 \u1112\u1161\u11ab Łukasz Ñandú \u2192 \u2265",
)
LETTERS = st.one_of(
    st.sampled_from(NASTY),
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60),
)
TEXTS = st.lists(LETTERS, min_size=1, max_size=4).map(" ".join).filter(lambda text: text.strip())


def noted(text: str) -> Any:
    """A signed note that holds `text` as the patient's allergy, the plan and an addendum."""
    made = record()
    leaving = sections()["departure"].departure
    charted = {**sections(), "departure": Departure(replace(leaving, plan=text))}
    (allergy, *others) = made.patient.allergy
    chart = replace(made.patient, allergy=(replace(allergy, substance=text), *others))
    note = signed(replace(made, sections=charted, patient=chart))
    return note.with_addenda((addendum(note, "addition", text),))


def body_of(data: bytes) -> str:
    """What stands on the pages, without their feet and without white space."""
    file = pdfium.PdfDocument(data)
    try:
        pages = [page.get_textpage().get_text_range() for page in file]
    finally:
        file.close()
    return "".join(squeezed(page).partition(squeezed(FOOT))[0] for page in pages)


def shown(text: str) -> str:
    """How `text` stands on the page; a full stop at its end may be the sentence's own."""
    return squeezed(legible(text)).rstrip(".!?")


def check(text: str) -> None:
    """The text is on the pages wherever it was charted, and in the record as it was typed."""
    note = noted(text)
    inside = Attachment("visit-record.json", "application/json", note.envelope,
                        Relationship.SOURCE, "The signed record")  # fmt: skip
    document = compose(note)
    data = file_of(document, inside)
    assert body_of(data).count(shown(text)) >= 3
    with opened(data) as pdf:
        sound(pdf)
        kept = pdf.attachments["visit-record.json"].get_file().read_bytes()
    assert kept == note.envelope
    plan = json.loads(kept)["record"]["sections"]["departure"]["departure"]["plan"]
    assert plan == text


@given(TEXTS)
@settings(max_examples=6)
def test_any_text_comes_back(text: str) -> None:
    check(text)


def test_every_nasty_text_comes_back() -> None:
    check(" ".join(NASTY))


def test_ten_thousand_characters_come_back() -> None:
    text = " ".join(f"w{nth}<b>&{'x' * (nth % 80)}" for nth in range(230))[:10_000]
    assert len(text) == 10_000
    check(text)
