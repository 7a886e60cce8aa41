"""Pages of a note file: drawn in the worker process where the file came from elsewhere, and kept.

Threat: a PDF made to break a parser is dropped on the window that holds the open record. Its bytes
never reach a PDF library of this process; what comes back are sizes and pixels.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from infusion_visits.exchange.apart import draw_apart
from infusion_visits.widgets.note_pages import PagePicture, PageSize

if TYPE_CHECKING:
    from infusion_visits.notes.envelope.drawn import Picture
    from infusion_visits.widgets.note_pages import PageSource

LETTER = 612.0
"""The width that pages are taken to have, in points: only their proportions are seen."""
MOST_PAGES = 40
"""Pages drawn of a file from elsewhere; a note of a routine visit has three."""
_SMALL = 64


class ApartPages:
    """A PDF from elsewhere. Raises BadFile where it cannot be drawn within the limits."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def sizes(self) -> tuple[PageSize, ...]:
        """The proportions of its pages, at most the first forty."""
        first = draw_apart(self._data, 0, _SMALL)
        others = (draw_apart(self._data, at, _SMALL) for at in range(1, _most(first)))
        return tuple(PageSize(LETTER, LETTER * one.height / one.width) for one in (first, *others))

    def picture(self, page: int, scale: float) -> PagePicture:
        """Page `page` (from 0), `scale` pixels a point."""
        drawn = draw_apart(self._data, page, max(round(LETTER * scale), 1))
        return PagePicture(
            page, drawn.width, drawn.height, drawn.width * 4, _four_bytes(drawn.rgb), ""
        )


def _most(first: Picture) -> int:
    return min(first.pages, MOST_PAGES)


def _four_bytes(rgb: bytes) -> bytes:
    """RGB as the four bytes of a pixel (BGRx)."""
    pixels = bytearray(b"\xff") * (len(rgb) // 3 * 4)
    pixels[0::4], pixels[1::4], pixels[2::4] = rgb[2::3], rgb[1::3], rgb[0::3]
    return bytes(pixels)


class KeptPages:
    """The same pages, each drawn once for a size: a neighbour's are there before it is gone to."""

    def __init__(self, source: PageSource) -> None:
        self._source = source
        self._lock = threading.Lock()
        self._sizes: tuple[PageSize, ...] | None = None
        self._pictures: dict[int, tuple[float, PagePicture]] = {}

    def sizes(self) -> tuple[PageSize, ...]:
        """The sizes of all pages."""
        with self._lock:
            if self._sizes is None:
                self._sizes = self._source.sizes()
            return self._sizes

    def picture(self, page: int, scale: float) -> PagePicture:
        """Page `page` (from 0) at `scale` pixels a point."""
        with self._lock:
            kept = self._pictures.get(page)
            if kept is None or kept[0] != scale:
                kept = (scale, self._source.picture(page, scale))
                self._pictures[page] = kept
            return kept[1]

    def warm(self, scale: float) -> None:
        """Draws the first page beforehand."""
        if self.sizes():
            self.picture(0, scale)
