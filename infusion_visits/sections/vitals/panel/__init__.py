"""Vital signs on the screen: the one line, the sets, and the sets that were missed."""

from infusion_visits.sections.vitals.panel.line import LINE_CELL, VitalsLine
from infusion_visits.sections.vitals.panel.section import VitalsPanel

__all__ = ["LINE_CELL", "VitalsLine", "VitalsPanel"]
