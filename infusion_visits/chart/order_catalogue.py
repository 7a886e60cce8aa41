"""What the catalogue says beside an order: in what it differs, what is usual, where it comes from.

Pure. Nothing here changes an order. Source: the catalogues in force, by clinical reference 1.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from infusion_visits.chart.chart_line import ChartLine
from infusion_visits.core.calculations.exact import CannotBeWorkedOut
from infusion_visits.core.calculations.vials import vials
from infusion_visits.core.cells import Cell, Row
from infusion_visits.core.units import with_unit
from infusion_visits.patients.fields import SECTION
from infusion_visits.patients.order_dose import unit_factor
from infusion_visits.patients.order_fields import PREMEDICATION, RATE_STEP, THERAPY_ORDER
from infusion_visits.patients.rules import standing
from infusion_visits.patients.therapy.choosing import ladders_for
from infusion_visits.patients.therapy.differences import (
    counts_as_first,
    differences,
    dose_count,
    range_words,
)
from infusion_visits.patients.therapy.filling import (
    Chosen,
    dose_rows,
    former_fill,
    same_rows,
    wanted_of,
)
from infusion_visits.patients.therapy.library import library

if TYPE_CHECKING:
    from infusion_visits.patients.therapy.catalogue import Therapy
    from infusion_visits.patients.therapy.differences import OrderContext
    from infusion_visits.patients.therapy.dosing import Dosing
    from infusion_visits.patients.therapy.filling import Filled
    from infusion_visits.patients.therapy.ladders import Ladder
    from infusion_visits.patients.therapy.library import Library
    from infusion_visits.patients.therapy.told import Difference
    from infusion_visits.patients.values import TherapyOrder

FROM_CATALOGUE = "from the catalogue"
TO_CONFIRM = "agency to confirm"


def differs(order: TherapyOrder, context: OrderContext) -> tuple[Difference, ...]:
    """In what the order differs from the catalogue in force."""
    return differences(order, library(), context)


def cell_of(order: TherapyOrder, field: str) -> Cell:
    """The field of the order that a difference speaks of; a group of rows by its first row."""
    groups = {RATE_STEP.name: ("rate", order.rate_step)}
    if field in groups:
        leaf, rows = groups[field]
        if rows := standing(rows):
            return Cell(SECTION, rows[0].mark.row, leaf)
        field = "over_minutes"
    if field == PREMEDICATION.name:
        given = standing(order.premedication)
        if given:
            return Cell(SECTION, given[0].mark.row, "medicine")
        field = "observation_minutes"
    return Cell(SECTION, Row(THERAPY_ORDER.name, (order.id,)), field)


def catalogue_lines(order: TherapyOrder, context: OrderContext) -> tuple[ChartLine, ...]:
    """What the catalogue knows of the therapy ordered, beside its warnings."""
    found = library()
    therapy = found.therapy(order.therapy)
    if therapy is None:
        return ()
    dosing = found.dosing_of(therapy.key)
    said = [
        ChartLine("Counts", dose_count(order, therapy, context).words),
        *_usual(order, dosing),
        *_vials(order, dosing),
        *_ladder(order, found),
        ChartLine("Line", _access(order, therapy, found)),
        ChartLine("Kept", "refrigerated, 2 to 8 °C" if _cold(order, therapy) else ""),
        ChartLine("Filter", therapy.fact.filter),
        ChartLine("Diluent", therapy.fact.diluent_rule),
        ChartLine("Watch", _watch(therapy)),
        ChartLine("If asked", _if_ordered(therapy)),
        ChartLine("Mind", "; ".join(therapy.watch)),
        ChartLine("Effects", "; ".join(therapy.adverse)),
        ChartLine("Unsure", "; ".join(f"{one} ({TO_CONFIRM})" for one in therapy.to_confirm)),
        ChartLine("Source", therapy.source),
    ]
    return tuple(line for line in said if line.words)


def next_dose_lines(order: TherapyOrder, context: OrderContext) -> tuple[ChartLine, ...]:
    """How the next dose of this order counts; amber where it counts as first and was not said."""
    therapy = library().therapy(order.therapy)
    if therapy is None or not therapy.fact.home_eligible:
        return ()
    count = dose_count(order, therapy, context)
    asks = count.is_first and not order.first_dose
    return (ChartLine("Next dose", count.words, "warn" if asks else ""),)


def warning_lines(order: TherapyOrder) -> tuple[ChartLine, ...]:
    """What can hurt: not at home, the boxed warning in one line, hazards, REMS."""
    therapy = library().therapy(order.therapy)
    if therapy is None:
        return ()
    fact = therapy.fact
    said = []
    if not fact.home_eligible:
        said.append(ChartLine("Home", f"Not at home. {fact.why_not_home}", "danger"))
    if fact.boxed_warning:
        said.append(ChartLine("Boxed warning", fact.boxed_warning, "warn"))
    hazards = [
        words
        for words, here in (
            ("high-alert drug: independent double check", fact.high_alert),
            ("hazardous drug", fact.hazardous),
            ("controlled substance", fact.controlled),
            ("central line only", fact.central_only),
            ("a lumen of its own", fact.dedicated_lumen),
        )
        if here
    ]
    if hazards:
        said.append(ChartLine("Hazards", "; ".join(hazards), "warn"))
    if therapy.rems:
        said.append(ChartLine("REMS", therapy.rems, "warn"))
    return tuple(said)


def _usual(order: TherapyOrder, dosing: Dosing | None) -> list[ChartLine]:
    if dosing is None:
        return []
    rows = dose_rows(dosing, order)
    said = [ChartLine("Usual", range_words(row)) for row in rows]
    return [*said, ChartLine("Usual", dosing.note)]


def _vials(order: TherapyOrder, dosing: Dosing | None) -> list[ChartLine]:
    """How many vials the dose takes and what is left over; the dose is never changed."""
    if dosing is None or not dosing.vials or order.dose is None or order.dose_unit is None:
        return []
    factor = unit_factor(order.dose_unit, dosing.vial_unit)
    if factor is None:
        return []
    try:
        counted = vials(order.dose * factor, dosing.vials[0], dosing.vial_unit)
    except CannotBeWorkedOut:
        return []
    return [ChartLine("Vials", f"{counted.sentence}.")]


def _ladder(order: TherapyOrder, found: Library) -> list[ChartLine]:
    ladder = found.ladders.get(order.ladder or "")
    if ladder is None:
        return []
    confirm = f" ({TO_CONFIRM})" if ladder.mark == "unsure" else ""
    parts = (f"{ladder.title}{confirm}", ladder.note, f"from: {ladder.source}")
    return [ChartLine("Ladder", "; ".join(part for part in parts if part))]


def _access(order: TherapyOrder, therapy: Therapy, found: Library) -> str:
    rule = found.access_of(therapy, order.route or "")
    confirm = f" ({TO_CONFIRM})" if rule.mark == "unsure" else ""
    note = therapy.access_note
    return f"{rule.rule}{confirm} {note[:1].upper()}{note[1:]}".rstrip()


def _cold(order: TherapyOrder, therapy: Therapy) -> bool:
    return therapy.fact_for(order.brand or "").refrigerated


def _watch(therapy: Therapy) -> str:
    """Minutes of observation, first and later doses."""
    fact = therapy.fact
    first, later = fact.first_observation_minutes, fact.later_observation_minutes
    if first is None or later is None:
        return ""
    doses = f"first {fact.first_doses} doses" if fact.first_doses > 1 else "first dose"
    if first == later:
        return with_unit(Decimal(first), "min")
    said = f"{with_unit(Decimal(first), 'min')} ({doses}), then {with_unit(Decimal(later), 'min')}"
    return f"{said}; practice" if "later_observation_minutes" in therapy.practice else said


def _if_ordered(therapy: Therapy) -> str:
    given = [one.words() for one in therapy.premedications if one.when == "if ordered"]
    return "; ".join(given)


def other_ladders(order: TherapyOrder, context: OrderContext) -> tuple[Ladder, ...]:
    """The ladders of the catalogue that fit the order and are not the one it was filled with."""
    found = library()
    therapy = found.therapy(order.therapy)
    if therapy is None:
        return ()
    first = counts_as_first(order, dose_count(order, therapy, context))
    chosen = Chosen(therapy.key, order.product or "")
    wanted = wanted_of(order, chosen, first=first)
    return tuple(one for one in ladders_for(found, wanted) if one.key != order.ladder)


def filled_cells(order: TherapyOrder, context: OrderContext) -> dict[Cell, str]:
    """The fields that stand as the catalogue put them in, with the words for them."""
    filled = former_fill(library(), order, context.history, context.today)
    if filled is None:
        return {}
    row = Row(THERAPY_ORDER.name, (order.id,))
    cells = {
        Cell(SECTION, row, name): FROM_CATALOGUE
        for name, value in filled.columns.items()
        if getattr(order, name) == value
    }
    return cells | _filled_rows(order, filled)


def _filled_rows(order: TherapyOrder, filled: Filled) -> dict[Cell, str]:
    cells: dict[Cell, str] = {}
    steps, given = standing(order.rate_step), standing(order.premedication)
    if steps and same_rows(steps, filled.steps):
        cells |= {Cell(SECTION, row.mark.row, "rate"): FROM_CATALOGUE for row in steps}
    if given and same_rows(given, filled.premedications):
        cells |= {Cell(SECTION, row.mark.row, "medicine"): FROM_CATALOGUE for row in given}
    return cells
