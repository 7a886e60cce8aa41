"""How each section lies in tables. A new section is one line here."""

from __future__ import annotations

from typing import Any

from infusion_visits.records.store import Store

STORES: dict[str, Store[Any]] = {}
