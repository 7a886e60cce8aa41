"""An infusion lived through by its acts, as they are charted: state, volume, next step, end
(sections 1.8, 8.5, 8.6, 8.13)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from infusion_visits.core.cells import Row
from infusion_visits.core.clock import local
from infusion_visits.core.marks import Mark
from infusion_visits.sections.infusion.figures import figures_for
from infusion_visits.sections.infusion.ladder import shown_end
from infusion_visits.sections.infusion.reconcile import reconciled
from infusion_visits.sections.infusion.summary import summary_of
from infusion_visits.sections.infusion.values import InfusionEvent, InfusionGiven
from tests.clinical_reference.runners.given import Given, kind
from tests.clinical_reference.runners.ladders import steps_given
from tests.sections.infusion.making import an_order

if TYPE_CHECKING:
    from infusion_visits.patients.facts import OrderFact

_ZONE = "America/New_York"
_DAY = datetime(2026, 11, 21, 5, 0, tzinfo=UTC)


def _at(text: str) -> datetime:
    hours, minutes = text.split(":")
    return _DAY + timedelta(hours=int(hours), minutes=int(minutes))


def _clock(moment: datetime | None) -> str:
    return "none" if moment is None else f"{local(moment, _ZONE):%H:%M:%S}"


def _event(number: int, said: list[Any]) -> InfusionEvent:
    at, act, *more = said
    mark = Mark(Row("infusion_event", (1, number)), at=_at(at), entered_at=_at(at))
    rate = Decimal(more[0]) if more else None
    ladder = more[1] if len(more) > 1 else None
    return InfusionEvent(mark, at=_at(at), kind=act, rate=rate, ladder=ladder)


def _order(given: Given) -> OrderFact:
    return an_order(volume_ml=given.figure("volume_ml"), steps=steps_given(given.any("steps", [])))


@kind("planned clock")
def planned_clock(given: Given) -> dict[str, object]:
    """The acts `[time, act, rate, ladder]` looked at `now`."""
    events = tuple(_event(n, said) for n, said in enumerate(given.any("acts"), 1))
    one = InfusionGiven(Mark(Row("infusion", (1,))), method="pump", infusion_event=events)
    summary = summary_of(one, _order(given), _at(given.text("now")))
    end = summary.planned_end
    return {
        "given_ml": summary.given_ml,
        "remaining_ml": summary.remaining_ml,
        "first_end": _clock(summary.timetable.first_end),
        "end": _clock(end + timedelta(microseconds=500_000) if end else None),
        "shown_end": f"{local(shown_end(end), _ZONE):%H:%M}" if end else "none",
        "next": _clock(summary.next_step.due if summary.next_step else None),
        "due": [_clock(step.due) for step in summary.timetable.steps if step.due],
    }


@kind("residual of an infusion")
def residual_of_an_infusion(given: Given) -> dict[str, object]:
    """Started, stopped, and what was left in the bag: through the acts of a real infusion."""
    start = _at("9:00")
    stop = start + timedelta(minutes=float(given.figure("hours")) * 60)
    rows = (
        ("start", start, given.figure("rate"), None),
        ("stop", stop, None, given.figure("left")),
    )
    events = tuple(
        InfusionEvent(
            Mark(Row("infusion_event", (1, number)), at=at, entered_at=at),
            at=at,
            kind=act,
            rate=rate,
            remaining_ml=left,
        )
        for number, (act, at, rate, left) in enumerate(rows, 1)
    )
    one = InfusionGiven(
        Mark(Row("infusion", (1,))),
        method=given.text("method", "pump"),
        prepared_ml=given.figure("start_ml"),
        infusion_event=events,
    )
    summary = summary_of(one, an_order(steps=(), volume_ml=one.prepared_ml), stop)
    found = reconciled(one, summary, figures_for().tolerance_percent(one), stop)
    assert found is not None
    percent = Decimal(found.percent.numerator) / Decimal(found.percent.denominator)
    return {
        "delivered": summary.given_ml,
        "expected": summary.calculated_ml,
        "percent": round(percent, 1) + 0,
        "alarm": not found.within,
    }
