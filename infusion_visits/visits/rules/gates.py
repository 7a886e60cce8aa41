"""Which stops of an infusion a nurse may go past, and with whose word: the agency's choice.

`resources/clinical/gates.toml`. What is not named there is as its rule says.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from infusion_visits.core.catalogue import offer, read_once, reading
from infusion_visits.core.findings import Finding, Level
from infusion_visits.core.resources import load_catalogue

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from infusion_visits.patients.facts import Facts

CATALOGUE = "gates"
KNOWN = (
    "start.no-order",
    "start.order-over",
    "start.order-not-begun",
    "start.not-for-home",
    "start.no-line",
    "start.access",
    "start.never-intravenous",
    "start.line-not-ours",
    "start.line-unfit",
    "start.no-needle",
    "start.lumen-unfit",
    "start.lumen-dedicated",
    "start.no-blood-return",
    "start.no-baseline",
    "start.first-dose",
    "start.first-dose-conditions",
    "start.first-dose-kit",
    "start.first-dose-observation",
    "start.premedication-early",
    "start.product-expired",
    "start.product-beyond-use",
    "start.product-temperature",
    "start.product-damaged",
    "start.filter",
    "start.pump-maintenance",
    "start.double-check",
    "start.not-independent",
    "start.not-compared",
    "start.site-volume",
    "screening-hold",
    "screening-incomplete",
    "medicines.premedication_lacking",
    "step.vitals-first",
)
"""The codes of the stops that an agency decides about."""
NEEDS = ("reason", "prescriber", "pharmacist")
_ASKED = {
    "prescriber": "Going past it needs the prescriber's word: name who agreed, and when.",
    "pharmacist": "Going past it needs the pharmacist's word: name who agreed, and when.",
}


@dataclass(frozen=True, slots=True)
class GateRule:
    """Whether a stop may be gone past, and what the reason has to name."""

    overridable: bool
    needs: str = "reason"


def read_gates(plain: Mapping[str, Any]) -> dict[str, GateRule]:
    """The rules by code of the finding. Raises CatalogueRefused with every fault."""
    found: dict[str, GateRule] = {}
    with reading(plain) as top:
        group = top.entry("gate")
        for code, entry in group.tables() if group else ():
            if code not in KNOWN:
                entry.fault(f"{code} is no stop of an infusion.", offer(code, KNOWN))
            entry.source()
            entry.text("title")
            entry.yes("unsure")
            if not entry.has("overridable"):
                entry.fault("overridable is missing.", "Write overridable = true or false.")
            found[code] = GateRule(
                entry.yes("overridable"),
                entry.choice("needs", NEEDS, needed=False, default="reason"),
            )
            entry.close()
        if group:
            group.close()
    return found


_read = read_once(read_gates)


def gates_for(facts: Facts) -> dict[str, GateRule]:
    """The rules in force: those kept with a signed record, else those of the catalogue."""
    return _read(facts.catalogue.get(CATALOGUE) or load_catalogue(CATALOGUE))


def under_gates(findings: Iterable[Finding], facts: Facts) -> list[Finding]:
    """The same findings, each stop as the agency decided about it."""
    rules = gates_for(facts)
    return [_under(one, rules.get(one.code)) for one in findings]


def _under(finding: Finding, rule: GateRule | None) -> Finding:
    if rule is None or finding.level is not Level.STOP:
        return finding
    asked = _ASKED.get(rule.needs, "") if rule.overridable else ""
    detail = " ".join(part for part in (finding.detail, asked) if part)
    return replace(finding, overridable=rule.overridable, detail=detail)
