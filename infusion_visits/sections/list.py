"""Every section of a visit, in the order of the visit. A new section is one line here."""

from __future__ import annotations

from infusion_visits.sections.section import AnySection

SECTIONS: tuple[AnySection, ...] = ()
