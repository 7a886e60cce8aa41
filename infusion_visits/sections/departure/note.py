"""What the note says about leaving, and the ink of nurse and patient."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from infusion_visits.core.blocks import (
    Block,
    Heading,
    InkBlock,
    Keep,
    SideBySide,
    Span,
    Voice,
    Words,
)
from infusion_visits.core.charted import answers, author_words, clock_words, leaf_words
from infusion_visits.sections.departure.fields import DEPARTURE

if TYPE_CHECKING:
    from infusion_visits.core.fields import Leaf
    from infusion_visits.patients.facts import Facts
    from infusion_visits.sections.departure.values import Departure, Leaving

_INKED = ("nurse_ink", "patient_ink", "patient_signer", "no_patient_ink", "no_patient_ink_note")
Strokes = tuple[tuple[tuple[int, int], ...], ...]


def blocks(values: Departure, facts: Facts) -> list[Block]:
    """Every answer of the departure, then the signatures side by side."""
    leaving = values.departure
    if leaving is None:
        return []
    return [
        Heading("Departure", 2),
        *answers(DEPARTURE, leaving, facts, skip=_INKED, columns=3),
        Keep((SideBySide((_nurse(leaving, facts),), (_patient(leaving, facts),), 50),)),
    ]


def strokes_of(ink: str | None) -> Strokes:
    """The strokes of a drawn signature, in thousandths of the box width; empty if it is no ink."""
    if not ink:
        return ()
    try:
        return tuple(
            tuple((int(x), int(y)) for x, y in stroke) for stroke in json.loads(ink) if stroke
        )
    except (ValueError, TypeError):
        # What was kept is no drawing; the caption still says that something was kept.
        return ()


def _nurse(leaving: Leaving, facts: Facts) -> InkBlock:
    said = _said("nurse_ink", leaving, facts)
    name = author_words(leaving.mark, facts)
    caption = _joined(_plain(name, leaving), said)
    return InkBlock(strokes_of(leaving.nurse_ink), caption, _leaf("nurse_ink").label)


def _patient(leaving: Leaving, facts: Facts) -> InkBlock:
    parts = [_said("patient_ink", leaving, facts), _said("patient_signer", leaving, facts)]
    reasons = [_said(name, leaving, facts) for name in ("no_patient_ink", "no_patient_ink_note")]
    if any(reasons):
        parts += [_plain("no signature", leaving), *reasons]
    when = clock_words(leaving.time_out, facts)
    if leaving.patient_ink and when:
        parts.append(_plain(when, leaving))
    caption = _joined(*parts) or (Span("not signed", Voice.QUIET),)
    return InkBlock(strokes_of(leaving.patient_ink), caption, _leaf("patient_ink").label)


def _said(name: str, leaving: Leaving, facts: Facts) -> Words:
    return leaf_words(_leaf(name), leaving, facts)


def _leaf(name: str) -> Leaf:
    return DEPARTURE.leaf(name)


def _plain(text: str, leaving: Leaving) -> Words:
    return (Span(text, Voice.STRUCK if leaving.mark.struck else Voice.PLAIN),) if text else ()


def _joined(*parts: Words) -> Words:
    joined: list[Span] = []
    for part in parts:
        if part and joined:
            joined.append(Span(", "))
        joined.extend(part)
    return tuple(joined)
