"""A note made ready to be read beside its pages: page one's blocks, then every answer.

Pure, so that neighbours are made ready on a thread before the coordinator comes to them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from infusion_visits.core.blocks import Block, Heading, Keep, SideBySide, Table
from infusion_visits.notes.after import addenda
from infusion_visits.notes.answered import AnsweredSection, answered
from infusion_visits.notes.compose import compose
from infusion_visits.notes.document import NoteHeader
from infusion_visits.notes.page_one import page_one
from infusion_visits.visits.facts import facts_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from infusion_visits.visits.signed_note import SignedNote

WIDEST_TABLE = 5
"""Columns that fit beside the pages; the sets of vital signs stand below, set by set."""


@dataclass(frozen=True)
class Reading:
    """What is shown of a note: its head, page one as blocks, and all that was answered."""

    header: NoteHeader
    blocks: tuple[Block, ...]
    sections: tuple[AnsweredSection, ...]


def reading(note: SignedNote) -> Reading:
    """The note made ready. Raises BadFile for a record that cannot be read."""
    record = note.record
    facts = facts_of(record, note.signing.at)
    blocks = (*addenda(note), *page_one(record, facts, record.findings, signed=True))
    return Reading(compose(note).header, tuple(_narrow(blocks)), answered(record, facts))


def _narrow(blocks: Sequence[Block]) -> Iterator[Block]:
    """The same blocks for a narrow column: what stands side by side comes below each other."""
    head: Heading | None = None
    for block in _flat(blocks):
        if isinstance(block, Table) and len(block.columns) > WIDEST_TABLE:
            continue
        if isinstance(block, Heading):
            # A heading waits for what stands below it: of a table left out nothing remains.
            head = Heading(block.text, max(block.level, 2), block.beside)
            continue
        if head is not None:
            yield head
            head = None
        yield block


def _flat(blocks: Sequence[Block]) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, SideBySide):
            yield from _flat((*block.left, *block.right))
        elif isinstance(block, Keep):
            yield from _flat(block.blocks)
        else:
            yield block
