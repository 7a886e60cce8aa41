"""The choices of the line forms; several forms share them, so they are told once.

Wording and kinds: clinical reference table 2.1 (attributes) and 2.2 (items of a check).
"""

from __future__ import annotations

from infusion_visits.core.fields import Option

PIV = "piv"
MIDLINE = "midline"
PICC = "picc"
TUNNELED = "tunneled"
PORT = "port"
NON_TUNNELED = "non_tunneled_cvc"
SUBCUT = "subcut"
HD_CATHETER = "hd_catheter"
FISTULA = "fistula"

KINDS = (
    Option(PIV, "Peripheral line"),
    Option(MIDLINE, "Midline", "The tip ends in the upper arm: not a central line"),
    Option(PICC, "PICC"),
    Option(TUNNELED, "Tunneled catheter", "Hickman, Broviac, Groshong, small bore"),
    Option(PORT, "Port"),
    Option(NON_TUNNELED, "Central catheter, not tunneled", "Normally not for the home"),
    Option(SUBCUT, "Subcutaneous set"),
    Option(HD_CATHETER, "Hemodialysis catheter", "Not ours: never for an infusion"),
    Option(FISTULA, "Arteriovenous fistula or graft", "Not ours: no needle, no blood pressure"),
)
REFERENCE_KINDS = (HD_CATHETER, FISTULA)
"""Known because they bar a limb; nothing is infused through them, and no check is asked."""
OUR_KINDS = tuple(option.key for option in KINDS if option.key not in REFERENCE_KINDS)
CENTRAL_KINDS = (PICC, TUNNELED, PORT, NON_TUNNELED)
INTRAVENOUS_KINDS = (PIV, MIDLINE, *CENTRAL_KINDS)
ARM_KINDS = (PIV, MIDLINE, PICC)
LONG_KINDS = (MIDLINE, PICC, TUNNELED, NON_TUNNELED)
ARM_MEASURED = (MIDLINE, PICC, PORT)
"""Lines whose arm is measured (clinical reference 2.2); a port only where it lies in an arm."""

SIDES = (
    Option("right", "right", "The patient's own right"),
    Option("left", "left", "The patient's own left"),
    Option("middle", "middle"),
)
SITES = (
    Option("hand", "hand"),
    Option("wrist", "wrist"),
    Option("forearm", "forearm"),
    Option("antecubital", "antecubital fossa"),
    Option("upper_arm", "upper arm"),
    Option("chest", "chest"),
    Option("neck", "neck"),
    Option("abdomen", "abdomen"),
    Option("thigh", "thigh"),
    Option("groin", "groin"),
    Option("foot", "foot or ankle", "Not in adults"),
)
VEINS = (
    Option("cephalic", "cephalic"),
    Option("basilic", "basilic"),
    Option("brachial", "brachial"),
    Option("median_cubital", "median cubital"),
    Option("metacarpal", "metacarpal"),
    Option("internal_jugular", "internal jugular"),
    Option("external_jugular", "external jugular"),
    Option("subclavian", "subclavian"),
    Option("axillary", "axillary"),
    Option("femoral", "femoral"),
    Option("saphenous", "saphenous"),
    Option("other", "other vein"),
)

NOT_CENTRAL = "not_central"
TIPS = (
    Option("lower_svc", "lower superior vena cava"),
    Option("caj", "cavoatrial junction"),
    Option("right_atrium", "right atrium"),
    Option("ivc", "inferior vena cava"),
    Option("axillary", "axillary", "A midline"),
    Option(NOT_CENTRAL, "short of the superior vena cava, not central"),
    Option("not_known", "not known"),
)
TIP_NOT_CENTRAL = (NOT_CENTRAL, "axillary")
TIP_METHODS = (
    Option("chest_xray", "chest X-ray"),
    Option("ecg", "ECG"),
    Option("fluoroscopy", "fluoroscopy"),
    Option("reported", "reported by the facility"),
    Option("none", "not confirmed"),
)
ENDS = (
    Option("clamped", "open-ended with clamp"),
    Option("valved", "valved"),
)
SECUREMENTS = (
    Option("adhesive", "adhesive securement device"),
    Option("anchor", "subcutaneous anchor"),
    Option("sutures", "sutures"),
    Option("tissue_adhesive", "tissue adhesive"),
    Option("dressing", "by the dressing"),
    Option("none", "none"),
)
GAUZE_DRESSINGS = ("gauze", "gauze_under")
DRESSINGS = (
    Option("transparent", "transparent"),
    Option("transparent_chg", "transparent with chlorhexidine"),
    Option("gauze", "gauze"),
    Option("gauze_under", "gauze under transparent"),
    Option("tissue_adhesive", "tissue adhesive"),
    Option("none", "none"),
)
PRECISIONS = (
    Option("exact", "exact day"),
    Option("estimated", "estimated"),
    Option("unknown", "day not known"),
)
ANTISEPTICS = (
    Option("chg_alcohol", "chlorhexidine in alcohol, dried"),
    Option("povidone_iodine", "povidone-iodine, dried"),
    Option("alcohol", "alcohol, dried"),
    Option("chg_aqueous", "chlorhexidine without alcohol, dried"),
    Option("other", "other, see details"),
)
TOLERATED = (
    Option("well", "well"),
    Option("with_difficulty", "with difficulty"),
    Option("not_tolerated", "not tolerated"),
)
REMOVAL_REASONS = (
    Option("therapy_complete", "therapy complete"),
    Option("complication", "complication"),
    Option("occluded", "occluded"),
    Option("replaced", "replaced by another line"),
    Option("dwell_limit", "dwell limit"),
    Option("dislodged", "dislodged"),
    Option("patient_request", "asked for by the patient"),
    Option("other", "other, see condition of the site"),
)

NORMAL = "normal"
SIGNS_PRESENT = "signs"
SITE_STATES = (
    Option(
        NORMAL,
        "clean and dry, no redness, no swelling, no drainage, no pain, no warmth, "
        "no hardness, no cord",
    ),
    Option(SIGNS_PRESENT, "signs present"),
)
SIGNS = (
    Option("redness", "redness"),
    Option("swelling", "swelling"),
    Option("pain", "pain or tenderness"),
    Option("warmth", "warmth"),
    Option("coolness", "coolness"),
    Option("hardness", "hardness"),
    Option("streak", "red streak"),
    Option("cord", "palpable cord"),
    Option("blanching", "blanching"),
    Option("translucent", "translucent skin"),
    Option("tight", "tight or leaking skin"),
    Option("bruising", "bruising or discoloration"),
    Option("numbness", "numbness"),
    Option("pitting", "deep pitting"),
    Option("poor_circulation", "poor circulation beyond the site"),
    Option("blister", "blister"),
)
REFILLS = (
    Option("normal", "normal"),
    Option("sluggish", "slow"),
    Option("absent", "none"),
)
SWELLINGS = (
    Option("minimal", "minimal"),
    Option("mild", "mild"),
    Option("moderate", "moderate"),
    Option("marked", "marked"),
)
DRAINAGES = (
    Option("none", "no drainage"),
    Option("serous", "serous drainage"),
    Option("sanguineous", "bloody drainage"),
    Option("purulent", "purulent drainage"),
)
INFUSATES = (
    Option("none", "nothing, or saline only"),
    Option("non_irritant", "not irritant"),
    Option("irritant", "irritant"),
    Option("intermediate", "intermediate (yellow list)"),
    Option("vesicant", "vesicant (red list)"),
    Option("blood", "blood product"),
)
SOUND = "sound"
DRESSING_STATES = (
    Option(SOUND, "clean, dry, sealed"),
    Option("lifted", "lifted or loose"),
    Option("damp", "damp"),
    Option("soiled", "soiled"),
    Option("blood_under", "blood under the dressing"),
    Option("pad_saturated", "chlorhexidine pad saturated"),
    Option("missing", "no dressing found"),
)
SECUREMENT_STATES = (
    Option("intact", "intact"),
    Option("loose", "loose"),
    Option("missing", "missing"),
    Option("not_used", "none used"),
)
INTEGRITIES = (
    Option("intact", "hub, clamp and catheter intact"),
    Option("crack", "crack"),
    Option("leak", "leak"),
    Option("kink", "kink"),
)
NO_SYMPTOMS = "none"
SYMPTOMS = (
    Option(NO_SYMPTOMS, "no symptoms"),
    Option("pain_with_infusion", "pain with infusion"),
    Option("ear_gurgle", "gurgling in the ear"),
    Option("palpitations", "palpitations"),
    Option("arm_swelling", "swelling of the arm"),
    Option("neck_swelling", "swelling of neck or face"),
    Option("arm_pain", "pain in arm, shoulder or neck"),
    Option("discoloration", "arm blue or dusky"),
    Option("numbness", "numbness or tingling"),
    Option("chest_veins", "widened veins on the chest"),
)
SKIN_STATES = (
    Option("intact", "no skin injury under the dressing"),
    Option("redness", "redness more than 30\u00a0min after removal"),
    Option("stripping", "skin stripped"),
    Option("tear", "skin tear"),
    Option("blister", "blister"),
    Option("dermatitis", "dermatitis"),
    Option("contact", "redness or itching in the shape of dressing or antiseptic"),
    Option("maceration", "skin white and soft from moisture"),
    Option("folliculitis", "small pustules at the hairs"),
)
POCKETS = (
    Option("normal", "skin over the port intact, port mobile"),
    Option("eroded", "skin eroded"),
    Option("fluctuant", "warm or fluctuant pocket"),
    Option("turned", "port turned or not felt"),
)
NEEDS = (
    Option("needed", "still needed"),
    Option("remove", "no longer needed, removal order to be asked for"),
    Option("unclear", "not clear, prescriber to be asked"),
)
LEFT_AS = (
    Option("infusing", "infusing"),
    Option("locked", "locked"),
    Option("deaccessed", "needle removed"),
    Option("not_in_use", "not to be used"),
    Option("problem", "in place, problem suspected"),
    Option("removed", "removed"),
)

FLUSHES = (
    Option("easy", "flushes easily"),
    Option("resistance", "resistance"),
    Option("unable", "cannot be flushed"),
)
RETURN_NOT_ASSESSED = "not_assessed"
RETURNS = (
    Option("brisk", "brisk"),
    Option("sluggish", "sluggish"),
    Option("none", "none"),
    Option("none_expected", "none, as expected"),
    Option(RETURN_NOT_ASSESSED, "not assessed"),
)
LOCKS = (
    Option("none", "no lock"),
    Option("saline", "sodium chloride 0.9\u00a0%"),
    Option("heparin", "heparin"),
    Option("citrate", "citrate"),
    Option("ethanol", "ethanol"),
    Option("antibiotic", "antibiotic, see details"),
)

DRESSING_CHANGE = "dressing_change"
CONNECTOR_CHANGE = "connector_change"
SECUREMENT_CHANGE = "securement_change"
PORT_ACCESS = "port_access"
PORT_DEACCESS = "port_deaccess"
NEEDLE_CHANGE = "needle_change"
FLUSH_LOCK = "flush_lock"
SET_CHANGE = "set_change"
SITE_CHANGE = "site_change"
DECLOT = "declot"
DECLOT_CHECK = "declot_check"
BLOOD_DRAW = "blood_draw"
CARES = (
    Option(DRESSING_CHANGE, "dressing change"),
    Option(CONNECTOR_CHANGE, "needleless connector change"),
    Option(SECUREMENT_CHANGE, "securement change"),
    Option(PORT_ACCESS, "port access"),
    Option(NEEDLE_CHANGE, "port needle change"),
    Option(PORT_DEACCESS, "port needle removal"),
    Option(FLUSH_LOCK, "flush and lock"),
    Option(SET_CHANGE, "administration set change"),
    Option(SITE_CHANGE, "subcutaneous set change"),
    Option(BLOOD_DRAW, "blood drawn from the line"),
    Option(DECLOT, "blocked lumen: agent put in"),
    Option(DECLOT_CHECK, "blocked lumen: looked for blood return"),
    Option("other", "other care, see details"),
)
SKIN_OPENING_CARES = (DRESSING_CHANGE, PORT_ACCESS, NEEDLE_CHANGE, SITE_CHANGE)
NEEDLE_CARES = (PORT_ACCESS, NEEDLE_CHANGE)
DRESSING_CARES = (DRESSING_CHANGE, PORT_ACCESS, NEEDLE_CHANGE, SITE_CHANGE)
FLUSHING_CARES = (FLUSH_LOCK, PORT_ACCESS, NEEDLE_CHANGE, PORT_DEACCESS, BLOOD_DRAW)
RETURN_CARES = (*FLUSHING_CARES, DECLOT_CHECK)
LUMEN_CARES = (*FLUSHING_CARES, CONNECTOR_CHANGE, SET_CHANGE, DECLOT, DECLOT_CHECK)
REPLACING_CARES = (
    DRESSING_CHANGE,
    CONNECTOR_CHANGE,
    SECUREMENT_CHANGE,
    NEEDLE_CHANGE,
    SET_CHANGE,
    SITE_CHANGE,
)
SETS = (
    Option("continuous", "continuous"),
    Option("intermittent", "intermittent"),
    Option("tpn", "parenteral nutrition"),
    Option("lipid", "lipid alone"),
)
INS_PHLEBITIS = "INS phlebitis 0 to 4"
VIP = "VIP 0 to 5"
INS_INFILTRATION = "INS infiltration 0 to 4"
EXTRAVASATION = "Extravasation 1 to 4"


def grades(highest: int, lowest: int = 0) -> tuple[Option, ...]:
    """The grades `lowest` to `highest` as choices."""
    return tuple(Option(str(grade), f"grade {grade}") for grade in range(lowest, highest + 1))
