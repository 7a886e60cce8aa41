"""The rules of complications: state from steps, grades, whom to tell by when, and findings.

Source: clinical reference section 4 (catalogue, codes N0 to N3), 3.4 and 3.5. Every figure is an
agency default; order and protocol win.
"""

from __future__ import annotations

from infusion_visits.sections.complications.rules.asked import tasks
from infusion_visits.sections.complications.rules.catalogue import catalogue_of, shipped_catalogue
from infusion_visits.sections.complications.rules.found import findings
from infusion_visits.sections.complications.rules.state import (
    State,
    headline,
    is_noticed_here,
    known_here,
    open_words,
    state_of,
    steps_of,
)
from infusion_visits.sections.complications.rules.telling import duty_of, told_at

__all__ = [
    "State",
    "catalogue_of",
    "duty_of",
    "findings",
    "headline",
    "is_noticed_here",
    "known_here",
    "open_words",
    "shipped_catalogue",
    "state_of",
    "steps_of",
    "tasks",
    "told_at",
]
