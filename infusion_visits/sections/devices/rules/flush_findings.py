"""Flushes and locks against the order, the agency's template, and what bars them.

Source: clinical reference 2.3, 7.11 (final saline flush not charted), 11.30 (heparin total).
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from infusion_visits.core.cells import Cell
from infusion_visits.core.findings import Finding, Gate, Level
from infusion_visits.core.units import MILLILITRE, plain_number, with_unit
from infusion_visits.sections.devices import care_options as care
from infusion_visits.sections.devices import options as of
from infusion_visits.sections.devices.fields import CHECK_KINDS, SECTION
from infusion_visits.sections.devices.rules import flushing
from infusion_visits.sections.devices.rules.lines import needle_in_place
from infusion_visits.sections.devices.values import DeviceCare

if TYPE_CHECKING:
    from collections.abc import Iterator

    from infusion_visits.sections.devices.rules.looked import Looked
    from infusion_visits.sections.devices.values import LumenCheck

_STRENGTHS = (Decimal(10), Decimal(100))


def flush_findings(looked: Looked) -> Iterator[Finding]:
    """Findings about flushes and locks of one line."""
    yield from _barred(looked)
    yield from _heparin(looked)
    yield from _volumes(looked)
    yield from _solution(looked)
    yield from _last_flush(looked)


def _barred(looked: Looked) -> Iterator[Finding]:
    """Heparin where it is barred: shut, and on page one with its reason where gone past."""
    rows = list(flushing.heparin_rows(looked.values, looked.device))
    words = looked.facts.heparin_barred or next(
        (f"allergy to {one}" for one in looked.facts.allergy_words if "heparin" in one.casefold()),
        "",
    )
    if not words or not rows:
        return
    cell = Cell(SECTION, rows[0].mark.row, "lock_agent")
    yield looked.finding(
        "heparin_barred",
        Level.STOP,
        f"No heparin for this patient: {words}",
        cell,
        detail="choose another lock by order; if heparin was given, say why and tell the "
        "prescriber now.",
        overridable=True,
    )


def _heparin(looked: Looked) -> Iterator[Finding]:
    rows = list(flushing.heparin_rows(looked.values, looked.device))
    if not rows:
        return
    device, facts, limits = looked.device, looked.facts, looked.limits
    cell = Cell(SECTION, rows[0].mark.row, "lock_agent")
    if device.catheter_end == "valved" and device.kind != of.PORT:
        yield looked.finding(
            "heparin_valved",
            Level.ADVICE,
            "Heparin lock in a valved catheter",
            cell,
            detail="manufacturers ask for saline only.",
        )
    for row in rows:
        if row.lock_units_per_ml is not None and row.lock_units_per_ml not in _STRENGTHS:
            yield looked.finding(
                "heparin_strength",
                Level.ADVICE,
                f"Heparin lock of {with_unit(row.lock_units_per_ml, 'units/mL')}",
                Cell(SECTION, row.mark.row, "lock_units_per_ml"),
                detail="locks are 10 or 100\u00a0units/mL; read the label once more.",
            )
    total = flushing.heparin_total(looked.values)
    child = facts.age_years is not None and facts.age_years < flushing.CHILD_BELOW_YEARS
    if (
        child
        and facts.weight_kg
        and total > limits.of("heparin_units_per_kg_child") * (facts.weight_kg)
    ):
        most = with_unit(limits.of("heparin_units_per_kg_child"), "units/kg")
        yield looked.finding(
            "heparin_child",
            Level.ADVICE,
            f"{with_unit(total, 'units')} of heparin in locks of a child at this visit",
            cell,
            detail=f"commonly at most {most} in a day, per order (agency to confirm).",
        )
    if total >= limits.of("heparin_units_per_day"):
        yield looked.finding(
            "heparin_total",
            Level.ADVICE,
            f"{with_unit(total, 'units')} of heparin in locks at this visit",
            cell,
        )


def _volumes(looked: Looked) -> Iterator[Finding]:
    """Each flush with its purpose against the order, else against the template."""
    needle = needle_in_place(looked.values, looked.device, looked.facts.care_before)
    age = looked.facts.age_years
    share = looked.limits.thresholds.get("child_flush_share_percent")
    child = age is not None and age < flushing.CHILD_BELOW_YEARS
    for row in flushing.flushes(looked.values, looked.device):
        out = isinstance(row, DeviceCare) and row.what == of.PORT_DEACCESS
        template = flushing.template_for(
            looked.device, looked.limits, needle_in=False if out else needle is not False
        )
        drawn = isinstance(row, DeviceCare) and row.what == of.BLOOD_DRAW
        purpose = row.purpose if isinstance(row, DeviceCare) else None
        expected = flushing.expected_ml(
            purpose or (care.AFTER_DRAW if drawn else None),
            looked.facts.order,
            template,
            child_share=share if child else None,
        )
        if expected is None or row.saline_ml is None:
            continue
        (least, most), ordered = expected
        if least <= row.saline_ml <= most or (
            not ordered and not drawn and not purpose and (row.saline_ml >= least)
        ):
            continue
        yield _differs(looked, row, row.saline_ml, least, most, ordered=ordered)


def _differs(
    looked: Looked,
    row: LumenCheck | DeviceCare,
    given: Decimal,
    least: Decimal,
    most: Decimal,
    *,
    ordered: bool,
) -> Finding:
    wanted = with_unit(least, MILLILITRE)
    if most != least:
        wanted = f"{plain_number(least)} to {with_unit(most, MILLILITRE)}"
    said = "ordered" if ordered else "by the agency's template, to be confirmed"
    return looked.finding(
        "flush_volume",
        Level.ADVICE,
        f"Flushed with {with_unit(given, MILLILITRE)}; {wanted} {said}",
        Cell(SECTION, row.mark.row, "saline_ml"),
        subject="volume",
    )


def _solution(looked: Looked) -> Iterator[Finding]:
    """A drug that does not bear one of the solutions, and no dextrose left before heparin."""
    rule = flushing.incompatible_with(looked.facts.order, looked.limits)
    rows = list(flushing.flushes(looked.values, looked.device))
    if rule is not None:
        beside = (care.BEFORE, care.AFTER)
        wrong = [
            row
            for row in rows
            if (row.flush_agent or care.SALINE) != rule.flush
            and row.saline_ml
            and isinstance(row, DeviceCare)
            and row.purpose in beside
        ]
        yield looked.finding(
            "flush_solution",
            Level.ADVICE,
            rule.words,
            looked.cell("checked_at"),
            detail="per agency protocol and order.",
        )
        for act in wrong:
            yield from looked.alert(
                "flush_incompatible",
                "Flushed with a solution that the drug does not bear",
                Cell(SECTION, act.mark.row, "flush_agent"),
                detail=rule.words,
                guidance="Look at the line for cloudiness; tell the pharmacy.",
            )
    for row in rows:
        if row.flush_agent == care.DEXTROSE and row.lock_agent == "heparin":
            yield looked.finding(
                "dextrose_then_heparin",
                Level.ADVICE,
                "Dextrose was the last flush before heparin",
                Cell(SECTION, row.mark.row, "flush_agent"),
                detail="sodium chloride between them; no dextrose stays in the lumen.",
            )


def _last_flush(looked: Looked) -> Iterator[Finding]:
    """A medicine without its flushes: the last one is caught before leaving (7.11)."""
    device, facts = looked.device, looked.facts
    if facts.kind not in CHECK_KINDS or device.kind == of.SUBCUT:
        return
    if device.removed_at is not None:  # the line is out: nothing is left to be kept open
        return
    for sequence in flushing.sequences(looked.values, device, facts.runs):
        if not sequence.after:
            yield looked.finding(
                "last_flush",
                Level.STOP,
                f"{looked.label}: no flush is charted after {sequence.drug}",
                looked.cell("checked_at"),
                detail="chart flush and lock with volume and agent.",
                gate=Gate.DEPART,
                overridable=True,
                subject=sequence.drug,
            )
        if not sequence.before:
            yield looked.finding(
                "first_flush",
                Level.ADVICE,
                f"{looked.label}: no flush is charted before {sequence.drug}",
                looked.cell("checked_at"),
                detail="saline, medicine, saline, then heparin where it is ordered.",
                subject=sequence.drug,
            )
