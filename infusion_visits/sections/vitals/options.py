"""The choices of a set of vital signs, and the few that rules name."""

from __future__ import annotations

from infusion_visits.core.fields import Option

PART_OF_A_SET = "part"
EXTENTS = (
    Option("full", "full set"),
    Option(PART_OF_A_SET, "recheck of some signs"),
)
LIMBS = (
    Option("left_arm", "left arm"),
    Option("right_arm", "right arm"),
    Option("left_leg", "left leg"),
    Option("right_leg", "right leg"),
    Option("left_thigh", "left thigh"),
    Option("right_thigh", "right thigh"),
)
# A thigh lies on its leg: what bars the leg bars it.
LIMB_BARRED_AS = {"left thigh": "left leg", "right thigh": "right leg"}
LYING, SITTING, STANDING = "lying", "sitting", "standing"
POSITIONS = (
    Option(SITTING, "sitting"),
    Option(LYING, "lying"),
    Option(STANDING, "standing"),
)
STOOD = (
    Option("1", "1 min after standing up"),
    Option("3", "3 min after standing up"),
)
CONSCIOUSNESS = (
    Option("A", "alert"),
    Option("C", "new confusion"),
    Option("V", "responds to voice"),
    Option("P", "responds to pain"),
    Option("U", "unresponsive"),
)
ON_OXYGEN = "oxygen"
OXYGEN = (Option("air", "on air"), Option(ON_OXYGEN, "on oxygen"))
RHYTHMS = (Option("regular", "regular"), Option("irregular", "irregular"))
PAIN_SCALES = (
    Option("nrs", "0 to 10 as told"),
    Option("faces", "faces"),
    Option("painad", "PAINAD (adult who cannot say)"),
    Option("flacc", "FLACC (2 months to 7 years)"),
)
SEDATION = (
    Option("S", "S: asleep, easy to rouse"),
    Option("1", "1: awake and alert"),
    Option("2", "2: slightly drowsy, easily roused"),
    Option("3", "3: often drowsy, drifts off in mid-sentence"),
    Option("4", "4: little or no response"),
)
# POSS 3 and 4 are not acceptable.
DEEP_SEDATION = frozenset({"3", "4"})
CUFFS = (
    Option("child", "child cuff"),
    Option("small_adult", "small adult cuff"),
    Option("adult", "adult cuff"),
    Option("large_adult", "large adult cuff"),
    Option("thigh", "thigh cuff"),
)
METHODS = (Option("automatic", "automatic"), Option("manual", "manual"))
TEMPERATURE_SITES = (
    Option("oral", "oral"),
    Option("tympanic", "tympanic"),
    Option("temporal", "temporal"),
    Option("axillary", "axillary"),
    Option("rectal", "rectal"),
)
GIRTHS = (
    Option("abdomen", "abdomen"),
    Option("left_arm", "left arm"),
    Option("right_arm", "right arm"),
    Option("left_leg", "left leg"),
    Option("right_leg", "right leg"),
)
MEASURED_BY = (
    Option("nurse", "nurse"),
    Option("patient", "patient, as reported"),
    Option("caregiver", "caregiver, as reported"),
)
CIRCUMSTANCES = (
    Option("at_rest", "at rest"),
    Option("after_activity", "after activity"),
    Option("before_premedication", "before the premedication"),
    Option("after_premedication", "after the premedication"),
    Option("cold_hands", "cold hands"),
    Option("nail_polish", "nail polish"),
    Option("dark_skin", "dark skin: SpO2 may read too high"),
)
# What a meter or a hand could not give: words instead of a figure, and for which signs they stand.
NO_FIGURE = (
    Option("bp_unobtainable", "BP unobtainable"),
    Option("pulse_absent", "no pulse felt"),
    Option("breathing_absent", "no breathing"),
    Option("spo2_no_signal", "SpO2 no signal"),
    Option("temperature_lo", "thermometer LO"),
    Option("temperature_hi", "thermometer HI"),
    Option("glucose_lo", "glucose meter LO"),
    Option("glucose_hi", "glucose meter HI"),
)
STANDS_FOR = {
    "bp_unobtainable": ("systolic", "diastolic"),
    "pulse_absent": ("pulse",),
    "breathing_absent": ("respirations",),
    "spo2_no_signal": ("spo2",),
    "temperature_lo": ("temperature",),
    "temperature_hi": ("temperature",),
    "glucose_lo": ("glucose",),
    "glucose_hi": ("glucose",),
}
# An empty reading that is no emergency in itself: a cold finger, a thermometer out of its range.
MILD_NO_FIGURE = frozenset({"spo2_no_signal"})
CONFIRMED = (
    Option("systolic", "systolic"),
    Option("diastolic", "diastolic"),
    Option("pulse", "pulse"),
    Option("respirations", "respirations"),
    Option("spo2", "SpO2"),
    Option("temperature", "temperature"),
    Option("weight", "weight"),
    Option("height", "height"),
    Option("head", "head circumference"),
    Option("glucose", "glucose"),
    Option("oxygen_flow", "oxygen flow"),
    Option("etco2", "end-tidal CO2"),
)
MISSED_REASONS = (
    Option("refused", "patient refused"),
    Option("asleep", "patient asleep, left to sleep"),
    Option("care_first", "other care could not wait"),
    Option("reaction", "busy with a reaction"),
    Option("device_failed", "the device failed"),
    Option("forgotten", "not taken in time"),
    Option("not_ordered", "not needed by the order"),
    Option("other", "other"),
)
