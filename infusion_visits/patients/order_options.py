"""What may be chosen in a therapy order: routes, deliveries, units of doses and rates, indications.

Sources: clinical reference 1.4 (indications), 8.3, 8.4 and 11.19 (units of rates).
"""

from __future__ import annotations

from infusion_visits.core.fields import Option

DRAFT = "draft"
USED = "used"
ENDED = "ended"
ORDER_STATES = (
    Option(DRAFT, "draft"),
    Option(USED, "in use"),
    Option(ENDED, "ended"),
)

CYCLE = "cycle"
PCA = "pca"
FLAT = "flat"
PER_KG = "per_kg"
PER_M2 = "per_m2"

ROUTES = (
    Option("IV", "IV"),
    Option("subcut", "subcut"),
    Option("IM", "IM"),
)
DELIVERIES = (
    Option("pump", "pump"),
    Option("gravity", "gravity"),
    Option("elastomeric", "elastomeric device"),
    Option("push", "push by hand"),
    Option(CYCLE, "pump with a cycle (ramps)"),
    Option(PCA, "patient-controlled pump (PCA)"),
)
DOSE_UNITS = (
    Option("mg", "mg"),
    Option("g", "g"),
    Option("mcg", "mcg"),
    Option("units", "units"),
    Option("million units", "million units"),
    Option("mEq", "mEq"),
    Option("mmol", "mmol"),
    Option("mL", "mL"),
)
RATE_UNITS = (
    Option("mL/h", "mL/h"),
    Option("mL/kg/h", "mL/kg/h"),
    Option("mL/kg/min", "mL/kg/min"),
    Option("mL/min", "mL/min"),
    Option("mg/h", "mg/h"),
    Option("mg/min", "mg/min"),
    Option("mg/kg/h", "mg/kg/h"),
    Option("mg/kg/min", "mg/kg/min"),
    Option("mcg/min", "mcg/min"),
    Option("mcg/kg/min", "mcg/kg/min"),
    Option("units/h", "units/h"),
    Option("units/kg/h", "units/kg/h"),
)
CONCENTRATION_UNITS = (
    Option("mg/mL", "mg/mL"),
    Option("mcg/mL", "mcg/mL"),
    Option("g/mL", "g/mL"),
    Option("units/mL", "units/mL"),
)
DOSING_BASES = (
    Option(FLAT, "flat dose"),
    Option(PER_KG, "per kg"),
    Option(PER_M2, "per m² of body surface"),
)
PERIODS = (
    Option("hour", "hours"),
    Option("day", "days"),
    Option("week", "weeks"),
    Option("month", "months"),
    Option("year", "years"),
)
INDICATIONS = tuple(
    Option(words, words)
    for words in (
        "rheumatoid arthritis",
        "psoriatic arthritis",
        "ankylosing spondylitis",
        "plaque psoriasis",
        "lupus (SLE)",
        "Crohn's disease",
        "ulcerative colitis",
        "multiple sclerosis",
        "CIDP",
        "multifocal motor neuropathy",
        "myasthenia gravis",
        "primary immunodeficiency",
        "ITP",
        "iron-deficiency anemia",
        "PNH, aHUS or NMOSD",
        "Fabry disease",
        "Gaucher disease",
        "hemophilia A or B",
        "heart failure (inotrope)",
        "cancer (chemotherapy)",
        "cancer pain",
        "chronic non-cancer pain",
        "bone or joint infection",
        "endocarditis",
        "cellulitis",
        "urinary tract infection",
        "pneumonia",
        "infection of the central nervous system",
        "infection of a line",
        "viral infection",
        "fungal infection",
        "other infection",
        "dehydration or hyperemesis",
        "malnutrition or short bowel",
        "migraine",
        "osteoporosis",
        "Paget's disease of bone",
        "osteoarthritis (beside another illness)",
        "diabetes",
        "nutritional deficiency",
        "other",
    )
)
