"""The choices of care: flushing, clearing a blocked lumen, and how a line was taken out.

Wording: clinical reference 2.3 (flush and lock), 2.5 (occlusion), 2.7 (removal).
"""

from __future__ import annotations

from infusion_visits.core.fields import Option

SALINE = "saline"
DEXTROSE = "dextrose_5"
FLUSH_AGENTS = (
    Option(SALINE, "sodium chloride 0.9\u00a0%"),
    Option(DEXTROSE, "dextrose 5\u00a0%", "Before and after a drug that saline precipitates"),
)

BEFORE, AFTER, FINAL, IDLE = "before", "after", "final", "idle"
AFTER_DRAW = "after_draw"
PURPOSES = (
    Option(BEFORE, "before the medicine"),
    Option(AFTER, "after the medicine"),
    Option(AFTER_DRAW, "after blood draw, blood or nutrition"),
    Option(FINAL, "last flush before the lock"),
    Option(IDLE, "line not in use"),
)

TECHNIQUES = (
    Option("sterile", "sterile gloves and mask"),
    Option("aseptic", "aseptic without touching key parts"),
)

ROUTINE = "routine"
WHY_NOW = (
    Option(ROUTINE, "due"),
    Option("compromised", "damp, loose or soiled"),
    Option("blood", "blood or debris"),
    Option("contaminated", "contaminated"),
    Option("came_off", "came off"),
    Option("before_culture", "before a blood culture"),
    Option("with_set", "with the set or the dressing"),
    Option("new_container", "new container"),
    Option("new_line", "new line"),
)

ALTEPLASE = "alteplase"
DECLOT_AGENTS = (
    Option(ALTEPLASE, "alteplase", "A clot. Within a catheter only, by order"),
    Option("hydrochloric_acid", "hydrochloric acid 0.1\u00a0N", "An acid drug; specialist order"),
    Option("sodium_bicarbonate", "sodium bicarbonate", "An alkaline drug; specialist order"),
    Option("ethanol", "ethanol 70\u00a0%", "Lipid residue; specialist order"),
)
NO_CONTRAINDICATION = "none"
CONTRAINDICATIONS = (
    Option(NO_CONTRAINDICATION, "none of these"),
    Option("bleeding", "active bleeding"),
    Option("surgery", "surgery within 48\u00a0h"),
    Option("infection", "infection of the catheter suspected"),
    Option("allergy", "allergy to the agent"),
)
OUTCOMES = (
    Option("patent", "open again"),
    Option("wait", "still blocked, agent left in"),
    Option("removed", "still blocked, agent taken out"),
    Option("failed", "not opened, prescriber told"),
)
CAUSES = (
    Option("mechanical", "mechanical: clamp, kink, position, dressing"),
    Option("clot", "clot"),
    Option("precipitate", "drug precipitate or lipid"),
    Option("unknown", "not known"),
)

LUMEN_FATES = (
    Option("infusing", "infusing"),
    Option("locked", "locked"),
    Option("not_in_use", "not to be used"),
)

POSITIONS = (
    Option("supine", "lying flat"),
    Option("head_down", "head down"),
    Option("sitting", "sitting or half sitting"),
)
BREATHS = (
    Option("valsalva", "bearing down"),
    Option("exhaling", "breathing out"),
    Option("held", "breath held"),
    Option("not_able", "not able to"),
)
