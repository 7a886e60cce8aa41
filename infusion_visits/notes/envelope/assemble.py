"""Pages, tree and files become the one file of the note, before it is signed."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pikepdf
from pikepdf import Name, ObjectStreamMode, Pdf

from infusion_visits.notes.envelope.archive import pdf_date, write_colours, write_metadata
from infusion_visits.notes.envelope.attachments import attach
from infusion_visits.notes.envelope.tagging import write_tree

if TYPE_CHECKING:
    from collections.abc import Sequence

    from infusion_visits.notes.document import NoteDocument
    from infusion_visits.notes.envelope.attachments import Attachment
    from infusion_visits.notes.structure import Rendered

_VERSION = "1.7"


def assemble(
    document: NoteDocument,
    rendered: Rendered,
    attachments: Sequence[Attachment] = (),
    *,
    to_sign: bool,
) -> bytes:
    """The file of a note: PDF/A-3 by its structure, tagged, with `attachments` inside.

    `to_sign` prepares the empty field `tagging.SIGNATURE_FIELD`; a draft has none. The same
    input gives the same bytes. Only the packing of streams is the zlib's of the machine, so that
    whoever compares files of two machines compares the streams unpacked.
    """
    with pikepdf.open(BytesIO(rendered.pdf)) as pdf:
        _drop_what_is_not_needed(pdf)
        write_tree(pdf, rendered.structure, to_sign=to_sign)
        write_metadata(pdf, document)
        write_colours(pdf)
        attach(pdf, attachments, pdf_date(document.produced_at))
        file = BytesIO()
        pdf.save(
            file,
            force_version=_VERSION,
            deterministic_id=True,
            object_stream_mode=ObjectStreamMode.generate,
        )
    return file.getvalue()


def _drop_what_is_not_needed(pdf: Pdf) -> None:
    for page in pdf.pages:
        # An empty transition that reportlab writes: a page is turned without one.
        if Name.Trans in page.obj:
            del page.obj[Name.Trans]
    # reportlab makes its file number of the clock's day; without it the number is made of the file.
    if Name.ID in pdf.trailer:
        del pdf.trailer[Name.ID]
