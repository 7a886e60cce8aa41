"""How figures, drugs and allergies are shown, and what is never written (section 10)."""

from __future__ import annotations

import re
import tomllib
from datetime import datetime
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from infusion_visits.core.cells import Row
from infusion_visits.core.clock import instant_of
from infusion_visits.core.fields import Choice, Number, Sense
from infusion_visits.core.marks import Mark
from infusion_visits.core.resources import resources_folder
from infusion_visits.core.units import MILLILITRE, NBSP, with_unit
from infusion_visits.notes.wording import stamp
from infusion_visits.patients.facts import AllergyState
from infusion_visits.patients.order_options import DOSE_UNITS, ROUTES
from infusion_visits.patients.order_rules import order_words
from infusion_visits.patients.rules import allergy_line, weight_words
from infusion_visits.patients.values import RateStep, TherapyOrder, WeightTaken
from infusion_visits.sections.devices.options import NORMAL
from infusion_visits.sections.stores import STORES
from tests.architecture.tree import CHECKOUT, spoken_strings
from tests.clinical_reference.runners.given import Given, kind

if TYPE_CHECKING:
    from collections.abc import Iterator

_ID = UUID("01938d2a-0000-7000-8000-0000000000bb")
# Keys of catalogues that the program reads and nobody is shown.
_NOT_SHOWN = frozenset({"source", "mark", "key", "vitals_schedule", "ask", "amber", "red"})
_SHOWN_FLOORS = ("notes", "sections", "visits", "patients", "chart", "today", "app", "widgets")


@kind("dose as shown")
def dose(given: Given) -> dict[str, object]:
    shown = with_unit(Decimal(given.text("figure")), given.text("unit"))
    return {"shown": shown, "no_line_break": NBSP in shown and " " not in shown}


@kind("volume as typed")
def volume(given: Given) -> dict[str, object]:
    leaf = Number(name="volume", label="Volume", units=(MILLILITRE,), decimals=1)
    sense = Sense(datetime.fromisoformat("2026-11-21T14:00:00+00:00"), "UTC", {})
    columns = leaf.parse(given.text("typed"), sense)
    assert isinstance(columns, dict)
    return {"shown": leaf.words(columns, sense)}


@kind("never written")
def never(given: Given) -> dict[str, object]:
    """Which of the texts that can be shown (of catalogues and of the program) hold a pattern."""
    pattern = re.compile(given.text("pattern"))
    return {"found": [text for text in _shown_texts() if pattern.search(text)]}


@cache
def _shown_texts() -> tuple[str, ...]:
    found: list[str] = []
    for file in sorted((resources_folder() / "clinical").glob("*.toml")):
        found += _texts_of(tomllib.loads(file.read_text("utf-8")))
    for floor in _SHOWN_FLOORS:
        for file in sorted((CHECKOUT / "infusion_visits" / floor).rglob("*.py")):
            if file.name != "fhir.py":
                found += spoken_strings(file)
    return tuple(found)


def _texts_of(plain: Any) -> Iterator[str]:
    if isinstance(plain, dict):
        for key, value in plain.items():
            if key not in _NOT_SHOWN:
                yield from _texts_of(value)
    elif isinstance(plain, list):
        for value in plain:
            yield from _texts_of(value)
    elif isinstance(plain, str):
        yield plain


@kind("choices")
def choices(given: Given) -> dict[str, object]:
    """The words of a choice: `routes`, `dose units`, or a field as `section/group/field`."""
    name = given.text("of")
    if name in {"routes", "dose units"}:
        options = ROUTES if name == "routes" else DOSE_UNITS
        return {"labels": [one.label for one in options]}
    section, group, field = name.split("/")
    leaf = STORES[section].group(group).rows.leaf(field)
    assert isinstance(leaf, Choice)
    return {"labels": [one.label for one in leaf.options]}


@kind("order on one line")
def order_line(given: Given) -> dict[str, object]:
    rate = RateStep(
        Mark(Row("rate_step", (_ID, 1))),
        given.figure("rate"),
        "mL/h",
        None,
        until_complete=True,
    )
    order = TherapyOrder(
        Mark(Row("therapy_order", (_ID,))),
        drug=given.text("drug"),
        brand=given.text("brand", "") or None,
        dose=given.figure("dose"),
        dose_unit="mg",
        volume_ml=Decimal(250),
        route=given.text("route"),
        delivery="pump",
        rate_step=(rate,),
    )
    said = order_words(order)
    return {"said": said, "lines": len(said.splitlines())}


@kind("time as shown")
def time(given: Given) -> dict[str, object]:
    wall, zone = given.any("wall"), given.text("zone")
    return {"shown": stamp(instant_of(wall, zone), zone)}


@kind("allergies as shown")
def allergies(given: Given) -> dict[str, object]:
    state = AllergyState(given.text("state"))
    return {"shown": allergy_line(state, tuple(given.texts("substances")))}


@kind("weight as shown")
def weight(given: Given) -> dict[str, object]:
    taken = WeightTaken(
        Mark(Row("weight", (_ID, 1))), given.figure("kg"), given.day("day"), as_received="180.8 lb"
    )
    shown = weight_words(taken)
    return {"shown": shown, "metric_only": "lb" not in shown}


@kind("a site without signs")
def site(given: Given) -> dict[str, object]:
    leaf = STORES["devices"].group("device_check").rows.leaf(given.text("field"))
    assert isinstance(leaf, Choice)
    option = leaf.option(NORMAL)
    assert option is not None
    return {"explicit": given.text("says") in option.label}
