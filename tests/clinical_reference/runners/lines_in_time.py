"""Catheter days, pump residual, outer length, next due (sections 8.12 to 8.15, 11.1, 11.2)."""

from __future__ import annotations

from datetime import timedelta

from infusion_visits.core.calculations.catheter_days import (
    Days,
    catheter_days,
    per_thousand_days,
)
from infusion_visits.core.calculations.constants import CATALOGUE, read_constants
from infusion_visits.core.calculations.exact import half_up
from infusion_visits.core.calculations.external_length import change, inner_length
from infusion_visits.core.calculations.next_due import due_after_days, due_after_hours
from infusion_visits.core.calculations.pump_residual import residual, variance_percent
from infusion_visits.core.calculations.quantities import (
    Centimetres,
    Hours,
    Millilitres,
    MlPerHour,
)
from infusion_visits.core.clock import local
from infusion_visits.core.resources import load_catalogue
from tests.clinical_reference.runners.given import Given, kind

_ZONE = "America/New_York"


@kind("catheter days")
def days(given: Given) -> dict[str, object]:
    last = given.day("removed") if given.has("removed") else None
    placed = Days(given.day("inserted"), last)
    if given.has("report_from"):
        report = Days(given.day("report_from"), given.day("report_to"))
    else:
        report = placed
    away = []
    if given.has("away_from"):
        away = [Days(given.day("away_from"), given.day("away_to"))]
    made = catheter_days(placed, report, away=away)
    return {"days": made.value, "shown": made.shown, "counting": str(made.counting)}


@kind("events per 1,000 days")
def events(given: Given) -> dict[str, object]:
    made = per_thousand_days(given.whole("events"), given.whole("days"))
    return {"shown": made.shown, "few_days": made.few_days}


@kind("pump residual")
def pump(given: Given) -> dict[str, object]:
    tolerance = read_constants(load_catalogue(CATALOGUE)).tolerances[given.text("pump", "pump")]
    made = residual(
        Millilitres(given.figure("start")),
        Millilitres(given.figure("left")),
        MlPerHour(given.figure("rate")),
        Hours(given.figure("hours")),
        priming=Millilitres(given.maybe("priming") or 0),
        tolerance_percent=tolerance,
    )
    return {
        "delivered": made.delivered.rounded,
        "expected": made.expected.rounded,
        "percent": half_up(made.value, 1),
        "within": made.within,
    }


@kind("volume variance")
def variance(given: Given) -> dict[str, object]:
    made = variance_percent(
        Millilitres(given.figure("actual")), Millilitres(given.figure("calculated"))
    )
    return {"percent": made.rounded}


@kind("outer length")
def outer(given: Given) -> dict[str, object]:
    baseline = given.maybe("baseline")
    made = change(
        None if baseline is None else Centimetres(baseline), Centimetres(given.figure("now"))
    )
    return {
        "change": made.shown.replace("\u00a0cm", ""),
        "alerts": made.movement.alerts,
        "value": made.value,
    }


@kind("inner length")
def inner(given: Given) -> dict[str, object]:
    made = inner_length(Centimetres(given.figure("trimmed")), Centimetres(given.figure("outer")))
    return {"cm": made.value}


@kind("due after days")
def after_days(given: Given) -> dict[str, object]:
    made = due_after_days(given.day("done"), given.whole("days"))
    today = given.day("today") if given.has("today") else made.value
    return {"due": made.value.isoformat(), "state": str(made.state(today))}


@kind("due after hours")
def after_hours(given: Given) -> dict[str, object]:
    made = due_after_hours(given.instant("done"), given.whole("hours"), _ZONE)
    return {"due": f"{local(made.value, _ZONE):%Y-%m-%d %H:%M %Z}"}


@kind("elapsed minutes")
def elapsed(given: Given) -> dict[str, object]:
    end = given.instant("start") + timedelta(minutes=given.whole("minutes"))
    return {"end": f"{local(end, _ZONE):%H:%M %Z}"}
