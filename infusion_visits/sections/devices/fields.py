"""What is asked of a line: its attributes at insertion, each visit's check, the care given.

Source: clinical reference 2.1 (attributes), 2.2 (items of a check), 2.7 (removal), 7.11 (what
surveyors missed: antiseptic, tolerance, external length, arm circumference).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from infusion_visits.core.kinds import VisitKind
from infusion_visits.sections.devices.care_fields import DEVICE_CARE
from infusion_visits.sections.devices.check_fields import DEVICE_CHECK, LUMEN_CHECK
from infusion_visits.sections.devices.line_fields import (
    ACCESS_DEVICE,
    LUMEN,
    REMOVAL_FIELDS,
    TIP_CONFIRMATION,
)

if TYPE_CHECKING:
    from infusion_visits.core.fields import Rows

__all__ = [
    "ACCESS_DEVICE",
    "CHECK_KINDS",
    "DEVICE_CARE",
    "DEVICE_CHECK",
    "LUMEN",
    "LUMEN_CHECK",
    "REMOVAL_FIELDS",
    "ROWS",
    "SECTION",
    "TIP_CONFIRMATION",
]

SECTION = "devices"
# Clinical reference table 7.12, column "device assessment"; a pump change and a reassessment have
# no column there and handle the line all the same.
CHECK_KINDS = frozenset(
    {
        VisitKind.START_OF_CARE,
        VisitKind.FIRST_DOSE,
        VisitKind.ROUTINE_INFUSION,
        VisitKind.LINE_CARE,
        VisitKind.DEVICE_INSERTION,
        VisitKind.DEVICE_REMOVAL,
        VisitKind.PUMP_CHANGE,
        VisitKind.REASSESSMENT,
        VisitKind.DISCHARGE,
    }
)

ROWS: tuple[Rows, ...] = (ACCESS_DEVICE, DEVICE_CHECK, DEVICE_CARE)
