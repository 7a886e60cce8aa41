"""The forms of one complication: its steps with the grades of its scale, and what it is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from infusion_visits.core.fields import Choice, Leaf, Many, Option, Rows
from infusion_visits.sections.complications.fields import (
    COMPLICATION,
    COMPLICATION_STEP,
    OF_SOME,
)
from infusion_visits.sections.complications.rules.asked import (
    EVERY,
    WHILE_RUNNING,
    WITH_A_LINE,
)
from infusion_visits.sections.complications.signs import LABELS

if TYPE_CHECKING:
    from infusion_visits.sections.complications.rules.kinds import Catalogue, Kind

_PHLEBITIS_SCALES = ("ins_phlebitis", "vip")
ASKED_SOMETIMES = frozenset({*WHILE_RUNNING, *WITH_A_LINE, "photo_ids"})
_OF_SOME = frozenset(leaf.name for leaf in OF_SOME)


def about_form(kind: Kind) -> Rows:
    """What is asked of this kind of complication itself; what it must say is required."""
    must = {*kind.asks, *EVERY}
    fields = tuple(
        replace(leaf, required=leaf.required or leaf.name in must, may_be_not_done=True)
        for leaf in COMPLICATION.leaves
        if leaf.name not in _OF_SOME or leaf.name in must or leaf.name in ASKED_SOMETIMES
    )
    return replace(COMPLICATION, label="About it", single=True, own_id=False, fields=fields)


def sign_options(kind: Kind) -> tuple[Option, ...]:
    """The signs that this kind offers, in the catalogue's order."""
    return tuple(Option(key, LABELS[key]) for key in kind.signs)


def step_form(kind: Kind, catalogue: Catalogue) -> Rows:
    """The steps of this kind of complication; a grade is offered with what it means."""
    fields: list[Leaf] = []
    for leaf in COMPLICATION_STEP.leaves:
        if isinstance(leaf, Choice) and leaf.name == "scale":
            if kind.scale not in _PHLEBITIS_SCALES:
                continue
            options = tuple(one for one in leaf.options if one.key in _PHLEBITIS_SCALES)
            fields.append(replace(leaf, options=options))
        elif isinstance(leaf, Many) and leaf.name == "signs":
            options = sign_options(kind)
            if options:
                fields.append(replace(leaf, options=options))
        elif isinstance(leaf, Choice) and leaf.name == "grade":
            if kind.scale:
                options = _grades(leaf, kind, catalogue)
                fields.append(replace(leaf, options=options, may_be_not_done=True))
        else:
            fields.append(leaf)
    return replace(COMPLICATION_STEP, fields=tuple(fields))


def _grades(leaf: Choice, kind: Kind, catalogue: Catalogue) -> tuple[Option, ...]:
    labels = {option.key: option.label for option in leaf.options}
    if kind.scale in _PHLEBITIS_SCALES:
        # Two scales with other meanings of one figure: the figure alone, the scale beside it.
        keys = {key: "" for name in _PHLEBITIS_SCALES for key in _keys(catalogue, name)}
        return tuple(Option(key, labels[key]) for key in keys)
    return tuple(
        Option(
            grade.key,
            labels[grade.key]
            if grade.words == labels[grade.key]
            else f"{labels[grade.key]}: {grade.words}",
        )
        for grade in catalogue.scales[kind.scale].grades
    )


def _keys(catalogue: Catalogue, scale: str) -> tuple[str, ...]:
    return tuple(grade.key for grade in catalogue.scales[scale].grades)
