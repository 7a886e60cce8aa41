"""The home on the screen."""

from __future__ import annotations

from infusion_visits.sections.home.panel.cards import BeforeCard, OutcomeCard
from infusion_visits.sections.home.panel.checklist import HomePanel

__all__ = ["BeforeCard", "HomePanel", "OutcomeCard"]
