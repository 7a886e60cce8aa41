"""Every table of the house in one place: for the revision command and the tests of migrations."""

from __future__ import annotations

import infusion_visits.records.change_log
import infusion_visits.sections.stores
import infusion_visits.team.tables
import infusion_visits.visits.tables  # noqa: F401
