"""The live infusion on the screen."""

from __future__ import annotations

from infusion_visits.sections.infusion.panel.acts import InfusionActs
from infusion_visits.sections.infusion.panel.section import InfusionPanel

__all__ = ["InfusionActs", "InfusionPanel"]
