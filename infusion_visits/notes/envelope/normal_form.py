"""Two files compared as readers see them: unpacked, without the values of the signature.

Compression differs between machines, and a signature cannot be made again. What is left (pages,
fonts, pictures, tree, metadata, the names of what lies inside) is the same for the same note, or
the file was changed. What stands in the parts inside is read and compared elsewhere.
"""

from __future__ import annotations

import hashlib
from io import BytesIO
from typing import TYPE_CHECKING

import pikepdf
from pikepdf import Name, ObjectStreamMode, Pdf, StreamDecodeLevel

if TYPE_CHECKING:
    from collections.abc import Callable

_SIGNED_AND_APPENDED = 3
_CERTIFIED = frozenset({"/DocMDP"})


def same_file(one: bytes, other: bytes) -> bool:
    """Whether two files of this program are the same, but for what stands in the parts inside.

    Threat: who signs puts a program among the attachments, or gives the record's name to a second
    part that other readers open. Raises pikepdf.PdfError for no PDF.
    """
    return _normal(one, _emptied) == _normal(other, _emptied)


def same_pages(one: bytes, other: bytes) -> bool:
    """Whether two files of this program show the same. Raises pikepdf.PdfError for no PDF."""
    return _normal(one, _without_attachments) == _normal(other, _without_attachments)


def _normal(data: bytes, without: Callable[[Pdf], None]) -> bytes:
    with pikepdf.open(BytesIO(data), suppress_warnings=True) as pdf:
        _without_signature(pdf)
        without(pdf)
        # The number of a file is made of its bytes, packing and all.
        if Name.ID in pdf.trailer:
            del pdf.trailer[Name.ID]
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
    if Name.Perms in pdf.Root and set(pdf.Root.Perms.keys()) == _CERTIFIED:
        del pdf.Root.Perms
    form = pdf.Root.get(Name.AcroForm)
    if form is None:
        return
    form.SigFlags = _SIGNED_AND_APPENDED
    for one in form.get(Name.Fields, []):
        if one.get(Name.FT) == Name.Sig and Name.V in one:
            del one.V


def _emptied(pdf: Pdf) -> None:
    """The parts inside keep their names, their places and what is said of them."""
    names = pdf.Root.get(Name.Names)
    tree = names.get(Name.EmbeddedFiles) if names is not None else None
    for one in list(tree.get(Name.Names, []))[1::2] if tree is not None else []:
        part = one.EF.F
        part.write(b"")
        part.Params.Size = 0


def _without_attachments(pdf: Pdf) -> None:
    for holder in (pdf.Root, pdf.Root.get(Name.Names)):
        for key in (Name.AF, Name.EmbeddedFiles):
            if holder is not None and key in holder:
                del holder[key]
