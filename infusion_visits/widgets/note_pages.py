"""Pages of a PDF as plain pictures; no Qt, so that a worker thread may make them."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Protocol

import pypdfium2 as pdfium

# PDFium keeps state of its own for the whole process and allows one thread at a time.
_ONE_AT_A_TIME = threading.Lock()


@dataclass(frozen=True, slots=True)
class PageSize:
    """The size of a page in points."""

    width: float
    height: float


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A rendered page: 32 bits a pixel (BGRx), and its words for who cannot see it."""

    page: int
    width: int
    height: int
    stride: int
    pixels: bytes
    words: str


class PageSource(Protocol):
    """Where pages come from. Both calls are made off the interface thread and may take long."""

    def sizes(self) -> tuple[PageSize, ...]:
        """The sizes of all pages."""

    def picture(self, page: int, scale: float) -> PagePicture:
        """Page `page` (from 0) at `scale` pixels a point."""


@dataclass(frozen=True, slots=True)
class OwnPages:
    """A PDF that this program made on this laptop, drawn in this process."""

    data: bytes

    def sizes(self) -> tuple[PageSize, ...]:
        """The sizes of all pages."""
        return page_sizes(self.data)

    def picture(self, page: int, scale: float) -> PagePicture:
        """Page `page` (from 0) at `scale` pixels a point."""
        return page_picture(self.data, page, scale)


def page_sizes(data: bytes) -> tuple[PageSize, ...]:
    """The sizes of all pages. Raises pypdfium2.PdfiumError when the bytes are no PDF."""
    with _ONE_AT_A_TIME, pdfium.PdfDocument(data) as document:
        return tuple(PageSize(*document.get_page_size(at)) for at in range(len(document)))


def page_picture(data: bytes, page: int, scale: float) -> PagePicture:
    """Page `page` (from 0) at `scale` pixels a point."""
    with _ONE_AT_A_TIME, pdfium.PdfDocument(data) as document:
        sheet = document[page]
        bitmap = sheet.render(scale=scale, prefer_bgrx=True)
        text = sheet.get_textpage()
        words = text.get_text_bounded()
        made = PagePicture(
            page, bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer), words
        )
        text.close()
        bitmap.close()
        sheet.close()
        return made
