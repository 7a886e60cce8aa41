"""What the note says of the log: each call in its line, each verbal order word for word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infusion_visits.core.blocks import (
    Block,
    Column,
    Heading,
    Paragraph,
    Span,
    Table,
    Voice,
    Words,
)
from infusion_visits.core.charted import (
    after,
    author_words,
    joined,
    leaf_words,
    mark_words,
    time_words,
    unstopped,
)
from infusion_visits.core.moments import show_day
from infusion_visits.sections.communication.fields import COMMUNICATION, VERBAL_ORDER
from infusion_visits.sections.communication.rules import sign_by

if TYPE_CHECKING:
    from infusion_visits.core.fields import Rows
    from infusion_visits.core.marks import Mark
    from infusion_visits.patients.facts import Facts
    from infusion_visits.sections.communication.values import Call, Communication, VerbalOrder

_WHOM = ("role", "who", "organisation", "telephone")
_WHAT = ("direction", "reached", "reason", "said")
_BACK = ("answer", "order_received", "read_back", "called_back_at", "follow_up")
_ORDER = ("given_by", "read_back", "sign_by", "signed_on")


def blocks(values: Communication, facts: Facts) -> list[Block]:
    """The log of one visit; nothing where nothing was charted."""
    if not values.communication and not values.verbal_order:
        return []
    made: list[Block] = [Heading("Communication", 2)]
    if values.communication:
        columns = (
            Column("Time", 2),
            Column("Whom", 5),
            Column("What", 7),
            Column("Answer", 6),
        )
        made.append(Table(columns, tuple(_call(one, facts) for one in values.communication)))
    made += [_order(one, facts) for one in values.verbal_order]
    return made


def _call(call: Call, facts: Facts) -> tuple[Words, ...]:
    about = next(
        (one.words for one in facts.notices if one.complication == call.complication_id), ""
    )
    what = _joined(COMMUNICATION, _WHAT, call, facts)
    if call.complication_id is not None or "complication_id" in call.mark.not_done:
        voice = Voice.STRUCK if call.mark.struck else Voice.PLAIN
        leaf = COMMUNICATION.leaf("complication_id")
        said = (Span(about, voice),) if about else leaf_words(leaf, call, facts)
        what = (*unstopped(what), Span(", about ", Voice.QUIET), *said)
    return (
        _time(COMMUNICATION, call.mark, call, facts),
        _joined(COMMUNICATION, _WHOM, call, facts),
        what,
        (*_joined(COMMUNICATION, _BACK, call, facts), *after(mark_words(call.mark, facts))),
    )


def _order(order: VerbalOrder, facts: Facts) -> Paragraph:
    """`Verbal order 10:32, S. Lindqvist, MD: "…". Received by …; read back yes; to be signed …`."""
    struck = order.mark.struck is not None
    leaf = VERBAL_ORDER.leaf
    said: list[Span] = [Span("Verbal order ", Voice.STRONG)]
    said += [*_time(VERBAL_ORDER, order.mark, order, facts), Span(", ")]
    said += [*leaf_words(leaf("prescriber"), order, facts), Span(": ")]
    said += _strong(unstopped(leaf_words(leaf("order_text"), order, facts)))
    author = author_words(order.mark, facts)
    voice = Voice.STRUCK if struck else Voice.PLAIN
    said.append(Span(". Received by ", Voice.QUIET))
    said += leaf_words(leaf("received_by"), order, facts) or (Span(author, voice),)
    rest = _joined(VERBAL_ORDER, _ORDER, order, facts)
    if rest:
        said += [Span(", "), *rest]
    due = sign_by(order, facts)
    if order.sign_by is None and due is not None and not struck and order.signed_on is None:
        said.append(Span(f", to be signed by {show_day(due)}"))
    said += [Span("."), *after(mark_words(order.mark, facts))]
    return Paragraph(tuple(said))


def _strong(words: Words) -> Words:
    return tuple(
        Span(span.text, Voice.STRONG) if span.voice is Voice.PLAIN else span for span in words
    )


def _time(group: Rows, mark: Mark, value: object, facts: Facts) -> Words:
    when = time_words(mark, facts)
    if when:
        return (Span(when, Voice.STRUCK if mark.struck else Voice.PLAIN),)
    return leaf_words(group.leaf("at"), value, facts)


_NAMED = frozenset(
    {
        *("reason", "order_received", "read_back", "called_back_at", "follow_up"),
        *("given_by", "sign_by", "signed_on", "telephone"),
    }
)


def _joined(group: Rows, names: tuple[str, ...], value: object, facts: Facts) -> Words:
    return joined(group, names, value, facts, named=_NAMED)
