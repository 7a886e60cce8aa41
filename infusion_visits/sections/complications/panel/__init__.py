"""Complications on the screen."""

from __future__ import annotations

from infusion_visits.sections.complications.panel.case_form import CaseForm
from infusion_visits.sections.complications.panel.cases import ComplicationsPanel

__all__ = ["CaseForm", "ComplicationsPanel"]
