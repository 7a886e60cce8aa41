"""Lines: what is asked of each kind, what falls due, what is found (sections 2, 7.11 and 11)."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, get_type_hints

from infusion_visits.core.clock import instant_of, local_day
from infusion_visits.patients.facts import CareFact, Facts, LineFact
from infusion_visits.sections.devices.fields import ACCESS_DEVICE, ROWS
from infusion_visits.sections.devices.rules import findings
from infusion_visits.sections.devices.rules.declot import Dose, dose_for
from infusion_visits.sections.devices.rules.due import due_care
from infusion_visits.sections.devices.rules.fact import line_facts
from infusion_visits.sections.devices.rules.limits import default_limits
from infusion_visits.sections.devices.rules.lumens import occlusion
from infusion_visits.sections.devices.rules.needed import asked_items, needed_items
from infusion_visits.sections.devices.rules.removal import follow_up
from infusion_visits.sections.devices.rules.tips import length_change, moved
from infusion_visits.sections.devices.values import (
    AccessDevice,
    DeviceCare,
    DeviceCheck,
    Devices,
    LumenCheck,
    TipConfirmation,
)
from tests.clinical_reference.runners.given import Given, kind
from tests.sections.devices.made_lines import NOW, ZONE, at, facts, mark, picc

if TYPE_CHECKING:
    from collections.abc import Mapping

LINE = picc().id


@kind("line kind")
def line_kind(given: Given) -> dict[str, object]:
    """What the form asks of a kind of line when it is placed, and whether it may be infused."""
    name = given.text("line")
    asked = {
        leaf.name
        for leaf in ACCESS_DEVICE.leaves
        if leaf.shown is None or leaf.shown.field != "kind" or name in leaf.shown.among
    }
    recorded = default_limits().at_insertion[name]
    (fact,) = line_facts(Devices((_line({"kind": name, "tip": None}),)), ZONE)
    return {
        "central": fact.central,
        "for_infusion": fact.for_infusion,
        "asks": set(given.texts("asks")) <= asked,
        "records": set(given.texts("records")) <= set(recorded),
        "asks_none_of": not set(given.texts("asks_none_of")) & asked,
    }


@kind("line check")
def line_check(given: Given) -> dict[str, object]:
    """Whether a check asks these items of the kinds, and of which of them it needs an answer."""
    items = given.texts("items")
    kinds = given.texts("kinds")
    without = given.texts("not_kinds")
    needle = given.yes("needle_in", default=True)
    return {
        "asked": all(set(items) <= set(asked_items(one, needle)) for one in kinds),
        "not_asked": all(not set(items) & set(asked_items(one, needle)) for one in without),
        "needed": all(set(items) <= set(needed_items(one, needle)) for one in kinds),
    }


@kind("flush template")
def flush_template(given: Given) -> dict[str, object]:
    """What stands in one row of the flush templates."""
    found = next(one for one in default_limits().flushes if one.key == given.text("key"))
    locks = [
        (one.agent, *([] if one.units_per_ml is None else [one.units_per_ml]), *(one.ml or ()))
        for one in found.locks
    ]
    return {
        "before_after": list(found.before_after_ml or ()),
        "after_draw": list(found.after_draw_ml or ()),
        "locks": [" ".join(f"{part}" for part in lock) for lock in locks],
        "idle_hours": list(found.idle_hours or ()),
        "idle_days": list(found.idle_days or ()),
        "unsure": found.unsure,
    }


@kind("care due")
def care_is_due(given: Given) -> dict[str, object]:
    """What falls due when this care was done, `days` or `hours` later; the line is as given."""
    done = given.instant("done", ZONE) if given.has("done") else at(9)
    device = _line(given.any("line", {}))
    cares = [CareFact(LINE, what, done, given.text("detail", "")) for what in given.texts("care")]
    seen = given.any("seen", {})
    cares += [CareFact(LINE, what, done + timedelta(days=1), f"{seen[what]}") for what in seen]
    found = due_care(device, cares, local_day(done, ZONE), default_limits(), now=done, zone=ZONE)
    due = {one.task: one for one in found}.get(given.text("task"))
    if due is None:
        return {"days": None, "hours": None, "state": None}
    day, start = due.day(ZONE), local_day(done, ZONE)
    hours = (due.due_at - done).total_seconds() / 3600 if due.due_at else None
    early = (due.not_before - done).total_seconds() / 3600 if due.not_before else None
    return {
        "days": None if day is None else (day - start).days,
        "on": None if day is None else day.isoformat(),
        "hours": None if hours is None else Decimal(str(hours)),
        "not_before_hours": None if early is None else Decimal(str(early)),
        "state": str(due.state),
        "why": due.why,
        "unsure": due.unsure,
    }


@kind("occlusion")
def blocked(given: Given) -> dict[str, object]:
    """How far a lumen is blocked."""
    found = occlusion(given.text("line", "picc"), given.text("flush"), given.any("blood_return"))
    return {"degree": found.value if found else None}


@kind("alteplase dose")
def alteplase(given: Given) -> dict[str, object]:
    """The dose for a weight and a lumen, and when to look."""
    rule = default_limits().alteplase
    found = dose_for(given.maybe("kg"), given.maybe("lumen_ml"), rule)
    return {
        "mg": found.mg if isinstance(found, Dose) else None,
        "ml": found.ml if isinstance(found, Dose) else None,
        "looks": [rule.first_look_minutes, rule.second_look_minutes],
        "total_mg": rule.full_dose_mg * rule.doses_at_most,
        "waste_ml": list(rule.waste_ml),
    }


@kind("line moved")
def line_moved(given: Given) -> dict[str, object]:
    """A catheter whose external length was seen `now`, its tip confirmed before or after."""
    base = given.maybe("baseline")
    confirmed = tuple(
        TipConfirmation(
            mark("tip_confirmation", LINE, number),
            confirmed_on=local_day(NOW, ZONE) + timedelta(days=int(one.get("days_later", 0))),
            tip=one["tip"],
            method="chest_xray",
            external_length_cm=_decimal(one.get("external")),
        )
        for number, one in enumerate(given.any("confirmed", []), 1)
    )
    device = replace(picc(external_length_cm=base), tip_confirmation=confirmed)
    if given.has("tip"):
        device = replace(device, tip=given.text("tip"))
    now = given.figure("now")
    before = (CareFact(LINE, "length_seen", NOW, f"{now}"),)
    (fact,) = line_facts(Devices((device,)), ZONE, before=before, today=local_day(NOW, ZONE))
    limit = default_limits().of("external_out_cm")
    return {
        "change": length_change(device, now, limit).shown.replace("\u00a0cm", ""),
        "alerts": moved(device, before, ZONE, limit) is not None,
        "central": fact.central,
    }


@kind("line finding")
def line_finding(given: Given) -> dict[str, object]:
    """The level at which a rule speaks of a line, check, lumen and care as given; None: silent."""
    device = _line(given.any("line", {}))
    values = Devices((device,), _checks(given), _cares(given))
    found = findings(values, _facts(given))
    wanted = f"devices.{given.text('code')}"
    mine = [one for one in found if one.code == wanted]
    guidance = [one.words for one in found if one.code == f"{wanted}_guidance"]
    return {
        "level": str(mine[0].level) if mine else None,
        "words": mine[0].words if mine else None,
        "gate": str(mine[0].gate) if mine else None,
        "overridable": mine[0].overridable if mine else None,
        "guidance": guidance[0] if guidance else None,
    }


@kind("line fact")
def fact_of_line(given: Given) -> dict[str, object]:
    """What other sections are told of a line."""
    device = _line(given.any("line", {}))
    values = Devices((device,), _checks(given), _cares(given))
    today = local_day(NOW, ZONE) + timedelta(days=int(given.any("days_later", 0)))
    (fact,) = line_facts(values, ZONE, today=today)
    return _told(fact)


def _told(fact: LineFact) -> dict[str, object]:
    return {
        "central": fact.central,
        "for_infusion": fact.for_infusion,
        "status": str(fact.status),
        "accessed": fact.accessed,
        "dwell_days": fact.dwell_days,
        "needle_days": fact.needle_days,
        "why_not": fact.why_not,
    }


@kind("line task")
def line_task(given: Given) -> dict[str, object]:
    """What the line leaves to be done, and in how many days."""
    device = _line(given.any("line", {}))
    told = _facts(given)
    made = follow_up(Devices((device,), _checks(given)), told)
    today = local_day(told.now, ZONE)
    return {
        "tasks": [one.what for one in made],
        "days": [(one.due_day - today).days for one in made if one.due_day],
    }


def _line(plain: Mapping[str, Any]) -> AccessDevice:
    return replace(picc(), **_values(AccessDevice, plain))


def _checks(given: Given) -> tuple[DeviceCheck, ...]:
    if not given.has("check") and not given.has("lumen"):
        return ()
    plain = _values(DeviceCheck, given.any("check", {}))
    rows: tuple[LumenCheck, ...] = ()
    if given.has("lumen"):
        said = _values(LumenCheck, given.any("lumen"))
        rows = (LumenCheck(mark("lumen_check", LINE, 1), **said),)
    made = DeviceCheck(
        mark("device_check", LINE, when=at(9, 4)), device_id=LINE, checked_at=at(9, 4)
    )
    return (replace(made, lumen_check=rows, **plain),)


def _cares(given: Given) -> tuple[DeviceCare, ...]:
    return tuple(
        replace(
            DeviceCare(
                mark("device_care", number, when=at(9, number)),
                device_id=LINE,
                done_at=at(9, number),
                tolerated="well",
            ),
            **_values(DeviceCare, one),
        )
        for number, one in enumerate(given.any("care", []), 1)
    )


def _facts(given: Given) -> Facts:
    told = dict(given.any("facts", {}))
    before = tuple(
        CareFact(LINE, one["what"], at(9) - timedelta(hours=int(one["hours_ago"])), one["detail"])
        for one in told.pop("care_before", [])
    )
    return facts(care_before=before, **{name: _plain(value) for name, value in told.items()})


def _values(type_: type[Any], plain: Mapping[str, Any]) -> dict[str, Any]:
    """TOML values as the row keeps them: figures as Decimal, lists as tuples, times as instants."""
    known = {part.name for part in fields(type_)}
    hints = get_type_hints(type_)
    made: dict[str, Any] = {}
    for name, value in plain.items():
        if name not in known:
            raise KeyError(name)
        made[name] = value
        if value == "none" and hints[name] not in {str | None, tuple[str, ...] | None}:
            made[name] = None
        elif isinstance(value, list):
            made[name] = tuple(value)
        elif isinstance(value, datetime):
            made[name] = instant_of(value, ZONE)
        elif hints[name] == Decimal | None and not isinstance(value, date):
            made[name] = Decimal(str(value))
    return made


def _plain(value: Any) -> Any:
    return Decimal(str(value)) if isinstance(value, int | float) else value


def _decimal(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))


@kind("line row")
def line_row(given: Given) -> dict[str, object]:
    """Which fields of a group must be answered, where they are asked at all."""
    group = next(one for one in ROWS if one.name == given.text("group"))
    return {"required": [leaf.name for leaf in group.leaves if leaf.required]}
