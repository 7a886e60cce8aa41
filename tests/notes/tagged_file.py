"""A note's file read back as a screen reader does: its marked content and its tree."""

from __future__ import annotations

from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pikepdf
from pikepdf import Dictionary, Name

from infusion_visits.notes.envelope.assemble import assemble
from infusion_visits.notes.pdf import render_tagged

if TYPE_CHECKING:
    from collections.abc import Iterator

PAINTS = {"Tj", "TJ", "'", '"', "S", "s", "f", "F", "f*", "B", "b", "B*", "b*", "sh", "Do"}


def file_of(document: Any, *attachments: Any, to_sign: bool = True) -> bytes:
    """The whole file of a document."""
    return assemble(document, render_tagged(document), attachments, to_sign=to_sign)


@dataclass
class Page:
    """What a page's content stream marks: numbers in order of drawing, and what stands outside."""

    numbers: list[int] = field(default_factory=list)
    kinds: dict[int, str] = field(default_factory=dict)
    outside: list[str] = field(default_factory=list)
    nested: int = 0
    artifacts: int = 0


def marked(page: pikepdf.Page) -> Page:
    """The marked content of a page."""
    found = Page()
    depth = 0
    for instruction in pikepdf.parse_content_stream(page):
        operands: Any = instruction.operands
        said = str(instruction.operator)
        if said in ("BDC", "BMC"):
            depth += 1
            found.nested = max(found.nested, depth)
            if operands[0] == Name.Artifact:
                found.artifacts += 1
            else:
                number = int(operands[1].MCID)
                found.numbers.append(number)
                found.kinds[number] = str(operands[0])
        elif said == "EMC":
            depth -= 1
            assert depth >= 0
        elif said in PAINTS and depth == 0:
            found.outside.append(said)
    assert depth == 0
    return found


def elements(element: Any) -> Iterator[Any]:
    """All elements below one, in reading order."""
    for kid in kids(element):
        if kid.get(Name.Type) == Name.StructElem:
            yield kid
            yield from elements(kid)


def kids(element: Any) -> list[Any]:
    """What hangs on an element."""
    kid = element.get(Name.K)
    if kid is None:
        return []
    return [kid] if isinstance(kid, Dictionary) else list(kid)


def opened(data: bytes) -> pikepdf.Pdf:
    """The file, to be closed by whoever reads it."""
    return pikepdf.open(BytesIO(data))
