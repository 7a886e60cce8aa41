"""All questions, asked of one record: each section's own, and those that need several sections."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from infusion_visits.core.findings import Finding, Level
from infusion_visits.visits.rules.after_complication import after_complication
from infusion_visits.visits.rules.before_start import before_start
from infusion_visits.visits.rules.before_step import before_step
from infusion_visits.visits.rules.completeness import half_typed, missing, sections_for
from infusion_visits.visits.rules.controlled_waste import controlled_waste
from infusion_visits.visits.rules.earlier_reaction import earlier_reaction
from infusion_visits.visits.rules.gates import under_gates
from infusion_visits.visits.rules.gone_ahead import gone_ahead
from infusion_visits.visits.rules.laptop_clock import laptop_clock
from infusion_visits.visits.rules.on_condition import asked_on_condition
from infusion_visits.visits.rules.plan_of_care import line_orders, plan_of_care
from infusion_visits.visits.rules.reaction_rules import reaction_findings
from infusion_visits.visits.rules.visit_kinds import asked_beyond_the_fields
from infusion_visits.visits.rules.within_visit import within_visit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from infusion_visits.patients.facts import Facts
    from infusion_visits.visits.record import VisitRecord

_WEIGHT = {Level.STOP: 0, Level.ALERT: 1, Level.ADVICE: 2}


def all_findings(
    record: VisitRecord, facts: Facts, texts: Mapping[str, str] | None = None
) -> list[Finding]:
    """Everything the rules have to say, the weightiest first.

    A signed record brings its findings; nothing is computed anew. A stop that was overridden no
    longer shuts its gate; page one prints the override itself.
    """
    if record.sealed:
        return list(record.findings)
    absent = missing(record)
    known = {one.subject for one in absent}
    asked = asked_beyond_the_fields(record, known)
    asked_too = asked_on_condition(record, facts, known)
    found: list[Finding] = [*half_typed(texts or {}), *absent, *asked, *asked_too]
    for section in sections_for(facts.kind):
        values = record.sections.get(section.key)
        if values is not None:
            found.extend(section.findings(values, facts))
    found = controlled_waste(record, facts, found)
    found.extend(before_start(record, facts))
    found.extend(before_step(record, facts))
    found.extend(earlier_reaction(record, facts))
    found.extend(within_visit(record, facts))
    found.extend(laptop_clock(record, facts))
    found.extend(reaction_findings(record, facts))
    found.extend(after_complication(record, facts))
    found.extend(plan_of_care(record, facts))
    found.extend(line_orders(record, facts))
    passed = {one.finding: one for one in record.overrides}
    told = [_gone_past(one, passed) for one in under_gates(found, facts)]
    told.extend(gone_ahead(record, facts, told))
    return sorted(told, key=lambda one: _WEIGHT[one.level])


def _gone_past(finding: Finding, passed: Mapping[str, object]) -> Finding:
    if finding.level is Level.STOP and finding.overridable and finding.key in passed:
        return replace(finding, level=Level.ADVICE)
    return finding
