"""What a page shows: its words, and its picture. For files from anywhere: worker process only."""

from __future__ import annotations

from dataclasses import dataclass

import pypdfium2 as pdfium

from infusion_visits.core.errors import BadFile

MOST_TEXT = 400_000
WIDEST = 3_000


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawn page: 24-bit RGB rows without padding, top first, of `pages` pages in all."""

    width: int
    height: int
    rgb: bytes
    pages: int


def page_texts(data: bytes) -> tuple[str, ...]:
    """The words of each page, in the order of the page. Raises BadFile."""
    try:
        pdf = pdfium.PdfDocument(data)
    except pdfium.PdfiumError:
        raise BadFile("broken", "The pages cannot be read.") from None
    try:
        texts = []
        for page in pdf:
            text = page.get_textpage()
            texts.append(text.get_text_range(0, min(text.count_chars(), MOST_TEXT)))
        return tuple(texts)
    except pdfium.PdfiumError:
        raise BadFile("broken", "The pages cannot be read.") from None
    finally:
        pdf.close()


def draw_page(data: bytes, number: int, width: int) -> Picture:
    """The picture of one page (counted from 0), `width` pixels wide. Raises BadFile.

    Forms are not run and links not followed: a page is paper.
    """
    try:
        pdf = pdfium.PdfDocument(data)
    except pdfium.PdfiumError:
        raise BadFile("broken", "The page cannot be drawn.") from None
    try:
        count = len(pdf)
        if not 0 <= number < count:
            raise BadFile("no-page", "The file has no such page.")
        page = pdf[number]
        across, down = page.get_size()
        if across <= 0 or down <= 0:
            raise BadFile("broken", "The page has no size.")
        # Threat: a page a metre wide and a hundred kilometres long.
        scale = min(min(width, WIDEST) / across, 3 * WIDEST / down)
        picture = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=False)
        return Picture(picture.width, picture.height, _rows(picture), count)
    except pdfium.PdfiumError:
        raise BadFile("broken", "The page cannot be drawn.") from None
    finally:
        pdf.close()


def _rows(picture: pdfium.PdfBitmap) -> bytes:
    raw, across = bytes(picture.buffer), picture.width * 3
    if picture.stride == across:
        return raw[: across * picture.height]
    starts = range(0, picture.stride * picture.height, picture.stride)
    return b"".join(raw[at : at + across] for at in starts)
