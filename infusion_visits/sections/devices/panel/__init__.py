"""The lines on the screen."""

from __future__ import annotations

from infusion_visits.sections.devices.panel.line_form import LineForm
from infusion_visits.sections.devices.panel.lines import DevicesPanel

__all__ = ["DevicesPanel", "LineForm"]
