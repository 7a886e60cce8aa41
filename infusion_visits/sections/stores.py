"""How each section lies in tables. A new section is one line here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from infusion_visits.sections.arrival.tables import STORE as ARRIVAL
from infusion_visits.sections.assessment.tables import STORE as ASSESSMENT
from infusion_visits.sections.communication.tables import STORE as COMMUNICATION
from infusion_visits.sections.complications.tables import STORE as COMPLICATIONS
from infusion_visits.sections.departure.tables import STORE as DEPARTURE
from infusion_visits.sections.devices.tables import STORE as DEVICES
from infusion_visits.sections.home.tables import STORE as HOME
from infusion_visits.sections.infusion.tables import STORE as INFUSION
from infusion_visits.sections.labs.tables import STORE as LABS
from infusion_visits.sections.medicines.tables import STORE as MEDICINES
from infusion_visits.sections.screening.tables import STORE as SCREENING
from infusion_visits.sections.supplies.tables import STORE as SUPPLIES
from infusion_visits.sections.teaching.tables import STORE as TEACHING
from infusion_visits.sections.vitals.tables import STORE as VITALS

if TYPE_CHECKING:
    from infusion_visits.records.store import Store

STORES: dict[str, Store[Any]] = {
    "arrival": ARRIVAL,
    "screening": SCREENING,
    "home": HOME,
    "devices": DEVICES,
    "assessment": ASSESSMENT,
    "medicines": MEDICINES,
    "vitals": VITALS,
    "infusion": INFUSION,
    "labs": LABS,
    "complications": COMPLICATIONS,
    "communication": COMMUNICATION,
    "teaching": TEACHING,
    "supplies": SUPPLIES,
    "departure": DEPARTURE,
}
