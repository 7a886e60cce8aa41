"""Therapies as an order meets them: what is put in, which rates, what is told (section 1)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from infusion_visits.core.cells import Row
from infusion_visits.core.marks import Mark
from infusion_visits.core.resources import load_catalogue
from infusion_visits.core.units import half_up
from infusion_visits.patients.course import course
from infusion_visits.patients.facts import LineFact
from infusion_visits.patients.order_fields import PREMEDICATION, RATE_STEP, THERAPY_ORDER
from infusion_visits.patients.order_options import INDICATIONS
from infusion_visits.patients.order_rates import steps_of
from infusion_visits.patients.order_rules import order_findings
from infusion_visits.patients.therapy.differences import OrderContext, differences
from infusion_visits.patients.therapy.filling import Chosen, dose_rows, fill
from infusion_visits.patients.therapy.first_dose import DoseHistory, count_dose
from infusion_visits.patients.therapy.library import library
from infusion_visits.patients.therapy.lines import line_fit
from infusion_visits.patients.values import Premedication, RateStep, TherapyOrder
from tests.clinical_reference.runners.catalogues import Holds, _texts
from tests.clinical_reference.runners.given import Given, kind

if TYPE_CHECKING:
    from infusion_visits.patients.therapy.filling import Filled

TODAY = date(2026, 11, 21)
ID = UUID(int=7)
_EMPTY = TherapyOrder(Mark(Row(THERAPY_ORDER.name, (ID,))))


def written(filled: Filled, **more: Any) -> TherapyOrder:
    """An order as the catalogue fills it, with what a nurse adds."""
    steps = tuple(
        RateStep(Mark(Row(RATE_STEP.name, (ID, number))), **columns)
        for number, columns in enumerate(filled.steps, 1)
    )
    given = tuple(
        Premedication(Mark(Row(PREMEDICATION.name, (ID, number))), **columns)
        for number, columns in enumerate(filled.premedications, 1)
    )
    columns = {**filled.columns, "rate_step": steps, "premedication": given, **more}
    return TherapyOrder(_EMPTY.mark, **columns)


def ordered(given: Given) -> tuple[TherapyOrder, Filled]:
    """An order begun from the catalogue, then dose, weight and the rest typed over it."""
    key = given.text("key")
    first = given.any("first")
    known: dict[str, Any] = {
        name: value
        for name, value in (
            ("indication", given.any("indication")),
            ("dose", given.maybe("dose")),
            ("dose_unit", given.any("dose_unit")),
            ("dosing_weight_kg", given.maybe("kg")),
            ("delivery", given.any("delivery")),
            ("route", given.any("route")),
            ("first_dose", first),
        )
        if value is not None
    }
    chosen = Chosen(key, given.text("product", ""), given.text("ladder", ""))
    empty = TherapyOrder(_EMPTY.mark, **known)
    filled = fill(library(), chosen, empty, DoseHistory(), TODAY)
    volume = given.maybe("volume_ml")
    more = dict(known)
    if volume is not None:
        more["volume_ml"] = volume
    return written(filled, **more), filled


@kind("therapy ordered")
def therapy_ordered(given: Given) -> dict[str, object]:
    """What an order from the catalogue says of route, dilution, dose and rate."""
    order, filled = ordered(given)
    found = library()
    dosing = found.dosing_of(given.text("key"))
    assert dosing is not None
    rows = dose_rows(dosing, order)
    steps = steps_of(order)
    walked = course(steps, order.volume_ml) if steps and order.volume_ml else None
    entry = load_catalogue("dosing")["dosing"][given.text("key")]
    ladders = [one for one in found.ladders.values() if one.therapy == given.text("key")]
    raw = [load_catalogue("ladders")["ladder"][one.key] for one in ladders]
    products = [
        load_catalogue("dosing")["product"][one.key] for one in found.products_of(given.text("key"))
    ]
    ladder = filled.ladder
    told = " ".join(_texts([entry, raw, products])).casefold().replace("\u00a0", " ")
    return {
        "routes": list(dosing.routes),
        "diluents": list(dosing.diluents),
        "volume_ml": order.volume_ml,
        "concentration": [dosing.concentration_low, dosing.concentration_high],
        "push_concentration": dosing.push_concentration,
        "unit": dosing.concentration_unit,
        "vial": [*dosing.vials],
        "low": [row.low for row in rows],
        "high": [row.high for row in rows],
        "dose_unit": sorted({row.unit for row in rows}),
        "basis": sorted({row.basis for row in rows}),
        "most": [row.most for row in rows if row.most is not None],
        "ladder": ladder.key if ladder else None,
        "ml_h": [step.ml_per_hour for step in steps],
        "minutes": walked.minutes if walked else None,
        "minutes_1": half_up(walked.minutes, 1) if walked else None,
        "over": order.over_minutes,
        "range": [ladder.limits.rate_low, ladder.limits.rate_high] if ladder else [],
        "demand": [ladder.limits.demand_low, ladder.limits.demand_high] if ladder else [],
        "lockout": [ladder.limits.lockout_low, ladder.limits.lockout_high] if ladder else [],
        "longest": ladder.limits.longest_minutes if ladder else None,
        "hours": [ladder.limits.least_hours, ladder.limits.longest_hours] if ladder else [],
        "max_ml_min": ladder.limits.max_ml_per_minute if ladder else None,
        "flush_ml": order.flush_after_ml,
        "least": dosing.least_minutes,
        "most_mg_min": dosing.most_mg_per_minute,
        "most_volume": dosing.most_volume_ml,
        "says": Holds(told),
    }


@kind("therapy safety")
def therapy_safety(given: Given) -> dict[str, object]:
    """What the catalogue asks for around a therapy."""
    key = given.text("key")
    therapy = library().therapies[key]
    fact = therapy.fact
    plain = load_catalogue("therapies")["therapy"][key]
    always = [one.medicine for one in therapy.premedications if one.when == "always"]
    return {
        "first": fact.first_observation_minutes,
        "later": fact.later_observation_minutes,
        "first_doses": fact.first_doses,
        "schedule": fact.vitals_schedule or None,
        "access": fact.access_class,
        "tissue": fact.tissue_class,
        "central": fact.central_only,
        "own_lumen": fact.dedicated_lumen,
        "filter": Holds(fact.filter.casefold()),
        "boxed": Holds(fact.boxed_warning.casefold()),
        "no_box": fact.boxed_warning == "",
        "always": Holds(" ".join(always).casefold()),
        "none_always": not always,
        "home": fact.home_eligible,
        "hazardous": fact.hazardous,
        "re_exposure_weeks": fact.re_exposure_days // 7 if fact.re_exposure_days else None,
        "says": Holds(" ".join(_texts(plain)).casefold()),
    }


@kind("indication")
def indication(given: Given) -> dict[str, object]:
    """Which of the pick-list stands for a word of the reference."""
    keys = {option.key for option in INDICATIONS}
    return {"listed": [one for one in given.texts("options") if one in keys]}


@kind("not at home")
def not_at_home(given: Given) -> dict[str, object]:
    """An order for it is stopped, and kept as a record only."""
    stops = []
    for key in given.texts("keys"):
        order = TherapyOrder(_EMPTY.mark, therapy=key, drug=key)
        said = {one.code: one for one in order_findings(order)}
        assert not library().therapies[key].fact.home_eligible
        stops.append(said["order.not_at_home"].level.value)
        assert "record only" in said["order.not_at_home"].words
    return {"level": stops}


_LINES = {
    "PIV": ("piv", False),
    "midline": ("midline", False),
    "PICC": ("picc", True),
    "tunneled": ("tunneled", True),
    "port": ("port", True),
    "PICC_not_central": ("picc", False),
    "subcut": ("subcut", False),
}


@kind("access")
def access(given: Given) -> dict[str, object]:
    """How each kind of line suits each therapy named, and how strongly a bad fit is told."""
    found = library()
    fits: dict[str, set[str]] = {}
    levels: set[str] = set()
    route = given.text("route", "IV")
    for key in given.texts("keys"):
        rule = found.access_of(found.therapies[key], route)
        for name, (kind_of, central) in _LINES.items():
            line = LineFact(ID, kind_of, name, central, None, "", ("lumen",), None)
            told = line_fit(rule, line)
            fits.setdefault(name, set()).add(told.fit.value)
        levels.add(rule.level.value)
    return {
        **{name: sorted(one) for name, one in fits.items()},
        "level": sorted(levels),
        "classes": sorted({found.therapies[key].fact.access_class for key in given.texts("keys")}),
        "tissue": [found.therapies[key].fact.tissue_class for key in given.texts("keys")],
    }


@kind("order differs")
def order_differs(given: Given) -> dict[str, object]:
    """In which fields an order differs from the catalogue."""
    order, _ = ordered(given)
    changed = {
        name: value if isinstance(value, bool | str) else Decimal(str(value))
        for name, value in given.any("typed", {}).items()
    }
    whole = TherapyOrder(
        order.mark,
        **{
            **{name: getattr(order, name) for name in order.__slots__ if name != "mark"},
            **changed,
        },
    )
    context = OrderContext(TODAY, allergies=tuple(given.texts("allergies")))
    said = differences(whole, library(), context)
    return {"fields": sorted({one.field for one in said}), "said": [one.said() for one in said]}


@kind("dose counts")
def dose_counts(given: Given) -> dict[str, object]:
    """How a dose counts some days after the last one."""
    therapy = library().therapies[given.text("key")]
    days = given.any("days_ago")
    last = None if days is None else date.fromordinal(TODAY.toordinal() - int(days))
    history = DoseHistory(int(given.any("count", 0)), last, given.text("brand", ""))
    count = count_dose(therapy.fact, history, given.text("now_brand", ""), TODAY)
    return {"state": count.state.value, "as_first": count.is_first}


@kind("site limits")
def site_limits(given: Given) -> dict[str, object]:
    """What one subcut site of a product takes."""
    product = library().dosed.products[given.text("product")]
    limit = product.site_for(given.text("indication"), first=given.yes("first"))
    assert limit is not None
    return {"ml": limit.ml, "ml_h": limit.ml_per_hour, "sites": product.most_sites}
