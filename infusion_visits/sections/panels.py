"""The sections whose form is more than the common one.

A panel is made with `(desk, ref_options, sense, read_only=...)`, as the common form is, and has the
same `show_values`, `show_drafts`, `focus_cell`, `focus_first`, `open_row` and `finished`.
"""

from __future__ import annotations

from typing import Any

from infusion_visits.sections.assessment.panel import AssessmentPanel
from infusion_visits.sections.complications.panel import ComplicationsPanel
from infusion_visits.sections.devices.panel import DevicesPanel
from infusion_visits.sections.home.panel import HomePanel
from infusion_visits.sections.infusion.panel import InfusionPanel
from infusion_visits.sections.medicines.panel import MedicinesPanel
from infusion_visits.sections.screening.panel import ScreeningPanel
from infusion_visits.sections.supplies.panel import SuppliesPanel
from infusion_visits.sections.vitals.panel import VitalsPanel

PANELS: dict[str, type[Any]] = {
    "screening": ScreeningPanel,
    "home": HomePanel,
    "devices": DevicesPanel,
    "assessment": AssessmentPanel,
    "medicines": MedicinesPanel,
    "vitals": VitalsPanel,
    "infusion": InfusionPanel,
    "complications": ComplicationsPanel,
    "supplies": SuppliesPanel,
}
