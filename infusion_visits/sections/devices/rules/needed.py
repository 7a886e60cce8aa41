"""Which items a line's check needs, by kind of line, and what "all normal" means for it.

Source: clinical reference table 2.2, column "applies".
"""

from __future__ import annotations

from infusion_visits.sections.devices import options as of

WHOLE_CHECK = "checked_at"
CHECK_GROUP = "device_check"
LUMEN_GROUP = "lumen_check"
_ARM_GRADED = (of.PIV, of.MIDLINE, of.PICC)


def needs_needle_in(kind: str) -> bool:
    """Whether the line is only open to the outside with a needle in it."""
    return kind == of.PORT


def asked_items(kind: str, needle_in: bool | None, *, in_arm: bool = False) -> tuple[str, ...]:
    """The fields of a check that mean something for this kind of line, in the order asked.

    `in_arm`: a port that lies in an arm, whose arm is measured as well.
    """
    return tuple(name for name, asked in _items(kind, needle_in is not False, in_arm) if asked)


def needed_items(kind: str, needle_in: bool | None) -> tuple[str, ...]:
    """The fields that must be answered, or said not to be done, before signing."""
    optional = {
        "redness_cm",
        "swelling_cm",
        "cord_cm",
        "signs",
        "drainage",
        "infusate",
        "phlebitis_ins",
        "phlebitis_vip",
        "infiltration_ins",
        "extravasation",
        "swelling_degree",
        "refill",
        "limb_cm",
        "dressing_type",
        "dressing_dated",
        "arm_circumference_cm",
        "arm_measured_above_cm",
        "other_arm_cm",
        "skin_product",
        "need_reason",
        "left_as",
        "details",
        "response",
    }
    if kind not in {of.PICC, of.MIDLINE}:
        optional.add("external_length_cm")
    return tuple(name for name in asked_items(kind, needle_in) if name not in optional)


def needed_of_lumen(kind: str, needle_in: bool | None) -> tuple[str, ...]:
    """The fields of each lumen that must be answered; none while a port has no needle."""
    if needs_needle_in(kind) and needle_in is not True:
        return ()
    return () if kind == of.SUBCUT else ("flush", "blood_return_before")


def _items(kind: str, open_line: bool, in_arm: bool) -> tuple[tuple[str, bool], ...]:
    port = kind == of.PORT
    outside = open_line or not port
    intravenous = kind in of.INTRAVENOUS_KINDS
    arm = kind in {of.MIDLINE, of.PICC} or (kind == of.PORT and in_arm)
    return (
        (WHOLE_CHECK, True),
        ("accessed", port),
        ("site", True),
        ("signs", True),
        ("redness_cm", True),
        ("swelling_cm", True),
        ("cord_cm", intravenous),
        ("drainage", True),
        ("infusate", True),
        ("swelling_degree", intravenous),
        ("refill", intravenous),
        ("limb_cm", kind in {of.PIV, of.MIDLINE}),
        ("phlebitis_ins", kind in _ARM_GRADED),
        ("phlebitis_vip", kind in _ARM_GRADED),
        ("infiltration_ins", kind in {of.PIV, of.MIDLINE}),
        ("extravasation", intravenous),
        ("dressing_state", outside),
        ("dressing_type", outside),
        ("dressing_dated", outside),
        ("securement_state", outside and kind != of.SUBCUT),
        ("external_length_cm", kind in of.LONG_KINDS),
        ("arm_circumference_cm", arm),
        ("arm_measured_above_cm", arm),
        ("other_arm_cm", arm),
        ("integrity", outside),
        ("skin", outside),
        ("skin_product", outside),
        ("pocket", port),
        ("symptoms", kind in of.CENTRAL_KINDS or kind == of.MIDLINE),
        ("need", True),
        ("need_reason", True),
        ("left_as", True),
        ("details", True),
        ("response", True),
    )


_NORMALS = {
    "site": of.NORMAL,
    "dressing_state": "sound",
    "securement_state": "intact",
    "integrity": "intact",
    "skin": "intact",
    "pocket": "normal",
    "symptoms": of.NO_SYMPTOMS,
    "need": "needed",
}


def normal_answers(kind: str, needle_in: bool | None) -> dict[str, str]:
    """What "all as it should be" answers for this line; never a measured figure."""
    return {name: _NORMALS[name] for name in asked_items(kind, needle_in) if name in _NORMALS}
