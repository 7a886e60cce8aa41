"""The arrival as FHIR: what was charted as one observation, and the consent to care."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infusion_visits.core.charted import leaf_text
from infusion_visits.core.fhir import (
    LOINC,
    SURVEY,
    TERMS,
    Piece,
    charted,
    coding,
    concept,
    link,
    own,
    resource,
)
from infusion_visits.sections.arrival.fields import ARRIVAL, PATIENT, REFUSED

if TYPE_CHECKING:
    from infusion_visits.core.refs import Refs
    from infusion_visits.patients.facts import Facts
    from infusion_visits.sections.arrival.values import Arrival, ArrivalCheck


def to_fhir(values: Arrival, facts: Facts, refs: Refs) -> list[Piece]:
    """The arrival of one visit. Its time and place stand in the encounter as well."""
    one = values.arrival
    if one is None or one.mark.struck is not None:
        return []
    return [*charted(ARRIVAL, one, facts, refs, kind=SURVEY), *_consent(one, facts, refs)]


def _consent(one: ArrivalCheck, facts: Facts, refs: Refs) -> list[Piece]:
    if one.consent is None:
        return []
    words = leaf_text(ARRIVAL.leaf("consent"), one, facts)
    by = leaf_text(ARRIVAL.leaf("consent_by"), one, facts)
    who = ", ".join(part for part in (one.consent_name, by) if part)
    performer = [link(refs.patient)] if one.consent_by == PATIENT else []
    if who and not performer:
        performer = [{"display": who}]
    return [
        resource(
            "Consent",
            refs.made("consent"),
            status="rejected" if one.consent == REFUSED else "active",
            scope=concept("Treatment", coding(f"{TERMS}/consentscope", "treatment")),
            category=[concept("Consent", coding(LOINC, "59284-0", "Consent Document"))],
            patient=link(refs.patient),
            dateTime=refs.time_of(one.mark),
            performer=performer,
            organization=[link(refs.agency)],
            policyRule=concept(
                f"Consent to this care: {words}", own("arrival.consent", one.consent)
            ),
        )
    ]
