"""The grading scales and their vectors (sections 3.1 to 3.6 and 3.8 to 3.11, bands of 3.7)."""

from __future__ import annotations

from decimal import Decimal

from infusion_visits.core.scales.anaphylaxis import Reaction, Verdict, anaphylaxis, hypotension
from infusion_visits.core.scales.catalogue import scales_in_force
from infusion_visits.core.scales.news2 import News2, NotScored, SpO2Scale, band_of
from infusion_visits.core.scales.reaction import Course, infusion_reaction
from infusion_visits.core.scales.scores import pain_band, pain_scale_for, total_of
from infusion_visits.core.scales.site import (
    Extravasated,
    SiteSigns,
    compress_for,
    extravasation,
    fever,
    ins_infiltration,
    ins_phlebitis,
    is_extravasation,
    vip,
)
from tests.clinical_reference.runners.given import Given, kind

_SITE = ("pain", "erythema", "edema", "streak", "cord", "purulent")
_ROWS = ("respirations", "spo2", "oxygen", "systolic", "pulse", "consciousness", "temperature")


def _signs(given: Given) -> SiteSigns:
    seen = set(given.texts("signs"))
    heat = given.maybe("temperature")
    return SiteSigns(
        **{name: name in seen for name in _SITE},
        cord_cm=given.maybe("cord_cm"),
        fever=fever(heat, scales_in_force({})),
        edema_cm=given.maybe("edema_cm"),
        others=frozenset(seen - set(_SITE)),
        tissue=given.text("tissue", "none"),
        limb_cm=given.maybe("limb_cm"),
    )


@kind("site grades")
def site(given: Given) -> dict[str, object]:
    """All grades of a site: `signs` are pain, erythema, edema, streak, cord, purulent, and keys of
    the signs of infiltration."""
    scales, signs = scales_in_force({}), _signs(given)
    phlebitis, score = ins_phlebitis(signs, scales), vip(signs)
    infiltrated = ins_infiltration(signs, scales)
    return {
        "phlebitis": phlebitis.grade,
        "vip": score.grade,
        "infiltration": infiltrated.grade,
        "note": bool(phlebitis.note),
        "vip_note": bool(score.note),
        "extravasation": is_extravasation(signs),
    }


@kind("extravasation")
def extravasated(given: Given) -> dict[str, object]:
    seen = set(given.texts("signs"))
    made = extravasation(
        Extravasated(
            **{
                name: name in seen
                for name in ("pain", "redness", "blanching", "coolness", "blister", "arterial")
            },
            swelling=given.text("swelling", ""),
            refill=given.text("refill", ""),
        )
    )
    return {"grade": made.grade if made else None}


@kind("compress")
def compress(given: Given) -> dict[str, object]:
    made = compress_for([given.text("drug")], scales_in_force({}))
    return {
        "compress": (made.compress or None) if made else None,
        "unsure": made.unsure if made else None,
        "antidote": made.antidote if made else None,
    }


@kind("infusion reaction")
def reaction(given: Given) -> dict[str, object]:
    course = Course(**dict.fromkeys(given.texts("course"), True), prompt=given.any("prompt"))
    return {"grade": infusion_reaction(course).grade}


@kind("anaphylaxis")
def allergic(given: Given) -> dict[str, object]:
    years = given.maybe("years")
    seen = Reaction(
        signs=frozenset(given.texts("signs")),
        systolic=given.maybe("systolic"),
        baseline_systolic=given.maybe("baseline"),
        spo2=given.maybe("spo2"),
        age_years=None if years is None else int(years),
        acute=given.yes("acute", default=True),
        exposure=given.any("exposure", True),
    )
    scales = scales_in_force({})
    made = anaphylaxis(seen, scales)
    low = hypotension(seen.systolic, seen.baseline_systolic, seen.age_years, scales)
    return {
        "verdict": str(made.verdict),
        "met": list(made.met),
        "locks_resume": made.locks_resume,
        "low": str(low),
        "steps": " / ".join(made.steps).casefold(),
        "likely": made.verdict is Verdict.LIKELY,
    }


@kind("fall screen")
def falls(given: Given) -> dict[str, object]:
    """`yes` are the items that score, `open` how many are not answered."""
    scales = scales_in_force({})
    keys = [key for key, _ in scales.screens["mahc10"].items]
    yes = set(given.texts("yes"))
    unanswered = keys[-given.whole("open") :] if given.has("open") else []
    answers: dict[str, int | bool | None] = {
        key: None if key in unanswered else key in yes for key in keys
    }
    made = total_of("mahc10", answers, scales)
    return {
        "total": made.total,
        "at_risk": made.at_risk,
        "item": dict(scales.screens["mahc10"].items).get(next(iter(yes), ""), ""),
    }


@kind("pain")
def pain(given: Given) -> dict[str, object]:
    scales = scales_in_force({})
    bands = [pain_band(Decimal(score), scales) for score in given.any("scores", [])]
    said: dict[str, object] = {"bands": [band.key if band else None for band in bands]}
    if given.has("months"):
        months = given.any("months")
        return said | {"scale": str(pain_scale_for(None if months < 0 else months, can_say=False))}
    return said


@kind("scale grade")
def grade(given: Given) -> dict[str, object]:
    """A grade with what it asks for: words, steps joined, whom to tell, whether it stops."""
    made = scales_in_force({}).scale(given.text("scale")).grade(given.text("key"))
    assert made is not None
    return {
        "words": made.words,
        "does": f"{made.action}; {'; '.join(made.steps)}".casefold(),
        "notify": made.notify or None,
        "stop": str(made.stop),
        "resume": str(made.resume),
        "remove": str(made.remove),
        "report": made.report,
        "acceptable": made.acceptable,
    }


@kind("grade does")
def does(given: Given) -> dict[str, object]:
    """Whether each of `asks` stands in the action or the steps of a grade."""
    made = scales_in_force({}).scale(given.text("scale")).grade(given.text("key"))
    assert made is not None
    told = f"{made.action}; {'; '.join(made.steps)}".casefold()
    return {"lacking": [one for one in given.texts("asks") if one.casefold() not in told]}


@kind("scale")
def scale(given: Given) -> dict[str, object]:
    made = scales_in_force({}).scale(given.text("scale"))
    told = f"{made.caveat} {made.source}".casefold()
    return {
        "grades": [one.key for one in made.grades],
        "unsure": made.unsure,
        "caveat_lacks": [one for one in given.texts("caveat") if one.casefold() not in told],
    }


@kind("news2 band")
def band(given: Given) -> dict[str, object]:
    """The home's answer to the parts of a score."""
    scored: News2 | NotScored = News2(
        **dict(zip(_ROWS, given.any("parts"), strict=True)), scale=SpO2Scale.ONE
    )
    assert isinstance(scored, News2)
    found = band_of(scored, scales_in_force({}))
    assert found is not None
    told = "; ".join(found.steps).casefold()
    return {
        "band": str(scored.risk),
        "notify": found.notify or None,
        "lacking": [one for one in given.texts("asks") if one.casefold() not in told],
    }
