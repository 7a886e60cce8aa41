"""What the assessment has to say: what is new or worse, what the therapy's questions found, falls.

Decision support, per agency protocol and prescriber's order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from infusion_visits.core.cells import Cell, Row
from infusion_visits.core.charted import leaf_text
from infusion_visits.core.fields import Day
from infusion_visits.core.findings import Finding, Gate, Level
from infusion_visits.core.scales.catalogue import scales_in_force
from infusion_visits.core.scales.scores import Total, total_of
from infusion_visits.sections.assessment import options as of
from infusion_visits.sections.assessment.catalogue import Prompt, catalogue_of
from infusion_visits.sections.assessment.fields import (
    ASSESSED_KINDS,
    ASSESSMENT,
    ENDOCRINE,
    FALL_SCREEN,
    SECTION,
    SYSTEMS,
    THERAPY_WATCH,
    details_of,
    words_of,
)

if TYPE_CHECKING:
    from infusion_visits.patients.facts import Facts
    from infusion_visits.sections.assessment.values import (
        Assessment,
        FallScreen,
        SystemsAssessed,
        WatchAnswer,
    )

ROW = Row(ASSESSMENT.name)
CHANGED = "assessment.changed"
SELF_HARM = "assessment.self-harm"
NOT_ANSWERED = "assessment.therapy-unanswered"
GLUCOSE = "assessment.glucose-unanswered"
WATCH = "assessment.therapy-yes"
WATCH_HOLD = "assessment.therapy-hold"
FALLS = "assessment.falls-no-plan"
AT_RISK = "assessment.falls-at-risk"
AGE = "assessment.falls-age"
SCREEN = "mahc10"
DIABETES = ("diabet", "e08", "e09", "e10", "e11", "e13")
GLUCOSE_GROUPS = ("tpn", "steroid", "insulin")
OLD_YEARS = 65


def findings(values: Assessment, facts: Facts) -> list[Finding]:
    """Alerts for what is new or worse, stops for what the therapy asks and nobody answered."""
    return [*_systems(values, facts), *_watched(values, facts), *_falls(values, facts)]


def standing(values: Assessment) -> SystemsAssessed | None:
    """The systems as assessed; None where nothing was, or the row was struck out."""
    one = values.assessment
    return None if one is None or one.mark.struck else one


def answers_of(values: Assessment) -> dict[int, WatchAnswer]:
    """The standing answers to the therapy's questions by number."""
    return {one.number: one for one in values.therapy_watch if one.mark.struck is None}


def state_of(one: SystemsAssessed, system: str) -> str | None:
    """Normal, known or changed; None where the system was not assessed."""
    state: str | None = getattr(one, system)
    return state


def asks_glucose(facts: Facts) -> bool:
    """Whether the glucose has to be asked about: diabetes, or a therapy that moves it."""
    known = " ".join(facts.conditions).casefold()
    therapy = facts.order.therapy if facts.order else None
    return any(word in known for word in DIABETES) or (
        therapy is not None and therapy.is_any(*GLUCOSE_GROUPS)
    )


def not_asked(values: Assessment, facts: Facts) -> tuple[str, ...]:
    """The systems that were neither answered nor said not done, in order."""
    one = standing(values)
    wanted = [key for key, _ in SYSTEMS if key != ENDOCRINE or asks_glucose(facts)]
    if one is None:
        return tuple(wanted)
    return tuple(
        key for key in wanted if state_of(one, key) is None and key not in one.mark.not_done
    )


def not_answered(values: Assessment, facts: Facts) -> tuple[Prompt, ...]:
    """The therapy's questions without an answer, in order."""
    answers = answers_of(values)
    return tuple(
        prompt
        for prompt in catalogue_of(facts).asked(facts)
        if (one := answers.get(prompt.number)) is None
        or (one.answer is None and "answer" not in one.mark.not_done)
    )


def signs_words(one: SystemsAssessed, system: str, facts: Facts) -> str:
    """What was ticked of a system, with commas: `edema 2+, both shins, short of breath at rest`."""
    said = []
    for leaf in details_of(system):
        if isinstance(leaf, Day) or leaf.name == words_of(system):
            continue
        words = leaf_text(leaf, one, facts)
        if words:
            said.append(f"edema {words}" if leaf.name == "edema" else words)
    return ", ".join(said)


def _systems(values: Assessment, facts: Facts) -> list[Finding]:
    one = standing(values)
    found = []
    if one is not None:
        found = [
            _changed(one, key, label, facts)
            for key, label in SYSTEMS
            if state_of(one, key) == of.CHANGED
        ]
        found += _self_harm(one)
    if facts.kind in ASSESSED_KINDS and one is not None and ENDOCRINE in not_asked(values, facts):
        found.append(_stop(GLUCOSE, "Assessment: glucose is asked of this patient.", ENDOCRINE))
    return found


def _changed(one: SystemsAssessed, key: str, label: str, facts: Facts) -> Finding:
    seen = signs_words(one, key, facts)
    said = getattr(one, words_of(key)) or ""
    return Finding(
        code=CHANGED,
        level=Level.ALERT,
        words=f"{label}: {seen or said or 'changed'}",
        section=SECTION,
        cell=Cell(SECTION, ROW, key),
        detail=said if seen else "",
        response=one.response or "",
        at=one.at,
        subject=key,
    )


def _self_harm(one: SystemsAssessed) -> list[Finding]:
    """Said on page one also where it was known before, and never signed without an answer to it."""
    if of.SELF_HARM not in (one.mood_signs or ()) or state_of(one, "mood") == of.NORMAL:
        return []
    found = []
    if state_of(one, "mood") != of.CHANGED:
        found.append(
            Finding(
                code=SELF_HARM,
                level=Level.ALERT,
                words="Thoughts of self-harm",
                section=SECTION,
                cell=Cell(SECTION, ROW, "mood"),
                detail=one.mood_words or "",
                response=one.response or "",
                at=one.at,
            )
        )
    if not one.response:
        words = "Thoughts of self-harm: stay, call 988 or 911 and the prescriber per agency policy."
        found.append(_stop(f"{SELF_HARM}.unanswered", words, "response"))
    return found


def _stop(code: str, words: str, field: str) -> Finding:
    return Finding(
        code=code,
        level=Level.STOP,
        words=words,
        section=SECTION,
        cell=Cell(SECTION, ROW, field),
        overridable=True,
    )


def _watched(values: Assessment, facts: Facts) -> list[Finding]:
    found = []
    open_ones = not_answered(values, facts) if facts.kind in ASSESSED_KINDS else ()
    if open_ones:
        few = "one question" if len(open_ones) == 1 else f"{len(open_ones)} questions"
        found.append(
            Finding(
                code=NOT_ANSWERED,
                level=Level.STOP,
                words=f"Assessment: {few} of this therapy not answered.",
                section=SECTION,
                cell=Cell(SECTION, Row(THERAPY_WATCH.name, (open_ones[0].number,)), "answer"),
                overridable=True,
            )
        )
    prompts = catalogue_of(facts).prompts
    for number, answer in answers_of(values).items():
        if answer.answer and number in prompts:
            found += _yes(prompts[number], answer, values)
    return found


def _yes(prompt: Prompt, answer: WatchAnswer, values: Assessment) -> list[Finding]:
    row = answer.mark.row
    assessed = standing(values)
    response = (assessed.response if assessed else None) or ""
    at = assessed.at if assessed else None
    alert = Finding(
        code=WATCH,
        level=Level.ALERT,
        words=prompt.says,
        section=SECTION,
        cell=Cell(SECTION, row, "answer"),
        detail=answer.words or "",
        response=response,
        at=at,
        subject=prompt.key,
    )
    if not prompt.holds:
        return [alert]
    hold = Finding(
        code=WATCH_HOLD,
        level=Level.STOP,
        words=f"{prompt.says}. {prompt.do}",
        section=SECTION,
        cell=Cell(SECTION, row, "answer"),
        gate=Gate.START,
        overridable=True,
        detail=answer.words or "",
        at=at,
        subject=prompt.key,
    )
    return [hold, alert]


def standing_screen(values: Assessment) -> FallScreen | None:
    """The fall screen; None where there is none, or it was struck out."""
    screen = values.fall_screen
    return None if screen is None or screen.mark.struck else screen


def fall_score(screen: FallScreen, facts: Facts) -> Total:
    """MAHC-10: the sum of ten items, or what is missing for it; at risk from 4 points."""
    answers = {key: getattr(screen, field) for field, _, key in of.FALL_ITEMS}
    return total_of(SCREEN, answers, scales_in_force(facts.catalogue))


def _falls(values: Assessment, facts: Facts) -> list[Finding]:
    screen = standing_screen(values)
    if screen is None:
        return []
    found = []
    years = facts.age_years
    if screen.age_65 is not None and years is not None and screen.age_65 != (years >= OLD_YEARS):
        words = f"The patient is {years} years old."
        found.append(_about(AGE, Level.ADVICE, words, "age_65"))
    score = fall_score(screen, facts)
    if not score.at_risk:
        return found
    said = f"At risk of falls: MAHC-10 {score.total} of {len(of.FALL_ITEMS)}."
    if screen.plan or "plan" in screen.mark.not_done:
        found.append(_about(AT_RISK, Level.ADVICE, said, "plan"))
    else:
        words = f"{said} Write what is done against falls."
        found.append(_about(FALLS, Level.STOP, words, "plan"))
    return found


def _about(code: str, level: Level, words: str, field: str) -> Finding:
    return Finding(
        code=code,
        level=level,
        words=words,
        section=SECTION,
        cell=Cell(SECTION, Row(FALL_SCREEN.name), field),
    )
