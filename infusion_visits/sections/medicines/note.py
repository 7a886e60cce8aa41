"""Medicines given, in the note: one line for each, drug, dose, unit and route together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infusion_visits.core.blocks import (
    Block,
    Column,
    Heading,
    Span,
    Table,
    Voice,
    Words,
    plain,
)
from infusion_visits.core.charted import author_words, leaf_text, leaf_words, mark_words, time_words
from infusion_visits.sections.medicines.fields import MEDICINE_GIVEN
from infusion_visits.sections.medicines.home_note import home_blocks
from infusion_visits.sections.medicines.rules import given_words

if TYPE_CHECKING:
    from infusion_visits.patients.facts import Facts
    from infusion_visits.sections.medicines.values import MedicineGiven, Medicines

_ASKED = ("at", "medicine", "dose", "dose_unit", "route")


def blocks(values: Medicines, facts: Facts) -> list[Block]:
    """A table of all medicines by time; struck ones stay legible with their reason."""
    home = home_blocks(values, facts)
    if not values.medicine_given:
        return [Heading("Medicines", 2), *home] if home else []
    rows = sorted(values.medicine_given, key=lambda one: (one.at is None, one.at or facts.now))
    return [
        Heading("Medicines given", 2),
        Table(
            (
                Column("Time", 2),
                Column("Medicine, dose, route", 6),
                Column("Why, given by", 6),
                Column("Lot, expires", 4),
                Column("Response", 5),
            ),
            tuple(_row(one, facts) for one in rows),
        ),
        *home,
    ]


def _row(one: MedicineGiven, facts: Facts) -> tuple[Words, ...]:
    struck = one.mark.struck is not None
    drug = (Span(given_words(one), Voice.STRUCK if struck else Voice.STRONG),)
    return (
        plain(time_words(one.mark, facts)),
        (*drug, *_where(one, facts), *_lacking(one, _ASKED, facts), *_beside(one, facts)),
        _joined(one, ("why", "reason", "given_by"), facts),
        (*_joined(one, ("lot", "expiry"), facts), *_kit(one, facts)),
        _joined(one, ("response",), facts),
    )


def _where(one: MedicineGiven, facts: Facts) -> Words:
    """`, left mid-outer thigh`: where an injection went in."""
    words = _joined(one, ("site",), facts)
    return (Span(", "), *words) if words else ()


def _kit(one: MedicineGiven, facts: Facts) -> Words:
    """`; emergency kit`, or that it was not from there."""
    words = leaf_words(MEDICINE_GIVEN.leaf("kit"), one, facts)
    if not words:
        return ()
    before = "; " if one.lot or one.expiry else ""
    return (Span(f"{before}emergency kit "), *words)


def _beside(one: MedicineGiven, facts: Facts) -> Words:
    said = mark_words(one.mark, facts)
    by = author_words(one.mark, facts)
    several = len(frozenset(facts.people.values())) > 1
    if by and several and one.given_by == "nurse":
        said = (*said, Span(by, Voice.QUIET))
    return tuple(part for span in said for part in (Span("; "), span))


def _lacking(one: MedicineGiven, names: tuple[str, ...], facts: Facts) -> Words:
    """Parts of the dose that were not done, said after it."""
    found: list[Span] = []
    for name in names:
        leaf = MEDICINE_GIVEN.leaf(name)
        if name in one.mark.not_done and not leaf_text(leaf, one, facts):
            found.append(Span(f"; {leaf.label.lower()} "))
            found += leaf_words(leaf, one, facts)
    return tuple(found)


def _joined(one: MedicineGiven, names: tuple[str, ...], facts: Facts) -> Words:
    parts: list[Span] = []
    for name in names:
        leaf = MEDICINE_GIVEN.leaf(name)
        words = leaf_words(leaf, one, facts)
        if not words:
            continue
        if parts:
            parts.append(Span(", "))
        if name == "expiry":
            parts.append(Span("expires "))
        if name in one.mark.not_done and name not in {"lot", "response"}:
            parts.append(Span(f"{leaf.label.lower()} "))
        parts += words
    return tuple(parts)
