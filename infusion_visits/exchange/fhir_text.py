"""Blocks of the note as XHTML: the text of a FHIR section, what a person reads where no code helps.

Only elements that FHIR R4 allows in a narrative; all text is escaped, nothing in it is markup.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from infusion_visits.core.blocks import (
    Answers,
    Block,
    BodyFigure,
    Chart,
    Exceptions,
    Heading,
    InkBlock,
    Items,
    Keep,
    Paragraph,
    SideBySide,
    Table,
    Voice,
    Words,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from infusion_visits.core.blocks import Span

XHTML = "http://www.w3.org/1999/xhtml"
_VOICES = {
    Voice.STRONG: ("<b>", "</b>"),
    Voice.FLAG: ("<b>", "</b>"),
    Voice.CODE: ("<code>", "</code>"),
    # FHIR allows no element for deleted text; the reason stands in words beside it.
    Voice.STRUCK: ('<span style="text-decoration: line-through">', "</span>"),
}


def division(blocks: Sequence[Block]) -> str:
    """The whole `div`; blocks without a word in them give an empty text."""
    inside = "".join(_block(block) for block in blocks)
    return f'<div xmlns="{XHTML}">{inside}</div>' if inside else ""


def _block(block: Block) -> str:
    if isinstance(block, Heading):
        level = min(block.level + 1, 6)
        beside = f" <small>{_text(block.beside)}</small>" if block.beside else ""
        return f"<h{level}>{_text(block.text)}{beside}</h{level}>"
    if isinstance(block, Paragraph):
        return _paragraph(block.words)
    if isinstance(block, Items):
        return _list(block.rows)
    if isinstance(block, Answers):
        rows = "".join(_row((("th", _text(a.label)), ("td", _words(a.words)))) for a in block.rows)
        return f"<table><tbody>{rows}</tbody></table>" if rows else ""
    if isinstance(block, Table):
        return _table(block)
    if isinstance(block, Exceptions):
        return _exceptions(block)
    return _holding(block)


def _holding(block: Block) -> str:
    """Blocks that hold others, and pictures: those are told by the words made for them."""
    if isinstance(block, SideBySide):
        return "".join(_block(one) for one in (*block.left, *block.right))
    if isinstance(block, Keep):
        return "".join(_block(one) for one in block.blocks)
    if isinstance(block, BodyFigure):
        beside = "".join(_block(one) for one in block.beside)
        return f"<p>{_text(block.alt)}</p>{beside}" if block.alt else beside
    if isinstance(block, Chart):
        return f"<p>{_text(block.alt)}</p>" if block.alt else ""
    if isinstance(block, InkBlock):
        return f"<p>{_text(block.label)}: {_words(block.caption)}</p>"
    raise TypeError(type(block).__name__)


def _table(block: Table) -> str:
    head = _row(tuple(("th", _text(column.label)) for column in block.columns))
    rows = "".join(_row(tuple(("td", _words(cell)) for cell in row)) for row in block.rows)
    caption = f"<caption>{_text(block.caption)}</caption>" if block.caption else ""
    body = f"<tbody>{rows}</tbody>" if rows else ""
    return f"<table>{caption}<thead>{head}</thead>{body}</table>"


def _exceptions(block: Exceptions) -> str:
    title = f"<h3>{_text(block.title)}</h3>" if block.title else ""
    if not block.rows:
        return f"{title}<p>{_text(block.none)}</p>" if block.none else title
    rows = "".join(
        _row((("th", _text(row.time)), ("td", _words(row.words)), ("td", _words(row.response))))
        for row in block.rows
    )
    return f"{title}<table><tbody>{rows}</tbody></table>"


def _row(cells: tuple[tuple[str, str], ...]) -> str:
    return f"<tr>{''.join(f'<{name}>{inside}</{name}>' for name, inside in cells)}</tr>"


def _list(rows: Sequence[Words]) -> str:
    items = "".join(f"<li>{said}</li>" for row in rows if (said := _words(row)))
    return f"<ul>{items}</ul>" if items else ""


def _paragraph(words: Words) -> str:
    said = _words(words)
    return f"<p>{said}</p>" if said else ""


def _words(words: Words) -> str:
    return "".join(_span(span) for span in words if span.text)


def _span(span: Span) -> str:
    before, after = _VOICES.get(span.voice, ("", ""))
    return f"{before}{_text(span.text)}{after}"


def _text(text: str) -> str:
    return escape(text).replace("\n", "<br/>")
