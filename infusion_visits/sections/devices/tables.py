"""The tables of lines, checks and care."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import Boolean

from infusion_visits.records.rows import (
    PatientRow,
    PatientThing,
    VisitRow,
    day_column,
    decimal_column,
    instant_column,
    key_column,
    keys_column,
    optional,
    seq_column,
    text_column,
    uuid_column,
)
from infusion_visits.records.store import Group, Store
from infusion_visits.sections.devices.fields import (
    ACCESS_DEVICE,
    DEVICE_CARE,
    DEVICE_CHECK,
    LUMEN,
    LUMEN_CHECK,
    SECTION,
    TIP_CONFIRMATION,
)
from infusion_visits.sections.devices.values import (
    AccessDevice,
    DeviceCare,
    DeviceCheck,
    Devices,
    Lumen,
    LumenCheck,
    TipConfirmation,
)


class AccessDeviceTable(PatientThing, table=True):
    """A line of a patient; removal ends it and deletes nothing."""

    __tablename__ = "access_device"

    id: UUID = key_column()
    kind: str | None = text_column("key of: Line")
    side: str | None = text_column("key of: Side")
    site: str | None = text_column("key of: Site")
    vein: str | None = text_column("key of: Vein")
    site_count: Decimal | None = decimal_column("Number of sites")
    inserted_on: date | None = day_column("Placed on, local day")
    inserted_precision: str | None = text_column("key of: That day is")
    inserted_at_facility: str | None = text_column("Placed at")
    inserted_by: str | None = text_column("Placed by")
    placed_here: bool | None = optional(Boolean, "Placed at a visit of ours")
    inserted_at: datetime | None = instant_column("Time placed, UTC")
    insertion_antiseptic: str | None = text_column("key of: Antiseptic")
    insertion_dry_seconds: Decimal | None = decimal_column("Dried for, seconds")
    attempts: Decimal | None = decimal_column("Attempts")
    attempts_one_nurse: Decimal | None = decimal_column("Most attempts by one nurse")
    ultrasound: bool | None = optional(Boolean, "Under ultrasound")
    insertion_tolerated: str | None = text_column("key of: Tolerated")
    dwell_limit_days: Decimal | None = decimal_column("days")
    dwell_limit_days_entered: str | None = text_column("as typed")
    dwell_limit_days_unit: str | None = text_column("UCUM code as typed")
    gauge: Decimal | None = decimal_column("G")
    gauge_entered: str | None = text_column("as typed")
    gauge_unit: str | None = text_column("UCUM code as typed")
    french: Decimal | None = decimal_column("Fr")
    french_entered: str | None = text_column("as typed")
    french_unit: str | None = text_column("UCUM code as typed")
    catheter_length_cm: Decimal | None = decimal_column("cm")
    catheter_length_cm_entered: str | None = text_column("as typed")
    catheter_length_cm_unit: str | None = text_column("UCUM code as typed")
    trimmed_length_cm: Decimal | None = decimal_column("cm")
    trimmed_length_cm_entered: str | None = text_column("as typed")
    trimmed_length_cm_unit: str | None = text_column("UCUM code as typed")
    inserted_length_cm: Decimal | None = decimal_column("cm")
    inserted_length_cm_entered: str | None = text_column("as typed")
    inserted_length_cm_unit: str | None = text_column("UCUM code as typed")
    external_length_cm: Decimal | None = decimal_column("cm")
    external_length_cm_entered: str | None = text_column("as typed")
    external_length_cm_unit: str | None = text_column("UCUM code as typed")
    arm_circumference_cm: Decimal | None = decimal_column("cm")
    arm_circumference_cm_entered: str | None = text_column("as typed")
    arm_circumference_cm_unit: str | None = text_column("UCUM code as typed")
    arm_measured_above_cm: Decimal | None = decimal_column("cm")
    arm_measured_above_cm_entered: str | None = text_column("as typed")
    arm_measured_above_cm_unit: str | None = text_column("UCUM code as typed")
    measured_on: date | None = day_column("Lengths measured on, local day")
    tip: str | None = text_column("key of: Tip at")
    tip_method: str | None = text_column("key of: Tip confirmed by")
    tip_confirmed_on: date | None = day_column("Tip confirmed on, local day")
    catheter_end: str | None = text_column("key of: End")
    cuffed: bool | None = optional(Boolean, "Cuffed")
    power_injectable: bool | None = optional(Boolean, "Power injectable")
    power_limit: str | None = text_column("Power limit")
    brand: str | None = text_column("Brand")
    lot: str | None = text_column("Lot")
    expires: date | None = day_column("Expires, local day")
    securement: str | None = text_column("key of: Securement")
    sutures_out_on: date | None = day_column("Sutures out on, local day")
    dressing_type: str | None = text_column("key of: Dressing")
    needle_gauge: Decimal | None = decimal_column("G")
    needle_gauge_entered: str | None = text_column("as typed")
    needle_gauge_unit: str | None = text_column("UCUM code as typed")
    needle_length_cm: Decimal | None = decimal_column("cm")
    needle_length_cm_entered: str | None = text_column("as typed")
    needle_length_cm_unit: str | None = text_column("UCUM code as typed")
    needle_non_coring: bool | None = optional(Boolean, "Non-coring")
    accessed_at: datetime | None = instant_column("Accessed elsewhere at, UTC")
    comment: str | None = text_column("Comment")
    removed_at: datetime | None = instant_column("Removed at, UTC")
    removed_by: str | None = text_column("Removed by")
    removal_reason: str | None = text_column("key of: Reason")
    removal_order: str | None = text_column("Removal ordered by")
    removed_length_cm: Decimal | None = decimal_column("cm")
    removed_length_cm_entered: str | None = text_column("as typed")
    removed_length_cm_unit: str | None = text_column("UCUM code as typed")
    tip_intact: bool | None = optional(Boolean, "Tip intact")
    removal_position: str | None = text_column("key of: Position")
    removal_breath: str | None = text_column("key of: While it was drawn")
    anticoagulated: bool | None = optional(Boolean, "Takes a blood thinner")
    pressure_minutes: Decimal | None = decimal_column("min")
    pressure_minutes_entered: str | None = text_column("as typed")
    pressure_minutes_unit: str | None = text_column("UCUM code as typed")
    removal_site: str | None = text_column("Site after removal")
    removal_dressing: str | None = text_column("Dressing after removal")
    removal_ointment: bool | None = optional(Boolean, "Airtight dressing with ointment")
    flat_minutes: Decimal | None = decimal_column("min")
    flat_minutes_entered: str | None = text_column("as typed")
    flat_minutes_unit: str | None = text_column("UCUM code as typed")
    removal_tolerated: str | None = text_column("key of: Removal tolerated")
    culture_sent: bool | None = optional(Boolean, "Culture sent")


class LumenTable(PatientRow, table=True):
    """One lumen of a line."""

    __tablename__ = "lumen"

    device_id: UUID = key_column("access_device.id")
    seq: int = seq_column()
    label: str | None = text_column("Lumen")
    use: str | None = text_column("Used for")
    dedicated_drug: str | None = text_column("Only for")
    volume_ml: Decimal | None = decimal_column("mL")
    volume_ml_entered: str | None = text_column("as typed")
    volume_ml_unit: str | None = text_column("UCUM code as typed")


class TipConfirmationTable(PatientRow, table=True):
    """The tip of a line confirmed anew."""

    __tablename__ = "tip_confirmation"

    device_id: UUID = key_column("access_device.id")
    seq: int = seq_column()
    confirmed_on: date | None = day_column("Confirmed on, local day")
    tip: str | None = text_column("key of: Tip at")
    method: str | None = text_column("key of: Confirmed by")
    external_length_cm: Decimal | None = decimal_column("cm")
    external_length_cm_entered: str | None = text_column("as typed")
    external_length_cm_unit: str | None = text_column("UCUM code as typed")
    told_by: str | None = text_column("Told by")


class DeviceCheckTable(VisitRow, table=True):
    """One line as found at one visit."""

    __tablename__ = "device_check"

    device_id: UUID = key_column("access_device.id")
    checked_at: datetime | None = instant_column("Checked at, UTC")
    accessed: bool | None = optional(Boolean, "Needle in the port")
    site: str | None = text_column("key of: Site")
    signs: tuple[str, ...] | None = keys_column("keys of: Signs")
    redness_cm: Decimal | None = decimal_column("cm")
    redness_cm_entered: str | None = text_column("as typed")
    redness_cm_unit: str | None = text_column("UCUM code as typed")
    swelling_cm: Decimal | None = decimal_column("cm")
    swelling_cm_entered: str | None = text_column("as typed")
    swelling_cm_unit: str | None = text_column("UCUM code as typed")
    cord_cm: Decimal | None = decimal_column("cm")
    cord_cm_entered: str | None = text_column("as typed")
    cord_cm_unit: str | None = text_column("UCUM code as typed")
    drainage: str | None = text_column("key of: Drainage")
    infusate: str | None = text_column("key of: Ran through it")
    swelling_degree: str | None = text_column("key of: Swelling looks")
    refill: str | None = text_column("key of: Capillary refill")
    limb_cm: Decimal | None = decimal_column("cm")
    limb_cm_entered: str | None = text_column("as typed")
    limb_cm_unit: str | None = text_column("UCUM code as typed")
    phlebitis_ins: str | None = text_column("grade on INS phlebitis 0 to 4")
    phlebitis_vip: str | None = text_column("grade on VIP 0 to 5")
    infiltration_ins: str | None = text_column("grade on INS infiltration 0 to 4")
    extravasation: str | None = text_column("grade on Extravasation 1 to 4")
    dressing_state: str | None = text_column("key of: Dressing")
    dressing_type: str | None = text_column("key of: Dressing type")
    dressing_dated: date | None = day_column("Date on the dressing, local day")
    securement_state: str | None = text_column("key of: Securement")
    external_length_cm: Decimal | None = decimal_column("cm")
    external_length_cm_entered: str | None = text_column("as typed")
    external_length_cm_unit: str | None = text_column("UCUM code as typed")
    arm_circumference_cm: Decimal | None = decimal_column("cm")
    arm_circumference_cm_entered: str | None = text_column("as typed")
    arm_circumference_cm_unit: str | None = text_column("UCUM code as typed")
    arm_measured_above_cm: Decimal | None = decimal_column("cm")
    arm_measured_above_cm_entered: str | None = text_column("as typed")
    arm_measured_above_cm_unit: str | None = text_column("UCUM code as typed")
    other_arm_cm: Decimal | None = decimal_column("cm")
    other_arm_cm_entered: str | None = text_column("as typed")
    other_arm_cm_unit: str | None = text_column("UCUM code as typed")
    integrity: str | None = text_column("key of: Catheter")
    skin: str | None = text_column("key of: Skin")
    skin_product: str | None = text_column("Product suspected")
    pocket: str | None = text_column("key of: Port pocket")
    symptoms: tuple[str, ...] | None = keys_column("keys of: Symptoms")
    need: str | None = text_column("key of: Line")
    need_reason: str | None = text_column("Needed for")
    left_as: str | None = text_column("key of: Left")
    details: str | None = text_column("Details")
    response: str | None = text_column("What was done, who was told")


class LumenCheckTable(VisitRow, table=True):
    """One lumen as found at one visit; seq is the lumen's own number."""

    __tablename__ = "lumen_check"

    device_id: UUID = key_column("access_device.id")
    seq: int = seq_column()
    flush: str | None = text_column("key of: Flush")
    blood_return_before: str | None = text_column("key of: Blood return before")
    blood_return_after: str | None = text_column("key of: Blood return after")
    blood_return_reason: str | None = text_column("Not assessed because")
    occlusion_cause: str | None = text_column("key of: Blocked by")
    flush_agent: str | None = text_column("key of: Flushed with")
    saline_ml: Decimal | None = decimal_column("mL")
    saline_ml_entered: str | None = text_column("as typed")
    saline_ml_unit: str | None = text_column("UCUM code as typed")
    lock_agent: str | None = text_column("key of: Lock")
    lock_units_per_ml: Decimal | None = decimal_column("units/mL")
    lock_units_per_ml_entered: str | None = text_column("as typed")
    lock_units_per_ml_unit: str | None = text_column("UCUM code as typed")
    lock_ml: Decimal | None = decimal_column("mL")
    lock_ml_entered: str | None = text_column("as typed")
    lock_ml_unit: str | None = text_column("UCUM code as typed")
    connector_changed: bool | None = optional(Boolean, "Needleless connector changed")
    connector_why: str | None = text_column("key of: Changed because")
    disinfecting_cap: bool | None = optional(Boolean, "Disinfecting cap put on")
    left_as: str | None = text_column("key of: This lumen left")


class DeviceCareTable(VisitRow, table=True):
    """One act of care at one visit."""

    __tablename__ = "device_care"

    seq: int = seq_column()
    device_id: UUID | None = uuid_column("Line", foreign_key="access_device.id")
    done_at: datetime | None = instant_column("Time, UTC")
    what: str | None = text_column("key of: Care")
    lumen: str | None = text_column("Lumen")
    why: str | None = text_column("key of: Done because")
    antiseptic: str | None = text_column("key of: Antiseptic")
    dry_seconds: Decimal | None = decimal_column("Dried for, seconds")
    technique: str | None = text_column("key of: Technique")
    needle_gauge: Decimal | None = decimal_column("G")
    needle_gauge_entered: str | None = text_column("as typed")
    needle_gauge_unit: str | None = text_column("UCUM code as typed")
    needle_length_cm: Decimal | None = decimal_column("cm")
    needle_length_cm_entered: str | None = text_column("as typed")
    needle_length_cm_unit: str | None = text_column("UCUM code as typed")
    needle_lot: str | None = text_column("Needle lot")
    non_coring: bool | None = optional(Boolean, "Non-coring")
    dressing_type: str | None = text_column("key of: Dressing")
    set_type: str | None = text_column("key of: Set")
    blood_return: str | None = text_column("key of: Blood return")
    purpose: str | None = text_column("key of: Flush for")
    flush_agent: str | None = text_column("key of: Flushed with")
    saline_ml: Decimal | None = decimal_column("mL")
    saline_ml_entered: str | None = text_column("as typed")
    saline_ml_unit: str | None = text_column("UCUM code as typed")
    lock_agent: str | None = text_column("key of: Lock")
    lock_units_per_ml: Decimal | None = decimal_column("units/mL")
    lock_units_per_ml_entered: str | None = text_column("as typed")
    lock_units_per_ml_unit: str | None = text_column("UCUM code as typed")
    lock_ml: Decimal | None = decimal_column("mL")
    lock_ml_entered: str | None = text_column("as typed")
    lock_ml_unit: str | None = text_column("UCUM code as typed")
    agent: str | None = text_column("key of: Agent")
    agent_mg: Decimal | None = decimal_column("mg")
    agent_mg_entered: str | None = text_column("as typed")
    agent_mg_unit: str | None = text_column("UCUM code as typed")
    agent_ml: Decimal | None = decimal_column("mL")
    agent_ml_entered: str | None = text_column("as typed")
    agent_ml_unit: str | None = text_column("UCUM code as typed")
    agent_lot: str | None = text_column("Lot of the agent")
    contraindications: tuple[str, ...] | None = keys_column("keys of: Reasons against it")
    ordered_by: str | None = text_column("Ordered by")
    aspirated_ml: Decimal | None = decimal_column("mL")
    aspirated_ml_entered: str | None = text_column("as typed")
    aspirated_ml_unit: str | None = text_column("UCUM code as typed")
    outcome: str | None = text_column("key of: Outcome")
    tolerated: str | None = text_column("key of: Tolerated")
    details: str | None = text_column("Details")


STORE: Store[Devices] = Store(
    section=SECTION,
    values=Devices,
    groups=(
        Group(rows=ACCESS_DEVICE, table=AccessDeviceTable, keys=("id",), value=AccessDevice),
        Group(rows=LUMEN, table=LumenTable, keys=("device_id", "seq"), value=Lumen),
        Group(
            rows=TIP_CONFIRMATION,
            table=TipConfirmationTable,
            keys=("device_id", "seq"),
            value=TipConfirmation,
        ),
        Group(rows=DEVICE_CHECK, table=DeviceCheckTable, keys=("device_id",), value=DeviceCheck),
        Group(rows=LUMEN_CHECK, table=LumenCheckTable, keys=("device_id", "seq"), value=LumenCheck),
        Group(rows=DEVICE_CARE, table=DeviceCareTable, keys=("seq",), value=DeviceCare),
    ),
)
