"""How each section lies in tables. A new section is one line here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from infusion_visits.sections.vitals.tables import STORE as VITALS

if TYPE_CHECKING:
    from infusion_visits.records.store import Store

STORES: dict[str, Store[Any]] = {
    "vitals": VITALS,
}
