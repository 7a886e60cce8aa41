"""How a charted row is said in words: its answers with units, what was not done, who wrote it late.

Shared by every section's note, so that a struck or late row reads the same everywhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from infusion_visits.core.blocks import (
    Answer,
    Answers,
    Block,
    Items,
    Span,
    Voice,
    Words,
)
from infusion_visits.core.fields import Columns, Ink, Leaf, Number, Rows, Sense, Shown
from infusion_visits.core.moments import show_instant, show_time

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime
    from uuid import UUID

    from infusion_visits.core.kinds import VisitKind
    from infusion_visits.core.marks import Mark


class Telling(Protocol):
    """What is needed to say a row: the home's zone, the present, and the members' names."""

    @property
    def now(self) -> datetime:
        """The present; for a signed record the time of signing."""

    @property
    def zone(self) -> str:
        """The IANA zone of the home."""

    @property
    def people(self) -> Mapping[UUID, str]:
        """Names of members by id."""

    @property
    def kind(self) -> VisitKind:
        """The kind of the visit."""


def columns_of(leaf: Leaf, value: Any) -> Columns:
    """The columns of one field of a row value, as the leaf reads them."""
    columns: dict[str, Any] = {leaf.name: getattr(value, leaf.name)}
    mark: Mark = value.mark
    if isinstance(leaf, Number) and leaf.measured and leaf.name in mark.as_entered:
        figure, _, code = mark.as_entered[leaf.name].rpartition(" ")
        columns[f"{leaf.name}_entered"] = figure
        columns[f"{leaf.name}_unit"] = code
    return columns


def day_beside(telling: Telling) -> datetime:
    """A moment of the day of the visit: times of that day are told without their date.

    The arrival, where there is one: a draft printed the day after tells the same times as before.
    """
    arrived: datetime | None = getattr(telling, "arrived", None)
    return arrived or telling.now


def sense_of(telling: Telling) -> Sense:
    """The sense in which a visit's texts are shown: beside the day of the visit."""
    return Sense(day_beside(telling), telling.zone)


def leaf_text(leaf: Leaf, value: Any, telling: Telling) -> str:
    """The answer in plain words; empty when not asked."""
    return leaf.words(columns_of(leaf, value), sense_of(telling))


def leaf_words(leaf: Leaf, value: Any, telling: Telling) -> Words:
    """The answer, or `not done: patient refused`; empty when neither."""
    not_done = value.mark.not_done.get(leaf.name)
    text = leaf_text(leaf, value, telling)
    if text:
        voice = Voice.STRUCK if value.mark.struck else Voice.PLAIN
        return (Span(text, voice),)
    if not_done:
        said = f"not done: {not_done.reason}"
        return (Span(f"{said}, {not_done.words}" if not_done.words else said, Voice.FLAG),)
    return ()


def is_shown(leaf: Leaf | Rows, value: Any, above: Any = None) -> bool:
    """Whether the field is asked, given the other answers of its row (or of the row above)."""
    shown: Shown | None = getattr(leaf, "shown", None)
    if shown is None:
        return True
    holder = value if hasattr(value, shown.field) else above
    return holder is not None and getattr(holder, shown.field, None) in shown.among


def mark_words(mark: Mark, telling: Telling) -> Words:
    """What must stand beside a row: late entry, struck out with its reason; empty for most rows."""
    words: list[Span] = []
    if mark.struck:
        who = telling.people.get(mark.struck.by, "")
        by = f" by {who}" if who else ""
        when = show_instant(mark.struck.at, telling.zone, beside=day_beside(telling))
        words.append(Span(f"struck out {when}{by}: {mark.struck.reason}", Voice.FLAG))
    if mark.late and mark.entered_at is not None and mark.at is not None:
        written = show_instant(mark.entered_at, telling.zone, beside=mark.at)
        words.append(Span(f"late entry, written {written}", Voice.QUIET))
    return tuple(words)


def answers(
    group: Rows,
    value: Any,
    telling: Telling,
    *,
    skip: Collection[str] = (),
    columns: int = 2,
) -> tuple[Block, ...]:
    """All answered fields of one row in the order asked, its late and struck words last."""
    rows = tuple(
        Answer(leaf.label, words)
        for leaf in group.leaves
        if leaf.name not in skip
        and not isinstance(leaf, Ink)
        and (words := leaf_words(leaf, value, telling))
    )
    blocks: list[Block] = [Answers(rows, columns)] if rows else []
    beside = mark_words(value.mark, telling)
    if beside:
        blocks.append(Items((beside,)))
    return tuple(blocks)


def joined(
    group: Rows,
    names: Collection[str],
    value: Any,
    telling: Telling,
    *,
    named: Collection[str] = (),
) -> Words:
    """Answers of one row with commas between; those in `named`, and what was not done, after
    their label in small letters."""
    said: list[Span] = []
    for name in names:
        leaf = group.leaf(name)
        words = leaf_words(leaf, value, telling)
        if not words:
            continue
        if said:
            said.append(Span(" " if said[-1].text.endswith((".", "!", "?")) else ", "))
        if name in named or not leaf_text(leaf, value, telling):
            said.append(Span(f"{leaf.label[:1].lower()}{leaf.label[1:]} ", Voice.QUIET))
        said.extend(words)
    return tuple(said)


def unstopped(words: Words) -> Words:
    """Words without the full stop at their end: a sign of their own follows them."""
    if not words:
        return ()
    return (*words[:-1], Span(words[-1].text.rstrip(". "), words[-1].voice))


def after(words: Words) -> Words:
    """Words that follow others, each with a semicolon before it."""
    return tuple(part for span in words for part in (Span("; "), span))


def time_words(mark: Mark, telling: Telling) -> str:
    """`09:41`, or with its day when it was not the day of the visit; empty without a time."""
    if mark.at is None:
        return ""
    return show_instant(mark.at, telling.zone, beside=day_beside(telling))


def author_words(mark: Mark, telling: Telling) -> str:
    """The name of who wrote the row; empty when unknown."""
    return telling.people.get(mark.author, "") if mark.author else ""


def clock_words(at: datetime | None, telling: Telling) -> str:
    """`09:41` in the home's zone; empty for None."""
    return show_time(at, telling.zone) if at else ""
