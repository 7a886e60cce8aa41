"""A made-up visit as a record: a reaction during an infusion, late and struck rows, a refusal."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from infusion_visits.core.cells import Key, Row
from infusion_visits.core.desk import Who
from infusion_visits.core.findings import Finding, Level
from infusion_visits.core.kinds import NotDoneReason, StrikeReason, VisitKind
from infusion_visits.core.marks import Mark, NotDone, Struck
from infusion_visits.core.moments import utc_text
from infusion_visits.patients.values import (
    Allergy,
    Condition,
    HomeMedicine,
    Identifier,
    PatientChart,
    Person,
    Precaution,
    Premedication,
    RateStep,
    Task,
    TherapyOrder,
    WeightTaken,
)
from infusion_visits.sections.arrival.values import Arrival, ArrivalCheck
from infusion_visits.sections.departure.values import Departure, Leaving
from infusion_visits.sections.devices.values import (
    AccessDevice,
    DeviceCare,
    DeviceCheck,
    Devices,
    Lumen,
    LumenCheck,
)
from infusion_visits.sections.infusion.values import (
    Infusion,
    InfusionEvent,
    InfusionGiven,
    ProductLot,
)
from infusion_visits.sections.list import SECTIONS
from infusion_visits.sections.medicines.values import MedicineGiven, Medicines
from infusion_visits.sections.teaching.values import Taught, Teaching
from infusion_visits.sections.vitals.values import Vitals, VitalsSet
from infusion_visits.visits.record import (
    AgencyHead,
    Overridden,
    VisitHead,
    VisitRecord,
    canonical,
    to_plain,
)
from infusion_visits.visits.signed_note import SignedAddendum, SignedNote, digest_of
from tests.notes.sample_note import SETS

ZONE = "America/New_York"
NURSE = Who(UUID(int=1), "Ines Halvorsen", "RN, CRNI", "nurse")
PATIENT_ID, VISIT_ID, ORDER_ID, PORT_ID = (UUID(int=n) for n in (2, 0x4F9C2A71, 4, 5))
SIGNED_AT = datetime(2026, 11, 21, 18, 9, tzinfo=UTC)


def wall(text: str) -> datetime:
    """The instant of a wall time on the day of the visit."""
    hours, minutes = text.split(":")
    midnight = datetime(2026, 11, 21, 5, tzinfo=UTC)
    return midnight + timedelta(hours=int(hours), minutes=int(minutes))


def mark(group: str, *at: Key, when: str = "", late: int = 0, **more: Any) -> Mark:
    """The head of a row by the nurse, written `late` minutes after it happened."""
    moment = wall(when) if when else None
    written = moment + timedelta(minutes=late or 1) if moment else SIGNED_AT
    return Mark(Row(group, at), moment, written, NURSE.id, **more)


def struck() -> Struck:
    """Struck out as a typing error."""
    return Struck(wall("09:12"), NURSE.id, StrikeReason.TYPING_ERROR)


def patient() -> PatientChart:
    """Who she is, and what was ordered."""
    order = TherapyOrder(
        mark("therapy_order", ORDER_ID),
        drug="immune globulin 10 %",
        brand="Gammagard Liquid",
        indication_words="CIDP",
        dose=Decimal(35),
        dose_unit="g",
        dose_per_kg=Decimal("0.5"),
        dose_per_kg_unit="g",
        dosing_weight_kg=Decimal(70),
        dosing_weight_day=date(2026, 11, 2),
        volume_ml=Decimal(350),
        route="IV",
        delivery="pump",
        frequency="every 3 weeks",
        observation_minutes=Decimal(30),
        first_dose=False,
        prescriber="S. Lindqvist, MD",
        ordered_day=date(2026, 11, 2),
        status="used",
        version=Decimal(1),
        rate_step=tuple(
            RateStep(
                mark("rate_step", ORDER_ID, number),
                rate=Decimal(rate),
                rate_unit="mL/h",
                minutes=Decimal(30) if rate < 280 else None,
                until_complete=rate == 280,
            )
            for number, rate in enumerate((35, 70, 140, 210, 280), start=1)
        ),
        premedication=(
            Premedication(
                mark("premedication", ORDER_ID, 1),
                "acetaminophen",
                "650 mg",
                "by mouth",
                Decimal(30),
            ),
        ),
    )
    return PatientChart(
        patient=Person(
            mark("patient"),
            family="Okafor",
            given="Maren",
            birth_day=date(1979, 3, 14),
            sex="female",
            zone=ZONE,
            telephone="555-0199",
            language="English",
        ),
        patient_identifier=(Identifier(mark("patient_identifier", 1), "record", "0042-118"),),
        weight=(WeightTaken(mark("weight", 1), Decimal(70), date(2026, 11, 2)),),
        allergy=(Allergy(mark("allergy", 1), "penicillin", "hives", kind="drug"),),
        precaution=(Precaution(mark("precaution", 1), "limb", "right arm", why="lymph nodes out"),),
        condition=(Condition(mark("condition", 1), "CIDP"),),
        home_medicine=(
            HomeMedicine(
                mark("home_medicine", 1), "gabapentin", "300 mg", "by mouth", "at bedtime"
            ),
        ),
        therapy_order=(order,),
        task=(
            Task(
                mark("task", UUID(int=9)),
                what="Call about the headache",
                assignee="I. Halvorsen",
                due_day=date(2026, 11, 22),
            ),
        ),
    )


def vitals() -> Vitals:
    """Twelve sets; one with a refusal, one late."""
    sets = []
    for number, row in enumerate(SETS, start=1):
        time, _, systolic, diastolic, pulse, resp, spo2, temperature, pain, _ = row
        more: dict[str, Any] = {}
        if time == "12:54":
            more["not_done"] = {"pain": NotDone(NotDoneReason.REFUSED, "wants to rest")}
        entered = {"temperature": f"{temperature} [degF]"}
        sets.append(
            VitalsSet(
                mark("vital_signs", number, when=str(time), late=40 if time == "11:41" else 0,
                     as_entered=entered, **more),
                at=wall(str(time)),
                systolic=Decimal(str(systolic)),
                diastolic=Decimal(str(diastolic)),
                pulse=Decimal(str(pulse)),
                respirations=Decimal(str(resp)),
                spo2=Decimal(str(spo2)),
                temperature=Decimal("37.0"),
                pain=None if more else Decimal(str(pain)),
                consciousness="A",
                oxygen="air",
                limb="left_arm",
                position="sitting",
            )
        )  # fmt: skip
    return Vitals(tuple(sets))


def infusion() -> Infusion:
    """Held once, resumed, completed."""
    acts = (
        ("09:12", "start", 35), ("09:42", "step", 70), ("10:12", "step", 140), ("10:27", "hold", 0),
        ("10:42", "resume", 70), ("11:12", "step", 140), ("11:42", "step", 210),
        ("12:12", "step", 280), ("12:23", "complete", 0),
    )  # fmt: skip
    return Infusion(
        (
            InfusionGiven(
                mark("infusion", 1, when="09:12"),
                order_id=ORDER_ID,
                device_id=PORT_ID,
                method="pump",
                prepared_ml=Decimal(350),
                second_check="solo",
                wasted_ml=Decimal(0),
                tolerated="with_difficulty",
                difference_reason="bag emptied by the last step",
                product_lot=(
                    ProductLot(
                        mark("product_lot", 1, 1),
                        "Gammagard Liquid",
                        "LE12T204",
                        date(2028, 6, 30),
                        Decimal(35),
                        "g",
                    ),
                ),
                infusion_event=tuple(
                    InfusionEvent(
                        mark("infusion_event", 1, number, when=time),
                        wall(time),
                        kind,
                        Decimal(rate) if rate else None,
                        why="headache, pulse 112" if kind == "hold" else None,
                    )
                    for number, (time, kind, rate) in enumerate(acts, start=1)
                ),
            ),
        )
    )


def devices() -> Devices:
    """A port, found well, accessed, flushed and locked."""
    care = (("09:04", "port_access", 1), ("12:58", "port_deaccess", 2))
    return Devices(
        access_device=(
            AccessDevice(
                mark("access_device", PORT_ID),
                kind="port",
                side="right",
                site="chest",
                inserted_on=date(2025, 3, 3),
                tip="caj",
                tip_method="chest_xray",
                lumen=(Lumen(mark("lumen", PORT_ID, 1), label="single"),),
            ),
        ),
        device_check=(
            DeviceCheck(
                mark("device_check", PORT_ID, when="09:05"),
                device_id=PORT_ID,
                checked_at=wall("09:05"),
                site="clean",
                lumen_check=(
                    LumenCheck(
                        mark("lumen_check", PORT_ID, 1),
                        flush="easy",
                        blood_return_before="brisk",
                        blood_return_after="brisk",
                        lock_agent="heparin",
                        lock_units_per_ml=Decimal(100),
                        lock_ml=Decimal(5),
                    ),
                ),
            ),
        ),
        device_care=tuple(
            DeviceCare(
                mark("device_care", number, when=time),
                device_id=PORT_ID,
                done_at=wall(time),
                what=what,
                antiseptic="chg_alcohol",
                tolerated="well",
            )
            for time, what, number in care
        ),
    )


def sections() -> dict[str, Any]:
    """Every section, the others empty."""
    charted: dict[str, Any] = {section.key: section.values() for section in SECTIONS}
    charted["arrival"] = Arrival(
        ArrivalCheck(
            mark("arrival", when="09:02"),
            time_in=wall("09:02"),
            identifiers=("name", "birth_date"),
            identified_at=wall("09:03"),
            place="home",
            hand_hygiene=True,
        )
    )
    charted["devices"] = devices()
    charted["vitals"] = vitals()
    charted["infusion"] = infusion()
    charted["medicines"] = Medicines(
        (
            MedicineGiven(
                mark("medicine_given", 1, when="08:40"),
                wall("08:40"), "acetaminophen", "650", "mg", "oral",
            ),
            MedicineGiven(
                mark("medicine_given", 2, when="08:41", struck=struck()),
                wall("08:41"), "diphenhydrAMINE", "50", "mg", "oral",
            ),
        )
    )  # fmt: skip
    charted["teaching"] = Teaching(
        (
            Taught(
                mark("teaching", 1, when="12:50"),
                at=wall("12:50"),
                topic_words="headache, stiff neck, whom to call",
                result="verbal_repeat",
            ),
        )
    )
    charted["departure"] = Departure(
        Leaving(
            mark("departure", when="13:05"),
            time_out=wall("13:05"),
            condition="stable",
            plan="Start at 35 mL/h, ask about the rate limit",
            next_visit=datetime(2026, 12, 12, 14, tzinfo=UTC),
            nurse_ink="[[[40,120],[90,40],[140,90],[240,90]]]",
            no_patient_ink="refused",
        )
    )
    return charted


def record(**changes: Any) -> VisitRecord:
    """The visit, not yet sealed."""
    whole = VisitRecord(
        visit=VisitHead(
            id=VISIT_ID,
            patient=PATIENT_ID,
            kind=VisitKind.ROUTINE_INFUSION,
            zone=ZONE,
            scheduled=wall("09:00"),
            nurse=NURSE.id,
            order=ORDER_ID,
            started=wall("09:02"),
            completed=wall("13:05"),
        ),
        agency=AgencyHead(UUID(int=7), "Riverbend Home Infusion"),
        patient=patient(),
        sections=sections(),
        people=(NURSE,),
        overrides=(
            Overridden("screening.fever@", "Fever in the last day.", "told S. Lindqvist, go on",
                       wall("09:06"), NURSE.id),
        ),
    )  # fmt: skip
    return replace(whole, **changes)


REACTION = Finding(
    "reaction",
    Level.ALERT,
    "Infusion reaction, grade 2 (CTCAE 5)",
    "complications",
    detail="pulse 112, up 42 from before; headache 4 of 10; no itching, dyspnea or fever",
    response="told S. Lindqvist 10:30, read back: resume at half rate; recheck 10:41: pulse 80",
    at=wall("10:26"),
)


def quiet_record() -> VisitRecord:
    """The same visit in which nothing was wrong."""
    calm = dict(sections())
    calm["vitals"] = replace(vitals(), vital_signs=vitals().vital_signs[:3])
    return record(sections=calm, overrides=())


def signed(
    unsigned: VisitRecord, *findings: Finding, addenda: tuple[SignedAddendum, ...] = ()
) -> SignedNote:
    """The note of a record; its signature is not looked at here."""
    envelope = {
        "type": "visit-note",
        "v": 1,
        "layout": 1,
        "record": to_plain(replace(unsigned, findings=findings)),
        **_signing(SIGNED_AT),
    }
    return SignedNote(canonical(envelope), b"", addenda)


def addendum(note: SignedNote, kind: str, words: str, *corrects: dict[str, str]) -> SignedAddendum:
    """An addendum of the next day."""
    envelope = {
        "type": "addendum",
        "v": 1,
        "kind": kind,
        "target_sha256": digest_of(note.envelope),
        "words": words,
        "corrects": list(corrects),
        **_signing(SIGNED_AT + timedelta(days=1)),
    }
    return SignedAddendum(UUID(int=11), canonical(envelope), b"")


def _signing(at: datetime) -> dict[str, Any]:
    return {
        "signer": {
            "member": str(NURSE.id),
            "name": NURSE.name,
            "credential": NURSE.credential,
            "role": NURSE.role,
            "public_key": "04" + "ab" * 64,
        },
        "meaning": "performed and documented",
        "signed_at": {"utc": utc_text(at), "zone": ZONE, "offset": "-0500"},
    }
