"""Calls and verbal orders as FHIR: one Communication for each, a ServiceRequest for an order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infusion_visits.core.charted import leaf_text
from infusion_visits.core.fhir import (
    Piece,
    author_of,
    concept,
    link,
    linked,
    note,
    own,
    resource,
    standing,
    words_of,
)
from infusion_visits.sections.communication.fields import COMMUNICATION, VERBAL_ORDER

if TYPE_CHECKING:
    from infusion_visits.core.refs import Refs
    from infusion_visits.patients.facts import Facts
    from infusion_visits.sections.communication.values import (
        Call,
        Communication,
        VerbalOrder,
    )

_TO_US = frozenset({"in", "message_in"})
_SAID = frozenset({"at", "said", "answer", "reason", "who", "role", "organisation"})


def to_fhir(values: Communication, facts: Facts, refs: Refs) -> list[Piece]:
    """The log of one visit."""
    return [
        *(_call(one, facts, refs) for one in standing(values.communication)),
        *(_order(one, facts, refs) for one in standing(values.verbal_order)),
    ]


def _call(one: Call, facts: Facts, refs: Refs) -> Piece:
    role = leaf_text(COMMUNICATION.leaf("role"), one, facts)
    who = ", ".join(part for part in (one.who, role, one.organisation) if part)
    other = {"display": who} if who else None
    we = author_of(one.mark, refs)
    came = one.direction in _TO_US
    about = linked(refs, one.complication_id)
    missed = one.reached == "no_answer"
    reached = leaf_text(COMMUNICATION.leaf("reached"), one, facts)
    how = leaf_text(COMMUNICATION.leaf("direction"), one, facts)
    payload = (one.said, f"Answer: {one.answer}" if one.answer else None)
    return resource(
        "Communication",
        refs.made(one.mark.row.path()),
        status="not-done" if missed else "completed",
        statusReason=concept(reached) if missed else None,
        medium=[concept(how, own("communication.direction", one.direction or ""))] if how else [],
        subject=link(refs.patient),
        about=[about] if about else [],
        encounter=link(refs.visit),
        sent=refs.time_of(one.mark),
        recipient=[found for found in (we if came else other,) if found],
        sender=other if came else we,
        reasonCode=[concept(one.reason)] if one.reason else [],
        payload=[{"contentString": words} for words in payload if words],
        note=note(words_of(COMMUNICATION, one, facts, skip=_SAID)),
    )


def _order(one: VerbalOrder, facts: Facts, refs: Refs) -> Piece:
    said = frozenset({"at", "order_text", "prescriber"})
    return resource(
        "ServiceRequest",
        refs.made(one.mark.row.path()),
        status="active",
        intent="order",
        category=[concept("Verbal order", own("order", "verbal"))],
        code=concept(one.order_text or "order without words"),
        subject=link(refs.patient),
        encounter=link(refs.visit),
        authoredOn=refs.time_of(one.mark),
        requester={"display": one.prescriber} if one.prescriber else None,
        note=note(words_of(VERBAL_ORDER, one, facts, skip=said)),
    )
