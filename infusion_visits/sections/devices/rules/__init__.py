"""The rules of lines: pure functions over what was charted.

Sources: clinical reference sections 2, 3, 7.11, 8.12, 8.14, 8.15. Every figure is an agency
default; order and protocol win.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from infusion_visits.sections.devices.rules.acts import act_findings, expected_length
from infusion_visits.sections.devices.rules.check import check_findings, lumen_name
from infusion_visits.sections.devices.rules.due import (
    CareDue,
    DueState,
    care_due,
    cares_done,
    due_care,
)
from infusion_visits.sections.devices.rules.limits import default_limits, limits_of
from infusion_visits.sections.devices.rules.lines import (
    catheter_days,
    dwell_days,
    in_place,
    line_facts,
    line_label,
)
from infusion_visits.sections.devices.rules.looked import Looked

if TYPE_CHECKING:
    from infusion_visits.core.findings import Finding
    from infusion_visits.patients.facts import Facts
    from infusion_visits.sections.devices.values import Devices

__all__ = [
    "CareDue",
    "DueState",
    "care_due",
    "cares_done",
    "catheter_days",
    "check_findings",
    "default_limits",
    "due_care",
    "dwell_days",
    "expected_length",
    "findings",
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
        found.extend(check_findings(looked))
        found.extend(act_findings(looked))
    return found
