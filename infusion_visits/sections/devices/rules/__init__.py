"""The rules of lines: pure functions over what was charted.

Sources: clinical reference sections 2, 3, 7.11, 8.12, 8.14, 8.15. Every figure is an agency
default; order and protocol win.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from infusion_visits.core.findings import Finding, Level
from infusion_visits.sections.devices import options as of
from infusion_visits.sections.devices.fields import SECTION
from infusion_visits.sections.devices.rules.cared import care_findings
from infusion_visits.sections.devices.rules.check import check_findings
from infusion_visits.sections.devices.rules.declot_findings import declot_findings
from infusion_visits.sections.devices.rules.due import (
    CareDue,
    DueState,
    care_due,
    cares_done,
    due_care,
)
from infusion_visits.sections.devices.rules.fact import line_facts
from infusion_visits.sections.devices.rules.flush_findings import flush_findings
from infusion_visits.sections.devices.rules.lengths import tip_findings
from infusion_visits.sections.devices.rules.limits import default_limits, limits_of
from infusion_visits.sections.devices.rules.lines import dwell_days, in_place, line_label
from infusion_visits.sections.devices.rules.looked import Looked
from infusion_visits.sections.devices.rules.lumens import lumen_name
from infusion_visits.sections.devices.rules.placing import placing_findings
from infusion_visits.sections.devices.rules.removal import (
    expected_length,
    follow_up,
    removal_findings,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from infusion_visits.patients.facts import Facts
    from infusion_visits.sections.devices.values import Devices

__all__ = [
    "CareDue",
    "DueState",
    "care_due",
    "cares_done",
    "check_findings",
    "default_limits",
    "due_care",
    "dwell_days",
    "expected_length",
    "findings",
    "follow_up",
    "in_place",
    "limits_of",
    "line_facts",
    "line_label",
    "lumen_name",
]


def findings(values: Devices, facts: Facts) -> list[Finding]:
    """What the lines of this visit have to say; lines removed before arrival say nothing."""
    limits = limits_of(facts)
    found: list[Finding] = []
    for device in in_place(values, facts):
        looked = Looked(values, device, facts, limits)
        found.extend(placing_findings(looked))
        found.extend(check_findings(looked))
        if device.kind in of.REFERENCE_KINDS:
            continue
        found.extend(care_findings(looked))
        found.extend(declot_findings(looked))
        found.extend(flush_findings(looked))
        found.extend(tip_findings(looked))
        found.extend(removal_findings(looked))
    found.extend(_unnamed_limbs(facts))
    return found


def _unnamed_limbs(facts: Facts) -> Iterator[Finding]:
    """A limb alert that names no limb bars none: said, so that it is asked (clinical reference 5,
    11.23)."""
    for number, why in enumerate(facts.unnamed_limb_alerts):
        yield Finding(
            code=f"{SECTION}.limb_not_named",
            level=Level.ALERT,
            words=f"Limb alert, limb not named: {why}",
            section=SECTION,
            detail="It bars no limb yet. Ask which limb before a cuff or a needle, and name it.",
            subject=f"limb/{number}",
        )
