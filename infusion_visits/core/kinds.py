"""The kinds of visit and the words for a visit's state (clinical reference 7.1)."""

from __future__ import annotations

from enum import StrEnum


class VisitKind(StrEnum):
    """Why the nurse goes (clinical reference table 7.1)."""

    START_OF_CARE = "start_of_care"
    FIRST_DOSE = "first_dose"
    ROUTINE_INFUSION = "routine_infusion"
    LINE_CARE = "line_care"
    LAB_DRAW = "lab_draw"
    TEACHING = "teaching"
    UNSCHEDULED = "prn_unscheduled"
    DEVICE_INSERTION = "device_insertion"
    DEVICE_REMOVAL = "device_removal"
    PUMP_CHANGE = "pump_change_refill"
    REASSESSMENT = "recertification_reassessment"
    DISCHARGE = "discharge"
    TELEPHONE = "telephone"

    @property
    def label(self) -> str:
        """The words on the screen and in the note."""
        return _KIND_LABELS[self]


_KIND_LABELS = {
    VisitKind.START_OF_CARE: "Start of care",
    VisitKind.FIRST_DOSE: "First dose",
    VisitKind.ROUTINE_INFUSION: "Routine infusion",
    VisitKind.LINE_CARE: "Line care",
    VisitKind.LAB_DRAW: "Lab draw",
    VisitKind.TEACHING: "Teaching",
    VisitKind.UNSCHEDULED: "Unscheduled",
    VisitKind.DEVICE_INSERTION: "Line insertion",
    VisitKind.DEVICE_REMOVAL: "Line removal",
    VisitKind.PUMP_CHANGE: "Pump change or refill",
    VisitKind.REASSESSMENT: "Reassessment",
    VisitKind.DISCHARGE: "Discharge",
    VisitKind.TELEPHONE: "Telephone",
}

INFUSION_KINDS = frozenset({VisitKind.FIRST_DOSE, VisitKind.ROUTINE_INFUSION})
IN_PERSON_KINDS = frozenset(set(VisitKind) - {VisitKind.TELEPHONE})


class VisitStatus(StrEnum):
    """Derived from what happened to the visit, never stored."""

    SCHEDULED = "scheduled"
    IN_PROGRESS = "in progress"
    COMPLETED = "completed"
    SIGNED = "signed"
    MISSED = "missed"
    CANCELLED = "cancelled"
    RETRACTED = "retracted"


class NotDoneReason(StrEnum):
    """Why a required thing was not done; it prints, and becomes FHIR dataAbsentReason."""

    REFUSED = "patient refused"
    UNABLE = "unable"
    DEVICE_FAILED = "device failed"
    NOT_APPROPRIATE = "not appropriate"
    OTHER = "other"


class StrikeReason(StrEnum):
    """Why a mistaken row was struck out; the row stays and stays legible."""

    TYPING_ERROR = "typing error"
    WRONG_PATIENT = "wrong patient"
    DUPLICATE = "duplicate"
