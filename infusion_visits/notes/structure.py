"""What a page says to those who do not see it: headings, tables and pictures as a tree.

The tree is a plain value. notes/pdf collects it while it draws, notes/envelope writes it into the
file (ISO 32000-1, 14.7 and 14.8; PDF/UA-1).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class Kind(StrEnum):
    """The standard structure types that a note uses, by their names in the file."""

    DOCUMENT = "Document"
    SECTION = "Sect"
    TITLE = "H1"
    HEADING = "H2"
    SUBHEADING = "H3"
    PARAGRAPH = "P"
    LIST = "L"
    ITEM = "LI"
    LABEL = "Lbl"
    BODY = "LBody"
    TABLE = "Table"
    ROW = "TR"
    HEADER_CELL = "TH"
    CELL = "TD"
    CAPTION = "Caption"
    FIGURE = "Figure"
    ARTIFACT = "Artifact"


class Scope(StrEnum):
    """What a header cell is the head of."""

    COLUMN = "Column"
    ROW = "Row"


@dataclass(frozen=True, slots=True)
class Content:
    """Marked content: what was drawn on `page` (from 0 on) under the number `mcid`."""

    page: int
    mcid: int


@dataclass(frozen=True, slots=True)
class Element:
    """A node of the tree with its children in reading order.

    `box` is where a figure stands on its page: left, bottom, right, top in points from the lower
    left corner. `alt` says in words what a figure shows.
    """

    kind: Kind
    children: tuple[Element | Content, ...] = ()
    alt: str = ""
    scope: Scope | None = None
    box: tuple[float, float, float, float] | None = None

    def walk(self) -> Iterator[Element]:
        """This element and all below it, in reading order."""
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.walk()

    def contents(self) -> Iterator[Content]:
        """All marked content below it, in reading order."""
        for child in self.children:
            if isinstance(child, Content):
                yield child
            else:
                yield from child.contents()


@dataclass(frozen=True, slots=True)
class Rendered:
    """The pages of a note, and the tree of what stands on them."""

    pdf: bytes
    structure: Element
