"""Blocks onto paper: the note as a PDF with its own fonts, real text, and nothing clipped."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

from infusion_visits.notes.pdf.pages import pdf_of

if TYPE_CHECKING:
    from infusion_visits.notes.document import NoteDocument

# Fonts are parsed once and shared; reportlab reads them with one cursor for each file.
_FONTS_IN_USE = Lock()


def render(document: NoteDocument) -> bytes:
    """The PDF of `document`; the same document gives the same bytes. Safe from any thread."""
    with _FONTS_IN_USE:
        return pdf_of(document)
