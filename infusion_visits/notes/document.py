"""The note as a document: its head, its blocks and its foot, before it is a page."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from infusion_visits.core.blocks import Answer, Block, Words
from infusion_visits.core.logo import Logo


class Paper(StrEnum):
    """The sheet that the note is set for."""

    LETTER = "letter"
    A4 = "a4"


@dataclass(frozen=True, slots=True)
class NoteHeader:
    """Who and when, at the top of page one. `identity` says the allergies in the strong voice;
    `agency_name` tells whose `logo` it is."""

    name: str
    identity: Words
    kind: str
    when: str
    agency: str
    logo: Logo | None = None
    agency_name: str = ""


@dataclass(frozen=True, slots=True)
class NoteFooter:
    """What stands at the foot of each page, so that a lost sheet finds its note.

    `signed` says when and by whom, or that nobody signed yet; `digest` is the start of the
    SHA-256 of the signed bytes, empty for a draft.
    """

    patient: str
    born: str
    visit: str
    document_id: str
    signed: str
    digest: str = ""


@dataclass(frozen=True, slots=True)
class NoteDocument:
    """A whole note. The same document always gives the same PDF bytes.

    `draft` is the line on each page of a draft ("DRAFT ... Not complete: 3 items"), None when
    signed; `retracted` is the same for a note that was taken back. `printed_again` is the layout's
    number when this is a later print and not the file kept at signing. `produced_at` (UTC) stands
    in the PDF as its date: of signing or of the last addendum, or now for a draft. `author` is who
    signed, or who is at the visit.
    """

    title: str
    header: NoteHeader
    head_answers: tuple[Answer, ...]
    blocks: tuple[Block, ...]
    footer: NoteFooter
    produced_at: datetime
    draft: str | None = None
    retracted: str | None = None
    paper: Paper = Paper.LETTER
    printed_again: int | None = None
    author: str = ""
    language: str = field(default="en-US")
