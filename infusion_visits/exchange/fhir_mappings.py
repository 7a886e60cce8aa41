"""Every section's mapping to FHIR, by its key: a literal list, as all lists of sections are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from infusion_visits.sections.arrival import fhir as arrival
from infusion_visits.sections.assessment import fhir as assessment
from infusion_visits.sections.communication import fhir as communication
from infusion_visits.sections.complications import fhir as complications
from infusion_visits.sections.departure import fhir as departure
from infusion_visits.sections.devices import fhir as devices
from infusion_visits.sections.home import fhir as home
from infusion_visits.sections.infusion import fhir as infusion
from infusion_visits.sections.labs import fhir as labs
from infusion_visits.sections.medicines import fhir as medicines
from infusion_visits.sections.screening import fhir as screening
from infusion_visits.sections.supplies import fhir as supplies
from infusion_visits.sections.teaching import fhir as teaching
from infusion_visits.sections.vitals import fhir as vitals

if TYPE_CHECKING:
    from infusion_visits.core.fhir import Piece
    from infusion_visits.core.refs import Refs
    from infusion_visits.patients.facts import Facts

Mapped = Callable[[Any, "Facts", "Refs"], "list[Piece]"]

MAPPINGS: Mapping[str, Mapped] = {
    "arrival": arrival.to_fhir,
    "screening": screening.to_fhir,
    "home": home.to_fhir,
    "devices": devices.to_fhir,
    "assessment": assessment.to_fhir,
    "medicines": medicines.to_fhir,
    "vitals": vitals.to_fhir,
    "infusion": infusion.to_fhir,
    "labs": labs.to_fhir,
    "complications": complications.to_fhir,
    "communication": communication.to_fhir,
    "teaching": teaching.to_fhir,
    "supplies": supplies.to_fhir,
    "departure": departure.to_fhir,
}

NOT_MAPPED: Mapping[str, str] = {
    "supplies.supply_use": "stock of the agency; it stands in the text of the section",
    "supplies.safe_work": "protection and mileage of the nurse; in the text of the section",
    "devices.device_check.device_id": "the row is keyed by its line, which it refers to",
    "departure.departure.patient_ink": "drawn ink; the attester says that the patient signed",
    "departure.departure.nurse_ink": "drawn ink; the attester says who signed and when",
}
"""Groups and fields that become no resource, each with the reason; a test holds the rest."""
