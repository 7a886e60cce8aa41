"""A visit charted in memory, row by row as it is typed, and what the rules say of it.

    kind = "visit told"
    given = { visit = "start_of_care", chart = [
      { in = "devices/access_device", name = "line", fields = { kind = "picc" } },
      { in = "devices/device_check", under = ["line"], fields = { at = "now" } },
    ] }
    expect = { codes = ["check-external-length"] }

`name` is an id that later rows may stand under, or refer to as `$name`. Rows of the patient are
charted in the same way (`in = "patients/plan_of_care"`). `minutes` moves the clock before a row.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from infusion_visits.core.fields import NotAValue, Owner, Sense
from infusion_visits.core.kinds import VisitKind
from infusion_visits.core.moments import show_time
from infusion_visits.patients.tables import STORE as PATIENT_STORE
from infusion_visits.sections.stores import STORES
from infusion_visits.visits.facts import facts_of
from infusion_visits.visits.rules.everything import all_findings
from tests.clinical_reference.runners.given import Given, kind
from tests.clinical_reference.runners.visit_kinds import NOW, ONE, empty_visit

if TYPE_CHECKING:
    from infusion_visits.core.findings import Finding
    from infusion_visits.records.store import Group, Store
    from infusion_visits.visits.record import VisitRecord

ZONE = "America/Chicago"
PATIENTS = "patients"
ASKED = ("external_length_cm", "arm_circumference_cm")


class Chart:
    """Rows by section and group, as the tables would hold them."""

    def __init__(self) -> None:
        self.rows: dict[str, dict[str, list[dict[str, Any]]]] = {}
        self.named: dict[str, tuple[Any, ...]] = {}
        self.now = NOW

    def write(self, entry: dict[str, Any]) -> None:
        """One row, each field through its own parsing."""
        self.now += timedelta(minutes=int(entry.get("minutes", 0)))
        section, _, name = str(entry["in"]).partition("/")
        store: Store[Any] = PATIENT_STORE if section == PATIENTS else STORES[section]
        group = store.group(name)
        held = self.rows.setdefault(section, {}).setdefault(name, [])
        keys = self._keys(group, entry, held)
        row: dict[str, Any] = dict(zip(group.keys, keys, strict=True))
        for field, text in entry.get("fields", {}).items():
            row |= self._columns(group, field, str(text))
        row |= {"created_at": self.now, "created_by": ONE}
        if group.rows.owner is Owner.PATIENT:
            row |= {"visit_id": ONE, "patient_id": ONE}
        held.append(row)
        if "name" in entry:
            self.named[str(entry["name"])] = keys

    def _keys(self, group: Group, entry: dict[str, Any], held: list[Any]) -> tuple[Any, ...]:
        above = [key for name in entry.get("under", ()) for key in self.named[str(name)]]
        if len(above) == len(group.keys):
            return tuple(above)
        own = uuid5(ONE, str(entry.get("name", len(held)))) if group.rows.own_id else len(held) + 1
        return (*above, own)

    def _columns(self, group: Group, field: str, text: str) -> dict[str, Any]:
        if text.startswith("$"):
            text = str(self.named[text[1:]][0])
        read = group.rows.leaf(field).parse(text, Sense(self.now, ZONE, {}))
        if isinstance(read, NotAValue):
            raise ValueError(f"{group.name}.{field}: {text!r}: {read.words}")
        return dict(read)

    def record(self, of: VisitKind) -> VisitRecord:
        """The record that these rows make."""
        bare = empty_visit(of, line=False)
        sections = {key: STORES[key].from_rows(self.rows.get(key, {})) for key in bare.sections}
        patient = PATIENT_STORE.from_rows(self.rows.get(PATIENTS, {}))
        orders = self.rows.get(PATIENTS, {}).get("therapy_order", ())
        order = UUID(str(orders[0]["id"])) if orders else None
        visit = replace(bare.visit, order=order)
        return replace(bare, visit=visit, sections=sections, patient=patient)


def charted(given: Given) -> tuple[Chart, VisitRecord]:
    """The chart that a case gives, and its record."""
    chart = Chart()
    for entry in given.any("chart", []):
        chart.write(entry)
    chart.now += timedelta(minutes=int(given.any("then_minutes", 0)))
    return chart, chart.record(VisitKind(given.text("visit", "routine_infusion")))


def findings_of(record: VisitRecord, now: datetime) -> list[Finding]:
    """All that the rules say at that moment."""
    return all_findings(record, facts_of(record, now))


@kind("visit told")
def told(given: Given) -> dict[str, object]:
    """Codes among those asked for (`look_for`, else those expected), levels, gates and words."""
    chart, record = charted(given)
    found = findings_of(record, chart.now)
    wanted = given.texts("look_for")
    chosen = [one for one in found if one.code in wanted]
    first = chosen[0] if chosen else None
    return {
        "codes": sorted({one.code for one in chosen}),
        "level": first.level.value if first else None,
        "gate": first.gate.value if first else None,
        "overridable": first.overridable if first else None,
        "words": first.words if first else None,
        "detail": first.detail if first else None,
        "asks_for": [
            name for name in ASKED if name in {one.cell.field for one in chosen if one.cell}
        ],
        "all": sorted({one.code for one in found}),
        "at": show_time(first.at, ZONE) if first and first.at else None,
    }
