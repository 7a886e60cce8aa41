"""What the log has to say: who was not reached, what was ordered, what must be signed and by when.

Decision support, per agency protocol and prescriber's order.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from infusion_visits.core.cells import Cell, Row
from infusion_visits.core.clock import local_day
from infusion_visits.core.findings import Finding, Level
from infusion_visits.core.moments import show_day, show_instant
from infusion_visits.core.planned import PlannedTask
from infusion_visits.sections.communication.catalogue import times_of
from infusion_visits.sections.communication.fields import (
    COMMUNICATION,
    REACHED,
    ROLES,
    SECTION,
    VERBAL_ORDER,
)

if TYPE_CHECKING:
    from infusion_visits.core.marks import Mark
    from infusion_visits.patients.facts import Facts, NoticeFact
    from infusion_visits.sections.communication.values import Call, Communication, VerbalOrder

LABELS = {option.key: option.label for option in ROLES}
SHORT = 40
_NEVER = datetime.max.replace(tzinfo=UTC)


def findings(values: Communication, facts: Facts) -> list[Finding]:
    """All that the log of this visit has to say; struck rows say nothing."""
    found: list[Finding] = []
    for call in calls_of(values):
        found += _not_reached(call, values, facts)
        found += _not_read_back(call)
    found += _not_written(values, facts)
    for order in orders_of(values):
        found += _order(order, facts)
    for notice in facts.notices:
        found += _not_logged(notice, values, facts)
    return found


def tasks(values: Communication, facts: Facts) -> list[PlannedTask]:
    """A signature for each verbal order, a call again for each that nobody answered."""
    made = []
    for order in orders_of(values):
        due = sign_by(order, facts)
        if order.signed_on is None and due is not None:
            made.append(
                PlannedTask(
                    what=f"Signature for the verbal order: {_short(order.order_text)}",
                    assignee=order.prescriber or "",
                    due_day=due,
                    origin=f"{SECTION}/{order.mark.row.path()}",
                )
            )
    for call in calls_of(values):
        if not is_open(call, values) or call.at is None:
            continue
        whom = call.who or LABELS.get(call.role or "", "")
        made.append(
            PlannedTask(
                what=f"Call {whom} again: {_short(call.reason)}",
                due_day=local_day(call.at, facts.zone),
                origin=f"{SECTION}/{call.mark.row.path()}",
            )
        )
    return made


def calls_of(values: Communication) -> tuple[Call, ...]:
    """The calls that were not struck out, by time."""
    kept = [one for one in values.communication if one.mark.struck is None]
    return tuple(sorted(kept, key=lambda one: one.at or _NEVER))


def orders_of(values: Communication) -> tuple[VerbalOrder, ...]:
    """The verbal orders that were not struck out."""
    return tuple(one for one in values.verbal_order if one.mark.struck is None)


def sign_by(order: VerbalOrder, facts: Facts) -> date | None:
    """The day that was set, else the agency's days from when it was received."""
    if order.sign_by is not None or order.at is None:
        return order.sign_by
    days = times_of(facts).sign_within_days
    return local_day(order.at, facts.zone) + timedelta(days=days)


def is_open(call: Call, values: Communication) -> bool:
    """Nobody was reached, no call came back, and nobody of that role was reached later."""
    if call.reached in (None, REACHED) or call.called_back_at is not None:
        return False
    return not any(
        later.reached == REACHED
        and later.role == call.role
        and later.at is not None
        and call.at is not None
        and later.at > call.at
        for later in calls_of(values)
    )


def _short(words: str | None) -> str:
    said = " ".join((words or "").split())
    if len(said) <= SHORT:
        return said.rstrip(".")
    # Cut between words: a figure or a drug name broken off in the middle reads as another one.
    return f"{said[:SHORT].rpartition(' ')[0].rstrip(' ,;:(')} …"


def _about(
    code: str,
    level: Level,
    words: str,
    mark: Mark,
    field: str,
    *,
    overridable: bool = False,
    detail: str = "",
) -> Finding:
    return Finding(
        code=f"communication.{code}",
        level=level,
        words=words,
        section=SECTION,
        cell=Cell(SECTION, mark.row, field),
        overridable=overridable,
        detail=detail,
        at=mark.at,
        subject=mark.row.path(),
    )


def _not_reached(call: Call, values: Communication, facts: Facts) -> list[Finding]:
    if not is_open(call, values):
        return []
    whom = call.who or LABELS.get(call.role or "", "Nobody").capitalize()
    minutes = times_of(facts).call_again_minutes
    waits = call.at is not None and facts.now - call.at > timedelta(minutes=minutes)
    since = f" since {show_instant(call.at, facts.zone, beside=facts.now)}" if call.at else ""
    words = f"{whom} not reached{since}: call again, or say what follows."
    level = Level.STOP if waits and not call.follow_up else Level.ADVICE
    return [_about("not-reached", level, words, call.mark, "follow_up", overridable=True)]


def _not_read_back(call: Call) -> list[Finding]:
    if not call.order_received or call.read_back:
        return []
    words = "An order was received: read it back and say so."
    return [_about("not-read-back", Level.STOP, words, call.mark, "read_back", overridable=True)]


def _not_written(values: Communication, facts: Facts) -> list[Finding]:
    """Each order that came by word of mouth is written down with receiver and sign-by date."""
    calls = [call for call in calls_of(values) if call.order_received]
    told = [words for notice in facts.notices for words in notice.orders]
    # An order that was charted at its complication and in the log is one order.
    about = {call.complication_id for call in calls if call.complication_id is not None}
    twice = sum(len(one.orders) for one in facts.notices if one.complication in about)
    wanted = len(calls) + len(told) - min(twice, len(calls))
    lacking = wanted - len(orders_of(values))
    if lacking <= 0:
        return []
    few = "One order" if lacking == 1 else f"{lacking} orders"
    words = f"{few} received by word of mouth and not written down here word for word."
    return [
        Finding(
            code="communication.order-not-written",
            level=Level.STOP,
            words=words,
            section=SECTION,
            cell=Cell(SECTION, Row(VERBAL_ORDER.name), "at"),
            overridable=True,
            detail=told[-1] if told else "",
        )
    ]


def _order(order: VerbalOrder, facts: Facts) -> list[Finding]:
    found = []
    if order.read_back is False:
        words = "Verbal order not read back: call again before it is followed."
        found.append(
            _about("order-not-read-back", Level.STOP, words, order.mark, "read_back",
                   overridable=True)
        )  # fmt: skip
    due = sign_by(order, facts)
    if due is None or order.signed_on is not None:
        return found
    times = times_of(facts)
    today = local_day(facts.now, facts.zone)
    if due < today:
        words = f"Verbal order not signed by the prescriber; it was due on {show_day(due)}."
        found.append(_about("order-unsigned", Level.ALERT, words, order.mark, "signed_on"))
    else:
        confirm = " (agency to confirm)" if times.unsure and order.sign_by is None else ""
        words = f"To be signed by the prescriber by {show_day(due)}{confirm}."
        found.append(_about("order-sign-by", Level.ADVICE, words, order.mark, "sign_by"))
    return found


def _not_logged(notice: NoticeFact, values: Communication, facts: Facts) -> list[Finding]:
    """Somebody had to be told of a complication, and neither its steps nor the log say so."""
    if not notice.roles or notice.told is not None:
        return []
    if any(
        call.role in notice.roles
        and call.reached == REACHED
        and call.at is not None
        and call.at >= notice.since
        for call in calls_of(values)
    ):
        words = f"{notice.words}: the call stands in the log; Alt L at the complication takes it."
    else:
        whom = " or ".join(LABELS.get(role, role) for role in notice.roles)
        until = ""
        if notice.deadline is not None:
            until = f" by {show_instant(notice.deadline, facts.zone, beside=facts.now)}"
        words = f"{notice.words}: {whom} to be told{until}, per agency protocol."
    return [
        Finding(
            code="communication.notice",
            level=Level.ADVICE,
            words=words,
            section=SECTION,
            cell=Cell(SECTION, Row(COMMUNICATION.name), "at"),
            subject=str(notice.complication),
        )
    ]
