"""Every section of a visit, in the order of the visit. A new section is one line here."""

from __future__ import annotations

from infusion_visits.core.kinds import INFUSION_KINDS, VisitKind
from infusion_visits.sections.arrival import fields as arrival_fields
from infusion_visits.sections.arrival import note as arrival_note
from infusion_visits.sections.arrival import rules as arrival_rules
from infusion_visits.sections.arrival.values import Arrival
from infusion_visits.sections.assessment import fields as assessment_fields
from infusion_visits.sections.assessment import note as assessment_note
from infusion_visits.sections.assessment import rules as assessment_rules
from infusion_visits.sections.assessment.values import Assessment
from infusion_visits.sections.communication import fields as communication_fields
from infusion_visits.sections.communication import note as communication_note
from infusion_visits.sections.communication import rules as communication_rules
from infusion_visits.sections.communication.values import Communication
from infusion_visits.sections.complications import fields as complications_fields
from infusion_visits.sections.complications import note as complications_note
from infusion_visits.sections.complications import rules as complications_rules
from infusion_visits.sections.complications.values import Complications
from infusion_visits.sections.departure import fields as departure_fields
from infusion_visits.sections.departure import note as departure_note
from infusion_visits.sections.departure import rules as departure_rules
from infusion_visits.sections.departure.values import Departure
from infusion_visits.sections.devices import fields as devices_fields
from infusion_visits.sections.devices import note as devices_note
from infusion_visits.sections.devices import rules as devices_rules
from infusion_visits.sections.devices.values import Devices
from infusion_visits.sections.home import fields as home_fields
from infusion_visits.sections.home import note as home_note
from infusion_visits.sections.home import rules as home_rules
from infusion_visits.sections.home.values import Home
from infusion_visits.sections.infusion import fields as infusion_fields
from infusion_visits.sections.infusion import note as infusion_note
from infusion_visits.sections.infusion import rules as infusion_rules
from infusion_visits.sections.infusion.values import Infusion
from infusion_visits.sections.labs import fields as labs_fields
from infusion_visits.sections.labs import note as labs_note
from infusion_visits.sections.labs import rules as labs_rules
from infusion_visits.sections.labs.values import Labs
from infusion_visits.sections.medicines import fields as medicines_fields
from infusion_visits.sections.medicines import note as medicines_note
from infusion_visits.sections.medicines import rules as medicines_rules
from infusion_visits.sections.medicines.values import Medicines
from infusion_visits.sections.screening import fields as screening_fields
from infusion_visits.sections.screening import note as screening_note
from infusion_visits.sections.screening import rules as screening_rules
from infusion_visits.sections.screening.values import Screening
from infusion_visits.sections.section import AnySection, Section
from infusion_visits.sections.supplies import fields as supplies_fields
from infusion_visits.sections.supplies import note as supplies_note
from infusion_visits.sections.supplies import rules as supplies_rules
from infusion_visits.sections.supplies.values import Supplies
from infusion_visits.sections.teaching import fields as teaching_fields
from infusion_visits.sections.teaching import note as teaching_note
from infusion_visits.sections.teaching import rules as teaching_rules
from infusion_visits.sections.teaching.values import Teaching
from infusion_visits.sections.vitals import fields as vitals_fields
from infusion_visits.sections.vitals import note as vitals_note
from infusion_visits.sections.vitals import rules as vitals_rules
from infusion_visits.sections.vitals.values import Vitals

SECTIONS: tuple[AnySection, ...] = (
    Section(
        key="arrival",
        title="Arrival",
        values=Arrival,
        rows=arrival_fields.ROWS,
        findings=arrival_rules.findings,
        blocks=arrival_note.blocks,
        required=arrival_fields.ALL_KINDS,
    ),
    Section(
        key="screening",
        title="Screening",
        values=Screening,
        rows=screening_fields.ROWS,
        catalogues=("screening",),
        findings=screening_rules.findings,
        blocks=screening_note.blocks,
        required=INFUSION_KINDS,
        hidden=screening_fields.HIDDEN_KINDS,
    ),
    Section(
        key="home",
        title="Home",
        values=Home,
        rows=home_fields.ROWS,
        catalogues=("home_assessment",),
        findings=home_rules.findings,
        blocks=home_note.blocks,
        required=home_fields.HOME_KINDS,
        hidden=frozenset({VisitKind.TELEPHONE}),
    ),
    Section(
        key="devices",
        title="Lines",
        values=Devices,
        rows=devices_fields.ROWS,
        catalogues=("devices", "scales"),
        findings=devices_rules.findings,
        blocks=devices_note.blocks,
        required=devices_fields.CHECK_KINDS,
        left_out=frozenset({"device_check.device_id", "device_care.device_id"}),
    ),
    Section(
        key="assessment",
        title="Assessment",
        values=Assessment,
        rows=assessment_fields.ROWS,
        catalogues=("assessment", "scales"),
        findings=assessment_rules.findings,
        blocks=assessment_note.blocks,
        required=assessment_fields.ASSESSED_KINDS,
        hidden=assessment_fields.HIDDEN_KINDS,
    ),
    Section(
        key="medicines",
        title="Medicines",
        values=Medicines,
        rows=medicines_fields.ROWS,
        catalogues=("home_medicines",),
        findings=medicines_rules.findings,
        blocks=medicines_note.blocks,
        hidden=frozenset({VisitKind.TELEPHONE}),
    ),
    Section(
        key="vitals",
        title="Vitals",
        values=Vitals,
        rows=vitals_fields.ROWS,
        catalogues=("vitals", "vitals_schedules", "scales"),
        findings=vitals_rules.findings,
        blocks=vitals_note.blocks,
        required=vitals_fields.VITALS_KINDS,
        hidden=frozenset({VisitKind.TELEPHONE}),
    ),
    Section(
        key="infusion",
        title="Infusion",
        values=Infusion,
        rows=infusion_fields.ROWS,
        catalogues=("infusion", "calculations", "access", "gates"),
        findings=infusion_rules.findings,
        blocks=infusion_note.blocks,
        required=INFUSION_KINDS,
        hidden=frozenset({VisitKind.TELEPHONE}),
    ),
    Section(
        key="labs",
        title="Laboratory",
        values=Labs,
        rows=labs_fields.ROWS,
        catalogues=("labs",),
        findings=labs_rules.findings,
        blocks=labs_note.blocks,
        required=labs_fields.DRAW_KINDS,
        hidden=labs_fields.HIDDEN_KINDS,
    ),
    Section(
        key="complications",
        title="Complications",
        values=Complications,
        rows=complications_fields.ROWS,
        catalogues=("complications", "scales"),
        findings=complications_rules.findings,
        blocks=complications_note.blocks,
    ),
    Section(
        key="communication",
        title="Communication",
        values=Communication,
        rows=communication_fields.ROWS,
        catalogues=("communication",),
        findings=communication_rules.findings,
        blocks=communication_note.blocks,
        required=communication_fields.LOG_KINDS,
    ),
    Section(
        key="teaching",
        title="Teaching",
        values=Teaching,
        rows=teaching_fields.ROWS,
        catalogues=("teaching",),
        findings=teaching_rules.findings,
        blocks=teaching_note.blocks,
        required=teaching_fields.TEACHING_KINDS,
    ),
    Section(
        key="supplies",
        title="Supplies",
        values=Supplies,
        rows=supplies_fields.ROWS,
        catalogues=("emergency_kit",),
        findings=supplies_rules.findings,
        blocks=supplies_note.blocks,
        required=supplies_fields.KIT_KINDS,
        hidden=supplies_fields.HIDDEN_KINDS,
    ),
    Section(
        key="departure",
        title="Departure",
        values=Departure,
        rows=departure_fields.ROWS,
        findings=departure_rules.findings,
        blocks=departure_note.blocks,
        required=departure_fields.ALL_KINDS,
    ),
)
