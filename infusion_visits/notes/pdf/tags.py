"""What each thing that is drawn is, and the tree that grows while it is drawn.

A tag is known by its identity: a paragraph torn over two pages is drawn twice under one tag. What
is measured and thrown away (columns are tried in several widths) leaves nothing in the tree.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from infusion_visits.notes.structure import Content, Element, Kind, Scope

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, eq=False)
class Tag:
    """One element of the tree, below its parent."""

    kind: Kind
    parent: Tag | None = None
    alt: str = ""
    scope: Scope | None = None


DOCUMENT = Tag(Kind.DOCUMENT)
"""The root of every tree."""

PAGINATION = Tag(Kind.ARTIFACT)
"""Words that a page's end brings with it: feet, notices, heads said again. In no tree."""


@dataclass(slots=True)
class _Grown:
    """An element while it grows."""

    tag: Tag
    children: list[_Grown | Content] = field(default_factory=list)
    box: Box | None = None


class Tree:
    """Collects what was drawn under which tag."""

    def __init__(self) -> None:
        self._grown: dict[Tag, _Grown] = {}
        self._root = self._of(DOCUMENT)
        self._taken: dict[int, int] = {}

    def touch(self, tag: Tag) -> None:
        """Gives the tag its place, also where nothing is drawn: an empty cell is still a cell."""
        self._of(tag)

    def mark(self, tag: Tag, page: int) -> int:
        """The number under which the next content of `tag` is drawn on `page`."""
        mcid = self._taken.get(page, 0)
        self._taken[page] = mcid + 1
        self._of(tag).children.append(Content(page, mcid))
        return mcid

    def place(self, tag: Tag, box: Box) -> None:
        """Where a figure stands on its page."""
        self._of(tag).box = box

    def grown(self) -> Element:
        """The whole tree as a value."""
        return _element(self._root)

    def _of(self, tag: Tag) -> _Grown:
        found = self._grown.get(tag)
        if found is None:
            found = self._grown[tag] = _Grown(tag)
            if tag.parent is not None:
                self._of(tag.parent).children.append(found)
        return found


def _element(grown: _Grown) -> Element:
    tag = grown.tag
    children = tuple(
        child if isinstance(child, Content) else _element(child) for child in grown.children
    )
    return Element(tag.kind, children, tag.alt, tag.scope, grown.box)
