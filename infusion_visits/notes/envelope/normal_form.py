"""Two files compared as readers see them: unpacked, without signature and without what lies inside.

Compression differs between machines, and a signature cannot be made again. What is left (pages,
fonts, pictures, tree, metadata) is the same for the same note, or the pages were changed.
"""

from __future__ import annotations

import hashlib
from io import BytesIO

import pikepdf
from pikepdf import Name, ObjectStreamMode, Pdf, StreamDecodeLevel

_VALUES_OF_A_SIGNATURE = (Name.V, Name.Lock)
_SIGNED_AND_APPENDED = 3


def same_pages(one: bytes, other: bytes) -> bool:
    """Whether two files of this program show the same. Raises pikepdf.PdfError for no PDF."""
    return _normal(one) == _normal(other)


def _normal(data: bytes) -> bytes:
    with pikepdf.open(BytesIO(data), suppress_warnings=True) as pdf:
        _without_signature(pdf)
        _without_attachments(pdf)
        out = BytesIO()
        pdf.save(
            out,
            static_id=True,
            compress_streams=False,
            stream_decode_level=StreamDecodeLevel.generalized,
            object_stream_mode=ObjectStreamMode.disable,
        )
    return hashlib.sha256(out.getvalue()).digest()


def _without_signature(pdf: Pdf) -> None:
    if Name.Perms in pdf.Root:
        del pdf.Root.Perms
    form = pdf.Root.get(Name.AcroForm)
    if form is None:
        return
    form.SigFlags = _SIGNED_AND_APPENDED
    for one in form.get(Name.Fields, []):
        if one.get(Name.FT) == Name.Sig:
            for key in _VALUES_OF_A_SIGNATURE:
                if key in one:
                    del one[key]


def _without_attachments(pdf: Pdf) -> None:
    for holder in (pdf.Root, pdf.Root.get(Name.Names)):
        for key in (Name.AF, Name.EmbeddedFiles):
            if holder is not None and key in holder:
                del holder[key]
