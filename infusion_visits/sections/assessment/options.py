"""The answers that the assessment offers."""

from __future__ import annotations

from infusion_visits.core.fields import Option

NORMAL = "normal"
KNOWN = "known"
CHANGED = "changed"
EXCEPTIONS = (KNOWN, CHANGED)
STATES = (
    Option(NORMAL, "normal", "Within normal limits, as the catalogue defines them."),
    Option(KNOWN, "known", "Not normal, as it was before."),
    Option(CHANGED, "changed", "Not normal, new or worse."),
)

NEURO = (
    Option("confused", "confused"),
    Option("drowsy", "drowsy"),
    Option("headache", "headache"),
    Option("dizzy", "dizzy"),
    Option("weakness", "weakness of a limb"),
    Option("numbness", "numbness or tingling"),
    Option("vision", "change of vision"),
    Option("speech", "change of speech"),
    Option("tremor", "tremor"),
    Option("seizure", "seizure since last visit"),
)
HEART = (
    Option("irregular", "irregular pulse"),
    Option("chest_pain", "chest pain"),
    Option("palpitations", "palpitations"),
    Option("neck_veins", "full neck veins"),
    Option("cool", "cool or pale limbs"),
    Option("slow_refill", "slow capillary refill"),
    Option("weight_up", "weight gained"),
)
NO_EDEMA = "0"
EDEMA = (
    Option(NO_EDEMA, "none"),
    Option("1", "1+", "pit of about 2 mm, gone at once"),
    Option("2", "2+", "pit of about 4 mm, gone in 10 to 15 s"),
    Option("3", "3+", "pit of about 6 mm, gone in 1 to 2 min"),
    Option("4", "4+", "pit of about 8 mm, stays 2 min or longer"),
    Option("firm", "non-pitting"),
)
EDEMA_SEEN = tuple(option.key for option in EDEMA if option.key != NO_EDEMA)
LUNGS = (
    Option("clear", "clear"),
    Option("crackles", "crackles"),
    Option("wheeze", "wheeze"),
    Option("rhonchi", "rhonchi"),
    Option("stridor", "stridor"),
    Option("diminished", "diminished"),
    Option("absent", "absent"),
)
BREATHING = (
    Option("exertion", "short of breath on exertion"),
    Option("rest", "short of breath at rest"),
    Option("flat", "short of breath lying flat"),
    Option("cough", "cough"),
    Option("sputum", "sputum"),
    Option("oxygen", "oxygen at home"),
)
BOWEL = (
    Option("nausea", "nausea"),
    Option("vomiting", "vomiting"),
    Option("diarrhea", "diarrhea"),
    Option("constipation", "constipation"),
    Option("poor_appetite", "poor appetite"),
    Option("belly_pain", "pain in the abdomen"),
    Option("swallowing", "trouble swallowing"),
    Option("feeding_tube", "feeding tube"),
    Option("ostomy", "ostomy"),
)
URINE = (
    Option("less", "less urine than usual"),
    Option("dark", "dark urine"),
    Option("blood", "blood in the urine"),
    Option("burning", "burning"),
    Option("incontinence", "incontinence"),
    Option("catheter", "urinary catheter"),
    Option("dry", "dry mouth or thirst"),
    Option("drinks_little", "drinks little"),
)
SKIN = (
    Option("rash", "rash"),
    Option("hives", "hives"),
    Option("bruises", "bruises"),
    Option("wound", "wound"),
    Option("pressure_injury", "pressure injury"),
    Option("dry_skin", "dry or cracked"),
    Option("jaundice", "yellow"),
    Option("pale", "pale"),
)
MOVEMENT = (
    Option("unsteady", "unsteady"),
    Option("fell", "fell since last visit"),
    Option("weak", "weak"),
    Option("joint_pain", "joint pain"),
    Option("swollen_joint", "swollen joint"),
    Option("back_pain", "back pain"),
)
SELF_HARM = "self_harm"
MOOD = (
    Option("anxious", "anxious"),
    Option("low", "low mood"),
    Option("agitated", "agitated"),
    Option("withdrawn", "withdrawn"),
    Option("sleep", "sleeps badly"),
    Option(SELF_HARM, "thoughts of self-harm"),
    Option("caregiver_strain", "caregiver strained"),
)
GLUCOSE = (
    Option("low_glucose", "low glucose"),
    Option("high_glucose", "high glucose"),
    Option("thirst", "thirst"),
    Option("foot", "wound of the foot"),
)
NO_LIMITS = "none"
LIMITS = (
    Option(NO_LIMITS, "none"),
    Option("cane", "cane or walker"),
    Option("wheelchair", "wheelchair"),
    Option("bed", "bed-bound"),
    Option("help_walking", "help with walking"),
    Option("help_washing", "help with washing or dressing"),
    Option("one_hand", "use of one hand"),
    Option("sight", "poor sight"),
    Option("hearing", "hard of hearing"),
    Option("endurance", "tires soon"),
)

FALL_ITEMS = (
    ("age_65", "Age 65 or older", "age"),
    ("diagnoses_3", "Three or more diagnoses", "diagnoses"),
    ("fell_3_months", "Fell in the last 3 months", "fall"),
    ("incontinent", "Incontinence", "incontinence"),
    ("sight_impaired", "Sight impaired", "sight"),
    ("mobility_impaired", "Mobility impaired", "mobility"),
    ("home_hazards", "Hazards in the home", "surroundings"),
    ("medicines_4", "Four or more prescribed medicines", "medicines"),
    ("pain_limits", "Pain affects what the patient can do", "pain"),
    ("cognition_impaired", "Cognition impaired", "cognition"),
)
"""MAHC-10 in its order (clinical reference 3.10): field, label, and its key in the scales."""
