"""The choices of the complication forms. Keys are those of resources/clinical/complications.toml
and scales.toml; a test holds them equal."""

from __future__ import annotations

from infusion_visits.core.fields import Option

KINDS = (
    Option("infusion_reaction", "Infusion reaction"),
    Option("anaphylaxis", "Anaphylaxis"),
    Option("delayed_reaction", "Delayed reaction"),
    Option("infiltration", "Infiltration"),
    Option("extravasation", "Extravasation"),
    Option("phlebitis_mechanical", "Phlebitis, mechanical"),
    Option("phlebitis_chemical", "Phlebitis, chemical"),
    Option("phlebitis_bacterial", "Phlebitis, bacterial"),
    Option("phlebitis_post_infusion", "Phlebitis after removal"),
    Option("hematoma", "Hematoma"),
    Option("nerve_injury", "Nerve injury"),
    Option("vein_collapse", "Vein collapse"),
    Option("venous_spasm", "Venous spasm"),
    Option("site_infection", "Infection of exit site, tunnel or pocket"),
    Option("occlusion", "Occlusion"),
    Option("catheter_fracture", "Catheter fracture"),
    Option("catheter_migration", "Catheter migration or malposition"),
    Option("dislodgement", "Dislodgement"),
    Option("thrombosis", "Thrombosis of the vein of the catheter"),
    Option("marsi", "Skin injury by adhesive"),
    Option("casi", "Skin injury by antiseptic or dressing"),
    Option("sc_site_reaction", "Reaction at a subcutaneous site"),
    Option("clabsi_suspected", "Suspected bloodstream infection of the line"),
    Option("air_embolism", "Air embolism"),
    Option("catheter_embolism", "Catheter embolism"),
    Option("cardiac_tamponade", "Cardiac tamponade"),
    Option("arrhythmia", "Arrhythmia by the tip"),
    Option("speed_shock", "Speed shock"),
    Option("fluid_overload", "Fluid overload"),
    Option("hypoglycemia", "Hypoglycemia"),
    Option("hyperglycemia", "Hyperglycemia"),
    Option("opioid_oversedation", "Opioid oversedation"),
    Option("medication_error", "Medication error or near miss"),
    Option("pump_failure", "Pump failure or alarm"),
    Option("chemo_spill", "Spill of chemotherapy"),
    Option("contamination", "Contaminated needle or hub"),
    Option("sharps_injury", "Sharps injury of the nurse"),
    Option("other", "Other"),
)
DURING = (
    Option("before", "before the infusion"),
    Option("during", "during the infusion"),
    Option("after", "after the infusion, while watched"),
    Option("between", "between visits"),
    Option("unrelated", "not related to an infusion"),
)

NOTICED = "noticed"
ACTION = "action"
TOLD = "told"
RECHECK = "recheck"
CLOSED = "closed"
STEPS = (
    Option(NOTICED, "noticed"),
    Option(ACTION, "done"),
    Option(TOLD, "told"),
    Option(RECHECK, "recheck"),
    Option(CLOSED, "closed"),
)
GRADED_STEPS = (NOTICED, RECHECK, CLOSED)

DOERS = (
    Option("nurse", "the nurse"),
    Option("caregiver", "caregiver"),
    Option("patient", "patient"),
    Option("ambulance", "ambulance crew"),
    Option("other", "someone else"),
)
SEGMENTS = (
    Option("drug", "the drug"),
    Option("premedication", "premedication"),
    Option("flush", "a flush"),
    Option("lock", "a lock"),
    Option("hydration", "hydration"),
    Option("none", "nothing"),
)
DEVICE_STATES = (
    Option("in_place", "in place and in use"),
    Option("kept_unused", "kept in place, not used"),
    Option("locked", "locked"),
    Option("removed", "removed"),
    Option("replaced", "removed and replaced"),
    Option("none", "no line concerned"),
)
REFILLS = (
    Option("normal", "normal (2 s or less)"),
    Option("sluggish", "sluggish (more than 2 s)"),
    Option("absent", "absent"),
)
PULSES = (
    Option("strong", "strong"),
    Option("weak", "weak"),
    Option("absent", "absent"),
)

SCALES = (
    Option("ctcae_irr", "CTCAE 5 infusion related reaction"),
    Option("ins_phlebitis", "INS phlebitis 0 to 4"),
    Option("vip", "VIP 0 to 5"),
    Option("ins_infiltration", "INS infiltration 0 to 4"),
    Option("extravasation", "Extravasation 1 to 4"),
    Option("occlusion", "occlusion"),
    Option("poss", "POSS S to 4"),
    Option("merp", "NCC MERP index A to I"),
    Option("severity", "mild, moderate, severe"),
)
GRADES = (
    *(Option(str(grade), f"grade {grade}") for grade in range(6)),
    Option("S", "grade S"),
    Option("mild", "mild"),
    Option("moderate", "moderate"),
    Option("severe", "severe"),
    Option("partial", "partial"),
    Option("sluggish", "sluggish"),
    Option("complete", "complete"),
    *(Option(letter, f"category {letter}") for letter in "ABCDEFGHI"),
)

EMERGENCY = "emergency"
PRESCRIBER = "prescriber"
ON_CALL = "agency"
ROLES = (
    Option(PRESCRIBER, "prescriber"),
    Option(ON_CALL, "agency on call"),
    Option(EMERGENCY, "911"),
    Option("pharmacist", "pharmacist"),
    Option("coordinator", "coordinator"),
    Option("employee_health", "employee health"),
    Option("caregiver", "caregiver"),
    Option("patient", "patient"),
    Option("other", "other"),
)
HOW = (
    Option("telephone", "by telephone"),
    Option("in_person", "in person"),
    Option("message", "by message"),
    Option("video", "by video"),
)
REACHED = (
    Option("reached", "reached"),
    Option("message_left", "message left"),
    Option("no_answer", "no answer"),
)
OUTCOMES = (
    Option("resolved", "resolved"),
    Option("resolved_with_harm", "resolved, harm remains"),
    Option("stable", "stable, followed by the prescriber"),
    Option("hospital", "transferred to hospital"),
    Option("not_confirmed", "not confirmed"),
    Option("died", "died"),
)
