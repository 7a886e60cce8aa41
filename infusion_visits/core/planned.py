"""What is still to be done for a patient, as a rule says it: an act turns it into a task."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class PlannedTask:
    """One thing to do. `due_day` is a day at the home; `origin` is the path of its row."""

    what: str
    assignee: str = ""
    due_day: date | None = None
    origin: str = ""
