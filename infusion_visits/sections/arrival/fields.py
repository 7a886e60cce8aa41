"""What is asked on arriving.

Required content: clinical reference 7.2, 7.3 (two identifiers; an address or a room number is none)
and table 7.12. Pump changes and reassessments are not in that table; they are held to the same
reviews as a routine infusion.
"""

from __future__ import annotations

from infusion_visits.core.fields import Choice, Leaf, Many, Option, Rows, Shown, Text, When, YesNo
from infusion_visits.core.kinds import IN_PERSON_KINDS, VisitKind

SECTION = "arrival"
TWO = 2
"""How many identifiers make an identity (Joint Commission NPSG.01.01.01)."""

ALL_KINDS = frozenset(VisitKind)
REVIEW_KINDS = ALL_KINDS - {VisitKind.LAB_DRAW, VisitKind.TEACHING, VisitKind.TELEPHONE}
CONSENT_KINDS = frozenset({VisitKind.START_OF_CARE})

IDENTIFIERS = (
    Option("name", "full name"),
    Option("birth_date", "birth date"),
    Option("record_number", "record number"),
    Option("photo", "photo"),
)
HOME = "home"
PLACES = (
    Option(HOME, "home"),
    Option("relative", "relative's home"),
    Option("residence", "care home"),
    Option("suite", "suite or office"),
    Option("other", "elsewhere"),
)
REFUSED = "refused"
CONSENTS = (
    Option("given", "given today"),
    Option("standing", "given earlier, still stands"),
    Option(REFUSED, "refused"),
)
_CONSENTED = Shown("consent", ("given", "standing"))
PATIENT = "patient"
CONSENT_GIVERS = (
    Option(PATIENT, "the patient"),
    Option("guardian", "parent or guardian"),
    Option("representative", "representative"),
)
CHANGED = "changed"
REVIEWS = (
    Option("unchanged", "reviewed, unchanged"),
    Option(CHANGED, "reviewed, changed"),
)

_WHO_AND_WHERE: tuple[Leaf, ...] = (
    When(name="time_in", label="Time in", required=ALL_KINDS),
    Many(
        name="identifiers",
        label="Identified by",
        options=IDENTIFIERS,
        required=ALL_KINDS,
        help="Two at least. The address is a check of the delivery, not of the patient.",
    ),
    When(name="identified_at", label="Identified at", required=ALL_KINDS),
    Choice(name="place", label="Place", options=PLACES, required=ALL_KINDS),
    Text(
        name="place_note",
        label="Address of the visit",
        help="Where it was, when not the address on record",
        shown=Shown("place", tuple(place.key for place in PLACES if place.key != HOME)),
        required=True,
    ),
    Text(name="present", label="Present", help="Who else was there, and how they are related"),
)
_AGREED: tuple[Leaf, ...] = (
    Choice(name="consent", label="Consent to this care", options=CONSENTS, required=CONSENT_KINDS),
    Choice(
        name="consent_by",
        label="Consent given by",
        options=CONSENT_GIVERS,
        shown=Shown("consent", ("given", "standing", REFUSED)),
        required=True,
    ),
    Text(
        name="consent_name",
        label="Name of who consented",
        shown=Shown("consent_by", ("guardian", "representative")),
        required=True,
    ),
    YesNo(
        name="rights",
        label="Rights and responsibilities explained",
        required=CONSENT_KINDS,
        shown=_CONSENTED,
    ),
    YesNo(
        name="emergency_contact",
        label="Emergency contact confirmed",
        required=CONSENT_KINDS,
        shown=_CONSENTED,
    ),
)
_REVIEWED: tuple[Leaf, ...] = (
    Choice(name="allergies_review", label="Allergies", options=REVIEWS, required=REVIEW_KINDS),
    Text(
        name="allergies_note",
        label="What changed in the allergies",
        shown=Shown("allergies_review", (CHANGED,)),
        required=True,
        lines=2,
    ),
    Choice(
        name="medicines_review",
        label="Home medicines",
        help="All of them, also those bought without a prescription",
        options=REVIEWS,
        required=REVIEW_KINDS,
    ),
    Text(
        name="medicines_note",
        label="What changed in the home medicines",
        shown=Shown("medicines_review", (CHANGED,)),
        required=True,
        lines=2,
    ),
    YesNo(name="hand_hygiene", label="Hand hygiene done", required=IN_PERSON_KINDS),
    Text(name="note", label="Note", lines=2),
)

ARRIVAL = Rows(
    name="arrival",
    label="Arrival",
    fields=(*_WHO_AND_WHERE, *_AGREED, *_REVIEWED),
    single=True,
    time_field="time_in",
)

ROWS: tuple[Rows, ...] = (ARRIVAL,)
