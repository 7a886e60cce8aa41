"""The sheets of the note: head of page one, foot of each page, and how the story fills them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC
from io import BytesIO
from typing import Any

from reportlab import rl_config
from reportlab.lib.pagesizes import A4, LETTER
from reportlab.pdfgen.canvas import Canvas

from infusion_visits.core.blocks import Answer, Side, Span, Words
from infusion_visits.core.drawing import Role
from infusion_visits.notes.document import NoteDocument, NoteHeader, Paper
from infusion_visits.notes.pdf.blocks import stack_of
from infusion_visits.notes.pdf.fonts import Face, legible, start_font
from infusion_visits.notes.pdf.ink import Ink
from infusion_visits.notes.pdf.pictures import logo_picture
from infusion_visits.notes.pdf.pieces import Cell, Columns, Piece, Row, Rule, Stack, paginate
from infusion_visits.notes.pdf.tags import DOCUMENT, Tag, Tree
from infusion_visits.notes.pdf.typesetting import (
    BODY,
    SMALL,
    SetLine,
    Type,
    natural_width,
    set_text,
    set_words,
    tagged,
)
from infusion_visits.notes.structure import Kind, Rendered

_SHEETS: dict[Paper, tuple[float, float]] = {Paper.LETTER: LETTER, Paper.A4: A4}
_SIDE, _TOP, _BOTTOM = 39.0, 23.0, 18.0
_NAME = Type(16.0, 20.0, Face.STRONG)
_KIND = Type(10.4, 13.0, Face.STRONG)
_NOTICE = Type(9.0, 12.0, Face.STRONG)
_FOOT = Type(7.5, 9.4, role=Role.QUIET)
_PAGE = replace(_FOOT, face=Face.STRONG)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The measures of a page, once head and foot lines are set."""

    width: float
    height: float
    notice: Row | None
    foot: Row

    @property
    def inner(self) -> float:
        return self.width - 2 * _SIDE

    @property
    def top(self) -> float:
        return _TOP + (self.notice.height + 6.0 if self.notice else 0.0)

    @property
    def foot_top(self) -> float:
        return self.height - _BOTTOM - self.foot.height

    @property
    def room(self) -> float:
        return self.foot_top - 5.0 - self.top


def rendered(document: NoteDocument) -> Rendered:
    """The pages and their tree. The same document gives the same pages, on any machine."""
    sheet = _sheet(document)
    story = Stack(
        (
            *_head(document, sheet.inner),
            *stack_of(document.blocks, sheet.inner).items,
        )
    )
    pages = paginate(story, sheet.room)
    buffer = BytesIO()
    canvas = _canvas(buffer, document, (sheet.width, sheet.height))
    tree = Tree()
    for number, page in enumerate(pages, start=1):
        ink = Ink(canvas, sheet.height, tree, number - 1)
        _draw_page(ink, document, sheet, page, (number, len(pages)))
        ink.finish()
        canvas.showPage()
    canvas.save()
    return Rendered(buffer.getvalue(), tree.grown())


def _canvas(buffer: BytesIO, document: NoteDocument, size: tuple[float, float]) -> Any:
    rl_config.useA85 = 0
    canvas = Canvas(
        buffer,
        pagesize=size,
        pageCompression=1,
        invariant=1,
        initialFontName=start_font(),
        lang=document.language,
    )
    moment = document.produced_at.astimezone(UTC).timetuple()[:6]
    # Invariant mode dates everything in 2000 and reads SOURCE_DATE_EPOCH; a note has its own date.
    stamp = canvas._doc._timeStamp  # noqa: SLF001 (reportlab offers no other way)
    stamp.YMDhms, stamp.dhh, stamp.dmm = moment, 0, 0
    canvas.setTitle(legible(document.title))
    canvas.setAuthor(legible(document.footer.signed))
    canvas.setSubject(legible(document.header.kind))
    canvas.setCreator("Infusion Visits")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    return canvas


def _sheet(document: NoteDocument) -> _Sheet:
    width, height = _SHEETS[document.paper]
    inner = width - 2 * _SIDE
    return _Sheet(width, height, _notice(document, inner), _foot(document, inner))


def _notice(document: NoteDocument, width: float) -> Row | None:
    """The line above each page that is not the signed original."""
    says = [words for words in (document.draft, document.retracted) if words is not None]
    if document.printed_again is not None:
        says.append(f"Printed again with layout {document.printed_again}")
    if not says:
        return None
    lines = set_text(" · ".join(says), width, _NOTICE)
    return Row((Cell(0, width, lines),), below=2.0, rule=Rule(width, Role.INK, 0.6))


def _foot_words(document: NoteDocument) -> tuple[str, str]:
    foot = document.footer
    digest = f"digest {foot.digest}" if foot.digest else ""
    left = " · ".join(part for part in (foot.patient, foot.born, foot.visit) if part)
    middle = " · ".join(part for part in (foot.document_id, foot.signed, digest) if part)
    return left, middle


def _foot(document: NoteDocument, width: float) -> Row:
    """One line where it fits, else two below each other; the page's number stands at the right."""
    left, middle = _foot_words(document)
    number = natural_width((Span("Page 00 of 00"),), _PAGE)
    one, two = (natural_width((Span(text),), _FOOT) for text in (left, middle))
    room = width - number
    if one + two + 20.0 <= room:
        gap = (room - one - two) / 2
        cells = (
            Cell(0, one + 0.1, set_text(left, one + 0.1, _FOOT)),
            Cell(one + gap, two + 0.1, set_text(middle, two + 0.1, _FOOT)),
        )
        return Row(cells, above=5.0)
    return Row((Cell(0, room - 8.0, set_text(f"{left}\n{middle}", room - 8.0, _FOOT)),), above=5.0)


def _draw_page(
    ink: Ink, document: NoteDocument, sheet: _Sheet, page: Piece, number: tuple[int, int]
) -> None:
    if document.draft is not None:
        ink.backdrop("DRAFT", sheet.width)
    elif document.retracted is not None:
        ink.backdrop("RETRACTED", sheet.width)
    if sheet.notice:
        sheet.notice.draw(ink, _SIDE, _TOP)
    page.draw(ink, _SIDE, sheet.top)
    ink.rule(_SIDE, sheet.foot_top, _SIDE + sheet.inner, sheet.foot_top, Role.LINE, 0.7)
    sheet.foot.draw(ink, _SIDE, sheet.foot_top)
    words = set_text(f"Page {number[0]} of {number[1]}", sheet.inner, _PAGE)
    at_right = Row((Cell(0, sheet.inner, words, Side.RIGHT),), above=sheet.foot.above)
    at_right.draw(ink, _SIDE, sheet.foot_top)


def _head(document: NoteDocument, width: float) -> tuple[tuple[float, Piece], ...]:
    """Who and when: name and identity at the left, the visit at the right, a thick rule."""
    rule = Rule(width, Role.INK, 1.5)
    header = document.header
    if header.logo is None:
        who: Piece = replace(_who(header, width), below=7.0, rule=rule)
        pieces = [(0.0, who)]
    else:
        logo = logo_picture(header.logo, f"Logo of {header.agency_name}", DOCUMENT)
        beside = logo.width + 10.0
        named = ((0.0, logo), (beside, _who(header, width - beside)))
        pieces = [
            (0.0, Columns(named, keep_next=True)),
            (0.0, Row((), above=7.0, rule=rule, keep_next=True)),
        ]
    if document.head_answers:
        pieces.append((8.0, _head_answers(document.head_answers, width)))
    return tuple(pieces)


def _who(header: NoteHeader, width: float) -> Row:
    says = ((Span(header.kind),), (Span(header.when),), (Span(header.agency),))
    right = max(
        natural_width(words, kind) for words, kind in zip(says, (_KIND, BODY, BODY), strict=True)
    )
    right = min(right, 0.45 * width) + 0.5
    left = width - right - 4.0
    name = tagged(set_text(header.name, left, _NAME), Tag(Kind.TITLE, DOCUMENT))
    name += _said(set_words(header.identity, left, BODY))
    visit = _said(set_words(says[0], right, _KIND))
    visit += _said(set_words(says[1], right)) + _said(set_words(says[2], right))
    cells = (Cell(0, left, name), Cell(width - right, right, visit, Side.RIGHT))
    return Row(cells, keep_next=True)


def _said(lines: tuple[SetLine, ...]) -> tuple[SetLine, ...]:
    return tagged(lines, Tag(Kind.PARAGRAPH, DOCUMENT))


def _head_answers(answers: tuple[Answer, ...], width: float) -> Row:
    each = width / len(answers)
    label = replace(SMALL, leading=11.0)
    cells = []
    listed = Tag(Kind.LIST, DOCUMENT)
    for nth, answer in enumerate(answers):
        words: Words = answer.words
        inner = each - (8.0 if nth < len(answers) - 1 else 0.0)
        item = Tag(Kind.ITEM, listed)
        lines = tagged(set_text(answer.label, inner, label), Tag(Kind.LABEL, item))
        lines += tagged(set_words(words, inner), Tag(Kind.BODY, item))
        cells.append(Cell(nth * each, inner, lines))
    return Row(tuple(cells))
