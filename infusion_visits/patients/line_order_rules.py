"""Which order says how a line is cared for, and what that order does not say. Pure.

Source: clinical reference 7.11 and 2.3.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from infusion_visits.core.units import DEGREE_DAYS, MILLILITRE, NBSP, plain_number, with_unit
from infusion_visits.patients.line_order_fields import (
    ANTISEPTICS,
    DRESSINGS,
    HEPARIN,
    LINES,
    LOCKS,
    PORT,
)
from infusion_visits.patients.rules import standing

if TYPE_CHECKING:
    from datetime import date

    from infusion_visits.core.fields import Option
    from infusion_visits.patients.values import LineOrder, PatientChart

_DRESSED = frozenset({"midline", "picc", "tunneled", "non_tunneled_cvc", PORT})
_FLUSHED = _DRESSED | {"piv"}


def line_order_for(chart: PatientChart, line: str, day: date) -> LineOrder | None:
    """The newest order for this kind of line that is not over by `day`."""
    found = [
        order
        for order in standing(chart.line_order)
        if order.line == line and (order.ends is None or order.ends >= day)
    ]
    return found[-1] if found else None


def lacks(order: LineOrder) -> tuple[str, ...]:
    """What the order does not say though it must, in words."""
    missing = []
    if order.line in _DRESSED:
        missing += [
            words
            for words, given in (
                ("how often the dressing is changed", order.dressing_days),
                ("which dressing", order.dressing),
                ("what the skin is cleaned with", order.antiseptic),
            )
            if given is None
        ]
    if order.line == PORT and not order.access_technique:
        missing.append("how the port is accessed")
    if order.line in _FLUSHED:
        missing += [
            words
            for words, given in (
                ("what it is flushed with", order.flush_solution),
                ("the flush after a dose in mL", order.flush_after_ml),
                ("how often it is flushed", order.flush_every and order.flush_every_unit),
                ("what it is locked with", order.lock),
            )
            if given is None
        ]
    if order.lock == HEPARIN:
        missing += [
            words
            for words, given in (
                ("the strength of the heparin", order.lock_units_per_ml),
                ("the heparin in mL", order.lock_ml),
            )
            if given is None
        ]
    return tuple(missing)


def line_order_words(order: LineOrder) -> str:
    """The whole order in one line, each figure with its unit."""
    parts = [_label(LINES, order.line)]
    if order.dressing_days is not None:
        days = with_unit(order.dressing_days, DEGREE_DAYS)
        parts.append(f"{_label(DRESSINGS, order.dressing) or 'dressing'} every {days}")
    elif order.dressing:
        parts.append(_label(DRESSINGS, order.dressing))
    if order.antiseptic:
        parts.append(f"cleaned with {_label(ANTISEPTICS, order.antiseptic)}")
    if order.securement:
        parts.append(f"secured with {order.securement}")
    if order.access_technique:
        parts.append(order.access_technique)
    parts += _flushes(order)
    if order.words:
        parts.append(order.words.rstrip(". "))
    ends = f", {order.prescriber}" if order.prescriber else ""
    return f"{'; '.join(part for part in parts if part)}{ends}"


def _flushes(order: LineOrder) -> list[str]:
    said = []
    volumes = [
        f"{with_unit(volume, MILLILITRE)} {when}"
        for volume, when in ((order.flush_before_ml, "before"), (order.flush_after_ml, "after"))
        if volume is not None
    ]
    if order.flush_solution or volumes:
        flushed = f"flushed with {order.flush_solution or 'saline'}"
        said.append(" ".join([flushed, ", ".join(volumes)]).strip())
    if order.flush_every is not None and order.flush_every_unit:
        said.append(f"at least every {with_unit(order.flush_every, order.flush_every_unit)}")
    if order.lock:
        lock = f"locked with {_label(LOCKS, order.lock)}"
        if order.lock_units_per_ml is not None:
            lock += f" {plain_number(order.lock_units_per_ml)}{NBSP}units/mL"
        if order.lock_ml is not None:
            lock += f" {with_unit(order.lock_ml, MILLILITRE)}"
        said.append(lock)
    return said


def _label(options: tuple[Option, ...], key: str | None) -> str:
    return next((option.label for option in options if option.key == key), key or "")
