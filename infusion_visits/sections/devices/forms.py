"""The forms of one line: the same fields as in `fields`, only those that this kind of line asks."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from infusion_visits.core.fields import Grade, Leaf, Option, Rows, Shown
from infusion_visits.core.scales.catalogue import scales_in_force
from infusion_visits.sections.devices import options as of
from infusion_visits.sections.devices.fields import (
    ACCESS_DEVICE,
    CHECK_KINDS,
    DEVICE_CARE,
    DEVICE_CHECK,
    LUMEN,
    LUMEN_CHECK,
    REMOVAL_FIELDS,
    TIP_CONFIRMATION,
)
from infusion_visits.sections.devices.rules.flushing import template_for, template_words
from infusion_visits.sections.devices.rules.grades import SCALE_OF
from infusion_visits.sections.devices.rules.limits import default_limits
from infusion_visits.sections.devices.rules.lines import limb_of
from infusion_visits.sections.devices.rules.needed import (
    asked_items,
    needed_items,
    needed_of_lumen,
)

if TYPE_CHECKING:
    from infusion_visits.sections.devices.values import AccessDevice


def _with_its_words(leaf: Leaf) -> Leaf:
    """A grade with what it means, in the words of the scales in force."""
    if not isinstance(leaf, Grade):
        return leaf
    scale = scales_in_force({}).scales.get(SCALE_OF[leaf.name])
    words = {grade.key: grade.words for grade in scale.grades} if scale is not None else {}
    options = tuple(replace(one, help=words.get(one.key, "")) for one in leaf.options)
    return replace(leaf, options=options)


CHECK_PARTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "Check",
        ("checked_at", "accessed", "site", "phlebitis_ins", "phlebitis_vip", "infiltration_ins"),
    ),
    (
        "Signs",
        (
            "signs",
            "redness_cm",
            "swelling_cm",
            "cord_cm",
            "drainage",
            "infusate",
            "swelling_degree",
            "refill",
            "limb_cm",
            "extravasation",
        ),
    ),
    (
        "Dressing and catheter",
        (
            "dressing_state",
            "dressing_type",
            "dressing_dated",
            "securement_state",
            "integrity",
            "skin",
            "skin_product",
            "pocket",
        ),
    ),
    (
        "Length, arm, symptoms",
        (
            "external_length_cm",
            "arm_circumference_cm",
            "arm_measured_above_cm",
            "other_arm_cm",
            "symptoms",
        ),
    ),
    ("What follows", ("need", "need_reason", "left_as", "details", "response")),
)
SIGNS_PART = "Signs"


def check_parts(device: AccessDevice) -> dict[str, Rows]:
    """The check of this line in parts that are read one after the other; empty ones left out.

    What a port's needle opens is asked while the needle is in.
    """
    whole = {leaf.name: leaf for leaf in check_form(device).leaves}
    found: dict[str, Rows] = {}
    for label, names in CHECK_PARTS:
        fields = tuple(whole[name] for name in names if name in whole)
        if fields:
            found[label] = replace(
                DEVICE_CHECK, label=label, keyed_by="", single=True, fields=fields
            )
    return found


def check_form(device: AccessDevice) -> Rows:
    """The check of this line; what a port's needle opens is asked while the needle is in."""
    kind = device.kind or ""
    needed = set(needed_items(kind, True))
    closed = set(asked_items(kind, False))
    leaves = {leaf.name: leaf for leaf in DEVICE_CHECK.leaves}
    fields: list[Leaf] = []
    for name in asked_items(kind, True, in_arm=bool(limb_of(device))):
        leaf = _with_its_words(leaves[name])
        if name in needed:
            leaf = replace(leaf, required=CHECK_KINDS)
        elif name == "arm_circumference_cm":
            # Asked for by a rule, at the first check only.
            leaf = replace(leaf, may_be_not_done=True)
        if name not in closed:
            leaf = replace(leaf, shown=Shown("accessed", (True,)))
        fields.append(leaf)
    return replace(DEVICE_CHECK, keyed_by="", single=True, fields=tuple(fields))


_PATENCY = (
    "flush",
    "blood_return_before",
    "blood_return_after",
    "blood_return_reason",
    "occlusion_cause",
)


def lumen_parts(device: AccessDevice) -> tuple[Rows, Rows]:
    """One lumen of this line in two parts: how it was found, and what was put in and left on."""
    kind = device.kind or ""
    needed = needed_of_lumen(kind, True)
    # A port may stay without its needle, and then has nothing to flush: never required outright.
    required = CHECK_KINDS if kind != of.PORT else False
    fields = tuple(
        replace(leaf, required=required, may_be_not_done=True) if leaf.name in needed else leaf
        for leaf in LUMEN_CHECK.leaves
    )
    found = tuple(leaf for leaf in fields if leaf.name in _PATENCY)
    done = tuple(leaf for leaf in fields if leaf.name not in _PATENCY)
    return (
        replace(LUMEN_CHECK, label="Lumen", single=True, fields=found),
        replace(
            LUMEN_CHECK, label="Flush and lock", single=True, fields=done, help=_template(device)
        ),
    )


def _template(device: AccessDevice) -> str:
    """What the agency commonly writes for this line, in one line."""
    found = template_for(device, default_limits(), needle_in=True)
    return template_words(found) if found is not None else ""


CARE_FORM = replace(
    DEVICE_CARE,
    fields=tuple(leaf for leaf in DEVICE_CARE.leaves if leaf.name != "device_id"),
)
REMOVAL_FORM = replace(
    ACCESS_DEVICE,
    label="Removal",
    single=True,
    own_id=False,
    fields=tuple(leaf for leaf in ACCESS_DEVICE.leaves if leaf.name in REMOVAL_FIELDS),
)


def about_form(device: AccessDevice) -> Rows:
    """What this line is; the tip is confirmed anew of central lines and midlines only."""
    fields: list[Leaf | Rows] = [
        leaf for leaf in ACCESS_DEVICE.leaves if leaf.name not in REMOVAL_FIELDS
    ]
    if device.kind in of.INTRAVENOUS_KINDS:
        fields.append(LUMEN)
    if device.kind in of.LONG_KINDS:
        fields.append(TIP_CONFIRMATION)
    return replace(
        ACCESS_DEVICE, label="About the line", single=True, own_id=False, fields=tuple(fields)
    )


def quick_cares(kind: str) -> tuple[Option, ...]:
    """The care that is offered with one key for this kind of line, the commonest first."""
    port = (of.PORT_ACCESS, of.NEEDLE_CHANGE, of.PORT_DEACCESS)
    common = (of.DRESSING_CHANGE, of.FLUSH_LOCK, of.CONNECTOR_CHANGE, of.SET_CHANGE)
    wanted: tuple[str, ...] = common
    if kind == of.PORT:
        wanted = (*port, *common)
    elif kind == of.SUBCUT:
        wanted = (of.SITE_CHANGE, of.SET_CHANGE)
    elif kind in of.REFERENCE_KINDS:
        wanted = ()
    labels = {option.key: option for option in of.CARES}
    return tuple(labels[key] for key in wanted)
