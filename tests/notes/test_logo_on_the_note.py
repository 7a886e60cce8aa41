"""The agency's logo at the head: told in words, small, the same bytes, and never in the way."""

from __future__ import annotations

import json
from dataclasses import replace

import pypdfium2 as pdfium

from infusion_visits.core.logo import packed_logo
from infusion_visits.notes.compose import compose
from infusion_visits.notes.pdf import render, render_tagged
from infusion_visits.notes.structure import Kind
from tests.core.test_logo import png
from tests.notes.sample_visit import record, signed
from tests.notes.tagged_file import file_of, opened
from tests.notes.test_note_pdf import outside, pages_of
from tests.notes.test_tagged_pages import sound

RED = packed_logo(png(40, 10, 10 * (b"\x00" + 40 * b"\xc8\x10\x10")))


def test_the_logo_stands_at_the_head_and_is_told_in_words() -> None:
    document = compose(signed(replace(record(), agency=replace(record().agency, logo=RED))))
    rendered = render_tagged(document)
    figures = [one for one in rendered.structure.walk() if one.kind is Kind.FIGURE]
    assert figures[0].alt == "Logo of Riverbend Home Infusion"
    assert rendered.structure.children[0] is figures[0]
    page = pdfium.PdfDocument(rendered.pdf)[0]
    assert figures[0].box is not None
    left, bottom, right, top = (round(edge) for edge in figures[0].box)
    height = round(page.get_height())
    seen = page.render(scale=1).to_pil().convert("RGB")
    red = seen.getpixel(((left + right) // 2, height - (bottom + top) // 2))
    assert red == (200, 16, 16)
    assert not outside(document)
    with opened(file_of(document)) as pdf:
        sound(pdf)
        pictures = list(pdf.pages[0].obj.Resources.XObject.values())
        assert len(pictures) == 1
        assert "/SMask" not in pictures[0]


def test_it_takes_nothing_from_the_words() -> None:
    plain = compose(signed(record()))
    document = compose(signed(replace(record(), agency=replace(record().agency, logo=RED))))
    assert len(pages_of(document)) == len(pages_of(plain))
    assert "Okafor, Maren" in pages_of(document)[0]
    assert render(document) == render(document)


def test_without_a_logo_the_record_has_the_bytes_that_it_had() -> None:
    assert "logo" not in json.loads(signed(record()).envelope)["record"]["agency"]
    assert compose(signed(record())).header.logo is None


def test_what_is_no_picture_of_ours_is_not_printed() -> None:
    whole = record()
    for words in ("no base64!", "R0lGODlh", "A" * 200_000):
        document = compose(signed(replace(whole, agency=replace(whole.agency, logo=words))))
        assert document.header.logo is None
