"""Files inside the note's PDF: the signed record, and what machines read of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from pikepdf import Array, Dictionary, Name, Pdf, String

if TYPE_CHECKING:
    from collections.abc import Sequence


class Relationship(StrEnum):
    """How a file inside relates to the page (PDF/A-3, AFRelationship)."""

    SOURCE = "Source"
    DATA = "Data"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file inside the note. `name` is plain ASCII, `description` says in words what it is."""

    name: str
    mime: str
    data: bytes
    relationship: Relationship
    description: str


def attach(pdf: Pdf, attachments: Sequence[Attachment], stamp: str) -> None:
    """Puts the files into the PDF, dated `stamp` (a PDF date). ValueError for a name twice."""
    if not attachments:
        return
    named: dict[str, Dictionary] = {}
    for one in attachments:
        if one.name in named:
            raise ValueError(f"two files named {one.name}")
        named[one.name] = _specification(pdf, one, stamp)
    entries = Array()
    # The order of a name tree is that of its names; the order of /AF is that of the caller.
    for name in sorted(named):
        entries.extend([String(name), named[name]])
    names = pdf.Root.get(Name.Names, Dictionary())
    names.EmbeddedFiles = pdf.make_indirect(Dictionary(Names=entries))
    pdf.Root.Names = names
    pdf.Root.AF = Array(named.values())


def _specification(pdf: Pdf, one: Attachment, stamp: str) -> Dictionary:
    dates = Dictionary(Size=len(one.data), CreationDate=String(stamp), ModDate=String(stamp))
    stream = pdf.make_stream(
        one.data, Type=Name.EmbeddedFile, Subtype=Name(f"/{one.mime}"), Params=dates
    )
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Filespec,
            F=String(one.name),
            UF=String(one.name),
            Desc=String(one.description),
            AFRelationship=Name(f"/{one.relationship.value}"),
            EF=Dictionary(F=stream, UF=stream),
        )
    )
