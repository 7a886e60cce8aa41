"""Complications: signs, actions in their order, who is told, what stops, follow-up (section 4)."""

from __future__ import annotations

from typing import Any

from infusion_visits.core.resources import load_catalogue
from infusion_visits.core.scales.catalogue import scales_in_force
from infusion_visits.sections.stores import STORES
from tests.clinical_reference.runners.given import Given, kind


@kind("complication")
def complication(given: Given) -> dict[str, object]:
    """`signs` must be offered, `actions` stand in this order, `writes` in what is documented; the
    notify code from each grade of `grades` on ("" is any grade, `sign:` a single sign)."""
    entry = load_catalogue("complications")["complication"][given.text("key")]
    actions = [_words(one).casefold() for one in entry["actions"]]
    told = f"{entry['document']} {' '.join(entry.get('asks', ()))}".casefold()
    return {
        "signs_lacking": [one for one in given.texts("signs") if one not in entry["signs"]],
        "actions_lacking": _out_of_order(given.texts("actions"), actions),
        "writes_lacking": [one for one in given.texts("writes") if one.casefold() not in told],
        "codes": [_code(entry, one) for one in given.texts("grades")],
        "scale": entry["scale"] or None,
        "stop": entry["stop"],
        "removal": entry["removal"],
        "restart": entry["restart"] or None,
        "never_from": entry.get("never_restart_from"),
        "follow_up": entry["follow_up"],
        "hours": entry.get("follow_up_hours", []),
        "minutes": entry.get("recheck_minutes", []),
    }


def _words(action: Any) -> str:
    return str(action["words"] if isinstance(action, dict) else action)


def _out_of_order(asked: list[str], actions: list[str]) -> list[str]:
    """The asked actions that do not stand at or after the one before."""
    lacking, at = [], 0
    for one in asked:
        place = next((n for n in range(at, len(actions)) if one.casefold() in actions[n]), None)
        if place is None:
            lacking.append(one)
        else:
            at = place
    return lacking


def _code(entry: dict[str, Any], grade: str) -> str | None:
    """The gravest code that the grade (or `sign:KEY`) asks for."""
    order = (
        [one.key for one in scales_in_force({}).scale(entry["scale"]).grades]
        if entry["scale"]
        else []
    )
    found = None
    for one in entry["notify"]:
        if grade.startswith("sign:"):
            holds = one.get("sign") == grade.removeprefix("sign:")
        else:
            first = one.get("from")
            holds = first == "" or (
                first is not None and grade in order and order.index(grade) >= order.index(first)
            )
        if holds:
            found = min(found or "N9", one["code"])
    return found


@kind("error category")
def category(given: Given) -> dict[str, object]:
    grade = scales_in_force({}).scale("merp").grade(given.text("key"))
    return {"words": grade.words if grade else None}


@kind("complication is documented")
def documented(given: Given) -> dict[str, object]:
    """Which of the named fields a complication or one of its steps has not."""
    groups = STORES["complications"].groups
    names = {leaf.name for group in groups for leaf in group.rows.leaves}
    return {"lacking": [one for one in given.texts("fields") if one not in names]}
