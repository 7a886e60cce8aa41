"""Rows that ask for something to be written down: the field is there, and how it is asked."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from infusion_visits.core.cells import Row
from infusion_visits.core.fields import Choice, Many
from infusion_visits.core.findings import Level
from infusion_visits.core.kinds import VisitKind, VisitStatus
from infusion_visits.core.marks import Mark
from infusion_visits.core.resources import load_catalogue
from infusion_visits.patients.line_order_rules import lacks
from infusion_visits.patients.order_rules import order_findings
from infusion_visits.patients.values import LineOrder, TherapyOrder
from infusion_visits.sections.screening.rules import questions_in_force
from infusion_visits.visits.facts import facts_of
from infusion_visits.visits.rules.follow_up import planned_tasks
from infusion_visits.visits.rules.required_contents import (
    CATALOGUE,
    Held,
    leaf_of,
    read_required_contents,
)
from tests.clinical_reference.runners.given import Given, kind
from tests.clinical_reference.runners.visit_kinds import NOW, empty_visit

if TYPE_CHECKING:
    from infusion_visits.core.fields import Leaf


def leaf_at(address: str) -> Leaf:
    """The field at `section/group/field`. Raises KeyError where there is none."""
    section, group, field = address.split("/")
    leaf = leaf_of(Held(section, group, field))
    if leaf is None:
        raise KeyError(address)
    return leaf


@kind("fields asked")
def fields_asked(given: Given) -> dict[str, object]:
    """Whether each field is required, wherever it is shown; and the labels of one's options."""
    leaves = [leaf_at(address) for address in given.texts("at")]
    first = leaves[0]
    options = [one.label for one in first.options] if isinstance(first, Choice | Many) else []
    return {
        "required": [bool(leaf.required) for leaf in leaves],
        "there": [True for _ in leaves],
        "options": options,
    }


@kind("screening action")
def screening_action(given: Given) -> dict[str, object]:
    """What a yes asks before a biologic, and before an antibiotic."""
    question = questions_in_force()[given.text("question")]
    return {
        "biologic": question.for_drug("", ("biologic",))[0].value,
        "antibiotic": question.for_drug("", ("antibiotic",))[0].value,
        "stops_start": question.for_drug("", ("biologic",))[0].value not in
        {"note", "reconcile", "advise"},
    }  # fmt: skip


@kind("required content")
def required_content(given: Given) -> dict[str, object]:
    """A row of the table of required contents: its heading in the note, its fields."""
    rows = read_required_contents(load_catalogue(CATALOGUE))
    row = next(one for one in rows if one.key == given.text("content"))
    fields = [f"{held.section}/{held.group}/{held.field}" for held in row.held]
    return {"heading": row.heading, "has": [one in fields for one in given.texts("fields")]}


@kind("visit status")
def visit_status(given: Given) -> dict[str, object]:
    """The words for a visit's state."""
    return {"known": given.text("status") in {status.value for status in VisitStatus}}


@kind("order lacks")
def order_lacks(given: Given) -> dict[str, object]:
    """The stops that keep an order with these values from use."""
    mark = Mark(Row("therapy_order", (UUID(int=1),)))
    values = {key: _value(value) for key, value in given.any("fields", {}).items()}
    found = order_findings(TherapyOrder(mark, **values))
    return {"codes": sorted({one.code for one in found if one.level is Level.STOP})}


@kind("line order lacks")
def line_order_lacks(given: Given) -> dict[str, object]:
    """What an order for a line with these values does not say."""
    values = {key: _value(value) for key, value in given.any("fields", {}).items()}
    order = LineOrder(Mark(Row("line_order", (1,))), **values)
    return {"lacks": list(lacks(order))}


@kind("tasks left")
def tasks_left(given: Given) -> dict[str, object]:
    """The tasks that signing an otherwise empty visit writes."""
    record = empty_visit(VisitKind(given.text("visit")), line=False)
    return {"whats": [one.what for one in planned_tasks(record, facts_of(record, NOW))]}


def _value(value: Any) -> Any:
    return Decimal(value) if isinstance(value, int) else value
