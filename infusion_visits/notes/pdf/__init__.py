"""Blocks onto paper: the note as a PDF with its own fonts, real text, and nothing clipped."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

from infusion_visits.notes.pdf.pages import rendered

if TYPE_CHECKING:
    from infusion_visits.notes.document import NoteDocument
    from infusion_visits.notes.structure import Rendered

# Fonts are parsed once and shared; reportlab reads them with one cursor for each file.
_FONTS_IN_USE = Lock()


def render_tagged(document: NoteDocument) -> Rendered:
    """The pages of `document` and the tree of what stands on them, for notes/envelope to join.

    The same document gives the same pages. Safe from any thread.
    """
    with _FONTS_IN_USE:
        return rendered(document)


def render(document: NoteDocument) -> bytes:
    """The pages alone, to look at: not tagged, nothing inside. Safe from any thread."""
    return render_tagged(document).pdf
