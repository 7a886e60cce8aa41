"""The visit as FHIR: the encounter and its place, the agency, and the people who charted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infusion_visits.core.fhir import (
    TERMS,
    Piece,
    coding,
    concept,
    filled,
    link,
    own,
    period,
    resource,
)
from infusion_visits.core.kinds import VisitKind
from infusion_visits.sections.arrival.fields import PLACES
from infusion_visits.sections.arrival.values import Arrival
from infusion_visits.sections.departure.values import Departure

if TYPE_CHECKING:
    from uuid import UUID

    from infusion_visits.core.desk import Who
    from infusion_visits.core.refs import Refs
    from infusion_visits.visits.record import AgencyHead, VisitRecord


def organization(agency: AgencyHead) -> Piece:
    """The agency."""
    phone = [filled(system="phone", value=agency.telephone)] if agency.telephone else []
    return resource(
        "Organization", agency.id, active=True, name=agency.name or "Agency", telecom=phone
    )


def practitioner(who: Who) -> Piece:
    """A member as the record names them; names are kept as one text, not as parts."""
    qualification = [{"code": concept(who.credential)}] if who.credential.strip() else []
    return resource(
        "Practitioner",
        who.id,
        active=True,
        name=[{"text": who.name or "name not known"}],
        qualification=qualification,
    )


def role_id(refs: Refs, member: UUID) -> UUID:
    """The id of what a member is at this agency."""
    return refs.made(f"role/{member}")


def practitioner_role(who: Who, refs: Refs) -> Piece:
    """What a member is at the agency."""
    return resource(
        "PractitionerRole",
        role_id(refs, who.id),
        active=True,
        practitioner=link(who.id),
        organization=link(refs.agency),
        code=[concept(who.role, own("role", who.role))] if who.role.strip() else [],
    )


def place_id(refs: Refs) -> UUID:
    """The id of where the visit was."""
    return refs.made("place")


def location(record: VisitRecord, refs: Refs) -> list[Piece]:
    """Where the visit was; none for a telephone call. The address stands with the patient."""
    if record.visit.kind is VisitKind.TELEPHONE:
        return []
    arrival = record.of(Arrival).arrival
    key = arrival.place if arrival and not arrival.mark.struck else None
    words = next((one.label for one in PLACES if one.key == key), "home")
    house = coding(f"{TERMS}/location-physical-type", "ho", "House")
    private = key in {None, "home", "relative"}
    return [
        resource(
            "Location",
            place_id(refs),
            status="active",
            name=words,
            description=arrival.place_note if arrival and not arrival.mark.struck else None,
            mode="instance",
            physicalType=concept(words, house) if private else None,
        )
    ]


def encounter(record: VisitRecord, refs: Refs, *, retracted: bool) -> Piece:
    """The visit itself, from arriving to leaving, with the home's own offset."""
    visit = record.visit
    call = visit.kind is VisitKind.TELEPHONE
    code, words = ("VR", "virtual") if call else ("HH", "home health")
    arrival, departure = record.of(Arrival).arrival, record.of(Departure).departure
    began = (arrival.time_in if arrival and not arrival.mark.struck else None) or visit.started
    left = departure.time_out if departure and not departure.mark.struck else None
    ended = left or visit.completed
    lead = coding(f"{TERMS}/v3-ParticipationType", "PPRF", "primary performer")
    nurse = [
        {"type": [concept("primary performer", lead)], "individual": link(role_id(refs, who.id))}
        for who in (record.who(visit.nurse),)
        if who is not None
    ]
    return resource(
        "Encounter",
        refs.visit,
        identifier=[{"system": "urn:ietf:rfc:3986", "value": f"urn:uuid:{refs.visit}"}],
        status=_status(record, retracted=retracted),
        **{"class": coding(f"{TERMS}/v3-ActCode", code, words)},
        type=[
            concept(
                f"Home infusion visit: {visit.kind.label}",
                own("visit-kind", visit.kind.value, visit.kind.label),
            )
        ],
        subject=link(refs.patient),
        participant=nurse,
        period=period(refs.when(began) if began else None, refs.when(ended) if ended else None),
        reasonCode=[concept(visit.reason)] if visit.reason.strip() else [],
        location=[] if call else [{"location": link(place_id(refs))}],
        serviceProvider=link(refs.agency),
    )


def _status(record: VisitRecord, *, retracted: bool) -> str:
    if retracted:
        return "entered-in-error"
    if record.visit.missed or record.visit.cancelled:
        return "cancelled"
    return "finished"
