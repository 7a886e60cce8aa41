"""Puts a note that was made ready into the middle column."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from infusion_visits.core.moments import show_instant
from infusion_visits.exchange.verdict import Point, VerdictKind
from infusion_visits.review.panel.inbox_words import decided_words
from infusion_visits.visits.note_state import NoteState, newest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from infusion_visits.review.inbox_line import InboxLine
    from infusion_visits.review.panel.note_column import NoteColumn
    from infusion_visits.review.panel.shelf import Ready
    from infusion_visits.review.queries import Received

_HERE = "Signed on this laptop, in this record; no file came from elsewhere."
_CALM = {VerdictKind.EARLIER, VerdictKind.DRAFT, VerdictKind.UNSIGNED, VerdictKind.FOREIGN}


def show_ready(
    column: NoteColumn, line: InboxLine, ready: Ready, zone: str, *, compares: bool
) -> None:
    """Shows it; `compares` is what came first beside what came back instead of the record."""
    received, shown = ready.received, ready.reading
    words, ink, points = said(received)
    column.verdict.show_verdict(words, ink, points)
    if shown is not None:
        nurse = f" · {line.nurse}" if line.nurse else ""
        column.show_head(shown.header.name, f"{shown.header.when}{nurse}")
    else:
        when = show_instant(line.received_at, zone) if line.received_at else ""
        column.show_head(line.file_name or "A file", f"came {when}" if when else "")
    pinned, whole = asked(received)
    column.show_asked_of_all(whole)
    if shown is None:
        column.paper.show_note((), (), {})
    elif compares:
        column.paper.show_note(*ready.difference, {})
    else:
        column.paper.show_note(shown.blocks, shown.sections, pinned)
    column.show_decided(decided_words(received, zone))


def said(received: Received) -> tuple[str, str, Sequence[Point]]:
    """What checking said: the words, their ink, and the points."""
    plain: Mapping[str, Any] = received.verdict
    if not plain:
        return (received.told or _HERE), ("ok" if received.note is not None else "warn"), ()
    points = tuple(
        Point(str(one.get("key", "")), one.get("holds"), str(one.get("words", "")))
        for one in plain.get("points", ())
    )
    if received.note is not None:
        ink = "ok"
    else:
        ink = "warn" if plain.get("good") or plain.get("kind") in _CALM else "danger"
    words = str(plain.get("words", "")) or received.told
    if received.note is None and received.told and received.told != words:
        words = f"{received.told} {words}"
    return words, ink, points


def asked(received: Received) -> tuple[dict[str, list[str]], list[str]]:
    """Questions by the path of their cell, and those to the whole note: pending ones and sent."""
    pinned: dict[str, list[str]] = defaultdict(list)
    whole: list[str] = []
    pending, last = received.pending, newest(received.answers)
    sent = last.questions if last is not None and last.state is NoteState.RETURNED else ()
    said = [(one.cell, one.words) for one in sent]
    said += [(one.cell, one.words) for one in (pending.questions if pending else ())]
    for cell, words in said:
        if cell:
            pinned[cell].append(words)
        else:
            whole.append(words)
    return pinned, whole
